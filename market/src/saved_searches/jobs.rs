//! Sends one mail about what is new. It is written at the moment of sending: what was hidden, stopped or deleted since it
//! was decided does not stand in it, and when nothing is left there is no mail.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::letters::{self, Section};
use super::links;
use crate::catalog::browse::{self, CARDS, Card};
use crate::cx::Cx;
use crate::error::Result;
use crate::lang::Lang;
use crate::notifications::letter::{self, Recipient};
use crate::notifications::sending::{self, Twice};
use crate::outbox::Job;
use crate::ports::Mail;
use crate::search::log;

/// A mail that was decided and not sent, with its reader.
pub const MAILING: &str = "SELECT a.user_id, a.day, u.email, u.name, u.lang FROM alert_mailings a JOIN users u ON u.id = a.user_id \
    WHERE a.id = $1 AND a.sent_at IS NULL AND u.closed_at IS NULL AND u.email_confirmed_at IS NOT NULL \
    AND NOT EXISTS (SELECT 1 FROM notification_choices c WHERE c.user_id = a.user_id AND c.topic = 'saved_search' AND c.pace = 'off')";
/// What it is about, question by question.
pub const CONTENT: &str = "SELECT s.id, s.title, s.address, m.listing_id FROM saved_search_matches m JOIN saved_searches s ON s.id = m.search_id \
    WHERE m.mailing_id = $1 AND s.user_id = $2 AND s.paused_at IS NULL AND m.matches AND NOT m.known ORDER BY s.created_at DESC, s.id, m.listing_id LIMIT 400";
/// Notes that it was sent.
pub const SENT: &str = "UPDATE alert_mailings SET sent_at = $2 WHERE id = $1";
/// Writes down, before the mail goes, that it tells its person a listing.
pub const TELL: &str = "INSERT INTO alert_told (user_id, listing_id, mailing_id) VALUES ($1, $2, $3) ON CONFLICT (user_id, listing_id) DO NOTHING";
/// What it tells.
pub const TOLD: &str = "SELECT listing_id FROM alert_told WHERE mailing_id = $1";
/// It did not go, or goes with other listings.
pub const UNTELL: &str = "DELETE FROM alert_told WHERE mailing_id = $1";
/// Every listing that was decided for it, whether or not its questions still find it and still run.
pub const DECIDED: &str = "SELECT DISTINCT listing_id FROM saved_search_matches WHERE mailing_id = $1";
/// What was not shown may be told another day.
pub const RELEASE: &str =
    "UPDATE saved_search_matches SET mailing_id = NULL WHERE mailing_id = $1 AND listing_id = $2";
/// Everything of a mail that is not sent may be told in another one.
pub const RELEASE_ALL: &str = "UPDATE saved_search_matches SET mailing_id = NULL WHERE mailing_id = $1";
/// A mail that came to nothing leaves the day free.
pub const DROP: &str = "DELETE FROM alert_mailings WHERE id = $1";

/// Sends a mail that was decided.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SendAlert {
    /// Its identity.
    pub mailing_id: Uuid,
}

#[derive(sqlx::FromRow)]
struct Reader {
    user_id: Uuid,
    day: i64,
    email: String,
    name: String,
    lang: String,
}

#[derive(sqlx::FromRow)]
struct Line {
    id: Uuid,
    title: String,
    address: String,
    listing_id: Uuid,
}

impl Job for SendAlert {
    const TOPIC: &'static str = "saved_searches.send";

    async fn run(self, cx: &Cx) -> Result<()> {
        let mut db = cx.read().await?;
        let Some(reader) = crate::fetch_optional!(db, Reader, MAILING, self.mailing_id)? else {
            return Ok(());
        };
        let unsent = sending::is_unsent(&mut db, self.mailing_id).await?;
        // a mail that could not go on its day would come beside the next one: what it had goes into that
        if unsent && reader.day != log::day_of(cx.now()) {
            drop(db);
            return self.give_up(cx).await;
        }
        let lines = crate::fetch_all!(db, Line, CONTENT, self.mailing_id, reader.user_id)?;
        drop(db);
        let cards = visible(cx, &lines).await?;
        let sections = sections(&lines, &cards);
        if unsent {
            if sections.is_empty() {
                return self.give_up(cx).await;
            }
            self.tell(cx, reader.user_id, &cards).await?;
        }
        send(cx, &self, &reader, &sections).await?;
        self.close(cx).await
    }
}

