//! `/listings/{slug}/ask`: the inquiry form on a page of its own, and what it posts to; `/listings/{slug}/asked`:
//! what happens next. Never cached.

use axum::extract::{Path, Request};
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use market::files::guests;
use market::inquiries::service::{self, AskPage};
use market::inquiries::{AskOutcome, InquiryDraft};
use uuid::Uuid;

use crate::accounts::consent::is_given;
use crate::context::Req;
use crate::error::PageResult;
use crate::files::composer::Composer;
use crate::files::{self, receive};
use crate::form::{Form, Submitted};
use crate::i18n::{abuse as a, inquiries as w};
use crate::inquiries::form::{AGAIN, AskFacts, INSTEAD_OF, TRAP, inquiry_form};
use crate::inquiries::parts;
use crate::inquiries::place::{column, message_page};
use crate::inquiries::refusal::Refusal;
use crate::inquiries::rest::outlook;
use crate::inquiries::typed::{Left, mail_page};
use crate::page;
use crate::ui::{self, Tone};

/// Where the form stands.
fn path_of(slug: &str) -> String {
    format!("/listings/{slug}/ask")
}

/// The form; `?fix=1` as it was sent to a mistyped address, `?instead_of=` fills in what an unanswered thread of the person asked, `?again=` what one asked whose quote lapsed.
pub async fn show(Path(slug): Path<String>, req: Req, left: Left) -> PageResult {
    let listing = service::ask_page(&req.cx, &slug).await?;
    if let Some(typed) = left.to_correct(&req, &path_of(&slug)).await? {
        let composer = Composer::of(&req, &guests::sender(&req.cx), Some(&typed)).await?;
        let form = Form::fresh(&req, typed.0);
        let notice = Some((Tone::Info, w::fix_note(req.lang()).to_owned()));
        return Ok(ask_page(&req, StatusCode::OK, &listing, (&form, &composer), notice));
    }
    let instead = req.query_value(INSTEAD_OF);
    let from = if instead.is_empty() { req.query_value(AGAIN) } else { instead.clone() };
    let form = match Uuid::parse_str(&from) {
        Ok(thread) if req.person().is_some() => {
            let again = service::ask_page_again(&req.cx, thread).await?;
            let pair = |name: &str, value: String| (name.to_owned(), value);
            let mut values = vec![pair("body", again.body), pair("quantity", again.quantity)];
            values.extend((!instead.is_empty()).then(|| pair(INSTEAD_OF, instead)));
            Form::fresh(&req, values)
        }
        _ => Form::empty(&req),
    };
    let composer = Composer::fresh_of(&req);
    Ok(ask_page(&req, StatusCode::OK, &listing, (&form, &composer), None))
}

/// Sends the inquiry. What was refused comes back with everything that was typed.
pub async fn submit(Path(slug): Path<String>, req: Req, left: Left, body: Request) -> PageResult {
    let listing = service::ask_page(&req.cx, &slug).await?;
    let sender = guests::sender(&req.cx);
    let received = receive::form(&req, &sender, body).await?;
    let (notice, sent) = (received.notice().map(|text| (Tone::Bad, text)), received.form);
    if notice.is_some() {
        let composer = Composer::of(&req, &sender, Some(&sent)).await?;
        let form = Form::rejected(&req, sent, market::FieldErrors::new());
        return Ok(ask_page(&req, StatusCode::UNPROCESSABLE_ENTITY, &listing, (&form, &composer), notice));
    }
    let result = ask(&req, &listing, &sent).await;
    match result {
        Ok(AskOutcome::Thread(id)) => {
            Ok(page::redirect(&req.href(&format!("/listings/{slug}/asked?thread={id}"))))
        }
        Ok(AskOutcome::ConfirmationSent) => {
            let response = page::redirect(&req.href(&format!("/listings/{slug}/asked")));
            left.keep(&req, &path_of(&slug), &sent, response).await
        }
        Err(error) => refused(&req, &listing, sent, error).await,
    }
}

async fn ask(req: &Req, listing: &AskPage, sent: &Submitted) -> market::Result<AskOutcome> {
    let idem = sent.idem()?;
    market::files::sending::hold(&guests::sender(&req.cx), idem, &files::named(sent)).await?;
    service::ask(&req.cx, listing.id, &draft(sent), idem).await
}

