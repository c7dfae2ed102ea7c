//! What holds for any bytes that come from outside, one file a target: each has `holds`, which panics where it does not.
//!
//! The fuzzer calls them (`targets/`), and the tests of dixit replay its corpora with them (`tests/corpora.rs`).

pub mod dumps;
pub mod extract;
pub mod feeds;
pub mod gold;
pub mod http;
pub mod imports;
pub mod packed;
pub mod pages;
pub mod parameters;
pub mod queries;
pub mod questions;
mod read;
pub mod robots;
pub mod services;
mod store;
pub mod stores;
pub mod tables;
pub mod texts;

/// The text of a target that has one: bytes that are none are of no interest there.
fn text(bytes: &[u8]) -> Option<&str> {
    std::str::from_utf8(bytes).ok()
}

/// The first byte, which chooses among several, and the rest.
fn choice<'a, T>(bytes: &'a [u8], all: &'a [T]) -> Option<(&'a T, &'a [u8])> {
    let (first, rest) = bytes.split_first()?;
    Some((&all[usize::from(*first) % all.len()], rest))
}

/// A query without the names of its variables and blank nodes: reading it gives some of them names that are others each
/// time.
fn without_variables(sparql: &str) -> String {
    let mut parts = sparql.split_inclusive(['?', ':']);
    let mut bare = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let is_name = bare.ends_with('?') || bare.ends_with("_:");
        bare.push_str(if is_name { part.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_') } else { part });
    }
    bare
}
