//! Words of curation: the desk of the federation's team.

use market::Lang;
use market::curation::Kind;

crate::words! {
    desk_title = "연합회 업무", "Federation desk";
    nav = "업무 메뉴", "Desk menu";
    nav_inbox = "할 일함", "Inbox";
    nav_listings = "제품 찾기", "Find a listing";
    nav_slots = "노출 자리", "Slots";
    nav_audit = "감사 기록", "Audit record";
    nav_machinery = "작업 상태", "Machinery";

    inbox_title = "할 일함", "Inbox";
    inbox_all = "모두", "Everything";
    inbox_kinds = "종류", "Kinds";
    inbox_oldest(age: &str) = "가장 오래 {age}", "oldest {age}";
    inbox_oldest_late(age: &str) = "가장 오래 {age} · 늦음", "oldest {age} · late";
    inbox_nothing = "없음", "none";
    inbox_done_today(count: i64) = "오늘 처리 {count} · 목표 1일 안", "{count} decided today · goal: within a day";
    inbox_caption(count: i64) = "기다리는 것 {count}건", "{count} waiting";
    inbox_what = "무엇", "What";
    inbox_kind = "종류", "Kind";
    inbox_waits = "기다림", "Waits";
    inbox_choose(title: &str) = "고르기: {title}", "Choose {title}";
    inbox_empty_title = "기다리는 것이 없어요", "Nothing waits";
    inbox_empty_text = "새 신청과 제품이 들어오면 여기에 쌓여요. 노출 자리를 돌볼 좋은 때예요.", "New applications and listings will gather here. A good time to look after the slots.";
    inbox_empty_text_officer = "우리 교류회에서 기다리는 것이 없어요. 새로 들어오면 여기에 쌓여요.", "Nothing waits in your chapter. New things will gather here.";
    vendor_first = "공급사 심사 먼저", "company first";
    bulk_label = "고른 것을 한 번에", "All chosen at once";
    bulk_reason = "여러 건을 되돌릴 때 보낼 말", "What to tell when returning several";
    bulk_approve = "고른 것 승인", "Approve chosen";
    bulk_return = "고른 것 되돌리기", "Return chosen";
    bulk_done(count: usize) = "{count}건을 처리했어요.", "{count} decided.";
    bulk_failed(count: usize) = "{count}건은 처리하지 못했어요. 그 사이에 다른 사람이 처리했거나, 공급사가 아직 승인되지 않았어요.", "{count} could not be decided: somebody else was faster, or the company is not approved yet.";
    bulk_kind_needed = "여러 건을 한 번에 처리하려면 제품 심사나 수정본 심사를 고르세요.", "Choose listings or edits to decide about several at once.";
    pane_title = "살펴보기", "Review";
    pane_choose = "목록에서 하나를 고르면 여기에 보여요.", "Choose one from the list to see it here.";
    pane_open = "크게 보기", "Open";
    next_item = "처리하면 할 일함으로 돌아가요.", "After the decision you are back in the inbox.";
}

