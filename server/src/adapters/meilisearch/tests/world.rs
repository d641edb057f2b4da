//! The state behind the fake server: indexes, documents, settings, tasks, keys, as the recorded exchanges show them.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::index::{Index, SETTINGS, pick};

/// An answer: status and body.
pub type Reply = (u16, Value);

/// What a task will do.
#[derive(Debug, Clone)]
enum Job {
    Create(Option<String>),
    Delete,
    Add(Vec<Value>, Option<String>),
    Remove(Vec<String>),
    Settings(Value),
    Swap(Vec<(String, String)>),
    Cancel(Vec<usize>),
}

#[derive(Debug, Clone)]
struct Task {
    index: Option<String>,
    kind: &'static str,
    status: &'static str,
    details: Value,
    error: Value,
    canceled_by: Value,
    job: Job,
}

/// Everything the server has.
#[derive(Debug, Default)]
pub struct World {
    /// Indexes by name.
    pub indexes: BTreeMap<String, Index>,
    tasks: Vec<Task>,
    keys: BTreeMap<String, Value>,
    /// Documents with this text make their batch fail, as a value nested too deep does.
    pub poison: Option<String>,
    /// Tasks stay where they are.
    pub stuck: bool,
    /// Requests by route, for counting.
    pub seen: BTreeMap<String, u32>,
}

/// The words of a refusal.
pub fn refusal(status: u16, code: &str, message: impl Into<String>) -> Reply {
    let kind = match code {
        "internal" => "internal",
        "invalid_api_key" | "missing_authorization_header" => "auth",
        "too_many_search_requests" => "system",
        _ => "invalid_request",
    };
    (status, words(code, kind, &message.into()))
}

/// The body of a refusal.
pub fn words(code: &str, kind: &str, message: &str) -> Value {
    json!({ "message": message, "code": code, "type": kind, "link": format!("https://docs.meilisearch.com/errors#{code}") })
}

fn missing(name: &str) -> Value {
    words("index_not_found", "invalid_request", &format!("Index `{name}` not found."))
}

impl World {
    fn enqueue(&mut self, index: Option<&str>, kind: &'static str, details: Value, job: Job) -> Reply {
        let index = index.map(str::to_owned);
        let task = Task {
            index: index.clone(),
            kind,
            status: "enqueued",
            details,
            error: Value::Null,
            canceled_by: Value::Null,
            job,
        };
        let status = if kind == "taskCancelation" { 200 } else { 202 };
        self.tasks.push(task);
        (
            status,
            json!({ "taskUid": self.tasks.len() - 1, "indexUid": index, "status": "enqueued", "type": kind, "enqueuedAt": "2026-11-23T18:46:46.402Z" }),
        )
    }

    /// One step of the queue: the first open task begins, or ends.
    fn step(&mut self) {
        if self.stuck {
            return;
        }
        let Some(at) = self.tasks.iter().position(|task| matches!(task.status, "enqueued" | "processing"))
        else {
            return;
        };
        if self.tasks[at].status == "enqueued" {
            self.tasks[at].status = "processing";
            return;
        }
        let task = self.tasks[at].clone();
        match self.run(at, &task) {
            Ok(done) => {
                self.tasks[at].status = "succeeded";
                if task.kind == "documentAdditionOrUpdate" {
                    self.tasks[at].details["indexedDocuments"] =
                        self.tasks[at].details["receivedDocuments"].clone();
                } else if task.kind == "documentDeletion" {
                    self.tasks[at].details["deletedDocuments"] = done.into();
                }
            }
            Err(error) => {
                self.tasks[at].status = "failed";
                self.tasks[at].error = error;
                if task.kind == "documentAdditionOrUpdate" {
                    self.tasks[at].details["indexedDocuments"] = 0.into();
                }
            }
        }
    }

    fn run(&mut self, at: usize, task: &Task) -> Result<usize, Value> {
        let name = task.index.clone().unwrap_or_default();
        let poison = self.poison.clone();
        match &task.job {
            Job::Create(primary) => {
                if self.indexes.contains_key(&name) {
                    return Err(words(
                        "index_already_exists",
                        "invalid_request",
                        &format!("Index `{name}` already exists."),
                    ));
                }
                self.indexes.insert(name, Index { primary: primary.clone(), ..Index::default() });
            }
            Job::Delete => {
                self.indexes.remove(&name).ok_or_else(|| missing(&name))?;
            }
            Job::Add(docs, primary) => {
                self.indexes.entry(name).or_default().add(docs, primary.as_ref(), poison.as_ref())?;
            }
            Job::Remove(ids) => {
                let index = self.indexes.get_mut(&name).ok_or_else(|| missing(&name))?;
                return Ok(ids.iter().filter(|id| index.docs.remove(*id).is_some()).count());
            }
            Job::Settings(changed) => {
                let index = self.indexes.entry(name).or_default();
                for (setting, value) in changed.as_object().into_iter().flatten() {
                    let mut value = value.clone();
                    if setting == "sortableAttributes"
                        && let Some(list) = value.as_array_mut()
                    {
                        list.sort_by_key(ToString::to_string);
                    }
                    index.settings.insert(setting.clone(), value);
                }
            }
            Job::Swap(pairs) => {
                for (a, b) in pairs {
                    for name in [a, b] {
                        if !self.indexes.contains_key(name) {
                            return Err(missing(name));
                        }
                    }
                    let (first, second) = (self.indexes.remove(a), self.indexes.remove(b));
                    self.indexes.extend(second.map(|index| (a.clone(), index)));
                    self.indexes.extend(first.map(|index| (b.clone(), index)));
                }
            }
            Job::Cancel(uids) => {
                for uid in uids {
                    self.tasks[*uid].status = "canceled";
                    self.tasks[*uid].canceled_by = at.into();
                }
            }
        }
        Ok(0)
    }

