//! What stands around the words of a message: what it answers, what it said before, what may be done with it, and how
//! far the other side has read.

use leptos::prelude::*;
use market::Lang;
use market::inquiries::Side;
use market::inquiries::service::{ThreadView, is_foreign, may_edit};
use market::inquiries::store::Message;

use crate::context::Req;
use crate::i18n::threads as t;
use crate::inquiries::parts::On;
use crate::inquiries::place::Place;
use crate::ui;

/// Characters of a quoted message.
const EXCERPT: usize = 160;

/// The message this one answers, in short.
pub fn quoted(req: &Req, view: &ThreadView, message: &Message) -> Option<AnyView> {
    let seq = message.quoting?;
    excerpt(req, view, seq)
}

/// A message in short, with the way to it.
pub fn excerpt(req: &Req, view: &ThreadView, seq: i64) -> Option<AnyView> {
    let other = view.message(seq)?;
    let on_page = view.messages.iter().any(|other| other.seq == seq);
    let href = if on_page { format!("#m-{seq}") } else { format!("?before={}#m-{seq}", seq + 1) };
    let mut short: String = other.body.chars().take(EXCERPT).collect();
    if short.len() < other.body.len() {
        short.push_str(" …");
    }
    let view = view! { <blockquote class="small mute"><a href=href>{t::quoting(req.lang(), seq)}</a><br />{short}</blockquote> };
    Some(view.into_any())
}

/// The language of the words where it is not the page's, for screen readers, and below it a mark, the translation with who made
/// it, or the way to one.
pub fn foreign(
    req: &Req,
    place: &Place,
    view: &ThreadView,
    message: &Message,
) -> Option<(&'static str, AnyView)> {
    let lang = req.lang();
    let written = message.lang.filter(|_| is_foreign(message, lang))?;
    let mark = if written == Lang::Ko { t::written_in_ko(lang) } else { t::written_in_en(lang) };
    let made = view.translated.iter().find(|one| one.message_id == message.id);
    let below = match made {
        Some(made) => {
            let by = t::translated_by(lang, &made.by, &ui::date_time_in(lang, &view.zone, made.made_at));
            view! { <div class="translated"><p class="letter" lang=lang.code()>{made.body.clone()}</p><p class="small mute">{by}</p></div> }.into_any()
        }
        None if view.translates => {
            let action = place.href(req, &format!("/messages/{}/translate", message.seq));
            view! { <form method="post" action=action><button class="btn btn-s">{t::translate(lang)}</button></form> }.into_any()
        }
        None => ().into_any(),
    };
    Some((written.code(), view! { <p class="small mute">{mark}</p>{below} }.into_any()))
}

/// That and how a message was corrected.
pub fn corrected(req: &Req, view: &ThreadView, (message, on): (&Message, On)) -> Option<AnyView> {
    let (lang, at) = (req.lang(), message.edited_at?);
    let before = view
        .earlier
        .iter()
        .filter(|old| old.seq == message.seq)
        .map(|old| view! { <p class="letter small mute">{ui::date_time_in(lang, &view.zone, old.replaced_at)}<br />{old.body.clone()}</p> })
        .collect::<Vec<_>>();
    let shown = view;
    let view = view! { <details class="small" open=on == On::Record><summary>{t::edited(lang, &ui::date_time_in(lang, &shown.zone, at))}" · "{t::earlier(lang)}</summary>{before}</details> };
    Some(view.into_any())
}

/// What may be done with a message now.
pub fn ways(req: &Req, place: &Place, view: &ThreadView, message: &Message) -> Option<AnyView> {
    let lang = req.lang();
    if !view.thread.state.is_talked_in() || message.body.is_empty() {
        return None;
    }
    let edit = may_edit(place.cx.actor.user_id(), message, req.cx.now()).then(|| {
        let href = place.href(req, &format!("/messages/{}", message.seq));
        view! { <a class="link-btn small" href=href>{t::edit_it(lang)}</a> }
    });
    let quote = place.href(req, &format!("/reply?quote={}", message.seq));
    let quote = (message.side != Side::System && message.side != view.side).then(|| {
        let label = format!("{} #{}", t::quote_it(lang), message.seq);
        view! { <a class="link-btn small" href=quote aria-label=label>{t::quote_it(lang)}</a> }
    });
    (edit.is_some() || quote.is_some()).then(|| view! { <p class="line">{edit}{quote}</p> }.into_any())
}

/// How far the other side has read, after the own side's last words.
pub fn read_mark(req: &Req, view: &ThreadView) -> Option<AnyView> {
    let lang = req.lang();
    let last = view.messages.iter().rev().find(|message| message.side == view.side)?.seq;
    // an answer says more than a mark, and what was not handed over cannot have been read
    let answered = view.messages.iter().any(|message| {
        message.seq > last && message.side != Side::System && message.side != view.side && !message.automatic
    });
    if answered || view.thread.withheld_at.is_some() {
        return None;
    }
    let text = match view.reads.first() {
        Some(mark) if mark.seq >= last => {
            let at = ui::date_time_in(lang, &view.zone, mark.read_at);
            if view.side == Side::Vendor {
                t::read_by_buyer(lang, &mark.name, &at)
            } else {
                t::read_by_vendor(lang, &at)
            }
        }
        Some(mark) => t::read_partly(lang, mark.seq, &ui::date_time_in(lang, &view.zone, mark.read_at)),
        None => t::read_not(lang).to_owned(),
    };
    Some(view! { <p class="small mute mt-3">{text}</p> }.into_any())
}
