//! Words of public requests for quotes.

use market::rfqs::{CloseReason, RfqState, Visibility};

use super::Lang;

crate::words! {
    title = "견적요청", "Requests for quotes";
    menu = "견적요청", "Requests";
    title_count(count: i64) = "견적요청 {count}건", one(count) "{count} request for quotes", "{count} requests for quotes";
    description = "구매자가 올린 공개 견적요청이에요. 공급사 열 곳까지 견적을 낼 수 있어요.", "Public requests of buyers. Up to ten makers may quote for each.";
    post = "견적요청 올리기", "Post a request";
    post_title = "필요한 것을 올려 보세요", "Say what you need";
    post_text(days: i64, most: i64) = "{days}일 동안 {most}곳까지 견적을 받아요. 누가 묻는지는 답할 수 있는 공급사만 봐요.", one(days) "Up to {most} makers quote within {days} day. Only those who may answer see who asks.", "Up to {most} makers quote within {days} days. Only those who may answer see who asks.";
    own = "내 견적요청", "My requests";
    filter = "보기", "Show";
    filter_label = "조건", "Conditions";
    all_categories = "모든 분류", "All categories";
    all_regions = "모든 지역", "All regions";
    only_unanswered = "견적이 없는 것만", "Only those without a quote";
    with_ended = "끝난 것도", "Also those that are over";
    empty_title = "이 조건의 견적요청이 아직 없어요", "No such request yet";
    empty_text = "조건을 넓히거나, 필요한 것을 직접 올려 보세요.", "Widen the conditions, or say what you need yourself.";
    own_empty_title = "아직 올린 견적요청이 없어요", "You have not posted a request yet";
    own_empty_text = "필요한 것을 평소 말로 적으면 조건으로 나눠 드려요.", "Write what you need in your own words; we sort it into lines.";
    answers_of(count: i64, most: i64) = "견적 {count} / {most}곳", "{count} of {most} quotes";
    first_wanted = "첫 견적을 기다려요", "Waits for the first quote";
    fact_category = "분류", "Category";
    fact_place = "받을 곳", "Deliver to";
    fact_region = "지역", "Region";
    fact_due = "필요한 날", "Needed by";
    fact_end = "마감", "Closes";
    fact_buyer = "구매자", "Buyer";
    fact_visibility = "공개 범위", "Visible to";
    fact_invited = "초대한 공급사", "Invited";
    lines = "필요한 것", "What is needed";
    body = "덧붙인 말", "In the buyer's words";
    new_title = "견적요청 올리기", "Post a request";
    step_text = "1. 필요한 것 적기", "1. Say what you need";
    step_lines = "2. 조건 확인하기", "2. Check the lines";
    field_text = "무엇이 필요하세요?", "What do you need?";
    field_text_hint = "평소 말로 적어 주세요. 예: 육각볼트 M8×20 SUS304 2,000개, 12월 20일까지 시화공단 도착도", "In your own words, e.g. hex bolts M8×20 A2-70, 20,000 pcs, CIF Hamburg by 20 Dec";
    next = "다음: 조건 확인하기", "Next: check the lines";
    read_text = "적어 주신 글을 이렇게 나눠 읽었어요. 틀린 곳을 고쳐 주세요.", "This is how we read your text. Please correct what is wrong.";
    read_nothing = "글에서 품목을 찾지 못했어요. 아래 칸에 적어 주세요.", "We found no item in the text. Please fill in the fields.";
    line_title(number: usize) = "품목 {number}", "Item {number}";
    field_item = "품목", "Item";
    field_quantity = "수량", "Quantity";
    field_unit = "단위", "Unit";
    no_unit = "단위 없음", "No unit";
    field_grade = "재질·등급", "Material, grade";
    field_dimension = "규격·크기", "Size, rating";
    more = "품목 더하기", "Add an item";
    field_title = "제목", "Title";
    field_title_hint = "목록에 보이는 한 줄이에요.", "The line people see in the list.";
    field_body = "덧붙일 말", "Anything else";
    field_body_hint = "연락처는 적지 마세요. 답할 수 있는 공급사는 누가 묻는지 볼 수 있어요.", "Please leave out contact data: vendors who may answer see who asks.";
    field_category = "분류", "Category";
    choose = "골라 주세요", "Please choose";
    field_region = "받을 지역", "Region of delivery";
    no_region = "정하지 않음·해외", "Not decided, or abroad";
    field_place = "받을 곳", "Deliver to";
    field_due = "필요한 날", "Needed by";
    field_visibility = "누가 볼 수 있나요?", "Who may see it?";
    field_invited = "초대할 공급사", "Vendors to invite";
    field_invited_hint = "회사 이름을 한 줄에 하나씩 적어 주세요. 공급사 페이지 주소도 돼요.", "Names of companies, one a line. Addresses of their pages will do, too.";
    send = "견적요청 올리기", "Hand in the request";
    contact_public = "제목이나 품목에 연락처로 보이는 내용이 있어요. 이 두 칸은 모두에게 보이니 지워 주세요.", "Title or items seem to hold contact data. Everybody can read these fields; please remove it.";
    contact_body = "적으신 글에 연락처로 보이는 내용이 있어요. 이 글과 받을 곳은 견적을 낼 수 있는 공급사와 담당자만 보지만, 연락처는 지우는 편이 좋아요.", "What you wrote seems to hold contact data. Only vendors who may quote and our curators read it, but you had better remove it.";
    for_those_who_answer = "덧붙인 글과 자세한 받을 곳은 견적을 낼 수 있는 공급사에게만 보여요.", "Further words and the exact place are shown to vendors who may quote.";
    desk_contact_public = "모두가 보는 제목이나 품목에 연락처로 보이는 내용이 있어요. 돌려보내 지우게 해 주세요.", "Title or items, which everybody reads, seem to hold contact data. Return it to have that removed.";
    desk_contact_body = "아래 글에 연락처로 보이는 내용이 있어요. 견적을 낼 수 있는 공급사만 봐요.", "The words below seem to hold contact data. Only vendors who may quote read them.";
    send_hint = "담당자가 살펴본 뒤 열어요.", "Somebody of the federation looks at it before it opens.";
    resend = "고쳐서 다시 올리기", "Hand in again";
}

