//! `/rfqs`: the public board. Nobody learns here who asks. Cache: private, revalidated.

use leptos::prelude::*;
use market::catalog::taxonomy;
use market::regions;
use market::rfqs::service::{self, Board, BoardFilter, PER_PAGE};

use crate::context::Req;
use crate::error::PageResult;
use crate::form::{Form, Submitted};
use crate::i18n::rfqs as w;
use crate::page::{self, Meta};
use crate::rfqs::{form, parts};
use crate::ui::{self, Field};

/// `?category=&region=&unanswered=&ended=&page=`.
pub async fn show(req: Req) -> PageResult {
    let filter = filter(&req);
    let board = service::board(&req.cx, &filter).await?;
    let lang = req.lang();
    let plain = req.query.is_empty();
    let meta = Meta { noindex: !plain, ..Meta::public(w::title(lang), w::description(lang)) };
    Ok(page::render(&req, meta, view(&req, &filter, &board)))
}

fn filter(req: &Req) -> BoardFilter {
    let value = |name: &str| req.query_value(name);
    BoardFilter {
        category: taxonomy::find(&value("category")).map(|found| found.code.to_owned()),
        region: regions::find(&value("region")).map(|found| found.code.to_owned()),
        unanswered: !value("unanswered").is_empty(),
        ended: !value("ended").is_empty(),
        page: value("page").parse().unwrap_or(1).clamp(1, 10_000),
    }
}

fn view(req: &Req, filter: &BoardFilter, board: &Board) -> AnyView {
    let lang = req.lang();
    let rows = board.rows.iter().map(|rfq| parts::row(req, rfq)).collect::<Vec<_>>();
    let list = if rows.is_empty() {
        ui::empty(
            w::empty_title(lang),
            w::empty_text(lang),
            Some(ui::link_button(&req.href("/rfqs"), w::board_all(lang))),
        )
    } else {
        view! { <ul class="lines">{rows}</ul> }.into_any()
    };
    let pages_in_all = ui::last_page(board.total, PER_PAGE);
    let current = u32::try_from(filter.page).unwrap_or(1);
    let pages = ui::pagination(lang, current, pages_in_all, |page| address(req, filter, page));
    let own = req.person().map(|_| view! { <a href=req.href("/rfqs/mine")>{w::own(lang)}</a> });
    view! {
        <div class="split cols-aside-l">
            <div>
                <div class="sec-head"><h1>{w::title_count(lang, board.total)}</h1>{own}</div>
                {conditions(req, filter)}
                {list}
                {pages}
                <p class="small mt-4"><a href=req.href("/feeds/rfqs.xml")>{w::feed_link(lang)}</a></p>
            </div>
            {post_block(req)}
        </div>
    }
    .into_any()
}

fn address(req: &Req, filter: &BoardFilter, page: u32) -> String {
    let flag = |on: bool, name: &str| if on { format!("&{name}=1") } else { String::new() };
    let text = |value: &Option<String>, name: &str| {
        value.as_deref().map(|v| format!("&{name}={v}")).unwrap_or_default()
    };
    req.href(&format!(
        "/rfqs?page={page}{}{}{}{}",
        text(&filter.category, "category"),
        text(&filter.region, "region"),
        flag(filter.unanswered, "unanswered"),
        flag(filter.ended, "ended")
    ))
}

fn conditions(req: &Req, filter: &BoardFilter) -> AnyView {
    let lang = req.lang();
    let value = |name: &str, value: &Option<String>| (name.to_owned(), value.clone().unwrap_or_default());
    let chosen = Form::fresh(req, vec![value("category", &filter.category), value("region", &filter.region)]);
    let roots = [(String::new(), w::all_categories(lang).to_owned())]
        .into_iter()
        .chain(taxonomy::roots().map(|root| (root.code.to_owned(), root.name(lang).to_owned())))
        .collect();
    view! {
        <form action=req.href("/rfqs") class="filters" aria-label=w::filter_label(lang)>
            {ui::select(lang, &chosen, "category", w::fact_category(lang), roots)}
            {ui::select(lang, &chosen, "region", w::fact_region(lang), form::regions_of(lang, w::all_regions(lang)))}
            <label class="check"><input type="checkbox" name="unanswered" value="1" checked=filter.unanswered /><span>{w::only_unanswered(lang)}</span></label>
            <label class="check"><input type="checkbox" name="ended" value="1" checked=filter.ended /><span>{w::with_ended(lang)}</span></label>
            <button class="btn">{w::filter(lang)}</button>
        </form>
    }
    .into_any()
}

fn post_block(req: &Req) -> AnyView {
    let lang = req.lang();
    let settings = req.cx.settings();
    let blank = Form { values: Submitted::default(), ..Form::empty(req) };
    let field = Field::area("text", w::field_text(lang), 4).hint(w::field_text_hint(lang)).view(lang, &blank);
    let content = view! { {field}<button class="btn btn-primary btn-wide mt-5">{w::next(lang)}</button> };
    view! {
        <aside class="stick block" id="new" aria-labelledby="post">
            <h2 id="post">{w::post_title(lang)}</h2>
            <p class="mute small mt-1 mb-4">{w::post_text(lang, settings.rfq_days, settings.rfq_answers)}</p>
            {ui::form(lang, &blank, &req.href("/rfqs/new"), content.into_any())}
        </aside>
    }
    .into_any()
}
