//! What the pages of the vendor's desk share: the menu at the side, and finding the person's company.

use leptos::prelude::*;
use market::accounts::access::VendorRole;
use market::{ErrorKind, Result};
use uuid::Uuid;

use crate::context::Req;
use crate::i18n::vendors as w;
use crate::ui::{Tone, notice};

/// The company of the signed-in person; none before they begin an application.
pub fn company(req: &Req) -> Result<Option<Uuid>> {
    Ok(req.cx.actor.signed_in()?.first_vendor())
}

/// The company the signed-in person applies for or owns: being in another one's team leaves room for one.
pub fn own_company(req: &Req) -> Result<Option<Uuid>> {
    Ok(req.cx.actor.signed_in()?.owned_vendor())
}

/// The company of the signed-in person, or `NotFound`: these pages exist for companies only.
pub fn needed_company(req: &Req) -> Result<Uuid> {
    company(req)?.ok_or_else(|| ErrorKind::NotFound.into())
}

/// Whether the person may change what belongs to the company as a whole.
pub fn may_edit(req: &Req, company: Uuid) -> bool {
    req.person().and_then(|person| person.role_in(company)).is_some_and(|role| role >= VendorRole::Manager)
}

/// A page of the desk with its menu.
pub fn desk(req: &Req, title: &str, content: AnyView) -> AnyView {
    let title = title.to_owned();
    view! {
        <div class="split cols-nav">
            {menu(req)}
            <div>
                <div class="page-head"><h1 class="t-xl">{title}</h1></div>
                {content}
            </div>
        </div>
    }
    .into_any()
}

/// The menu of the desk.
pub fn menu(req: &Req) -> AnyView {
    let lang = req.lang();
    let entry = |path: &str, label: &'static str| {
        let current = (&*req.path == path).then_some("page");
        let href = req.href(path);
        view! { <li><a href=href aria-current=current><span>{label}</span></a></li> }
    };
    view! {
        <nav class="kinds" aria-label=w::nav(lang)>
            <ul>
                {entry("/vendor", w::nav_home(lang))}
                {entry("/vendor/listings", w::nav_listings(lang))}
                {entry("/inquiries", w::nav_inquiries(lang))}
                {entry("/vendor/replies", crate::i18n::threads::replies_title(lang))}
                {entry("/vendor/profile", w::nav_profile(lang))}
                {entry("/vendor/holiday", w::nav_holiday(lang))}
                {entry("/vendor/days-off", crate::i18n::tables::off_title(lang))}
                {entry("/vendor/team", w::nav_team(lang))}
                {entry("/vendor/companies", w::nav_companies(lang))}
                {entry("/vendor/blocks", crate::i18n::abuse::blocks_title(lang))}
            </ul>
        </nav>
    }
    .into_any()
}

/// Says that the last form was saved, when the address says so.
pub fn done(req: &Req) -> Option<AnyView> {
    let lang = req.lang();
    let text = match req.query_value("done").as_str() {
        "draft" => w::apply_saved(lang),
        "saved" => w::saved(lang),
        "invited" => w::team_invited(lang),
        "uninvited" => w::team_uninvited(lang),
        "removed" => w::team_removed(lang),
        "declined" => w::invited_declined(lang),
        "left" => w::team_left(lang),
        "closed" => w::close_done(lang),
        _ => return None,
    };
    Some(notice(Tone::Good, text))
}
