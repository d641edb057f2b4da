//! Pictures that nobody shows: removed by a job when one is taken away, and swept up once a day where a process ended
//! between storing a picture and writing down whose it is.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::cx::Cx;
use crate::error::{Error, Result};
use crate::media::ImageHash;
use crate::outbox::Job;
use crate::time::DAY;

/// How many companies keep this picture.
pub const COUNT_HASH: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM media WHERE hash = $1";
/// How long a stored picture may be without a row: long after every request that stored it has ended.
const GRACE: i64 = DAY;

/// Removes the files of a picture, unless somebody keeps it (again).
#[derive(Debug, Serialize, Deserialize)]
pub struct RemoveUnusedImage {
    /// Name of the picture.
    pub hash: ImageHash,
}

impl Job for RemoveUnusedImage {
    const TOPIC: &'static str = "media.remove_unused";

    async fn run(self, cx: &Cx) -> Result<()> {
        remove_unused(cx, &self.hash).await.map(|_| ())
    }
}

/// Whether no listing shows it.
async fn is_unused(cx: &Cx, hash: &ImageHash) -> Result<bool> {
    let mut db = cx.read().await?;
    let (kept,): (i64,) = crate::fetch_one!(db, (i64,), COUNT_HASH, hash.as_str())?;
    Ok(kept == 0)
}

async fn remove_unused(cx: &Cx, hash: &ImageHash) -> Result<bool> {
    if !is_unused(cx, hash).await? {
        return Ok(false);
    }
    cx.market.ports().media.remove(hash).await.map_err(Error::internal)?;
    Ok(true)
}

/// Removes stored pictures that no listing knows. Gives how many went.
///
/// # Errors
/// When the database or the store is away.
pub async fn sweep(cx: &Cx) -> Result<usize> {
    let media = &cx.market.ports().media;
    let stored = async || media.stored_before(cx.now().plus(-GRACE)).await.map_err(Error::internal);
    let mut unused = Vec::new();
    for hash in stored().await? {
        if is_unused(cx, &hash).await? {
            unused.push(hash);
        }
    }
    if unused.is_empty() {
        return Ok(0);
    }
    // asking about all of them takes a while, in which somebody may have put the same picture here again
    let still: HashSet<ImageHash> = stored().await?.into_iter().collect();
    let mut gone = 0;
    for hash in unused.iter().filter(|hash| still.contains(hash)) {
        gone += usize::from(remove_unused(cx, hash).await?);
    }
    tracing::info!(pictures = gone, "pictures without a listing were removed");
    Ok(gone)
}
