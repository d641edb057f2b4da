//! Words about what is held, reported and blocked, and of limits.

use market::abuse::{HeldKind, HoldReason, ReportReason, ReportState};

use super::Lang;

crate::words! {
    checking = "확인 중", "Being checked";
    checking_title = "문의를 받았어요", "We have your inquiry";
    checking_text = "담당자가 확인한 뒤 공급사에 전해요. 하실 일은 없어요.", "Somebody of our team looks at it and hands it over. There is nothing to do.";
    checking_until(until: &str) = "담당자가 {until} 확인하고 공급사에 전해요. 결과는 메일과 알림으로 알려 드려요. 하실 일은 없어요.", "Somebody of our team looks at it ({until}) and hands it over. You are told by mail; there is nothing to do.";
    checking_why = "여러 곳에 같은 내용을 따로 보내거나, 처음 보내는 글에 바깥 주소가 있을 때 확인해요. 여러 공급사에 물을 때는 문의 바구니나 견적요청을 쓰면 바로 전해요.", "This happens when the same words go to several vendors one by one, or a first message leads to another site. The basket and public requests reach several vendors at once, without a check.";
    not_delivered = "전달하지 않았어요", "Not handed over";
    held_messages = "확인 중인 글", "Messages being checked";
    held_message_wait = "담당자가 확인한 뒤 전해요. 상대는 아직 이 글을 볼 수 없고, 그동안 답할 기한은 지나지 않아요.", "Handed over once somebody of our team has looked at it. The other side does not see it yet, and your time to answer does not run out meanwhile.";
    held_message_ended = "확인하는 사이에 문의가 끝나서 이 글은 전하지 못했어요. 필요하면 새 문의에 다시 적어 주세요.", "The inquiry ended while this was being checked, so it was not handed over. If it still matters, write it in a new inquiry.";
    held_message_refused = "이 글은 전달하지 않았어요. 고쳐서 다시 보낼 수 있어요.", "This message was not handed over. You can write it again.";
}

crate::words! {
    sides_title = "불편한 점이 있나요?", "Something wrong?";
    report_it = "신고하기", "Report";
    block_it = "차단하기", "Block";
    unblock_it = "차단 풀기", "Unblock";
    reported_already = "신고한 내용을 담당자가 보고 있어요.", "Our team is looking at your report.";
    blocked_now = "이 상대를 차단했어요. 새 문의와 글이 오지 않아요.", "You have blocked this side; no new inquiries or messages arrive.";
    report_title = "신고하기", "Report this";
    report_text = "담당자가 업무일 하루 안에 보고 결과를 알려 드려요. 누가 신고했는지는 상대에게 알리지 않아요.", "Our team looks at it within a working day and tells you the result. The other side is not told who reported it.";
    report_why = "어떤 점이 문제인가요?", "What is wrong?";
    report_note = "덧붙일 말", "Anything to add";
    report_note_hint = "담당자만 읽어요.", "Only our team reads this.";
    report_block = "이 상대를 차단하기", "Block this side as well";
    report_block_text = "열려 있는 문의가 끝나고, 앞으로 새 문의와 글이 오지 않아요.", "Open inquiries end, and no new ones arrive.";
    report_send = "신고 보내기", "Send the report";
    block_title = "차단하기", "Block this side";
    block_vendor_text = "이 구매자와 열려 있는 문의가 모두 끝나고, 앞으로 새 문의와 글이 오지 않아요. 구매자에게는 이번에 어렵다고만 알려요. 답할 시간이 남은 문의는 응답률에 넣지 않아요.", "All open inquiries of this buyer end and no new ones arrive. The buyer is only told that it is not possible this time. Inquiries that were not late yet count in no response rate.";
    block_buyer_text = "이 공급사에 물은 것을 모두 거두고, 앞으로 이 공급사의 글이 오지 않아요. 공급사에는 문의를 거뒀다고만 알려요.", "Everything you asked this vendor is withdrawn and no more messages arrive. The vendor is only told that you withdrew.";
    block_undo = "나중에 설정에서 풀 수 있어요.", "You can undo it in the settings later.";
    block_send = "차단하기", "Block";
    blocks_title = "차단한 상대", "Blocked";
    blocks_vendor_text = "여기 있는 구매자는 문의와 글을 보낼 수 없어요. 이미 끝난 문의는 다시 열리지 않아요.", "These buyers cannot send inquiries or messages. Inquiries that ended stay ended.";
    blocks_buyer_text = "여기 있는 공급사는 글이나 견적을 보낼 수 없어요. 이미 거둔 문의는 다시 열리지 않아요.", "These vendors cannot send messages or quotes. Inquiries that were withdrawn stay withdrawn.";
    blocks_none = "차단한 상대가 없어요. 문의 화면 아래에서 차단할 수 있어요.", "Nobody is blocked. You can block somebody at the end of an inquiry's page.";
    blocks_since(date: &str) = "{date}부터", "since {date}";
    unblock_of(name: &str) = "{name} 차단 풀기", "Unblock {name}";
    unblocked = "차단을 풀었어요.", "Unblocked.";
    not_taking_title = "지금은 보낼 수 없어요", "This cannot be sent now";
    not_taking_vendor = "이 공급사에는 지금 문의를 보낼 수 없어요. 비슷한 제품을 만드는 다른 공급사에 물어보세요.", "This vendor takes no inquiries now. Please ask another vendor of similar products.";
    not_taking = "이 상대에게는 지금 글을 보낼 수 없어요. 다른 공급사를 찾거나 견적요청을 올려 보세요.", "Nothing can be sent to this side now. Find another vendor, or post a request.";
    own_block = "차단한 상대예요. 설정의 ‘차단한 상대’에서 풀면 다시 보낼 수 있어요.", "You have blocked this side. Unblock it in the settings to write again.";
}