crate::words! {
    mail_title = "메일을 확인해 주세요", "Check your mail";
    mail_text = "보낸 메일의 단추를 누르면 견적요청이 올라가요. 그 전에는 아무에게도 보이지 않아요.", "The button in the mail we sent hands the request in. Nobody sees it before.";
    confirm_title = "이 견적요청을 올릴까요?", "Hand in this request?";
    confirm_text(email: &str) = "올리면 {email} 주소가 확인돼요. 답은 이 주소로 알려 드려요.", "This confirms {email}. We tell you about answers there.";
    confirm_dropped(names: &str) = "초대한 곳 가운데 지금 견적을 낼 수 없는 곳은 빼고 올려요: {names}", "These of the vendors you invited can no longer quote and are left out: {names}";
    confirm_choose_again = "적으신 뒤에 초대한 공급사나 분류가 바뀌어 그대로 올릴 수 없어요. 아래 단추를 누르면 다시 고르실 수 있고, 적으신 내용은 그대로 있어요.", "The vendors you invited, or the category, have changed since, so it cannot go as it is. Press the button to choose again; what you wrote is kept.";
    confirm_done = "이미 올린 견적요청이에요", "This request has been handed in";
    confirm_open = "견적요청 열기", "Open the request";
    sent_notice = "견적요청을 받았어요. 담당자가 살펴본 뒤 열면 알려 드려요.", "We have your request and tell you when it opens.";
    again_notice = "고친 견적요청을 받았어요.", "We have your revised request.";
    closed_notice = "견적요청을 닫았어요. 견적을 낸 공급사에 알렸어요.", "The request is closed. Vendors who quoted have been told.";
    extended_notice = "기간을 늘렸어요.", "Days have been added.";
    answered_notice = "견적을 보냈어요. 구매자가 답하면 알려 드려요.", "Your quote is sent. We tell you when the buyer answers.";
    returned = "고쳐 주시면 다시 볼게요", "Please revise it";
    removed = "연합회가 내린 견적요청이에요", "The federation took this request down";
    edit = "고치기", "Edit";
    copy = "다시 요청", "Ask again";
    extend_button(days: i64) = "{days}일 늘리기 (한 번)", one(days) "Add {days} day (once)", "Add {days} days (once)";
    close_title = "견적요청 닫기", "Close the request";
    close_reason = "닫는 이유", "Why?";
    close_button = "닫기", "Close it";
    no_answers_title = "아직 견적이 없어요", "No quotes yet";
    no_answers_text = "공급사가 견적을 내면 여기에 나란히 보이고 메일로도 알려 드려요.", "Quotes stand here side by side; we mail you each.";
    answer_title = "견적 내기", "Send a quote";
    answer_button = "이 요청에 견적 내기", "Quote for this request";
    answer_open = "보낸 견적 보기", "See your quote";
    field_listing = "어느 제품으로 견적을 내나요?", "Which of your products?";
    field_listing_hint = "맞는 제품이 없으면 가장 가까운 것을 고르고, 다른 점을 덧붙일 말에 적어 주세요.", "If none fits, choose the nearest and say in the note what is different.";
    answer_send = "견적 보내기", "Send the quote";
    sign_in_answer = "공급사라면 로그인하고 견적 내기", "Vendors: sign in to quote";
    over_title = "더는 견적을 받지 않아요", "No more quotes are taken";
    over_text = "열 곳이 모두 답했거나 기간이 끝났어요. 다른 견적요청을 보세요.", "Every place is taken or its days are over. See other requests.";
    answered_title = "이미 견적을 냈어요", "You have quoted already";
    answered_text = "문의함에서 견적을 고쳐 보낼 수 있어요.", "You can send a new version from your inbox.";
    no_product_title = "공개된 제품이 있어야 견적을 낼 수 있어요", "You need a published product to quote";
    no_product_text = "제품을 하나 올리고 다시 와 주세요.", "Publish a product, then come back.";
    state_changed = "그사이 달라졌어요. 새로 고쳐 보세요.", "It has changed meanwhile. Please reload.";
    board_all = "견적요청 모두 보기", "All requests";
    zero_hit = "찾는 것이 없으면 견적요청을 올려 보세요. 공급사가 먼저 답해요.", "Not found? Post a request and let makers come to you.";
    listing_hint = "여러 곳의 견적을 한 번에 받기", "Get quotes from several makers";
    open_requests = "새 견적요청", "New requests for quotes";
    feed_title = "융합닷컴 견적요청", "Yunghap Market: requests for quotes";
    feed_link = "RSS로 받기", "RSS feed";
    desk_title = "견적요청", "Request for quotes";
    desk_open = "열기", "Open";
    desk_return = "돌려보내기", "Return";
    desk_to_buyer = "요청한 사람에게 할 말", "To whoever asks";
    desk_to_buyer_hint = "돌려보내거나 내릴 때는 꼭 적어 주세요. 그대로 메일로 가요.", "Needed when returning or taking down. It is mailed as written.";
    desk_remove = "내리기", "Take down";
}

