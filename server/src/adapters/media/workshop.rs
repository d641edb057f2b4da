//! Threads of their own for pictures. The runtime's pool has many threads, and the allocator keeps
//! tens of megabytes for each that ever decoded something: few threads, little memory.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use market::media::MediaRefusal;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use super::limits::MediaLimits;

type Job = Box<dyn FnOnce() + Send>;

/// Works on so many pictures at once, and no more.
#[derive(Debug, Clone)]
pub(super) struct Workshop {
    jobs: mpsc::Sender<Job>,
    places: Arc<Semaphore>,
    patience: Duration,
    time: Duration,
}

/// A worker's attention; the next in the queue gets it when this is dropped.
#[derive(Debug)]
pub(super) struct Turn(#[expect(dead_code, reason = "held, not read")] OwnedSemaphorePermit);

impl Workshop {
    /// Starts the threads. They end when the last copy of the workshop is dropped.
    pub(super) fn open(limits: &MediaLimits) -> io::Result<Self> {
        let (jobs, queue) = mpsc::channel::<Job>();
        let queue = Arc::new(Mutex::new(queue));
        let workers = limits.workers.clamp(1, 64);
        for number in 0..workers {
            let queue = Arc::clone(&queue);
            thread::Builder::new().name(format!("pictures-{number}")).spawn(move || serve(&queue))?;
        }
        let places = Arc::new(Semaphore::new(workers));
        Ok(Self { jobs, places, patience: limits.patience, time: limits.time })
    }

    /// Waits for a free worker.
    pub(super) async fn turn(&self) -> Result<Turn, MediaRefusal> {
        let place = Arc::clone(&self.places).acquire_owned();
        match tokio::time::timeout(self.patience, place).await {
            Ok(Ok(place)) => Ok(Turn(place)),
            Ok(Err(_)) | Err(_) => Err(MediaRefusal::Busy),
        }
    }

    /// Does the work in a worker's turn. Work past its time is left to end by itself; its result,
    /// and with it every file it made, is dropped, and only then is the worker free again.
    pub(super) async fn work<T: Send + 'static>(
        &self,
        turn: Turn,
        work: impl FnOnce() -> Result<T, MediaRefusal> + Send + 'static,
    ) -> Result<T, MediaRefusal> {
        let (sender, result) = oneshot::channel();
        let job = move || {
            // decoders panic on input nobody thought of: then it is the file that is damaged
            let done = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
                tracing::warn!("an image decoder panicked");
                Err(MediaRefusal::Broken)
            });
            drop(sender.send(done));
            drop(turn);
        };
        let gone = || MediaRefusal::Unavailable { cause: "the workers have ended".to_owned() };
        self.jobs.send(Box::new(job)).map_err(|_| gone())?;
        match tokio::time::timeout(self.time + super::GRACE, result).await {
            Err(_) => Err(MediaRefusal::Timeout),
            Ok(done) => done.unwrap_or_else(|_| Err(gone())),
        }
    }
}

fn serve(queue: &Mutex<mpsc::Receiver<Job>>) {
    loop {
        let next = queue.lock().unwrap_or_else(PoisonError::into_inner).recv();
        match next {
            Ok(job) => job(),
            Err(mpsc::RecvError) => return,
        }
    }
}
