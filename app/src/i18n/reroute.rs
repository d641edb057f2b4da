//! Words of asking others instead.

crate::words! {
    send = "고른 공급사에 같은 내용으로 묻기", "Ask the chosen vendors the same";
    along = "적으신 내용과 수량, 희망 단가, 필요한 날, 첨부 파일이 그대로 함께 가요.", "What you wrote goes along as it is, with quantities, target prices, days and files.";
    choose = "물어볼 공급사를 하나 이상 골라 주세요.", "Please choose at least one vendor.";
    already = "이미 다른 공급사에 물었거나, 그사이 답이 왔어요.", "Others were asked already, or an answer has come in.";
    why(alike: &str, region: &str, record: &str) = "{alike} · {region} · {record}", "{alike} · {region} · {record}";
    alike(same: u32, of: u32) = "규격 {of}가지 가운데 {same}가지가 같아요", "{same} of {of} specifications the same";
    same_category = "같은 분류", "Same category";
    see = "제품 보기", "See the product";
}
