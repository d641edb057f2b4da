//! Walking the tree and finding places in it.

use super::table::TABLE;
use crate::lang::Lang;

/// Most results a picker wants to see.
const SEARCH_LIMIT: usize = 40;

/// One place in the tree. Compare by `code`.
#[derive(Debug, PartialEq, Eq)]
pub struct Category {
    /// Stable dotted code, `fasteners.bolts.hex`: what listings store.
    pub code: &'static str,
    /// For addresses.
    pub slug: &'static str,
    /// Korean name.
    pub name_ko: &'static str,
    /// English name.
    pub name_en: &'static str,
    /// 0 for a root, at most 2.
    pub depth: usize,
    /// Code of the category above; `None` for a root.
    pub parent: Option<&'static str>,
    /// Headings (four digits) of the Harmonised System that usually fit.
    pub hs4: Vec<&'static str>,
    /// Korean industry of the makers; roots only, and only where one fits.
    pub ksic: Option<&'static str>,
    /// Nothing lies below.
    pub(super) leaf: bool,
}

impl Category {
    /// Name in this language.
    pub const fn name(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Ko => self.name_ko,
            Lang::En => self.name_en,
        }
    }

    /// Whether listings may be put here: nothing lies below.
    pub const fn is_leaf(&self) -> bool {
        self.leaf
    }

    /// The root above this category, or itself.
    pub fn root(&self) -> &'static str {
        self.code.split('.').next().unwrap_or(self.code)
    }
}

/// Every category, each after its parent, in the order in which people see them.
pub fn all() -> &'static [Category] {
    &TABLE.categories
}

/// The categories without a parent.
pub fn roots() -> impl Iterator<Item = &'static Category> {
    all().iter().filter(|category| category.parent.is_none())
}

/// The category with this code.
pub fn find(code: &str) -> Option<&'static Category> {
    TABLE.by_code.get(code).and_then(|&at| all().get(at))
}

/// The category with this slug.
pub fn find_by_slug(slug: &str) -> Option<&'static Category> {
    TABLE.by_slug.get(slug).and_then(|&at| all().get(at))
}

/// The categories directly below.
pub fn children(code: &str) -> impl Iterator<Item = &'static Category> {
    all().iter().filter(move |category| category.parent == Some(code))
}

/// The way down to this category, root first, without itself: what breadcrumbs show before it.
pub fn ancestors(code: &str) -> Vec<&'static Category> {
    let mut above: Vec<&'static Category> =
        std::iter::successors(find(code), |category| category.parent.and_then(find)).skip(1).collect();
    above.reverse();
    above
}

/// The code itself and every code below it: what a category page filters by. Empty for an unknown code.
pub fn descendant_codes(code: &str) -> Vec<&'static str> {
    let below =
        |other: &str| other == code || other.strip_prefix(code).is_some_and(|rest| rest.starts_with('.'));
    all().iter().map(|category| category.code).filter(|other| below(other)).collect()
}

/// The categories that hold listings.
pub fn leaves() -> impl Iterator<Item = &'static Category> {
    all().iter().filter(|category| category.is_leaf())
}

/// Leaves that belong to a customs code of four digits or more.
pub fn by_hs(hs: &str) -> Vec<&'static Category> {
    let Some(heading) = hs.get(..4) else {
        return Vec::new();
    };
    leaves().filter(|category| category.hs4.contains(&heading)).collect()
}

/// Categories whose name, or the name of one above, contains every word of `text`; exact beginnings first.
/// For the picker of a form: simple and complete, not the site's search.
pub fn search(text: &str) -> Vec<&'static Category> {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    if words.is_empty() {
        return Vec::new();
    }
    let mut hits: Vec<(u8, &'static Category)> =
        all().iter().filter_map(|category| Some((rank(category, &words)?, category))).collect();
    hits.sort_by_key(|(rank, category)| (*rank, usize::MAX - category.depth));
    hits.into_iter().take(SEARCH_LIMIT).map(|(_, category)| category).collect()
}

