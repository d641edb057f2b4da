//! The form of a request: what was typed, the values of a fresh one, the fields.

use leptos::prelude::*;
use market::Lang;
use market::catalog::taxonomy;
use market::regions;
use market::rfqs::parse::{self, MOST_LINES, TEXT_MAX, units};
use market::rfqs::store::{Invited, Rfq};
use market::rfqs::{RequestLine, RfqDraft, Visibility, contact};

use crate::accounts::consent::{self, Receivers, is_given};
use crate::context::Req;
use crate::form::{Form, IDEM, Submitted};
use crate::i18n::rfqs as w;
use crate::inquiries::form::{TRAP, guest_fields, trap};
use crate::ui::{self, Field, Tone};

/// Name of the button that adds a line.
pub const MORE: &str = "more";
/// Name of the hidden field with the number of lines; it also says that the second step was sent.
pub const LINES: &str = "lines";
const OF_LINE: [&str; 5] = ["item", "grade", "dimension", "quantity", "unit"];

fn count(sent: &Submitted) -> usize {
    sent.get(LINES).parse::<usize>().unwrap_or(1).clamp(1, MOST_LINES)
}

/// What was typed in the second step.
pub fn draft(sent: &Submitted) -> RfqDraft {
    let lines = (1..=count(sent))
        .map(|number| {
            let field = |name: &str| sent.text(&format!("{name}-{number}"));
            let unit = field("unit");
            let line = RequestLine {
                item: field("item"),
                quantity: field("quantity"),
                unit: String::new(),
                grade: field("grade"),
                dimension: field("dimension"),
            };
            // a unit alone is no line
            if line.is_empty() { line } else { RequestLine { unit, ..line } }
        })
        .collect();
    RfqDraft {
        title: sent.text("title"),
        body: sent.text("body"),
        lines,
        due: sent.text("due"),
        place: sent.text("place"),
        region: sent.text("region"),
        category: sent.text("category"),
        visibility: sent.text("visibility"),
        invited: sent.text("invited"),
        email: sent.text("email"),
        name: sent.text("name"),
        company: sent.text("company"),
        country: sent.text("country"),
        agreed: is_given(sent),
        trap: sent.text(TRAP),
    }
}

/// What was typed, with room for one more line.
pub fn one_more(sent: &Submitted) -> Vec<(String, String)> {
    let lines = (count(sent) + 1).min(MOST_LINES);
    let kept = sent.0.iter().filter(|(key, _)| key != LINES && key != MORE && key != IDEM);
    kept.cloned().chain([(LINES.to_owned(), lines.to_string())]).collect()
}

/// Values of the second step, read out of the text of the first.
pub fn read(req: &Req, text: &str) -> Vec<(String, String)> {
    let today = market::calendar::seoul_date(req.cx.now().0);
    let request = parse::parse(text, today);
    let lang = req.lang();
    let title = match request.lines.as_slice() {
        [] => text.lines().next().unwrap_or_default().chars().take(100).collect(),
        [first, ..] => first.words(lang),
    };
    let region = province(&request.place).unwrap_or_default();
    let words = request.lines.first().map_or(text, |line| line.item.as_str());
    let category = guess(words).first().map_or("", |found| found.code);
    let mut values = of_lines(&request.lines);
    let mut put = |name: &str, value: &str| values.push((name.to_owned(), value.to_owned()));
    put("title", &title.chars().take(100).collect::<String>());
    put("body", text.trim());
    put("due", &request.due.map(|day| day.to_string()).unwrap_or_default());
    put("place", &request.place);
    put("region", region);
    put("category", category);
    put("visibility", Visibility::Public.code());
    values
}

/// Code of the province that a place lies in: `안산`, `부산 사하구`, `Busan`.
fn province(place: &str) -> Option<&'static str> {
    let city =
        |word: &str| ["", "시", "군"].iter().find_map(|kind| regions::normalise(&format!("{word}{kind}")));
    let found = regions::normalise(place).or_else(|| place.split([' ', ',']).find_map(city));
    found.map(|sido| sido.code)
}

/// Categories whose names fit the words of an item.
fn guess(words: &str) -> Vec<&'static taxonomy::Category> {
    let mut found = taxonomy::search(words);
    for word in words.split_whitespace().rev().take(4) {
        found.extend(taxonomy::search(word));
    }
    found
}

fn of_lines(lines: &[RequestLine]) -> Vec<(String, String)> {
    let mut values = vec![(LINES.to_owned(), lines.len().max(1).to_string())];
    for (number, line) in (1..).zip(lines) {
        let texts = [&line.item, &line.grade, &line.dimension, &line.quantity, &line.unit];
        values.extend(
            OF_LINE.iter().zip(texts).map(|(name, value)| (format!("{name}-{number}"), value.clone())),
        );
    }
    values
}

/// Values of the second step from a request: to write it again, or to copy it.
pub fn values(lang: Lang, rfq: &Rfq, invited: &[Invited], copy: bool) -> Vec<(String, String)> {
    let mut values = of_lines(&rfq.lines);
    let due = rfq.due.filter(|_| !copy).map(|day| day.to_string()).unwrap_or_default();
    // the name for people, the address for what must not be mistaken
    let invited: Vec<String> = invited
        .iter()
        .map(|one| format!("{} /vendors/{}", lang.pick(&one.name_ko, &one.name_en), one.slug))
        .collect();
    let texts = [
        ("title", rfq.title.clone()),
        ("body", rfq.body.clone()),
        ("due", due),
        ("place", rfq.place.clone()),
        ("region", rfq.region.clone()),
        ("category", rfq.category.clone()),
        ("visibility", rfq.visibility.code().to_owned()),
        ("invited", invited.join("\n")),
    ];
    values.extend(texts.map(|(name, value)| (name.to_owned(), value)));
    values
}

