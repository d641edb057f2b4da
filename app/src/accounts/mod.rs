//! Pages of accounts: joining, signing in, one's own data, leaving.

pub mod consent;
pub mod pages;
pub mod session;

use crate::routes::Routes;
use pages::{account, confirm, devices, password, privacy, reset, sign_in, sign_up, withdraw};

/// Addresses of this noun.
pub fn routes() -> Routes {
    Routes::new()
        .get("/sign-up", sign_up::show)
        .post("/sign-up", sign_up::submit)
        .get("/sign-up/done", sign_up::show_done)
        .post("/sign-up/done", sign_up::resend)
        .get("/confirm/{token}", confirm::show)
        .post("/confirm/{token}", confirm::submit)
        .get("/sign-in", sign_in::show)
        .post("/sign-in", sign_in::submit)
        .post("/sign-out", sign_in::sign_out)
        .get("/reset", reset::show)
        .post("/reset", reset::submit)
        .get("/reset/{token}", reset::show_link)
        .post("/reset/{token}", reset::submit_link)
        .get("/account", account::show)
        .post("/account", account::submit)
        .get("/account/password", password::show)
        .post("/account/password", password::submit)
        .get("/account/devices", devices::show)
        .post("/account/devices", devices::submit)
        .get("/account/privacy", privacy::show)
        .post("/account/privacy", privacy::submit)
        .post("/account/privacy/export", privacy::export)
        .get("/account/withdraw", withdraw::show)
        .post("/account/withdraw", withdraw::submit)
}