crate::words! {
    decide_title = "결정", "Decision";
    decide_reason = "공급사에 보낼 말", "What to tell the company";
    decide_reason_hint = "되돌리거나 멈출 때는 꼭 적어 주세요. 그대로 메일로 가요.", "Needed when returning or hiding. It is mailed as written.";
    reason_templates = "자주 쓰는 말", "Common reasons";
    reason_template_none = "고르지 않음", "None";
    approve = "승인하기", "Approve";
    return_ = "되돌려보내기", "Return";
    reject = "받지 않기", "Reject";
    suspend = "노출 멈추기", "Suspend";
    lift = "다시 보이기", "Lift the suspension";
    close = "회사 닫기", "Close the company";
    hide = "숨기기", "Hide";
    unhide = "다시 보이기", "Show again";
    apply_edit = "수정본 적용하기", "Make it live";
    decline_edit = "수정본 되돌리기", "Decline the edit";
    done_message = "처리했고 공급사에 알렸어요.", "Done; the company has been told.";
    read_only_officer = "이 결정은 연합회 담당자가 해요. 회원사라면 아는 것을 담당자에게 알려 주세요.", "The federation's curators decide this. Tell them what you know of the member.";
    nothing_to_decide = "지금은 결정할 것이 없어요.", "There is nothing to decide now.";
    confirm_close = "닫으면 되돌릴 수 없어요. 제품이 모두 사라져요.", "Closing cannot be undone; all listings disappear.";
    more_actions = "다른 결정", "Other decisions";

    conflict_title = "이미 처리됐어요", "Already decided";
    conflict_by(name: &str, ago: &str, what: &str) = "{name}님이 {ago} 처리했어요: {what}", "{name} decided {ago}: {what}";
    conflict_unknown = "그 사이에 상태가 바뀌었어요.", "The state changed in the meantime.";
    conflict_vendor_state = "공급사가 아직 승인되지 않아 제품을 보일 수 없어요. 공급사부터 심사해 주세요.", "The company is not approved, so its listing cannot be shown. Decide about the company first.";
    conflict_stale = "수정본을 낸 뒤에 보이는 내용이 바뀌었어요. 되돌려보내 다시 내 달라고 해 주세요.", "What is live changed after the edit was made. Decline it and ask for a new one.";
    conflict_rewritten_title = "그 사이에 내용이 바뀌었어요", "It was rewritten meanwhile";
    conflict_rewritten = "읽으신 뒤에 내용이 바뀌었어요. 결정은 하지 않았어요. 지금 내용을 다시 읽고 정해 주세요.", "It was rewritten after you read it. Nothing was decided; please read it again and decide then.";
    conflict_own_title = "다른 담당자가 결정해요", "Somebody else decides";
    own_company = "내가 일하는 회사예요. 이 결정은 다른 심사자가 해요.", "This is a company you work for. Somebody else decides about it.";
    conflict_see = "지금 상태 보기", "See the present state";
    conflict_inbox = "할 일함으로", "Back to the inbox";

    pictures_seen = "새 사진을 봤어요", "The new pictures are fine";
    pictures_changed = "공개된 뒤에 사진이 바뀌었어요. 문제가 있으면 숨기고 이유를 알려 주세요.", "Pictures changed after it was published. If something is wrong, hide it and say why.";
    vendor_wanted = "바꾸고 싶다는 회사 정보", "What the company wants to change";
    vendor_wanted_column = "바꾼 내용", "Wanted";
    vendor_shown = "지금 보이는 내용", "Shown now";
    vendor_title = "공급사 심사", "Application";
    vendor_company = "회사", "Company";
    vendor_registry = "국세청 상태", "Tax office";
    vendor_registry_at(when: &str) = "{when} 확인", "checked {when}";
    vendor_team = "사람들", "People";
    vendor_chapter = "교류회", "Chapter";
    vendor_chapter_none = "없음", "none";
    vendor_certificates = "인증(공급사가 적은 것)", "Certificates (as stated)";
    vendor_certificate_until(date: &str) = "{date}까지", "until {date}";
    vendor_submitted = "신청", "Submitted";
    vendor_approved = "첫 승인", "First approved";
    vendor_state = "상태", "State";
    vendor_state_reason = "지난번에 보낸 말", "Last reason";
    vendor_number = "사업자등록번호", "Business number";
    vendor_page = "공개된 쪽", "Public page";
    vendor_facts(count: i64) = "보이는 제품 {count}개", one(count) "{count} published listing", "{count} published listings";
    vendor_facts_since(date: &str) = "{date}부터", "since {date}";
    vendor_facts_rate(rate: i64) = "응답률 {rate}%", "{rate}% answered";
    vendor_facts_no_rate = "응답 집계 전", "no response record yet";
    vendor_facts_new = "아직 승인되지 않은 공급사", "not approved yet";
    history_title = "지난 일", "History";
    history_none = "아직 없어요.", "None yet.";
    history_site = "자동", "automatic";
}

