//! Words of what people do with threads besides writing: correct, quote, keep, sort, archive, export, stay signed in.

crate::words! {
    quote_it = "인용해서 답하기", "Reply to this";
    quoting(number: i64) = "{number}번째 글에 답해요", "In answer to message {number}";
    edit_it = "고치기", "Correct";
    edit_title = "보낸 글 고치기", "Correct your message";
    edit_text = "보낸 지 5분 안에만 고칠 수 있어요. 고치기 전 글도 두 쪽 모두 볼 수 있게 남아요.", "You can correct a message for 5 minutes. Both sides can still read what it said before.";
    edit_send = "고친 글로 바꾸기", "Save the correction";
    edit_over_title = "고칠 수 있는 시간이 지났어요", "The time to correct it is over";
    edit_over = "보낸 지 5분이 지난 글은 고칠 수 없어요. 새 글로 바로잡아 주세요.", "Messages can be corrected for 5 minutes. Please write a new one.";
    edited(at: &str) = "{at}에 고침", "corrected {at}";
    links_title = "메일 링크 막기", "Take mail links back";
    links_text(live: i64) = "가입이나 로그인 없이 이 문의에 답할 수 있는 메일 링크가 {live}개 열려 있어요. 메일을 다른 사람에게 전달했다면 막으세요. 팀은 로그인해서 계속 답할 수 있고, 다음 알림 메일에는 새 링크가 가요.", one(live) "{live} link in mails can answer this inquiry without signing in. Take it back when a mail was forwarded to somebody else. The team goes on answering signed in, and the next mail brings a new link.", "{live} links in mails can answer this inquiry without signing in. Take them back when a mail was forwarded to somebody else. The team goes on answering signed in, and the next mail brings a new link.";
    links_revoke = "열려 있는 링크 모두 막기", "Take all links back";
    links_done = "이 문의의 메일 링크를 모두 막았어요. 그 링크를 열면 로그인하라는 안내만 나와요.", "All mail links of this inquiry were taken back. Whoever opens one is asked to sign in.";
    messages_before(last: i64) = "이전 메시지 보기(1~{last}번째)", "Earlier messages (1 to {last})";
    messages_newest = "최근 메시지로 가기", "Go to the newest messages";
    earlier = "고치기 전 글 보기", "What it said before";
    automatic = "자동 안내", "automatic";
    translate = "번역해서 보기", "View translation";
    translated_by(by: &str, at: &str) = "기계 번역: {by}, {at}. 뜻이 다를 수 있으니 원문을 함께 봐 주세요.", "Machine translation by {by}, {at}. It may be wrong; the original counts.";
    written_in_ko = "한국어로 쓴 글", "Written in Korean";
    written_in_en = "영어로 쓴 글", "Written in English";
    read_by_vendor(at: &str) = "공급사가 {at}에 여기까지 읽었어요.", "The vendor has read up to here ({at}).";
    read_by_buyer(name: &str, at: &str) = "{name} 님이 {at}에 여기까지 읽었어요.", "{name} has read up to here ({at}).";
    read_partly(number: i64, at: &str) = "상대는 {number}번째 글까지 읽었어요({at}).", "The other side has read up to message {number} ({at}).";
    read_not = "아직 읽은 기록이 없어요. 메일 링크로 열어 본 것은 읽음으로 세지 않아요.", "Not read yet as far as we know; opening by a mail link is not counted as reading.";
    keep = "임시 저장", "Save for later";
    draft_device = "이 기기에 저장했어요.", "Saved on this device.";
    draft_server = "저장했어요. 다른 기기에서도 이어서 쓸 수 있어요.", "Saved. You can go on from any of your devices.";
    draft_replaced = "저장했어요. 다른 기기에서 쓰던 글을 이 글로 바꿨어요.", "Saved. It replaced what was typed on another device.";
    draft_newer = "다른 기기에서 나중에 쓴 글이에요.", "This was typed later, on another device.";
    draft_use = "이 기기에 남은 글로 바꾸기", "Use what is left on this device";
    keep_drop = "저장한 글 지우기", "Delete what was saved";
    kept(at: &str) = "{at}에 저장한 글이에요. 아직 보내지 않았어요.", "Saved {at}; not sent yet.";
    kept_dropped = "저장한 글을 지웠어요.", "What was saved has been deleted.";
    changed_since = "이 화면을 연 뒤 공급사가 새 견적을 보냈어요. 달라진 점을 보고 다시 정해 주세요.", "The vendor sent a new quote after you opened this page. See what has changed and decide anew.";
    newer_quote(author: &str) = "이 화면을 연 뒤 우리 팀에서 먼저 견적을 보냈어요. 보낸 사람: {author}. 적은 내용은 아래에 그대로 있어요. 그래도 보내면 아래 견적을 대신해요.", "Your team sent a quote after you opened this page (sent by {author}). What you typed is still here; if you send it, it replaces the quote below.";
    see_new_quote = "새 견적 보고 정하기", "Look at the new quote";
    stands_now(state: &str) = "지금 상태: {state}", "It stands now: {state}";
}

