//! Pages of inquiries: the form, the inbox, threads, and the links in mails.

mod contact;
mod drafts;
pub mod form;
mod message_parts;
pub mod pages;
pub(crate) mod parts;
pub(crate) mod place;
pub(crate) mod quote_form;
pub(crate) mod quote_view;
pub(crate) mod refusal;
pub mod rest;
mod steps;
pub(crate) mod typed;

use axum::extract::{Path, Request, State};

use crate::context::{AppState, Req};
use crate::error::PageResult;
use crate::routes::Routes;
use pages::{
    ask, confirm, edit, inbox, links, print, record, reroute, sorting, stay, step, thread, translate,
};
use place::Door;
use steps::Step;

/// Addresses of this noun.
pub fn routes() -> Routes {
    let routes = Routes::new()
        .get("/listings/{slug}/ask", ask::show)
        .post_files("/listings/{slug}/ask", ask::submit)
        .get("/listings/{slug}/asked", ask::show_done)
        .get("/confirm-inquiry/{token}", confirm::show)
        .post("/confirm-inquiry/{token}", confirm::submit)
        .get("/inquiries", inbox::show)
        .get("/inquiries/{id}", thread::show)
        .get("/a/{token}", thread::show_link)
        .get("/a/{token}/done", thread::show_done)
        .post("/inquiries/{id}/links", links::revoke)
        .get("/inquiries/{id}/messages", thread::newer)
        .get("/a/{token}/messages", thread::newer_by_link)
        .get("/inquiries/{id}/print", print::show)
        .get("/a/{token}/print", print::show_link)
        .get("/inquiries/{id}/record", record::show)
        .get("/a/{token}/record", record::show_link)
        .get("/inquiries/{id}/record.txt", record::text)
        .get("/a/{token}/record.txt", record::text_link)
        .get("/inquiries/{id}/record.json", record::json)
        .get("/a/{token}/record.json", record::json_link)
        .post("/inquiries/{id}/sort", sorting::sort)
        .post("/inquiries/{id}/archive", sorting::archive)
        .post("/a/{token}/stay", stay::submit)
        .post("/inquiries/{id}/others", reroute::submit)
        .post("/a/{token}/others", reroute::submit_link);
    let routes = two_ways_edit(routes);
    let routes = two_ways(routes, "/inquiries/{id}/quote", "/a/{token}/quote", Step::Quote);
    let routes = two_ways(routes, "/inquiries/{id}/ask", "/a/{token}/ask", Step::Ask);
    let routes = two_ways(routes, "/inquiries/{id}/decline", "/a/{token}/decline", Step::Decline);
    let routes = two_ways(routes, "/inquiries/{id}/reply", "/a/{token}/reply", Step::Reply);
    let routes = two_ways(routes, "/inquiries/{id}/accept", "/a/{token}/accept", Step::Accept);
    let routes = two_ways(routes, "/inquiries/{id}/reject", "/a/{token}/reject", Step::Reject);
    two_ways(routes, "/inquiries/{id}/withdraw", "/a/{token}/withdraw", Step::Withdraw)
}

/// A step for the signed-in and through a link.
fn two_ways(routes: Routes, own: &'static str, link: &'static str, taken: Step) -> Routes {
    routes
        .get(own, move |Path(id): Path<String>, req: Req| async move {
            step::show(req, Door::Own(id), taken).await
        })
        .post_files(own, move |Path(id): Path<String>, req: Req, sent: Request| {
            submit(req, Door::Own(id), taken, sent, None)
        })
        .get(link, move |Path(token): Path<String>, req: Req| async move {
            step::show(req, Door::Link(token), taken).await
        })
        .post_files(
            link,
            move |State(state): State<AppState>, Path(token): Path<String>, req: Req, sent: Request| {
                submit(req, Door::Link(token), taken, sent, Some(state.secure_cookies))
            },
        )
}

async fn submit(req: Req, door: Door, taken: Step, sent: Request, secure: Option<bool>) -> PageResult {
    step::submit(req, door, taken, sent, secure).await
}

/// Correcting a message, likewise.
fn two_ways_edit(routes: Routes) -> Routes {
    routes
        .get("/inquiries/{id}/messages/{seq}", edit::show)
        .post("/inquiries/{id}/messages/{seq}", edit::submit)
        .get("/a/{token}/messages/{seq}", edit::show_link)
        .post("/a/{token}/messages/{seq}", edit::submit_link)
        .post("/inquiries/{id}/messages/{seq}/translate", translate::submit)
        .post("/a/{token}/messages/{seq}/translate", translate::submit_link)
}
