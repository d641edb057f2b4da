//! The SDK's HTTP client, made of ours: limits, one retry after a broken connection, errors by status and code.
//! Tasks are read here too, because the SDK cannot read one that was cancelled.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use futures_util::io::{AsyncRead, AsyncReadExt};
use http::{HeaderValue, StatusCode};
use hyper::body::Bytes;
use meilisearch_sdk::errors::Error;
use meilisearch_sdk::request::{HttpClient, Method};
use secrecy::{ExposeSecret, SecretString};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::transport::{Answer, Call, Lost, Transport};

/// What a request came to, when not to an answer.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Trouble {
    /// No answer.
    #[error(transparent)]
    Lost(#[from] Lost),
    /// An answer that is a refusal.
    #[error("{status} {code}: {message}")]
    Refused {
        /// Status.
        status: u16,
        /// Meilisearch's code; empty when there was none.
        code: String,
        /// Its words.
        message: String,
        /// Seconds after which to ask again.
        retry_after: Option<u64>,
    },
    /// A write that was accepted and failed, or was cancelled.
    #[error("task {uid} {status}: {code}: {message}")]
    Task {
        /// Its number.
        uid: u64,
        /// failed or canceled.
        status: String,
        /// Meilisearch's code.
        code: String,
        /// Its words.
        message: String,
    },
    /// An answer that makes no sense.
    #[error("unreadable answer: {0}")]
    Unreadable(String),
}

impl Trouble {
    /// The engine's code of the refusal.
    pub fn code(&self) -> &str {
        match self {
            Self::Refused { code, .. } | Self::Task { code, .. } => code,
            Self::Lost(_) | Self::Unreadable(_) => "",
        }
    }

    /// Whether the index, or something in it, is simply not there.
    pub fn is_missing(&self) -> bool {
        matches!(self.code(), "index_not_found" | "document_not_found")
    }

    /// Whether the fault lies in what was sent, so that sending less of it may help.
    pub fn is_about_documents(&self) -> bool {
        match self {
            Self::Task { status, code, .. } => status == "failed" && code != "index_not_found",
            Self::Refused { status, .. } => *status == 413 || *status == 400,
            Self::Lost(_) | Self::Unreadable(_) => false,
        }
    }
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        match error {
            Error::Other(inner) => match inner.downcast::<Trouble>() {
                Ok(trouble) => *trouble,
                Err(other) => Self::Unreadable(other.to_string()),
            },
            other => Self::Unreadable(other.to_string()),
        }
    }
}

/// How the server words a refusal.
#[derive(Debug, Default, Deserialize)]
struct Words {
    #[serde(default)]
    message: String,
    #[serde(default)]
    code: String,
}

/// The HTTP client that the SDK works with; clones share their connections.
#[derive(Clone, Debug)]
pub struct OurClient {
    transport: Arc<Transport>,
    key: Option<HeaderValue>,
    limit: Duration,
}

impl OurClient {
    /// A client with a key.
    ///
    /// # Errors
    /// When the key cannot stand in a header.
    pub fn new(
        transport: Arc<Transport>,
        key: Option<&SecretString>,
        limit: Duration,
    ) -> Result<Self, String> {
        let key = key
            .map(|key| HeaderValue::from_str(&format!("Bearer {}", key.expose_secret())))
            .transpose()
            .map_err(|_| "the key has characters that no header may have".to_owned())?
            .map(|mut value| {
                value.set_sensitive(true);
                value
            });
        Ok(Self { transport, key, limit })
    }

