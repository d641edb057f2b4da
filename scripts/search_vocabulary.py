#!/usr/bin/env python3
"""Makes market/data/search/tariff.tsv from the Korean tariff nomenclature (HSK, public names in Korean and English).

    search_vocabulary.py hsk_2026_ko_en.csv > market/data/search/tariff.tsv

Keeps names that say what a thing is, in both languages, without the glosses in brackets; a gloss becomes a further
name of the same line. Deterministic: same input, same bytes.
"""
import csv, re, sys

VAGUE_KO = re.compile(r"^기타|그 밖의|것$|것은|한정|제외|이하|초과|미만|이상|^제\d|^두께|^직경|^폭|웨이스트|스크랩|아닌|않은|에 따른|[,;:]")
VAGUE_EN = re.compile(r"^other|^for |^of |^with |\bnot\b|exceed|less than|more than|heading|subheading|whether|^in |^having|[;:]", re.I)
DASH = re.compile(r"[ㆍ·]")


def tidy(text):
    return re.sub(r"\s+", " ", text).strip(" .-")


def names(text):
    """The plain name, then its glosses: 엘보(elbow) -> 엘보, elbow."""
    glosses = re.findall(r"\(([^()]*)\)", text)
    plain = text
    while re.search(r"\([^()]*\)|\[[^\[\]]*\]", plain):
        plain = re.sub(r"\([^()]*\)|\[[^\[\]]*\]", "", plain)
    return tidy(plain), [tidy(g) for g in glosses]


def stems(text):
    return [w.lower().rstrip("s") for w in re.findall(r"[A-Za-z]+", text)]


def main():
    seen, rows = set(), []
    for row in csv.DictReader(open(sys.argv[1], encoding="utf-8")):
        if row["hs10"] < "25":
            continue
        ko, glosses = names(row["name_ko"])
        en, _ = names(row["name_en"])
        if not (2 <= len(ko) <= 30 and 3 <= len(en) <= 70) or VAGUE_KO.search(ko) or VAGUE_EN.search(en):
            continue
        if not re.search("[가-힣]{2}", ko) or (ko, en.lower()) in seen:
            continue
        seen.add((ko, en.lower()))
        # a gloss that only repeats a part of the English name is wider than the thing: 머신스크루(screw)
        extra = [g for g in glosses if re.fullmatch(r"[A-Za-z][A-Za-z0-9 -]{2,40}", g) and not set(stems(g)) <= set(stems(en))]
        extra += [g for g in glosses if re.fullmatch(r"[가-힣][가-힣 ]{1,20}", g) and not VAGUE_KO.search(g) and not re.search(r"용$|포함|한$|된$", g)]
        rows.append([ko, en, *extra[:2]])
    count = {}
    for ko, *_ in rows:
        count[ko] = count.get(ko, 0) + 1
    print("# Korean and English names of the tariff nomenclature (HSK 2026); made by scripts/search_vocabulary.py")
    for row in rows:
        if count[row[0]] <= 3:
            print("\t".join(row))


if __name__ == "__main__":
    main()
