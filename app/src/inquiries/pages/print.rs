//! `/inquiries/{id}/print` and `/a/{token}/print`: the newest quote as a paper that a buying department files.
//! Never cached.

use axum::extract::Path;
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use market::inquiries::links::LinkStanding;
use market::inquiries::quote::{Quote, QuoteLine};
use market::inquiries::service::{self, ThreadView};
use market::inquiries::store::Message;
use market::{ErrorKind, Timestamp};
use uuid::Uuid;

use crate::catalog::pages::{address, person, written};
use crate::context::Req;
use crate::error::{PageError, PageResult};
use crate::i18n::{inquiries as w, quotes as q};
use crate::inquiries::place::{Door, Place, closed_link, column};
use crate::inquiries::quote_view;
use crate::ui;

/// For whoever is signed in.
pub async fn show(Path(id): Path<String>, req: Req) -> PageResult {
    paper(req, Door::Own(id)).await
}

/// Through the link of a mail.
pub async fn show_link(Path(token): Path<String>, req: Req) -> PageResult {
    paper(req, Door::Link(token)).await
}

async fn paper(req: Req, door: Door) -> PageResult {
    let place = door.open(&req).await?;
    if place.standing != LinkStanding::Works {
        return Ok(closed_link(&req, place.standing));
    }
    let view = service::thread_view(&place.cx, place.thread_id).await?;
    let newest = view.quotes.first().and_then(|message| message.quote.as_ref().map(|q| (message, q)));
    let Some((message, quote)) = newest else { return Err(PageError::from(ErrorKind::NotFound)) };
    Ok(paper_page(&req, &place, &view, (message, quote)))
}

fn paper_page(req: &Req, place: &Place, view: &ThreadView, what: (&Message, &Quote)) -> Response {
    let lang = req.lang();
    let (message, quote) = what;
    let title = q::paper_title(lang);
    let number = number(view.thread.id, message.created_at, quote.version);
    let around = &view.around;
    let names = [around.buyer_company.as_deref(), Some(around.buyer_name.as_str())];
    let names: Vec<&str> = names.into_iter().flatten().filter(|name| !name.is_empty()).collect();
    let buyer = q::paper_addressee(lang, &names.join(" · "));
    let contact = format!("{} · {}", around.phone, around.vendor_email);
    let note = (!message.body.is_empty())
        .then(|| view! { <section class="sec"><h2>{q::paper_note(lang)}</h2><p class="letter">{message.body.clone()}</p></section> });
    let content = view! {
        <p class="small mute no-print"><a class="link-btn" href=place.href(req, "")>{w::back_to_thread(lang)}</a>" · "{q::paper_hint(lang)}</p>
        <h1 class="mt-3">{title}</h1>
        <p class="mute">{q::paper_number(lang, &number)}" · "{w::quote_version(lang, quote.version)}</p>
        <dl class="kv mt-4">
            <dt>{q::paper_subject(lang)}</dt><dd>{view.thread.subject.clone()}</dd>
            <dt>{q::paper_to(lang)}</dt><dd>{buyer}</dd>
            <dt>{q::paper_date(lang)}</dt><dd>{ui::date(lang, message.created_at)}</dd>
            <dt>{q::paper_from(lang)}</dt><dd>{lang.pick(&around.name_ko, &around.name_en).to_owned()}</dd>
            <dt>{q::paper_business_number(lang)}</dt><dd>{written(&around.business_number)}</dd>
            <dt>{q::paper_representative(lang)}</dt><dd>{person(lang, &around.representative)}</dd>
            <dt>{q::paper_address(lang)}</dt><dd>{address(lang, &around.address)}</dd>
            <dt>{q::paper_contact(lang)}</dt><dd class="long">{contact}</dd>
        </dl>
        {lines(req, view, quote)}
        {terms(req, quote)}
        {note}
    };
    column(req, StatusCode::OK, title, content.into_any())
}

/// The number of a quote's paper, short enough to be read out: its day, four figures of the inquiry, its version.
fn number(thread: Uuid, sent: Timestamp, version: i64) -> String {
    let day = sent.to_seoul();
    let own = thread.as_u128() % 10_000;
    format!("{:02}{:02}{:02}-{own:04}-{version}", day.year() % 100, u8::from(day.month()), day.day())
}

fn lines(req: &Req, view: &ThreadView, quote: &Quote) -> AnyView {
    let lang = req.lang();
    let rows = quote.lines.iter().map(|line| row(lang, view, quote, line)).collect::<Vec<_>>();
    let totals = quote.totals().map(|totals| {
        let sum = |name: &'static str, money: market::Money| {
            view! { <tr><th scope="row" colspan="3">{name}</th><td class="num">{ui::amount(lang, &money.amount(), quote.currency, "")}</td></tr> }
        };
        view! { <tfoot>{sum(q::net(lang), totals.net)}{sum(q::tax(lang), totals.vat)}{sum(q::gross(lang), totals.gross)}</tfoot> }
    });
    view! {
        <table class="spec mt-5"><thead><tr><th scope="col">{q::field_item(lang)}</th><th scope="col" class="num">{q::quantity(lang)}</th><th scope="col" class="num">{q::unit_price(lang)}</th><th scope="col" class="num">{q::amount(lang)}</th></tr></thead>
            <tbody>{rows}</tbody>{totals}
        </table>
    }
    .into_any()
}

fn row(lang: market::Lang, view: &ThreadView, quote: &Quote, line: &QuoteLine) -> AnyView {
    let item = if line.item.is_empty() { view.thread.subject.clone() } else { line.item.clone() };
    let total = line.total(quote.currency).map(market::Money::amount).unwrap_or_default();
    view! {
        <tr>
            <td>{item}</td>
            <td class="num">{quote_view::counted(lang, line).unwrap_or_default()}</td>
            <td class="num">{line.unit_price().amount(quote.currency)}</td>
            <td class="num">{total}</td>
        </tr>
    }
    .into_any()
}

fn terms(req: &Req, quote: &Quote) -> AnyView {
    let lang = req.lang();
    let fact = |name: &'static str, value: String| {
        (!value.is_empty()).then(|| view! { <dt>{name}</dt><dd>{value}</dd> })
    };
    view! {
        <dl class="kv mt-4">
            {fact(w::quote_currency(lang), q::currency(lang, quote.currency))}
            {fact(w::quote_vat(lang), q::vat(lang, quote.vat).to_owned())}
            {fact(w::quote_lead_fact(lang), w::quote_lead_days(lang, quote.lead_time_days))}
            {fact(w::quote_valid_fact(lang), ui::date(lang, quote.valid_until))}
            {fact(q::delivery(lang), quote_view::delivery(quote))}
            {fact(q::payment(lang), quote.payment.clone())}
            {fact(q::sample(lang), quote.sample.clone())}
        </dl>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_papers_can_be_read_out() {
        let sent = Timestamp(1_795_482_000_000_000);
        assert_eq!(number(Uuid::from_u128(123_456_789), sent, 2), "261124-6789-2");
        assert_eq!(number(Uuid::from_u128(30_007), sent, 11), "261124-0007-11");
    }
}
