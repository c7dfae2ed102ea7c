//! From a name as somebody writes it to the entity in the store.
//!
//! Ways are tried from the surest and cheapest to the widest: an IRI, a Wikidata item, a label as written, a label
//! without regard to case, accents and articles, and last the table of known entities, which has more names than a
//! store. A primary label (`rdfs:label`) beats an alternative one (`skos:altLabel`).

use super::fold;
use super::language::{Bilingual, Language};
pub use super::mentions::Nature;
use super::parameter::read_iri;
pub use super::role::Role;
use super::vocabulary::{ALT_LABEL, AUTHORITY_OF, BROADER, MERGED_INTO, OWN_TERMS, SAME_AS, WIKIDATA};
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{GraphNameRef, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term, TermRef};
use oxigraph::store::{StorageError, Store};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// How alike two names must be (0 to 1) for one to be suggested in place of the other.
const LIKENESS: f64 = 0.6;
/// How many names are suggested.
const SUGGESTIONS: usize = 5;

/// A table of names beside the store: the entities that are built in.
pub trait NameTable {
    /// All entities that `name` may mean, the likeliest first.
    fn find(&self, name: &str) -> Vec<KnownName>;

    /// What something is that is called so, and not only nearly so.
    fn nature(&self, name: &str) -> Option<Nature> {
        (!self.find(name).is_empty()).then_some(Nature::Unknown)
    }
}

/// An entity of a [`NameTable`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownName {
    /// Its IRI in the store, whether the store says something of it or not.
    pub iri: NamedNode,
    /// Its names, for messages.
    pub label: Bilingual,
    /// Wikidata item, for example `Q7184`, if it has one.
    pub wikidata: Option<String>,
}

/// A table without entities.
pub struct NoTable;

impl NameTable for NoTable {
    fn find(&self, _: &str) -> Vec<KnownName> {
        Vec::new()
    }
}

/// The entity that a name leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub iri: NamedNode,
    /// Its name in the language of the answer.
    pub label: String,
    /// Its Wikidata item, if it has one.
    pub wikidata: Option<String>,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.wikidata {
            Some(item) => write!(f, "{} ({item})", self.label),
            None => f.write_str(&self.label),
        }
    }
}

/// One of several entities that a name may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    pub label: String,
    /// The last part of its class: "Person", "Country".
    pub kind: String,
    /// What tells it from the others and can be written in its place: a Wikidata item or an IRI.
    pub key: String,
}

impl fmt::Display for Candidate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}, {})", self.label, self.kind, self.key)
    }
}

/// Why a name leads to no entity.
#[derive(Debug, thiserror::Error)]
pub enum NameError {
    /// Nothing has that name, or nothing that can play the part.
    #[error("no {role} is called `{name}`{}", suggest(nearest))]
    Unknown { name: String, role: Role, nearest: Vec<String> },
    /// What has that name cannot play the part.
    #[error("`{name}` is no {role} but {is}{}", suggest_others(nearest))]
    Role { name: String, role: Role, is: String, nearest: Vec<String> },
    /// Several entities have it.
    #[error("`{name}` may mean {}: write one of these keys instead", list(candidates))]
    Ambiguous { name: String, candidates: Vec<Candidate> },
    #[error("the store cannot be read: {0}")]
    Storage(#[from] StorageError),
}

fn suggest(nearest: &[String]) -> String {
    match nearest {
        [] => "; it may not be in the store yet".to_owned(),
        names => format!("; did you mean {}?", names.join(", ")),
    }
}

fn suggest_others(nearest: &[String]) -> String {
    if nearest.is_empty() { String::new() } else { suggest(nearest) }
}

/// So many candidates are listed in a message.
const LISTED: usize = 10;

fn list(candidates: &[Candidate]) -> String {
    let mut list: Vec<String> = candidates.iter().take(LISTED).map(Candidate::to_string).collect();
    // A given name may be that of somebody in each of many articles.
    if candidates.len() > LISTED {
        list.push(format!("one of {} others", candidates.len() - LISTED));
    }
    list.join(" or ")
}

/// The names of a store's entities.
pub struct Names<'a> {
    pub(super) store: &'a Store,
    pub(super) table: &'a dyn NameTable,
    language: Language,
    suggests: bool,
    /// What was read of all names already, by folded name.
    read: RefCell<BTreeMap<String, Vec<Named>>>,
}

/// The place of a name's predicate among the names, the entity and the name.
pub(super) type Named = (usize, NamedNode, String);