/// The first step: one text.
pub fn text_fields(lang: Lang, form: &Form) -> AnyView {
    view! {
        {Field::area("text", w::field_text(lang), 6).hint(w::field_text_hint(lang)).max(TEXT_MAX).view(lang, form)}
        <button class="btn btn-primary btn-wide btn-big mt-5">{w::next(lang)}</button>
    }
    .into_any()
}

/// Where a form goes, what its button says, and whether it asks that vendors may learn who asks.
#[derive(Clone, Copy, Debug)]
pub struct To<'a> {
    /// Path without language.
    pub action: &'a str,
    /// Words of the button.
    pub button: &'static str,
    /// Whether consent is missing.
    pub consent: bool,
}

/// The second step: lines to confirm, `files` and everything else.
pub fn fields(req: &Req, form: &Form, files: AnyView, to: To<'_>) -> AnyView {
    let button = to.button;
    let lang = req.lang();
    let lines = count(&form.values);
    let groups = (1..=lines).map(|number| line(lang, number, form)).collect::<Vec<_>>();
    let visible =
        Visibility::ALL.iter().map(|one| (one.code().to_owned(), w::visibility(lang, *one).to_owned()));
    view! {
        {ui::on_enter("send", "1", button)}
        <input type="hidden" name=LINES value=lines.to_string() />
        {groups}
        {(lines < MOST_LINES).then(|| view! { <p class="mt-4"><button class="btn btn-s" name=MORE value="1">{w::more(lang)}</button></p> })}
        {Field::text("title", w::field_title(lang)).hint(w::field_title_hint(lang)).view(lang, form)}
        {ui::select(lang, form, "category", w::field_category(lang), categories(lang, w::choose(lang)))}
        <div class="split cols-half tight">
            {Field::date("due", w::field_due(lang)).optional().view(lang, form)}
            {Field::text("place", w::field_place(lang)).optional().view(lang, form)}
        </div>
        {ui::select(lang, form, "region", w::field_region(lang), regions_of(lang, w::no_region(lang)))}
        {contact(lang, form)}
        {Field::area("body", w::field_body(lang), 5).hint(w::field_body_hint(lang)).optional().max(TEXT_MAX).view(lang, form)}
        {files}
        {ui::choices(lang, form, "visibility", w::field_visibility(lang), visible.collect())}
        <div class="when-invited">{Field::area("invited", w::field_invited(lang), 3).hint(w::field_invited_hint(lang)).view(lang, form)}</div>
        {req.person().is_none().then(|| guest_fields(lang, form))}
        {to.consent.then(|| consent::to_vendors(lang, form, Receivers::Answering))}
        {trap(lang)}
        <p class="small mute mt-4">{w::send_hint(lang)}</p>
        <button class="btn btn-primary btn-wide btn-big mt-2" name="send" value="1">{button}</button>
    }
    .into_any()
}

/// A word of warning where a contact stands in what was typed.
fn contact(lang: Lang, form: &Form) -> Option<AnyView> {
    let typed = draft(&form.values);
    let public = contact::in_public(&typed.title, &typed.lines);
    if public {
        return Some(ui::notice(Tone::Warn, w::contact_public(lang)));
    }
    (contact::is_in(&typed.body) || contact::is_in(&typed.place))
        .then(|| ui::notice(Tone::Info, w::contact_body(lang)))
}

fn line(lang: Lang, number: usize, form: &Form) -> AnyView {
    let name = |field: &str| format!("{field}-{number}");
    let (item, grade, dimension) = (name("item"), name("grade"), name("dimension"));
    let (quantity, unit) = (name("quantity"), name("unit"));
    let none = [(String::new(), w::no_unit(lang).to_owned())];
    let units = none
        .into_iter()
        .chain(units::all().map(|(code, ko, en)| (code.to_owned(), lang.pick(ko, en).to_owned())))
        .collect();
    let form = &form.within(w::line_title(lang, number));
    view! {
        <fieldset class="mt-4"><legend class="t-l"><b>{w::line_title(lang, number)}</b></legend>
            {Field::text(&item, w::field_item(lang)).view(lang, form)}
            <div class="split cols-half tight">
                {Field::number(&quantity, w::field_quantity(lang)).optional().view(lang, form)}
                {ui::select(lang, form, &unit, w::field_unit(lang), units)}
                {Field::text(&grade, w::field_grade(lang)).optional().view(lang, form)}
                {Field::text(&dimension, w::field_dimension(lang)).optional().view(lang, form)}
            </div>
        </fieldset>
    }
    .into_any()
}

/// Every category with the one above it, `first` for none.
pub fn categories(lang: Lang, first: &str) -> Vec<(String, String)> {
    let named = taxonomy::all().iter().map(|category| {
        let above: Vec<&str> = taxonomy::ancestors(category.code).iter().map(|one| one.name(lang)).collect();
        let name = if above.is_empty() {
            category.name(lang).to_owned()
        } else {
            format!("{} › {}", above.join(" › "), category.name(lang))
        };
        (category.code.to_owned(), name)
    });
    [(String::new(), first.to_owned())].into_iter().chain(named).collect()
}

/// Every province, `first` for none.
pub fn regions_of(lang: Lang, first: &str) -> Vec<(String, String)> {
    let named = regions::all()
        .iter()
        .map(|sido| (sido.code.to_owned(), lang.pick(sido.short_ko, sido.name_en).to_owned()));
    [(String::new(), first.to_owned())].into_iter().chain(named).collect()
}
