//! What is wrong with a value, in words a person can act on. The same sentence stands in the summary
//! and beside the field.

use market::money::grouped;
use market::{Lang, Problem};

/// The sentence of a problem.
pub fn problem(lang: Lang, problem: &Problem) -> String {
    match lang {
        Lang::Ko => korean(problem),
        Lang::En => english(problem),
    }
}

/// The sentence of a problem with what is chosen instead of typed.
pub fn of_choice(lang: Lang, problem: &Problem) -> String {
    match (problem, lang) {
        (Problem::Required, Lang::Ko) => "골라 주세요.".into(),
        (Problem::Required, Lang::En) => "Please choose one.".into(),
        _ => self::problem(lang, problem),
    }
}

fn korean(problem: &Problem) -> String {
    match problem {
        Problem::Required => "적어 주세요.".into(),
        Problem::TooLong { max, actual } => format!("{max}자까지 쓸 수 있어요. 지금 {actual}자예요."),
        Problem::TooShort { min } => format!("{min}자 이상 적어 주세요."),
        Problem::OutOfRange { min, max } => {
            format!("{}부터 {} 사이로 적어 주세요.", bound(*min), bound(*max))
        }
        Problem::NotNumber => "숫자만 적어 주세요. 예: 1270".into(),
        Problem::NotChoice => "목록에서 골라 주세요.".into(),
        Problem::NotEmail => "이메일 주소를 확인해 주세요. 예: name@example.kr".into(),
        Problem::NotPhone => "전화번호를 확인해 주세요. 예: 031-123-4567".into(),
        Problem::NotUrl => "https:// 로 시작하는 주소를 적어 주세요.".into(),
        Problem::NotMoney => "금액을 숫자로 적어 주세요. 예: 1,270".into(),
        Problem::TooMany { max } => format!("{max}개까지 할 수 있어요."),
        Problem::MustAgree => "동의해 주셔야 계속할 수 있어요.".into(),
        Problem::Rule(rule) => of_line(rule)
            .map_or_else(|| rule_words(rule).0.into(), |(line, ko, _)| format!("{line}번째 줄: {ko}")),
    }
}

/// A bound of a number: a long one in groups, a year never.
fn bound(number: i64) -> String {
    if number.abs() < 10_000 { number.to_string() } else { grouped(number) }
}

fn english(problem: &Problem) -> String {
    match problem {
        Problem::Required => "Please fill this in.".into(),
        Problem::TooLong { max, actual } => format!("At most {max} characters; now {actual}."),
        Problem::TooShort { min } => format!("At least {min} characters, please."),
        Problem::OutOfRange { min, max } => {
            format!("Between {} and {}, please.", bound(*min), bound(*max))
        }
        Problem::NotNumber => "Digits only, for example 1270.".into(),
        Problem::NotChoice => "Please choose from the list.".into(),
        Problem::NotEmail => "Please check the e-mail address, for example name@example.com.".into(),
        Problem::NotPhone => "Please check the telephone number, for example +82 31 123 4567.".into(),
        Problem::NotUrl => "An address that starts with https://, please.".into(),
        Problem::NotMoney => "An amount in digits, for example 1,270.".into(),
        Problem::TooMany { max } => format!("At most {max}."),
        Problem::MustAgree => "We need your consent to go on.".into(),
        Problem::Rule(rule) => of_line(rule)
            .map_or_else(|| rule_words(rule).1.into(), |(line, _, en)| format!("Line {line}: {en}")),
    }
}

