//! Words of vendors: the desk, the application, the team.

use market::Lang;
use market::vendors::{RegistryState, VendorState};

crate::words! {
    desk_title = "공급사 업무", "Vendor desk";
    nav = "공급사 메뉴", "Vendor menu";
    nav_home = "처음", "Overview";
    nav_listings = "제품", "Listings";
    nav_inquiries = "문의함", "Inquiries";
    nav_profile = "회사 정보", "Company profile";
    nav_holiday = "휴무", "Holiday";
    nav_team = "팀", "Team";
    nav_companies = "내 회사와 초대", "Companies and invitations";

    invite_title = "만드는 제품을 무료로 알리세요", "Show what you make, free of charge";
    invite_text = "회사를 등록하면 제품마다 90일 동안 무료로 홍보할 수 있어요. 문의는 메일로 바로 오고, 휴대폰에서 답할 수 있어요.", "Register your company and show every product for 90 days free of charge. Inquiries reach you by mail, and you can answer on a phone.";
    invite_need = "사업자등록번호와 회사 소개만 있으면 돼요. 연합회가 확인하고 결과를 메일로 알려 드려요.", "A business number and a short introduction are enough. The federation looks at it and tells you by mail.";
    invite_button = "입점 신청하기", "Apply";
    unconfirmed_title = "이메일 주소를 먼저 확인해 주세요", "Please confirm your e-mail address first";
    unconfirmed_text(email: &str) = "{email}로 보낸 메일의 링크를 누르면 신청할 수 있어요. 메일이 없으면 다시 받아 주세요.", "Open the link in the mail we sent to {email}, then you can apply. If it did not arrive, ask for another one.";
    unconfirmed_button = "확인 메일 다시 받기", "Send the mail again";

    applying_title = "신청서를 마저 보내 주세요", "Your application is not sent yet";
    applying_text = "적은 내용은 저장돼 있어요. 다시 읽어 보고 검토를 요청해 주세요.", "What you wrote is saved. Read it once more and ask for review.";
    applying_button = "신청서 열기", "Open the application";
    returned_title = "고칠 것이 있어요", "Please change something";
    returned_text = "연합회가 아래 내용을 부탁했어요. 고쳐서 다시 보내 주시면 바로 볼게요.", "The federation asks for the following. Change it and send it again; we will look at once.";
    returned_button = "신청서 고치기", "Edit the application";
    in_review_title = "신청서를 확인하고 있어요", "We are reading your application";
    in_review_text(when: &str) = "{when}에 받았어요. 확인을 마치면 결과를 메일로 알려 드려요.", "Received on {when}. We will tell you by mail when we have looked at it.";
    in_review_next = "기다리는 동안 제품을 미리 적을 수 있어요. 다 적은 제품은 ‘심사 요청’을 눌러 두세요. 회사가 승인된 뒤에 차례로 심사해요.", "Meanwhile you can already write your listings. Press “Send to review” on those that are ready; they are reviewed once your company is approved.";
    in_review_button = "제품 적기", "Write a listing";
    rejected_title = "이번에는 입점을 받지 못했어요", "We could not accept your application";
    rejected_text = "이유는 아래와 같아요. 사정이 바뀌면 고쳐서 다시 신청할 수 있어요.", "The reason is below. When things have changed you may edit the application and apply again.";
    rejected_button = "다시 신청하기", "Apply again";
    suspended_title = "제품이 지금 보이지 않아요", "Your products are hidden now";
    suspended_text = "연합회가 아래 이유로 노출을 멈췄어요. 이미 받은 문의에는 답할 수 있어요.", "The federation has hidden them for the reason below. You can still answer inquiries you have.";
    suspended_contact = "바로잡았다면 보내 드린 메일에 답해 주세요. 확인하고 다시 보이게 할게요.", "Once it is put right, answer the mail we sent; we will look and show them again.";
    closed_title = "문을 닫은 회사예요", "This company is closed";
    closed_text = "제품은 더 이상 보이지 않아요. 기록은 법이 정한 동안 남아요.", "Its products are no longer shown. Records are kept as long as the law says.";
    closed_button = "다른 회사로 입점 신청하기", "Apply with another company";
    registry_closed_text = "국세청에 폐업으로 나와 제품이 보이지 않아요. 사실과 다르면 회사 정보를 확인하고 연합회에 알려 주세요.", "The tax office lists the company as closed, so its products are hidden. If that is wrong, check your profile and tell the federation.";
    reason = "이유", "Reason";
}

