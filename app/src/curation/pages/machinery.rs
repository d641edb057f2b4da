//! `/desk/machinery`: work that waits and work that was set aside. Admins only; private, never cached.

use leptos::prelude::*;
use market::curation::oversight;
use market::notifications::sending;
use market::outbox::DeadJob;
use market::{Error, ErrorKind};
use uuid::Uuid;

use crate::context::Req;
use crate::curation::frame;
use crate::error::PageResult;
use crate::form::Submitted;
use crate::i18n::curation as w;
use crate::page;
use crate::ui::{Tone, ago, date_time, notice};

/// Counts, and what was set aside.
pub async fn show(req: Req) -> PageResult {
    let lang = req.lang();
    let machinery = oversight::machinery(&req.cx).await?;
    let oldest = machinery
        .backlog
        .oldest
        .map_or_else(|| w::machinery_oldest_none(lang).to_owned(), |at| ago(lang, at, req.cx.now()));
    let retried =
        (req.query_value("done") == "retried").then(|| notice(Tone::Good, w::machinery_retried(lang)));
    let content = view! {
        {retried}
        <dl class="stats">
            <div class="stat"><dt>{w::machinery_waiting(lang)}</dt><dd class="v">{machinery.backlog.waiting}</dd></div>
            <div class="stat"><dt>{w::machinery_oldest(lang)}</dt><dd class="v">{oldest}</dd></div>
            <div class="stat"><dt>{w::machinery_dead(lang)}</dt><dd class="v">{machinery.backlog.dead}</dd></div>
        </dl>
        {uncertain(&req, &machinery.dead)}
        {dead(&req, &machinery.dead)}
    };
    Ok(page::render(
        &req,
        frame::meta(w::machinery_title(lang)),
        frame::desk(&req, w::machinery_title(lang), None, content.into_any()),
    ))
}

/// Gives one job another round.
pub async fn submit(req: Req, form: Submitted) -> PageResult {
    let job = Uuid::parse_str(form.get("job")).unwrap_or_default();
    let retried = oversight::retry(&req.cx, job).await?;
    if !retried && job.is_nil() {
        return Err(Error::new(ErrorKind::NotFound).into());
    }
    Ok(page::redirect(&req.href("/desk/machinery?done=retried")))
}

fn dead(req: &Req, jobs: &[DeadJob]) -> AnyView {
    let lang = req.lang();
    if jobs.is_empty() {
        return view! { <p class="mute mt-6">{w::machinery_dead_none(lang)}</p> }.into_any();
    }
    let jobs: Vec<&DeadJob> = jobs.iter().filter(|job| job.uncertain_at.is_none()).collect();
    if jobs.is_empty() {
        return ().into_any();
    }
    let rows = jobs.iter().map(|job| row(req, job)).collect::<Vec<_>>();
    view! {
        <section class="sec">
            <div class="sec-head"><h2 class="t-l">{w::machinery_dead_title(lang, jobs.len())}</h2></div>
            <table class="queue">
                <caption class="vh">{w::machinery_dead_title(lang, jobs.len())}</caption>
                <thead><tr>
                    <th scope="col">{w::machinery_job(lang)}</th><th scope="col" class="num">{w::machinery_attempts(lang)}</th>
                    <th scope="col">{w::machinery_error(lang)}</th><td></td>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_any()
}

/// Mails of which nobody knows whether they went: a person looks and decides.
fn uncertain(req: &Req, jobs: &[DeadJob]) -> Option<AnyView> {
    let lang = req.lang();
    let jobs: Vec<&DeadJob> = jobs.iter().filter(|job| job.uncertain_at.is_some()).collect();
    if jobs.is_empty() {
        return None;
    }
    let rows = jobs.iter().map(|job| uncertain_row(req, job)).collect::<Vec<_>>();
    let title = w::machinery_uncertain_title(lang, jobs.len());
    let view = view! {
        <section class="sec">
            <div class="sec-head"><h2 class="t-l">{title.clone()}</h2></div>
            <p class="mute mb-3">{w::machinery_uncertain_text(lang)}</p>
            <table class="queue">
                <caption class="vh">{title}</caption>
                <thead><tr><th scope="col">{w::machinery_job(lang)}</th><th scope="col">"Message-ID"</th><td></td></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    };
    Some(view.into_any())
}

fn uncertain_row(req: &Req, job: &DeadJob) -> AnyView {
    let lang = req.lang();
    let mail = sending::mail_of(&job.payload).map(|id| format!("<{id}@market>"));
    view! {
        <tr>
            <td>{job.topic.clone()}<br /><span class="small mute">{date_time(lang, job.dead_at)}</span></td>
            <td class="wide code long">{mail}</td>
            <td class="wide">
                <form method="post" action=req.href("/desk/machinery")>
                    <input type="hidden" name="job" value=job.id.to_string() />
                    <button class="btn btn-s">{w::machinery_send_again(lang)}</button>
                </form>
            </td>
        </tr>
    }
    .into_any()
}

fn row(req: &Req, job: &DeadJob) -> AnyView {
    let lang = req.lang();
    view! {
        <tr>
            <td>{job.topic.clone()}<br /><span class="small mute">{date_time(lang, job.dead_at)}</span></td>
            <td class="num">{job.attempts}</td>
            <td class="wide code long">{job.last_error.clone().unwrap_or_default()}</td>
            <td class="wide">
                <form method="post" action=req.href("/desk/machinery")>
                    <input type="hidden" name="job" value=job.id.to_string() />
                    <button class="btn btn-s">{w::machinery_retry(lang)}</button>
                </form>
            </td>
        </tr>
    }
    .into_any()
}
