//! Connections on which nothing is asked or nothing is taken: closed after a while.
//!
//! hyper's time limit of heads begins with their first byte, so a kept connection that asks nothing more would stay for
//! ever. [`Watched`] stands between hyper and the socket: while no request is open, a read that has waited too long gives
//! the end of the stream, upon which hyper closes in its usual way. A peer that takes nothing of what was answered for as
//! long is not read to the end: its connection is broken off.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use hyper::body::{Frame, SizeHint};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep};

/// The open requests of one connection, and the bytes of answers that were handed over and not yet sent.
#[derive(Clone, Debug, Default)]
pub struct Open(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    requests: AtomicUsize,
    owed: AtomicUsize,
}

/// One of them; over when dropped.
#[derive(Debug)]
pub struct Asked(Open);

impl Open {
    /// One more.
    pub fn ask(&self) -> Asked {
        self.0.requests.fetch_add(1, Ordering::SeqCst);
        Asked(self.clone())
    }

    fn none(&self) -> bool {
        self.0.requests.load(Ordering::SeqCst) == 0
    }

    fn owe(&self, bytes: usize) {
        self.0.owed.fetch_add(bytes, Ordering::SeqCst);
    }

    /// Whether these bytes were part of an answer, and not only what the protocol says of itself.
    fn pay(&self, bytes: usize) -> bool {
        let owed = self.0.owed.load(Ordering::SeqCst);
        self.0.owed.store(owed.saturating_sub(bytes), Ordering::SeqCst);
        owed > 0
    }
}

impl Drop for Asked {
    fn drop(&mut self) {
        self.0.0.requests.fetch_sub(1, Ordering::SeqCst);
    }
}

/// A body that keeps its request open until it was handed over.
pub struct Answer {
    body: Body,
    asked: Asked,
}

impl Answer {
    /// The body of the answer to `asked`.
    pub fn new(body: Body, asked: Asked) -> Self {
        Self { body, asked }
    }
}

impl HttpBody for Answer {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(cx);
        if let Poll::Ready(Some(Ok(frame))) = &polled {
            self.asked.0.owe(frame.data_ref().map_or(0, Bytes::len));
        }
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// A socket that ends when nothing is asked for `patience`, or nothing taken of what was answered.
pub struct Watched<S> {
    socket: S,
    open: Open,
    patience: Duration,
    since: Instant,
    timer: Pin<Box<Sleep>>,
    /// Runs while the peer takes nothing.
    stuck: Option<Pin<Box<Sleep>>>,
}

impl<S> Watched<S> {
    /// `socket`, whose open requests are counted in `open`.
    pub fn new(socket: S, open: Open, patience: Duration) -> Self {
        Self { socket, open, patience, since: Instant::now(), timer: Box::pin(sleep(patience)), stuck: None }
    }

    /// True when the wait is over; otherwise the task is woken when it may be.
    fn is_over(&mut self, cx: &mut Context<'_>) -> bool {
        if !self.open.none() {
            self.since = Instant::now();
        }
        let end = self.since + self.patience;
        if self.timer.deadline() != end {
            self.timer.as_mut().reset(end);
        }
        self.timer.as_mut().poll(cx).is_ready()
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if let Poll::Ready(read) = Pin::new(&mut self.socket).poll_read(cx, buf) {
            return Poll::Ready(read);
        }
        // nothing put into `buf` is the end of the stream
        if self.is_over(cx) { Poll::Ready(Ok(())) } else { Poll::Pending }
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.socket).poll_write(cx, buf);
        self.note(cx, written)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.socket).poll_write_vectored(cx, bufs);
        self.note(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }
}

impl<S> Watched<S> {
    /// Whoever still takes what was answered is not idle; whoever takes nothing for too long is given up.
    fn note(&mut self, cx: &mut Context<'_>, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        let Poll::Pending = written else {
            self.stuck = None;
            if let Poll::Ready(Ok(bytes)) = written
                && self.open.pay(bytes)
            {
                self.since = Instant::now();
            }
            return written;
        };
        let patience = self.patience;
        let stuck = self.stuck.get_or_insert_with(|| Box::pin(sleep(patience)));
        if stuck.as_mut().poll(cx).is_ready() {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        Poll::Pending
    }
}
