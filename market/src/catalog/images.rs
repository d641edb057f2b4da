//! Pictures of a listing: rows of what the media store keeps, their order and their texts.

use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::changes;
use super::model::{Listing, ListingId};
use super::service::own;
use super::unused_images::RemoveUnusedImage;
use crate::cx::Cx;
use crate::db::{Handle, Tx};
use crate::error::{Error, ErrorKind, Problem, Result};
use crate::media::{FinishedUpload, ImageHash, MediaRefusal, StoredImage, TempUpload, Variant, srcset};
use crate::outbox::{self, When};
use crate::throttle::{self, Limit};
use crate::time::HOUR;
use crate::{audit, text};

/// The pictures of a listing, in order.
pub const LIST: &str = "SELECT i.media_id, m.hash, m.width, m.height, m.widths, i.position, i.alt_ko, i.alt_en \
    FROM listing_images i JOIN media m ON m.id = i.media_id WHERE i.listing_id = $1 ORDER BY i.position, i.media_id";
/// Keeps a picture of a company; the same one again changes nothing.
pub const INSERT_MEDIA: &str = "INSERT INTO media (id, vendor_id, hash, width, height, bytes, widths, created_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (vendor_id, hash) DO NOTHING";
/// A company's row of a picture.
pub const FIND_MEDIA: &str = "SELECT id FROM media WHERE vendor_id = $1 AND hash = $2";
/// Puts a picture on a listing; already there changes nothing.
pub const ATTACH: &str = "INSERT INTO listing_images (listing_id, media_id, position, alt_ko, alt_en) VALUES ($1, $2, $3, '', '') \
    ON CONFLICT (listing_id, media_id) DO NOTHING";
/// Takes a picture off a listing.
pub const DETACH: &str = "DELETE FROM listing_images WHERE listing_id = $1 AND media_id = $2";
/// Places a picture.
pub const PLACE: &str = "UPDATE listing_images SET position = $3 WHERE listing_id = $1 AND media_id = $2";
/// Describes a picture.
pub const DESCRIBE: &str =
    "UPDATE listing_images SET alt_ko = $3, alt_en = $4 WHERE listing_id = $1 AND media_id = $2";
/// Forgets a picture that no listing shows any more.
pub const DELETE_UNUSED: &str = "DELETE FROM media WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM listing_images i WHERE i.media_id = media.id)";
/// Holds a listing until the transaction ends.
pub const HOLD: &str = "UPDATE listings SET version = version WHERE id = $1";
/// Asks for a look at the pictures of a listing that was approved with others.
pub const UNSEEN: &str = "UPDATE listings SET pictures_changed_at = $2 WHERE id = $1";
/// Notes that somebody looked, if they are still those of `$2`.
pub const SEEN: &str =
    "UPDATE listings SET pictures_changed_at = NULL WHERE id = $1 AND pictures_changed_at = $2";

/// Most characters of a picture's text.
pub const ALT_MAX: usize = 120;
/// Uploads of one company in an hour.
const UPLOADS_PER_HOUR: u32 = 300;

/// A picture of a listing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListingImage {
    /// Identity of its row.
    pub media_id: Uuid,
    /// Its name in addresses.
    pub hash: ImageHash,
    /// Width of the picture.
    pub width: i64,
    /// Height of the picture.
    pub height: i64,
    /// The files it exists in.
    pub variants: Vec<Variant>,
    /// Its place, from 0.
    pub position: i64,
    /// What is on it, in Korean.
    pub alt_ko: String,
    /// What is on it, in English.
    pub alt_en: String,
}

impl ListingImage {
    /// Value of a `srcset` attribute.
    pub fn srcset(&self) -> String {
        srcset(&self.hash, &self.variants)
    }

    /// Address of the width nearest to (and as a rule not above) `width`.
    pub fn address(&self, width: u32) -> String {
        let fitting =
            self.variants.iter().map(|variant| variant.slot).filter(|slot| slot.width() <= width).max();
        let slot = fitting
            .or_else(|| self.variants.iter().map(|variant| variant.slot).min())
            .unwrap_or(crate::media::ImageSlot::W640);
        slot.address(&self.hash)
    }
}

/// Why a picture was not added.
#[derive(Debug)]
pub enum AddImageError {
    /// The file cannot be taken.
    Refused(MediaRefusal),
    /// The listing cannot take it.
    Failed(Error),
}

impl From<Error> for AddImageError {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl From<MediaRefusal> for AddImageError {
    fn from(refusal: MediaRefusal) -> Self {
        Self::Refused(refusal)
    }
}

/// How a picture moves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// One place forward.
    Up,
    /// One place back.
    Down,
}

#[derive(sqlx::FromRow)]
struct ImageRow {
    media_id: Uuid,
    hash: String,
    width: i64,
    height: i64,
    widths: String,
    position: i64,
    alt_ko: String,
    alt_en: String,
}

impl TryFrom<ImageRow> for ListingImage {
    type Error = Error;

