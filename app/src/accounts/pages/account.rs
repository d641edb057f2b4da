//! `/account`: name and contact, and the ways to everything else.

use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use market::accounts::model::{Profile, User};
use market::accounts::rules::{COMPANY_MAX, NAME_MAX};
use market::accounts::service;
use market::{Lang, zones};

use super::frame;
use crate::context::Req;
use crate::error::PageResult;
use crate::form::{Form, Submitted, invalid_or};
use crate::i18n::{accounts as w, common, vendors};
use crate::page;
use crate::ui::{self, Field, Tone};

/// The profile.
pub async fn show(req: Req) -> PageResult {
    let user = service::find_own(&req.cx).await?;
    let values = vec![
        ("name".into(), user.name.clone()),
        ("phone".into(), user.phone.clone().unwrap_or_default()),
        ("company".into(), user.company.clone().unwrap_or_default()),
        ("lang".into(), user.lang.clone()),
        ("time_zone".into(), user.time_zone.clone().unwrap_or_default()),
    ];
    Ok(profile_page(&req, StatusCode::OK, &Form::fresh(&req, values), &user))
}

/// Changes it.
pub async fn submit(req: Req, form: Submitted) -> PageResult {
    let typed = Profile {
        name: form.text("name"),
        phone: form.text("phone"),
        company: form.text("company"),
        lang: form.text("lang"),
        time_zone: form.text("time_zone"),
    };
    match invalid_or(form.once(&req, async |cx| service::update_profile(&cx, &typed).await).await)? {
        Ok(()) => Ok(page::redirect(&req.href("/account?done=1"))),
        Err(errors) => {
            let user = service::find_own(&req.cx).await?;
            Ok(profile_page(
                &req,
                StatusCode::UNPROCESSABLE_ENTITY,
                &Form::rejected(&req, form, errors),
                &user,
            ))
        }
    }
}

fn profile_page(req: &Req, status: StatusCode, form: &Form, user: &User) -> Response {
    let lang = req.lang();
    let saved = (form.errors.is_empty() && !req.query_value("done").is_empty())
        .then(|| ui::notice(Tone::Good, w::saved(lang)));
    let languages =
        vec![("ko".to_owned(), w::lang_ko(lang).to_owned()), ("en".to_owned(), w::lang_en(lang).to_owned())];
    let fields = view! {
        {Field::text("name", w::name_label(lang)).hint(w::name_hint(lang)).autocomplete("name").max(NAME_MAX).view(lang, form)}
        {Field::tel("phone", w::phone_label(lang)).optional().view(lang, form)}
        {Field::text("company", w::company_label(lang)).autocomplete("organization").optional().max(COMPANY_MAX).view(lang, form)}
        {ui::choices(lang, form, "lang", w::lang_label(lang), languages)}
        <div id="zone" class="mt-6">{ui::select_hinted(lang, form, "time_zone", (w::zone_label(lang), w::zone_hint(lang)), zones(lang))}</div>
        <div class="actions">{ui::submit(common::save(lang))}</div>
    };
    let content = view! {
        {saved}
        <dl class="kv">
            <dt>{w::profile_email(lang)}</dt>
            <dd>{user.email.clone()}<br /><span class="small mute">{w::profile_since(lang, &ui::date(lang, user.created_at))}</span></dd>
        </dl>
        {ui::form(lang, form, &req.href("/account"), fields.into_any())}
        {companies(req)}
        <section class="sec">
            <form method="post" action=req.href("/sign-out")><button class="btn">{w::sign_out_button(lang)}</button></form>
        </section>
    };
    frame::account(req, status, w::account_title(lang), content.into_any())
}

/// Seoul first, then every zone by its name.
fn zones(lang: Lang) -> Vec<(String, String)> {
    let named = zones::names().iter().map(|name| (name.clone(), name.replace('_', " ")));
    std::iter::once((String::new(), w::zone_seoul(lang).to_owned())).chain(named).collect()
}

fn companies(req: &Req) -> AnyView {
    let lang = req.lang();
    let works = req.person().is_some_and(|person| !person.memberships.is_empty());
    let (text, way) = if works {
        (None, ui::link_button(&req.href("/vendor"), w::profile_to_desk(lang)))
    } else {
        (
            Some(w::profile_no_company(lang)),
            ui::link_button(&req.href("/vendor/apply"), w::profile_register(lang)),
        )
    };
    view! {
        <section class="sec">
            <div class="sec-head"><h2>{w::profile_companies(lang)}</h2></div>
            {text.map(|text| view! { <p class="mute">{text}</p> })}
            <p class="actions">{way}" "{ui::link_button(&req.href("/vendor/companies"), vendors::companies_title(lang))}</p>
        </section>
    }
    .into_any()
}
