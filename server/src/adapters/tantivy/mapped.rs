//! Pages of mapped files that count as this process's memory. They are the system's cache and leave when memory is short,
//! but until then every page of the index that a search ever touched counts. So the index is mapped anew when they
//! have become many: the next searches find the pages in the system's cache and pay some microseconds for each stretch.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Pages of the index that are left alone, in bytes.
const ENOUGH: u64 = 64 << 20;
/// Pause between two looks. A look walks the table of the process's pages: a millisecond or two with half a gigabyte.
const PAUSE: Duration = Duration::from_secs(1);

/// When to map anew.
#[derive(Debug)]
pub struct Watch {
    folder: PathBuf,
    looked: Mutex<Option<Instant>>,
}

impl Watch {
    /// For the index in this folder.
    pub fn over(folder: &Path) -> Self {
        // the system names mapped files by their whole path
        let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
        Self { folder, looked: Mutex::new(None) }
    }

    /// Whether the index should be mapped anew now. When that could not be done, it is due again with the next look.
    pub fn is_due(&self) -> bool {
        let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        if looked.is_some_and(|at| at.elapsed() < PAUSE) {
            return false;
        }
        *looked = Some(Instant::now());
        drop(looked);
        // all mapped files together are told at once, so mostly nothing more is asked
        mapped().is_some_and(|all| all > ENOUGH) && self.resident().is_some_and(|index| index > ENOUGH)
    }

    /// Bytes of the index's files in memory; none where the system does not tell.
    fn resident(&self) -> Option<u64> {
        let file = std::fs::File::open("/proc/self/smaps").ok()?;
        Some(resident_below(BufReader::new(file), &self.folder))
    }
}

/// Bytes of all mapped files in memory; none where the system does not tell.
fn mapped() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("RssFile:")).and_then(bytes)
}

/// What a table of mappings (`proc_pid_smaps(5)`) says of files below a folder, those that were deleted meanwhile among them.
fn resident_below(table: impl BufRead, folder: &Path) -> u64 {
    let (mut inside, mut sum) = (false, 0);
    for line in table.split(b'\n').map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line);
        if let Some(resident) = line.strip_prefix("Rss:") {
            sum += bytes(resident).filter(|_| inside).unwrap_or_default();
        } else if line.starts_with(|c: char| c.is_ascii_digit() || c.is_ascii_lowercase()) {
            // addresses, rights, offset, device, inode, and then the path as it is
            inside = line
                .find('/')
                .and_then(|at| line.get(at..))
                .is_some_and(|path| Path::new(path).starts_with(folder));
        }
    }
    sum
}

/// A figure such as `  1234 kB`.
fn bytes(figure: &str) -> Option<u64> {
    figure.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes << 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_below_the_folder_count() {
        let table = "\
55d0c0000000-55d0c0100000 r-xp 00000000 fe:00 77 /opt/market/server
Size:               1024 kB
Rss:                 900 kB
7f10a0000000-7f10a4000000 r--s 00000000 fe:00 4711 /var/lib/market/search/g1/a.idx
Size:              65536 kB
Rss:               40000 kB
Pss:               40000 kB
7f10b0000000-7f10b4000000 r--s 00000000 fe:00 4712 /var/lib/market/search/g0/b.pos (deleted)
Rss:                2000 kB
7f10c0000000-7f10c4000000 r--s 00000000 fe:00 4713 /var/lib/market/searching/c.pos
Rss:                3000 kB
7f10d0000000-7f10d4000000 rw-p 00000000 00:00 0 [heap]
Rss:                5000 kB
";
        let found = resident_below(table.as_bytes(), Path::new("/var/lib/market/search"));
        assert_eq!(found, 42_000 << 10);
    }

    #[test]
    fn nothing_is_due_twice_in_a_moment() {
        let watch = Watch::over(Path::new("/nowhere"));
        assert!(!watch.is_due(), "nothing of it is mapped");
        assert!(watch.looked.lock().unwrap().is_some());
        assert!(!watch.is_due());
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn the_system_tells() {
        assert!(mapped().unwrap() > 1 << 20);
        let program = std::env::current_exe().unwrap().canonicalize().unwrap();
        let watch = Watch::over(program.parent().unwrap());
        assert!(watch.resident().unwrap() > 1 << 20, "the program itself is mapped");
    }
}
