//! A clock that runs ahead of the machine's by what a file says, so that a whole program under test can be brought past a
//! deadline. Without the file it is the machine's.

use std::path::PathBuf;

use crate::ports::{Clock, SystemClock};
use crate::time::{SECOND, Timestamp};

/// See the file.
pub struct AheadClock {
    file: PathBuf,
}

impl AheadClock {
    /// Ahead by the whole seconds that stand in `file`, which may come and change at any time.
    pub const fn told_by(file: PathBuf) -> Self {
        Self { file }
    }
}

impl Clock for AheadClock {
    fn now(&self) -> Timestamp {
        let told = std::fs::read_to_string(&self.file).ok();
        let seconds = told.and_then(|text| text.trim().parse::<i64>().ok()).unwrap_or_default();
        SystemClock.now().plus(seconds.saturating_mul(SECOND))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_goes_ahead_when_the_file_says_so() {
        let file = std::env::temp_dir().join(format!("clock-ahead-{}", std::process::id()));
        let clock = AheadClock::told_by(file.clone());
        let near = |ahead: i64| clock.now().since(SystemClock.now().plus(ahead * SECOND)).abs() < 60 * SECOND;
        assert!(near(0), "no file");
        std::fs::write(&file, "864000\n").unwrap();
        assert!(near(864_000));
        std::fs::write(&file, "soon").unwrap();
        assert!(near(0), "what is no number changes nothing");
        std::fs::remove_file(&file).unwrap();
    }
}