/// Rules that name a line of what was typed, `days.line.3`: what they begin with, Korean, English.
const OF_LINES: [(&str, &str, &str); 3] = [
    (
        "days.line.",
        "읽을 수 없어요. 탭으로 나눴는지 확인해 주세요.",
        "cannot be read. Are its parts divided by tabs?",
    ),
    (
        "rfq.invited.",
        "이런 공급사를 찾지 못했어요. 회사 이름이나 공급사 페이지 주소를 적어 주세요. 예: 가온벼리볼트",
        "no such vendor. The company's name, please, or the address of its page.",
    ),
    (
        "rfq.invited_several.",
        "이름이 같은 공급사가 둘 이상이에요. 공급사 페이지 주소로 적어 주세요. 예: /vendors/gaon-bolt",
        "several vendors have this name. The address of its page, please, e.g. /vendors/gaon-bolt",
    ),
];

/// The line that a rule names, with its words.
fn of_line(rule: &str) -> Option<(&str, &'static str, &'static str)> {
    OF_LINES.iter().find_map(|(start, ko, en)| rule.strip_prefix(start).map(|line| (line, *ko, *en)))
}

/// The rules of single nouns: code, Korean, English.
const RULES: &[(&str, &str, &str)] = &[
    (
        "form.replayed",
        "같은 화면에서 다른 내용을 한 번 더 보냈어요. 먼저 보낸 내용만 받았어요. 이것도 보내려면 지금 화면을 확인하고 한 번 더 눌러 주세요.",
        "The same page was sent again with different content; only the first was taken. To send this too, please check the page as it is now and press once more.",
    ),
    (
        "form.out_of_date",
        "양식이 오래됐어요. 다시 보내 주세요.",
        "This form is out of date. Please send it again.",
    ),
    (
        "business_number.digits",
        "사업자등록번호 열 자리를 적어 주세요. 예: 123-45-67891",
        "Please give the ten digits of the business number, for example 123-45-67891.",
    ),
    (
        "business_number.check",
        "번호가 맞지 않아요. 사업자등록증을 보고 다시 적어 주세요.",
        "The number does not add up. Please copy it from the registration certificate.",
    ),
    (
        "email.international",
        "한글처럼 로마자가 아닌 글자가 든 주소로는 메일을 보낼 수 없어요. 로마자로 된 주소를 적어 주세요.",
        "We cannot send mail to addresses with letters beyond a to z. Please give a plain one.",
    ),
    (
        "file.gone",
        "붙인 파일 가운데 없어진 것이 있어요. 다시 골라 주세요.",
        "One of the files is no longer here. Please choose it again.",
    ),
    ("calendar.day", "날짜를 골라 주세요. 예: 2027-05-06", "Please choose a day, for example 2027-05-06."),
    ("name.letters", "글자나 숫자가 든 이름을 적어 주세요.", "A name needs letters or digits."),
    (
        "password.common",
        "누구나 먼저 넣어 보는 비밀번호예요. 낱말 서너 개를 이어 써 보세요.",
        "This is one of the first guesses. Try three or four words in a row.",
    ),
    (
        "password.email",
        "이메일 주소와 다르게 정해 주세요.",
        "Please choose something other than your e-mail address.",
    ),
    ("password.wrong", "비밀번호가 달라요. 다시 적어 주세요.", "That is not the password. Please try again."),
    (
        "sign_in.wrong",
        "이메일이나 비밀번호가 달라요. 다시 적어 주세요.",
        "The e-mail address or the password is not right. Please try again.",
    ),
    (
        "withdraw.sole_owner",
        "한 분뿐인 소유자는 탈퇴할 수 없어요. 다른 분을 소유자로 정하거나, 회사를 닫거나, 신청을 거둬 주세요.",
        "The only owner of a company cannot leave. Name another owner, close the company or take its application back.",
    ),
    (
        "withdraw.last_admin",
        "한 분뿐인 관리자는 탈퇴할 수 없어요. 다른 관리자를 먼저 정해 주세요.",
        "The only admin cannot leave. Appoint another one first.",
    ),
    (
        "basket.empty",
        "바구니가 비어 있어요. 제품을 담은 뒤 보내 주세요.",
        "The basket is empty. Please collect products first.",
    ),
    (
        "basket.gone",
        "지금은 내려간 제품이라 물을 수 없어요. 빼고 보내 주세요.",
        "This product was taken down. Please remove it.",
    ),
    (
        "basket.own",
        "내가 속한 회사의 제품이에요. 빼고 보내 주세요.",
        "This is a product of your own company. Please remove it.",
    ),
    (
        "notifications.phone",
        "알림톡을 받으려면 이름과 연락처에서 전화번호를 먼저 적어 주세요.",
        "Please give a telephone number under Name and contact first.",
    ),
    (
        "rfq.invited_own",
        "내가 일하는 회사는 초대할 수 없어요. 그 줄을 빼고 올려 주세요.",
        "You work for one of these companies and cannot invite it. Please take its line out.",
    ),
    (
        "basket.due",
        "오늘부터 2년 안의 날짜를 골라 주세요.",
        "Please choose a day within the coming two years.",
    ),
    ("quote.decimals", "소수점 아래 네 자리까지 적을 수 있어요.", "At most four decimals, please."),
    ("quote.price_too_large", "1조보다 작은 금액을 적어 주세요.", "An amount below 10^12, please."),
    (
        "quote.breaks",
        "한 줄에 하나씩 ‘수량: 단가’로 적어 주세요. 예: 1,000개 이상: 90, 100~499: 95",
        "One a line, quantity and price, for example 1,000: 90 or 100~499: 95",
    ),
    (
        "reply.title_taken",
        "같은 제목의 답이 이미 있어요. 다른 제목을 적어 주세요.",
        "There is a reply with this title already. Please choose another one.",
    ),
    (
        "rate.day",
        "오늘까지의 날짜를 적어 주세요. 1년 넘게 지난 날은 쓰지 않아요.",
        "A day up to today, at most a year ago, please.",
    ),
    (
        "days_off.range",
        "오늘부터 1년 안의 날짜를 순서대로 적어 주세요.",
        "Days from today on, within a year, first before last, please.",
    ),
    (
        "days_off.too_many",
        "열두 달에 평일 25일까지 쉬는 날로 적을 수 있어요. 더 길게 쉬면 휴무로 바꿔 주세요.",
        "At most 25 working days in twelve months. For a longer break, set a holiday.",
    ),
    ("quote.zero", "0보다 큰 금액을 적어 주세요.", "The price must be above zero."),
    (
        "quote.total_too_large",
        "합계가 너무 커요. 단가와 수량을 확인해 주세요.",
        "The total is too large. Please check price and quantity.",
    ),
    (
        "vendor.number_taken",
        "이 번호로 먼저 신청했거나 등록된 회사가 있어요. 같은 회사 동료가 했다면 팀에 초대해 달라고 해 주세요. 모르는 일이라면 연합회에 알려 주세요.",
        "A company with this number has applied or is registered already. If a colleague did it, ask to be invited to the team; if you know nothing of it, please tell the federation.",
    ),
    (
        "role.no_account",
        "이 주소로 가입하고 이메일을 확인한 사람이 없어요. 먼저 가입하고 확인해 달라고 해 주세요.",
        "Nobody has joined with this address and confirmed it. Please ask them to do that first.",
    ),
    (
        "role.last_admin",
        "관리자가 한 명뿐이라 거둘 수 없어요. 다른 관리자를 먼저 정해 주세요.",
        "This is the only admin. Please appoint another one first.",
    ),
    ("chapter.slug", "로마자 소문자, 숫자, 하이픈만 써 주세요.", "Small letters, digits and hyphens only."),
    (
        "vendor.number_fixed",
        "승인된 뒤에는 번호를 바꿀 수 없어요. 연합회에 알려 주세요.",
        "The number cannot be changed after approval. Please tell the federation.",
    ),
    (
        "vendor.certificate_date",
        "유효 기간은 2027-05-31처럼 적어 주세요.",
        "Please write the last day like 2027-05-31.",
    ),
    (
        "vendor.holiday",
        "오늘부터 90일 안의 날짜를 골라 주세요.",
        "Please choose a day within the coming 90 days.",
    ),
    (
        "vendor.holiday_too_many",
        "열두 달에 쉴 수 있는 날을 넘어요. 더 이른 날짜를 골라 주세요. 오늘도 안 된다면 쉴 수 있는 날을 다 쓴 거예요.",
        "That is more days than there are in twelve months. Please choose an earlier day; if not even today can be chosen, they are used up.",
    ),
    (
        "vendor.last_owner",
        "소유자는 한 사람 이상 있어야 해요. 다른 사람을 먼저 소유자로 정해 주세요.",
        "One owner has to stay. Please make somebody else an owner first.",
    ),
    ("vendor.close_sure", "읽었다고 표시해 주세요.", "Please confirm that you have read this."),
    ("vendor.already_member", "이미 팀에 있어요.", "Already in the team."),
    ("desk.nothing_chosen", "먼저 하나 이상 골라 주세요.", "Please choose at least one."),
    (
        "saved_search.nothing_asked",
        "찾는 말이나 조건을 먼저 골라 주세요. 모든 제품의 알림은 없어요.",
        "Please choose words or filters first; there are no alerts about everything.",
    ),
    ("search_rule.one_word", "한 낱말만 적어 주세요.", "One word, please."),
    (
        "search_rule.no_question",
        "찾는 말로 쓸 수 없어요. 글자를 적고, 연락처나 번호는 적지 마세요.",
        "This cannot be a question: it needs letters, and no contact or number of a person.",
    ),
    (
        "search_rule.same_word",
        "찾는 말과 다른 말을 적어 주세요.",
        "Words other than the question itself, please.",
    ),
    (
        "search_rule.own_page",
        "이 사이트에 있는 공개된 쪽의 주소를 / 부터 적어 주세요. 예: /categories/hex-bolts",
        "The address of a public page of this site, from the slash on, for example /categories/hex-bolts.",
    ),
    (
        "slot.not_visible",
        "지금 보이는 제품만 올릴 수 있어요.",
        "Only listings that are visible now can be featured.",
    ),
    ("slot.days", "오늘부터 90일 안의 날짜를 골라 주세요.", "Please choose days within the coming 90 days."),
    (
        "text.unreadable",
        "글자가 깨져서 읽을 수 없어요. 다시 적어 주세요.",
        "Some characters could not be read. Please type them again.",
    ),
    (
        "message.not_by_edit",
        "이 내용은 고쳐서 넣을 수 없어요. 새 글로 보내 주세요.",
        "This cannot be put in by a correction. Please send it as a new message.",
    ),
    (
        "basket.not_taking",
        "이 공급사에는 지금 문의를 보낼 수 없어요. 이 제품을 빼고 보내 주세요.",
        "This vendor takes no inquiries now. Please take this product out.",
    ),
    ("tiers.ascending", "앞줄보다 많은 수량을 적어 주세요.", "More than in the line before, please."),
    (
        "hs_code.digits",
        "숫자 4, 6, 10자리로 적어 주세요. 예: 7318.15-9000",
        "4, 6 or 10 digits, please, for example 7318.15-9000.",
    ),
];

