//! The index on disk: one folder per generation, and a small file that names the live one.
//!
//! A rebuild writes a new generation beside the live one and then renames the pointer, which is atomic; a crash in
//! between leaves the old one live and the half-built one to be swept at the next start. Who serves follows the
//! pointer: a rebuild by another process, or a deleted folder, is noticed before the next change is written.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use market::search::{SearchBatch, SearchDoc};
use tantivy::{
    Index, IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyError,
    indexer::{LogMergePolicy, NoMergePolicy},
};

use super::{
    placed::{self, Placed},
    schema::{Fields, VERSION},
};

/// Memory for the writer while single changes come in.
const BUFFER: usize = 15_000_000;
/// Memory for the writer while a whole index is built.
const BUILD_BUFFER: usize = 96_000_000;
/// A segment with so large a share of deleted documents is written anew.
const DEAD_SHARE: f32 = 0.3;
/// A built index has one segment, a larger one two: two threads can look into it.
const ONE_SEGMENT: u64 = 50_000;

/// An open generation with its writer.
pub struct Store {
    root: PathBuf,
    generation: String,
    fields: Fields,
    index: Index,
    reader: IndexReader,
    writer: Option<IndexWriter>,
    position: i64,
    needs_rebuild: bool,
    buffer: usize,
}

impl Store {
    /// Opens the live generation. What cannot be opened, or was made by another version, is replaced by an empty one
    /// that asks for a rebuild.
    pub fn open(root: &Path) -> tantivy::Result<Self> {
        fs::create_dir_all(root)?;
        let live = fs::read_to_string(root.join("live")).unwrap_or_default();
        let (generation, version) = live.trim().split_once(' ').unwrap_or_default();
        let usable = version == VERSION.to_string() && is_name(generation);
        let opened = if usable { Self::generation(root, generation, false).ok() } else { None };
        let store = if let Some(store) = opened {
            store
        } else {
            let mut store = Self::generation(root, &fresh_name(root), true)?;
            store.needs_rebuild = true;
            store.commit(0)?;
            store.point()?;
            store
        };
        sweep(root, &store.generation)?;
        Ok(store)
    }

    /// An empty generation beside the live one.
    pub fn begin_rebuild(root: &Path) -> tantivy::Result<Self> {
        fs::create_dir_all(root)?;
        let mut store = Self::generation(root, &fresh_name(root), true)?;
        store.buffer = BUILD_BUFFER;
        // the writer's lock tells other processes that somebody works here; segments are put together at the end
        store.writer()?.set_merge_policy(Box::new(NoMergePolicy));
        Ok(store)
    }

    /// Opens what is live now when that is not what is open here; says whether it did.
    pub fn follow(&mut self) -> tantivy::Result<bool> {
        if !self.moved() {
            return Ok(false);
        }
        *self = Self::open(&self.root.clone())?;
        Ok(true)
    }

    /// Whether the pointer names another generation of this version, or nothing is there any more.
    fn moved(&self) -> bool {
        if !self.root.join(&self.generation).join("meta.json").exists() {
            return true;
        }
        match fs::read_to_string(self.root.join("live")) {
            Err(_) => true,
            Ok(live) => {
                let (generation, version) = live.trim().split_once(' ').unwrap_or_default();
                version == VERSION.to_string() && generation != self.generation
            }
        }
    }

    fn generation(root: &Path, name: &str, new: bool) -> tantivy::Result<Self> {
        let folder = root.join(name);
        let fields = Fields::new();
        let index = if new {
            fs::create_dir_all(&folder)?;
            Index::create_in_dir(&folder, fields.schema.clone())?
        } else {
            Index::open_in_dir(&folder)?
        };
        if index.schema() != fields.schema {
            return Err(TantivyError::SchemaError("made by another version".to_owned()));
        }
        index.tokenizers().register(placed::NAME, Placed);
        let payload = index.load_metas()?.payload.unwrap_or_default();
        let (position, complete) = payload.split_once(' ').unwrap_or((payload.as_str(), ""));
        let reader = reader(&index)?;
        Ok(Self {
            root: root.to_owned(),
            generation: name.to_owned(),
            fields,
            index,
            reader,
            writer: None,
            position: position.parse().unwrap_or_default(),
            needs_rebuild: complete != "complete",
            buffer: BUFFER,
        })
    }

