//! What a person typed into one field: the names of things, a question, or words.

use super::find::{Ready, Selections};
use super::{Facet, Selection};
use crate::graph::vocabulary::dixit;
use crate::query::fold;
use crate::query::names::NameTable;
use crate::query::{Error, KnownEntities, Language, NameIndex, Prepared, SavedQuery, question};
use oxigraph::model::NamedNodeRef;
use oxigraph::store::Store;
use spargebra::term::GroundTerm;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The longest name in words.
const LONGEST: usize = 8;
/// Of so many things of one name it is looked up what is said of them.
const MOST_OF_A_NAME: usize = 40;

/// What a text may mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Meaning {
    /// The things that it names, those of which most is said first.
    pub things: Vec<NamedThing>,
    /// The saved query that answers it, if it is a question.
    pub question: Option<Question>,
}

/// Something that has a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedThing {
    pub iri: String,
    pub label: String,
    /// How many statements name it in each part: what one finds by choosing it.
    pub as_actor: u64,
    pub as_topic: u64,
    pub as_outlet: u64,
    pub as_relay: u64,
}

impl NamedThing {
    fn total(&self) -> u64 {
        self.as_actor + self.as_topic + self.as_outlet + self.as_relay
    }
}

/// A question that is understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The name of the saved query.
    pub query: String,
    /// What that query answers, in one line.
    pub title: String,
    /// Its parameters as they were understood, as people read them.
    pub understood: Vec<(String, String)>,
    /// Its parameters as values that mean the same everywhere: IRIs instead of names.
    pub parameters: Vec<(String, String)>,
    /// The statements that it asks for, if a selection can say that.
    pub selection: Option<Selection>,
}

