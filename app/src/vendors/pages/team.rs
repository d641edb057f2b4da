//! `/vendor/team`: who works for the company. Private, never cached.

use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use market::accounts::access::VendorRole;
use market::vendors::invitations::{self, Invited};
use market::vendors::store::TeamMember;
use market::vendors::team;
use market::{Cx, Error, ErrorKind, Lang, Problem};
use uuid::Uuid;

use crate::context::Req;
use crate::error::PageResult;
use crate::form::{Form, Submitted, invalid_or};
use crate::i18n::{problems, vendors as w};
use crate::page::{self, Meta};
use crate::ui::{Field, Tone, asked_first, choices, date, error_summary, fresh_key, key, notice};
use crate::vendors::frame;

/// The team.
pub async fn show(req: Req) -> PageResult {
    let id = frame::needed_company(&req)?;
    let people = people(&req, id).await?;
    let form = Form::fresh(&req, vec![("role".to_owned(), "staff".to_owned())]);
    Ok(answer(&req, StatusCode::OK, (&form, None), &people, id))
}

/// What a refused change of a member says, beside that member.
struct Refused {
    person: Option<Uuid>,
    text: String,
}

/// Adds, changes or removes somebody, as the pressed button says.
pub async fn submit(req: Req, form: Submitted) -> PageResult {
    let id = frame::needed_company(&req)?;
    let person = || Uuid::parse_str(form.get("person")).map_err(|_| Error::new(ErrorKind::NotFound));
    let work = async |cx: Cx| match form.get("then") {
        "add" => invitations::invite(&cx, id, form.get("email"), form.get("role")).await,
        "cancel" => invitations::cancel(&cx, id, form.get("email")).await,
        "role" => team::change_role(&cx, id, person()?, form.get("role")).await,
        "remove" => team::remove(&cx, id, person()?).await,
        _ => Err(Error::invalid("", Problem::NotChoice)),
    };
    let result = form.once(&req, work).await;
    match invalid_or(result)? {
        // whoever removed themselves has no team page any more
        Ok(()) if form.get("then") == "remove" && person().ok() == req.cx.actor.user_id() => {
            Ok(page::redirect(&req.href("/vendor")))
        }
        Ok(()) => {
            let done = match form.get("then") {
                "add" => "invited",
                "cancel" => "uninvited",
                "remove" => "removed",
                _ => "saved",
            };
            Ok(page::redirect(&req.href(&format!("/vendor/team?done={done}"))))
        }
        Err(errors) => {
            let people = people(&req, id).await?;
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            if matches!(form.get("then"), "role" | "remove") {
                let words: Vec<String> =
                    errors.0.iter().map(|error| problems::problem(req.lang(), &error.problem)).collect();
                let refused = Refused { person: person().ok(), text: words.join(" ") };
                let fresh = Form::fresh(&req, vec![("role".to_owned(), "staff".to_owned())]);
                return Ok(answer(&req, status, (&fresh, Some(&refused)), &people, id));
            }
            let form = Form::rejected(&req, form, errors);
            Ok(answer(&req, status, (&form, None), &people, id))
        }
    }
}

/// Who is in the team, and who is asked into it.
struct People {
    members: Vec<TeamMember>,
    invited: Vec<Invited>,
}

/// Invitations are the owners' to see.
async fn people(req: &Req, company: Uuid) -> market::Result<People> {
    let members = team::list(&req.cx, company).await?;
    let invited =
        if owns(req, company) { invitations::of_company(&req.cx, company).await? } else { Vec::new() };
    Ok(People { members, invited })
}

fn owns(req: &Req, company: Uuid) -> bool {
    req.person().and_then(|person| person.role_in(company)) == Some(VendorRole::Owner)
}

fn answer(
    req: &Req,
    status: StatusCode,
    (form, refused): (&Form, Option<&Refused>),
    people: &People,
    company: Uuid,
) -> Response {
    let lang = req.lang();
    let owner = owns(req, company);
    let rows = people.members.iter().map(|member| row(req, member, owner, refused)).collect::<Vec<_>>();
    // after the fields, whose labels it repeats
    let add = if owner {
        add_form(req, form)
    } else {
        view! { <p class="small mute mt-4">{w::team_owner_only(lang)}</p> }.into_any()
    };
    let content = view! {
        <p class="mute">{w::team_intro(lang)}</p>
        {frame::done(req).map(|done| view! { <div class="mt-3 mb-4">{done}</div> })}
        {error_summary(lang, form)}
        <ul class="lines">{rows}</ul>
        {open_invitations(req, &people.invited)}
        {add}
    };
    page::render_status(
        req,
        status,
        Meta::private(w::team_title(lang)),
        frame::desk(req, w::team_title(lang), content.into_any()),
    )
}

