//! Boards, insulation, profiles, sheets, mesh, ducts, filters, doors, bricks.

use std::fmt::Write as _;

use super::sheet::Sheet;

pub(super) fn board(sheet: &mut Sheet<'_>) {
    sheet.shape("M72 176L160 84H338L250 176z");
    sheet.shape("M72 176H250V202H72z");
    sheet.shape("M250 176L338 84V110L250 202z");
    sheet.hatch((72.0, 176.0, 178.0, 26.0));
    sheet.across((1, "W"), (72.0, 250.0), 238.0, 202.0);
    sheet.down((0, "t"), (176.0, 202.0), 46.0, 72.0);
    sheet.note((2, "L"), (296.0, 128.0), (324.0, 150.0));
}

pub(super) fn insulation(sheet: &mut Sheet<'_>) {
    sheet.shape("M120 74H316V206H120z");
    sheet.shape("M120 74a34 66 0 1 0 0 132a34 66 0 1 0 0 -132z");
    sheet.shape("M120 108a16 32 0 1 0 0 64a16 32 0 1 0 0 -64z");
    sheet.line("M316 74q12 33 0 66t0 66");
    sheet.thin("M98 92l10 12M90 118l14 4M90 160l14 -4M98 188l10 -12M142 92l-10 12M150 118l-14 4M150 160l-14 -4M142 188l-10 -12M154 90q40 8 80 0t80 0M160 190q40 -8 80 0t74 0");
    sheet.axis("M68 140H338");
    sheet.across((1, "L"), (120.0, 316.0), 246.0, 208.0);
    sheet.down((0, "D"), (108.0, 172.0), 60.0, 104.0);
}

pub(super) fn profile(sheet: &mut Sheet<'_>) {
    // one quarter of a slotted extrusion, turned four times
    sheet.rounded((124.0, 66.0, 152.0, 152.0), 6.0);
    sheet.shape(
        "M188 66v20h-22v14l22 22h24l22 -22v-14h-22v-20zM188 218v-20h-22v-14l22 -22h24l22 22v14h-22v20z",
    );
    sheet.shape(
        "M124 130h20v-22h14l22 22v24l-22 22h-14v-22h-20zM276 130h-20v-22h-14l-22 22v24l22 22h14v-22h20z",
    );
    sheet.circle(200.0, 142.0, 11.0);
    for (x, y) in [(140.0, 82.0), (260.0, 82.0), (140.0, 202.0), (260.0, 202.0)] {
        sheet.circle(x, y, 8.0);
    }
    sheet.cross(200.0, 142.0, 92.0);
    sheet.across((0, "W"), (124.0, 276.0), 256.0, 220.0);
    sheet.down((1, "H"), (66.0, 218.0), 308.0, 276.0);
}

pub(super) fn section(sheet: &mut Sheet<'_>) {
    sheet.shape("M134 60H154V192Q154 202 164 202H286V222H134z");
    sheet.hatch((134.0, 64.0, 20.0, 150.0));
    sheet.hatch((156.0, 202.0, 128.0, 20.0));
    sheet.axis("M176 48V234M122 180H300");
    sheet.across((1, "B"), (134.0, 286.0), 258.0, 222.0);
    sheet.down((0, "A"), (60.0, 222.0), 96.0, 134.0);
    sheet.across((2, "t"), (134.0, 154.0), 42.0, 60.0);
}

pub(super) fn sheet_metal(sheet: &mut Sheet<'_>) {
    for step in 0_u8..4 {
        let y = 176.0 - f32::from(step) * 13.0;
        sheet.shape(&format!("M66 {y}L140 {}H336L262 {y}z", y - 62.0));
        sheet.shape(&format!("M66 {y}H262V{}H66z", y + 6.0));
        sheet.shape(&format!("M262 {y}L336 {}v6L262 {}z", y - 62.0, y + 6.0));
    }
    sheet.across((1, "W"), (66.0, 262.0), 224.0, 184.0);
    sheet.down((0, "t"), (176.0, 182.0), 46.0, 66.0);
    sheet.note((2, "L"), (300.0, 148.0), (328.0, 176.0));
}

pub(super) fn bracket(sheet: &mut Sheet<'_>) {
    sheet.shape("M84 84H236V96H108V212H84z");
    sheet.shape("M236 84L306 60V72L236 96z");
    sheet.shape("M84 84L154 60H306L236 84z");
    sheet.line("M108 96V212M84 212H108");
    sheet.shape("M108 96L178 96V188L108 212z");
    sheet.shape("M176 72m-14 0a14 5 0 1 0 28 0a14 5 0 1 0 -28 0z");
    sheet.shape("M244 72m-14 0a14 5 0 1 0 28 0a14 5 0 1 0 -28 0z");
    sheet.shape("M142 142m-8 4a8 14 0 1 0 16 -6a8 14 0 1 0 -16 6z");
    sheet.across((0, "L"), (84.0, 236.0), 246.0, 214.0);
    sheet.down((1, "H"), (84.0, 212.0), 54.0, 84.0);
}

