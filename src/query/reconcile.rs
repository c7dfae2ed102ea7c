//! Names that others have, and the things of the store that they may mean: what a reconciliation service answers.

use super::fold;
use super::language::Language;
use super::name_index::{NameIndex, StoredName};
use super::names::{NameError, Names, NoTable, Role, likeness};
use oxigraph::model::vocab::rdf;
use oxigraph::model::{NamedNode, Term};
use oxigraph::store::Store;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// A name, and what else is known of whom it means.
#[derive(Debug, Clone, Default)]
pub struct Sought {
    pub name: String,
    /// The classes of which one must fit, as [`CLASSES`] calls them; none asks for any.
    pub classes: Vec<String>,
    /// Its Wikidata item, if that is known.
    pub item: Option<String>,
    /// How many proposals are wanted.
    pub most: usize,
}

/// A thing that a name may mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Likely {
    pub iri: NamedNode,
    /// How well the name fits, from 0 to 100.
    pub score: f64,
    /// Whether it is the only one that fits so well.
    pub is_match: bool,
    /// Its classes, as [`CLASSES`] calls them.
    pub classes: Vec<&'static str>,
}

/// The classes of things that have names: what they are called here, their IRI, and the class above.
pub const CLASSES: [(&str, &str, Option<&str>); 9] = [
    ("Person", "http://schema.org/Person", None),
    ("Organization", "http://schema.org/Organization", None),
    ("NewsMediaOrganization", "http://schema.org/NewsMediaOrganization", Some("Organization")),
    ("Authority", "https://w3id.org/dixit#Authority", Some("Organization")),
    ("Place", "http://schema.org/Place", None),
    ("Country", "http://schema.org/Country", Some("Place")),
    ("Concept", "http://www.w3.org/2004/02/skos/core#Concept", None),
    ("Document", "https://w3id.org/dixit#Document", None),
    ("UnnamedSource", "https://w3id.org/dixit#UnnamedSource", None),
];

/// What a name scores that is the same, a name that is one of several, and one of the same words.
const SAME: f64 = 100.0;
const ALSO: f64 = 97.0;
const SAME_WORDS: f64 = 95.0;
/// What a name scores at most that is only alike, and at least to be proposed.
const ALIKE: f64 = 90.0;
const LEAST: f64 = 50.0;

/// The things that each name may mean, the likeliest first. `all` are the names of the store.
///
/// # Errors
/// When the store cannot be read.
pub fn reconcile(
    store: &Store,
    all: &NameIndex,
    sought: &[Sought],
    language: Language,
) -> Result<Vec<Vec<Likely>>, NameError> {
    let names = Names::new(store, &NoTable, language).without_suggestions();
    let keys: Vec<String> = sought.iter().map(|sought| fold::fold_name(&sought.name)).collect();
    let mut by_word: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, key) in keys.iter().enumerate() {
        key.split(' ').filter(|word| !word.is_empty()).for_each(|word| by_word.entry(word).or_default().push(place));
    }
    let mut scores: Vec<BTreeMap<NamedNode, f64>> = vec![BTreeMap::new(); sought.len()];
    for name in all.all() {
        let same = if name.is_label() { SAME } else { ALSO };
        let near = name.folded.split(' ').filter_map(|word| by_word.get(word)).flatten();
        for place in near.copied().collect::<BTreeSet<usize>>() {
            let score = score(&keys[place], &name.folded, same);
            let best = scores[place].entry(NamedNode::new_unchecked(&*name.iri)).or_default();
            *best = best.max(score);
        }
    }
    sought.iter().zip(scores).map(|(sought, scores)| likely(&names, sought, scores)).collect()
}

