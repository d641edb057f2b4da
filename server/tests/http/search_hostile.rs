//! Everything of the collections of hostile texts as words, as each condition, as a place to continue from and as letters
//! typed so far: never a fault, never markup, always a way on.

use std::fmt::Write as _;

use app::page::encode;
use http::StatusCode;
use market::both_databases;
use market::db::Db;

use crate::browser::Browser;
use crate::public::stock;
use crate::testapp::TestApp;

/// Names of everything that an address of results may say.
const NAMES: [&str; 19] = [
    "category",
    "region",
    "price_kind",
    "badge",
    "cert",
    "answer",
    "price_min",
    "price_max",
    "moq_min",
    "moq",
    "lead_min",
    "lead",
    "sort",
    "page",
    "view",
    "added",
    "gone",
    "full",
    "pick",
];

macro_rules! fixture {
    ($name:literal) => {
        include_str!(concat!("../fixtures/hostile/", $name))
    };
}

/// One text a line.
const LINES: [&str; 11] = [
    fixture!("payloads/crlf.txt"),
    fixture!("payloads/csv_formula_injection.txt"),
    fixture!("payloads/dangerous_extensions_php.txt"),
    fixture!("payloads/open_redirect2.txt"),
    fixture!("payloads/path_traversal.txt"),
    fixture!("payloads/sqli_auth_bypass.txt"),
    fixture!("payloads/sqli_generic_errorbased.txt"),
    fixture!("payloads/sqli_generic_timebased.txt"),
    fixture!("payloads/ssti.txt"),
    fixture!("payloads/xss_detection.txt"),
    fixture!("payloads/xss_quick.txt"),
];

/// Texts of the files that write characters as numbers, many in one: each alone would ask the same thousands of times.
fn characters(file: &str) -> Vec<String> {
    let number = |part: &str| u32::from_str_radix(part, 16).ok().and_then(char::from_u32);
    let line = |line: &str| -> String {
        let line = line.split('#').next().unwrap_or_default();
        line.split(|c: char| !c.is_ascii_hexdigit())
            .filter(|part| part.len() >= 4)
            .filter_map(number)
            .collect()
    };
    let lines: Vec<String> = file.lines().map(line).filter(|text| !text.is_empty()).collect();
    lines.chunks(40).map(|some| some.join(" ")).collect()
}

fn texts() -> Vec<String> {
    let mut out: Vec<String> = LINES.iter().flat_map(|file| file.lines()).map(str::to_owned).collect();
    for file in [
        fixture!("unicode/GraphemeBreakTest.txt"),
        fixture!("unicode/confusables.csv"),
        fixture!("unicode/normalization_test_subset_dev.csv"),
    ] {
        out.extend(characters(file));
    }
    let urls: Vec<serde_json::Value> =
        serde_json::from_str(fixture!("unicode/wpt_urltestdata.json")).unwrap();
    let urls: Vec<&str> = urls.iter().filter_map(|one| one["input"].as_str()).collect();
    out.extend(urls.chunks(15).map(|some| some.join(" ")));
    let mails: Vec<&str> = fixture!("unicode/isemail_cases_dev.csv").lines().collect();
    out.extend(mails.chunks(10).map(|some| some.join(" ")));
    out.retain(|text| !text.is_empty() && text.len() < 4_000);
    out
}

/// Nobody's text became markup, and the page is one of ours.
async fn shown(browser: &mut Browser, address: &str, refused: bool) {
    let page = browser.get(address).await;
    let fine = matches!(page.status, StatusCode::OK | StatusCode::SEE_OTHER)
        || (refused && page.status == StatusCode::BAD_REQUEST);
    assert!(fine, "{address}: {}", page.status);
    if page.status == StatusCode::BAD_REQUEST {
        assert!(page.body.contains("첫 쪽부터 보기"), "{address}");
    }
    let lower = page.body.to_lowercase();
    for markup in ["<script>alert", "<svg onload", "<svg/onload", "<iframe", "onerror=alert(1)>", "<marquee"]
    {
        assert!(!lower.contains(markup), "{markup} on {address}");
    }
    for header in ["set-cookie", "x-injected"] {
        assert!(!page.headers.contains_key(header), "{header} from {address}");
    }
}

both_databases!(collected_attacks_are_only_words, |db: Db| async move {
    // the embedded engine on one database, the look-up without an engine on the other, which is the stricter one
    let app = if db.is_postgres() { TestApp::new(db) } else { TestApp::with_engine(db, "hostile") };
    stock(&app, 2).await;
    app.test.search.set_away(true);
    let mut browser = app.visitor();
    let texts = texts();
    assert!(texts.len() > 1_000, "{}", texts.len());
    for (number, text) in texts.iter().enumerate() {
        let value = encode(text);
        let mut address = format!("/search?q={value}&literal={value}");
        for name in NAMES.iter().filter(|_| value.len() < 3_000) {
            let _ = write!(address, "&{name}={value}");
        }
        shown(&mut browser, &address, false).await;
        shown(&mut browser, &format!("/search?q=a&cursor={value}"), true).await;
        if number.is_multiple_of(4) {
            browser.get(&format!("/api/suggest?q={value}")).await.expect(StatusCode::OK);
        }
    }
});