crate::words! {
    holiday_until(date: &str) = "{date}까지 휴무", "On holiday until {date}";
    set_holiday = "휴무 정하기", "Set a holiday";
    waiting_title(count: i64) = "답을 기다리는 문의 {count}건", one(count) "{count} inquiry waits for an answer", "{count} inquiries wait for an answer";
    waiting_none_title = "기다리는 문의가 없어요", "No inquiry waits";
    waiting_none_text = "새 문의가 오면 메일로 바로 알려 드려요.", "We mail you as soon as one arrives.";
    waiting_oldest(ago: &str) = "가장 오래된 것은 {ago}", "The oldest came {ago}";
    waiting_all = "문의함 전체", "All inquiries";
    answer = "답하기", "Answer";
    answer_to(subject: &str) = "답하기: {subject}", "Answer: {subject}";
    due_by(when: &str) = "{when}까지", "by {when}";
    overdue = "기한 지남", "overdue";
    lang_of_buyer_en = "영어 문의", "in English";
    figures_title = "지금", "Now";
    figure_visible = "보이는 제품", "Listings visible";
    figure_visible_unit = "개", "";
    figure_visible_of(count: i64) = "모두 {count}개 가운데", "of {count} in all";
    figure_waiting = "답할 문의", "Inquiries to answer";
    figure_waiting_unit = "건", "";
    figure_answers = "응답률", "Response rate";
    figure_answers_detail(asked: i64, fast: i64) = "최근 90일 {asked}건 가운데 {fast}건을 하루 안에", "{fast} of {asked} within a day, last 90 days";
    figure_pending = "집계 전", "Not yet";
    figure_pending_detail(least: i64) = "문의 {least}건부터 보여요", one(least) "shown from {least} inquiry", "shown from {least} inquiries";
    figure_time(time: &str) = "첫 답까지 {time}", "first answer after {time}";
    figure_window = "다음 무료 기간 끝", "Next free window ends";
    figure_window_none = "없음", "None";
    figure_window_none_detail = "보이는 제품이 없어요", "no listing is visible";
    todo_title = "할 일", "To do";
    todo_none = "지금 할 일이 없어요. 사진과 영어 이름을 더하면 더 잘 찾아져요.", "Nothing to do. Pictures and English titles help buyers find you.";
    todo_returned(count: i64) = "수정 요청 {count}건", one(count) "{count} listing to change", "{count} listings to change";
    todo_returned_text = "연합회가 고칠 곳을 적어 두었어요", "The federation says what to change";
    todo_ending(count: i64) = "홍보가 곧 끝나는 제품 {count}개", one(count) "{count} free window ends soon", "{count} free windows end soon";
    todo_ending_text = "2주 안에 끝나요. 무료로 연장할 수 있는지 보세요", "Within two weeks; see whether you can renew free of charge";
    todo_expired(count: i64) = "홍보가 끝난 제품 {count}개", one(count) "{count} window is over", "{count} windows are over";
    todo_expired_text = "연장하면 다시 보여요", "Renew to show them again";
    todo_pictures(count: i64) = "사진이 없는 제품 {count}개", one(count) "{count} listing without a picture", "{count} listings without a picture";
    todo_pictures_text = "사진을 올리면 목록에서 알아보기 쉬워요", "A picture makes it easy to recognise in lists";
    todo_drafts(count: i64) = "적다 만 제품 {count}개", one(count) "{count} draft", "{count} drafts";
    todo_drafts_text = "마저 적어 심사로 보내 주세요", "Finish them and send them to review";
    todo_english = "회사 영어 이름이 없어요", "No English company name";
    todo_english_text = "해외 바이어에게는 영어 이름이 보여요", "Foreign buyers see it";
    todo_fix = "고치기", "Edit";
    todo_renew = "연장", "Renew";
    todo_add = "올리기", "Add";
    listings_title(count: i64) = "제품 {count}개", one(count) "{count} listing", "{count} listings";
    listings_new = "새 제품 올리기", "New listing";
    listings_all = "제품 모두 보기", "All listings";
    listings_none_title = "아직 올린 제품이 없어요", "No listing yet";
    listings_none_text = "사진 한 장과 규격만 있으면 시작할 수 있어요.", "One picture and the sizes are enough to begin.";
    column_listing = "제품", "Listing";
    column_state = "상태", "State";
    column_threads = "문의", "Inquiries";
    column_end = "홍보 끝", "Window ends";
    untitled = "이름 없는 제품", "Untitled";
}

