//! Mails about one form to several vendors.

use super::confirm::CONFIRM_DAYS;
use super::letters::{button, excerpt, say};
use super::together::Plan;
use crate::cx::Cx;
use crate::lang::Lang;
use crate::notifications::letter::Letter;

/// The one mail to an address that has not confirmed itself.
pub(super) fn confirm_batch(cx: &Cx, lang: Lang, plan: &Plan, token: &str) -> Letter {
    let count = plan.vendors.len();
    let mut paragraphs = vec![say(
        lang,
        format!(
            "공급사 {count}곳에 보낼 문의예요. 아래 단추를 눌러 내용을 보고 보내 주세요. 링크는 {CONFIRM_DAYS}일 동안 쓸 수 있어요."
        ),
        format!(
            "This is your inquiry to {count} vendors. Open the page below, read it once more and send it. The link works for {CONFIRM_DAYS} days."
        ),
    )];
    paragraphs.extend(plan.vendors.iter().map(|vendor| {
        let lines: Vec<String> =
            vendor.lines.iter().map(|line| format!("{} {}", line.title, line.quantity)).collect();
        format!("{}: {}", lang.pick(&vendor.page.name_ko, &vendor.page.name_en), lines.join(", "))
    }));
    paragraphs.push(excerpt(plan.body()));
    paragraphs.push(say(
        lang,
        "적은 적이 없다면 이 메일을 지우면 돼요. 아무것도 보내지 않아요.",
        "If you did not write this, ignore this mail. Nothing will be sent.",
    ));
    Letter {
        subject: say(
            lang,
            format!("문의를 보내려면 확인해 주세요: 공급사 {count}곳"),
            format!("Please confirm your inquiry to {count} vendors"),
        ),
        heading: say(lang, "문의를 아직 보내지 않았어요", "Your inquiry has not been sent yet"),
        paragraphs,
        buttons: vec![button(
            cx,
            lang,
            say(lang, "확인하고 보내기", "Confirm and send"),
            &format!("/confirm-basket/{token}"),
        )],
    }
}

/// Who has it, and who gets it once somebody of the site has looked at it; the link back to all threads.
pub(super) fn batch_delivered(cx: &Cx, lang: Lang, (all, held): (i64, i64), link: &str) -> Letter {
    let delivered = all - held;
    let (subject, heading) = if delivered == 0 {
        (
            say(
                lang,
                format!("공급사 {held}곳에 보낼 문의를 확인하고 있어요"),
                format!("We are checking your inquiry to {}", vendors(held)),
            ),
            say(lang, "문의를 확인하고 있어요", "We are checking your inquiry"),
        )
    } else {
        (
            say(
                lang,
                format!("공급사 {delivered}곳에 문의를 전달했어요"),
                format!("Your inquiry is with {}", vendors(delivered)),
            ),
            say(lang, "문의를 전달했어요", "Your inquiry is with the vendors"),
        )
    };
    let mut paragraphs = Vec::new();
    if held > 0 {
        paragraphs.push(say(
            lang,
            format!("공급사 {held}곳에 보낼 문의는 담당자가 먼저 확인해요. 끝나면 메일로 알려 드려요. 하실 일은 없어요."),
            format!(
                "Somebody of our team looks at the inquiry to {} first and mails you then. There is nothing to do.",
                vendors(held)
            ),
        ));
    }
    paragraphs.push(say(
        lang,
        "답이 올 때마다 메일로 알려 드려요. 아래 단추로 모든 문의를 열어 견적을 나란히 볼 수 있어요.",
        "We mail you each answer. The button below opens all your inquiries and sets the quotes side by side.",
    ));
    Letter {
        subject,
        heading,
        paragraphs,
        buttons: vec![button(
            cx,
            lang,
            say(lang, "문의와 견적 모아 보기", "See all inquiries and quotes"),
            &format!("/b/{link}"),
        )],
    }
}

fn vendors(count: i64) -> String {
    if count == 1 { "1 vendor".to_owned() } else { format!("{count} vendors") }
}
