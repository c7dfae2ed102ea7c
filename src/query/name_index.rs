//! All names of a store in memory, for whoever asks for names again and again.

use super::fold;
use super::names::{Names, NoTable, PREDICATES};
use super::{Error, Language};
use oxigraph::model::NamedNode;
use oxigraph::store::Store;
use rustc_hash::FxHashSet;

/// The names of a store as it was when they were read.
pub struct NameIndex {
    /// By their folded words, then by what they name.
    names: Vec<StoredName>,
}

/// A name that something has.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct StoredName {
    /// Its words without case, accents and leading articles.
    pub folded: Box<str>,
    pub iri: Box<str>,
    /// The place among the predicates of names: the label comes first.
    pub(super) predicate: usize,
}

impl StoredName {
    /// Whether it is the name of what has it, and not one of others.
    pub fn is_label(&self) -> bool {
        self.predicate == 0
    }
}

impl NameIndex {
    /// Reads all names.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn of(store: &Store) -> Result<Self, Error> {
        let all = Names::new(store, &NoTable, Language::En);
        let mut names = Vec::new();
        for (place, predicate) in PREDICATES.into_iter().enumerate() {
            for named in all.all_names(predicate) {
                let (iri, name): (NamedNode, String) = named?;
                let folded = fold::fold_name(&name).into_boxed_str();
                names.push(StoredName { folded, iri: iri.into_string().into_boxed_str(), predicate: place });
            }
        }
        names.sort_unstable();
        names.dedup_by(|a, b| (&a.folded, &a.iri) == (&b.folded, &b.iri));
        names.shrink_to_fit();
        Ok(Self { names })
    }

    /// All of them.
    pub fn all(&self) -> &[StoredName] {
        &self.names
    }

    /// The IRIs of what is called so, but for case, accents and articles.
    pub fn with(&self, name: &str) -> impl Iterator<Item = &str> {
        let key = fold::fold_name(name);
        let same = self.from(&key).iter().take_while(move |name| *name.folded == *key);
        same.map(|name| &*name.iri)
    }

    /// The IRIs of what has a name that begins so, each once, in the order of the names.
    pub fn beginning(&self, text: &str) -> impl Iterator<Item = &str> {
        let key = fold::fold_name(text);
        let begun = self.from(&key).iter().take_while(move |name| !key.is_empty() && name.folded.starts_with(&*key));
        let mut known = FxHashSet::default();
        begun.map(|name| &*name.iri).filter(move |iri| known.insert(*iri))
    }

    fn from(&self, key: &str) -> &[StoredName] {
        &self.names[self.names.partition_point(|name| *name.folded < *key)..]
    }
}
