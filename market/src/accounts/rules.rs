//! What may be an address, a name, a password. Pure; the same in the browser and on the server.

use unicode_normalization::UnicodeNormalization;

use crate::error::Problem;
use crate::text;

/// Fewest characters of a password.
pub const PASSWORD_MIN: usize = 10;
/// Most characters of a password.
pub const PASSWORD_MAX: usize = 200;
/// Most characters of a person's name.
pub const NAME_MAX: usize = 60;
/// Most characters of a company's name.
pub const COMPANY_MAX: usize = 80;
/// Longest address (RFC 5321).
const EMAIL_MAX: usize = 254;
/// Longest part before the @ (RFC 5321).
const LOCAL_MAX: usize = 64;
/// Longest label of a host name (RFC 1035).
const LABEL_MAX: usize = 63;

/// An e-mail address in the form in which it is stored and compared: lower case, plain ASCII.
///
/// Stricter than RFC 5322 on purpose: no quoted parts, comments, address literals or bare hosts, because no
/// reader of ours has one and every one of them is a slip of the finger. International addresses are refused by
/// name: our mail transport cannot reach them.
///
/// # Errors
/// `Required`, `TooLong`, `NotEmail`, or the rule `email.international`.
pub fn email(input: &str) -> Result<String, Problem> {
    let typed = text::line_within(&text::half_width(input), 1, EMAIL_MAX)?;
    if !typed.is_ascii() {
        let rule = typed.contains('@') && !typed.contains(' ');
        return Err(if rule { Problem::Rule("email.international".into()) } else { Problem::NotEmail });
    }
    let address = typed.to_ascii_lowercase();
    let (local, host) = address.rsplit_once('@').ok_or(Problem::NotEmail)?;
    if is_local(local) && is_host(host) { Ok(address) } else { Err(Problem::NotEmail) }
}

fn is_local(local: &str) -> bool {
    let allowed = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&b);
    (1..=LOCAL_MAX).contains(&local.len())
        && local.bytes().all(allowed)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
}

fn is_host(host: &str) -> bool {
    let labels: Vec<&str> = host.split('.').collect();
    let top = labels.last().copied().unwrap_or_default();
    labels.len() >= 2
        && labels.iter().all(|label| is_label(label))
        && top.len() >= 2
        && !top.bytes().all(|b| b.is_ascii_digit())
}

