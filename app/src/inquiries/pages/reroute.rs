//! `POST /inquiries/{id}/others` and `/a/{token}/others`: what got no answer goes to the chosen other vendors with one
//! press; the block of the thread's page from which it is sent.

use axum::extract::Path;
use http::{HeaderValue, StatusCode, header};
use leptos::prelude::*;
use market::accounts::model::ConsentKind;
use market::inquiries::reroute::{self, Others};
use market::inquiries::service::{Alternative, Likeness, ThreadView};
use market::inquiries::{Side, ThreadState};
use market::{ErrorKind, regions};
use uuid::Uuid;

use crate::abuse::parts::too_many;
use crate::accounts::consent::{self, Receivers, is_given};
use crate::context::Req;
use crate::error::{PageError, PageResult};
use crate::form::{Form, IDEM, Submitted};
use crate::i18n::{common, inquiries as w, problems, reroute as r};
use crate::inquiries::place::{Door, Place, message_page};
use crate::page;
use crate::ui;

/// Sends it on, signed in.
pub async fn submit(Path(id): Path<String>, req: Req, sent: Submitted) -> PageResult {
    send(req, Door::Own(id), sent).await
}

/// Sends it on through the buyer's link.
pub async fn submit_link(Path(token): Path<String>, req: Req, sent: Submitted) -> PageResult {
    send(req, Door::Link(token), sent).await
}

async fn send(req: Req, door: Door, sent: Submitted) -> PageResult {
    let place = door.open(&req).await?;
    let view = market::inquiries::service::thread_view(&place.cx, place.thread_id).await?;
    if view.side != Side::Buyer {
        return Err(ErrorKind::NotFound.into());
    }
    let chosen: Vec<Uuid> = sent.all("listing").filter_map(|id| Uuid::parse_str(id).ok()).collect();
    let result = match sent.idem() {
        Ok(idem) => {
            let others = Others { listings: &chosen, agreed: is_given(&sent) };
            reroute::ask_others(&place.cx, place.thread_id, others, idem).await
        }
        Err(error) => Err(error),
    };
    let lang = req.lang();
    let back = ui::primary_link(&place.href(&req, ""), w::back_to_thread(lang));
    let refuse =
        |status, text: &str| message_page(&req, status, w::others_title(lang), text, back.into_any());
    match result {
        Ok(_) => Ok(page::redirect(&place.href(&req, "?done=others"))),
        Err(error) if too_many(lang, &error).is_some() => {
            let (seconds, text) = too_many(lang, &error).unwrap_or_default();
            let mut page = refuse(StatusCode::TOO_MANY_REQUESTS, &text);
            page.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
            Ok(page)
        }
        Err(error) => match error.kind {
            ErrorKind::Invalid(errors) => {
                let other = errors.of(IDEM).or_else(|| errors.of(ConsentKind::ThirdParty.code()));
                let text = match other.filter(|_| errors.of("listing").is_none()) {
                    Some(problem) => problems::problem(lang, problem),
                    None => r::choose(lang).to_owned(),
                };
                Ok(refuse(StatusCode::UNPROCESSABLE_ENTITY, &text))
            }
            ErrorKind::Conflict(_) => Ok(refuse(StatusCode::CONFLICT, r::already(lang))),
            _ => Err(PageError(error)),
        },
    }
}

/// Up to three other vendors with the reason why these; those that fit are chosen: one press asks them the same.
pub fn block(req: &Req, place: &Place, view: &ThreadView) -> Option<AnyView> {
    let lang = req.lang();
    let offered = view.side == Side::Buyer
        && matches!(view.thread.state, ThreadState::Expired | ThreadState::VendorDeclined);
    if !offered || view.thread.withheld_at.is_some() {
        return None;
    }
    // one press is enough: where none fits well, the most alike is chosen
    let items = (0..)
        .zip(&view.alternatives)
        .map(|(at, other)| one(req, other, at == 0 || other.fits()))
        .collect::<Vec<_>>();
    let list = if items.is_empty() {
        let ask = format!("{}?q={}", req.href("/rfqs/new"), page::encode(&view.thread.subject));
        view! { <p>{w::others_none(lang)}</p><p class="line mt-3">{ui::link_button(&req.href("/search"), w::find_products(lang))}{ui::link_button(&ask, crate::i18n::rfqs::post(lang))}</p> }.into_any()
    } else {
        let form = Form::empty(req);
        let consent = view.asks_consent().then(|| consent::to_vendors(lang, &form, Receivers::Chosen));
        let fields = view! {
            <fieldset class="choices"><legend class="vh">{w::others_title(lang)}</legend>{items}</fieldset>
            {consent}
            <button class="btn btn-primary btn-wide mt-4">{r::send(lang)}</button>
        };
        let form = ui::form(lang, &form, &place.href(req, "/others"), fields.into_any());
        view! { <p class="small mute mb-3">{w::others_text(lang)}" "{r::along(lang)}" "{w::told_vendor(lang)}</p>{form} }
            .into_any()
    };
    Some(view! { <section class="sec"><h2>{w::others_title(lang)}</h2>{list}</section> }.into_any())
}

fn one(req: &Req, other: &Alternative, chosen: bool) -> AnyView {
    let lang = req.lang();
    let title = lang.pick(&other.title_ko, &other.title_en).to_owned();
    let record = match other.figures {
        Some(figures) => {
            let time = figures.mean_micros.map(|mean| ui::duration(lang, mean)).unwrap_or_default();
            common::clock_summary(lang, &time, figures.rate_percent)
        }
        None => common::clock_pending(lang).to_owned(),
    };
    let region = regions::find(&other.region).map_or("", |sido| lang.pick(sido.short_ko, sido.name_en));
    let vendor = lang.pick(&other.name_ko, &other.name_en).to_owned();
    let alike = match other.likeness {
        Likeness { of: 0, .. } => r::same_category(lang).to_owned(),
        Likeness { same, of, .. } => r::alike(lang, same, of),
    };
    let why = r::why(lang, &alike, region, &record);
    let (id, value) = (format!("other-{}", other.id), other.id.to_string());
    let href = req.href(&format!("/listings/{}", other.slug));
    view! {
        <label class="check"><input type="checkbox" id=id name="listing" value=value checked=chosen /><span><b>{vendor}</b>" · "{title}<br /><span class="small mute">{why}</span></span></label>
        <p class="small below-check"><a class="link-btn" href=href>{r::see(lang)}</a></p>
    }
    .into_any()
}
