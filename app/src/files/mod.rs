//! Files of messages and requests: the part of a form that takes them, the list under a message, and their addresses, for the
//! signed-in (`/files/…`) and through a mail's link (`/a/{token}/files/…`).

mod api;
pub mod composer;
pub mod list;
pub mod receive;
mod serve;

use axum::extract::Path;
use axum::response::Response;
use http::Request;
use market::inquiries::links::{LinkStanding, open_link};
use market::rfqs::links;
use market::{Cx, ErrorKind};
use uuid::Uuid;

use crate::context::Req;
use crate::error::{PageError, PageResult};
use crate::form::Submitted;
use crate::routes::Routes;

/// Addresses of this noun.
pub fn routes() -> Routes {
    let own = Routes::new()
        .post("/files", |req: Req, sent: Submitted| async move { api::begin(&req, &req.cx, &sent).await })
        .get("/files/{id}", |Path(id): Path<String>, req: Req| async move {
            serve::file(&req, &req.cx, &id).await
        })
        .get("/files/{id}/preview", |Path(id): Path<String>, req: Req| async move {
            serve::preview(&req.cx, &id).await
        })
        .get("/files/{id}/progress", |Path(id): Path<String>, req: Req| async move {
            api::progress(&req, &req.cx, &id).await
        })
        .post_files("/files/{id}/bytes", |Path(id): Path<String>, req: Req, body: Body| async move {
            api::bytes(&req, &req.cx, &id, body).await
        });
    own.and(by_link()).and(of_requests())
}

type Body = Request<axum::body::Body>;
type Ends = Path<(String, String)>;

fn by_link() -> Routes {
    Routes::new()
        .post("/a/{token}/files", |Path(token): Path<String>, req: Req, sent: Submitted| async move {
            api::begin(&req, &open(&req, &token).await?, &sent).await
        })
        .get("/a/{token}/files/{id}", |Path((token, id)): Ends, req: Req| async move {
            serve::file(&req, &open(&req, &token).await?, &id).await
        })
        .get("/a/{token}/files/{id}/preview", |Path((token, id)): Ends, req: Req| async move {
            serve::preview(&open(&req, &token).await?, &id).await
        })
        .get("/a/{token}/files/{id}/progress", |Path((token, id)): Ends, req: Req| async move {
            api::progress(&req, &open(&req, &token).await?, &id).await
        })
        .post_files(
            "/a/{token}/files/{id}/bytes",
            |Path((token, id)): Ends, req: Req, body: Body| async move {
                api::bytes(&req, &open(&req, &token).await?, &id, body).await
            },
        )
}

/// Files of a public request: through its buyer's link, and for those who answer it through theirs.
fn of_requests() -> Routes {
    Routes::new()
        .post("/r/{token}/files", |Path(token): Path<String>, req: Req, sent: Submitted| async move {
            api::begin(&req, &links::open_own(&req.cx, &token).await?.cx, &sent).await
        })
        .get("/r/{token}/files/{id}", |Path((token, id)): Ends, req: Req| async move {
            serve::file(&req, &links::open_own(&req.cx, &token).await?.cx, &id).await
        })
        .get("/r/{token}/files/{id}/preview", |Path((token, id)): Ends, req: Req| async move {
            serve::preview(&links::open_own(&req.cx, &token).await?.cx, &id).await
        })
        .get("/r/{token}/files/{id}/progress", |Path((token, id)): Ends, req: Req| async move {
            api::progress(&req, &links::open_own(&req.cx, &token).await?.cx, &id).await
        })
        .post_files(
            "/r/{token}/files/{id}/bytes",
            |Path((token, id)): Ends, req: Req, body: Body| async move {
                api::bytes(&req, &links::open_own(&req.cx, &token).await?.cx, &id, body).await
            },
        )
        .post("/q/{token}/files", |Path(token): Path<String>, req: Req, sent: Submitted| async move {
            api::begin(&req, &links::open_answer(&req.cx, &token).await?.cx, &sent).await
        })
        .get("/q/{token}/files/{id}/progress", |Path((token, id)): Ends, req: Req| async move {
            api::progress(&req, &links::open_answer(&req.cx, &token).await?.cx, &id).await
        })
        .post_files(
            "/q/{token}/files/{id}/bytes",
            |Path((token, id)): Ends, req: Req, body: Body| async move {
                api::bytes(&req, &links::open_answer(&req.cx, &token).await?.cx, &id, body).await
            },
        )
        .get("/q/{token}/files/{id}", |Path((token, id)): Ends, req: Req| async move {
            serve::file(&req, &links::open_answer(&req.cx, &token).await?.cx, &id).await
        })
        .get("/q/{token}/files/{id}/preview", |Path((token, id)): Ends, req: Req| async move {
            serve::preview(&links::open_answer(&req.cx, &token).await?.cx, &id).await
        })
}

/// The call as the holder of a link that still works.
async fn open(req: &Req, token: &str) -> Result<Cx, PageError> {
    let open = open_link(&req.cx, token).await?;
    if open.standing == LinkStanding::Works { Ok(open.cx) } else { Err(ErrorKind::Gone.into()) }
}

/// The identity in an address; anything else names nothing.
fn file_id(text: &str) -> Result<Uuid, PageError> {
    Uuid::parse_str(text).map_err(|_| ErrorKind::NotFound.into())
}

/// The files that a form names.
pub fn named(sent: &Submitted) -> Vec<Uuid> {
    identities(sent, composer::FILE)
}

/// The files that went with a form before and shall go with it again.
pub fn kept(sent: &Submitted) -> Vec<Uuid> {
    identities(sent, composer::KEEP)
}

fn identities(sent: &Submitted, name: &str) -> Vec<Uuid> {
    sent.all(name).filter_map(|id| Uuid::parse_str(id).ok()).collect()
}

/// Answers of the addresses for scripts.
fn json(status: http::StatusCode, body: &serde_json::Value) -> Response {
    use axum::response::IntoResponse as _;
    (
        status,
        [
            (http::header::CONTENT_TYPE, "application/json"),
            (http::header::CACHE_CONTROL, "private, no-store"),
        ],
        body.to_string(),
    )
        .into_response()
}

type Answer = PageResult;
