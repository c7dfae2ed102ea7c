//! Who said what, about what, when, and who reported it: from news articles to a graph you can question.
//!
//! The rooms, in the order of the flow:
//!
//! - [`article`]: files with their metadata become [`article::Article`]s;
//! - [`language`]: the tables of a language, and what is particular to its grammar;
//! - [`entity`]: names lead to persons, organisations, outlets, places and concepts;
//! - [`extract`]: an article becomes a list of [`extract::Statement`]s;
//! - [`eval`]: what was found against what people found;
//! - [`graph`]: statements become RDF, the store keeps it;
//! - [`push`]: graphs go to another store;
//! - [`query`]: saved queries and questions in words;
//! - [`serve`]: the graph in the browser, and for programs that speak SPARQL;
//! - [`web`]: pages and feeds are fetched.

#![forbid(unsafe_code)]

pub mod article;
mod bits;
mod code_points;
pub mod date;
pub mod entity;
pub mod eval;
pub mod extract;
pub mod graph;
mod interner;
mod kept;
pub mod language;
mod one_line;
pub mod push;
pub mod query;
pub mod serve;
pub mod span;
mod table;
pub mod web;
