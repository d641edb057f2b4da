//! `/basket`: what was collected, the form to all its vendors, and the preview of what each will read. Never cached.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use market::basket::service;
use market::inquiries::InquiryDraft;
use market::inquiries::service::{AskPage, ask_pages};
use market::inquiries::together::{self, BatchDraft, BatchOutcome, Plan};
use uuid::Uuid;

use crate::basket::{cookie, form, parts};
use crate::context::{AppState, Req};
use crate::error::PageResult;
use crate::form::{Form, Submitted};
use crate::i18n::{basket as w, inquiries as i};
use crate::inquiries::place::column;
use crate::inquiries::refusal::Refusal;
use crate::inquiries::typed::{Left, mail_page};
use crate::page;
use crate::ui::{self, Tone};

/// Where the form stands.
const PATH: &str = "/basket";

/// The form with everything that was collected; `?fix=1` as it was sent to a mistyped address.
pub async fn show(req: Req, left: Left) -> PageResult {
    if let Some(typed) = left.to_correct(&req, PATH).await? {
        let draft = form::draft(&typed);
        let fresh = Form::fresh(&req, form::values(&draft));
        let notice = Some((Tone::Info, i::fix_note(req.lang()).to_owned()));
        return again(&req, StatusCode::OK, &draft, &fresh, notice).await;
    }
    let pages = service::contents(&req.cx, &req.kept).await?;
    let items = pages.iter().map(form::fresh_item).collect();
    let draft = BatchDraft { common: InquiryDraft::default(), items };
    let notice = (!req.query_value("full").is_empty()).then(|| (Tone::Warn, w::full(req.lang()).to_owned()));
    let fresh = Form::fresh(&req, form::values(&draft));
    Ok(basket_page(&req, StatusCode::OK, (&pages, &draft), &fresh, notice))
}

/// Removes, previews, goes back to editing or sends, by the button that was pressed.
pub async fn submit(State(state): State<AppState>, req: Req, left: Left, sent: Submitted) -> PageResult {
    let mut draft = form::draft(&sent);
    if let Ok(listing) = Uuid::parse_str(sent.get("remove")) {
        draft.items.retain(|item| item.listing_id != listing);
        return remove(&state, &req, listing, &draft).await;
    }
    if sent.has("edit") {
        let fresh = Form::fresh(&req, form::values(&draft));
        return again(&req, StatusCode::OK, &draft, &fresh, None).await;
    }
    if !sent.has("send") {
        return match together::plan(&req.cx, &draft).await {
            Ok(plan) => Ok(preview_page(&req, &draft, &plan)),
            Err(error) => refused(&req, &draft, error).await,
        };
    }
    let result = match sent.idem() {
        Ok(idem) => together::send(&req.cx, &draft, idem).await,
        Err(error) => Err(error),
    };
    match result {
        Ok(BatchOutcome::Sent(id)) => Ok(page::redirect(&req.href(&format!("/together/{id}?done=sent")))),
        Ok(BatchOutcome::ConfirmationSent) => {
            // the basket stays until the address has confirmed itself
            let response = page::redirect(&req.href("/basket/asked"));
            left.keep(&req, PATH, &sent, response).await
        }
        Err(error) => refused(&req, &draft, error).await,
    }
}

/// Where guests look next.
pub async fn show_mail(req: Req, left: Left) -> PageResult {
    let lang = req.lang();
    let typed = left.at(&req, PATH).await?;
    let text =
        format!("{} {} {}", i::check_mail_text(lang), i::check_mail_late(lang), i::check_mail_basket(lang));
    let ways = ui::link_button(&req.href("/search"), i::find_products(lang));
    Ok(mail_page(&req, typed.as_ref(), PATH, (i::check_mail_title(lang), &text), ways))
}

async fn remove(state: &AppState, req: &Req, listing: Uuid, draft: &BatchDraft) -> PageResult {
    let left: Vec<Uuid> = req.kept.iter().copied().filter(|id| *id != listing).collect();
    if req.person().is_some() {
        service::remove(&req.cx, listing).await?;
    }
    let fresh = Form::fresh(req, form::values(draft));
    let req = Req { kept: left.clone().into(), ..req.clone() };
    let response = again(&req, StatusCode::OK, draft, &fresh, None).await?;
    Ok(if req.person().is_some() { response } else { cookie::write(response, state.secure_cookies, &left) })
}

async fn refused(req: &Req, draft: &BatchDraft, error: market::Error) -> PageResult {
    let refusal = Refusal::of(req.lang(), error)?;
    let form = Form::rejected(req, Submitted(form::values(draft)), refusal.errors.clone());
    let notice = refusal.notice.clone().map(|text| (Tone::Bad, text));
    Ok(refusal.tell(again(req, refusal.status, draft, &form, notice).await?))
}

/// The form with what was typed, also for listings that another window has put in or out meanwhile.
async fn again(
    req: &Req,
    status: StatusCode,
    draft: &BatchDraft,
    form: &Form,
    notice: Option<(Tone, String)>,
) -> PageResult {
    let ids: Vec<Uuid> = draft.items.iter().map(|item| item.listing_id).collect();
    let pages = ask_pages(&req.cx, &ids).await?;
    Ok(basket_page(req, status, (&pages, draft), form, notice))
}

fn basket_page(
    req: &Req,
    status: StatusCode,
    what: (&[AskPage], &BatchDraft),
    form: &Form,
    notice: Option<(Tone, String)>,
) -> Response {
    let lang = req.lang();
    let (pages, draft) = what;
    let notice = notice.map(|(tone, text)| ui::notice(tone, text));
    let content = if draft.items.is_empty() {
        let next = ui::link_button(&req.href("/search"), i::find_products(lang));
        view! { <div class="page-head"><h1>{w::title(lang)}</h1></div>{ui::empty(w::empty_title(lang), w::empty_text(lang), Some(next))} }.into_any()
    } else {
        let fields = form::fields(req, pages, draft, form);
        view! {
            <div class="page-head"><h1>{w::title(lang)}</h1><p class="mute">{w::intro(lang)}</p></div>
            {notice}
            {ui::form(lang, form, &req.href("/basket"), fields)}
        }
        .into_any()
    };
    column(req, status, w::title(lang), content)
}

fn preview_page(req: &Req, draft: &BatchDraft, plan: &Plan) -> Response {
    let lang = req.lang();
    let count = plan.vendors.len();
    let buttons = view! {
        {form::hidden(draft)}
        <p class="line mt-6">
            <button class="btn btn-primary btn-big" name="send" value="1">{w::send(lang, count)}</button>
            <button class="btn btn-big" name="edit" value="1">{w::edit(lang)}</button>
        </p>
    };
    let content = view! {
        <div class="page-head"><h1>{w::preview_title(lang)}</h1><p class="mute">{w::preview_text(lang, count)}</p></div>
        {parts::preview(req, plan)}
        {ui::form(lang, &Form::empty(req), &req.href("/basket"), buttons.into_any())}
    };
    column(req, StatusCode::OK, w::preview_title(lang), content.into_any())
}
