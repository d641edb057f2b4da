//! Bolts, nuts, washers, anchors, screws.

use std::fmt::Write as _;

use super::sheet::Sheet;

/// Crests of a thread between two x.
fn thread(sheet: &mut Sheet<'_>, (from, to): (f32, f32), (top, bottom): (f32, f32)) {
    sheet.thin(&format!("M{from} {}H{to}M{from} {}H{to}", top + 4.0, bottom - 4.0));
    sheet.line(&format!("M{from} {top}V{bottom}"));
}

/// Shank from `x`, with chamfered end and thread.
fn shank(sheet: &mut Sheet<'_>, x: f32, length: f32, radius: f32) {
    let (top, bottom, end) = (150.0 - radius, 150.0 + radius, x + length);
    sheet.shape(&format!(
        "M{x} {top}H{}L{end} {}V{}L{} {bottom}H{x}z",
        end - 5.0,
        top + 4.0,
        bottom - 4.0,
        end - 5.0
    ));
    thread(sheet, (x + length * 0.42, end - 5.0), (top, bottom));
    sheet.line(&format!("M{} {top}V{bottom}", end - 5.0));
}

/// Length of the shank on paper for the length and diameter of dims 1 and 0.
fn shank_length(sheet: &Sheet<'_>) -> f32 {
    120.0 + 12.0 * sheet.ratio((1, 40.0), (0, 10.0), 1.0, 7.0)
}

pub(super) fn hex_bolt(sheet: &mut Sheet<'_>) {
    let length = shank_length(sheet);
    let start = 210.0 - length / 2.0;
    shank(sheet, start, length, 24.0);
    sheet.shape(&format!("M{start} 106H{}l-8 8v72l8 8H{start}z", start - 26.0));
    sheet.line(&format!("M{} 128H{start}M{} 172H{start}", start - 34.0, start - 34.0));
    sheet.axis(&format!("M{} 150H{}", start - 50.0, start + length + 16.0));
    sheet.across((1, "L"), (start, start + length), 224.0, 194.0);
    sheet.down((0, "d"), (126.0, 174.0), start + length + 22.0, start + length);
}

pub(super) fn socket_bolt(sheet: &mut Sheet<'_>) {
    let length = shank_length(sheet);
    let start = 216.0 - length / 2.0;
    shank(sheet, start, length, 22.0);
    sheet.rounded((start - 46.0, 112.0, 46.0, 76.0), 5.0);
    let mut knurl = String::new();
    for step in 0_u8..12 {
        let _ = write!(knurl, "M{} {}h30", start - 38.0, 118.0 + f32::from(step) * 5.8);
    }
    sheet.thin(&knurl);
    sheet.hidden(&format!("M{} 136h26l8 14l-8 14h-26", start - 46.0));
    sheet.axis(&format!("M{} 150H{}", start - 62.0, start + length + 16.0));
    sheet.across((1, "L"), (start, start + length), 224.0, 190.0);
    sheet.down((0, "d"), (128.0, 172.0), start + length + 22.0, start + length);
}

pub(super) fn nut(sheet: &mut Sheet<'_>) {
    sheet.shape("M205 150L170 210.600L100 210.600L65 150L100 89.400L170 89.400z");
    sheet.circle(135.0, 150.0, 60.0);
    sheet.circle(135.0, 150.0, 31.0);
    sheet.thin("M101 150A34 34 0 1 1 135 184");
    sheet.cross(135.0, 150.0, 82.0);
    sheet.shape("M258 93h48l8 10v94l-8 10h-48l-8 -10v-94z");
    sheet.line("M250 121h64M250 179h64");
    sheet.axis("M238 150h88");
    sheet.across((0, "d"), (104.0, 166.0), 246.0, 150.0);
    sheet.across((1, "m"), (250.0, 314.0), 246.0, 207.0);
}

