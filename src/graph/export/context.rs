//! A JSON-LD context as the writer needs it: which word stands for an IRI, and what its values look like.
//!
//! Specification: <https://www.w3.org/TR/json-ld11/#the-context>. Of it, what our contexts use.

use rustc_hash::FxHashMap;
use serde_json::Value;

/// The context of the exports, as it is published.
pub const CONTEXT: &str = include_str!("../../../ontology/context.jsonld");

/// What the context of schema.org says of the properties that we use; <https://schema.org/docs/jsonldcontext.jsonld> has the
/// whole.
pub(super) const SCHEMA_ORG: &str = r#"{"@context": {
    "@vocab": "http://schema.org/",
    "schema": "http://schema.org/",
    "url": {"@id": "schema:url", "@type": "@id"},
    "sameAs": {"@id": "schema:sameAs", "@type": "@id"},
    "datePublished": {"@id": "schema:datePublished", "@type": "schema:Date"},
    "dateCreated": {"@id": "schema:dateCreated", "@type": "schema:Date"}
}}"#;

/// How the values of a property are written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) enum Coercion {
    /// Strings are words, things are objects.
    #[default]
    None,
    /// Strings are IRIs, relative to the base.
    Id,
    /// Strings are words of the context.
    Vocab,
    /// Strings are of a datatype.
    Datatype(String),
}

/// A property's word, and the form of its values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Term {
    pub word: String,
    pub coercion: Coercion,
    /// Values stand in a list even if there is only one.
    pub is_set: bool,
    /// Words stand under the tags of their languages.
    pub by_language: bool,
}

/// What a context says.
pub(super) struct Context {
    terms: FxHashMap<String, Term>,
    prefixes: Vec<(String, String)>,
    /// The namespace of words without a prefix.
    vocabulary: Option<String>,
}

impl Context {
    /// Reads a context of ours; of what is none, nothing is taken.
    pub fn read(text: &str) -> Self {
        let json: Value = serde_json::from_str(text).unwrap_or_default();
        let mut context = Self { terms: FxHashMap::default(), prefixes: Vec::new(), vocabulary: None };
        let Some(entries) = json["@context"].as_object() else { return context };
        context.vocabulary = entries.get("@vocab").and_then(Value::as_str).map(str::to_owned);
        for (word, value) in entries.iter().filter(|(word, _)| !word.starts_with('@')) {
            if let Some(iri) = value.as_str().filter(|iri| iri.ends_with(['#', '/'])) {
                context.prefixes.push((word.clone(), iri.to_owned()));
            }
        }
        for (word, value) in entries {
            let id = value.as_str().or(value["@id"].as_str());
            if let Some(iri) = id.and_then(|id| context.expand(id)) {
                let term = Term {
                    word: word.clone(),
                    coercion: match value["@type"].as_str() {
                        None => Coercion::None,
                        Some("@id") => Coercion::Id,
                        Some("@vocab") => Coercion::Vocab,
                        Some(datatype) => Coercion::Datatype(context.expand(datatype).unwrap_or_default()),
                    },
                    is_set: value["@container"] == "@set",
                    by_language: value["@container"] == "@language",
                };
                context.terms.insert(iri, term);
            }
        }
        context
    }

    /// The IRI that a compact one stands for.
    fn expand(&self, compact: &str) -> Option<String> {
        let (prefix, local) = compact.split_once(':')?;
        let (_, namespace) = self.prefixes.iter().find(|(known, _)| known == prefix)?;
        Some(format!("{namespace}{local}"))
    }

    /// The word for a property. What the context does not name is written with a prefix, or in full.
    pub fn term(&self, property: &str) -> Term {
        self.terms.get(property).cloned().unwrap_or_else(|| self.plain(property))
    }

    /// A property without what the context says of its values.
    pub fn plain(&self, property: &str) -> Term {
        Term { word: self.prefixed(property), ..Term::default() }
    }

    /// The word for a class or a value.
    pub fn word(&self, iri: &str) -> String {
        self.terms.get(iri).map_or_else(|| self.prefixed(iri), |term| term.word.clone())
    }

    fn prefixed(&self, iri: &str) -> String {
        if let Some(word) = self.vocabulary.as_ref().and_then(|vocabulary| iri.strip_prefix(vocabulary.as_str())) {
            return word.to_owned();
        }
        let short = self.prefixes.iter().find_map(|(prefix, namespace)| {
            iri.strip_prefix(namespace.as_str())
                .filter(|local| !local.starts_with('/'))
                .map(|l| format!("{prefix}:{l}"))
        });
        short.unwrap_or_else(|| iri.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_has_a_word_and_the_form_of_its_values() {
        let context = Context::read(CONTEXT);
        let actor = context.term("https://w3id.org/dixit#actor");
        assert_eq!((actor.word.as_str(), actor.coercion, actor.is_set), ("actor", Coercion::Id, true));
        let text = context.term("http://schema.org/text");
        assert_eq!((text.word.as_str(), text.coercion, text.by_language), ("text", Coercion::None, true));
        let date = Coercion::Datatype("http://www.w3.org/2001/XMLSchema#date".to_owned());
        assert_eq!(context.term("https://w3id.org/dixit#saidNotAfter").coercion, date);
        assert_eq!(context.term("http://schema.org/price").word, "schema:price");
        assert_eq!(context.term("http://p.example/p").word, "http://p.example/p");
        assert_eq!(context.word("https://w3id.org/dixit#Direct"), "Direct");
    }
}
