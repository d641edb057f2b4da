//! Pictures that nobody shows: removed by a job when one is taken away, and swept up once a day where a process ended
//! between storing a picture and writing down whose it is.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use crate::cx::Cx;
use crate::error::{Error, Result};
use crate::media::ImageHash;
use crate::outbox::Job;
use crate::time::DAY;

/// Pictures that are asked about at once.
const TOGETHER: usize = 20;
/// Which of these pictures some company keeps.
pub const KEPT: &str = "SELECT DISTINCT hash FROM media \
    WHERE hash IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)";
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
        remove_unused(cx, &[self.hash]).await.map(|_| ())
    }
}

/// Those that no listing shows; one statement for up to twenty of them.
async fn unused(cx: &Cx, hashes: &[ImageHash]) -> Result<Vec<ImageHash>> {
    let mut db = cx.read().await?;
    let mut out = Vec::new();
    for piece in hashes.chunks(TOGETHER) {
        let mut names = [""; TOGETHER];
        names.iter_mut().zip(piece).for_each(|(name, hash)| *name = hash.as_str());
        let kept = crate::fetch_by_twenty!(db, fetch_all, (String,), KEPT, [], names)?;
        out.extend(piece.iter().filter(|hash| !kept.iter().any(|(name,)| name == hash.as_str())).cloned());
    }
    Ok(out)
}

/// Removes the files of those that nobody keeps at this moment. Gives how many went.
async fn remove_unused(cx: &Cx, hashes: &[ImageHash]) -> Result<usize> {
    let mut gone = 0;
    // few at once, so that what is asked of each is still true
    for piece in hashes.chunks(TOGETHER) {
        for hash in unused(cx, piece).await? {
            cx.market.ports().media.remove(&hash).await.map_err(Error::internal)?;
            gone += 1;
        }
    }
    Ok(gone)
}

/// Removes stored pictures that no listing knows. Gives how many went.
///
/// # Errors
/// When the database or the store is away.
pub async fn sweep(cx: &Cx) -> Result<usize> {
    let media = &cx.market.ports().media;
    let stored = async || media.stored_before(cx.now().plus(-GRACE)).await.map_err(Error::internal);
    let unused = unused(cx, &stored().await?).await?;
    if unused.is_empty() {
        return Ok(0);
    }
    // asking about all of them takes a while, in which somebody may have put the same picture here again
    let still: HashSet<ImageHash> = stored().await?.into_iter().collect();
    let unused: Vec<ImageHash> = unused.into_iter().filter(|hash| still.contains(hash)).collect();
    let gone = remove_unused(cx, &unused).await?;
    tracing::info!(pictures = gone, "pictures without a listing were removed");
    Ok(gone)
}