crate::words! {
    listing_title = "제품 심사", "Listing";
    listing_category = "분류", "Category";
    listing_price = "가격", "Price";
    listing_moq = "최소 수량", "Minimum order";
    listing_lead_time = "납기", "Lead time";
    listing_origin = "원산지", "Origin";
    listing_hs_code = "HS 부호", "HS code";
    listing_part_number = "품번", "Part number";
    listing_specs = "규격", "Specifications";
    listing_description = "설명", "Description";
    listing_images = "사진", "Pictures";
    listing_no_images = "사진이 없어요. 도면이 대신 보여요.", "No picture; a drawing is shown instead.";
    listing_vendor = "공급사", "Company";
    listing_live = "보이는 제품", "Live listing";
    listing_pending = "기다리는 수정본이 있어요", "An edit waits";
    listing_pending_open = "수정본 보기", "See the edit";
    listing_state_reason = "지난번에 보낸 말", "Last reason";
    listing_waits(age: &str) = "{age} 전부터 기다려요", "waiting for {age}";

    revision_title = "수정본 심사", "Edit";
    revision_changes(count: usize) = "바뀐 곳 {count}", one(count) "{count} change", "{count} changes";
    revision_none = "바뀐 곳이 없어요.", "Nothing is changed.";
    revision_unchanged(count: usize) = "바뀌지 않은 곳 {count}", "{count} unchanged";
    revision_price_fall(percent: i64) = "가격이 {percent}% 내려갔어요. 근거를 한 번 더 보세요.", "The price fell by {percent}%. Please look twice.";
    revision_live_note = "결정할 때까지 이전 판이 그대로 보여요.", "The version before stays visible until the decision.";
    revision_empty = "(없음)", "(none)";

    search_title = "제품 찾기", "Find a listing";
    search_label = "제품이나 공급사 이름", "Title or company";
    search_button = "찾기", "Find";
    search_none_title = "찾은 것이 없어요", "Nothing found";
    search_none_text = "이름의 일부만 적어 보세요.", "Try a part of the name.";
    search_caption(count: usize) = "찾은 제품 {count}개", one(count) "{count} listing", "{count} listings";
    column_state = "상태", "State";
    column_changed = "바뀐 때", "Changed";
}

crate::words! {
    slots_title = "노출 자리", "Slots";
    slots_intro(count: usize) = "첫 화면의 추천 제품 {count}자리예요. 지금 보이지 않는 제품은 자리에 있어도 나오지 않아요.", one(count) "The {count} featured place on the home page. A listing nobody may see now is left out even while it has a place.", "The {count} featured places on the home page. A listing nobody may see now is left out even while it has a place.";
    slots_caption(count: usize) = "자리 {count}", one(count) "{count} place", "{count} places";
    slots_order = "순서", "Order";
    slots_period = "기간", "Period";
    slots_note = "메모", "Note";
    slots_hidden = "지금 안 보임", "not visible now";
    slots_running = "나오는 중", "running";
    slots_upcoming = "예정", "upcoming";
    slots_earlier = "앞으로", "Earlier";
    slots_later = "뒤로", "Later";
    slots_remove = "빼기", "Remove";
    slots_move_of(action: &str, title: &str) = "{action}: {title}", "{action}: {title}";
    slots_empty_title = "비어 있어요", "Empty";
    slots_empty_text = "아래에서 제품을 찾아 자리에 올려 주세요.", "Find a listing below and put it on the home page.";
    slots_add_title = "자리에 올리기", "Add a listing";
    slots_add_find = "보이는 제품 가운데서 찾기", "Find among visible listings";
    slots_add_choose = "제품", "Listing";
    slots_add_starts = "첫날", "First day";
    slots_add_starts_hint = "비우면 지금부터", "Empty means now";
    slots_add_ends = "마지막 날", "Last day";
    slots_add_ends_hint = "90일까지", "At most 90 days";
    slots_add_note = "고른 이유(안에서만 보여요)", "Why (for the team)";
    slots_add_button = "올리기", "Add";
    slots_added = "자리에 올렸어요.", "Added.";
    slots_removed = "자리에서 뺐어요.", "Removed.";

    audit_title = "감사 기록", "Audit record";
    audit_intact(rows: i64) = "기록 {rows}줄이 모두 이어져 있어요. 고치거나 지운 줄이 없어요.", one(rows) "The {rows} row stands as it was written; nothing was changed or removed.", "All {rows} rows follow from one another; nothing was changed or removed.";
    audit_broken(seq: i64) = "{seq}번째 줄부터 이어지지 않아요. 누군가 기록을 고쳤을 수 있어요. 바로 백업과 견줘 보세요.", "The chain breaks at row {seq}. Somebody may have changed the record; compare it with a backup at once.";
    audit_caption = "기록", "Record";
    audit_number = "번호", "No.";
    audit_when = "언제", "When";
    audit_who = "누가", "Who";
    audit_what = "무엇을", "What";
    audit_details = "자세히", "Details";
    audit_older = "더 오래된 기록", "Older";
    audit_newest = "가장 새 기록", "Newest";

    machinery_title = "작업 상태", "Machinery";
    machinery_waiting = "기다리는 작업", "Waiting jobs";
    machinery_dead = "멈춘 작업", "Set aside";
    machinery_oldest = "가장 오래된 작업", "Oldest job";
    machinery_oldest_none = "없음", "none";
    machinery_dead_title(count: usize) = "멈춘 작업 {count}", one(count) "{count} job set aside", "{count} jobs set aside";
    machinery_dead_none = "멈춘 작업이 없어요.", "No job was set aside.";
    machinery_job = "작업", "Job";
    machinery_attempts = "시도", "Attempts";
    machinery_error = "마지막 오류", "Last error";
    machinery_uncertain_title(count: usize) = "보냈는지 알 수 없는 메일 {count}", one(count) "{count} mail of which nobody knows whether it went", "{count} mails of which nobody knows whether they went";
    machinery_uncertain_text = "보내는 도중에 작업이 끊겼어요. 두 번 가면 안 되는 메일이라 다시 보내지 않았어요. 메일 서버 기록에서 Message-ID를 찾아보고, 가지 않았을 때만 다시 보내 주세요.", "The worker stopped while it handed them over. They must not come twice, so they were not sent again. Look for the Message-ID in the log of the mail server, and send again only what did not go.";
    machinery_send_again = "다시 보내기", "Send again";
    machinery_retry = "다시 하기", "Retry";
    machinery_retried = "다시 시작했어요.", "It runs again.";
}

