//! HTTP/1.1 to one server: few connections kept open, a limit on everything, TLS with this house's provider.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http::{HeaderValue, Method, Request, StatusCode, Uri, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1::{SendRequest, handshake};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto::ring};

/// Time for a connection to stand.
const CONNECT: Duration = Duration::from_millis(400);
/// Connections kept for the next request.
const IDLE: usize = 16;
/// Longest answer that is read.
const LONGEST: usize = 64 * 1024 * 1024;

type Body = Full<Bytes>;

/// Why no answer came.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Lost {
    /// Nobody listens, or the name is unknown.
    #[error("cannot connect: {0}")]
    Refused(String),
    /// The connection broke before the answer was complete.
    #[error("connection broken: {0}")]
    Broken(String),
    /// The limit passed.
    #[error("no answer within {} ms", .0.as_millis())]
    Late(Duration),
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// Status.
    pub status: StatusCode,
    /// Seconds of `retry-after`.
    pub retry_after: Option<u64>,
    /// Body.
    pub body: Bytes,
}

/// A request without its host.
#[derive(Debug, Clone)]
pub struct Call {
    /// Method.
    pub method: Method,
    /// Path and query.
    pub path: String,
    /// Body and its type.
    pub body: Option<(Bytes, String)>,
    /// Limit for everything together.
    pub limit: Duration,
}

/// Connections to one server.
pub struct Transport {
    host: String,
    port: u16,
    authority: String,
    tls: Option<TlsConnector>,
    idle: Mutex<Vec<SendRequest<Body>>>,
}

impl std::fmt::Debug for Transport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Transport").field("authority", &self.authority).finish_non_exhaustive()
    }
}

impl Transport {
    /// Connections to `http(s)://host[:port]`.
    ///
    /// # Errors
    /// What is wrong with the address.
    pub fn to(address: &str) -> Result<Self, String> {
        let uri: Uri = address.parse().map_err(|error| format!("{address:?}: {error}"))?;
        let encrypted = match uri.scheme_str() {
            Some("http") => false,
            Some("https") => true,
            _ => return Err(format!("{address:?}: begins neither with http:// nor with https://")),
        };
        let authority = uri.authority().ok_or_else(|| format!("{address:?}: names no server"))?;
        if authority.as_str().contains('@') {
            return Err("the address holds a password; give the key apart from it".into());
        }
        if !uri.path().trim_end_matches('/').is_empty() || uri.query().is_some() {
            return Err(format!("{address:?}: nothing may follow the port"));
        }
        let port = authority.port_u16().unwrap_or(if encrypted { 443 } else { 80 });
        Ok(Self {
            host: authority.host().trim_start_matches('[').trim_end_matches(']').to_owned(),
            port,
            authority: authority.to_string(),
            tls: encrypted.then(connector).transpose()?,
            idle: Mutex::default(),
        })
    }

    /// Where it leads, for people.
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// One request. A kept connection that the server closed meanwhile is no failure: a fresh one is taken.
    ///
    /// # Errors
    /// When no complete answer came within the limit.
    pub async fn send(&self, call: &Call, key: Option<&HeaderValue>) -> Result<Answer, Lost> {
        timeout(call.limit, self.attempt(call, key)).await.map_err(|_| Lost::Late(call.limit))?
    }

    async fn attempt(&self, call: &Call, key: Option<&HeaderValue>) -> Result<Answer, Lost> {
        while let Some(mut kept) = self.kept() {
            if kept.is_closed() || kept.ready().await.is_err() {
                continue;
            }
            return self.exchange(kept, call, key).await;
        }
        self.exchange(self.connect().await?, call, key).await
    }

    async fn exchange(
        &self,
        mut connection: SendRequest<Body>,
        call: &Call,
        key: Option<&HeaderValue>,
    ) -> Result<Answer, Lost> {
        let broken = |error: &dyn std::fmt::Display| Lost::Broken(error.to_string());
        let request = self.request(call, key).map_err(|error| broken(&error))?;
        let answer = connection.send_request(request).await.map_err(|error| broken(&error))?;
        let status = answer.status();
        let retry_after = answer
            .headers()
            .get(header::RETRY_AFTER)
            .and_then(|value| value.to_str().ok())
            .and_then(|text| text.parse().ok());
        let body = Limited::new(answer.into_body(), LONGEST)
            .collect()
            .await
            .map_err(|error| Lost::Broken(error.to_string()))?
            .to_bytes();
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if idle.len() < IDLE {
            idle.push(connection);
        }
        Ok(Answer { status, retry_after, body })
    }

    fn request(&self, call: &Call, key: Option<&HeaderValue>) -> Result<Request<Body>, http::Error> {
        let mut request = Request::builder()
            .method(call.method.clone())
            .uri(&call.path)
            .header(header::HOST, &self.authority)
            .header(header::USER_AGENT, "market");
        if let Some(key) = key {
            request = request.header(header::AUTHORIZATION, key);
        }
        match &call.body {
            Some((bytes, kind)) => request.header(header::CONTENT_TYPE, kind).body(Full::new(bytes.clone())),
            None => request.body(Full::default()),
        }
    }

    fn kept(&self) -> Option<SendRequest<Body>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }

    async fn connect(&self) -> Result<SendRequest<Body>, Lost> {
        let refused = |error: std::io::Error| Lost::Refused(error.to_string());
        let tcp = timeout(CONNECT, TcpStream::connect((self.host.as_str(), self.port)))
            .await
            .map_err(|_| Lost::Late(CONNECT))?
            .map_err(refused)?;
        tcp.set_nodelay(true).map_err(refused)?;
        let Some(tls) = &self.tls else { return begin(tcp).await };
        let name =
            ServerName::try_from(self.host.clone()).map_err(|error| Lost::Refused(error.to_string()))?;
        begin(tls.connect(name, tcp).await.map_err(refused)?).await
    }
}

async fn begin<T>(stream: T) -> Result<SendRequest<Body>, Lost>
where
    T: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let (sender, connection) =
        handshake(TokioIo::new(stream)).await.map_err(|error| Lost::Broken(error.to_string()))?;
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(error = %error, "a connection to the search engine ended");
        }
    });
    Ok(sender)
}

fn connector() -> Result<TlsConnector, String> {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| error.to_string())?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_checked() {
        for good in ["http://127.0.0.1:7700", "https://search.example.kr", "http://[::1]:7700/"] {
            Transport::to(good).unwrap();
        }
        for bad in ["", "127.0.0.1:7700", "ftp://x", "http://u:secret@x", "http://x/path", "http://x?y=1"] {
            let said = Transport::to(bad).map(|_| ()).unwrap_err();
            assert!(!said.contains("secret"), "{said}");
        }
    }
}