fn is_label(label: &str) -> bool {
    (1..=LABEL_MAX).contains(&label.len())
        && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

/// A person's name: one line, at least one letter or digit.
///
/// # Errors
/// `Required`, `TooLong`, or the rule `name.letters`.
pub fn name(input: &str) -> Result<String, Problem> {
    text::name_within(input, 1, NAME_MAX)
}

/// A telephone number or nothing.
///
/// # Errors
/// `NotPhone`.
pub fn phone(input: &str) -> Result<Option<String>, Problem> {
    if text::line(input).is_empty() { Ok(None) } else { text::telephone(input).map(Some) }
}

/// A company's name as a person tells it, or nothing.
///
/// # Errors
/// `TooLong`, or the rule `name.letters`.
pub fn company(input: &str) -> Result<Option<String>, Problem> {
    let company = text::name_within(input, 0, COMPANY_MAX)?;
    Ok((!company.is_empty()).then_some(company))
}

/// A new password for the account of `email`: long, not one of those everybody tries first, not the address.
/// Kept as typed but composed, so that the same Korean syllables match whichever keyboard made them.
///
/// # Errors
/// `Required`, `TooShort`, `TooLong`, or the rules `password.common`, `password.email`, `text.unreadable`.
pub fn new_password(input: &str, email: &str) -> Result<String, Problem> {
    let password = typed_password(input)?;
    let actual = text::length(&password);
    if actual < PASSWORD_MIN {
        return Err(Problem::TooShort { min: PASSWORD_MIN });
    }
    let plain = password.to_lowercase();
    let local = email.split('@').next().unwrap_or_default();
    if plain == email || (local.len() >= 4 && plain.trim_matches(|c: char| !c.is_alphabetic()) == local) {
        return Err(Problem::Rule("password.email".into()));
    }
    if is_common(&plain) { Err(Problem::Rule("password.common".into())) } else { Ok(password) }
}

/// A password as somebody types it to prove who they are: composed, of a length that may be hashed.
///
/// # Errors
/// `Required`, `TooLong`, or the rule `text.unreadable`.
pub fn typed_password(input: &str) -> Result<String, Problem> {
    // counted before composing: a body of a megabyte is not worth the work
    if input.chars().take(PASSWORD_MAX * 4 + 1).count() > PASSWORD_MAX * 4 {
        return Err(Problem::TooLong { max: PASSWORD_MAX, actual: text::length(input) });
    }
    let password: String = input.nfc().collect();
    match text::length(&password) {
        0 => Err(Problem::Required),
        actual if actual > PASSWORD_MAX => Err(Problem::TooLong { max: PASSWORD_MAX, actual }),
        _ if password.contains('\u{fffd}') => Err(Problem::Rule("text.unreadable".into())),
        _ => Ok(password),
    }
}

/// Passwords (and their beginnings) that every list of leaked ones starts with, digits around them left out.
const COMMON: [&str; 24] = [
    "password",
    "passw0rd",
    "p@ssword",
    "p@ssw0rd",
    "qwertyuiop",
    "qwerty",
    "qwer",
    "asdfghjkl",
    "asdf",
    "zxcvbnm",
    "iloveyou",
    "welcome",
    "letmein",
    "admin",
    "administrator",
    "changeme",
    "abc",
    "abcd",
    "test",
    "guest",
    "korea",
    "dkssudgktpdy",
    "비밀번호",
    "안녕하세요",
];

fn is_common(plain: &str) -> bool {
    let core = plain.trim_matches(|c: char| !c.is_alphabetic());
    let mut different: Vec<char> = plain.chars().collect();
    different.sort_unstable();
    different.dedup();
    different.len() <= 3
        || core.is_empty()
        || COMMON.contains(&core)
        || COMMON.contains(&plain)
        || is_run(plain)
        || is_repeated(plain)
}

/// `1234567890`, `abcdefghij`, `9876543210`.
fn is_run(plain: &str) -> bool {
    let codes: Vec<i64> = plain.chars().map(|c| i64::from(u32::from(c))).collect();
    [1, -1].into_iter().any(|step| codes.windows(2).all(|pair| matches!(pair, [a, b] if b - a == step)))
}

/// `qwerqwerqwer`: one short piece of at most four characters again and again.
fn is_repeated(plain: &str) -> bool {
    let chars: Vec<char> = plain.chars().collect();
    (1..=4).any(|period| {
        chars.len() >= period * 2
            && chars.iter().skip(period).zip(&chars).all(|(later, earlier)| later == earlier)
    })
}

/// Browser and system of a `User-Agent`, by name; empty when unknown.
pub fn device(user_agent: &str) -> (&'static str, &'static str) {
    let find = |table: &[(&str, &'static str)]| {
        table.iter().find(|(mark, _)| user_agent.contains(mark)).map_or("", |(_, name)| name)
    };
    let browser = find(&[
        ("KAKAOTALK", "KakaoTalk"),
        ("NAVER", "Naver"),
        ("Whale/", "Whale"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = find(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "macOS"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    (browser, system)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn takes_addresses_people_have() {
        for (typed, kept) in [
            ("kim@example.kr", "kim@example.kr"),
            (" Kim.Cheolsu@Example.CO.KR ", "kim.cheolsu@example.co.kr"),
            ("a@b-c.com", "a@b-c.com"),
            ("sales+market@xn--9t4b11yi5a.kr", "sales+market@xn--9t4b11yi5a.kr"),
            ("ｋｉｍ＠example．kr", "kim@example.kr"),
            ("o'hara@example.com", "o'hara@example.com"),
            ("test@iana.co-uk", "test@iana.co-uk"),
            ("1@123.com", "1@123.com"),
        ] {
            assert_eq!(email(typed), Ok(kept.into()), "{typed}");
        }
    }

    #[test]
    fn refuses_what_is_no_address() {
        for typed in [
            "@",
            "@io",
            "@iana.org",
            "test",
            "test@io",
            ".test@iana.org",
            "test.@iana.org",
            "test..iana@iana.org",
            "test_exa-mple.com",
            "test@-iana.org",
            "test@iana-.com",
            "test@.iana.org",
            "test@iana.org.",
            "test@iana..com",
            "test@iana.123",
            "test@iana.a",
            "\"test\"@iana.org",
            "test@[255.255.255.255]",
            "test@iana.org-",
            "te st@iana.org",
            "(comment)test@iana.org",
            "test@iana.org, b@c.kr",
            "a@b@c.kr",
            "test@iana/icann.org",
            "<a@b.kr>",
            "mailto:a b@c.kr",
        ] {
            assert_eq!(email(typed), Err(Problem::NotEmail), "{typed}");
        }
        assert_eq!(email(" \0"), Err(Problem::Required));
        assert_eq!(email(&format!("{}@example.kr", "a".repeat(65))), Err(Problem::NotEmail));
        assert_eq!(email(&format!("test@{}.com", "a".repeat(64))), Err(Problem::NotEmail));
        assert!(matches!(email(&format!("a@{}kr", "bbbb.".repeat(60))), Err(Problem::TooLong { .. })));
    }

    #[test]
    fn says_that_international_addresses_cannot_be_reached() {
        for typed in ["홍길동@example.kr", "kim@한국.kr", "kim@пример.рф"] {
            assert_eq!(email(typed), Err(Problem::Rule("email.international".into())), "{typed}");
        }
        assert_eq!(email("홍길동"), Err(Problem::NotEmail));
    }

    #[test]
    fn hidden_characters_leave_the_address() {
        assert_eq!(email("kim\u{200b}@exam\0ple.kr\u{202e}"), Ok("kim@example.kr".into()));
    }

    #[test]
    fn takes_long_passwords_and_refuses_the_first_guesses() {
        for fine in
            ["demo-passphrase-2026", "우리 공장 옆 은행나무", "correct horse battery", "  spaces count  "]
        {
            assert_eq!(new_password(fine, "kim@example.kr"), Ok(fine.into()), "{fine}");
        }
        for common in [
            "password123",
            "1234567890",
            "qwertyuiop",
            "aaaaaaaaaa",
            "abababababab",
            "9876543210",
            "abcdefghijkl",
            "qwer1234!!!!",
            "Password2026!",
        ] {
            assert_eq!(
                new_password(common, "kim@example.kr"),
                Err(Problem::Rule("password.common".into())),
                "{common}"
            );
        }
        assert_eq!(
            new_password("kim@example.kr", "kim@example.kr"),
            Err(Problem::Rule("password.email".into()))
        );
        assert_eq!(
            new_password("cheolsu20261124", "cheolsu@example.kr"),
            Err(Problem::Rule("password.email".into()))
        );
        assert_eq!(new_password("short", "kim@example.kr"), Err(Problem::TooShort { min: 10 }));
        assert!(matches!(new_password(&"x".repeat(201), ""), Err(Problem::TooLong { .. })));
        assert!(matches!(new_password(&"x".repeat(1_000_000), ""), Err(Problem::TooLong { .. })));
    }

    #[test]
    fn decomposed_korean_is_the_same_password() {
        let composed = "비밀 문장 열 글자 넘게";
        let decomposed: String = composed.nfd().collect();
        assert_ne!(composed, decomposed);
        assert_eq!(typed_password(&decomposed), Ok(composed.into()));
    }

    #[test]
    fn names_need_a_letter() {
        assert_eq!(name(" 홍 길동\n"), Ok("홍 길동".into()));
        assert_eq!(name("<b>&"), Ok("<b>&".into()));
        assert_eq!(name("..."), Err(Problem::Rule("name.letters".into())));
        assert_eq!(name("\u{202e}"), Err(Problem::Required));
        assert_eq!(name("\u{3164}"), Err(Problem::Required));
        assert_eq!(company("\u{3164}"), Ok(None));
        assert_eq!(company("..."), Err(Problem::Rule("name.letters".into())));
    }

    #[test]
    fn recognises_devices() {
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.0 Mobile/15E148 Safari/604.1";
        assert_eq!(device(phone), ("Safari", "iPhone"));
        assert_eq!(
            device(
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0 Safari/537.36 Edg/129.0"
            ),
            ("Edge", "Windows")
        );
        assert_eq!(device("curl/8"), ("", ""));
    }

    proptest! {
        #[test]
        fn nothing_typed_breaks_a_rule(typed in "\\PC*|.*|[a-z@.\\-]{0,80}") {
            if let Ok(kept) = email(&typed) {
                prop_assert_eq!(email(&kept), Ok(kept.clone()), "a kept address is its own form");
                prop_assert!(kept.is_ascii() && !kept.contains(char::is_whitespace));
            }
            let _ = name(&typed);
            let _ = phone(&typed);
            let _ = company(&typed);
            let _ = device(&typed);
            if let Ok(kept) = new_password(&typed, "kim@example.kr") {
                prop_assert_eq!(typed_password(&kept), Ok(kept.clone()));
            }
        }
    }
}
