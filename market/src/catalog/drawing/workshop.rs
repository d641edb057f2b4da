//! Tools, moulds, castings, furniture, instruments, papers, and the part that is nothing else.

use super::sheet::Sheet;

pub(super) fn spanner(sheet: &mut Sheet<'_>) {
    sheet.shape("M122 134H284Q288 122 300 118A34 34 0 1 1 300 182Q288 178 284 166H122Q118 176 106 182L112 162L98 150L112 138L106 118Q118 122 122 134z");
    sheet.shape(
        "M122 134Q116 116 94 112Q72 110 62 128L94 132L102 150L94 168L62 172Q72 190 94 188Q116 184 122 166z",
    );
    sheet.shape("M326 150L317 165.600H299L290 150L299 134.400H317z");
    sheet.thin("M140 144H270M140 156H270");
    sheet.axis("M44 150H358");
    sheet.across((1, "L"), (62.0, 342.0), 232.0, 186.0);
    sheet.down((0, "S"), (132.0, 168.0), 40.0, 62.0);
}

pub(super) fn drill(sheet: &mut Sheet<'_>) {
    sheet.shape("M60 138H150V162H60z");
    sheet.shape("M150 132H316L340 150L316 168H150z");
    sheet.line("M150 168Q176 168 186 150T222 132M186 168Q212 168 222 150T258 132M222 168Q248 168 258 150T294 132M258 168Q284 168 294 150T324 138M294 168L316 158");
    sheet.axis("M44 150H356");
    sheet.across((1, "L"), (60.0, 340.0), 222.0, 172.0);
    sheet.down((0, "d"), (132.0, 168.0), 366.0, 330.0);
}

pub(super) fn end_mill(sheet: &mut Sheet<'_>) {
    sheet.shape("M62 124H192V176H62zM192 128H322V172H192z");
    sheet.line("M192 172Q222 166 246 128M230 172Q262 166 286 128M270 172Q302 166 322 132M322 128V172");
    sheet.thin("M66 124v52M322 138l-8 12l8 12");
    sheet.axis("M46 150H340");
    sheet.across((1, "L"), (62.0, 322.0), 226.0, 178.0);
    sheet.down((0, "d"), (128.0, 172.0), 350.0, 322.0);
}

pub(super) fn wheel(sheet: &mut Sheet<'_>) {
    sheet.circle(166.0, 142.0, 88.0);
    sheet.circle(166.0, 142.0, 40.0);
    sheet.circle(166.0, 142.0, 16.0);
    sheet.thin("M110 100h8M138 74h8M180 82h8M220 120h8M226 160h8M200 200h8M150 206h8M104 180h8M92 140h8M128 116h6M206 92h6M214 184h6");
    sheet.cross(166.0, 142.0, 102.0);
    sheet.rect(300.0, 54.0, 12.0, 176.0);
    sheet.line("M300 126h12M300 158h12");
    sheet.across((0, "D"), (78.0, 254.0), 262.0, 142.0);
    sheet.across((1, "t"), (300.0, 312.0), 262.0, 230.0);
}

pub(super) fn mould(sheet: &mut Sheet<'_>) {
    sheet.shape("M92 70H308V90H92zM110 90H290V132H110zM110 138H290V180H110zM128 180H152V212H128zM248 180H272V212H248zM92 212H308V232H92z");
    sheet.shape("M160 118Q160 110 168 110H232Q240 110 240 118V138H224V126H176V138H160z");
    sheet.shape("M186 54H214V70H186z");
    sheet.hidden("M194 70V110M206 70V110M128 90V180M272 90V180");
    sheet.shape("M168 190H232V200H168z");
    sheet.axis("M200 42V244");
    sheet.across((0, "W"), (92.0, 308.0), 264.0, 234.0);
    sheet.down((1, "H"), (70.0, 232.0), 62.0, 92.0);
}

pub(super) fn casting(sheet: &mut Sheet<'_>) {
    sheet.shape("M70 196H330V226H70z");
    sheet.shape("M108 196Q132 180 134 142A66 66 0 0 1 266 142Q268 180 292 196z");
    sheet.circle(200.0, 142.0, 44.0);
    sheet.circle(200.0, 142.0, 32.0);
    sheet.hidden("M86 196V226M102 196V226M298 196V226M314 196V226");
    sheet.axis("M94 186V238M306 186V238M200 62V240M120 142H280");
    sheet.across((0, "L"), (70.0, 330.0), 262.0, 228.0);
    sheet.down((1, "H"), (142.0, 226.0), 350.0, 330.0);
    sheet.note((2, "D"), (223.0, 120.0), (292.0, 92.0));
}

pub(super) fn chair(sheet: &mut Sheet<'_>) {
    sheet.rounded((136.0, 40.0, 24.0, 96.0), 8.0);
    sheet.rounded((134.0, 148.0, 118.0, 20.0), 8.0);
    sheet.line("M148 136V152M166 122H224M224 122V148");
    sheet.shape("M188 168H204V212H188z");
    sheet.line("M196 212L140 228M196 212L252 228M196 212V230");
    sheet.circle(140.0, 234.0, 6.0);
    sheet.circle(252.0, 234.0, 6.0);
    sheet.circle(196.0, 236.0, 6.0);
    sheet.axis("M196 176V250");
    sheet.across((0, "W"), (134.0, 252.0), 268.0, 242.0);
    sheet.down((1, "H"), (40.0, 242.0), 96.0, 134.0);
}