fn draft(sent: &Submitted) -> InquiryDraft {
    InquiryDraft {
        body: sent.text("body"),
        quantity: sent.text("quantity"),
        email: sent.text("email"),
        name: sent.text("name"),
        company: sent.text("company"),
        country: sent.text("country"),
        agreed: is_given(sent),
        trap: sent.text(TRAP),
        instead_of: Uuid::parse_str(sent.get(INSTEAD_OF)).ok(),
    }
}

async fn refused(req: &Req, listing: &AskPage, sent: Submitted, error: market::Error) -> PageResult {
    let refusal = Refusal::of(req.lang(), error)?;
    let composer = Composer::of(req, &guests::sender(&req.cx), Some(&sent)).await?;
    let form = Form::rejected(req, sent, refusal.errors.clone());
    let notice = refusal.notice.clone().map(|text| (Tone::Bad, text));
    let page = ask_page(req, refusal.status, listing, (&form, &composer), notice);
    Ok(refusal.tell(page))
}

fn ask_page(
    req: &Req,
    status: StatusCode,
    listing: &AskPage,
    form: (&Form, &Composer),
    notice: Option<(Tone, String)>,
) -> Response {
    let lang = req.lang();
    let (title, vendor) =
        (lang.pick(&listing.title_ko, &listing.title_en), lang.pick(&listing.name_ko, &listing.name_en));
    let heading = w::ask_about(lang, title);
    let back = req.href(&format!("/listings/{}", listing.slug));
    let content = view! {
        <div class="page-head">
            <h1>{heading.clone()}</h1>
            <p class="mute">{vendor.to_owned()}</p>
        </div>
        {notice.map(|(tone, text)| ui::notice(tone, text))}
        <p class="small mute mb-4">{w::ask_free(lang)}</p>
        {inquiry_form(req, &AskFacts::of(lang, listing), form, outlook(req, &listing.ahead()))}
        <p class="mt-4"><a class="link-btn" href=back>{w::asked_back(lang)}</a></p>
    };
    column(req, status, &heading, content.into_any())
}

/// What happens next: the deadline for members, the mail to look for for guests.
pub async fn show_done(Path(slug): Path<String>, req: Req, left: Left) -> PageResult {
    let lang = req.lang();
    let listing = service::ask_page(&req.cx, &slug).await?;
    let back = ui::link_button(&req.href(&format!("/listings/{slug}")), w::asked_back(lang));
    let thread = match Uuid::parse_str(&req.query_value("thread")) {
        Ok(id) if req.person().is_some() => Some(service::thread_view(&req.cx, id).await?),
        _ => None,
    };
    let Some(view) = thread else {
        let text = format!("{} {}", w::check_mail_text(lang), w::check_mail_late(lang));
        let path = path_of(&slug);
        let typed = left.at(&req, &path).await?;
        let again = typed.is_none().then(|| ui::link_button(&req.href(&path), w::ask_again(lang)));
        let ways = view! { {back} {again} }.into_any();
        return Ok(mail_page(&req, typed.as_ref(), &path, (w::check_mail_title(lang), &text), ways));
    };
    if view.thread.withheld_at.is_some() {
        let until = view
            .thread
            .due_at
            .map(|due| parts::until(lang, &view.zone, due, req.cx.now()))
            .unwrap_or_default();
        let text = format!("{} {}", a::checking_until(lang, &until), a::checking_why(lang));
        let open =
            ui::primary_link(&req.href(&format!("/inquiries/{}", view.thread.id)), w::asked_open(lang));
        return Ok(message_page(
            &req,
            StatusCode::OK,
            a::checking_title(lang),
            &text,
            view! { {open} {back} }.into_any(),
        ));
    }
    let due = view
        .thread
        .due_at
        .map(|due| w::asked_due(lang, &parts::until(lang, &req.cx.zone, due, req.cx.now())))
        .unwrap_or_default();
    let text = format!("{} {due}", w::asked_text(lang, lang.pick(&listing.name_ko, &listing.name_en)));
    let open = ui::primary_link(&req.href(&format!("/inquiries/{}", view.thread.id)), w::asked_open(lang));
    Ok(message_page(&req, StatusCode::OK, w::asked_title(lang), &text, view! { {open} {back} }.into_any()))
}
