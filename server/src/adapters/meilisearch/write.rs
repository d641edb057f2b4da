//! Writing: every write is a task that may still fail after it was accepted, so each is waited for. A batch that fails
//! because of one document is halved until that one is found, reported and left out.

use std::time::Duration;

use market::ports::search::{DocSource, SearchError};
use market::ports::{Clock as _, Ids as _, SystemClock, SystemIds};
use market::search::{SearchBatch, SearchDoc};
use meilisearch_sdk::client::{Client, SwapIndexes};
use meilisearch_sdk::task_info::TaskInfo;
use serde_json::Value;
use uuid::Uuid;

use super::MeiliCatalog;
use super::client::{OurClient, Trouble};
use super::record::{self, FEED, FeedMark, KEY, VERSION};
use super::settings;

/// Documents in one request.
const TOGETHER: usize = 1_000;
/// Bytes in one request; the server takes a hundred million.
const BYTES: usize = 8_000_000;
/// How long a task may take. Writes wait in one queue behind everything else the server does.
const PATIENCE: Duration = Duration::from_mins(15);
/// Indexes being built are forgotten after a day.
const FORGOTTEN: u64 = 24 * 3_600_000;
/// Listings read at once for comparing.
const LISTED: usize = 1_000;

impl MeiliCatalog {
    fn writer(&self) -> &Client<OurClient> {
        &self.admin
    }

    async fn finish(&self, task: &TaskInfo) -> Result<(), Trouble> {
        self.http.finish(u64::from(task.task_uid), PATIENCE).await
    }

    /// The feed's record; none when there is no index, or none of this version.
    pub(super) async fn mark(&self) -> Result<Option<FeedMark>, Trouble> {
        match self.writer().index(&self.index).get_document::<FeedMark>(FEED).await.map_err(Trouble::from) {
            Ok(mark) => Ok((mark.version == VERSION).then_some(mark)),
            Err(trouble) if trouble.is_missing() => Ok(None),
            Err(trouble) => Err(trouble),
        }
    }

    /// Brings the settings of an index to what the code wants; says whether anything changed.
    pub(super) async fn settle(&self, index: &str) -> Result<bool, Trouble> {
        let path = format!("/indexes/{index}/settings");
        let present: Value = self.http.ask(http::Method::GET, &path, None).await?;
        let Some(changed) = settings::difference(&settings::wanted(), &present) else { return Ok(false) };
        tracing::info!(search.index = index, search.settings = %names(&changed), "settings of the index change");
        let task: TaskInfo = self.http.ask(http::Method::PATCH, &path, Some(&changed)).await?;
        self.finish(&task).await?;
        Ok(true)
    }

    async fn create(&self, index: &str) -> Result<(), Trouble> {
        let task = self.writer().create_index(index, Some(KEY)).await?;
        match self.finish(&task).await {
            Err(trouble) if trouble.code() == "index_already_exists" => Ok(()),
            other => other,
        }
    }

    /// Deletes, writes, and remembers the position in the task of the last piece.
    pub(super) async fn write(&self, batch: SearchBatch, position: i64) -> Result<(), Trouble> {
        let index = self.writer().index(&self.index);
        let mut deleting = None;
        if !batch.deletes.is_empty() {
            deleting = Some(index.delete_documents(&batch.deletes).await?);
        }
        // of two versions of one listing in a batch the last counts
        let mut docs: Vec<&SearchDoc> = Vec::with_capacity(batch.upserts.len());
        for (at, doc) in batch.upserts.iter().enumerate() {
            if !batch.upserts.iter().skip(at + 1).any(|later| later.id == doc.id) {
                docs.push(doc);
            }
        }
        let mut records: Vec<Value> = docs.into_iter().map(record::record).collect();
        records.push(FeedMark { position, version: VERSION }.record());
        if let Some(task) = deleting {
            self.finish(&task).await?;
        }
        self.add(&self.index, records).await.map(|_| ())
    }

    /// Adds records piece by piece; gives the number of those that were refused.
    async fn add(&self, index: &str, records: Vec<Value>) -> Result<u64, Trouble> {
        let mut waiting: Vec<Vec<Value>> = pieces(records);
        waiting.reverse();
        let mut refused = 0;
        while let Some(piece) = waiting.pop() {
            let Err(trouble) = self.add_piece(index, &piece).await else { continue };
            if !trouble.is_about_documents() {
                return Err(trouble);
            }
            if let [one] = piece.as_slice() {
                if one.get(KEY).and_then(Value::as_str) == Some(FEED) {
                    return Err(trouble);
                }
                refused += 1;
                metrics::counter!("search_documents_refused_total").increment(1);
                let listing = one.get(KEY).and_then(Value::as_str).unwrap_or_default();
                tracing::error!(listing.id = listing, error = %trouble, "the search engine refuses a listing; the others go on");
                continue;
            }
            let mut first = piece;
            let second = first.split_off(first.len() / 2);
            waiting.push(second);
            waiting.push(first);
        }
        Ok(refused)
    }