crate::words! {
    busy_title = "조금 뒤에 다시 눌러 주세요", "Please press again a little later";
    desk_held_title = "확인할 글", "Held for a look";
    desk_report_title = "신고", "Report";
    desk_why = "멈춘 까닭", "Held because";
    desk_written = "쓴 때", "Written";
    desk_due = "볼 기한", "To be looked at by";
    desk_for = "받을 공급사", "For";
    desk_sender = "보낸 사람", "Sender";
    desk_form_of = "낸 양식", "Form";
    desk_address = "적은 주소(확인되지 않음)", "Address typed (not confirmed)";
    desk_by_itself = "기한이 지나면 저절로 전해요.", "Handed over by itself when the time is up.";
    desk_ends = "기한이 지나면 전하지 않고 끝나요.", "Ends without being handed over when the time is up.";
    desk_release = "전하기", "Hand over";
    desk_refuse = "전하지 않기", "Do not hand over";
    desk_to_sender = "보낸 사람에게 할 말", "To the sender";
    desk_to_sender_hint = "전하지 않을 때는 꼭 적어 주세요. 그대로 메일로 가요.", "Needed when it is not handed over; goes out as a mail as it is.";
    desk_to_reporter = "신고한 사람에게 할 말", "To whoever reported it";
    desk_to_reporter_hint = "조치하지 않을 때는 꼭 적어 주세요. 상대에게는 가지 않아요.", "Needed when no measures are taken; the other side does not get it.";
    desk_uphold = "신고가 맞아요", "Uphold";
    desk_dismiss = "조치하지 않기", "Take no measures";
    desk_party = "보낸 사람의 기록", "What is known of the sender";
    desk_about = "신고된 쪽의 기록", "What is known of the reported side";
    desk_since(date: &str) = "{date} 가입", "here since {date}";
    desk_counts(asked: i64, answered: i64) = "90일 동안 문의 {asked}건, 답 {answered}건", one(asked) "{asked} inquiry in 90 days, {answered} answered", "{asked} inquiries in 90 days, {answered} answered";
    desk_held_counts(released: i64, refused: i64) = "확인 뒤 전한 글 {released}건, 전하지 않은 글 {refused}건", "{released} handed over after a check, {refused} refused";
    desk_report_counts(reported: i64, upheld: i64, blocked: i64) = "신고 {reported}건(인정 {upheld}건), 차단한 상대 {blocked}곳", one(reported) "{reported} report ({upheld} upheld), blocked by {blocked}", "{reported} reports ({upheld} upheld), blocked by {blocked}";
    desk_reported_by_vendor = "공급사가 신고했어요", "Reported by the vendor";
    desk_reported_by_buyer = "구매자가 신고했어요", "Reported by the buyer";
    desk_note = "신고한 사람의 말", "In the reporter's words";
    desk_thread = "문의 전체", "The inquiry";
    desk_sign_up = "비밀번호는 남기지 않아서 대신 가입시킬 수 없어요. 사람이라면 다시 가입할 수 있어요.", "The password was not kept, so this cannot be sent on. A person can sign up again.";
    desk_to_vendor = "공급사 심사 화면 열기", "Open the vendor's page of the desk";
}