both_databases!(absurd_addresses_are_answered, |db: Db| async move {
    let app = TestApp::with_engine(db, "absurd");
    stock(&app, 25).await;
    let mut browser = app.visitor();
    let long = browser.get(&format!("/search?q={}", "a".repeat(10_000))).await.expect(StatusCode::OK);
    long.says("앞 400자로 찾았어요");
    let korean = format!("/search?q={}", encode(&"육각볼트 ".repeat(1_600)));
    browser.get(&korean).await.expect(StatusCode::OK).says("앞 400자로 찾았어요").says("/listings/bolt-");

    let codes: Vec<&str> = market::catalog::taxonomy::all().iter().take(50).map(|one| one.slug).collect();
    let fifty: String = codes.iter().flat_map(|code| ["&category=", code]).collect();
    let others: String = ["region", "price_kind", "badge", "cert", "answer"]
        .into_iter()
        .flat_map(|name| (0..50).map(move |n| format!("&{name}=x{n}")))
        .collect();
    browser.get(&format!("/search?q=a{fifty}{others}")).await.expect(StatusCode::OK);
    browser
        .get(&format!("/search?q=a{}", "&category=hex-bolts&region=gyeonggi".repeat(500)))
        .await
        .expect(StatusCode::OK);

    for number in [
        "-1",
        "-9223372036854775808",
        "9223372036854775807",
        "9223372036854775808",
        "1e308",
        "NaN",
        "Infinity",
        "0x10",
        "٣",
        "１２",
        "1,000",
        "-0",
        "00000000000000000001",
        "1.5",
        " 7 ",
    ] {
        let value = encode(number);
        for name in ["price_min", "price_max", "moq_min", "moq", "lead_min", "lead", "page"] {
            shown(
                &mut browser,
                &format!("/search?q=볼트&{name}={value}").replace("볼트", "%EB%B3%BC%ED%8A%B8"),
                false,
            )
            .await;
        }
    }
});

both_databases!(a_cursor_of_another_question_or_an_altered_one_is_refused, |db: Db| async move {
    let app = TestApp::with_engine(db, "cursor");
    stock(&app, 45).await;
    let cx = app.test.market.system();
    let query =
        market::search::SearchQuery { text: "볼트".into(), ..market::search::SearchQuery::default() };
    let cursor = cx.market.ports().search.search(&query).await.unwrap().next.unwrap();
    let mut browser = app.visitor();
    let asked = encode("볼트");
    browser
        .get(&format!("/search?q={asked}&cursor={}", encode(&cursor)))
        .await
        .expect(StatusCode::OK)
        .says("/listings/bolt-");
    let mut altered = Vec::new();
    for place in 0..cursor.len() {
        let mut other = cursor.clone().into_bytes();
        other[place] = if other[place] == b'0' { b'1' } else { b'0' };
        altered.push(String::from_utf8(other).unwrap());
        altered.push(cursor[..place].to_owned());
    }
    altered.push(format!("{cursor}0"));
    for forged in altered.iter().filter(|forged| !forged.is_empty()) {
        let page = browser.get(&format!("/search?q={asked}&cursor={}", encode(forged))).await;
        // a changed place of the same question is only another place
        assert!(matches!(page.status, StatusCode::OK | StatusCode::BAD_REQUEST), "{forged}: {}", page.status);
    }
    for foreign in
        ["q=%EB%84%88%ED%8A%B8", "q=%EB%B3%BC%ED%8A%B8&sort=new", "q=%EB%B3%BC%ED%8A%B8&region=gyeonggi"]
    {
        let page = browser.get(&format!("/search?{foreign}&cursor={}", encode(&cursor))).await;
        page.expect(StatusCode::BAD_REQUEST).says("첫 쪽부터 보기");
    }
});

/// How many the engine, or the look-up in the database, finds for these words.
async fn found(app: &TestApp, words: &str, degraded: bool) -> u32 {
    let query = market::search::SearchQuery { text: words.into(), ..market::search::SearchQuery::default() };
    let page = Box::pin(market::search::service::search(&app.test.market.system(), query)).await.unwrap();
    assert_eq!(page.degraded, degraded, "{words}");
    page.total.count
}

both_databases!(signs_of_query_languages_are_only_signs, |db: Db| async move {
    let app = TestApp::with_engine(db.clone(), "signs");
    stock(&app, 7).await;
    let plain = TestApp::new(db);
    plain.test.search.set_away(true);
    // what would find everything, if anybody read it as a pattern, finds nothing
    for pattern in [
        ".*",
        "*",
        "*:*",
        "%",
        "_",
        "[ TO ]",
        "/.*/",
        "^.+$",
        "(?s).",
        "{\"match_all\":{}}",
        "\\",
        "?",
        "id != 0",
    ] {
        assert_eq!(found(&app, pattern, false).await, 0, "{pattern}");
        assert_eq!(found(&plain, pattern, true).await, 0, "{pattern} in the database");
    }
    // signs around a word leave the word what it is, and no sign takes it away
    for dressed in [
        "볼트*",
        "\"볼트\"",
        "(볼트)",
        "(볼트",
        "+볼트",
        "-볼트",
        "!볼트",
        "볼트^5",
        "볼트~2",
        "/볼트/",
        "[볼트",
        "볼트\\",
        "NOT 볼트",
    ] {
        assert_eq!(found(&app, dressed, false).await, 7, "{dressed}");
    }
});
