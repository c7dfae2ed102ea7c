//! Why nothing was put right.

use super::record::RecordError;
use super::tsv::TsvError;
use crate::graph::articles::ArticleError;
use crate::one_line::one_line;
use jiff::Timestamp;
use oxigraph::store::StorageError;
use std::collections::BTreeSet;

/// Why a correction, a merge or an undoing is not done. The store is as it was.
#[derive(Debug, thiserror::Error)]
pub enum CurationError {
    #[error(
        "`{0}` is no statement: write its IRI, or its article and its place there (0123456789/12-80), as `dixit show` does"
    )]
    NotAStatement(String),
    #[error("no article of statement {0} in the store: `dixit articles` lists the articles")]
    NoArticle(String),
    #[error(
        "statement {0} is gone: its article was read anew and says this no longer, or says it elsewhere; `dixit query containing words=…` finds statements by their words"
    )]
    NoStatement(String),
    #[error("statement {statement} was rejected by {by} on {}: `dixit undo {id}` brings it back", day(.at))]
    Rejected { statement: String, by: String, at: Timestamp, id: String },
    #[error("nothing is known of {0}: write a name, or --new to tell who it is")]
    Unknown(String),
    #[error("there is a {iri} already: write it without --new, or write the name `{name}` in full")]
    Known { name: String, iri: String },
    #[error("{0} is of one article alone: it stands for no others, and is called as the article calls it")]
    NotShared(String),
    #[error("{merged} and {kept} are things of different sorts: --force merges them all the same")]
    Clash { kept: String, merged: String },
    #[error("{merged} cannot be merged into {kept}: the two are one already, or it is merged into another thing")]
    Contradiction { kept: String, merged: String },
    #[error("`{0}` is no item of Wikidata: write Q and its number, as in Q7184")]
    NotAnItem(String),
    #[error(
        "{actor} has the item {item}: if a name should not lead there, `dixit link reject NAME {item}` comes first"
    )]
    Linked { actor: String, item: String },
    #[error("no article came to {actor} by the name `{name}`{}", others(.names))]
    NotCalled { name: String, actor: String, names: BTreeSet<String> },
    #[error("{by} rejected that on {}: `dixit undo {id}` takes it back", day(.at))]
    RejectedAlready { id: String, by: String, at: Timestamp },
    #[error("{actor} is {kept} because somebody said so: `dixit undo {id}` takes that back")]
    MergedByHand { actor: String, kept: String, id: String },
    #[error("no correction or merge `{0}`: `dixit corrections` lists them")]
    NoDeed(String),
    #[error("several corrections begin with `{0}`: write more digits")]
    SeveralDeeds(String),
    #[error("{id} was undone already, by {by} on {}", day(.at))]
    Undone { id: String, by: String, at: Timestamp },
    #[error("{0} is another correction here: leave the column `id` empty where you changed a line")]
    OtherDeed(String),
    #[error(transparent)]
    Article(#[from] ArticleError),
    #[error("the store cannot be read: {0}")]
    Storage(#[from] StorageError),
}

/// Why a file of corrections is not taken in, and where in it. The store is as it was.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error(transparent)]
    Tsv(#[from] TsvError),
    #[error("line {line}, column {column}: {}", one_line(&fault.to_string()))]
    Turtle { line: usize, column: usize, fault: String },
    #[error("line {line}, column {column}: {}", one_line(&fault.to_string()))]
    Record { line: usize, column: usize, fault: RecordError },
    #[error("line {line}, column {column}: {}", one_line(&fault.to_string()))]
    Deed { line: usize, column: usize, fault: CurationError },
    #[error("the store cannot be read: {0}")]
    Storage(#[from] StorageError),
}

/// The names by which articles did come there, and the mend.
fn others(names: &BTreeSet<String>) -> String {
    match names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>() {
        names if names.is_empty() => String::new(),
        names => {
            format!(": they write {}; with the item in place of the name, all of them are rejected", names.join(", "))
        }
    }
}

/// The day of a moment, in UTC.
fn day(at: &Timestamp) -> String {
    at.to_string().chars().take(10).collect()
}
