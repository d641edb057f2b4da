//! The mails of accounts, in both languages.

use super::model::User;
use crate::cx::Cx;
use crate::lang::Lang;
use crate::notifications::letter::{Button, Letter, Recipient};

/// The reader of a letter about their own account.
pub fn to(user: &User) -> Recipient {
    Recipient { email: user.email.clone(), name: user.name.clone(), lang: user.lang() }
}

fn letter(lang: Lang, ko: [&str; 2], en: [&str; 2], button: Option<(&str, &str, String)>) -> Letter {
    let [subject, text] = if lang == Lang::Ko { ko } else { en };
    Letter {
        subject: subject.to_owned(),
        heading: subject.to_owned(),
        paragraphs: text.split('\n').map(str::to_owned).collect(),
        buttons: button
            .map(|(ko, en, url)| Button { label: lang.pick(ko, en).to_owned(), url })
            .into_iter()
            .collect(),
    }
}

fn url(cx: &Cx, lang: Lang, path: &str) -> String {
    format!("{}{}{path}", cx.settings().public_url, lang.prefix())
}

/// Address of a reset link.
pub fn reset_url(cx: &Cx, lang: Lang, token: &str) -> String {
    url(cx, lang, &format!("/reset/{token}"))
}

/// Asks a new member to prove the address.
pub fn confirm(cx: &Cx, lang: Lang, token: &str) -> Letter {
    letter(
        lang,
        [
            "이메일 주소를 확인해 주세요",
            "융합닷컴에 가입해 주셔서 고마워요. 아래 단추를 누르고 한 번 더 확인하면 가입이 끝나요.\n링크는 3일 동안 쓸 수 있어요.\n가입한 적이 없으면 이 메일을 지워 주세요. 아무 일도 일어나지 않아요.",
        ],
        [
            "Please confirm your e-mail address",
            "Thank you for joining Yunghap Market. Press the button below and confirm once more to finish.\nThe link works for 3 days.\nIf you did not join, delete this mail; nothing will happen.",
        ],
        Some(("이메일 확인하기", "Confirm e-mail", url(cx, lang, &format!("/confirm/{token}")))),
    )
}

/// Tells the owner of an account that somebody joined with its address.
pub fn already_joined(cx: &Cx, lang: Lang) -> Letter {
    letter(
        lang,
        [
            "이미 가입한 주소예요",
            "방금 이 주소로 다시 가입하려는 요청이 있었어요. 이미 계정이 있으니 로그인하면 돼요.\n비밀번호가 생각나지 않으면 로그인 화면에서 새로 정할 수 있어요.\n직접 하신 일이 아니면 이 메일을 지워 주세요. 계정은 그대로예요.",
        ],
        [
            "You already have an account",
            "Somebody, probably you, just tried to join with this address. You already have an account, so simply sign in.\nIf you have forgotten the password, choose a new one from the sign-in page.\nIf it was not you, delete this mail; your account is unchanged.",
        ],
        Some(("로그인하기", "Sign in", url(cx, lang, "/sign-in"))),
    )
}

/// Tells somebody who asked as a guest how the account gets a password.
pub fn guest_joins(cx: &Cx, lang: Lang, token: &str) -> Letter {
    letter(
        lang,
        [
            "비밀번호를 정하면 가입이 끝나요",
            "이 주소로 문의한 적이 있어서 보낸 문의와 받은 답이 이미 모여 있어요. 아래에서 비밀번호를 정하면 모두 볼 수 있어요.\n링크는 1시간 동안 쓸 수 있어요.\n가입한 적이 없으면 이 메일을 지워 주세요.",
        ],
        [
            "Choose a password to finish joining",
            "You have asked a maker with this address before, and your inquiries are waiting. Choose a password to see them all.\nThe link works for 1 hour.\nIf you did not join, delete this mail.",
        ],
        Some(("비밀번호 정하기", "Choose a password", reset_url(cx, lang, token))),
    )
}

/// Carries the link to a new password.
pub fn reset(cx: &Cx, lang: Lang, token: &str) -> Letter {
    letter(
        lang,
        [
            "새 비밀번호를 정해 주세요",
            "비밀번호를 새로 정하는 링크예요. 1시간 동안 한 번 쓸 수 있어요.\n새로 정하면 로그인해 둔 모든 기기에서 로그아웃돼요.\n부탁하신 적이 없으면 이 메일을 지워 주세요. 비밀번호는 그대로예요.",
        ],
        [
            "Choose a new password",
            "This link lets you choose a new password. It works once, for 1 hour.\nAfterwards every device is signed out.\nIf you did not ask for it, delete this mail; your password is unchanged.",
        ],
        Some(("새 비밀번호 정하기", "Choose a new password", reset_url(cx, lang, token))),
    )
}

/// Tells an address without a password, or with several sign-ups that wait, that joining makes one.
pub fn join_first(cx: &Cx, lang: Lang) -> Letter {
    letter(
        lang,
        [
            "가입을 먼저 마쳐 주세요",
            "이 주소에는 아직 비밀번호가 없어요. 가입 화면에서 비밀번호를 정하고 새로 받은 메일의 링크를 누르면 가입이 끝나요.\n이 주소로 보낸 문의가 있으면 가입한 뒤에도 그대로 남아 있어요.\n부탁하신 적이 없으면 이 메일을 지워 주세요.",
        ],
        [
            "Please finish joining first",
            "This address has no password yet. Choose one on the sign-up page and press the link in the mail that follows.\nInquiries sent with this address stay where they are.\nIf you did not ask for this, delete this mail.",
        ],
        Some(("가입하기", "Join", url(cx, lang, "/sign-up"))),
    )
}

/// Tells that the password was changed.
pub fn password_changed(cx: &Cx, lang: Lang) -> Letter {
    letter(
        lang,
        [
            "비밀번호가 바뀌었어요",
            "융합닷컴 비밀번호를 방금 바꿨고 다른 기기에서는 모두 로그아웃했어요.\n직접 하신 일이 아니면 바로 새 비밀번호를 정해 주세요.",
        ],
        [
            "Your password was changed",
            "The password of your Yunghap Market account has just been changed, and other devices were signed out.\nIf it was not you, choose a new password at once.",
        ],
        Some(("새 비밀번호 정하기", "Choose a new password", url(cx, lang, "/reset"))),
    )
}

/// Says goodbye.
pub fn closed(lang: Lang) -> Letter {
    letter(
        lang,
        [
            "탈퇴를 마쳤습니다",
            "융합닷컴 계정을 닫고 이름, 이메일, 전화번호를 지웠습니다. 공급사와 주고받은 문의 내용은 거래 기록으로 이름 없이 남습니다.\n그동안 함께해 주셔서 고맙습니다.",
        ],
        [
            "Your account is closed",
            "We closed your Yunghap Market account and erased your name, e-mail address and telephone number. Inquiries exchanged with makers stay as trade records without your name.\nThank you for having been with us.",
        ],
        None,
    )
}