crate::words! {
    apply_title = "입점 신청", "Application";
    apply_intro = "회사가 실제로 있는지, 무엇을 만드는지 확인하는 신청서예요. 회사의 전화번호와 이메일은 공급사 정보로 누구에게나 보여요.", "This tells us that the company exists and what it makes. Everybody can see the company's telephone and e-mail.";
    section_company = "회사", "Company";
    section_contact = "연락처", "Contact";
    section_about = "소개", "About";
    section_trust = "믿을 만한 근거", "Evidence";
    f_business_number = "사업자등록번호", "Business number";
    f_business_number_hint = "하이픈이 있어도 없어도 돼요. 예: 123-45-67891", "With or without hyphens, for example 123-45-67891";
    f_business_number_fixed = "승인된 뒤에는 바꿀 수 없어요. 번호가 바뀌었다면 연합회에 알려 주세요.", "Cannot be changed after approval. Tell the federation if the number has changed.";
    f_name_ko = "회사 이름(한국어)", "Company name (Korean)";
    f_name_en = "회사 이름(영어)", "Company name (English)";
    f_name_en_hint = "해외 바이어에게 보이는 이름이에요", "What foreign buyers see";
    f_representative = "대표자", "Representative";
    f_region = "지역", "Region";
    f_region_choose = "고르세요", "Choose";
    f_address = "주소", "Address";
    f_phone = "전화번호", "Telephone";
    f_email = "업무용 이메일", "Business e-mail";
    f_website = "누리집", "Website";
    f_website_hint = "https:// 로 시작하는 주소", "Starts with https://";
    f_intro_ko = "회사 소개(한국어)", "Introduction (Korean)";
    f_intro_ko_hint = "무엇을 어떻게 만드는지, 얼마부터 받는지 적어 주세요", "What you make, how, and from which quantity";
    f_intro_en = "회사 소개(영어)", "Introduction (English)";
    f_founded_year = "설립 연도", "Founded in";
    f_year_unit = "년", "";
    f_employees = "직원 수", "Employees";
    f_people_unit = "명", "people";
    f_chapter = "교류회", "Chapter";
    f_chapter_none = "교류회에 속하지 않아요", "Not in a chapter";
    f_certificates = "인증", "Certificates";
    f_certificates_hint = "한 줄에 하나씩: 이름 | 발급 기관 | 번호 | 유효 기간. 이름만 적어도 돼요. 예: ISO 9001 | 한국표준협회 | Q-1234 | 2027-05-31", "One a line: name | issuer | number | valid until. The name alone is enough, for example ISO 9001 | KSA | Q-1234 | 2027-05-31";
    apply_save = "저장하기", "Save";
    apply_submit = "검토 요청하기", "Ask for review";
    apply_saved = "저장했어요. 다 되면 검토를 요청해 주세요.", "Saved. Ask for review when it is complete.";
    apply_owner_only = "검토 요청은 회사의 소유자만 할 수 있어요.", "Only the owner of the company can ask for review.";
    saved = "저장했어요.", "Saved.";
}

