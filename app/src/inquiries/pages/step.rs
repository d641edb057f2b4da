//! One step of a thread on a page of its own: `/inquiries/{id}/quote`, `/a/{token}/decline` and so on. Going
//! back works, a reload keeps what was typed, a second press does nothing. Never cached.

use axum::extract::Request;
use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use leptos::prelude::*;
use market::inquiries::Side;
use market::inquiries::links::LinkStanding;
use market::inquiries::service::{self, SavedReply, ThreadView};
use market::{ErrorKind, FieldErrors, Timestamp};

use crate::abuse::parts::{blocked, too_many};
use crate::context::Req;
use crate::error::{PageError, PageResult};
use crate::files::composer::Composer;
use crate::files::receive;
use crate::form::{Form, Submitted};
use crate::i18n::{inquiries as w, threads as t};
use crate::inquiries::drafts;
use crate::inquiries::pages::stay;
use crate::inquiries::place::{Door, Place, closed_link, column, message_page};
use crate::inquiries::steps::Step;
use crate::inquiries::{parts, quote_form, quote_view};
use crate::page;
use crate::ui::{self, Tone};

/// Name of the button that keeps what was typed.
const KEEP: &str = "keep";
/// Name of the button that forgets it.
const DROP: &str = "drop";
/// Name of the field that says from what a script goes on.
const BASE: &str = "base";

/// The form of a step.
pub async fn show(req: Req, door: Door, step: Step) -> PageResult {
    let place = door.open(&req).await?;
    if place.standing != LinkStanding::Works {
        return Ok(closed_link(&req, place.standing));
    }
    let view = view_for(&place, step).await?;
    if !step.is_possible_in(view.thread.state) {
        return Ok(not_possible(
            &req,
            &place,
            "thread.ended",
            Some(w::state(req.lang(), view.thread.state, view.side)),
        ));
    }
    let lang = req.lang();
    let mut values = step.values(&req, &view);
    let mut notice = (req.query_value(DROP) == "1").then(|| ui::notice(Tone::Info, t::kept_dropped(lang)));
    let kept = service::kept_draft(&place.cx, place.thread_id, step.code()).await?;
    let saved_at = kept.as_ref().map(|kept| kept.saved_at);
    if let Some(kept) = kept {
        notice = Some(kept_notice(lang, &ui::date_time_in(lang, &view.zone, kept.saved_at)));
        values = kept.fields;
        if step == Step::Quote && quote_form::is_behind(&values, &view) {
            notice = Some(newer_quote(&req, &view));
            values = quote_form::beside(&Submitted(values), &view).0;
        }
    }
    let replies = replies(&place, &view, step).await?;
    let chosen = req.query_value("saved");
    if let Some(reply) = replies.iter().find(|reply| reply.id.to_string() == chosen) {
        values.retain(|(name, _)| name != step.words_field());
        values.push((step.words_field().to_owned(), reply.body.clone()));
    }
    let form = Form::fresh(&req, values);
    let composer = Composer::fresh_at(place.files_at(&req));
    let around = Around { place: &place, view: &view, step, replies: &replies, saved_at, came: false };
    Ok(step_page(&req, StatusCode::OK, around, (&form, &composer), notice))
}

