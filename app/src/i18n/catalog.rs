//! Words of the vendor's list, the listing editor and its islands.

use market::catalog::{Hint, ListingState};

use super::Lang;

crate::words! {
    my_listings = "내 제품", "My products";
    new_listing = "새 제품", "New product";
    listings_intro = "제품을 올리고 심사를 받으면 무료 홍보 기간이 시작돼요.", "List a product; when it is approved its free promotion window begins.";
    all = "모두", "All";
    none_title = "올린 제품이 아직 없어요", "No products yet";
    none_text = "제품 이름만 적으면 시작할 수 있어요. 쓰던 내용은 저절로 저장돼요.", "A name is enough to begin. What you write is saved as you go.";
    none_here_title = "여기에는 제품이 없어요", "No products here";
    none_here_text = "다른 상태를 골라 보세요.", "Try another state.";
    untitled = "이름 없는 제품", "Untitled product";
    column_product = "제품", "Product";
    column_state = "상태", "State";
    column_asked = "문의", "Inquiries";
    column_changed = "고친 때", "Changed";
    edit_waits = "고친 내용 심사 중", "Edit in review";
    until(date: &str) = "{date}까지 홍보", "shown until {date}";
    ended(date: &str) = "{date}에 끝남", "ended {date}";
    start = "시작하기", "Begin";
    start_hint = "이름, 재질, 규격 순서로 적으면 잘 찾아져요. 예: 행어볼트 아연도금 M12×1000", "Name, material, size: that order is found best. Example: Hanger bolt, zinc plated, M12×1000";
    step_basics = "이름·분류", "Name and category";
    step_specs = "규격", "Specifications";
    step_terms = "가격·거래 조건", "Price and terms";
    step_text = "설명", "Description";
    step_pictures = "사진", "Pictures";
    step_check = "확인", "Check";
    steps = "올리는 순서", "Steps";
    title_ko = "제품 이름", "Product name (Korean)";
    title_en = "영어 이름", "English name";
    part_number = "품번", "Part number";
    category = "분류", "Category";
    category_choose = "분류를 골라 주세요", "Choose a category";
    category_find = "분류 찾기", "Find a category";
    category_find_hint = "예: 육각볼트, 압력 센서", "For example: hex bolt, pressure sensor";
    category_found(count: usize) = "{count}개를 찾았어요. 아래 목록에서 골라 주세요.", "{count} found. Choose one from the list below.";
    category_not_found = "찾은 분류가 없어요. 다른 말로 찾거나 목록에서 골라 주세요.", "No category found. Try another word or choose from the list.";
    find = "찾기", "Find";
    specs_hint = "한 줄에 하나씩 적어 주세요. 예: 재질 · STS304", "One per line, for example: Material · STS304";
    spec_name = "이름", "Name (Korean)";
    spec_name_en = "영어 이름", "English name";
    spec_value = "값", "Value";
    spec_unit = "단위", "Unit";
    spec_row(number: usize) = "규격 {number}", "Specification {number}";
    add_row = "줄 추가", "Add lines";
    price_kind = "가격을 어떻게 보일까요?", "How should the price be shown?";
    price_public = "공개 가격", "A public price";
    price_tiers = "수량별 가격", "Prices by quantity";
    price_negotiable = "가격 협의", "On request";
    price_public_more = "누구나 봐요. 문의가 더 쉬워져요.", "Everybody sees it; asking becomes easier.";
    price_tiers_more = "많이 살수록 달라지는 단가를 적어요.", "For unit prices that depend on the quantity.";
    price_negotiable_more = "가격 대신 ‘가격 협의’라고 나와요.", "Shows “price on request” instead of a price.";
    price = "개당 단가 (부가세 별도)", "Unit price (without VAT)";
    price_hint = "‘공개 가격’을 골랐을 때만 적어 주세요.", "Only when you chose a public price.";
    won = "원", "KRW";
    tiers_hint = "‘수량별 가격’을 골랐을 때만 적어 주세요. 적은 수량부터 차례로, 부가세 별도예요.", "Only when you chose prices by quantity. Smallest quantity first, without VAT.";
    tier_from = "수량(부터)", "From quantity";
    tier_price = "단가", "Unit price";
    tier_row(number: usize) = "수량별 가격 {number}", "Price {number}";
    unit = "세는 단위", "Unit of sale";
    unit_hint = "예: 개, m, kg, 세트", "For example: pc, m, kg, set";
    moq = "최소 수량", "Minimum order";
    lead_time = "납기", "Lead time";
    days = "일", "days";
    origin = "원산지", "Origin";
    hs_code = "HS 부호", "HS code";
    hs_code_hint = "4, 6, 10자리. 예: 7318.15-9000", "4, 6 or 10 digits, for example 7318.15-9000";
    description = "설명", "Description (Korean)";
    description_en = "영어 설명", "English description";
    description_hint = "쓰임, 포장, 가공 범위를 적어 주세요. **굵게**, - 목록을 쓸 수 있어요.", "Use, packing, what you can machine. **Bold** and - lists work.";
}

