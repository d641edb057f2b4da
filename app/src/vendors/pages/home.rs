//! `/vendor`: the first page of the desk; its face depends on where the company stands. Private, never cached.

use leptos::prelude::*;
use market::accounts::access::VendorRole;
use market::vendors::model::{RegistryState, Vendor, VendorState};
use market::vendors::{dashboard as figures, invitations, service};

use super::{apply, close, companies, dashboard};
use crate::context::Req;
use crate::error::PageResult;
use crate::i18n::vendors as w;
use crate::page::{self, Meta, Width};
use crate::ui::{Tone, date_time, link_button, notice, primary_link};
use crate::vendors::frame;

/// The face that fits.
pub async fn show(req: Req) -> PageResult {
    let person = req.cx.actor.signed_in()?;
    let meta = Meta::private(w::desk_title(req.lang()));
    let Some(id) = frame::company(&req)? else {
        if !person.email_confirmed {
            return Ok(apply::unconfirmed(&req, person));
        }
        let invited = invitations::mine(&req.cx).await?;
        let main = view! { {companies::invitation_list(&req, &invited)} {invitation(&req)} };
        return Ok(page::render(&req, meta.wide(Width::Text), main.into_any()));
    };
    let vendor = service::find_own(&req.cx, id).await?;
    if let Some(face) = before_approval(&req, &vendor) {
        return Ok(page::render(&req, meta.wide(Width::Text), face));
    }
    let desk = figures::open(&req.cx, id).await?;
    let demand = market::saved_searches::demand::of_vendor(&req.cx, id).await?;
    let main = dashboard::view(&req, &desk, &demand, state_notice(&req, &desk.vendor));
    Ok(page::render(&req, meta, main))
}

fn invitation(req: &Req) -> AnyView {
    let lang = req.lang();
    view! {
        <section class="empty">
            <h1>{w::invite_title(lang)}</h1>
            <p>{w::invite_text(lang)}</p>
            <p class="mute">{w::invite_need(lang)}</p>
            <p class="actions">{primary_link(&req.href("/vendor/apply"), w::invite_button(lang))}</p>
        </section>
    }
    .into_any()
}

/// What the page says while the company is not in yet.
struct Face {
    title: &'static str,
    text: String,
    hint: Option<&'static str>,
    button: Option<(&'static str, &'static str)>,
}

fn before_approval(req: &Req, vendor: &Vendor) -> Option<AnyView> {
    let lang = req.lang();
    let open = |label| Some(("/vendor/apply", label));
    let face = match vendor.state {
        VendorState::Invited | VendorState::Applying => Face {
            title: w::applying_title(lang),
            text: w::applying_text(lang).into(),
            hint: None,
            button: open(w::applying_button(lang)),
        },
        VendorState::ChangesRequested => Face {
            title: w::returned_title(lang),
            text: w::returned_text(lang).into(),
            hint: None,
            button: open(w::returned_button(lang)),
        },
        VendorState::InReview => {
            let when = date_time(lang, vendor.submitted_at.unwrap_or(vendor.created_at));
            let button = Some(("/vendor/listings", w::in_review_button(lang)));
            Face {
                title: w::in_review_title(lang),
                text: w::in_review_text(lang, &when),
                hint: Some(w::in_review_next(lang)),
                button,
            }
        }
        VendorState::Rejected => Face {
            title: w::rejected_title(lang),
            text: w::rejected_text(lang).into(),
            hint: None,
            button: open(w::rejected_button(lang)),
        },
        VendorState::Closed => {
            let button = open(w::closed_button(lang));
            Face { title: w::closed_title(lang), text: w::closed_text(lang).into(), hint: None, button }
        }
        VendorState::Approved | VendorState::Suspended => return None,
    };
    Some(face_view(req, vendor, face))
}

fn face_view(req: &Req, vendor: &Vendor, face: Face) -> AnyView {
    let lang = req.lang();
    let name = lang.pick(&vendor.profile.name_ko, &vendor.profile.name_en).to_owned();
    let tone = if vendor.state == VendorState::InReview { "tag tag-info" } else { "tag tag-warn" };
    let role = req.person().and_then(|person| person.role_in(vendor.id)).map_or("", VendorRole::code);
    let way_out = close::way(req, (vendor.id, &name), role, vendor.state.code());
    let reason = vendor.state_reason.clone().filter(|_| vendor.state != VendorState::InReview);
    view! {
        <p><span class=tone>{w::state(lang, vendor.state)}</span>" "<span class="mute">{name}</span></p>
        <div class="page-head"><h1>{face.title}</h1><p>{face.text}</p></div>
        {reason.map(|text| view! { <section class="block"><h2 class="t-m">{w::reason(lang)}</h2><p class="letter">{text}</p></section> })}
        {face.hint.map(|hint| view! { <p class="mt-4">{hint}</p> })}
        <p class="line mt-5">
            {face.button.map(|(path, label)| primary_link(&req.href(path), label))}
            {(vendor.state == VendorState::InReview).then(|| link_button(&req.href("/vendor/team"), w::nav_team(lang)))}
            {way_out}
        </p>
    }
    .into_any()
}

/// Why nothing is visible although the company was approved.
fn state_notice(req: &Req, vendor: &Vendor) -> Option<AnyView> {
    let lang = req.lang();
    if vendor.state == VendorState::Suspended {
        let reason = vendor.state_reason.clone();
        let view = view! {
            <div class="notice bad" role="alert">
                <div>
                    <b>{w::suspended_title(lang)}</b>" "{w::suspended_text(lang)}
                    {reason.map(|text| view! { <p class="letter">{text}</p> })}
                    <p class="small">{w::suspended_contact(lang)}</p>
                </div>
            </div>
        };
        return Some(view.into_any());
    }
    (vendor.registry == RegistryState::Closed).then(|| notice(Tone::Bad, w::registry_closed_text(lang)))
}
