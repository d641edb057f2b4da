//! Names of countries.

use super::Lang;

/// Countries of the forms: code, Korean name, English name; in the order of the English names.
pub const COUNTRIES: [(&str, &str, &str); 36] = [
    ("AU", "호주", "Australia"),
    ("AT", "오스트리아", "Austria"),
    ("BE", "벨기에", "Belgium"),
    ("BR", "브라질", "Brazil"),
    ("CA", "캐나다", "Canada"),
    ("CN", "중국", "China"),
    ("CZ", "체코", "Czechia"),
    ("DK", "덴마크", "Denmark"),
    ("FI", "핀란드", "Finland"),
    ("FR", "프랑스", "France"),
    ("DE", "독일", "Germany"),
    ("HK", "홍콩", "Hong Kong"),
    ("IN", "인도", "India"),
    ("ID", "인도네시아", "Indonesia"),
    ("IT", "이탈리아", "Italy"),
    ("JP", "일본", "Japan"),
    ("KR", "대한민국", "Korea"),
    ("MY", "말레이시아", "Malaysia"),
    ("MX", "멕시코", "Mexico"),
    ("NL", "네덜란드", "Netherlands"),
    ("NZ", "뉴질랜드", "New Zealand"),
    ("PH", "필리핀", "Philippines"),
    ("PL", "폴란드", "Poland"),
    ("SA", "사우디아라비아", "Saudi Arabia"),
    ("SG", "싱가포르", "Singapore"),
    ("ZA", "남아프리카공화국", "South Africa"),
    ("ES", "스페인", "Spain"),
    ("SE", "스웨덴", "Sweden"),
    ("CH", "스위스", "Switzerland"),
    ("TW", "대만", "Taiwan"),
    ("TH", "태국", "Thailand"),
    ("TR", "튀르키예", "Türkiye"),
    ("AE", "아랍에미리트", "United Arab Emirates"),
    ("GB", "영국", "United Kingdom"),
    ("US", "미국", "United States"),
    ("VN", "베트남", "Vietnam"),
];

/// The name of a country; a code that the forms do not offer stays as it is.
pub fn name(lang: Lang, code: &str) -> &str {
    COUNTRIES.iter().find(|(known, ..)| *known == code).map_or(code, |(_, ko, en)| lang.pick(ko, en))
}

/// What the forms offer, sorted by the names that are read.
pub fn choices(lang: Lang) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> =
        COUNTRIES.iter().map(|(code, ..)| ((*code).to_owned(), name(lang, code).to_owned())).collect();
    all.sort_by(|one, other| one.1.cmp(&other.1));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_have_names_in_both_languages() {
        assert_eq!((name(Lang::Ko, "GB"), name(Lang::En, "KR")), ("영국", "Korea"));
        assert_eq!(name(Lang::Ko, "XX"), "XX");
        let offered = choices(Lang::Ko);
        assert_eq!(offered.len(), COUNTRIES.len());
        assert_eq!(offered[0].1, "남아프리카공화국");
    }
}
