//! Sending files with a message: a form names the files that go with it, the step it takes ties them to its
//! message in the same transaction. The form's idempotency key is the bond, so a second press sends nothing twice.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use uuid::Uuid;

use super::store::{self, FormFile};
use super::{AttachedFile, copying, guests, upload};
use crate::cx::Cx;
use crate::db::{Handle, Tx};
use crate::error::{Error, ErrorKind, Problem, Result};
use crate::idempotency;

/// Names the files that go with the form rendered with `form_key`, and no others. What waits with another form that was sent stays
/// with it; this one gets a file of its own with the same bytes.
///
/// # Errors
/// `Invalid("files")` for too many, or for one that is not here whole (`file.gone`).
pub async fn hold(cx: &Cx, form_key: Uuid, ids: &[Uuid]) -> Result<()> {
    if ids.is_empty() && cx.actor.user_id().is_none() {
        return Ok(());
    }
    let max = cx.settings().files_per_message;
    let ids: BTreeSet<Uuid> = ids.iter().copied().collect();
    if ids.len() > max {
        return Err(Error::invalid("files", Problem::TooMany { max }));
    }
    let sender = cx.actor.user_id().ok_or(ErrorKind::NotSignedIn)?;
    // almost every form names no files: whoever sends those waits for no other writer
    if ids.is_empty() && !any_of_form(cx, form_key, sender).await? {
        return Ok(());
    }
    let mut tx = cx.write().await?;
    let before = of_form(&mut tx, form_key, sender).await?;
    // sent already: a second press of the button, which the step itself recognises
    if before.iter().any(|file| file.sent_with.is_some()) {
        return Ok(());
    }
    let (_, door) = upload::sender(cx)?;
    let form = copying::Form { key: form_key, door, files: &before };
    // what waits stays as it was sent: the same again is fine, other files come too late
    if crate::fetch_optional!(tx, (Uuid,), store::FORM_WAITS, form_key)?.is_some() {
        let same = copying::has_just(&mut tx, (&ids, sender), &form).await?;
        return if same { Ok(()) } else { Err(idempotency::replayed()) };
    }
    crate::execute!(tx, store::RELEASE, form_key, sender)?;
    for id in ids {
        let id = copying::for_form(cx, &mut tx, (id, sender), &form).await?;
        if crate::execute!(tx, store::HOLD, id, form_key, sender, door)? == 0 {
            return Err(Error::invalid("files", Problem::Rule("file.gone".into())));
        }
    }
    tx.commit().await
}

/// The files of those named that their sender may still send: what a form that comes back shows again.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn waiting(cx: &Cx, ids: &[Uuid]) -> Result<Vec<AttachedFile>> {
    let Some(sender) = cx.actor.user_id() else { return Ok(Vec::new()) };
    let mut db = cx.read().await?;
    let mut found = Vec::new();
    for id in ids.iter().take(cx.settings().files_per_message) {
        let row = store::find(&mut db, *id).await?;
        let row = row.filter(|row| row.uploader_id == sender && !row.is_sent() && row.state == "kept");
        let file = row.map(AttachedFile::try_from).transpose()?;
        // what a guest has sent is shown to nobody before it is theirs
        found.extend(
            file.map(|file| AttachedFile { preview: file.preview.filter(|_| !guests::is_guest(cx)), ..file }),
        );
    }
    Ok(found)
}

/// The same, where every one of them must be there and no more than a message takes: what a preview shows, and sends on.
///
/// # Errors
/// `Invalid("files")` as [`hold`].
pub async fn all_waiting(cx: &Cx, ids: &[Uuid]) -> Result<Vec<AttachedFile>> {
    let max = cx.settings().files_per_message;
    let mut once = BTreeSet::new();
    let distinct: Vec<Uuid> = ids.iter().copied().filter(|id| once.insert(*id)).collect();
    if distinct.len() > max {
        return Err(Error::invalid("files", Problem::TooMany { max }));
    }
    let files = waiting(cx, &distinct).await?;
    if files.len() < distinct.len() {
        return Err(Error::invalid("files", Problem::Rule("file.gone".into())));
    }
    Ok(files)
}

/// Whether a form has files at all.
async fn any_of_form(cx: &Cx, form_key: Uuid, sender: Uuid) -> Result<bool> {
    let args = [form_key.into(), sender.into()];
    let count = cx.market.db().read_text(store::COUNT_OF_FORM, &args).await?;
    Ok(count.is_some_and(|count| &*count != "0"))
}

async fn of_form(db: &mut impl Handle, form_key: Uuid, sender: Uuid) -> Result<Vec<FormFile>> {
    crate::fetch_all!(*db, FormFile, store::OF_FORM, form_key, sender)
}