// pictures, the ways on, what happened; a block of its own because the macro recurses once a line
crate::words! {
    pictures_none_chosen = "올릴 사진을 먼저 골라 주세요.", "Please choose a picture first.";
    pictures_full(max: usize) = "사진은 {max}장까지 올릴 수 있어요.", one(max) "Only {max} picture fits.", "At most {max} pictures.";
    pictures_hint(max: usize, mega: u64) = "{max}장까지, 한 장에 {mega} MB. 첫 사진이 목록에 나와요. 위치 정보는 지우고 올려요.", "Up to {max}, {mega} MB each. The first one stands in lists. Location data is removed.";
    pictures_live = "사진은 심사를 기다리지 않고 바로 바뀌어요.", "Pictures change at once, without review.";
    pictures_save_first = "쓰던 내용이 있으면 먼저 임시 저장을 눌러 주세요.", "Save your draft first if you have typed something.";
    pictures_choose = "사진을 끌어다 놓거나 골라 주세요", "Drop pictures here or choose them";
    pictures_upload = "올리기", "Upload";
    pictures_list = "올린 사진", "Uploaded pictures";
    picture_number(number: usize) = "사진 {number}", "Picture {number}";
    picture_first = "대표 사진", "main picture";
    picture_size(width: i64, height: i64) = "{width}×{height}", "{width}×{height}";
    move_up = "앞으로", "Forward";
    move_down = "뒤로", "Back";
    remove = "지우기", "Remove";
    alt_ko = "사진 설명", "What is on it (Korean)";
    alt_en = "사진 설명(영어)", "What is on it (English)";
    alt_hint = "사진을 못 보는 사람이 들어요. 예: 볼트 머리 앞면", "Read aloud to those who cannot see it.";
    alt_save = "설명 저장", "Save text";
    save_draft = "임시 저장", "Save draft";
    submit = "심사 요청", "Send to review";
    submit_edit = "고친 내용 심사 요청", "Send the edit to review";
    submit_note = "심사가 끝나면 결과를 메일로 알려 드려요.", "You will be told by mail when the review is done.";
    edit_note = "지금 나오는 내용은 심사가 끝날 때까지 그대로예요.", "What is shown stays as it is until the review is done.";
    preview = "미리 보기", "Preview";
    preview_notice = "공급사만 보는 미리 보기예요.", "Only you see this preview.";
    see_public = "제품 페이지 보기", "See the product page";
    saved_at(time: &str) = "{time}에 저장했어요", "Saved at {time}";
    saving = "저장하는 중", "Saving";
    save_failed = "저장하지 못했어요. 연결되면 다시 저장할게요.", "Not saved yet. We will try again.";
    save_refused = "저장하지 못했어요. ‘임시 저장’을 눌러 까닭을 확인해 주세요.", "Not saved. Press Save draft to see why.";
    save_stale = "다른 창에서 먼저 저장했어요. 임시 저장을 누르면 두 판을 비교할 수 있어요.", "Saved elsewhere first. Press Save draft to compare both versions.";
    unsaved_fields(count: usize) = "{count}곳은 고쳐야 저장돼요", one(count) "{count} to correct before it is saved", "{count} to correct before they are saved";
    saved = "저장했어요.", "Saved.";
    submitted = "심사를 요청했어요. 결과를 메일로 알려 드릴게요.", "Sent to review. We will tell you by mail.";
    edit_submitted = "고친 내용의 심사를 요청했어요.", "Your edit was sent to review.";
    renewed = "홍보 기간을 늘렸어요.", "The window was extended.";
    withdrawn = "심사를 거두었어요. 다시 고칠 수 있어요.", "Taken back. You can edit again.";
    revision_withdrawn = "고친 내용을 거두었어요.", "The edit was taken back.";
    score = "잘 찾아지는 정도", "How well it can be found";
    score_of = "/ 100", "/ 100";
    score_label(score: i64) = "잘 찾아지는 정도 {score}점", "{score} of 100 points";
    decoration(word: &str) = "이름에서 ‘{word}’ 같은 꾸밈말을 빼 주세요", "Take decoration such as “{word}” out of the name";
    decoration_more = "꾸밈말은 검색에 도움이 되지 않고 심사에서 되돌아와요.", "Nobody searches for it, and reviews send it back.";
    returned = "고칠 곳이 있어 돌아왔어요.", "Returned for changes.";
    hidden = "연합회가 보이지 않게 했어요.", "Taken out of sight by the federation.";
    in_review_note = "심사 중이라 고칠 수 없어요. 고치려면 심사를 거두세요.", "In review, so it cannot be edited. Take it back to edit.";
    archived_note = "치워 둔 제품이에요.", "This product was put away.";
    pending_note = "고친 내용이 심사 중이에요. 더 고쳐서 다시 요청하거나 거둘 수 있어요.", "An edit is in review. You can change it further or take it back.";
    declined_note = "지난번에 고친 내용은 반영되지 않았어요.", "Your last edit was not taken over.";
    withdraw = "심사 거두기", "Take back from review";
    withdraw_revision = "고친 내용 거두기", "Take the edit back";
    renew = "홍보 기간 늘리기", "Extend the window";
    upload_broken = "파일이 끝까지 오지 않았어요. 다시 올려 주세요.", "The files did not arrive whole. Please send them again.";
    upload_too_much = "한 번에 보낸 파일이 너무 커요. 나누어 올려 주세요.", "That is too much at once. Please send the files in several parts.";
    renew_early(days: i64) = "끝나기 {days}일 전부터 무료로 늘릴 수 있어요.", one(days) "Can be extended free of charge from {days} day before its end.", "Can be extended free of charge from {days} days before its end.";
    renew_rate(rate: i64, least: i64) = "응답률이 {rate}%예요. {least}% 이상이면 무료로 늘릴 수 있어요.", "Your response rate is {rate}%. From {least}% on it can be extended free of charge.";
    archive = "치우기", "Put away";
    archive_title = "이 제품 치우기", "Put this product away";
    archive_more = "목록에서 내려가고 다시 올릴 수 없어요. 받은 문의는 남아요.", "It leaves all lists for good. Inquiries stay.";
    window_title = "홍보 기간", "Promotion window";
    conflict_title = "다른 곳에서 먼저 저장했어요", "It was saved elsewhere first";
    conflict_text = "두 판을 견주어 보고 어느 것을 남길지 골라 주세요. 아직 아무것도 지워지지 않았어요.", "Compare both versions and choose which one to keep. Nothing is lost yet.";
    conflict_theirs = "저장된 것", "Saved";
    conflict_mine = "지금 쓴 것", "Yours";
    conflict_keep_mine = "내가 쓴 것으로 저장", "Keep mine";
    conflict_keep_theirs = "저장된 것 열기", "Open the saved one";
    conflict_same = "두 판의 내용이 같아요.", "Both versions say the same.";
    conflict_state = "지금 상태에서는 할 수 없어요. 제품을 다시 열어 확인해 주세요.", "Not possible in the present state. Please open the product again.";
    conflict_vendor = "회사 심사가 끝나야 할 수 있어요.", "This needs an approved company.";
    conflict_early(days: i64) = "아직 늘릴 수 없어요. 끝나기 {days}일 전부터 할 수 있어요.", one(days) "Too early: from {days} day before the end.", "Too early: from {days} days before the end.";
    conflict_rate(least: i64) = "응답률이 {least}%보다 낮아 무료로 늘릴 수 없어요.", "The response rate is below {least}%, too low for a free extension.";
    no_vendor_title = "아직 등록한 회사가 없어요", "No company yet";
    no_vendor_text = "회사를 먼저 등록해 주세요.", "Please register your company first.";
    register_company = "회사 등록", "Register a company";
    see_listing = "제품 열기", "Open the product";
    none_value = "없음", "none";
    upload_progress(name: &str, percent: u32) = "{name} 올리는 중 {percent}%", "Uploading {name}, {percent}%";
    upload_left(percent: u32, seconds: u32) = "{percent}% · 약 {seconds}초", "{percent}% · about {seconds} s";
    upload_too_large(size: u32, max: u32) = "{size} MB예요. {max} MB까지 올릴 수 있어요.", "{size} MB is too large; up to {max} MB, please.";
    upload_working = "사진을 다듬는 중", "Preparing the picture";
    upload_stop = "멈추기", "Stop";
    upload_failed = "연결이 끊겨 올리지 못했어요. 다시 골라 주세요.", "The connection broke. Please choose it again.";
    change_failed = "하지 못했어요. 잠시 뒤 다시 해 주세요.", "That did not work. Please try again in a moment.";
    upload_close = "닫기", "Close";
    upload_done = "올렸어요", "Uploaded";
}

