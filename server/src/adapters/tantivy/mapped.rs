//! Pages of mapped files that count as this process's memory. They are the system's cache and leave when memory is short,
//! but until then every page of the index that a search ever touched counts. So the index is mapped anew when they
//! have become many: the next searches find the pages in the system's cache and pay some microseconds for each stretch.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Mapped memory that is left alone, the program itself and the database among it.
const ENOUGH: u64 = 128 << 20;
/// So much more than after the last time is worth another.
const WORTH: u64 = 48 << 20;
/// Pause between two looks.
const PAUSE: Duration = Duration::from_secs(5);

/// What the last look found.
#[derive(Debug, Clone, Copy, Default)]
enum Last {
    /// There was none.
    #[default]
    Never,
    /// So much that the index was mapped anew.
    TooMuch,
    /// Not too much. So much was left at the first look after mapping anew: what that does not change.
    Fine(u64),
}

impl Last {
    /// Whether so much is too much. What is not is noted; what is, once the index was mapped anew.
    fn sees(&mut self, mapped: u64) -> bool {
        match decide(mapped, *self) {
            Self::TooMuch => true,
            found => {
                *self = found;
                false
            }
        }
    }
}

/// When to map anew.
#[derive(Debug, Default)]
pub struct Watch(Mutex<(Option<Instant>, Last)>);

impl Watch {
    /// Whether the index should be mapped anew now. Whoever did it says so ([`Self::done`]); else it is due again later.
    pub fn is_due(&self) -> bool {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if last.0.is_some_and(|at| at.elapsed() < PAUSE) {
            return false;
        }
        let Some(mapped) = resident() else { return false };
        last.0 = Some(Instant::now());
        last.1.sees(mapped)
    }

    /// Notes that the index was mapped anew.
    pub fn done(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).1 = Last::TooMuch;
    }
}

/// Whether so much is too much, after what the last look found.
fn decide(mapped: u64, before: Last) -> Last {
    // the first look after mapping anew only notes what is left
    let left = match before {
        Last::Never => 0,
        Last::TooMuch => mapped,
        Last::Fine(left) => left.min(mapped),
    };
    if mapped > ENOUGH && mapped > left.saturating_add(WORTH) { Last::TooMuch } else { Last::Fine(left) }
}

/// Bytes of mapped files in memory; none where the system does not tell.
fn resident() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("RssFile:"))?;
    line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok().map(|kilobytes| kilobytes << 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_mapped_anew_when_much_has_come_since_the_last_time() {
        const MB: u64 = 1 << 20;
        let mut last = Last::default();
        let mut look = |mapped: u64| {
            let due = last.sees(mapped * MB);
            if due {
                last = Last::TooMuch;
            }
            due
        };
        assert!(!look(60) && !look(120), "little is left alone");
        assert!(look(200));
        // 90 stay whatever is done: the program and the database
        assert!(!look(90) && !look(130) && look(150) && !look(90));
        // when even what stays is more than enough, only what came since counts
        assert!(look(400) && !look(300) && !look(340) && look(349) && !look(300));
    }

    #[test]
    fn what_could_not_be_mapped_anew_is_due_again() {
        const MB: u64 = 1 << 20;
        let mut last = Last::default();
        assert!(last.sees(200 * MB) && last.sees(210 * MB), "somebody wrote meanwhile");
        last = Last::TooMuch;
        assert!(!last.sees(90 * MB) && !last.sees(130 * MB) && last.sees(150 * MB));
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn the_system_tells() {
        assert!(resident().unwrap() > 1 << 20);
    }
}
