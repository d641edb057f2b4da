//! The form in which somebody decides, what it sends, and the page for whoever came second.

use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use market::curation::review;
use market::{Error, ErrorKind};
use uuid::Uuid;

use super::frame;
use crate::context::Req;
use crate::error::{PageError, PageResult};
use crate::form::{Form, IDEM, Submitted};
use crate::i18n::curation as w;
use crate::page;
use crate::ui::{Field, Tone, ago, error_summary, link_button, notice, primary_link};

/// A button of the form.
pub struct Choice {
    /// Word sent.
    pub code: &'static str,
    /// What it says.
    pub label: &'static str,
    /// How it looks.
    pub class: &'static str,
}

impl Choice {
    /// The main button.
    pub const fn main(code: &'static str, label: &'static str) -> Self {
        Self { code, label, class: "btn btn-primary" }
    }

    /// Another one.
    pub const fn other(code: &'static str, label: &'static str) -> Self {
        Self { code, label, class: "btn" }
    }

    /// One that takes something away.
    pub const fn danger(code: &'static str, label: &'static str) -> Self {
        Self { code, label, class: "btn btn-danger" }
    }
}

/// The form: where it goes, where it leads afterwards, what can be chosen.
pub struct Decision<'a> {
    /// Address it posts to.
    pub action: String,
    /// Address after the decision.
    pub next: String,
    /// Reasons to choose from.
    pub reasons: &'a [(&'static str, &'static str)],
    /// Buttons.
    pub choices: Vec<Choice>,
    /// The version that is shown; none for what is never rewritten.
    pub version: Option<i64>,
}

/// What stands instead of the form before somebody who works for the company.
pub fn own_company(req: &Req, vendor_id: Uuid) -> Option<AnyView> {
    let own = req.actor().person().is_some_and(|person| person.role_in(vendor_id).is_some());
    own.then(|| notice(Tone::Info, w::own_company(req.lang())))
}

/// The form as a view; its words go to the company.
pub fn form(req: &Req, form: &Form, decision: Decision<'_>) -> AnyView {
    let lang = req.lang();
    form_to(req, form, decision, (w::decide_reason(lang), w::decide_reason_hint(lang)))
}

/// The same with words for somebody else: what the field is called, and the hint below.
pub fn form_to(
    req: &Req,
    form: &Form,
    decision: Decision<'_>,
    reader: (&'static str, &'static str),
) -> AnyView {
    let lang = req.lang();
    if decision.choices.is_empty() {
        return view! { {error_summary(lang, form)}<p class="small mute mt-4">{w::nothing_to_decide(lang)}</p> }.into_any();
    }
    let templates = decision
        .reasons
        .iter()
        .enumerate()
        .map(|(index, (ko, en))| {
            let text = lang.pick(ko, en).to_owned();
            let value = text.clone();
            let (id, chosen) = (format!("template-{index}"), form.chosen("template", &value));
            view! { <label class="check"><input type="checkbox" id=id name="template" value=value checked=chosen /><span>{text}</span></label> }
        })
        .collect::<Vec<_>>();
    let buttons = decision
        .choices
        .into_iter()
        .map(|choice| view! { <button class=choice.class name="action" value=choice.code>{choice.label}</button> })
        .collect::<Vec<_>>();
    view! {
        <form method="post" action=decision.action class="form mt-4" novalidate aria-label=w::decide_title(lang)>
            {error_summary(lang, form)}
            <input type="hidden" name=IDEM value=form.idem.to_string() />
            <input type="hidden" name="next" value=decision.next />
            {decision.version.map(|version| view! { <input type="hidden" name="version" value=version.to_string() /> })}
            <details><summary class="link-btn">{w::reason_templates(lang)}</summary><fieldset class="choices"><legend class="vh">{w::reason_templates(lang)}</legend>{templates}</fieldset></details>
            {Field::area("reason", reader.0, 3).hint(reader.1).optional().view(lang, form)}
            <div class="line mt-3">{buttons}</div>
        </form>
    }
    .into_any()
}

/// What was typed and chosen, as one text.
pub fn reason(form: &Submitted) -> String {
    let typed = form.get("reason").trim();
    form.all("template")
        .map(str::trim)
        .chain([typed])
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// The version that was shown; a form that does not say it has shown none that exists.
pub fn seen(form: &Submitted) -> i64 {
    form.get("version").parse().unwrap_or(-1)
}

/// Key of this rendering, if the form was ours.
pub fn key(form: &Submitted) -> Result<Option<Uuid>, Error> {
    form.idem().map(Some)
}

/// After a decision: where the form wanted to go.
pub fn decided(req: &Req, form: &Submitted) -> Response {
    let next = page::safe_next(form.get("next"), &req.href("/desk/inbox"));
    let glue = if next.contains('?') { '&' } else { '?' };
    page::redirect(&format!("{next}{glue}done=decided"))
}

/// Whoever came second learns who was first; every other failure is the usual page.
pub async fn failed(req: &Req, error: Error, object: (&'static str, Uuid), here: &str) -> PageResult {
    let ErrorKind::Conflict(rule) = &error.kind else { return Err(PageError(error)) };
    let lang = req.lang();
    let title = match rule.as_ref() {
        "decision.stale" => w::conflict_rewritten_title(lang),
        "desk.own_company" => w::conflict_own_title(lang),
        _ => w::conflict_title(lang),
    };
    let text = match rule.as_ref() {
        "vendor_state" => w::conflict_vendor_state(lang).to_owned(),
        "decision.stale" => w::conflict_rewritten(lang).to_owned(),
        "stale_version" => w::conflict_stale(lang).to_owned(),
        "desk.own_company" => w::own_company(lang).to_owned(),
        _ => who_was_first(req, object).await?,
    };
    let main = view! {
        <section class="empty">
            <h1>{title}</h1>
            <p role="alert">{text}</p>
            <p class="actions">{primary_link(&req.href("/desk/inbox"), w::conflict_inbox(lang))}" "{link_button(&req.href(here), w::conflict_see(lang))}</p>
        </section>
    };
    Ok(page::render_status(req, StatusCode::CONFLICT, frame::meta(title), main.into_any()))
}

async fn who_was_first(req: &Req, object: (&'static str, Uuid)) -> market::Result<String> {
    let lang = req.lang();
    let mut db = req.cx.read().await?;
    let history = review::history(&mut db, object.0, object.1).await?;
    Ok(history.first().map_or_else(
        || w::conflict_unknown(lang).to_owned(),
        |entry| {
            let name = entry.actor_name.clone().unwrap_or_else(|| w::history_site(lang).to_owned());
            w::conflict_by(lang, &name, &ago(lang, entry.at, req.cx.now()), &w::action(lang, &entry.action))
        },
    ))
}
