//! Words of inquiries: the form, the inbox, threads, mail links.

use market::inquiries::{DeclineReason, MessageKind, QUOTE_LAPSED, Side, ThreadState};

use super::Lang;

crate::words! {
    ask_title = "문의하기", "Ask the maker";
    ask_about(title: &str) = "‘{title}’ 문의하기", "Ask about “{title}”";
    ask_button(vendor: &str) = "{vendor}에 문의 보내기", "Send to {vendor}";
    ask_free = "가입하지 않아도 물어볼 수 있어요. 돈이 들지 않아요.", "No account needed, free of charge.";
    rests_until(last: &str) = "{last}까지 쉬어요. 그 뒤에 답해요.", "Closed until {last}; answers after that.";
    rests_from(first: &str, last: &str) = "{first}부터 {last}까지 쉬어요.", "Closed from {first} to {last}.";
    rests_on(day: &str) = "{day}에 쉬어요.", "Closed on {day}.";
    answer_due(until: &str) = "지금 보내면 답변 기한은 {until}예요. 그때까지 답이 없으면 다른 공급사를 알려 드려요.", "Sent now, the answer is due {until}. If none has come by then, we show you other vendors.";
    field_quantity = "필요한 수량", "How many do you need?";
    field_quantity_hint(example: &str) = "단위까지 적어 주세요. 예: {example}", "With the unit, for example {example}";
    field_quantity_moq(moq: &str) = "최소 {moq}부터예요.", "The minimum order is {moq}.";
    field_body = "궁금한 점", "What would you like to know?";
    field_body_hint = "규격, 받을 곳, 필요한 날짜를 적으면 답이 빨라요.", "Specification, place and date help to get a quick answer.";
    field_email = "답을 받을 이메일", "E-mail for the answer";
    field_email_hint = "확인 메일의 링크를 열어 보내면 문의가 전달돼요.", "We mail you a link; the inquiry is sent when you confirm it there.";
    field_name = "이름", "Your name";
    field_company = "회사", "Company";
    field_country = "나라", "Country";
    field_country_none = "고르지 않음", "Not stated";
    trap_label = "이 칸은 비워 두세요", "Leave this field empty";
    own_listing = "내가 속한 회사의 제품이라 문의할 수 없어요.", "This is a product of your own company.";
    asked_title = "문의를 보냈어요", "Your inquiry was sent";
    asked_text(vendor: &str) = "{vendor}에 메일과 알림으로 전했어요.", "{vendor} has been told by mail and in the site.";
    asked_due(until: &str) = "{until} 답해요. 답이 없으면 비슷한 제품을 만드는 다른 공급사를 알려 드려요.", "The answer comes {until}. If not, we show you other vendors of similar products.";
    asked_open = "보낸 문의 보기", "Open the inquiry";
    asked_back = "제품으로 돌아가기", "Back to the product";
    check_mail_title = "메일을 확인해 주세요", "Please check your mail";
    check_mail_text = "적은 주소로 확인 메일을 한 통 보냈어요. 메일의 링크를 열어 ‘보내기’를 누르면 문의가 전달돼요. 아직 공급사에는 아무것도 보내지 않았어요.", "We sent one mail to the address you gave. Open its link and press “Send”. Nothing has been sent to the vendor yet.";
    check_mail_to = "메일을 보낸 주소", "Mail sent to";
    check_mail_fix = "주소 고치기", "Correct the address";
    check_mail_basket = "바구니는 확인해 보낼 때까지 그대로 있어요.", "Your basket stays as it is until you confirm.";
    fix_note = "적은 내용은 그대로 있어요. 이메일 주소를 고쳐 다시 보내 주세요. 먼저 보낸 확인 메일에서는 단추를 누르지 않는 한 아무것도 보내지 않아요.", "What you typed is still here. Correct the address and send again. The first mail sends nothing unless its button is pressed.";
    check_mail_late = "몇 분이 지나도 오지 않으면 스팸함을 보고, 주소가 틀렸으면 고쳐서 다시 보내 주세요. 링크는 3일 동안 쓸 수 있어요.", "If it does not come within minutes, look into the spam folder or send again with the right address. The link works for 3 days.";
    ask_again = "다시 문의하기", "Ask again";
    confirm_title = "이 문의를 보낼까요?", "Send this inquiry?";
    confirm_text(email: &str) = "답은 {email} 주소로 와요.", "The answer comes to {email}.";
    confirm_button = "문의 보내기", "Send the inquiry";
    confirm_done_title = "이미 보낸 문의예요", "This inquiry has been sent";
    confirm_done_text = "한 번만 전달했어요. 아래 단추로 문의를 열 수 있어요.", "It was delivered once. Open it with the button below.";
    confirm_done_button = "문의 열기", "Open the inquiry";
    confirm_gone_title = "지금은 보낼 수 없는 문의예요", "This inquiry cannot be sent now";
    confirm_gone_text = "제품이 내려갔거나 링크의 기한이 지났어요. 비슷한 제품을 찾아 다시 물어보세요.", "The product was taken down or the link is too old. Please look for a similar product and ask again.";
    find_products = "제품 찾기", "Find products";
}

