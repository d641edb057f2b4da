//! How often somebody may try: every attempt counts against the client's network and against the account it
//! aims at. Buckets hold digests, never addresses.

use std::fmt::Write as _;
use std::net::IpAddr;

use sha2::{Digest, Sha256};

use crate::cx::Cx;
use crate::error::Result;
use crate::throttle::{self, Limit};
use crate::time::{HOUR, MINUTE};

/// How long attempts at a password are counted.
const QUARTER: i64 = 15 * MINUTE;
/// Mails of one kind that one address gets in an hour, whoever asks for them.
const MAILS_PER_ADDRESS: u32 = 5;

/// First 16 hex digits of a digest: enough to count apart, too few to search for.
fn short_digest(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(8).fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// One network as text: an IPv4 address, or the /64 that one IPv6 household owns.
pub fn network(ip: IpAddr) -> String {
    match ip.to_canonical() {
        IpAddr::V4(v4) => v4.to_string(),
        IpAddr::V6(v6) => v6.segments().iter().take(4).fold(String::new(), |mut out, part| {
            let _ = write!(out, "{part:x}:");
            out
        }),
    }
}

fn by_network(cx: &Cx, what: &str, max: u32, window: i64) -> Option<Limit> {
    cx.ip.map(|ip| Limit { bucket: format!("{what}:net:{}", short_digest(&network(ip))), max, window })
}

/// A limit on what is done to an address, which itself is not kept.
pub(crate) fn by_address(what: &str, email: &str, max: u32, window: i64) -> Limit {
    Limit { bucket: format!("{what}:mail:{}", short_digest(email)), max, window }
}

fn sign_in_limits(cx: &Cx, email: &str) -> Vec<Limit> {
    let max = cx.settings().sign_ins_per_quarter;
    // a company shares one address, so the network may fail more often than the account
    by_network(cx, "sign_in", max.saturating_mul(3), QUARTER)
        .into_iter()
        .chain([of_account(cx, email)])
        .collect()
}

fn of_account(cx: &Cx, email: &str) -> Limit {
    by_address("sign_in", email, cx.settings().sign_ins_per_quarter, QUARTER)
}

/// Counts an attempt to prove a password.
///
/// # Errors
/// `TooMany` beyond the limits.
pub async fn try_password(cx: &Cx, email: &str) -> Result<()> {
    hit(cx, &sign_in_limits(cx, email)).await
}

/// Takes a counted attempt back: the password was right.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn forgive_password(cx: &Cx, tx: &mut crate::db::Tx, email: &str) -> Result<()> {
    throttle::give_back(tx, cx.now(), &sign_in_limits(cx, email)).await
}

/// Opens an account again that others have closed by guessing: its mail has shown whose it is.
///
/// # Errors
/// `Unavailable` when the database is away.
pub(crate) async fn forgive_account(cx: &Cx, tx: &mut crate::db::Tx, email: &str) -> Result<()> {
    throttle::forgive(tx, &of_account(cx, email)).await
}

/// Counts something that mails an address nobody proved to be the sender's.
///
/// # Errors
/// `TooMany` beyond the limits.
pub async fn try_mail(cx: &Cx, what: &str, email: &str) -> Result<()> {
    let network = by_network(cx, what, cx.settings().sign_ups_per_hour, HOUR);
    let limits: Vec<Limit> =
        network.into_iter().chain([by_address(what, email, MAILS_PER_ADDRESS, HOUR)]).collect();
    hit(cx, &limits).await
}

/// In a transaction of its own: the count stands whatever becomes of the attempt, and nobody waits for the
/// writer while a digest is computed.
async fn hit(cx: &Cx, limits: &[Limit]) -> Result<()> {
    let mut tx = cx.write().await?;
    throttle::hit(&mut tx, cx.now(), limits).await?;
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_household_is_one_network() {
        let net = |text: &str| network(text.parse().unwrap());
        assert_eq!(net("2001:db8:1:2::1"), net("2001:db8:1:2:ffff::9"));
        assert_ne!(net("2001:db8:1:2::1"), net("2001:db8:1:3::1"));
        assert_eq!(net("::ffff:192.0.2.1"), net("192.0.2.1"));
    }
}
