//! `/desk/rates` and `/desk/calendar`: tables kept by hand. Private, never cached.

use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use market::accounts::access::{Object, Verb, demand};
use market::calendar::{self, DAY_NAME_MAX, HolidayKind};
use market::tables::days::{declared_days, import_days};
use market::tables::rates::{RateDraft, SOURCE_MAX, list_rates, set_rate};
use market::{Currency, ErrorKind, FieldErrors, Problem};

use crate::context::Req;
use crate::curation::frame;
use crate::error::{PageError, PageResult};
use crate::form::{Form, Submitted, invalid_or};
use crate::i18n::tables as t;
use crate::page;
use crate::ui::{self, Field, Tone, notice};

/// The rates.
pub async fn rates(req: Req) -> PageResult {
    let today = calendar::seoul_date(req.cx.now().0).to_string();
    let form = Form::fresh(&req, vec![("as_of".to_owned(), today)]);
    rates_page(&req, StatusCode::OK, &form).await
}

/// Keeps a rate.
pub async fn keep_rate(req: Req, sent: Submitted) -> PageResult {
    let draft = RateDraft {
        currency: sent.text("currency"),
        as_of: sent.text("as_of"),
        won: sent.text("won"),
        source: sent.text("source"),
    };
    match invalid_or(sent.once(&req, async |cx| set_rate(&cx, &draft).await).await)? {
        Ok(()) => Ok(page::redirect(&req.href("/desk/rates?done=saved"))),
        Err(errors) => {
            rates_page(&req, StatusCode::UNPROCESSABLE_ENTITY, &Form::rejected(&req, sent, errors)).await
        }
    }
}

