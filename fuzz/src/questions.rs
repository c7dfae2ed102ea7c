//! Any words as a question: it is refused in one line, or becomes SPARQL that can be read again.

use super::read::is_one_line;
use super::store::shared;
use super::text;
use dixit::query::{KnownEntities, Prepared, library, understand};

pub fn holds(bytes: &[u8]) {
    let Some(question) = text(bytes) else { return };
    let store = shared();
    let known = KnownEntities::new(store.base());
    match understand(library(), question, store.query_store(), &known, None) {
        Ok((query, prepared)) => {
            let again = Prepared::from_sparql(&prepared.sparql(), prepared.language);
            assert!(again.is_ok_and(|again| again.form() == prepared.form()), "{}", prepared.sparql());
            is_one_line(&prepared.command(query));
        }
        // What was asked is repeated as it was.
        Err(error) => assert!(!error.is_internal() && !error.to_string().is_empty(), "{error}"),
    }
}
