//! Asks the saved questions again and decides what goes into whose mail. Runs where the search engine is, every hour;
//! mails are decided between eight and eight in Seoul, one a person and day.
//!
//! A listing is news to a question when it was published after the question's mark and stood in no mail to its person,
//! whichever of their questions found it. Each question
//! is read from its newest listing down to the mark, which follows thirty days behind, so a listing that was hidden
//! for a while is still told. What a person was told is kept with the person ([`TELL`](super::jobs::TELL)), so it goes
//! out once also when the question that told it is deleted.

use std::collections::HashMap;

use uuid::Uuid;

use super::jobs::SendAlert;
use super::{confirm, links, store};
use crate::catalog::browse::Card;
use crate::cx::{Cx, Market};
use crate::error::{ErrorKind, Result};
use crate::lang::Lang;
use crate::outbox::{self, When};
use crate::search::desk::live;
use crate::search::{log, service as searching};
use crate::time::{DAY, HOUR, MINUTE, Timestamp};

/// Pause between rounds.
const EVERY: i64 = HOUR;
/// Questions asked again in one round.
const QUESTIONS: i64 = 2_000;
/// Listings of a question that are looked at, the newest ones.
const PAGES: u32 = 5;
const PAGE: u32 = 20;
/// How far the mark follows behind.
const BEHIND: i64 = 30 * DAY;
/// Hours of the day in which mails are decided.
const HOURS: std::ops::Range<u8> = 8..20;

/// Questions to ask again, the longest waiting first.
pub const DUE: &str = "SELECT s.id, s.question, s.lang, s.mark FROM saved_searches s JOIN users u ON u.id = s.user_id \
    WHERE s.paused_at IS NULL AND (s.checked_at IS NULL OR s.checked_at <= $1) AND u.closed_at IS NULL \
    ORDER BY s.checked_at NULLS FIRST, s.id LIMIT $2";
/// What a question found before.
pub const FOUND: &str = "SELECT listing_id, matches FROM saved_search_matches WHERE search_id = $1";
/// A listing that it finds for the first time. When the person was told it, or another of their questions is about to tell
/// it, it stands in that mail.
pub const ADD: &str = "INSERT INTO saved_search_matches (search_id, listing_id, matches, known, mailing_id) VALUES ($1, $2, TRUE, $3, COALESCE(\
    (SELECT t.mailing_id FROM saved_searches s JOIN alert_told t ON t.user_id = s.user_id WHERE s.id = $1 AND t.listing_id = $2), \
    (SELECT o.mailing_id FROM saved_searches s JOIN saved_searches p ON p.user_id = s.user_id JOIN saved_search_matches o ON o.search_id = p.id \
    WHERE s.id = $1 AND o.listing_id = $2 AND o.mailing_id IS NOT NULL LIMIT 1))) ON CONFLICT (search_id, listing_id) DO NOTHING";
/// A listing that it finds no more, or again.
pub const TURN: &str =
    "UPDATE saved_search_matches SET matches = $3 WHERE search_id = $1 AND listing_id = $2";
/// Notes that a question was asked.
pub const CHECKED: &str = "UPDATE saved_searches SET checked_at = $2, mark = CASE WHEN mark < $3 THEN $3 ELSE mark END WHERE id = $1";
/// People with news and no mail yet today.
pub const READERS: &str = "SELECT DISTINCT s.user_id FROM saved_searches s JOIN saved_search_matches m ON m.search_id = s.id \
    JOIN users u ON u.id = s.user_id WHERE s.paused_at IS NULL AND m.matches AND NOT m.known AND m.mailing_id IS NULL \
    AND NOT EXISTS (SELECT 1 FROM saved_searches p JOIN saved_search_matches o ON o.search_id = p.id \
    WHERE p.user_id = s.user_id AND o.listing_id = m.listing_id AND o.mailing_id IS NOT NULL) \
    AND u.closed_at IS NULL AND u.email_confirmed_at IS NOT NULL \
    AND NOT EXISTS (SELECT 1 FROM notification_choices c WHERE c.user_id = s.user_id AND c.topic = 'saved_search' AND c.pace = 'off') \
    AND NOT EXISTS (SELECT 1 FROM alert_mailings a WHERE a.user_id = s.user_id AND a.day >= $1) LIMIT 2000";
/// The one mail of a person and day; whoever comes second gets none.
pub const OPEN_MAILING: &str = "INSERT INTO alert_mailings (id, user_id, day, created_at) VALUES ($1, $2, $3, $4) \
    ON CONFLICT (user_id, day) DO NOTHING";
