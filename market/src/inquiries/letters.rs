//! Mails of inquiries, in the reader's language. The first button is the main way on.

use super::confirm::CONFIRM_DAYS;
use super::jobs::{BuyerEvent, VendorEvent};
use super::letters_words::{decline_words, quote_words};
use super::lines::Line;
use super::model::{DeclineReason, RejectReason, Side, ThreadState};
use super::moments::moment;
use super::page::AskPage;
use super::store::{Contact, Message, Thread};
use crate::cx::Cx;
use crate::lang::Lang;
use crate::notifications::letter::{Button, Letter};

/// Characters of a message that a mail shows.
const EXCERPT: usize = 600;

pub(super) fn say(lang: Lang, ko: impl Into<String>, en: impl Into<String>) -> String {
    if lang == Lang::Ko { ko.into() } else { en.into() }
}

fn address(cx: &Cx, lang: Lang, path: &str) -> String {
    format!("{}{}{path}", cx.settings().public_url, lang.prefix())
}

pub(super) fn button(cx: &Cx, lang: Lang, label: String, path: &str) -> Button {
    Button { label, url: address(cx, lang, path) }
}

pub(super) fn excerpt(body: &str) -> String {
    let cut: String = body.chars().take(EXCERPT).collect();
    if cut.len() < body.len() { format!("{cut} …") } else { cut }
}

/// The one mail to an address that has not confirmed itself.
pub(super) fn confirm(cx: &Cx, lang: Lang, page: &AskPage, body: &str, token: &str) -> Letter {
    let (vendor, title) =
        (lang.pick(&page.name_ko, &page.name_en), lang.pick(&page.title_ko, &page.title_en));
    Letter {
        subject: say(
            lang,
            format!("문의를 보내려면 확인해 주세요: {title}"),
            format!("Please confirm your inquiry: {title}"),
        ),
        heading: say(lang, "문의를 아직 보내지 않았어요", "Your inquiry has not been sent yet"),
        paragraphs: vec![
            say(
                lang,
                format!(
                    "{vendor}에 보낼 문의예요. 아래 단추를 눌러 내용을 보고 보내 주세요. 링크는 {CONFIRM_DAYS}일 동안 쓸 수 있어요."
                ),
                format!(
                    "This is your inquiry to {vendor}. Open the page below, read it once more and send it. The link works for {CONFIRM_DAYS} days."
                ),
            ),
            excerpt(body),
            say(
                lang,
                "적은 적이 없다면 이 메일을 지우면 돼요. 아무것도 보내지 않아요.",
                "If you did not write this, ignore this mail. Nothing will be sent.",
            ),
        ],
        buttons: vec![button(
            cx,
            lang,
            say(lang, "확인하고 보내기", "Confirm and send"),
            &format!("/confirm-inquiry/{token}"),
        )],
    }
}

