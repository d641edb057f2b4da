//! What else can be done with a listing, and what its vendor should know about its state.

use leptos::prelude::*;
use market::catalog::rules::RENEWABLE_DAYS;
use market::catalog::service::Editing;
use market::catalog::{Action, ListingState, Renewal, transition};

use super::preview;
use crate::context::Req;
use crate::i18n::catalog as w;
use crate::ui::{self, Tone, notice};

/// What just happened, and what the state means.
pub fn notices(req: &Req, editing: &Editing) -> AnyView {
    let lang = req.lang();
    let done = match req.query_value("done").as_str() {
        "saved" => Some(w::saved(lang)),
        "submitted" => Some(w::submitted(lang)),
        "edit" => Some(w::edit_submitted(lang)),
        "renewed" => Some(w::renewed(lang)),
        "withdrawn" => Some(w::withdrawn(lang)),
        "revision" => Some(w::revision_withdrawn(lang)),
        _ => None,
    };
    let listing = &editing.listing;
    let reason = listing.state_reason.clone().unwrap_or_default();
    let state = match listing.state {
        ListingState::ChangesRequested => Some((Tone::Warn, format!("{} {reason}", w::returned(lang)))),
        ListingState::Hidden => Some((Tone::Bad, format!("{} {reason}", w::hidden(lang)))),
        ListingState::InReview => Some((Tone::Info, w::in_review_note(lang).to_owned())),
        ListingState::Archived => Some((Tone::Info, w::archived_note(lang).to_owned())),
        _ => None,
    };
    let declined = editing.declined.as_ref().map(|revision| {
        notice(
            Tone::Warn,
            format!("{} {}", w::declined_note(lang), revision.reason.clone().unwrap_or_default()),
        )
    });
    let pending = editing.pending.is_some().then(|| notice(Tone::Info, w::pending_note(lang)));
    view! {
        {done.map(|text| notice(Tone::Good, text))}
        {state.map(|(tone, text)| notice(tone, text))}
        {pending}
        {declined}
    }
    .into_any()
}

/// A listing that cannot be edited now, as it stands.
pub fn reading(req: &Req, editing: &Editing) -> AnyView {
    preview::content(req, &editing.listing.content, &editing.images)
}

/// The window and the smaller ways on; each a form of its own.
pub fn closing(req: &Req, editing: &Editing) -> AnyView {
    let lang = req.lang();
    let listing = &editing.listing;
    let address = req.href(&format!("/vendor/listings/{}", listing.id));
    let may = |action| transition(listing.state, action).is_ok();
    let window = listing.free_until.filter(|_| may(Action::Renew)).map(|_| window(req, editing, &address));
    let withdraw =
        may(Action::Withdraw).then(|| small_form(req, &address, "withdraw", w::withdraw(lang), "btn"));
    let revision = editing
        .pending
        .is_some()
        .then(|| small_form(req, &address, "withdraw-revision", w::withdraw_revision(lang), "btn"));
    let archive = may(Action::Archive).then(|| archive(req, &address));
    view! { {withdraw}{revision}{window}{archive} }.into_any()
}

fn small_form(
    req: &Req,
    address: &str,
    act: &'static str,
    label: &'static str,
    class: &'static str,
) -> AnyView {
    view! { <form method="post" action=address.to_owned() class="mt-5">{ui::fresh_key(req)}<button class=class name="act" value=act>{label}</button></form> }.into_any()
}

fn window(req: &Req, editing: &Editing, address: &str) -> AnyView {
    let lang = req.lang();
    let until = editing.listing.free_until.map(|at| {
        let day = ui::date(lang, at);
        if at > req.cx.now() { w::until(lang, &day) } else { w::ended(lang, &day) }
    });
    let renewal = match editing.renewal {
        Renewal::Free => small_form(req, address, "renew", w::renew(lang), "btn"),
        Renewal::TooEarly => view! { <p class="mute">{w::renew_early(lang, RENEWABLE_DAYS)}</p> }.into_any(),
        Renewal::RateTooLow { rate } => {
            let least = req.cx.settings().renewal_response_rate;
            view! { <p class="mute">{w::renew_rate(lang, rate, least)}</p> }.into_any()
        }
    };
    view! {
        <section class="sec" id="window" aria-labelledby="window-title">
            <h2 id="window-title">{w::window_title(lang)}</h2>
            <p>{until}</p>
            {renewal}
        </section>
    }
    .into_any()
}

fn archive(req: &Req, address: &str) -> AnyView {
    let lang = req.lang();
    view! {
        <details class="sec">
            <summary>{w::archive_title(lang)}</summary>
            <p class="mute mt-2">{w::archive_more(lang)}</p>
            {small_form(req, address, "archive", w::archive(lang), "btn btn-danger")}
        </details>
    }
    .into_any()
}