async fn rates_page(req: &Req, status: StatusCode, form: &Form) -> Result<Response, PageError> {
    let lang = req.lang();
    let known = list_rates(&req.cx).await?;
    let rows = known
        .iter()
        .map(|rate| view! { <tr><th scope="row">{rate.currency.code()}</th><td>{rate.as_of.to_string()}</td><td class="num">{rate.won.amount(Currency::Krw)}</td><td>{rate.source.clone()}</td></tr> })
        .collect::<Vec<_>>();
    let table = if rows.is_empty() {
        view! { <p class="mute">{t::rates_none(lang)}</p> }.into_any()
    } else {
        view! {
            <table class="spec"><caption class="vh">{t::rates_title(lang)}</caption>
                <thead><tr><th scope="col">{t::rate_currency(lang)}</th><th scope="col">{t::rate_day(lang)}</th><th scope="col" class="num">{t::rate_won(lang)}</th><th scope="col">{t::rate_source(lang)}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    let currencies = Currency::ALL
        .iter()
        .filter(|currency| **currency != Currency::Krw)
        .map(|currency| (currency.code().to_owned(), currency.code().to_owned()))
        .collect();
    let fields = view! {
        {ui::select(lang, form, "currency", t::rate_currency(lang), currencies)}
        {Field::date("as_of", t::rate_day(lang)).view(lang, form)}
        {Field::number("won", t::rate_won(lang)).hint(t::rate_won_hint(lang)).view(lang, form)}
        {Field::text("source", t::rate_source(lang)).hint(t::rate_source_hint(lang)).max(SOURCE_MAX).view(lang, form)}
        <button class="btn btn-primary mt-5">{t::rate_save(lang)}</button>
    };
    let done = (req.query_value("done") == "saved").then(|| notice(Tone::Good, t::rate_saved(lang)));
    let content = view! {
        <p class="mute mb-4">{t::rates_text(lang)}</p>
        {done}
        {table}
        <section class="sec">{ui::form(lang, form, &req.href("/desk/rates"), fields.into_any())}</section>
    };
    let page = frame::desk(req, t::rates_title(lang), None, content.into_any());
    Ok(page::render_status(req, status, frame::meta(t::rates_title(lang)), page))
}

/// The declared days.
pub async fn days(req: Req) -> PageResult {
    demand(req.actor(), Verb::KeepCalendar, Object::Site)?;
    days_page(&req, StatusCode::OK, &Form::empty(&req)).await
}

/// Imports days.
pub async fn keep_days(req: Req, sent: Submitted) -> PageResult {
    let one = one_day(&sent);
    let days = match &one {
        Some(line) => format!("{line}\n{}", without_headings(sent.get("days"))),
        None => sent.text("days"),
    };
    match invalid_or(sent.once(&req, async |cx| import_days(&cx, &days).await.map(|_| ())).await)? {
        Ok(()) => Ok(page::redirect(&req.href("/desk/calendar?done=saved"))),
        Err(errors) => {
            let errors = of_fields(&sent, one.is_some(), errors);
            days_page(&req, StatusCode::UNPROCESSABLE_ENTITY, &Form::rejected(&req, sent, errors)).await
        }
    }
}

/// The day of the fields as a line of the table; none when nothing is typed into them.
fn one_day(sent: &Submitted) -> Option<String> {
    let part = |name: &str| market::text::line(sent.get(name));
    let (day, ko, en) = (part("day"), part("day_name_ko"), part("day_name_en"));
    (!(day.is_empty() && ko.is_empty() && en.is_empty())).then(|| [day, part("kind"), ko, en].join("\t"))
}

/// A table below another line: its headings, which are passed over in a first line only, leave that line empty.
fn without_headings(table: &str) -> String {
    match table.split_once('\n') {
        Some((first, rest)) if is_headings(first) => format!("\n{rest}"),
        None if is_headings(table) => String::new(),
        _ => table.to_owned(),
    }
}

fn is_headings(line: &str) -> bool {
    line.trim_start_matches('\u{feff}').starts_with("date\t")
}

/// What is wrong with the first line, where that line came out of the fields; lines below it count from there.
fn of_fields(sent: &Submitted, one: bool, errors: FieldErrors) -> FieldErrors {
    let mut named = FieldErrors::new();
    if !one {
        let nothing = sent.get("days").trim().is_empty();
        for error in errors.0 {
            // nothing anywhere: the field that stands open is named, too, before the one that is folded away
            if nothing && error.field == "days" {
                named.add("day", error.problem.clone());
            }
            named.add(error.field, error.problem);
        }
        return named;
    }
    for error in errors.0 {
        let line = match &error.problem {
            Problem::Rule(rule) => {
                rule.strip_prefix("days.line.").and_then(|line| line.parse::<usize>().ok())
            }
            _ => None,
        };
        match line {
            Some(1) => of_one_day(sent, &mut named),
            Some(line) => named.add("days", Problem::Rule(format!("days.line.{}", line - 1).into())),
            None => named.add(error.field, error.problem),
        }
    }
    named
}

/// What is wrong with the day of the fields.
fn of_one_day(sent: &Submitted, named: &mut FieldErrors) {
    let part = |name: &str| market::text::line(sent.get(name));
    let (day, name_ko) = (part("day"), part("day_name_ko"));
    if market::text::day(&day).is_none() {
        named.add("day", Problem::Rule("calendar.day".into()));
    }
    if HolidayKind::from_code(&part("kind")).is_none() && part("kind") != "working" {
        named.add("kind", Problem::NotChoice);
    }
    if name_ko.is_empty() {
        named.add("day_name_ko", Problem::Required);
    }
    for (field, name) in [("day_name_ko", name_ko), ("day_name_en", part("day_name_en"))] {
        let actual = name.chars().count();
        if actual > DAY_NAME_MAX {
            named.add(field, Problem::TooLong { max: DAY_NAME_MAX, actual });
        }
    }
}

async fn days_page(req: &Req, status: StatusCode, form: &Form) -> Result<Response, PageError> {
    let lang = req.lang();
    let known = declared_days(&req.cx.market).await?;
    let rows = known
        .iter()
        .map(|day| {
            let name = lang.pick(&day.name_ko, &day.name_en).to_owned();
            let working =
                day.kind.is_none().then(|| view! { " "<span class="tag">{t::working(lang)}</span> });
            view! { <li>{day.date.to_string()}" · "{name}{working}</li> }
        })
        .collect::<Vec<_>>();
    let list = if rows.is_empty() {
        view! { <p class="mute">{t::calendar_none(lang)}</p> }.into_any()
    } else {
        view! { <ul class="lines">{rows}</ul> }.into_any()
    };
    let several = !form.value("days").is_empty() || form.problem("days").is_some();
    let known_until = calendar::last_year().ok_or(ErrorKind::Internal)?;
    let fields = view! {
        <div class="split cols-half tight">
            {Field::date("day", t::calendar_day(lang)).optional().view(lang, form)}
            {ui::select(lang, form, "kind", t::calendar_kind(lang), t::calendar_kinds(lang))}
            {Field::text("day_name_ko", t::calendar_name_ko(lang)).optional().max(DAY_NAME_MAX).view(lang, form)}
            {Field::text("day_name_en", t::calendar_name_en(lang)).optional().max(DAY_NAME_MAX).view(lang, form)}
        </div>
        <details class="mt-4" open=several><summary>{t::calendar_several(lang)}</summary>
            {Field::area("days", t::calendar_days(lang), 8).hint(t::calendar_days_hint(lang)).optional().view(lang, form)}
        </details>
        <button class="btn btn-primary mt-5">{t::calendar_save(lang)}</button>
    };
    let done = (req.query_value("done") == "saved").then(|| notice(Tone::Good, t::calendar_saved(lang)));
    let content = view! {
        <p class="mute mb-4">{t::calendar_text(lang)}" "{t::calendar_until(lang, known_until)}</p>
        {done}
        {list}
        <section class="sec">{ui::form(lang, form, &req.href("/desk/calendar"), fields.into_any())}</section>
    };
    let page = frame::desk(req, t::calendar_title(lang), None, content.into_any());
    Ok(page::render_status(req, status, frame::meta(t::calendar_title(lang)), page))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(pairs: &[(&str, &str)]) -> Submitted {
        Submitted::typed(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
    }

    fn wrong(problem: Problem) -> FieldErrors {
        let mut errors = FieldErrors::new();
        errors.add("days", problem);
        errors
    }

    #[test]
    fn a_pasted_table_keeps_its_lines_below_the_day_of_the_fields() {
        let table = "date\tkind\tname_ko\tname_en\n2033-05-06\ttemporary\t쉬는 날\t";
        assert_eq!(without_headings(table), "\n2033-05-06\ttemporary\t쉬는 날\t");
        assert_eq!(without_headings("date\tkind"), "");
        assert_eq!(without_headings("2033-05-06\tparty"), "2033-05-06\tparty");
        let named = of_fields(&sent(&[]), true, wrong(Problem::Rule("days.line.3".into())));
        assert_eq!(named.of("days"), Some(&Problem::Rule("days.line.2".into())));
    }

    #[test]
    fn what_is_wrong_with_the_day_stands_at_its_field() {
        let long = "쉬".repeat(61);
        let sent_long = sent(&[("day", "2033-06-07"), ("kind", "temporary"), ("day_name_ko", long.as_str())]);
        let named = of_fields(&sent_long, true, wrong(Problem::Rule("days.line.1".into())));
        assert_eq!(named.of("day_name_ko"), Some(&Problem::TooLong { max: DAY_NAME_MAX, actual: 61 }));
        assert_eq!(named.0.len(), 1);
        let named = of_fields(&sent(&[]), false, wrong(Problem::Required));
        assert_eq!((named.of("day"), named.of("days")), (Some(&Problem::Required), Some(&Problem::Required)));
    }
}
