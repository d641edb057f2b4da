//! Kinds that their first bytes tell: pictures, drawings, models; and the names of what is refused.

use super::{FileKind, FileRefusal};

/// First bytes of kinds that are taken.
const TAKEN: &[(&[u8], FileKind)] = &[
    (b"\xff\xd8\xff", FileKind::Jpeg),
    (b"\x89PNG\r\n\x1a\n", FileKind::Png),
    (b"GIF87a", FileKind::Gif),
    (b"GIF89a", FileKind::Gif),
    (b"AutoCAD Binary DXF\r\n", FileKind::Dxf),
    (b"ISO-10303-21;", FileKind::Step),
];
/// First bytes of what people send and is not taken.
const REFUSED: &[(&[u8], &str)] = &[
    (b"MZ", "EXE"),
    (b"\x7fELF", "EXE"),
    (b"\xca\xfe\xba\xbe", "EXE"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7Z"),
    (b"\x1f\x8b", "GZ"),
    (b"{\\rtf", "RTF"),
    (b"8BPS", "PSD"),
    // our own decoders do not read these, so nobody could say that they are sound
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"BM", "BMP"),
    (b"ID3", "MP3"),
    (b"RIFF", "AVI/WAV"),
];

pub(super) fn kind(head: &[u8]) -> Result<FileKind, FileRefusal> {
    if let Some((_, kind)) = TAKEN.iter().find(|(start, _)| head.starts_with(start)) {
        return Ok(*kind);
    }
    match head {
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(FileKind::Webp),
        [b'A', b'C', b'1', b'0', a, b, ..] if a.is_ascii_digit() && b.is_ascii_digit() => Ok(FileKind::Dwg),
        [0, 0, 0, _, b'f', b't', b'y', b'p', ..] => film_or_photo(head),
        _ if is_dxf(head) => Ok(FileKind::Dxf),
        _ => Err(FileRefusal::NotTaken { found: known(head) }),
    }
}

fn film_or_photo(head: &[u8]) -> Result<FileKind, FileRefusal> {
    let brands = head.get(8..head.len().min(64)).unwrap_or_default();
    let has = |wanted: &[&[u8]]| brands.chunks_exact(4).any(|brand| wanted.contains(&brand));
    if has(&[b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis"]) {
        return Ok(FileKind::Heic);
    }
    let found = if has(&[b"avif", b"avis"]) { "AVIF" } else { "MP4" };
    Err(FileRefusal::NotTaken { found: Some(found) })
}

/// Pairs of a number and a value, one a line; comments are pairs with 999; the first other pair opens a section.
fn is_dxf(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head));
    let mut lines = text.lines().map(str::trim);
    loop {
        match (lines.next(), lines.next()) {
            (Some("999"), Some(_)) => {}
            (Some("0"), Some("SECTION")) => return true,
            _ => return false,
        }
    }
}

fn known(head: &[u8]) -> Option<&'static str> {
    if let Some((_, name)) = REFUSED.iter().find(|(start, _)| head.starts_with(start)) {
        return Some(name);
    }
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start().to_ascii_lowercase();
    let contains = |needle: &[u8]| text.windows(needle.len()).any(|window| window == needle);
    if !text.starts_with(b"<") {
        return None;
    }
    let html: [&[u8]; 5] = [b"<!doctype html", b"<html", b"<head", b"<body", b"<script"];
    if html.iter().any(|start| text.starts_with(start)) {
        return Some("HTML");
    }
    if contains(b"<svg") {
        return Some("SVG");
    }
    (text.starts_with(b"<?xml") || text.starts_with(b"<!")).then_some("XML")
}