/// Korean and English of a rule; a general request for one that has no words of its own.
fn rule_words(rule: &str) -> (&'static str, &'static str) {
    RULES
        .iter()
        .find(|(code, ..)| *code == rule)
        .map_or(("다시 확인해 주세요.", "Please check this."), |(_, ko, en)| (ko, en))
}

/// What a field is called in the summary; empty when the sentence stands alone.
pub fn field_name(lang: Lang, field: &str) -> &'static str {
    // lines of tables are numbered: `spec-value-3`
    let kind = field.trim_end_matches(|c: char| c.is_ascii_digit());
    let (ko, en) = match kind {
        "spec-name-ko-" => ("규격 이름", "Specification"),
        "spec-name-en-" => ("규격 영어 이름", "English name of a specification"),
        "spec-value-" => ("규격 값", "Value of a specification"),
        "spec-unit-" => ("규격 단위", "Unit of a specification"),
        "tier-from-" => ("수량", "Quantity"),
        "tier-price-" | "breaks" | "breaks-" => ("수량별 단가", "Price by quantity"),
        "alt_ko" | "alt_en" => ("사진 설명", "What is on the picture"),
        "email" => ("이메일", "E-mail"),
        "password" | "new_password" => ("비밀번호", "Password"),
        "current_password" => ("지금 비밀번호", "Current password"),
        "files" => ("파일", "Files"),
        "name" => ("이름", "Name"),
        "terms" => ("이용약관", "Terms"),
        "privacy" => ("개인정보 수집·이용", "Privacy"),
        "phone" => ("전화번호", "Telephone"),
        "business_number" => ("사업자등록번호", "Business number"),
        "name_ko" => ("회사 이름(한국어)", "Company name (Korean)"),
        "name_en" => ("회사 이름(영어)", "Company name (English)"),
        "representative" => ("대표자", "Representative"),
        "region" => ("지역", "Region"),
        "address" => ("주소", "Address"),
        "website" => ("누리집", "Website"),
        "intro_ko" => ("회사 소개(한국어)", "Introduction (Korean)"),
        "intro_en" => ("회사 소개(영어)", "Introduction (English)"),
        "founded_year" => ("설립 연도", "Founded"),
        "employees" => ("직원 수", "Employees"),
        "chapter" => ("교류회", "Chapter"),
        "certificates" => ("인증", "Certificates"),
        "holiday_until" => ("쉬는 마지막 날", "Last day of the holiday"),
        "role" => ("역할", "Role"),
        "listing" => ("제품", "Listing"),
        "starts" => ("첫날", "First day"),
        "ends" => ("마지막 날", "Last day"),
        "note" => ("메모", "Note"),
        "title_ko" => ("제품 이름(한국어)", "Title (Korean)"),
        "title_en" => ("제품 이름(영어)", "Title (English)"),
        "description_ko" => ("설명(한국어)", "Description (Korean)"),
        "description_en" => ("설명(영어)", "Description (English)"),
        "category" => ("분류", "Category"),
        "price" | "price-" => ("가격", "Price"),
        "item" | "item-" => ("품목", "Item"),
        "incoterm" => ("인도 조건", "Terms of delivery"),
        "place" => ("인도 장소", "Place of delivery"),
        "payment" => ("결제 조건", "Terms of payment"),
        "sample" => ("견본", "Samples"),
        "price_kind" => ("가격 표시", "Price display"),
        "tiers" => ("수량별 가격", "Price tiers"),
        "unit" | "unit-" => ("단위", "Unit"),
        "moq" => ("최소 수량", "Minimum order"),
        "lead_time_days" => ("납기", "Lead time"),
        "origin" => ("원산지", "Origin"),
        "hs_code" => ("HS 부호", "HS code"),
        "part_number" => ("품번", "Part number"),
        "specs" => ("규격", "Specifications"),
        "images" => ("사진", "Pictures"),
        "body" | "message" => ("내용", "Message"),
        "quantity" | "quantity-" => ("필요한 수량", "Quantity"),
        "spec-" => ("규격과 조건", "Specification"),
        "target-" => ("희망 단가", "Target price"),
        "due-" => ("필요한 날", "Needed by"),
        "valid_days" => ("유효 기간", "Validity"),
        "currency" => ("통화", "Currency"),
        "vat" => ("부가세", "VAT"),
        "reason" => ("이유", "Reason"),
        "company" => ("회사", "Company"),
        "country" => ("나라", "Country"),
        _ => ("", ""),
    };
    match lang {
        Lang::Ko => ko,
        Lang::En => en,
    }
}
