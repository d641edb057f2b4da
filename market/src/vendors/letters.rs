//! Mails to a company's team about its application.

use super::rules::VendorAction;
use crate::lang::Lang;
use crate::notifications::letter::{Button, Letter};

/// What the team is told of a decision; none when nobody needs to know by mail.
pub fn decision(lang: Lang, action: VendorAction, company: &str, reason: &str, site: &str) -> Option<Letter> {
    let desk = format!("{site}{}/vendor", lang.prefix());
    let (subject, text, button) = match (lang, action) {
        (Lang::Ko, VendorAction::Approve) => (
            "입점이 승인됐어요",
            "이제 제품을 올리면 바이어가 찾을 수 있어요. 사진 한 장과 규격만 있으면 돼요.",
            "제품 올리기",
        ),
        (Lang::Ko, VendorAction::Return) => {
            ("신청서에서 고칠 것이 있어요", "아래 내용을 고쳐 다시 보내 주시면 바로 볼게요.", "신청서 고치기")
        }
        (Lang::Ko, VendorAction::Reject) => (
            "이번에는 입점을 받지 못했어요",
            "이유는 아래와 같아요. 사정이 바뀌면 다시 신청할 수 있어요.",
            "신청서 보기",
        ),
        (Lang::Ko, VendorAction::Suspend) => (
            "제품이 잠시 보이지 않아요",
            "연합회가 아래 이유로 노출을 멈췄어요. 바로잡은 뒤 이 메일에 답해 주시면 다시 볼게요.",
            "업무 화면 열기",
        ),
        (Lang::Ko, VendorAction::Close) => (
            "회사가 닫혔어요",
            "연합회가 회사를 닫았어요. 제품은 더 보이지 않고, 진행 중이던 문의는 끝났어요. 받은 문의와 기록은 계속 볼 수 있어요.",
            "업무 화면 열기",
        ),
        (Lang::Ko, VendorAction::Lift) => ("제품이 다시 보여요", "노출을 다시 시작했어요.", "업무 화면 열기"),
        (Lang::En, VendorAction::Approve) => (
            "Your company is approved",
            "Buyers can find your products as soon as you list them. One picture and the sizes are enough.",
            "List a product",
        ),
        (Lang::En, VendorAction::Return) => (
            "Your application needs a change",
            "Please change what is said below and send it again; we will look at once.",
            "Edit the application",
        ),
        (Lang::En, VendorAction::Reject) => (
            "We could not accept your application",
            "The reason is below. You may apply again when things have changed.",
            "See the application",
        ),
        (Lang::En, VendorAction::Suspend) => (
            "Your products are hidden for now",
            "The federation has hidden them for the reason below. Once it is put right, answer this mail and we will look again.",
            "Open your desk",
        ),
        (Lang::En, VendorAction::Close) => (
            "Your company is closed",
            "The federation has closed it. Its products are no longer shown and open inquiries have ended. You can still read the inquiries you had.",
            "Open your desk",
        ),
        (Lang::En, VendorAction::Lift) => {
            ("Your products are visible again", "They can be found again from now on.", "Open your desk")
        }
        _ => return None,
    };
    let mut paragraphs = vec![text.to_owned()];
    if !reason.is_empty() {
        paragraphs.push(reason.to_owned());
    }
    Some(Letter {
        subject: format!("[{company}] {subject}"),
        heading: subject.to_owned(),
        paragraphs,
        buttons: vec![Button { label: button.to_owned(), url: desk }],
    })
}

/// What the team is told when its owner has closed the company, or has taken back an application.
pub fn left(lang: Lang, was_approved: bool, company: &str, site: &str) -> Letter {
    let (subject, text, button) = match (lang, was_approved) {
        (Lang::Ko, true) => (
            "회사를 닫았어요",
            "제품은 더 보이지 않고, 진행 중이던 문의는 끝났어요. 받은 문의와 기록은 계속 볼 수 있어요.",
            "업무 화면 열기",
        ),
        (Lang::Ko, false) => (
            "입점 신청을 거뒀어요",
            "적어 둔 제품은 치웠어요. 다시 신청하려면 같은 사업자등록번호로 처음부터 적으면 돼요.",
            "업무 화면 열기",
        ),
        (Lang::En, true) => (
            "Your company is closed",
            "Its products are no longer shown and open inquiries have ended. You can still read the inquiries you had.",
            "Open your desk",
        ),
        (Lang::En, false) => (
            "The application is taken back",
            "Products that were prepared are put away. To apply again, begin anew with the same business number.",
            "Open your desk",
        ),
    };
    Letter {
        subject: format!("[{company}] {subject}"),
        heading: subject.to_owned(),
        paragraphs: vec![text.to_owned()],
        buttons: vec![Button { label: button.to_owned(), url: format!("{site}{}/vendor", lang.prefix()) }],
    }
}

