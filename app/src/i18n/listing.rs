//! Words of the public pages of listings, categories and vendors.

crate::words! {
    part_number = "품번", "Part no.";
    specifications = "규격", "Specifications";
    origin = "원산지", "Origin";
    hs_code = "HS 코드", "HS code";
    evidence = "인증", "Certificates";
    evidence_hint = "누르면 발급 기관과 기한을 볼 수 있어요. 공급사가 적은 내용이고, 기한이 지나면 만료로 바뀌어요.", "Open one to see issuer and validity as stated by the vendor. It turns to expired by itself.";
    evidence_of(name: &str) = "{name} 근거", "Evidence: {name}";
    expired = "만료", "expired";
    issuer = "발급 기관", "Issued by";
    number = "번호", "Number";
    valid_until = "유효 기한", "Valid until";
    no_end = "기한 없음", "No end date";
    description = "설명", "Description";
    only_korean = "영어 설명이 아직 없어서 한국어 설명을 보여 드려요.", "The vendor has not written an English description yet; this is the Korean one.";
    read_original = "한국어 원문 보기", "한국어 원문 보기";
    promotion = "홍보 기간", "Promotion period";
    period_start(date: &str) = "{date} 시작", "from {date}";
    period_today(day: i64) = "오늘, {day}일째", "today, day {day}";
    period_end(date: &str) = "{date} 끝", "until {date}";
    ask_dock = "문의하기", "Ask";
    supplier = "공급사 정보", "Supplier";
    company = "상호", "Company";
    representative = "대표자", "Representative";
    business_number = "사업자등록번호", "Business no.";
    trading = "계속사업자", "Active";
    not_trading = "휴업", "Paused";
    address = "주소", "Address";
    contact = "연락처", "Contact";
    answers = "응답", "Answered";
    answers_text(asked: i64, answered: i64) = "최근 90일 문의 {asked}건 중 {answered}건에 하루 안에 답함", one(asked) "{answered} of {asked} inquiry within a day, last 90 days", "{answered} of {asked} inquiries within a day, last 90 days";
    products = "제품", "Products";
    all_of_vendor = "이 공급사 제품 모두 보기", "All products of this vendor";
    legal_notice = "중소기업융합중앙회는 통신판매중개자이며 거래의 당사자가 아닙니다. 제품 정보와 거래의 책임은 위 공급사에 있습니다.", "The federation is an intermediary and not a party to the trade. The supplier named above answers for this product.";
    siblings = "이 공급사의 다른 제품", "Also made by this supplier";
    similar = "같은 분류의 다른 제품", "Similar products";
    picture_number(number: usize) = "사진 {number}", "Picture {number}";
    pictures(count: usize) = "사진 {count}장", one(count) "{count} picture", "{count} pictures";
    drawing_note = "제품군 도면이에요. 공급사가 아직 사진을 올리지 않았어요.", "Drawing of the product family. The supplier has not added a photo yet.";
    gone_title(title: &str) = "‘{title}’ 홍보 기간이 끝났어요", "The promotion of ‘{title}’ is over";
    gone_text = "지금은 이 제품을 보여 드릴 수 없어요. 비슷한 제품을 만드는 회사에 물어보세요.", "This product can no longer be shown. Makers of similar products are below.";
    gone_category(name: &str) = "{name} 모두 보기", "All of {name}";
    categories = "분류", "Categories";
    categories_lead = "만드는 것과 하는 일로 나눈 분류예요. 숫자는 지금 볼 수 있는 제품 수예요.", "What makers make and do. Numbers are products you can see now.";
    category_description(name: &str, count: &str) = "{name} 제품 {count}개를 규격과 지역으로 찾고 만든 회사에 바로 문의하세요.", one(count) "{count} product in {name} from Korean makers. Compare specifications and ask directly.", "{count} products in {name} from Korean makers. Compare specifications and ask directly.";
    category_count(name: &str, count: &str) = "{name} 제품 {count}개", one(count) "{count} product in {name}", "{count} products in {name}";
    subcategories = "하위 분류", "Subcategories";
    vendor_listings(count: &str) = "제품 {count}개", one(count) "{count} product", "{count} products";
    vendor_no_listings = "지금 홍보하는 제품이 없어요", "No products on show at the moment";
    vendor_no_listings_text = "다른 공급사의 제품을 찾아 보세요.", "Try products of other vendors.";
    about_vendor = "회사 소개", "About the company";
    founded = "설립", "Founded";
    founded_in(year: i64) = "{year}년", "{year}";
    employees = "직원", "Employees";
    employees_count(count: i64) = "{count}명", "{count}";
    chapter = "교류회", "Chapter";
    website = "누리집", "Website";
    approved = "연합회 확인", "Approved";
    vendor_description(name: &str, count: &str) = "{name}의 제품 {count}개와 응답 기록, 인증을 보고 바로 문의하세요.", one(count) "{name}: {count} product, response record and certificates. Ask directly.", "{name}: {count} products, response record and certificates. Ask directly.";
    member_vendor = "공급사", "Vendor";
}

/// Where something is made: a country code in words, anything else as the vendor wrote it.
pub fn made_in(lang: super::Lang, origin: &str) -> &str {
    let (ko, en) = match origin {
        "KR" => ("대한민국", "Republic of Korea"),
        "CN" => ("중국", "China"),
        "JP" => ("일본", "Japan"),
        "US" => ("미국", "United States"),
        "DE" => ("독일", "Germany"),
        "VN" => ("베트남", "Vietnam"),
        "TW" => ("대만", "Taiwan"),
        _ => return origin,
    };
    match lang {
        super::Lang::Ko => ko,
        super::Lang::En => en,
    }
}

/// How much of the free window is left, and what renews it.
pub fn period_left(lang: market::Lang, days: i64, rate: i64) -> String {
    let days = lang.days(days);
    match lang {
        market::Lang::Ko => format!("무료 홍보가 {days} 남았어요. 응답률 {rate}% 이상이면 다시 이어져요."),
        market::Lang::En => {
            format!("{days} of free promotion left. It is renewed when {rate}% of inquiries are answered.")
        }
    }
}
