//! Pipes, fittings, flanges, valves, pumps, tanks.

use super::sheet::Sheet;

pub(super) fn pipe(sheet: &mut Sheet<'_>) {
    sheet.shape("M86 100H282V200H86z");
    sheet.thin("M86 114H282M86 186H282");
    sheet.shape("M282 100a18 50 0 1 1 0 100a18 50 0 1 1 0 -100z");
    sheet.shape("M282 114a13 36 0 1 1 0 72a13 36 0 1 1 0 -72z");
    sheet.line("M86 100q-14 25 0 50q14 25 0 50");
    sheet.axis("M60 150H320");
    sheet.across((1, "L"), (86.0, 282.0), 242.0, 200.0);
    sheet.down((0, "D"), (100.0, 200.0), 330.0, 300.0);
}

pub(super) fn elbow(sheet: &mut Sheet<'_>) {
    sheet.shape("M104 224V200A124 124 0 0 1 228 76H268V138H228A62 62 0 0 0 166 200V224z");
    sheet.line("M104 212H166M256 76V138");
    sheet.axis("M135 240V200A93 93 0 0 1 228 107H290M228 200V107M135 200H228");
    sheet.across((0, "D"), (104.0, 166.0), 256.0, 226.0);
    sheet.down((1, "A"), (107.0, 200.0), 312.0, 272.0);
}

pub(super) fn tee(sheet: &mut Sheet<'_>) {
    sheet.shape("M82 142H162Q172 140 172 128V76H228V128Q228 140 238 142H318V206H82z");
    sheet.line("M94 142V206M306 142V206M172 88H228");
    sheet.axis("M64 174H336M200 58V224");
    sheet.across((1, "L"), (82.0, 318.0), 246.0, 208.0);
    sheet.down((0, "D"), (142.0, 206.0), 344.0, 318.0);
}

pub(super) fn reducer(sheet: &mut Sheet<'_>) {
    let small = 28.0 + 40.0 * sheet.ratio((1, 25.0), (0, 50.0), 0.2, 0.85);
    let (top, bottom) = (150.0 - small, 150.0 + small);
    sheet.shape(&format!("M110 76H136Q176 78 208 {top}H290V{bottom}H208Q176 222 136 224H110z"));
    sheet.line(&format!("M122 76V224M278 {top}V{bottom}"));
    sheet.axis("M90 150H310");
    sheet.down((0, "D"), (76.0, 224.0), 84.0, 110.0);
    sheet.down((1, "d"), (top, bottom), 318.0, 290.0);
}

pub(super) fn flange(sheet: &mut Sheet<'_>) {
    sheet.circle(150.0, 146.0, 88.0);
    sheet.circle(150.0, 146.0, 40.0);
    sheet.pitch(150.0, 146.0, 66.0);
    for step in 0_u8..8 {
        let angle = (f32::from(step) * 45.0 + 22.5).to_radians();
        sheet.circle(round(150.0 + 66.0 * angle.cos()), round(146.0 + 66.0 * angle.sin()), 8.0);
    }
    sheet.cross(150.0, 146.0, 100.0);
    sheet.shape("M286 58h24v48h-24zM286 186h24v48h-24z");
    sheet.hatch((286.0, 58.0, 24.0, 48.0));
    sheet.hatch((286.0, 186.0, 24.0, 48.0));
    sheet.line("M286 106v80M310 106v80");
    sheet.axis("M274 146h50");
    sheet.across((0, "D"), (62.0, 238.0), 266.0, 146.0);
    sheet.across((1, "t"), (286.0, 310.0), 266.0, 234.0);
}

fn round(value: f32) -> f32 {
    (value * 10.0).round() / 10.0
}

/// Two flanged ends at height `y`.
fn flanged_ends(sheet: &mut Sheet<'_>, y: f32) {
    sheet.rect(78.0, y - 44.0, 16.0, 88.0);
    sheet.rect(306.0, y - 44.0, 16.0, 88.0);
    sheet.axis(&format!("M62 {y}H338"));
    sheet.across((1, "L"), (78.0, 322.0), y + 82.0, y + 44.0);
}

pub(super) fn gate_valve(sheet: &mut Sheet<'_>) {
    sheet.shape("M94 158H150Q164 148 168 132H232Q236 148 250 158H306V222H250Q200 246 150 222H94z");
    sheet.shape("M160 116H240V132H160zM178 116L188 74H212L222 116zM196 74V44H204V74z");
    sheet.shape("M146 40Q146 32 156 32H244Q254 32 254 40T244 48H156Q146 48 146 40z");
    sheet.thin("M170 40h60M192 116v-34M208 116v-34");
    sheet.axis("M200 20V240");
    flanged_ends(sheet, 190.0);
    sheet.down((0, "D"), (158.0, 222.0), 344.0, 322.0);
}