/// Reasons to choose from when something is not handed over.
pub const REFUSE_REASONS: [(&str, &str); 3] = [
    (
        "제품에 대한 문의가 아니라 광고로 보여요. 제품에 대해 물을 때 다시 보내 주세요.",
        "This looks like advertising, not a question about the product. Please write again when you have one.",
    ),
    (
        "욕설이나 위협이 들어 있어요. 빼고 다시 보내 주시면 전해 드려요.",
        "It contains insults or threats. Write it without them and we hand it over.",
    ),
    (
        "바깥 주소로 이끄는 글은 전하지 않아요. 자료는 파일로 붙여 주세요.",
        "We do not hand over messages that lead to other sites. Please attach files instead.",
    ),
];
/// Reasons to choose from when a report leads to nothing.
pub const DISMISS_REASONS: [(&str, &str); 2] = [
    (
        "거래에 대한 다툼은 저희가 판단할 수 없어요. 더 받고 싶지 않으면 차단해 주세요.",
        "We cannot judge disputes about a trade. Please block the other side if you want to hear no more.",
    ),
    ("운영 원칙에 어긋난 점을 찾지 못했어요.", "We found nothing against our rules."),
];

/// Why something is held.
pub fn hold_reason(lang: Lang, reason: HoldReason) -> &'static str {
    let (ko, en) = match reason {
        HoldReason::Similar => ("여러 공급사에 따로 보낸 같은 글", "The same words to several vendors"),
        HoldReason::Link => ("처음 온 사람의 바깥 주소", "A newcomer's link to another site"),
        HoldReason::File => ("처음 온 사람의 실행될 수 있는 파일", "A newcomer's file that can run programs"),
        HoldReason::Insult => ("욕설", "Insults"),
        HoldReason::Trap => ("보이지 않는 칸을 채움", "An invisible field was filled in"),
        HoldReason::Watched => ("최근 신고가 인정된 사람", "A report about the sender was upheld"),
    };
    if lang == Lang::Ko { ko } else { en }
}

/// What is held.
pub fn held_kind(lang: Lang, kind: HeldKind) -> &'static str {
    let (ko, en) = match kind {
        HeldKind::Inquiry => ("새 문의", "New inquiry"),
        HeldKind::Message => ("이어 쓴 글", "Message in an inquiry"),
        HeldKind::Form => ("모르는 사람의 양식", "Form of a stranger"),
    };
    if lang == Lang::Ko { ko } else { en }
}

/// Which form it was.
pub fn form_kind(lang: Lang, code: &str) -> &'static str {
    let (ko, en) = match code {
        "inquiry" => ("문의", "Inquiry"),
        "basket" => ("문의 바구니", "Basket"),
        "alert" => ("검색 알림", "Search alert"),
        "rfq" => ("견적요청", "Request for quotes"),
        _ => ("가입", "Sign-up"),
    };
    if lang == Lang::Ko { ko } else { en }
}

/// Why one side reports the other.
pub fn report_reason(lang: Lang, reason: ReportReason) -> &'static str {
    let (ko, en) = match reason {
        ReportReason::Spam => ("광고나 무더기 글이에요", "Advertising or mass mailing"),
        ReportReason::Abuse => ("욕설이나 위협이 있어요", "Insults or threats"),
        ReportReason::Fraud => ("속이려는 것 같아요", "It looks like fraud"),
        ReportReason::PersonalData => ("남의 개인정보가 있어요", "It contains somebody's personal data"),
        ReportReason::Other => ("다른 이유", "Another reason"),
    };
    if lang == Lang::Ko { ko } else { en }
}

/// Where a report stands.
pub fn report_state(lang: Lang, state: ReportState) -> &'static str {
    let (ko, en) = match state {
        ReportState::Open => ("살펴보는 중", "Open"),
        ReportState::Upheld => ("인정", "Upheld"),
        ReportState::Dismissed => ("조치 없음", "No measures"),
    };
    if lang == Lang::Ko { ko } else { en }
}