crate::words! {
    inbox_title = "문의함", "Inbox";
    inbox_received = "받은 문의", "Received";
    inbox_sent = "보낸 문의", "Sent";
    inbox_sides = "문의함 종류", "Sides of the inbox";
    inbox_filter = "상태", "State";
    inbox_all = "모든 상태", "All states";
    inbox_show = "보기", "Show";
    inbox_new = "새 글", "New";
    inbox_to_answer(count: i64) = "답을 기다리는 문의가 {count}건 있어요.", one(count) "{count} inquiry waits for your answer.", "{count} inquiries wait for your answer.";
    inbox_to_decide(count: i64) = "내 답을 기다리는 문의가 {count}건 있어요.", one(count) "{count} of your inquiries waits for you.", "{count} of your inquiries wait for you.";
    inbox_unread(count: i64) = "안 읽은 문의 {count}건", "{count} unread";
    inbox_empty_received = "받은 문의가 없어요", "No inquiries received";
    inbox_empty_received_text = "제품을 올리고 공개하면 구매자의 문의가 여기로 와요.", "Inquiries of buyers arrive here once your products are public.";
    inbox_empty_sent = "보낸 문의가 없어요", "You have not asked yet";
    inbox_empty_sent_text = "제품 페이지에서 바로 물어볼 수 있어요.", "You can ask right on the page of a product.";
    inbox_empty_filter = "이 상태의 문의가 없어요", "Nothing in this state";
    inbox_empty_filter_text = "다른 상태를 골라 보세요.", "Try another state.";
    see_quote = "견적 보기", "See the quote";
    answer_it = "답하기", "Answer";
    open_it = "열기", "Open";
    until_today(hour: u8) = "오늘 {hour}시까지", "by {hour}:00 KST today";
    until_tomorrow(hour: u8) = "내일 {hour}시까지", "by {hour}:00 KST tomorrow";
    until_date(date: &str) = "{date}까지", "by {date}";
    overdue = "기한이 지났어요", "Overdue";
}

crate::words! {
    thread_title(subject: &str) = "{subject} 문의", "Inquiry: {subject}";
    thread_messages = "주고받은 글", "Messages";
    thread_facts = "문의 내용", "The inquiry";
    fact_product = "제품", "Product";
    fact_vendor = "공급사", "Vendor";
    fact_buyer = "구매자", "Buyer";
    fact_quantity = "수량", "Quantity";
    fact_asked = "물어본 때", "Asked";
    confirmed_mail = "이메일 확인됨", "e-mail confirmed";
    me = "나", "Me";
    system = "융합닷컴", "Yunghap Market";
    progress = "진행", "Progress";
    step_asked = "문의를 보냈어요", "Asked";
    step_answered = "공급사가 처음 답했어요", "First answer of the vendor";
    step_valid = "견적이 유효해요", "The quote is valid";
    step_now = "지금", "Now";
    how_to_answer = "어떻게 답할까요?", "How would you like to answer?";
    more_to_send = "더 보낼 것이 있나요?", "Anything more to send?";
    answer_quote_anew = "새 견적", "New quote";
    answer_quote_anew_text = "앞서 보낸 견적을 대신해요", "Replaces the quote sent before";
    answer_quote = "견적", "Quote";
    answer_quote_text = "단가와 납기를 적어 보내요", "Send price and delivery";
    answer_ask = "추가 정보", "Ask for details";
    answer_ask_text = "구매자에게 되물어요", "Ask the buyer back";
    answer_decline = "거절", "Decline";
    answer_decline_text = "이유만 고르면 끝나요. 거절해도 답한 것으로 쳐요", "Choose a reason and you are done. It counts as an answer";
    answer_reply = "글로 답하기", "Write a reply";
    decide = "이 견적을 어떻게 할까요?", "What about this quote?";
    decide_accept = "받아들이기", "Accept";
    decide_accept_text = "공급사에 연락처와 함께 알려요. 주문과 대금은 직접 정해요", "The vendor is told, with how to reach you. Order and payment are settled between you";
    decide_reject = "거절하기", "Turn down";
    decide_reject_text = "이유를 골라 알려요", "Tell the reason";
    decide_reply = "더 물어보기", "Ask more";
    decide_reply_text = "조건을 다시 의논해요", "Talk about the terms";
    buyer_reply = "답하기", "Reply";
    buyer_more = "글 더 쓰기", "Write more";
    buyer_reply_text = "공급사에 글을 보내요", "Write to the vendor";
    withdraw = "문의 거두기", "Withdraw";
    withdraw_text = "더 필요하지 않으면 거둬요", "When it is not needed any more";
}

