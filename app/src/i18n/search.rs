//! Words of search, rows, prices and clocks.

use market::search::Sort;

use super::Lang;

crate::words! {
    clock_answer = "답", "Answers in";
    quoted_after_asking = "문의하면 견적을 보내요", "Quoted after your inquiry";
    vat_apart = "부가세 별도", "VAT not included";
    price_checked(date: &str) = "{date} 확인", "checked {date}";
    tiers_caption = "수량별 단가", "Price by quantity";
    quantity = "수량", "Quantity";
    each(unit: &str) = "{unit}당", "per {unit}";
    ask_about(title: &str) = "문의하기: {title}", "Ask about {title}";
    ask = "문의하기", "Ask";
    lead_time = "납기", "Lead time";
    least_order = "최소 수량", "Minimum order";
    conditions = "조건", "Filters";
    conditions_in_force = "적용한 조건", "Filters in force";
    take_away = "조건 빼기", "remove";
    clear = "지우기", "Clear";
    clear_all = "모두 지우기", "Clear all";
    close = "닫기", "Close";
    show_results = "이 조건으로 보기", "Show results";
    any = "상관없음", "Any";
    terms = "납기·최소 수량", "Terms";
    at_most_count(count: &str) = "{count} 이하", "at most {count}";
    show_count(count: &str) = "제품 {count}개 보기", one(count) "Show {count} product", "Show {count} products";
    price_range = "단가", "Unit price";
    won = "원", " KRW";
    days = "일", " days";
    at_least(unit: &str) = "부터 {unit}", "From{unit}";
    at_most(unit: &str) = "까지 {unit}", "To{unit}";
    or_more(amount: &str) = "{amount} 이상", "{amount} or more";
    or_less(amount: &str) = "{amount} 이하", "{amount} or less";
    from_words = "검색어에서", "From your words:";
    only_category(name: &str, count: &str) = "‘{name}’ 분류만 {count}개", "Only the category ‘{name}’ ({count})";
    first_page = "첫 쪽", "First page";
    further = "다음 제품", "Further products";
    facet_category = "분류", "Category";
    facet_region = "지역", "Region";
    facet_price = "가격", "Price";
    facet_badge = "기업 인증", "Company status";
    facet_certificate = "품질·제품 인증", "Certificates";
    facet_answer = "답하는 속도", "Answers";
    within_hours(hours: i64) = "업무 시간 {hours}시간 안", one(hours) "within {hours} working hour", "within {hours} working hours";
    sort_answer = "답이 빠른 순서", "Fastest answers";
    price_public = "공개 가격", "Public price";
    price_tiers = "수량별 가격", "Price by quantity";
    price_negotiable = "가격 협의", "Price on request";
    sorting = "정렬", "Sort";
    apply = "적용", "Apply";
    sort_match = "맞는 순서", "Best match";
    sort_new = "새로 올라온 순서", "Newest";
    sort_price = "단가 낮은 순서", "Lowest price";
    sort_price_desc = "단가 높은 순서", "Highest price";
    sort_lead = "납기 빠른 순서", "Fastest delivery";
    results = "검색 결과", "Results";
    list_heading = "제품 목록", "Products";
    view = "보기", "View";
    view_list = "목록", "List";
    view_table = "표", "Table";
    column_product = "제품", "Product";
    column_answers = "응답", "Answers";
    table_all = "규격 표", "Table of specifications";
    table_of(words: &str) = "‘{words}’ 규격 표", "Table of specifications for ‘{words}’";
    table_region = "규격 표, 옆으로 넘겨 볼 수 있어요", "Table of specifications, scrolls sideways";
    table_more(names: &str) = "표를 옆으로 밀면 {names} 나와요.", "Swipe the table sideways to see: {names}.";
    title_all = "제품 찾기", "Search products";
    title_for(words: &str) = "{words} 검색 결과", "Results for {words}";
    heading_all(count: &str) = "제품 {count}개", one(count) "{count} product", "{count} products";
    heading_for(words: &str, count: &str) = "‘{words}’ 제품 {count}개", one(count) "{count} product for ‘{words}’", "{count} products for ‘{words}’";
    description = "한국 중소기업의 제품을 규격으로 찾고 만든 회사에 바로 문의하세요.", "Find products of Korean makers by specification and ask the maker directly.";
    cut(max: usize) = "검색어가 길어서 앞 {max}자로 찾았어요.", one(max) "Your text was long; we searched for its first {max} character.", "Your text was long; we searched for its first {max} characters.";
    degraded = "지금은 간단한 검색만 돼요. 제품 이름과 공급사 이름으로 찾았어요. 잠시 뒤에 다시 찾으면 더 잘 찾아요.", "Only simple search works at the moment: we looked in product and vendor names. Try again shortly for better results.";
    relaxed = "조건에 꼭 맞는 제품이 없어서 가까운 제품을 보여 드려요.", "Nothing matches everything you asked; these are the nearest.";
    search_literally(words: &str) = "‘{words}’ 그대로 찾기", "Search for exactly ‘{words}’";
    literal_now = "적은 말 그대로 찾았어요.", "Searched for your exact words.";
    search_widely = "비슷한 말까지 찾기", "Search more widely";
    read_keyboard(from: &str, to: &str) = "다른 자판으로 적은 ‘{from}’ 대신 ‘{to}’ 제품을 찾았어요.", "Read ‘{from}’ as typed on the other keyboard: ‘{to}’.";
    read_corrected(from: &str, to: &str) = "‘{from}’ 대신 ‘{to}’ 제품을 찾았어요.", "Searched for ‘{to}’ instead of ‘{from}’.";
    read_also(from: &str, to: &str) = "‘{from}’ 말고 ‘{to}’ 제품도 찾았어요.", "Besides ‘{from}’ we searched for ‘{to}’.";
    read_dropped(word: &str) = "‘{word}’ 없이 찾았어요.", "Searched without ‘{word}’.";
    read_region(word: &str) = "‘{word}’ 지역의 공급사를 먼저 보여 드려요.", "Vendors in ‘{word}’ come first.";
    read_excluded(word: &str) = "‘{word}’ 제품은 뺐어요.", "Left out ‘{word}’.";
    nothing_for(words: &str) = "‘{words}’ 제품이 아직 없어요", "No product for ‘{words}’ yet";
    nothing_here = "조건에 맞는 제품이 아직 없어요", "No product meets these filters yet";
    nothing_why = "조건을 줄이거나 다른 말로 찾아 보세요. 규격만 적어도 찾을 수 있어요. 예: M8×20, 100A", "Try fewer filters or other words. A size alone works too, for example M8×20 or 100A.";
    without_conditions = "조건 없이 찾기", "Search without filters";
    nearest_categories = "가까운 분류", "Nearest categories";
    all_categories = "모든 분류 보기", "All categories";
}

