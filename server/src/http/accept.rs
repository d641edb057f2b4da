//! The accept loop: `TCP_NODELAY`, a cap on connections, time limits for headers and idle connections,
//! HTTP/1.1 and h2c on one port, and draining on SIGTERM. `axum::serve` has none of these.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use tower::Service;
use tracing::{debug, info, warn};

use super::idle::{Answer, Open, Watched};
use super::layers::Peer;
use super::networks::{Networks, Place};

/// Limits of the loop.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Open connections at most; further ones wait in the kernel's queue.
    pub connections: usize,
    /// Of these from one network at most (`accounts::limits::network`); further ones are closed at once.
    pub per_network: usize,
    /// Proxies of ours, behind which everybody has the same address.
    pub proxies: Arc<[IpAddr]>,
    /// Longest wait for a whole request head once it has begun.
    pub head: Duration,
    /// Longest time in which a connection asks nothing, before its first request and between two, or takes nothing of
    /// what was answered.
    pub idle: Duration,
    /// Longest draining after SIGTERM.
    pub drain: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 10_000,
            per_network: 500,
            proxies: Arc::default(),
            head: Duration::from_secs(20),
            idle: Duration::from_mins(1),
            drain: Duration::from_secs(10),
        }
    }
}

/// Serves `router` until `stop` turns true, then lets open requests finish.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, mut stop: watch::Receiver<bool>) {
    let slots = Arc::new(Semaphore::new(limits.connections));
    let networks = Networks::new(limits.per_network, Arc::clone(&limits.proxies));
    let builder = Arc::new(connection_builder(limits.head));
    let graceful = GracefulShutdown::new();
    loop {
        let slot = tokio::select! {
            slot = slots.clone().acquire_owned() => slot,
            _ = stop.changed() => break,
        };
        let Ok(slot) = slot else { break };
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(connection) => connection,
                Err(error) => {
                    // out of file descriptors, as a rule: leave the kernel's queue alone for a moment
                    warn!(error = %error, "cannot accept");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    continue;
                }
            },
            _ = stop.changed() => break,
        };
        let Some(place) = networks.take(peer.ip()) else {
            debug!("too many connections of one network");
            continue;
        };
        start_connection(stream, peer, router.clone(), &builder, &graceful, ((slot, place), limits.idle));
    }
    drop(listener);
    info!(connections = graceful.count(), "draining");
    tokio::select! {
        () = graceful.shutdown() => info!("drained"),
        () = tokio::time::sleep(limits.drain) => warn!("drain limit reached, closing what is left"),
    }
}

fn connection_builder(head: Duration) -> Builder<TokioExecutor> {
    let mut builder = Builder::new(TokioExecutor::new());
    builder.http1().timer(TokioTimer::new()).header_read_timeout(head).max_buf_size(64 * 1024);
    // no PINGs of our own: whoever is gone takes nothing any more, which `idle::Watched` sees
    builder.http2().timer(TokioTimer::new()).max_concurrent_streams(128).max_header_list_size(32 * 1024);
    builder
}

fn start_connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    builder: &Arc<Builder<TokioExecutor>>,
    graceful: &GracefulShutdown,
    (held, patience): ((OwnedSemaphorePermit, Place), Duration),
) {
    // without it every kept-alive answer waits 40 ms for the peer's delayed acknowledgement
    if let Err(error) = stream.set_nodelay(true) {
        debug!(error = %error, "TCP_NODELAY refused");
    }
    let open = Open::default();
    let socket = Watched::new(stream, open.clone(), patience);
    let service = hyper::service::service_fn(move |mut request: hyper::Request<Incoming>| {
        request.extensions_mut().insert(Peer(peer.ip()));
        let (mut router, asked) = (router.clone(), open.ask());
        async move {
            let response = router.call(request.map(Body::new)).await.unwrap_or_else(|never| match never {});
            Ok::<_, Infallible>(response.map(|body| Answer::new(body, asked)))
        }
    });
    let watcher = graceful.watcher();
    let builder = Arc::clone(builder);
    tokio::spawn(async move {
        let connection = builder.serve_connection_with_upgrades(TokioIo::new(socket), service);
        if let Err(error) = watcher.watch(connection.into_owned()).await {
            debug!(error = %error, "connection ended early");
        }
        drop(held);
    });
}
