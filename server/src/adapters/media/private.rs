//! Private files on the local disk: `ab/<name>` below a folder of their own, small pictures beside them as
//! `<name>.webp`. Implements [`FileStore`]. Pictures are drawn by the same few workers that draw public ones, so that the
//! memory of both together stays bounded.

use std::io::{self, SeekFrom};
use std::path::{Path, PathBuf};
use std::time::Duration;

use async_trait::async_trait;
use imaging::{Deadline, Refusal};
use market::files::FileRefusal;
use market::media::MediaRefusal;
use market::ports::files::{FileStore, OpenFile, Writer};
use tokio::fs::{File, OpenOptions};
use tokio::io::AsyncSeekExt as _;

use super::limits::MediaLimits;
use super::workshop::Workshop;

/// Width of a small picture.
const WIDTH: u32 = 320;
/// A file that was written to later than this ago is not listed as resting.
const AT_REST: Duration = Duration::from_hours(1);
/// Names listed at once.
const PAGE: usize = 100;

/// Private files in a folder of the local disk.
#[derive(Debug, Clone)]
pub struct DiskFiles {
    root: PathBuf,
    limits: MediaLimits,
    workshop: Workshop,
}

impl DiskFiles {
    pub(super) fn open_folder(root: PathBuf, limits: MediaLimits, workshop: Workshop) -> io::Result<Self> {
        std::fs::create_dir_all(&root)?;
        Ok(Self { root, limits, workshop })
    }

    /// Where a file lies; only names drawn by lot have a place.
    fn path(&self, name: &str) -> io::Result<PathBuf> {
        let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        let folder = name.get(..2).filter(|_| name.len() == 32 && name.bytes().all(hex));
        Ok(self.root.join(folder.ok_or(io::ErrorKind::NotFound)?).join(name))
    }

    fn drawn(&self, name: &str) -> io::Result<PathBuf> {
        Ok(self.path(name)?.with_extension("webp"))
    }
}

/// What is not there is `None`.
fn if_there<T>(found: io::Result<T>) -> io::Result<Option<T>> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

#[async_trait]
impl FileStore for DiskFiles {
    async fn length(&self, name: &str) -> io::Result<Option<u64>> {
        Ok(if_there(tokio::fs::metadata(self.path(name)?).await)?.map(|found| found.len()))
    }

    async fn append(&self, name: &str, offset: u64) -> io::Result<Writer> {
        let path = self.path(name)?;
        if let Some(folder) = path.parent() {
            tokio::fs::create_dir_all(folder).await?;
        }
        let mut file = OpenOptions::new().write(true).create(true).truncate(false).open(path).await?;
        file.set_len(offset).await?;
        file.seek(SeekFrom::Start(offset)).await?;
        Ok(Box::pin(file))
    }

    async fn copy(&self, from: &str, to: &str) -> io::Result<u64> {
        let (from, to) = (self.path(from)?, self.path(to)?);
        if let Some(folder) = to.parent() {
            tokio::fs::create_dir_all(folder).await?;
        }
        tokio::fs::copy(from, to).await
    }

    async fn share(&self, from: &str, to: &str) -> io::Result<()> {
        let (file, second) = (self.path(from)?, self.path(to)?);
        let (drawn, drawn_second) = (self.drawn(from)?, self.drawn(to)?);
        if let Some(folder) = second.parent() {
            tokio::fs::create_dir_all(folder).await?;
        }
        tokio::task::spawn_blocking(move || {
            std::fs::hard_link(&file, &second)?;
            if_there(std::fs::hard_link(&drawn, &drawn_second))?;
            be_new(&second)
        })
        .await
        .map_err(io::Error::other)?
    }

    async fn local(&self, name: &str) -> io::Result<std::fs::File> {
        let file = File::open(self.path(name)?).await?;
        // what is acknowledged after this look is on the disk
        file.sync_all().await?;
        Ok(file.into_std().await)
    }

