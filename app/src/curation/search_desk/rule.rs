//! `/desk/search/rules/{id}`: one rule, its versions, changing, undoing and ending it.

use axum::extract::Path;
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use market::search::desk::service::{self, Preview};
use market::search::desk::store::Version;
use market::time::DAY;
use market::{Error, ErrorKind, Problem, Timestamp};
use uuid::Uuid;

use super::{editor, rules, sections};
use crate::context::Req;
use crate::curation::frame;
use crate::error::{PageError, PageResult};
use crate::form::{Form, Submitted, invalid_or};
use crate::i18n::search_desk as w;
use crate::page;
use crate::ui::{Tone, date_time, fresh_key, notice};

/// What a button did.
enum Pressed {
    Done(&'static str),
    Tried(Box<Preview>),
}

/// The rule as it is now.
pub async fn show(req: Req, Path(id): Path<String>) -> PageResult {
    let versions = found(&req, &id).await?;
    let newest = versions.first().ok_or(ErrorKind::NotFound).map_err(PageError::from)?;
    let form = Form::fresh(&req, values(newest));
    page_of(&req, StatusCode::OK, &versions, &form, None, false).await
}

/// Tries out, keeps, undoes or ends, as the pressed button says.
pub async fn submit(req: Req, Path(id): Path<String>, form: Submitted) -> PageResult {
    let versions = found(&req, &id).await?;
    let rule = versions.first().map(|newest| newest.rule_id).ok_or(ErrorKind::NotFound)?;
    let version: i64 = form.get("version").parse().unwrap_or(0);
    let draft = editor::draft(&form);
    let result = match form.get("then") {
        "preview" => service::preview(&req.cx, Some(rule), &draft, form.get("sample"))
            .await
            .map(|tried| Pressed::Tried(Box::new(tried))),
        "save" => form
            .once(&req, async |cx| service::change(&cx, rule, version, &draft).await)
            .await
            .map(|()| Pressed::Done("changed")),
        "end" => {
            form.once(&req, async |cx| service::end(&cx, rule).await).await.map(|()| Pressed::Done("ended"))
        }
        "undo" => form
            .once(&req, async |cx| service::undo(&cx, rule, version).await)
            .await
            .map(|()| Pressed::Done("undone")),
        _ => Err(Error::invalid("", Problem::NotChoice)),
    };
    if matches!(&result, Err(error) if matches!(error.kind, ErrorKind::Conflict(_))) {
        let versions = found(&req, &id).await?;
        return page_of(&req, StatusCode::CONFLICT, &versions, &Form::fresh(&req, form.0), None, true).await;
    }
    match invalid_or(result)? {
        Ok(Pressed::Done(done)) => Ok(page::redirect(&req.href(&format!("/desk/search/rules?done={done}")))),
        Ok(Pressed::Tried(preview)) => {
            let form = Form::fresh(&req, form.0);
            page_of(&req, StatusCode::OK, &versions, &form, Some(&preview), false).await
        }
        Err(errors) => {
            let form = Form::rejected(&req, form, errors);
            page_of(&req, StatusCode::UNPROCESSABLE_ENTITY, &versions, &form, None, false).await
        }
    }
}

async fn found(req: &Req, id: &str) -> Result<Vec<Version>, PageError> {
    editor::demanded(req)?;
    let id = Uuid::parse_str(id).map_err(|_| ErrorKind::NotFound)?;
    Ok(service::versions(&req.cx, id).await?)
}

fn values(version: &Version) -> Vec<(String, String)> {
    let listing = version.listing_id.map(|id| id.to_string()).unwrap_or_default();
    [
        ("query", version.query.clone()),
        ("target", version.target.clone()),
        ("listing", listing),
        ("ends", version.expires_at.map(last_day).unwrap_or_default()),
        ("note", version.note.clone()),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect()
}

/// The last day of a rule that ends with it, as the field has it.
fn last_day(end: Timestamp) -> String {
    let day = end.plus(-DAY / 2).to_seoul().date();
    format!("{:04}-{:02}-{:02}", day.year(), u8::from(day.month()), day.day())
}

async fn page_of(
    req: &Req,
    status: StatusCode,
    versions: &[Version],
    form: &Form,
    tried: Option<&Preview>,
    late: bool,
) -> Result<Response, PageError> {
    let lang = req.lang();
    let newest = versions.first().ok_or(ErrorKind::NotFound)?;
    let action = format!("/desk/search/rules/{}", newest.rule_id);
    let mut form = form.clone();
    // what is typed belongs to the version that it was typed over, unless that one is gone
    if late || form.value("version").is_empty() {
        form.values.0.retain(|(name, _)| name != "version");
        form.values.0.push(("version".to_owned(), newest.version.to_string()));
    }
    let editing = editor::rule_form(req, &form, newest.kind, &action, tried).await?;
    let content = view! {
        {late.then(|| notice(Tone::Warn, w::conflict(lang)))}
        <p class="line mb-4">{w::kind(lang, newest.kind)}" "{rules::state(req, newest)}</p>
        {editing}
        {history(req, versions, &action)}
    };
    Ok(page::render_status(
        req,
        status,
        frame::meta(w::edit_title(lang)),
        frame::desk(req, w::edit_title(lang), Some(sections(req)), content.into_any()),
    ))
}

fn history(req: &Req, versions: &[Version], action: &str) -> AnyView {
    let lang = req.lang();
    let newest = versions.first();
    let number = newest.map_or(0, |version| version.version);
    let running = newest.is_some_and(|version| !version.ended);
    let end = running.then(
        || view! { <button class="btn btn-danger" name="then" value="end">{w::end_button(lang)}</button> },
    );
    let rows = versions
        .iter()
        .map(|version| {
            let who = version.author.clone().unwrap_or_else(|| w::the_site(lang).to_owned());
            view! {
                <li class="done">
                    <time>{date_time(lang, version.at)}</time>
                    {w::version_number(lang, version.version)}" · "{who}" · "<b>{version.query.clone()}</b>{rules::meaning(req, version)}" "{rules::state(req, version)}
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! {
        <section class="sec">
            <div class="sec-head"><h2 class="t-l">{w::versions_title(lang)}</h2></div>
            <ol class="timeline">{rows}</ol>
            <form method="post" action=req.href(action) class="line mt-4">
                {fresh_key(req)}
                <input type="hidden" name="version" value=number.to_string() />
                <button class="btn" name="then" value="undo">{w::undo_button(lang)}</button>
                {end}
            </form>
        </section>
    }
    .into_any()
}
