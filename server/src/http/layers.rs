//! What happens to every request before and after its handler: identity, language, session, error pages,
//! security headers, the access log.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Instant;

use app::context::{AppState, PathLang, Req};
use app::error::{Failed, finish, finish_foreign, finish_method};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri, header};
use market::accounts::access::Actor;
use market::settings::Settings;
use market::zones::Zone;
use market::{ErrorKind, Lang};
use tracing::info;

/// Address at the other end of the connection.
#[derive(Clone, Copy, Debug)]
pub struct Peer(pub IpAddr);

/// Proxies whose `X-Forwarded-For` is believed.
#[derive(Clone, Debug, Default)]
pub struct TrustedProxies(pub Arc<[IpAddr]>);

/// Takes `/en` off the path and notes the language, so that each route is registered once.
pub fn strip_language<B>(mut request: http::Request<B>) -> http::Request<B> {
    let path = request.uri().path();
    let rest = path.strip_prefix("/en").filter(|rest| rest.is_empty() || rest.starts_with('/'));
    let lang = if rest.is_some() { Lang::En } else { Lang::Ko };
    if let Some(rest) = rest {
        let rest = if rest.is_empty() { "/" } else { rest };
        let target = request.uri().query().map_or_else(|| rest.to_owned(), |query| format!("{rest}?{query}"));
        if let Ok(uri) = target.parse::<Uri>() {
            *request.uri_mut() = uri;
        }
    }
    request.extensions_mut().insert(PathLang(lang));
    request
}

/// Builds the request's context, runs the handler, and makes pages of failures.
pub async fn attach(
    State((state, proxies)): State<(AppState, TrustedProxies)>,
    mut request: Request,
    next: Next,
) -> Response {
    let started = Instant::now();
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let mut req = visitor(&state, &proxies, &request);
    let token = app::accounts::session::read_token(request.headers(), state.secure_cookies)
        .filter(|_| !is_for_everybody(&path))
        .map(str::to_owned);
    let session_failure = match token {
        Some(token) => recognise(&mut req, &token).await.err(),
        None => None,
    };
    request.extensions_mut().insert(req.clone());
    let mut response = match session_failure {
        // whoever has a session must not be shown the page of a stranger because the database is away
        Some(kind) => finish(&req, &method, &kind),
        // no name of ours holds a NUL, and PostgreSQL cannot be asked for one
        None if path.contains("%00") => finish(&req, &method, &ErrorKind::NotFound),
        None => next.run(request).await,
    };
    if is_foreign(&response) {
        response = finish_foreign(&req);
    } else if response.status() == StatusCode::METHOD_NOT_ALLOWED {
        let headers = std::mem::take(response.headers_mut());
        response = finish_method(&req);
        keep_allow(&headers, &mut response);
    } else if let Some(failed) = failure_of(&method, path.starts_with("/api/"), &response) {
        response = finish(&req, &method, &failed);
    }
    secure(response.headers_mut(), state.market.settings());
    if let Ok(id) = HeaderValue::from_str(&req.cx.request_id) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), id);
    }
    let status = response.status().as_u16();
    let elapsed = started.elapsed();
    metrics::counter!("http_requests_total", "status" => status_class(status)).increment(1);
    metrics::histogram!("http_request_duration_seconds").record(elapsed.as_secs_f64());
    info!(request.id = &*req.cx.request_id, http.method = %method, http.path = without_secret(&path), http.status = status, http.micros = u64::try_from(elapsed.as_micros()).unwrap_or(u64::MAX), "request");
    response
}

/// Files that are the same for everybody: nobody is recognised for them, so that a page keeps its looks while the
/// database is away and its parts cost no sessions.
fn is_for_everybody(path: &str) -> bool {
    ["/pkg/", "/fonts/", "/media/", "/feeds/", "/sitemaps/"].iter().any(|folder| path.starts_with(folder))
        || path.strip_prefix('/').is_some_and(|name| name.contains('.') && !name.contains('/'))
}

/// The path for the log: links from mails carry a secret that opens something.
fn without_secret(path: &str) -> &str {
    [
        "/confirm/",
        "/confirm-inquiry/",
        "/confirm-basket/",
        "/confirm-rfq/",
        "/confirm-alert/",
        "/reset/",
        "/a/",
        "/b/",
        "/n/",
        "/q/",
        "/r/",
        "/s/",
    ]
    .into_iter()
    .find(|prefix| path.starts_with(prefix))
    .unwrap_or(path)
}

