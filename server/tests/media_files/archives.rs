//! Archives that unfold to far more than they weigh, made here: too heavy to keep, and only their sizes matter.

/// What the three archives of the collection are called, and their bytes.
pub fn bombs() -> Vec<(&'static str, Vec<u8>)> {
    let zeros = Part::run("zeros.bin", "", (0, 256 << 20), "", 0x2a0e_7dbb);
    let inner = archive(&[zeros]);
    let names: Vec<String> = (0..16).map(|n| format!("inner_{n:02}.zip")).collect();
    let nested: Vec<Part> = names.iter().map(|name| Part::packed(name, &inner)).collect();
    vec![
        ("zip/generated_bomb_nested_4GiB.zip", archive(&nested)),
        ("zip/generated_bomb_256MiB.zip", inner),
        ("zip/generated_bomb_xlsx_200MiB.xlsx", workbook()),
    ]
}

/// A workbook that is in order but for a cell of 200 MiB.
fn workbook() -> Vec<u8> {
    let types = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>";
    let book = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
         <sheets><sheet name=\"S\" sheetId=\"1\"/></sheets></workbook>";
    let before = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
         <worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row r=\"1\">\
         <c r=\"A1\" t=\"inlineStr\"><is><t>";
    let after = "</t></is></c></row></sheetData></worksheet>";
    archive(&[
        Part::packed("[Content_Types].xml", types.as_bytes()),
        Part::packed("xl/workbook.xml", book.as_bytes()),
        Part::run("xl/worksheets/sheet1.xml", before, (b'A', 200 << 20), after, 0xe2c5_da2d),
    ])
}

/// One file in an archive.
struct Part<'a> {
    name: &'a str,
    packed: Vec<u8>,
    unfolded: u32,
    checksum: u32,
}

impl<'a> Part<'a> {
    fn packed(name: &'a str, bytes: &[u8]) -> Self {
        let mut deflate = Deflate::default();
        deflate.bytes(bytes);
        let unfolded = u32::try_from(bytes.len()).unwrap();
        Self { name, packed: deflate.finish(), unfolded, checksum: checksum(bytes) }
    }

    /// One byte many times between two texts. Nobody has to write it out: its sum is known.
    fn run(name: &'a str, before: &str, (byte, times): (u8, u32), after: &str, checksum: u32) -> Self {
        let mut deflate = Deflate::default();
        before.bytes().for_each(|byte| deflate.literal(byte));
        deflate.literal(byte);
        (0..(times - 1) / LONGEST).for_each(|_| deflate.longest(1));
        (0..(times - 1) % LONGEST).for_each(|_| deflate.literal(byte));
        after.bytes().for_each(|byte| deflate.literal(byte));
        let unfolded = times + u32::try_from(before.len() + after.len()).unwrap();
        Self { name, packed: deflate.finish(), unfolded, checksum }
    }
}

fn archive(parts: &[Part<'_>]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for part in parts {
        let offset = u32::try_from(bytes.len()).unwrap();
        let mut common = Vec::new();
        // version 2.0, deflated, 1 January 2020
        for half in [20_u16, 0, 8, 0, 0x5021] {
            common.extend(half.to_le_bytes());
        }
        for word in [part.checksum, u32::try_from(part.packed.len()).unwrap(), part.unfolded] {
            common.extend(word.to_le_bytes());
        }
        common.extend(u16::try_from(part.name.len()).unwrap().to_le_bytes());
        common.extend([0; 2]);
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&common);
        bytes.extend(part.name.as_bytes());
        bytes.extend(&part.packed);
        directory.extend(b"PK\x01\x02\x14\0");
        directory.extend(&common);
        directory.extend([0; 10]);
        directory.extend(offset.to_le_bytes());
        directory.extend(part.name.as_bytes());
    }
    let (offset, count) = (u32::try_from(bytes.len()).unwrap(), u16::try_from(parts.len()).unwrap());
    bytes.extend(&directory);
    bytes.extend(b"PK\x05\x06\0\0\0\0");
    bytes.extend([count, count].map(u16::to_le_bytes).concat());
    bytes.extend([u32::try_from(directory.len()).unwrap(), offset].map(u32::to_le_bytes).concat());
    bytes.extend([0; 2]);
    bytes
}

fn checksum(bytes: &[u8]) -> u32 {
    let table: Vec<u32> = (0..256)
        .map(|byte: u32| (0..8).fold(byte, |sum, _| (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg())))
        .collect();
    !bytes.iter().fold(u32::MAX, |sum, byte| (sum >> 8) ^ table[usize::from(sum.to_le_bytes()[0] ^ byte)])
}

/// Longest stretch that one code repeats.
const LONGEST: u32 = 258;
/// How often what a run is packed to repeats itself: eight codes of thirteen bits.
const PERIOD: usize = 13;

/// Packs with the fixed codes of RFC 1951; it knows literals and the longest repetitions.
struct Deflate {
    bytes: Vec<u8>,
    pending: u32,
    bits: u32,
}

impl Default for Deflate {
    /// The only block, and its last, with fixed codes.
    fn default() -> Self {
        let mut block = Self { bytes: Vec::new(), pending: 0, bits: 0 };
        block.number(0b011, 3);
        block
    }
}

impl Deflate {
    /// Packs what repeats itself, as the packed run of an inner archive does.
    fn bytes(&mut self, bytes: &[u8]) {
        let longest = LONGEST as usize;
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            let before = at.checked_sub(PERIOD).and_then(|from| bytes.get(from..from + longest));
            if before.is_some() && before == bytes.get(at..at + longest) {
                self.longest(PERIOD);
                at += longest;
            } else {
                self.literal(*byte);
                at += 1;
            }
        }
    }

    /// Lowest bit first.
    fn number(&mut self, value: u32, bits: u32) {
        self.pending |= value << self.bits;
        self.bits += bits;
        while self.bits >= 8 {
            self.bytes.push(self.pending.to_le_bytes()[0]);
            self.pending >>= 8;
            self.bits -= 8;
        }
    }

    /// Codes stand with their highest bit first.
    fn code(&mut self, code: u32, bits: u32) {
        self.number(code.reverse_bits() >> (32 - bits), bits);
    }

    fn literal(&mut self, byte: u8) {
        let byte = u32::from(byte);
        if byte < 144 { self.code(0x30 + byte, 8) } else { self.code(0x190 + byte - 144, 9) }
    }

    /// The stretch that began so many bytes ago, 1 or `PERIOD`, once more.
    fn longest(&mut self, back: usize) {
        self.code(0xc5, 8);
        if back == 1 {
            self.code(0, 5);
        } else {
            // distances from thirteen on, and none more
            self.code(7, 5);
            self.number(0, 2);
        }
    }

    fn finish(mut self) -> Vec<u8> {
        self.code(0, 7);
        self.number(0, 7);
        self.bytes
    }
}