pub(super) fn washer(sheet: &mut Sheet<'_>) {
    sheet.circle(160.0, 145.0, 76.0);
    sheet.circle(160.0, 145.0, 40.0);
    sheet.cross(160.0, 145.0, 92.0);
    sheet.rect(288.0, 69.0, 14.0, 36.0);
    sheet.rect(288.0, 185.0, 14.0, 36.0);
    sheet.hatch((288.0, 69.0, 14.0, 36.0));
    sheet.hatch((288.0, 185.0, 14.0, 36.0));
    sheet.line("M288 105v80M302 105v80");
    sheet.axis("M276 145h38");
    sheet.across((0, "d"), (120.0, 200.0), 250.0, 145.0);
    sheet.across((1, "t"), (288.0, 302.0), 250.0, 221.0);
}

pub(super) fn u_bolt(sheet: &mut Sheet<'_>) {
    sheet.shape("M112 222V128a76 76 0 0 1 152 0v94h-20v-94a56 56 0 0 0 -112 0v94z");
    sheet.thin("M116 222v-52M128 222v-52M248 222v-52M260 222v-52");
    sheet.line("M112 170h20M244 170h20");
    sheet.shape("M102 196h40v16h-40zM234 196h40v16h-40z");
    sheet.axis("M188 36v196M122 108v126M254 108v126");
    sheet.pitch(188.0, 128.0, 50.0);
    sheet.across((0, "D"), (132.0, 244.0), 256.0, 224.0);
    sheet.note((1, "d"), (264.0, 150.0), (300.0, 122.0));
}

pub(super) fn anchor(sheet: &mut Sheet<'_>) {
    sheet.shape("M70 132H232V168H70z");
    thread(sheet, (76.0, 158.0), (132.0, 168.0));
    sheet.shape("M232 132L252 126H318L330 132V168L318 174H252L232 168z");
    sheet.line("M318 126V174M252 126V174");
    sheet.thin("M258 138H312M258 162H312M258 150H312");
    sheet.shape("M112 118h26v64h-26z");
    sheet.line("M112 138h26M112 162h26");
    sheet.shape("M138 112h8v76h-8z");
    sheet.axis("M54 150H348");
    sheet.across((1, "L"), (70.0, 330.0), 226.0, 188.0);
    sheet.down((0, "d"), (132.0, 168.0), 46.0, 70.0);
}

pub(super) fn screw(sheet: &mut Sheet<'_>) {
    sheet.shape("M108 112Q82 116 82 150Q82 184 108 188L132 166V134z");
    sheet.shape("M132 136H286L318 150L286 164H132z");
    let mut path = String::new();
    for step in 0_u8..11 {
        let x = 146.0 + f32::from(step) * 13.0;
        let _ = write!(path, "M{x} 172l8 -44");
    }
    sheet.line(&path);
    sheet.hidden("M82 143h14v14h-14");
    sheet.axis("M66 150H334");
    sheet.across((1, "L"), (108.0, 318.0), 224.0, 188.0);
    sheet.down((0, "d"), (128.0, 172.0), 340.0, 290.0);
}

pub(super) fn spring(sheet: &mut Sheet<'_>) {
    let mut coils = String::from("M90 104L90 196");
    for step in 0_u8..9 {
        let x = 90.0 + f32::from(step) * 25.0;
        let _ = write!(coils, "M{x} 104L{} 196M{} 196L{} 104", x + 12.0, x + 12.0, x + 25.0);
    }
    coils.push_str("M315 104L315 196");
    sheet.line(&coils);
    let mut ends = String::new();
    for step in 0_u8..10 {
        let x = 90.0 + f32::from(step) * 25.0;
        let _ = write!(ends, "M{} 104a6 6 0 1 1 12 0a6 6 0 1 1 -12 0", x - 6.0);
        if step < 9 {
            let _ = write!(ends, "M{} 196a6 6 0 1 1 12 0a6 6 0 1 1 -12 0", x + 6.0);
        }
    }
    sheet.shape(&ends);
    sheet.axis("M70 150H335");
    sheet.across((1, "L"), (84.0, 321.0), 244.0, 204.0);
    sheet.down((0, "D"), (98.0, 202.0), 345.0, 321.0);
}