pub(super) fn mesh(sheet: &mut Sheet<'_>) {
    let step = 144.0 / (144.0 / (8.0 + 2.0 * sheet.number(1, 8.0)).clamp(12.0, 34.0)).round();
    let mut lines = String::new();
    let mut at = step;
    while at < 231.0 {
        let _ = write!(lines, "M{:.1} 62V206", 84.0 + at);
        if at < 143.0 {
            let _ = write!(lines, "M84 {:.1}H316", 62.0 + at);
        }
        at += step;
    }
    sheet.rect(84.0, 62.0, 232.0, 144.0);
    sheet.line(&lines);
    sheet.across((0, "W"), (84.0, 316.0), 244.0, 208.0);
    sheet.across((1, "w"), (84.0, 84.0 + step), 42.0, 62.0);
}

pub(super) fn duct(sheet: &mut Sheet<'_>) {
    sheet.shape("M82 112L138 68H330V160L274 206z");
    sheet.shape("M82 112H274V206H82z");
    sheet.shape("M96 124H260V194H96z");
    sheet.line("M274 112L330 68M96 124L82 112M260 124L274 112M260 194L274 206M96 194L82 206");
    sheet.thin("M110 102L286 102M292 90V190M96 124L120 106M312 76V174");
    sheet.axis("M178 56V220M70 159H286");
    sheet.across((0, "W"), (82.0, 274.0), 246.0, 208.0);
    sheet.down((1, "H"), (112.0, 206.0), 52.0, 82.0);
}

pub(super) fn spiral_duct(sheet: &mut Sheet<'_>) {
    sheet.shape("M98 92H296V208H98z");
    let mut seams = String::new();
    for step in 0_u8..9 {
        let x = 98.0 + f32::from(step) * 22.0;
        let _ = write!(seams, "M{x} 92q12 58 22 116");
    }
    sheet.thin(&seams);
    sheet.shape("M98 92a20 58 0 1 0 0 116a20 58 0 1 0 0 -116z");
    sheet.line("M296 92a20 58 0 0 1 0 116");
    sheet.axis("M62 150H338");
    sheet.across((1, "L"), (98.0, 296.0), 248.0, 210.0);
    sheet.down((0, "D"), (92.0, 208.0), 54.0, 78.0);
}

pub(super) fn diffuser(sheet: &mut Sheet<'_>) {
    for inset in [0.0, 18.0, 36.0, 54.0] {
        sheet.rect(114.0 + inset, 58.0 + inset, 160.0 - 2.0 * inset, 160.0 - 2.0 * inset);
    }
    sheet.line("M114 58L168 112M274 58L220 112M114 218L168 164M274 218L220 164");
    sheet.axis("M194 44V232M100 138H288");
    sheet.across((0, "W"), (114.0, 274.0), 256.0, 220.0);
    sheet.across((1, "N"), (168.0, 220.0), 36.0, 112.0);
}

pub(super) fn filter(sheet: &mut Sheet<'_>) {
    sheet.shape("M104 70L134 50H306V196L276 220z");
    sheet.rect(104.0, 70.0, 172.0, 150.0);
    sheet.line("M276 70L306 50");
    sheet.rect(118.0, 84.0, 144.0, 122.0);
    let mut pleats = String::new();
    for step in 0_u8..12 {
        let x = 118.0 + f32::from(step) * 12.0;
        let _ = write!(pleats, "M{x} 84L{} 206L{} 84", x + 6.0, x + 12.0);
    }
    sheet.thin(&pleats);
    sheet.across((0, "W"), (104.0, 276.0), 256.0, 222.0);
    sheet.down((1, "H"), (70.0, 220.0), 74.0, 104.0);
    sheet.note((2, "D"), (292.0, 60.0), (318.0, 90.0));
}

pub(super) fn door(sheet: &mut Sheet<'_>) {
    sheet.rect(126.0, 40.0, 128.0, 196.0);
    sheet.rect(138.0, 50.0, 104.0, 186.0);
    sheet.rect(152.0, 66.0, 76.0, 60.0);
    sheet.rect(152.0, 150.0, 76.0, 70.0);
    sheet.circle(232.0, 140.0, 4.0);
    sheet.line("M232 140h-14");
    sheet.hidden("M242 50L138 143L242 236");
    sheet.line("M96 236H284");
    sheet.across((0, "W"), (126.0, 254.0), 268.0, 238.0);
    sheet.down((1, "H"), (40.0, 236.0), 88.0, 126.0);
}

pub(super) fn brick(sheet: &mut Sheet<'_>) {
    sheet.shape("M76 132L150 84H330L256 132z");
    sheet.shape("M76 132H256V208H76z");
    sheet.shape("M256 132L330 84V160L256 208z");
    for x in [134.0, 184.0, 234.0] {
        sheet.shape(&format!("M{x} 108m-18 4l14 -12h30l-14 12z"));
    }
    sheet.thin("M90 150h14M120 176h10M160 152h16M200 182h12M220 156h10M100 194h8");
    sheet.across((0, "L"), (76.0, 256.0), 244.0, 210.0);
    sheet.down((2, "H"), (132.0, 208.0), 50.0, 76.0);
    sheet.note((1, "B"), (296.0, 182.0), (322.0, 206.0));
}
