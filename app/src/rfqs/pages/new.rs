//! `/rfqs/new`: a request in two steps, without script: say it in a text, then confirm the lines that were read.
//! `/rfqs/{id}/edit` is the second step again after a curator returned it. Never cached.

use axum::extract::{Path, Request};
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use market::accounts::consent::is_asked;
use market::files::{AttachedFile, UploadError, copying, guests, sending};
use market::rfqs::service::{self, RfqView};
use market::rfqs::store::Buyer;
use market::rfqs::{RfqOutcome, RfqState, links};
use market::{Cx, ErrorKind, FieldErrors, Problem};
use uuid::Uuid;

use crate::context::Req;
use crate::error::{PageError, PageResult};
use crate::files::composer::{self, Composer};
use crate::files::{self, receive};
use crate::form::{Form, Submitted};
use crate::i18n::{inquiries as i, rfqs as w};
use crate::inquiries::place::column;
use crate::inquiries::refusal::Refusal;
use crate::inquiries::typed::{Left, mail_page};
use crate::page;
use crate::rfqs::form::{self, To};
use crate::rfqs::pages::show::identity;
use crate::ui::{self, Tone};

/// What the form knows of files: where they go, and those that went with the request before. Those of guests come with the form and
/// wait until the address has confirmed itself.
struct Files {
    copy: Option<Uuid>,
    composer: Composer,
    before: Vec<(AttachedFile, bool)>,
    address: String,
}

impl Files {
    async fn of(
        req: &Req,
        cx: &Cx,
        sent: Option<&Submitted>,
        before: Vec<AttachedFile>,
    ) -> market::Result<Self> {
        let composer = Composer::of(req, &guests::sender(cx), sent).await?;
        let keep = sent.map(files::kept);
        let before = before
            .into_iter()
            .map(|file| {
                let stays = keep.as_ref().is_none_or(|keep| keep.contains(&file.id));
                (file, stays)
            })
            .collect();
        Ok(Self { copy: None, composer, before, address: composer::files_at(cx, req) })
    }

    /// Those of a form that copies a request of one's own: its files are offered to go along.
    async fn copying(req: &Req, sent: Option<&Submitted>, old: Option<RfqView>) -> market::Result<Self> {
        let copy = old.as_ref().map(|old| old.rfq.id);
        let before = old.map(|old| old.files).unwrap_or_default();
        Ok(Self { copy, ..Self::of(req, &req.cx, sent, before).await? })
    }

    fn view(&self, req: &Req, form: &Form) -> AnyView {
        let before = composer::before(req, &self.address, &self.before);
        let copy = self.copy.map(|id| view! { <input type="hidden" name=COPY value=id.to_string() /> });
        view! { {copy}{before}{self.composer.view(req, form)} }.into_any()
    }
}

/// A request of one's own that is copied.
const COPY: &str = "copy";

/// The request that an address or a form names to be copied; none where it names none.
async fn copied(req: &Req, named: &str) -> Result<Option<RfqView>, PageError> {
    let Ok(id) = Uuid::parse_str(named) else { return Ok(None) };
    req.actor().signed_in()?;
    let old = service::rfq_view(&req.cx, id).await?;
    if old.mine { Ok(Some(old)) } else { Err(ErrorKind::NotFound.into()) }
}

/// The form with its files of before made files of its own: each ticked one is copied and named like a new one.
async fn carried(req: &Req, mut sent: Submitted) -> market::Result<Submitted> {
    for file in files::kept(&sent) {
        let copy = match copying::copy(&req.cx, file).await {
            Ok(copy) => copy,
            Err(UploadError::Failed(error)) if error.kind != ErrorKind::NotFound => return Err(error),
            Err(_) => return Err(market::Error::invalid("files", Problem::Rule("file.gone".into()))),
        };
        sent.0.push((composer::FILE.to_owned(), copy.to_string()));
    }
    sent.0.retain(|(name, _)| name != composer::KEEP);
    Ok(sent)
}

/// Where the form stands.
const PATH: &str = "/rfqs/new";

/// A new request.
fn to_new(req: &Req) -> To<'static> {
    To { action: PATH, button: w::send(req.lang()), consent: is_asked(req.person()) }
}

/// One that is written again.
fn to_edit<'a>(req: &Req, action: &'a str, view: &RfqView) -> To<'a> {
    let consent = view.buyer.as_ref().is_none_or(Buyer::asks_consent);
    To { action, button: w::resend(req.lang()), consent }
}

