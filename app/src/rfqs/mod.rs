//! Pages of public requests for quotes: the board, the form in two steps, one request, answers, the curators' look.

mod desk;
mod feeds;
mod form;
pub mod pages;
pub(crate) mod parts;

pub use desk::pane;

use crate::routes::Routes;
use pages::{answer, board, confirm, new, own, show};

/// Addresses of this noun.
pub fn routes() -> Routes {
    Routes::new()
        .get("/rfqs", board::show)
        .get("/rfqs/new", new::show)
        .post_files("/rfqs/new", new::submit)
        .get("/rfqs/asked", new::show_mail)
        .get("/rfqs/mine", own::show)
        .get("/rfqs/{id}", show::show)
        .get("/rfqs/{id}/edit", new::edit)
        .post_files("/rfqs/{id}/edit", new::resubmit)
        .post("/rfqs/{id}/close", show::close)
        .post("/rfqs/{id}/extend", show::extend)
        .get("/rfqs/{id}/quotes.csv", show::csv)
        .get("/rfqs/{id}/quotes.xlsx", show::xlsx)
        .get("/rfqs/{id}/answer", answer::show)
        .post_files("/rfqs/{id}/answer", answer::submit)
        .get("/q/{token}", answer::show_link)
        .post_files("/q/{token}", answer::submit_link)
        .get("/r/{token}", show::show_link)
        .get("/r/{token}/edit", new::edit_link)
        .post_files("/r/{token}/edit", new::resubmit_link)
        .post("/r/{token}/close", show::close_link)
        .post("/r/{token}/extend", show::extend_link)
        .get("/r/{token}/quotes.csv", show::csv_link)
        .get("/r/{token}/quotes.xlsx", show::xlsx_link)
        .get("/confirm-rfq/{token}", confirm::show)
        .post("/confirm-rfq/{token}", confirm::submit)
        .get("/feeds/rfqs.xml", feeds::rss)
        .get("/feeds/rfqs.json", feeds::json)
        .get("/desk/rfqs/{id}", desk::show)
        .post("/desk/rfqs/{id}", desk::submit)
}
