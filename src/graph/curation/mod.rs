//! What people put right stays right.
//!
//! A [`Deed`] is a correction of a statement or a merge of two things; all of them stand in the curation graph, with who
//! made them and when, and those that were undone, too. What follows from them is written into the graphs of the articles:
//!
//! ```text
//! what the program found ──curate──▶ the article's graph, and the patch between the two
//! ```
//!
//! - [`deed`]: what a deed is; [`record`] and [`tsv`]: deeds as RDF and as a table, and back;
//! - [`anchor`]: how the statement of a correction is found again in a text that has changed;
//! - [`curate`](mod@curate): the pure function; [`patch`]: its result, by which all can be taken back;
//! - [`deeds`]: the deeds of a store; [`desk`]: they come into it and are undone; [`settle`]: what follows from them;
//! - [`list`]: what became of them;
//! - [`import`]: those of another store are taken in.

mod anchor;
mod curate;
mod deed;
mod deeds;
mod desk;
mod error;
mod import;
mod list;
mod patch;
mod record;
mod settle;
mod tsv;

pub use anchor::Anchor;
pub use deed::{Amendment, Correction, Deed, Merge, Undone, What};
pub use desk::{Signature, Who};
pub use error::{CurationError, ImportError};
pub use import::Imported;
pub use list::{Listed, State, WriteError};
pub use record::RecordError;
pub use tsv::{TsvError, TsvFault};

pub(super) use deeds::kept;
pub(super) use patch::{OF_WHOLE, Patch};
pub(super) use settle::take_over;
