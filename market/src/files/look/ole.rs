//! The container of Office up to 2003 and of 한글: which program wrote it, and whether it carries macros. The entries of
//! its directory are 128 bytes long and stand at multiples of 128, so they are found without following its chains.

use super::{FileKind, FileRefusal};

/// First bytes of the container.
pub(super) const SIGNATURE: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

const PROGRAMS: [(&str, FileKind); 6] = [
    ("WordDocument", FileKind::Doc),
    ("Workbook", FileKind::Xls),
    ("Book", FileKind::Xls),
    ("PowerPoint Document", FileKind::Ppt),
    ("HwpSummaryInformation", FileKind::Hwp),
    ("FileHeader", FileKind::Hwp),
];
const MACROS: [&str; 4] = ["_VBA_PROJECT", "_VBA_PROJECT_CUR", "VBA", "Macros"];
const ENTRY: usize = 128;

/// What the directory named so far.
#[derive(Debug, Default)]
pub(super) struct Names {
    kind: Option<FileKind>,
    macros: bool,
}

impl Names {
    /// Takes a piece that begins at a multiple of 128.
    pub(super) fn take(&mut self, piece: &[u8]) {
        for entry in piece.chunks_exact(ENTRY) {
            let Some(name) = name_of(entry) else { continue };
            if self.kind.is_none() {
                self.kind = PROGRAMS.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind);
            }
            self.macros |= MACROS.contains(&name.as_str());
        }
    }

    pub(super) fn verdict(&self) -> Result<(FileKind, bool), FileRefusal> {
        let kind = self.kind.ok_or(FileRefusal::NotTaken { found: None })?;
        Ok((kind, self.macros))
    }
}

/// The name of a directory entry: UTF-16 with its length in bytes behind it, the closing zero counted.
fn name_of(entry: &[u8]) -> Option<String> {
    let length = usize::from(u16::from_le_bytes([*entry.get(64)?, *entry.get(65)?]));
    if !(4..=64).contains(&length) || length % 2 != 0 {
        return None;
    }
    let wide = entry.get(..length - 2)?.chunks_exact(2).map(|pair| match pair {
        [low, high] => u16::from_le_bytes([*low, *high]),
        _ => 0,
    });
    let name: String = char::decode_utf16(wide).collect::<Result<_, _>>().ok()?;
    Some(name.trim_start_matches(|c: char| c.is_control()).to_owned())
}