crate::words! {
    quote_title = "견적을 보내요", "Send a quote";
    quote_price = "단가가 얼마인가요?", "Price of one unit";
    quote_price_of(unit: &str) = "{unit}당 얼마인가요?", "Price of one {unit}";
    quote_price_hint = "숫자만 적어 주세요. 부가세 별도가 기본이에요.", "Digits only; without VAT unless you say so below.";
    quote_quantity = "몇 개의 견적인가요?", "For how many?";
    quote_lead = "며칠 안에 보낼 수 있나요?", "Days until delivery";
    quote_days_unit = "일", "days";
    quote_valid = "며칠 동안 유효한가요?", "Valid for how many days?";
    quote_valid_hint = "비워 두면 30일, 길어야 180일이에요.", "30 days if empty, at most 180.";
    quote_currency = "통화", "Currency";
    quote_unit = "단위", "Unit";
    quote_vat = "부가세", "VAT";
    quote_note = "덧붙일 말", "Anything else";
    quote_send = "견적 보내기", "Send the quote";
    quote_version(version: i64) = "{version}번째 견적", "Quote no. {version}";
    quote_lead_fact = "납기", "Delivery";
    quote_valid_fact = "유효 기간", "Valid until";
    quote_over = "기한이 지난 견적이에요", "This quote has expired";
    new_quote = "새 견적 요청", "Ask for a new quote";
    new_quote_anew = "이 공급사에 새 견적 요청", "Ask this vendor for a new quote";
    refused_anew = "고쳐서 다시 문의하기", "Write it again";
    refused_anew_text = "이 문의는 공급사에 전달하지 않았어요. 위에 적힌 이유를 보고 글을 고쳐 다시 보내 주시면 전달해 드려요.", "This inquiry was not handed over. See the reason above, change the words and send it again; then we hand it over.";
    new_quote_text = "지난 견적의 조건으로 다시 부탁해요", "On the terms of the last one";
    new_quote_please(version: i64) = "{version}번째 견적의 유효 기간이 지났어요. 새 견적을 보내 주시겠어요?", "Quote no. {version} is no longer valid. Could you send a new one?";
    quote_newer = "새 견적을 보내면 앞 견적을 대신해요. 구매자는 새 견적만 받아들일 수 있어요.", "A new quote replaces the one before; the buyer can only accept the new one.";
    ask_back_title = "무엇을 더 알아야 하나요?", "What do you need to know?";
    ask_back_hint = "길이, 정확한 수량, 도면, 받을 날짜처럼 물어볼 것을 적어 주세요.", "Length, exact quantity, drawing, date and so on.";
    ask_back_send = "질문 보내기", "Send the question";
    decline_title = "왜 어려운가요?", "Why not?";
    decline_note = "구매자에게 남길 말", "A word to the buyer";
    decline_hint = "구매자에게 다른 공급사를 알려 드려요.", "We show the buyer other vendors.";
    decline_send = "거절 보내기", "Send";
    reply_title = "글 보내기", "Write";
    reply_body = "내용", "Message";
    reply_send = "보내기", "Send";
}

