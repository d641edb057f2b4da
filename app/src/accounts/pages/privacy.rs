//! `/account/privacy`: consents with their version and time, a copy of everything, the way out.

use axum::response::IntoResponse;
use http::{HeaderValue, StatusCode, header};
use leptos::prelude::*;
use market::accounts::model::{CONSENT_VERSION, Consent, ConsentKind};
use market::accounts::service;
use market::{ErrorKind, Lang};

use super::frame;
use crate::context::Req;
use crate::error::PageResult;
use crate::form::Submitted;
use crate::i18n::{accounts as w, consent as c};
use crate::page;
use crate::ui::{self, Tone};

/// What was agreed to, and what can be done about it.
pub async fn show(req: Req) -> PageResult {
    let consents = service::list_consents(&req.cx).await?;
    let lang = req.lang();
    let done =
        (!req.query_value("done").is_empty()).then(|| ui::notice(Tone::Good, w::consent_changed(lang)));
    let lines = ConsentKind::ALL.into_iter().map(|kind| line(&req, kind, &consents)).collect::<Vec<_>>();
    let content = view! {
        {done}
        <section class="sec">
            <div class="sec-head"><h2>{w::privacy_consents(lang)}</h2></div>
            <ul class="lines">{lines}</ul>
        </section>
        <section class="sec">
            <div class="sec-head"><h2>{w::export_title(lang)}</h2></div>
            <p class="mute">{w::export_text(lang)}</p>
            <form class="mt-3" method="post" action=req.href("/account/privacy/export")><button class="btn">{w::export_button(lang)}</button></form>
        </section>
        <section class="sec">
            <div class="sec-head"><h2>{w::withdraw_title(lang)}</h2></div>
            <p class="mute">{w::withdraw_teaser(lang)}</p>
            <p class="actions">{ui::link_button(&req.href("/account/withdraw"), w::withdraw_link(lang))}</p>
        </section>
    };
    Ok(frame::account(&req, StatusCode::OK, w::privacy_title(lang), content.into_any()))
}

/// Gives or takes back a consent.
pub async fn submit(req: Req, form: Submitted) -> PageResult {
    req.actor().signed_in()?;
    let kind = ConsentKind::from_code(form.get("kind")).ok_or(ErrorKind::NotFound)?;
    let granted = form.get("granted") == "yes";
    form.once(&req, async |cx| service::change_consent(&cx, kind, granted).await).await?;
    Ok(page::redirect(&req.href("/account/privacy?done=1")))
}

/// A copy of everything as a file.
pub async fn export(req: Req, _form: Submitted) -> PageResult {
    let copy = service::export(&req.cx).await?;
    let text = serde_json::to_string_pretty(&copy).map_err(market::Error::internal)?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/json; charset=utf-8")),
        (
            header::CONTENT_DISPOSITION,
            HeaderValue::from_static("attachment; filename=\"yunghap-account.json\""),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("private, no-store")),
    ];
    Ok((headers, text).into_response())
}

fn line(req: &Req, kind: ConsentKind, consents: &[Consent]) -> AnyView {
    let lang = req.lang();
    let newest = consents.iter().find(|consent| consent.kind == kind.code());
    let outdated = |consent: &Consent| kind == ConsentKind::ThirdParty && consent.version != CONSENT_VERSION;
    let granted = newest.is_some_and(|consent| consent.granted && !outdated(consent));
    let when =
        newest.map(|consent| w::privacy_version(lang, &consent.version, &ui::date_time(lang, consent.at)));
    let (tag, state) =
        if granted { ("tag tag-ok", w::consent_yes(lang)) } else { ("tag", w::consent_no(lang)) };
    view! {
        <li class="line between">
            <span class="grow">
                <b>{kind_name(lang, kind)}</b>" "<span class=tag>{state}</span>
                {when.map(|when| view! { <br /><span class="small mute">{when}</span> })}
                {kind.is_needed().then(|| view! { <br /><span class="small mute">{w::consent_keep(lang)}</span> })}
                {(kind == ConsentKind::ThirdParty).then(|| view! { <br /><span class="small mute">{c::taken_back(lang)}</span> })}
            </span>
            {(!kind.is_needed()).then(|| change(req, kind, granted))}
        </li>
    }
    .into_any()
}

fn change(req: &Req, kind: ConsentKind, granted: bool) -> AnyView {
    let lang = req.lang();
    let (answer, label) =
        if granted { ("no", w::consent_take_back(lang)) } else { ("yes", w::consent_give(lang)) };
    let name = format!("{label}: {}", kind_name(lang, kind));
    view! {
        <form method="post" action=req.href("/account/privacy")>
            {ui::fresh_key(req)}
            <input type="hidden" name="kind" value=kind.code() />
            <button class="btn btn-s" name="granted" value=answer aria-label=name>{label}</button>
        </form>
    }
    .into_any()
}

const fn kind_name(lang: Lang, kind: ConsentKind) -> &'static str {
    match kind {
        ConsentKind::Terms => w::kind_terms(lang),
        ConsentKind::Privacy => w::kind_privacy(lang),
        ConsentKind::ThirdParty => w::kind_third_party(lang),
        ConsentKind::Marketing => w::kind_marketing(lang),
    }
}
