//! A rule as typed, and what is wrong with it.

use uuid::Uuid;

use super::key;
use super::rules::{Rule, RuleKind};
use crate::calendar;
use crate::error::{ErrorKind, FieldErrors, Problem, Result};
use crate::search::clean::clean;
use crate::text;
use crate::time::{DAY, Timestamp};

/// Longest time a recommendation is given, in days.
pub const DAYS_MAX: i64 = 90;
/// Longest note.
pub const NOTE_MAX: usize = 200;
/// Longest question of a rule.
const QUERY_MAX: usize = 80;
/// Longest list of words.
const TARGET_MAX: usize = 200;
/// Most words that mean the same.
const WORDS_MAX: usize = 12;

/// A rule as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RuleDraft {
    /// Word of its kind.
    pub kind: String,
    /// Question, word or phrase.
    pub query: String,
    /// Other words, or an address of the site.
    pub target: String,
    /// Identity of the recommended listing.
    pub listing: String,
    /// Last day, `YYYY-MM-DD`; empty for no end.
    pub ends: String,
    /// Why; for the team.
    pub note: String,
}

impl RuleDraft {
    /// The rule and its note.
    ///
    /// # Errors
    /// `Invalid` with everything wrong at once.
    pub(super) fn check(&self, id: Uuid, now: Timestamp) -> Result<(Rule, String)> {
        let mut errors = FieldErrors::new();
        let kind = errors.take("kind", RuleKind::from_code(&self.kind).ok_or(Problem::NotChoice));
        let query = errors.take("query", text::line_within(&self.query, 1, QUERY_MAX));
        let note = errors.take("note", text::line_within(&self.note, 0, NOTE_MAX));
        let mut rule = Rule {
            id,
            kind: kind.unwrap_or(RuleKind::Synonym),
            query: query.unwrap_or_default(),
            target: String::new(),
            listing: None,
            expires_at: None,
        };
        if let Some(kind) = kind {
            self.check_query(&mut errors, kind, &rule.query);
            match kind {
                RuleKind::Synonym | RuleKind::Narrower => {
                    rule.target = errors.take("target", words(&self.target, &rule.query)).unwrap_or_default();
                }
                RuleKind::Redirect => {
                    rule.target = errors.take("target", own_page(&self.target)).unwrap_or_default();
                }
                RuleKind::Pin => {
                    let listing = Uuid::parse_str(self.listing.trim()).map_err(|_| Problem::Required);
                    rule.listing = errors.take("listing", listing);
                }
                RuleKind::StopWord => {}
            }
            rule.expires_at = errors.take("ends", end(&self.ends, kind, now)).flatten();
        }
        errors.into_result()?;
        Ok((rule, note.ok_or(ErrorKind::Internal)?))
    }

    fn check_query(&self, errors: &mut FieldErrors, kind: RuleKind, query: &str) {
        let several = query.split_whitespace().count() > 1;
        if kind == RuleKind::StopWord && several {
            errors.add("query", Problem::Rule("search_rule.one_word".into()));
        }
        if !self.query.trim().is_empty()
            && (key::matched(query).is_empty() || key::is_personal(&clean(query)))
        {
            errors.add("query", Problem::Rule("search_rule.no_question".into()));
        }
    }
}

/// Words between commas, each once and none of them the question itself.
fn words(typed: &str, query: &str) -> std::result::Result<String, Problem> {
    let line = text::line_within(typed, 1, TARGET_MAX)?;
    let mut seen = vec![key::matched(query)];
    let mut kept = Vec::new();
    for word in line.split(',').map(str::trim) {
        let form = key::matched(word);
        if !form.is_empty() && !seen.contains(&form) {
            seen.push(form);
            kept.push(word);
        }
    }
    match kept.len() {
        0 => Err(Problem::Rule("search_rule.same_word".into())),
        count if count > WORDS_MAX => Err(Problem::TooMany { max: WORDS_MAX }),
        _ => Ok(kept.join(", ")),
    }
}

