//! Packaging, clothing, furniture, bottles, food packs, papers.

use super::sheet::Sheet;

pub(super) fn bag(sheet: &mut Sheet<'_>) {
    sheet.rounded((118.0, 56.0, 150.0, 168.0), 4.0);
    sheet.line("M118 80H268M118 86H268M118 206H268");
    sheet.shape("M181 68a12 6 0 1 0 24 0a12 6 0 1 0 -24 0z");
    sheet.thin("M134 100V196M252 100V196");
    sheet.axis("M193 44V236");
    sheet.across((0, "W"), (118.0, 268.0), 258.0, 226.0);
    sheet.down((1, "L"), (56.0, 224.0), 298.0, 268.0);
}

pub(super) fn pouch(sheet: &mut Sheet<'_>) {
    sheet.shape("M128 52H264L270 196Q270 228 196 228T122 196z");
    sheet.line("M127 74H265M122 200Q196 172 270 200");
    sheet.thin("M128 60h136M150 100H242V160H150z");
    sheet.line("M128 68l-6 3l6 3M264 68l6 3l-6 3");
    sheet.axis("M196 40V240");
    sheet.across((0, "W"), (122.0, 270.0), 262.0, 214.0);
    sheet.down((1, "H"), (52.0, 228.0), 300.0, 268.0);
}

pub(super) fn carton(sheet: &mut Sheet<'_>) {
    sheet.shape("M88 110L198 146V242L88 202z");
    sheet.shape("M198 146L308 110V202L198 242z");
    sheet.shape("M88 110L198 74L308 110L198 146z");
    sheet.line("M143 92L253 128");
    sheet.shape("M88 110L60 84L166 50L198 74zM308 110L338 84L232 50L198 74z");
    sheet.thin("M216 216v-22l14 -5v22zM240 208v-22l14 -5v22z");
    sheet.across((0, "L"), (88.0, 198.0), 270.0, 206.0);
    sheet.across((1, "W"), (198.0, 308.0), 270.0, 206.0);
    sheet.down((2, "H"), (110.0, 202.0), 346.0, 310.0);
}

pub(super) fn drum(sheet: &mut Sheet<'_>) {
    sheet.shape("M132 66V220Q132 238 200 238T268 220V66z");
    sheet.shape("M132 66a68 18 0 1 0 136 0a68 18 0 1 0 -136 0z");
    sheet.line("M132 114q0 16 68 16t68 -16M132 120q0 16 68 16t68 -16M132 168q0 16 68 16t68 -16M132 174q0 16 68 16t68 -16");
    sheet.shape("M224 62a10 4 0 1 0 20 0a10 4 0 1 0 -20 0zM160 68a6 2.500 0 1 0 12 0a6 2.500 0 1 0 -12 0z");
    sheet.axis("M200 36V250");
    sheet.across((0, "D"), (132.0, 268.0), 270.0, 226.0);
    sheet.down((1, "H"), (66.0, 236.0), 300.0, 268.0);
}

pub(super) fn bottle(sheet: &mut Sheet<'_>) {
    sheet.shape("M172 60H228V84Q228 96 242 108Q256 120 256 138V216Q256 230 242 230H158Q144 230 144 216V138Q144 120 158 108Q172 96 172 84z");
    sheet.shape("M166 36H234V62H166z");
    sheet.thin(
        "M174 36v26M182 36v26M190 36v26M198 36v26M206 36v26M214 36v26M222 36v26M144 150H256M144 204H256",
    );
    sheet.axis("M200 24V244");
    sheet.across((0, "D"), (144.0, 256.0), 264.0, 226.0);
    sheet.down((1, "H"), (36.0, 230.0), 296.0, 256.0);
}

pub(super) fn jar(sheet: &mut Sheet<'_>) {
    sheet.shape("M124 128H276V210Q276 228 258 228H142Q124 228 124 210z");
    sheet.shape("M116 84Q116 76 124 76H276Q284 76 284 84V128H116z");
    sheet.thin("M130 76v52M146 76v52M162 76v52M178 76v52M194 76v52M210 76v52M226 76v52M242 76v52M258 76v52M272 76v52");
    sheet.hidden("M140 136V200Q140 212 152 212H248Q260 212 260 200V136");
    sheet.axis("M200 62V242");
    sheet.across((0, "D"), (124.0, 276.0), 264.0, 226.0);
    sheet.down((1, "H"), (76.0, 228.0), 318.0, 284.0);
}

pub(super) fn can(sheet: &mut Sheet<'_>) {
    sheet.shape("M138 74V218Q138 232 200 232T262 218V74z");
    sheet.shape("M138 74a62 15 0 1 0 124 0a62 15 0 1 0 -124 0z");
    sheet.shape("M150 74a50 10 0 1 0 100 0a50 10 0 1 0 -100 0z");
    sheet.line("M138 98Q110 40 200 34T262 98M138 98Q90 10 200 14T262 98");
    sheet.thin("M138 128q0 14 62 14t62 -14M138 194q0 14 62 14t62 -14");
    sheet.axis("M200 60V246");
    sheet.across((0, "D"), (138.0, 262.0), 268.0, 224.0);
    sheet.down((1, "H"), (74.0, 230.0), 298.0, 262.0);
}

pub(super) fn pallet(sheet: &mut Sheet<'_>) {
    sheet.shape("M64 146L168 92H340L236 146z");
    sheet.thin("M98 146L202 92M132 146L236 92M168 146L272 92M202 146L306 92");
    sheet.shape("M64 146H236V156H64z");
    sheet.shape("M236 146L340 92V102L236 156z");
    sheet.shape("M64 156H96V186H64zM134 156H166V186H134zM204 156H236V186H204z");
    sheet.shape("M236 156L258 145V175L236 186zM284 131L300 123V153L284 161zM324 110L340 102V132L324 140z");
    sheet.shape("M64 186H236V196H64z");
    sheet.shape("M236 186L340 132V142L236 196z");
    sheet.across((0, "W"), (64.0, 236.0), 232.0, 198.0);
    sheet.down((2, "H"), (146.0, 196.0), 42.0, 64.0);
    sheet.note((1, "L"), (290.0, 170.0), (314.0, 196.0));
}

