//! Pieces on the page of a thread: what is being checked, and the ways to report and block.

use leptos::prelude::*;
use market::abuse::HeldState;
use market::inquiries::ThreadState;
use market::inquiries::service::ThreadView;
use market::time::MINUTE;
use market::{Error, ErrorKind, Lang};

use crate::context::Req;
use crate::i18n::abuse as w;
use crate::inquiries::parts::until;
use crate::inquiries::place::Place;
use crate::ui::{self, Tone};

/// What a limit says to a person; none when the error is no limit.
pub fn too_many(lang: Lang, error: &Error) -> Option<(u64, String)> {
    let ErrorKind::TooMany { retry_after } = error.kind else { return None };
    Some((retry_after, w::too_many(lang, error.limit().unwrap_or_default(), &wait(lang, retry_after))))
}

/// How long to wait, in words: whole seconds or minutes, and never too few.
pub fn wait(lang: Lang, seconds: u64) -> String {
    if seconds < 60 {
        return crate::i18n::common::seconds(lang, seconds.max(1));
    }
    let minutes = i32::try_from(seconds.div_ceil(60)).unwrap_or(i32::MAX);
    ui::duration(lang, i64::from(minutes) * MINUTE)
}

/// What a block says to whoever it stops, and to whoever asks their own company; none when the rule is neither.
pub fn blocked(lang: Lang, rule: &str) -> Option<&'static str> {
    match rule {
        "block.theirs" => Some(w::not_taking(lang)),
        "block.own" => Some(w::own_block(lang)),
        "inquiry.own_listing" => Some(crate::i18n::inquiries::own_listing(lang)),
        _ => None,
    }
}

/// Above a thread that its vendor does not know of yet.
pub fn checking(req: &Req, view: &ThreadView) -> Option<AnyView> {
    let lang = req.lang();
    let due = view.thread.due_at.filter(|_| view.thread.state == ThreadState::New)?;
    let text = w::checking_until(lang, &until(lang, &req.cx.zone, due, req.cx.now()));
    let why = view! { <p class="small mute mt-2">{w::checking_why(lang)}</p> };
    Some(view! { {ui::notice(Tone::Info, text)}{why} }.into_any())
}

/// Own messages that the other side does not see.
pub fn held_messages(req: &Req, view: &ThreadView) -> Option<AnyView> {
    if view.held.is_empty() {
        return None;
    }
    let (lang, now) = (req.lang(), req.cx.now());
    let items = view
        .held
        .iter()
        .map(|held| {
            let (tag, text) = match held.state {
                HeldState::Waiting => (w::checking(lang), w::held_message_wait(lang)),
                HeldState::Ended => (w::not_delivered(lang), w::held_message_ended(lang)),
                _ => (w::not_delivered(lang), w::held_message_refused(lang)),
            };
            let reason = (!held.reason.is_empty()).then(|| view! { <p class="letter">{held.reason.clone()}</p> });
            view! {
                <article class="msg mine">
                    <header><span class="tag tag-info">{tag}</span> {ui::moment(lang, held.written_at, now)}</header>
                    <p class="letter">{held.body.clone()}</p>
                    <p class="small mute">{text}</p>
                    {reason}
                </article>
            }
        })
        .collect::<Vec<_>>();
    Some(view! { <section class="sec" aria-label=w::held_messages(lang)><div class="msgs">{items}</div></section> }.into_any())
}

/// At the end of the page: report and block, or what of it is in force.
pub fn ways(req: &Req, place: &Place, view: &ThreadView) -> Option<AnyView> {
    if view.thread.withheld_at.is_some() {
        return None;
    }
    let lang = req.lang();
    let (report, block) = (place.href(req, "/report"), place.href(req, "/block"));
    let blocked = view.blocked;
    let status = [view.reported.then(|| w::reported_already(lang)), blocked.then(|| w::blocked_now(lang))];
    let status: Vec<&str> = status.into_iter().flatten().collect();
    let status = (!status.is_empty()).then(|| view! { <p class="small mb-2">{status.join(" ")}</p> });
    let label = if blocked { w::unblock_it(lang) } else { w::block_it(lang) };
    Some(
        view! {
            <section class="sec no-print" aria-labelledby="wrong"><h2 class="t-m" id="wrong">{w::sides_title(lang)}</h2>
                {status}
                <p class="line">
                    {(!view.reported).then(|| view! { <a class="btn btn-s" href=report>{w::report_it(lang)}</a> })}
                    <a class="btn btn-s" href=block>{label}</a>
                </p>
            </section>
        }
        .into_any(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_waits_as_told_has_waited_enough() {
        for (seconds, ko, en) in [
            (0, "1초", "1 s"),
            (59, "59초", "59 s"),
            (60, "1분", "1 min"),
            (353, "6분", "6 min"),
            (3_601, "2시간", "2 h"),
            (u64::MAX, "", ""),
        ] {
            let (said_ko, said_en) = (wait(Lang::Ko, seconds), wait(Lang::En, seconds));
            assert!(said_ko.starts_with(ko) && said_en.starts_with(en), "{seconds}: {said_ko}, {said_en}");
        }
    }
}
