//! Cables, enclosures, lamps, circuit boards, sensors, connectors, panels of cells.

use std::fmt::Write as _;

use super::sheet::Sheet;

pub(super) fn cable(sheet: &mut Sheet<'_>) {
    sheet.shape("M62 122H196V178H62z");
    sheet.shape("M196 128H250V146H196zM196 154H250V172H196z");
    sheet.thin("M250 132H322M250 137H326M250 142H320M250 158H322M250 163H326M250 168H320");
    sheet.line("M62 122q-10 14 0 28t0 28");
    sheet.circle(322.0, 92.0, 32.0);
    sheet.circle(309.0, 92.0, 12.0);
    sheet.circle(335.0, 92.0, 12.0);
    sheet.axis("M54 150H338");
    sheet.across((1, "L"), (62.0, 196.0), 216.0, 180.0);
    sheet.down((0, "D"), (122.0, 178.0), 40.0, 58.0);
}

pub(super) fn enclosure(sheet: &mut Sheet<'_>) {
    sheet.shape("M96 76L128 52H302V196L270 222z");
    sheet.shape("M96 76H270V222H96z");
    sheet.line("M270 76L302 52");
    sheet.rounded((108.0, 88.0, 150.0, 122.0), 4.0);
    for (x, y) in [(116.0, 96.0), (250.0, 96.0), (116.0, 202.0), (250.0, 202.0)] {
        sheet.circle(x, y, 4.0);
    }
    sheet.circle(140.0, 222.0, 9.0);
    sheet.circle(183.0, 222.0, 9.0);
    sheet.circle(226.0, 222.0, 9.0);
    sheet.axis("M183 66V240M90 149H276");
    sheet.across((0, "W"), (96.0, 270.0), 262.0, 222.0);
    sheet.down((1, "H"), (76.0, 222.0), 62.0, 96.0);
    sheet.note((2, "D"), (290.0, 61.0), (318.0, 84.0));
}

pub(super) fn led_panel(sheet: &mut Sheet<'_>) {
    let wide = 104.0 + 52.0 * sheet.ratio((0, 600.0), (1, 600.0), 0.5, 3.0);
    let (left, right) = (190.0 - wide / 2.0, 190.0 + wide / 2.0);
    sheet.rect(left, 60.0, wide, 150.0);
    sheet.rect(left + 10.0, 70.0, wide - 20.0, 130.0);
    let mut dots = String::new();
    for row in 0_u8..5 {
        let mut x = left + 24.0;
        while x < right - 16.0 {
            let _ = write!(dots, "M{x} {}h6", 84.0 + f32::from(row) * 26.0);
            x += 20.0;
        }
    }
    sheet.thin(&dots);
    sheet.axis(&format!("M190 48V222M{} 135H{}", left - 14.0, right + 14.0));
    sheet.across((0, "W"), (left, right), 250.0, 210.0);
    sheet.down((1, "L"), (60.0, 210.0), right + 30.0, right);
}

pub(super) fn lamp(sheet: &mut Sheet<'_>) {
    sheet.shape("M112 96H288L304 190H96z");
    sheet.shape("M122 108H278L290 178H110z");
    let mut cells = String::new();
    for step in 1_u8..6 {
        let x = 110.0 + f32::from(step) * 30.0;
        let _ = write!(cells, "M{} 108L{x} 178", x + (200.0 - x) * 0.13);
    }
    sheet.thin(&cells);
    sheet.line("M116 143H284");
    sheet.shape("M96 190H304V206H96z");
    sheet.line("M88 206V128Q88 60 148 60H252Q312 60 312 128V206");
    sheet.circle(88.0, 160.0, 6.0);
    sheet.circle(312.0, 160.0, 6.0);
    sheet.axis("M200 48V222");
    sheet.across((0, "W"), (96.0, 304.0), 248.0, 208.0);
    sheet.down((1, "H"), (96.0, 206.0), 340.0, 312.0);
}

