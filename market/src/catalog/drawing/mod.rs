//! Drawings instead of missing photographs: one engineering-style drawing per family of products, with
//! the dimensions of the listing written on it.
//!
//! Owns shapes, lines and lettering. Colours are the tokens `--drawing` and `--paper`, so that a
//! drawing follows the theme; [`standalone_svg`] carries fixed colours for images that leave the page.
//! Presentation attributes only, no style attributes: the content security policy forbids those.

mod building;
mod electric;
mod family;
mod fasteners;
mod goods;
mod machine;
mod piping;
mod sheet;
mod workshop;

use serde::{Deserialize, Serialize};

pub use family::Family;
use sheet::Sheet;

/// What to draw: a family and the dimensions in the order in which the family shows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawing {
    /// The silhouette.
    pub family: Family,
    /// Label and value, `("L", "20")`; empty: the drawing shows its own letters.
    #[serde(default)]
    pub dims: Vec<(String, String)>,
}

impl Drawing {
    /// A drawing without values, as categories show it.
    pub const fn plain(family: Family) -> Self {
        Self { family, dims: Vec::new() }
    }
}

/// Inline SVG with dimensions, 4:3, `class="drawing"`.
pub fn svg(drawing: &Drawing) -> String {
    let body = sheet_of(drawing).finish(true);
    format!(
        "<svg class=\"drawing\" viewBox=\"0 0 400 300\" role=\"img\" fill=\"none\" stroke=\"var(--drawing,currentColor)\">{body}</svg>"
    )
}

/// Inline SVG of the silhouette alone, for tiles and rows too small for lettering; decorative.
pub fn icon_svg(family: Family) -> String {
    let body = sheet_of(&Drawing::plain(family)).finish(false);
    format!(
        "<svg class=\"drawing\" viewBox=\"40 30 320 240\" aria-hidden=\"true\" fill=\"none\" stroke=\"var(--drawing,currentColor)\">{body}</svg>"
    )
}

/// A complete SVG file of 800 × 600 with the light theme's colours, for preview images and PNG.
pub fn standalone_svg(drawing: &Drawing) -> String {
    let body = sheet_of(drawing)
        .finish(true)
        .replace("var(--drawing,currentColor)", "#3C5A50")
        .replace("var(--paper,#fff)", "#FFFFFF");
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 400 300\" width=\"800\" height=\"600\" fill=\"none\" stroke=\"#3C5A50\" font-family=\"Pretendard, 'Noto Sans CJK KR', 'Noto Sans KR', sans-serif\"><rect width=\"400\" height=\"300\" fill=\"#FFFFFF\" stroke=\"none\"/>{body}</svg>"
    )
}

fn sheet_of(drawing: &Drawing) -> Sheet<'_> {
    let mut sheet = Sheet::new(drawing);
    drawing.family.draw(&mut sheet);
    sheet
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_family_draws_something_of_its_own() {
        let mut seen = std::collections::HashSet::new();
        for family in Family::ALL {
            let drawn = svg(&Drawing::plain(family));
            assert!(drawn.contains(&format!("<title>{}</title>", family.name_ko())), "{family:?}");
            assert!(drawn.matches("<path").count() + drawn.matches("<circle").count() >= 4, "{family:?}");
            assert!(drawn.contains("<text"), "{family:?} shows no dimension");
            assert!(!drawn.contains("NaN") && !drawn.contains("style="), "{family:?}");
            assert!(seen.insert(icon_svg(family)), "{family:?} repeats another");
        }
        assert!(Family::ALL.len() >= 24);
    }

    #[test]
    fn values_are_written_and_escaped() {
        let dims = vec![("d".to_owned(), "M8".to_owned()), ("L".to_owned(), "<20>&".to_owned())];
        let drawn = svg(&Drawing { family: Family::HexBolt, dims });
        assert!(drawn.contains(">d M8</text>") && drawn.contains("L &lt;20&gt;&amp;"));
    }

    #[test]
    fn standalone_needs_no_tokens() {
        let drawn = standalone_svg(&Drawing::plain(Family::Flange));
        assert!(drawn.starts_with("<svg xmlns=") && !drawn.contains("var("));
    }

    #[test]
    fn families_are_stored_in_snake_case() {
        assert_eq!(serde_json::to_string(&Family::GateValve).unwrap(), "\"gate_valve\"");
        for family in Family::ALL {
            assert_eq!(Family::from_code(family.code()), Some(family));
            assert_eq!(serde_json::to_string(&family).unwrap(), format!("\"{}\"", family.code()));
        }
    }

    #[test]
    fn odd_numbers_do_not_break_shapes() {
        for value in ["0", "-5", "1e99", "", "∞", "99999999999999999999999999999999999999999"] {
            for family in Family::ALL {
                let dims = vec![(String::new(), value.to_owned()), (String::new(), "1".to_owned())];
                let drawn = svg(&Drawing { family, dims });
                assert!(!drawn.contains("NaN") && !drawn.contains("inf"), "{family:?} {value}");
            }
        }
    }
}
