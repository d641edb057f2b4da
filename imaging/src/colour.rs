//! Colours: telephones photograph in Display P3, and a picture stripped of its profile would look
//! pale. Pixels are converted to sRGB before the profile is dropped; a profile that cannot be used
//! (for grey, for CMYK, damaged) is ignored.

use image::DynamicImage;
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// The largest profile worth reading; those of cameras and screens are a few kilobytes.
const MAX_PROFILE: usize = 1024 * 1024;

/// The picture in sRGB. Takes 8-bit RGB or RGBA.
pub(crate) fn to_srgb(picture: DynamicImage, profile: Option<&[u8]>) -> DynamicImage {
    profile.and_then(|profile| converted(&picture, profile)).unwrap_or(picture)
}

fn converted(picture: &DynamicImage, profile: &[u8]) -> Option<DynamicImage> {
    if profile.len() > MAX_PROFILE {
        return None;
    }
    let source = ColorProfile::new_from_slice(profile).ok()?;
    if source.color_space != DataColorSpace::Rgb {
        return None;
    }
    let layout = if picture.color().has_alpha() { Layout::Rgba } else { Layout::Rgb };
    let target = ColorProfile::new_srgb();
    let options = TransformOptions::default();
    let transform = source.create_transform_8bit(layout, &target, layout, options).ok()?;
    let mut pixels = vec![0; picture.as_bytes().len()];
    transform.transform(picture.as_bytes(), &mut pixels).ok()?;
    let (width, height) = (picture.width(), picture.height());
    match layout {
        Layout::Rgba => image::RgbaImage::from_raw(width, height, pixels).map(Into::into),
        _ => image::RgbImage::from_raw(width, height, pixels).map(Into::into),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn red() -> DynamicImage {
        image::RgbImage::from_pixel(4, 4, image::Rgb([200, 60, 60])).into()
    }

    #[test]
    fn a_wide_gamut_photo_keeps_its_strength() {
        let p3 = ColorProfile::new_display_p3().encode().unwrap();
        let [red, green, _] = to_srgb(red(), Some(&p3)).into_rgb8().get_pixel(0, 0).0;
        assert!(red > 205 && green < 55, "{red} {green}");
    }

    #[test]
    fn useless_profiles_change_nothing() {
        let grey = ColorProfile::new_gray_with_gamma(2.2).encode().unwrap();
        for profile in [&b""[..], b"<?php system($_GET['c']); ?>", &grey, &[0xff; 4000]] {
            assert_eq!(to_srgb(red(), Some(profile)), red());
        }
    }
}
