//! Where files are made before they are seen: a folder of temporary files beside the images. A
//! finished image moves to its place in one rename, so nobody ever reads half of one.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Leftovers of a killed process are removed when older than any upload can take.
const STALE: Duration = Duration::from_hours(1);

/// The folder of temporary files.
#[derive(Debug)]
pub(super) struct Nursery {
    folder: PathBuf,
    count: AtomicU64,
}

impl Nursery {
    /// Makes the folder if needed and sweeps what a killed process left.
    pub(super) fn open(folder: PathBuf) -> io::Result<Self> {
        fs::create_dir_all(&folder)?;
        for entry in fs::read_dir(&folder)?.flatten() {
            let age = entry.metadata().and_then(|found| found.modified()).map(|time| time.elapsed());
            if age.is_ok_and(|age| age.is_ok_and(|age| age > STALE)) {
                remove(&entry.path());
            }
        }
        Ok(Self { folder, count: AtomicU64::new(0) })
    }

    /// A new empty file, and where it is.
    pub(super) fn file(&self) -> io::Result<(File, PathBuf)> {
        self.first_free(|path| OpenOptions::new().write(true).create_new(true).open(path))
    }

    /// A new empty folder that vanishes with the value unless moved.
    pub(super) fn staging(&self) -> io::Result<Staging> {
        let ((), folder) = self.first_free(|path| DirBuilder::new().create(path))?;
        Ok(Staging { folder })
    }

    /// A name no file has, for something about to be moved here and removed.
    pub(super) fn free_name(&self) -> PathBuf {
        let number = self.count.fetch_add(1, Ordering::Relaxed);
        self.folder.join(format!("{}-{number}", std::process::id()))
    }

    /// Process ids come back after restarts, so a name may be taken: go on until one is free.
    fn first_free<T>(&self, make: impl Fn(&Path) -> io::Result<T>) -> io::Result<(T, PathBuf)> {
        loop {
            let path = self.free_name();
            match make(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                result => return result.map(|value| (value, path)),
            }
        }
    }
}

/// A folder in the making.
#[derive(Debug)]
pub(super) struct Staging {
    folder: PathBuf,
}

impl Drop for Staging {
    fn drop(&mut self) {
        remove(&self.folder);
    }
}

impl Staging {
    /// Writes a file and waits until it is on the disk.
    pub(super) fn write(&self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.folder.join(name);
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    /// Moves the folder to `target`. If it is there already, only files it lacks are added.
    pub(super) fn move_to(self, target: &Path) -> io::Result<()> {
        let parent = target.parent().unwrap_or(target);
        fs::create_dir_all(parent)?;
        match fs::rename(&self.folder, target) {
            Ok(()) => {}
            Err(_) if target.is_dir() => self.fill_gaps(target)?,
            Err(error) => return Err(error),
        }
        File::open(parent)?.sync_all()
    }

    fn fill_gaps(&self, target: &Path) -> io::Result<()> {
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            let place = target.join(entry.file_name());
            if !place.exists() {
                fs::rename(entry.path(), place)?;
            }
        }
        // a folder is as young as the last change in it: the sweep lets alone what was just put here again
        let sign = target.join(".again");
        File::create(&sign)?;
        fs::remove_file(&sign)?;
        File::open(target)?.sync_all()
    }
}

/// Removes a file or a folder; what is not there needs no removing.
fn remove(path: &Path) {
    if fs::remove_file(path).is_err() {
        let _ = fs::remove_dir_all(path);
    }
}
