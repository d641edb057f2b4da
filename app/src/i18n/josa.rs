//! Korean particles that depend on the last sound of the word before them.

/// The word with the right particle: `josa("볼트", "을", "를")` is `볼트를`. `with` follows a final consonant,
/// `without` a vowel. Digits and Latin letters go by how they are read aloud in Korean.
pub fn josa(word: &str, with: &str, without: &str) -> String {
    let closed = word.chars().rev().find(|c| c.is_alphanumeric()).is_some_and(|last| is_closed(last, with));
    format!("{word}{}", if closed { with } else { without })
}

fn is_closed(last: char, with: &str) -> bool {
    match last {
        // 로 follows ㄹ as it follows a vowel
        '가'..='힣' => {
            let jong = (last as u32 - '가' as u32) % 28;
            jong != 0 && !(with == "으로" && jong == 8)
        }
        '0' | '3' | '6' | 'm' | 'M' | 'n' | 'N' => true,
        '1' | '7' | '8' | 'l' | 'L' | 'r' | 'R' => with != "으로",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::josa;

    #[test]
    fn follows_the_last_sound() {
        assert_eq!(josa("볼트", "을", "를"), "볼트를");
        assert_eq!(josa("밸브‘M10’", "이", "가"), "밸브‘M10’이");
        assert_eq!(josa("서울", "으로", "로"), "서울로");
        assert_eq!(josa("강원", "으로", "로"), "강원으로");
    }
}