    async fn open(&self, name: &str) -> io::Result<Option<OpenFile>> {
        let Some(file) = if_there(File::open(self.path(name)?).await)? else { return Ok(None) };
        let bytes = file.metadata().await?.len();
        Ok(Some(OpenFile { reader: Box::pin(file), bytes }))
    }

    async fn draw(&self, name: &str) -> Result<Option<(u32, u32)>, FileRefusal> {
        let turn = self.workshop.turn().await.map_err(fault)?;
        let (from, to, limits) = (self.path(name)?, self.drawn(name)?, self.limits);
        match self.workshop.work(turn, move || draw(&from, &to, &limits)).await {
            Ok(size) => Ok(Some(size)),
            Err(MediaRefusal::Broken) => Err(FileRefusal::Broken),
            Err(refusal) if refusal.is_fault() => Err(fault(refusal)),
            Err(refusal) => {
                tracing::debug!(media.refusal = refusal.code(), "no small picture");
                Ok(None)
            }
        }
    }

    async fn open_drawn(&self, name: &str) -> io::Result<Option<Vec<u8>>> {
        if_there(tokio::fs::read(self.drawn(name)?).await)
    }

    async fn remove(&self, name: &str) -> io::Result<()> {
        if_there(tokio::fs::remove_file(self.drawn(name)?).await)?;
        if_there(tokio::fs::remove_file(self.path(name)?).await).map(drop)
    }

    async fn resting(&self, after: &str) -> io::Result<Vec<String>> {
        let (root, after) = (self.root.clone(), after.to_owned());
        tokio::task::spawn_blocking(move || resting(&root, &after)).await.map_err(io::Error::other)?
    }
}

/// The sweep lets alone what was touched just now: the row of a second name is written after it.
#[expect(clippy::disallowed_methods, reason = "the age of a file is told by the disk's clock")]
fn be_new(file: &Path) -> io::Result<()> {
    std::fs::File::open(file)?.set_modified(std::time::SystemTime::now())
}

fn draw(from: &Path, to: &Path, limits: &MediaLimits) -> Result<(u32, u32), MediaRefusal> {
    let deadline = Deadline::after(limits.time);
    let plan = imaging::inspect(from, &limits.picture, deadline).map_err(in_our_words)?;
    let picture = imaging::decode(from, plan, &[WIDTH], deadline).map_err(in_our_words)?;
    let size = picture.sizes.first().copied().ok_or(MediaRefusal::Broken)?;
    let small = picture.at(size).map_err(in_our_words)?;
    let bytes = imaging::encode(&small, imaging::Format::Webp).map_err(in_our_words)?;
    std::fs::write(to, bytes)?;
    Ok((size.width, size.height))
}

fn in_our_words(refusal: Refusal) -> MediaRefusal {
    super::in_our_words(refusal)
}

fn fault(refusal: MediaRefusal) -> FileRefusal {
    match refusal {
        MediaRefusal::Busy => FileRefusal::Busy,
        MediaRefusal::DiskFull => FileRefusal::DiskFull,
        other => FileRefusal::Unavailable { cause: other.to_string() },
    }
}

/// The next names in order whose files have been left alone for a while.
fn resting(root: &Path, after: &str) -> io::Result<Vec<String>> {
    let mut folders: Vec<_> = std::fs::read_dir(root)?.flatten().map(|entry| entry.path()).collect();
    folders.sort();
    let reached = |folder: &Path| {
        let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        name.as_str() >= after.get(..2).unwrap_or_default()
    };
    let mut names = Vec::new();
    for folder in folders.into_iter().filter(|folder| folder.is_dir() && reached(folder)) {
        for entry in std::fs::read_dir(folder)?.flatten() {
            let age = entry.metadata().and_then(|found| found.modified()).map(|time| time.elapsed());
            let rests = age.is_ok_and(|age| age.is_ok_and(|age| age > AT_REST));
            let name = entry.file_name().to_string_lossy().into_owned();
            if rests && !name.contains('.') && name.as_str() > after {
                names.push(name);
            }
        }
        if names.len() >= PAGE {
            break;
        }
    }
    names.sort();
    names.truncate(PAGE);
    Ok(names)
}
