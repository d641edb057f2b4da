//! Names of stored images: hash, slot (the width in an address), format, and the paths and
//! addresses built from them. Every part is validated on the way in, so no path can leave its folder.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Name of a stored image: SHA-256 of the cleaned picture as 64 lower-case hex digits.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ImageHash(String);

impl ImageHash {
    /// Name made from a finished digest.
    pub fn from_digest(digest: &[u8; 32]) -> Self {
        use fmt::Write as _;
        let mut text = String::with_capacity(64);
        for byte in digest {
            // writing to a String cannot fail
            let _ = write!(text, "{byte:02x}");
        }
        Self(text)
    }

    /// The name, if the text is one: anything but 64 lower-case hex digits is not.
    pub fn parse(text: &str) -> Option<Self> {
        let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        (text.len() == 64 && text.bytes().all(hex)).then(|| Self(text.to_owned()))
    }

    /// The 64 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Folder of this image below the media folder: `ab/cd/<hash>`, so that no folder gets huge.
    pub fn folder(&self) -> String {
        let digits = &self.0;
        let first = digits.get(..2).unwrap_or_default();
        let second = digits.get(2..4).unwrap_or_default();
        format!("{first}/{second}/{digits}")
    }
}

impl fmt::Display for ImageHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl FromStr for ImageHash {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text).ok_or("an image name is 64 lower-case hex digits")
    }
}

impl TryFrom<String> for ImageHash {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<ImageHash> for String {
    fn from(hash: ImageHash) -> Self {
        hash.0
    }
}

/// One of the fixed widths an image may be asked for. The number is part of the address; the file
/// behind it is at most that wide, and narrower only when the picture itself is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub enum ImageSlot {
    /// 160 px: rows of lists, thumbnails of the editor.
    W160,
    /// 320 px: cards on phones.
    W320,
    /// 640 px: cards on dense screens, the gallery on phones.
    W640,
    /// 960 px: the gallery on a desk.
    W960,
    /// 1600 px: full view, dense screens.
    W1600,
}

impl ImageSlot {
    /// All slots, narrowest first.
    pub const ALL: [Self; 5] = [Self::W160, Self::W320, Self::W640, Self::W960, Self::W1600];

    /// Width in pixels.
    pub const fn width(self) -> u32 {
        match self {
            Self::W160 => 160,
            Self::W320 => 320,
            Self::W640 => 640,
            Self::W960 => 960,
            Self::W1600 => 1600,
        }
    }

    /// The slot of exactly this width.
    pub fn from_width(width: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|slot| slot.width() == width)
    }

    /// The slot named in an address. `0640`, `+640` and `640.webp` name none.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|slot| slot.width().to_string() == text)
    }

    /// Slots of a picture this wide: all narrower ones, and the first one that holds it whole. So
    /// there is always one, and nothing is ever enlarged.
    pub fn for_picture(width: u32) -> impl Iterator<Item = Self> {
        let mut whole = false;
        Self::ALL.into_iter().take_while(move |slot| {
            let wanted = !whole;
            whole = slot.width() >= width;
            wanted
        })
    }
}

impl TryFrom<u32> for ImageSlot {
    type Error = &'static str;
    fn try_from(width: u32) -> Result<Self, Self::Error> {
        Self::from_width(width).ok_or("not one of the widths images are kept in")
    }
}

impl From<ImageSlot> for u32 {
    fn from(slot: ImageSlot) -> Self {
        slot.width()
    }
}

/// The two formats every slot is kept in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ImageFormat {
    /// Lossy `WebP`, with transparency: what browsers get.
    Webp,
    /// JPEG on white: mail programs, feeds, OpenGraph readers.
    Jpeg,
}

impl ImageFormat {
    /// Both, the preferred one first.
    pub const ALL: [Self; 2] = [Self::Webp, Self::Jpeg];

    /// Ending of the file name.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Webp => "webp",
            Self::Jpeg => "jpg",
        }
    }

    /// Value of the `Content-Type` header.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::Webp => "image/webp",
            Self::Jpeg => "image/jpeg",
        }
    }

    /// Format for a reader's `Accept` header: `WebP` only for those who name it (readers of feeds
    /// and mails do not). The answer varies by `Accept`, so it must be sent with `Vary: Accept`.
    pub fn for_accept(accept: &str) -> Self {
        let takes_webp = accept.split(',').any(|part| {
            let mut pieces = part.split(';').map(str::trim);
            let named = pieces.next().is_some_and(|kind| kind.eq_ignore_ascii_case("image/webp"));
            named && !pieces.any(|piece| matches!(piece, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
        });
        if takes_webp { Self::Webp } else { Self::Jpeg }
    }
}

/// One file of a stored image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    /// Width in its address.
    pub slot: ImageSlot,
    /// True width in pixels, at most the slot's.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Format.
    pub format: ImageFormat,
    /// Size of the file.
    pub bytes: u64,
}