/// A mail to one member of the vendor's team. `link` opens the thread for this member alone.
pub(super) fn to_vendor(
    cx: &Cx,
    lang: Lang,
    event: VendorEvent,
    about: (&Thread, &[Line], &[Message], Option<&Contact>),
    link: Option<&str>,
) -> Letter {
    let (thread, lines, messages, contact) = about;
    let title = &thread.subject;
    let (subject, heading) = vendor_headline(lang, (event, thread.state), title);
    let mut paragraphs = Vec::new();
    let shows_lines = matches!(event, VendorEvent::Inquiry | VendorEvent::Reminder);
    if !lines.is_empty() && shows_lines {
        paragraphs.extend(lines.iter().map(|line| line_words(lang, line)));
    } else if !thread.quantity.is_empty() && shows_lines {
        paragraphs.push(say(
            lang,
            format!("수량: {}", thread.quantity),
            format!("Quantity: {}", thread.quantity),
        ));
    }
    let newest =
        messages.iter().rev().find(|message| message.side == Side::Buyer && !message.body.is_empty());
    if let Some(message) = newest.filter(|_| {
        !matches!(
            event,
            VendorEvent::Expired
                | VendorEvent::Rerouted
                | VendorEvent::Withdrawn
                | VendorEvent::Accepted
                | VendorEvent::QuoteLapsed
        )
    }) {
        paragraphs.push(excerpt(&message.body));
    }
    if event == VendorEvent::Accepted {
        paragraphs.extend(contact.map(|buyer| contact_words(lang, buyer)));
        paragraphs.push(say(
            lang,
            "이제 주문과 납품, 대금은 구매자와 직접 정해 주세요. 전화나 메일로 연락하거나 이 문의에 글을 쓰면 돼요.",
            "Please settle order, delivery and payment with the buyer now: call, mail or write into this inquiry.",
        ));
    }
    if event == VendorEvent::QuoteLapsed {
        paragraphs.push(say(
            lang,
            "구매자는 이 견적을 더 받아들일 수 없어요. 조건이 그대로라면 앞의 값이 채워진 새 견적을 바로 보낼 수 있어요.",
            "The buyer can accept it no more. You can send a new version; the form begins with the figures of the last one.",
        ));
    }
    if event == VendorEvent::Declined {
        let reason = thread
            .decline_reason
            .as_deref()
            .and_then(RejectReason::from_code)
            .map(|reason| reason.words(lang));
        paragraphs
            .extend(reason.map(|reason| say(lang, format!("이유: {reason}"), format!("Reason: {reason}"))));
    }
    if let Some(due) = thread.due_at.filter(|_| thread.state.turn() == Some(Side::Vendor)) {
        paragraphs.push(say(
            lang,
            format!(
                "{}까지 답해 주세요. 거절해도 답한 것으로 쳐요. 로그인하지 않아도 돼요.",
                moment(cx, lang, due)
            ),
            format!(
                "Please answer by {}. Declining counts as an answer. No need to sign in.",
                moment(cx, lang, due)
            ),
        ));
    }
    Letter { subject, heading, paragraphs, buttons: vendor_buttons(cx, lang, (event, thread), link) }
}

/// How the buyer is reached, in one line.
fn contact_words(lang: Lang, buyer: &Contact) -> String {
    let parts = [Some(&buyer.name), buyer.company.as_ref(), Some(&buyer.email), buyer.phone.as_ref()];
    let known: Vec<&str> =
        parts.into_iter().flatten().map(String::as_str).filter(|part| !part.is_empty()).collect();
    let known = known.join(" · ");
    say(lang, format!("구매자 연락처: {known}"), format!("How to reach the buyer: {known}"))
}

fn line_words(lang: Lang, line: &Line) -> String {
    let mut words = format!("{}: {}", line.title, line.quantity);
    let mut add = |ko: &str, en: &str, value: &str| {
        if !value.is_empty() {
            words.push_str(&say(lang, format!(" · {ko} {value}"), format!(" · {en} {value}")));
        }
    };
    add("규격", "specification", &line.spec);
    add("희망 단가", "target price", &line.target_price);
    add("필요한 날", "needed by", &line.due.map(|day| day.to_string()).unwrap_or_default());
    words
}

fn vendor_buttons(
    cx: &Cx,
    lang: Lang,
    (event, thread): (VendorEvent, &Thread),
    link: Option<&str>,
) -> Vec<Button> {
    match link {
        // the quote was taken: there is nothing left to answer, but much to talk about
        Some(token) if !thread.state.is_open() => vec![
            button(cx, lang, say(lang, "문의 열기", "Open the inquiry"), &format!("/a/{token}")),
            button(
                cx,
                lang,
                say(lang, "구매자에게 글 쓰기", "Write to the buyer"),
                &format!("/a/{token}/reply"),
            ),
        ],
        Some(token) if event == VendorEvent::QuoteLapsed => vec![
            button(cx, lang, say(lang, "새 견적 보내기", "Send a new quote"), &format!("/a/{token}/quote")),
            button(cx, lang, say(lang, "문의 전체 보기", "Read the whole inquiry"), &format!("/a/{token}")),
        ],
        Some(token) => vec![
            button(cx, lang, say(lang, "견적", "Quote"), &format!("/a/{token}/quote")),
            button(cx, lang, say(lang, "추가 정보", "Ask for details"), &format!("/a/{token}/ask")),
            button(cx, lang, say(lang, "거절", "Decline"), &format!("/a/{token}/decline")),
            button(cx, lang, say(lang, "문의 전체 보기", "Read the whole inquiry"), &format!("/a/{token}")),
        ],
        None => vec![button(
            cx,
            lang,
            say(lang, "문의 보기", "Open the inquiry"),
            &format!("/inquiries/{}", thread.id),
        )],
    }
}

