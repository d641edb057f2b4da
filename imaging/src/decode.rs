//! Decodes an inspected upload and reduces it at once to the largest size that will be kept, so the
//! full picture lives only for a moment. The result is upright, in sRGB, and carries no metadata.

use std::path::Path;

use fast_image_resize::{FilterType, MulDiv, ResizeAlg, ResizeOptions, Resizer};
use image::codecs::{gif::GifDecoder, jpeg::JpegDecoder, png::PngDecoder, webp::WebPDecoder};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder};

use crate::colour::to_srgb;
use crate::inspect::{Plan, TimedFile, decoder_limits, refusal_of};
use crate::{Deadline, Refusal};

/// `WebP` cannot be higher than this.
const MAX_HEIGHT: u32 = 16_383;
/// Largest variant: encoding more would take longer than a person waits.
const MAX_VARIANT_PIXELS: u64 = 14_000_000;

/// A decoded picture: 8-bit RGB, or RGBA where something really is transparent.
#[derive(Debug)]
pub struct Picture {
    /// Width as uploaded, upright.
    pub width: u32,
    /// Height as uploaded, upright.
    pub height: u32,
    /// The sizes it can be had in, narrowest first.
    pub sizes: Vec<Size>,
    /// The pixels in the last (largest) of `sizes`.
    pub pixels: DynamicImage,
}

impl Picture {
    /// The picture in one of its `sizes`. Always made from the largest: shrinking step by step
    /// would blur.
    pub fn at(&self, size: Size) -> Result<DynamicImage, Refusal> {
        reduce(self.pixels.clone(), size.width, size.height)
    }
}

/// One size a picture can be had in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// The width that was asked for.
    pub asked: u32,
    /// True width: narrower if the picture is.
    pub width: u32,
    /// Height.
    pub height: u32,
}

/// Decodes the file described by `plan`, to be had in `widths` (narrowest first).
pub fn decode(path: &Path, plan: Plan, widths: &[u32], deadline: Deadline) -> Result<Picture, Refusal> {
    use crate::sniff::Kind;
    let file = TimedFile::open(path, deadline)?;
    let limits = decoder_limits(plan.memory);
    match plan.kind {
        Kind::Jpeg => read(JpegDecoder::new(file).map_err(refusal_of)?, plan, widths, deadline),
        Kind::Png => {
            let decoder = PngDecoder::with_limits(file, limits).map_err(refusal_of)?;
            read(decoder, plan, widths, deadline)
        }
        Kind::Gif => read(GifDecoder::new(file).map_err(refusal_of)?, plan, widths, deadline),
        Kind::Webp => read(WebPDecoder::new(file).map_err(refusal_of)?, plan, widths, deadline),
    }
}

fn read(
    mut decoder: impl ImageDecoder,
    plan: Plan,
    widths: &[u32],
    deadline: Deadline,
) -> Result<Picture, Refusal> {
    // what was weighed must be what is decoded
    if decoder.dimensions() != (plan.width, plan.height) {
        return Err(Refusal::Broken);
    }
    let left = plan.memory.saturating_sub(decoder.total_bytes());
    decoder.set_limits(decoder_limits(left)).map_err(refusal_of)?;
    // damaged metadata must not cost the picture
    let orientation = orientation_of(decoder.exif_metadata().ok().flatten().as_deref());
    let profile = decoder.icc_profile().ok().flatten();
    let full = DynamicImage::from_decoder(decoder).map_err(refusal_of)?;
    deadline.check()?;

    let sideways = turns_sideways(orientation);
    let (width, height) = if sideways { (plan.height, plan.width) } else { (plan.width, plan.height) };
    let sizes = sizes_of(width, height, widths);
    let largest = sizes.last().ok_or(Refusal::TooLong { width, height })?;
    let small = if sideways {
        reduce(full, largest.height, largest.width)?
    } else {
        reduce(full, largest.width, largest.height)?
    };
    deadline.check()?;
    let mut pixels = to_srgb(eight_bit(small), profile.as_deref());
    pixels.apply_orientation(orientation);
    Ok(Picture { width, height, sizes, pixels })
}

/// How the picture must be turned. Some writers of `WebP` and PNG repeat the mark that belongs
/// before the block in a JPEG.
fn orientation_of(exif: Option<&[u8]>) -> Orientation {
    let block = exif.map(|exif| exif.strip_prefix(b"Exif\0\0").unwrap_or(exif));
    block.and_then(Orientation::from_exif_chunk).unwrap_or(Orientation::NoTransforms)
}