crate::words! {
    accept_title = "이 견적을 받아들일까요?", "Accept this quote?";
    accept_text = "공급사에 알리면서 내 이름, 회사, 이메일, 전화번호도 함께 알려요. 주문을 의논하는 데 쓰고 1년 동안 보여요. 원하지 않으면 받아들이기 전에 글로 더 의논해 주세요. 주문과 대금은 공급사와 직접 정하며, 융합닷컴은 거래의 당사자가 아니에요.", "The vendor is told, and learns your name, company, e-mail and telephone, to settle the order with you; they are shown for a year. If you would rather not, write to the vendor first. You settle order and payment with the vendor; this site is not a party to the trade.";
    contact_title = "이제 직접 연락해 주세요", "Get in touch with each other";
    contact_next_buyer = "공급사에 내 연락처를 알렸어요. 주문과 납품, 대금은 아래 연락처로 직접 정하거나 이 문의에 글을 써서 정해 주세요.", "The vendor knows how to reach you. Settle order, delivery and payment by the ways below, or write into this inquiry.";
    contact_next_vendor = "구매자가 견적을 받아들이면서 연락처를 알렸어요. 먼저 연락해 주문과 납품, 대금을 정해 주세요. 이 문의에 글을 써도 돼요.", "The buyer took your quote and tells how to be reached. Please make the first step and settle order, delivery and payment; you may write into this inquiry, too.";
    contact_gone = "구매자가 탈퇴해 연락처를 보여 드릴 수 없어요.", "The buyer has left; there is nobody to reach any more.";
    contact_phone = "전화", "Telephone";
    contact_mail = "이메일", "E-mail";
    after_reply = "글 쓰기", "Write";
    after_reply_text = "주문, 납품, 대금을 이어서 의논해요", "Go on about order, delivery and payment";
    accept_send = "받아들이기", "Accept the quote";
    reject_title = "왜 맞지 않나요?", "Why does it not fit?";
    reject_note = "공급사에 남길 말", "A word to the vendor";
    reject_send = "거절 보내기", "Send";
    withdraw_title = "문의를 거둘까요?", "Withdraw this inquiry?";
    withdraw_explain = "공급사에 더 답하지 않아도 된다고 알려요. 거둔 문의는 되돌릴 수 없지만 다시 물어볼 수 있어요.", "The vendor is told that no answer is needed. It cannot be undone, but you can ask again.";
    withdraw_send = "문의 거두기", "Withdraw";
    back_to_thread = "문의로 돌아가기", "Back to the inquiry";
    reason = "이유", "Reason";
    reason_choose = "이유를 골라 주세요", "Please choose a reason";
    not_possible_title = "그 사이에 문의가 바뀌었어요", "The inquiry has changed";
    superseded = "공급사가 새 견적을 보냈어요. 새 견적을 보고 정해 주세요.", "The vendor has sent a new quote. Please look at it first.";
    no_quote = "받아들일 견적이 없거나 기한이 지났어요. 공급사에 새 견적을 부탁해 보세요.", "There is no quote to decide on, or it has expired. You may ask for a new one.";
    thread_ended = "이미 끝난 문의라 더 보낼 수 없어요.", "This inquiry has ended; nothing more can be sent.";
    rfq_awarded = "이 견적요청에서는 다른 견적을 이미 받아들였어요. 하나만 받아들일 수 있어요.", "Another quote of this request has been accepted already. Only one can be.";
    rfq_ended = "이 견적요청은 끝나서 견적을 더 받아들일 수 없어요. 필요하면 견적요청을 다시 올려 주세요.", "This request has ended, so its quotes can no longer be accepted. You may publish it again.";
    state_changed = "지금 상태에서는 할 수 없는 일이에요. 문의를 다시 열어 확인해 주세요.", "This is not possible in the present state. Please open the inquiry again.";
    done_next_vendor = "구매자가 답하면 메일로 알려 드려요.", "We mail you when the buyer answers.";
    done_next_buyer = "공급사가 답하면 메일로 알려 드려요.", "We mail you when the vendor answers.";
    done_ended = "이 문의는 끝났어요. 하실 일이 없어요.", "This inquiry has ended. Nothing is left to do.";
    done_accepted = "공급사에 알렸어요. 이제 주문과 대금은 공급사와 직접 정하면 돼요.", "The vendor has been told. You now settle order and payment with each other.";
    done_sign_in = "로그인하면 모든 문의를 한곳에서 볼 수 있어요.", "Sign in to see all your inquiries in one place.";
    link_revoked_title = "이 링크는 막혔어요", "This link was taken back";
    link_revoked_text = "회사의 담당자가 이 문의의 메일 링크를 모두 막았어요. 팀에 속해 있다면 로그인해서 답할 수 있고, 다음 알림 메일에는 새 링크가 있어요. 전달받은 메일이라면 보낸 분에게 물어보세요.", "The company took the mail links of this inquiry back. Members of the team can sign in and answer, and the next mail brings a new link. If the mail was forwarded to you, please ask whoever sent it.";
    link_expired_title = "기한이 지난 링크예요", "This link is too old";
    link_expired_text = "로그인하면 문의함에서 이 문의에 답할 수 있어요.", "Sign in to answer this inquiry from your inbox.";
    link_taken_title = "구매자가 견적을 받아들였어요", "The buyer accepted your quote";
    link_taken_text = "로그인하면 문의함에서 구매자의 연락처를 볼 수 있어요. 그때 알림 메일을 받았다면 그 메일의 링크로도 열려요.", "Sign in to find the buyer's contact data in your inbox. If a mail told you then, its link opens the inquiry, too.";
    link_ended_title = "끝난 문의예요", "This inquiry has ended";
    link_ended_text = "이 링크로는 더 답할 수 없어요. 지난 글은 로그인하면 문의함에서 볼 수 있어요.", "The link no longer opens it. Sign in to read it in your inbox.";
    go_inbox = "문의함으로", "Go to the inbox";
    link_note = "이 링크는 이 문의 한 건만 열어요. 다른 사람에게 보내지 마세요.", "This link opens this one inquiry. Please do not pass it on.";
    others_title = "다른 공급사에게 물어보세요", "Ask other vendors instead";
    others_text = "물어보신 제품과 규격이 가장 비슷하고 지금 쉬지 않는 공급사예요.", "Their products are most like what you asked about, and they are not on holiday.";
    others_ask = "같은 내용으로 묻기", "Ask the same";
    others_none = "같은 분류에 물어볼 다른 공급사가 아직 없어요. 검색에서 비슷한 제품을 찾아 보세요.", "No other vendor in this category yet. Try searching for something similar.";
    told_vendor = "먼저 물어본 공급사에도 다른 곳에 물어봤다고 알려요.", "The first vendor is told that you asked somebody else.";
}

