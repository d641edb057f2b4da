//! Words of the desk's page of the federation's own people: roles and offices.

use market::accounts::access::PlatformRole;

use super::Lang;

crate::words! {
    title = "연합회 사람", "People";
    intro = "연합회 일을 맡은 사람과 그 역할이에요. 주거나 거두면 바로 바뀌고 감사 기록에 남아요.", "Who works for the federation, and as what. Changes take effect at once and stand in the audit record.";
    none = "아직 아무도 없어요.", "Nobody yet.";
    list = "역할을 맡은 사람", "People with a role";
    you = "나", "you";
    officer_of(chapter: &str) = "{chapter} 임원", "Officer of {chapter}";
    since(date: &str) = "{date}부터", "since {date}";
    since_by(date: &str, giver: &str) = "{date}부터 · {giver} 님이 정함", "since {date} · appointed by {giver}";
    take = "거두기", "Take away";
    take_of(name: &str, post: &str) = "거두기: {name} · {post}", "Take away: {name} · {post}";
    take_text(name: &str, post: &str) = "{name} 님에게서 ‘{post}’ 역할을 거둬요. 바로 그 일을 할 수 없게 돼요.", "{name} will no longer be “{post}”, starting at once.";
    give_title = "역할 주기", "Give a role";
    give_text = "먼저 가입하고 이메일을 확인한 사람이어야 해요.", "They must have joined and confirmed their address.";
    give_email = "이메일", "E-mail";
    give_role = "역할", "Role";
    give = "역할 주기", "Give the role";
    give_sure = "주소와 역할이 맞는지 다시 봐 주세요. 이 사람은 바로 그 일을 할 수 있어요.", "Please check the address and the role once more. They can act on it at once.";
    give_now = "네, 줄게요", "Yes, give it";
    given = "역할을 줬어요.", "The role was given.";
    taken = "역할을 거뒀어요.", "The role was taken away.";
    chapters_none = "교류회가 아직 없어요. 교류회는 서버 명령(server admin chapter add)으로 만들어요.", "There are no chapters yet. They are made on the server (server admin chapter add).";
}

/// Name of a role.
pub fn role(lang: Lang, role: PlatformRole) -> &'static str {
    match role {
        PlatformRole::Curator => lang.pick("심사자", "Curator"),
        PlatformRole::Moderator => lang.pick("중재자", "Moderator"),
        PlatformRole::Admin => lang.pick("관리자", "Admin"),
        PlatformRole::Finance => lang.pick("재무 담당", "Finance"),
    }
}

/// A role with what it may do, for the list to choose from.
pub fn role_text(lang: Lang, role: PlatformRole) -> &'static str {
    match role {
        PlatformRole::Curator => lang.pick(
            "심사자 · 공급사와 제품을 심사하고 노출 자리와 검색을 돌봐요",
            "Curator · decides on companies and products, keeps slots and search",
        ),
        PlatformRole::Moderator => lang.pick(
            "중재자 · 제품을 심사하고 멈춰 둔 글과 신고를 결정해요",
            "Moderator · decides on products, held words and reports",
        ),
        PlatformRole::Finance => {
            lang.pick("재무 담당 · 환율과 돈을 봐요", "Finance · sees money, keeps exchange rates")
        }
        PlatformRole::Admin => lang.pick(
            "관리자 · 모든 일을 하고 역할을 정해요",
            "Admin · may do everything and appoints the others",
        ),
    }
}
