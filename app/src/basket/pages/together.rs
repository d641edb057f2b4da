//! `/together/{id}` and `/b/{token}`: the threads of one form side by side. Opening changes nothing. Never cached.

use axum::extract::Path;
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use market::ErrorKind;
use market::inquiries::quote::Asked;
use market::inquiries::together::{self, BatchThread, BatchView};
use market::inquiries::{Side, ThreadState};
use market::tables::rates::{Rate, newest_rates};
use uuid::Uuid;

use crate::basket::grid;
use crate::context::Req;
use crate::error::{PageError, PageResult};
use crate::i18n::{basket as w, inquiries as i, rfqs as r};
use crate::inquiries::parts::standing;
use crate::inquiries::place::{closed_link, wide};
use crate::ui::{self, Tone};

/// Of the signed-in person.
pub async fn show(Path(id): Path<String>, req: Req) -> PageResult {
    let id = Uuid::parse_str(&id).map_err(|_| PageError::from(ErrorKind::NotFound))?;
    let view = together::batch_view(&req.cx, id).await?;
    let rates = newest_rates(&mut req.cx.read().await?).await?;
    Ok(together_page(&req, &view, &rates, None))
}

/// Through the link of a mail.
pub async fn show_link(Path(token): Path<String>, req: Req) -> PageResult {
    match together::open_batch(&req.cx, &token).await {
        Ok(view) => {
            let req = req.on_clock(&view.zone);
            let rates = newest_rates(&mut req.cx.read().await?).await?;
            Ok(together_page(&req, &view, &rates, Some(&token)))
        }
        Err(error) if error.kind == ErrorKind::Gone => {
            Ok(closed_link(&req, market::inquiries::links::LinkStanding::Expired))
        }
        Err(error) => Err(PageError(error)),
    }
}

/// The quotes as a table for spreadsheets.
pub async fn table(Path(id): Path<String>, req: Req) -> PageResult {
    let id = Uuid::parse_str(&id).map_err(|_| PageError::from(ErrorKind::NotFound))?;
    Ok(grid::csv(&req, &together::batch_view(&req.cx, id).await?))
}

/// The same through the link of a mail.
pub async fn table_link(Path(token): Path<String>, req: Req) -> PageResult {
    Ok(grid::csv(&req, &together::open_batch(&req.cx, &token).await?))
}

/// The quotes as a workbook.
pub async fn workbook(Path(id): Path<String>, req: Req) -> PageResult {
    let id = Uuid::parse_str(&id).map_err(|_| PageError::from(ErrorKind::NotFound))?;
    Ok(grid::xlsx(&req, &together::batch_view(&req.cx, id).await?))
}

/// The same through the link of a mail.
pub async fn workbook_link(Path(token): Path<String>, req: Req) -> PageResult {
    Ok(grid::xlsx(&req, &together::open_batch(&req.cx, &token).await?))
}

fn together_page(req: &Req, view: &BatchView, rates: &[Rate], token: Option<&str>) -> Response {
    let lang = req.lang();
    let done = (req.query_value("done") == "sent").then(|| {
        let text = format!("{}. {}", w::sent_title(lang, view.threads.len()), w::sent_text(lang));
        ui::notice(Tone::Good, text)
    });
    let bases: Vec<String> = (1..)
        .zip(&view.threads)
        .map(|(number, thread)| match token {
            Some(token) => format!("/a/{token}.{number}"),
            None => format!("/inquiries/{}", thread.id),
        })
        .collect();
    let rows = view
        .threads
        .iter()
        .zip(&bases)
        .map(|(thread, base)| row(req, thread, &req.href(base)))
        .collect::<Vec<_>>();
    let quoted: Vec<grid::Quoted> = view
        .threads
        .iter()
        .zip(&bases)
        .filter_map(|(thread, base)| Some(grid::Quoted { thread, quote: thread.quote.as_ref()?, base }))
        .collect();
    let several = view.threads.iter().any(|thread| thread.lines.len() > 1);
    let asked =
        Asked::of(view.threads.iter().flat_map(|thread| &thread.lines).map(|line| &*line.quantity), several);
    // with nothing left to wait for, the page still leads on
    let over = view.threads.iter().all(|one| !one.state.is_open() && one.state != ThreadState::Accepted);
    let on = over.then(|| {
        let (search, post) = (req.href("/search"), req.href("/rfqs/new"));
        view! {
            <section class="sec"><h2>{w::together_over(lang)}</h2><p class="mt-2">{w::together_over_text(lang)}</p>
                <p class="line mt-4">{ui::primary_link(&post, r::post(lang))} {ui::link_button(&search, i::find_products(lang))}</p>
            </section>
        }
    });
    let export = token.map_or_else(|| format!("/together/{}", view.id), |token| format!("/b/{token}"));
    let export = req.href(&format!("{export}/quotes"));
    let content = view! {
        {done}
        <div class="page-head"><h1>{w::together_title(lang)}</h1><p class="mute">{w::together_asked(lang, &ui::date_time_in(lang, &req.cx.zone, view.created_at))}</p></div>
        {on}
        {grid::view(req, &quoted, asked, rates, &export)}
        <section class="sec"><h2 class="mb-3">{w::vendors(lang)}</h2><ul class="lines">{rows}</ul></section>
    };
    wide(req, StatusCode::OK, w::together_title(lang), content.into_any())
}

/// A thread with its standing, as a row.
pub(crate) fn row(req: &Req, thread: &BatchThread, href: &str) -> AnyView {
    let lang = req.lang();
    let now = req.cx.now();
    let vendor = lang.pick(&thread.name_ko, &thread.name_en).to_owned();
    // those asked instead of somebody else have no lines of their own
    let subject = thread.lines.is_empty().then(|| thread.subject.clone());
    let items: Vec<String> =
        thread.lines.iter().map(|line| format!("{} {}", line.title, line.quantity)).collect();
    view! {
        <li>
            <div class="line between">
                <span class="grow"><a class="main-link" href=href.to_owned()>{vendor}</a><br /><span class="small mute">{subject.unwrap_or_else(|| items.join(" · "))}</span></span>
                {standing(lang, &req.cx.zone, (thread.state, Side::Buyer, thread.due_at), now)}
            </div>
        </li>
    }
    .into_any()
}
