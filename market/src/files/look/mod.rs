//! What a file is, by its content alone: names and declared types come from the sender and prove nothing. One pass
//! in small pieces; nothing is unfolded, decoded or run.

mod ole;
mod pdf;
mod plain;
mod zip;

use std::io::{Read, Seek, SeekFrom};

use sha2::{Digest, Sha256};

use super::{FileKind, FileRefusal};

/// First bytes that signatures stand in.
const HEAD: usize = 4096;
/// Bytes read at once.
const PIECE: usize = 64 * 1024;

/// What was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked {
    /// What it is.
    pub kind: FileKind,
    /// Carries macros or scripts.
    pub active: bool,
    /// Pages, when the document says so cheaply.
    pub pages: Option<i64>,
    /// SHA-256 of the bytes.
    pub sha256: [u8; 32],
}

/// Looks at a file.
///
/// # Errors
/// Why it is not taken.
pub fn look(file: &mut (impl Read + Seek)) -> Result<Looked, FileRefusal> {
    let head = head_of(file)?;
    if head.is_empty() {
        return Err(FileRefusal::Empty);
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        let (kind, active) = zip::office(file)?;
        return Ok(Looked { kind, active, pages: None, sha256: walk(file, |_, _| {})? });
    }
    if head.starts_with(&ole::SIGNATURE) {
        let mut names = ole::Names::default();
        let sha256 = walk(file, |piece, _| names.take(piece))?;
        let (kind, active) = names.verdict()?;
        return Ok(Looked { kind, active, pages: None, sha256 });
    }
    if head.starts_with(b"%PDF-") {
        let mut marks = pdf::Marks::default();
        let sha256 = walk(file, |piece, last| marks.take(piece, last))?;
        return Ok(Looked { kind: FileKind::Pdf, active: marks.active, pages: marks.pages(), sha256 });
    }
    let kind = plain::kind(&head)?;
    Ok(Looked { kind, active: false, pages: None, sha256: walk(file, |_, _| {})? })
}

fn head_of(file: &mut (impl Read + Seek)) -> std::io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(0))?;
    let mut head = Vec::with_capacity(HEAD);
    file.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    Ok(head)
}

/// Reads the whole file in pieces of equal length (the last may be shorter) and gives its digest.
fn walk(file: &mut (impl Read + Seek), mut see: impl FnMut(&[u8], bool)) -> std::io::Result<[u8; 32]> {
    file.seek(SeekFrom::Start(0))?;
    let (mut digest, mut piece) = (Sha256::new(), Vec::with_capacity(PIECE));
    loop {
        piece.clear();
        let read = file.by_ref().take(PIECE as u64).read_to_end(&mut piece)?;
        digest.update(&piece);
        see(&piece, read < PIECE);
        if read < PIECE {
            return Ok(digest.finalize().into());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn see(bytes: &[u8]) -> Result<FileKind, FileRefusal> {
        look(&mut Cursor::new(bytes)).map(|looked| looked.kind)
    }

    #[test]
    fn drawings_and_models_are_known_by_their_first_words() {
        assert_eq!(see(b"AC1032\0\0rest"), Ok(FileKind::Dwg));
        assert_eq!(see(b"ISO-10303-21;\nHEADER;"), Ok(FileKind::Step));
        assert_eq!(see(b"  0\r\nSECTION\r\n  2\r\nHEADER\r\n"), Ok(FileKind::Dxf));
        assert_eq!(see(b"999\nmade by hand\n0\nSECTION\n"), Ok(FileKind::Dxf));
        assert_eq!(see(b"AutoCAD Binary DXF\r\n\x1a\0"), Ok(FileKind::Dxf));
    }

    #[test]
    fn what_runs_or_shows_as_a_page_is_named_and_refused() {
        let not = |found| Err(FileRefusal::NotTaken { found: Some(found) });
        assert_eq!(see(b"MZ\x90\0\x03"), not("EXE"));
        assert_eq!(see(b"\x7fELF\x02"), not("EXE"));
        assert_eq!(see(b"<?xml version=\"1.0\"?><svg xmlns=\"x\">"), not("SVG"));
        assert_eq!(see(b"\xef\xbb\xbf  <!DOCTYPE html><p>"), not("HTML"));
        assert_eq!(see(b"<?xml version=\"1.0\"?><a>&b;</a>"), not("XML"));
        assert_eq!(see(b"#!/bin/sh\n"), Err(FileRefusal::NotTaken { found: None }));
        assert_eq!(see(b""), Err(FileRefusal::Empty));
    }

    #[test]
    fn a_document_tells_its_pages_and_its_scripts() {
        let page = "<< /Type /Page /Parent 1 0 R >>\n".repeat(3);
        let text = format!("%PDF-1.4\n<</Type/Pages/Count 3>>\n{page}");
        let looked = look(&mut Cursor::new(text.as_bytes())).unwrap();
        assert_eq!((looked.kind, looked.active, looked.pages), (FileKind::Pdf, false, Some(3)));
        let text = format!("{text}<< /S /JavaScript /JS (app.alert(1)) >>");
        assert!(look(&mut Cursor::new(text.as_bytes())).unwrap().active);
        // a page that straddles two pieces counts once
        let text = format!("%PDF-1.4{}{page}", " ".repeat(PIECE - 20));
        assert_eq!(look(&mut Cursor::new(text.as_bytes())).unwrap().pages, Some(3));
    }

    #[test]
    fn the_old_office_container_tells_its_program_and_macros() {
        let entry = |name: &str| {
            let mut bytes = vec![0_u8; 128];
            let wide: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
            bytes[..wide.len()].copy_from_slice(&wide);
            bytes[64..66].copy_from_slice(&u16::try_from(wide.len()).unwrap().to_le_bytes());
            bytes
        };
        let file = |names: &[&str]| {
            let mut bytes = ole::SIGNATURE.to_vec();
            bytes.resize(512, 0);
            for name in names {
                bytes.extend(entry(name));
            }
            bytes
        };
        assert_eq!(see(&file(&["Root Entry", "WordDocument"])), Ok(FileKind::Doc));
        assert_eq!(see(&file(&["Root Entry", "Workbook"])), Ok(FileKind::Xls));
        assert_eq!(see(&file(&["Root Entry", "FileHeader", "DocInfo"])), Ok(FileKind::Hwp));
        assert_eq!(see(&file(&["Root Entry"])), Err(FileRefusal::NotTaken { found: None }));
        let macros = file(&["Root Entry", "Workbook", "_VBA_PROJECT"]);
        assert!(look(&mut Cursor::new(macros)).unwrap().active);
    }
}
