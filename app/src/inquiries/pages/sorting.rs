//! `/inquiries/{id}/sort` and `/inquiries/{id}/archive`: order in the inbox, for people who are signed in.

use axum::extract::Path;
use http::StatusCode;
use leptos::prelude::*;
use market::inquiries::service::{self, SortDraft, Sorted, ThreadView};
use market::inquiries::{Side, sorting::LABEL_MAX};
use market::{ErrorKind, FieldErrors, Lang};
use uuid::Uuid;

use crate::context::Req;
use crate::error::{PageError, PageResult};
use crate::form::{Form, Submitted, invalid_or};
use crate::i18n::{inquiries as w, threads as t};
use crate::inquiries::place::{Door, Place, column};
use crate::page;
use crate::ui::{self, Field};

fn identity(text: &str) -> Result<Uuid, PageError> {
    Uuid::parse_str(text).map_err(|_| PageError::from(ErrorKind::NotFound))
}

/// Who takes care, and which labels.
pub async fn sort(Path(id): Path<String>, req: Req, sent: Submitted) -> PageResult {
    req.actor().signed_in()?;
    let id = identity(&id)?;
    let draft = SortDraft {
        assignee: sent.text("assignee"),
        labels: sent.all("labels").map(str::to_owned).collect(),
        new_label: sent.text("new_label"),
    };
    let sorted = sent.once(&req, async |cx| service::sort_thread(&cx, id, &draft).await).await;
    match invalid_or(sorted)? {
        Ok(()) => Ok(page::redirect(&req.href(&format!("/inquiries/{id}?done=sorted")))),
        Err(errors) => sort_again(&req, id, sent, errors).await,
    }
}

/// The form alone, with what was typed and what is wrong.
async fn sort_again(req: &Req, id: Uuid, sent: Submitted, errors: FieldErrors) -> PageResult {
    let lang = req.lang();
    let place = Door::Own(id.to_string()).open(req).await?;
    let view = service::thread_view(&place.cx, id).await?;
    let form = Form::rejected(req, sent, errors);
    let fields = view.sorted.as_ref().map(|sorted| team_form(req, &place, sorted, &form));
    let content = view! {
        <p class="small mute">{view.thread.subject.clone()}</p>
        <h1 class="mt-2 mb-4">{t::sort_title(lang)}</h1>
        {fields}
        <p class="mt-4"><a class="link-btn" href=place.href(req, "")>{w::back_to_thread(lang)}</a></p>
    };
    Ok(column(req, StatusCode::UNPROCESSABLE_ENTITY, t::sort_title(lang), content.into_any()))
}

/// Into the archive or out of it.
pub async fn archive(Path(id): Path<String>, req: Req, sent: Submitted) -> PageResult {
    req.actor().signed_in()?;
    let (id, away) = (identity(&id)?, sent.get("then") != "back");
    sent.once(&req, async |cx| service::archive_thread(&cx, id, away).await).await?;
    let done = if away { "archived" } else { "unarchived" };
    Ok(page::redirect(&req.href(&format!("/inquiries/{id}?done={done}"))))
}

/// What was just done, when it was one of these.
pub fn done(req: &Req, code: &str) -> Option<&'static str> {
    let lang = req.lang();
    match code {
        "sorted" => Some(t::sorted(lang)),
        "links" => Some(t::links_done(lang)),
        "archived" => Some(t::archived_done(lang)),
        "unarchived" => Some(t::unarchived_done(lang)),
        _ => None,
    }
}

/// How a thread is sorted, as its company sees it in the inbox and above the thread.
pub fn marks(lang: Lang, labels: &[String], assignee: Option<&str>) -> Option<AnyView> {
    if labels.is_empty() && assignee.is_none() {
        return None;
    }
    let labels =
        labels.iter().map(|name| view! { <span class="tag tag-info">{name.clone()}</span> }.into_any());
    let who = assignee.map(|name| view! { <span class="tag">{t::assigned_to(lang, name)}</span> }.into_any());
    let tags = labels.chain(who).collect::<Vec<_>>();
    Some(view! { <span class="line mt-1">{tags}</span> }.into_any())
}