/// The word of a kind, as on the rail.
pub const fn kind(lang: Lang, kind: Kind) -> &'static str {
    let (ko, en) = match kind {
        Kind::Vendor => ("공급사 심사", "Applications"),
        Kind::Listing => ("제품 심사", "Listings"),
        Kind::Revision => ("수정본 심사", "Edits"),
        Kind::Rfq => ("견적요청 심사", "Requests for quotes"),
        Kind::Held => ("확인할 글", "Held for a look"),
        Kind::Report => ("신고", "Reports"),
    };
    match lang {
        Lang::Ko => ko,
        Lang::En => en,
    }
}

/// The word of a listing's state.
pub fn listing_state(lang: Lang, code: &str) -> &'static str {
    let (ko, en) = match code {
        "draft" => ("작성 중", "Draft"),
        "in_review" => ("심사 중", "In review"),
        "changes_requested" => ("수정 요청", "Changes requested"),
        "published" => ("홍보 중", "Published"),
        "hidden" => ("숨김", "Hidden"),
        "expired" => ("끝남", "Over"),
        _ => ("보관", "Archived"),
    };
    match lang {
        Lang::Ko => ko,
        Lang::En => en,
    }
}

/// What happened, for the history; an unknown action keeps its own word.
pub fn action(lang: Lang, code: &str) -> String {
    let (ko, en) = match code {
        "vendor.begin" => ("신청을 시작했어요", "began the application"),
        "vendor.edit" => ("회사 정보를 고쳤어요", "edited the profile"),
        "vendor.submit" => ("검토를 요청했어요", "asked for review"),
        "vendor.reapply" => ("다시 신청했어요", "applied again"),
        "vendor.approve" => ("승인했어요", "approved"),
        "vendor.return" | "listing.return" => ("되돌려보냈어요", "returned it"),
        "vendor.reject" => ("받지 않았어요", "rejected it"),
        "vendor.suspend" => ("노출을 멈췄어요", "suspended"),
        "vendor.lift" => ("노출을 다시 시작했어요", "lifted the suspension"),
        "vendor.close" => ("닫았어요", "closed it"),
        "vendor.leave" => ("회사를 닫거나 신청을 거뒀어요", "closed it or took it back"),
        "vendor.holiday" => ("휴무를 정했어요", "set the holiday"),
        "vendor.registry" => ("국세청 상태가 바뀌었어요", "the tax office's answer changed"),
        "vendor.member_add" => ("팀에 사람을 더했어요", "added a member"),
        "vendor.member_role" => ("역할을 바꿨어요", "changed a role"),
        "vendor.member_remove" => ("팀에서 내보냈어요", "removed a member"),
        "listing.create" => ("제품을 적기 시작했어요", "began the listing"),
        "listing.submit" => ("심사를 요청했어요", "sent it to review"),
        "listing.withdraw" => ("심사를 거뒀어요", "took it back"),
        "listing.approve" => ("공개했어요", "published it"),
        "held.keep" => ("확인하려고 멈췄어요", "held it"),
        "held.release" => ("전했어요", "handed it over"),
        "held.refuse" => ("전하지 않았어요", "did not hand it over"),
        "report.add" => ("신고했어요", "reported it"),
        "report.uphold" => ("신고를 인정했어요", "upheld the report"),
        "report.dismiss" => ("조치하지 않았어요", "took no measures"),
        "rfq.submit" => ("견적요청을 올렸어요", "handed it in"),
        "rfq.draft" => (
            "확인하는 사이에 바뀐 것이 있어 다시 적고 있어요",
            "has to write it again, as something changed meanwhile",
        ),
        "rfq.open" => ("견적요청을 열었어요", "opened it"),
        "rfq.return" => ("견적요청을 돌려보냈어요", "returned it"),
        "rfq.remove" => ("견적요청을 내렸어요", "took it down"),
        "rfq.answer" => ("견적을 냈어요", "sent a quote"),
        "rfq.fill" => ("견적이 모두 왔어요", "all quotes are here"),
        "rfq.extend" => ("기간을 늘렸어요", "added days"),
        "rfq.close" => ("견적요청을 닫았어요", "closed it"),
        "rfq.expire" => ("기간이 끝났어요", "its days were over"),
        "listing.hide" => ("숨겼어요", "hid it"),
        "listing.unhide" => ("다시 보이게 했어요", "showed it again"),
        "listing.expire" => ("홍보 기간이 끝났어요", "the window ended"),
        "listing.renew" => ("홍보를 연장했어요", "renewed it"),
        "listing.archive" => ("보관했어요", "put it away"),
        "revision.stage" => ("수정본을 냈어요", "sent an edit"),
        "revision.applied" => ("수정본을 적용했어요", "made the edit live"),
        "revision.declined" => ("수정본을 되돌렸어요", "declined the edit"),
        "revision.withdrawn" => ("수정본을 거뒀어요", "took the edit back"),
        "slot.add" => ("자리에 올렸어요", "featured a listing"),
        "slot.remove" => ("자리에서 뺐어요", "took a listing off"),
        "slot.move" => ("자리를 옮겼어요", "moved a slot"),
        "personal_data.read" => ("개인정보를 봤어요", "read personal data"),
        "personal_data.share" => ("연락처를 알렸어요", "told contact data"),
        "session.open" => ("로그인했어요", "signed in"),
        "session.close" => ("로그아웃했어요", "signed out"),
        "session.revoke" | "session.revoke_others" => ("기기를 끊었어요", "signed a device out"),
        "account.join" | "account.join_again" | "account.guest" => ("가입했어요", "joined"),
        "account.confirm_email" => ("이메일을 확인했어요", "confirmed the address"),
        "account.change_profile" => ("내 정보를 고쳤어요", "edited the account"),
        "account.export" => ("자기 정보를 내려받았어요", "exported own data"),
        "account.withdraw" => ("탈퇴했어요", "left"),
        "account.forget" => ("확인하지 않았거나 오래된 주소를 지웠어요", "was forgotten"),
        "thread.ask" | "inquiry.draft" => ("문의를 보냈어요", "asked"),
        "job.retry" => ("작업을 다시 시작했어요", "retried a job"),
        other => match after_approval(other).or_else(|| of_search(other)).or_else(|| of_people(other)) {
            Some(words) => words,
            None => return other.to_owned(),
        },
    };
    match lang {
        Lang::Ko => ko.to_owned(),
        Lang::En => en.to_owned(),
    }
}

