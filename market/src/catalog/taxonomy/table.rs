//! Reads `data/categories.tsv`.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use super::Category;

/// The tree and the ways into it.
pub(super) struct Table {
    pub(super) categories: Vec<Category>,
    pub(super) by_code: HashMap<&'static str, usize>,
    pub(super) by_slug: HashMap<&'static str, usize>,
}

pub(super) static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut categories: Vec<Category> =
        include_str!("../../../data/categories.tsv").lines().skip(1).filter_map(parse).collect();
    let parents: HashSet<&str> = categories.iter().filter_map(|category| category.parent).collect();
    for category in &mut categories {
        category.leaf = !parents.contains(category.code);
    }
    let by_code = categories.iter().enumerate().map(|(at, category)| (category.code, at)).collect();
    let by_slug = categories.iter().enumerate().map(|(at, category)| (category.slug, at)).collect();
    Table { categories, by_code, by_slug }
});

fn parse(line: &'static str) -> Option<Category> {
    let mut columns = line.split('\t');
    let code = columns.next()?;
    Some(Category {
        code,
        slug: columns.next()?,
        name_ko: columns.next()?,
        name_en: columns.next()?,
        depth: code.matches('.').count(),
        parent: code.rsplit_once('.').map(|(parent, _)| parent),
        hs4: columns.next()?.split(',').filter(|hs| !hs.is_empty()).collect(),
        ksic: columns.next().filter(|ksic| !ksic.is_empty()),
        leaf: true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_lost() {
        assert_eq!(TABLE.categories.len(), include_str!("../../../data/categories.tsv").lines().count() - 1);
    }
}