crate::words! {
    sort_title = "팀 안에서 정리", "Sort within the team";
    sort_text = "담당자와 꼬리표는 우리 회사 팀만 봐요.", "Only your team sees who takes care and the labels.";
    assignee = "담당자", "Who takes care";
    assigned_to(name: &str) = "담당 {name}", "With {name}";
    nobody = "정하지 않음", "Nobody yet";
    labels = "꼬리표", "Labels";
    new_label = "새 꼬리표", "New label";
    sort_save = "정리 저장", "Save";
    sorted = "정리했어요.", "Saved.";
    archive = "보관함에 넣기", "Archive";
    unarchive = "보관함에서 꺼내기", "Take out of the archive";
    archived_done = "보관함에 넣었어요. 상대가 새 글을 쓰면 저절로 돌아와요.", "Archived. It comes back by itself when the other side writes.";
    unarchived_done = "보관함에서 꺼냈어요.", "Taken out of the archive.";
    record = "전체 인쇄", "Print the whole inquiry";
    record_made(at: &str) = "{at}에 만든 기록", "Record made {at}";
    export_text = "글 파일로 받기", "Download as text";
    export_json = "JSON으로 받기", "Download as JSON";
    record_hint = "브라우저의 인쇄로 종이나 PDF로 남길 수 있어요.", "Use your browser's print function for paper or PDF.";
    search = "내 문의에서 찾기", "Search your inquiries";
    only_mine = "내 담당만", "Only mine";
    only_label = "꼬리표", "Label";
    all_labels = "모든 꼬리표", "All labels";
    archive_open = "보관함", "Archive";
    archive_leave = "받은함으로", "Back to the inbox";
    archive_empty = "보관한 문의가 없어요", "Nothing archived";
    archive_empty_text = "끝난 문의를 보관함에 넣으면 목록이 가벼워져요.", "Archive finished inquiries to keep the list short.";
    found_none = "찾는 말이 든 문의가 없어요", "No inquiry contains this";
    found_none_text = "다른 말로 찾거나 조건을 지워 보세요.", "Try other words or fewer conditions.";
}

crate::words! {
    replies_title = "자주 쓰는 답", "Saved replies";
    replies_text = "팀 모두가 답할 때 골라 넣을 수 있어요. 넣은 글은 보내기 전에 고칠 수 있어요.", "Everybody in the team can put them into an answer and change them before sending.";
    replies_none = "아직 없어요. 아래에 첫 답을 적어 보세요.", "None yet. Write the first one below.";
    reply_new = "새로 적기", "New reply";
    reply_change = "고치기", "Change";
    reply_title = "제목", "Title";
    reply_title_hint = "팀이 알아볼 이름이에요. 구매자는 보지 않아요.", "For your team; buyers do not see it.";
    reply_body = "내용", "Text";
    reply_greets = "새 문의가 오면 저절로 보내기", "Send by itself to every new inquiry";
    reply_greets_text = "자동 안내는 답으로 세지 않아요. 답할 기한과 응답률은 그대로예요.", "An automatic message is not an answer: deadline and response rate stay as they are.";
    reply_greets_tag = "자동 안내", "automatic";
    reply_save = "저장하기", "Save";
    reply_delete = "지우기", "Delete";
    reply_delete_of(title: &str) = "‘{title}’ 지우기", "Delete “{title}”";
    reply_change_of(title: &str) = "‘{title}’ 고치기", "Change “{title}”";
    reply_saved = "저장했어요.", "Saved.";
    reply_deleted = "지웠어요.", "Deleted.";
    insert_reply = "자주 쓰는 답 넣기", "Insert a saved reply";
    manage_replies = "자주 쓰는 답 관리", "Manage saved replies";
}

crate::words! {
    buyer_record = "최근 24개월", "Last 24 months";
    buyer_counts(asked: i64, answered: i64, back: i64, awarded: i64) = "문의 {asked}건 · 답을 받은 {answered}건 가운데 {back}건에 다시 답함 · 견적 채택 {awarded}건", "Inquiries: {asked} · answers replied to: {back} of {answered} · quotes accepted: {awarded}";
    stay_title = "이 기기에서 로그인 유지", "Stay signed in on this device";
    stay_text(name: &str) = "{name} 님으로 로그인해 두면 다음 문의부터 메일을 열지 않고 답할 수 있어요. 여럿이 쓰는 기기라면 하지 마세요.", "Stay signed in as {name} and answer the next inquiry without a mail. Not on a shared device.";
    stay_agree = "이 기기에서 30일 동안 로그인해 두는 데 동의합니다. (선택)", "I agree to stay signed in on this device for 30 days (optional)";
    stay_button = "로그인 유지하기", "Stay signed in";
    stay_over_title = "지금은 로그인해 둘 수 없어요", "This offer is over";
    stay_over = "답한 뒤 15분 안에 답한 기기에서만 할 수 있어요. 이메일과 비밀번호로 로그인해 주세요.", "It works within 15 minutes on the device that answered. Please sign in with e-mail and password.";
    grid_xlsx = "엑셀 파일(xlsx) 받기", "Download for Excel (xlsx)";
}