/// Of [`action`]: who may do what.
fn of_people(code: &str) -> Option<(&'static str, &'static str)> {
    Some(match code {
        "role.grant" => ("역할을 줬어요", "granted a role"),
        "role.revoke" => ("역할을 거뒀어요", "took a role away"),
        "officer.add" => ("교류회 임원으로 정했어요", "made a chapter officer"),
        "officer.remove" => ("교류회 임원에서 뺐어요", "ended a chapter office"),
        "chapter.add" => ("교류회를 만들었어요", "made a chapter"),
        "chapter.edit" => ("교류회 정보를 고쳤어요", "corrected a chapter"),
        "consent.change" => ("동의를 바꿨어요", "changed consents"),
        _ => return None,
    })
}

/// Of [`action`]: saved searches and the rules of search.
fn of_search(code: &str) -> Option<(&'static str, &'static str)> {
    Some(match code {
        "saved_search.add" => ("검색을 저장했어요", "saved a search"),
        "saved_search.ask" => ("알림을 부탁했어요", "asked for alerts"),
        "saved_search.pause" => ("알림을 멈췄어요", "paused an alert"),
        "saved_search.resume" => ("알림을 다시 켰어요", "resumed an alert"),
        "saved_search.delete" => ("저장한 검색을 지웠어요", "deleted a saved search"),
        "saved_search.unsubscribe" => ("모든 알림을 멈췄어요", "stopped all alerts"),
        "search_rule.add" => ("검색 규칙을 만들었어요", "made a search rule"),
        "search_rule.change" => ("검색 규칙을 고쳤어요", "changed a search rule"),
        "search_rule.end" => ("검색 규칙을 멈췄어요", "ended a search rule"),
        "search_rule.undo" => ("검색 규칙을 되돌렸어요", "undid a change of a search rule"),
        _ => return None,
    })
}

