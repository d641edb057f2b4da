//! Words of asking others instead.

crate::words! {
    send(count: usize) = "고른 공급사에 같은 내용으로 묻기 ({count}곳까지)", "Ask the chosen vendors the same (up to {count})";
    along = "적으신 내용과 수량, 희망 단가, 필요한 날, 첨부 파일이 그대로 함께 가요.", "What you wrote goes along as it is, with quantities, target prices, days and files.";
    choose = "물어볼 공급사를 하나 이상 골라 주세요.", "Please choose at least one vendor.";
    already = "이미 다른 공급사에 물었거나, 그사이 답이 왔어요.", "Others were asked already, or an answer has come in.";
    why(region: &str, record: &str) = "같은 분류 · {region} · {record}", "Same category · {region} · {record}";
    see = "제품 보기", "See the product";
}