    fn try_from(row: ImageRow) -> Result<Self> {
        Ok(Self {
            media_id: row.media_id,
            hash: ImageHash::parse(&row.hash)
                .ok_or_else(|| Error::internal("media.hash is no image name"))?,
            width: row.width,
            height: row.height,
            variants: serde_json::from_str(&row.widths)?,
            position: row.position,
            alt_ko: row.alt_ko,
            alt_en: row.alt_en,
        })
    }
}

/// The pictures of a listing, in order.
pub async fn list(db: &mut impl Handle, id: ListingId) -> Result<Vec<ListingImage>> {
    crate::fetch_all!(*db, ImageRow, LIST, id)?.into_iter().map(ListingImage::try_from).collect()
}

/// Starts an upload, after everything that can be said before the first byte.
///
/// # Errors
/// `NotFound`, `TooMany`, `Conflict("listing_state")`, `Invalid("images")` when the listing has its pictures, or what the store says.
pub async fn begin(cx: &Cx, id: ListingId) -> Result<TempUpload, AddImageError> {
    let mut tx = cx.write().await?;
    let listing = own_changeable(cx, &mut tx, id).await?;
    room_left(cx, &mut tx, id).await?;
    let bucket = format!("upload:vendor:{}", listing.vendor_id);
    throttle::hit(&mut tx, cx.now(), &[Limit { bucket, max: UPLOADS_PER_HOUR, window: HOUR }]).await?;
    tx.commit().await?;
    let most = cx.settings().image_max_bytes;
    Ok(cx.market.ports().media.begin_upload(most).await?)
}

/// Turns a received file into a picture of the listing; the same file twice is there once.
///
/// # Errors
/// Like [`begin`], and what is wrong with the file.
pub async fn add(cx: &Cx, id: ListingId, upload: FinishedUpload) -> Result<ListingImage, AddImageError> {
    // processing takes a second: it happens before the transaction, so that nobody waits for it
    let stored = cx.market.ports().media.put_image(upload).await?;
    match attach(cx, id, &stored).await {
        Ok(image) => Ok(image),
        Err(error) => {
            // what was refused is kept nowhere; when even this cannot be noted, the first failure is the one to tell
            if let Err(lost) = forget(cx, &stored.hash).await {
                tracing::warn!(error = %lost, hash = stored.hash.as_str(), "a refused picture stays on disk");
            }
            Err(error.into())
        }
    }
}

async fn forget(cx: &Cx, hash: &ImageHash) -> Result<()> {
    let mut tx = cx.write().await?;
    remove_later(cx, &mut tx, hash.clone()).await?;
    tx.commit().await
}

/// After an hour's grace: the same file may be on its way again.
async fn remove_later(cx: &Cx, tx: &mut Tx, hash: ImageHash) -> Result<()> {
    let when = When { at: Some(cx.now().plus(HOUR)), once: None };
    outbox::enqueue(cx, tx, &RemoveUnusedImage { hash }, when).await
}

/// Puts a stored picture on a listing.
///
/// # Errors
/// `NotFound`, `Conflict("listing_state")`, `Invalid("images")`.
pub async fn attach(cx: &Cx, id: ListingId, stored: &StoredImage) -> Result<ListingImage> {
    let mut tx = cx.write().await?;
    own_changeable(cx, &mut tx, id).await?;
    hold(&mut tx, id).await?;
    let listing = own_changeable(cx, &mut tx, id).await?;
    let there = list(&mut tx, id).await?;
    if let Some(image) = there.iter().find(|image| image.hash == stored.hash) {
        return Ok(image.clone());
    }
    room_left(cx, &mut tx, id).await?;
    let media_id = keep_media(cx, &mut tx, listing.vendor_id, stored).await?;
    let position = there.last().map_or(0, |last| last.position + 1);
    crate::execute!(tx, ATTACH, id, media_id, position)?;
    changed(cx, &mut tx, &listing, "listing.add_image", json!({ "media": media_id, "hash": stored.hash }))
        .await?;
    tx.commit().await?;
    Ok(ListingImage {
        media_id,
        hash: stored.hash.clone(),
        width: stored.width.into(),
        height: stored.height.into(),
        variants: stored.variants.clone(),
        position,
        alt_ko: String::new(),
        alt_en: String::new(),
    })
}

/// Makes others who add to this listing wait, so that each counts what is there. SQLite has one writer anyway.
async fn hold(tx: &mut Tx, id: ListingId) -> Result<()> {
    if matches!(tx, Tx::Postgres(_)) {
        crate::execute!(*tx, HOLD, id)?;
    }
    Ok(())
}

async fn keep_media(cx: &Cx, tx: &mut Tx, vendor_id: Uuid, stored: &StoredImage) -> Result<Uuid> {
    let bytes = i64::try_from(stored.bytes).unwrap_or(i64::MAX);
    let variants = serde_json::to_string(&stored.variants)?;
    let (width, height) = (i64::from(stored.width), i64::from(stored.height));
    crate::execute!(
        *tx,
        INSERT_MEDIA,
        cx.new_id(),
        vendor_id,
        stored.hash.as_str(),
        width,
        height,
        bytes,
        &variants,
        cx.now()
    )?;
    let (id,) = crate::fetch_one!(*tx, (Uuid,), FIND_MEDIA, vendor_id, stored.hash.as_str())?;
    Ok(id)
}