crate::words! {
    profile_title = "회사 정보", "Company profile";
    profile_intro = "바이어가 보는 회사 소개예요. 소개, 전화, 누리집은 저장하면 바로 바뀌어요. 이름, 대표자, 주소, 교류회, 인증은 연합회가 확인한 뒤에 바뀌어요.", "What buyers see of your company. Introduction, telephone and website change at once; name, representative, address, chapter and certificates after the federation has checked them.";
    profile_waits = "바꾼 회사 정보를 연합회가 확인하고 있어요. 그동안은 승인된 정보가 보여요.", "The federation is checking what you changed. Until then the approved profile is shown.";
    profile_out_of_sight = "지금은 회사가 보이지 않아 고칠 수 없어요. 연합회에 물어봐 주세요.", "Your company is out of sight, so nothing can be changed now. Please ask the federation.";
    profile_in_review = "지금 심사하고 있어서 고칠 수 없어요. 심사가 끝나면 여기에서 바로 고칠 수 있어요.", "The company is in review, so nothing can be changed now. You can edit it here as soon as the review is over.";
    profile_read_only = "회사 정보는 관리자와 소유자가 고칠 수 있어요.", "Managers and owners can edit the profile.";
    stale_title = "그 사이에 다른 사람이 고쳤어요", "Somebody else saved meanwhile";
    stale_text = "적으신 내용은 아래에 그대로 있어요. 지금 저장된 것과 다른 곳을 보고, 그래도 맞으면 다시 저장해 주세요.", "What you typed is still below. Compare it with what is stored now and save again if yours is right.";
    stale_caption(count: usize) = "다른 곳 {count}", one(count) "{count} difference", "{count} differences";
    stale_field = "항목", "Field";
    stale_stored = "지금 저장된 것", "Stored now";
    stale_typed = "적으신 것", "What you typed";

    holiday_title = "휴무", "Holiday";
    holiday_intro = "쉬는 동안에도 제품은 보이고, 언제까지 쉬는지 함께 알려요. 문의를 보내는 사람은 답이 늦을 수 있음을 먼저 알게 돼요.", "Your listings stay visible and say until when you are away, so people who ask know that the answer may take longer.";
    holiday_field = "쉬는 마지막 날", "Last day of the holiday";
    holiday_hint(most: usize) = "오늘부터 90일 안의 날짜. 열두 달에 평일 {most}일까지 쉴 수 있어요", one(most) "A day within the coming 90 days; at most {most} working day in twelve months", "A day within the coming 90 days; at most {most} working days in twelve months";
    holiday_save = "휴무 시작하기", "Start the holiday";
    holiday_change = "날짜 바꾸기", "Change the day";
    holiday_end = "휴무 끝내기", "End the holiday now";
    holiday_now(date: &str) = "지금 휴무예요. {date}까지 쉬어요.", "You are on holiday until {date}.";
    holiday_none = "지금은 휴무가 아니에요.", "You are not on holiday.";

    team_title = "팀", "Team";
    team_intro = "제품을 올리고 문의에 답하는 사람들이에요.", "The people who list products and answer inquiries.";
    team_you = "나", "you";
    team_role_of(name: &str) = "{name}님의 역할", "Role of {name}";
    team_change = "바꾸기", "Change";
    team_leave = "이 회사에서 나가기", "Leave this company";
    team_remove = "내보내기", "Remove";
    team_remove_of(name: &str) = "{name}님 내보내기", "Remove {name}";
    team_remove_text(name: &str) = "내보내면 {name} 님은 이 회사의 제품과 문의를 더 볼 수 없어요. 다시 들이려면 초대해야 해요.", "Once removed, {name} no longer sees this company's products and inquiries. Coming back takes a new invitation.";
    team_leave_text = "나가면 이 회사의 제품과 문의를 더 볼 수 없어요. 다시 들어오려면 초대를 받아야 해요.", "Once you leave, you no longer see this company's products and inquiries. Coming back takes an invitation.";
    team_removed = "팀에서 내보냈어요. 그 사람은 이제 이 회사의 제품과 문의를 볼 수 없어요.", "That person is off the team and no longer sees this company's products and inquiries.";
    team_left = "회사에서 나왔어요.", "You have left the company.";
    team_uninvited = "초대를 거뒀어요.", "The invitation is taken back.";
    team_add_title = "사람 초대하기", "Invite somebody";
    team_add_text = "초대 메일을 보내요. 받은 사람이 수락하면 팀에 들어와요. 아직 가입하지 않은 사람도 초대할 수 있어요.", "We mail an invitation; whoever gets it joins the team by accepting. They need no account yet.";
    team_add_email = "이메일", "E-mail";
    team_add_role = "역할", "Role";
    team_add_button = "초대하기", "Invite";
    team_invited = "초대를 보냈어요. 받은 사람이 수락하면 여기에 나타나요.", "The invitation is sent. They appear here once they accept.";
    team_open_title = "기다리는 초대", "Open invitations";
    team_cancel = "초대 거두기", "Take back";
    team_cancel_of(email: &str) = "{email} 초대 거두기", "Take back the invitation to {email}";
    companies_title = "내 회사와 초대", "Your companies and invitations";
    companies_yours = "일하는 회사", "Companies you work for";
    companies_open_now = "지금 보는 회사", "open now";
    companies_open = "업무 화면 열기", "Open the desk";
    companies_open_of(name: &str) = "{name} 업무 화면 열기", "Open the desk of {name}";
    companies_leave = "나가기", "Leave";
    companies_leave_of(name: &str) = "{name}에서 나가기", "Leave {name}";
    companies_none_title = "일하는 회사가 없어요", "You do not work for a company here";
    companies_none_text = "회사를 등록하거나, 동료에게 초대해 달라고 해 보세요. 초대는 가입한 이메일로 와요.", "Register a company, or ask a colleague to invite the address of your account.";
    companies_unconfirmed = "이메일을 확인하면 받은 초대가 보여요.", "Invitations show once your address is confirmed.";
    invited_title = "받은 초대", "Invitations";
    invited_text = "수락하면 그 회사의 제품과 문의를 함께 볼 수 있어요. 모르는 회사라면 거절해 주세요.", "If you accept, you work on that company's products and inquiries. If you do not know it, please decline.";
    invited_until(day: &str) = "{day}까지", "until {day}";
    invited_by(name: &str) = "{name} 님이 초대했어요", "invited by {name}";
    invited_declined = "초대를 거절했어요.", "You declined the invitation.";
    invited_decline_text = "거절하면 초대가 사라져요. 마음이 바뀌면 다시 초대받아야 해요.", "The invitation goes away; changing your mind takes a new one.";
    invited_accept = "수락", "Accept";
    invited_accept_of(name: &str) = "{name} 초대 수락", "Accept the invitation of {name}";
    invited_decline = "거절", "Decline";
    invited_decline_of(name: &str) = "{name} 초대 거절", "Decline the invitation of {name}";
    close_title = "회사 닫기", "Close the company";
    close_of(name: &str) = "{name} 회사 닫기", "Close the company {name}";
    close_button = "회사 닫기", "Close the company";
    close_listings(count: i64) = "지금 보이는 제품 {count}개가 바로 내려가고, 다시 올릴 수 없어요.", one(count) "{count} listing that is shown now goes out of sight at once, and cannot be shown again.", "{count} listings that are shown now go out of sight at once, and cannot be shown again.";
    close_threads(count: i64) = "끝나지 않은 문의 {count}건을 끝내고, 문의한 분들에게 알려요.", one(count) "{count} inquiry that is not over ends, and who asked is told.", "{count} inquiries that are not over end, and those who asked are told.";
    close_records = "받은 문의와 주고받은 기록은 팀에서 계속 볼 수 있어요.", "The team can still read the inquiries it had.";
    close_number = "되돌릴 수 없어요. 같은 사업자등록번호로 다시 시작하려면 처음부터 새로 신청해야 해요.", "This cannot be undone. To begin again with the same business number you apply anew.";
    close_sure = "위 내용을 읽었어요.", "I have read this.";
    close_done = "닫거나 거뒀어요.", "It is done: closed, or taken back.";
    take_back_title = "신청 거두기", "Take the application back";
    take_back_of(name: &str) = "{name} 신청 거두기", "Take the application back: {name}";
    take_back_button = "신청 거두기", "Take it back";
    take_back_team = "함께 적던 분들도 모두 팀에서 나가게 돼요.", "Everybody who worked on it leaves the team, too.";
    take_back_listings = "미리 적어 둔 제품은 더 볼 수 없어요.", "Listings that were prepared can no longer be opened.";
    take_back_number = "되돌릴 수 없지만, 같은 사업자등록번호로 처음부터 다시 신청할 수 있어요.", "This cannot be undone, but you can apply anew with the same business number.";
    team_owner_only = "팀은 소유자가 바꿀 수 있어요.", "Only owners change the team.";
    role_owner = "소유자", "Owner";
    role_owner_text = "소유자: 팀과 입점까지 모두", "Owner: everything, also the team";
    role_manager = "관리자", "Manager";
    role_manager_text = "관리자: 회사 정보, 제품, 문의", "Manager: profile, listings, inquiries";
    role_staff = "담당자", "Staff";
    role_staff_text = "담당자: 제품과 문의", "Staff: listings and inquiries";
}

