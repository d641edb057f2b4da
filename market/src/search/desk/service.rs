//! The verbs of the curators' desk: looking at rules, trying one out, keeping it, taking it back. Every change is one
//! more version, audited, and holds in this process at once and in the others within seconds.

use serde_json::json;
use uuid::Uuid;

use super::draft::RuleDraft;
use super::live;
use super::rules::{Rule, RuleKind, RuleSet};
use super::store::{self, Stamp, Version};
use crate::accounts::access::{Object, Verb, demand};
use crate::audit;
use crate::catalog::browse::{self, Card};
use crate::catalog::taxonomy;
use crate::curation::store::IS_VISIBLE;
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::{Error, ErrorKind, Problem, Result};
use crate::idempotency::{self, IdemKey};
use crate::search::SearchQuery;
use crate::search::service::{self as searching, ResultsPage};
use crate::text;

/// Listings of each side of a preview.
const PREVIEWED: u32 = 8;

/// The same question without and with a rule.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The question.
    pub sample: String,
    /// As visitors find now.
    pub before: ResultsPage,
    /// As they would find.
    pub after: ResultsPage,
}

/// Every rule as it is now, the last changed first; ended ones last.
///
/// # Errors
/// `NotSignedIn`, `Forbidden`.
pub async fn list(cx: &Cx, of: Option<RuleKind>) -> Result<Vec<Version>> {
    demand(&cx.actor, Verb::CurateSearch, Object::Site)?;
    store::list(&mut cx.read().await?, of).await
}

/// Every version of a rule, the newest first; never empty.
///
/// # Errors
/// `NotSignedIn`, `Forbidden`, `NotFound`.
pub async fn versions(cx: &Cx, rule: Uuid) -> Result<Vec<Version>> {
    demand(&cx.actor, Verb::CurateSearch, Object::Site)?;
    let versions = store::versions(&mut cx.read().await?, rule).await?;
    if versions.is_empty() { Err(ErrorKind::NotFound.into()) } else { Ok(versions) }
}

/// What a rule would change, by the very way in which visitors search. `of` is the rule that would be replaced;
/// an empty `sample` is the question of the rule.
///
/// # Errors
/// `Invalid` with everything wrong at once, `Forbidden`.
pub async fn preview(cx: &Cx, of: Option<Uuid>, draft: &RuleDraft, sample: &str) -> Result<Preview> {
    demand(&cx.actor, Verb::CurateSearch, Object::Site)?;
    let (rule, _) = draft.check(of.unwrap_or_else(|| cx.new_id()), cx.now())?;
    check_world(cx, &rule).await?;
    live::refresh(&cx.market).await?;
    let now = live::current(&cx.market);
    let then = now.with(rule.clone(), cx.now());
    let sample = text::line(sample).chars().take(SearchQuery::LONGEST).collect::<String>();
    let sample = if sample.is_empty() { rule.query } else { sample };
    let query =
        SearchQuery { text: sample.clone(), size: PREVIEWED, lang: cx.lang, ..SearchQuery::default() };
    let before = searching::look(cx, &query, &now).await?;
    let after = searching::look(cx, &query, &then).await?;
    Ok(Preview { sample, before, after })
}

/// What a rule says of the rest of the site has to be so.
async fn check_world(cx: &Cx, rule: &Rule) -> Result<()> {
    if let Some(listing) = rule.listing {
        let mut db = cx.read().await?;
        if crate::fetch_optional!(db, (Uuid,), IS_VISIBLE, cx.now(), listing)?.is_none() {
            return Err(Error::invalid("listing", Problem::Rule("slot.not_visible".into())));
        }
    }
    if let Some(slug) = rule.target.strip_prefix("/categories/").filter(|_| rule.kind == RuleKind::Redirect) {
        let slug = slug.split('?').next().unwrap_or_default();
        if taxonomy::find_by_slug(slug).is_none() {
            return Err(Error::invalid("target", Problem::Rule("search_rule.own_page".into())));
        }
    }
    Ok(())
}

/// Listings that could be recommended: what these words find, after the one that is chosen already.
///
/// # Errors
/// `NotSignedIn`, `Forbidden`.
pub async fn candidates(cx: &Cx, words: &str, chosen: &str) -> Result<Vec<Card>> {
    demand(&cx.actor, Verb::CurateSearch, Object::Site)?;
    let query =
        SearchQuery { text: text::line(words), size: PREVIEWED, lang: cx.lang, ..SearchQuery::default() };
    let found = searching::look(cx, &query, &RuleSet::default()).await?;
    let mut cards = match Uuid::parse_str(chosen.trim()) {
        Ok(id) => browse::cards_by_ids(cx, &[id]).await?,
        Err(_) => Vec::new(),
    };
    cards.extend(found.cards.into_iter().filter(|card| card.id.to_string() != chosen.trim()));
    Ok(cards)
}