fn vendor_headline(lang: Lang, (event, state): (VendorEvent, ThreadState), title: &str) -> (String, String) {
    let both = |ko: &str, en: &str| {
        (say(lang, format!("{ko}: {title}"), format!("{en}: {title}")), say(lang, ko, en))
    };
    match event {
        VendorEvent::Inquiry => (
            say(lang, format!("새 문의: {title}"), format!("New inquiry: {title}")),
            say(lang, format!("‘{title}’에 문의가 왔어요"), format!("Somebody asks about “{title}”")),
        ),
        VendorEvent::Reply if state == ThreadState::Accepted => {
            both("구매자가 글을 보냈어요", "The buyer wrote to you")
        }
        VendorEvent::Reply => both("구매자가 답했어요", "The buyer replied"),
        VendorEvent::Reminder => both("답을 기다리고 있어요", "An answer is waited for"),
        VendorEvent::Accepted => both("구매자가 견적을 받아들였어요", "Your quote was accepted"),
        VendorEvent::Declined => both("구매자가 견적을 거절했어요", "Your quote was not taken"),
        VendorEvent::Withdrawn => both(
            "구매자가 문의를 거뒀어요. 하실 일은 없어요",
            "The buyer withdrew the inquiry; nothing is left to do",
        ),
        VendorEvent::Expired => {
            both("기한이 지나 문의가 끝났어요", "The inquiry has ended: its time is over")
        }
        VendorEvent::Rerouted => both("구매자가 다른 공급사에 물었어요", "The buyer asked another vendor"),
        VendorEvent::QuoteLapsed => both("보낸 견적의 유효 기간이 지났어요", "Your quote is no longer valid"),
    }
}

/// A mail to the buyer. The first link opens the thread without signing in, the second one all threads of its form.
pub(super) fn to_buyer(
    cx: &Cx,
    lang: Lang,
    event: BuyerEvent,
    about: (&Thread, Option<&Message>),
    (link, together): (&str, Option<&str>),
) -> Letter {
    let (thread, message) = about;
    let (ko, en) = buyer_headline(event, thread.state);
    let title = &thread.subject;
    let mut paragraphs = Vec::new();
    if let Some(message) = message.filter(|_| !tells_nothing_new(event)) {
        paragraphs.extend(message.quote.as_ref().map(|quote| quote_words(cx, lang, quote)));
        let reason = message
            .reason
            .as_deref()
            .and_then(DeclineReason::from_code)
            .map(|reason| decline_words(lang, reason).to_owned());
        paragraphs.extend(reason);
        if !message.body.is_empty() {
            paragraphs.push(excerpt(&message.body));
        }
    }
    paragraphs.extend(buyer_note(cx, lang, event, thread));
    let mut buttons =
        vec![button(cx, lang, say(lang, "문의 열기", "Open the inquiry"), &format!("/a/{link}"))];
    let main = match event {
        BuyerEvent::Quote => Some((("견적 보고 정하기", "See the quote and decide"), "accept")),
        BuyerEvent::QuoteLapsed => Some((("새 견적 요청", "Ask for a new quote"), "reply?new_quote=1")),
        _ => None,
    };
    if let Some(((ko, en), step)) = main {
        buttons.insert(0, button(cx, lang, say(lang, ko, en), &format!("/a/{link}/{step}")));
    }
    buttons.extend(together.map(|all| {
        button(cx, lang, say(lang, "견적 나란히 보기", "See the quotes side by side"), &format!("/b/{all}"))
    }));
    Letter {
        subject: say(lang, format!("{ko}: {title}"), format!("{en}: {title}")),
        heading: say(lang, ko, en),
        paragraphs,
        buttons,
    }
}

