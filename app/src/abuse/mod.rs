//! Pages about what is held, reported and blocked: of the two sides of a thread, of the settings, of the desk.

pub mod desk;
pub mod parts;
pub mod settings;
pub mod sides;

use axum::extract::Path;

use crate::context::Req;
use crate::form::Submitted;
use crate::inquiries::place::Door;
use crate::routes::Routes;

/// Addresses of this noun.
pub fn routes() -> Routes {
    Routes::new()
        .get("/inquiries/{id}/report", |Path(id): Path<String>, req: Req| sides::report(req, Door::Own(id)))
        .post("/inquiries/{id}/report", |Path(id): Path<String>, req: Req, sent: Submitted| {
            sides::send_report(req, Door::Own(id), sent)
        })
        .get("/a/{token}/report", |Path(token): Path<String>, req: Req| sides::report(req, Door::Link(token)))
        .post("/a/{token}/report", |Path(token): Path<String>, req: Req, sent: Submitted| {
            sides::send_report(req, Door::Link(token), sent)
        })
        .get("/inquiries/{id}/block", |Path(id): Path<String>, req: Req| sides::block(req, Door::Own(id)))
        .post("/inquiries/{id}/block", |Path(id): Path<String>, req: Req, sent: Submitted| {
            sides::send_block(req, Door::Own(id), sent)
        })
        .get("/a/{token}/block", |Path(token): Path<String>, req: Req| sides::block(req, Door::Link(token)))
        .post("/a/{token}/block", |Path(token): Path<String>, req: Req, sent: Submitted| {
            sides::send_block(req, Door::Link(token), sent)
        })
        .get("/vendor/blocks", settings::vendor)
        .post("/vendor/blocks", settings::vendor_unblock)
        .get("/account/blocks", settings::buyer)
        .post("/account/blocks", settings::buyer_unblock)
        .get("/desk/held/{id}", desk::show_held)
        .post("/desk/held/{id}", desk::decide_held)
        .get("/desk/reports/{id}", desk::show_report)
        .post("/desk/reports/{id}", desk::decide_report)
}
