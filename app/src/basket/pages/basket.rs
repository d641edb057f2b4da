//! `/basket`: what was collected, the form to all its vendors, and the preview of what each will read. Never cached.

use axum::extract::{Request, State};
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use market::basket::service;
use market::files::{AttachedFile, guests, sending};
use market::inquiries::InquiryDraft;
use market::inquiries::service::{AskPage, ask_pages};
use market::inquiries::together::{self, BatchDraft, BatchOutcome, Plan};
use uuid::Uuid;

use crate::basket::{cookie, form, parts};
use crate::context::{AppState, Req};
use crate::error::PageResult;
use crate::files::composer::Composer;
use crate::files::{self, receive};
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
        return again(&req, StatusCode::OK, (&draft, &typed), &fresh, notice).await;
    }
    let pages = service::contents(&req.cx, &req.kept).await?;
    let items = pages.iter().map(form::fresh_item).collect();
    let draft = BatchDraft { common: InquiryDraft::default(), items };
    let notice = (!req.query_value("full").is_empty()).then(|| (Tone::Warn, w::full(req.lang()).to_owned()));
    let (fresh, composer) = (Form::fresh(&req, form::values(&draft)), Composer::fresh_of(&req));
    Ok(basket_page(&req, StatusCode::OK, (&pages, &draft), (&fresh, &composer), notice))
}

/// Removes, previews, goes back to editing or sends, by the button that was pressed.
pub async fn submit(State(state): State<AppState>, req: Req, left: Left, body: Request) -> PageResult {
    let received = receive::form(&req, &guests::sender(&req.cx), body).await?;
    let (not_taken, sent) = (received.notice().map(|text| (Tone::Bad, text)), received.form);
    let mut draft = form::draft(&sent);
    if let Ok(listing) = Uuid::parse_str(sent.get("remove")) {
        draft.items.retain(|item| item.listing_id != listing);
        return remove(&state, &req, listing, (&draft, &sent), not_taken).await;
    }
    let status = if not_taken.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    if sent.has("edit") || not_taken.is_some() {
        let fresh = Form::fresh(&req, form::values(&draft));
        return again(&req, status, (&draft, &sent), &fresh, not_taken).await;
    }
    if !sent.has("send") {
        return match planned(&req, &draft, &sent).await {
            Ok((plan, files)) => Ok(preview_page(&req, &draft, (&plan, &files))),
            Err(error) => refused(&req, (&draft, &sent), error).await,
        };
    }
    match send(&req, &draft, &sent).await {
        Ok(BatchOutcome::Sent(id)) => Ok(page::redirect(&req.href(&format!("/together/{id}?done=sent")))),
        Ok(BatchOutcome::ConfirmationSent) => {
            // the basket stays until the address has confirmed itself
            let response = page::redirect(&req.href("/basket/asked"));
            left.keep(&req, PATH, &sent, response).await
        }
        Err(error) => refused(&req, (&draft, &sent), error).await,
    }
}

/// What each vendor will read, and the files that go to each.
async fn planned(
    req: &Req,
    draft: &BatchDraft,
    sent: &Submitted,
) -> market::Result<(Plan, Vec<AttachedFile>)> {
    let plan = together::plan(&req.cx, draft).await?;
    let files = sending::all_waiting(&guests::sender(&req.cx), &files::named(sent)).await?;
    Ok((plan, files))
}

async fn send(req: &Req, draft: &BatchDraft, sent: &Submitted) -> market::Result<BatchOutcome> {
    let idem = sent.idem()?;
    sending::hold(&guests::sender(&req.cx), idem, &files::named(sent)).await?;
    together::send(&req.cx, draft, idem).await
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

/// The form as it was sent: what was typed, and all its fields.
type Typed<'a> = (&'a BatchDraft, &'a Submitted);

async fn remove(
    state: &AppState,
    req: &Req,
    listing: Uuid,
    (draft, sent): Typed<'_>,
    notice: Option<(Tone, String)>,
) -> PageResult {
    let left: Vec<Uuid> = req.kept.iter().copied().filter(|id| *id != listing).collect();
    if req.person().is_some() {
        service::remove(&req.cx, listing).await?;
    }
    let fresh = Form::fresh(req, form::values(draft));
    let req = Req { kept: left.clone().into(), ..req.clone() };
    let response = again(&req, StatusCode::OK, (draft, sent), &fresh, notice).await?;
    Ok(if req.person().is_some() { response } else { cookie::write(response, state.secure_cookies, &left) })
}

async fn refused(req: &Req, (draft, sent): Typed<'_>, error: market::Error) -> PageResult {
    let refusal = Refusal::of(req.lang(), error)?;
    let form = Form::rejected(req, Submitted(form::values(draft)), refusal.errors.clone());
    let notice = refusal.notice.clone().map(|text| (Tone::Bad, text));
    Ok(refusal.tell(again(req, refusal.status, (draft, sent), &form, notice).await?))
}

/// The form with what was typed, also for listings that another window has put in or out meanwhile.
async fn again(
    req: &Req,
    status: StatusCode,
    (draft, sent): Typed<'_>,
    form: &Form,
    notice: Option<(Tone, String)>,
) -> PageResult {
    let ids: Vec<Uuid> = draft.items.iter().map(|item| item.listing_id).collect();
    let pages = ask_pages(&req.cx, &ids).await?;
    let composer = Composer::of(req, &guests::sender(&req.cx), Some(sent)).await?;
    Ok(basket_page(req, status, (&pages, draft), (form, &composer), notice))
}

fn basket_page(
    req: &Req,
    status: StatusCode,
    what: (&[AskPage], &BatchDraft),
    (form, composer): (&Form, &Composer),
    notice: Option<(Tone, String)>,
) -> Response {
    let lang = req.lang();
    let notice = notice.map(|(tone, text)| ui::notice(tone, text));
    let content = if what.1.items.is_empty() {
        let next = ui::link_button(&req.href("/search"), i::find_products(lang));
        view! { <div class="page-head"><h1>{w::title(lang)}</h1></div>{ui::empty(w::empty_title(lang), w::empty_text(lang), Some(next))} }.into_any()
    } else {
        let fields = form::fields(req, what, (form, composer));
        view! {
            <div class="page-head"><h1>{w::title(lang)}</h1><p class="mute">{w::intro(lang)}</p></div>
            {notice}
            {ui::form_with_files(lang, form, &req.href("/basket"), fields)}
        }
        .into_any()
    };
    column(req, status, w::title(lang), content)
}

fn preview_page(req: &Req, draft: &BatchDraft, (plan, files): (&Plan, &[AttachedFile])) -> Response {
    let lang = req.lang();
    let names: Vec<String> = files.iter().map(|file| file.name.clone()).collect();
    let count = plan.vendors.len();
    let buttons = view! {
        {form::hidden(draft, files)}
        <p class="line mt-6">
            <button class="btn btn-primary btn-big" name="send" value="1">{w::send(lang, count)}</button>
            <button class="btn btn-big" name="edit" value="1">{w::edit(lang)}</button>
        </p>
    };
    let content = view! {
        <div class="page-head"><h1>{w::preview_title(lang)}</h1><p class="mute">{w::preview_text(lang, count)}</p></div>
        {parts::preview(req, plan, &names)}
        {ui::form(lang, &Form::empty(req), &req.href("/basket"), buttons.into_any())}
    };
    column(req, StatusCode::OK, w::preview_title(lang), content.into_any())
}