/// A public page of this site: a path as it stands in the address bar, with or without the host and the language.
fn own_page(typed: &str) -> std::result::Result<String, Problem> {
    let line = text::line_within(typed, 1, TARGET_MAX)?;
    let path = line.strip_prefix("/en").filter(|rest| rest.starts_with('/')).unwrap_or(&line);
    let public = ["/categories", "/listings/", "/vendors/", "/halls/", "/rfqs", "/about", "/search?"];
    let ours = path.starts_with('/')
        && !path.starts_with("//")
        && path.is_ascii()
        && !path.contains(['\\', ' ', '"', '<', '>', '#'])
        && public.iter().any(|begin| path.starts_with(begin));
    if ours { Ok(path.to_owned()) } else { Err(Problem::Rule("search_rule.own_page".into())) }
}

/// The last moment of the last day. Recommendations need one.
fn end(typed: &str, kind: RuleKind, now: Timestamp) -> std::result::Result<Option<Timestamp>, Problem> {
    if typed.trim().is_empty() {
        return if kind == RuleKind::Pin { Err(Problem::Required) } else { Ok(None) };
    }
    let days = || Problem::Rule("slot.days".into());
    let date = text::day(typed.trim()).ok_or_else(days)?;
    let end = Timestamp(calendar::seoul_micros(date, 24));
    let longest = if kind == RuleKind::Pin { DAYS_MAX } else { 10 * 365 };
    if end <= now || end.since(now) > (longest + 1) * DAY { Err(days()) } else { Ok(Some(end)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_795_482_000_000_000);

    fn draft(kind: &str, query: &str, target: &str) -> RuleDraft {
        RuleDraft { kind: kind.into(), query: query.into(), target: target.into(), ..RuleDraft::default() }
    }

    fn wrong(draft: &RuleDraft) -> Vec<String> {
        match draft.check(Uuid::nil(), NOW).unwrap_err().kind {
            ErrorKind::Invalid(errors) => errors.0.iter().map(|error| error.field.to_string()).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn words_are_kept_once() {
        let (rule, _) =
            draft("synonym", "복스", "소켓 렌치,, 복 스 ,소켓렌치, socket").check(Uuid::nil(), NOW).unwrap();
        assert_eq!(rule.target, "소켓 렌치, socket");
        assert_eq!(wrong(&draft("narrower", "복스", "복 스")), ["target"]);
        assert_eq!(wrong(&draft("synonym", "", "")), ["query", "target"]);
        assert_eq!(wrong(&draft("evil", "복스", "")), ["kind"]);
    }

    #[test]
    fn a_redirect_stays_in_the_house() {
        for ours in ["/categories/hex-bolts", "/en/categories/hex-bolts", "/search?q=bolt", "/halls/new"] {
            let (rule, _) = draft("redirect", "볼트", ours).check(Uuid::nil(), NOW).unwrap();
            assert!(rule.target.starts_with('/') && !rule.target.starts_with("/en/"), "{ours}");
        }
        for other in [
            "https://evil.test/",
            "//evil.test",
            "/sign-out",
            "/desk",
            "/account",
            "categories",
            "/halls/\\x",
            "/s/abc",
        ] {
            assert_eq!(wrong(&draft("redirect", "볼트", other)), ["target"], "{other}");
        }
    }

    #[test]
    fn a_recommendation_ends() {
        let pin = |ends: &str| RuleDraft {
            listing: Uuid::nil().to_string(),
            ends: ends.into(),
            ..draft("pin", "볼트", "")
        };
        assert_eq!(wrong(&pin("")), ["ends"]);
        assert_eq!(wrong(&pin("2026-11-23")), ["ends"]);
        assert_eq!(wrong(&pin("2027-06-01")), ["ends"]);
        assert!(pin("2026-11-24").check(Uuid::nil(), NOW).is_ok());
        assert_eq!(wrong(&draft("stop_word", "두 말", "")), ["query"]);
        assert_eq!(wrong(&draft("stop_word", "010-1234-5678", "")), ["query"]);
    }
}
