//! Spreadsheets: a plain workbook in the form of ECMA-376 (`.xlsx`), written without a library. Text stays text: no
//! cell is ever a formula. Not here: reading workbooks, charts, styles beyond a bold first row.

use std::fmt::Write as _;

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Words, as they are.
    Text(String),
    /// A decimal number such as `-12.50`; anything else is written as words.
    Number(String),
}

impl Cell {
    /// Words.
    pub fn text(words: impl Into<String>) -> Self {
        Self::Text(words.into())
    }

    /// A decimal number.
    pub fn number(digits: impl Into<String>) -> Self {
        Self::Number(digits.into())
    }

    /// The words of the cell.
    pub fn words(&self) -> &str {
        match self {
            Self::Text(words) | Self::Number(words) => words,
        }
    }
}

/// One sheet of a workbook; its first row is the heading.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Name on its tab.
    pub name: String,
    /// Rows of cells.
    pub rows: Vec<Vec<Cell>>,
}

/// Longest text of a cell in spreadsheets.
const CELL_MAX: usize = 32_767;
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const SHEET_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// Type of the bytes that [`xlsx`] gives.
pub const XLSX_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The workbook as the bytes of a file.
pub fn xlsx(sheets: &[Sheet]) -> Vec<u8> {
    let mut archive = Archive::default();
    archive.add("[Content_Types].xml", &content_types(sheets.len()));
    archive.add("_rels/.rels", &format!("{HEAD}<Relationships xmlns=\"{RELATIONS}\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"));
    archive.add("xl/workbook.xml", &workbook(sheets));
    archive.add("xl/_rels/workbook.xml.rels", &relations(sheets.len()));
    archive.add("xl/styles.xml", &styles());
    for (number, sheet) in (1..).zip(sheets) {
        archive.add(&format!("xl/worksheets/sheet{number}.xml"), &worksheet(sheet));
    }
    archive.finish()
}

fn content_types(sheets: usize) -> String {
    let mut out = format!(
        "{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"{SHEET_TYPE}.sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"{SHEET_TYPE}.styles+xml\"/>"
    );
    for number in 1..=sheets {
        let _ = write!(
            out,
            "<Override PartName=\"/xl/worksheets/sheet{number}.xml\" ContentType=\"{SHEET_TYPE}.worksheet+xml\"/>"
        );
    }
    out.push_str("</Types>");
    out
}

fn workbook(sheets: &[Sheet]) -> String {
    let mut out = format!("{HEAD}<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>");
    for (number, sheet) in (1..).zip(sheets) {
        let _ = write!(
            out,
            "<sheet name=\"{}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>",
            tab(number, &sheet.name)
        );
    }
    out.push_str("</sheets></workbook>");
    out
}

/// What a tab may be called: at most 31 characters, none of `:\/?*[]`, never empty.
fn tab(number: usize, name: &str) -> String {
    let plain: String = name.chars().filter(|c| !":\\/?*[]'".contains(*c)).take(31).collect();
    if plain.trim().is_empty() { format!("Sheet{number}") } else { escaped(&plain) }
}

fn relations(sheets: usize) -> String {
    let mut out = format!("{HEAD}<Relationships xmlns=\"{RELATIONS}\">");
    for number in 1..=sheets {
        let _ = write!(
            out,
            "<Relationship Id=\"rId{number}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"
        );
    }
    let _ = write!(
        out,
        "<Relationship Id=\"rId{}\" Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/></Relationships>",
        sheets + 1
    );
    out
}

/// Style 1 is the heading, style 0 everything else.
fn styles() -> String {
    format!(
        "{HEAD}<styleSheet xmlns=\"{MAIN}\"><fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts><fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills><borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs><cellXfs count=\"2\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/><xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/></cellXfs></styleSheet>"
    )
}

fn worksheet(sheet: &Sheet) -> String {
    let mut out = format!(
        "{HEAD}<worksheet xmlns=\"{MAIN}\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><sheetData>"
    );
    for (row, cells) in (1..).zip(&sheet.rows) {
        let _ = write!(out, "<row r=\"{row}\">");
        for (at, cell) in cells.iter().enumerate() {
            write_cell(&mut out, &format!("{}{row}", column(at)), row == 1, cell);
        }
        out.push_str("</row>");
    }
    out.push_str("</sheetData></worksheet>");
    out
}

fn write_cell(out: &mut String, at: &str, heading: bool, cell: &Cell) {
    let style = if heading { " s=\"1\"" } else { "" };
    let _ = match cell {
        Cell::Number(digits) if is_decimal(digits) => write!(out, "<c r=\"{at}\"{style}><v>{digits}</v></c>"),
        Cell::Text(words) | Cell::Number(words) if words.is_empty() => Ok(()),
        Cell::Text(words) | Cell::Number(words) => write!(
            out,
            "<c r=\"{at}\"{style} t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
            escaped(words)
        ),
    };
}

