//! `/inquiries/{id}` and `/a/{token}`: one thread with its answers; `/a/{token}/done`: what was just done.
//! Opening through a link changes nothing, not even what counts as read. Never cached.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode, header};
use leptos::prelude::*;
use market::inquiries::links::LinkStanding;
use market::inquiries::service::{self, Stretch, ThreadView};
use market::inquiries::{Side, ThreadState};

use crate::abuse::parts as abuse;
use crate::context::Req;
use crate::error::PageResult;
use crate::form::Form;
use crate::i18n::{basket as b, inquiries as w, quotes as q};
use crate::inquiries::contact;
use crate::inquiries::drafts;
use crate::inquiries::form::AGAIN;
use crate::inquiries::pages::{links, reroute, sorting, stay};
use crate::inquiries::parts::{self, On};
use crate::inquiries::place::{Door, Place, closed_link, column};
use crate::inquiries::steps::Step;
use crate::ui::{self, Tone, icon};

/// A thread of the signed-in person.
pub async fn show(Path(id): Path<String>, req: Req, headers: HeaderMap) -> PageResult {
    let place = Door::Own(id).open(&req).await?;
    let view = service::thread_stretch(&place.cx, place.thread_id, asked_for(&req)).await?;
    // a browser that fetches ahead has not read anything
    let newest = !view.has_newer();
    if newest && !headers.contains_key("sec-purpose") && view.is_news(&place.cx) {
        service::mark_read(&place.cx, &view.thread, view.thread.message_count).await?;
    }
    Ok(thread_page(&req, &place, &view))
}

/// The one thread of a mail's link.
pub async fn show_link(Path(token): Path<String>, req: Req) -> PageResult {
    let place = Door::Link(token).open(&req).await?;
    if place.standing != LinkStanding::Works {
        return Ok(closed_link(&req, place.standing));
    }
    let view = service::thread_stretch(&place.cx, place.thread_id, asked_for(&req)).await?;
    Ok(thread_page(&req, &place, &view))
}

/// `?before=`: the messages before one of them; else the newest.
fn asked_for(req: &Req) -> Stretch {
    req.query_value("before").parse().map_or(Stretch::Newest, Stretch::Before)
}

/// `/inquiries/{id}/messages?after=`: what is newer than an open page, as a piece of HTML.
pub async fn newer(Path(id): Path<String>, req: Req) -> PageResult {
    let place = Door::Own(id).open(&req).await?;
    let view = service::thread_stretch(&place.cx, place.thread_id, Stretch::After(behind(&req))).await?;
    if view.is_news(&place.cx) {
        service::mark_read(&place.cx, &view.thread, view.thread.message_count).await?;
    }
    Ok(piece(&req, &place, &view))
}

/// The same through a link; opening changes nothing.
pub async fn newer_by_link(Path(token): Path<String>, req: Req) -> PageResult {
    let place = Door::Link(token).open(&req).await?;
    if place.standing != LinkStanding::Works {
        return Err(market::ErrorKind::Gone.into());
    }
    let view = service::thread_stretch(&place.cx, place.thread_id, Stretch::After(behind(&req))).await?;
    Ok(piece(&req, &place, &view))
}

/// `?after=`: the last message of the open page.
fn behind(req: &Req) -> i64 {
    req.query_value("after").parse().unwrap_or(i64::MAX)
}

fn piece(req: &Req, place: &Place, view: &ThreadView) -> Response {
    let html = Owner::new_root(None).with(|| parts::bare_messages(req, place, view));
    let headers =
        [(header::CONTENT_TYPE, "text/html; charset=utf-8"), (header::CACHE_CONTROL, "private, no-store")];
    (headers, html).into_response()
}

/// What was just done through a link, and what comes next. Also when that ended the thread and its links.
pub async fn show_done(Path(token): Path<String>, req: Req, headers: HeaderMap) -> PageResult {
    let place = Door::Link(token).open(&req).await?;
    if place.standing.is_over() {
        return Ok(closed_link(&req, place.standing));
    }
    done_page(&req, &place, &headers, (StatusCode::OK, &Form::empty(&req))).await
}