    /// Fields of the schema.
    pub const fn fields(&self) -> &Fields {
        &self.fields
    }

    /// Feed position of the last commit.
    pub const fn position(&self) -> i64 {
        self.position
    }

    /// Whether the index has never been filled.
    pub const fn needs_rebuild(&self) -> bool {
        self.needs_rebuild
    }

    /// The last commit.
    pub fn searcher(&self) -> tantivy::Result<Searcher> {
        self.reader.reload()?;
        Ok(self.reader.searcher())
    }

    /// Maps the files of what is open anew. Pages that were touched stay in the system's cache and are no longer this
    /// process's; whoever still reads the old mapping keeps it until they are done.
    pub fn map_anew(&mut self) -> tantivy::Result<()> {
        let index = Index::open_in_dir(self.root.join(&self.generation))?;
        index.tokenizers().register(placed::NAME, Placed);
        self.reader = reader(&index)?;
        Ok(())
    }

    fn writer(&mut self) -> tantivy::Result<&mut IndexWriter> {
        if self.writer.is_none() {
            let threads = if self.buffer == BUILD_BUFFER { 2 } else { 1 };
            let writer = self.index.writer_with_num_threads(threads, self.buffer)?;
            let mut policy = LogMergePolicy::default();
            policy.set_del_docs_ratio_before_merge(DEAD_SHARE);
            writer.set_merge_policy(Box::new(policy));
            self.writer = Some(writer);
        }
        self.writer.as_mut().ok_or_else(|| TantivyError::SystemError("no writer".to_owned()))
    }

    /// Deletes, adds, and remembers the position in one commit. Another process may hold the writer's lock: the error
    /// says so and nothing is changed.
    pub fn apply(&mut self, batch: &SearchBatch, position: i64) -> tantivy::Result<()> {
        let fields = self.fields.clone();
        let writer = self.writer()?;
        for id in batch.deletes.iter().chain(batch.upserts.iter().map(|doc| &doc.id)) {
            writer.delete_term(fields.key_term(*id));
        }
        // of two versions of one listing in a batch the last counts
        for (i, doc) in batch.upserts.iter().enumerate() {
            if !batch.upserts.iter().skip(i + 1).any(|later| later.id == doc.id) {
                writer.add_document(fields.document(doc))?;
            }
        }
        let done = self.commit(position);
        if done.is_err() {
            // a writer that failed may hold half a batch
            self.writer = None;
        }
        done
    }

    /// Adds documents of a rebuild.
    pub fn add(&mut self, docs: &[SearchDoc]) -> tantivy::Result<()> {
        let fields = self.fields.clone();
        let writer = self.writer()?;
        for doc in docs {
            writer.add_document(fields.document(doc))?;
        }
        Ok(())
    }

    /// Commits a rebuild and gives the building memory back.
    pub fn finish_rebuild(&mut self, position: i64) -> tantivy::Result<()> {
        self.needs_rebuild = false;
        self.commit(position)?;
        if let Some(mut writer) = self.writer.take() {
            let mut segments = self.index.searchable_segment_metas()?;
            let docs: u64 = segments.iter().map(|s| u64::from(s.num_docs())).sum();
            // largest first, by turns, so that both parts become of one size
            segments.sort_by_key(|s| std::cmp::Reverse(s.num_docs()));
            let parts = if docs > ONE_SEGMENT { 2 } else { 1 };
            let part =
                |n: usize| segments.iter().skip(n).step_by(parts).map(tantivy::SegmentMeta::id).collect();
            let parts: Vec<Vec<_>> = (0..parts).map(part).collect();
            let merges: Vec<_> = parts.iter().filter(|p| p.len() > 1).map(|p| writer.merge(p)).collect();
            for merge in merges {
                merge.wait()?;
            }
            writer.wait_merging_threads()?;
        }
        self.buffer = BUFFER;
        Ok(())
    }