/// Takes a step. A link whose thread has ended may still repeat what ended it: the verb knows.
pub async fn submit(req: Req, door: Door, step: Step, body: Request, secure: Option<bool>) -> PageResult {
    let place = door.open(&req).await?;
    if place.standing.is_over() {
        return Ok(closed_link(&req, place.standing));
    }
    let view = view_for(&place, step).await?;
    // a link that ended when the quote was taken writes no more, other than those that were mailed since
    if place.standing.is_ended() && step.is_possible_in(view.thread.state) {
        return Ok(closed_link(&req, place.standing));
    }
    let replies = replies(&place, &view, step).await?;
    let around = Around { place: &place, view: &view, step, replies: &replies, saved_at: None, came: true };
    let by_script = by_script(&body);
    let received = receive::form(&req, &place.cx, body).await?;
    let (refused, sent) = (received.notice().map(|text| ui::notice(Tone::Bad, text)), received.form);
    let composer = || Composer::of(&req, &place.cx, Some(&sent));
    if step == Step::Quote && sent.has(quote_form::MORE) {
        let form = Form::fresh(&req, quote_form::one_more(&sent));
        let composer = composer().await?;
        return Ok(step_page(&req, StatusCode::OK, around, (&form, &composer), refused));
    }
    if refused.is_some() {
        let composer = composer().await?;
        let form = Form::rejected(&req, sent.clone(), FieldErrors::new());
        return Ok(step_page(&req, StatusCode::UNPROCESSABLE_ENTITY, around, (&form, &composer), refused));
    }
    if step.keeps() && (sent.has(KEEP) || sent.has(DROP)) {
        return keep(&req, &place, step, (&sent, by_script)).await;
    }
    let Err(error) = step.take(&place.cx, place.thread_id, &sent).await else {
        let next = if place.by_link {
            format!("/done?step={}", step.code())
        } else {
            format!("?done={}", step.code())
        };
        service::drop_draft(&place.cx, place.thread_id, step.code()).await?;
        let response = page::redirect(&place.href(&req, &next));
        return match secure {
            Some(secure) if place.by_link => stay::offered(&req, &place, secure, response).await,
            _ => Ok(response),
        };
    };
    let lang = req.lang();
    if let Some((seconds, notice)) = too_many(lang, &error) {
        let composer = composer().await?;
        let form = Form::rejected(&req, sent.clone(), FieldErrors::new());
        let notice = Some(ui::notice(Tone::Bad, notice));
        let mut response = step_page(&req, StatusCode::TOO_MANY_REQUESTS, around, (&form, &composer), notice);
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        return Ok(response);
    }
    match &error.kind {
        ErrorKind::Invalid(errors) => {
            let composer = composer().await?;
            let form = Form::rejected(&req, sent.clone(), errors.clone());
            Ok(step_page(&req, StatusCode::UNPROCESSABLE_ENTITY, around, (&form, &composer), None))
        }
        ErrorKind::Conflict(_) if place.standing.is_ended() => Ok(closed_link(&req, place.standing)),
        ErrorKind::Conflict(rule) => {
            // as it stands now, not as it was read before the attempt
            let view = view_for(&place, step).await?;
            if rule == "quote.newer" {
                let form = quote_form::beside(&sent, &view);
                let form = Form::rejected(&req, form, FieldErrors::new());
                let notice = Some(newer_quote(&req, &view));
                let around = Around { view: &view, ..around };
                let composer = composer().await?;
                return Ok(step_page(&req, StatusCode::CONFLICT, around, (&form, &composer), notice));
            }
            Ok(conflict(&req, &place, &view, rule))
        }
        _ => Err(PageError(error)),
    }
}

/// The thread, if the step is one of this side.
async fn view_for(place: &Place, step: Step) -> Result<ThreadView, PageError> {
    let view = service::thread_view(&place.cx, place.thread_id).await?;
    if step.is_for(view.side) { Ok(view) } else { Err(ErrorKind::NotFound.into()) }
}

/// Whether a script asks, which wants no page.
fn by_script(request: &Request) -> bool {
    request.headers().get(header::ACCEPT).is_some_and(|accept| accept.as_bytes() == b"application/json")
}

/// Typed so far: kept, or thrown away.
async fn keep(req: &Req, place: &Place, step: Step, (sent, by_script): (&Submitted, bool)) -> PageResult {
    if sent.has(DROP) {
        service::drop_draft(&place.cx, place.thread_id, step.code()).await?;
        return Ok(page::redirect(&place.href(req, &format!("/{}?drop=1", step.code()))));
    }
    let own = [KEEP, DROP, BASE, quote_form::MORE, crate::form::IDEM];
    let fields: Vec<_> = sent.0.iter().filter(|(name, _)| !own.contains(&name.as_str())).cloned().collect();
    let before = service::kept_draft(&place.cx, place.thread_id, step.code()).await?;
    let at = service::keep_draft(&place.cx, place.thread_id, step.code(), &fields).await?;
    if by_script {
        let base = sent.get(BASE).parse().unwrap_or(0);
        let replaced = before.is_some_and(|before| before.saved_at.0 > base && before.fields != fields);
        return Ok(drafts::kept(at, replaced));
    }
    Ok(page::redirect(&place.href(req, &format!("/{}", step.code()))))
}

fn kept_notice(lang: market::Lang, at: &str) -> AnyView {
    ui::notice(Tone::Info, t::kept(lang, at))
}

async fn replies(place: &Place, view: &ThreadView, step: Step) -> Result<Vec<SavedReply>, PageError> {
    if view.side != Side::Vendor || !step.keeps() {
        return Ok(Vec::new());
    }
    Ok(service::replies_for(&place.cx, &view.thread).await?)
}