/// The same for a thread that is open.
pub fn marks_of(req: &Req, place: &Place, view: &ThreadView) -> Option<AnyView> {
    let sorted = view.sorted.as_ref().filter(|_| !place.by_link)?;
    let chosen = sorted.labels.iter().filter(|label| sorted.chosen.contains(&label.id));
    let labels: Vec<String> = chosen.map(|label| label.name.clone()).collect();
    let who = sorted.assignee.and_then(|id| sorted.team.iter().find(|(one, _)| *one == id));
    marks(req.lang(), &labels, who.map(|(_, name)| name.as_str()))
}

/// The team's section, the archive, and the files of a thread.
pub fn section(req: &Req, place: &Place, view: &ThreadView) -> AnyView {
    let lang = req.lang();
    let archived = if view.side == Side::Vendor {
        view.thread.vendor_archived_at
    } else {
        view.thread.buyer_archived_at
    };
    let (then, label) =
        if archived.is_some() { ("back", t::unarchive(lang)) } else { ("away", t::archive(lang)) };
    let archive = (!place.by_link).then(|| {
        view! {
            <form method="post" action=place.href(req, "/archive")>
                {ui::fresh_key(req)}
                <button class="link-btn" name="then" value=then>{label}</button>
            </form>
        }
    });
    view! {
        {view.sorted.as_ref().filter(|_| !place.by_link).map(|sorted| team(req, place, sorted))}
        <div class="line small mt-6">
            {archive}
            <a class="link-btn" href=place.href(req, "/record")>{t::record(lang)}</a>
            <a class="link-btn" href=place.href(req, "/record.txt")>{t::export_text(lang)}</a>
            <a class="link-btn" href=place.href(req, "/record.json")>{t::export_json(lang)}</a>
        </div>
    }
    .into_any()
}

fn team(req: &Req, place: &Place, sorted: &Sorted) -> AnyView {
    let lang = req.lang();
    let assignee = sorted.assignee.map(|id| id.to_string()).unwrap_or_default();
    let chosen = sorted.chosen.iter().map(|label| ("labels".to_owned(), label.to_string()));
    let form = Form::fresh(req, chosen.chain([("assignee".to_owned(), assignee)]).collect());
    view! {
        <details class="sec"><summary><b>{t::sort_title(lang)}</b></summary>
            <p class="small mute mt-2">{t::sort_text(lang)}</p>
            {team_form(req, place, sorted, &form)}
        </details>
    }
    .into_any()
}

fn team_form(req: &Req, place: &Place, sorted: &Sorted, form: &Form) -> AnyView {
    let lang = req.lang();
    let none = [(String::new(), t::nobody(lang).to_owned())];
    let people =
        none.into_iter().chain(sorted.team.iter().map(|(id, name)| (id.to_string(), name.clone()))).collect();
    let boxes = sorted
        .labels
        .iter()
        .map(|label| {
            let checked = form.chosen("labels", &label.id.to_string());
            view! { <label class="check"><input type="checkbox" name="labels" value=label.id.to_string() checked=checked /><span>{label.name.clone()}</span></label> }
        })
        .collect::<Vec<_>>();
    let boxes = (!boxes.is_empty())
        .then(|| view! { <fieldset class="choices"><legend>{t::labels(lang)}</legend>{boxes}</fieldset> });
    let fields = view! {
        {ui::select(lang, form, "assignee", t::assignee(lang), people)}
        {boxes}
        {Field::text("new_label", t::new_label(lang)).optional().max(LABEL_MAX).view(lang, form)}
        <button class="btn mt-4">{t::sort_save(lang)}</button>
    };
    ui::form(lang, form, &place.href(req, "/sort"), fields.into_any())
}