async fn room_left(cx: &Cx, tx: &mut Tx, id: ListingId) -> Result<()> {
    let max = cx.settings().images_per_listing;
    if list(tx, id).await?.len() < max {
        Ok(())
    } else {
        Err(Error::invalid("images", Problem::TooMany { max }))
    }
}

/// Takes a picture off a listing; the file goes when nobody shows it any more.
///
/// # Errors
/// `NotFound` for a listing of another company and for what is no picture of this one, `Conflict("listing_state")`.
pub async fn remove(cx: &Cx, id: ListingId, media_id: Uuid) -> Result<()> {
    let mut tx = cx.write().await?;
    let listing = own_changeable(cx, &mut tx, id).await?;
    let there = list(&mut tx, id).await?;
    let image = there.into_iter().find(|image| image.media_id == media_id).ok_or(ErrorKind::NotFound)?;
    crate::execute!(tx, DETACH, id, media_id)?;
    if crate::execute!(tx, DELETE_UNUSED, media_id)? == 1 {
        remove_later(cx, &mut tx, image.hash).await?;
    }
    changed(cx, &mut tx, &listing, "listing.remove_image", json!({ "media": media_id })).await?;
    tx.commit().await
}

/// Moves a picture by one place; at the end of the line nothing happens.
///
/// # Errors
/// `NotFound`, `Conflict("listing_state")`.
pub async fn shift(cx: &Cx, id: ListingId, media_id: Uuid, direction: Move) -> Result<()> {
    let mut db = cx.read().await?;
    own(cx, &mut db, id).await?;
    let mut order: Vec<Uuid> = list(&mut db, id).await?.into_iter().map(|image| image.media_id).collect();
    drop(db);
    let from = order.iter().position(|other| *other == media_id).ok_or(ErrorKind::NotFound)?;
    let to = match direction {
        Move::Up => from.saturating_sub(1),
        Move::Down => (from + 1).min(order.len() - 1),
    };
    order.swap(from, to);
    reorder(cx, id, &order).await
}

/// Puts the pictures into this order; pictures that are not named follow in their old order.
///
/// # Errors
/// `NotFound`, also when one that is named is no picture of this listing; `Conflict("listing_state")`.
pub async fn reorder(cx: &Cx, id: ListingId, order: &[Uuid]) -> Result<()> {
    let mut tx = cx.write().await?;
    let listing = own_changeable(cx, &mut tx, id).await?;
    let mut images = list(&mut tx, id).await?;
    let before: Vec<Uuid> = images.iter().map(|image| image.media_id).collect();
    if !order.iter().all(|named| before.contains(named)) {
        return Err(ErrorKind::NotFound.into());
    }
    images.sort_by_key(|image| order.iter().position(|other| *other == image.media_id).unwrap_or(usize::MAX));
    let after: Vec<Uuid> = images.iter().map(|image| image.media_id).collect();
    if after == before {
        return Ok(());
    }
    for (position, image) in (0_i64..).zip(&images) {
        crate::execute!(tx, PLACE, id, image.media_id, position)?;
    }
    changed(cx, &mut tx, &listing, "listing.reorder_images", json!({ "order": after })).await?;
    tx.commit().await
}

/// Says what is on a picture.
///
/// # Errors
/// `Invalid("alt_ko" or "alt_en")`, `NotFound`, `Conflict("listing_state")`.
pub async fn describe(cx: &Cx, id: ListingId, media_id: Uuid, alt_ko: &str, alt_en: &str) -> Result<()> {
    let alt = |field, value: &str| {
        text::line_within(value, 0, ALT_MAX).map_err(|problem| Error::invalid(field, problem))
    };
    let (alt_ko, alt_en) = (alt("alt_ko", alt_ko)?, alt("alt_en", alt_en)?);
    let mut tx = cx.write().await?;
    let listing = own_changeable(cx, &mut tx, id).await?;
    if crate::execute!(tx, DESCRIBE, id, media_id, &alt_ko, &alt_en)? != 1 {
        return Err(ErrorKind::NotFound.into());
    }
    changed(cx, &mut tx, &listing, "listing.describe_image", json!({ "media": media_id })).await?;
    tx.commit().await
}

/// Pictures change at once, also on a published listing, which curators are then asked to look at again; what they look at
/// right now stays as it is.
async fn own_changeable(cx: &Cx, tx: &mut Tx, id: ListingId) -> Result<Listing> {
    let listing = own(cx, tx, id).await?;
    let changeable = listing.state.is_editable() || listing.state.is_staged();
    if changeable { Ok(listing) } else { Err(Error::conflict("listing_state")) }
}

async fn changed(
    cx: &Cx,
    tx: &mut Tx,
    listing: &Listing,
    action: &str,
    data: serde_json::Value,
) -> Result<()> {
    if listing.first_published_at.is_some() {
        changes::note(cx, tx, listing.id).await?;
    }
    if listing.state.is_staged() {
        crate::execute!(*tx, UNSEEN, listing.id, cx.now())?;
    }
    audit::record(cx, tx, action, ("listing", Some(listing.id)), data).await
}
