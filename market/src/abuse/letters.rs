//! The mail to whoever reported somebody.

use super::reports::Decision;
use crate::lang::Lang;
use crate::notifications::letter::Letter;

pub(super) fn report_decided(lang: Lang, title: &str, what: (Decision, &str)) -> Letter {
    let (decision, words) = what;
    let (subject, text) = match decision {
        Decision::Uphold => (
            lang.pick("신고를 확인했어요", "We looked into your report"),
            lang.pick(
                "알려 주신 내용이 맞았어요. 이 상대의 다음 문의는 담당자가 먼저 확인하고, 이 문의는 응답률에 넣지 않아요.",
                "You were right. We check what comes from this side first from now on, and this inquiry counts in no response rate.",
            ),
        ),
        Decision::Dismiss => (
            lang.pick("신고를 살펴봤어요", "We looked into your report"),
            lang.pick(
                "이번에는 따로 조치하지 않았어요. 더 받고 싶지 않으면 문의 화면에서 차단할 수 있어요.",
                "We did not take measures this time. If you want to hear no more from them, you can block them on the page of the inquiry.",
            ),
        ),
    };
    let mut paragraphs = vec![text.to_owned()];
    paragraphs.extend((!words.is_empty()).then(|| words.to_owned()));
    Letter {
        subject: format!("{subject}: {title}"),
        heading: subject.to_owned(),
        paragraphs,
        buttons: Vec::new(),
    }
}