/// Where a thread stands, as one side reads it.
pub fn state(lang: Lang, state: ThreadState, side: Side) -> &'static str {
    use ThreadState as S;
    let vendor = side == Side::Vendor;
    let (ko, en) = match state {
        S::New => ("확인 중이에요", "Being checked"),
        S::WaitingVendor if vendor => ("답할 차례예요", "Your turn"),
        S::WaitingVendor => ("공급사 답을 기다려요", "Waiting for the vendor"),
        S::WaitingBuyer if vendor => ("구매자 답을 기다려요", "Waiting for the buyer"),
        S::WaitingBuyer => ("답할 차례예요", "Your turn"),
        S::Quoted if vendor => ("견적을 보냈어요", "Quote sent"),
        S::Quoted => ("견적이 왔어요", "Quote received"),
        S::Accepted if vendor => ("구매자가 견적을 받아들였어요", "The buyer accepted"),
        S::Accepted => ("견적을 받아들였어요", "Quote accepted"),
        S::Declined if vendor => ("견적이 받아들여지지 않았어요", "Quote not taken"),
        S::Declined => ("견적을 거절했어요", "Quote turned down"),
        S::Withdrawn if !vendor => ("거둔 문의예요", "Withdrawn"),
        S::Withdrawn => ("구매자가 거뒀어요", "Withdrawn by the buyer"),
        S::Expired => ("기한이 지나 끝났어요", "Ended: time is over"),
        S::VendorDeclined if vendor => ("어렵다고 답했어요", "Declined by your company"),
        S::VendorDeclined => ("공급사가 거절했어요", "Declined by the vendor"),
        S::Rerouted => ("다른 공급사에 물었어요", "Another vendor was asked"),
    };
    if lang == Lang::Ko { ko } else { en }
}

