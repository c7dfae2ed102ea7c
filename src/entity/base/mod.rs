//! A knowledge base: millions of entities in a folder, found by name without being read into memory.
//!
//! [`Writer`] makes one from [`Record`]s that come in any number, [`Base`] answers from it. The files of the folder are
//! described in `docs/knowledge-base.md`.

mod at;
mod error;
mod key;
mod look_up;
mod manifest;
mod meaning;
mod merge;
mod reader;
mod record;
mod run;
mod writer;

#[cfg(test)]
mod tests;

pub use error::BaseError;
pub use look_up::{Candidate, LookUp};
pub use manifest::{Manifest, Plan};
pub use meaning::{Meaning, Rank};
pub use reader::Base;
pub(super) use record::date_of;
pub use record::{Kind, OfficeRef, Record, Tenure};
pub use writer::{Opened, Writer};
