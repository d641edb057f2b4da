//! `/desk/search/rules/new`: a rule is begun, tried out side by side, and kept. The form of the editing page, too.

use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use market::catalog::browse::Card;
use market::catalog::taxonomy;
use market::search::desk::service::{self, Preview};
use market::search::desk::{RuleDraft, RuleKind};
use market::{Error, Problem};

use super::{preview, sections};
use crate::context::Req;
use crate::curation::frame;
use crate::error::{PageError, PageResult};
use crate::form::{Form, Submitted, invalid_or};
use crate::i18n::search_desk as w;
use crate::page::{self, encode};
use crate::ui::{self, Field, by, choices};

/// Fields of the form, besides the buttons.
const FIELDS: [&str; 8] = ["kind", "query", "target", "listing", "ends", "note", "sample", "find"];

/// An empty form, or what the link of a question brought along.
pub async fn show(req: Req) -> PageResult {
    let values = FIELDS
        .into_iter()
        .map(|name| (name.to_owned(), req.query_value(name).chars().take(200).collect::<String>()))
        .collect();
    page_of(&req, StatusCode::OK, &Form::fresh(&req, values), None).await
}

/// Tries the rule out or keeps it, as the pressed button says.
pub async fn submit(req: Req, form: Submitted) -> PageResult {
    let draft = draft(&form);
    let result = match form.get("then") {
        "preview" => service::preview(&req.cx, None, &draft, form.get("sample")).await.map(Some),
        "save" => match form.idem() {
            Ok(key) => service::add(&req.cx, &draft, key).await.map(|_| None),
            Err(error) => Err(error),
        },
        _ => demanded(&req).and(Err(Error::invalid("", Problem::NotChoice))),
    };
    match invalid_or(result)? {
        Ok(None) => Ok(page::redirect(&req.href("/desk/search/rules?done=added"))),
        Ok(Some(preview)) => {
            let form = Form::fresh(&req, form.0);
            page_of(&req, StatusCode::OK, &form, Some(&preview)).await
        }
        Err(errors) => {
            let form = Form::rejected(&req, form, errors);
            page_of(&req, StatusCode::UNPROCESSABLE_ENTITY, &form, None).await
        }
    }
}

/// Only curators get as far as being told what is wrong.
pub fn demanded(req: &Req) -> market::Result<()> {
    use market::accounts::access::{Object, Verb, demand};
    demand(req.actor(), Verb::CurateSearch, Object::Site)
}

/// The rule as the form says it.
pub fn draft(form: &Submitted) -> RuleDraft {
    RuleDraft {
        kind: form.text("kind"),
        query: form.text("query"),
        target: form.text("target"),
        listing: form.text("listing"),
        ends: form.text("ends"),
        note: form.text("note"),
    }
}

async fn page_of(
    req: &Req,
    status: StatusCode,
    form: &Form,
    tried: Option<&Preview>,
) -> Result<Response, PageError> {
    demanded(req)?;
    let lang = req.lang();
    let kind = RuleKind::from_code(form.value("kind")).unwrap_or(RuleKind::Synonym);
    let content = view! {
        {kinds(req, form, kind)}
        {rule_form(req, form, kind, "/desk/search/rules/new", tried).await?}
    };
    Ok(page::render_status(
        req,
        status,
        frame::meta(w::rules_new(lang)),
        frame::desk(req, w::rules_new(lang), Some(sections(req)), content.into_any()),
    ))
}

/// The kinds as links: each has fields of its own, and what was typed goes along.
fn kinds(req: &Req, form: &Form, chosen: RuleKind) -> AnyView {
    let lang = req.lang();
    let about = format!("query={}&sample={}", encode(form.value("query")), encode(form.value("sample")));
    let entries = RuleKind::ALL
        .iter()
        .map(|kind| {
            let href = req.href(&format!("/desk/search/rules/new?kind={}&{about}", kind.code()));
            view! { <a href=href aria-current=(*kind == chosen).then_some("page")>{w::kind(lang, *kind)}</a> }
        })
        .collect::<Vec<_>>();
    view! { <nav class="tabs" aria-label=w::kind_label(lang)>{entries}</nav> }.into_any()
}

