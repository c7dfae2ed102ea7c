//! What tells the search whether what it knows of an article changed: a hash of its title and its statements, kept in its
//! graph and written in the transaction that changes them.

use super::base::sha256;
use super::transaction::Transaction;
use super::vocabulary::{dixit, schema};
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, Quad};
use oxigraph::store::StorageError;

/// What is searched, what says how, and by what else statements are found.
const SEARCHED: [NamedNodeRef<'_>; 12] = [
    schema::TEXT,
    schema::HEADLINE,
    schema::IN_LANGUAGE,
    schema::PUBLISHER,
    dixit::ACTOR,
    dixit::METONYM,
    schema::ABOUT,
    dixit::RELAYED_BY,
    dixit::KIND,
    dixit::POLARITY,
    dixit::SAID_NOT_BEFORE,
    dixit::SAID_NOT_AFTER,
];

/// The hash of an article, all of whose graph is given.
pub(super) fn describe(quads: &[Quad], article: &NamedNode) -> Quad {
    let searched = quads.iter().filter(|quad| SEARCHED.contains(&quad.predicate.as_ref()));
    let mut lines: Vec<_> =
        searched.map(|quad| format!("{} {} {}\n", quad.subject, quad.predicate, quad.object)).collect();
    lines.sort_unstable();
    let hash = Literal::new_simple_literal(&sha256(lines.concat())[..16]);
    Quad::new(article.clone(), dixit::WORDS_HASH, hash, article.clone())
}

/// Brings the hash of an article up to date.
pub(super) fn renew(transaction: &mut Transaction<'_>, article: &NamedNode) -> Result<(), StorageError> {
    let of = |predicate: NamedNodeRef<'_>| {
        let quads = transaction.quads_for_pattern(None, Some(predicate), None, Some(article.into()));
        quads.collect::<Result<Vec<Quad>, _>>()
    };
    let mut searched = Vec::new();
    for predicate in SEARCHED {
        searched.extend(of(predicate)?);
    }
    let old = of(dixit::WORDS_HASH)?;
    let new = describe(&searched, article);
    if old == [new.clone()] {
        return Ok(());
    }
    old.iter().for_each(|quad| transaction.remove(quad));
    // Of an article that is gone nothing is kept.
    let is_there = transaction.quads_for_pattern(Some(article.into()), None, None, Some(article.into())).next();
    if is_there.transpose()?.is_some() {
        transaction.insert(&new);
    }
    Ok(())
}