pub(super) fn ball_valve(sheet: &mut Sheet<'_>) {
    sheet.shape("M74 118H112V182H74zM288 118H326V182H288z");
    sheet.shape("M112 124H146Q168 98 200 98T254 124H288V176H254Q232 202 200 202T146 176H112z");
    sheet.circle(200.0, 150.0, 42.0);
    sheet.line("M176 116V184M224 116V184M160 136h80M160 164h80");
    sheet.thin("M82 118v64M90 118v64M98 118v64M302 118v64M310 118v64M318 118v64");
    sheet.shape("M186 98h28v-18h-28zM182 80v-14H334q8 0 8 -7t-8 -7H176q-8 0 -8 14v14z");
    sheet.axis("M56 150H344M200 34V220");
    sheet.across((1, "L"), (74.0, 326.0), 240.0, 184.0);
    sheet.down((0, "D"), (118.0, 182.0), 50.0, 74.0);
}

pub(super) fn check_valve(sheet: &mut Sheet<'_>) {
    sheet.shape("M94 122H132Q150 96 186 92H236Q262 96 268 122H306V190H268Q200 222 132 190H94z");
    sheet.shape("M172 74H250V92H172zM180 74V66H242V74z");
    sheet.line("M160 112L188 184M160 112a8 8 0 1 1 -6 -10");
    sheet.line("M120 156h42m-10 -6l10 6l-10 6");
    sheet.hidden("M188 122V190M94 132H150M306 132H250");
    flanged_ends(sheet, 156.0);
    sheet.down((0, "D"), (122.0, 190.0), 344.0, 322.0);
}

pub(super) fn butterfly_valve(sheet: &mut Sheet<'_>) {
    sheet.circle(170.0, 174.0, 74.0);
    sheet.circle(170.0, 174.0, 56.0);
    sheet.shape("M164 119q6 -4 12 0q14 55 0 110q-6 4 -12 0q-14 -55 0 -110z");
    sheet.shape("M160 100V60h20V100zM146 60V48h48V60z");
    sheet.shape("M152 48V34h140q8 0 8 7t-8 7z");
    for (x, y) in [(102.0, 106.0), (238.0, 106.0), (102.0, 242.0), (238.0, 242.0)] {
        sheet.circle(x, y, 9.0);
    }
    sheet.cross(170.0, 174.0, 88.0);
    sheet.rect(292.0, 100.0, 30.0, 148.0);
    sheet.line("M292 118h30M292 230h30");
    sheet.axis("M280 174h54");
    sheet.across((1, "t"), (292.0, 322.0), 272.0, 248.0);
    sheet.across((0, "D"), (114.0, 226.0), 284.0, 200.0);
}

pub(super) fn pump(sheet: &mut Sheet<'_>) {
    sheet.shape("M196 106H310V198H196z");
    sheet.thin("M216 106v92M234 106v92M252 106v92M270 106v92M288 106v92");
    sheet.shape("M310 116H330V188H310zM228 88H280V106H228z");
    sheet.shape("M176 126H196V178H176z");
    sheet.circle(128.0, 152.0, 52.0);
    sheet.circle(128.0, 152.0, 22.0);
    sheet.shape("M146 104V62H180V152H180Q178 120 146 104zM138 50H188V62H138z");
    sheet.shape("M76 216H326V230H76zM104 198H152V216H104zM214 198H296V216H214z");
    sheet.cross(128.0, 152.0, 66.0);
    sheet.axis("M60 152H346");
    sheet.across((0, "L"), (76.0, 326.0), 262.0, 230.0);
    sheet.down((1, "H"), (50.0, 230.0), 52.0, 138.0);
}

pub(super) fn tank(sheet: &mut Sheet<'_>) {
    sheet.shape("M140 88Q140 56 200 56T260 88V196Q260 228 200 228T140 196z");
    sheet.line("M140 88Q200 100 260 88M140 196Q200 208 260 196");
    sheet.shape(
        "M188 58V42H212V58zM182 42V34H218V42zM260 168H284V188H260zM284 162H292V194H284zM140 112H118V128H140z",
    );
    sheet.shape("M150 214L142 252H154L164 222zM250 214L258 252H246L236 222z");
    sheet.circle(200.0, 140.0, 20.0);
    sheet.thin("M200 140l10 -10");
    sheet.axis("M200 22V262M130 140H270");
    sheet.across((0, "D"), (140.0, 260.0), 278.0, 200.0);
    sheet.down((1, "H"), (56.0, 228.0), 90.0, 140.0);
}