/// A state as a choice of the filter.
pub fn state_choice(lang: Lang, state: ThreadState) -> &'static str {
    use ThreadState as S;
    let (ko, en) = match state {
        S::New => ("확인 중", "Being checked"),
        S::WaitingVendor => ("공급사 차례", "Vendor's turn"),
        S::WaitingBuyer => ("구매자 차례", "Buyer's turn"),
        S::Quoted => ("견적 있음", "Quoted"),
        S::Accepted => ("받아들임", "Accepted"),
        S::Declined => ("견적 거절", "Turned down"),
        S::Withdrawn => ("거둠", "Withdrawn"),
        S::Expired => ("기한 지남", "Expired"),
        S::VendorDeclined => ("공급사 거절", "Declined by vendor"),
        S::Rerouted => ("다른 곳에 물음", "Asked elsewhere"),
    };
    if lang == Lang::Ko { ko } else { en }
}

/// What a message without words of its own says.
pub fn event(lang: Lang, kind: MessageKind, side: Side, reason: Option<&str>) -> &'static str {
    let (ko, en) = match (kind, side) {
        (MessageKind::Expire, _) if reason == Some(QUOTE_LAPSED) => (
            "견적의 유효 기간이 지났어요. 구매자는 새 견적을 요청할 수 있고, 공급사는 새 견적을 보낼 수 있어요",
            "The quote is no longer valid. The buyer may ask for a new one; the vendor may send one",
        ),
        (MessageKind::Text, _) => ("다른 공급사에 물어봤어요", "Asked another vendor"),
        (MessageKind::Question, _) => ("되물었어요", "Asked back"),
        (MessageKind::Quote, _) => ("견적을 보냈어요", "Sent a quote"),
        (MessageKind::Decline, Side::Buyer) => ("견적을 거절했어요", "Turned the quote down"),
        (MessageKind::Decline, _) => ("이번에는 어렵다고 했어요", "Declined"),
        (MessageKind::Accept, _) => ("견적을 받아들였어요", "Accepted the quote"),
        (MessageKind::Withdraw, _) => ("문의를 거뒀어요", "Withdrew the inquiry"),
        (MessageKind::Expire, _) => {
            ("기한이 지나 문의가 끝났어요", "The inquiry has ended because its time is over")
        }
    };
    if lang == Lang::Ko { ko } else { en }
}

/// Why a vendor says no.
pub fn decline_reason(lang: Lang, reason: DeclineReason) -> &'static str {
    let (ko, en) = match reason {
        DeclineReason::NotMade => ("만들지 않는 규격이에요", "We do not make this"),
        DeclineReason::TooFew => ("최소 수량보다 적어요", "Below our minimum quantity"),
        DeclineReason::TooSoon => ("기한을 맞출 수 없어요", "We cannot meet the date"),
        DeclineReason::NoCapacity => ("지금은 일이 밀려 있어요", "No capacity now"),
        DeclineReason::NotDelivered => ("그곳까지 보낼 수 없어요", "We do not deliver there"),
        DeclineReason::Other => ("다른 이유", "Another reason"),
    };
    if lang == Lang::Ko { ko } else { en }
}

/// What has just been done, by the code of its step.
pub fn done(lang: Lang, step: &str) -> &'static str {
    let (ko, en) = match step {
        "quote" => ("견적을 보냈어요", "Your quote was sent"),
        "ask" => ("질문을 보냈어요", "Your question was sent"),
        "decline" => ("거절을 보냈어요", "Your decline was sent"),
        "accept" => ("견적을 받아들였어요", "You accepted the quote"),
        "reject" => ("견적을 거절했다고 알렸어요", "The vendor was told that the quote does not fit"),
        "withdraw" => ("문의를 거뒀어요", "The inquiry was withdrawn"),
        "others" => (
            "고른 공급사에 물었어요. 먼저 물어본 공급사에도 알렸어요",
            "The chosen vendors have been asked, and the first one has been told",
        ),
        "report" => {
            ("신고를 받았어요. 담당자가 보고 알려 드려요", "We have your report and will tell you the result")
        }
        "report_block" => (
            "신고를 받았고 상대를 차단했어요. 담당자가 보고 알려 드려요",
            "We have your report, and the other side is blocked. We will tell you the result",
        ),
        "block" => ("상대를 차단했어요", "The other side is blocked"),
        "unblock" => ("차단을 풀었어요", "Unblocked"),
        _ => ("보냈어요", "Sent"),
    };
    if lang == Lang::Ko { ko } else { en }
}

/// How long delivery takes.
pub fn quote_lead_days(lang: market::Lang, days: i64) -> String {
    lang.days(days)
}
