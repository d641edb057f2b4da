//! What whoever asks a company is told beforehand: on which days it rests, and until when it has to answer.

use leptos::prelude::*;
use market::Timestamp;
use market::calendar::seoul_date;
use market::vendors::ahead::DaysAhead;

use crate::context::Req;
use crate::i18n::inquiries as w;
use crate::inquiries::parts::until;
use crate::ui::{self, Tone, day};

/// Days off that matter to whoever asks now, in words.
pub fn days(req: &Req, ahead: &DaysAhead) -> Vec<String> {
    let (lang, now) = (req.lang(), req.cx.now());
    let today = seoul_date(now.0);
    let say = |(first, last)| match (first <= today, first == last) {
        (true, _) => w::rests_until(lang, &day(lang, last)),
        (false, true) => w::rests_on(lang, &day(lang, first)),
        (false, false) => w::rests_from(lang, &day(lang, first), &day(lang, last)),
    };
    ahead.until(now, due(req, ahead)).into_iter().map(say).collect()
}

/// The same as notices, and the deadline of what is asked now.
pub fn outlook(req: &Req, ahead: &DaysAhead) -> AnyView {
    let rests =
        days(req, ahead).into_iter().map(|text| ui::notice_dated(Tone::Warn, &text)).collect::<Vec<_>>();
    let until = until(req.lang(), &req.cx.zone, due(req, ahead), req.cx.now());
    let said = ui::dated(&w::answer_due(req.lang(), &until));
    view! { {rests}<p class="small mute mt-1 mb-4">{said}</p> }.into_any()
}

fn due(req: &Req, ahead: &DaysAhead) -> Timestamp {
    ahead.due(req.cx.now(), req.cx.settings().answer_business_days)
}