/// The word of a state.
pub const fn state(lang: Lang, state: VendorState) -> &'static str {
    let (ko, en) = match state {
        VendorState::Invited => ("초대됨", "Invited"),
        VendorState::Applying => ("신청 중", "Applying"),
        VendorState::InReview => ("심사 중", "In review"),
        VendorState::ChangesRequested => ("수정 요청", "Changes requested"),
        VendorState::Approved => ("승인됨", "Approved"),
        VendorState::Suspended => ("노출 멈춤", "Suspended"),
        VendorState::Closed => ("닫음", "Closed"),
        VendorState::Rejected => ("받지 않음", "Rejected"),
    };
    match lang {
        Lang::Ko => ko,
        Lang::En => en,
    }
}

/// What the tax office says.
pub const fn registry(lang: Lang, state: RegistryState) -> &'static str {
    let (ko, en) = match state {
        RegistryState::Unknown => ("확인 전", "Not checked yet"),
        RegistryState::Active => ("계속사업자", "Trading"),
        RegistryState::Paused => ("휴업", "Paused"),
        RegistryState::Closed => ("폐업", "Closed"),
    };
    match lang {
        Lang::Ko => ko,
        Lang::En => en,
    }
}

/// The word of a role in a team.
pub fn role(lang: Lang, code: &str) -> &'static str {
    match code {
        "owner" => role_owner(lang),
        "manager" => role_manager(lang),
        _ => role_staff(lang),
    }
}

/// How much of the free window is left.
pub fn free_window_left(lang: market::Lang, days: i64) -> String {
    let days = lang.days(days);
    match lang {
        market::Lang::Ko => format!("무료 홍보 {days} 남음"),
        market::Lang::En => format!("{days} of free promotion left"),
    }
}

/// What stands behind the number of days until the next free window ends.
pub const fn figure_window_unit(lang: market::Lang, days: i64) -> &'static str {
    match lang {
        market::Lang::Ko => "일 뒤",
        market::Lang::En if days == 1 => " day",
        market::Lang::En => " days",
    }
}
