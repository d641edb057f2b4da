//! Results as a table of specifications, made for comparing, from which several products are put into the basket at once.

use std::fmt::Write as _;
use std::sync::{Arc, LazyLock};

use leptos::prelude::*;
use leptos::tachys::html::InertElement;
use market::Lang;
use market::catalog::SpecRow;
use market::catalog::browse::{Card, ListingCard};
use market::catalog::columns::{self, Cell, Grid};
use market::memo::Memo;
use market::search::service::ResultsPage;
use uuid::Uuid;

use super::guide;
use super::state::ResultsState;
use crate::basket::pages::collect::SEVERAL;
use crate::basket::told::{self, PICK};
use crate::context::{Req, href};
use crate::i18n::{basket as b, josa, search as s};
use crate::page::escape;
use crate::ui::{self, tongue};

/// Widest value that is kept on one line, in Latin letters: on a telephone, the first column fits beside the product.
const SHORT: usize = 14;

/// The table in its own named box, and the bar below it.
pub fn table(req: &Req, state: &ResultsState, found: &ResultsPage) -> AnyView {
    let lang = req.lang();
    let specs: Vec<&[SpecRow]> = found.cards.iter().map(|card| card.specs.as_slice()).collect();
    let grid = columns::grid(&specs, lang);
    // where all of them are inside already, there is nothing to tick
    let bar = found.cards.iter().any(|card| !req.collected().contains(&card.id)).then(|| {
        view! { <div class="bulk"><p>{b::picks(lang)}</p><button class="btn" name=SEVERAL value="1">{b::picks_add(lang)}</button></div> }
    });
    view! {
        <p class="phone-only no-print small mute mb-2">{further(lang, &grid.names)}</p>
        <form method="post" action=req.href("/basket/add")>
            <input type="hidden" name="next" value=told::here(req) />
            <div class="scroll" tabindex="0" role="region" aria-label=s::table_region(lang)>{whole(req, state, found, &grid)}</div>
            {bar}
        </form>
    }
    .into_any()
}

/// What a phone shows only when the table is pushed aside.
fn further(lang: Lang, names: &[&str]) -> String {
    let mut further: Vec<&str> = names.iter().skip(1).copied().collect();
    further.extend([s::least_order(lang), s::lead_time(lang), s::price_range(lang), s::column_answers(lang)]);
    let names = further.join(", ");
    s::table_more(lang, &if lang == Lang::Ko { josa(&names, "이", "가") } else { names })
}

fn whole(req: &Req, state: &ResultsState, found: &ResultsPage, grid: &Grid<'_>) -> InertElement {
    let lang = req.lang();
    let mut out = String::with_capacity(24 * 1024);
    let name = if state.q.is_empty() { s::table_all(lang).into() } else { s::table_of(lang, &state.q) };
    let _ = write!(out, "<table class=\"spec grid\"><caption class=\"vh\">{}</caption>", escape(&name));
    head(&mut out, lang, &grid.names);
    out.push_str("<tbody>");
    let ticked = told::ticked(req);
    for (shown, cells) in guide::opened_rows(req, state, found).zip(&grid.cells) {
        row(&mut out, req, shown, (cells, &ticked));
    }
    out.push_str("</tbody></table>");
    InertElement::new(out)
}

fn head(out: &mut String, lang: Lang, names: &[&str]) {
    out.push_str("<thead><tr><td></td>");
    let _ = write!(out, "<th scope=\"col\">{}</th>", s::column_product(lang));
    for name in names {
        let _ = write!(out, "<th scope=\"col\"{}>{}</th>", spoken(lang, name), escape(name));
    }
    let terms =
        [("", s::least_order(lang)), ("", s::lead_time(lang)), (" class=\"num\"", s::price_range(lang))];
    for (class, name) in terms.into_iter().chain([("", s::column_answers(lang))]) {
        let _ = write!(out, "<th scope=\"col\"{class}>{name}</th>");
    }
    out.push_str("</tr></thead>");
}

/// The attribute that tells in which language somebody typed.
fn spoken(lang: Lang, typed: &str) -> String {
    tongue(lang, typed).map(|code| format!(" lang=\"{code}\"")).unwrap_or_default()
}

type Shown<'a> = (&'a Card, Option<String>, Option<AnyView>);

