//! Rows of another table packed into one column, so that a page that many people open costs one journey to the
//! database instead of one per table. The separators are control characters, which no stored text contains
//! ([`crate::text`] takes them out).

/// Between the fields of a row: ASCII unit separator.
const FIELD: char = '\u{1f}';
/// Between rows: ASCII record separator.
const ROW: char = '\u{1e}';
/// Between wholes that hold rows themselves: ASCII group separator.
const GROUP: char = '\u{1d}';

/// SQL of a column that packs rows: text expressions that are never null, their order, the tables and condition.
#[macro_export]
#[doc(hidden)]
macro_rules! packed {
    ([$first:literal $(, $field:literal)*], $order:literal, $from:literal) => {
        concat!("(SELECT string_agg(", $first, $(" || '\u{1f}' || ", $field,)* ", '\u{1e}' ORDER BY ", $order, ") FROM ", $from, ")")
    };
}

/// The rows of a packed column (null when there were none). A row of another shape is left out.
pub(crate) fn rows<const N: usize>(column: Option<&str>) -> impl Iterator<Item = [&str; N]> {
    column.filter(|rows| !rows.is_empty()).into_iter().flat_map(|rows| rows.split(ROW)).filter_map(fields)
}

/// The fields of one row; none when it has another number of them.
pub(super) fn fields<const N: usize>(row: &str) -> Option<[&str; N]> {
    split(row, FIELD)
}

/// The parts of a whole whose fields may hold packed rows; none when it has another number of them.
pub(super) fn parts<const N: usize>(whole: &str) -> Option<[&str; N]> {
    split(whole, GROUP)
}

fn split<const N: usize>(text: &str, separator: char) -> Option<[&str; N]> {
    let mut fields = text.split(separator);
    let mut out = [""; N];
    for place in &mut out {
        *place = fields.next()?;
    }
    fields.next().is_none().then_some(out)
}

/// The wholes of a column (null when there were none).
pub(super) fn groups(column: Option<&str>) -> impl Iterator<Item = &str> {
    column.filter(|groups| !groups.is_empty()).into_iter().flat_map(|groups| groups.split(GROUP))
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn rows_of_the_asked_shape_come_back() {
        let read = |text| rows::<2>(text).collect::<Vec<_>>();
        assert_eq!(read(None), Vec::<[&str; 2]>::new());
        assert_eq!(read(Some("")), Vec::<[&str; 2]>::new());
        assert_eq!(rows::<1>(None).chain(rows(Some(""))).count(), 0);
        assert_eq!(read(Some("a\u{1f}b\u{1e}c\u{1f}")), [["a", "b"], ["c", ""]]);
        assert_eq!(read(Some("a\u{1e}b\u{1f}c\u{1f}d\u{1e}e\u{1f}f")), [["e", "f"]]);
    }
}