pub(super) fn cart(sheet: &mut Sheet<'_>) {
    sheet.shape("M88 180H288V194H88z");
    sheet.line("M288 180V96Q288 80 304 80H322M296 180V100Q296 90 306 88H322");
    sheet.shape("M92 116H272V180H92z");
    sheet.thin("M128 116v64M164 116v64M200 116v64M236 116v64M92 148H272");
    sheet.shape("M104 194H132L124 208H112zM244 194H272L264 208H252z");
    sheet.circle(118.0, 220.0, 15.0);
    sheet.circle(258.0, 220.0, 15.0);
    sheet.circle(118.0, 220.0, 4.0);
    sheet.circle(258.0, 220.0, 4.0);
    sheet.line("M70 235H330");
    sheet.across((0, "L"), (88.0, 288.0), 266.0, 236.0);
    sheet.down((1, "H"), (80.0, 235.0), 350.0, 322.0);
}

pub(super) fn glove(sheet: &mut Sheet<'_>) {
    sheet.shape("M146 236V176L112 140Q102 126 114 118T136 124L152 142V74Q152 62 163 62T174 74V128V58Q174 46 186 46T198 58V126V64Q198 52 209 52T220 64V130V84Q220 74 231 74T242 84V166Q242 184 234 196V236z");
    sheet.line("M146 206H234");
    sheet.thin(
        "M146 214H234M146 222H234M146 229H234M158 150q34 -14 74 0M160 166q34 -12 70 0M160 182q34 -10 70 0",
    );
    sheet.down((0, "L"), (46.0, 236.0), 282.0, 242.0);
    sheet.across((1, "W"), (146.0, 234.0), 266.0, 238.0);
}

pub(super) fn garment(sheet: &mut Sheet<'_>) {
    sheet.shape("M166 54Q200 74 234 54L282 78L314 156L282 170L262 124V232H138V124L118 170L86 156L118 78z");
    sheet.line("M166 54Q200 100 234 54M200 84V232");
    sheet.shape("M152 132H186V164H152zM214 132H248V164H214z");
    sheet.thin("M152 142h34M214 142h34M138 222H262M124 164l-28 -12M276 164l28 -12");
    sheet.axis("M200 40V246");
    sheet.across((0, "W"), (138.0, 262.0), 264.0, 234.0);
    sheet.down((1, "L"), (54.0, 232.0), 336.0, 238.0);
}

pub(super) fn shoe(sheet: &mut Sheet<'_>) {
    sheet.shape("M84 84H160V128Q178 148 222 154Q310 164 316 204V212H84z");
    sheet.shape("M78 212H320V230H78z");
    sheet.line("M84 108H160M262 164Q248 186 250 212");
    sheet.thin("M160 128l-22 10M172 140l-22 12M188 148l-20 14M206 152l-16 16M92 230v-10M112 230v-10M132 230v-10M152 230v-10M240 230v-10M260 230v-10M280 230v-10M300 230v-10");
    sheet.across((0, "L"), (78.0, 320.0), 262.0, 232.0);
    sheet.down((1, "H"), (84.0, 230.0), 54.0, 78.0);
}

pub(super) fn helmet(sheet: &mut Sheet<'_>) {
    sheet.shape("M98 186Q98 76 198 76T294 178Q330 184 342 200Q290 208 198 206T98 186z");
    sheet.line("M98 186Q190 196 294 178M178 77Q166 120 172 190M218 77Q232 120 228 188");
    sheet.thin("M120 128q20 -34 44 -42M274 128q-18 -30 -38 -40");
    sheet.line("M124 206Q140 244 186 248M260 206Q240 240 186 248");
    sheet.across((0, "L"), (98.0, 342.0), 276.0, 206.0);
    sheet.down((1, "H"), (76.0, 206.0), 66.0, 98.0);
}

pub(super) fn roll(sheet: &mut Sheet<'_>) {
    sheet.shape("M118 76H300V190H118z");
    sheet.shape("M118 76a26 57 0 1 0 0 114a26 57 0 1 0 0 -114z");
    sheet.shape("M118 112a10 22 0 1 0 0 44a10 22 0 1 0 0 -44z");
    sheet.shape("M300 76a26 57 0 0 1 26 57V226H144V190H300z");
    sheet.thin("M326 133Q326 190 300 190M160 200H318M160 214H318M104 92q-12 40 4 82");
    sheet.axis("M74 133H346");
    sheet.across((1, "W"), (144.0, 326.0), 258.0, 228.0);
    sheet.down((0, "D"), (76.0, 190.0), 62.0, 92.0);
}

pub(super) fn spool(sheet: &mut Sheet<'_>) {
    sheet.shape("M112 60H138V228H112zM262 60H288V228H262z");
    sheet.shape("M138 84H262V204H138z");
    sheet.thin("M138 96L262 88M138 108L262 100M138 120L262 112M138 132L262 124M138 144L262 136M138 156L262 148M138 168L262 160M138 180L262 172M138 192L262 184M138 202L262 196");
    sheet.hidden("M112 126H288M112 162H288");
    sheet.axis("M92 144H308");
    sheet.across((1, "W"), (112.0, 288.0), 258.0, 230.0);
    sheet.down((0, "D"), (60.0, 228.0), 322.0, 288.0);
}