/// A primary label beats an alternative one.
pub(super) const PREDICATES: [NamedNodeRef<'static>; 2] = [rdfs::LABEL, ALT_LABEL];

impl<'a> Names<'a> {
    /// Looks into `store` first, then into `table`; labels come back in `language` where there is a choice.
    pub fn new(store: &'a Store, table: &'a dyn NameTable, language: Language) -> Self {
        Self { store, table, language, suggests: true, read: RefCell::default() }
    }

    /// The same, whose errors suggest no other names: to find these, all are read.
    pub fn without_suggestions(self) -> Self {
        Self { suggests: false, ..self }
    }

    /// The entity that `name` means: any of its names, its Wikidata item, or its IRI.
    ///
    /// An entity that the table knows and the store does not comes back with the IRI that it would have: nothing is said
    /// of it.
    ///
    /// # Errors
    /// When nothing has that name, or several entities have it and none of them comprises the others.
    pub fn resolve(&self, name: &str) -> Result<Found, NameError> {
        self.resolve_as(name, Role::Any)
    }

    /// The same, of an entity that must be able to play a part.
    ///
    /// # Errors
    /// As for [`resolve`](Self::resolve), and when what has that name cannot play the part.
    pub fn resolve_as(&self, name: &str, role: Role) -> Result<Found, NameError> {
        let mut error = match self.look(name, role) {
            Ok(found) => return Ok(found),
            Err(error) => error,
        };
        if let NameError::Unknown { role: wanted, .. } = &mut error {
            *wanted = role;
        }
        if let NameError::Unknown { name, nearest, .. } | NameError::Role { name, nearest, .. } = &mut error
            && self.suggests
        {
            *nearest = self.nearest(name, role)?;
        }
        Err(error)
    }

    /// The same, or nothing when there is no such name.
    ///
    /// # Errors
    /// As for [`resolve_as`](Self::resolve_as), but for unknown names.
    pub fn find(&self, name: &str, role: Role) -> Result<Option<Found>, NameError> {
        match self.look(name, role) {
            Ok(found) => Ok(Some(found)),
            Err(NameError::Unknown { .. }) => Ok(None),
            Err(_) => self.resolve_as(name, role).map(Some),
        }
    }

    fn look(&self, name: &str, role: Role) -> Result<Found, NameError> {
        let found = self.any(name.trim(), role)?;
        match role.fits(self.store, &found.iri)? {
            true => Ok(found),
            false => {
                let is = self.candidate(found.iri)?;
                let (name, is) = (name.trim().to_owned(), format!("{} ({})", is.label, is.kind));
                Err(NameError::Role { name, role, is, nearest: Vec::new() })
            }
        }
    }

    fn any(&self, name: &str, role: Role) -> Result<Found, NameError> {
        if let Some(iri) = read_iri(name) {
            return self.by_iri(name, iri);
        }
        if is_item(name) {
            return self.by_item(&name.to_uppercase());
        }
        // What has the name and can play the part beats what only has it.
        let mut others = None;
        for look in [Self::as_written, Self::folded] {
            for hits in look(self, name)? {
                let (fit, hits) = self.preferred(hits, role)?;
                if fit {
                    return self.choose(name, hits);
                }
                others.get_or_insert(hits);
            }
        }
        if let Some(hits) = others {
            return self.choose(name, hits);
        }
        self.by_table(name)
    }

    fn by_iri(&self, name: &str, iri: NamedNode) -> Result<Found, NameError> {
        if let Some(item) = iri.as_str().strip_prefix(WIKIDATA) {
            return self.by_item(item);
        }
        if self.is_stored(&iri)? {
            return self.found(self.kept(iri)?);
        }
        Err(unknown(name))
    }

    /// Those that can play the part, or all when none can, and which of the two.
    fn preferred(&self, hits: BTreeSet<NamedNode>, role: Role) -> Result<(bool, BTreeSet<NamedNode>), NameError> {
        let mut fit = BTreeSet::new();
        for hit in &hits {
            if role.fits(self.store, hit)? {
                fit.insert(hit.clone());
            }
        }
        Ok(if fit.is_empty() { (false, hits) } else { (true, fit) })
    }

    fn by_item(&self, item: &str) -> Result<Found, NameError> {
        match self.with_item(item)? {
            hits if hits.is_empty() => self.by_table(item),
            hits => self.choose(item, hits),
        }
    }

    /// What the table knows under that name: what the store has of it, or else the likeliest.
    fn by_table(&self, name: &str) -> Result<Found, NameError> {
        let known = self.table.find(name);
        let mut hits = BTreeSet::new();
        for entity in &known {
            if self.is_stored(&entity.iri)? {
                hits.insert(entity.iri.clone());
            } else if let Some(item) = &entity.wikidata {
                hits.extend(self.with_item(item)?);
            }
        }
        match known.into_iter().next() {
            Some(KnownName { iri, label, wikidata }) if hits.is_empty() => {
                Ok(Found { iri, label: label.get(self.language).to_owned(), wikidata })
            }
            _ => self.choose(name, hits),
        }
    }

    /// Whether the store says anything of that IRI.
    fn is_stored(&self, iri: &NamedNode) -> Result<bool, NameError> {
        Ok(self.quads(Some(iri.as_ref()), None, None).next().transpose()?.is_some())
    }

    /// The entities that are linked with a Wikidata item.
    fn with_item(&self, item: &str) -> Result<BTreeSet<NamedNode>, NameError> {
        let item = NamedNode::new_unchecked(format!("{WIKIDATA}{item}"));
        self.subjects(SAME_AS, item.as_ref().into())
    }

    /// The entities that have the name exactly as written, with or without its article: as a label, then otherwise.
    fn as_written(&self, name: &str) -> Result<Vec<BTreeSet<NamedNode>>, NameError> {
        let mut all = Vec::new();
        for predicate in PREDICATES {
            for name in [name, fold::without_article(name)] {
                let hits = self.with_name(predicate, name)?;
                if !hits.is_empty() {
                    all.push(hits);
                    break;
                }
            }
        }
        Ok(all)
    }

    /// The entities to which `predicate` gives the name in any language.
    pub(super) fn with_name(&self, predicate: NamedNodeRef<'_>, name: &str) -> Result<BTreeSet<NamedNode>, NameError> {
        let tagged = |language: Language| Literal::new_language_tagged_literal_unchecked(name, language.tag());
        let mut hits = BTreeSet::new();
        for literal in [Literal::new_simple_literal(name)].into_iter().chain(Language::ALL.map(tagged)) {
            hits.extend(self.subjects(predicate, literal.as_ref().into())?);
        }
        Ok(hits)
    }

    /// The entities that have the name but for case, accents, punctuation and articles: reads all names.
    fn folded(&self, name: &str) -> Result<Vec<BTreeSet<NamedNode>>, NameError> {
        let (whole, key) = (fold::fold(name), fold::fold_name(name));
        let mut all = Vec::new();
        if key.is_empty() {
            return Ok(all);
        }
        self.read_names([&key].into_iter())?;
        let named = self.remembered(&key).unwrap_or_default();
        for place in 0..PREDICATES.len() {
            let (mut same, mut but_for_articles) = (BTreeSet::new(), BTreeSet::new());
            for (_, entity, label) in named.iter().filter(|(predicate, ..)| *predicate == place) {
                let hits = if fold::fold(label) == whole { &mut same } else { &mut but_for_articles };
                hits.insert(entity.clone());
            }
            all.extend([same, but_for_articles].into_iter().find(|hits| !hits.is_empty()));
        }
        Ok(all)
    }

    /// Reads all names once, and remembers who has one of these, folded.
    pub(super) fn read_names<'k>(&self, keys: impl Iterator<Item = &'k String>) -> Result<(), NameError> {
        let mut read = self.read.borrow_mut();
        let mut wanted: BTreeMap<String, Vec<Named>> =
            keys.filter(|key| !read.contains_key(*key)).map(|key| (key.clone(), Vec::new())).collect();
        if wanted.is_empty() {
            return Ok(());
        }
        for (place, predicate) in PREDICATES.into_iter().enumerate() {
            for named in self.all_names(predicate) {
                let (entity, label) = named?;
                if let Some(list) = wanted.get_mut(&fold::fold_name(&label)) {
                    list.push((place, entity, label));
                }
            }
        }
        read.append(&mut wanted);
        Ok(())
    }

    /// Who has that name, folded, if it was read before.
    pub(super) fn remembered(&self, key: &str) -> Option<Vec<Named>> {
        self.read.borrow().get(key).cloned()
    }

    /// What somebody put in the place of a thing, for the two are one; else the thing.
    pub(super) fn kept(&self, thing: NamedNode) -> Result<NamedNode, NameError> {
        let kept = self.quads(Some(thing.as_ref()), Some(MERGED_INTO), None).next().transpose()?;
        Ok(match kept.map(|quad| quad.object) {
            Some(Term::NamedNode(kept)) => kept,
            _ => thing,
        })
    }

    /// The one entity that is meant: the only one, or the one that comprises all others, or the only one of their kind
    /// with an item: of others no more is known than what an article or two say.
    fn choose(&self, name: &str, hits: BTreeSet<NamedNode>) -> Result<Found, NameError> {
        let hits = hits.into_iter().map(|hit| self.kept(hit)).collect::<Result<BTreeSet<_>, _>>()?;
        let mut widest = BTreeSet::new();
        for hit in &hits {
            let above = self.above(hit)?;
            if !hits.iter().any(|other| other != hit && above.contains(other)) {
                widest.insert(hit.clone());
            }
        }
        if widest.len() > 1
            && let Some(known) = self.known_among(&widest)?
        {
            return self.found(known);
        }
        let mut widest = widest.into_iter();
        match (widest.next(), widest.len()) {
            (Some(hit), 0) => self.found(hit),
            (None, _) => Err(unknown(name)),
            (Some(first), _) => {
                let candidates = std::iter::once(first).chain(widest).map(|hit| self.candidate(hit));
                let candidates = candidates.collect::<Result<_, _>>()?;
                Err(NameError::Ambiguous { name: name.to_owned(), candidates })
            }
        }
    }

    /// What an answer about it would include `entity`: broader concepts, and the place that an authority governs.
    fn above(&self, entity: &NamedNode) -> Result<BTreeSet<NamedNode>, NameError> {
        let mut above = BTreeSet::new();
        let mut open = vec![entity.clone()];
        while let Some(entity) = open.pop() {
            for predicate in [BROADER, AUTHORITY_OF] {
                for quad in self.quads(Some(entity.as_ref()), Some(predicate), None) {
                    if let Term::NamedNode(wider) = quad?.object
                        && above.insert(wider.clone())
                    {
                        open.push(wider);
                    }
                }
            }
        }
        Ok(above)
    }

    /// The names in the store that are most like `name`, the likest first.
    pub(super) fn nearest(&self, name: &str, role: Role) -> Result<Vec<String>, NameError> {
        let key = fold::fold_name(name);
        let mut best: BTreeMap<NamedNode, (f64, String)> = BTreeMap::new();
        for predicate in [rdfs::LABEL, ALT_LABEL] {
            for named in self.all_names(predicate) {
                let (entity, label) = named?;
                let likeness = likeness(&key, &fold::fold_name(&label));
                let place = best.entry(entity).or_default();
                if likeness >= LIKENESS && likeness > place.0 {
                    *place = (likeness, label);
                }
            }
        }
        let mut list: Vec<(f64, String, NamedNode)> =
            best.into_iter().map(|(entity, (likeness, label))| (likeness, label, entity)).collect();
        list.retain(|(likeness, ..)| *likeness > 0.0);
        list.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let mut nearest: Vec<String> = Vec::new();
        for (_, label, entity) in list {
            if nearest.len() < SUGGESTIONS && !nearest.contains(&label) && role.fits(self.store, &entity)? {
                nearest.push(label);
            }
        }
        Ok(nearest)
    }

    fn found(&self, iri: NamedNode) -> Result<Found, NameError> {
        Ok(Found { label: self.label(&iri)?, wikidata: self.item(&iri)?, iri })
    }

    /// The only one with an item, where all others are of its kind.
    fn known_among(&self, hits: &BTreeSet<NamedNode>) -> Result<Option<NamedNode>, NameError> {
        let mut known = Vec::new();
        for hit in hits {
            known.extend(self.item(hit)?.map(|_| hit));
        }
        let [known] = known[..] else { return Ok(None) };
        let kinds = self.kinds(known)?;
        for hit in hits.iter().filter(|hit| *hit != known) {
            if self.kinds(hit)?.is_disjoint(&kinds) {
                return Ok(None);
            }
        }
        Ok(Some(known.clone()))
    }

    /// The last parts of the classes of an entity.
    fn kinds(&self, iri: &NamedNode) -> Result<BTreeSet<String>, NameError> {
        let mut kinds = BTreeSet::new();
        for quad in self.quads(Some(iri.as_ref()), Some(rdf::TYPE), None) {
            if let Term::NamedNode(class) = quad?.object {
                kinds.insert(last_part(class.as_str()).to_owned());
            }
        }
        Ok(kinds)
    }

    fn candidate(&self, iri: NamedNode) -> Result<Candidate, NameError> {
        let key = match self.item(&iri)? {
            Some(item) if self.with_item(&item)?.len() == 1 => item,
            _ => iri.to_string(),
        };
        let kind = self.kinds(&iri)?.into_iter().next().unwrap_or_else(|| "entity".to_owned());
        Ok(Candidate { label: self.label(&iri)?, kind, key })
    }

    fn label(&self, iri: &NamedNode) -> Result<String, NameError> {
        let mut other = None;
        for quad in self.quads(Some(iri.as_ref()), Some(rdfs::LABEL), None) {
            if let Term::Literal(label) = quad?.object {
                if label.language() == Some(self.language.tag()) {
                    return Ok(label.value().to_owned());
                }
                other.get_or_insert_with(|| label.value().to_owned());
            }
        }
        Ok(other.unwrap_or_else(|| last_part(iri.as_str()).to_owned()))
    }

    pub(super) fn item(&self, iri: &NamedNode) -> Result<Option<String>, NameError> {
        for quad in self.quads(Some(iri.as_ref()), Some(SAME_AS), None) {
            if let Term::NamedNode(same) = quad?.object
                && let Some(item) = same.as_str().strip_prefix(WIKIDATA)
            {
                return Ok(Some(item.to_owned()));
            }
        }
        Ok(None)
    }

    /// Every entity with a name, once for each name that `predicate` gives it.
    pub(super) fn all_names(
        &self,
        predicate: NamedNodeRef<'static>,
    ) -> impl Iterator<Item = Result<(NamedNode, String), StorageError>> {
        self.quads(None, Some(predicate), None).filter_map(|quad| match quad {
            Ok(Quad { subject: NamedOrBlankNode::NamedNode(entity), object: Term::Literal(label), .. }) => {
                Some(Ok((entity, label.value().to_owned())))
            }
            Ok(_) => None,
            Err(error) => Some(Err(error)),
        })
    }

    fn subjects(&self, predicate: NamedNodeRef<'_>, object: TermRef<'_>) -> Result<BTreeSet<NamedNode>, NameError> {
        let mut subjects = BTreeSet::new();
        for quad in self.quads(None, Some(predicate), Some(object)) {
            if let NamedOrBlankNode::NamedNode(subject) = quad?.subject {
                subjects.insert(subject);
            }
        }
        Ok(subjects)
    }

    pub(super) fn quads(
        &self,
        subject: Option<NamedNodeRef<'_>>,
        predicate: Option<NamedNodeRef<'_>>,
        object: Option<TermRef<'_>>,
    ) -> impl Iterator<Item = Result<Quad, StorageError>> + use<> {
        let any_graph: Option<GraphNameRef<'_>> = None;
        let quads = self.store.quads_for_pattern(subject.map(Into::into), predicate, object, any_graph);
        quads.filter(|quad| !matches!(quad, Ok(quad) if is_term(&quad.subject)))
    }
}

