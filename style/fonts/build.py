"""Makes public/fonts, style/fonts.scss and the lettering of preview images from the npm package `pretendard`.

Two families stand in the font stack. "Yunghap Sans" is one small file with Latin and the
syllables of syllables.txt, cut from Pretendard and renamed because the licence reserves the
name; nearly every page needs nothing else. "Pretendard Variable" is the unmodified dynamic
subset of 92 files for everything rarer, fetched file by file. "Yunghap Card" is the lettering of
preview images, drawn by the server: all syllables of KS X 1001 in one weight.

    npm pack pretendard@1.3.9 && tar xzf pretendard-1.3.9.tgz
    pip install fonttools==4.68.0 brotli==1.2.1
    python style/fonts/build.py package
"""

import re
import shutil
import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

ROOT = Path(__file__).resolve().parents[2]
FAMILY = "Yunghap Sans"
FONT = "yunghap-sans.woff2"
CARD_FAMILY = "Yunghap Card"
CARD = ROOT / "imaging/fonts/yunghap-card.otf"
MARKS = "\u00a0°±²³´µ·×÷©®ØΩΦμ–—‘’“”•…‹›₩←↑→↓−≤≥⌀℃○●✓、。「」〈〉ㆍ㎎㎏㎜㎝㎞㎟㎠㎡㎢㎣㎥㎦㎸㏄㏑"

NOTO = ("Noto Sans CJK KR", "NotoSansCJKkr-Regular", "Noto Sans KR")
FALLBACKS = (
    # family, installed names, size-adjust so that a line breaks where it will break later, code points
    ("Pretendard Fallback Apple", ("Apple SD Gothic Neo", "AppleSDGothicNeo-Regular"), 100, None),
    ("Pretendard Fallback Windows", ("Malgun Gothic", "MalgunGothic"), 94, None),
    ("Pretendard Fallback Noto", NOTO, 94, None),
    ("Pretendard Fallback Noto", NOTO, 106, "U+20, U+30-39"),
    ("Pretendard Fallback Noto", NOTO, 97, "U+41-5a, U+61-7a"),
    ("Pretendard Fallback Noto", NOTO, 53, "U+b7, U+d7, U+2018-2019"),
)


def core_characters():
    """What the small file draws: ASCII, marks of trade and drawing, frequent syllables."""
    syllables = (ROOT / "style/fonts/syllables.txt").read_text().replace("\n", "")
    return {*map(chr, range(0x20, 0x7F)), *MARKS, *syllables}


def write_core(package, target):
    font = TTFont(package / "dist/public/variable/PretendardVariable.ttf")
    instancer.instantiateVariableFont(font, {"wght": (400, 700)}, inplace=True)
    options = subset.Options()
    options.flavor = "woff2"
    options.layout_features = ["kern", "tnum", "calt", "ccmp", "locl", "mark", "mkmk"]
    options.hinting = False
    options.name_IDs = [0, 13, 14]
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(core_characters()))
    subsetter.subset(font)
    rename(font, FAMILY)
    font.flavor = "woff2"
    font.save(target / FONT)


def standard_syllables():
    """The 2,350 syllables of KS X 1001, row by row."""
    return [bytes([row, cell]).decode("euc-kr") for row in range(0xB0, 0xC9) for cell in range(0xA1, 0xFF)]


def rename(font, family):
    plain = family.replace(" ", "")
    for name_id, value in {1: family, 2: "Regular", 3: plain, 4: family, 6: plain}.items():
        font["name"].setName(value, name_id, 3, 1, 0x409)


def write_card(package):
    font = TTFont(package / "dist/public/static/Pretendard-SemiBold.otf")
    options = subset.Options()
    options.layout_features = ["kern"]
    options.hinting = False
    options.desubroutinize = False
    options.name_IDs = [0, 13, 14]
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join({*core_characters(), *standard_syllables()}))
    subsetter.subset(font)
    rename(font, CARD_FAMILY)
    CARD.parent.mkdir(exist_ok=True)
    font.save(CARD)
    shutil.copy(package / "dist/LICENSE.txt", CARD.parent / "OFL.txt")


def upstream_slices(package):
    """Number and code points of each file of the dynamic subset, rarest first."""
    css = (package / "dist/web/variable/pretendardvariable-dynamic-subset.css").read_text()
    for number, ranges in re.findall(r"subset\.(\d+)\.woff2.*?unicode-range: ([^;]+);", css, re.S):
        points = set()
        for part in ranges.split(","):
            first, _, last = part.strip()[2:].partition("-")
            points.update(range(int(first, 16), int(last or first, 16) + 1))
        yield int(number), points


def short_ranges(points, free):
    """Ranges over `points`; a gap is bridged where somebody else answers for every point in it."""
    runs = []
    for point in sorted(points):
        if runs and all(gap in free for gap in range(runs[-1][1] + 1, point)):
            runs[-1][1] = point
        else:
            runs.append([point, point])
    return ", ".join(f"U+{a:x}" if a == b else f"U+{a:x}-{b:x}" for a, b in runs)


def face(family, weight, src, *more):
    lines = [f'font-family: "{family}"', f"font-weight: {weight}", "font-display: swap", f"src: {src}", *more]
    return "@font-face {\n" + "".join(f"  {line};\n" for line in lines) + "}\n"


def stylesheet(package):
    yield "// Made by style/fonts/build.py; do not edit. Of faces that overlap the later one is asked first,\n"
    yield "// so a rare slice may claim characters which a commoner one below it answers for.\n"
    for family, names, size, points in FALLBACKS:
        src = ", ".join(f'local("{name}")' for name in names)
        up, down = round(95.21 / size * 100, 1), round(24.12 / size * 100, 1)
        adjust = (f"size-adjust: {size}%", f"ascent-override: {up}%", f"descent-override: {down}%", "line-gap-override: 0%")
        only = (f"unicode-range: {points}",) if points else ()
        yield face(family, "400 700", src, *adjust, *only)
    slices = sorted(upstream_slices(package))
    core = set(map(ord, core_characters()))
    for index, (number, points) in enumerate(slices):
        free = core | points | {point for _, later in slices[index + 1:] for point in later}
        asked = points - core
        if asked:
            src = f'url("/fonts/pretendard/{number}.woff2")'
            yield face("Pretendard Variable", "45 920", src, f"unicode-range: {short_ranges(asked, free)}")
    yield face(FAMILY, "400 700", f'url("/fonts/{FONT}")')


def main():
    package = Path(sys.argv[1])
    target = ROOT / "public/fonts"
    (target / "pretendard").mkdir(parents=True, exist_ok=True)
    for number, _ in upstream_slices(package):
        source = package / f"dist/web/variable/woff2-dynamic-subset/PretendardVariable.subset.{number}.woff2"
        shutil.copy(source, target / f"pretendard/{number}.woff2")
    shutil.copy(package / "dist/LICENSE.txt", target / "OFL.txt")
    write_core(package, target)
    write_card(package)
    (ROOT / "style/fonts.scss").write_text("\n".join(stylesheet(package)))


main()
