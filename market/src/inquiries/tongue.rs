//! The language of a message, read from its script, and what a translator made of it. Translations are kept with the text they
//! were made of: a corrected message is translated anew. Without a configured translator nothing of this is offered.

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::messages;
use super::store::{self, Message};
use crate::accounts::access::{self, Verb};
use crate::cx::Cx;
use crate::db::Handle;
use crate::error::{Error, ErrorKind, Result};
use crate::lang::Lang;
use crate::throttle::{self, Limit};
use crate::time::{HOUR, Timestamp};

/// Messages one person may have translated in an hour.
const AN_HOUR: u32 = 60;

/// Translations of a thread's messages into a language.
pub const LIST: &str = "SELECT x.message_id, x.source_hash, x.body, x.translator, x.made_at FROM message_translations x \
    JOIN messages m ON m.id = x.message_id WHERE m.thread_id = $1 AND x.lang = $2";
/// Keeps a translation.
pub const KEEP: &str = "INSERT INTO message_translations (message_id, lang, source_hash, body, translator, made_at) VALUES ($1, $2, $3, $4, $5, $6) \
    ON CONFLICT (message_id, lang) DO UPDATE SET source_hash = excluded.source_hash, body = excluded.body, translator = excluded.translator, made_at = excluded.made_at";

/// What stands beside an original.
#[derive(Clone, Debug)]
pub struct Translated {
    /// The message.
    pub message_id: Uuid,
    /// The text in the reader's language.
    pub body: String,
    /// Who made it.
    pub by: String,
    /// When.
    pub made_at: Timestamp,
}

/// The language that a text is written in, where its script tells.
pub fn detect(body: &str) -> Option<Lang> {
    let hangul = body.chars().filter(|c| ('\u{ac00}'..='\u{d7a3}').contains(c)).count();
    let latin = body.chars().filter(char::is_ascii_alphabetic).count();
    if hangul >= 2 && hangul * 3 > latin {
        Some(Lang::Ko)
    } else if hangul == 0 && latin >= 12 {
        Some(Lang::En)
    } else {
        None
    }
}

/// The language of a message at its writing: its script, else that of the page it was written on.
pub(super) fn of_message(cx: &Cx, body: &str) -> &'static str {
    detect(body).unwrap_or(cx.lang).code()
}

/// Whether a translation is offered to a reader of this language.
pub fn is_foreign(message: &Message, reader: Lang) -> bool {
    !message.body.is_empty() && message.lang.is_some_and(|lang| lang != reader)
}

/// Translations that fit the words as they stand; none without a translator.
pub(super) async fn of_thread(
    cx: &Cx,
    db: &mut impl Handle,
    thread: Uuid,
    messages: &[Message],
) -> Result<Vec<Translated>> {
    type Row = (Uuid, Vec<u8>, String, String, Timestamp);
    if !cx.market.ports().translator.is_on() {
        return Ok(Vec::new());
    }
    let rows = crate::fetch_all!(*db, Row, LIST, thread, cx.lang.code())?;
    let fits = |id: Uuid, source: &[u8]| {
        messages.iter().any(|message| message.id == id && digest(&message.body).as_slice() == source)
    };
    Ok(rows
        .into_iter()
        .filter(|(id, source, ..)| fits(*id, source))
        .map(|(message_id, _, body, by, made_at)| Translated { message_id, body, by, made_at })
        .collect())
}

fn digest(body: &str) -> [u8; 32] {
    Sha256::digest(body.as_bytes()).into()
}

/// Has one message translated into the reader's language. What is translated already is not asked for again.
///
/// # Errors
/// `NotFound` for strangers, for messages that need no translation, and without a translator; `TooMany`;
/// `Unavailable` when the translator does not answer.
pub async fn translate_message(cx: &Cx, thread: Uuid, seq: i64) -> Result<()> {
    let translator = cx.market.ports().translator.clone();
    let mut db = cx.read().await?;
    let found = store::find(&mut db, thread).await?.ok_or(ErrorKind::NotFound)?;
    access::demand_own(&cx.actor, Verb::ReadThread, found.object())?;
    let message = messages::at(&mut db, thread, seq).await?.filter(|message| is_foreign(message, cx.lang));
    let message = message.filter(|_| translator.is_on()).ok_or(ErrorKind::NotFound)?;
    let known = of_thread(cx, &mut db, thread, std::slice::from_ref(&message)).await?;
    drop(db);
    if known.iter().any(|one| one.message_id == message.id) {
        return Ok(());
    }
    let mut tx = cx.write().await?;
    let who = cx.actor.user_id().unwrap_or_default();
    let limit = Limit { bucket: format!("translate:{who}"), max: AN_HOUR, window: HOUR };
    throttle::hit(&mut tx, cx.now(), &[limit]).await?;
    tx.commit().await?;
    let made = translator.translate(&message.body, cx.lang).await;
    let made = made.map_err(|error| Error::caused(ErrorKind::Unavailable, error.to_string()))?;
    let mut tx = cx.write().await?;
    let source = digest(&message.body);
    crate::execute!(tx, KEEP, message.id, cx.lang.code(), source.as_slice(), &made.text, &made.by, cx.now())?;
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_tells_the_language() {
        assert_eq!(detect("납기가 언제인가요?"), Some(Lang::Ko));
        assert_eq!(detect("SUS304 M8x20 볼트 2,000개 견적 부탁드립니다"), Some(Lang::Ko));
        assert_eq!(detect("Could you quote 2,000 pieces of M8 bolts?"), Some(Lang::En));
        assert_eq!(detect("M8 x 20"), None);
        assert_eq!(detect("네"), None);
    }
}
