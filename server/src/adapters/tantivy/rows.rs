//! Walking through lists of documents: one term, or several that must stand in a row.

use tantivy::{
    DocId, DocSet, TERMINATED,
    postings::{Postings, SegmentPostings},
};

use super::dense::{Dense, Packed};

/// Terms that must stand in a row.
pub struct Row {
    /// Lists with the place of their term in the row, rarest first.
    lists: Vec<(u32, SegmentPostings)>,
    places: Vec<u32>,
    others: Vec<u32>,
}

impl Row {
    /// From lists with the place of their term, rarest first.
    pub const fn new(lists: Vec<(u32, SegmentPostings)>) -> Self {
        Self { lists, places: Vec::new(), others: Vec::new() }
    }

    fn first(&self) -> DocId {
        self.lists.first().map_or(TERMINATED, |(_, list)| list.doc())
    }

    fn next(&mut self) -> DocId {
        self.lists.first_mut().map_or(TERMINATED, |(_, list)| list.advance())
    }

    /// Whether the terms stand in a row in this document; documents are asked in growing order.
    fn stands(&mut self, doc: DocId) -> bool {
        for (_, list) in &mut self.lists {
            if list.doc() < doc {
                list.seek(doc);
            }
            if list.doc() != doc {
                return false;
            }
        }
        let mut lists = self.lists.iter_mut();
        let Some((first, list)) = lists.next() else { return false };
        list.positions(&mut self.places);
        for (at, list) in lists {
            list.positions(&mut self.others);
            let others = &self.others;
            let follows = |place: &u32| {
                (place + *at).checked_sub(*first).is_some_and(|p| others.binary_search(&p).is_ok())
            };
            self.places.retain(follows);
            if self.places.is_empty() {
                return false;
            }
        }
        true
    }

    /// Whether a document of a kind has the row and is the one that is looked for.
    pub fn any(&mut self, kind: impl Fn(DocId) -> bool, mut is: impl FnMut(DocId) -> bool) -> bool {
        let mut doc = self.first();
        while doc != TERMINATED {
            if kind(doc) && self.stands(doc) && is(doc) {
                return true;
            }
            doc = self.next();
        }
        false
    }
}

/// Calls for every document of a list.
pub fn walk(mut list: SegmentPostings, within: Option<&[DocId]>, mut call: impl FnMut(DocId)) {
    if let Some(docs) = within {
        for doc in docs {
            if list.doc() < *doc {
                list.seek(*doc);
            }
            if list.doc() == *doc {
                call(*doc);
            }
        }
        return;
    }
    let mut doc = list.doc();
    while doc != TERMINATED {
        call(doc);
        doc = list.advance();
    }
}

/// Notes every document with the row that nothing better is known of.
pub fn row_documents(row: &mut Row, within: Option<&[DocId]>, table: &mut Dense, worth: Packed) {
    let mut note = |row: &mut Row, doc: DocId| {
        if table.at(doc) < worth && row.stands(doc) {
            table.put(doc, worth);
        }
    };
    if let Some(docs) = within {
        for doc in docs {
            note(row, *doc);
        }
        return;
    }
    let mut doc = row.first();
    while doc != TERMINATED {
        note(row, doc);
        doc = row.next();
    }
}
