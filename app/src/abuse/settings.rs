//! `/vendor/blocks` and `/account/blocks`: whom one blocks, and lifting it. Private, never cached.

use http::StatusCode;
use leptos::prelude::*;
use market::ErrorKind;
use market::abuse::blocks::{self, Block};
use uuid::Uuid;

use crate::accounts::pages::frame as account;
use crate::context::Req;
use crate::error::{PageError, PageResult};
use crate::form::{Form, Submitted};
use crate::i18n::abuse as w;
use crate::page::{self, Meta};
use crate::ui::{self, Tone};
use crate::vendors::frame as vendor_frame;

/// Buyers whom the company blocks.
pub async fn vendor(req: Req) -> PageResult {
    let list = blocks::of_vendor(&req.cx, vendor_frame::needed_company(&req)?).await?;
    let lang = req.lang();
    let content =
        content(&req, "/vendor/blocks", w::blocks_vendor_text(lang), list.iter().map(of_buyer).collect());
    let view = vendor_frame::desk(&req, w::blocks_title(lang), content);
    Ok(page::render_status(&req, StatusCode::OK, Meta::private(w::blocks_title(lang)), view))
}

/// Lifts one of the company's blocks.
pub async fn vendor_unblock(req: Req, sent: Submitted) -> PageResult {
    vendor_frame::needed_company(&req)?;
    unblock(&req, &sent, "/vendor/blocks").await
}

/// Vendors whom the person blocks.
pub async fn buyer(req: Req) -> PageResult {
    let list = blocks::of_buyer(&req.cx).await?;
    let lang = req.lang();
    let rows = list
        .iter()
        .map(|block| (block.id, lang.pick(&block.name, &block.company).to_owned(), block.created_at));
    let content = content(&req, "/account/blocks", w::blocks_buyer_text(lang), rows.collect());
    Ok(account::account(&req, StatusCode::OK, w::blocks_title(lang), content))
}

/// Lifts one of one's own blocks.
pub async fn buyer_unblock(req: Req, sent: Submitted) -> PageResult {
    unblock(&req, &sent, "/account/blocks").await
}

async fn unblock(req: &Req, sent: &Submitted, page: &str) -> PageResult {
    req.actor().signed_in()?;
    let id = Uuid::parse_str(sent.get("block")).map_err(|_| PageError::from(ErrorKind::NotFound))?;
    blocks::unblock(&req.cx, id).await?;
    Ok(page::redirect(&req.href(&format!("{page}?done=1"))))
}

type Row = (Uuid, String, market::Timestamp);

fn of_buyer(block: &Block) -> Row {
    let company = if block.company.is_empty() { String::new() } else { format!(" · {}", block.company) };
    (block.id, format!("{}{company}", block.name), block.created_at)
}

fn content(req: &Req, action: &str, text: &'static str, rows: Vec<Row>) -> AnyView {
    let lang = req.lang();
    let done = (!req.query_value("done").is_empty()).then(|| ui::notice(Tone::Good, w::unblocked(lang)));
    let items = rows
        .into_iter()
        .map(|(id, name, since)| {
            let button = view! {
                <input type="hidden" name="block" value=id.to_string() />
                <button class="btn btn-s" aria-label=w::unblock_of(lang, &name)>{w::unblock_it(lang)}</button>
            };
            view! {
                <li class="line between">
                    <span class="grow">{name}<br /><span class="small mute">{w::blocks_since(lang, &ui::date(lang, since))}</span></span>
                    {ui::form(lang, &Form::empty(req), &req.href(action), button.into_any())}
                </li>
            }
        })
        .collect::<Vec<_>>();
    let list = if items.is_empty() {
        view! { <p class="mute">{w::blocks_none(lang)}</p> }.into_any()
    } else {
        view! { <ul class="lines">{items}</ul> }.into_any()
    };
    view! { {done}<p class="mute mb-4">{text}</p>{list} }.into_any()
}
