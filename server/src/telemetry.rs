//! Logs and metrics. See docs/LOGGING.md for the names of fields.

use std::time::Duration;

use market::Market;
use market::time::SECOND;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tokio::sync::watch;
use tracing_subscriber::EnvFilter;

use crate::config::Config;

/// Starts logging to standard error, as JSON lines or for reading.
pub fn start_logging(config: &Config) {
    let filter = EnvFilter::try_new(&config.log_filter).unwrap_or_else(|_| EnvFilter::new("info"));
    // a log that cannot be written, as on a full disk, is no reason to fail what it tells of: complaining about it would
    // panic, because the complaint goes to standard error, too
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .log_internal_errors(false);
    let started = if config.log_json {
        builder.json().flatten_event(true).with_current_span(true).try_init()
    } else {
        builder.compact().try_init()
    };
    if let Err(error) = started {
        tracing::debug!(error = %error, "logging was started before");
    }
}

/// Buckets of request durations, in seconds.
const BUCKETS: [f64; 10] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];

/// Starts counting; the handle renders the Prometheus text.
///
/// # Errors
/// When a recorder is installed already.
pub fn start_metrics() -> Result<PrometheusHandle, String> {
    PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("duration_seconds".into()), &BUCKETS)
        .and_then(PrometheusBuilder::install_recorder)
        .map_err(|error| format!("metrics: {error}"))
}

/// Pause between two sweeps of what was measured. Until a sweep, or until somebody asks for the figures, each single
/// duration is kept.
const SWEEP: Duration = Duration::from_secs(5);
/// Pause between looks at what waits in the outbox.
const LOOK: Duration = Duration::from_secs(15);

/// Sums up what was measured, also where nobody asks for the figures: they would grow for ever otherwise.
pub async fn tidy(handle: PrometheusHandle, stop: watch::Receiver<bool>) {
    sweep(|| handle.run_upkeep(), stop).await;
}

async fn sweep(upkeep: impl Fn(), mut stop: watch::Receiver<bool>) {
    while goes_on(SWEEP, &mut stop).await {
        upkeep();
    }
}

/// Tells how much waits in the outbox, and how much was set aside.
pub async fn watch_outbox(market: Market, mut stop: watch::Receiver<bool>) {
    loop {
        if let Err(failure) = measure_outbox(&market).await {
            tracing::warn!(error = %failure, "the outbox cannot be measured");
        }
        if !goes_on(LOOK, &mut stop).await {
            return;
        }
    }
}

async fn measure_outbox(market: &Market) -> market::Result<()> {
    let mut db = market.db().read().await?;
    let found = market::outbox::backlog(&mut db).await?;
    metrics::gauge!("jobs_waiting").set(precise(found.waiting));
    metrics::gauge!("jobs_dead").set(precise(found.dead));
    // what may not go yet waits for its time, not for a worker
    let late = found.oldest.map_or(0, |ready| market.now().since(ready).max(0));
    metrics::gauge!("jobs_oldest_wait_seconds").set(precise(late / SECOND));
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "nobody has as many jobs or waits as many seconds")]
const fn precise(number: i64) -> f64 {
    number as f64
}

/// Waits; false when the program stops meanwhile.
async fn goes_on(pause: Duration, stop: &mut watch::Receiver<bool>) -> bool {
    tokio::select! {
        () = tokio::time::sleep(pause) => !*stop.borrow(),
        _ = stop.changed() => false,
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn figures_are_swept_until_the_program_stops() {
        let (raise, stop) = watch::channel(false);
        let swept = Cell::new(0);
        let stopping = async {
            tokio::time::sleep(SWEEP * 10 + SWEEP / 2).await;
            raise.send(true).unwrap();
        };
        tokio::join!(sweep(|| swept.set(swept.get() + 1), stop), stopping);
        assert_eq!(swept.get(), 10);
    }

    /// The names that stand in the code: `counter!("name"`, `gauge!("name"`, `histogram!("name"`.
    fn names(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                names(&path, found);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap_or_default();
            for kind in ["counter", "gauge", "histogram"] {
                let call = format!("metrics::{kind}!(");
                let calls = text.split(call.as_str()).skip(1);
                let named = calls.filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next());
                found.extend(named.map(str::to_owned));
            }
        }
    }

    #[test]
    fn every_figure_is_documented() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let mut found = BTreeSet::new();
        for folder in ["server/src", "app/src", "market/src"] {
            names(&root.join(folder), &mut found);
        }
        assert!(found.len() >= 12, "{found:?}");
        let text = std::fs::read_to_string(root.join("docs/LOGGING.md")).unwrap();
        let missing: Vec<_> = found.iter().filter(|name| !text.contains(&format!("`{name}"))).collect();
        assert!(missing.is_empty(), "docs/LOGGING.md does not tell of {missing:?}");
    }
}