impl SendAlert {
    /// Writes down what the person is told before they are: whatever happens then, nothing is told twice.
    async fn tell(&self, cx: &Cx, user: Uuid, cards: &[Card]) -> Result<()> {
        let mut tx = cx.write().await?;
        crate::execute!(tx, UNTELL, self.mailing_id)?;
        for card in cards {
            crate::execute!(tx, TELL, user, card.id, self.mailing_id)?;
        }
        tx.commit().await
    }

    /// Notes the sending, and gives back what did not stand in the mail: hidden, stopped or more than a mail holds.
    async fn close(&self, cx: &Cx) -> Result<()> {
        let mut tx = cx.write().await?;
        let told = crate::fetch_all!(tx, (Uuid,), TOLD, self.mailing_id)?;
        let decided = crate::fetch_all!(tx, (Uuid,), DECIDED, self.mailing_id)?;
        for (listing,) in decided.iter().filter(|id| !told.contains(id)) {
            crate::execute!(tx, RELEASE, self.mailing_id, *listing)?;
        }
        crate::execute!(tx, SENT, self.mailing_id, cx.now())?;
        tx.commit().await
    }

    /// No mail: what was in it may be told in another one, and the day is free again.
    async fn give_up(&self, cx: &Cx) -> Result<()> {
        let mut tx = cx.write().await?;
        crate::execute!(tx, UNTELL, self.mailing_id)?;
        crate::execute!(tx, RELEASE_ALL, self.mailing_id)?;
        crate::execute!(tx, DROP, self.mailing_id)?;
        tx.commit().await
    }
}

/// The listings that strangers may see at this moment.
async fn visible(cx: &Cx, lines: &[Line]) -> Result<Vec<Card>> {
    let mut ids: Vec<Uuid> = lines.iter().map(|line| line.listing_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut cards = Vec::new();
    for piece in ids.chunks(CARDS) {
        cards.extend(browse::cards_by_ids(cx, piece).await?);
    }
    Ok(cards)
}

/// A listing that several questions found stands once, under the question that was saved last.
fn sections(lines: &[Line], cards: &[Card]) -> Vec<Section> {
    let mut out: Vec<(Uuid, Section)> = Vec::new();
    let mut left: Vec<&Card> = cards.iter().collect();
    for line in lines {
        let Some(place) = left.iter().position(|card| card.id == line.listing_id) else { continue };
        let card = left.swap_remove(place);
        match out.last_mut().filter(|(id, _)| *id == line.id) {
            Some((_, section)) => section.cards.push(card.clone()),
            None => out.push((
                line.id,
                Section {
                    title: line.title.clone(),
                    address: line.address.clone(),
                    cards: vec![card.clone()],
                },
            )),
        }
    }
    out.into_iter().map(|(_, section)| section).collect()
}

/// The link of the mail is kept before the mail goes.
async fn send(cx: &Cx, job: &SendAlert, reader: &Reader, sections: &[Section]) -> Result<()> {
    let lang = Lang::from_code(&reader.lang);
    let mut tx = cx.write().await?;
    let secret = links::issue(cx, &mut tx, reader.user_id).await?;
    tx.commit().await?;
    let stop = letters::url(cx, lang, &format!("/s/{secret}"));
    let content = letters::news(cx, lang, sections, &stop);
    let to = Recipient { email: reader.email.clone(), name: reader.name.clone(), lang };
    let (text, html) = letter::render(cx, &to, &content, Some(&stop))?;
    let mail = Mail {
        id: job.mailing_id,
        to: to.email,
        to_name: to.name,
        subject: content.subject,
        text,
        html,
        unsubscribe: Some(stop),
    };
    sending::hand_over(cx, &mail, Twice::Worse).await
}
