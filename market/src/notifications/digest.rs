//! The daily mail: what was told since the last one and is still unread, after eight in the morning on the reader's clock. One a
//! person and day, nothing twice, and none when nothing is left to tell.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::letter::{self, Letter, Recipient};
use super::model::{NotificationData, NotificationKind, SubjectKind};
use super::sending::{self, Twice};
use super::topic::{Pace, Topic};
use super::{choices, sentence, stopping};
use crate::cx::Cx;
use crate::error::Result;
use crate::lang::Lang;
use crate::outbox::{self, Job, When};
use crate::ports::Mail;
use crate::time::Timestamp;
use crate::zones::{NIGHT, Zone};

/// Lines in one mail; the rest is counted.
const SHOWN: usize = 50;

/// People for whom something waits, with their clock and the oldest of it.
pub const WAITING: &str = "SELECT u.id, u.time_zone, MIN(n.created_at) FROM notifications n JOIN users u ON u.id = n.user_id \
    WHERE n.for_digest AND n.digest_id IS NULL AND n.read_at IS NULL AND u.closed_at IS NULL AND u.email_confirmed_at IS NOT NULL \
    GROUP BY u.id, u.time_zone ORDER BY MIN(n.created_at), u.id LIMIT 5000";
/// The one mail of a person and day; whoever comes second gets none.
pub const OPEN: &str = "INSERT INTO digests (id, user_id, day, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT (user_id, day) DO NOTHING";
/// Puts what waits into it.
pub const FILL: &str = "UPDATE notifications SET digest_id = $1 WHERE user_id = $2 AND for_digest AND digest_id IS NULL AND read_at IS NULL";
/// A mail that was decided and not sent, with its reader.
pub const FIND: &str = "SELECT d.user_id, d.day, u.email, u.name, u.lang, u.time_zone FROM digests d JOIN users u ON u.id = d.user_id \
    WHERE d.id = $1 AND d.sent_at IS NULL AND u.closed_at IS NULL";
/// What stands in it, as far as it is unread.
pub const LINES: &str = "SELECT kind, subject_kind, subject_id, data FROM notifications WHERE digest_id = $1 AND read_at IS NULL ORDER BY created_at, id";
/// Notes that it was sent.
pub const SENT: &str = "UPDATE digests SET sent_at = $2 WHERE id = $1";
/// What could not go on its day waits for the next.
pub const RELEASE: &str = "UPDATE notifications SET digest_id = NULL WHERE digest_id = $1";
/// What nobody wants to be mailed any more does not wait.
pub const FORGET: &str = "UPDATE notifications SET digest_id = NULL, for_digest = FALSE WHERE digest_id = $1";
/// A mail that came to nothing.
pub const DROP: &str = "DELETE FROM digests WHERE id = $1";

/// Decides the daily mails that are due. Run by the schedule.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn decide(cx: &Cx) -> Result<usize> {
    let mut db = cx.read().await?;
    let waiting = crate::fetch_all!(db, (Uuid, Option<String>, Timestamp), WAITING)?;
    drop(db);
    let mut decided = 0;
    for (user, zone, oldest) in waiting {
        let zone = Zone::chosen(zone.as_deref());
        if is_due(&zone, oldest, cx.now()) {
            decided += usize::from(open(cx, user, &zone).await?);
        }
    }
    Ok(decided)
}

/// By day, when something waited before this morning.
fn is_due(zone: &Zone, oldest: Timestamp, now: Timestamp) -> bool {
    zone.morning(now) == now && oldest < zone.moment(zone.day(now), NIGHT.1)
}

async fn open(cx: &Cx, user: Uuid, zone: &Zone) -> Result<bool> {
    let mut tx = cx.write().await?;
    let (id, day) = (cx.new_id(), day_number(zone, cx.now()));
    if crate::execute!(tx, OPEN, id, user, day, cx.now())? == 0 || crate::execute!(tx, FILL, id, user)? == 0 {
        return Ok(false);
    }
    let once = Some(format!("digest:{id}"));
    outbox::enqueue(cx, &mut tx, &SendDigest { digest_id: id }, When { at: None, once }).await?;
    tx.commit().await?;
    Ok(true)
}

fn day_number(zone: &Zone, at: Timestamp) -> i64 {
    i64::from(zone.day(at).to_julian_day())
}

/// Sends one daily mail, written at the moment of sending.
#[derive(Debug, Serialize, Deserialize)]
pub struct SendDigest {
    /// Its identity, and that of its mail.
    pub digest_id: Uuid,
}

