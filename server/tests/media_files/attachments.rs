//! Every good, broken and hostile file we own is sent as an attachment to the real store: kept or refused as the table
//! says, in time, within memory, with nothing left of what was refused.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;
use std::time::{Duration, Instant};

use market::files::{AttachedFile, FileRefusal, Held, UploadError, upload};
use market::settings::Settings;
use market::testing::{TestMarket, fresh_sqlite, test_market_with};
use market::{Cx, Market, Ports};

use crate::support::{Peak, Store, alone, assert_as_in_table, largest_bomb, samples};

const SLOWEST: Duration = Duration::from_secs(5);
/// On top of what the process holds anyway: what a picture is worked on in, and what shrinking it takes.
const MOST_MEMORY_KB: u64 = 210 * 1024;

fn outcome(result: &Result<AttachedFile, FileRefusal>) -> String {
    match result {
        Ok(file) => {
            let drawn = if file.preview.is_some() { " drawn" } else { "" };
            let pages = file.pages.map(|pages| format!(" {pages} pages")).unwrap_or_default();
            format!("kept {}{drawn}{pages}", file.kind.code())
        }
        Err(FileRefusal::NotTaken { found }) => format!("not_taken {}", found.unwrap_or("unknown")),
        Err(refusal) => format!("{refusal:?}").to_lowercase(),
    }
}

/// A market whose private files lie on a real disk, and somebody who sends.
async fn sender(store: &Store, test: &TestMarket) -> Cx {
    let files = store.disk.private_files(store.outside.join("files")).unwrap();
    let ports = Ports { files: Arc::new(files), ..test.market.ports().clone() };
    let settings = Settings { file_bytes_per_day: u64::MAX / 4, ..Settings::default() };
    let market = Market::new(test.market.db().clone(), ports, settings);
    let id = test.add_person("sender").await;
    Cx { market, ..test.as_person(id).await }
}

async fn send(cx: &Cx, name: &str, bytes: &[u8]) -> Result<AttachedFile, FileRefusal> {
    let work = async {
        let id = upload::begin(cx, name, None).await?;
        let mut receiving = upload::open(cx, id, 0).await?;
        for piece in bytes.chunks(16 * 1024) {
            if let Err(refusal) = receiving.write(piece).await {
                receiving.abandon(cx).await?;
                return Err(refusal.into());
            }
        }
        receiving.finish(cx).await
    };
    match work.await {
        Ok(Held::Kept(file)) => Ok(file),
        Err(UploadError::Refused(refusal)) => Err(refusal),
        other => unreachable!("{other:?}"),
    }
}

fn stored(store: &Store) -> usize {
    let folders = fs::read_dir(store.outside.join("files")).unwrap();
    folders.map(|folder| fs::read_dir(folder.unwrap().path()).unwrap().count()).sum()
}

async fn check(cx: &Cx, test: &TestMarket, store: &Store, name: &str, bytes: &[u8]) -> String {
    test.clock.advance(market::time::HOUR);
    let (before, peak, started) = (stored(store), Peak::start(), Instant::now());
    let result = send(cx, name, bytes).await;
    let (took, peak) = (started.elapsed(), peak.kilobytes());
    assert!(took <= SLOWEST, "{name} took {took:?}");
    assert!(peak <= MOST_MEMORY_KB, "{name} took {peak} kB");
    match &result {
        Ok(file) => assert_eq!(stored(store), before + 1 + usize::from(file.preview.is_some()), "{name}"),
        Err(refusal) => {
            assert!(!refusal.is_fault(), "{name}: {refusal}");
            assert_eq!(stored(store), before, "{name} was refused but left files");
        }
    }
    outcome(&result)
}