/// Keeps a new rule; pressing twice gives the same rule.
///
/// # Errors
/// `Invalid`, `Forbidden`.
pub async fn add(cx: &Cx, draft: &RuleDraft, idem: Uuid) -> Result<Uuid> {
    demand(&cx.actor, Verb::CurateSearch, Object::Site)?;
    let (rule, note) = draft.check(cx.new_id(), cx.now())?;
    check_world(cx, &rule).await?;
    let scope = format!("search_rule:{}", cx.actor.user_id().unwrap_or_default());
    let key =
        IdemKey::new(scope, idem, &format!("{:?}", (rule.kind, &rule.query, &rule.target, rule.listing)));
    let mut tx = cx.write().await?;
    if let Some(earlier) = idempotency::earlier(&mut tx, &key).await? {
        return Uuid::parse_str(&earlier).map_err(Error::internal);
    }
    let stamp = stamp(cx, 1, &note, false);
    keep(cx, &mut tx, "search_rule.add", &rule, &stamp).await?;
    idempotency::keep(&mut tx, &key, &rule.id.to_string(), cx.now()).await?;
    done(cx, tx).await?;
    Ok(rule.id)
}

/// Changes a rule: one more version. `version` is the one that was looked at.
///
/// # Errors
/// `Invalid`, `Forbidden`, `NotFound`; `Conflict` when somebody else changed it meanwhile.
pub async fn change(cx: &Cx, id: Uuid, version: i64, draft: &RuleDraft) -> Result<()> {
    let newest = newest(cx, id).await?;
    let (rule, note) = draft.check(id, cx.now())?;
    check_world(cx, &rule).await?;
    if rule == newest.rule() && note == newest.note && !newest.ended {
        return Ok(());
    }
    if newest.version != version {
        return Err(Error::conflict("search_rule.changed"));
    }
    let mut tx = cx.write().await?;
    keep(cx, &mut tx, "search_rule.change", &rule, &stamp(cx, version + 1, &note, false)).await?;
    done(cx, tx).await
}

/// Takes a rule back; one that is over is fine.
///
/// # Errors
/// `Forbidden`, `NotFound`; `Conflict` when somebody else changed it at this moment.
pub async fn end(cx: &Cx, id: Uuid) -> Result<()> {
    let newest = newest(cx, id).await?;
    if newest.ended {
        return Ok(());
    }
    let mut tx = cx.write().await?;
    let stamp = stamp(cx, newest.version + 1, &newest.note, true);
    keep(cx, &mut tx, "search_rule.end", &newest.rule(), &stamp).await?;
    done(cx, tx).await
}

/// Undoes the last change: the version before it counts again, as one more version. The first version's undoing is its
/// end. `version` is the one that is undone, so that pressing twice undoes one.
///
/// # Errors
/// `Forbidden`, `NotFound`; `Conflict` when somebody else changed it at this moment.
pub async fn undo(cx: &Cx, id: Uuid, version: i64) -> Result<()> {
    let versions = versions(cx, id).await?;
    let (Some(newest), before) = (versions.first(), versions.get(1)) else {
        return Err(ErrorKind::NotFound.into());
    };
    if newest.version != version {
        return Ok(());
    }
    let (rule, note, ended) =
        before.map_or_else(|| (newest.rule(), &newest.note, true), |old| (old.rule(), &old.note, old.ended));
    let mut tx = cx.write().await?;
    keep(cx, &mut tx, "search_rule.undo", &rule, &stamp(cx, version + 1, note, ended)).await?;
    done(cx, tx).await
}

async fn newest(cx: &Cx, id: Uuid) -> Result<Version> {
    versions(cx, id).await?.into_iter().next().ok_or_else(|| ErrorKind::NotFound.into())
}

fn stamp<'a>(cx: &Cx, version: i64, note: &'a str, ended: bool) -> Stamp<'a> {
    Stamp { version, note, ended, author: cx.actor.user_id(), at: cx.now() }
}

async fn keep(cx: &Cx, tx: &mut Tx, action: &str, rule: &Rule, stamp: &Stamp<'_>) -> Result<()> {
    store::add(tx, rule, stamp).await.map_err(|error| {
        if crate::db::unique_violation(&error, "search_rules") {
            Error::conflict("search_rule.changed")
        } else {
            error
        }
    })?;
    let told = json!({
        "version": stamp.version, "kind": rule.kind.code(), "query": rule.query, "target": rule.target,
        "listing": rule.listing, "expires_at": rule.expires_at, "ended": stamp.ended,
    });
    audit::record(cx, tx, action, ("search_rule", Some(rule.id)), told).await
}

/// Commits, and lets the change hold here at once; the others read it themselves.
async fn done(cx: &Cx, tx: Tx) -> Result<()> {
    tx.commit().await?;
    if let Err(error) = live::refresh(&cx.market).await {
        tracing::warn!(error = %error, "a search rule holds here only with the next look");
    }
    Ok(())
}
