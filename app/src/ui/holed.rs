//! HTML that is the same for everybody but for a few places: put into words once, and filled in for each response.

use leptos::tachys::html::InertElement;

/// A text and the places in it.
pub struct Holed {
    /// What stands before each place, and which value belongs there.
    pieces: Box<[(Box<str>, usize)]>,
    /// What stands behind the last place.
    end: Box<str>,
}

impl Holed {
    /// The text with a place wherever one of `marks` stands. A mark is a value that cannot stand there otherwise: a key, a
    /// nonce, an identity made for it.
    pub fn at(html: &str, marks: &[&str]) -> Self {
        let mut places: Vec<(usize, usize)> = marks
            .iter()
            .enumerate()
            .flat_map(|(which, mark)| html.match_indices(mark).map(move |(at, _)| (at, which)))
            .collect();
        places.sort_unstable();
        let mut from = 0;
        let mut pieces = Vec::with_capacity(places.len());
        for (at, which) in places {
            pieces.push((html.get(from..at).unwrap_or_default().into(), which));
            from = at + marks.get(which).map_or(0, |mark| mark.len());
        }
        Self { pieces: pieces.into(), end: html.get(from..).unwrap_or_default().into() }
    }

    /// The text with these values, which are HTML, in the places of the marks.
    pub fn fill(&self, values: &[&str]) -> InertElement {
        let value = |which: usize| values.get(which).copied().unwrap_or_default();
        let length =
            self.pieces.iter().map(|(piece, which)| piece.len() + value(*which).len()).sum::<usize>();
        let mut out = String::with_capacity(length + self.end.len());
        for (piece, which) in &self.pieces {
            out.push_str(piece);
            out.push_str(value(*which));
        }
        out.push_str(&self.end);
        InertElement::new(out)
    }
}

#[cfg(test)]
mod tests {
    use leptos::prelude::*;

    use super::*;

    #[test]
    fn every_place_gets_its_value() {
        let holed = Holed::at("<a href=\"K\">N</a><b>K</b>", &["N", "K"]);
        assert_eq!(holed.fill(&["name", "key"]).to_html(), "<a href=\"key\">name</a><b>key</b>");
        assert_eq!(Holed::at("<i>as it is</i>", &["N"]).fill(&["name"]).to_html(), "<i>as it is</i>");
    }
}
