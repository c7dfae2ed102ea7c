//! From an article to its attributed statements.

mod attribution;
mod cue;
mod date;
mod draft;
mod mark;
mod phrase;
mod reading;
mod sentence;
mod source;
mod statement;
mod token;

pub use statement::{
    Actor, ActorKind, Cue, DateBasis, Kind, Named, Polarity, Span, Statement, StatementDate,
};

use crate::article::Article;
use crate::entity::Entities;

/// All statements of `article`, in text order.
pub fn extract(article: &Article, entities: &Entities) -> Vec<Statement> {
    let _ = (article, entities);
    Vec::new()
}
