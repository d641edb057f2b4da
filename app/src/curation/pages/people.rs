//! `/desk/people`: who works for the federation, and as what. Admins only; private, never cached.

use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use market::accounts::access::PlatformRole;
use market::accounts::offices;
use market::accounts::roles::{self, Colleague, Held, Post};
use market::vendors::store::Chapter;
use market::{Cx, Error, ErrorKind, Problem};
use uuid::Uuid;

use crate::context::Req;
use crate::curation::frame;
use crate::error::PageResult;
use crate::form::{Form, Submitted, invalid_or};
use crate::i18n::{people as w, problems};
use crate::page;
use crate::ui::{Field, Tone, asked_first, date, error_summary, fresh_key, key, notice, on_enter, select};

/// In the order of the list to choose from: the most needed first.
const ROLES: [PlatformRole; 4] =
    [PlatformRole::Curator, PlatformRole::Moderator, PlatformRole::Finance, PlatformRole::Admin];

/// The people.
pub async fn show(req: Req) -> PageResult {
    let found = find(&req).await?;
    Ok(answer(&req, StatusCode::OK, (&Form::empty(&req), None), &found))
}

/// What a refused change says, beside whom it was about.
struct Refused {
    person: Option<Uuid>,
    text: String,
}

/// Gives or takes, as the pressed button says.
pub async fn submit(req: Req, form: Submitted) -> PageResult {
    // whoever may not see the page is not told what is wrong with a form of it
    let found = find(&req).await?;
    if form.get("then") == "ask" {
        // Enter in a field asks first, as the button does
        return Ok(answer(&req, StatusCode::OK, (&Form::fresh(&req, form.0), None), &found));
    }
    let person = || Uuid::parse_str(form.get("person")).map_err(|_| Error::new(ErrorKind::NotFound));
    let work = async |cx: Cx| match form.get("then") {
        "grant" => give(&cx, form.get("email"), form.get("role")).await,
        "revoke" => take(&cx, person()?, form.get("post")).await,
        _ => Err(Error::invalid("", Problem::NotChoice)),
    };
    let taking = form.get("then") == "revoke";
    match invalid_or(form.once(&req, work).await)? {
        // whoever was admin no longer has this page
        Ok(()) if taking && form.get("post") == "admin" && person().ok() == req.cx.actor.user_id() => {
            Ok(page::redirect(&req.href("/account")))
        }
        Ok(()) => {
            let done = if taking { "taken" } else { "given" };
            Ok(page::redirect(&req.href(&format!("/desk/people?done={done}"))))
        }
        Err(errors) if taking => {
            let words: Vec<String> =
                errors.0.iter().map(|error| problems::problem(req.lang(), &error.problem)).collect();
            let refused = Refused { person: person().ok(), text: words.join(" ") };
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            Ok(answer(&req, status, (&Form::empty(&req), Some(&refused)), &found))
        }
        Err(errors) => {
            let form = Form::rejected(&req, form, errors);
            Ok(answer(&req, StatusCode::UNPROCESSABLE_ENTITY, (&form, None), &found))
        }
    }
}

async fn give(cx: &Cx, email: &str, post: &str) -> market::Result<()> {
    match Post::from_code(post) {
        Some(Post::Role(role)) => roles::grant(cx, email, role.code()).await.map(|_| ()),
        Some(Post::Officer(chapter)) => {
            offices::appoint(cx, email, &chapter).await.map(|_| ()).map_err(of_role)
        }
        None => Err(Error::invalid("role", Problem::NotChoice)),
    }
}

/// The one list of this page holds roles and chapters.
fn of_role(mut error: Error) -> Error {
    if let ErrorKind::Invalid(errors) = &mut error.kind {
        for error in errors.0.iter_mut().filter(|error| error.field == "chapter") {
            error.field = "role".into();
        }
    }
    error
}

async fn take(cx: &Cx, person: Uuid, post: &str) -> market::Result<()> {
    match Post::from_code(post) {
        Some(Post::Role(role)) => roles::take(cx, person, role).await.map(|_| ()),
        Some(Post::Officer(chapter)) => offices::take(cx, person, &chapter).await.map(|_| ()),
        None => Err(Error::invalid("post", Problem::NotChoice)),
    }
}

/// Everybody, and the chapters that one may be an officer of.
struct Found {
    team: Vec<Colleague>,
    chapters: Vec<Chapter>,
}

async fn find(req: &Req) -> market::Result<Found> {
    Ok(Found { team: roles::team(&req.cx).await?, chapters: offices::chapters(&req.cx).await? })
}

