//! A browser without JavaScript: cookies, forms, redirects, and the text of pages.

use axum::Router;
use axum::body::Body;
use http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt;
use tower::ServiceExt;

/// Keeps cookies between requests.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    cookies: Vec<(String, String)>,
}

/// What came back.
pub struct Page {
    /// Status.
    pub status: StatusCode,
    /// Headers.
    pub headers: HeaderMap,
    /// Body as text.
    pub body: String,
}

impl Page {
    /// Where a redirect leads.
    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |value| value.to_str().expect("ascii"))
    }

    /// Value of the input called `name` (the first one).
    pub fn input(&self, name: &str) -> String {
        let mark = format!("name=\"{name}\"");
        let at = self.body.find(&mark).unwrap_or_else(|| panic!("no input {name} in {}", self.body));
        let start = self.body[..at].rfind('<').expect("a tag");
        let tag = &self.body[start..start + self.body[start..].find('>').expect("its end")];
        tag.split("value=\"")
            .nth(1)
            .map_or(String::new(), |rest| rest.split('"').next().unwrap_or_default().to_owned())
    }

    /// The idempotency key of the first form that has one.
    pub fn idem(&self) -> String {
        self.input("idem")
    }

    /// Fails unless the status is `status`; shows the page when not.
    #[track_caller]
    pub fn expect(self, status: StatusCode) -> Self {
        assert_eq!(self.status, status, "{}", self.body);
        self
    }

    /// Fails unless the page says `text`.
    #[track_caller]
    pub fn says(self, text: &str) -> Self {
        assert!(self.body.contains(text), "{text:?} not in {}", self.body);
        self
    }
}

impl Browser {
    /// With no cookies.
    pub fn new(router: Router) -> Self {
        Self { router, cookies: Vec::new() }
    }

    /// With one more cookie.
    pub fn with_cookie(mut self, name: &str, value: &str) -> Self {
        self.cookies.push((name.into(), value.into()));
        self
    }

    /// Opens an address.
    pub async fn get(&mut self, path: &str) -> Page {
        self.send(Request::get(path).body(Body::empty()).expect("a request")).await
    }

    /// Posts a form.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let body = form_urlencoded(fields);
        self.post_raw(path, "application/x-www-form-urlencoded", body.into_bytes()).await
    }

    /// Posts bytes as they are.
    pub async fn post_raw(&mut self, path: &str, content_type: &str, body: Vec<u8>) -> Page {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, content_type)
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body))
            .expect("a request");
        self.send(request).await
    }

    /// Sends a request with the cookies so far and keeps new ones.
    pub async fn send(&mut self, mut request: Request<Body>) -> Page {
        if !self.cookies.is_empty() {
            let cookies: Vec<String> =
                self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request.headers_mut().insert(header::COOKIE, cookies.join("; ").parse().expect("a header"));
        }
        let response = self.router.clone().oneshot(request).await.expect("the router answers");
        let (status, headers) = (response.status(), response.headers().clone());
        for cookie in headers.get_all(header::SET_COOKIE) {
            self.keep(cookie.to_str().expect("ascii"));
        }
        if headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "text/event-stream") {
            // it has no end: whoever wants to read it asks the router itself
            return Page { status, headers, body: String::new() };
        }
        let bytes = response.into_body().collect().await.expect("a body").to_bytes();
        Page { status, headers, body: String::from_utf8_lossy(&bytes).into_owned() }
    }

    fn keep(&mut self, cookie: &str) {
        let (name, value) =
            cookie.split(';').next().and_then(|pair| pair.split_once('=')).expect("name=value");
        self.cookies.retain(|(known, _)| known != name);
        if !value.is_empty() {
            self.cookies.push((name.into(), value.into()));
        }
    }
}

/// `application/x-www-form-urlencoded` of text fields.
pub fn form_urlencoded(fields: &[(&str, &str)]) -> String {
    fields
        .iter()
        .map(|(name, value)| format!("{}={}", app::page::encode(name), app::page::encode(value)))
        .collect::<Vec<_>>()
        .join("&")
}
