//! Words of quotes with several lines: the form, the difference between versions, the grid, the paper.

use market::Currency;
use market::inquiries::quote::Vat;

use super::Lang;

crate::words! {
    line_title(number: usize) = "품목 {number}", "Item {number}";
    field_item = "품목", "Item";
    field_item_hint = "이름과 규격", "Name and specification";
    field_breaks = "수량별 단가", "Price by quantity";
    field_breaks_hint = "한 줄에 하나씩 ‘수량: 단가’. 예: 1,000: 90", "One a line, for example 1,000: 90";
    more = "품목 더하기", "Add an item";
    terms = "거래 조건", "Terms";
    field_incoterm = "인도 조건", "Terms of delivery";
    no_incoterm = "정하지 않음", "Not stated";
    field_place = "인도 장소", "Place of delivery";
    field_payment = "결제 조건", "Terms of payment";
    field_payment_hint = "예: 출고 뒤 30일", "For example 30 days net";
    field_sample = "견본", "Samples";
    field_sample_hint = "예: 1개 무료", "For example one piece free of charge";
    replaced = "새 견적이 나와 더 쓰지 않는 견적", "Replaced by a newer quote";
    quantity = "수량", "Quantity";
    unit_price = "단가", "Unit price";
    amount = "금액", "Amount";
    net = "공급가액", "Net";
    tax = "부가세", "VAT";
    gross = "합계(부가세 포함)", "Total with VAT";
    from(quantity: &str, price: &str) = "{quantity}부터 {price}", "from {quantity}: {price}";
    delivery = "인도 조건", "Delivery terms";
    payment = "결제 조건", "Payment";
    sample = "견본", "Samples";
    changed_title = "앞 견적과 달라진 점", "What has changed";
    changed_what = "항목", "What";
    changed_before = "앞 견적", "Before";
    changed_after = "새 견적", "Now";
    changed_none = "값이 없음", "none";
    print = "견적서 보기(인쇄)", "Printable quote";
    paper_title = "견적서", "Quotation";
    paper_number(number: &str) = "번호 {number}", "No. {number}";
    paper_date = "보낸 날", "Date";
    paper_to = "수신", "To";
    paper_addressee(names: &str) = "{names} 귀하", "{names}";
    paper_from = "공급자", "Supplier";
    paper_business_number = "사업자등록번호", "Business number";
    paper_representative = "대표자", "Representative";
    paper_address = "주소", "Address";
    paper_contact = "연락처", "Contact";
    paper_subject = "건명", "Subject";
    paper_note = "비고", "Remarks";
    paper_hint = "브라우저의 인쇄로 종이나 PDF로 남길 수 있어요.", "Use your browser's print function for paper or PDF.";
    grid_title = "견적 비교", "Quotes side by side";
    grid_net(count: usize) = "견적 {count}개를 부가세를 뺀 값으로 견줘요.", "Quotes: {count}, compared without VAT.";
    grid_taken = "고른 견적", "chosen";
    grid_over = "기한 지남", "expired";
    grid_each = "개당", "Each";
    grid_total = "합계", "Total";
    grid_at(quantity: &str) = "({quantity} 기준)", "(for {quantity})";
    grid_choose = "결정", "Decide";
    grid_accept = "고르기", "Choose";
    grid_accept_of(vendor: &str) = "{vendor} 견적 고르기", "Choose the quote of {vendor}";
    grid_open = "자세히", "Details";
    grid_cheapest = "가장 낮음", "lowest";
    grid_fastest = "가장 빠름", "fastest";
    grid_export = "엑셀용 파일(CSV) 받기", "Download for spreadsheets (CSV)";
    not_comparable(why: &str) = "비교할 수 없음: {why}", "Not comparable: {why}";
    why_currency(code: &str) = "통화가 달라요({code})", "another currency ({code})";
    why_unit(unit: &str) = "단위가 달라요({unit})", "another unit ({unit})";
    why_quantity(quantity: &str) = "수량이 달라요({quantity})", "another quantity ({quantity})";
    why_delivery(terms: &str) = "인도 조건이 달라요({terms})", "other delivery terms ({terms})";
    why_lines = "견적한 품목이 달라요", "other items are quoted";
    why_no_quantity = "수량이 없어요", "no quantity quoted";
    why_several = "품목이 여러 개예요", "several items";
    none = "답 없음", "not stated";
}

/// A currency as a choice.
pub fn currency(lang: Lang, currency: Currency) -> String {
    let (ko, en) = match currency {
        Currency::Krw => ("원", "Korean won"),
        Currency::Usd => ("미국 달러", "US dollar"),
        Currency::Eur => ("유로", "Euro"),
        Currency::Jpy => ("일본 엔", "Japanese yen"),
        Currency::Cny => ("중국 위안", "Chinese yuan"),
    };
    format!("{} ({})", lang.pick(ko, en), currency.code())
}

/// What the sum of a quote's lines is, by how its prices stand to tax.
pub fn total(lang: Lang, vat: Vat) -> &'static str {
    let (ko, en) = match vat {
        Vat::Excluded => ("공급가액 합계", "Total without VAT"),
        Vat::Included => ("합계(부가세 포함)", "Total with VAT"),
        Vat::Zero => ("합계(영세율)", "Total (zero-rated)"),
    };
    if lang == Lang::Ko { ko } else { en }
}

/// How prices stand to value added tax.
pub fn vat(lang: Lang, vat: Vat) -> &'static str {
    let (ko, en) = match vat {
        Vat::Excluded => ("별도", "not included"),
        Vat::Included => ("포함", "included"),
        Vat::Zero => ("영세율", "zero-rated"),
    };
    if lang == Lang::Ko { ko } else { en }
}
