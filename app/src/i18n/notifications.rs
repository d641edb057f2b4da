//! Words of notifications.

pub use market::notifications::sentence;
use market::notifications::{Pace, Topic};

use super::Lang;

crate::words! {
    title = "알림", "Notifications";
    unread(count: i64) = "안 읽은 알림이 {count}개 있어요.", "{count} unread.";
    mark_read = "모두 읽음으로", "Mark all as read";
    new = "새 알림", "New";
    empty = "알림이 없어요", "No notifications";
    empty_text = "문의에 답이 오거나 제품 심사가 끝나면 여기에서 알려 드려요.", "Answers to inquiries and decisions on products appear here.";
    read_one = "읽음으로", "Mark as read";
    read_one_label(what: &str) = "읽음으로: {what}", "Mark as read: {what}";
    only_unread = "안 읽은 것만", "Unread only";
    all_of_them = "모두 보기", "Show all";
    none_unread = "안 읽은 알림이 없어요", "Nothing unread";
    to_settings = "알림 설정", "Notification settings";
    settings_title = "알림 설정", "Notification settings";
    settings_lead = "사이트 안에서는 모두 알려 드려요. 메일로 어떻게 받을지 여기에서 골라 주세요.", "In the site you are told everything. Choose here what comes by mail, and how.";
    settings_saved = "알림 설정을 저장했어요.", "Your choices are saved.";
    fixed_title = "끌 수 없는 메일", "Mails that are always sent";
    fixed_text = "이메일 확인, 비밀번호, 탈퇴처럼 계정과 보안에 관한 메일, 직접 보낸 문의의 접수 메일, 회사 승인과 정지 안내는 법과 안전 때문에 늘 보내 드립니다.", "Mails about your account and its security (confirmation, password, closing), receipts of what you sent yourself, and decisions on your company are always sent: law and safety need them.";
    night_title = "밤에는", "At night";
    night_label = "밤 9시부터 아침 8시 사이에도 메일을 받을게요", "Mail me between 21:00 and 08:00, too";
    night_text(zone: &str) = "고르지 않으면 {zone} 시각으로 아침 8시까지 모아 두었다가, 그때도 필요하면 보내 드려요.", "Otherwise mails wait until 08:00 by the clock of {zone}, and go then if they are still needed.";
    night_zone = "시간대 바꾸기", "Change the time zone";
    talk_title = "알림톡", "KakaoTalk";
    talk_label = "새 문의, 기한, 견적 결정은 메일 대신 알림톡으로 받는 것에 동의합니다. (선택)", "I agree to receive new inquiries, deadlines and decisions on quotes on KakaoTalk instead of mail. (optional)";
    talk_text = "항목: 전화번호. 목적: 거래 안내. 기간: 동의를 거둘 때까지. 전해지지 않으면 메일로 보내 드립니다.", "What: your telephone number. Why: notices about inquiries. How long: until you take this back. If a message cannot be delivered, a mail goes instead.";
    talk_since(date: &str) = "{date}에 동의했습니다.", "Agreed on {date}.";
    talk_no_phone = "전화번호를 먼저 적어 주세요.", "Please give a telephone number first.";
    stop_title = "이 알림 메일을 그만 받을까요?", "Stop these mails?";
    stop_text(topic: &str) = "‘{topic}’ 메일을 보내지 않을게요. 사이트 안 알림은 그대로예요.", "We will stop mails about “{topic}”. Notifications in the site stay.";
    stop_daily_text = "하루에 한 번 모아 보내는 메일을 보내지 않을게요. 사이트 안 알림은 그대로예요.", "We will stop the daily mail. Notifications in the site stay.";
    stop_button = "그만 받기", "Stop them";
    stopped_title = "메일을 멈췄어요", "Mails are stopped";
    stopped_text(topic: &str) = "‘{topic}’ 메일은 이제 보내지 않아요. 사이트 안 알림은 그대로예요.", "No more mails about “{topic}”. Notifications in the site stay.";
    stopped_daily_text = "하루에 한 번 모아 보내는 메일은 이제 보내지 않아요. 사이트 안 알림은 그대로예요.", "The daily mail is stopped. Notifications in the site stay.";
    resume_button = "다시 받기", "Receive them again";
    resumed_text(topic: &str) = "‘{topic}’ 메일을 다시 보내 드려요.", "Mails about “{topic}” are sent again.";
    all_settings = "다른 알림도 바꾸기", "Change other notifications";
    find_products = "제품 찾기", "Find products";
}

/// What a topic is called.
pub const fn topic(lang: Lang, topic: Topic) -> &'static str {
    let (ko, en) = match topic {
        Topic::NewInquiry => ("받은 문의", "Inquiries to my company"),
        Topic::Answer => ("내 문의에 온 답과 견적", "Answers and quotes to my inquiries"),
        Topic::Outcome => ("문의와 견적의 결과", "How inquiries and quotes end"),
        Topic::Reminder => ("기한 안내", "Reminders of deadlines"),
        Topic::RfqMatch => ("우리 회사에 맞는 견적요청", "Requests that fit my company"),
        Topic::OwnRfq => ("내 견적요청의 진행", "My requests for quotes"),
        Topic::Listing => ("제품 심사와 홍보 기간", "Review and promotion of my products"),
        Topic::SavedSearch => ("저장한 검색의 새 제품", "New products in my saved searches"),
        Topic::Company => ("회사 심사", "Decisions on my company"),
        Topic::Account => ("계정과 보안", "Account and security"),
    };
    match lang {
        Lang::Ko => ko,
        Lang::En => en,
    }
}

/// How often.
pub const fn pace(lang: Lang, pace: Pace) -> &'static str {
    match (lang, pace) {
        (Lang::Ko, Pace::AtOnce) => "바로",
        (Lang::Ko, Pace::Daily) => "하루에 한 번",
        (Lang::Ko, Pace::Off) => "받지 않기",
        (Lang::En, Pace::AtOnce) => "At once",
        (Lang::En, Pace::Daily) => "Once a day",
        (Lang::En, Pace::Off) => "Not by mail",
    }
}