/// What goes with a form, as part of the content that its idempotency key stands for.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn content(cx: &Cx, form_key: Uuid) -> Result<String> {
    let Some(sender) = cx.actor.user_id() else { return Ok(String::new()) };
    if !any_of_form(cx, form_key, sender).await? {
        return Ok(String::new());
    }
    let mut db = cx.read().await?;
    let files = of_form(&mut db, form_key, sender).await?;
    let distinct: BTreeSet<(Vec<u8>, String)> =
        files.into_iter().map(|file| (file.sha256.unwrap_or_default(), file.name)).collect();
    Ok(distinct.iter().fold(String::new(), |mut text, (digest, name)| {
        // writing to a String cannot fail
        let _ = write!(text, " {digest:?} {name:?}");
        text
    }))
}

/// Ties the files of a form to the message at `seq`, the same one only once; part of the step's transaction.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn attach(cx: &Cx, tx: &mut Tx, thread: Uuid, seq: i64, form_key: Uuid) -> Result<()> {
    let Some(sender) = cx.actor.user_id() else { return Ok(()) };
    attach_of(cx, tx, (thread, seq), (sender, form_key)).await
}

/// The same for the answer to a request, which begins a thread: what came through a link came through that of the request.
///
/// # Errors
/// `Unavailable` when the database is away.
pub(crate) async fn attach_to_answer(
    cx: &Cx,
    tx: &mut Tx,
    to: (Uuid, i64),
    (rfq, form_key): (Uuid, Uuid),
) -> Result<()> {
    let Some(sender) = cx.actor.user_id() else { return Ok(()) };
    attach_behind(cx, tx, to, (sender, form_key, rfq)).await
}

/// The same for somebody else's form: what was held until now.
///
/// # Errors
/// `Unavailable` when the database is away.
pub(crate) async fn attach_of(cx: &Cx, tx: &mut Tx, to: (Uuid, i64), form: (Uuid, Uuid)) -> Result<()> {
    attach_behind(cx, tx, to, (form.0, form.1, to.0)).await
}

async fn attach_behind(cx: &Cx, tx: &mut Tx, to: (Uuid, i64), form: (Uuid, Uuid, Uuid)) -> Result<()> {
    let ((thread, seq), (sender, form_key, door)) = (to, form);
    let files = unsent(cx, tx, (sender, form_key), door).await?;
    if files.is_empty() {
        return Ok(());
    }
    let message = crate::fetch_one!(*tx, (Uuid,), store::MESSAGE_AT, thread, seq)?.0;
    for file in files {
        crate::execute!(*tx, store::ATTACH, file, thread, message, cx.now())?;
    }
    Ok(())
}

/// Ties the files of a form to a request; part of the transaction that hands it in. Of those it has already, only the ones named in
/// `keep` stay.
///
/// # Errors
/// `Invalid("files")` when there are too many together.
pub(crate) async fn attach_to_rfq(
    cx: &Cx,
    tx: &mut Tx,
    rfq: Uuid,
    (form_key, keep): (Uuid, &[Uuid]),
) -> Result<()> {
    let Some(sender) = cx.actor.user_id() else { return Ok(()) };
    attach_to_rfq_of(cx, tx, rfq, (sender, form_key, keep)).await
}

/// The same in the name of somebody else: of a guest whose address has just confirmed itself.
pub(crate) async fn attach_to_rfq_of(
    cx: &Cx,
    tx: &mut Tx,
    rfq: Uuid,
    (sender, form_key, keep): (Uuid, Uuid, &[Uuid]),
) -> Result<()> {
    let mut there = 0;
    for file in store::of_rfq(tx, rfq).await? {
        if keep.contains(&file.id) {
            there += 1;
        } else {
            crate::execute!(*tx, store::TAKE_OFF, file.id, rfq)?;
        }
    }
    let files = unsent(cx, tx, (sender, form_key), rfq).await?;
    let max = cx.settings().files_per_message;
    if there + files.len() > max {
        return Err(Error::invalid("files", Problem::TooMany { max }));
    }
    for file in files {
        crate::execute!(*tx, store::ATTACH_TO_RFQ, file, rfq, cx.now())?;
    }
    Ok(())
}

/// The files of a form that came through no link, or through that to `door`, each once.
async fn unsent(cx: &Cx, tx: &mut Tx, form: (Uuid, Uuid), door: Uuid) -> Result<Vec<Uuid>> {
    let (sender, form_key) = form;
    let fits = |file: &FormFile| file.sent_with.is_none() && file.door_id.is_none_or(|own| own == door);
    let mut sent = BTreeSet::new();
    let files = of_form(tx, form_key, sender).await?.into_iter().filter(fits);
    let files = files.filter_map(|file| sent.insert((file.sha256, file.name)).then_some(file.id));
    Ok(files.take(cx.settings().files_per_message).collect())
}
