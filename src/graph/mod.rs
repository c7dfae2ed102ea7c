//! Statements become RDF, and a store keeps it.
//!
//! - [`vocabulary`]: every term that the graph uses; `ontology/dixit.ttl` says what ours mean;
//! - [`describe_statements`]: an article and its statements as quads; [`describe_text`]: its text as one;
//! - [`Store`]: the quads of all articles, on disk or in memory; [`Adding`]: many articles on their way into it;
//! - [`export`] and [`write_turtle`]: the graph in the standard formats;
//! - [`each_graph_of_store`]: its graphs one by one, for another store;
//! - [`check`]: whether a graph keeps the rules;
//! - [`curation`]: what people put right, and how it stays right;
//! - [`backup`], [`restore`] and [`migrate`]: a store as a whole;
//! - [`Store::proposals`]: what reconciliation services proposed for an actor;
//! - [`Reviewed`]: which actors are linked with items, and how surely;
//! - [`Stats`]: what a store holds, in numbers;
//! - [`describe_dataset`] and [`describe_service`]: what a store and the endpoint about it are, for programs.
//!
//! No other room but [`query`](crate::query) knows which RDF library stands behind this.

mod adding;
mod articles;
mod backup;
mod base;
mod change;
pub mod check;
pub(crate) mod clock;
mod copies;
pub mod curation;
mod dataset;
mod describe;
mod described;
mod export;
mod folder;
mod import;
mod layer;
mod layers;
mod links;
mod named;
mod ontology;
mod places;
mod removing;
mod review;
mod same_text;
mod sketch;
mod stats;
mod store;
mod things;
mod transaction;
mod utterance;
mod version;
mod view;
pub mod vocabulary;
mod words;
mod words_hash;

pub use adding::{Adding, Change, MOST_QUADS};
pub use articles::{ArticleError, ArticleFilter};
pub use backup::{BackupError, Copied, Migrated, backup, migrate, restore};
pub(crate) use base::sha256;
pub use base::{Base, BaseError};
pub use dataset::{Endpoint, describe_dataset, describe_service};
pub use describe::{VERSION, describe_statements, describe_text, described_statements, extraction};
pub use described::Described;
pub use export::{
    ArticleRow, CONTEXT, Choice, CueRow, ExportError, ExportFormat, Extent, ListFormat, NamedRow, Offsets, Profile,
    QuadWriter, Said, StatementRow, TextDate, Texts, UtteranceRow, describe_thing, export, export_graph, is_graph,
    list_statements, write_network, write_quads, write_turtle,
};
pub use folder::StoreError;
pub use import::{Import, ImportError, ImportFormat, Imported, UnknownTerm};
pub use links::{Asked, Candidate, Unlinked};
pub use named::{Digest, GraphFormat, GraphsError, NamedGraph, each_graph_of_files, each_graph_of_store};
pub(crate) use ontology::describe_ontology;
pub use oxigraph::model::{NamedNode, Quad};
pub use places::Places;
pub use review::{LinkState, Reviewed, Shares, Way};
pub use stats::Stats;
pub use store::Store;
pub use view::{
    ArticleView, Sort, StatementView, ThingView, named_in, reports_in, schema_org_of, sort_of, statements_in,
};