/// What the team is told of a decision about its changed name, place or certificates.
pub fn edit(lang: Lang, applied: bool, company: &str, reason: &str, site: &str) -> Letter {
    let (subject, text, button) = match (lang, applied) {
        (Lang::Ko, true) => (
            "바꾼 회사 정보가 반영됐어요",
            "회사 이름, 주소, 인증 같은 정보가 이제 바꾼 대로 보여요.",
            "회사 정보 보기",
        ),
        (Lang::Ko, false) => (
            "바꾼 회사 정보를 반영하지 못했어요",
            "지금까지 보이던 정보가 그대로 보여요. 아래 이유를 보고 다시 고쳐 주세요.",
            "회사 정보 고치기",
        ),
        (Lang::En, true) => (
            "Your changed profile is live",
            "Name, address, certificates and the like are now shown as you changed them.",
            "See the profile",
        ),
        (Lang::En, false) => (
            "Your changed profile was not accepted",
            "What was shown before stays. Please read the reason below and change it again.",
            "Edit the profile",
        ),
    };
    let mut paragraphs = vec![text.to_owned()];
    if !reason.is_empty() {
        paragraphs.push(reason.to_owned());
    }
    Letter {
        subject: format!("[{company}] {subject}"),
        heading: subject.to_owned(),
        paragraphs,
        buttons: vec![Button {
            label: button.to_owned(),
            url: format!("{site}{}/vendor/profile", lang.prefix()),
        }],
    }
}

/// Somebody is asked into a company's team; the way on works with and without an account.
pub fn invited_to_team(lang: Lang, company: &str, site: &str) -> Letter {
    let (subject, text, hint, button) = match lang {
        Lang::Ko => (
            "팀에 초대받았어요",
            "수락하면 이 회사의 제품과 문의를 함께 볼 수 있어요. 수락하기 전에는 아무 일도 일어나지 않아요.",
            "계정이 없으면 이 이메일로 먼저 가입해 주세요. 초대는 14일 동안 열려 있어요. 모르는 회사라면 그냥 두셔도 돼요.",
            "초대 보기",
        ),
        Lang::En => (
            "You are invited to the team",
            "If you accept, you work on this company's products and inquiries together. Nothing happens before you do.",
            "Without an account, please join with this address first. The invitation is open for 14 days. If you do not know the company, just leave it.",
            "See the invitation",
        ),
    };
    Letter {
        subject: format!("[{company}] {subject}"),
        heading: subject.to_owned(),
        paragraphs: vec![text.to_owned(), hint.to_owned()],
        buttons: vec![Button {
            label: button.to_owned(),
            url: format!("{site}{}/vendor/companies", lang.prefix()),
        }],
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;

    /// All letters to a company as they read, so that a changed word is seen where it is read.
    #[test]
    fn what_a_company_is_told() {
        let site = "https://market.test";
        let mut told = String::new();
        for lang in [Lang::Ko, Lang::En] {
            let name = lang.pick("가온볼트", "Gaon Bolt");
            let reason = lang.pick("주소가 달라요.", "The address differs.");
            let decided =
                VendorAction::ALL.into_iter().filter_map(|action| decision(lang, action, name, reason, site));
            let edits = [true, false].map(|applied| edit(lang, applied, name, reason, site));
            let left = [true, false].map(|was_approved| left(lang, was_approved, name, site));
            let letters = decided.chain(edits).chain(left).chain([invited_to_team(lang, name, site)]);
            for letter in letters {
                _ = writeln!(told, "{}", letter.subject);
                for paragraph in letter.paragraphs {
                    _ = writeln!(told, "  {paragraph}");
                }
                for button in letter.buttons {
                    _ = writeln!(told, "  [{}] {}", button.label, button.url);
                }
            }
        }
        insta::assert_snapshot!(told);
    }
}
