//! What people chose: which topics are mailed, at once or once a day, whether at night, and by which clock. Asked twice: when
//! something happens, and once more before the mail goes.

use serde_json::json;
use uuid::Uuid;

use super::letter::About;
use super::topic::{Pace, Topic};
use crate::audit;
use crate::cx::Cx;
use crate::db::{Handle, Tx};
use crate::error::{Error, ErrorKind, Problem, Result};
use crate::time::Timestamp;
use crate::zones::Zone;

/// What somebody chose for a topic, with their clock.
pub const PACE: &str = "SELECT u.time_zone, u.night_mails, c.pace FROM users u \
    LEFT JOIN notification_choices c ON c.user_id = u.id AND c.topic = $2 WHERE u.id = $1 AND u.closed_at IS NULL";
/// The same before a mail goes: whether it is still their address, and how many notifications about the thing there are and are unread.
pub const STILL: &str = "SELECT u.email, c.pace, CAST(COUNT(n.id) AS BIGINT), CAST(COUNT(CASE WHEN n.read_at IS NULL THEN n.id END) AS BIGINT) FROM users u \
    LEFT JOIN notification_choices c ON c.user_id = u.id AND c.topic = $2 \
    LEFT JOIN notifications n ON n.user_id = u.id AND n.subject_kind = $3 AND n.subject_id = $4 AND n.created_at <= $5 \
    WHERE u.id = $1 AND u.closed_at IS NULL GROUP BY u.email, c.pace";
/// All of somebody's choices.
pub const LIST: &str = "SELECT topic, pace FROM notification_choices WHERE user_id = $1";
/// Keeps a choice.
pub const CHOOSE: &str = "INSERT INTO notification_choices (user_id, topic, pace, changed_at) VALUES ($1, $2, $3, $4) \
    ON CONFLICT (user_id, topic) DO UPDATE SET pace = excluded.pace, changed_at = excluded.changed_at";
/// The clock, the night and the telephone of somebody.
pub const PERSON: &str =
    "SELECT time_zone, night_mails, phone, talk_since FROM users WHERE id = $1 AND closed_at IS NULL";
/// Changes whether mails come at night, and since when messages on the telephone are agreed to.
pub const SET_PERSON: &str = "UPDATE users SET night_mails = $2, talk_since = CASE WHEN $3 THEN COALESCE(talk_since, $4) ELSE NULL END, updated_at = $4 \
    WHERE id = $1 AND closed_at IS NULL";
/// Traces of a person who leaves, erased one after the other, after the notifications.
pub const ERASE: [&str; 3] = [
    "DELETE FROM notification_choices WHERE user_id = $1",
    "DELETE FROM notification_links WHERE user_id = $1",
    "DELETE FROM digests WHERE user_id = $1",
];

/// Whether and when something is mailed to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mailed {
    /// As it happens.
    Now,
    /// When the night is over.
    At(Timestamp),
    /// Not on its own: they chose the daily mail, or none.
    Not,
}

/// Whether and when a topic is mailed to somebody, as things stand.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn when_mailed(cx: &Cx, db: &mut impl Handle, user: Uuid, topic: Topic) -> Result<Mailed> {
    type Row = (Option<String>, bool, Option<String>);
    let Some((zone, night, pace)) = crate::fetch_optional!(*db, Row, PACE, user, topic.code())? else {
        return Ok(Mailed::Not);
    };
    if topic.is_fixed() {
        return Ok(Mailed::Now);
    }
    if chosen(topic, pace.as_deref()) != Pace::AtOnce {
        return Ok(Mailed::Not);
    }
    // mails that are written to files wake nobody
    if night || !cx.market.ports().mailer.wakes() {
        return Ok(Mailed::Now);
    }
    let morning = Zone::chosen(zone.as_deref()).morning(cx.now());
    Ok(if morning > cx.now() { Mailed::At(morning) } else { Mailed::Now })
}

fn chosen(topic: Topic, stored: Option<&str>) -> Pace {
    stored.and_then(Pace::from_code).filter(|pace| topic.paces().contains(pace)).unwrap_or(topic.usual())
}

/// Whether a mail that was asked for at `asked_at` is still wanted: the address is still theirs, the topic is not off, and
/// they have not seen in the site what it tells.
pub(super) async fn still_wanted(
    db: &mut impl Handle,
    about: &About,
    to: &str,
    asked_at: Timestamp,
) -> Result<bool> {
    type Row = (String, Option<String>, i64, i64);
    let (kind, subject) = about.subject.map_or(("", Uuid::nil()), |(kind, id)| (kind.code(), id));
    let row =
        crate::fetch_optional!(*db, Row, STILL, about.user_id, about.topic.code(), kind, subject, asked_at)?;
    Ok(row.is_some_and(|(email, pace, told, unread)| {
        let off = !about.topic.is_fixed() && chosen(about.topic, pace.as_deref()) == Pace::Off;
        email == to && !off && (told == 0 || unread > 0)
    }))
}

