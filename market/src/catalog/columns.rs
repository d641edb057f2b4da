//! Which specifications a table of several listings shows: those that most of them state, in the order in which their
//! tables name them. Pure.

use std::collections::HashMap;

use super::model::SpecRow;
use crate::lang::Lang;
use crate::search::clean::{clean, squash};
use crate::search::units;

/// Columns of one table.
pub const COLUMNS: usize = 3;
/// A column is shown when one listing of so many states it: one that is empty nearly everywhere compares nothing.
const STATED_BY_ONE_OF: usize = 3;

/// The specifications of several listings in columns.
#[derive(Debug, PartialEq, Eq)]
pub struct Grid<'a> {
    /// What the columns are called, as most of the listings call them.
    pub names: Vec<&'a str>,
    /// One row a listing, one cell a column; none where the listing does not state it.
    pub cells: Vec<Vec<Option<Cell<'a>>>>,
}

/// What a listing states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell<'a> {
    /// Value as text.
    pub value: &'a str,
    /// Its unit, may be empty.
    pub unit: &'a str,
}

/// A specification as a listing states it.
struct Stated<'a> {
    listing: usize,
    position: usize,
    name: &'a str,
    cell: Cell<'a>,
}

/// All that is stated under one name.
struct Column<'a> {
    stated: Vec<Stated<'a>>,
}

impl<'a> Column<'a> {
    /// Places in the tables, added up.
    fn positions(&self) -> usize {
        self.stated.iter().map(|stated| stated.position).sum()
    }

    /// The commonest spelling, of equally common ones the first.
    fn name(&self) -> &'a str {
        let count = |name: &str| self.stated.iter().filter(|stated| stated.name == name).count();
        let mut best: (&str, usize) = ("", 0);
        for stated in &self.stated {
            let used = count(stated.name);
            if used > best.1 {
                best = (stated.name, used);
            }
        }
        best.0
    }

    fn cell(&self, listing: usize) -> Option<Cell<'a>> {
        self.stated.iter().find(|stated| stated.listing == listing).map(|stated| stated.cell)
    }
}

/// The specification tables of listings side by side, as a page in `lang` shows them: at most [`COLUMNS`] columns, those
/// that most listings state. Of equally common ones those come first that stand further up in the tables, then those
/// that an earlier listing names.
pub fn grid<'a>(listings: &[&'a [SpecRow]], lang: Lang) -> Grid<'a> {
    let mut columns = collected(listings, lang);
    columns.retain(|column| column.stated.len() * STATED_BY_ONE_OF >= listings.len());
    // both sorts are stable: what is equal stays in the order in which it was named first
    columns.sort_by_key(|column| (std::cmp::Reverse(column.stated.len()), column.positions()));
    columns.truncate(COLUMNS);
    columns.sort_by(|a, b| (a.positions() * b.stated.len()).cmp(&(b.positions() * a.stated.len())));
    Grid {
        names: columns.iter().map(Column::name).collect(),
        cells: (0..listings.len())
            .map(|listing| columns.iter().map(|column| column.cell(listing)).collect())
            .collect(),
    }
}

/// Every name with what is stated under it, in the order in which they are named first.
fn collected<'a>(listings: &[&'a [SpecRow]], lang: Lang) -> Vec<Column<'a>> {
    let english = english(listings, lang);
    let mut columns: Vec<Column<'a>> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (listing, rows) in listings.iter().enumerate() {
        for (position, row) in rows.iter().enumerate().filter(|(_, row)| !row.value.trim().is_empty()) {
            let name = match lang {
                Lang::En if row.name_en.is_empty() => {
                    english.get(&key(&row.name_ko)).copied().unwrap_or(&row.name_ko)
                }
                _ => row.name(lang),
            };
            let (name, bracketed) = without_unit(name);
            let unit = if row.unit.is_empty() { bracketed } else { row.unit.as_str() };
            let stated = Stated { listing, position, name, cell: Cell { value: &row.value, unit } };
            let place = *places.entry(key(name)).or_insert(columns.len());
            match columns.get_mut(place) {
                // a name that stands twice in one table counts once
                Some(column) if column.stated.last().is_some_and(|last| last.listing == listing) => {}
                Some(column) => column.stated.push(stated),
                None => columns.push(Column { stated: vec![stated] }),
            }
        }
    }
    columns
}

/// English names that some listing gives to a Korean one, for those that give none.
fn english<'a>(listings: &[&'a [SpecRow]], lang: Lang) -> HashMap<String, &'a str> {
    let mut known = HashMap::new();
    if lang == Lang::En {
        let named = listings.iter().flat_map(|rows| rows.iter()).filter(|row| !row.name_en.is_empty());
        named.for_each(|row| _ = known.entry(key(&row.name_ko)).or_insert(row.name_en.as_str()));
    }
    known
}

/// Names are compared as those of products that are alike: by their letters and digits.
fn key(name: &str) -> String {
    let clean = clean(name);
    let letters = squash(&clean);
    if letters.is_empty() { clean } else { letters }
}