/// What the store made of an accepted upload.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredImage {
    /// Name of the image; the same picture always gets the same one.
    pub hash: ImageHash,
    /// Width of the picture as uploaded, turned upright.
    pub width: u32,
    /// Height of the picture as uploaded, turned upright.
    pub height: u32,
    /// Size of all variants together.
    pub bytes: u64,
    /// Every file, narrowest slot first, `WebP` before JPEG.
    pub variants: Vec<Variant>,
}

impl StoredImage {
    /// Address of one width of this image.
    pub fn address(&self, slot: ImageSlot) -> String {
        slot.address(&self.hash)
    }
}

impl ImageSlot {
    /// Address of this width of an image: `/media/<hash>/<width>`.
    pub fn address(self, hash: &ImageHash) -> String {
        format!("/media/{hash}/{}", self.width())
    }

    /// File of this width below the media folder: `ab/cd/<hash>/<width>.<webp|jpg>`.
    pub fn relative_path(self, hash: &ImageHash, format: ImageFormat) -> String {
        format!("{}/{}", hash.folder(), self.file_name(format))
    }

    /// Name of the file of this width: `640.webp`.
    pub fn file_name(self, format: ImageFormat) -> String {
        format!("{}.{}", self.width(), format.extension())
    }
}

/// Value of a `srcset` attribute: every width once, with the true pixel width behind it.
pub fn srcset(hash: &ImageHash, variants: &[Variant]) -> String {
    let one_format = variants.iter().filter(|variant| variant.format == ImageFormat::Webp);
    let entries: Vec<String> =
        one_format.map(|variant| format!("{} {}w", variant.slot.address(hash), variant.width)).collect();
    entries.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash() -> ImageHash {
        ImageHash::from_digest(&[0xab; 32])
    }

    #[test]
    fn a_name_is_64_lower_case_hex_digits_and_nothing_else() {
        assert_eq!(ImageHash::parse(hash().as_str()), Some(hash()));
        let upper = "AB".repeat(32);
        let long = "a".repeat(65);
        let dots = format!("../{}", "a".repeat(61));
        let korean = "가".repeat(21) + "a";
        for wrong in ["", "ab", "..", &upper, &long, &dots, &korean] {
            assert_eq!(ImageHash::parse(wrong), None, "{wrong}");
        }
        assert!(serde_json::from_str::<ImageHash>("\"../etc/passwd\"").is_err());
    }

    #[test]
    fn paths_are_spread_over_two_levels() {
        let path = ImageSlot::W640.relative_path(&hash(), ImageFormat::Jpeg);
        assert_eq!(path, format!("ab/ab/{}/640.jpg", "ab".repeat(32)));
    }

    #[test]
    fn only_the_listed_widths_have_addresses() {
        assert_eq!(ImageSlot::parse("640"), Some(ImageSlot::W640));
        for wrong in ["", "0", "0640", "+640", "641", "640.webp", "640/..", "99999999999"] {
            assert_eq!(ImageSlot::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn slots_never_enlarge_and_always_hold_the_whole_picture() {
        let widths =
            |picture| -> Vec<u32> { ImageSlot::for_picture(picture).map(ImageSlot::width).collect() };
        assert_eq!(widths(20), [160]);
        assert_eq!(widths(160), [160]);
        assert_eq!(widths(161), [160, 320]);
        assert_eq!(widths(800), [160, 320, 640, 960]);
        assert_eq!(widths(9000), [160, 320, 640, 960, 1600]);
    }

    #[test]
    fn webp_goes_only_to_those_who_ask_for_it() {
        let chrome = "image/avif,image/webp,image/apng,image/*,*/*;q=0.8";
        assert_eq!(ImageFormat::for_accept(chrome), ImageFormat::Webp);
        for plain in ["", "*/*", "image/*", "image/webp;q=0", "text/html"] {
            assert_eq!(ImageFormat::for_accept(plain), ImageFormat::Jpeg, "{plain}");
        }
    }

    #[test]
    fn srcset_names_every_width_once() {
        let variant = |slot, width, format| Variant { slot, width, height: 9, format, bytes: 1 };
        let variants = [
            variant(ImageSlot::W160, 160, ImageFormat::Webp),
            variant(ImageSlot::W160, 160, ImageFormat::Jpeg),
            variant(ImageSlot::W320, 200, ImageFormat::Webp),
        ];
        let name = "ab".repeat(32);
        let expected = format!("/media/{name}/160 160w, /media/{name}/320 200w");
        assert_eq!(srcset(&hash(), &variants), expected);
        let json = serde_json::to_string(&variants).unwrap();
        assert!(json.contains(r#""slot":160"#) && json.contains(r#""format":"webp""#), "{json}");
    }
}
