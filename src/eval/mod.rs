//! Measuring: what was found in articles against what people found in them.
//!
//! `docs/gold.md` describes the files, how contents and names are compared, and what each measure counts.
//!
//! 1. [`Gold::read`] reads what people found; [`Prediction`] is what a program found, here or elsewhere;
//! 2. [`sheets`] puts both side by side, each with its article's text;
//! 3. [`Sheet::compare`] matches them by the words that their contents cover;
//! 4. [`Counts`] gives the measures, [`mistakes`] the single errors, [`bands`] and [`at_confidence`] what confidence
//!    is worth.

mod content;
mod error;
mod field;
mod gold;
mod lines;
mod measure;
mod mistake;
mod name;
mod prediction;
mod reliability;
mod sheet;

pub use error::EvalError;
pub use gold::{Gold, GoldArticle, GoldStatement};
pub use lines::base_name;
pub use measure::{Counts, Measure, Share, speaker_right};
pub use mistake::{Fault, Mistake, mistakes};
pub use name::Names;
pub use prediction::{Found, Prediction};
pub use reliability::{AtConfidence, Band, Judged, at_confidence, bands, calibration_error, judged};
pub use sheet::{Comparison, Demanded, Sheet, Verdict, sheets};