/// Puts what is new into it: every trace of such a listing at any question of the person, so that none of them tells it
/// again, not even when the one that told it is deleted.
pub const FILL_MAILING: &str = "UPDATE saved_search_matches SET mailing_id = $1 WHERE mailing_id IS NULL \
    AND search_id IN (SELECT id FROM saved_searches WHERE user_id = $2) \
    AND listing_id IN (SELECT m.listing_id FROM saved_searches s JOIN saved_search_matches m ON m.search_id = s.id \
    WHERE s.user_id = $2 AND s.paused_at IS NULL AND m.matches AND NOT m.known AND m.mailing_id IS NULL \
    AND NOT EXISTS (SELECT 1 FROM saved_searches p JOIN saved_search_matches o ON o.search_id = p.id \
    WHERE p.user_id = $2 AND o.listing_id = m.listing_id AND o.mailing_id IS NOT NULL))";

#[derive(sqlx::FromRow)]
struct Due {
    id: Uuid,
    question: String,
    lang: String,
    mark: Timestamp,
}

/// A round, when it is time for one. Called often by every process that has the search engine.
///
/// # Errors
/// `Unavailable` when the database or the engine is away; the next round goes on.
pub async fn run_if_due(market: &Market) -> Result<bool> {
    let cx = market.system();
    let Some(turn) = outbox::take_turn(&cx, "saved_searches", EVERY).await? else { return Ok(false) };
    turn.spend(&cx, run(&cx)).await?;
    Ok(true)
}

/// A round: forgets what is over, asks the questions, decides the mails.
///
/// # Errors
/// `Unavailable` when the database or the engine is away.
pub async fn run(cx: &Cx) -> Result<()> {
    let mut tx = cx.write().await?;
    crate::execute!(tx, confirm::PURGE, cx.now().plus(-DAY))?;
    crate::execute!(tx, links::PURGE, cx.now())?;
    tx.commit().await?;
    ask_again(cx).await?;
    if HOURS.contains(&cx.now().to_seoul().hour()) {
        decide(cx).await?;
    }
    Ok(())
}

async fn ask_again(cx: &Cx) -> Result<()> {
    let mut db = cx.read().await?;
    let due = crate::fetch_all!(db, Due, DUE, cx.now().plus(-EVERY + 5 * MINUTE), QUESTIONS)?;
    drop(db);
    for question in &due {
        let cards = find(cx, question).await?;
        note(cx, question, &cards).await?;
    }
    Ok(())
}

/// What a question finds now: visible listings that meet all of it, the newest first.
async fn find(cx: &Cx, due: &Due) -> Result<Vec<Card>> {
    let (question, lang) = (store::question(&due.question)?, Lang::from_code(&due.lang));
    let rules = live::current(&cx.market);
    let mut found = Vec::new();
    for page in 1..=PAGES {
        let query = question.newest(lang, page, PAGE);
        // plain look-ups of words would find other things than the question means
        let Some((cards, more)) = searching::full_matches(cx, &query, &rules).await? else {
            return Err(ErrorKind::Unavailable.into());
        };
        found.extend(cards);
        if !more {
            break;
        }
    }
    Ok(found)
}

/// Writes what changed since the question was asked last.
async fn note(cx: &Cx, due: &Due, cards: &[Card]) -> Result<()> {
    let mut tx = cx.write().await?;
    let before: HashMap<Uuid, bool> =
        crate::fetch_all!(tx, (Uuid, bool), FOUND, due.id)?.into_iter().collect();
    for card in cards {
        match before.get(&card.id) {
            None => {
                let known = card.published_at <= due.mark;
                crate::execute!(tx, ADD, due.id, card.id, known)?;
            }
            Some(false) => {
                crate::execute!(tx, TURN, due.id, card.id, true)?;
            }
            Some(true) => {}
        }
    }
    // only what would have been seen can be missed
    if cards.len() < (PAGES * PAGE) as usize {
        let gone =
            before.iter().filter(|(id, matched)| **matched && !cards.iter().any(|card| card.id == **id));
        for (id, _) in gone {
            crate::execute!(tx, TURN, due.id, *id, false)?;
        }
    }
    crate::execute!(tx, CHECKED, due.id, cx.now(), cx.now().plus(-BEHIND))?;
    tx.commit().await
}

/// One mail for each person with news who had none today.
async fn decide(cx: &Cx) -> Result<()> {
    let today = log::day_of(cx.now());
    let mut db = cx.read().await?;
    let readers = crate::fetch_all!(db, (Uuid,), READERS, today)?;
    drop(db);
    for (user,) in readers {
        let mut tx = cx.write().await?;
        let id = cx.new_id();
        if crate::execute!(tx, OPEN_MAILING, id, user, today, cx.now())? == 0
            || crate::execute!(tx, FILL_MAILING, id, user)? == 0
        {
            continue;
        }
        let once = Some(format!("saved_searches:{id}"));
        outbox::enqueue(cx, &mut tx, &SendAlert { mailing_id: id }, When { at: None, once }).await?;
        tx.commit().await?;
    }
    Ok(())
}