fn row(
    out: &mut String,
    req: &Req,
    (card, told, line): Shown<'_>,
    (cells, ticked): (&[Option<Cell<'_>>], &[Uuid]),
) {
    let lang = req.lang();
    let inside = req.collected().contains(&card.id);
    let parts = parts((lang, inside), card, req.cx.settings().stats_min_threads);
    out.push_str(&parts.before);
    if !inside && ticked.contains(&card.id) {
        out.push_str(" checked");
    }
    out.push_str(&parts.boxed);
    if let Some(told) = told {
        let _ = write!(out, " ping=\"{}\"", escape(&told));
    }
    out.push_str(&parts.name);
    if let Some(line) = line {
        out.push_str(&line.to_html());
    }
    out.push_str("</th>");
    for cell in cells {
        spec(out, lang, cell.as_ref());
    }
    out.push_str(&parts.terms);
}

/// A value; what a listing does not state stays empty.
fn spec(out: &mut String, lang: Lang, cell: Option<&Cell<'_>>) {
    let Some(cell) = cell else { return out.push_str("<td></td>") };
    let value = ui::spec_value(lang, cell.value, cell.unit);
    let width: usize = value.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    let class = if width <= SHORT { "nb" } else { "wordy" };
    let _ = write!(out, "<td class=\"{class}\"{}>{}</td>", spoken(lang, &value), escape(&value));
}

/// A row but for what depends on the question: HTML around the places for that.
struct Parts {
    card: Card,
    least: i64,
    /// Until the box, whose attributes are open; the whole first cell for what lies in the basket.
    before: String,
    /// Until the link of the name, whose attributes are open.
    boxed: String,
    /// The name, who makes it, and whether it lies in the basket.
    name: String,
    /// Order, delivery, price and how its maker answers.
    terms: String,
}

/// By listing, language, and whether it lies in the basket.
type Remembered = Memo<(Uuid, (Lang, bool)), Arc<Parts>>;

/// As in a list, what is said of a card is made again only when the card differs in anything.
static PARTS: LazyLock<Remembered> = LazyLock::new(|| Memo::new(512));

fn parts(how: (Lang, bool), card: &Card, least: i64) -> Arc<Parts> {
    let same =
        |known: &Arc<Parts>| known.least == least && (Arc::ptr_eq(&known.card, card) || known.card == *card);
    PARTS.get((card.id, how), same, || Arc::new(make_parts(how, card, least)))
}

fn make_parts((lang, inside): (Lang, bool), card: &Card, least: i64) -> Parts {
    let title = card.title(lang);
    let start = format!("<tr id=\"{}\"><td>", ui::anchor(card.id));
    let (before, label) = if inside {
        (start, String::new())
    } else {
        let input =
            format!("<label class=\"check\"><input type=\"checkbox\" name=\"{PICK}\" value=\"{}\"", card.id);
        (start + &input, format!("><span class=\"vh\">{}</span></label>", escape(&b::pick_this(lang, title))))
    };
    let address = href(lang, &format!("/listings/{}", card.slug));
    let boxed = format!("{label}</td><th scope=\"row\"><a href=\"{}\"", escape(&address));
    let mark = if inside { format!("<br>{}", ui::inside_link(lang).to_html()) } else { String::new() };
    let by = escape(&ui::by(lang, &card.vendor));
    Parts {
        card: Arc::clone(card),
        least,
        before,
        boxed,
        name: format!(
            "{}>{}</a><br><span class=\"mute small\">{by}</span>{mark}",
            spoken(lang, title),
            escape(title)
        ),
        terms: terms(lang, card, least),
    }
}

fn terms(lang: Lang, card: &ListingCard, least: i64) -> String {
    let order = card.moq.map(|moq| ui::quantity(lang, moq, &card.unit)).unwrap_or_default();
    let lead = card.lead_time_days.map(|days| s::lead_days(lang, days)).unwrap_or_default();
    let price = ui::price_cell(lang, &card.price, &card.unit).to_html();
    let answers = ui::answers_cell(lang, card.vendor.rests_until, &card.vendor.record, least).to_html();
    let order = escape(&order);
    format!(
        "<td class=\"nb\">{order}</td><td class=\"nb\">{lead}</td><td class=\"num\">{price}</td><td>{answers}</td></tr>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_of_a_phone_names_the_columns_that_are_there() {
        assert_eq!(
            further(Lang::Ko, &["호칭", "재질"]),
            "표를 옆으로 밀면 재질, 최소 수량, 납기, 단가, 응답이 나와요."
        );
        assert_eq!(further(Lang::Ko, &[]), "표를 옆으로 밀면 최소 수량, 납기, 단가, 응답이 나와요.");
        assert_eq!(
            further(Lang::En, &["Size", "Material"]),
            "Swipe the table sideways to see: Material, Minimum order, Lead time, Unit price, Answers."
        );
    }

    #[test]
    fn what_is_not_stated_is_an_empty_cell_and_what_is_typed_is_text() {
        let mut out = String::new();
        spec(&mut out, Lang::Ko, None);
        spec(&mut out, Lang::Ko, Some(&Cell { value: "<b>M8", unit: "mm" }));
        spec(
            &mut out,
            Lang::En,
            Some(&Cell { value: "아주 긴 값이라서 한 줄에 다 들어가지 않는 것", unit: "" }),
        );
        assert_eq!(
            out,
            "<td></td><td class=\"nb\">&lt;b&gt;M8 mm</td>\
             <td class=\"wordy\" lang=\"ko\">아주 긴 값이라서 한 줄에 다 들어가지 않는 것</td>"
        );
    }
}