    fn commit(&mut self, position: i64) -> tantivy::Result<()> {
        let complete = if self.needs_rebuild { "" } else { " complete" };
        let payload = format!("{position}{complete}");
        let mut prepared = self.writer()?.prepare_commit()?;
        prepared.set_payload(&payload);
        prepared.commit()?;
        self.position = position;
        Ok(())
    }

    /// Makes the rebuilt generation the live one.
    pub fn replace_with(&mut self, rebuilt: Self) -> tantivy::Result<()> {
        rebuilt.point()?;
        *self = rebuilt;
        sweep(&self.root, &self.generation)?;
        Ok(())
    }

    /// Names this generation as live.
    fn point(&self) -> io::Result<()> {
        let (next, live) = (self.root.join("live.next"), self.root.join("live"));
        fs::write(&next, format!("{} {VERSION}\n", self.generation))?;
        fs::File::open(&next)?.sync_all()?;
        fs::rename(next, live)
    }
}

fn reader(index: &Index) -> tantivy::Result<IndexReader> {
    index.reader_builder().reload_policy(ReloadPolicy::Manual).num_warming_threads(0).try_into()
}

fn is_name(name: &str) -> bool {
    name.strip_prefix('g').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

/// The first name that is not taken.
fn fresh_name(root: &Path) -> String {
    let taken = |n: u32| root.join(format!("g{n}")).exists();
    let number = (1..u32::MAX).find(|n| !taken(*n)).unwrap_or_default();
    format!("g{number}")
}

/// Removes generations that are not live. Readers of an old one keep its files open until they are done.
fn sweep(root: &Path, live: &str) -> io::Result<()> {
    for entry in fs::read_dir(root)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_name(&name) && name != live && !is_held(&entry.path()) {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

/// Whether a process writes into this generation: one that is being built, or one that a server still has open.
fn is_held(generation: &Path) -> bool {
    let lock = fs::File::open(generation.join(".tantivy-writer.lock"));
    lock.is_ok_and(|file| matches!(file.try_lock(), Err(fs::TryLockError::WouldBlock)))
}

/// Whether what is open here is not what is live; an index that is being written to is asked later.
pub fn pointer_moved(store: &Mutex<Store>) -> bool {
    match store.try_lock() {
        Ok(store) => store.moved(),
        Err(std::sync::TryLockError::Poisoned(store)) => PoisonError::into_inner(store).moved(),
        Err(std::sync::TryLockError::WouldBlock) => false,
    }
}

/// Processes that can each have an index of their own on one machine.
const INSTANCES: u32 = 32;

fn numbered(base: &Path, number: u32) -> PathBuf {
    if number == 1 {
        return base.to_owned();
    }
    let name = base.file_name().unwrap_or_default().to_string_lossy();
    base.with_file_name(format!("{name}-{number}"))
}

/// The folder of the first index that no other process answers from, and the lock that keeps it so: several
/// processes of one machine each feed an index of their own.
pub fn instance_folder(base: &Path) -> io::Result<(PathBuf, fs::File)> {
    for number in 1..=INSTANCES {
        let folder = numbered(base, number);
        fs::create_dir_all(&folder)?;
        let lock = fs::File::create(folder.join("instance.lock"))?;
        match lock.try_lock() {
            Ok(()) => return Ok((folder, lock)),
            Err(fs::TryLockError::WouldBlock) => {}
            Err(fs::TryLockError::Error(error)) => return Err(error),
        }
    }
    Err(io::Error::other(format!("{INSTANCES} processes already have an index each")))
}

/// Takes the pointers of the further indexes of a machine away: their processes build them anew.
pub fn tell_instances(base: &Path) -> io::Result<()> {
    for number in 2..=INSTANCES {
        match fs::remove_file(numbered(base, number).join("live")) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}