fn unknown(name: &str) -> NameError {
    NameError::Unknown { name: name.to_owned(), role: Role::Any, nearest: Vec::new() }
}

/// Whether it is a term of the vocabulary, which has names but is nobody and nothing.
fn is_term(subject: &NamedOrBlankNode) -> bool {
    matches!(subject, NamedOrBlankNode::NamedNode(iri) if iri.as_str().starts_with(OWN_TERMS))
}

/// Whether `name` is a Wikidata item: Q and digits.
fn is_item(name: &str) -> bool {
    name.strip_prefix(['Q', 'q']).is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

/// From 0 (nothing in common) to 1 (the same). A name that comprises the other as words is very like it: "Roy" and
/// "Anne Roy".
pub(super) fn likeness(a: &str, b: &str) -> f64 {
    let comprises = |long: &str, short: &str| !short.is_empty() && format!(" {long} ").contains(&format!(" {short} "));
    let typing = strsim::normalized_damerau_levenshtein(a, b);
    if comprises(a, b) || comprises(b, a) { typing.max(0.8) } else { typing }
}

fn last_part(iri: &str) -> &str {
    iri.rsplit(['#', '/']).next().unwrap_or(iri)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_many_lists_some_of_them() {
        let candidates = |count: usize| {
            let candidate =
                |number| Candidate {
                    label: "Léa".to_owned(), kind: "Person".to_owned(), key: format!("<x:{number}>")
                };
            NameError::Ambiguous { name: "Léa".to_owned(), candidates: (0..count).map(candidate).collect() }.to_string()
        };
        let two = "`Léa` may mean Léa (Person, <x:0>) or Léa (Person, <x:1>): write one of these keys instead";
        assert_eq!(candidates(2), two);
        let many = candidates(300);
        assert!(many.ends_with("<x:9>) or one of 290 others: write one of these keys instead"), "{many}");
    }
}
