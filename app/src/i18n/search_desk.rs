//! Words of the curators' desk of search, and of what it shows to visitors.

use market::search::desk::RuleKind;
use market::search::desk::figures::Order;

use super::Lang;

crate::words! {
    nav = "검색", "Search";
    title = "검색어", "Questions";
    sections = "검색 업무", "Search desk";
    to_questions = "검색어", "Questions";
    to_rules = "규칙", "Rules";
    intro = "사람들이 무엇을 찾고 무엇을 못 찾는지 봐요. 줄 끝의 단추로 바로 규칙을 만들 수 있어요.", "What people look for and do not find. The links at the end of a row begin a rule.";
    lists = "목록", "Lists";
    order_missed = "못 찾은 말", "Not found";
    order_seldom = "열지 않는 말", "Seldom opened";
    order_most = "많이 찾은 말", "Asked most";
    missed_text = "꼭 맞는 제품이 하나도 없던 검색이에요.", "Searches that no product met in full.";
    seldom_text = "결과는 있는데 다섯 번에 한 번도 열지 않은 검색이에요.", "Searches with results that were opened less than once in five.";
    most_text = "가장 많이 찾은 말이에요.", "What was asked most often.";
    period = "기간", "Period";
    total_searches = "검색", "Searches";
    total_missed = "못 찾은 검색", "Not found";
    total_clicks = "열어 본 결과", "Results opened";
    total_questions = "서로 다른 말", "Different questions";
    per_cent_of(part: &str, days: &str) = "{days} 동안의 {part}%", "{part} % in {days}";
    in_days(days: &str) = "{days} 동안", "in {days}";
    hidden_few(count: &str, people: i64) = "한 주에 서로 다른 {people}명이 찾지 않은 말 {count}개는 개인 정보일 수 있어서 세기만 하고 보여 주지 않아요.", one(people) "Questions that were not asked by {people} person in one week: {count}. They may be personal, so they are counted and not shown.", "Questions that were not asked by {people} different people in one week: {count}. They may be personal, so they are counted and not shown.";
    hidden_none = "보여 주지 않는 말은 없어요.", "No question is held back.";
    none_title = "아직 보여 줄 말이 없어요", "Nothing to show yet";
    none_text = "여러 사람이 같은 말을 찾으면 여기에 쌓여요. 기간을 늘려 보세요.", "Questions gather here once several people have asked the same. Try a longer period.";
    column_query = "찾은 말", "Question";
    column_searches = "검색", "Searches";
    column_missed = "못 찾음", "Not found";
    column_hits = "제품", "Products";
    column_clicks = "열어 봄", "Opened";
    column_place = "열린 자리", "Place";
    column_rule = "규칙 만들기", "Begin a rule";
    place_mean(place: &str) = "평균 {place}번째", "{place} on average";
    see_results(query: &str) = "‘{query}’ 결과 보기", "Results for ‘{query}’";
    begin_rule(kind: &str, query: &str) = "{kind}: {query}", "{kind}: {query}";
    table_caption(count: usize) = "찾은 말 {count}개", "Questions: {count}";
}