// what the server says to the islands of the editor
crate::words! {
    api_signed_out = "로그인이 끝났어요. 다른 창에서 다시 로그인한 뒤 이 화면에서 이어서 하면 돼요. 쓴 글은 그대로 있어요.", "You have been signed out. Sign in again in another tab and go on here; what you typed is still on this page.";
    api_gone = "이 제품을 더 고칠 수 없어요. 쓴 글을 옮겨 적어 두고 ‘내 제품’에서 다시 열어 주세요.", "This product can no longer be edited. Copy what you typed and open it again from My products.";
    api_state = "심사 중이거나 상태가 바뀐 제품이라 고칠 수 없어요. 다른 창에서 제품을 다시 열어 확인해 주세요.", "The product is in review or has moved on, so it cannot be edited. Open it again in another tab and look.";
    api_too_many = "잠깐 사이에 너무 많이 보냈어요. 1분쯤 뒤에 다시 할 수 있어요.", "That was too much at once. It works again in about a minute.";
    api_full = "저장할 자리가 모자라요. 쓴 글은 이 화면에 있으니 조금 뒤에 다시 해 주세요.", "There is no room to save at the moment. What you typed is still here; please try again later.";
    api_away = "지금은 저장하지 못했어요. 쓴 글은 이 화면에 있으니 조금 뒤에 다시 해 주세요.", "It could not be saved right now. What you typed is still here; please try again in a moment.";
}

