//! Pieces of a thread's page: state, deadline, messages, quote, progress, whom else to ask.

use leptos::prelude::*;
use market::inquiries::service::ThreadView;
use market::inquiries::store::Message;
use market::inquiries::{DeclineReason, MessageKind, RejectReason, Side, ThreadState};
use market::time::DAY;
use market::zones::Zone;
use market::{Lang, Timestamp, calendar};

use crate::context::Req;
use crate::files;
use crate::i18n::{abuse as a, basket as b, countries, inquiries as w, quotes as q, threads as t};
use crate::inquiries::place::Place;
use crate::inquiries::{message_parts, quote_view};
use crate::live;
use crate::ui::{self, icon};

/// For whom a thread is written out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum On {
    /// Its page, where one goes on.
    Page,
    /// A record to keep, which has to be understood by others and later: full names and moments, nothing folded away, no ways on.
    Record,
}

/// A deadline in words: today and tomorrow by the hour, else the date.
pub fn until(lang: Lang, zone: &Zone, due: Timestamp, now: Timestamp) -> String {
    if !zone.is_seoul() {
        return w::until_date(lang, &ui::deadline(lang, zone, due));
    }
    let at = due.to_seoul();
    if at.hour() == 23 {
        return w::until_date(lang, &ui::date(lang, due));
    }
    let (day, today) = (calendar::seoul_date(due.0), calendar::seoul_date(now.0));
    if day == today {
        w::until_today(lang, at.hour())
    } else if day == calendar::seoul_date(now.plus(DAY).0) {
        w::until_tomorrow(lang, at.hour())
    } else {
        w::until_date(lang, &ui::date_time(lang, due))
    }
}

/// Where a thread stands and until when, as two marks.
pub fn standing(
    lang: Lang,
    zone: &Zone,
    around: (ThreadState, Side, Option<Timestamp>),
    now: Timestamp,
) -> AnyView {
    let (state, side, due) = around;
    let class = match state {
        _ if state.turn() == Some(side) => "tag tag-warn",
        ThreadState::Accepted | ThreadState::Quoted => "tag tag-ok",
        ThreadState::Expired => "tag tag-danger",
        _ => "tag",
    };
    let due = due.map(
        |due| view! { <span class="tag">{icon("clock")}{ui::stamp(due, until(lang, zone, due, now))}</span> },
    );
    view! { <span class="line"><span class=class>{w::state(lang, state, side)}</span>{due}</span> }.into_any()
}

/// Where a thread stands on its own page: one that was not handed over says so.
pub fn standing_of(req: &Req, view: &ThreadView) -> AnyView {
    let lang = req.lang();
    if view.thread.withheld_at.is_some() && view.thread.state == ThreadState::Expired {
        return view! { <span class="tag tag-danger">{a::not_delivered(lang)}</span> }.into_any();
    }
    standing(lang, &view.zone, (view.thread.state, view.side, view.thread.due_at), req.cx.now())
}

/// The messages alone, for a page that is open already.
pub fn bare_messages(req: &Req, place: &Place, view: &ThreadView) -> String {
    view.messages.iter().map(|message| one_message(req, place, view, (message, On::Page)).to_html()).collect()
}

/// All of them for a record.
pub fn recorded(req: &Req, place: &Place, view: &ThreadView) -> AnyView {
    let items = view
        .messages
        .iter()
        .map(|message| one_message(req, place, view, (message, On::Record)))
        .collect::<Vec<_>>();
    view! { <section class="sec" aria-label=w::thread_messages(req.lang())><div class="msgs">{items}</div></section> }
        .into_any()
}

/// The messages of a thread, oldest first, with the ways to those before them and back to the newest. Only a page with the
/// newest goes on by itself.
pub fn messages(req: &Req, place: &Place, view: &ThreadView) -> AnyView {
    let lang = req.lang();
    let items = view
        .messages
        .iter()
        .map(|message| one_message(req, place, view, (message, On::Page)))
        .collect::<Vec<_>>();
    let before = view.earlier_before().map(|seq| {
        let href = place.href(req, &format!("?before={seq}"));
        view! { <p class="small mb-3"><a href=href rel="prev">{t::messages_before(lang, seq - 1)}</a></p> }
    });
    if view.has_newer() {
        let newest = place.href(req, "");
        return view! { <section class="sec" aria-label=w::thread_messages(lang)>{before}<div class="msgs">{items}</div><p class="small mt-3"><a href=newest>{t::messages_newest(lang)}</a></p></section> }.into_any();
    }
    let last = view.thread.message_count.to_string();
    let news = place.href(req, "/messages");
    view! { <section class="sec" aria-label=w::thread_messages(lang) data-thread=view.thread.id.to_string() data-last=last data-news=news>{before}<div class="msgs">{items}</div>{message_parts::read_mark(req, view)}{live::below(req, view)}</section> }.into_any()
}