/// What a parameter of a saved query, or the query itself, says in a selection.
type Row = (&'static str, &'static [(&'static str, Facet)], &'static [(Facet, NamedNodeRef<'static>)]);

/// The parameter that says in which language articles are.
const WRITTEN: (&str, Facet) = ("written", Facet::Language);

/// The saved queries that list the statements of a selection, with the facets of their parameters, and what else they ask.
const QUERIES: [Row; 8] = [
    ("who-said-what", &[("topic", Facet::Topic), ("kind", Facet::Kind), ("from", Facet::Outlet), WRITTEN], &[]),
    ("what-did-say", &[("who", Facet::Actor), ("kind", Facet::Kind), ("from", Facet::Outlet), WRITTEN], &[]),
    (
        "said-about",
        &[("who", Facet::Actor), ("topic", Facet::Topic), ("kind", Facet::Kind), ("from", Facet::Outlet), WRITTEN],
        &[],
    ),
    ("statements-between", &[WRITTEN], &[]),
    ("relayed", &[("through", Facet::Relay), ("topic", Facet::Topic), WRITTEN], &[]),
    (
        "denials",
        &[("who", Facet::Actor), ("topic", Facet::Topic), WRITTEN],
        &[(Facet::Polarity, dixit::DENIED), (Facet::Polarity, dixit::HEARSAY)],
    ),
    ("hearsay", &[("topic", Facet::Topic), WRITTEN], &[(Facet::Polarity, dixit::HEARSAY)]),
    ("questions-asked", &[("topic", Facet::Topic), WRITTEN], &[(Facet::Polarity, dixit::QUESTION)]),
];

impl Selections {
    /// What a text means: the things it names, at most so many, and the question it asks of the library.
    ///
    /// # Errors
    /// When the store or the index cannot be read.
    pub fn meaning(
        &self,
        library: &[SavedQuery],
        text: &str,
        most: usize,
        language: Language,
    ) -> Result<Meaning, Error> {
        Ok(Meaning { things: self.named(text, most, language)?, question: self.question(library, text, language)? })
    }

    /// The things that a text names, of which something is said; those of which most is said first.
    ///
    /// # Errors
    /// As for [`meaning`](Self::meaning).
    pub fn named(&self, text: &str, most: usize, language: Language) -> Result<Vec<NamedThing>, Error> {
        let ready = self.ready()?;
        let names = ready.names(&self.store)?;
        let known = KnownEntities::new(&self.base);
        let (text, _) = question::beginning(text);
        let words = fold::words(text);
        let mut found = BTreeSet::new();
        let mut start = 0;
        while start < words.len() {
            // The longest name that begins here.
            let ends = (start + 1..=words.len().min(start + LONGEST)).rev();
            let name = ends.map(|end| (end, &text[words[start].start..words[end - 1].end])).find_map(|(end, name)| {
                // A word of any sentence names nothing by itself.
                let is_small = end == start + 1 && crate::language::is_stop_word(&words[start].folded);
                let iris: Vec<&str> =
                    if is_small { Vec::new() } else { names.with(name).take(MOST_OF_A_NAME).collect() };
                let of_table =
                    || known.find(name).into_iter().filter(|_| !is_small).map(|known| known.iri.into_string());
                let iris: Vec<String> = iris.into_iter().map(str::to_owned).chain(of_table()).collect();
                (!iris.is_empty()).then_some((end, iris))
            });
            match name {
                Some((end, iris)) => {
                    found.extend(iris);
                    start = end;
                }
                None => start += 1,
            }
        }
        self.things(found, most, language)
    }

    /// Things whose names begin so, for suggestions while somebody types; those of which most is said first.
    ///
    /// # Errors
    /// As for [`meaning`](Self::meaning).
    pub fn beginning(&self, text: &str, most: usize, language: Language) -> Result<Vec<NamedThing>, Error> {
        let ready = self.ready()?;
        let found = ready.names(&self.store)?.beginning(text).map(str::to_owned).take(4 * MOST_OF_A_NAME).collect();
        self.things(found, most, language)
    }

    fn things(&self, iris: BTreeSet<String>, most: usize, language: Language) -> Result<Vec<NamedThing>, Error> {
        let mut things = Vec::new();
        for iri in iris {
            let count = |facet| self.count(&Selection::default().with(facet, &*iri));
            let thing = NamedThing {
                as_actor: count(Facet::Actor)?,
                as_topic: count(Facet::Topic)?,
                as_outlet: count(Facet::Outlet)?,
                as_relay: count(Facet::Relay)?,
                label: String::new(),
                iri,
            };
            if thing.total() > 0 {
                things.push(thing);
            }
        }
        things.sort_by(|a, b| b.total().cmp(&a.total()).then_with(|| a.iri.cmp(&b.iri)));
        things.truncate(most);
        for thing in &mut things {
            thing.label = self.label(&thing.iri, language)?;
        }
        Ok(things)
    }

    /// The question that a text asks, if it is one: the saved query that answers it, and the selection that says the same.
    /// Names are taken as they are written.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn question(&self, library: &[SavedQuery], text: &str, language: Language) -> Result<Option<Question>, Error> {
        let known = KnownEntities::new(&self.base);
        let understood = question::understand_as_written(library, text, &self.store, &known, Some(language))?;
        Ok(understood.and_then(|(saved, prepared)| Question::of(saved, &prepared, language)))
    }

    /// The same with names whatever their capitals and accents, for which all names of the store are read.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn question_in_any_case(
        &self,
        library: &[SavedQuery],
        text: &str,
        language: Language,
    ) -> Result<Option<Question>, Error> {
        let known = KnownEntities::new(&self.base);
        match question::understand(library, text, &self.store, &known, Some(language)) {
            Ok((saved, prepared)) => Ok(Question::of(saved, &prepared, language)),
            Err(Error::Question { .. } | Error::Name(_) | Error::Parameter(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

impl Question {
    fn of(saved: &SavedQuery, prepared: &Prepared, language: Language) -> Option<Self> {
        let asked = prepared.asked.as_ref()?;
        let terms = asked.bindings.iter().filter(|(name, _)| saved.parameter(name).is_some());
        let mut parameters: Vec<(String, String)> = Vec::new();
        for (name, terms) in terms {
            parameters.extend(terms.iter().map(|term| (name.clone(), value(term))));
        }
        Some(Self {
            query: saved.name.clone(),
            title: saved.title.get(language).to_owned(),
            understood: prepared.understood.clone(),
            selection: selection(&saved.name, &parameters),
            parameters,
        })
    }
}

/// A term as the value of a parameter.
fn value(term: &GroundTerm) -> String {
    match term {
        GroundTerm::NamedNode(node) => {
            let own = node.as_str().strip_prefix(crate::query::vocabulary::OWN_TERMS);
            own.and_then(|rest| rest.strip_prefix('#')).map_or_else(|| node.as_str().to_owned(), str::to_lowercase)
        }
        GroundTerm::Literal(literal) => literal.value().to_owned(),
    }
}

/// What a saved query asks, as a selection.
fn selection(query: &str, parameters: &[(String, String)]) -> Option<Selection> {
    let (_, facets, constants) = QUERIES.iter().find(|(name, ..)| *name == query)?;
    let mut selection = Selection::default();
    for (name, value) in parameters {
        let day = || value.parse().ok();
        match (name.as_str(), facets.iter().find(|(parameter, _)| parameter == name)) {
            ("since", _) => selection.since = Some(day()?),
            ("until", _) => selection.until = Some(day()?),
            (_, Some((_, facet))) => selection = selection.with(*facet, facet.term(value)?),
            _ => return None,
        }
    }
    // Whatever was relayed by anybody is no selection.
    if query == "relayed" && selection.chosen(Facet::Relay).next().is_none() {
        return None;
    }
    for (facet, value) in *constants {
        selection = selection.with(*facet, value.as_str());
    }
    Some(selection)
}

impl Selections {
    /// All names of the store, read when they are first asked for.
    ///
    /// # Errors
    /// When the store or the index cannot be read.
    pub fn names(&self) -> Result<Arc<NameIndex>, Error> {
        self.ready()?.names(&self.store)
    }
}

impl Ready {
    fn names(&self, store: &Store) -> Result<Arc<NameIndex>, Error> {
        if let Some(names) = self.names.get() {
            return Ok(Arc::clone(names));
        }
        let names = Arc::new(NameIndex::of(store)?);
        Ok(Arc::clone(self.names.get_or_init(|| names)))
    }
}