/// A name without the unit that some write behind it, and that unit: `길이 (mm)`.
fn without_unit(name: &str) -> (&str, &str) {
    let inside = name.trim_end().strip_suffix([')', ']']).and_then(|rest| rest.rsplit_once(['(', '[']));
    match inside {
        Some((before, unit)) if !before.trim().is_empty() && units::canonical(&clean(unit)).is_some() => {
            (before.trim(), unit.trim())
        }
        _ => (name.trim(), ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[(&str, &str, &str)]) -> Vec<SpecRow> {
        let row = |(name, value, unit): &(&str, &str, &str)| {
            let (ko, en) = name.split_once('~').unwrap_or((name, ""));
            SpecRow { name_ko: ko.into(), name_en: en.into(), value: (*value).into(), unit: (*unit).into() }
        };
        rows.iter().map(row).collect()
    }

    /// The grid as words: names, then one line a listing.
    fn shown(tables: &[Vec<SpecRow>], lang: Lang) -> Vec<String> {
        let listings: Vec<&[SpecRow]> = tables.iter().map(Vec::as_slice).collect();
        let grid = grid(&listings, lang);
        let cell = |cell: &Option<Cell<'_>>| cell.map_or(String::new(), |c| format!("{}{}", c.value, c.unit));
        let lines = grid.cells.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join("|"));
        std::iter::once(grid.names.join("|")).chain(lines).collect()
    }

    #[test]
    fn what_most_state_is_shown_in_the_order_of_their_tables() {
        let tables = [
            table(&[
                ("호칭", "M8", ""),
                ("재질", "SUS304", ""),
                ("표준", "KS B 1002", ""),
                ("색", "은색", ""),
            ]),
            table(&[("호칭", "M10", ""), ("재질", "SUS316", ""), ("표준", "ISO 4014", "")]),
            table(&[("표면", "흑착색", ""), ("재질", "SCM435", "")]),
        ];
        assert_eq!(
            shown(&tables, Lang::Ko),
            ["호칭|재질|표준", "M8|SUS304|KS B 1002", "M10|SUS316|ISO 4014", "|SCM435|"]
        );
    }

    #[test]
    fn equally_common_names_go_by_their_place_and_then_by_the_first_listing() {
        let tables =
            [table(&[("라", "1", ""), ("가", "1", ""), ("나", "1", ""), ("다", "1", "")]), table(&[])];
        assert_eq!(shown(&tables, Lang::Ko), ["라|가|나", "1|1|1", "||"]);
        let crossed =
            [table(&[("가", "1", ""), ("나", "2", "")]), table(&[("나", "3", ""), ("가", "4", "")])];
        assert_eq!(shown(&crossed, Lang::Ko), ["가|나", "1|2", "4|3"]);
        assert_eq!(shown(&crossed, Lang::Ko), shown(&crossed, Lang::Ko));
    }

    #[test]
    fn names_are_one_whatever_their_spelling() {
        let tables = [
            table(&[("나사 호칭", "M8", "")]),
            table(&[("나사호칭", "M10", "")]),
            table(&[("나사　호칭", "M12", "")]),
            table(&[("나사호칭", "M16", "")]),
        ];
        assert_eq!(shown(&tables, Lang::Ko), ["나사호칭", "M8", "M10", "M12", "M16"]);
        let tables = [
            table(&[("길이(mm)", "20", "")]),
            table(&[("길이", "30", "mm")]),
            table(&[("길이 [mm]", "40", "")]),
            table(&[("길이(머리 포함)", "50", "mm")]),
        ];
        assert_eq!(shown(&tables, Lang::Ko), ["길이", "20mm", "30mm", "40mm", ""]);
    }

    #[test]
    fn english_names_are_borrowed_from_who_gives_them() {
        let tables = [
            table(&[("호칭~Size", "M8", "")]),
            table(&[("호칭", "M10", "")]),
            table(&[("크기~Size", "M12", "")]),
            table(&[("우리 말", "1", "")]),
        ];
        assert_eq!(shown(&tables, Lang::En)[0], "Size");
        assert_eq!(shown(&tables, Lang::En)[1..4], ["M8", "M10", "M12"]);
        assert_eq!(shown(&tables, Lang::Ko)[0], "호칭");
    }

    #[test]
    fn what_hardly_anybody_states_is_no_column() {
        let mut tables = vec![table(&[("재질", "SUS304", "")]); 4];
        tables.push(table(&[("색", "은색", ""), ("", "", ""), ("무게", "  ", "kg")]));
        assert_eq!(shown(&tables, Lang::Ko)[0], "재질");
        let nobody: [Vec<SpecRow>; 2] = [Vec::new(), Vec::new()];
        assert_eq!(shown(&nobody, Lang::Ko), ["", "", ""]);
        assert_eq!(shown(&[], Lang::Ko), [""]);
    }

    #[test]
    fn one_listing_shows_its_first_specifications_and_a_doubled_name_counts_once() {
        let one =
            [table(&[("가", "1", ""), ("가", "2", ""), ("나", "3", ""), ("다", "4", ""), ("라", "5", "")])];
        assert_eq!(shown(&one, Lang::Ko), ["가|나|다", "1|3|4"]);
        // a name of signs alone is a name
        let signs = [table(&[("±", "1", ""), ("%", "2", "")])];
        assert_eq!(shown(&signs, Lang::Ko), ["±|%", "1|2"]);
    }
}