/// Of [`action`]: what changes after the first approval.
fn after_approval(code: &str) -> Option<(&'static str, &'static str)> {
    Some(match code {
        "vendor.edit_staged" => {
            ("이름, 주소 같은 회사 정보를 바꾸겠다고 했어요", "asked to change who the company is")
        }
        "vendor.edit_withdrawn" => ("바꾸려던 회사 정보를 거뒀어요", "took the change back"),
        "vendor.edit_applied" => ("바꾼 회사 정보를 반영했어요", "made the changed profile live"),
        "vendor.edit_declined" => ("바꾼 회사 정보를 되돌렸어요", "declined the changed profile"),
        "listing.pictures_seen" => ("바뀐 사진을 봤어요", "looked at the new pictures"),
        _ => return None,
    })
}

/// Reasons that are given again and again; sent as they stand, in the company's language.
pub const VENDOR_REASONS: [(&str, &str); 4] = [
    (
        "사업자등록번호와 회사 이름이 서로 맞지 않아요. 등록증을 보고 다시 적어 주세요.",
        "The business number and the company's name do not match. Please copy both from the certificate.",
    ),
    ("무엇을 만드는지 알 수 있게 회사 소개를 더 적어 주세요.", "Please say more about what you make."),
    (
        "주소가 등록증과 달라요. 사업장 주소를 적어 주세요.",
        "The address differs from the certificate. Please give the place of business.",
    ),
    (
        "연락처로 닿지 않아요. 전화번호와 이메일을 확인해 주세요.",
        "We could not reach you. Please check telephone and e-mail.",
    ),
];

/// Reasons for listings.
pub const LISTING_REASONS: [(&str, &str); 4] = [
    (
        "사진이 흐리거나 제품과 달라요. 제품이 잘 보이는 사진으로 바꿔 주세요.",
        "The picture is blurred or shows something else. Please use one that shows the product.",
    ),
    (
        "규격을 세 가지 이상 적어 주세요. 바이어가 규격으로 찾아요.",
        "Please give at least three specifications; buyers search by them.",
    ),
    (
        "이름에 꾸미는 말이 있어요. 제품 이름과 규격만 적어 주세요.",
        "The title contains decoration. Please give name and size only.",
    ),
    (
        "분류가 맞지 않아요. 더 가까운 분류를 골라 주세요.",
        "The category does not fit. Please choose a closer one.",
    ),
];

/// How long delivery takes.
pub fn listing_days(lang: market::Lang, count: i64) -> String {
    lang.days(count)
}
