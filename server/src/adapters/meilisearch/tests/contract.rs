//! The fake against what a real server answered (server/tests/fixtures/meilisearch).

use std::collections::BTreeMap;

use http::Method;
use hyper::body::Bytes;
use serde_json::{Value, json};

use super::fake::{Call, MASTER, Mood};
use super::world::World;

const FILTERS: &str = include_str!("../../../../tests/fixtures/meilisearch/filters.json");
const EXCHANGES: &str = include_str!("../../../../tests/fixtures/meilisearch/exchanges.json");

fn exchanges(text: &str) -> Vec<Value> {
    serde_json::from_str(text).unwrap()
}

/// The four documents that the filters were recorded over.
fn filtered_world() -> World {
    let mut world = World::default();
    let names = ["d", "empty", "id", "list", "n", "name", "nul", "ok", "tag"];
    world.create(&json!({ "uid": "filters", "primaryKey": "id" }));
    world.change("filters", &json!({ "filterableAttributes": names }));
    world.add(
        "filters",
        &json!([
            { "id": 1, "name": "삼화 \"특수\" 볼트", "tag": "a'b", "n": 5, "ok": true, "nul": null, "empty": "", "list": [], "d": "2024-05-01" },
            { "id": 2, "name": "back\\slash", "tag": "A B", "n": 10, "ok": false, "d": "2025-06-01" },
            { "id": 3, "name": "AND", "tag": "x,y", "n": "12" },
            { "id": 4, "name": "Ångström 볼트", "tag": "경기도", "n": 7.5 }
        ]),
        None,
    );
    for _ in 0..12 {
        world.task("0");
    }
    world
}

fn call(request: &Value, search_key: &str) -> Call {
    let text = |name: &str| request[name].as_str().unwrap_or_default().to_owned();
    let header = |name: &str| request["headers"][name].as_str().map(str::to_owned);
    let key = |text: String| text.replace("MASTER_KEY", MASTER).replace("SEARCH_KEY", search_key);
    let bytes = match &request["body"] {
        Value::Null => Bytes::new(),
        Value::String(text) => Bytes::from(text.clone()),
        body => Bytes::from(body.to_string()),
    };
    Call {
        method: Method::from_bytes(text("method").as_bytes()).unwrap(),
        path: text("path").trim_matches('/').split('/').map(str::to_owned).collect(),
        query: BTreeMap::new(),
        authorization: header("authorization").map(key),
        kind: header("content-type"),
        bytes,
    }
}

/// Same status; a refusal in the same words, a success of the same shape.
fn compare(name: &str, (status, body): (u16, Value), recorded: &Value) {
    assert_eq!(u64::from(status), recorded["status"].as_u64().unwrap(), "{name}: {body}");
    let expected = &recorded["body"];
    let first = |body: &Value| body["message"].as_str().unwrap_or_default().lines().next().map(str::to_owned);
    if expected.get("code").is_some() {
        assert_eq!((&body["code"], &body["type"]), (&expected["code"], &expected["type"]), "{name}");
        assert_eq!(body["link"], expected["link"], "{name}");
        assert_eq!(first(&body), first(expected), "{name}");
        return;
    }
    let keys = |body: &Value| -> Vec<String> {
        let all = body.as_object().into_iter().flatten().map(|(key, _)| key.clone());
        let mut all: Vec<String> =
            all.filter(|key| !["requestUid", "processingTimeMs"].contains(&key.as_str())).collect();
        all.sort();
        all
    };
    assert_eq!(keys(&body), keys(expected), "{name}");
    for key in ["hits", "estimatedTotalHits", "indexUid", "type", "actions", "indexes", "uid", "error"] {
        // the number of a task is the run's, the identity of a key is not
        if key == "uid" && expected[key].is_number() {
            continue;
        }
        if key == "error" && !expected[key].is_null() {
            assert_eq!(body[key], expected[key], "{name}");
        } else if expected.get("results").is_none() {
            assert_eq!(body[key], expected[key], "{name}: {key}");
        }
    }
}

#[test]
fn filters_are_answered_as_recorded() {
    let mut world = filtered_world();
    for exchange in exchanges(FILTERS) {
        let mut request = exchange["request"].clone();
        request["headers"] =
            json!({ "authorization": "Bearer MASTER_KEY", "content-type": "application/json" });
        let answer = call(&request, "").answer(&mut world, Mood::Well);
        compare(exchange["name"].as_str().unwrap(), answer, &exchange["response"]);
    }
}

#[test]
fn exchanges_are_answered_as_recorded() {
    let mut world = World::default();
    world.create(&json!({ "uid": "listings", "primaryKey": "id" }));
    let search = world.make_key(&json!({ "uid": "first", "actions": ["search"], "indexes": ["listings", "listings_*"], "expiresAt": null }));
    let search_key = search.1["key"].as_str().unwrap().to_owned();
    for _ in 0..4 {
        world.task("0");
    }
    let mut last = 0;
    for exchange in exchanges(EXCHANGES) {
        let name = exchange["name"].as_str().unwrap();
        let recorded = &exchange["response"];
        if name == "indexes/create_with_primary_key" {
            world.indexes.remove("listings");
        }
        let mood = if name.ends_with("too_many_search_requests") { Mood::Overloaded } else { Mood::Well };
        if name == "documents/delete_one_missing.task" {
            last = world.remove("listings", &json!(["9001"])).1["taskUid"].as_u64().unwrap();
        }
        if name.strip_suffix(".task").is_some() {
            let ended = loop {
                let answer = world.task(&last.to_string());
                if !matches!(answer.1["status"].as_str(), Some("enqueued" | "processing")) {
                    break answer;
                }
            };
            assert_eq!(ended.1["status"], recorded["body"]["status"], "{name}: {}", ended.1);
            assert_eq!(ended.1["details"], recorded["body"]["details"], "{name}");
            compare(name, ended, recorded);
            continue;
        }
        let answer = call(&exchange["request"], &search_key).answer(&mut world, mood);
        if let Some(uid) = answer.1["taskUid"].as_u64() {
            last = uid;
        }
        compare(name, answer, recorded);
    }
}
