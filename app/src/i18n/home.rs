//! Words of the home page, of the pages about the site, and of feeds.

crate::words! {
    description = "한국 중소기업의 제품을 규격으로 찾고 만든 회사에 바로 문의하는 장터. 공급사마다 답하는 속도와 응답률을 보여 드려요.", "Find products of Korean makers by specification and ask the maker directly. Every vendor's answering record is public.";
    heading_first = "만든 회사에 바로 물어보세요.", "Ask the maker directly.";
    heading_second = "답이 오는지도 보여 드려요.", "See who really answers.";
    lead = "중소기업이 만드는 제품을 규격으로 찾고 그 자리에서 문의하세요. 가입하지 않아도 돼요.", "Find products of Korean SMEs by specification and ask on the spot. No account needed.";
    examples = "이렇게 찾아 보세요", "Try one of these";
    pulse = "최근 90일, 이 장터에서", "The last 90 days on this market";
    answered = "답을 받은 문의", "Inquiries answered";
    answered_of(asked: &str, answered: &str) = "{asked}건 가운데 {answered}건", "{answered} of {asked}";
    first_answer = "첫 답까지", "To the first answer";
    business_time = "업무 시간 기준, 빠른 80% 평균", "Business time, mean of the fastest 80%";
    all_figures = "공개 지표 전체 보기", "All public figures";
    featured = "연합회가 고른 제품", "Chosen by the federation";
    newest = "새로 올라온 제품", "New products";
    all_newest = "새 제품 더 보기", "More new products";
    fast = "답이 빠른 공급사", "Vendors that answer fast";
    count(count: &str) = "{count}개", "{count}";
    free_heading(days: i64) = "제품을 {days}일 동안 무료로 알리세요", one(days) "Show your products free for {days} day", "Show your products free for {days} days";
    free_text(days: i64, rate: i64) = "회원사라면 사업자등록번호와 사진 한 장으로 시작할 수 있어요. 문의의 {rate}% 이상에 답하면 무료 기간이 다시 {days}일 이어져요.", one(days) "Korean makers start with a business number and one picture. Answer {rate}% of your inquiries and the window is renewed for {days} day.", "Korean makers start with a business number and one picture. Answer {rate}% of your inquiries and the window is renewed for {days} days.";
    free_button = "무료로 제품 올리기", "List your products";
    about_title = "이용 안내", "How it works";
    terms_title = "이용약관", "Terms of use";
    privacy_title = "개인정보 처리방침", "Privacy policy";
    intermediary_title = "통신판매중개자 고지", "Intermediary notice";
    registry_asked = "공급사의 사업자등록 상태는 국세청 자료로 확인하며, 폐업한 공급사의 제품은 보이지 않습니다.", "Business registration is checked against the tax registry; products of closed companies are not shown.";
    registry_looked_at = "공급사가 적은 사업자등록번호와 회사 정보는 입점할 때 중앙회 담당자가 살펴봅니다. 국세청 자료와 자동으로 견주지는 않습니다.", "The federation's team looks at the business number and the profile a company states before it is let in. They are not compared with the tax registry automatically.";
    transparency_title = "공개 지표", "Public figures";
    transparency_lead = "이 장터의 자료로 바로 계산한 숫자예요. 답이 늦거나 밀린 일도 그대로 보여 드려요.", "Computed from this market's own data at this moment, delays and backlogs included.";
    figure_answers = "문의와 답", "Inquiries and answers";
    figure_asked = "최근 90일 문의", "Inquiries, last 90 days";
    figure_answered = "답한 문의", "Answered";
    figure_share = "답한 비율", "Share answered";
    figure_median = "첫 답까지, 가운데 값", "Time to first answer, median";
    figure_no_answers = "아직 집계할 답이 없어요", "No answers to count yet";
    figure_market = "장터", "Market";
    figure_listings = "지금 볼 수 있는 제품", "Products on show";
    figure_listing_vendors = "제품을 홍보하는 공급사", "Vendors with products on show";
    figure_vendors = "승인된 공급사", "Approved vendors";
    figure_hidden = "연합회가 내린 제품", "Products taken down by the federation";
    figure_queues = "지금 기다리는 일", "Waiting now";
    queue = "일", "Queue";
    waiting = "건수", "Waiting";
    oldest = "가장 오래 기다린 시간", "Oldest";
    nobody_waits = "없음", "none";
    queue_listings = "제품 심사", "Listing reviews";
    queue_vendors = "공급사 심사", "Vendor applications";
    queue_revisions = "고친 내용 심사", "Edits to review";
    queue_held = "확인을 기다리는 글", "Messages waiting for a check";
    queue_reports = "살펴보는 신고", "Reports being looked at";
    queue_threads = "공급사의 답을 기다리는 문의", "Inquiries waiting for a vendor";
    boost_revenue = "유료 노출 수입은 없어요. 지금은 돈을 받고 보여 주는 자리가 없습니다.", "There is no revenue from paid placement: no place on this market is sold at present.";
    feed_title = "융합닷컴 새 제품", "Yunghap Market: new products";
    feed_description = "한국 중소기업이 새로 올린 제품", "New products of Korean makers";
}

/// Searches that show what the box understands: Korean and English.
pub const EXAMPLES: [(&str, &str); 5] = [
    ("스테인리스 볼트 M8", "stainless bolt M8"),
    ("백엘보 50A", "elbow 50A"),
    ("플랜지 10K 100A", "flange 10K 100A"),
    ("유도전동기 2.2kW", "induction motor 2.2kW"),
    ("사각덕트", "duct"),
];