crate::words! {
    rules_title = "검색 규칙", "Search rules";
    rules_intro = "규칙은 찾는 말에만 작용해요. 저장하면 몇 초 안에 모든 곳에서 바로 쓰여요.", "Rules act on what is asked. Once saved they hold everywhere within seconds.";
    rules_new = "규칙 만들기", "New rule";
    rules_all = "모두", "All";
    rules_none_title = "아직 규칙이 없어요", "No rules yet";
    rules_none_text = "못 찾은 말에서 시작하면 쉬워요.", "The list of questions that found nothing is a good place to begin.";
    rules_caption(count: usize) = "규칙 {count}개", "Rules: {count}";
    column_kind = "종류", "Kind";
    column_what = "내용", "Rule";
    column_state = "상태", "State";
    column_changed = "고친 때", "Changed";
    state_acts = "쓰는 중", "In force";
    state_until(day: &str) = "{day}까지", "until {day}";
    state_ended = "멈춤", "Ended";
    state_over = "기간 끝", "Over";
    unseen = "지금 안 보이는 제품", "listing not visible now";
    by_whom(name: &str) = "{name}", "{name}";
    the_site = "사이트", "the site";
    done_added = "규칙을 저장했어요. 지금부터 쓰여요.", "Saved; the rule holds from now on.";
    done_changed = "규칙을 고쳤어요. 지금부터 쓰여요.", "Changed; the new form holds from now on.";
    done_ended = "규칙을 멈췄어요.", "The rule has ended.";
    done_undone = "바로 앞의 모습으로 되돌렸어요.", "The version before holds again.";
    kind_label = "규칙 종류", "Kind of rule";
    kind_synonym = "같은 말", "Same meaning";
    kind_narrower = "한쪽으로 같은 말", "Also serves";
    kind_redirect = "바로 이동", "Redirect";
    kind_stop_word = "뺄 말", "Left-out word";
    kind_pin = "추천 제품", "Recommended";
    about_synonym = "어느 쪽으로 찾아도 서로의 제품이 나와요.", "Whichever word is asked, products of all of them are found.";
    about_narrower = "이 말로 찾으면 아래 말의 제품도 나와요. 거꾸로는 아니에요.", "Who asks for this is also served with the words below, not the other way round.";
    about_redirect = "이 말로 찾으면 고른 쪽으로 바로 가요. 검색 결과로 돌아오는 길은 남아요.", "The question leads to the page you choose; a way back to the results remains.";
    about_stop_word = "찾는 말에서 이 말을 빼고 찾아요. 그 말만 적으면 그대로 찾아요.", "This word is left out of questions, unless nothing else was typed.";
    about_pin = "이 말의 결과 위에 ‘연합회 추천’으로 보여요. 끝나는 날이 꼭 있어야 해요.", "Shown above the results as ‘Recommended by the federation’. It needs a last day.";
    query_label = "찾는 말", "Question";
    query_label_stop = "뺄 말", "Word";
    query_hint = "띄어쓰기와 대소문자는 달라도 같아요.", "Spacing and capitals make no difference.";
    target_words = "같은 말", "Words";
    target_words_hint = "여러 말은 쉼표로 나눠 주세요. 예: 소켓 렌치, socket wrench", "Separate several with commas, for example: socket wrench, box spanner";
    target_page = "갈 쪽의 주소", "Address of the page";
    target_page_hint = "주소창의 / 부터 적어 주세요. 분류, 제품, 공급사, 기획전, 검색 결과, 안내 쪽으로 갈 수 있어요. 예: /categories/hex-bolts", "From the slash on, for example /categories/hex-bolts. Categories, listings, vendors, halls, results and information pages are possible.";
    near_categories = "가까운 분류", "Near categories";
    pin_find = "제품 찾기", "Find listings";
    pin_choose = "추천할 제품", "Listing to recommend";
    pin_none = "찾은 제품이 없어요. 다른 말로 찾아 보세요.", "No listing found; try other words.";
    ends_label = "마지막 날", "Last day";
    ends_hint = "비워 두면 멈출 때까지 쓰여요.", "Without one it holds until it is ended.";
    ends_hint_pin = "오늘부터 90일 안이에요.", "Within 90 days.";
    note_label = "왜 만드나요", "Why";
    sample_label = "미리 볼 말", "Question to try";
    sample_hint = "비워 두면 찾는 말로 봐요.", "Empty: the question of the rule.";
    preview_button = "효과 미리 보기", "See the effect";
    preview_again = "다시 미리 보기", "See it again";
    save_button = "저장하고 쓰기", "Save and use";
    preview_title(sample: &str) = "‘{sample}’ 결과", "Results for ‘{sample}’";
    before = "지금", "Now";
    after = "이 규칙이 있으면", "With this rule";
    products(count: &str) = "제품 {count}개", "Products: {count}";
    newly = "새로 나옴", "new";
    gone = "빠짐", "gone";
    nothing_found = "나오는 제품이 없어요.", "Nothing is found.";
    leads_to(path: &str) = "결과 대신 {path} 쪽으로 가요.", "Leads to {path} instead of results.";
    nothing_changes = "이 말에서는 달라지는 것이 없어요. 다른 말로 미리 봐 주세요.", "Nothing changes for this question; try another.";
    edit_title = "규칙 고치기", "Edit a rule";
    end_button = "멈추기", "End the rule";
    undo_button = "마지막 고침 되돌리기", "Undo the last change";
    versions_title = "지난 모습", "Versions";
    version_number(number: i64) = "{number}번째", "No. {number}";
    conflict = "그 사이에 다른 사람이 고쳤어요. 새 모습을 보고 다시 고쳐 주세요.", "Somebody else changed it meanwhile. Please look at the new form and try again.";
}

crate::words! {
    recommended = "연합회 추천", "Recommended by the federation";
    recommended_why = "연합회 담당자가 고른 제품이에요. 돈을 받고 올린 자리가 아니에요.", "Chosen by the federation's team; nobody paid for this place.";
    led_here(words: &str) = "‘{words}’ 검색에서 바로 왔어요.", "You came straight here from ‘{words}’.";
    led_back = "검색 결과로 보기", "See the search results";
    better_page = "이 말에 맞는 쪽이 따로 있어요.", "There is a page of its own for this.";
    better_page_go = "그 쪽으로 가기", "Go there";
}

/// What a list is called.
pub const fn order(lang: Lang, order: Order) -> &'static str {
    match order {
        Order::Missed => order_missed(lang),
        Order::SeldomOpened => order_seldom(lang),
        Order::Most => order_most(lang),
    }
}

/// What a list shows.
pub const fn order_text(lang: Lang, order: Order) -> &'static str {
    match order {
        Order::Missed => missed_text(lang),
        Order::SeldomOpened => seldom_text(lang),
        Order::Most => most_text(lang),
    }
}

/// What a kind of rule is called.
pub const fn kind(lang: Lang, kind: RuleKind) -> &'static str {
    match kind {
        RuleKind::Synonym => kind_synonym(lang),
        RuleKind::Narrower => kind_narrower(lang),
        RuleKind::Redirect => kind_redirect(lang),
        RuleKind::StopWord => kind_stop_word(lang),
        RuleKind::Pin => kind_pin(lang),
    }
}

/// What a kind of rule does.
pub const fn about(lang: Lang, kind: RuleKind) -> &'static str {
    match kind {
        RuleKind::Synonym => about_synonym(lang),
        RuleKind::Narrower => about_narrower(lang),
        RuleKind::Redirect => about_redirect(lang),
        RuleKind::StopWord => about_stop_word(lang),
        RuleKind::Pin => about_pin(lang),
    }
}
