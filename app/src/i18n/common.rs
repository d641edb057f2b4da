//! Words used on every page: header, footer, buttons, states.

crate::words! {
    site_name = "융합닷컴", "Yunghap Market";
    tagline = "중소기업이 만드는 제품을 찾고 바로 물어보세요", "Find Korean makers and ask them directly";
    skip_to_content = "본문으로 건너뛰기", "Skip to content";
    search_label = "제품 찾기", "Search products";
    search_placeholder = "제품 이름, 규격, 재질", "Product, size or material";
    search_button = "찾기", "Search";
    zone_korea = "한국", "Korea";
    deadline_both(own: &str, korean: &str) = "{own} (한국 {korean})", "{own} ({korean})";
    menu = "메뉴", "Menu";
    categories = "분류", "Categories";
    inbox = "문의함", "Inbox";
    basket = "바구니", "Basket";
    basket_count(count: i64) = "문의 바구니 {count}개", "Inquiry basket, {count} products";
    unread(count: i64) = "안 읽은 알림 {count}개", "{count} unread";
    notifications = "알림", "Notifications";
    sign_in = "로그인", "Sign in";
    sign_up = "가입", "Join";
    sign_out = "로그아웃", "Sign out";
    account = "내 정보", "My account";
    vendor_desk = "공급사 업무", "Vendor desk";
    desk = "연합회 업무", "Federation desk";
    other_language = "English", "한국어";
    list_free = "무료로 홍보하기", "List your products";
    breadcrumb = "현재 위치", "Breadcrumb";
    home = "처음", "Home";
    footer_about = "이용 안내", "About";
    footer_transparency = "공개 지표", "Transparency";
    footer_terms = "이용약관", "Terms";
    footer_privacy = "개인정보 처리방침", "Privacy policy";
    intermediary_notice = "중소기업융합중앙회는 통신판매중개자이며 거래의 당사자가 아닙니다. 주문과 대금을 받지 않으며, 제품·가격·납기의 책임은 각 공급사에 있습니다.", "The federation is an intermediary and not a party to any trade. It takes no orders and no payments; each vendor answers for its products, prices and delivery.";
    save = "저장하기", "Save";
    send = "보내기", "Send";
    cancel = "그만두기", "Cancel";
    edit = "고치기", "Edit";
    delete = "지우기", "Delete";
    back = "뒤로", "Back";
    optional = "(선택)", "(optional)";
    previous = "이전", "Previous";
    next = "다음", "Next";
    pages = "쪽", "Pages";
    error_summary = "고칠 것이 있어요", "Please check these";
    characters(max: &str) = "{max}자까지", "up to {max} characters";
    price_on_request = "가격 협의", "Price on request";
    won = "원", "KRW";
    per_unit(unit: &str) = "원/{unit}", "KRW/{unit}";
    from_quantity(quantity: &str) = "{quantity}부터", "from {quantity}";
    ad = "광고", "Ad";
    rests_until(last: &str) = "{last}까지 쉬어요", "Closed until {last}";
    clock_pending = "응답 집계 전", "No response record yet";
    clock_summary(time: &str, rate: i64) = "답 {time} · 응답률 {rate}%", "Answers in {time} · {rate}% answered";
    seconds(count: u64) = "{count}초", "{count} s";
    minutes(count: i64) = "{count}분", "{count} min";
    hours(count: i64) = "{count}시간", "{count} h";
    minutes_ago(count: i64) = "{count}분 전", "{count} min ago";
    hours_ago(count: i64) = "{count}시간 전", "{count} h ago";
    a_day_ago = "1일 전", "1 day ago";
    days_ago(count: i64) = "{count}일 전", "{count} days ago";
    just_now = "방금", "just now";
    error_not_found_title = "찾는 페이지가 없어요", "This page does not exist";
    error_link_title = "이 링크로는 열 수 없어요", "This link opens nothing";
    error_link_text = "링크가 끊겼거나 오래됐을 수 있어요. 메일에서 다시 열어 보거나, 로그인해서 문의함에서 찾아보세요.", "It may have been cut, or be an old one. Open it from the mail again, or sign in and look in your inbox.";
    error_confirm_link = "링크가 끊겼거나 오래됐을 수 있어요. 메일에서 다시 열어 보거나, 확인 메일을 다시 받아 주세요.", "It may have been cut, or be an old one. Open it from the mail again, or let us send it once more.";
    error_reset_link = "링크가 끊겼거나 오래됐을 수 있어요. 메일에서 다시 열어 보거나, 새 링크를 받아 주세요.", "It may have been cut, or be an old one. Open it from the mail again, or ask for a new one.";
    error_notice_link = "링크가 끊겼거나 오래됐을 수 있어요. 메일에서 다시 열어 보거나, 로그인해서 알림을 바꿔 주세요.", "It may have been cut, or be an old one. Open it from the mail again, or sign in to change what you are told.";
    error_go_notices = "알림 설정", "Notification settings";
    error_go_reset = "새 링크 받기", "Get a new link";
    error_not_found_text = "주소가 바뀌었거나 내려간 페이지예요. 검색하거나 처음으로 가 보세요.", "The address has changed or the page was taken down. Try searching or go to the home page.";
    error_gone_title = "홍보 기간이 끝난 페이지예요", "This page is over";
    error_gone_text = "지금은 보여 드릴 수 없어요. 비슷한 제품을 찾아 보세요.", "It can no longer be shown. Try searching for something similar.";
    error_forbidden_title = "이 일은 담당자만 할 수 있어요", "Only the people in charge can do this";
    error_forbidden_text = "다른 계정으로 로그인했는지 확인해 주세요. 맞다면 담당자에게 권한을 부탁해 주세요.", "Check that you are signed in with the right account, or ask the person in charge for access.";
    error_foreign_title = "어디에서 보냈는지 알 수 없어요", "We cannot tell where this came from";
    error_foreign_text = "우리 페이지에서 보낸 것인지 알 수 없어서 아무것도 하지 않았어요. 페이지를 새로 열고 다시 보내 주세요.", "It did not seem to come from a page of ours, so nothing was done. Please open the page anew and send it again.";
    error_conflict_title = "그 사이에 상태가 바뀌었어요", "Something changed in the meantime";
    error_conflict_text = "바뀐 내용을 확인하고 다시 해 주세요.", "Look at the latest state and try again.";
    error_too_many_title = "잠시 쉬었다 다시 해 주세요", "Please wait a moment";
    error_too_many_text(when: &str) = "짧은 시간에 여러 번 하셨어요. {when} 뒤에 다시 할 수 있어요.", "Too many tries in a short time. You can try again in {when}.";
    error_unavailable_title = "잠시 뒤에 다시 열어 주세요", "Please try again shortly";
    error_unavailable_text = "잠깐 연결이 끊겼어요. 적은 내용은 뒤로 가면 남아 있어요.", "We lost a connection for a moment. What you typed is still there when you go back.";
    error_storage_text = "지금은 저장할 자리가 없어요. 보기는 계속 되고, 저장은 잠시 뒤에 다시 해 주세요.", "There is no room to save right now. Reading still works; please save again later.";
    error_internal_title = "우리 쪽에서 문제가 생겼어요", "Something went wrong on our side";
    error_internal_text = "잠시 뒤에 다시 해 주세요. 계속되면 아래 번호를 알려 주세요.", "Please try again shortly. If it goes on, tell us the number below.";
    error_invalid_title = "보낸 내용을 읽을 수 없어요", "We could not read that";
    error_invalid_text = "뒤로 가서 다시 보내 주세요.", "Please go back and send it again.";
    error_request_number(number: &str) = "요청 번호 {number}", "Request number {number}";
    error_go_home = "처음으로", "Go to the home page";
    error_go_search = "검색하기", "Search";
    error_retry = "다시 열기", "Try again";
}

/// A number of days: `1일`, `1 day`, `2 days`.
pub fn days(lang: market::Lang, count: i64) -> String {
    lang.days(count)
}
