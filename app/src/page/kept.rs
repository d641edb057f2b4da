//! Pages that were put into words a moment ago. A public page is read from the database and the engine on every request;
//! when that gives the same as a moment ago, putting it into words would give the same too, and the text of then is
//! used. What belongs to one response alone (the nonce of its scripts, the keys of its forms) is filled in anew.
//!
//! Nothing is kept by time alone: a listing that is hidden is not in what was read, so no page shows it. A text serves
//! within one second of the clock, because pages say how long something still runs.

use std::any::Any;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use market::Lang;
use market::memo::Memo;
use uuid::Uuid;

use super::packed::Packed;
use crate::context::Req;
use crate::form::IDEM;

/// Pages that are remembered, which is for a second; one takes about 100 kB with what it was made of.
const PAGES: usize = 48;
/// Length of a form's key in a page.
const KEY: usize = uuid::fmt::Hyphenated::LENGTH;

/// The pages of this process. Empty for good where nothing is to be remembered.
pub struct KeptPages(Option<Memo<(Lang, String), Kept>>);

impl KeptPages {
    /// None so far; none ever when not `remembering`.
    pub fn new(remembering: bool) -> Self {
        Self(remembering.then(|| Memo::new(PAGES)))
    }
}

#[derive(Clone)]
struct Kept {
    second: i64,
    data: Arc<dyn Any + Send + Sync>,
    text: Arc<Text>,
}

/// A page in words.
pub(super) enum Words {
    /// As they were made a moment ago.
    Known(Arc<Text>),
    /// Made for this response.
    Made(String),
}

/// The words of the page at this address that shows `data`; `make` finds them where they are not known.
pub(super) fn words<D>(req: &Req, data: D, make: impl FnOnce(&D) -> String) -> Words
where
    D: PartialEq + Send + Sync + 'static,
{
    let Some(pages) = req.pages.0.as_ref().filter(|_| is_anybody(req)) else {
        return Words::Made(make(&data));
    };
    let second = req.cx.this_second().0;
    let same = |kept: &Kept| {
        kept.second == second
            && kept.text.nonce == req.nonce.len()
            && kept.data.downcast_ref::<D>().is_some_and(|known| *known == data)
    };
    let key = (req.lang(), req.here());
    if let Some(kept) = pages.known(&key, same) {
        return Words::Known(kept.text);
    }
    let page = make(&data);
    if let Some(text) = Text::new(&page, &req.nonce) {
        pages.put(key, Kept { second, data: Arc::new(data), text: Arc::new(text) });
    }
    Words::Made(page)
}

/// Whether the page says nothing of who asks.
fn is_anybody(req: &Req) -> bool {
    req.person().is_none() && req.kept.is_empty()
}

/// A page whose places for what is one response's alone are known.
pub(super) struct Text {
    bytes: Box<[u8]>,
    places: Vec<Place>,
    nonce: usize,
    keys: usize,
    packed: OnceLock<Option<Packed>>,
}

/// Where something is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Where in the bytes.
    pub at: Range<usize>,
    what: What,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Nonce,
    Key(usize),
}

impl Text {
    /// Finds the places; none when the page cannot be used again.
    fn new(page: &str, nonce: &str) -> Option<Self> {
        if nonce.is_empty() {
            return None;
        }
        let keys = keys(page);
        let wanted = keys.iter().enumerate().map(|(n, key)| (*key, What::Key(n)));
        let mut places: Vec<Place> = [(nonce, What::Nonce)]
            .into_iter()
            .chain(wanted)
            .flat_map(|(value, what)| {
                page.match_indices(value).map(move |(at, _)| Place { at: at..at + value.len(), what })
            })
            .collect();
        places.sort_by_key(|place| place.at.start);
        Some(Self {
            bytes: page.as_bytes().into(),
            keys: keys.len(),
            nonce: nonce.len(),
            places,
            packed: OnceLock::new(),
        })
    }

    /// The page for this response.
    pub(super) fn fill(&self, req: &Req) -> Vec<u8> {
        let mut bytes = self.bytes.to_vec();
        self.fill_in(req, &mut bytes, self.places.iter().map(|place| place.at.clone()));
        bytes
    }

    /// The same, compressed; none where it cannot be.
    pub(super) fn fill_packed(&self, req: &Req) -> Option<Vec<u8>> {
        let packed = self.packed.get_or_init(|| Packed::new(&self.bytes, &self.places)).as_ref()?;
        let mut bytes = packed.bytes().to_vec();
        self.fill_in(req, &mut bytes, packed.places());
        Some(bytes)
    }

    fn fill_in(&self, req: &Req, bytes: &mut [u8], places: impl Iterator<Item = Range<usize>>) {
        let keys: Vec<String> = (0..self.keys).map(|_| req.cx.new_id().to_string()).collect();
        for (place, at) in self.places.iter().zip(places) {
            let value = match place.what {
                What::Nonce => &*req.nonce,
                What::Key(n) => keys.get(n).map_or("", String::as_str),
            };
            if let Some(place) = bytes.get_mut(at).filter(|place| place.len() == value.len()) {
                place.copy_from_slice(value.as_bytes());
            }
        }
    }
}

/// The keys of the forms on a page, each once. What people wrote never looks like this: quotes in it are escaped.
fn keys(page: &str) -> Vec<&str> {
    let before = format!("name=\"{IDEM}\" value=\"");
    let mut keys: Vec<&str> = Vec::new();
    for (at, _) in page.match_indices(&before) {
        let start = at + before.len();
        let key = page.get(start..start + KEY).filter(|key| Uuid::try_parse(key).is_ok());
        keys.extend(key.filter(|key| !keys.contains(key)));
    }
    keys
}