const fn status_class(status: u16) -> &'static str {
    match status {
        100..=299 => "2xx",
        300..=399 => "3xx",
        400..=499 => "4xx",
        _ => "5xx",
    }
}

/// The request's context before anybody is recognised.
fn visitor(state: &AppState, proxies: &TrustedProxies, request: &Request) -> Req {
    let ids = &state.market.ports().ids;
    let request_id: Arc<str> = ids.new_id().simple().to_string().into();
    let secret = ids.secret();
    let nonce = STANDARD_NO_PAD.encode(secret.get(..16).unwrap_or_default());
    let lang = request.extensions().get::<PathLang>().map_or(Lang::Ko, |lang| lang.0);
    let ip = client_ip(request, proxies);
    Req {
        cx: state.market.visitor(lang, ip, request_id),
        path: own_path(request.uri().path()).into(),
        query: request.uri().query().unwrap_or_default().into(),
        kept: app::basket::cookie::read(request.headers(), state.secure_cookies).into(),
        nonce: nonce.into(),
        pages: Arc::clone(&state.pages),
        takes_zstd: takes_zstd(request.headers()),
    }
}

/// Whether the browser names zstd among the codings it reads, and does not refuse it by `q=0`.
fn takes_zstd(headers: &HeaderMap) -> bool {
    let named = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    named.flat_map(|value| value.split(',')).any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, "q=1"));
        let refused =
            weight.trim().strip_prefix("q=").and_then(|q| q.parse().ok()).is_none_or(|q: f32| q <= 0.0);
        name.trim().eq_ignore_ascii_case("zstd") && !refused
    })
}

/// The path as pages print it: one that begins with two slashes would be another host's address in a link.
fn own_path(path: &str) -> String {
    format!("/{}", path.trim_start_matches(['/', '\\']))
}

/// Puts the person of a session into the context.
async fn recognise(req: &mut Req, token: &str) -> Result<(), ErrorKind> {
    match market::accounts::sessions::authenticate(&req.cx.market, token).await {
        Ok(Some(person)) => {
            req.cx.zone = Zone::chosen(person.time_zone.as_deref());
            req.cx.actor = Arc::new(Actor::Person(Box::new(person)));
            Ok(())
        }
        Ok(None) => Ok(()),
        Err(error) => {
            tracing::warn!(error = %error, "session cannot be checked");
            Err(error.kind)
        }
    }
}

/// The peer, or the last address before our own proxies in `X-Forwarded-For`. A socket for both protocols tells an IPv4
/// address as `::ffff:10.0.0.1`, which is the same one.
fn client_ip(request: &Request, proxies: &TrustedProxies) -> Option<IpAddr> {
    let peer = request.extensions().get::<Peer>().map(|peer| peer.0.to_canonical())?;
    let is_ours = |ip: IpAddr| proxies.0.iter().any(|proxy| proxy.to_canonical() == ip);
    if !is_ours(peer) {
        return Some(peer);
    }
    let forwarded = request
        .headers()
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .collect::<Vec<_>>()
        .join(",");
    forwarded
        .split(',')
        .rev()
        .filter_map(|text| text.trim().parse::<IpAddr>().ok())
        .map(|ip| ip.to_canonical())
        .find(|ip| !is_ours(*ip))
        .or(Some(peer))
}

/// A marked failure, or a bare refusal of a layer (body too large, too slow, wrong method) or of an extractor.
/// `for_program`: an extractor's plain words stay as they are for a script, which reads the status.
fn failure_of(method: &Method, for_program: bool, response: &Response) -> Option<ErrorKind> {
    if let Some(failed) = response.extensions().get::<Failed>() {
        return Some(failed.0.clone());
    }
    if response.headers().contains_key(header::CONTENT_TYPE)
        && (for_program || !refused_by_an_extractor(response))
    {
        return None;
    }
    match response.status() {
        StatusCode::NOT_FOUND => Some(ErrorKind::NotFound),
        // nothing is sent with a GET: what cannot be read is the address, which then leads nowhere
        StatusCode::BAD_REQUEST if *method == Method::GET || *method == Method::HEAD => {
            Some(ErrorKind::NotFound)
        }
        StatusCode::PAYLOAD_TOO_LARGE | StatusCode::BAD_REQUEST | StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            Some(ErrorKind::Invalid(market::FieldErrors::new()))
        }
        StatusCode::REQUEST_TIMEOUT | StatusCode::SERVICE_UNAVAILABLE => Some(ErrorKind::Unavailable),
        StatusCode::INTERNAL_SERVER_ERROR => Some(ErrorKind::Internal),
        _ => None,
    }
}

