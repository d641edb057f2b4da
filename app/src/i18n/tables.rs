//! Words of the tables kept by hand: exchange rates, declared days off, days off of one company.

crate::words! {
    rates_title = "환율", "Exchange rates";
    rates_text = "견적 비교 옆에 참고로만 보여요. 그날 직접 확인한 값과 출처를 적어 주세요. 지어내거나 저절로 바꾸지 않아요.", "Shown beside compared quotes for orientation only. Enter what you read, with day and source; nothing is made up or updated by itself.";
    rates_none = "아직 적은 환율이 없어요. 없으면 비교 화면에 원화 참고값을 보여 주지 않아요.", "No rates yet. Without one, no won figure stands beside quotes.";
    rate_currency = "통화", "Currency";
    rate_day = "기준일", "Day";
    rate_won = "1단위의 원화 값", "Won for one unit";
    rate_won_hint = "예: 1,380.5", "For example 1,380.5";
    rate_source = "출처", "Source";
    rate_source_hint = "예: 한국은행 매매기준율", "For example Bank of Korea";
    rate_save = "환율 저장", "Save the rate";
    rate_saved = "환율을 저장했어요.", "The rate was saved.";
    rate_line(won: &str, code: &str, rate: &str, day: &str) = "약 {won}원 (1 {code} = {rate}원, {day})", "about {won} KRW (1 {code} = {rate} KRW, {day})";
    calendar_title = "쉬는 날", "Days off";
    calendar_text = "정부가 새로 정한 임시공휴일이나 대체공휴일을 더해요. 기한과 응답 시간은 이 날을 빼고 세요.", "Add holidays the government has declared. Deadlines and response times leave them out.";
    calendar_until(year: i32) = "기본 달력은 {year}년까지 들어 있어요.", "The built-in calendar ends with {year}.";
    calendar_none = "더한 날이 없어요.", "Nothing added yet.";
    calendar_day = "날짜", "Day";
    calendar_kind = "종류", "Kind";
    calendar_name_ko = "이름(한국어)", "Name (Korean)";
    calendar_name_en = "이름(영어)", "Name (English)";
    calendar_several = "여러 날 붙여 넣기", "Paste several days";
    calendar_days = "더할 날", "Days to add";
    calendar_days_hint = "한 줄에 하나씩 탭으로 나눠 적어요: 날짜, 종류(public·substitute·election·temporary·working), 한국어 이름, 영어 이름", "One a line, parted by tabs: date, kind (public, substitute, election, temporary, working), Korean name, English name";
    calendar_save = "달력에 더하기", "Add to the calendar";
    calendar_saved = "달력에 더했어요.", "Added to the calendar.";
    working = "근무일", "working day";
    off_title = "회사 쉬는 날", "Company days off";
    off_text = "미리 적어 두면 그 뒤에 온 문의는 이 날을 빼고 기한과 응답 시간을 세요. 열두 달에 25일까지 적을 수 있어요.", "Said beforehand, deadlines and response times of later inquiries leave these days out. At most 25 in twelve months.";
    off_none = "적어 둔 날이 없어요.", "None yet.";
    off_first = "첫날", "First day";
    off_last = "마지막 날", "Last day";
    off_last_hint = "하루만 쉬면 비워 두세요.", "Leave empty for a single day.";
    off_note = "까닭", "Reason";
    off_add = "쉬는 날 더하기", "Add days off";
    off_end = "빼기", "Remove";
    off_end_of(day: &str) = "{day} 쉬는 날 빼기", "Remove the days off from {day}";
    off_saved = "저장했어요.", "Saved.";
    off_manager_only = "쉬는 날은 관리자와 소유자가 바꿀 수 있어요.", "Managers and owners can change these days.";
}

/// Kinds of a declared day: the word of the table and its name.
pub fn calendar_kinds(lang: super::Lang) -> Vec<(String, String)> {
    let kinds = [
        ("temporary", "임시공휴일", "Declared holiday"),
        ("substitute", "대체공휴일", "Substitute holiday"),
        ("public", "공휴일", "Public holiday"),
        ("election", "선거일", "Election day"),
        ("working", "근무일(공휴일 취소)", "Working day (holiday called off)"),
    ];
    kinds.into_iter().map(|(code, ko, en)| (code.to_owned(), lang.pick(ko, en).to_owned())).collect()
}
