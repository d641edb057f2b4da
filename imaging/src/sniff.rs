//! What a file is, by its content alone: names and declared types come from the sender and prove
//! nothing. Four kinds are taken; every other one is named, so the person learns what to do.

use crate::Refusal;
use infer::MatcherType;

/// A kind of image that is decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Jpeg,
    Png,
    Webp,
    Gif,
}

/// How many first bytes [`sniff`] wants to see.
pub(crate) const HEAD: usize = 4096;

/// The kind of a file that starts with `head`, or why it is not taken.
pub(crate) fn sniff(head: &[u8]) -> Result<Kind, Refusal> {
    match head {
        [] => Err(Refusal::Empty),
        [0xff, 0xd8, 0xff, ..] => Ok(Kind::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Ok(Kind::Png),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Ok(Kind::Gif),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(Kind::Webp),
        _ => Err(refusal(head)),
    }
}

fn refusal(head: &[u8]) -> Refusal {
    let iso_media = || iso_media(head);
    let by_start = || SIGNATURES.iter().find(|(start, _)| head.starts_with(start)).map(|row| row.1);
    let found = iso_media().or_else(by_start).or_else(|| markup(head)).or_else(|| guess(head));
    match found {
        Some(What::Heic) => Refusal::Heic,
        // begins like a kind that is taken, but not all the way
        Some(What::Image("jpg" | "png" | "gif" | "webp")) => Refusal::Broken,
        Some(What::Image(kind)) => Refusal::UnsupportedKind { kind },
        Some(What::Other(kind)) => Refusal::NotAnImage { kind: Some(kind) },
        None => Refusal::NotAnImage { kind: None },
    }
}

#[derive(Debug, Clone, Copy)]
enum What {
    Heic,
    Image(&'static str),
    Other(&'static str),
}

/// First bytes of kinds that people do send, with the name they know it by.
const SIGNATURES: &[(&[u8], What)] = &[
    (b"II*\0", What::Image("TIFF")),
    (b"MM\0*", What::Image("TIFF")),
    (b"II+\0", What::Image("TIFF")),
    (b"BM", What::Image("BMP")),
    (b"8BPS", What::Image("PSD")),
    (b"\0\0\x01\0", What::Image("ICO")),
    (b"\x01\xda", What::Image("SGI")),
    (b"\xff\x0a", What::Image("JPEG XL")),
    (b"\0\0\0\x0cJXL ", What::Image("JPEG XL")),
    (b"\0\0\0\x0cjP  ", What::Image("JPEG 2000")),
    (b"%PDF", What::Other("PDF")),
    (b"PK\x03\x04", What::Other("ZIP")),
    (b"PK\x05\x06", What::Other("ZIP")),
    // one container for 한글, Word 97, Excel 97 and others
    (b"\xd0\xcf\x11\xe0", What::Other("HWP/DOC/XLS")),
];

/// HEIC, AVIF and films share one container; the brands after `ftyp` tell them apart.
fn iso_media(head: &[u8]) -> Option<What> {
    let (size, rest) = head.split_first_chunk::<4>()?;
    let brands = rest.strip_prefix(b"ftyp")?;
    let length = usize::try_from(u32::from_be_bytes(*size)).ok()?.saturating_sub(8);
    let brands = brands.get(..length.min(brands.len()).min(256))?;
    let has = |wanted: &[&[u8]]| brands.chunks_exact(4).any(|brand| wanted.contains(&brand));
    if has(&[b"avif", b"avis"]) {
        return Some(What::Image("AVIF"));
    }
    if has(&[b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"]) {
        return Some(What::Heic);
    }
    Some(What::Other("MP4"))
}

/// SVG, HTML and XML have no signature: look at the first visible characters.
fn markup(head: &[u8]) -> Option<What> {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let text = text.to_ascii_lowercase();
    let contains = |needle: &[u8]| text.windows(needle.len()).any(|window| window == needle);
    if !text.starts_with(b"<") {
        return None;
    }
    let html: [&[u8]; 5] = [b"<!doctype html", b"<html", b"<head", b"<body", b"<script"];
    if html.iter().any(|start| text.starts_with(start)) {
        return Some(What::Other("HTML"));
    }
    if contains(b"<svg") {
        return Some(What::Image("SVG"));
    }
    (text.starts_with(b"<?xml") || text.starts_with(b"<!")).then_some(What::Other("XML"))
}

/// Everything else that is widely known.
fn guess(head: &[u8]) -> Option<What> {
    let known = infer::get(head)?;
    Some(match known.matcher_type() {
        MatcherType::Image => What::Image(known.extension()),
        _ => What::Other(known.extension()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telephone_photos_are_told_apart_from_films_and_avif() {
        assert_eq!(sniff(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"), Err(Refusal::Heic));
        let avif = sniff(b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf");
        assert_eq!(avif, Err(Refusal::UnsupportedKind { kind: "AVIF" }));
        let film = sniff(b"\0\0\0\x18ftypisom\0\0\0\0isommp42");
        assert_eq!(film, Err(Refusal::NotAnImage { kind: Some("MP4") }));
    }

    #[test]
    fn markup_is_seen_through_marks_blanks_and_case() {
        let svg = sniff(b"\xef\xbb\xbf \n<?xml version='1.0'?><!-- x --><SVG onload=x>");
        assert_eq!(svg, Err(Refusal::UnsupportedKind { kind: "SVG" }));
        let html = sniff(b"<!DOCTYPE html><svg>");
        assert_eq!(html, Err(Refusal::NotAnImage { kind: Some("HTML") }));
    }

    #[test]
    fn short_and_unknown_heads_are_refused_quietly() {
        for head in [&b"R"[..], b"RIFF", b"\0\0\0\x18ftyp", b"hello", b"\xff\xd8", b"<"] {
            assert!(matches!(sniff(head), Err(Refusal::NotAnImage { .. })), "{head:?}");
        }
        assert_eq!(sniff(b"GIF8"), Err(Refusal::Broken));
        assert_eq!(sniff(b""), Err(Refusal::Empty));
    }
}