/// Name of a state.
pub const fn state(lang: Lang, state: ListingState) -> &'static str {
    let (ko, en) = match state {
        ListingState::Draft => ("작성 중", "Draft"),
        ListingState::InReview => ("심사 중", "In review"),
        ListingState::ChangesRequested => ("고쳐 주세요", "Changes needed"),
        ListingState::Published => ("홍보 중", "Shown"),
        ListingState::Hidden => ("숨겨짐", "Hidden"),
        ListingState::Expired => ("기간 끝남", "Ended"),
        ListingState::Archived => ("치워 둠", "Put away"),
    };
    match lang {
        Lang::Ko => ko,
        Lang::En => en,
    }
}

/// What is there, and what to add.
pub const fn hint(lang: Lang, hint: Hint) -> (&'static str, &'static str) {
    match (lang, hint) {
        (Lang::Ko, Hint::Basics) => ("이름과 분류가 있어요", "이름과 분류를 적으면"),
        (Lang::Ko, Hint::Specs) => ("규격이 있어요", "규격을 세 줄 적으면"),
        (Lang::Ko, Hint::Picture) => ("사진이나 도면이 있어요", "사진을 올리면"),
        (Lang::Ko, Hint::MorePictures) => ("사진이 넉넉해요", "사진을 세 장 올리면"),
        (Lang::Ko, Hint::Description) => ("설명이 자세해요", "설명을 100자 넘게 적으면"),
        (Lang::Ko, Hint::Price) => ("가격이 있어요", "가격을 보이면"),
        (Lang::Ko, Hint::Terms) => ("최소 수량과 납기가 있어요", "최소 수량과 납기를 적으면"),
        (Lang::Ko, Hint::Standard) => ("표준이 있어요", "표준(KS, ISO)을 적으면"),
        (Lang::Ko, Hint::EnglishTitle) => ("영어 이름이 있어요", "영어 이름을 적으면"),
        (Lang::Ko, Hint::EnglishDescription) => ("영어 설명이 있어요", "영어 설명을 적으면"),
        (Lang::Ko, Hint::Codes) => ("품번이나 HS 부호가 있어요", "품번이나 HS 부호를 적으면"),
        (Lang::En, Hint::Basics) => ("Name and category are there", "Give a name and a category"),
        (Lang::En, Hint::Specs) => ("Specifications are there", "Give three specifications"),
        (Lang::En, Hint::Picture) => ("There is a picture or a drawing", "Add a picture"),
        (Lang::En, Hint::MorePictures) => ("Plenty of pictures", "Add three pictures"),
        (Lang::En, Hint::Description) => ("The description is detailed", "Describe it in 100 characters"),
        (Lang::En, Hint::Price) => ("The price is shown", "Show a price"),
        (Lang::En, Hint::Terms) => {
            ("Minimum order and lead time are there", "Give minimum order and lead time")
        }
        (Lang::En, Hint::Standard) => ("A standard is named", "Name a standard (KS, ISO)"),
        (Lang::En, Hint::EnglishTitle) => ("There is an English name", "Give an English name"),
        (Lang::En, Hint::EnglishDescription) => {
            ("There is an English description", "Give an English description")
        }
        (Lang::En, Hint::Codes) => ("Part number or HS code is there", "Give a part number or HS code"),
    }
}