    async fn add_piece(&self, index: &str, piece: &[Value]) -> Result<(), Trouble> {
        let task = self.writer().index(index).add_documents(piece, Some(KEY)).await?;
        self.finish(&task).await
    }

    /// Builds a new index beside the live one and swaps both names.
    pub(super) async fn build(&self, source: &mut dyn DocSource, position: i64) -> Result<u64, SearchError> {
        let name = settings::build_name(&self.index, SystemIds.new_id());
        let built = self.fill(&name, source, position).await;
        if built.is_err() {
            self.forget(&name).await;
        }
        built
    }

    async fn fill(&self, name: &str, source: &mut dyn DocSource, position: i64) -> Result<u64, SearchError> {
        self.sweep().await;
        self.create(name).await.map_err(away)?;
        self.settle(name).await.map_err(away)?;
        let (mut waiting, mut count) = (Vec::new(), 0);
        loop {
            let docs = source.next_docs().await?;
            let ended = docs.is_empty();
            count += docs.len() as u64;
            waiting.extend(docs.iter().map(record::record));
            if ended || waiting.len() >= TOGETHER {
                count -= self.add(name, std::mem::take(&mut waiting)).await.map_err(away)?;
            }
            if ended {
                break;
            }
        }
        let mark = FeedMark { position, version: VERSION }.record();
        self.add(name, vec![mark]).await.map_err(away)?;
        self.create(&self.index).await.map_err(away)?;
        let swap = SwapIndexes { indexes: (self.index.clone(), name.to_owned()), rename: None };
        let task = self.writer().swap_indexes([&swap]).await.map_err(|error| away(error.into()))?;
        self.finish(&task).await.map_err(away)?;
        self.forget(name).await;
        Ok(count)
    }

    /// Deletes an index that nobody asks; when that fails it is swept later.
    async fn forget(&self, name: &str) {
        let done = match self.writer().delete_index(name).await {
            Ok(task) => self.finish(&task).await,
            Err(error) => Err(error.into()),
        };
        if let Err(trouble) = done.or_else(|trouble| if trouble.is_missing() { Ok(()) } else { Err(trouble) })
        {
            tracing::warn!(search.index = name, error = %trouble, "a built index was not removed");
        }
    }

    /// Removes the index altogether, for scratch indexes; searches fail until the next build.
    ///
    /// # Errors
    /// When the server is away.
    pub async fn drop_index(&self) -> Result<(), String> {
        let task = self
            .writer()
            .delete_index(&self.index)
            .await
            .map_err(|error| Trouble::from(error).to_string())?;
        match self.finish(&task).await {
            Err(trouble) if !trouble.is_missing() => Err(trouble.to_string()),
            _ => Ok(()),
        }
    }

    /// Deletes what an interrupted build left behind.
    async fn sweep(&self) {
        let listed: Result<Value, Trouble> =
            self.http.ask(http::Method::GET, "/indexes?limit=1000", None).await;
        let now = u64::try_from(SystemClock.now().0 / 1000).unwrap_or_default();
        let Ok(listed) = listed else { return };
        let names = listed.get("results").and_then(Value::as_array).into_iter().flatten();
        for name in names.filter_map(|index| index.get("uid").and_then(Value::as_str)) {
            let old = settings::begun_at(&self.index, name).is_some_and(|begun| begun + FORGOTTEN < now);
            if old {
                self.forget(name).await;
            }
        }
    }

    /// Every listing's identity and fingerprint.
    pub(super) async fn prints(&self) -> Result<Vec<(Uuid, u64)>, Trouble> {
        let mut out = Vec::new();
        for page in 0.. {
            let path = format!(
                "/indexes/{}/documents?fields={KEY},print&limit={LISTED}&offset={}",
                self.index,
                page * LISTED
            );
            let listed: Value = self.http.ask(http::Method::GET, &path, None).await?;
            let rows = listed.get("results").and_then(Value::as_array).cloned().unwrap_or_default();
            for row in &rows {
                let text = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default();
                if let (Ok(id), Ok(print)) =
                    (Uuid::parse_str(text(KEY)), u64::from_str_radix(text("print"), 16))
                {
                    out.push((id, print));
                }
            }
            if rows.len() < LISTED {
                break;
            }
        }
        out.sort_unstable();
        Ok(out)
    }
}

/// Pieces that one request may carry.
fn pieces(records: Vec<Value>) -> Vec<Vec<Value>> {
    let (mut out, mut piece, mut bytes) = (Vec::new(), Vec::new(), 0);
    for record in records {
        let size = record.to_string().len();
        if !piece.is_empty() && (piece.len() >= TOGETHER || bytes + size > BYTES) {
            out.push(std::mem::take(&mut piece));
            bytes = 0;
        }
        bytes += size;
        piece.push(record);
    }
    if !piece.is_empty() {
        out.push(piece);
    }
    out
}

fn names(settings: &Value) -> String {
    settings.as_object().into_iter().flatten().map(|(name, _)| name.as_str()).collect::<Vec<_>>().join(" ")
}

pub(super) fn away(trouble: Trouble) -> SearchError {
    SearchError::Unavailable(trouble.to_string())
}