#[derive(sqlx::FromRow)]
struct Reader {
    user_id: Uuid,
    day: i64,
    email: String,
    name: String,
    lang: String,
    time_zone: Option<String>,
}

type Line = (String, String, Uuid, String);

impl Job for SendDigest {
    const TOPIC: &'static str = "notifications.digest";

    async fn run(self, cx: &Cx) -> Result<()> {
        let mut tx = cx.write().await?;
        let Some(reader) = crate::fetch_optional!(tx, Reader, FIND, self.digest_id)? else { return Ok(()) };
        let zone = Zone::chosen(reader.time_zone.as_deref());
        // one that could not go on its day would come beside the next: what it had goes into that
        let late = reader.day != day_number(&zone, cx.now()) || zone.morning(cx.now()) != cx.now();
        if late && sending::is_unsent(&mut tx, self.digest_id).await? {
            crate::execute!(tx, RELEASE, self.digest_id)?;
            crate::execute!(tx, DROP, self.digest_id)?;
            return tx.commit().await;
        }
        let lang = Lang::from_code(&reader.lang);
        let found = crate::fetch_all!(tx, Line, LINES, self.digest_id)?;
        let choices = crate::fetch_all!(tx, (String, String), choices::LIST, reader.user_id)?;
        let off = |topic: Topic| {
            choices.iter().any(|(code, pace)| code == topic.code() && pace == Pace::Off.code())
        };
        let lines: Vec<String> = found.iter().filter_map(|line| words(cx, lang, line, &off)).collect();
        if lines.is_empty() {
            crate::execute!(tx, FORGET, self.digest_id)?;
            crate::execute!(tx, DROP, self.digest_id)?;
            return tx.commit().await;
        }
        let secret = stopping::issue(cx, &mut tx, reader.user_id, None).await?;
        tx.commit().await?;
        let mail = self.mail(cx, reader, lang, (lines, &secret))?;
        sending::hand_over(cx, &mail, Twice::Worse).await?;
        let mut tx = cx.write().await?;
        crate::execute!(tx, SENT, self.digest_id, cx.now())?;
        tx.commit().await
    }
}

impl SendDigest {
    fn mail(&self, cx: &Cx, reader: Reader, lang: Lang, content: (Vec<String>, &str)) -> Result<Mail> {
        let (lines, secret) = content;
        let stop = letter::url(cx, lang, &format!("/n/{secret}"));
        let to = Recipient { email: reader.email, name: reader.name, lang };
        let letter = write(cx, lang, lines);
        let (text, html) = letter::render(cx, &to, &letter, Some(&stop))?;
        Ok(Mail {
            id: self.digest_id,
            to: to.email,
            to_name: to.name,
            subject: letter.subject,
            text,
            html,
            unsubscribe: Some(stop),
        })
    }
}

/// One line: what happened and where. None for topics that were switched off meanwhile.
fn words(cx: &Cx, lang: Lang, line: &Line, off: &impl Fn(Topic) -> bool) -> Option<String> {
    let (kind, subject, id, data) = line;
    let kind = NotificationKind::from_code(kind).filter(|kind| !off(kind.topic()))?;
    let data: NotificationData = serde_json::from_str(data).unwrap_or_default();
    let path = SubjectKind::from_code(subject)?.path(*id);
    Some(format!("{}\n{}", sentence(lang, kind, data.title(lang)), letter::url(cx, lang, &path)))
}

fn write(cx: &Cx, lang: Lang, mut lines: Vec<String>) -> Letter {
    let count = lines.len();
    lines.truncate(SHOWN);
    let (heading, rest, label) = match lang {
        Lang::Ko => (
            format!("안 읽은 알림 {count}건이에요"),
            format!("나머지 {}건은 알림함에 있어요.", count.saturating_sub(SHOWN)),
            "알림함 열기",
        ),
        Lang::En => (
            format!("{count} unread {}", if count == 1 { "notification" } else { "notifications" }),
            format!("{} more are in your notifications.", count.saturating_sub(SHOWN)),
            "Open notifications",
        ),
    };
    if count > SHOWN {
        lines.push(rest);
    }
    let url = letter::url(cx, lang, "/notifications");
    let buttons = vec![letter::Button { label: label.into(), url }];
    Letter { subject: heading.clone(), heading, paragraphs: lines, buttons }
}
