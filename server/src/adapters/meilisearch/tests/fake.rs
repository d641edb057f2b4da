//! A server on loopback that answers as Meilisearch 1.50 does: routes, keys, refusals; and that can be away, frozen or
//! overloaded. Words in a search (`q`) are not imitated: the adapter never sends any.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use http::{Method, Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde_json::{Map, Value, json};
use tokio::net::TcpListener;
use tokio::task::{JoinHandle, JoinSet};

use super::world::{Reply, World, refusal};

/// The key that may do everything.
pub const MASTER: &str = "master-key-of-the-fake";

/// How the server feels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    /// Answers.
    Well,
    /// Takes requests and never answers.
    Frozen,
    /// Refuses searches with 503 and asks to wait.
    Overloaded,
}

/// The running fake.
pub struct Fake {
    address: SocketAddr,
    world: Arc<Mutex<World>>,
    mood: Arc<Mutex<Mood>>,
    server: Option<JoinHandle<()>>,
}

impl Fake {
    /// A fresh server.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut fake = Self {
            address: listener.local_addr().unwrap(),
            world: Arc::default(),
            mood: Arc::new(Mutex::new(Mood::Well)),
            server: None,
        };
        fake.serve(listener);
        fake
    }

    fn serve(&mut self, listener: TcpListener) {
        let (world, mood) = (self.world.clone(), self.mood.clone());
        self.server = Some(tokio::spawn(async move {
            // dropped together with the task: all connections break
            let mut connections = JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                let (world, mood) = (world.clone(), mood.clone());
                connections.spawn(async move {
                    let service = service_fn(move |request| answer(request, world.clone(), mood.clone()));
                    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
                });
            }
        }));
    }

    /// The process ends: connections break, nobody listens.
    pub async fn stop(&mut self) {
        if let Some(server) = self.server.take() {
            server.abort();
            let _ = server.await;
        }
    }

    /// It comes back at the same address with its data.
    pub async fn restart(&mut self) {
        let listener = TcpListener::bind(self.address).await.unwrap();
        self.serve(listener);
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Its state.
    pub fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap()
    }

    /// Changes its mood.
    pub fn feel(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }
}

type Body = Full<Bytes>;

async fn answer(
    request: Request<Incoming>,
    world: Arc<Mutex<World>>,
    mood: Arc<Mutex<Mood>>,
) -> Result<Response<Body>, std::convert::Infallible> {
    let feeling = *mood.lock().unwrap();
    if feeling == Mood::Frozen {
        tokio::time::sleep(Duration::from_hours(1)).await;
    }
    let (head, body) = request.into_parts();
    let bytes = body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
    let header = |name: &str| head.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let call = Call {
        path: head.uri.path().trim_matches('/').split('/').map(str::to_owned).collect(),
        method: head.method,
        query: pairs(head.uri.query().unwrap_or_default()),
        authorization: header("authorization"),
        kind: header("content-type"),
        bytes,
    };
    let (status, body) = call.answer(&mut world.lock().unwrap(), feeling);
    let mut response = Response::builder().status(status);
    if status == 503 {
        response = response.header("retry-after", "10");
    }
    let text = if body.is_null() { String::new() } else { body.to_string() };
    let response = response.header("content-type", "application/json").body(Full::new(Bytes::from(text)));
    Ok(response.unwrap())
}

