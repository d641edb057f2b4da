//! One row a form: who sends it, what has to come first, and a body that is taken.

use super::before::Before;

/// How a body is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Fields and the key of the form.
    Form,
    /// Fields without a key: doing it again changes nothing.
    Bare,
    /// One picture.
    Picture,
}

/// One form.
pub struct Case {
    pub route: &'static str,
    pub who: &'static str,
    pub before: Before,
    pub kind: Kind,
    pub query: &'static str,
    pub body: &'static [(&'static str, &'static str)],
    /// A field and another value that is taken, too; none for forms that only have a button.
    pub other: Option<(&'static str, &'static str)>,
    /// Where a second press leads when not where the first did.
    pub then: Option<&'static str>,
    /// Tables of ways in, of which who comes again gets another one.
    pub opens: &'static [&'static str],
    /// Whether the first press leaves something that is not just a note.
    pub writes: bool,
}

const FORM: Case = Case {
    route: "",
    who: "anonymous",
    before: Before::Nothing,
    kind: Kind::Form,
    query: "",
    body: &[],
    other: None,
    then: None,
    opens: &[],
    writes: true,
};

const LINKS: &[&str] = &["one_time_tokens"];
const OFFERS: &[&str] = &["stay_offers"];
const ALERTS: &[&str] = &["alert_links"];

/// What is not pressed twice here, and why.
pub const NOT_PRESSED: &[(&str, &str)] = &[
    ("/sign-in", "each time is a session of its own"),
    ("/account/privacy/export", "gives a copy each time and says so in the audit log each time"),
    ("/files", "a script begins one transfer each time; `files` tests them"),
    ("/files/{id}/bytes", "pieces carry their place in the file; `files` tests them"),
    ("/a/{token}/files", "a script begins one transfer each time; `files` tests them"),
    ("/r/{token}/files", "a script begins one transfer each time; `files` tests them"),
    ("/q/{token}/files", "a script begins one transfer each time; `rfq_answers` tests them"),
    ("/q/{token}/files/{id}/bytes", "pieces carry their place in the file; `files` tests them"),
    ("/r/{token}/files/{id}/bytes", "pieces carry their place in the file; `files` tests them"),
    ("/a/{token}/files/{id}/bytes", "pieces carry their place in the file; `files` tests them"),
    (
        "/api/listings/{id}/autosave",
        "carries the version it was made from; a second one is told that it is old",
    ),
    ("/inquiries/{id}/messages/{seq}/translate", "does not exist without a translator; `told` has one"),
    ("/a/{token}/messages/{seq}/translate", "does not exist without a translator; `told` has one"),
    ("/search/opened", "leaves a note for the figures of the search, and answers nothing"),
];

macro_rules! case {
    ($who:literal, $route:literal, [$($body:tt)*] $(, $field:ident : $value:expr)* $(,)?) => {
        Case { route: $route, who: $who, body: &[$($body)*] $(, $field: $value)*, ..FORM }
    };
}

/// A company as it applies.
macro_rules! company {
    ($number:literal, $($more:tt)*) => {
        &[("business_number", $number), ("name_ko", "가온벼리볼트"), ("name_en", "Gaon Byeori Bolt"), ("representative", "박대표"),
          ("region", "41"), ("address", "경기도 시흥시 공단1대로 1"), ("phone", "031-499-0000"), ("email", "sales@example.test"),
          ("website", ""), ("intro_ko", "냉간 압조로 볼트를 만듭니다. 작은 수량도 받습니다."), ("intro_en", ""), ("founded_year", "1999"),
          ("employees", "12"), ("chapter", ""), ("certificates", "ISO 9001 | KAB | Q-123 | 2027-01-31"), $($more)*]
    };
}

/// A public request in its second step.
macro_rules! rfq {
    ($($more:tt)*) => {
        &[("lines", "1"), ("item-1", "육각볼트"), ("quantity-1", "2000"), ("unit-1", "ea"), ("grade-1", "SUS304"), ("dimension-1", "M8×20"),
          ("title", "육각볼트 2,000개"), ("body", "도면은 없어요"), ("due", ""), ("place", "시흥"), ("region", "41"),
          ("category", "fasteners.bolts.hex"), ("visibility", "public"), ("invited", ""), ("send", "1"), $($more)*]
    };
}

