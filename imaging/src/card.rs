//! Drawings of our own to PNG. The lettering is one font that the program carries: the same picture on every machine.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use crate::Refusal;

/// The family of the lettering; Latin, marks of trade, and the 2,350 syllables of KS X 1001.
pub const FAMILY: &str = "Yunghap Card";

/// Cut from Pretendard (SIL Open Font License, see `fonts/OFL.txt`) by `style/fonts/build.py`.
const FONT: &[u8] = include_bytes!("../fonts/yunghap-card.otf");

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(FONT.to_vec());
    fonts.set_serif_family(FAMILY);
    fonts.set_sans_serif_family(FAMILY);
    Arc::new(fonts)
});

/// The PNG of an SVG that this program wrote itself (nobody else's: it may ask for any amount of work). Width and height
/// are those of the SVG.
///
/// # Errors
/// `Broken` for what is no SVG, `Encoder` when it cannot be written.
pub fn png_of(svg: &str) -> Result<Vec<u8>, Refusal> {
    let options =
        Options { fontdb: Arc::clone(&FONTS), font_family: FAMILY.to_owned(), ..Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(|_| Refusal::Broken)?;
    let size = tree.size().to_int_size();
    let mut picture = Pixmap::new(size.width(), size.height()).ok_or(Refusal::Broken)?;
    resvg::render(&tree, Transform::identity(), &mut picture.as_mut());
    picture.encode_png().map_err(|error| Refusal::Encoder(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Dark pixels of a white sheet with this text.
    fn ink(text: &str) -> usize {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"200\" height=\"40\"><rect width=\"200\" height=\"40\" fill=\"#fff\"/>\
             <text x=\"4\" y=\"30\" font-size=\"24\" font-family=\"Pretendard, sans-serif\">{text}</text></svg>"
        );
        let png = png_of(&svg).unwrap();
        let picture = image::load_from_memory(&png).unwrap().to_luma8();
        assert_eq!(picture.dimensions(), (200, 40));
        picture.pixels().filter(|pixel| pixel.0[0] < 128).count()
    }

    #[test]
    fn letters_of_both_languages_are_drawn_with_our_own_font() {
        assert_eq!(ink(""), 0);
        assert!(ink("M8 × 20 Ø") > 100);
        assert!(ink("육각볼트 뷁") > 300);
    }

    #[test]
    fn what_is_no_drawing_is_refused() {
        assert_eq!(png_of("<html>"), Err(Refusal::Broken));
        assert_eq!(png_of(""), Err(Refusal::Broken));
    }
}
