//! Bearings, gears, chains, seals, motors, cylinders, machines.

use std::fmt::Write as _;

use super::sheet::Sheet;

/// A wheel with `teeth` teeth between two radii; `tip` is how much of a pitch the top of a tooth takes.
fn toothed(sheet: &mut Sheet<'_>, (cx, cy): (f32, f32), (inner, outer): (f32, f32), (teeth, tip): (u8, f32)) {
    let pitch = std::f32::consts::TAU / f32::from(teeth);
    let mut path = String::new();
    for tooth in 0..teeth {
        let middle = f32::from(tooth) * pitch;
        for (offset, radius) in [(-0.3, inner), (-tip, outer), (tip, outer), (0.3, inner)] {
            let angle = middle + offset * pitch;
            let letter = if path.is_empty() { 'M' } else { 'L' };
            let _ = write!(path, "{letter}{:.1} {:.1}", cx + radius * angle.cos(), cy + radius * angle.sin());
        }
    }
    path.push('z');
    sheet.shape(&path);
}

pub(super) fn bearing(sheet: &mut Sheet<'_>) {
    sheet.circle(146.0, 146.0, 84.0);
    sheet.circle(146.0, 146.0, 70.0);
    sheet.circle(146.0, 146.0, 48.0);
    sheet.circle(146.0, 146.0, 36.0);
    for step in 0_u8..10 {
        let angle = (f32::from(step) * 36.0).to_radians();
        sheet.circle((146.0 + 59.0 * angle.cos()).round(), (146.0 + 59.0 * angle.sin()).round(), 10.0);
    }
    sheet.cross(146.0, 146.0, 98.0);
    sheet.shape("M280 62h46v48h-46zM280 182h46v48h-46z");
    sheet.hatch((280.0, 62.0, 46.0, 14.0));
    sheet.hatch((280.0, 216.0, 46.0, 14.0));
    sheet.circle(303.0, 86.0, 11.0);
    sheet.circle(303.0, 206.0, 11.0);
    sheet.line("M280 110v72M326 110v72");
    sheet.axis("M268 146h70");
    sheet.across((0, "d"), (110.0, 182.0), 258.0, 146.0);
    sheet.across((2, "B"), (280.0, 326.0), 258.0, 230.0);
    sheet.down((1, "D"), (62.0, 230.0), 48.0, 146.0);
}

pub(super) fn gear(sheet: &mut Sheet<'_>) {
    toothed(sheet, (180.0, 146.0), (82.0, 98.0), (24, 0.15));
    sheet.pitch(180.0, 146.0, 90.0);
    sheet.circle(180.0, 146.0, 62.0);
    sheet.circle(180.0, 146.0, 34.0);
    sheet.shape("M172 127.700V118H188V127.700A20 20 0 1 1 172 127.700z");
    sheet.cross(180.0, 146.0, 106.0);
    sheet.across((0, "D"), (82.0, 278.0), 272.0, 146.0);
    sheet.note((1, "z"), (246.0, 78.0), (300.0, 58.0));
}

pub(super) fn sprocket(sheet: &mut Sheet<'_>) {
    toothed(sheet, (160.0, 150.0), (70.0, 92.0), (14, 0.05));
    sheet.circle(160.0, 150.0, 24.0);
    for step in 0_u8..5 {
        let angle = (f32::from(step) * 72.0 - 90.0).to_radians();
        sheet.circle((160.0 + 46.0 * angle.cos()).round(), (150.0 + 46.0 * angle.sin()).round(), 12.0);
    }
    sheet.pitch(160.0, 150.0, 80.0);
    sheet.cross(160.0, 150.0, 106.0);
    for step in 0_u8..4 {
        let y = 80.0 + f32::from(step) * 36.0;
        sheet.shape(&format!("M292 {y}a12 12 0 0 1 24 0v30a12 12 0 0 1 -24 0z"));
        sheet.circle(304.0, y, 5.0);
        sheet.circle(304.0, y + 30.0, 5.0);
    }
    sheet.across((0, "D"), (68.0, 252.0), 274.0, 150.0);
    sheet.down((1, "p"), (80.0, 116.0), 334.0, 316.0);
}

pub(super) fn shaft(sheet: &mut Sheet<'_>) {
    sheet
        .shape("M66 132L72 126H124V174H72L66 168zM124 112H262V188H124zM262 126H326L332 132V168L326 174H262z");
    sheet.line("M72 126V174M326 126V174");
    sheet.shape("M282 142H312a8 8 0 0 1 0 16H282a8 8 0 0 1 0 -16z");
    sheet.thin("M124 118h138M124 182h138");
    sheet.axis("M50 150H350");
    sheet.across((1, "L"), (66.0, 332.0), 232.0, 190.0);
    sheet.down((0, "D"), (112.0, 188.0), 360.0, 262.0);
}

pub(super) fn oring(sheet: &mut Sheet<'_>) {
    sheet.circle(158.0, 146.0, 86.0);
    sheet.circle(158.0, 146.0, 66.0);
    sheet.pitch(158.0, 146.0, 76.0);
    sheet.cross(158.0, 146.0, 100.0);
    sheet.circle(306.0, 70.0, 10.0);
    sheet.circle(306.0, 222.0, 10.0);
    sheet.thin("M299 76l13 -13M301 79l13 -13M299 228l13 -13M301 231l13 -13M296 70v152M316 70v152");
    sheet.across((0, "d"), (92.0, 224.0), 266.0, 146.0);
    sheet.across((1, "W"), (296.0, 316.0), 266.0, 232.0);
}