impl Found {
    fn name(&self, req: &Req, post: &Post) -> String {
        let lang = req.lang();
        match post {
            Post::Role(role) => w::role(lang, *role).to_owned(),
            Post::Officer(slug) => {
                let chapter = self.chapters.iter().find(|chapter| chapter.slug == *slug);
                w::officer_of(
                    lang,
                    chapter.map_or(slug.as_str(), |chapter| lang.pick(&chapter.name_ko, &chapter.name_en)),
                )
            }
        }
    }
}

fn answer(
    req: &Req,
    status: StatusCode,
    (form, refused): (&Form, Option<&Refused>),
    found: &Found,
) -> Response {
    let lang = req.lang();
    let rows = found.team.iter().map(|person| row(req, person, found, refused)).collect::<Vec<_>>();
    let list = if rows.is_empty() {
        view! { <p class="mute">{w::none(lang)}</p> }.into_any()
    } else {
        view! { <ul class="lines" aria-label=w::list(lang)>{rows}</ul> }.into_any()
    };
    // after the fields, whose labels it repeats
    let give = give_form(req, form, found);
    let said = match req.query_value("done").as_str() {
        "given" => Some(w::given(lang)),
        "taken" => Some(w::taken(lang)),
        _ => None,
    };
    let content = view! {
        <p class="mute mb-4">{w::intro(lang)}</p>
        {said.map(|text| notice(Tone::Good, text))}
        {error_summary(lang, form)}
        {list}
        {give}
    };
    let page = frame::desk(req, w::title(lang), None, content.into_any());
    page::render_status(req, status, frame::meta(w::title(lang)), page)
}

fn row(req: &Req, person: &Colleague, found: &Found, refused: Option<&Refused>) -> AnyView {
    let lang = req.lang();
    let you = req.cx.actor.user_id() == Some(person.id);
    let posts = person.posts.iter().map(|held| post(req, person, held, found)).collect::<Vec<_>>();
    let refused = refused.filter(|refused| refused.person == Some(person.id));
    view! {
        <li>
            <b>{person.name.clone()}</b>{you.then(|| view! { " "<span class="tag">{w::you(lang)}</span> })}
            <br /><span class="small mute long">{person.email.clone()}</span>
            {refused.map(|refused| notice(Tone::Bad, refused.text.clone()))}
            <ul class="lines">{posts}</ul>
        </li>
    }
    .into_any()
}

fn post(req: &Req, person: &Colleague, held: &Held, found: &Found) -> AnyView {
    let lang = req.lang();
    let name = found.name(req, &held.post);
    let day = date(lang, held.since);
    let since =
        held.giver.as_ref().map_or_else(|| w::since(lang, &day), |giver| w::since_by(lang, &day, giver));
    view! {
        <li class="line between">
            <span class="grow"><span class="tag">{name.clone()}</span>" "<span class="small mute">{since}</span></span>
            <form method="post" action=req.href("/desk/people")>
                {fresh_key(req)}
                <input type="hidden" name="person" value=person.id.to_string() />
                <input type="hidden" name="post" value=held.post.code() />
                {asked_first((w::take(lang), w::take_of(lang, &person.name, &name)), &w::take_text(lang, &person.name, &name), ("then", "revoke"))}
            </form>
        </li>
    }
    .into_any()
}

fn give_form(req: &Req, form: &Form, found: &Found) -> AnyView {
    let lang = req.lang();
    let mut options: Vec<(String, String)> =
        ROLES.iter().map(|role| (role.code().to_owned(), w::role_text(lang, *role).to_owned())).collect();
    options.extend(found.chapters.iter().map(|chapter| {
        let name = w::officer_of(lang, lang.pick(&chapter.name_ko, &chapter.name_en));
        (Post::Officer(chapter.slug.clone()).code(), name)
    }));
    let asked = form.value("then") == "ask";
    let no_chapters =
        found.chapters.is_empty().then(|| view! { <p class="small mute">{w::chapters_none(lang)}</p> });
    view! {
        <section class="sec">
            <div class="sec-head"><h2 class="t-l">{w::give_title(lang)}</h2></div>
            <p class="small mute">{w::give_text(lang)}</p>
            <form method="post" action=req.href("/desk/people") class="form mt-4" novalidate>
                {key(form)}
                {on_enter("then", "ask", w::give(lang))}
                {Field::email("email", w::give_email(lang)).view(lang, form)}
                {select(lang, form, "role", w::give_role(lang), options)}
                {no_chapters}
                <details class="asked mt-5" open=asked>
                    <summary class="btn btn-primary">{w::give(lang)}</summary>
                    <p class="small mt-3 mb-2">{w::give_sure(lang)}</p>
                    <button class="btn btn-primary" name="then" value="grant">{w::give_now(lang)}</button>
                </details>
            </form>
        </section>
    }
    .into_any()
}