pub(super) fn table(sheet: &mut Sheet<'_>) {
    sheet.shape("M66 118L116 88H338L300 118z");
    sheet.shape("M66 118H300V132H66z");
    sheet.shape("M300 118L338 88V102L300 132z");
    sheet.shape("M76 132H90V224H76zM276 132H290V224H276z");
    sheet.line("M312 123V206H322V115M104 132V206H112V132");
    sheet.shape("M196 132H276V164H196z");
    sheet.line("M226 148h20");
    sheet.across((0, "W"), (66.0, 300.0), 256.0, 226.0);
    sheet.down((1, "H"), (118.0, 224.0), 42.0, 66.0);
}

pub(super) fn rack(sheet: &mut Sheet<'_>) {
    sheet.shape("M96 44H106V236H96zM294 44H304V236H294z");
    for y in [70.0, 124.0, 178.0, 222.0] {
        sheet.rect(96.0, y, 208.0, 9.0);
    }
    sheet.shape("M120 92H160V124H120zM168 98H200V124H168zM226 144H282V178H226zM122 196H186V222H122z");
    sheet.thin("M120 108h40M226 160h56M154 196v26");
    sheet.axis("M200 34V244");
    sheet.across((0, "W"), (96.0, 304.0), 264.0, 238.0);
    sheet.down((1, "H"), (44.0, 236.0), 66.0, 96.0);
}

pub(super) fn pot(sheet: &mut Sheet<'_>) {
    sheet.shape("M112 122H288V200Q288 224 264 224H136Q112 224 112 200z");
    sheet.shape("M104 112H296V122H104zM120 112Q124 84 200 84T280 112z");
    sheet.shape("M184 84Q184 66 200 66T216 84z");
    sheet.line("M112 142H86V160H112M288 142H314V160H288");
    sheet.thin("M112 206H288");
    sheet.axis("M200 52V238");
    sheet.across((0, "D"), (112.0, 288.0), 260.0, 226.0);
    sheet.down((1, "H"), (122.0, 224.0), 340.0, 314.0);
}

pub(super) fn instrument(sheet: &mut Sheet<'_>) {
    sheet.shape("M62 142Q90 138 118 144L134 138H262L278 144Q312 138 330 120L336 126Q320 154 278 158L262 164H134L118 158Q90 156 62 150z");
    sheet.thin("M144 138v26M154 138v26M164 138v26M174 138v26M184 138v26M212 138v26M222 138v26M232 138v26M242 138v26M252 138v26");
    sheet.line("M134 138V164M262 138V164");
    sheet.axis("M46 150H350");
    sheet.across((0, "L"), (62.0, 336.0), 222.0, 160.0);
    sheet.down((1, "d"), (138.0, 164.0), 364.0, 262.0);
}

pub(super) fn document(sheet: &mut Sheet<'_>) {
    sheet.shape("M132 48H236L272 84V230H132z");
    sheet.line("M236 48V84H272");
    sheet.circle(176.0, 126.0, 22.0);
    sheet.shape("M212 108H256V144H212z");
    sheet.cross(176.0, 126.0, 30.0);
    sheet.thin("M148 170H256M148 182H256M148 194H230M148 212H190M212 206H256V220H212z");
    sheet.across((0, "W"), (132.0, 272.0), 262.0, 232.0);
    sheet.down((1, "H"), (48.0, 230.0), 302.0, 272.0);
}

pub(super) fn screen(sheet: &mut Sheet<'_>) {
    sheet.rounded((84.0, 62.0, 232.0, 146.0), 8.0);
    sheet.rect(98.0, 76.0, 204.0, 104.0);
    sheet.line("M112 160l30 -32l24 18l34 -42l28 26l30 -34");
    sheet.thin("M112 92h50M112 102h36M240 168h48");
    for x in [176.0, 200.0, 224.0] {
        sheet.circle(x, 194.0, 5.0);
    }
    sheet.shape("M184 208H216V224H184zM156 224H244V232H156z");
    sheet.across((0, "W"), (84.0, 316.0), 262.0, 234.0);
    sheet.down((1, "H"), (62.0, 208.0), 346.0, 316.0);
}

pub(super) fn part(sheet: &mut Sheet<'_>) {
    sheet.shape("M96 78H236V122H304V222H96z");
    sheet.circle(140.0, 116.0, 16.0);
    sheet.circle(260.0, 178.0, 22.0);
    sheet.shape("M128 172H188a12 12 0 0 1 0 24H128a12 12 0 0 1 0 -24z");
    sheet.cross(140.0, 116.0, 26.0);
    sheet.cross(260.0, 178.0, 32.0);
    sheet.axis("M108 184H208");
    sheet.across((0, "L"), (96.0, 304.0), 256.0, 224.0);
    sheet.down((1, "H"), (78.0, 222.0), 68.0, 96.0);
}