fn one_message(req: &Req, place: &Place, view: &ThreadView, what: (&Message, On)) -> AnyView {
    let (message, on) = what;
    let record = on == On::Record;
    let (lang, now) = (req.lang(), req.cx.now());
    let mine = message.side == view.side;
    let class = match (message.side, mine) {
        (Side::System, _) => "msg event",
        (_, true) => "msg mine",
        _ => "msg",
    };
    let plain = message.kind == MessageKind::Text && !message.body.is_empty();
    let refused =
        message.kind == MessageKind::Expire && !message.tells_lapse() && view.thread.withheld_at.is_some();
    let event = if refused {
        a::not_delivered(lang)
    } else {
        w::event(lang, message.kind, message.side, message.reason.as_deref())
    };
    let what = (!plain).then(|| view! { <p><b>{event}</b></p> });
    let reason = message
        .reason
        .as_deref()
        .and_then(|code| reason_words(lang, message.side, code))
        .map(|text| view! { <p>{text}</p> });
    let newest = view.quote.as_ref().map_or(0, |quote| quote.version);
    let quote = message.quote.as_ref().map(|quote| {
        let facts = quote_view::facts(lang, &view.zone, quote, now);
        if quote.version < newest {
            // what holds no more folds away; on the whole record it stays open
            return view! { <details open=record><summary><span class="tag tag-warn">{q::replaced(lang)}</span></summary>{facts}</details> }.into_any();
        }
        view! { {facts}{quote_view::changes(lang, &view.zone, &view.quotes)} }.into_any()
    });
    let (tongue, mark) = message_parts::foreign(req, place, view, message).unzip();
    let body = (!message.body.is_empty())
        .then(|| view! { <p class="letter" lang=tongue>{message.body.clone()}</p> });
    let automatic = message.automatic.then(|| view! { " "<span class="tag">{t::automatic(lang)}</span> });
    let files = files::list::of_message(lang, &view.files, message.id, &place.files_at(req));
    let (sender, at) = if record {
        let exact = ui::date_time_in(lang, &view.zone, message.created_at);
        (sender_in_full(lang, view, message), ui::stamp(message.created_at, exact))
    } else {
        (sender(lang, view, message, mine), ui::moment_said(lang, &view.zone, message.created_at, now))
    };
    let ways = (!record).then(|| message_parts::ways(req, place, view, message));
    view! {
        <article class=class data-seq=message.seq.to_string() id=format!("m-{}", message.seq)>
            <header><b>{sender}</b> {at}{automatic}</header>
            {message_parts::quoted(req, view, message)}{what}{reason}{quote}{body}{files}{mark}
            {message_parts::corrected(req, view, (message, on))}{ways}
        </article>
    }
    .into_any()
}

fn sender(lang: Lang, view: &ThreadView, message: &Message, mine: bool) -> String {
    match message.side {
        Side::System => w::system(lang).to_owned(),
        Side::Buyer if mine => w::me(lang).to_owned(),
        Side::Buyer => buyer_name(view, message),
        // colleagues read who of them wrote; the buyer reads the company
        Side::Vendor => {
            let colleague =
                message.author.clone().filter(|name| mine && !message.automatic && !name.is_empty());
            colleague.unwrap_or_else(|| lang.pick(&view.around.name_ko, &view.around.name_en).to_owned())
        }
    }
}

fn buyer_name(view: &ThreadView, message: &Message) -> String {
    message.author.clone().filter(|name| !name.is_empty()).unwrap_or_else(|| view.around.buyer_name.clone())
}

/// Who wrote, in words that mean the same to everybody.
pub(super) fn sender_in_full(lang: Lang, view: &ThreadView, message: &Message) -> String {
    let with = |name: String, more: Option<&str>| match more.filter(|more| !more.is_empty() && *more != name)
    {
        Some(more) => format!("{name} · {more}"),
        None => name,
    };
    match message.side {
        Side::System => w::system(lang).to_owned(),
        Side::Buyer => with(buyer_name(view, message), view.around.buyer_company.as_deref()),
        Side::Vendor => {
            let company = lang.pick(&view.around.name_ko, &view.around.name_en).to_owned();
            let colleague =
                message.author.as_deref().filter(|_| view.side == Side::Vendor && !message.automatic);
            with(company, colleague)
        }
    }
}

pub(super) fn reason_words(lang: Lang, side: Side, code: &str) -> Option<&'static str> {
    if side == Side::Buyer {
        RejectReason::from_code(code).map(|reason| reason.words(lang))
    } else {
        DeclineReason::from_code(code).map(|reason| w::decline_reason(lang, reason))
    }
}

