//! Any text as a saved query's file, and as SPARQL: what is refused is told where and why; what can be asked is a query that
//! can be read again, laid out or not, and says the same.

use super::read::is_one_line;
use super::store::shared;
use super::{text, without_variables};
use dixit::query::names::Names;
use dixit::query::{Error, KnownEntities, Language, Prepared, SavedQuery, SparqlError, prepare, question, tidy};

pub fn holds(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    match Prepared::from_sparql(text, Language::En) {
        Ok(prepared) => {
            let again = Prepared::from_sparql(&prepared.sparql(), Language::En).expect("what is written can be read");
            assert_eq!(again.form(), prepared.form());
            let tidied =
                Prepared::from_sparql(&tidy(&prepared.sparql()), Language::En).expect("what is tidy can be read");
            assert_eq!(without_variables(&tidied.sparql()), without_variables(&again.sparql()));
        }
        Err(Error::Sparql(SparqlError::Syntax(error))) => {
            assert!(error.line > 0 && error.column > 0, "{error:?}");
            let shown = error.to_string();
            assert!(shown.lines().count() == 3, "{shown}");
            assert!(!shown.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t')), "{shown:?}");
        }
        Err(error) => {
            assert!(error.is_usage(), "{error}");
            is_one_line(&error.to_string());
        }
    }
    let Ok(query) = SavedQuery::parse_own("any", text) else { return };
    for language in [Language::Fr, Language::En] {
        for asked in query.questions(language) {
            question::readings(std::slice::from_ref(&query), &asked);
        }
    }
    let examples: Vec<_> = query.parameters.iter().map(|p| (p.name.clone(), p.example.clone())).collect();
    let store = shared();
    let known = KnownEntities::new(store.base());
    let names = Names::new(store.query_store(), &known, Language::En).without_suggestions();
    if let Ok(prepared) = prepare(&query, &examples, &names, Language::En) {
        Prepared::from_sparql(&prepared.sparql(), Language::En).expect("what is written can be read");
    }
}