/// What a limit limits, and what to do instead; `when` is how long it lasts.
pub fn too_many(lang: Lang, limit: &str, when: &str) -> String {
    let (ko, en) = match limit {
        "thread:vendor" => (
            "이 공급사에는 오늘 여러 번 물었어요. 이미 보낸 문의에 이어서 적거나, {when} 뒤에 다시 보내 주세요.",
            "You have asked this vendor often today. Continue in an inquiry you sent, or come back in {when}.",
        ),
        "thread:listing" | "newcomer:vendor" => (
            "지금 문의가 몰리는 곳이에요. {when} 뒤에 다시 보내거나, 비슷한 제품을 만드는 다른 공급사에 먼저 물어보세요.",
            "Many people are asking here right now. Try again in {when}, or ask another vendor of similar products first.",
        ),
        "newcomer:day" => (
            "처음 오신 분은 하루에 보낼 수 있는 문의가 정해져 있어요. {when} 뒤에 다시 보낼 수 있고, 공급사가 한 번 답하면 제한이 풀려요. 여러 곳에 물을 때는 문의 바구니나 견적요청 하나로 보내 주세요.",
            "There is a daily number of inquiries until the first vendor has answered you. You can send again in {when}. To ask several vendors, use one basket or one public request.",
        ),
        "thread:ip" | "batch:ip" | "rfq:ip" => (
            "같은 인터넷 주소에서 보낸 문의가 많아요. 로그인하면 따로 세니 바로 보낼 수 있어요. 아니면 {when} 뒤에 다시 보내 주세요.",
            "Many inquiries came from this internet address. Sign in to be counted on your own, or try again in {when}.",
        ),
        "thread:confirm" => (
            "확인 메일을 여러 번 보냈어요. 먼저 온 메일의 단추를 눌러 주세요. 새 문의는 {when} 뒤에 보낼 수 있어요.",
            "Several confirmation mails are on their way. Please use the button in one of them; you can ask anew in {when}.",
        ),
        "batch:sender" => (
            "바구니를 여러 번 보냈어요. {when} 뒤에 다시 보낼 수 있어요. 급하면 견적요청으로 올려 주세요.",
            "You have sent several baskets. You can send the next one in {when}; if it is urgent, post a public request.",
        ),
        "rfq:sender" => (
            "오늘 올릴 수 있는 견적요청을 모두 올렸어요. {when} 뒤에 다시 올리거나, 이미 올린 요청에 품목을 더해 주세요.",
            "You have posted as many requests as a day allows. Post the next one in {when}.",
        ),
        "report:sender" => (
            "오늘 신고를 많이 보냈어요. {when} 뒤에 다시 보낼 수 있어요. 먼저 차단하면 글이 오지 않아요.",
            "You have sent many reports today. You can send the next one in {when}; blocking works at once.",
        ),
        "sign_in:mail" => (
            "비밀번호가 여러 번 달랐어요. {when} 뒤에 다시 하거나, 메일로 비밀번호를 새로 정하면 바로 할 수 있어요.",
            "The password was wrong several times. Try again in {when}, or set a new one by mail to go on at once.",
        ),
        "sign_in:net" => (
            "같은 인터넷 주소에서 로그인을 여러 번 틀렸어요. {when} 뒤에 다시 로그인해 주세요.",
            "Sign-in failed many times from this internet address. Please try again in {when}.",
        ),
        "sign_up:mail" | "resend:mail" | "reset:mail" => (
            "이 주소로 메일을 여러 번 보냈어요. 받은 편지함과 스팸함에서 먼저 온 메일을 찾아보고, 없으면 {when} 뒤에 다시 보내 주세요.",
            "Several mails went to this address. Please look for one of them, also among the spam, or send again in {when}.",
        ),
        _ => (
            "짧은 시간에 많이 보냈어요. {when} 뒤에 다시 보낼 수 있어요. 적은 내용은 아래에 그대로 있어요.",
            "You have sent much in a short time. You can send again in {when}; what you wrote is kept below.",
        ),
    };
    (if lang == Lang::Ko { ko } else { en }).replace("{when}", when)
}
