//! A selection in a web address: `q=paix&actor=entity%2FQ3874799&kind=direct&since=2022-02-24`.

use super::{FACETS, Facet, Selection};
use crate::graph::Base;
use crate::query::parameter::{Kind, read_iri};
use crate::query::vocabulary::OWN_TERMS;
use oxigraph::model::NamedNode;

/// Why a pair of an address says nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{value}` is no value for `{key}`: write {form}")]
pub struct AddressError {
    pub key: String,
    pub value: String,
    pub form: &'static str,
}

const WORDS: &str = "q";
const SINCE: &str = "since";
const UNTIL: &str = "until";

impl Selection {
    /// Reads the pairs of an address. Keys that are none of a selection's are passed over, as are empty values, which forms
    /// send for fields that nobody filled in. IRIs may lack the base.
    ///
    /// # Errors
    /// When a value has not its form.
    pub fn from_pairs<'p>(
        pairs: impl IntoIterator<Item = (&'p str, &'p str)>,
        base: &Base,
    ) -> Result<Self, AddressError> {
        let mut selection = Self::default();
        for (key, value) in pairs {
            let value = value.trim();
            let wrong = |form| AddressError { key: key.to_owned(), value: value.to_owned(), form };
            match (key, Facet::of_key(key)) {
                _ if value.is_empty() => {}
                (WORDS, _) => selection.words = Some(value.to_owned()),
                (SINCE, _) => {
                    let days = Kind::FirstDay.days(value).ok_or_else(|| wrong(Kind::FirstDay.form()))?;
                    selection.since = days.first;
                }
                (UNTIL, _) => {
                    let days = Kind::LastDay.days(value).ok_or_else(|| wrong(Kind::LastDay.form()))?;
                    selection.until = days.last;
                }
                (_, Some(facet)) => {
                    let iri = facet.read(value, base).ok_or_else(|| wrong(facet.form()))?;
                    selection = selection.with(facet, iri);
                }
                _ => {}
            }
        }
        Ok(selection)
    }

    /// The pairs that say it: of the same selection always the same, in the same order.
    pub fn pairs(&self, base: &Base) -> Vec<(&'static str, String)> {
        let words = self.words.iter().map(|words| (WORDS, words.clone()));
        let values =
            FACETS.iter().flat_map(|(facet, key, _)| self.chosen(*facet).map(|iri| (*key, facet.write(iri, base))));
        let days = [(SINCE, self.since), (UNTIL, self.until)];
        let days = days.into_iter().filter_map(|(key, day)| Some((key, day?.to_string())));
        words.chain(values).chain(days).collect()
    }

    /// The same as the query of an address: `q=paix&actor=entity%2FQ3874799`. Empty where all is chosen.
    pub fn query(&self, base: &Base) -> String {
        url::form_urlencoded::Serializer::new(String::new()).extend_pairs(self.pairs(base)).finish()
    }
}

impl Facet {
    /// The value that a text of an address means.
    pub fn read(self, text: &str, base: &Base) -> Option<String> {
        let whole = || {
            NamedNode::new(format!("{}{text}", base.as_str()))
                .ok()
                .filter(|_| !self.has_words() && self != Self::Language)
        };
        self.term(text).or_else(|| whole().map(NamedNode::into_string))
    }

    /// The value of a parameter of a saved query.
    pub(super) fn term(self, value: &str) -> Option<String> {
        match self {
            Self::Kind => own_term(Kind::Quotation, value),
            Self::Polarity => own_term(Kind::Polarity, value),
            Self::Language => match Kind::Language.read(value)? {
                spargebra::term::GroundTerm::Literal(tag) => Some(tag.destruct().0),
                spargebra::term::GroundTerm::NamedNode(_) => None,
            },
            _ => read_iri(value).map(NamedNode::into_string),
        }
    }

    /// A value as the text of an address: an IRI without the base, or a word.
    pub fn write(self, iri: &str, base: &Base) -> String {
        let word = iri.strip_prefix(OWN_TERMS).and_then(|rest| rest.strip_prefix('#')).filter(|_| self.has_words());
        match word {
            Some(word) => word.to_lowercase(),
            None => iri.strip_prefix(base.as_str()).unwrap_or(iri).to_owned(),
        }
    }

    fn form(self) -> &'static str {
        match self {
            Self::Kind => Kind::Quotation.form(),
            Self::Polarity => Kind::Polarity.form(),
            Self::Language => Kind::Language.form(),
            _ => "an IRI, or what follows the base of the store in it (entity/Q7184)",
        }
    }
}

fn own_term(kind: Kind, text: &str) -> Option<String> {
    let term = kind.read(text)?;
    match term {
        spargebra::term::GroundTerm::NamedNode(node) => Some(node.into_string()),
        spargebra::term::GroundTerm::Literal(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Selection, AddressError> {
        Selection::from_pairs(pairs.iter().copied(), &Base::default())
    }

    #[test]
    fn an_address_has_one_form() {
        let selection = read(&[
            ("until", "2022-03"),
            ("topic", "entity/Q7184"),
            ("page", "3"),
            ("kind", "direct"),
            ("actor", "https://data.dixit.example/entity/Q9"),
            ("actor", "entity/Q10"),
            ("actor", "entity/Q9"),
            ("outlet", ""),
            ("q", " \"garanties de\" paix "),
            ("polarity", "Denied"),
            ("relay", "https://other.example/x"),
            ("language", "anglais"),
        ])
        .unwrap();
        let base = Base::default();
        let pairs = [
            ("q", "\"garanties de\" paix"),
            ("actor", "entity/Q10"),
            ("actor", "entity/Q9"),
            ("topic", "entity/Q7184"),
            ("relay", "https://other.example/x"),
            ("kind", "direct"),
            ("polarity", "denied"),
            ("language", "en"),
            ("until", "2022-03-31"),
        ];
        assert_eq!(selection.pairs(&base), pairs.map(|(key, value)| (key, value.to_owned())));
        assert_eq!(read(&pairs), Ok(selection.clone()));
        assert!(selection.query(&base).starts_with("q=%22garanties+de%22+paix&actor=entity%2FQ10&actor=entity%2FQ9"));
        assert_eq!(Selection::default().query(&base), "");
    }

    #[test]
    fn what_says_nothing_is_refused() {
        for pair in [
            ("actor", "a b"),
            ("actor", "<script>"),
            ("topic", "\"x\""),
            ("kind", "loud"),
            ("language", "entity/Q1860"),
            ("since", "soon"),
            ("until", "2022-13"),
        ] {
            let error = read(&[pair]).unwrap_err();
            assert_eq!((&*error.key, &*error.value), pair);
        }
    }

    #[test]
    fn values_come_and_go() {
        let one = Selection::default().with(Facet::Topic, "https://data.dixit.example/entity/Q1");
        assert!(one.has(Facet::Topic, "https://data.dixit.example/entity/Q1") && !one.is_all());
        assert!(one.without(Facet::Topic, "https://data.dixit.example/entity/Q1").is_all());
        assert!(Facet::ALL.into_iter().all(|facet| Facet::of_key(facet.key()) == Some(facet)));
    }
}
