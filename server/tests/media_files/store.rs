//! The store itself: receiving, keeping once, giving out, removing, and failing without a trace.

use std::fs;
use std::time::{Duration, UNIX_EPOCH};

use crate::support::{Store, alone, fixture};
use market::media::{ImageFormat, ImageHash, ImageSlot, MediaRefusal, TempUpload};
use market::ports::media::MediaStore as _;
use market::time::Timestamp;
use server::adapters::media::{DiskMedia, MediaLimits};

const PHOTO: &str = "images/hopper_orientation_5.jpg";

#[tokio::test]
async fn a_photo_is_kept_once_and_can_be_removed() {
    let _alone = alone().await;
    let store = Store::new("keep");
    let first = store.disk.put_bytes(&fixture(PHOTO)).await.unwrap();
    let files = store.files();
    assert_eq!(files.len(), first.variants.len());
    assert_eq!(store.disk.put_bytes(&fixture(PHOTO)).await.unwrap(), first);
    assert_eq!(store.files(), files);

    store.disk.remove(&first.hash).await.unwrap();
    assert!(store.files().is_empty());
    store.disk.remove(&first.hash).await.unwrap();
    let gone = store.disk.open(&first.hash, ImageSlot::W160, ImageFormat::Webp).await;
    assert_eq!(gone, Ok(None));
}

#[tokio::test]
async fn a_lost_variant_comes_back_with_the_next_upload() {
    let _alone = alone().await;
    let store = Store::new("mend");
    let image = store.disk.put_bytes(&fixture(PHOTO)).await.unwrap();
    let files = store.files();
    fs::remove_file(files.first().unwrap()).unwrap();
    assert_eq!(store.disk.put_bytes(&fixture(PHOTO)).await.unwrap(), image);
    assert_eq!(store.files(), files);
}

#[tokio::test]
async fn what_was_put_here_before_a_moment_is_found_by_walking() {
    let _alone = alone().await;
    let store = Store::new("walk");
    let image = store.disk.put_bytes(&fixture(PHOTO)).await.unwrap();
    let folder = fs::canonicalize(store.files().first().unwrap()).unwrap().parent().unwrap().to_owned();
    let at = |seconds: u64| {
        let file = fs::File::open(&folder).unwrap();
        file.set_modified(UNIX_EPOCH + Duration::from_secs(seconds)).unwrap();
    };
    at(1_000);
    let before = |seconds: i64| store.disk.stored_before(Timestamp(seconds * 1_000_000));
    assert_eq!(before(1_000).await.unwrap(), []);
    assert_eq!(before(1_001).await.unwrap(), std::slice::from_ref(&image.hash));
    // put here again: it is on its way to somebody
    store.disk.put_bytes(&fixture(PHOTO)).await.unwrap();
    assert_eq!(before(1_001).await.unwrap(), []);
}

#[tokio::test]
async fn addresses_of_unknown_images_open_nothing() {
    let _alone = alone().await;
    let store = Store::new("unknown");
    let hash = ImageHash::from_digest(&[7; 32]);
    for slot in ImageSlot::ALL {
        assert_eq!(store.disk.open(&hash, slot, ImageFormat::Jpeg).await, Ok(None));
    }
    store.disk.check().await.unwrap();
    assert!(store.temporary().is_empty());
}

#[tokio::test]
async fn an_upload_is_counted_while_it_comes_in() {
    let _alone = alone().await;
    let store = Store::new("counted");
    let mut upload = store.disk.begin_upload(10).await.unwrap();
    upload.write(b"12345").await.unwrap();
    upload.write(b"67890").await.unwrap();
    assert_eq!(upload.write(b"1").await, Err(MediaRefusal::TooLarge { max_bytes: 10 }));
    drop(upload);
    let nothing = store.disk.begin_upload(10).await.unwrap().finish().await;
    assert_eq!(nothing.map(|upload| upload.bytes()), Err(MediaRefusal::Empty));
    let abandoned = store.disk.begin_upload(10).await.unwrap();
    assert_eq!(store.temporary().len(), 1);
    drop(abandoned);
    assert!(store.temporary().is_empty());
}

#[tokio::test]
async fn a_finished_upload_knows_its_digest() {
    let _alone = alone().await;
    let store = Store::new("digest");
    let mut upload = store.disk.begin_upload(10).await.unwrap();
    upload.write(b"a").await.unwrap();
    upload.write(b"bc").await.unwrap();
    let upload = upload.finish().await.unwrap();
    assert_eq!(fs::read(upload.path()).unwrap(), b"abc");
    let digest = ImageHash::from_digest(upload.sha256());
    assert_eq!(digest.as_str(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

#[tokio::test]
async fn a_full_disk_is_said_to_be_full() {
    let _alone = alone().await;
    // the device that is always full
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("never-there");
    let mut upload = TempUpload::new(full, path, u64::MAX);
    let written = upload.write(&vec![1; 100_000]).await;
    let finished = upload.finish().await.map(|upload| upload.bytes());
    assert_eq!(written.and(finished), Err(MediaRefusal::DiskFull));
}

#[tokio::test]
async fn out_of_time_leaves_nothing() {
    let _alone = alone().await;
    let limits = MediaLimits { time: Duration::ZERO, ..MediaLimits::default() };
    let store = Store::with_limits("late", limits);
    let mut upload = TempUpload::new(
        fs::File::create_new(store.outside.join("late.jpg")).unwrap(),
        store.outside.join("late.jpg"),
        u64::MAX,
    );
    upload.write(&fixture(PHOTO)).await.unwrap();
    let upload = upload.finish().await.unwrap();
    assert_eq!(store.disk.put_image(upload).await, Err(MediaRefusal::Timeout));
    assert!(store.files().is_empty() && store.temporary().is_empty());
    assert!(!store.outside.join("late.jpg").exists());
}

#[tokio::test]
async fn a_request_that_goes_away_leaves_nothing() {
    let _alone = alone().await;
    let store = Store::new("gone");
    for wait in [0, 1, 5, 20] {
        let (disk, bytes) = (store.disk.clone(), fixture(PHOTO));
        let put = tokio::spawn(async move { disk.put_bytes(&bytes).await });
        tokio::time::sleep(Duration::from_millis(wait)).await;
        put.abort();
    }
    // either kept whole or not at all, once what had begun has ended
    for _ in 0..200 {
        if store.temporary().is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(store.temporary().is_empty());
}

#[tokio::test]
async fn what_a_killed_process_left_is_swept() {
    let _alone = alone().await;
    let store = Store::new("swept");
    let old = store.root.join("tmp/1-1");
    fs::create_dir_all(&old).unwrap();
    let made = fs::metadata(&old).unwrap().modified().unwrap();
    let long_ago = made - Duration::from_hours(2);
    fs::File::open(&old).unwrap().set_modified(long_ago).unwrap();
    fs::write(store.root.join("tmp/1-2"), "still being received").unwrap();
    DiskMedia::open_folder(&store.root, MediaLimits::default()).unwrap();
    let left = store.temporary();
    assert_eq!(left.len(), 1, "{left:?}");
}