fn pairs(query: &str) -> BTreeMap<String, String> {
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

/// One request, taken apart.
pub struct Call {
    /// Parts of the path.
    pub path: Vec<String>,
    /// Method.
    pub method: Method,
    /// Query.
    pub query: BTreeMap<String, String>,
    /// Header of the key.
    pub authorization: Option<String>,
    /// Type of the body.
    pub kind: Option<String>,
    /// Body.
    pub bytes: Bytes,
}

impl Call {
    /// Answers as the real server does.
    pub fn answer(&self, world: &mut World, mood: Mood) -> Reply {
        let path: Vec<&str> = self.path.iter().map(String::as_str).collect();
        if path == ["health"] {
            return if self.method == Method::GET {
                (200, json!({ "status": "available" }))
            } else {
                (405, Value::Null)
            };
        }
        let search = path == ["multi-search"] || matches!(path.as_slice(), ["indexes", _, "search"]);
        *world.seen.entry(format!("{} {}", self.method, path.join("/"))).or_default() += 1;
        if let Err(refused) = self.authorise(world, search, &path) {
            return refused;
        }
        if search && mood == Mood::Overloaded {
            return refusal(
                503,
                "too_many_search_requests",
                "Too many search requests running at the same time: 1. Retry after 10s.",
            );
        }
        self.route(world, &path)
    }

    fn authorise(&self, world: &World, search: bool, path: &[&str]) -> Result<(), Reply> {
        let Some(key) = self.authorization.as_deref().and_then(|text| text.strip_prefix("Bearer ")) else {
            return Err(refusal(
                401,
                "missing_authorization_header",
                "The Authorization header is missing. It must use the bearer authorization method.",
            ));
        };
        if key == MASTER {
            return Ok(());
        }
        let invalid = || refusal(403, "invalid_api_key", "The provided API key is invalid.");
        let reach = world.reach_of(key).filter(|_| search).ok_or_else(invalid)?;
        if let ["indexes", name, ..] = path
            && !reach.iter().any(|known| known == name)
        {
            return Err(refusal(
                403,
                "invalid_api_key",
                format!("The API key cannot acces the index `{name}`, authorized indexes are {reach:?}."),
            ));
        }
        Ok(())
    }

    fn json(&self) -> Result<Value, Reply> {
        if self.kind.is_none() {
            return Err(refusal(
                415,
                "missing_content_type",
                "A Content-Type header is missing. Accepted values for the Content-Type header are: `application/json`, `application/x-ndjson`, `text/csv`",
            ));
        }
        serde_json::from_slice(&self.bytes).map_err(|error| {
            refusal(400, "malformed_payload", format!("The json payload provided is malformed. `{error}`."))
        })
    }

    fn route(&self, world: &mut World, path: &[&str]) -> Reply {
        let is = |method: Method| self.method == method;
        let body = if is(Method::POST) || is(Method::PATCH) || is(Method::PUT) {
            self.json()
        } else {
            Ok(Value::Null)
        };
        let body = match body {
            Ok(body) => body,
            Err(refused) => return refused,
        };
        match path {
            ["version"] => {
                (200, json!({ "commitSha": "unknown", "commitDate": "unknown", "pkgVersion": "1.50.0" }))
            }
            ["indexes"] if is(Method::POST) => world.create(&body),
            ["indexes"] => world.list(),
            ["indexes", name] if is(Method::DELETE) => world.delete(name),
            ["indexes", name, "settings"] if is(Method::PATCH) => world.change(name, &body),
            ["indexes", name, "settings"] => world.settings(name),
            ["indexes", name, "stats"] => world.stats(name),
            ["indexes", name, "documents"] if is(Method::POST) => {
                world.add(name, &body, self.query.get("primaryKey").cloned())
            }
            ["indexes", name, "documents"] => world.documents(name, &self.query),
            ["indexes", name, "documents", "delete-batch"] => world.remove(name, &body),
            ["indexes", name, "documents", id] => world.document(name, id),
            ["indexes", name, "search"] if is(Method::POST) => {
                world.search(name, &body).map_or_else(|refused| refused, |found| (200, found))
            }
            ["indexes", _, "search"] => (405, Value::Null),
            ["multi-search"] => self.many(world, &body),
            ["swap-indexes"] => world.swap(&body),
            ["tasks", "cancel"] => world.cancel_waiting(),
            ["tasks", uid] => world.task(uid),
            ["keys"] => world.make_key(&body),
            ["keys", uid] if is(Method::DELETE) => world.drop_key(uid),
            ["keys", uid] => world.key(uid),
            _ => (404, Value::Null),
        }
    }

    fn many(&self, world: &World, body: &Value) -> Reply {
        let reach =
            self.authorization.as_deref().and_then(|text| world.reach_of(text.trim_start_matches("Bearer ")));
        let mut results = Vec::new();
        for (at, query) in body["queries"].as_array().into_iter().flatten().enumerate() {
            let name = query["indexUid"].as_str().unwrap_or_default();
            let inside = |code: &str, message: &str, status: u16| {
                refusal(status, code, format!("Inside `.queries[{at}]`: {message}"))
            };
            if reach.as_ref().is_some_and(|reach| !reach.iter().any(|known| known == name)) {
                return inside("invalid_api_key", "The provided API key is invalid.", 403);
            }
            let mut asked: Map<String, Value> = query.as_object().cloned().unwrap_or_default();
            asked.remove("indexUid");
            match world.search(name, &Value::Object(asked)) {
                Ok(mut found) => {
                    found["indexUid"] = name.into();
                    results.push(found);
                }
                // an unknown index is 404 alone but 400 among several
                Err((_, words)) => {
                    let text = |key: &str| words[key].as_str().unwrap_or_default().to_owned();
                    return inside(&text("code"), &text("message"), 400);
                }
            }
        }
        (200, json!({ "results": results }))
    }
}

const FIELDS: [&str; 14] = [
    "q",
    "offset",
    "limit",
    "page",
    "hitsPerPage",
    "attributesToRetrieve",
    "filter",
    "sort",
    "facets",
    "matchingStrategy",
    "showRankingScore",
    "attributesToSearchOn",
    "distinct",
    "locales",
];

/// Types of a search body.
pub fn check_search(body: &Map<String, Value>) -> Result<(), Reply> {
    for (name, value) in body {
        if !FIELDS.contains(&name.as_str()) {
            return Err(refusal(
                400,
                "bad_request",
                format!("Unknown field `{name}`: expected one of `q`, `offset`, `limit`"),
            ));
        }
        if name == "q" && !(value.is_string() || value.is_null()) {
            return Err(refusal(
                400,
                "invalid_search_q",
                format!(
                    "Invalid value type at `.q`: expected a string, but found a positive integer: `{value}`"
                ),
            ));
        }
        if name == "limit" && value.as_i64().is_some_and(|limit| limit < 0) {
            return Err(refusal(
                400,
                "invalid_search_limit",
                format!(
                    "Invalid value type at `.limit`: expected a positive integer, but found a negative integer: `{value}`"
                ),
            ));
        }
    }
    Ok(())
}