/// Whether somebody switched a topic off.
pub(crate) async fn is_off(db: &mut impl Handle, user: Uuid, topic: Topic) -> Result<bool> {
    type Row = (Option<String>, bool, Option<String>);
    let row = crate::fetch_optional!(*db, Row, PACE, user, topic.code())?;
    Ok(row.is_none_or(|(_, _, pace)| chosen(topic, pace.as_deref()) == Pace::Off))
}

/// Everything on the page of settings.
#[derive(Clone, Debug)]
pub struct Choices {
    /// The topics that concern this person, in order, with what holds.
    pub topics: Vec<(Topic, Pace)>,
    /// Whether mails may come at night.
    pub night: bool,
    /// The clock the night is read from.
    pub zone: Zone,
    /// Whether messages on the telephone can be sent at all.
    pub talk_possible: bool,
    /// Whether there is a telephone number.
    pub has_phone: bool,
    /// Since when they are agreed to.
    pub talk_since: Option<Timestamp>,
}

/// The choices of the signed-in person.
///
/// # Errors
/// `NotSignedIn`.
pub async fn own(cx: &Cx) -> Result<Choices> {
    type Row = (Option<String>, bool, Option<String>, Option<Timestamp>);
    let me = cx.actor.signed_in()?;
    let mut db = cx.read().await?;
    let stored = crate::fetch_all!(db, (String, String), LIST, me.id)?;
    let row = crate::fetch_optional!(db, Row, PERSON, me.id)?;
    let (zone, night, phone, talk_since) = row.ok_or(ErrorKind::NotSignedIn)?;
    let holds = |topic: Topic| {
        let pace = stored.iter().find(|(code, _)| code == topic.code()).map(|(_, pace)| pace.as_str());
        chosen(topic, pace)
    };
    let topics = concerning(!me.memberships.is_empty()).map(|topic| (topic, holds(topic))).collect();
    Ok(Choices {
        topics,
        night,
        zone: Zone::chosen(zone.as_deref()),
        talk_possible: cx.market.ports().talk.is_on(),
        has_phone: phone.is_some(),
        talk_since,
    })
}

/// Topics that concern a person: those of vendors only whoever works for one.
fn concerning(works: bool) -> impl Iterator<Item = Topic> {
    let vendors = |topic: &Topic| matches!(topic, Topic::NewInquiry | Topic::RfqMatch | Topic::Listing);
    Topic::ALL.iter().copied().filter(move |topic| !topic.is_fixed() && (works || !vendors(topic)))
}

/// What somebody chose on the page of settings, as typed.
#[derive(Clone, Debug, Default)]
pub struct ChoicesDraft {
    /// Codes of topics and paces. A topic that is not named stays as it is.
    pub topics: Vec<(String, String)>,
    /// Mails may come at night.
    pub night: bool,
    /// Messages on the telephone are agreed to.
    pub talk: bool,
}

/// Keeps the choices of the signed-in person.
///
/// # Errors
/// `NotSignedIn`; `Invalid` for a pace that the topic does not have, and for messages without a telephone number.
pub async fn choose(cx: &Cx, draft: &ChoicesDraft) -> Result<()> {
    let before = own(cx).await?;
    let me = cx.actor.signed_in()?.id;
    let talk = draft.talk && before.talk_possible;
    if talk && !before.has_phone {
        return Err(Error::invalid("talk", Problem::Rule("notifications.phone".into())));
    }
    let mut tx = cx.write().await?;
    for (topic, held) in &before.topics {
        let Some((name, pace)) = draft.topics.iter().find(|(name, _)| name == topic.code()) else { continue };
        let pace = Pace::from_code(pace)
            .filter(|pace| topic.paces().contains(pace))
            .ok_or_else(|| Error::invalid(name.clone(), Problem::NotChoice))?;
        if pace != *held {
            set(cx, &mut tx, me, *topic, pace).await?;
        }
    }
    if draft.night != before.night || talk != before.talk_since.is_some() {
        crate::execute!(tx, SET_PERSON, me, draft.night, talk, cx.now())?;
        let data = json!({ "night": draft.night, "talk": talk });
        audit::record(cx, &mut tx, "notifications.reach", ("user", Some(me)), data).await?;
    }
    tx.commit().await
}

/// Keeps one choice and records it.
pub(super) async fn set(cx: &Cx, tx: &mut Tx, user: Uuid, topic: Topic, pace: Pace) -> Result<()> {
    crate::execute!(*tx, CHOOSE, user, topic.code(), pace.code(), cx.now())?;
    let data = json!({ "topic": topic.code(), "pace": pace.code() });
    audit::record(cx, tx, "notifications.choose", ("user", Some(user)), data).await
}