/// Mails about a thread as a whole repeat none of its messages.
const fn tells_nothing_new(event: BuyerEvent) -> bool {
    matches!(
        event,
        BuyerEvent::Delivered
            | BuyerEvent::Reminder
            | BuyerEvent::Held
            | BuyerEvent::Released
            | BuyerEvent::QuoteLapsed
    )
}

const fn buyer_headline(event: BuyerEvent, state: ThreadState) -> (&'static str, &'static str) {
    match event {
        BuyerEvent::Delivered | BuyerEvent::Released => {
            ("문의를 전달했어요", "Your inquiry is with the vendor")
        }
        BuyerEvent::Reply if matches!(state, ThreadState::Accepted) => {
            ("공급사가 글을 보냈어요", "The vendor wrote to you")
        }
        BuyerEvent::Reply => ("공급사가 답했어요", "The vendor answered"),
        BuyerEvent::Question => ("공급사가 더 알고 싶어 해요", "The vendor has a question"),
        BuyerEvent::Quote => ("견적이 왔어요", "You have a quote"),
        BuyerEvent::Declined => ("공급사가 이번에는 어렵다고 했어요", "The vendor cannot help this time"),
        BuyerEvent::Reminder => ("답을 기다리고 있어요", "The vendor waits for you"),
        BuyerEvent::Held => ("문의를 확인하고 있어요", "We are checking your inquiry"),
        BuyerEvent::Refused => ("문의를 전달하지 않았어요", "Your inquiry was not handed over"),
        BuyerEvent::QuoteLapsed => ("견적의 유효 기간이 지났어요", "The quote is no longer valid"),
        BuyerEvent::Expired => ("기한이 지나 문의가 끝났어요", "Your inquiry has ended: its time is over"),
    }
}

fn buyer_note(cx: &Cx, lang: Lang, event: BuyerEvent, thread: &Thread) -> Option<String> {
    let until = thread.due_at.map(|due| moment(cx, lang, due));
    match event {
        BuyerEvent::Delivered | BuyerEvent::Released => until.map(|until| {
            say(
                lang,
                format!(
                    "공급사는 {until}까지 답해요. 답이 없으면 비슷한 제품을 만드는 다른 공급사를 알려 드려요."
                ),
                format!(
                    "The vendor answers by {until}. If not, we show you other vendors of similar products."
                ),
            )
        }),
        BuyerEvent::Reply | BuyerEvent::Question | BuyerEvent::Reminder => until.map(|until| {
            say(lang, format!("{until}까지 답할 수 있어요."), format!("You can answer until {until}."))
        }),
        BuyerEvent::Quote => None,
        BuyerEvent::QuoteLapsed => Some(say(
            lang,
            "이 견적은 이제 받아들일 수 없지만 문의는 열려 있어요. 아래 단추로 공급사에 새 견적을 부탁할 수 있어요.",
            "You can accept this quote no more, but the inquiry is still open. The button below asks the vendor for a new one.",
        )),
        BuyerEvent::Held => until.map(|until| {
            say(
                lang,
                format!("담당자가 {until}까지 확인하고 알려 드려요. 하실 일은 없어요."),
                format!("Somebody of our team looks at it by {until} and tells you. There is nothing to do."),
            )
        }),
        BuyerEvent::Refused => Some(say(
            lang,
            "이 제품에 대해 묻고 싶은 것을 다시 적어 보내 주시면 전달해 드려요.",
            "Write again what you would like to know about this product and we hand it over.",
        )),
        BuyerEvent::Declined | BuyerEvent::Expired => Some(say(
            lang,
            "비슷한 제품을 만드는 다른 공급사를 찾아 두었어요. 열어서 골라 보세요.",
            "We looked for other vendors of similar products. Open the inquiry to choose one.",
        )),
    }
}