#[tokio::test]
async fn every_file_is_kept_or_refused_as_the_table_says() {
    let _alone = alone().await;
    let db = fresh_sqlite().await;
    let test = test_market_with(db.db.clone(), Settings::default());
    let store = Store::new("attachments");
    let cx = sender(&store, &test).await;
    let mut found = BTreeMap::new();
    for (name, bytes) in samples() {
        let seen = check(&cx, &test, &store, &name, &bytes).await;
        found.insert(name, seen);
    }
    assert_as_in_table("attachments.tsv", &found);
    db.remove().await;
}

#[tokio::test]
async fn a_handle_that_stays_open_does_not_reach_what_is_served() {
    let _alone = alone().await;
    let db = fresh_sqlite().await;
    let test = test_market_with(db.db.clone(), Settings::default());
    let store = Store::new("handles");
    let cx = sender(&store, &test).await;
    let pdf = b"%PDF-1.7\n<</Type/Page>>";
    let id = upload::begin(&cx, "clean.pdf", Some(pdf.len() as u64)).await.unwrap();
    let mut clean = upload::open(&cx, id, 0).await.unwrap();
    let mut other = upload::open(&cx, id, 0).await.unwrap();
    clean.write(pdf).await.unwrap();
    assert!(matches!(clean.finish(&cx).await, Ok(Held::Kept(_))));
    other.write(b"MZ program").await.unwrap();
    assert!(matches!(other.finish(&cx).await, Ok(Held::Receiving(10))));
    let mut served = market::files::serving::open(&cx, id).await.unwrap();
    let mut bytes = Vec::new();
    tokio::io::AsyncReadExt::read_to_end(&mut served.open.reader, &mut bytes).await.unwrap();
    assert_eq!(bytes, pdf);
    assert_eq!(stored(&store), 1, "nothing else is left");
    // a second name of it lives on its own
    let (files, second) = (cx.market.ports().files.clone(), "0".repeat(32));
    let mut reading = cx.read().await.unwrap();
    let (first,) =
        market::fetch_one!(reading, (String,), "SELECT stored_as FROM files WHERE id = $1", id).unwrap();
    drop(reading);
    files.share(&first, &second).await.unwrap();
    files.remove(&first).await.unwrap();
    assert_eq!(files.open(&second).await.unwrap().unwrap().bytes, pdf.len() as u64);
    assert!(files.open(&first).await.unwrap().is_none());
    db.remove().await;
}

#[tokio::test]
async fn the_largest_files_stay_within_time_and_memory() {
    let _alone = alone().await;
    let db = fresh_sqlite().await;
    let test = test_market_with(db.db.clone(), Settings::default());
    let store = Store::new("largest");
    let cx = sender(&store, &test).await;
    let most = usize::try_from(cx.settings().file_max_bytes).unwrap();
    let padded = |start: &[u8], size: usize| [start, &vec![b' '; size - start.len()]].concat();
    let pdf = padded(b"%PDF-1.7\n<</Type/Page>>", most);
    assert_eq!(check(&cx, &test, &store, "large.pdf", &pdf).await, "kept pdf 1 pages");
    let beyond = padded(b"%PDF-1.7", most + 1);
    assert!(check(&cx, &test, &store, "beyond.pdf", &beyond).await.starts_with("toolarge"));
    let slashes = [b"%PDF-1.7".to_vec(), vec![b'/'; most - 8]].concat();
    assert_eq!(check(&cx, &test, &store, "slashes.pdf", &slashes).await, "kept pdf");
    assert_eq!(check(&cx, &test, &store, "bomb.png", &largest_bomb()).await, "kept png drawn");
    // ten at once share the memory of one picture
    let (bomb, peak) = (largest_bomb(), Peak::start());
    let sent = futures_util::future::join_all((0..10).map(|_| send(&cx, "many.png", &bomb)));
    let kept = |sent: &Result<AttachedFile, FileRefusal>| matches!(sent, Ok(_) | Err(FileRefusal::Busy));
    assert!(sent.await.iter().all(kept));
    let peak = peak.kilobytes();
    assert!(peak <= MOST_MEMORY_KB, "{peak} kB");
    db.remove().await;
}
