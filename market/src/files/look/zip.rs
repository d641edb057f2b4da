//! Office and 한글 in their newer container: told from other archives by the names inside, which stand at its end. Nothing
//! is unfolded.

use std::io::{Read, Seek, SeekFrom};

use super::{FileKind, FileRefusal};

/// The record at the end, with the longest comment behind it.
const TAIL: u64 = 22 + 65_535;
/// Largest list of names that is read.
const MOST_NAMES: u64 = 4 * 1024 * 1024;
/// A document may unfold to this much, whatever it weighs.
const UNFOLDED: u64 = 64 * 1024 * 1024;
/// And beyond that to so many times its weight.
const TIMES: u64 = 100;

/// Kind and macros of a document in a container.
pub(super) fn office(file: &mut (impl Read + Seek)) -> Result<(FileKind, bool), FileRefusal> {
    let list = list_of_names(file)?;
    let mut seen = Seen::default();
    let mut rest = list.as_slice();
    while rest.starts_with(b"PK\x01\x02") {
        rest = seen.entry(rest).ok_or(FileRefusal::Broken)?;
    }
    if seen.unfolded > UNFOLDED && seen.unfolded > seen.packed.saturating_mul(TIMES) {
        return Err(FileRefusal::Bomb);
    }
    Ok((seen.kind.filter(|_| seen.is_document).ok_or(FileRefusal::Archive)?, seen.macros))
}

fn list_of_names(file: &mut (impl Read + Seek)) -> Result<Vec<u8>, FileRefusal> {
    let length = file.seek(SeekFrom::End(0))?;
    let from = length.saturating_sub(TAIL);
    file.seek(SeekFrom::Start(from))?;
    let mut tail = Vec::new();
    file.by_ref().take(TAIL).read_to_end(&mut tail)?;
    let at = tail.windows(4).rposition(|window| window == b"PK\x05\x06").ok_or(FileRefusal::Broken)?;
    let record = tail.get(at..).unwrap_or_default();
    let (size, start) = (number(record, 12, 4), number(record, 16, 4));
    let (Some(size), Some(start)) = (size, start) else { return Err(FileRefusal::Broken) };
    // sizes that do not fit belong to archives that no document needs
    if size > MOST_NAMES || start.saturating_add(size) > length {
        return Err(FileRefusal::Archive);
    }
    file.seek(SeekFrom::Start(start))?;
    let mut list = Vec::new();
    file.by_ref().take(size).read_to_end(&mut list)?;
    Ok(list)
}

fn number(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let bytes = bytes.get(at..at + length)?;
    Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

#[derive(Default)]
struct Seen {
    kind: Option<FileKind>,
    is_document: bool,
    macros: bool,
    packed: u64,
    unfolded: u64,
}

impl Seen {
    /// Reads one entry; gives what follows it.
    fn entry<'a>(&mut self, entry: &'a [u8]) -> Option<&'a [u8]> {
        self.packed = self.packed.saturating_add(number(entry, 20, 4)?);
        self.unfolded = self.unfolded.saturating_add(number(entry, 24, 4)?);
        let length = |at| number(entry, at, 2).and_then(|n| usize::try_from(n).ok());
        let name_ends = 46 + length(28)?;
        let name = entry.get(46..name_ends)?.to_ascii_lowercase();
        self.is_document |= name == b"[content_types].xml" || name == b"mimetype";
        self.macros |= name.ends_with(b"vbaproject.bin");
        let kinds: [(&[u8], FileKind); 4] = [
            (b"word/", FileKind::Docx),
            (b"xl/", FileKind::Xlsx),
            (b"ppt/", FileKind::Pptx),
            (b"contents/section", FileKind::Hwpx),
        ];
        let kind = kinds.into_iter().find(|(folder, _)| name.starts_with(folder));
        self.kind = self.kind.or(kind.map(|(_, kind)| kind));
        entry.get(name_ends + length(30)? + length(32)?..)
    }
}