fn is_decimal(text: &str) -> bool {
    let plain = text.strip_prefix('-').unwrap_or(text);
    let (whole, decimals) = plain.split_once('.').unwrap_or((plain, "0"));
    // a spreadsheet keeps fifteen digits of a number; a longer one stays exact as words
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    digits(whole) && digits(decimals) && whole.len() + decimals.len() <= 15
}

/// `A`, `B` … `Z`, `AA` …
fn column(mut at: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(b'A' + u8::try_from(at % 26).unwrap_or_default());
        if at < 26 {
            break;
        }
        at = at / 26 - 1;
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}

/// Text inside an element or attribute; characters that no such file may hold are left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().take(CELL_MAX) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' | '\r' => out.push(c),
            c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
    out
}

/// A zip file whose parts are stored as they are.
#[derive(Default)]
struct Archive {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    parts: u16,
}

/// 1 January 2020: the same workbook always gives the same bytes.
const DOS_DATE: u16 = (40 << 9) | (1 << 5) | 1;

impl Archive {
    fn add(&mut self, name: &str, content: &str) {
        let offset = length(self.bytes.len());
        let mut common = Vec::new();
        // version 2.0, names in UTF-8, stored
        for half in [20_u16, 0x0800, 0, 0, DOS_DATE] {
            common.extend(half.to_le_bytes());
        }
        for word in [checksum(content.as_bytes()), length(content.len()), length(content.len())] {
            common.extend(word.to_le_bytes());
        }
        common.extend(u16::try_from(name.len()).unwrap_or(u16::MAX).to_le_bytes());
        common.extend(0_u16.to_le_bytes());
        self.bytes.extend(b"PK\x03\x04");
        self.bytes.extend(&common);
        self.bytes.extend(name.as_bytes());
        self.bytes.extend(content.as_bytes());
        self.directory.extend(b"PK\x01\x02\x14\x00");
        self.directory.extend(&common);
        // no comment, first disk, no attributes
        self.directory.extend([0; 10]);
        self.directory.extend(offset.to_le_bytes());
        self.directory.extend(name.as_bytes());
        self.parts += 1;
    }

    fn finish(mut self) -> Vec<u8> {
        let offset = length(self.bytes.len());
        self.bytes.extend(&self.directory);
        self.bytes.extend(b"PK\x05\x06\0\0\0\0");
        self.bytes.extend(self.parts.to_le_bytes());
        self.bytes.extend(self.parts.to_le_bytes());
        self.bytes.extend(length(self.directory.len()).to_le_bytes());
        self.bytes.extend(offset.to_le_bytes());
        self.bytes.extend(0_u16.to_le_bytes());
        self.bytes
    }
}

fn length(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

/// CRC-32 as zip files carry it.
fn checksum(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_and_columns_are_as_everybody_counts_them() {
        assert_eq!(checksum(b"123456789"), 0xcbf4_3926);
        let names: Vec<String> = [0, 25, 26, 51, 52, 701, 702].into_iter().map(column).collect();
        assert_eq!(names, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn nothing_is_a_formula_and_nothing_breaks_the_file() {
        let bytes = xlsx(&[Sheet { name: "견적 [비교]".into(), rows: sheet_rows() }]);
        let text = String::from_utf8_lossy(&bytes);
        assert!(text.starts_with("PK\u{3}\u{4}"));
        assert!(text.contains("<c r=\"A2\" t=\"inlineStr\"><is><t xml:space=\"preserve\">=1+1</t>"));
        assert!(text.contains("<c r=\"B2\"><v>96.5</v></c>"));
        assert!(text.contains("a&lt;b&gt;&amp;&quot;c</t>"));
        assert!(text.contains("1e9</t>") && text.contains("1234567890123456</t>"), "kept exactly, as words");
        assert!(text.contains("name=\"견적 비교\"") && !text.contains("<f>"));
        assert_eq!(
            bytes,
            xlsx(&[Sheet { name: "견적 [비교]".into(), rows: sheet_rows() }]),
            "the same bytes each time"
        );
    }

    fn sheet_rows() -> Vec<Vec<Cell>> {
        vec![
            vec![Cell::text("공급사"), Cell::text("단가")],
            vec![Cell::text("=1+1"), Cell::number("96.5")],
            vec![Cell::text("a<b>&\"\u{1}c"), Cell::number("1e9")],
            vec![Cell::text(""), Cell::number("1234567890123456")],
        ]
    }
}
