//! Every good, broken and hostile file we own goes through the real image pipeline: accepted or
//! refused with a code, in time, within memory, and with nothing left behind after a refusal.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use crate::support::{Peak, Store, alone, assert_as_in_table, fixture, samples};
use market::media::{ImageFormat, MediaRefusal, StoredImage};
use market::ports::media::MediaStore as _;
use server::adapters::media::DiskMedia;

const SLOWEST: Duration = Duration::from_secs(5);
/// On top of what the process holds anyway: what a picture is worked on in, and what shrinking it takes.
const MOST_MEMORY_KB: u64 = 210 * 1024;

fn outcome(result: &Result<StoredImage, MediaRefusal>) -> String {
    match result {
        Ok(image) => format!("accepted {}x{}", image.width, image.height),
        Err(MediaRefusal::UnsupportedKind { kind }) => format!("unsupported_kind {kind}"),
        Err(MediaRefusal::NotAnImage { kind: Some(kind) }) => format!("not_an_image {kind}"),
        Err(refusal) => refusal.code().to_owned(),
    }
}

/// Every variant is there, decodes to its stated size, and tells nothing but how it looks.
async fn assert_clean(store: &DiskMedia, image: &StoredImage, name: &str) {
    assert!(!image.variants.is_empty(), "{name}");
    for variant in &image.variants {
        let file = store.open(&image.hash, variant.slot, variant.format).await.unwrap().unwrap();
        assert_eq!(file.bytes.len() as u64, variant.bytes, "{name}");
        let format = match variant.format {
            ImageFormat::Webp => image::ImageFormat::WebP,
            ImageFormat::Jpeg => image::ImageFormat::Jpeg,
        };
        let seen = image::load_from_memory_with_format(&file.bytes, format).unwrap();
        assert_eq!((seen.width(), seen.height()), (variant.width, variant.height), "{name}");
        assert!(variant.width <= image.width.min(variant.slot.width()), "{name} was enlarged");
        let secrets: [&[u8]; 8] =
            [b"Exif\0", b"EXIF", b"XMP ", b"ICCP", b"ICC_PROFILE", b"<?php", b"<script", b"http://"];
        for secret in secrets {
            let found = file.bytes.windows(secret.len()).any(|window| window == secret);
            assert!(!found, "{name}: {} survived", String::from_utf8_lossy(secret));
        }
    }
}

async fn check_file(store: &Store, name: &str, bytes: &[u8]) -> String {
    let before = store.files();
    let peak = Peak::start();
    let started = Instant::now();
    let result = store.disk.put_bytes(bytes).await;
    let (took, peak) = (started.elapsed(), peak.kilobytes());
    assert!(took <= SLOWEST, "{name} took {took:?}");
    assert!(peak <= MOST_MEMORY_KB, "{name} took {peak} kB");
    match &result {
        Ok(image) => assert_clean(&store.disk, image, name).await,
        Err(refusal) => {
            assert_eq!(store.files(), before, "{name} was refused but left files");
            assert!(!refusal.is_fault(), "{name}: {refusal}");
        }
    }
    assert!(store.temporary().is_empty(), "{name} left temporary files");
    outcome(&result)
}

#[tokio::test]
async fn every_file_is_accepted_or_refused_as_the_table_says() {
    let _alone = alone().await;
    let store = Store::new("corpus");
    let mut found = BTreeMap::new();
    for (name, bytes) in samples() {
        let seen = check_file(&store, &name, &bytes).await;
        found.insert(name, seen);
    }
    assert_as_in_table("expected.tsv", &found);
}

#[tokio::test]
async fn all_orientations_come_out_upright() {
    let _alone = alone().await;
    let store = Store::new("orientation");
    let upright = pixels(&store, &fixture("images/hopper.webp")).await;
    for name in ["2.webp", "3.webp", "4.webp", "5.jpg", "5.webp", "6.webp", "7.jpg", "7.webp", "8.jpg"] {
        let turned = pixels(&store, &fixture(&format!("images/hopper_orientation_{name}"))).await;
        assert_eq!(turned.dimensions(), upright.dimensions());
        let pairs = turned.as_raw().iter().zip(upright.as_raw());
        let apart: u64 = pairs.map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
        let mean = apart / upright.as_raw().len() as u64;
        assert!(mean < 17, "orientation {name}: {mean} apart");
    }
}

#[tokio::test]
async fn a_photo_taken_sideways_stands_up() {
    let _alone = alone().await;
    let store = Store::new("sideways");
    // left half red as stored; "turn right by 90 degrees" puts red on top
    let lying =
        image::RgbImage::from_fn(64, 32, |x, _| image::Rgb(if x < 32 { [200, 0, 0] } else { [0, 0, 200] }));
    let mut photo = std::io::Cursor::new(Vec::new());
    lying.write_to(&mut photo, image::ImageFormat::Jpeg).unwrap();
    let photo = photo.into_inner();
    let (start, rest) = photo.split_at(2);
    let exif = b"\xff\xe1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let upright = pixels(&store, &[start, exif, rest].concat()).await;
    assert_eq!(upright.dimensions(), (32, 64));
    let [top_red, _, top_blue] = upright.get_pixel(16, 8).0;
    let [low_red, _, low_blue] = upright.get_pixel(16, 56).0;
    assert!(top_red > 150 && top_blue < 50 && low_red < 50 && low_blue > 150);
}

async fn pixels(store: &Store, bytes: &[u8]) -> image::RgbImage {
    let stored = store.disk.put_bytes(bytes).await.unwrap();
    let widest = stored.variants.iter().rfind(|file| file.format == ImageFormat::Webp).unwrap();
    let file = store.disk.open(&stored.hash, widest.slot, widest.format).await.unwrap().unwrap();
    image::load_from_memory(&file.bytes).unwrap().into_rgb8()
}

#[tokio::test]
async fn code_hidden_in_a_photo_does_not_come_out() {
    let _alone = alone().await;
    let store = Store::new("polyglot");
    let photo = fixture("images/hopper_orientation_5.jpg");
    let code = b"<?php system($_GET['c']); ?><script>alert(1)</script>";
    let (start, rest) = photo.split_at(2);
    let length = u16::try_from(code.len() + 2).unwrap().to_be_bytes();
    let hostile = [start, &[0xff, 0xfe], &length, code, rest, code].concat();
    let stored = store.disk.put_bytes(&hostile).await.unwrap();
    assert_clean(&store.disk, &stored, "polyglot").await;
    let plain = store.disk.put_bytes(&photo).await.unwrap();
    assert_eq!(stored, plain, "the same picture is the same image, whatever hides in it");
}

#[tokio::test]
async fn the_largest_allowed_pictures_stay_within_time_and_memory() {
    let _alone = alone().await;
    let store = Store::new("bombs");
    for (name, bytes, expected) in crate::support::bombs() {
        assert_eq!(check_file(&store, name, &bytes).await, expected, "{name}");
    }
}

#[tokio::test]
async fn four_bombs_at_once_share_the_memory_of_one() {
    let _alone = alone().await;
    let store = Store::new("together");
    let bytes = crate::support::largest_bomb();
    let peak = Peak::start();
    let puts = (0..4).map(|_| store.disk.put_bytes(&bytes));
    let results = futures_util::future::join_all(puts).await;
    let peak = peak.kilobytes();
    assert!(peak <= MOST_MEMORY_KB, "{peak} kB");
    let first = results.first().unwrap().as_ref().unwrap();
    assert!(results.iter().all(|result| result.as_ref() == Ok(first)), "{results:?}");
    assert!(store.temporary().is_empty());
}