/// A quote.
macro_rules! quote {
    ($($more:tt)*) => {
        &[("price", "96"), ("quantity", "2,000"), ("unit", "개"), ("item", "육각볼트 M8"), ("breaks", ""), ("currency", "KRW"), ("vat", "excluded"),
          ("lead_time_days", "3"), ("valid_days", "14"), ("incoterm", ""), ("place", ""), ("payment", "월말 결제"), ("sample", ""),
          ("note", "바로 보내 드려요"), $($more)*]
    };
}

const GUEST: [(&str, &str); 3] =
    [("email", "guest@example.test"), ("name", "김구매"), ("third_party", "yes")];

/// Every form.
pub const CASES: &[Case] = &[
    case!("anonymous", "/sign-up", [("name", "김하나"), ("email", "new@example.test"), ("password", "four words make one"), ("terms", "yes"), ("privacy", "yes")], other: Some(("name", "김두리"))),
    case!("anonymous", "/sign-up/done", [("email", "buyer@example.test")], writes: false),
    case!("anonymous", "/confirm/{token}", [], writes: false),
    case!("buyer", "/sign-out", [], kind: Kind::Bare),
    case!("anonymous", "/reset", [("email", "buyer@example.test")]),
    case!("anonymous", "/reset/{token}", [("new_password", "another four words")]),
    case!("buyer", "/account", [("name", "새 이름"), ("phone", "010-1234-5678"), ("company", "새 회사"), ("lang", "ko")], other: Some(("name", "다른 이름"))),
    case!("buyer", "/account/password", [("current_password", "우리 공장 옆 은행나무"), ("new_password", "another four words")], other: Some(("new_password", "and yet four others"))),
    case!("buyer", "/account/devices", [("all", "yes")], before: Before::SecondDevice),
    case!("buyer", "/account/privacy", [("kind", "marketing"), ("granted", "yes")]),
    case!("buyer", "/account/withdraw", [("password", "우리 공장 옆 은행나무")], then: Some("/sign-in?next=")),
    case!("buyer", "/notifications", [("until", "{now}")]),
    case!("curator", "/desk/inbox", [("row", "{submitted}:1"), ("action", "return"), ("bulk_reason", "사진을 더해 주세요")], query: "?kind=listing", other: Some(("bulk_reason", "값을 적어 주세요"))),
    case!("curator", "/desk/vendors/{id}", [("action", "return"), ("version", "1"), ("reason", "주소를 확인해 주세요")], other: Some(("reason", "전화를 확인해 주세요"))),
    case!("curator", "/desk/listings/{id}", [("action", "return"), ("version", "1"), ("reason", "사진을 더해 주세요")], other: Some(("reason", "값을 적어 주세요"))),
    case!("curator", "/desk/revisions/{id}", [("action", "decline"), ("reason", "이름이 달라졌어요")], other: Some(("reason", "다른 까닭이에요"))),
    case!("curator", "/desk/rfqs/{id}", [("action", "return"), ("version", "1"), ("reason", "수량을 적어 주세요")], other: Some(("reason", "규격을 적어 주세요"))),
    case!("curator", "/desk/slots", [("then", "add"), ("listing", "{other_listing}"), ("starts", ""), ("ends", "{soon}"), ("note", "이달의 제품"), ("q", "")], other: Some(("note", "다른 까닭"))),
    case!("curator", "/desk/slots", [("then", "remove"), ("slot", "{slot}")]),
    case!("finance", "/desk/rates", [("currency", "USD"), ("as_of", "{today}"), ("won", "1380.5"), ("source", "서울외국환중개")], other: Some(("won", "1390"))),
    case!("admin", "/desk/calendar", [("days", "2032-05-06\tsubstitute\t대체공휴일\tSubstitute holiday")], other: Some(("days", "2032-05-07\tsubstitute\t대체공휴일\tSubstitute holiday"))),
    case!("admin", "/desk/people", [("then", "grant"), ("email", "buyer@example.test"), ("role", "moderator")], other: Some(("role", "officer:gyeonggi"))),
    case!("admin", "/desk/people", [("then", "revoke"), ("person", "{curator}"), ("post", "curator")]),
    case!("admin", "/desk/machinery", [("job", "{job}")], kind: Kind::Bare),
    case!("curator", "/desk/search/rules/new", [("kind", "synonym"), ("query", "복스알"), ("target", "소켓"), ("listing", ""), ("ends", ""), ("note", "현장 말"), ("sample", ""), ("then", "save")], other: Some(("target", "렌치"))),
    case!("curator", "/desk/search/rules/{id}", [("kind", "synonym"), ("query", "복스"), ("target", "소켓 렌치"), ("listing", ""), ("ends", ""), ("note", ""), ("sample", ""), ("version", "1"), ("then", "save")], other: Some(("target", "렌치"))),
    Case {
        route: "/vendor/apply",
        who: "buyer",
        body: company!("606-81-55559", ("then", "submit")),
        other: Some(("name_ko", "다른볼트")),
        ..FORM
    },
    Case {
        route: "/vendor/profile",
        who: "owner",
        body: company!("124-81-00998", ("version", "1")),
        other: Some(("name_ko", "다른볼트")),
        ..FORM
    },
    case!("owner", "/vendor/holiday", [("then", "set"), ("holiday_until", "{soon}")], other: Some(("holiday_until", "{today}"))),
    case!("owner", "/vendor/team", [("then", "add"), ("email", "other_buyer@example.test"), ("role", "staff")], other: Some(("role", "manager"))),
    case!("owner", "/vendor/companies", [("then", "open"), ("vendor", "{vendor}")]),
    case!("owner", "/vendor/team", [("then", "remove"), ("person", "{staff}")]),
    case!("owner", "/vendor/companies/{id}/close", [("sure", "yes")]),
    case!("owner", "/vendor/days-off", [("first", "{soon}"), ("last", "{soon}"), ("note", "창립기념일")], other: Some(("note", "다른 까닭"))),
    case!("owner", "/vendor/replies", [("id", ""), ("title", "납기"), ("body", "납기는 사흘이에요")], other: Some(("body", "납기는 나흘이에요"))),
    case!("owner", "/vendor/listings/new", [("title_ko", "새 볼트")], other: Some(("title_ko", "헌 볼트"))),
    case!("owner", "/vendor/listings/{id}", [
        ("version", "1"), ("revision", ""), ("act", "save"), ("category", "fasteners.bolts.hex"), ("title_ko", "육각볼트 M8×20"), ("title_en", "Hex bolt M8×20"),
        ("spec-name-ko-0", "나사"), ("spec-value-0", "M8"), ("spec-unit-0", "mm"), ("spec-name-en-0", "Thread"), ("price_kind", "tiers"), ("price", "1,270"),
        ("tier-from-0", "1"), ("tier-price-0", "1,270"), ("unit", "개"), ("moq", "500"), ("lead_time_days", "7"), ("origin", "대한민국"), ("hs_code", "731815"), ("part_number", "HB-1"),
        ("description_ko", "아연도금한 육각볼트입니다. 100개씩 포장해요."), ("description_en", "Zinc plated.")
    ], other: Some(("title_ko", "육각볼트 M8×25"))),
    case!("owner", "/vendor/listings/{id}/images", [], kind: Kind::Picture),
    case!("owner", "/vendor/listings/{id}/images/{media}", [("act", "describe"), ("alt_ko", "볼트 머리"), ("alt_en", "Head of a bolt")], other: Some(("alt_ko", "볼트 몸통"))),
    case!("owner", "/api/listings/{id}/images", [], kind: Kind::Picture),
    case!("owner", "/api/listings/{id}/images/{media}", [("act", "remove")]),
    case!("owner", "/api/listings/{id}/images/order", [("order", "{media}")], kind: Kind::Bare, writes: false),
    case!("other_buyer", "/listings/{slug}/ask", [("quantity", "2,000개"), ("body", "단가를 알려 주세요")], other: Some(("body", "납기를 알려 주세요"))),
    case!("anonymous", "/listings/{slug}/ask", [GUEST[0], GUEST[1], GUEST[2], ("company", "큰회사"), ("country", ""), ("quantity", "2,000개"), ("body", "단가를 알려 주세요")], other: Some(("body", "납기를 알려 주세요"))),
    case!("anonymous", "/confirm-inquiry/{token}", [], before: Before::GuestAsked, opens: LINKS, then: Some("/a/")),
    Case {
        route: "/inquiries/{id}/quote",
        who: "owner",
        body: quote!(),
        other: Some(("price", "97")),
        ..FORM
    },
    Case { route: "/a/{token}/quote", body: quote!(), other: Some(("price", "97")), opens: OFFERS, ..FORM },
    case!("owner", "/inquiries/{id}/ask", [("body", "도면이 있나요?")], other: Some(("body", "재질이 뭔가요?"))),
    case!("anonymous", "/a/{token}/ask", [("body", "도면이 있나요?")], other: Some(("body", "재질이 뭔가요?")), opens: OFFERS),
    case!("owner", "/inquiries/{id}/decline", [("reason", "too_few"), ("note", "천 개부터 해요")], other: Some(("note", "이천 개부터 해요"))),
    case!("anonymous", "/a/{token}/decline", [("reason", "too_few"), ("note", "천 개부터 해요")], other: Some(("note", "이천 개부터 해요")), opens: OFFERS),
    case!("buyer", "/inquiries/{id}/reply", [("body", "고마워요"), ("quoting", "1")], other: Some(("body", "아니에요"))),
    case!("anonymous", "/a/{token}/reply", [("body", "고마워요"), ("quoting", "1")], other: Some(("body", "아니에요")), opens: OFFERS),
    case!("buyer", "/inquiries/{id}/accept", [("version", "1")], before: Before::Quoted),
    case!("anonymous", "/a/{token}/accept", [("version", "1")], before: Before::QuotedByLink, opens: OFFERS),
    case!("buyer", "/inquiries/{id}/reject", [("reason", "price"), ("note", "조금 비싸요")], before: Before::Quoted, other: Some(("note", "많이 비싸요"))),
    case!("anonymous", "/a/{token}/reject", [("reason", "price"), ("note", "조금 비싸요")], before: Before::QuotedByLink, other: Some(("note", "많이 비싸요")), opens: OFFERS),
    case!("buyer", "/inquiries/{id}/withdraw", []),
    case!("anonymous", "/a/{token}/withdraw", [], before: Before::BuyersLink, opens: OFFERS),
    case!("buyer", "/inquiries/{id}/messages/{seq}", [("body", "납기가 언제예요?")]),
    case!("anonymous", "/a/{token}/messages/{seq}", [("body", "납기가 언제예요?")], before: Before::BuyersLink),
    case!("owner", "/inquiries/{id}/sort", [("assignee", "{staff}"), ("new_label", "급함")], other: Some(("new_label", "천천히"))),
    case!("owner", "/inquiries/{id}/archive", [("then", "away")]),
    case!("owner", "/inquiries/{id}/links", []),
    case!("anonymous", "/a/{token}/stay", [("stay", "yes")], before: Before::AnsweredByLink, kind: Kind::Bare, then: Some("/inquiries/")),
    case!("buyer", "/inquiries/{id}/others", [("listing", "{other_listing}")], before: Before::Declined),
    case!("anonymous", "/a/{token}/others", [("listing", "{other_listing}")], before: Before::DeclinedByLink),
    case!("other_buyer", "/basket", [("listing-1", "{listing}"), ("quantity-1", "500개"), ("spec-1", "SUS304"), ("target-1", "90"), ("due-1", "{soon}"), ("listing-2", "{other_listing}"), ("quantity-2", "20개"), ("body", "받을 곳은 시흥이에요"), ("send", "1")], other: Some(("body", "받을 곳은 안산이에요"))),
    case!("anonymous", "/basket", [GUEST[0], GUEST[1], GUEST[2], ("company", ""), ("country", ""), ("listing-1", "{listing}"), ("quantity-1", "500개"), ("body", "받을 곳은 시흥이에요"), ("send", "1")], other: Some(("body", "받을 곳은 안산이에요"))),
    case!("other_buyer", "/basket/add", [("listing", "{listing}"), ("next", "/search?q=x")], kind: Kind::Bare),
    case!("other_buyer", "/basket/add", [("pick", "{listing}"), ("pick", "{other_listing}"), ("several", "1"), ("next", "/search?q=x&view=table")], kind: Kind::Bare),
    case!("anonymous", "/basket/add", [("pick", "{listing}"), ("several", "1"), ("next", "/en/search?q=x&view=table")], kind: Kind::Bare, writes: false),
    case!("anonymous", "/confirm-basket/{token}", [], before: Before::GuestBasket, opens: LINKS, then: Some("/b/")),
    Case {
        route: "/rfqs/new",
        who: "other_buyer",
        body: rfq!(),
        other: Some(("title", "육각볼트 3,000개")),
        ..FORM
    },
    Case {
        route: "/rfqs/new",
        body: rfq!(GUEST[0], GUEST[1], GUEST[2], ("company", ""), ("country", "")),
        other: Some(("title", "육각볼트 3,000개")),
        ..FORM
    },
    Case {
        route: "/rfqs/{id}/edit",
        who: "buyer",
        before: Before::RfqReturned,
        body: rfq!(),
        other: Some(("title", "육각볼트 3,000개")),
        ..FORM
    },
    case!("buyer", "/rfqs/{id}/close", [("reason", "not_needed")], other: Some(("reason", "elsewhere"))),
    case!("buyer", "/rfqs/{id}/extend", []),
    Case {
        route: "/rfqs/{id}/answer",
        who: "owner",
        body: quote!(("listing", "{listing}")),
        other: Some(("price", "97")),
        ..FORM
    },
    Case {
        route: "/q/{token}",
        before: Before::RfqOpened,
        opens: LINKS,
        then: Some("/a/"),
        body: quote!(("listing", "{listing}")),
        other: Some(("price", "97")),
        ..FORM
    },
    Case {
        route: "/r/{token}/edit",
        before: Before::GuestRfqReturned,
        body: rfq!(),
        other: Some(("title", "육각볼트 3,000개")),
        ..FORM
    },
    case!("anonymous", "/r/{token}/close", [("reason", "not_needed")], before: Before::GuestRfqOpen, other: Some(("reason", "elsewhere"))),
    case!("anonymous", "/r/{token}/extend", [], before: Before::GuestRfqOpen),
    case!("anonymous", "/confirm-rfq/{token}", [], before: Before::GuestRfq, opens: LINKS, then: Some("/r/")),
    case!("other_buyer", "/saved-searches", [("state", "q=육각볼트&region=gyeonggi")]),
    case!("anonymous", "/saved-searches", [("state", "q=육각볼트&region=gyeonggi"), ("email", "guest@example.test")], other: Some(("email", "guest2@example.test"))),
    case!("buyer", "/saved-searches/{id}", [("then", "delete")]),
    case!("anonymous", "/confirm-alert/{token}", [], before: Before::GuestAlert, opens: ALERTS, then: Some("/s/")),
    case!("anonymous", "/s/{token}", [("search", "{saved}"), ("then", "delete")], before: Before::AlertLink),
    case!("anonymous", "/s/{token}", [("all", "yes")], before: Before::AlertLink),
    case!("buyer", "/inquiries/{id}/report", [("reason", "spam"), ("note", "같은 말만 해요"), ("block", "yes")], other: Some(("note", "다른 말이에요"))),
    case!("anonymous", "/a/{token}/report", [("reason", "spam"), ("note", "같은 말만 해요")], before: Before::BuyersLink, other: Some(("note", "다른 말이에요"))),
    case!("buyer", "/inquiries/{id}/block", [("then", "block")]),
    case!("anonymous", "/a/{token}/block", [("then", "block")], before: Before::BuyersLink),
    case!("owner", "/vendor/blocks", [("block", "{block}")], before: Before::VendorBlocks),
    case!("buyer", "/account/blocks", [("block", "{block}")], before: Before::BuyerBlocks),
    case!("curator", "/desk/held/{id}", [("action", "refuse"), ("reason", "광고예요")], other: Some(("reason", "되풀이예요"))),
    case!("curator", "/desk/reports/{id}", [("action", "dismiss"), ("reason", "광고가 아니에요")], other: Some(("reason", "다른 까닭이에요"))),
    case!("buyer", "/account/notifications", [("answer", "daily"), ("night", "yes")], kind: Kind::Bare),
    case!("anonymous", "/n/{token}", [("stop", "yes")], before: Before::StopLink, kind: Kind::Bare),
];