/// Reasons a curator can choose from.
pub const RETURN_REASONS: [(&str, &str); 3] = [
    ("수량이나 규격을 더 적어 주세요.", "Please add quantity or size."),
    (
        "연락처는 빼 주세요. 답할 수 있는 공급사가 볼 수 있어요.",
        "Please leave out contact data; vendors who may answer see who asks.",
    ),
    ("한 요청에는 한 종류만 적어 주세요.", "Please keep to one kind of goods a request."),
];

/// Where a request stands.
pub const fn state(lang: Lang, state: RfqState) -> &'static str {
    let (ko, en) = match state {
        RfqState::Draft => ("고치는 중", "Being revised"),
        RfqState::InReview => ("살펴보는 중", "Being looked at"),
        RfqState::Open => ("견적 받는 중", "Open"),
        RfqState::Filled => ("견적이 모두 왔어요", "All quotes are here"),
        RfqState::Expired => ("기간이 끝났어요", "Its days are over"),
        RfqState::Closed => ("닫았어요", "Closed"),
        RfqState::Removed => ("내렸어요", "Taken down"),
    };
    if matches!(lang, Lang::Ko) { ko } else { en }
}

/// Who sees it.
pub const fn visibility(lang: Lang, of: Visibility) -> &'static str {
    let (ko, en) = match of {
        Visibility::Public => ("모두", "Everybody"),
        Visibility::Verified => ("사업자 확인된 공급사만", "Vendors with a confirmed business number"),
        Visibility::Invited => ("초대한 공급사만", "Only vendors I invite"),
    };
    if matches!(lang, Lang::Ko) { ko } else { en }
}

/// Why it was ended.
pub const fn close_reason_word(lang: Lang, reason: CloseReason) -> &'static str {
    let (ko, en) = match reason {
        CloseReason::Awarded => ("견적 하나를 골랐어요", "A quote was taken"),
        CloseReason::Elsewhere => ("다른 곳에서 샀어요", "Bought elsewhere"),
        CloseReason::NotNeeded => ("필요 없어졌어요", "Not needed any more"),
        CloseReason::NoFit => ("맞는 견적이 없어요", "None of the quotes fits"),
    };
    if matches!(lang, Lang::Ko) { ko } else { en }
}
