//! Addresses in a text that lead somewhere else: pages and chat rooms. The market's own pages and the sender's own
//! company (the part behind the @ of a proved address) are no other place.

/// Endings that make a bare name an address. What trades write with a dot and two letters (`SUS304.KS`, `도면.pdf`) is none.
const ENDINGS: [&str; 30] = [
    "com", "net", "org", "info", "biz", "shop", "store", "site", "online", "top", "xyz", "club", "vip",
    "live", "link", "app", "dev", "io", "me", "cc", "tv", "ly", "kr", "cn", "jp", "ru", "gl", "page", "work",
    "asia",
];
/// Mail boxes that everybody can have: their address says nothing about a company.
const OPEN_BOXES: [&str; 16] = [
    "gmail.com",
    "naver.com",
    "daum.net",
    "hanmail.net",
    "kakao.com",
    "nate.com",
    "outlook.com",
    "hotmail.com",
    "live.com",
    "yahoo.com",
    "yahoo.co.kr",
    "icloud.com",
    "proton.me",
    "protonmail.com",
    "qq.com",
    "163.com",
];

/// The first host in the text that is neither one of `own` nor below one of them.
pub fn leads_away(text: &str, own: &[String]) -> Option<String> {
    text.split(|c: char| {
        c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | '[' | ']' | '"' | '\'' | ',' | ';')
    })
    .filter_map(host)
    .find(|host| {
        !own.iter().any(|mine| {
            host == mine || host.strip_suffix(mine.as_str()).is_some_and(|sub| sub.ends_with('.'))
        })
    })
}

/// The host that a proved mail address speaks for; none for boxes that everybody can have.
pub fn own_host(email: &str) -> Option<String> {
    let host = email.rsplit_once('@')?.1.to_lowercase();
    (!OPEN_BOXES.contains(&host.as_str())).then_some(host)
}

/// The host of a word that is an address.
fn host(word: &str) -> Option<String> {
    let lower = word.to_lowercase();
    let (written_out, rest) = match lower.find("://") {
        Some(at) => (true, lower.get(at + 3..)?),
        None => (false, lower.as_str()),
    };
    let host: String =
        rest.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '@' | '_')).collect();
    // a mail address is a way to answer, not a way elsewhere
    if host.contains('@') {
        return None;
    }
    let host = host.trim_matches(|c: char| c == '.' || c == '-').trim_start_matches("www.").to_owned();
    let (name, ending) = host.rsplit_once('.')?;
    // 홈페이지는 example.com입니다: what follows the ending is a particle
    let ending: String = ending.chars().take_while(char::is_ascii_alphanumeric).collect();
    let known = ENDINGS.contains(&ending.as_str());
    if name.is_empty() || !(written_out || known) || ending.is_empty() {
        return None;
    }
    // 2.5t/1.0kr is a price, not a place
    if !written_out && !name.chars().any(char::is_alphabetic) {
        return None;
    }
    Some(format!("{name}.{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<String> {
        leads_away(text, &["gaon.co.kr".into(), "market.example".into()])
    }

    #[test]
    fn addresses_are_found_however_they_are_written() {
        for (text, host) in [
            ("자세한 것은 https://bit.ly/3xYz 를 보세요", "bit.ly"),
            ("홈페이지는 cheap-parts.com입니다.", "cheap-parts.com"),
            ("www.Deals.TOP/?a=1", "deals.top"),
            ("카톡: open.kakao.com/o/abc", "open.kakao.com"),
            ("(t.me/seller)", "t.me"),
            ("http://192.168.0.1/x", "192.168.0.1"),
        ] {
            assert_eq!(found(text).as_deref(), Some(host), "{text}");
        }
    }

    #[test]
    fn sizes_files_mails_and_own_pages_are_none() {
        for text in [
            "M8x1.25 SUS304 t=2.5 1.0kr",
            "도면.pdf 와 housing_v2.dwg 를 첨부했어요",
            "답은 purchase@other.com 으로 주세요",
            "우리 회사는 https://www.gaon.co.kr/about 이에요",
            "https://market.example/listings/bolt-1 이 제품이요",
            "KS B 1002.ISO 4014",
            "주문 번호 A.12-me",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
        assert_eq!(found("evilgaon.co.kr").as_deref(), Some("evilgaon.co.kr"));
    }

    #[test]
    fn a_box_that_everybody_has_speaks_for_nobody() {
        assert_eq!(own_host("kim@gaon.co.kr").as_deref(), Some("gaon.co.kr"));
        assert_eq!(own_host("kim@gmail.com"), None);
    }
}
