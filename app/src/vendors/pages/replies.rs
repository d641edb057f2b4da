//! `/vendor/replies`: words the team uses again. Private, never cached.

use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use market::inquiries::saved::TITLE_MAX;
use market::inquiries::service::{SavedDraft, SavedReply, delete_reply, save_reply, saved_replies};
use market::{ErrorKind, FieldErrors};
use uuid::Uuid;

use crate::context::Req;
use crate::error::{PageError, PageResult};
use crate::form::{Form, Submitted, invalid_or};
use crate::i18n::threads as t;
use crate::page::{self, Meta};
use crate::ui::{self, Field, Tone};
use crate::vendors::frame;

/// The list, and a form for a new one or for `?id=`.
pub async fn show(req: Req) -> PageResult {
    let known = saved_replies(&req.cx, frame::needed_company(&req)?).await?;
    let chosen = Uuid::parse_str(&req.query_value("id")).ok();
    let reply = known.iter().find(|reply| Some(reply.id) == chosen);
    let mut values = Vec::new();
    if let Some(reply) = reply {
        values.push(("id".to_owned(), reply.id.to_string()));
        values.push(("title".to_owned(), reply.title.clone()));
        values.push(("body".to_owned(), reply.body.clone()));
        values.extend(reply.greets.then(|| ("greets".to_owned(), "yes".to_owned())));
    }
    Ok(answer(&req, StatusCode::OK, &Form::fresh(&req, values), &known))
}

/// Saves or deletes, as the pressed button says.
pub async fn submit(req: Req, sent: Submitted) -> PageResult {
    let company = frame::needed_company(&req)?;
    let id = match sent.get("id") {
        "" => None,
        text => Some(Uuid::parse_str(text).map_err(|_| PageError::from(ErrorKind::NotFound))?),
    };
    if sent.get("then") == "delete" {
        let id = id.ok_or(ErrorKind::NotFound)?;
        sent.once(&req, async |cx| delete_reply(&cx, company, id).await).await?;
        return Ok(page::redirect(&req.href("/vendor/replies?done=deleted")));
    }
    let draft = SavedDraft {
        title: sent.text("title"),
        body: sent.text("body"),
        greets: sent.get("greets") == "yes",
    };
    match invalid_or(
        sent.once(&req, async |cx| save_reply(&cx, company, id, &draft).await.map(|_| ())).await,
    )? {
        Ok(()) => Ok(page::redirect(&req.href("/vendor/replies?done=saved"))),
        Err(errors) => rejected(&req, sent, errors, company).await,
    }
}

async fn rejected(req: &Req, sent: Submitted, errors: FieldErrors, company: Uuid) -> PageResult {
    let known = saved_replies(&req.cx, company).await?;
    Ok(answer(req, StatusCode::UNPROCESSABLE_ENTITY, &Form::rejected(req, sent, errors), &known))
}

fn answer(req: &Req, status: StatusCode, form: &Form, known: &[SavedReply]) -> Response {
    let lang = req.lang();
    let done = match req.query_value("done").as_str() {
        "saved" => Some(ui::notice(Tone::Good, t::reply_saved(lang))),
        "deleted" => Some(ui::notice(Tone::Good, t::reply_deleted(lang))),
        _ => None,
    };
    let rows = known.iter().map(|reply| row(req, reply)).collect::<Vec<_>>();
    let list = if rows.is_empty() {
        view! { <p class="mute">{t::replies_none(lang)}</p> }.into_any()
    } else {
        view! { <ul class="lines">{rows}</ul> }.into_any()
    };
    let title = if form.value("id").is_empty() { t::reply_new(lang) } else { t::reply_change(lang) };
    let content = view! {
        <p class="mute mb-4">{t::replies_text(lang)}</p>
        {done}
        {list}
        <section class="sec"><h2 class="t-l">{title}</h2>{editor(req, form)}</section>
    };
    let page = frame::desk(req, t::replies_title(lang), content.into_any());
    page::render_status(req, status, Meta::private(t::replies_title(lang)), page)
}

fn row(req: &Req, reply: &SavedReply) -> AnyView {
    let lang = req.lang();
    let href = req.href(&format!("/vendor/replies?id={}", reply.id));
    let tag =
        reply.greets.then(|| view! { " "<span class="tag tag-info">{t::reply_greets_tag(lang)}</span> });
    let short: String = reply.body.chars().take(80).collect();
    view! {
        <li class="line between">
            <span class="grow"><a class="main-link" href=href.clone() aria-label=t::reply_change_of(lang, &reply.title)>{reply.title.clone()}</a>{tag}<br /><span class="small mute">{short}</span></span>
            <form method="post" action=req.href("/vendor/replies")>
                {ui::fresh_key(req)}
                <input type="hidden" name="id" value=reply.id.to_string() />
                <button class="link-btn bad" name="then" value="delete" aria-label=t::reply_delete_of(lang, &reply.title)>{t::reply_delete(lang)}</button>
            </form>
        </li>
    }
    .into_any()
}

fn editor(req: &Req, form: &Form) -> AnyView {
    let lang = req.lang();
    let greets =
        view! { {t::reply_greets(lang)}<br /><span class="small mute">{t::reply_greets_text(lang)}</span> };
    let fields = view! {
        <input type="hidden" name="id" value=form.value("id").to_owned() />
        {Field::text("title", t::reply_title(lang)).hint(t::reply_title_hint(lang)).max(TITLE_MAX).view(lang, form)}
        {Field::area("body", t::reply_body(lang), 6).max(req.cx.settings().message_max).view(lang, form)}
        {ui::checkbox(lang, form, "greets", greets.into_any())}
        <button class="btn btn-primary mt-5">{t::reply_save(lang)}</button>
    };
    ui::form(lang, form, &req.href("/vendor/replies"), fields.into_any())
}