/// The form of a rule with its effect beside it. Saving comes after looking.
pub async fn rule_form(
    req: &Req,
    form: &Form,
    kind: RuleKind,
    action: &str,
    tried: Option<&Preview>,
) -> Result<AnyView, PageError> {
    let lang = req.lang();
    let found = if kind == RuleKind::Pin { candidates(req, form).await? } else { Vec::new() };
    let query_label =
        if kind == RuleKind::StopWord { w::query_label_stop(lang) } else { w::query_label(lang) };
    let ends_hint = if kind == RuleKind::Pin { w::ends_hint_pin(lang) } else { w::ends_hint(lang) };
    let ends = Field::date("ends", w::ends_label(lang)).hint(ends_hint);
    let ends = if kind == RuleKind::Pin { ends } else { ends.optional() };
    let look = if tried.is_some() { w::preview_again(lang) } else { w::preview_button(lang) };
    let look_class = if tried.is_some() { "btn btn-big" } else { "btn btn-primary btn-big" };
    let save = tried.is_some().then(|| view! { <button class="btn btn-primary btn-big" name="then" value="save">{w::save_button(lang)}</button> });
    let version = Some(form.value("version").to_owned())
        .filter(|version| !version.is_empty())
        .map(|version| view! { <input type="hidden" name="version" value=version /> });
    let fields = view! {
        <input type="hidden" name="kind" value=kind.code() />
        {version}
        <p class="mute mb-4">{w::about(lang, kind)}</p>
        {Field::text("query", query_label).hint(w::query_hint(lang)).autocomplete("off").view(lang, form)}
        {target(req, form, kind, &found)}
        {ends.view(lang, form)}
        {Field::text("note", w::note_label(lang)).optional().autocomplete("off").view(lang, form)}
        {Field::text("sample", w::sample_label(lang)).hint(w::sample_hint(lang)).optional().autocomplete("off").view(lang, form)}
        <div class="actions"><button class=look_class name="then" value="preview">{look}</button>{save}</div>
    };
    let effect = tried.map(|tried| preview::view(req, tried));
    Ok(view! {
        <div class="split cols-half">
            <div>{ui::form(lang, form, &req.href(action), fields.into_any())}</div>
            {effect}
        </div>
    }
    .into_any())
}

/// What only this kind has.
fn target(req: &Req, form: &Form, kind: RuleKind, found: &[Card]) -> AnyView {
    let lang = req.lang();
    match kind {
        RuleKind::Synonym | RuleKind::Narrower => Field::text("target", w::target_words(lang))
            .hint(w::target_words_hint(lang))
            .autocomplete("off")
            .view(lang, form),
        RuleKind::Redirect => view! {
            {Field::text("target", w::target_page(lang)).hint(w::target_page_hint(lang)).autocomplete("off").view(lang, form)}
            {near(req, form)}
        }
        .into_any(),
        RuleKind::StopWord => ().into_any(),
        RuleKind::Pin => {
            let options = found
                .iter()
                .map(|card| (card.id.to_string(), format!("{} · {}", card.title(lang), by(lang, &card.vendor))))
                .collect::<Vec<_>>();
            let list = if options.is_empty() {
                view! { <p class="mute mt-4">{w::pin_none(lang)}</p> }.into_any()
            } else {
                choices(lang, form, "listing", w::pin_choose(lang), options)
            };
            view! {
                <div class="line mt-4">
                    <div class="grow">{Field::text("find", w::pin_find(lang)).optional().autocomplete("off").view(lang, form)}</div>
                    <button class="btn" name="then" value="preview">{w::pin_find(lang)}</button>
                </div>
                <div class="mt-4 mb-4">{list}</div>
            }
            .into_any()
        }
    }
}

/// Categories whose names fit the question, each a link that fills the address in.
fn near(req: &Req, form: &Form) -> Option<AnyView> {
    let lang = req.lang();
    let query = form.value("query");
    let mut found = taxonomy::search(query);
    for word in query.split_whitespace() {
        found.extend(taxonomy::search(word));
    }
    found.truncate(5);
    if found.is_empty() || query.is_empty() {
        return None;
    }
    let links = found
        .into_iter()
        .map(|category| {
            let to = format!("/categories/{}", category.slug);
            let fill = format!(
                "/desk/search/rules/new?kind=redirect&query={}&target={}",
                encode(query),
                encode(&to)
            );
            view! { <li><a class="chip" href=req.href(&fill)>{category.name(lang)}</a></li> }
        })
        .collect::<Vec<_>>();
    Some(view! { <p class="small mute mt-2" id="near">{w::near_categories(lang)}</p><ul class="chips mb-4" aria-labelledby="near">{links}</ul> }.into_any())
}

/// Listings to recommend: what the question finds, or other words; the chosen one stays in the list.
async fn candidates(req: &Req, form: &Form) -> Result<Vec<Card>, PageError> {
    let words = Some(form.value("find")).filter(|find| !find.is_empty()).unwrap_or(form.value("query"));
    Ok(service::candidates(&req.cx, words, form.value("listing")).await?)
}
