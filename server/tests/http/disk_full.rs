//! No room left: whoever fails is told so, nothing is half written, everybody reads on, and once there is room it works again.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};

use market::accounts::access::VendorRole;
use market::db::Db;
use market::testing::fresh_sqlite;
use uuid::Uuid;

use crate::inquiries::listed;
use crate::processes::{Program, free_addr, request, request_of, scratch, sign_in, status, today, with_file};

const NAME: &str = "SELECT name FROM users WHERE email = 'writer@example.test'";
const WRITES: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit_log WHERE actor_kind = 'user' AND action = 'account.change_profile'";
const SOUND: &str = "SELECT integrity_check FROM pragma_integrity_check";

/// How a disk gets full and free again.
#[derive(Clone, Copy)]
enum Disk {
    /// A small file system of its own, filled with a file; needs the right to mount.
    Small,
    /// No file may grow.
    Limited,
    /// As the small one, with the database elsewhere: it goes on writing, and files alone find no room.
    Beside,
}

/// Who fails: somebody with a product of their own, who also asks about the one called `bolt`.
struct Writer {
    cookie: String,
    own: Uuid,
}

async fn writer(db: &Db) -> Writer {
    let app = today(db);
    listed(&app, "bolt").await;
    let vendor = listed(&app, "own").await;
    let id = app.test.add_person("writer").await;
    app.test.join(id, vendor, VendorRole::Owner).await;
    let mut conn = db.read().await.unwrap();
    let (own,) = market::fetch_one!(conn, (Uuid,), "SELECT id FROM listings WHERE slug = 'own'").unwrap();
    Writer { cookie: sign_in(&app, id).await, own }
}

impl Writer {
    /// A picture of the own product, too noisy to shrink.
    fn picture(&self, program: &Program) -> String {
        let noise = image::RgbImage::from_fn(600, 400, |x, y| {
            let mixed = (x + 1).wrapping_mul(2_654_435_761) ^ (y + 1).wrapping_mul(2_246_822_519);
            image::Rgb(mixed.wrapping_mul(mixed >> 7).to_le_bytes()[..3].try_into().unwrap())
        });
        let mut bytes = Cursor::new(Vec::new());
        noise.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        let (kind, body) = with_file(&[], "images", ("photo.png", bytes.get_ref()));
        let path = format!("/vendor/listings/{}/images", self.own);
        request_of(program.addr, ("POST", &path), &self.cookie, (kind, &body)).expect("the program lives")
    }

    /// A question with a drawing of 40 kB.
    fn drawing(&self, program: &Program) -> String {
        static ASKED: AtomicU64 = AtomicU64::new(1);
        let mut pdf = b"%PDF-1.4\n<< /Type /Page >>\n".to_vec();
        pdf.resize(40 * 1024, b' ');
        let key =
            Uuid::from_u64_pair(0x0190_0000_0000_7000, ASKED.fetch_add(1, Ordering::Relaxed)).to_string();
        let fields = [("idem", key.as_str()), ("quantity", "100"), ("body", "with a drawing")];
        let (kind, body) = with_file(&fields, "files", ("drawing.pdf", &pdf));
        let path = ("POST", "/listings/bolt/ask");
        request_of(program.addr, path, &self.cookie, (kind, &body)).expect("the program lives")
    }
}

/// Every file below the folders of pictures and of private files.
fn kept_files(seen: &Path) -> BTreeSet<PathBuf> {
    let mut folders = vec![seen.join("media"), seen.join("files")];
    let mut files = BTreeSet::new();
    while let Some(folder) = folders.pop() {
        let Ok(entries) = std::fs::read_dir(folder) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else {
                files.insert(path);
            }
        }
    }
    files
}

/// The page says that there is no room, in words, and names no cause.
fn says_no_room(answer: &str) {
    assert!(matches!(status(answer), "422" | "507"), "{answer}");
    let words = ["지금은 저장할 자리가 없어요", "지금은 파일을 저장할 수 없어요"];
    assert!(words.iter().any(|words| answer.contains(words)) && answer.contains("<h1"), "{answer}");
    assert!(!answer.contains("sqlx") && !answer.contains("os error"), "{answer}");
}

