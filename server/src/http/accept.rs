//! The accept loop: `TCP_NODELAY`, a cap on connections, time limits for headers and idle connections,
//! HTTP/1.1 and h2c on one port, and draining on SIGTERM. `axum::serve` has none of these.

use std::convert::Infallible;
use std::net::SocketAddr;
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

/// Limits of the loop.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Open connections at most; further ones wait in the kernel's queue.
    pub connections: usize,
    /// Longest wait for a whole request head once it has begun.
    pub head: Duration,
    /// Longest time in which a connection asks nothing: before its first request and between two.
    pub idle: Duration,
    /// Longest draining after SIGTERM.
    pub drain: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 10_000,
            head: Duration::from_secs(20),
            idle: Duration::from_mins(1),
            drain: Duration::from_secs(10),
        }
    }
}

/// Serves `router` until `stop` turns true, then lets open requests finish.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, mut stop: watch::Receiver<bool>) {
    let slots = Arc::new(Semaphore::new(limits.connections));
    let builder = Arc::new(connection_builder(limits.head));
    let graceful = GracefulShutdown::new();
    loop {
        let Ok(slot) = slots.clone().acquire_owned().await else { break };
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
        start_connection(stream, peer, router.clone(), &builder, &graceful, (slot, limits.idle));
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
    builder
        .http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(Some(head))
        .keep_alive_timeout(head)
        .max_concurrent_streams(128)
        .max_header_list_size(32 * 1024);
    builder
}

fn start_connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    builder: &Arc<Builder<TokioExecutor>>,
    graceful: &GracefulShutdown,
    (slot, patience): (OwnedSemaphorePermit, Duration),
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
        drop(slot);
    });
}
