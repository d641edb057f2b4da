//! HTTP tests through the real router, on real databases, with fakes at the ports. One binary: linking is slow.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that cannot go on must stop"
)]

mod abuse;
mod accounts;
mod asking;
mod basket;
mod basket_files;
mod browser;
mod clocks;
mod connections;
mod consent;
mod desks;
mod disk_full;
mod errors;
mod faults;
mod files;
mod forms;
mod grid;
mod guest_files;
mod heads;
mod inquiries;
mod kept_pages;
mod kills;
mod listings;
mod live;
mod live_processes;
mod matrix;
mod matrix_table;
mod mistyped;
mod people;
mod processes;
mod program;
mod public;
mod repairs;
mod rfq_answers;
mod rfq_files;
mod rfqs;
mod saved_searches;
mod search_catch_up;
mod search_desk;
mod search_hidden;
mod search_hostile;
mod search_order;
mod search_pages;
mod search_table;
mod settled;
mod stopping;
mod suggest;
mod testapp;
mod threads;
mod told;
mod world;
