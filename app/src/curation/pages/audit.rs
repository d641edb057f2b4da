//! `/desk/audit`: who did what, newest first, and whether the chain holds. Admins only; private, never cached.

use leptos::prelude::*;
use market::audit::Verification;
use market::curation::oversight;
use market::curation::review::HistoryEntry;

use crate::context::Req;
use crate::curation::frame;
use crate::error::PageResult;
use crate::i18n::curation as w;
use crate::page;
use crate::ui::{Tone, date_time, notice};

/// A page of the record.
pub async fn show(req: Req) -> PageResult {
    let lang = req.lang();
    let record = oversight::record(&req.cx, req.query_value("before").parse().ok()).await?;
    let chain = record.verification.map(|verification| match verification {
        Verification::Intact { rows } => notice(Tone::Good, w::audit_intact(lang, rows)),
        Verification::BrokenAt { seq } => notice(Tone::Bad, w::audit_broken(lang, seq)),
    });
    let rows = record.rows.iter().map(|entry| row(&req, entry)).collect::<Vec<_>>();
    let older = record.before.map(|before| req.href(&format!("/desk/audit?before={before}")));
    let first = record.verification.is_some();
    let content = view! {
        {chain}
        <div class="scroll mt-4" tabindex="0" role="region" aria-label=w::audit_title(lang)>
            <table class="spec grid">
                <caption class="vh">{w::audit_caption(lang)}</caption>
                <thead><tr>
                    <th scope="col" class="num">{w::audit_number(lang)}</th><th scope="col">{w::audit_when(lang)}</th>
                    <th scope="col">{w::audit_who(lang)}</th><th scope="col">{w::audit_what(lang)}</th><th scope="col">{w::audit_details(lang)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <p class="line mt-4">
            {(!first).then(|| view! { <a class="btn" href=req.href("/desk/audit")>{w::audit_newest(lang)}</a> })}
            {older.map(|href| view! { <a class="btn" rel="next" href=href>{w::audit_older(lang)}</a> })}
        </p>
    };
    Ok(page::render(
        &req,
        frame::meta(w::audit_title(lang)),
        frame::desk(&req, w::audit_title(lang), None, content.into_any()),
    ))
}

fn row(req: &Req, entry: &HistoryEntry) -> AnyView {
    let lang = req.lang();
    let who = entry.actor_name.clone().unwrap_or_else(|| entry.actor_kind.clone());
    let object = entry.object_id.map(|id| match entry.object_kind.as_str() {
        kind @ ("vendor" | "listing") => {
            let href = req.href(&format!("/desk/{kind}s/{id}"));
            view! { " "<a href=href>{kind.to_owned()}</a> }.into_any()
        }
        kind => view! { " "<span class="mute">{kind.to_owned()}</span> }.into_any(),
    });
    view! {
        <tr>
            <td class="num">{entry.seq}</td><td class="nb">{date_time(lang, entry.at)}</td><td>{who}</td>
            <td>{w::action(lang, &entry.action)}{object}</td><td class="code long">{entry.data.clone()}</td>
        </tr>
    }
    .into_any()
}