/// The first step; `?fix=1` leads to the second as it was sent to a mistyped address, `?q=` is written into it, `?copy=` leads to the second with what was asked before.
pub async fn show(req: Req, left: Left) -> PageResult {
    if let Some(typed) = left.to_correct(&req, PATH).await? {
        let files = Files::of(&req, &req.cx, Some(&typed), Vec::new()).await?;
        let form = Form::fresh(&req, typed.0);
        let notice = Some((Tone::Info, i::fix_note(req.lang()).to_owned()));
        return Ok(lines_page(&req, StatusCode::OK, to_new(&req), (&form, &files), notice));
    }
    if let Some(old) = copied(&req, &req.query_value(COPY)).await? {
        let form = Form::fresh(&req, form::values(req.lang(), &old.rfq, &old.invited, true));
        let files = Files::copying(&req, None, Some(old)).await?;
        return Ok(lines_page(&req, StatusCode::OK, to_new(&req), (&form, &files), None));
    }
    let text: String = req.query_value("q").chars().take(market::rfqs::parse::TEXT_MAX).collect();
    let form = Form::fresh(&req, vec![("text".to_owned(), text)]);
    Ok(text_page(&req, StatusCode::OK, &form))
}

/// Reads the text, adds a line, or hands in, by what was sent.
pub async fn submit(req: Req, left: Left, body: Request) -> PageResult {
    let lang = req.lang();
    let to = to_new(&req);
    let received = receive::form(&req, &guests::sender(&req.cx), body).await?;
    let (not_taken, sent) = (received.notice().map(|text| (Tone::Bad, text)), received.form);
    if !sent.has(form::LINES) {
        let text = market::text::block(sent.get("text"));
        if text.is_empty() {
            let mut errors = FieldErrors::new();
            errors.add("text", Problem::Required);
            let form = Form::rejected(&req, sent, errors);
            return Ok(text_page(&req, StatusCode::UNPROCESSABLE_ENTITY, &form));
        }
        let form = Form::fresh(&req, form::read(&req, &text));
        let empty = form.value("item-1").is_empty();
        let (tone, words) =
            if empty { (Tone::Warn, w::read_nothing(lang)) } else { (Tone::Info, w::read_text(lang)) };
        let files = Files::of(&req, &req.cx, None, Vec::new()).await?;
        return Ok(lines_page(&req, StatusCode::OK, to, (&form, &files), Some((tone, words.to_owned()))));
    }
    let files = Files::copying(&req, Some(&sent), copied(&req, sent.get(COPY)).await?).await?;
    if sent.has(form::MORE) {
        let form = Form::fresh(&req, form::one_more(&sent));
        return Ok(lines_page(&req, StatusCode::OK, to, (&form, &files), not_taken));
    }
    if not_taken.is_some() {
        let form = Form::rejected(&req, sent, FieldErrors::new());
        return Ok(lines_page(&req, StatusCode::UNPROCESSABLE_ENTITY, to, (&form, &files), not_taken));
    }
    match handed_in(&req, &sent).await {
        Ok(RfqOutcome::Sent(id)) => Ok(page::redirect(&req.href(&format!("/rfqs/{id}?done=sent")))),
        Ok(RfqOutcome::ConfirmationSent) => {
            left.keep(&req, PATH, &sent, page::redirect(&req.href("/rfqs/asked"))).await
        }
        Err(error) => refused(&req, to, (sent, &files), error),
    }
}

async fn handed_in(req: &Req, sent: &Submitted) -> market::Result<RfqOutcome> {
    let idem = sent.idem()?;
    let sent = carried(req, sent.clone()).await?;
    sending::hold(&guests::sender(&req.cx), idem, &files::named(&sent)).await?;
    service::submit(&req.cx, &form::draft(&sent), idem).await
}

/// Where guests look next.
pub async fn show_mail(req: Req, left: Left) -> PageResult {
    let lang = req.lang();
    let typed = left.at(&req, PATH).await?;
    let text = format!("{} {}", w::mail_text(lang), i::check_mail_late(lang));
    let ways = ui::link_button(&req.href("/rfqs"), w::board_all(lang));
    Ok(mail_page(&req, typed.as_ref(), PATH, (w::mail_title(lang), &text), ways))
}

/// A returned request, to be written again.
pub async fn edit(Path(id): Path<String>, req: Req) -> PageResult {
    req.actor().signed_in()?;
    let id = identity(&id)?;
    edit_page(&req, &req.cx, (id, &format!("/rfqs/{id}")), None).await
}

/// The same through the buyer's link.
pub async fn edit_link(Path(token): Path<String>, req: Req) -> PageResult {
    let open = links::open_own(&req.cx, &token).await?;
    edit_page(&req, &open.cx, (open.rfq_id, &format!("/r/{token}")), None).await
}

/// Hands it in again.
pub async fn resubmit(Path(id): Path<String>, req: Req, body: Request) -> PageResult {
    req.actor().signed_in()?;
    let id = identity(&id)?;
    again(&req, &req.cx.clone(), (id, format!("/rfqs/{id}")), body).await
}

