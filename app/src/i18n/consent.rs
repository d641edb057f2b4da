//! Words of the consent to hand who asks, and what they ask, to vendors. 합니다체, because a consent is stated.

crate::words! {
    one(vendor: &str) = "{vendor}에 이름, 회사, 나라와 문의 내용을 제공하는 것에 동의합니다. (필수)", "I agree that my name, company, country and inquiry are passed to {vendor}. (required)";
    chosen = "문의하는 공급사에 이름, 회사, 나라와 문의 내용을 제공하는 것에 동의합니다. (필수)", "I agree that my name, company, country and inquiry are passed to the vendors I ask. (required)";
    answering = "이 요청에 답할 수 있는 공급사에 이름, 회사, 나라와 요청 내용을 제공하는 것에 동의합니다. (필수)", "I agree that my name, company, country and request are passed to the vendors that may answer it. (required)";
    joining = "문의하는 공급사에 이름, 회사, 나라와 문의 내용을 제공하는 것에 동의합니다. (선택)", "I agree that my name, company, country and inquiry are passed to the vendors I ask. (optional)";
    who_one(vendor: &str) = "{vendor}, 그리고 앞으로 직접 문의하거나 견적을 요청하는 공급사", "{vendor}, and vendors you ask, or request quotes from, later on";
    who_chosen = "지금 고른 공급사, 그리고 앞으로 직접 문의하거나 견적을 요청하는 공급사", "the vendors chosen here, and vendors you ask, or request quotes from, later on";
    who_answering = "고른 공개 범위에서 이 요청에 답할 수 있는 공급사(답하지 않아도 봅니다), 그리고 앞으로 직접 문의하거나 견적을 요청하는 공급사", "the vendors that may answer this request by the visibility you choose (also those that do not answer), and vendors you ask, or request quotes from, later on";
    who_joining = "직접 문의하거나 견적을 요청하는 공급사", "the vendors you ask or request quotes from";
    text(who: &str, years: i64) = "받는 곳: {who}. 항목: 이름, 회사, 나라, 메일 주소를 확인했는지, 이곳에서 문의하고 답한 횟수, 메시지를 읽은 때, 적은 내용과 첨부 파일. 목적: 문의에 답하고 견적을 보내는 것. 기간: 문의가 끝난 뒤 {years}년. 이메일과 전화번호는 견적을 받아들이기 전에는 제공하지 않습니다.", "Who: {who}. What: name, company, country, whether the e-mail address is confirmed, how often you asked and answered here, when you read a message, what you write and the files with it. Why: to answer and to quote. How long: {years} years after the inquiry ended. E-mail address and telephone number are not passed on before you accept a quote.";
    refusal_needed = "동의하지 않을 수 있으며, 그 경우 문의나 요청을 보낼 수 없습니다. 동의한 때와 내용의 판을 기록하고, 다음부터는 다시 묻지 않습니다. 동의는 언제든지 거둘 수 있습니다.", "You may refuse; the inquiry or request cannot be sent then. We record when you agreed and to which version, and do not ask again. You can withdraw at any time.";
    refusal_joining = "동의하지 않아도 가입할 수 있으며, 그 경우 처음 문의할 때 다시 여쭙니다. 동의는 언제든지 거둘 수 있습니다.", "You may refuse and still join; you are asked again with your first inquiry. You can withdraw at any time.";
    passes = "보내면 동의하신 대로 이름, 회사, 나라와 적으신 내용이 공급사에 전달돼요. 이메일 주소는 견적을 받아들이기 전에는 알리지 않아요.", "As you agreed, sending passes your name, company, country and what you wrote to the vendors. Your e-mail address is not told before you accept a quote.";
    taken_back = "거두면 다음에 문의할 때 다시 여쭤요. 이미 보낸 문의는 그 공급사에 남고, 열려 있는 공개 요청은 그 화면에서 끝낼 수 있어요.", "After withdrawing you are asked again with your next inquiry. Inquiries already sent stay with their vendors; requests that are open can be ended on their page.";
}