const ROLES: [VendorRole; 3] = [VendorRole::Staff, VendorRole::Manager, VendorRole::Owner];

fn row(req: &Req, member: &TeamMember, owner: bool, refused: Option<&Refused>) -> AnyView {
    let lang = req.lang();
    let you = req.cx.actor.user_id() == Some(member.id);
    let name = member.name.clone();
    view! {
        <li class="line between">
            <span class="grow">
                <b>{name.clone()}</b>{you.then(|| view! { " "<span class="tag">{w::team_you(lang)}</span> })}
                <br /><span class="small mute long">{member.email.clone()}" · "{w::role(lang, &member.role)}</span>
                {refused.filter(|refused| refused.person == Some(member.id)).map(|refused| notice(Tone::Bad, refused.text.clone()))}
            </span>
            {owner.then(|| controls(req, lang, member))}
            {(you && !owner).then(|| leave(req, lang, member))}
        </li>
    }
    .into_any()
}

/// Nobody is kept in a team.
fn leave(req: &Req, lang: Lang, member: &TeamMember) -> AnyView {
    view! {
        <form method="post" action=req.href("/vendor/team")>
            {fresh_key(req)}
            <input type="hidden" name="person" value=member.id.to_string() />
            {asked_first((w::team_leave(lang), w::team_leave(lang).to_owned()), w::team_leave_text(lang), ("then", "remove"))}
        </form>
    }
    .into_any()
}

fn controls(req: &Req, lang: Lang, member: &TeamMember) -> AnyView {
    let id = format!("role-{}", member.id);
    let options = ROLES
        .map(|role| {
            let chosen = role.code() == member.role;
            view! { <option value=role.code() selected=chosen>{w::role(lang, role.code())}</option> }
        })
        .collect_view();
    let action = req.href("/vendor/team");
    view! {
        <span class="line">
            <form method="post" action=action.clone() class="line">
                {fresh_key(req)}
                <input type="hidden" name="person" value=member.id.to_string() />
                <label class="vh" for=id.clone()>{w::team_role_of(lang, &member.name)}</label>
                <select class="in in-auto" id=id name="role">{options}</select>
                <button class="btn btn-s" name="then" value="role" aria-label=format!("{} · {}", w::team_change(lang), w::team_role_of(lang, &member.name))>{w::team_change(lang)}</button>
            </form>
            <form method="post" action=action>
                {fresh_key(req)}
                <input type="hidden" name="person" value=member.id.to_string() />
                {asked_first((w::team_remove(lang), w::team_remove_of(lang, &member.name)), &w::team_remove_text(lang, &member.name), ("then", "remove"))}
            </form>
        </span>
    }
    .into_any()
}

fn open_invitations(req: &Req, invited: &[Invited]) -> Option<AnyView> {
    if invited.is_empty() {
        return None;
    }
    let lang = req.lang();
    let row = |invited: &Invited| {
        let email = invited.email.clone();
        let until = w::invited_until(lang, &date(lang, invited.expires_at));
        view! {
            <li class="line between">
                <span class="grow">
                    <b class="long">{email.clone()}</b>
                    <br /><span class="small mute">{w::role(lang, &invited.role)}" · "{until}</span>
                </span>
                <form method="post" action=req.href("/vendor/team")>
                    {fresh_key(req)}
                    <input type="hidden" name="email" value=email.clone() />
                    <button class="link-btn bad" name="then" value="cancel" aria-label=w::team_cancel_of(lang, &email)>{w::team_cancel(lang)}</button>
                </form>
            </li>
        }
    };
    let rows = invited.iter().map(row).collect::<Vec<_>>();
    let view = view! {
        <section class="sec">
            <div class="sec-head"><h2 class="t-l">{w::team_open_title(lang)}</h2></div>
            <ul class="lines">{rows}</ul>
        </section>
    };
    Some(view.into_any())
}

fn add_form(req: &Req, form: &Form) -> AnyView {
    let lang = req.lang();
    let options = vec![
        ("staff".to_owned(), w::role_staff_text(lang).to_owned()),
        ("manager".to_owned(), w::role_manager_text(lang).to_owned()),
        ("owner".to_owned(), w::role_owner_text(lang).to_owned()),
    ];
    view! {
        <section class="sec">
            <div class="sec-head"><h2 class="t-l">{w::team_add_title(lang)}</h2></div>
            <p class="small mute">{w::team_add_text(lang)}</p>
            <form method="post" action=req.href("/vendor/team") class="form mt-4" novalidate>
                {key(form)}
                {Field::email("email", w::team_add_email(lang)).view(lang, form)}
                {choices(lang, form, "role", w::team_add_role(lang), options)}
                <div class="actions"><button class="btn btn-primary" name="then" value="add">{w::team_add_button(lang)}</button></div>
            </form>
        </section>
    }
    .into_any()
}