/// What was done, what comes next, and the offer to stay signed in.
pub(super) async fn done_page(
    req: &Req,
    place: &Place,
    headers: &HeaderMap,
    offer: (StatusCode, &Form),
) -> PageResult {
    let lang = req.lang();
    let view = service::thread_view(&place.cx, place.thread_id).await?;
    let title = w::done(lang, &req.query_value("step"));
    let accepts = req.query_value("step") == Step::Accept.code();
    let next = match (view.thread.state.is_talked_in(), view.side) {
        _ if accepts && view.thread.state == ThreadState::Accepted => w::done_accepted(lang),
        (false, _) => w::done_ended(lang),
        (true, Side::Vendor) => w::done_next_vendor(lang),
        (true, _) => w::done_next_buyer(lang),
    };
    let text = format!("{next} {}", w::done_sign_in(lang));
    let open = (place.standing == LinkStanding::Works)
        .then(|| ui::link_button(&place.href(req, ""), w::back_to_thread(lang)));
    let together =
        view.thread.batch_id.filter(|_| view.side == Side::Buyer).and_then(|id| place.together(id));
    let together = together.map(|to| ui::link_button(&req.href(&to), b::together_back(lang)));
    let stay = stay::form(req, place, headers, offer.1).await?;
    let content = view! {
        <h1>{title}</h1>
        <p class="mt-3">{text}</p>
        {(place.standing == LinkStanding::Works).then(|| contact::section(req, &view, On::Page))}
        {drafts::sent(req, place, &req.query_value("step"))}
        <p class="line mt-6">{together} {open} {ui::link_button(&req.href("/inquiries"), w::go_inbox(lang))}</p>
        {stay}
    };
    Ok(column(req, offer.0, title, content.into_any()))
}

fn thread_page(req: &Req, place: &Place, view: &ThreadView) -> Response {
    let lang = req.lang();
    let title = w::thread_title(lang, &view.thread.subject);
    let done = req.query_value("done");
    let sent = drafts::sent(req, place, &done);
    let accepted = done == Step::Accept.code() && view.thread.state == ThreadState::Accepted;
    let done = (!done.is_empty()).then(|| {
        let said = sorting::done(req, &done).unwrap_or_else(|| w::done(lang, &done));
        let said = if accepted { format!("{said}. {}", w::done_accepted(lang)) } else { said.to_owned() };
        ui::notice(Tone::Good, said)
    });
    let standing = parts::standing_of(req, view);
    let inbox = (!place.by_link)
        .then(|| view! { <a class="link-btn" href=req.href("/inquiries")>{w::inbox_title(lang)}</a> });
    let note = place.by_link.then(|| view! { <p class="small mute mt-8">{w::link_note(lang)}</p> });
    let content = view! {
        {done}{sent}
        <p class="line between small">{standing}{inbox}</p>
        <h1 class="mt-3">{ui::kept(&title)}</h1>
        {sorting::marks_of(req, place, view)}
        {abuse::checking(req, view)}
        {contact::section(req, view, On::Page)}
        {parts::messages(req, place, view)}
        {abuse::held_messages(req, view)}
        {(place.by_link && !view.has_newer()).then(|| crate::live::script(req))}
        {view.quote.is_some().then(|| view! { <p class="small mt-3"><a class="link-btn" href=place.href(req, "/print")>{q::print(lang)}</a></p> })}
        {ways_on(req, place, view)}
        {reroute::block(req, place, view)}
        {parts::facts(req, place, view, On::Page)}
        {parts::timeline(req, view, On::Page)}
        {sorting::section(req, place, view)}
        {links::section(req, view)}
        {abuse::ways(req, place, view)}
        {note}
    };
    column(req, StatusCode::OK, &title, content.into_any())
}