    /// Cancels what waits, as a person at the server's console might.
    pub fn cancel_waiting(&mut self) -> Reply {
        let open = self
            .tasks
            .iter()
            .enumerate()
            .filter(|(_, task)| matches!(task.status, "enqueued" | "processing"));
        let uids: Vec<usize> = open.map(|(at, _)| at).collect();
        let details = json!({ "matchedTasks": uids.len(), "canceledTasks": uids.len(), "originalFilter": "?statuses=enqueued,processing" });
        for uid in &uids {
            self.tasks[*uid].status = "canceled";
            self.tasks[*uid].canceled_by = self.tasks.len().into();
        }
        self.enqueue(None, "taskCancelation", details, Job::Cancel(uids))
    }

    /// A task as it is now; looking moves the queue by one step.
    pub fn task(&mut self, uid: &str) -> Reply {
        let known = uid.parse::<usize>().ok().filter(|uid| *uid < self.tasks.len());
        let Some(at) = known else {
            return refusal(404, "task_not_found", format!("Task `{uid}` not found."));
        };
        let task = self.tasks[at].clone();
        self.step();
        let ended = !matches!(task.status, "enqueued" | "processing");
        let date = |is: bool| if is { json!("2026-11-23T18:46:47.259Z") } else { Value::Null };
        (
            200,
            json!({
                "uid": at, "batchUid": if task.status == "enqueued" { Value::Null } else { at.into() }, "indexUid": task.index,
                "status": task.status, "type": task.kind, "canceledBy": task.canceled_by, "details": task.details,
                "error": task.error, "duration": if ended { json!("PT0.8S") } else { Value::Null },
                "enqueuedAt": "2026-11-23T18:46:46.402Z", "startedAt": date(task.status != "enqueued"), "finishedAt": date(ended)
            }),
        )
    }