/// Who asked whom about what; a record names both.
pub fn facts(req: &Req, place: &Place, view: &ThreadView, on: On) -> AnyView {
    let (lang, thread, around) = (req.lang(), &view.thread, &view.around);
    let buyer = (view.side == Side::Vendor || on == On::Record).then(|| {
        let company = around
            .buyer_company
            .as_deref()
            .filter(|company| !company.is_empty())
            .map(|company| format!(" · {company}"))
            .unwrap_or_default();
        let country = around
            .buyer_country
            .as_deref()
            .filter(|country| !country.is_empty())
            .map(|country| format!(" · {}", countries::name(lang, country)))
            .unwrap_or_default();
        let confirmed = around
            .buyer_confirmed_at
            .map(|_| view! { " "<span class="tag">{w::confirmed_mail(lang)}</span> });
        view! { <dt>{w::fact_buyer(lang)}</dt><dd>{format!("{}{company}{country}", around.buyer_name)}{confirmed}</dd> }
    });
    let vendor = (view.side != Side::Vendor || on == On::Record).then(|| {
        let href = req.href(&format!("/vendors/{}", around.vendor_slug));
        view! { <dt>{w::fact_vendor(lang)}</dt><dd><a href=href>{lang.pick(&around.name_ko, &around.name_en).to_owned()}</a></dd> }
    });
    let record = view.buyer.map(|known| {
        let counts = t::buyer_counts(lang, known.asked, known.answered, known.answered_back, known.awarded);
        view! { <dt>{t::buyer_record(lang)}</dt><dd>{counts}</dd> }
    });
    let quantity = (!thread.quantity.is_empty())
        .then(|| view! { <dt>{w::fact_quantity(lang)}</dt><dd>{thread.quantity.clone()}</dd> });
    let listing = req.href(&format!("/listings/{}", around.listing_slug));
    let product = view.lines.is_empty().then(
        || view! { <dt>{w::fact_product(lang)}</dt><dd><a href=listing>{thread.subject.clone()}</a></dd> },
    );
    let quantity = quantity.filter(|_| view.lines.is_empty());
    let together = thread.batch_id.filter(|_| view.side == Side::Buyer).and_then(|id| place.together(id));
    let together =
        together.map(|to| view! { <p class="mt-3"><a class="link-btn" href=req.href(&to)>{b::together_open(lang)}</a></p> });
    view! {
        <section class="sec" aria-label=w::thread_facts(lang)>
            {(!view.lines.is_empty()).then(|| crate::basket::parts::lines(req, &view.lines))}
            <dl class="kv">
                {product}
                {vendor}{buyer}{record}{quantity}
                <dt>{w::fact_asked(lang)}</dt><dd>{ui::stamp(thread.created_at, ui::date_time_in(lang, &view.zone, thread.created_at))}</dd>
            </dl>
            {files::list::of_all(lang, view.request_files.iter(), &place.files_at(req))}
            {together}
        </section>
    }
    .into_any()
}

fn state_words(lang: Lang, view: &ThreadView) -> &'static str {
    let refused = view.thread.withheld_at.is_some() && view.thread.state == ThreadState::Expired;
    if refused { a::not_delivered(lang) } else { w::state(lang, view.thread.state, view.side) }
}

/// What happened when, and what is next.
pub fn timeline(req: &Req, view: &ThreadView, on: On) -> AnyView {
    let (lang, thread) = (req.lang(), &view.thread);
    let said = |at: Timestamp| ui::stamp(at, ui::date_time_in(lang, &view.zone, at));
    let answered =
        thread.first_answered_at.map(|at| view! { <li class="done">{said(at)}{w::step_answered(lang)}</li> });
    let quoted = view.quotes.first().filter(|_| thread.state == ThreadState::Quoted);
    let quoted =
        quoted.map(|quote| view! { <li class="done">{said(quote.created_at)}{state_words(lang, view)}</li> });
    let standing = if quoted.is_some() { w::step_valid(lang) } else { state_words(lang, view) };
    let now = match thread.due_at {
        Some(due) if on == On::Record => {
            ui::stamp(due, w::until_date(lang, &ui::deadline(lang, &view.zone, due)))
        }
        Some(due) => ui::stamp(due, until(lang, &view.zone, due, req.cx.now())),
        None => thread.closed_at.map_or_else(|| view! { <span>{w::step_now(lang)}</span> }.into_any(), said),
    };
    view! {
        <section class="sec"><h2>{w::progress(lang)}</h2>
            <ol class="timeline mt-3">
                <li class="done">{said(thread.created_at)}{w::step_asked(lang)}</li>
                {answered}
                {quoted}
                <li aria-current="step">{now}{standing}</li>
            </ol>
        </section>
    }
    .into_any()
}