/// The same through the buyer's link.
pub async fn resubmit_link(Path(token): Path<String>, req: Req, body: Request) -> PageResult {
    let open = links::open_own(&req.cx, &token).await?;
    again(&req, &open.cx, (open.rfq_id, format!("/r/{token}")), body).await
}

async fn own_draft(cx: &Cx, id: Uuid) -> Result<RfqView, PageError> {
    let view = service::rfq_view(cx, id).await?;
    if view.mine { Ok(view) } else { Err(ErrorKind::NotFound.into()) }
}

type Came = (Submitted, Option<(Tone, String)>);

/// The form to write it again; with what was sent, when it was not taken as it came.
async fn edit_page(req: &Req, cx: &Cx, (id, base): (Uuid, &str), came: Option<Came>) -> PageResult {
    let view = own_draft(cx, id).await?;
    if view.rfq.state != RfqState::Draft {
        return Ok(page::redirect(&req.href(base)));
    }
    let action = format!("{base}/edit");
    let to = to_edit(req, &action, &view);
    let files = Files::of(req, cx, came.as_ref().map(|(sent, _)| sent), view.files).await?;
    let Some((sent, notice)) = came else {
        let form = Form::fresh(req, form::values(req.lang(), &view.rfq, &view.invited, false));
        let notice = crate::rfqs::parts::reason(req, &view.rfq).map(|text| (Tone::Warn, text));
        return Ok(lines_page(req, StatusCode::OK, to, (&form, &files), notice));
    };
    let more = sent.has(form::MORE);
    let form = if more {
        Form::fresh(req, form::one_more(&sent))
    } else {
        Form::rejected(req, sent, FieldErrors::new())
    };
    let status = if more { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(lines_page(req, status, to, (&form, &files), notice))
}

async fn again(req: &Req, cx: &Cx, what: (Uuid, String), body: Request) -> PageResult {
    let (id, base) = what;
    let view = own_draft(cx, id).await?;
    let received = receive::form(req, cx, body).await?;
    let (not_taken, sent) = (received.notice().map(|text| (Tone::Bad, text)), received.form);
    if sent.has(form::MORE) || not_taken.is_some() {
        return edit_page(req, cx, (id, &base), Some((sent, not_taken))).await;
    }
    let keep = files::kept(&sent);
    let result = match sent.idem() {
        Ok(idem) => match sending::hold(cx, idem, &files::named(&sent)).await {
            Ok(()) => service::resubmit(cx, id, &form::draft(&sent), (idem, &keep)).await,
            Err(error) => Err(error),
        },
        Err(error) => Err(error),
    };
    match result {
        Ok(()) => Ok(page::redirect(&req.href(&format!("{base}?done=again")))),
        Err(error) => {
            let action = format!("{base}/edit");
            let to = to_edit(req, &action, &view);
            let files = Files::of(req, cx, Some(&sent), view.files).await?;
            refused(req, to, (sent, &files), error)
        }
    }
}

fn refused(req: &Req, to: To<'_>, (sent, files): (Submitted, &Files), error: market::Error) -> PageResult {
    let refusal = Refusal::of(req.lang(), error)?;
    let form = Form::rejected(req, sent, refusal.errors.clone());
    let notice = refusal.notice.clone().map(|text| (Tone::Bad, text));
    Ok(refusal.tell(lines_page(req, refusal.status, to, (&form, files), notice)))
}

fn text_page(req: &Req, status: StatusCode, form: &Form) -> Response {
    let lang = req.lang();
    let settings = req.cx.settings();
    let content = view! {
        <div class="page-head"><h1>{w::new_title(lang)}</h1><p class="mute">{w::post_text(lang, settings.rfq_days, settings.rfq_answers)}</p></div>
        <p class="small mute mb-3">{w::step_text(lang)}</p>
        {ui::form(lang, form, &req.href("/rfqs/new"), form::text_fields(lang, form))}
    };
    column(req, status, w::new_title(lang), content.into_any())
}

fn lines_page(
    req: &Req,
    status: StatusCode,
    to: To<'_>,
    (form, files): (&Form, &Files),
    notice: Option<(Tone, String)>,
) -> Response {
    let lang = req.lang();
    let fields = form::fields(req, form, files.view(req, form), to);
    let action = req.href(to.action);
    let form = ui::form_with_files(lang, form, &action, fields);
    let content = view! {
        <div class="page-head"><h1>{w::new_title(lang)}</h1></div>
        <p class="small mute mb-3">{w::step_lines(lang)}</p>
        {notice.map(|(tone, text)| ui::notice(tone, text))}
        {form}
    };
    column(req, status, w::new_title(lang), content.into_any())
}
