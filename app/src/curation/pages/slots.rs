//! `/desk/slots`: what the home page features. Private, never cached.

use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use market::curation::slots::{self, Choice, Shift, Slot, SlotDraft};
use market::{Cx, Error, ErrorKind, Problem};
use uuid::Uuid;

use crate::context::Req;
use crate::curation::frame;
use crate::error::{PageError, PageResult};
use crate::form::{Form, Submitted, invalid_or};
use crate::i18n::curation as w;
use crate::page;
use crate::ui::{Field, Tone, choices, date, empty, error_summary, fresh_key, key, notice};

/// The slots, and listings to choose from.
pub async fn show(req: Req) -> PageResult {
    answer(&req, StatusCode::OK, &Form::empty(&req), &req.query_value("q")).await
}

/// Adds, removes or moves, as the pressed button says.
pub async fn submit(req: Req, form: Submitted) -> PageResult {
    let slot = || Uuid::parse_str(form.get("slot")).map_err(|_| Error::new(ErrorKind::NotFound));
    let then = form.get("then");
    let work = async |cx: Cx| match then {
        "add" => slots::add(&cx, &draft(&form)).await.map(|_| ()),
        "remove" => slots::remove(&cx, slot()?).await,
        "earlier" => slots::shift(&cx, slot()?, Shift::Earlier).await,
        "later" => slots::shift(&cx, slot()?, Shift::Later).await,
        _ => Err(Error::invalid("", Problem::NotChoice)),
    };
    let result = form.once(&req, work).await;
    let done = match then {
        "add" => "added",
        "remove" => "removed",
        _ => "",
    };
    match invalid_or(result)? {
        Ok(()) => Ok(page::redirect(&req.href(&format!("/desk/slots?done={done}")))),
        Err(errors) => {
            let query = form.text("q");
            answer(&req, StatusCode::UNPROCESSABLE_ENTITY, &Form::rejected(&req, form, errors), &query).await
        }
    }
}

fn draft(form: &Submitted) -> SlotDraft {
    SlotDraft {
        listing: form.text("listing"),
        starts: form.text("starts"),
        ends: form.text("ends"),
        note: form.text("note"),
    }
}

async fn answer(req: &Req, status: StatusCode, form: &Form, query: &str) -> Result<Response, PageError> {
    let lang = req.lang();
    let present = slots::list(&req.cx).await?;
    let found = slots::choices(&req.cx, query).await?;
    let done = match req.query_value("done").as_str() {
        "added" => Some(notice(Tone::Good, w::slots_added(lang))),
        "removed" => Some(notice(Tone::Good, w::slots_removed(lang))),
        _ => None,
    };
    let content = view! {
        <p class="mute">{w::slots_intro(lang, req.cx.settings().home_slots)}</p>
        {done}
        {table(req, &present)}
        <section class="sec">
            <div class="sec-head"><h2 class="t-l">{w::slots_add_title(lang)}</h2></div>
            {finder(req, query)}
            {add_form(req, form, &found, query)}
        </section>
    };
    Ok(page::render_status(
        req,
        status,
        frame::meta(w::slots_title(lang)),
        frame::desk(req, w::slots_title(lang), None, content.into_any()),
    ))
}

fn table(req: &Req, present: &[Slot]) -> AnyView {
    let lang = req.lang();
    if present.is_empty() {
        return empty(w::slots_empty_title(lang), w::slots_empty_text(lang), None);
    }
    let last = present.len();
    let rows =
        (1_usize..).zip(present).map(|(number, slot)| row(req, (number, last), slot)).collect::<Vec<_>>();
    view! {
        <table class="queue">
            <caption class="vh">{w::slots_caption(lang, present.len())}</caption>
            <thead><tr>
                <th scope="col" class="num">{w::slots_order(lang)}</th><th scope="col">{w::slots_add_choose(lang)}</th>
                <th scope="col">{w::slots_period(lang)}</th><td></td>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn row(req: &Req, (number, last): (usize, usize), slot: &Slot) -> AnyView {
    let lang = req.lang();
    let title = slot.title(lang).to_owned();
    let (class, state) = if !slot.visible {
        ("tag tag-danger", w::slots_hidden(lang))
    } else if slot.starts_at > req.cx.now() {
        ("tag tag-info", w::slots_upcoming(lang))
    } else {
        ("tag tag-ok", w::slots_running(lang))
    };
    let period = format!("{} – {}", date(lang, slot.starts_at), date(lang, slot.ends_at.plus(-1)));
    let button = |then: &'static str, class: &'static str, label: &'static str| {
        let spoken = w::slots_move_of(lang, label, &title);
        view! { <button class=class name="then" value=then aria-label=spoken>{label}</button> }
    };
    let note = Some(slot.note.clone()).filter(|note| !note.is_empty());
    view! {
        <tr>
            <td class="num">{number}</td>
            <td>
                <a href=req.href(&format!("/listings/{}", slot.slug))>{title.clone()}</a>" "<span class=class>{state}</span>
                <br /><span class="mute">{slot.vendor(lang).to_owned()}</span>
                {note.map(|note| view! { <br /><span class="small mute">{note}</span> })}
            </td>
            <td class="wide">{period}</td>
            <td class="wide">
                <form method="post" action=req.href("/desk/slots") class="line">
                    {fresh_key(req)}
                    <input type="hidden" name="slot" value=slot.id.to_string() />
                    // nothing stands before the first or behind the last
                    {(number > 1).then(|| button("earlier", "btn btn-s", w::slots_earlier(lang)))}
                    {(number < last).then(|| button("later", "btn btn-s", w::slots_later(lang)))}
                    {button("remove", "link-btn bad", w::slots_remove(lang))}
                </form>
            </td>
        </tr>
    }
    .into_any()
}

fn finder(req: &Req, query: &str) -> AnyView {
    let lang = req.lang();
    view! {
        <form class="filters" action=req.href("/desk/slots") role="search" aria-label=w::slots_add_find(lang)>
            <label class="vh" for="slot-q">{w::slots_add_find(lang)}</label>
            <input class="in" id="slot-q" name="q" type="search" maxlength="100" value=query.to_owned() placeholder=w::slots_add_find(lang) />
            <button class="btn">{w::search_button(lang)}</button>
        </form>
    }
    .into_any()
}

fn add_form(req: &Req, form: &Form, found: &[Choice], query: &str) -> AnyView {
    let lang = req.lang();
    if found.is_empty() {
        return view! { <p class="mute mt-4">{w::search_none_text(lang)}</p> }.into_any();
    }
    let options = found
        .iter()
        .map(|choice| (choice.id.to_string(), format!("{} · {}", choice.title(lang), choice.vendor(lang))))
        .collect();
    // before the summary, which repeats their labels
    let fields = view! {
        {choices(lang, form, "listing", w::slots_add_choose(lang), options)}
        <div class="pair">
            {Field::date("starts", w::slots_add_starts(lang)).hint(w::slots_add_starts_hint(lang)).optional().view(lang, form)}
            {Field::date("ends", w::slots_add_ends(lang)).hint(w::slots_add_ends_hint(lang)).view(lang, form)}
        </div>
        {Field::text("note", w::slots_add_note(lang)).optional().view(lang, form)}
    }
    .into_any();
    view! {
        <form method="post" action=req.href("/desk/slots") class="form mt-4" novalidate>
            {error_summary(lang, form)}
            {key(form)}
            <input type="hidden" name="q" value=query.to_owned() />
            {fields}
            <div class="actions"><button class="btn btn-primary" name="then" value="add">{w::slots_add_button(lang)}</button></div>
        </form>
    }
    .into_any()
}