/// What somebody else did meanwhile: the new quote with what it changes, or where the thread stands now.
fn conflict(req: &Req, place: &Place, view: &ThreadView, rule: &str) -> Response {
    let lang = req.lang();
    if rule == "quote.superseded" {
        let content = view! {
            <h1>{w::not_possible_title(lang)}</h1>
            <p class="mt-3">{t::changed_since(lang)}</p>
            {quote_view::difference(lang, &view.zone, &view.quotes)}
            <p class="line mt-6">{ui::primary_link(&place.href(req, "/accept"), t::see_new_quote(lang))}</p>
        };
        return column(req, StatusCode::CONFLICT, w::not_possible_title(lang), content.into_any());
    }
    not_possible(req, place, rule, Some(w::state(lang, view.thread.state, view.side)))
}

/// What a colleague sent while this form was filled in; it stands above what was typed.
fn newer_quote(req: &Req, view: &ThreadView) -> AnyView {
    let lang = req.lang();
    let newest = view.quotes.first();
    let author = newest.and_then(|message| message.author.clone()).filter(|name| !name.is_empty());
    let author = author.unwrap_or_else(|| lang.pick(&view.around.name_ko, &view.around.name_en).to_owned());
    let facts = view.quote.as_ref().map(|quote| quote_view::facts(lang, &view.zone, quote, req.cx.now()));
    let note = newest.filter(|message| !message.body.is_empty()).map(|message| message.body.clone());
    view! {
        {ui::notice(Tone::Warn, t::newer_quote(lang, &author))}
        <article class="msg mt-3 mb-5">{facts}{note.map(|text| view! { <p class="letter">{text}</p> })}</article>
    }
    .into_any()
}

fn not_possible(req: &Req, place: &Place, rule: &str, state: Option<&str>) -> Response {
    let lang = req.lang();
    let text = match rule {
        "quote.superseded" => w::superseded(lang),
        "thread.no_quote" => w::no_quote(lang),
        "block.theirs" | "block.own" => blocked(lang, rule).unwrap_or_default(),
        "thread.ended" => w::thread_ended(lang),
        "rfq.awarded" => w::rfq_awarded(lang),
        "rfq.ended" => w::rfq_ended(lang),
        _ => w::state_changed(lang),
    };
    let text =
        state.map_or_else(|| text.to_owned(), |state| format!("{text} {}", t::stands_now(lang, state)));
    let ways = ui::primary_link(&place.href(req, ""), w::back_to_thread(lang));
    message_page(req, StatusCode::CONFLICT, w::not_possible_title(lang), &text, ways)
}

/// Where a step stands.
#[derive(Clone, Copy)]
struct Around<'a> {
    place: &'a Place,
    view: &'a ThreadView,
    step: Step,
    replies: &'a [SavedReply],
    saved_at: Option<Timestamp>,
    /// Whether the page shows a form that was sent.
    came: bool,
}

/// Saved replies, each a way to the same form with its words in it.
fn saved_replies(req: &Req, place: &Place, step: Step, replies: &[SavedReply]) -> Option<AnyView> {
    if replies.is_empty() {
        return None;
    }
    let lang = req.lang();
    let ways = replies
        .iter()
        .map(|reply| {
            let href = place.href(req, &format!("/{}?saved={}", step.code(), reply.id));
            view! { <li><a href=href>{reply.title.clone()}</a></li> }
        })
        .collect::<Vec<_>>();
    let manage = (!place.by_link)
        .then(|| view! { <p class="small mt-2"><a href=req.href("/vendor/replies")>{t::manage_replies(lang)}</a></p> });
    Some(view! { <details class="mb-4"><summary>{t::insert_reply(lang)}</summary><ul class="mt-2">{ways}</ul>{manage}</details> }.into_any())
}

fn step_page(
    req: &Req,
    status: StatusCode,
    around: Around<'_>,
    form: (&Form, &Composer),
    notice: Option<AnyView>,
) -> Response {
    let Around { place, view, step, replies, saved_at, came } = around;
    let lang = req.lang();
    let title = step.title(lang);
    let due = view.thread.due_at.filter(|_| view.thread.state.turn() == Some(view.side));
    let action = place.href(req, &format!("/{}", step.code()));
    let content = view! {
        <p class="small mute">{view.thread.subject.clone()}{due.map(|due| view! { " · "<span class="nb">{parts::until(lang, &view.zone, due, req.cx.now())}</span> })}</p>
        <h1 class="mt-2 mb-4">{title}</h1>
        {notice}
        {saved_replies(req, place, step, replies)}
        {step.form(req, view, form, &action)}
        {drafts::mark(req, place, step, saved_at, came)}
        <p class="mt-4"><a class="link-btn" href=place.href(req, "")>{w::back_to_thread(lang)}</a></p>
    };
    column(req, status, title, content.into_any())
}
