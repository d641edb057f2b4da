//! A staged edit as its reviewer sees it: what changes, beside what stays.

use leptos::prelude::*;
use market::catalog::RevisionState;
use market::curation::diff::{self, FieldChange};
use market::curation::review::RevisionReview;

use super::decision::{self, Choice, Decision};
use super::{frame, listing_view};
use crate::context::Req;
use crate::form::Form;
use crate::i18n::{curation as w, problems};
use crate::ui::{Tone, ago, notice};

/// The whole review; `next` is where a decision leads.
pub fn view(req: &Req, review: &RevisionReview, form: &Form, next: String) -> AnyView {
    let lang = req.lang();
    let here = req.href(&format!("/desk/revisions/{}", review.revision.id));
    let since = ago(lang, review.revision.created_at, req.cx.now());
    let title = review.live.listing.content.title(lang).to_owned();
    let unchanged =
        review.unchanged.iter().map(|field| problems::field_name(lang, field)).collect::<Vec<_>>().join(", ");
    let reason = review.revision.reason.clone();
    view! {
        <p class="small mute">{w::revision_title(lang)}" · "{since}</p>
        <h2 class="mt-1 mb-3"><a href=here.clone()>{title}</a></h2>
        {review.price_fall.filter(|percent| *percent >= 20).map(|percent| notice(Tone::Warn, w::revision_price_fall(lang, percent)))}
        {reason.map(|text| view! { <p class="small"><b>{w::listing_state_reason(lang)}</b>" "{text}</p> })}
        {changes(req, &review.changes)}
        <details class="mt-2"><summary class="link-btn">{w::revision_unchanged(lang, review.unchanged.len())}</summary><p class="small mute">{unchanged}</p></details>
        {listing_view::company(req, &review.live)}
        <p class="small mute">{w::revision_live_note(lang)}</p>
        {decide(req, review, form, here, next)}
        {frame::history(req, &review.live.history)}
    }
    .into_any()
}

fn changes(req: &Req, changes: &[FieldChange]) -> AnyView {
    let lang = req.lang();
    if changes.is_empty() {
        return view! { <p>{w::revision_none(lang)}</p> }.into_any();
    }
    let rows = changes
        .iter()
        .map(|change| {
            let (start, old, new, end) = diff::split(&change.before, &change.after);
            let old = if change.before.is_empty() { w::revision_empty(lang) } else { old };
            view! {
                <tr>
                    <th scope="row">{problems::field_name(lang, change.field)}</th>
                    <td class="letter">{start.to_owned()}{mark(old, true)}{(!old.is_empty() && !new.is_empty()).then_some(" ")}{mark(new, false)}{end.to_owned()}</td>
                </tr>
            }
        })
        .collect::<Vec<_>>();
    view! { <table class="spec diff"><caption>{w::revision_changes(lang, changes.len())}</caption><tbody>{rows}</tbody></table> }.into_any()
}

fn mark(text: &str, gone: bool) -> Option<AnyView> {
    let text = Some(text).filter(|text| !text.is_empty())?.to_owned();
    Some(if gone { view! { <del>{text}</del> }.into_any() } else { view! { <ins>{text}</ins> }.into_any() })
}

fn decide(req: &Req, review: &RevisionReview, form: &Form, action: String, next: String) -> AnyView {
    let lang = req.lang();
    if let Some(own) = decision::own_company(req, review.live.vendor.id) {
        return own;
    }
    let choices = if review.revision.state == RevisionState::Pending {
        vec![Choice::main("apply", w::apply_edit(lang)), Choice::other("decline", w::decline_edit(lang))]
    } else {
        Vec::new()
    };
    decision::form(req, form, Decision { action, next, reasons: &w::LISTING_REASONS, choices, version: None })
}
