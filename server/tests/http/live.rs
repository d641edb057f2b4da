//! Live through HTTP: the stream, coming back, the pieces of an open thread, polling, stopping.

use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use futures_util::StreamExt as _;
use http::{Request, StatusCode, header};
use market::accounts::access::VendorRole;
use market::both_databases;
use market::db::Db;
use tower::ServiceExt as _;
use uuid::Uuid;

use crate::browser::Browser;
use crate::inquiries::{listed, mailed};
use crate::testapp::TestApp;

/// An open stream.
struct Stream {
    body: BodyDataStream,
    read: String,
}

impl Stream {
    async fn open(app: &TestApp, user: Uuid, last: Option<&str>) -> Self {
        let cx = app.test.market.system();
        let mut tx = cx.write().await.unwrap();
        let token = market::accounts::sessions::open(&cx, &mut tx, user, "test").await.unwrap();
        tx.commit().await.unwrap();
        let mut request = Request::get("/events").header(header::COOKIE, format!("session={token}"));
        if let Some(last) = last {
            request = request.header("last-event-id", last);
        }
        let response = app.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()[header::CONTENT_TYPE], "text/event-stream");
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
        Self { body: response.into_body().into_data_stream(), read: String::new() }
    }

    /// Reads until `mark` has come; gives everything from the last blank line before it.
    async fn until(&mut self, mark: &str) -> String {
        while !self.read.contains(mark) {
            let piece = tokio::time::timeout(Duration::from_secs(5), self.body.next()).await;
            self.read += std::str::from_utf8(&piece.expect(mark).expect(mark).unwrap()).unwrap();
        }
        std::mem::take(&mut self.read)
    }
}

fn id_of(frames: &str) -> &str {
    frames.lines().filter_map(|line| line.strip_prefix("id: ")).next_back().unwrap()
}

/// A buyer with an open question. Gives the thread's path, too.
async fn asked(app: &TestApp) -> (Uuid, Browser, Uuid, Browser, String) {
    let vendor = listed(app, "bolt").await;
    let (owner_id, owner) = app.colleague("owner", vendor, VendorRole::Owner).await;
    let (buyer_id, mut buyer) = app.person("buyer").await;
    let idem = buyer.get("/listings/bolt/ask").await.idem();
    let asked = buyer.post("/listings/bolt/ask", &[("body", "<b>안녕하세요</b>"), ("idem", &idem)]).await;
    let thread = asked.location().split("thread=").nth(1).unwrap().to_owned();
    (buyer_id, buyer, owner_id, owner, format!("/inquiries/{thread}"))
}

async fn reply(browser: &mut Browser, thread: &str, words: &str) {
    let idem = browser.get(&format!("{thread}/reply")).await.idem();
    let fields = [("body", words), ("idem", &*idem)];
    browser.post(&format!("{thread}/reply"), &fields).await.expect(StatusCode::SEE_OTHER);
}

both_databases!(an_answer_arrives_while_the_page_is_open, |db: Db| async move {
    let app = TestApp::new(db);
    let (buyer_id, mut buyer, _, mut owner, thread) = asked(&app).await;
    let page = buyer.get(&thread).await.expect(StatusCode::OK).says("data-last=\"1\"").says("/pkg/live.js");
    assert!(page.body.contains("data-stream=\"/events\""));
    let mut stream = Stream::open(&app, buyer_id, None).await;
    let first = stream.until("\"unread\":0}\n\n").await;
    assert!(first.starts_with("retry: 3000\nid: ") && first.contains("event: hello"), "{first}");
    reply(&mut owner, &thread, "<script>네</script>").await;
    let told = stream.until("\"unread\":1}").await;
    let id = thread.rsplit('/').next().unwrap();
    assert!(told.contains(id) && told.contains("\"seq\":2") && told.contains("\"unread\":1"), "{told}");
    let at = id_of(&told).to_owned();
    // the piece of the open page: the new message alone, escaped; looking at it counts as reading
    let piece = buyer.get(&format!("{thread}/messages?after=1")).await.expect(StatusCode::OK);
    assert!(piece.body.contains("&lt;script&gt;네") && !piece.body.contains("안녕하세요"), "{}", piece.body);
    assert!(piece.body.starts_with("<article") && piece.body.contains("data-seq=\"2\""), "{}", piece.body);
    stream.until("event: bell").await;
    buyer.get("/events/state").await.expect(StatusCode::OK).says("{\"unread\":0}");
    // whoever comes back is told what came meanwhile, and nothing twice
    drop(stream);
    reply(&mut owner, &thread, "하나 더").await;
    let mut again = Stream::open(&app, buyer_id, Some(&at)).await;
    let told = again.until("\"seq\":3").await;
    assert!(!told.contains("\"seq\":2") && told.contains("\"missed\":false"), "{told}");
    let mut lost = Stream::open(&app, buyer_id, Some("before.7")).await;
    lost.until("\"missed\":true").await;
});

both_databases!(a_link_page_asks_for_itself_and_strangers_get_nothing, |db: Db| async move {
    let app = TestApp::new(db);
    let (_, mut buyer, _, mut owner, thread) = asked(&app).await;
    let link = mailed(&app, "owner", "/a/").await;
    let mut phone = app.visitor();
    let page =
        phone.get(&link).await.expect(StatusCode::OK).says("/pkg/live.js").says(&format!("{link}/messages"));
    assert!(!page.body.contains("data-stream"), "nobody is signed in there");
    reply(&mut buyer, &thread, "덧붙여요").await;
    let piece = phone.get(&format!("{link}/messages?after=1")).await.expect(StatusCode::OK).says("덧붙여요");
    assert!(!piece.body.contains("안녕하세요"));
    assert!(phone.get(&format!("{link}/messages")).await.expect(StatusCode::OK).body.is_empty());
    let (_, mut stranger) = app.person("stranger").await;
    stranger.get(&format!("{thread}/messages?after=0")).await.expect(StatusCode::NOT_FOUND);
    app.visitor().get("/events").await.expect(StatusCode::UNAUTHORIZED);
    app.visitor().get("/events/state").await.expect(StatusCode::UNAUTHORIZED);
    owner.get("/inquiries").await.expect(StatusCode::OK).says("data-any");
});

both_databases!(nine_windows_are_too_many_and_stopping_ends_them_all, |db: Db| async move {
    let app = TestApp::new(db);
    let (user, mut browser) = app.person("buyer").await;
    let mut streams = Vec::new();
    for _ in 0..8 {
        let mut stream = Stream::open(&app, user, None).await;
        stream.until("event: hello").await;
        streams.push(stream);
    }
    browser.get("/events").await.expect(StatusCode::TOO_MANY_REQUESTS);
    app.test.market.live().close();
    for mut stream in streams {
        stream.until("event: bye").await;
        let end = tokio::time::timeout(Duration::from_secs(1), stream.body.next()).await;
        assert!(matches!(end, Ok(None)), "the stream ends by itself");
    }
    browser.get("/events").await.expect(StatusCode::SERVICE_UNAVAILABLE);
});