/// The things whose names begin so, by their names.
///
/// # Errors
/// When the store cannot be read.
pub fn beginning(
    store: &Store,
    all: &NameIndex,
    beginning: &str,
    most: usize,
    language: Language,
) -> Result<Vec<Likely>, NameError> {
    let names = Names::new(store, &NoTable, language).without_suggestions();
    let key = fold::fold_name(beginning);
    let later = format!(" {key}");
    // Also the words after the first: people are looked for by their family names.
    let begins = |name: &&StoredName| name.folded.starts_with(&key) || name.folded.contains(&later);
    let mut found: Vec<&StoredName> = all.all().iter().filter(begins).collect();
    found.sort_by_key(|name| (name.folded.len(), &name.folded, &name.iri));
    let (mut known, mut likely) = (BTreeSet::new(), Vec::new());
    for name in found {
        if likely.len() == most {
            break;
        }
        let iri = names.kept(NamedNode::new_unchecked(&*name.iri))?;
        if known.insert(iri.clone()) {
            let classes = classes(&names, &iri)?;
            if !classes.is_empty() {
                likely.push(Likely { iri, score: SAME, is_match: false, classes });
            }
        }
    }
    Ok(likely)
}

fn score(sought: &str, name: &str, same: f64) -> f64 {
    let words = |text: &str| text.split(' ').map(str::to_owned).collect::<BTreeSet<_>>();
    if sought == name {
        same
    } else if words(sought) == words(name) {
        SAME_WORDS
    } else {
        ALIKE * likeness(sought, name)
    }
}

fn likely(names: &Names<'_>, sought: &Sought, mut scores: BTreeMap<NamedNode, f64>) -> Result<Vec<Likely>, NameError> {
    // What has the item is meant, whatever it is called; an item or IRI may stand in place of the name.
    let keys = sought.item.iter().chain([&sought.name]);
    for key in keys.filter(|key| key.contains("://") || is_item(key)) {
        if let Some(found) = names.find(key, Role::Any).ok().flatten() {
            scores.insert(found.iri, SAME);
        }
    }
    let mut merged: BTreeMap<NamedNode, f64> = BTreeMap::new();
    for (thing, score) in scores.into_iter().filter(|(_, score)| *score >= LEAST) {
        let best = merged.entry(names.kept(thing)?).or_default();
        *best = best.max(score);
    }
    let mut all = Vec::new();
    for (iri, score) in merged {
        let classes = classes(names, &iri)?;
        let item = names.item(&iri)?;
        let fits = sought.classes.is_empty() || sought.classes.iter().any(|class| classes.contains(&class.as_str()));
        // Who has another item is somebody else.
        let is_other = sought.item.is_some() && item.is_some() && item != sought.item;
        if fits && !is_other && !classes.is_empty() {
            all.push((Likely { iri, score, is_match: false, classes }, item.is_some()));
        }
    }
    all.sort_by(|(a, a_known), (b, b_known)| {
        let by_score = b.score.total_cmp(&a.score);
        by_score.then((Reverse(*a_known), a.iri.as_str()).cmp(&(Reverse(*b_known), b.iri.as_str())))
    });
    let mut all: Vec<Likely> = all.into_iter().map(|(likely, _)| likely).collect();
    let is_alone = all.get(1).is_none_or(|second| second.score < SAME_WORDS);
    if let Some(first) = all.first_mut() {
        first.is_match = is_alone && first.score >= SAME_WORDS;
    }
    all.truncate(sought.most);
    Ok(all)
}

fn is_item(text: &str) -> bool {
    text.strip_prefix('Q').is_some_and(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()))
}

/// The classes of a thing, with those above.
fn classes(names: &Names<'_>, iri: &NamedNode) -> Result<Vec<&'static str>, NameError> {
    let mut all = Vec::new();
    for quad in names.quads(Some(iri.as_ref()), Some(rdf::TYPE), None) {
        if let Term::NamedNode(class) = quad?.object
            && let Some((name, _, above)) = CLASSES.iter().find(|(_, own, _)| class.as_str() == *own)
        {
            all.extend([*name].into_iter().chain(*above));
        }
    }
    all.dedup();
    Ok(all)
}