pub(super) fn pcb(sheet: &mut Sheet<'_>) {
    sheet.rounded((76.0, 64.0, 232.0, 154.0), 6.0);
    for (x, y) in [(90.0, 78.0), (294.0, 78.0), (90.0, 204.0), (294.0, 204.0)] {
        sheet.circle(x, y, 6.0);
    }
    sheet.shape("M150 104H216V170H150z");
    let mut pins = String::new();
    for step in 0_u8..7 {
        let at = 110.0 + f32::from(step) * 9.0;
        let _ = write!(pins, "M150 {at}h-8M216 {at}h8M{} 104v-8M{} 170v8", at + 46.0, at + 46.0);
    }
    sheet.line(&pins);
    sheet.shape("M246 88H282V112H246zM246 128H262V160H246zM272 128H288V160H272zM104 108H126V126H104zM104 140H126V176H104z");
    sheet.thin("M224 120H246M224 140h10v-40h12M142 120h-16M142 150h-16M183 178v20h70v-38M160 96V80h70");
    sheet.circle(158.0, 112.0, 3.0);
    sheet.across((0, "W"), (76.0, 308.0), 254.0, 220.0);
    sheet.down((1, "H"), (64.0, 218.0), 336.0, 308.0);
}

pub(super) fn sensor(sheet: &mut Sheet<'_>) {
    sheet.shape("M74 122H92V178H74zM92 116H232V184H92zM232 128H262V172H232z");
    let mut thread = String::new();
    for step in 0_u8..15 {
        let _ = write!(thread, "M{} 116V184", 98.0 + f32::from(step) * 9.0);
    }
    sheet.thin(&thread);
    sheet.shape("M120 100H138V200H120zM176 100H194V200H176z");
    sheet.line("M120 130h18M120 170h18M176 130h18M176 170h18M262 142C290 142 290 120 330 120M262 158C300 158 300 138 334 138");
    sheet.axis("M54 150H300");
    sheet.across((1, "L"), (74.0, 262.0), 236.0, 202.0);
    sheet.down((0, "d"), (116.0, 184.0), 48.0, 74.0);
}

pub(super) fn connector(sheet: &mut Sheet<'_>) {
    sheet.rounded((76.0, 96.0, 248.0, 92.0), 8.0);
    sheet.rounded((98.0, 108.0, 204.0, 68.0), 4.0);
    for row in 0_u8..2 {
        for column in 0_u8..8 {
            sheet.rect(110.0 + f32::from(column) * 23.0, 118.0 + f32::from(row) * 28.0, 14.0, 14.0);
        }
    }
    sheet.circle(87.0, 142.0, 5.0);
    sheet.circle(313.0, 142.0, 5.0);
    sheet.axis("M60 142H340M200 82V204");
    sheet.across((1, "W"), (76.0, 324.0), 238.0, 190.0);
    sheet.across((0, "p"), (117.0, 140.0), 68.0, 118.0);
}

pub(super) fn solar(sheet: &mut Sheet<'_>) {
    sheet.shape("M116 60H316L284 216H84z");
    let mut cells = String::new();
    for step in 1_u8..6 {
        let x = 116.0 + f32::from(step) * 33.3;
        let _ = write!(cells, "M{x:.1} 60L{:.1} 216", x - 32.0);
    }
    for step in 1_u8..4 {
        let y = 60.0 + f32::from(step) * 39.0;
        let x = 116.0 - f32::from(step) * 8.0;
        let _ = write!(cells, "M{x} {y}h200");
    }
    sheet.thin(&cells);
    sheet.line("M84 216V222H284L316 66V60");
    sheet.axis("M72 138H328M216 48L180 230");
    sheet.across((0, "W"), (84.0, 284.0), 256.0, 224.0);
    sheet.down((1, "H"), (60.0, 216.0), 344.0, 316.0);
}

pub(super) fn battery(sheet: &mut Sheet<'_>) {
    sheet.shape("M84 104L112 82H330V190L302 216z");
    sheet.shape("M84 104H302V216H84z");
    sheet.line("M302 104L330 82");
    sheet.shape("M112 96V78H140V96zM252 96V78H280V96z");
    sheet.line("M118 122h16M258 122h16M266 114v16M84 146H302");
    sheet.thin("M139 146V216M193 146V216M248 146V216");
    sheet.axis("M193 70V228");
    sheet.across((0, "W"), (84.0, 302.0), 252.0, 218.0);
    sheet.down((1, "H"), (104.0, 216.0), 54.0, 84.0);
}
