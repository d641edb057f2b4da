//! Names of files: cleaned of everything that could fool a reader or a disk, and written into a header.

use std::fmt::Write as _;

use super::FileKind;
use crate::text;

/// Longest name without its ending, in characters.
const STEM_MAX: usize = 100;

/// What a sender called a file, for somebody else's disk: no folders, no hidden characters, nothing that a file
/// system forbids.
pub(super) fn clean(typed: &str) -> String {
    let last = typed.rsplit(['/', '\\']).next().unwrap_or_default();
    let line: String = text::line(last)
        .chars()
        .map(|c| if matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\u{fffd}') { '_' } else { c })
        .collect();
    let line = line.trim_matches(['.', ' ']);
    let (stem, ending) = line.rsplit_once('.').unwrap_or((line, ""));
    let stem: String = stem.chars().take(STEM_MAX).collect();
    let ending: String = ending.chars().take(12).collect();
    match (stem.is_empty(), ending.is_empty()) {
        (true, true) => "file".to_owned(),
        (false, true) => stem,
        (true, false) => ending,
        (false, false) => format!("{stem}.{ending}"),
    }
}

/// The name with an ending that says what the file is: `offer.exe` that is a PDF becomes `offer.exe.pdf`.
pub(super) fn with_ending(name: &str, kind: FileKind) -> String {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    if ending.is_some_and(|ending| kind.extensions().contains(&ending.as_str())) {
        return name.to_owned();
    }
    format!("{name}.{}", kind.extensions().first().copied().unwrap_or("bin"))
}

/// Value of `Content-Disposition` after RFC 6266: plain letters for old programs, UTF-8 for all others.
pub fn disposition(name: &str) -> String {
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_graphic() && !matches!(c, '"' | '\\' | '%') || c == ' ' { c } else { '_' })
        .collect();
    let mut encoded = String::with_capacity(name.len() * 3);
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // writing to a String cannot fail
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_what_people_call_them() {
        assert_eq!(clean("도면 A-1 (최종).pdf"), "도면 A-1 (최종).pdf");
        assert_eq!(clean("C:\\Users\\kim\\견적.xlsx"), "견적.xlsx");
        // composed, as other systems write it
        assert_eq!(clean("\u{1100}\u{1161}.pdf"), "가.pdf");
    }

    #[test]
    fn nothing_in_a_name_fools_a_reader_or_a_disk() {
        assert_eq!(clean("../../etc/passwd"), "passwd");
        assert_eq!(clean("invoice\u{202e}fdp.exe"), "invoicefdp.exe");
        assert_eq!(clean("a\0b\r\nc\"<>|.pdf"), "ab c____.pdf");
        assert_eq!(clean("...."), "file");
        assert_eq!(clean(""), "file");
        assert!(text::length(&clean(&"가".repeat(5_000))) <= STEM_MAX);
        assert_eq!(with_ending("offer.exe", FileKind::Pdf), "offer.exe.pdf");
        assert_eq!(with_ending("offer.PDF", FileKind::Pdf), "offer.PDF");
        assert_eq!(with_ending("photo", FileKind::Jpeg), "photo.jpg");
    }

    #[test]
    fn the_header_carries_every_name() {
        let header = disposition("견적서 \"2\".pdf");
        assert_eq!(
            header,
            "attachment; filename=\"___ _2_.pdf\"; filename*=UTF-8''%EA%B2%AC%EC%A0%81%EC%84%9C%20%222%22.pdf"
        );
        assert!(disposition("a\r\nSet-Cookie: x").is_ascii() && !disposition("a\r\nb").contains('\n'));
    }
}
