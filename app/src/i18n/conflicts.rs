//! What is said when something happened in between: one entry a rule, with what to do next. Pages with a form of their own
//! say it beside the form; this is for every other way there.

use market::Lang;
use market::db::RACE;

/// Rule, then what is said in Korean and English.
const CONFLICTS: &[(&str, &str, &str)] = &[
    (
        RACE,
        "같은 것을 동시에 고친 사람이 있어 아무것도 바꾸지 않았어요. 잠시 뒤 다시 해 주세요.",
        "Somebody changed the same thing at the same moment, so nothing was changed. Please try again in a moment.",
    ),
    (
        "double_submit",
        "같은 화면을 두 번 보냈어요. 먼저 보낸 것은 받았으니 앞 화면에서 확인해 주세요.",
        "This page was sent twice. The first was taken; please look at the page before.",
    ),
    (
        "account.unconfirmed",
        "이메일을 확인하면 할 수 있어요. 받은 메일의 단추를 누르거나, 계정 화면에서 확인 메일을 다시 받아 주세요.",
        "This needs a confirmed address. Please press the button in the mail you got, or have it sent again on the account page.",
    ),
    (
        "consent_needed",
        "약관과 개인정보 동의는 계정이 있는 동안 거둘 수 없어요. 더 쓰지 않으려면 계정 화면에서 탈퇴할 수 있어요.",
        "An account cannot be without its terms and privacy consents. You may close the account on the account page instead.",
    ),
    (
        "message.closed",
        "글은 보낸 뒤 5분 동안만 고칠 수 있어요. 바로잡을 것은 새 글로 보내 주세요.",
        "Messages can be corrected within five minutes. Please send what is to be put right as a new message.",
    ),
    (
        "thread.ended",
        "끝난 대화예요. 더 이야기하려면 새로 문의해 주세요.",
        "This conversation is over. Please send a new inquiry to go on.",
    ),
    (
        "thread.changed",
        "그 사이에 대화에 새 소식이 있어요. 대화를 다시 열어 확인하고 한 번 더 해 주세요.",
        "There is news in this conversation. Please open it again, look, and try once more.",
    ),
    (
        "thread.state",
        "지금은 할 수 없는 일이에요. 대화를 다시 열어 지금 상태를 확인해 주세요.",
        "This is not possible as things stand. Please open the conversation again to see where it is.",
    ),
    (
        "thread.no_quote",
        "아직 결정할 견적이 없어요. 견적이 오면 알려 드려요.",
        "There is no quote to decide on yet. You are told when one arrives.",
    ),
    (
        "quote.superseded",
        "더 새로운 견적이 왔어요. 대화를 다시 열어 새 견적을 확인해 주세요.",
        "A newer quote has arrived. Please open the conversation again and look at it.",
    ),
    (
        "rfq.state",
        "그 사이에 견적요청의 상태가 바뀌었어요. 견적요청을 다시 열어 확인해 주세요.",
        "The request has moved on in the meantime. Please open it again and look.",
    ),
    (
        "rfq.over",
        "마감됐거나 견적을 낼 자리가 모두 찬 요청이에요. 견적요청 목록에서 다른 요청을 볼 수 있어요.",
        "This request is over, or every place to answer is taken. The list of requests has others.",
    ),
    (
        "rfq.answered",
        "이 요청에는 이미 견적을 냈어요. 문의함에서 이어서 이야기할 수 있어요.",
        "You have answered this request already. Go on with it in your inquiries.",
    ),
    (
        "rfq.extended",
        "기간은 한 번만 늘릴 수 있어요. 마감된 뒤에는 다시 요청할 수 있어요.",
        "Days can be added once. When it is over, you can ask again.",
    ),
    (
        "rfq.awarded",
        "이 요청에서는 다른 견적을 이미 골랐어요.",
        "Another quote of this request was taken already.",
    ),
    ("rfq.ended", "끝난 견적요청이에요. 다시 요청할 수 있어요.", "This request is over. You can ask again."),
    (
        "held.decided",
        "다른 담당자가 먼저 결정했거나 대화가 끝났어요. 받은 일로 돌아가 남은 것을 봐 주세요.",
        "A colleague was faster, or the conversation ended. Please go back to what is left in the inbox.",
    ),
    (
        "held.sign_up",
        "가입을 멈춰 둔 것이라 여기서는 내보낼 수 없어요. 받은 일에서 결정해 주세요.",
        "This is a held sign-up. Please decide on it in the inbox.",
    ),
    (
        "report.decided",
        "다른 담당자가 먼저 결정했어요. 받은 일로 돌아가 남은 것을 봐 주세요.",
        "A colleague was faster. Please go back to what is left in the inbox.",
    ),
    (
        "search_rule.changed",
        "그 사이에 다른 담당자가 이 규칙을 바꿨어요. 규칙을 다시 열어 지금 내용을 확인해 주세요.",
        "A colleague changed this rule in the meantime. Please open it again and look.",
    ),
    (
        "desk.own_company",
        "내가 일하는 회사의 일이라 결정할 수 없어요. 다른 담당자가 결정해요.",
        "This is about a company you work for. Somebody else decides about it.",
    ),
    (
        "quote.newer",
        "그 사이에 동료가 새 견적을 보냈어요. 그 견적을 보고, 그래도 바꾸려면 다시 보내 주세요.",
        "A colleague sent a newer quote in the meantime. Please look at it and send yours again if it should replace it.",
    ),
    (
        "block.own",
        "내가 막은 상대예요. 먼저 설정에서 막기를 풀어 주세요.",
        "You have blocked them. Please lift the block in the settings first.",
    ),
    (
        "block.theirs",
        "이 공급사에는 지금 문의를 보낼 수 없어요. 비슷한 제품의 다른 공급사에 물어봐 주세요.",
        "This vendor takes no inquiries now. Please ask another one with a similar product.",
    ),
    (
        "inquiry.own_listing",
        "내가 일하는 회사에는 문의할 수 없어요.",
        "You cannot ask a company you work for.",
    ),
    (
        "file.infected",
        "바이러스가 있는 파일이라 열 수 없어요. 보낸 사람에게 다른 파일을 부탁해 주세요.",
        "A virus was found in this file, so it cannot be opened. Please ask for another one.",
    ),
    (
        "file.waiting",
        "파일을 아직 검사하고 있어요. 잠시 뒤 다시 열어 주세요.",
        "The file is still being checked. Please open it again in a moment.",
    ),
    (
        "listing_state",
        "그 사이에 제품의 상태가 바뀌었어요. 제품을 다시 열어 확인해 주세요.",
        "The product has moved on in the meantime. Please open it again and look.",
    ),
    (
        "revision_state",
        "이 수정본은 이미 결정됐어요. 받은 일로 돌아가 남은 것을 봐 주세요.",
        "This edit was decided already. Please go back to what is left.",
    ),
    (
        "decision.stale",
        "읽은 뒤에 내용이 바뀌었어요. 다시 열어 지금 내용을 읽고 결정해 주세요.",
        "It was rewritten after you read it. Please open it again and decide about what it says now.",
    ),
    (
        "stale_version",
        "다른 곳에서 먼저 저장했어요. 화면을 다시 열어 지금 내용을 확인해 주세요.",
        "It was saved elsewhere meanwhile. Please open the page again and look.",
    ),
    (
        "vendor_state",
        "회사가 승인된 상태가 아니라서 할 수 없어요. 업무 화면에서 회사의 상태를 확인해 주세요.",
        "The company is not approved at the moment. Please look at where it stands on its desk.",
    ),
    (
        "vendor.transition",
        "그 사이에 회사의 상태가 바뀌었어요. 화면을 다시 열어 확인해 주세요.",
        "The company has moved on in the meantime. Please open the page again and look.",
    ),
    (
        "vendor.in_review",
        "심사하는 동안에는 고칠 수 없어요. 결과는 메일로 알려 드려요.",
        "It cannot be changed while it is reviewed. You are told the result by mail.",
    ),
    (
        "vendor.out_of_sight",
        "노출이 멈췄거나 닫은 회사라서 바꿀 수 없어요. 업무 화면의 안내를 봐 주세요.",
        "The company is suspended or closed, so this cannot be changed. Please see its desk.",
    ),
    (
        "vendor.team_full",
        "팀에 자리가 없어요. 초대한 사람에게 자리를 만들어 달라고 해 주세요.",
        "The team is full. Please ask whoever invited you to make room.",
    ),
    (
        "vendor.desk_changed",
        "그 사이에 다른 회사의 업무 화면으로 바꿨어요. 아무것도 저장하지 않았어요. 회사를 다시 고르고 한 번 더 해 주세요.",
        "You have switched to another company's desk in the meantime, so nothing was saved. Please choose the company again and repeat it.",
    ),
];

