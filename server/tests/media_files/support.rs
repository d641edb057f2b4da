//! What the media tests share: throw-away stores, the collections of files, generated bombs, and a
//! reading of the most memory this process held.

use std::collections::BTreeMap;
use std::fs;
use std::io::Cursor;
use std::path::{Path, PathBuf};

use image::{DynamicImage, ImageFormat, RgbImage, RgbaImage};
use server::adapters::media::{DiskMedia, MediaLimits};
use tokio::sync::{Mutex, MutexGuard};

use crate::archives;

/// One test at a time: they measure time and memory of the whole process.
pub async fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::const_new(());
    ALONE.lock().await
}

/// A store in a fresh folder, and a folder beside it.
pub struct Store {
    pub root: PathBuf,
    pub outside: PathBuf,
    pub disk: DiskMedia,
}

impl Store {
    pub fn new(name: &str) -> Self {
        Self::with_limits(name, MediaLimits::default())
    }

    pub fn with_limits(name: &str, limits: MediaLimits) -> Self {
        let base = Path::new(env!("CARGO_TARGET_TMPDIR")).join("media").join(name);
        let _ = fs::remove_dir_all(&base);
        let (root, outside) = (base.join("store"), base.join("outside"));
        fs::create_dir_all(&outside).unwrap();
        let disk = DiskMedia::open_folder(&root, limits).unwrap();
        Self { root, outside, disk }
    }

    /// Every file of the store that is not temporary, sorted.
    pub fn files(&self) -> Vec<PathBuf> {
        let temporary = self.root.join("tmp");
        let mut files = files_below(&self.root);
        files.retain(|path| !path.starts_with(&temporary));
        files.sort();
        files
    }

    /// What is in the folder of temporary files.
    pub fn temporary(&self) -> Vec<PathBuf> {
        fs::read_dir(self.root.join("tmp")).unwrap().map(|entry| entry.unwrap().path()).collect()
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(self.root.parent().unwrap());
    }
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/media")
}

/// A committed file.
pub fn fixture(name: &str) -> Vec<u8> {
    fs::read(fixtures().join(name)).unwrap()
}

/// A committed table of what must become of each file: its name and the outcome.
pub fn table(name: &str) -> BTreeMap<String, String> {
    let table = fs::read_to_string(fixtures().join(name)).unwrap();
    let rows = table.lines().filter_map(|row| row.split_once('\t'));
    rows.map(|(name, outcome)| (name.to_owned(), outcome.to_owned())).collect()
}

/// Every file there is, by folder and name: those committed, the archives made here, and what a newer collection
/// beside the project has on top.
pub fn samples() -> BTreeMap<String, Vec<u8>> {
    let mut samples: BTreeMap<_, _> =
        archives::bombs().into_iter().map(|(name, bytes)| (name.to_owned(), bytes)).collect();
    for folder in [fixtures()].into_iter().chain(collection()) {
        for kind in ["images", "hostile", "zip"] {
            for entry in fs::read_dir(folder.join(kind)).unwrap() {
                let path = entry.unwrap().path();
                let name = format!("{kind}/{}", path.file_name().unwrap().to_str().unwrap());
                samples.entry(name).or_insert_with(|| fs::read(&path).unwrap());
            }
        }
    }
    samples
}

#[expect(clippy::disallowed_methods, reason = "where the collection is, is no setting of the server")]
fn collection() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    let shared = std::env::var_os("MARKET_SHARED").map_or_else(beside, PathBuf::from);
    Some(shared.join("data/upload")).filter(|folder| folder.is_dir())
}

/// Each file was seen and became what the table says, and no row of the table was left out. Else the table as it was
/// found is written beside the other temporary files.
pub fn assert_as_in_table(name: &str, found: &BTreeMap<String, String>) {
    let table = table(name);
    let unseen: Vec<_> = table.keys().filter(|name| !found.contains_key(*name)).collect();
    assert!(unseen.is_empty(), "in {name} but no such file: {unseen:#?}");
    let wrong: Vec<_> = found.iter().filter(|(name, seen)| table.get(*name) != Some(*seen)).collect();
    if !wrong.is_empty() {
        let rows: Vec<_> = found.iter().map(|(name, seen)| format!("{name}\t{seen}\n")).collect();
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::write(&path, rows.concat()).unwrap();
        panic!("not as expected (whole table in {}): {wrong:#?}", path.display());
    }
    assert_eq!(found.len(), table.len());
}

/// Pictures at and just past the limits, each tiny as a file.
pub fn bombs() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let jpeg = |picture| imaging::encode(&picture, imaging::Format::Jpeg).unwrap();
    let webp = |picture| imaging::encode(&picture, imaging::Format::Webp).unwrap();
    vec![
        ("glass.png", largest_bomb(), "accepted 8000x5000"),
        ("opaque.jpg", jpeg(opaque(8000, 5000)), "accepted 8000x5000"),
        ("wide.png", png(&opaque(8001, 5000)), "too_many_pixels"),
        ("glass.webp", largest_webp(), "accepted 4600x3700"),
        ("clear.webp", webp(glass(5000, 4000)), "too_many_pixels"),
        ("opaque.webp", webp(opaque(6000, 6000)), "too_many_pixels"),
        ("sheet.png", png(&opaque(860, 20_000)), "accepted 860x20000"),
        ("full.png", png(&opaque(1600, 8700)), "accepted 1600x8700"),
        ("strip.png", png(&opaque(16, 801)), "too_long"),
        ("pixel.png", png(&opaque(1, 1)), "too_small"),
    ]
}

/// The picture that takes most memory of all that are accepted.
pub fn largest_bomb() -> Vec<u8> {
    png(&glass(8000, 5000))
}

/// The `WebP` that takes most memory: a decoder holds eleven bytes for each of its pixels.
pub fn largest_webp() -> Vec<u8> {
    imaging::encode(&glass(4600, 3700), imaging::Format::Webp).unwrap()
}

fn opaque(width: u32, height: u32) -> DynamicImage {
    let bytes = vec![90; usize::try_from(width * height * 3).unwrap()];
    RgbImage::from_raw(width, height, bytes).unwrap().into()
}

fn glass(width: u32, height: u32) -> DynamicImage {
    let bytes = vec![90; usize::try_from(width * height * 4).unwrap()];
    RgbaImage::from_raw(width, height, bytes).unwrap().into()
}

fn png(picture: &DynamicImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

/// How much more memory this process has held since the start of the measurement.
pub struct Peak {
    at_start: u64,
}

impl Peak {
    pub fn start() -> Self {
        // "5" makes the kernel forget the peak so far
        fs::write("/proc/self/clear_refs", "5").unwrap();
        Self { at_start: status("VmRSS:") }
    }

    pub fn kilobytes(self) -> u64 {
        status("VmHWM:").saturating_sub(self.at_start)
    }
}

fn status(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let row = status.lines().find_map(|row| row.strip_prefix(name)).unwrap();
    row.trim().trim_end_matches(" kB").parse().unwrap()
}
