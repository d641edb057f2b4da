//! The running program: configuration, HTTP, adapters to the outside, worker, subcommands.

pub mod adapters;
pub mod admin;
pub mod bench_inquiries;
pub mod bench_search;
pub mod commands;
pub mod config;
pub mod http;
pub mod quality;
pub mod telemetry;
pub mod worker;
