//! `/desk/search/rules`: every rule as it is now.

use leptos::prelude::*;
use market::search::desk::RuleKind;
use market::search::desk::service;
use market::search::desk::store::Version;

use super::sections;
use crate::context::Req;
use crate::curation::frame;
use crate::error::PageResult;
use crate::i18n::search_desk as w;
use crate::page;
use crate::ui::{Tone, date, date_time, empty, notice, primary_link};

/// The list, narrowed to a kind.
pub async fn show(req: Req) -> PageResult {
    let of = RuleKind::from_code(&req.query_value("kind"));
    let rules = service::list(&req.cx, of).await?;
    let lang = req.lang();
    let content = view! {
        {done(&req)}
        <div class="line between mb-4"><p class="mute">{w::rules_intro(lang)}</p>{primary_link(&req.href("/desk/search/rules/new"), w::rules_new(lang))}</div>
        {kinds(&req, of)}
        {table(&req, &rules)}
    };
    Ok(page::render(
        &req,
        frame::meta(w::rules_title(lang)),
        frame::desk(&req, w::rules_title(lang), Some(sections(&req)), content.into_any()),
    ))
}

fn done(req: &Req) -> Option<AnyView> {
    let lang = req.lang();
    let text = match req.query_value("done").as_str() {
        "added" => w::done_added(lang),
        "changed" => w::done_changed(lang),
        "ended" => w::done_ended(lang),
        "undone" => w::done_undone(lang),
        _ => return None,
    };
    Some(view! { <div class="mb-4">{notice(Tone::Good, text)}</div> }.into_any())
}

fn kinds(req: &Req, of: Option<RuleKind>) -> AnyView {
    let lang = req.lang();
    let entry = |kind: Option<RuleKind>, label: &'static str| {
        let query = kind.map(|kind| format!("?kind={}", kind.code())).unwrap_or_default();
        let here = (kind == of).then_some("page");
        view! { <a href=req.href(&format!("/desk/search/rules{query}")) aria-current=here>{label}</a> }
    };
    let entries =
        RuleKind::ALL.iter().map(|kind| entry(Some(*kind), w::kind(lang, *kind))).collect::<Vec<_>>();
    view! { <nav class="tabs" aria-label=w::kind_label(lang)>{entry(None, w::rules_all(lang))}{entries}</nav> }.into_any()
}

fn table(req: &Req, rules: &[Version]) -> AnyView {
    let lang = req.lang();
    if rules.is_empty() {
        let next = view! { <a class="btn" href=req.href("/desk/search")>{w::order_missed(lang)}</a> };
        return empty(w::rules_none_title(lang), w::rules_none_text(lang), Some(next.into_any()));
    }
    let rows = rules.iter().map(|rule| line(req, rule)).collect::<Vec<_>>();
    view! {
        <table class="queue">
            <caption class="vh">{w::rules_caption(lang, rules.len())}</caption>
            <thead><tr>
                <th scope="col">{w::column_what(lang)}</th><th scope="col">{w::column_kind(lang)}</th>
                <th scope="col">{w::column_state(lang)}</th><th scope="col">{w::column_changed(lang)}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn line(req: &Req, rule: &Version) -> AnyView {
    let lang = req.lang();
    let note =
        (!rule.note.is_empty()).then(|| view! { <br /><span class="small mute">{rule.note.clone()}</span> });
    let who = rule.author.clone().unwrap_or_else(|| w::the_site(lang).to_owned());
    view! {
        <tr>
            <td><a href=req.href(&format!("/desk/search/rules/{}", rule.rule_id))>{rule.query.clone()}</a>{meaning(req, rule)}{note}</td>
            <td class="wide">{w::kind(lang, rule.kind)}</td>
            <td class="wide">{state(req, rule)}</td>
            <td class="wide mute">{date_time(lang, rule.at)}" · "{who}</td>
        </tr>
    }
    .into_any()
}

/// What stands behind the question: words, a page, a listing.
pub fn meaning(req: &Req, rule: &Version) -> Option<AnyView> {
    let lang = req.lang();
    let sign = match rule.kind {
        RuleKind::Synonym => " = ",
        RuleKind::Narrower | RuleKind::Redirect | RuleKind::Pin => " → ",
        RuleKind::StopWord => return None,
    };
    let text = rule.listing_title(lang).map_or_else(|| rule.target.clone(), str::to_owned);
    Some(view! { <span class="long">{sign}{text}</span> }.into_any())
}

/// Whether a version acts, and until when.
pub fn state(req: &Req, rule: &Version) -> AnyView {
    let lang = req.lang();
    let now = req.cx.now();
    let (class, word) = if rule.ended {
        ("tag", w::state_ended(lang))
    } else if rule.acts(now) {
        ("tag tag-ok", w::state_acts(lang))
    } else {
        ("tag", w::state_over(lang))
    };
    let until = rule.expires_at.filter(|_| rule.acts(now)).map(
        |end| view! { " "<span class="small mute">{w::state_until(lang, &date(lang, end.plus(-1)))}</span> },
    );
    view! { <span class=class>{word}</span>{until} }.into_any()
}