/// The layer against forged requests refuses barely; refusals of ours are marked or have words.
fn is_foreign(response: &Response) -> bool {
    response.status() == StatusCode::FORBIDDEN
        && response.extensions().get::<Failed>().is_none()
        && !response.headers().contains_key(header::CONTENT_TYPE)
}

/// axum's extractors refuse in English plain text, which helps nobody; our own plain texts are never refusals
/// of these kinds.
fn refused_by_an_extractor(response: &Response) -> bool {
    let plain = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"text/plain"));
    plain
        && matches!(
            response.status(),
            StatusCode::BAD_REQUEST | StatusCode::PAYLOAD_TOO_LARGE | StatusCode::UNSUPPORTED_MEDIA_TYPE
        )
}

/// `Allow` of a 405 stays beside the page that people get.
fn keep_allow(from: &HeaderMap, to: &mut Response) {
    if let Some(allow) = from.get(header::ALLOW) {
        to.headers_mut().insert(header::ALLOW, allow.clone());
    }
}

/// What is not made for people's requests (health) carries the same guards.
pub async fn with_guards(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    secure(response.headers_mut(), state.market.settings());
    response
}

fn secure(headers: &mut HeaderMap, settings: &Settings) {
    let mut put = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::X_FRAME_OPTIONS, "DENY");
    put(header::REFERRER_POLICY, "strict-origin-when-cross-origin");
    put(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    put(
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=()",
    );
    if settings.public_url.starts_with("https://") {
        put(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    /// Who a request comes from: a peer, what it says it forwards, the proxies that are ours.
    fn of(peer: &str, forwarded: &[&str], proxies: &[&str]) -> String {
        let mut request = Request::get("/");
        for value in forwarded {
            request = request.header("x-forwarded-for", *value);
        }
        let mut request = request.body(Body::empty()).unwrap();
        request.extensions_mut().insert(Peer(peer.parse().unwrap()));
        let proxies = TrustedProxies(proxies.iter().map(|proxy| proxy.parse().unwrap()).collect());
        client_ip(&request, &proxies).unwrap().to_string()
    }

    #[test]
    fn only_proxies_of_ours_are_believed() {
        let ours = ["10.0.0.1", "10.0.0.2", "fd00::1"];
        assert_eq!(of("203.0.113.5", &[], &ours), "203.0.113.5");
        assert_eq!(of("203.0.113.5", &["198.51.100.1"], &ours), "203.0.113.5", "anybody can say so");
        assert_eq!(of("10.0.0.1", &["198.51.100.1"], &ours), "198.51.100.1");
        assert_eq!(of("10.0.0.1", &["192.0.2.9, 198.51.100.1, 10.0.0.2"], &ours), "198.51.100.1");
        assert_eq!(
            of("10.0.0.1", &["192.0.2.9", "198.51.100.1"], &ours),
            "198.51.100.1",
            "several lines are one"
        );
        assert_eq!(of("fd00::1", &["2001:db8::7"], &ours), "2001:db8::7");
        assert_eq!(of("10.0.0.1", &["unknown, _hidden"], &ours), "10.0.0.1");
        assert_eq!(of("10.0.0.1", &["10.0.0.2"], &ours), "10.0.0.1");
        assert_eq!(of("10.0.0.1", &["198.51.100.1"], &[]), "10.0.0.1");
    }

    #[test]
    fn an_address_is_the_same_however_it_is_written() {
        for (peer, proxy) in [("::ffff:10.0.0.1", "10.0.0.1"), ("10.0.0.1", "::ffff:10.0.0.1")] {
            assert_eq!(of(peer, &["198.51.100.1"], &[proxy]), "198.51.100.1", "{peer} {proxy}");
        }
        assert_eq!(
            of("10.0.0.1", &["198.51.100.1, ::ffff:10.0.0.2"], &["10.0.0.1", "10.0.0.2"]),
            "198.51.100.1"
        );
        assert_eq!(of("10.0.0.1", &["::ffff:198.51.100.1"], &["10.0.0.1"]), "198.51.100.1");
        assert_eq!(of("::ffff:203.0.113.5", &[], &[]), "203.0.113.5");
    }
}