fn turns_sideways(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
}

/// The sizes of a picture: all widths narrower than it, and the first one that holds it whole, so
/// there is always one and nothing is ever enlarged. Sizes no format could hold are left out.
fn sizes_of(width: u32, height: u32, widths: &[u32]) -> Vec<Size> {
    let size = |&asked: &u32| {
        let narrowed = asked.min(width);
        let scaled = u64::from(height) * u64::from(narrowed);
        let rounded = (scaled + u64::from(width) / 2) / u64::from(width.max(1));
        let height = u32::try_from(rounded).unwrap_or(u32::MAX).max(1);
        Size { asked, width: narrowed, height }
    };
    let fits = |size: &Size| {
        size.height <= MAX_HEIGHT && u64::from(size.width) * u64::from(size.height) <= MAX_VARIANT_PIXELS
    };
    let narrower = widths.iter().take_while(|asked| **asked < width).count();
    widths.iter().take(narrower + 1).map(size).filter(fits).collect()
}

/// Shrinks in the decoded pixel format. Colours are weighted by their opacity in place: the usual
/// way copies the whole picture first.
fn reduce(mut full: DynamicImage, width: u32, height: u32) -> Result<DynamicImage, Refusal> {
    if (full.width(), full.height()) == (width, height) {
        return Ok(full);
    }
    let transparent = full.color().has_alpha();
    let weigh = MulDiv::new();
    if transparent {
        weigh.multiply_alpha_inplace(&mut full).map_err(|_| Refusal::Broken)?;
    }
    let mut small = DynamicImage::new(width, height, full.color());
    let options =
        ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3)).use_alpha(false);
    Resizer::new().resize(&full, &mut small, &options).map_err(|_| Refusal::Broken)?;
    drop(full);
    if transparent {
        weigh.divide_alpha_inplace(&mut small).map_err(|_| Refusal::Broken)?;
    }
    Ok(small)
}

/// 8-bit RGB; RGBA only if a pixel is not opaque.
fn eight_bit(picture: DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8().into();
    }
    let rgba = picture.into_rgba8();
    if rgba.pixels().all(|pixel| matches!(pixel.0, [_, _, _, u8::MAX])) {
        return DynamicImage::from(rgba).into_rgb8().into();
    }
    rgba.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_sheets_keep_the_widths_that_fit() {
        let kept = |width, height| -> Vec<(u32, u32)> {
            sizes_of(width, height, &[160, 320, 640, 960, 1600])
                .iter()
                .map(|size| (size.width, size.height))
                .collect()
        };
        assert_eq!(kept(860, 20_000), [(160, 3721), (320, 7442), (640, 14_884)]);
        assert_eq!(kept(100, 50), [(100, 50)]);
        assert_eq!(kept(160, 80), [(160, 80)]);
        assert_eq!(kept(200, 100), [(160, 80), (200, 100)]);
        assert_eq!(kept(1000, 20), [(160, 3), (320, 6), (640, 13), (960, 19), (1000, 20)]);
    }

    #[test]
    fn transparent_edges_keep_their_colour_when_shrunk() {
        // opaque red beside transparent green: no green may bleed in
        let picture = image::RgbaImage::from_fn(64, 64, |x, _| {
            if x < 32 { image::Rgba([255, 0, 0, 255]) } else { image::Rgba([0, 255, 0, 0]) }
        });
        let small = reduce(picture.into(), 9, 9).map(DynamicImage::into_rgba8);
        let bleeds = |picture: image::RgbaImage| {
            picture.pixels().any(|pixel| matches!(pixel.0, [_, green, _, alpha] if alpha > 8 && green > 8))
        };
        assert_eq!(small.map(bleeds), Ok(false));
    }

    #[test]
    fn opaque_pictures_lose_their_useless_alpha() {
        let opaque = image::RgbaImage::from_pixel(2, 2, image::Rgba([1, 2, 3, 255]));
        assert_eq!(eight_bit(opaque.into()).color(), image::ColorType::Rgb8);
        let glass = image::RgbaImage::from_pixel(2, 2, image::Rgba([1, 2, 3, 254]));
        assert_eq!(eight_bit(glass.into()).color(), image::ColorType::Rgba8);
    }
}