pub(super) fn gasket(sheet: &mut Sheet<'_>) {
    sheet.rounded((70.0, 72.0, 220.0, 148.0), 26.0);
    sheet.rounded((104.0, 104.0, 152.0, 84.0), 30.0);
    for (x, y) in [(90.0, 92.0), (270.0, 92.0), (90.0, 200.0), (270.0, 200.0), (180.0, 88.0), (180.0, 204.0)]
    {
        sheet.circle(x, y, 7.0);
    }
    sheet.axis("M54 146H306M180 56V236");
    sheet.rect(322.0, 72.0, 8.0, 148.0);
    sheet.across((0, "L"), (70.0, 290.0), 262.0, 222.0);
    sheet.across((1, "t"), (322.0, 330.0), 262.0, 222.0);
}

pub(super) fn motor(sheet: &mut Sheet<'_>) {
    sheet.rounded((112.0, 84.0, 152.0, 124.0), 8.0);
    let mut fins = String::new();
    for step in 0_u8..11 {
        let _ = write!(fins, "M118 {}h140", 96.0 + f32::from(step) * 10.0);
    }
    sheet.thin(&fins);
    sheet.shape("M264 92H286V200H264zM286 120H296V172H286zM296 136H336V156H296zM112 88L88 96V196L112 204z");
    sheet.thin("M94 110v72M100 108v76M106 106v80");
    sheet.shape("M160 58H220V84H160z");
    sheet.shape("M128 208H164V226H128zM212 208H248V226H212zM116 226H260V236H116z");
    sheet.axis("M72 146H352M146 198V246M230 198V246");
    sheet.across((0, "L"), (88.0, 336.0), 266.0, 236.0);
    sheet.down((1, "H"), (146.0, 236.0), 60.0, 88.0);
}

pub(super) fn cylinder(sheet: &mut Sheet<'_>) {
    sheet.shape("M70 104H96V196H70zM204 104H234V196H204zM96 114H204V186H96z");
    sheet.thin("M96 124h108M96 176h108");
    sheet.shape("M234 128H246V172H234zM246 140H316V160H246zM316 142L336 142V158L316 158z");
    sheet.thin("M320 142v16M324 142v16M328 142v16M332 142v16");
    sheet.shape("M76 92H90V104H76zM210 92H224V104H210z");
    sheet.circle(83.0, 118.0, 4.0);
    sheet.circle(83.0, 182.0, 4.0);
    sheet.circle(219.0, 118.0, 4.0);
    sheet.circle(219.0, 182.0, 4.0);
    sheet.axis("M54 150H352");
    sheet.across((1, "L"), (70.0, 234.0), 232.0, 198.0);
    sheet.down((0, "D"), (114.0, 186.0), 48.0, 70.0);
}

pub(super) fn conveyor(sheet: &mut Sheet<'_>) {
    sheet.shape("M76 104H324a20 20 0 0 1 0 40H76a20 20 0 0 1 0 -40z");
    sheet.circle(76.0, 124.0, 13.0);
    sheet.circle(324.0, 124.0, 13.0);
    for step in 0_u8..6 {
        sheet.circle(116.0 + f32::from(step) * 34.0, 124.0, 8.0);
    }
    sheet.shape("M98 144H110V232H98zM290 144H302V232H290zM90 232H118V238H90zM282 232H310V238H282z");
    sheet.line("M110 196H290M110 206H290");
    sheet.shape("M130 66H172V104H130zM214 78H246V104H214z");
    sheet.axis("M76 100V152M324 100V152");
    sheet.across((0, "L"), (76.0, 324.0), 270.0, 238.0);
    sheet.down((1, "H"), (104.0, 238.0), 364.0, 344.0);
}

pub(super) fn machine(sheet: &mut Sheet<'_>) {
    sheet.shape("M84 78H316V228H84z");
    sheet.shape("M100 94H216V178H100z");
    sheet.thin("M158 94V178M108 102l30 30M108 116l18 18");
    sheet.shape("M236 94H300V140H236z");
    sheet.line("M244 126l12 -14l12 8l16 -16");
    for step in 0_u8..3 {
        sheet.circle(246.0 + f32::from(step) * 22.0, 158.0, 7.0);
    }
    sheet.line("M84 192H316");
    sheet.thin("M110 202v16M118 202v16M126 202v16M134 202v16M142 202v16");
    sheet.shape("M96 228H120V238H96zM280 228H304V238H280zM262 78V60H288V78z");
    sheet.axis("M200 52V248");
    sheet.across((0, "W"), (84.0, 316.0), 268.0, 238.0);
    sheet.down((1, "H"), (78.0, 238.0), 56.0, 84.0);
}

pub(super) fn gauge(sheet: &mut Sheet<'_>) {
    sheet.shape("M186 206H214V232H186zM178 232H222V242H178zM190 242H210V266H190z");
    sheet.circle(200.0, 124.0, 86.0);
    sheet.circle(200.0, 124.0, 76.0);
    let mut ticks = String::new();
    for step in 0_u8..11 {
        let angle = (135.0 + f32::from(step) * 27.0).to_radians();
        let _ = write!(
            ticks,
            "M{:.1} {:.1}L{:.1} {:.1}",
            200.0 + 66.0 * angle.cos(),
            124.0 + 66.0 * angle.sin(),
            200.0 + 54.0 * angle.cos(),
            124.0 + 54.0 * angle.sin()
        );
    }
    sheet.line(&ticks);
    sheet.line("M184 140L238 86");
    sheet.circle(200.0, 124.0, 7.0);
    sheet.thin("M194 246l14 4M194 252l14 4M194 258l14 4");
    sheet.axis("M200 26V278M100 124H300");
    sheet.down((0, "D"), (38.0, 210.0), 90.0, 200.0);
    sheet.note((1, "R"), (212.0, 254.0), (262.0, 240.0));
}