/// The program on that disk, on a copy of `seed`; gives where its files are to be seen.
fn start(disk: Disk, seed: &Path, var: &Path) -> (Program, PathBuf) {
    let addr = free_addr();
    let (program, prepare) = match disk {
        Disk::Small => (
            "unshare",
            "mount -t tmpfs -o size=24m none \"$MARKET_VAR\" && cp \"$SEED\" \"$MARKET_VAR/market.db\" && ",
        ),
        Disk::Beside => ("unshare", "mount -t tmpfs -o size=24m none \"$MARKET_VAR\" && "),
        // a limit that is reached must fail the write, not end the program
        Disk::Limited => ("env", "trap '' XFSZ; cp \"$SEED\" \"$MARKET_VAR/market.db\" && "),
    };
    let script = format!("{prepare}cd \"$MARKET_VAR\" && exec \"$SERVER\" serve >log 2>&1");
    let database = if matches!(disk, Disk::Beside) { seed.to_owned() } else { var.join("market.db") };
    let mut command = Command::new(program);
    if matches!(disk, Disk::Small | Disk::Beside) {
        command.arg("-m");
    }
    let child = command
        .args(["bash", "-c", &script])
        .env("SEED", seed)
        .env("SERVER", env!("CARGO_BIN_EXE_server"))
        .env("DATABASE_URL", format!("sqlite://{}", database.display()))
        .env("MARKET_VAR", var)
        .env("MARKET_ADDR", addr.to_string())
        .env("MARKET_SITE_ROOT", concat!(env!("CARGO_MANIFEST_DIR"), "/tests/http/site"))
        .env("MARKET_LOG", "debug")
        .env_remove("MARKET_METRICS_ADDR")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let inside = PathBuf::from(format!("/proc/{}/root{}", child.id(), var.display()));
    (Program { child, addr }, inside)
}

fn limit(program: &Program, size: &str) {
    let pid = program.child.id().to_string();
    let done = Command::new("prlimit").args(["--pid", &pid, &format!("--fsize={size}:unlimited")]).status();
    assert!(done.unwrap().success(), "prlimit of util-linux sets the limit of the program");
}

fn fill(disk: Disk, program: &Program, seen: &Path) {
    match disk {
        Disk::Limited => limit(program, "0"),
        Disk::Small | Disk::Beside => {
            let mut size = 1 << 20;
            let mut bytes = Vec::new();
            while size > 0 {
                bytes.resize(bytes.len() + size, 1);
                if std::fs::write(seen.join("filler"), &bytes).is_err() {
                    bytes.truncate(bytes.len() - size);
                    size /= 2;
                }
            }
        }
    }
}

fn free(disk: Disk, program: &Program, seen: &Path) {
    match disk {
        Disk::Limited => limit(program, "unlimited"),
        Disk::Small | Disk::Beside => std::fs::remove_file(seen.join("filler")).unwrap(),
    }
}

/// What is on the disk while the program stands still, read from a copy: SQLite would not look through the other's root.
async fn stored(program: &Program, seen: &Path) -> (String, i64, String) {
    let copy = scratch();
    let signal = |name: &str| {
        let pid = program.child.id().to_string();
        assert!(Command::new("kill").args([name, &pid]).status().unwrap().success());
    };
    signal("-STOP");
    for name in ["market.db", "market.db-wal"] {
        let _ = std::fs::copy(seen.join(name), copy.join(name));
    }
    signal("-CONT");
    let db = Db::connect(&format!("sqlite://{}", copy.join("market.db").display()), 1).await.unwrap();
    let mut conn = db.read().await.unwrap();
    let (name,) = market::fetch_one!(conn, (String,), NAME).unwrap();
    let (fails,) = market::fetch_one!(conn, (i64,), WRITES).unwrap();
    let (sound,) = market::fetch_one!(conn, (String,), SOUND).unwrap();
    drop(conn);
    db.close().await;
    let _ = std::fs::remove_dir_all(&copy);
    (name, fails, sound)
}

