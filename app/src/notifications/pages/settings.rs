//! `/account/notifications`: topic by topic, whether mails come at once, once a day or not. Private, never cached.

use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use market::notifications::choices::{self, Choices, ChoicesDraft};

use crate::accounts::pages::frame;
use crate::context::Req;
use crate::error::PageResult;
use crate::form::{Form, Submitted, invalid_or};
use crate::i18n::{common, notifications as w};
use crate::ui::{self, Tone};

/// What holds.
pub async fn show(req: Req) -> PageResult {
    let held = choices::own(&req.cx).await?;
    let mut values: Vec<(String, String)> =
        held.topics.iter().map(|(topic, pace)| (topic.code().into(), pace.code().into())).collect();
    let ticked = [("night", held.night), ("talk", held.talk_since.is_some())];
    values.extend(ticked.into_iter().filter(|(_, on)| *on).map(|(name, _)| (name.into(), "yes".into())));
    Ok(settings(&req, StatusCode::OK, &Form::fresh(&req, values), &held))
}

/// Keeps what was chosen.
pub async fn submit(req: Req, form: Submitted) -> PageResult {
    let draft = ChoicesDraft {
        topics: form.0.clone(),
        night: form.get("night") == "yes",
        talk: form.get("talk") == "yes",
    };
    match invalid_or(choices::choose(&req.cx, &draft).await)? {
        Ok(()) => Ok(crate::page::redirect(&req.href("/account/notifications?done=1"))),
        Err(errors) => {
            let held = choices::own(&req.cx).await?;
            let form = Form::rejected(&req, form, errors);
            Ok(settings(&req, StatusCode::UNPROCESSABLE_ENTITY, &form, &held))
        }
    }
}

fn settings(req: &Req, status: StatusCode, form: &Form, held: &Choices) -> Response {
    let lang = req.lang();
    let saved = (form.errors.is_empty() && !req.query_value("done").is_empty())
        .then(|| ui::notice(Tone::Good, w::settings_saved(lang)));
    let topics = held
        .topics
        .iter()
        .map(|(topic, _)| {
            let paces = topic.paces().iter();
            let paces = paces.map(|pace| (pace.code().to_owned(), w::pace(lang, *pace).to_owned())).collect();
            ui::choices(lang, form, topic.code(), w::topic(lang, *topic), paces)
        })
        .collect::<Vec<_>>();
    let fields = view! {
        <div class="paces">{topics}</div>
        {night(req, form, held)}
        {held.talk_possible.then(|| talk(req, form, held))}
        <section class="sec"><div class="sec-head"><h2>{w::fixed_title(lang)}</h2></div><p class="mute">{w::fixed_text(lang)}</p></section>
        <div class="actions">{ui::submit(common::save(lang))}</div>
    };
    let content = view! {
        {saved}
        <p class="mute">{w::settings_lead(lang)}</p>
        {ui::form(lang, form, &req.href("/account/notifications"), fields.into_any())}
    };
    frame::account(req, status, w::settings_title(lang), content.into_any())
}

fn night(req: &Req, form: &Form, held: &Choices) -> AnyView {
    let lang = req.lang();
    let zone = ui::zone_name(lang, &held.zone);
    view! {
        <section class="sec">
            <div class="sec-head"><h2>{w::night_title(lang)}</h2></div>
            {ui::checkbox(lang, form, "night", w::night_label(lang).into_any())}
            <p class="small mute">{w::night_text(lang, &zone)}" "<a href=req.href("/account#zone")>{w::night_zone(lang)}</a></p>
        </section>
    }
    .into_any()
}

/// Only where a provider is configured.
fn talk(req: &Req, form: &Form, held: &Choices) -> AnyView {
    let lang = req.lang();
    let since = held
        .talk_since
        .map(|at| view! { <p class="small mute">{w::talk_since(lang, &ui::date(lang, at))}</p> });
    let phone = (!held.has_phone).then(
        || view! { <p class="small"><a href=req.href("/account#phone")>{w::talk_no_phone(lang)}</a></p> },
    );
    view! {
        <section class="sec">
            <div class="sec-head"><h2>{w::talk_title(lang)}</h2></div>
            {ui::checkbox(lang, form, "talk", w::talk_label(lang).into_any())}
            <p class="small mute">{w::talk_text(lang)}</p>
            {since}{phone}
        </section>
    }
    .into_any()
}