/// What stands before and after the response rate.
pub const fn clock_rate(lang: Lang) -> (&'static str, &'static str) {
    match lang {
        Lang::Ko => ("응답률 ", ""),
        Lang::En => ("", " answered"),
    }
}

/// What a price kind is called.
pub fn price_kind(lang: Lang, kind: &str) -> Option<&'static str> {
    match kind {
        "public" => Some(price_public(lang)),
        "tiers" => Some(price_tiers(lang)),
        "negotiable" => Some(price_negotiable(lang)),
        _ => None,
    }
}

/// What an order is called.
pub const fn sort(lang: Lang, sort: Sort) -> &'static str {
    match sort {
        Sort::Relevance => sort_match(lang),
        Sort::Newest => sort_new(lang),
        Sort::PriceLow => sort_price(lang),
        Sort::PriceHigh => sort_price_desc(lang),
        Sort::LeadTime => sort_lead(lang),
        Sort::AnswerFast => sort_answer(lang),
    }
}

/// How long delivery takes.
pub fn lead_days(lang: market::Lang, days: i64) -> String {
    lang.days(days)
}

/// Delivery within so many days.
pub fn within_days(lang: market::Lang, days: i64) -> String {
    let days = lang.days(days);
    match lang {
        market::Lang::Ko => format!("{days} 안"),
        market::Lang::En => format!("within {days}"),
    }
}