/// What this side may do now, each with an address of its own.
fn ways_on(req: &Req, place: &Place, view: &ThreadView) -> Option<AnyView> {
    let lang = req.lang();
    if view.thread.state == ThreadState::Accepted {
        let words = (w::after_reply(lang), w::after_reply_text(lang));
        let content = way(req, place, ("reply", "message"), words, true);
        return Some(view! { <section class="sec"><div class="answer">{content}</div></section> }.into_any());
    }
    if !view.thread.state.is_open() {
        return asked_anew(req, place, view);
    }
    if view.side == Side::Vendor {
        return Some(vendor_ways(req, place, view));
    }
    let live = view.quote.as_ref().is_some_and(|quote| quote.holds(req.cx.now()));
    let reply = view.thread.state == ThreadState::WaitingBuyer;
    let lapsed = view.quote.is_some() && !live;
    let content = if live {
        view! {
            {way(req, place, ("accept", "circle-check"), (w::decide_accept(lang), w::decide_accept_text(lang)), true)}
            {way(req, place, ("reply", "help"), (w::decide_reply(lang), w::decide_reply_text(lang)), false)}
            {way(req, place, ("reject", "ban"), (w::decide_reject(lang), w::decide_reject_text(lang)), false)}
        }
        .into_any()
    } else if lapsed {
        view! {
            {way(req, place, ("reply?new_quote=1", "send"), (w::new_quote(lang), w::new_quote_text(lang)), reply)}
            {way(req, place, ("reply", "message"), (w::buyer_reply(lang), w::buyer_reply_text(lang)), false)}
        }
        .into_any()
    } else {
        let label = if reply { w::buyer_reply(lang) } else { w::buyer_more(lang) };
        way(req, place, ("reply", "message"), (label, w::buyer_reply_text(lang)), reply)
    };
    let heading = live.then(|| view! { <h2 class="mb-3">{w::decide(lang)}</h2> });
    let withdraw = place.href(req, "/withdraw");
    if view.thread.state == ThreadState::New {
        return Some(view! { <p class="small mute mt-5"><a class="link-btn" href=withdraw>{w::withdraw(lang)}</a> " · " {w::withdraw_text(lang)}</p> }.into_any());
    }
    Some(
        view! {
            <section class="sec">{heading}<div class="answer">{content}</div>
                <p class="small mute mt-3"><a class="link-btn" href=withdraw>{w::withdraw(lang)}</a> " · " {w::withdraw_text(lang)}</p>
            </section>
        }
        .into_any(),
    )
}

/// The way on for the buyer of a thread that ended with its quote, or that was not handed over: the same vendor may be asked
/// again, in the second case in other words. Whoever came by a link is asked for the words anew: only those who signed in find
/// them filled in.
fn asked_anew(req: &Req, place: &Place, view: &ThreadView) -> Option<AnyView> {
    let lang = req.lang();
    let ended = view.side == Side::Buyer && view.thread.state == ThreadState::Expired;
    let form = format!("/listings/{}/ask", view.around.listing_slug);
    let (path, label) = if place.by_link {
        (form, w::ask_again(lang))
    } else {
        (format!("{form}?{AGAIN}={}", view.thread.id), w::refused_anew(lang))
    };
    if ended && view.thread.withheld_at.is_some() {
        let ways = view! { {ui::primary_link(&req.href(&path), label)} {ui::link_button(&req.href("/search"), w::find_products(lang))} };
        return Some(
            view! { <section class="sec"><p>{w::refused_anew_text(lang)}</p><p class="line mt-4">{ways}</p></section> }
                .into_any(),
        );
    }
    (ended && view.quote.is_some()).then(|| {
        view! { <p class="mt-5">{ui::link_button(&req.href(&path), w::new_quote_anew(lang))}</p> }.into_any()
    })
}

/// What the vendor may do; after its answer that is no longer asked for, and a new quote says that it replaces the one before.
fn vendor_ways(req: &Req, place: &Place, view: &ThreadView) -> AnyView {
    let lang = req.lang();
    let reply = place.href(req, "/reply");
    let asked = view.thread.state.turn() == Some(Side::Vendor);
    let heading = if asked { w::how_to_answer(lang) } else { w::more_to_send(lang) };
    let quote = if view.quote.is_some() {
        (w::answer_quote_anew(lang), w::answer_quote_anew_text(lang))
    } else {
        (w::answer_quote(lang), w::answer_quote_text(lang))
    };
    view! {
        <section class="sec" aria-labelledby="how"><h2 id="how" class="mb-3">{heading}</h2>
            <div class="answer">
                {way(req, place, ("quote", "send"), quote, asked)}
                {way(req, place, ("ask", "help"), (w::answer_ask(lang), w::answer_ask_text(lang)), false)}
                {way(req, place, ("decline", "ban"), (w::answer_decline(lang), w::answer_decline_text(lang)), false)}
            </div>
            <p class="mt-3"><a class="link-btn" href=reply>{w::answer_reply(lang)}</a></p>
        </section>
    }
    .into_any()
}

fn way(
    req: &Req,
    place: &Place,
    to: (&str, &str),
    words: (&'static str, &'static str),
    main: bool,
) -> AnyView {
    let class = if main { "btn btn-primary" } else { "btn" };
    view! { <a class=class href=place.href(req, &format!("/{}", to.0))>{icon(to.1)}<span>{words.0}<small>{words.1}</small></span></a> }.into_any()
}
