//! `serve` and `worker`: run until SIGTERM or Ctrl-C.

use std::time::Duration;

use app::context::AppState;
use market::Market;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tracing::{info, warn};

use super::{build_market_without_index, build_serving_market};
use crate::config::{Config, Remember};
use crate::http::{Limits, metrics_router, router, serve as serve_http};
use crate::{telemetry, worker};

pub(super) async fn serve(config: Config, with_worker: bool) -> Result<(), String> {
    app::assets::load(&config.site_root)
        .map_err(|error| format!("the site is not built ({error}); run `make site`"))?;
    let market = build_serving_market(&config).await?;
    let stop = start(&config, &market).await?;
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
    serve_http(listener, router(state, &config.site_root, config.trusted_proxies.clone()), limits, stop)
        .await;
    let working = async {
        let _ = tokio::join!(feed, days);
        if let Some(background) = background {
            let _ = background.await;
        }
    };
    finish(working, end).await;
    market.db().close().await;
    Ok(())
}

/// Over when the limit of draining is, counted from the first sign of stopping.
async fn end_of(mut stop: watch::Receiver<bool>, drain: Duration) {
    let _ = stop.changed().await;
    tokio::time::sleep(drain).await;
}

/// Waits for the work in hand until `end`. A job that is cut off is one of a killed worker: its lease ends, and a mail of
/// which nobody knows whether it went is set aside.
async fn finish(work: impl Future<Output = ()>, end: JoinHandle<()>) {
    tokio::select! {
        () = work => {}
        _ = end => warn!("drain limit reached, leaving the job in hand"),
    }
}

pub(super) async fn work(config: Config) -> Result<(), String> {
    // jobs read and write the database only; the index belongs to the processes that answer
    let market = build_market_without_index(&config).await?;
    let stop = start(&config, &market).await?;
    let end = tokio::spawn(end_of(stop.clone(), Limits::default().drain));
    finish(Box::pin(worker::run(market.clone(), stop)), end).await;
    market.db().close().await;
    Ok(())
}

/// Streams would hold the process until its drain limit: they end with the first sign of stopping.
async fn end_streams(market: Market, mut stop: watch::Receiver<bool>) {
    let _ = stop.changed().await;
    market.live().close();
}

/// What both have in common: a migrated database, metrics, and a flag that SIGTERM raises.
async fn start(config: &Config, market: &Market) -> Result<watch::Receiver<bool>, String> {
    market.db().migrate().await.map_err(|error| format!("migration failed: {error}"))?;
    let (raise, stop) = watch::channel(false);
    if let Some(addr) = config.metrics_addr {
        let handle = telemetry::start_metrics()?;
        let listener = TcpListener::bind(addr).await.map_err(|error| format!("{addr}: {error}"))?;
        tokio::spawn(serve_http(listener, metrics_router(handle), Limits::default(), stop.clone()));
    }
    let mut terminate = signal(SignalKind::terminate()).map_err(|error| error.to_string())?;
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
        info!("stopping");
        let _ = raise.send(true);
    });
    Ok(stop)
}