    /// Sends and reads any JSON.
    ///
    /// # Errors
    /// See [`Trouble`].
    pub async fn ask<T: DeserializeOwned>(
        &self,
        method: http::Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<T, Trouble> {
        let body = body.map(|value| (Bytes::from(value.to_string()), "application/json".to_owned()));
        let call = Call { method, path: path.to_owned(), body, limit: self.limit };
        read(&self.send(&call).await?, None)
    }

    /// One request, and once more after a broken connection: ids make writes idempotent. Only a swap would undo
    /// itself.
    async fn send(&self, call: &Call) -> Result<Answer, Trouble> {
        let first = self.transport.send(call, self.key.as_ref()).await;
        match first {
            Err(Lost::Broken(_)) if !call.path.starts_with("/swap-indexes") => {
                tokio::time::sleep(jitter(Duration::from_millis(30))).await;
                Ok(self.transport.send(call, self.key.as_ref()).await?)
            }
            other => Ok(other?),
        }
    }

    async fn request_bytes<Output: DeserializeOwned>(
        &self,
        url: &str,
        method: http::Method,
        query: String,
        body: Option<(Bytes, String)>,
        expected: u16,
    ) -> Result<Output, Error> {
        let separator = if query.is_empty() { "" } else { "?" };
        let call = Call { method, path: format!("{url}{separator}{query}"), body, limit: self.limit };
        let answer = self.send(&call).await.map_err(boxed)?;
        read(&answer, Some(expected)).map_err(boxed)
    }
}

fn boxed(trouble: Trouble) -> Error {
    Error::Other(Box::new(trouble))
}

/// Between half of it and one and a half, so that several processes do not come back at once.
pub fn jitter(pause: Duration) -> Duration {
    let nanos = std::time::SystemTime::UNIX_EPOCH.elapsed().map_or(0, |since| since.subsec_nanos());
    pause.mul_f64(0.5 + f64::from(nanos % 1000) / 1000.0)
}

fn read<T: DeserializeOwned>(answer: &Answer, expected: Option<u16>) -> Result<T, Trouble> {
    let status = answer.status.as_u16();
    let good = expected.map_or(answer.status.is_success(), |expected| expected == status);
    if good {
        let bytes: &[u8] =
            if answer.status == StatusCode::NO_CONTENT { b"null" } else { answer.body.as_ref() };
        return serde_json::from_slice(bytes).map_err(|error| Trouble::Unreadable(error.to_string()));
    }
    let words: Words = serde_json::from_slice(&answer.body).unwrap_or_default();
    Err(Trouble::Refused {
        status,
        code: words.code,
        message: words.message.chars().take(300).collect(),
        retry_after: answer.retry_after,
    })
}

/// The query of an address: lists between commas, what is absent left out.
fn query_text<Q: Serialize>(query: &Q) -> Result<String, Error> {
    let value = serde_json::to_value(query).map_err(Error::ParseError)?;
    let mut out = form_urlencoded::Serializer::new(String::new());
    let plain = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    for (name, value) in value.as_object().into_iter().flatten() {
        match value {
            Value::Null => {}
            Value::Array(list) => {
                out.append_pair(name, &list.iter().map(plain).collect::<Vec<_>>().join(","));
            }
            one => {
                out.append_pair(name, &plain(one));
            }
        }
    }
    Ok(out.finish())
}

fn verb<Q, B>(method: &Method<Q, B>) -> http::Method {
    match method {
        Method::Get { .. } => http::Method::GET,
        Method::Post { .. } => http::Method::POST,
        Method::Patch { .. } => http::Method::PATCH,
        Method::Put { .. } => http::Method::PUT,
        Method::Delete { .. } => http::Method::DELETE,
    }
}

#[async_trait]
impl HttpClient for OurClient {
    async fn request<Query, Body, Output>(
        &self,
        url: &str,
        method: Method<Query, Body>,
        expected_status_code: u16,
    ) -> Result<Output, Error>
    where
        Query: Serialize + Send + Sync,
        Body: Serialize + Send + Sync,
        Output: DeserializeOwned + 'static + Send,
    {
        let (verb, query) = (verb(&method), query_text(method.query())?);
        let body = match method.body() {
            Some(body) => {
                let bytes = serde_json::to_vec(body).map_err(Error::ParseError)?;
                Some((Bytes::from(bytes), "application/json".to_owned()))
            }
            None => None,
        };
        self.request_bytes(url, verb, query, body, expected_status_code).await
    }

    async fn stream_request<
        Query: Serialize + Send + Sync,
        Body: AsyncRead + Send + Sync + 'static,
        Output: DeserializeOwned + 'static,
    >(
        &self,
        url: &str,
        method: Method<Query, Body>,
        content_type: &str,
        expected_status_code: u16,
    ) -> Result<Output, Error> {
        let (verb, query) = (verb(&method), query_text(method.query())?);
        let body = match method.into_body() {
            Some(body) => {
                let mut bytes = Vec::new();
                let mut body = Box::pin(body);
                body.read_to_end(&mut bytes).await.map_err(|error| Error::Other(Box::new(error)))?;
                Some((Bytes::from(bytes), content_type.to_owned()))
            }
            None => None,
        };
        self.request_bytes(url, verb, query, body, expected_status_code).await
    }

    fn is_tokio(&self) -> bool {
        true
    }
}

/// A task as we read it.
#[derive(Debug, Deserialize)]
struct Task {
    status: String,
    error: Option<Words>,
}

impl OurClient {
    /// Waits until a task has ended well.
    ///
    /// # Errors
    /// [`Trouble::Task`] when it failed or was cancelled; [`Trouble::Lost`] after `patience`.
    pub async fn finish(&self, uid: u64, patience: Duration) -> Result<(), Trouble> {
        let begun = tokio::time::Instant::now();
        let mut pause = Duration::from_millis(8);
        loop {
            let task: Task = self.ask(http::Method::GET, &format!("/tasks/{uid}"), None).await?;
            match task.status.as_str() {
                "succeeded" => return Ok(()),
                "enqueued" | "processing" => {}
                _ => {
                    let words = task.error.unwrap_or_default();
                    let (status, code, message) = (task.status, words.code, words.message);
                    return Err(Trouble::Task { uid, status, code, message });
                }
            }
            if begun.elapsed() > patience {
                return Err(Lost::Late(patience).into());
            }
            tokio::time::sleep(jitter(pause)).await;
            pause = (pause * 2).min(Duration::from_millis(250));
        }
    }
}
