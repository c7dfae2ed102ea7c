//! Where the names in a row lead: who spoke, passed on and published to Wikidata, the article to its address.

use super::markup::{Escaped, is_web_address, write_link};
use crate::graph::vocabulary::{WIKIDATA, dixit, schema};
use crate::query::stored::objects;
use oxigraph::model::vocab::rdfs;
use oxigraph::model::{NamedNode, NamedNodeRef, Term};
use oxigraph::sparql::QuerySolution;
use oxigraph::store::{StorageError, Store};
use std::collections::HashMap;
use std::io::{self, Write};

/// From a statement to whom it names, and from an article.
const TO_ACTORS: [NamedNodeRef<'_>; 3] = [dixit::ACTOR, dixit::RELAYED_BY, schema::PUBLISHER];

/// The addresses of what one row names.
pub struct Links<'a> {
    store: &'a Store,
    names: HashMap<String, String>,
    article: Option<String>,
    /// The names and items of the things that were read.
    known: HashMap<NamedNode, (Vec<String>, Option<String>)>,
}

impl<'a> Links<'a> {
    pub fn new(store: &'a Store) -> Self {
        Self { store, names: HashMap::new(), article: None, known: HashMap::new() }
    }

    /// Goes on to another row. The things of its columns are looked up, also of those that are not shown.
    pub fn follow(&mut self, row: &QuerySolution) -> Result<(), StorageError> {
        self.names.clear();
        self.article = None;
        for (_, term) in row {
            let Term::NamedNode(thing) = term else { continue };
            self.name(thing)?;
            let mut articles = objects(self.store, thing, schema::IS_PART_OF)?;
            articles.push(thing.clone());
            for article in &articles {
                let address =
                    objects(self.store, article, schema::URL)?.into_iter().find(|url| is_web_address(url.as_str()));
                self.article = self.article.take().or(address.map(NamedNode::into_string));
                for predicate in TO_ACTORS {
                    for actor in objects(self.store, article, predicate)? {
                        self.name(&actor)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// The address of the article in which the statement of the row is.
    pub fn article(&self) -> Option<&str> {
        self.article.as_deref()
    }

    /// Writes a name, or several with commas between, each with its link if it has one.
    pub fn write_names(&self, told: &str, out: &mut dyn Write) -> io::Result<()> {
        if let Some(address) = self.names.get(told) {
            return write_link(told, address, out);
        }
        for (number, name) in told.split(", ").enumerate() {
            if number > 0 {
                write!(out, ", ")?;
            }
            match self.names.get(name) {
                Some(address) => write_link(name, address, out)?,
                None => write!(out, "{}", Escaped(name))?,
            }
        }
        Ok(())
    }

    /// Keeps by which names a thing may be called in the row, if it has an item.
    fn name(&mut self, thing: &NamedNode) -> Result<(), StorageError> {
        if !self.known.contains_key(thing) {
            let items = objects(self.store, thing, schema::SAME_AS)?;
            let item = items.into_iter().find(|item| item.as_str().starts_with(WIKIDATA)).map(NamedNode::into_string);
            let labels = match item {
                Some(_) => self.labels(thing)?,
                None => Vec::new(),
            };
            self.known.insert(thing.clone(), (labels, item));
        }
        if let Some((labels, Some(item))) = self.known.get(thing) {
            self.names.extend(labels.iter().map(|label| (label.clone(), item.clone())));
        }
        Ok(())
    }

    fn labels(&self, thing: &NamedNode) -> Result<Vec<String>, StorageError> {
        let quads = self.store.quads_for_pattern(Some(thing.into()), Some(rdfs::LABEL), None, None);
        let labels = quads.filter_map(|quad| match quad.map(|quad| quad.object) {
            Ok(Term::Literal(label)) => Some(Ok(label.value().to_owned())),
            Ok(_) => None,
            Err(error) => Some(Err(error)),
        });
        labels.collect()
    }
}