/// 0 own name begins so, 1 own name contains it, 2 only together with the names above.
fn rank(category: &Category, words: &[String]) -> Option<u8> {
    let own = names(category);
    let joined = words.join(" ");
    if own.iter().any(|name| name.starts_with(&joined)) {
        return Some(0);
    }
    if words.iter().all(|word| own.iter().any(|name| name.contains(word.as_str()))) {
        return Some(1);
    }
    let path: Vec<String> = ancestors(category.code).into_iter().flat_map(names).chain(own).collect();
    words.iter().all(|word| path.iter().any(|name| name.contains(word.as_str()))).then_some(2)
}

fn names(category: &Category) -> [String; 2] {
    [category.name_ko.to_lowercase(), category.name_en.to_lowercase()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn codes_and_slugs_are_unique_and_plain() {
        let codes: HashSet<_> = all().iter().map(|category| category.code).collect();
        let slugs: HashSet<_> = all().iter().map(|category| category.slug).collect();
        assert_eq!((codes.len(), slugs.len()), (all().len(), all().len()));
        let plain = |text: &str, also: char| {
            text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == also)
        };
        assert!(all().iter().all(|category| plain(category.code, '.') && plain(category.slug, '-')));
    }

    #[test]
    fn the_tree_holds_together() {
        assert!((300..=420).contains(&leaves().count()), "{}", leaves().count());
        assert!((30..=45).contains(&roots().count()));
        for category in all() {
            assert!(category.depth <= 2, "{}", category.code);
            assert_eq!(ancestors(category.code).len(), category.depth);
            assert_eq!(category.parent.is_some(), category.depth > 0);
            if let Some(parent) = category.parent {
                assert!(find(parent).is_some(), "{} has no parent", category.code);
            }
        }
    }

    #[test]
    fn every_category_is_bilingual() {
        let hangul = |text: &str| text.chars().any(|c| ('가'..='힣').contains(&c));
        for category in all() {
            assert!(!category.name_ko.is_empty() && !category.name_en.is_empty(), "{}", category.code);
            assert!(category.name_en.is_ascii(), "{}", category.name_en);
            assert!(
                hangul(category.name_ko) || category.name_ko.chars().all(|c| c.is_ascii_uppercase()),
                "{}",
                category.name_ko
            );
            assert!(category.hs4.iter().all(|hs| hs.len() == 4 && hs.chars().all(|c| c.is_ascii_digit())));
        }
    }

    #[test]
    fn finds_by_code_slug_and_customs_heading() {
        let hex = find("fasteners.bolts.hex").unwrap();
        assert_eq!((hex.name_ko, hex.name_en, hex.root()), ("육각볼트", "Hex bolts", "fasteners"));
        assert_eq!(find_by_slug(hex.slug).unwrap().code, hex.code);
        assert_eq!(
            ancestors(hex.code).iter().map(|above| above.code).collect::<Vec<_>>(),
            ["fasteners", "fasteners.bolts"]
        );
        assert!(by_hs("7318159000").iter().any(|category| category.code == hex.code));
        assert!(by_hs("7").is_empty() && by_hs("볼트").is_empty());
    }

    #[test]
    fn descendants_do_not_mix_neighbours() {
        let codes = descendant_codes("fasteners.bolts");
        assert!(codes.contains(&"fasteners.bolts.hex") && codes.contains(&"fasteners.bolts"));
        assert!(codes.iter().all(|code| code.starts_with("fasteners.bolts")));
        assert!(descendant_codes("fasteners.bolt").is_empty());
    }

    #[test]
    fn the_picker_finds_in_both_languages() {
        assert_eq!(search("육각볼").first().unwrap().code, "fasteners.bolts.hex");
        assert_eq!(search("hex bolt").first().unwrap().code, "fasteners.bolts.hex");
        assert!(search("센서 압력").iter().any(|category| category.code == "automation.sensor.pressure"));
        assert!(search("  ").is_empty() && search("zzzz").is_empty());
    }
}
