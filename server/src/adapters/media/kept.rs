//! What lies in the folder of pictures, found by walking it.

use std::fs;
use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime};

use market::media::ImageHash;
use market::time::Timestamp;

/// Folders between the root and a picture's own: `ab/cd/<hash>`.
const DEPTH: usize = 2;

/// Names of pictures whose folder was written to before `moment`. What leaves while it is walked is passed over, and so is
/// everything that is not named like a picture.
pub fn stored_before(root: &Path, moment: Timestamp) -> io::Result<Vec<ImageHash>> {
    let mut found = Vec::new();
    walk(root, DEPTH, time_of(moment), &mut found)?;
    found.sort_by(|a, b| a.as_str().cmp(b.as_str()));
    Ok(found)
}

fn time_of(moment: Timestamp) -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_micros(u64::try_from(moment.0).unwrap_or_default())
}

fn walk(folder: &Path, deeper: usize, before: SystemTime, found: &mut Vec<ImageHash>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        if deeper > 0 {
            let is_step = name.len() == 2 && name.bytes().all(|byte| byte.is_ascii_hexdigit());
            if is_step {
                passing_over_the_gone(walk(&entry.path(), deeper - 1, before, found))?;
            }
        } else if let Some(hash) = ImageHash::parse(name)
            && entry.metadata().and_then(|data| data.modified()).is_ok_and(|written| written < before)
        {
            found.push(hash);
        }
    }
    Ok(())
}

fn passing_over_the_gone(result: io::Result<()>) -> io::Result<()> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
