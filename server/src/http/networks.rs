//! How many connections each network holds: one host must not take them all.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use market::accounts::limits::network;

/// Open connections by network.
#[derive(Clone, Debug)]
pub struct Networks {
    open: Arc<Mutex<HashMap<String, usize>>>,
    most: usize,
    proxies: Arc<[IpAddr]>,
}

/// One of them; given back when dropped.
#[derive(Debug)]
pub struct Place(Option<(Networks, String)>);

impl Networks {
    /// At most `most` of each; this machine itself and `proxies` have no limit.
    pub fn new(most: usize, proxies: Arc<[IpAddr]>) -> Self {
        Self { open: Arc::default(), most, proxies: proxies.iter().map(IpAddr::to_canonical).collect() }
    }

    /// A place for one more of `address`; none when its network has as many as it may.
    pub fn take(&self, address: IpAddr) -> Option<Place> {
        let address = address.to_canonical();
        if address.is_loopback() || self.proxies.contains(&address) {
            return Some(Place(None));
        }
        let network = network(address);
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let count = open.entry(network.clone()).or_insert(0);
        if *count >= self.most {
            return None;
        }
        *count += 1;
        Some(Place(Some((self.clone(), network))))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some((networks, network)) = self.0.take() else { return };
        let mut open = networks.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = open.get_mut(&network) {
            *count -= 1;
            if *count == 0 {
                open.remove(&network);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_has_so_many_places() {
        let networks =
            Networks::new(2, ["10.0.0.1", "::ffff:10.0.0.2"].map(|proxy| proxy.parse().unwrap()).into());
        let take = |address: &str| networks.take(address.parse().unwrap());
        let (one, _two) = (take("2001:db8::1").unwrap(), take("2001:db8::ffff:2").unwrap());
        assert!(take("2001:db8::3").is_none(), "the same network");
        let _other = take("2001:db8:0:1::3").unwrap();
        drop(one);
        let _again = take("2001:db8::3").unwrap();
        let _four = [take("192.0.2.1").unwrap(), take("::ffff:192.0.2.1").unwrap()];
        assert!(take("192.0.2.1").is_none(), "however it is written");
        for free in ["127.0.0.1", "::1", "10.0.0.1", "::ffff:10.0.0.1", "10.0.0.2"] {
            let held: Vec<Place> = (0..5).filter_map(|_| take(free)).collect();
            assert_eq!(held.len(), 5, "{free}");
        }
    }
}
