//! Writes a picture as lossy `WebP` and as JPEG. Both encoders get bare pixels, so nothing of the
//! upload but its looks can come out.

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, RgbImage};
use webp::{PixelLayout, WebPConfig};

use crate::Refusal;

/// Good enough that nobody sees a difference on a screen, at a third of the bytes of 95.
const WEBP_QUALITY: f32 = 80.0;
/// Looks about the same as the `WebP`.
const JPEG_QUALITY: u8 = 82;
/// Above this, libwebp's quick method: long product sheets would take seconds otherwise.
const QUICK_ABOVE_PIXELS: u64 = 3_000_000;

/// What to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Lossy `WebP`, with transparency.
    Webp,
    /// JPEG on white.
    Jpeg,
}

/// The file of this picture in this format. Takes 8-bit RGB or RGBA.
pub fn encode(picture: &DynamicImage, format: Format) -> Result<Vec<u8>, Refusal> {
    match format {
        Format::Webp => webp(picture),
        Format::Jpeg => jpeg(picture),
    }
}

fn webp(picture: &DynamicImage) -> Result<Vec<u8>, Refusal> {
    let (width, height) = (picture.width(), picture.height());
    let layout = if picture.color().has_alpha() { PixelLayout::Rgba } else { PixelLayout::Rgb };
    let mut config = WebPConfig::new().map_err(|()| failed("libwebp has no configuration"))?;
    config.quality = WEBP_QUALITY;
    config.alpha_compression = 1;
    let pixels = u64::from(width) * u64::from(height);
    config.method = if pixels > QUICK_ABOVE_PIXELS { 2 } else { 4 };
    let encoder = webp::Encoder::new(picture.as_bytes(), layout, width, height);
    let file = encoder.encode_advanced(&config).map_err(|_| failed("libwebp gave up"))?;
    Ok(file.to_vec())
}

fn jpeg(picture: &DynamicImage) -> Result<Vec<u8>, Refusal> {
    let mut file = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut file, JPEG_QUALITY);
    let written = match picture {
        DynamicImage::ImageRgb8(opaque) => opaque.write_with_encoder(encoder),
        other => on_white(other).write_with_encoder(encoder),
    };
    written.map_err(|error| failed(&error.to_string()))?;
    Ok(file)
}

/// JPEG knows no transparency, and black behind a drawing would swallow its lines.
fn on_white(picture: &DynamicImage) -> RgbImage {
    let (width, height) = (picture.width(), picture.height());
    let mut flat = RgbImage::new(width, height);
    let source = picture.as_bytes().chunks_exact(4);
    for (target, pixel) in flat.chunks_exact_mut(3).zip(source) {
        let (colours, alpha) = pixel.split_at(3);
        let alpha = alpha.first().copied().map_or(255, u32::from);
        for (out, colour) in target.iter_mut().zip(colours) {
            let mixed = (u32::from(*colour) * alpha + 255 * (255 - alpha) + 127) / 255;
            *out = u8::try_from(mixed).unwrap_or(u8::MAX);
        }
    }
    flat
}

fn failed(cause: &str) -> Refusal {
    Refusal::Encoder(cause.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Rgba, RgbaImage};

    #[test]
    fn transparency_is_kept_in_webp_and_white_in_jpeg() {
        let glass = RgbaImage::from_fn(32, 32, |x, _| Rgba([0, 0, 0, if x < 16 { 0 } else { 255 }]));
        let glass = DynamicImage::from(glass);
        let webp = image::load_from_memory(&encode(&glass, Format::Webp).unwrap()).unwrap();
        assert_eq!(webp.to_rgba8().get_pixel(2, 2).0.last(), Some(&0));
        let jpeg = image::load_from_memory(&encode(&glass, Format::Jpeg).unwrap()).unwrap();
        let (clear, solid) = (jpeg.to_rgb8().get_pixel(2, 2).0, jpeg.to_rgb8().get_pixel(30, 2).0);
        assert!(clear.iter().all(|c| *c > 245) && solid.iter().all(|c| *c < 10), "{clear:?} {solid:?}");
    }

    #[test]
    fn half_transparent_is_mixed_with_white() {
        let half = RgbaImage::from_pixel(1, 1, Rgba([255, 0, 0, 128]));
        assert_eq!(on_white(&half.into()).get_pixel(0, 0).0, [255, 127, 127]);
    }
}
