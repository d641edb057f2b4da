//! Words of the results page: why a listing is there, what was read out of the words, where nothing was found.

crate::words! {
    nearby = "가까운 제품", "Near match";
    part_number_hit = "품번 일치", "Part number match";
    part_number_part = "품번 일부 일치", "Part of a part number";
    direct_open = "이 제품 보기", "Open this product";
    direct_ask = "바로 문의하기", "Ask the maker";
    found_by(why: &str) = "{why} 찾았어요", "Found by {why}";
    by_spelling = "다른 표기", "another spelling";
    by_synonym = "같은 뜻의 말", "a word of the same meaning";
    by_initials = "초성", "initial consonants";
    by_half_typed = "적다 만 말", "the beginning of the word";
    by_keyboard = "다른 자판", "the other keyboard layout";
    by_typo = "비슷한 글자", "a similar spelling";
    clash_facet = "함께 있을 수 없는 조건이에요. 하나를 빼 주세요.", "These filters exclude each other. Remove one of them.";
    clash_range = "범위의 시작이 끝보다 커요. 하나를 빼 주세요.", "The lower end of a range is above its upper end. Remove one of them.";
    clash_request = "가격 협의 제품에는 가격이 없어서 가격 범위와 함께 쓸 수 없어요. 하나를 빼 주세요.", "Products with a price on request have no price, so a price range cannot apply. Remove one of them.";
    clash_why = "위의 조건 가운데 하나를 빼면 다시 찾아요.", "Remove one of the filters above to search again.";
    conditions_dropped(words: &str) = "‘{words}’ 조건에 맞는 제품이 없어서 그 조건 없이 보여 드려요.", "No product meets ‘{words}’, so these are shown without it.";
    instead(asked: &str, there: &str) = "{asked} 제품은 없고 {there} 제품이 있어요.", "There is no {asked}, but there is {there}.";
    without_conditions_count(count: &str) = "조건 없이 {count}개 보기", "Show {count} without filters";
    ask_everybody = "견적 요청 올리기", "Post a request for quotes";
    vendors_named = "이름이 비슷한 공급사", "Suppliers with this name";
    bad_cursor_title = "이어서 볼 곳을 찾을 수 없어요", "We cannot find the place to continue from";
    bad_cursor_text = "주소가 바뀌었거나 오래된 주소예요. 첫 쪽부터 다시 볼 수 있어요.", "The address was changed or is out of date. You can start again from the first page.";
    bad_cursor_go = "첫 쪽부터 보기", "Start from the first page";
}
