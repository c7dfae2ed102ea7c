//! From a dump of Wikidata, or a table of entities, to a knowledge base.
//!
//! A dump is JSON: `[`, one entity a line with a comma behind it, `]`. It has some hundred million entities, of which a
//! table of classes (`classes.tsv`) says which ones are kept. Each layer is a file and takes less than the one before:
//! [`dump`] reads lines, [`filter`] passes over those that cannot be of the classes by their bytes alone, [`item`] reads
//! what is needed of the rest, [`keep`] makes records of it.

mod build;
mod classes;
mod dump;
mod error;
mod filter;
mod item;
mod keep;
mod table;

#[cfg(test)]
mod tests;

pub use build::{Built, Options, Told, build};
pub use classes::Classes;
pub use dump::Source;
pub use error::{BuildError, LineFault};