/// What is said of a rule; none when it has no words of its own.
pub fn conflict(lang: Lang, rule: &str) -> Option<&'static str> {
    CONFLICTS.iter().find(|(code, ..)| *code == rule).map(|(_, ko, en)| lang.pick(ko, en))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    /// Never on a page: they end jobs and commands.
    const OF_MACHINES: [&str; 2] = ["job.taken_over", "seed.real_accounts"];
    /// Said by the only page that leads there.
    const OF_ONE_PAGE: [&str; 2] = ["renewal_rate", "renewal_too_early"];

    fn rules(folder: &Path, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                rules(&path, found);
            } else if path.extension().is_some_and(|ext| ext == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                let named = text.split("Error::conflict(\"").skip(1);
                found.extend(named.filter_map(|rest| rest.split('"').next()).map(str::to_owned));
            }
        }
    }

    #[test]
    fn every_conflict_says_what_to_do_next() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut found = Vec::new();
        for part in ["market/src", "app/src"] {
            rules(&root.join(part), &mut found);
        }
        assert!(found.len() > 40, "the texts are where they were: {found:?}");
        let silent = |rule: &String| {
            conflict(Lang::Ko, rule).is_none()
                && !OF_MACHINES.contains(&rule.as_str())
                && !OF_ONE_PAGE.contains(&rule.as_str())
        };
        let silent: Vec<_> = found.into_iter().filter(silent).collect();
        assert!(silent.is_empty(), "{silent:?}");
    }
}
