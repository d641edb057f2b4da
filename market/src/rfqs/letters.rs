//! Mails about requests, in the reader's language.

use super::jobs::RfqEvent;
use super::store::Rfq;
use crate::cx::Cx;
use crate::inquiries::offered::CONFIRM_DAYS;
use crate::lang::Lang;
use crate::notifications::letter::{Button, Letter};

fn say(lang: Lang, ko: impl Into<String>, en: impl Into<String>) -> String {
    if lang == Lang::Ko { ko.into() } else { en.into() }
}

fn button(cx: &Cx, lang: Lang, label: String, path: &str) -> Button {
    Button { label, url: format!("{}{}{path}", cx.settings().public_url, lang.prefix()) }
}

/// The one mail to an address that has not confirmed itself.
pub(super) fn confirm(cx: &Cx, lang: Lang, title: &str, token: &str) -> Letter {
    let open = say(
        lang,
        format!("아래 단추를 눌러 내용을 보고 올려 주세요. 링크는 {CONFIRM_DAYS}일 동안 쓸 수 있어요."),
        format!(
            "Open the page below, read the request once more and hand it in. The link works for {CONFIRM_DAYS} days."
        ),
    );
    let ignore = say(
        lang,
        "적은 적이 없다면 이 메일을 지우면 돼요. 아무것도 보내지 않아요.",
        "If you did not write this, ignore this mail. Nothing will be sent.",
    );
    Letter {
        subject: say(
            lang,
            format!("견적요청을 올리려면 확인해 주세요: {title}"),
            format!("Please confirm your request: {title}"),
        ),
        heading: say(lang, "견적요청을 아직 올리지 않았어요", "Your request has not been handed in yet"),
        paragraphs: vec![open, ignore],
        buttons: vec![button(
            cx,
            lang,
            say(lang, "확인하고 올리기", "Confirm and hand in"),
            &format!("/confirm-rfq/{token}"),
        )],
    }
}

fn facts(lang: Lang, rfq: &Rfq) -> Vec<String> {
    let mut facts: Vec<String> = rfq.lines.iter().map(|line| line.words(lang)).collect();
    if let Some(day) = rfq.due {
        facts.push(say(lang, format!("필요한 날: {day}"), format!("Needed by: {day}")));
    }
    if !rfq.place.is_empty() {
        facts.push(say(lang, format!("받을 곳: {}", rfq.place), format!("Place: {}", rfq.place)));
    }
    facts
}

/// A request that fits a company; the link lets this member answer it in its name without signing in.
pub(super) fn to_vendor(cx: &Cx, lang: Lang, rfq: &Rfq, (company, link): (&str, &str)) -> Letter {
    let (most, title) = (cx.settings().rfq_answers, &rfq.title);
    let mut paragraphs = facts(lang, rfq);
    paragraphs.push(say(
        lang,
        format!("{company} 이름으로 답하게 돼요."),
        format!("The answer is that of {company}."),
    ));
    paragraphs.push(say(
        lang,
        format!("먼저 답한 {most}곳까지 견적을 낼 수 있어요. 로그인하지 않아도 돼요. 어렵다면 아무것도 하지 않아도 돼요."),
        format!("The first {most} vendors may quote. No need to sign in. If it does not fit, nothing is to be done."),
    ));
    Letter {
        subject: say(lang, format!("새 견적요청: {title}"), format!("New request for quotes: {title}")),
        heading: say(lang, "맞는 견적요청이 올라왔어요", "A request that fits your products"),
        paragraphs,
        buttons: vec![
            button(cx, lang, say(lang, "견적 내기", "Send a quote"), &format!("/q/{link}")),
            button(cx, lang, say(lang, "견적요청 보기", "See the request"), &format!("/rfqs/{}", rfq.id)),
        ],
    }
}

/// What happened to a buyer's request. `link` opens it and all its quotes.
pub(super) fn to_buyer(cx: &Cx, lang: Lang, event: RfqEvent, rfq: &Rfq, link: &str) -> Letter {
    let (head, text) = news(cx, lang, event, rfq);
    Letter {
        subject: format!("{head}: {}", rfq.title),
        heading: head,
        paragraphs: vec![text],
        buttons: vec![button(
            cx,
            lang,
            say(lang, "견적요청과 견적 보기", "See the request and its quotes"),
            &format!("/r/{link}"),
        )],
    }
}

fn news(cx: &Cx, lang: Lang, event: RfqEvent, rfq: &Rfq) -> (String, String) {
    let (most, days, answers) = (cx.settings().rfq_answers, cx.settings().rfq_days, rfq.answers);
    let reason = rfq.reason.clone().unwrap_or_default();
    match event {
        RfqEvent::HandedIn => (
            say(lang, "견적요청을 받았어요", "We have your request"),
            say(
                lang,
                "담당자가 살펴본 뒤 열어요. 열리면 다시 알려 드려요.",
                "Somebody of the federation looks at it first. We tell you when it opens.",
            ),
        ),
        RfqEvent::Opened => (
            say(lang, "견적요청이 열렸어요", "Your request is open"),
            say(
                lang,
                format!("맞는 공급사에 알렸어요. {days}일 동안 {most}곳까지 견적을 받아요."),
                format!(
                    "Vendors whom it fits have been told. Up to {most} of them may quote within {days} days."
                ),
            ),
        ),
        RfqEvent::Returned => {
            (say(lang, "견적요청을 고쳐 주시면 다시 볼게요", "Please revise your request"), reason)
        }
        RfqEvent::Removed => (say(lang, "견적요청을 내렸어요", "Your request was taken down"), reason),
        RfqEvent::Filled => (
            say(lang, format!("견적 {most}건이 모두 왔어요"), format!("All {most} quotes are here")),
            say(lang, "나란히 견주고 하나를 골라 주세요.", "Compare them side by side and choose one."),
        ),
        RfqEvent::Expired => (
            say(lang, "견적요청 기간이 끝났어요", "The days of your request are over"),
            say(
                lang,
                format!(
                    "견적 {answers}건이 왔어요. 견적은 각자의 기한까지 고를 수 있고, 다시 요청할 수도 있어요."
                ),
                format!("{answers} quotes came in. You may take one as long as it holds, or ask again."),
            ),
        ),
    }
}
