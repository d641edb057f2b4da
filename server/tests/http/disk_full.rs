//! No room left: whoever writes is told so, nothing is half written, everybody reads on, and once there is room it works again.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use market::db::Db;
use market::testing::fresh_sqlite;

use crate::processes::{Program, cookie, free_addr, request, scratch};

const NAME: &str = "SELECT name FROM users WHERE email = 'writer@example.test'";
const WRITES: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM audit_log WHERE actor_kind = 'user'";
const SOUND: &str = "SELECT integrity_check FROM pragma_integrity_check";

/// How a disk gets full and free again.
#[derive(Clone, Copy)]
enum Disk {
    /// A small file system of its own, filled with a file; needs the right to mount.
    Small,
    /// No file may grow.
    Limited,
}

/// The program on that disk, on a copy of `seed`; gives where its files are to be seen.
fn start(disk: Disk, seed: &Path, var: &Path) -> (Program, PathBuf) {
    let addr = free_addr();
    let (program, prepare) = match disk {
        Disk::Small => ("unshare", "mount -t tmpfs -o size=24m none \"$MARKET_VAR\" && "),
        // a limit that is reached must fail the write, not end the program
        Disk::Limited => ("env", "trap '' XFSZ; "),
    };
    let script = format!(
        "{prepare}cp \"$SEED\" \"$MARKET_VAR/market.db\" && cd \"$MARKET_VAR\" && exec \"$SERVER\" serve >log 2>&1"
    );
    let mut command = Command::new(program);
    if matches!(disk, Disk::Small) {
        command.arg("-m");
    }
    let child = command
        .args(["bash", "-c", &script])
        .env("SEED", seed)
        .env("SERVER", env!("CARGO_BIN_EXE_server"))
        .env("DATABASE_URL", format!("sqlite://{}", var.join("market.db").display()))
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
        Disk::Small => {
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
        Disk::Small => std::fs::remove_file(seen.join("filler")).unwrap(),
    }
}

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or_default()
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
    let (writes,) = market::fetch_one!(conn, (i64,), WRITES).unwrap();
    let (sound,) = market::fetch_one!(conn, (String,), SOUND).unwrap();
    drop(conn);
    db.close().await;
    let _ = std::fs::remove_dir_all(&copy);
    (name, writes, sound)
}

async fn survives(disk: Disk) {
    let test = fresh_sqlite().await;
    let cookie = cookie(&test.db).await;
    test.db.close().await;
    let (seed, var) = (PathBuf::from(test.url.trim_start_matches("sqlite://")), scratch());
    let (program, inside) = start(disk, &seed, &var);
    program.wait_until_ready();
    let write = |path: &str, name: &str| {
        let body = format!("name={name}&phone=&company=&lang=ko");
        request(program.addr, "POST", path, &cookie, &body).expect("the program lives")
    };
    let read = |path: &str| request(program.addr, "GET", path, &cookie, "").expect("the program lives");
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
    let (name, writes, sound) = stored(&program, &inside).await;
    let acknowledged = 2 + last.strip_prefix('n').map_or(0, |n| n.parse::<i64>().unwrap() + 1);
    assert_eq!((name.as_str(), writes, sound.as_str()), ("after", acknowledged, "ok"));
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
async fn files_that_may_not_grow_are_told_and_survived() {
    survives(Disk::Limited).await;
}
