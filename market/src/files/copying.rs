//! Taking a file along: what somebody sent with one request goes with the next as a file of its own, under another random name and
//! looked at anew, so that neither hangs on the other.

use tokio::io::AsyncReadExt as _;
use uuid::Uuid;

use super::{Held, UploadError, serving, upload};
use crate::cx::Cx;
use crate::error::{Error, ErrorKind};

/// Bytes copied at once.
const PIECE: usize = 64 * 1024;

/// Copies a file of the person's own that they may still read; gives the identity of the copy, which waits to be sent.
///
/// # Errors
/// `NotFound` for files of others; as [`upload::begin`] and [`serving::open`].
pub async fn copy(cx: &Cx, id: Uuid) -> Result<Uuid, UploadError> {
    let served = serving::open_own(cx, id).await?;
    let copy = upload::begin(cx, &served.file.name, Some(served.open.bytes)).await?;
    let mut receiving = upload::open(cx, copy, 0).await?;
    let (mut reader, mut piece) = (served.open.reader, vec![0; PIECE]);
    loop {
        let read =
            reader.read(&mut piece).await.map_err(|error| Error::caused(ErrorKind::Unavailable, error))?;
        if read == 0 {
            break;
        }
        let bytes = piece.get(..read).unwrap_or_default();
        if let Err(refusal) = receiving.write(bytes).await {
            receiving.abandon(cx).await?;
            return Err(refusal.into());
        }
    }
    match receiving.finish(cx).await? {
        Held::Kept(file) => Ok(file.id),
        Held::Receiving(_) => Err(Error::internal("a copy ended before its file").into()),
    }
}
