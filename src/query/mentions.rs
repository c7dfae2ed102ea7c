//! Which words of a question are names.

use super::fold::{self, Word};
use super::names::{NameError, Names, PREDICATES, Role};
use super::vocabulary::{CONCEPT, NEWS_MEDIA};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedNode, NamedNodeRef};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// The longest name in words.
const LONGEST: usize = 8;

/// Articles that may belong to a name, folded.
const ARTICLES: [&str; 5] = ["l", "le", "la", "les", "the"];

/// Words of a question that are a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Its words, with the article before them.
    pub words: Range<usize>,
    /// What something of that name is, as far as is known.
    pub nature: Nature,
    /// The parts that it can play.
    pub roles: Vec<Role>,
}

/// What a named thing is first of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    Outlet,
    Concept,
    /// A person, a body, a country: whoever speaks.
    Other,
    /// Nothing is known of it.
    Unknown,
}

impl Names<'_> {
    /// The names among the words of a question, the longest where one has another in it. `may_be` says of words whether
    /// they can be a name at all. Names as written are found by themselves; `all` has every name of the store read, to
    /// find those that are written otherwise.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub(super) fn mentions(
        &self,
        question: &str,
        words: &[Word],
        all: bool,
        may_be: &dyn Fn(Range<usize>) -> bool,
    ) -> Result<Vec<Mention>, NameError> {
        let mut named: BTreeMap<(usize, usize), BTreeSet<NamedNode>> = BTreeMap::new();
        let mut natures: BTreeMap<(usize, usize), Nature> = BTreeMap::new();
        let mut by_key: BTreeMap<String, Vec<Range<usize>>> = BTreeMap::new();
        for start in 0..words.len() {
            if is_article(&words[start]) {
                continue;
            }
            for end in start + 1..=words.len().min(start + LONGEST) {
                let with_article = start - usize::from(start > 0 && is_article(&words[start - 1]))..end;
                let text = &question[words[start].start..words[end - 1].end];
                // "de Lyon" is called as "Lyon" is, and begins one word later.
                if !may_be(start..end) || fold::without_article(text) != text {
                    continue;
                }
                let whole = &question[words[with_article.start].start..words[end - 1].end];
                let mut found = self.written(whole)?;
                if found.is_empty() && whole != text {
                    found = self.written(text)?;
                }
                let nature = self.table.nature(text);
                if !found.is_empty() || nature.is_some() {
                    natures.extend(nature.map(|nature| ((with_article.start, end), nature)));
                    named.entry((with_article.start, end)).or_default().extend(found);
                }
                by_key.entry(fold::fold_name(text)).or_default().push(with_article);
            }
        }
        if all {
            self.read_names(by_key.keys())?;
            for (key, places) in &by_key {
                for (_, entity, _) in self.remembered(key).into_iter().flatten() {
                    for place in places {
                        named.entry((place.start, place.end)).or_default().insert(entity.clone());
                    }
                }
            }
        }
        let places: Vec<Range<usize>> = named.keys().map(|(start, end)| *start..*end).collect();
        let is_within =
            |place: &Range<usize>| places.iter().any(|p| p != place && p.start <= place.start && place.end <= p.end);
        let mut mentions = Vec::new();
        for ((start, end), entities) in named {
            if !is_within(&(start..end)) {
                let known = natures.get(&(start, end)).copied().unwrap_or(Nature::Unknown);
                mentions.push(self.mention(start..end, &entities, known)?);
            }
        }
        Ok(mentions)
    }

    /// What has that name, as it is written.
    fn written(&self, name: &str) -> Result<BTreeSet<NamedNode>, NameError> {
        let mut found = self.with_name(PREDICATES[0], name)?;
        found.append(&mut self.with_name(PREDICATES[1], name)?);
        Ok(found)
    }

    fn mention(
        &self,
        words: Range<usize>,
        entities: &BTreeSet<NamedNode>,
        known: Nature,
    ) -> Result<Mention, NameError> {
        let mut roles = Vec::new();
        for role in [Role::Actor, Role::Topic, Role::Outlet] {
            for entity in entities {
                if !roles.contains(&role) && role.fits(self.store, entity)? {
                    roles.push(role);
                }
            }
        }
        let count = |class: NamedNodeRef<'static>| -> Result<usize, NameError> {
            let each = entities.iter().map(|entity| self.is_a(entity, class).map(usize::from));
            each.sum()
        };
        let nature = match entities.is_empty() {
            true => known,
            false if count(NEWS_MEDIA)? > 0 => Nature::Outlet,
            false if count(CONCEPT)? == entities.len() => Nature::Concept,
            false => Nature::Other,
        };
        if roles.is_empty() {
            roles = vec![Role::Actor, Role::Topic, Role::Outlet];
        }
        Ok(Mention { words, nature, roles })
    }

    fn is_a(&self, entity: &NamedNode, class: NamedNodeRef<'_>) -> Result<bool, NameError> {
        let mut types = self.quads(Some(entity.as_ref()), Some(rdf::TYPE), Some(class.into()));
        Ok(types.next().transpose()?.is_some())
    }
}

/// Whether a word may belong to the name behind it.
pub(super) fn is_article(word: &Word) -> bool {
    ARTICLES.contains(&word.folded.as_str())
}
