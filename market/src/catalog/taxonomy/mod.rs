//! The tree of categories: what kinds of goods and services there are, in both languages.
//!
//! Our own tree of at most three levels, written for buyers of an industrial market; HS headings and
//! KSIC codes hang on it only to find a category from customs or industry codes. A static table in
//! `data/categories.tsv`, parsed once; a listing stores the `code`, which therefore never changes.

mod table;
mod tree;

pub use tree::{
    Category, all, ancestors, by_hs, children, descendant_codes, find, find_by_slug, leaves, roots, search,
};