    /// Creates an index.
    pub fn create(&mut self, body: &Value) -> Reply {
        let name = body["uid"].as_str().unwrap_or_default().to_owned();
        if !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_') {
            return refusal(
                400,
                "invalid_index_uid",
                format!(
                    "Invalid value at `.uid`: `{name}` is not a valid index uid. Index uid can be an integer or a string containing only alphanumeric characters, hyphens (-) and underscores (_), and can not be more than 512 bytes."
                ),
            );
        }
        let primary = body["primaryKey"].as_str().map(str::to_owned);
        self.enqueue(
            Some(&name),
            "indexCreation",
            json!({ "primaryKey": primary }),
            Job::Create(primary.clone()),
        )
    }

    /// Deletes an index.
    pub fn delete(&mut self, name: &str) -> Reply {
        self.enqueue(Some(name), "indexDeletion", json!({ "deletedDocuments": 0 }), Job::Delete)
    }

    /// Adds documents.
    pub fn add(&mut self, name: &str, docs: &Value, primary: Option<String>) -> Reply {
        let docs = docs.as_array().cloned().unwrap_or_default();
        let details = json!({ "receivedDocuments": docs.len(), "indexedDocuments": null });
        self.enqueue(Some(name), "documentAdditionOrUpdate", details, Job::Add(docs, primary))
    }

    /// Removes documents.
    pub fn remove(&mut self, name: &str, ids: &Value) -> Reply {
        let text = |id: &Value| id.as_str().map_or_else(|| id.to_string(), str::to_owned);
        let ids: Vec<String> = ids.as_array().into_iter().flatten().map(text).collect();
        let details = json!({ "providedIds": ids.len(), "deletedDocuments": null, "originalFilter": null });
        self.enqueue(Some(name), "documentDeletion", details, Job::Remove(ids))
    }

    /// Swaps names.
    pub fn swap(&mut self, body: &Value) -> Reply {
        let pair = |swap: &Value| {
            let name = |at: usize| swap["indexes"][at].as_str().unwrap_or_default().to_owned();
            (name(0), name(1))
        };
        let pairs: Vec<(String, String)> = body.as_array().into_iter().flatten().map(pair).collect();
        if let Some((name, _)) = pairs.iter().find(|(a, b)| a == b) {
            return refusal(
                400,
                "invalid_swap_duplicate_index_found",
                format!(
                    "Indexes must be declared only once during a swap. `{name}` was specified several times."
                ),
            );
        }
        let swaps: Vec<Value> =
            pairs.iter().map(|(a, b)| json!({ "indexes": [a, b], "rename": false })).collect();
        self.enqueue(None, "indexSwap", json!({ "swaps": swaps }), Job::Swap(pairs))
    }

    /// Changes settings.
    pub fn change(&mut self, name: &str, body: &Value) -> Reply {
        let unknown =
            body.as_object().into_iter().flatten().find(|(key, _)| !SETTINGS.contains(&key.as_str()));
        if let Some((key, _)) = unknown {
            return refusal(
                400,
                "bad_request",
                format!("Unknown field `{key}`: expected one of `{}`", SETTINGS.join("`, `")),
            );
        }
        self.enqueue(Some(name), "settingsUpdate", body.clone(), Job::Settings(body.clone()))
    }

    /// Settings of an index.
    pub fn settings(&self, name: &str) -> Reply {
        match self.indexes.get(name) {
            Some(index) => (200, Value::Object(index.all_settings())),
            None => (404, missing(name)),
        }
    }

    /// One document.
    pub fn document(&self, name: &str, id: &str) -> Reply {
        let Some(index) = self.indexes.get(name) else { return (404, missing(name)) };
        match index.docs.get(id) {
            Some((_, doc)) => (200, Value::Object(doc.clone())),
            None => refusal(404, "document_not_found", format!("Document `{id}` not found.")),
        }
    }

    /// A page of documents.
    pub fn documents(&self, name: &str, query: &BTreeMap<String, String>) -> Reply {
        let Some(index) = self.indexes.get(name) else { return (404, missing(name)) };
        let number = |key: &str, or: usize| query.get(key).and_then(|n| n.parse().ok()).unwrap_or(or);
        let (skip, size) = (number("offset", 0), number("limit", 20));
        let fields = query.get("fields").map(|names| names.split(',').map(Value::from).collect::<Value>());
        let rows: Vec<Value> =
            index.ordered().into_iter().skip(skip).take(size).map(|doc| pick(doc, fields.as_ref())).collect();
        (200, json!({ "results": rows, "offset": skip, "limit": size, "total": index.docs.len() }))
    }

    /// Figures of an index.
    pub fn stats(&self, name: &str) -> Reply {
        let Some(index) = self.indexes.get(name) else { return (404, missing(name)) };
        (
            200,
            json!({ "numberOfDocuments": index.docs.len(), "rawDocumentDbSize": 720_896, "avgDocumentSize": 540, "isIndexing": false,
            "numberOfEmbeddings": 0, "numberOfEmbeddedDocuments": 0, "fieldDistribution": {} }),
        )
    }

    /// Names of all indexes.
    pub fn list(&self) -> Reply {
        let all: Vec<Value> = self.indexes.iter().map(|(name, index)| json!({ "uid": name, "createdAt": "2026-11-23T18:46:30Z", "updatedAt": "2026-11-23T18:46:30Z", "primaryKey": index.primary })).collect();
        (200, json!({ "results": all, "offset": 0, "limit": 1000, "total": all.len() }))
    }

    /// One search.
    pub fn search(&self, name: &str, body: &Value) -> Result<Value, Reply> {
        let index = self.indexes.get(name).ok_or_else(|| (404, missing(name)))?;
        index.search(name, body.as_object().unwrap_or(&Map::new()))
    }

    /// A key by its uid.
    pub fn key(&self, uid: &str) -> Reply {
        match self.keys.get(uid) {
            Some(key) => (200, key.clone()),
            None => refusal(404, "api_key_not_found", format!("API key `{uid}` not found.")),
        }
    }

    /// Makes a key.
    pub fn make_key(&mut self, body: &Value) -> Reply {
        if body.get("expiresAt").is_none() {
            return refusal(400, "missing_api_key_expires_at", "Missing field `expiresAt`");
        }
        let uid = body["uid"].as_str().unwrap_or("ce9aa953-3b21-434b-8a44-ebd3238831b1").to_owned();
        if self.keys.contains_key(&uid) {
            return refusal(
                409,
                "api_key_already_exists",
                format!("`uid` field value `{uid}` is already an existing API key."),
            );
        }
        let key = json!({ "name": body["name"], "description": body["description"], "key": format!("key-of-{uid}"), "uid": uid,
            "actions": body["actions"], "indexes": body["indexes"], "expiresAt": body["expiresAt"],
            "createdAt": "2026-11-23T18:46:30.409771977Z", "updatedAt": "2026-11-23T18:46:30.409771977Z" });
        self.keys.insert(uid, key.clone());
        (201, key)
    }

    /// Forgets a key.
    pub fn drop_key(&mut self, uid: &str) -> Reply {
        self.keys.remove(uid);
        (204, Value::Null)
    }

    /// The indexes a search key may search; none when it is no key.
    pub fn reach_of(&self, key: &str) -> Option<Vec<String>> {
        let found = self.keys.values().find(|known| known["key"] == key)?;
        Some(
            found["indexes"].as_array()?.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect(),
        )
    }
}
