//! The inbox of a company with many threads: the whole page, from the request to the last byte, without a socket.

use std::collections::BTreeMap;
use std::time::Instant;

use app::context::AppState;
use axum::body::Body;
use http::Request;
use http_body_util::BodyExt as _;
use market::accounts::sessions;
use market::db::counting_statements;
use market::{Error, Market, Result, fetch_one};
use tower::ServiceExt as _;
use uuid::Uuid;

use super::people::OWNER;
use crate::commands::say;
use crate::config::Config;

/// What is opened: the page as it comes, the last page, narrowed, searched.
const PAGES: [(&str, &str); 4] = [
    ("inbox", "/inquiries"),
    ("inbox_last_page", "/inquiries?side=received&page=500"),
    ("inbox_one_state", "/inquiries?side=received&state=waiting_vendor"),
    ("inbox_words", "/inquiries?side=received&q=%EC%B0%BD%EC%9B%90"),
];

pub(super) async fn run(market: &Market, config: &Config, times: usize) -> Result<()> {
    let cx = market.system();
    let (owner,) = {
        let mut db = cx.read().await?;
        fetch_one!(db, (Uuid,), "SELECT id FROM users WHERE email = $1", OWNER)?
    };
    let mut tx = cx.write().await?;
    let token = sessions::open(&cx, &mut tx, owner, "bench").await?;
    tx.commit().await?;
    let state = AppState::new(market.clone(), false, true);
    let router = crate::http::router(state, &config.site_root, Vec::new());
    let (mut took, mut most) = (BTreeMap::<_, Vec<_>>::new(), 0);
    for (name, path) in PAGES {
        // a search reads every word of every message: fewer of them say the same
        let times = if name == "inbox_words" { times.min(50) } else { times };
        for _ in 0..times {
            let request = Request::builder()
                .uri(path)
                .header("cookie", format!("session={token}"))
                .body(Body::empty())
                .map_err(Error::internal)?;
            let began = Instant::now();
            let page = async {
                let answer = router.clone().oneshot(request).await.map_err(Error::internal)?;
                let fine = answer.status().is_success();
                answer.into_body().collect().await.map_err(|error| Error::internal(error.to_string()))?;
                if fine { Ok(()) } else { Err(Error::internal(format!("{path} is not shown"))) }
            };
            let (shown, statements) = counting_statements(Box::pin(page)).await;
            shown?;
            took.entry(name).or_default().push(began.elapsed());
            most = most.max(statements);
        }
    }
    say(format_args!("inbox_statements {most}"));
    for (name, took) in took {
        super::say_times(name, took);
    }
    Ok(())
}
