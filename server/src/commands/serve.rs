//! `serve` and `worker`: run until SIGTERM or Ctrl-C. Stopping has an end: whatever is stuck, the database too, is left after
//! the drain limit, and a second signal leaves everything at once.

use std::time::{Duration, Instant};

use app::context::AppState;
use market::Market;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;
use tracing::{info, warn};

use super::{build_market_without_index, build_serving_market};
use crate::config::{Config, Remember};
use crate::http::{Limits, metrics_router, router, serve as serve_http};
use crate::{telemetry, worker};

/// Signals that come as close together are one: a terminal tells the whole group, and a script above tells it again.
const ONE_TELLING: Duration = Duration::from_millis(500);
/// What closing the database may take where draining used up the limit.
const CLOSING: Duration = Duration::from_secs(1);

pub(super) async fn serve(config: Config, with_worker: bool) -> Result<(), String> {
    app::assets::load(&config.site_root)
        .map_err(|error| format!("the site is not built ({error}); run `make site`"))?;
    let market = build_serving_market(&config).await?;
    let Started { stop, again } = start(&config, &market).await?;
    let days = tokio::spawn(worker::follow_calendar(market.clone(), stop.clone()));
    let state = AppState::new(market.clone(), config.is_https(), config.remember == Remember::Pages);
    let listener =
        TcpListener::bind(config.addr).await.map_err(|error| format!("{}: {error}", config.addr))?;
    let limits = Limits {
        connections: config.max_connections,
        proxies: config.trusted_proxies.clone().into(),
        ..Limits::default()
    };
    let end = tokio::spawn(end_of(stop.clone(), limits.drain));
    tokio::spawn(end_streams(market.clone(), stop.clone()));
    let background = with_worker.then(|| tokio::spawn(worker::run(market.clone(), stop.clone())));
    let feed = tokio::spawn(worker::feed_index(market.clone(), stop.clone()));
    info!(http.addr = %config.addr, site.url = config.settings.public_url, "serving");
    let router = router(state, &config.site_root, config.trusted_proxies.clone());
    let serving = async {
        serve_http(listener, router, limits, stop).await;
        let working = async {
            let _ = tokio::join!(feed, days);
            if let Some(background) = background {
                let _ = background.await;
            }
        };
        finish(working, market.db().close(), end).await;
    };
    until_told_again(serving, again).await
}

pub(super) async fn work(config: Config) -> Result<(), String> {
    // jobs read and write the database only; the index belongs to the processes that answer
    let market = build_market_without_index(&config).await?;
    let Started { stop, again } = start(&config, &market).await?;
    let end = tokio::spawn(end_of(stop.clone(), Limits::default().drain));
    let working = Box::pin(worker::run(market.clone(), stop));
    until_told_again(finish(working, market.db().close(), end), again).await
}

/// Over when the limit of draining is, counted from the first sign of stopping.
async fn end_of(mut stop: watch::Receiver<bool>, drain: Duration) {
    let _ = stop.changed().await;
    tokio::time::sleep(drain).await;
}

/// Waits for the work in hand until `end`, and for the closing of the database for what is left until then. A job that is
/// cut off is one of a killed worker: its lease ends, and a mail of which nobody knows whether it went is set aside. A
/// connection that is cut off is one that the database loses; it waits for ever where its query hangs.
async fn finish(work: impl Future<Output = ()>, close: impl Future<Output = ()>, mut end: JoinHandle<()>) {
    let over = tokio::select! {
        biased;
        () = work => false,
        _ = &mut end => true,
    };
    if over {
        warn!("drain limit reached, leaving the job in hand");
    }
    let limit = async {
        tokio::time::sleep(CLOSING).await;
        if !over {
            let _ = end.await;
        }
    };
    tokio::select! {
        biased;
        () = close => {}
        () = limit => warn!("the database does not let go, leaving its connections"),
    }
}

/// Runs to the end, or until a second signal comes.
async fn until_told_again(run: impl Future<Output = ()>, again: oneshot::Receiver<()>) -> Result<(), String> {
    tokio::select! {
        () = run => Ok(()),
        Ok(()) = again => Err("told to stop a second time: what was in hand is left".into()),
    }
}

/// Streams would hold the process until its drain limit: they end with the first sign of stopping.
async fn end_streams(market: Market, mut stop: watch::Receiver<bool>) {
    let _ = stop.changed().await;
    market.live().close();
}

/// The signs of stopping.
struct Started {
    /// Turns true with the first signal.
    stop: watch::Receiver<bool>,
    /// Comes with the second.
    again: oneshot::Receiver<()>,
}

/// What both have in common: a migrated database, metrics, and a flag that SIGTERM raises.
async fn start(config: &Config, market: &Market) -> Result<Started, String> {
    market.db().migrate().await.map_err(|error| format!("migration failed: {error}"))?;
    let (raise, stop) = watch::channel(false);
    let (insist, again) = oneshot::channel();
    if let Some(addr) = config.metrics_addr {
        let handle = telemetry::start_metrics()?;
        let listener = TcpListener::bind(addr).await.map_err(|error| format!("{addr}: {error}"))?;
        tokio::spawn(telemetry::tidy(handle.clone(), stop.clone()));
        tokio::spawn(telemetry::watch_outbox(market.clone(), stop.clone()));
        tokio::spawn(serve_http(listener, metrics_router(handle), Limits::default(), stop.clone()));
    }
    let listen = |kind| signal(kind).map_err(|error| error.to_string());
    let mut signals = [listen(SignalKind::terminate())?, listen(SignalKind::interrupt())?];
    tokio::spawn(async move {
        told(&mut signals).await;
        info!("stopping");
        let _ = raise.send(true);
        let first = Instant::now();
        loop {
            told(&mut signals).await;
            if first.elapsed() >= ONE_TELLING {
                break;
            }
        }
        let _ = insist.send(());
    });
    Ok(Started { stop, again })
}

async fn told([terminate, interrupt]: &mut [Signal; 2]) {
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_database_that_does_not_let_go_is_left() {
        let drain = Duration::from_secs(10);
        let end = || tokio::spawn(tokio::time::sleep(drain));
        let begun = tokio::time::Instant::now();
        finish(async {}, std::future::pending(), end()).await;
        let took = begun.elapsed();
        assert!(took >= drain && took < drain + CLOSING, "what is left of the limit: {took:?}");
        let begun = tokio::time::Instant::now();
        finish(std::future::pending(), std::future::pending(), end()).await;
        let took = begun.elapsed();
        assert!(took >= drain + CLOSING && took < drain + 2 * CLOSING, "{took:?}");
        let mut closed = false;
        finish(std::future::pending(), async { closed = true }, end()).await;
        assert!(closed, "what can be closed is, also after the limit");
    }

    #[tokio::test]
    async fn a_second_telling_ends_at_once() {
        let (insist, again) = oneshot::channel();
        insist.send(()).unwrap();
        assert!(until_told_again(std::future::pending(), again).await.is_err());
        let (_insist, again) = oneshot::channel();
        assert_eq!(until_told_again(async {}, again).await, Ok(()));
    }
}
