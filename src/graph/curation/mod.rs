//! What people put right stays right.
//!
//! A [`Deed`] is a correction of a statement, a merge of two things, the rejection of a link or a new name of a thing; all
//! of them stand in the curation graph, with who
//! made them and when, and those that were undone, too. What follows from them is written into the graphs of the articles:
//!
//! ```text
//! what the program found ──curate──▶ the article's graph, and the patch between the two
//! ```
//!
//! - [`deed`]: what a deed is; [`record`] and [`tsv`]: deeds as RDF and as a table, and back;
//! - [`anchor`]: how the statement of a correction is found again in a text that has changed;
//! - [`curate`](mod@curate) with [`unlink`]: the pure function; [`patch`]: its result, by which all can be taken back;
//! - [`names`]: what things are called after merges and renamings;
//! - [`deeds`]: the deeds of a store; [`desk`]: they come into it and are undone, [`link`]: those that say whom a name means;
//!   [`settle`]: what follows from them;
//! - [`list`]: what became of them;
//! - [`import`]: those of another store are taken in.

mod anchor;
mod curate;
mod deed;
mod deeds;
mod desk;
mod draft;
mod error;
mod import;
mod link;
mod list;
mod names;
mod patch;
mod record;
mod settle;
mod tsv;
mod unlink;

pub use anchor::Anchor;
pub use deed::{Amendment, Correction, Deed, Merge, Rejection, Renaming, Undone, What};
pub use desk::{Signature, Who};
pub use error::{CurationError, ImportError};
pub use import::Imported;
pub use link::{Accepted, Item, Rejections, Whom};
pub use list::{Listed, State, WriteError};
pub use record::RecordError;
pub use tsv::{TsvError, TsvFault};

pub(super) use deeds::kept;
pub(super) use list::loose_corrections;
pub(super) use patch::{OF_WHOLE, Patch};
pub(super) use settle::take_over;
