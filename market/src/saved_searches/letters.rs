//! The two mails: one asks an address to confirm, one tells what is new.

use crate::catalog::browse::Card;
use crate::cx::Cx;
use crate::lang::Lang;
use crate::notifications::letter::{Button, Letter};

/// Listings named of one question; the rest is a number and a link.
const NAMED: usize = 10;

/// Address of a page with the host, in a language.
pub(super) fn url(cx: &Cx, lang: Lang, path: &str) -> String {
    format!("{}{}{path}", cx.settings().public_url, lang.prefix())
}

/// Asks a guest to confirm.
pub(super) fn confirm(cx: &Cx, lang: Lang, title: &str, secret: &str) -> Letter {
    let (subject, text, note, label) = match lang {
        Lang::Ko => (
            "새 제품 알림을 켤까요",
            format!(
                "{title}\n이 조건에 맞는 새 제품이 올라오면 하루에 한 번까지 메일로 알려 드려요. 언제든 메일에서 바로 멈출 수 있어요."
            ),
            "아래 단추를 누르고 한 번 더 확인하면 켜져요. 링크는 3일 동안 쓸 수 있어요.\n부탁한 적이 없으면 이 메일을 지워 주세요. 아무 일도 일어나지 않아요.",
            "알림 켜기",
        ),
        Lang::En => (
            "Shall we tell you about new products?",
            format!(
                "{title}\nWhen new products meet this search, we mail you at most once a day. You can stop from any of these mails."
            ),
            "Press the button and confirm once more. The link works for 3 days.\nIf you did not ask for this, delete this mail; nothing will happen.",
            "Turn on alerts",
        ),
    };
    Letter {
        subject: subject.to_owned(),
        heading: subject.to_owned(),
        paragraphs: vec![text, note.to_owned()],
        buttons: vec![Button {
            label: label.to_owned(),
            url: url(cx, lang, &format!("/confirm-alert/{secret}")),
        }],
    }
}

/// One question with what is new.
pub(super) struct Section {
    pub title: String,
    pub address: String,
    pub cards: Vec<Card>,
}

/// What is new, question by question; `stop` is the link that ends it.
pub(super) fn news(cx: &Cx, lang: Lang, sections: &[Section], stop: &str) -> Letter {
    let count: usize = sections.iter().map(|section| section.cards.len()).sum();
    let first = sections.first().map(|section| section.title.clone()).unwrap_or_default();
    let (subject, end) = match lang {
        Lang::Ko => (
            format!("새 제품 {count}개: {first}"),
            format!(
                "이 메일은 저장한 검색의 알림이에요. 하루에 한 번까지만 보내요.\n그만 받기와 바꾸기: {stop}"
            ),
        ),
        Lang::En => (
            format!("{count} new: {first}"),
            format!(
                "This is an alert of your saved searches, at most one mail a day.\nStop or change alerts: {stop}"
            ),
        ),
    };
    let mut paragraphs: Vec<String> = sections.iter().map(|section| paragraph(cx, lang, section)).collect();
    paragraphs.push(end);
    let label = |title: &str| match lang {
        Lang::Ko => format!("{title} 모두 보기"),
        Lang::En => format!("See all: {title}"),
    };
    let buttons = sections
        .iter()
        .take(5)
        .map(|section| Button { label: label(&section.title), url: url(cx, lang, &section.address) })
        .collect();
    Letter { heading: subject.clone(), subject, paragraphs, buttons }
}

fn paragraph(cx: &Cx, lang: Lang, section: &Section) -> String {
    let mut lines = vec![section.title.clone()];
    for card in section.cards.iter().take(NAMED) {
        lines.push(format!("· {} ({})", card.title(lang), card.vendor.name(lang)));
        lines.push(format!("  {}", url(cx, lang, &format!("/listings/{}", card.slug))));
    }
    let more = section.cards.len().saturating_sub(NAMED);
    if more > 0 {
        lines.push(match lang {
            Lang::Ko => format!("그 밖에 {more}개"),
            Lang::En => format!("and {more} more"),
        });
    }
    lines.join("\n")
}