async fn survives(disk: Disk) {
    let test = fresh_sqlite().await;
    let writer = writer(&test.db).await;
    let cookie = &writer.cookie;
    test.db.close().await;
    let (seed, var) = (PathBuf::from(test.url.trim_start_matches("sqlite://")), scratch());
    let (program, inside) = start(disk, &seed, &var);
    program.wait_until_ready();
    let write = |path: &str, name: &str| {
        let body = format!("name={name}&phone=&company=&lang=ko");
        request(program.addr, "POST", path, cookie, &body).expect("the program lives")
    };
    let read = |path: &str| request(program.addr, "GET", path, cookie, "").expect("the program lives");
    assert_eq!(status(&write("/account", "before")), "303");
    fill(disk, &program, &inside);
    // what is not yet used of the log may still take some
    let mut last = String::from("before");
    let refused = (0..200)
        .find_map(|n| {
            let answer = write("/account", &format!("n{n}"));
            if status(&answer) == "303" {
                last = format!("n{n}");
                return None;
            }
            Some(answer)
        })
        .expect("the disk is full");
    assert_eq!(status(&refused), "507", "{refused}");
    assert!(refused.contains("지금은 저장할 자리가 없어요") && refused.contains("<h1>"), "{refused}");
    assert!(!refused.contains("sqlx") && !refused.contains("disk"), "{refused}");
    let english = write("/en/account", "english");
    assert!(status(&english) == "507" && english.contains("There is no room to save right now"), "{english}");
    // neither a picture nor a drawing finds room, and what came of it is gone again
    let before = kept_files(&inside);
    says_no_room(&writer.picture(&program));
    says_no_room(&writer.drawing(&program));
    assert_eq!(kept_files(&inside), before, "something was left of what found no room");
    for _ in 0..3 {
        for path in
            ["/", "/account", "/search?q=bolt", "/categories", "/inquiries", "/notifications", "/livez"]
        {
            assert_eq!(status(&read(path)), "200", "{path} is still read");
        }
    }
    assert!(read("/account").contains(&format!("value=\"{last}\"")), "what was refused is not half there");
    free(disk, &program, &inside);
    assert_eq!(status(&write("/account", "after")), "303", "there is room again");
    assert_eq!(status(&writer.picture(&program)), "303");
    assert_eq!(status(&writer.drawing(&program)), "303");
    assert!(kept_files(&inside).len() > before.len());
    let (name, fails, sound) = stored(&program, &inside).await;
    let acknowledged = 2 + last.strip_prefix('n').map_or(0, |n| n.parse::<i64>().unwrap() + 1);
    assert_eq!((name.as_str(), fails, sound.as_str()), ("after", acknowledged, "ok"));
    drop(program);
    let _ = std::fs::remove_dir_all(&var);
    test.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_is_told_and_survived() {
    // only root may mount
    if std::fs::read_to_string("/proc/self/status").unwrap().contains("\nUid:\t0\t") {
        survives(Disk::Small).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_find_no_room_leave_nothing() {
    if !std::fs::read_to_string("/proc/self/status").unwrap().contains("\nUid:\t0\t") {
        return;
    }
    let test = fresh_sqlite().await;
    let writer = writer(&test.db).await;
    test.db.close().await;
    let (seed, var) = (PathBuf::from(test.url.trim_start_matches("sqlite://")), scratch());
    let (program, inside) = start(Disk::Beside, &seed, &var);
    program.wait_until_ready();
    assert_eq!(status(&writer.drawing(&program)), "303");
    let before = kept_files(&inside);
    assert_eq!(before.len(), 1, "{before:?}");
    // no room at all; then room for what arrives, but not for the copy that is looked at
    for room in [0, 60 * 1024] {
        fill(Disk::Beside, &program, &inside);
        let filler = std::fs::OpenOptions::new().write(true).open(inside.join("filler")).unwrap();
        filler.set_len(filler.metadata().unwrap().len() - room).unwrap();
        let (picture, drawing) = (writer.picture(&program), writer.drawing(&program));
        assert!(picture.contains("photo.png: 지금은 저장할 자리가 없어요"), "{picture}");
        assert!(drawing.contains("drawing.pdf: 지금은 파일을 저장할 수 없어요"), "{drawing}");
        assert!(drawing.contains("with a drawing"), "what was typed is kept");
        assert_eq!(kept_files(&inside), before, "{room} bytes of room");
        free(Disk::Beside, &program, &inside);
    }
    assert_eq!(status(&writer.picture(&program)), "303");
    assert_eq!(status(&writer.drawing(&program)), "303");
    drop(program);
    let _ = std::fs::remove_dir_all(&var);
    test.remove().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_that_may_not_grow_are_told_and_survived() {
    survives(Disk::Limited).await;
}
