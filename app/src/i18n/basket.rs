//! Words of the basket and of what was asked together.

crate::words! {
    title = "문의 바구니", "Inquiry basket";
    intro = "여러 공급사에 한 번에 물어요. 공급사마다 따로 문의가 가고, 서로의 문의는 보지 못해요.", "Ask several vendors at once. Each gets an inquiry of its own and sees nobody else's.";
    collect = "바구니에 담기", "Add to basket";
    collect_this(title: &str) = "바구니에 담기: {title}", "Add to basket: {title}";
    inside = "바구니에 있어요", "In your basket";
    added = "바구니에 담았어요.", "Added to the basket.";
    pick_this(title: &str) = "담기: {title}", "Add: {title}";
    picks = "고른 제품을 한 번에 물어보세요.", "Ask about all you tick at once.";
    picks_add = "문의 바구니에 담기", "Add to inquiry basket";
    picks_none = "담을 제품을 먼저 골라 주세요. 제품 이름 앞의 네모를 누르면 골라져요.", "Please tick a product first. The boxes stand before the names.";
    picks_gone(count: usize) = "{count}개는 그사이 내려가서 담지 못했어요.", "{count} could not be added: taken down meanwhile.";
    picks_all_gone = "고른 제품이 그사이 모두 내려가서 담지 못했어요.", "What you ticked was taken down meanwhile, so nothing was added.";
    picks_too_many(most: usize, room: usize) = "바구니에는 {most}개까지 담을 수 있고, 지금은 {room}개를 더 담을 수 있어요. 아무것도 담지 않았으니 조금 덜 골라서 다시 눌러 주세요.", "The basket holds {most} products and has room for {room} more. Nothing was added: please untick some and try again.";
    open = "바구니 보기", "Open the basket";
    full = "바구니가 가득 찼어요. 먼저 보내거나 덜어 내 주세요.", "The basket is full. Please send it or remove something first.";
    empty_title = "바구니가 비어 있어요", "The basket is empty";
    empty_text = "제품 옆의 ‘바구니에 담기’를 누르면 여기에 모여요. 여러 공급사에 한 번에 물을 수 있어요.", "Press “Add to basket” beside a product. You can then ask several vendors at once.";
    remove = "빼기", "Remove";
    remove_this(title: &str) = "빼기: {title}", "Remove: {title}";
    gone = "지금은 내려간 제품이라 물을 수 없어요.", "This product was taken down and cannot be asked about.";
    field_quantity = "필요한 수량", "How many do you need?";
    field_quantity_hint(example: &str) = "예: {example}", "For example {example}";
    more = "규격, 희망 단가, 필요한 날 적기", "Add specification, target price or date";
    field_spec = "규격과 조건", "Specification and terms";
    field_target = "희망 단가", "Target price";
    field_target_hint = "예: 1,200원", "For example 1,200 KRW";
    field_due = "필요한 날", "Needed by";
    common = "모든 공급사에 보낼 글", "What all vendors will read";
    field_body = "궁금한 점", "What would you like to know?";
    field_body_hint = "받을 곳, 용도, 결제 조건처럼 모두에게 같은 내용을 적어 주세요.", "What is the same for all: place of delivery, use, terms of payment.";
    preview = "보내기 전에 보기", "Preview";
    preview_title = "이렇게 보내요", "This is what they will read";
    preview_text(count: usize) = "공급사 {count}곳이 아래 글을 따로따로 받아요.", one(count) "{count} vendor gets the text below.", "Each of these {count} vendors gets only its own part.";
    send(count: usize) = "{count}곳에 보내기", one(count) "Send to {count} vendor", "Send to {count} vendors";
    edit = "고치기", "Edit";
    already = "이 제품으로 이미 묻고 있는 문의가 있어요:", "You are already asking about this product:";
    product = "제품", "Product";
    items = "묻는 제품", "Products";
    vendors = "공급사별 문의", "By vendor";
    sent_title(count: usize) = "공급사 {count}곳에 보냈어요", one(count) "Sent to {count} vendor", "Sent to {count} vendors";
    sent_text = "공급사마다 메일과 알림으로 전했어요. 답이 오면 알려 드려요.", "Each vendor has been told. We tell you about each answer.";
    together_open = "함께 물은 문의와 견적 모아 보기", "See all inquiries and quotes of this request";
    together_back = "함께 물은 문의로", "All inquiries of this request";
    together_title = "함께 물은 문의", "Asked together";
    together_over = "모두 끝난 문의예요", "All of these inquiries are over";
    together_over_text = "견적요청을 올리면 맞는 공급사가 먼저 견적을 보내요.", "Post a request, and makers whom it fits send you quotes.";
    together_asked(when: &str) = "{when}에 보냄", "Sent {when}";
    confirm_title(count: usize) = "공급사 {count}곳에 보낼까요?", one(count) "Send to {count} vendor?", "Send to {count} vendors?";
    confirm_send = "문의 보내기", "Send the inquiries";
    confirm_done_title = "이미 보낸 문의예요", "These inquiries have been sent";
    some_gone(count: usize) = "그사이 내려간 제품 {count}개는 빼고 보내요.", one(count) "{count} product was taken down meanwhile and is left out.", "{count} products were taken down meanwhile and are left out.";
    some_left_out(names: &str) = "이 공급사에는 보내지 않아요: {names} (내가 일하는 회사이거나, 지금 내 문의를 받지 않는 곳이에요.)", "Not sent to: {names} (your own company, or one that does not take your inquiries now).";
}

/// How many of those that were ticked lie in the basket now.
pub fn picks_added(lang: crate::i18n::Lang, count: usize) -> String {
    match (lang, count) {
        (crate::i18n::Lang::Ko, _) => format!("제품 {count}개를 바구니에 담았어요."),
        (crate::i18n::Lang::En, 1) => "1 product is in your basket now.".to_owned(),
        (crate::i18n::Lang::En, _) => format!("{count} products are in your basket now."),
    }
}
