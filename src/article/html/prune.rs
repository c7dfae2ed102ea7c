//! Cuts from a page what is never its article: by its element, and by the words of its class and id.

use super::super::noise::Marker;
use dom_query::{Document, NodeId, NodeRef};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("furniture.tsv")));

/// The furniture of pages.
#[derive(Default)]
struct Table {
    elements: FxHashMap<&'static str, Weight>,
    roles: FxHashSet<&'static str>,
    /// Runs of words of a class or id, by their first one.
    names: FxHashMap<&'static str, Vec<Name>>,
    /// How classes begin that tell of the page, not of the element.
    prefixes: Vec<&'static str>,
    /// Words that tell a standfirst.
    pub standfirsts: Vec<&'static str>,
}

struct Name {
    words: Vec<&'static str>,
    weight: Weight,
}

/// When an element is furniture.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    /// Unless it holds much of the page's paragraphs.
    Small,
    /// Unless it holds the headline or the body.
    Any,
}

impl Table {
    fn read(text: &'static str) -> Self {
        let mut table = Self::default();
        for row in text.lines().filter(|line| !line.starts_with('#')).skip(1) {
            let mut cells = row.split('\t');
            let (Some(kind), Some(name), weight) = (cells.next(), cells.next(), cells.next()) else { continue };
            let weight = if weight == Some("any") { Weight::Any } else { Weight::Small };
            match kind {
                "element" => drop(table.elements.insert(name, weight)),
                "role" => drop(table.roles.insert(name)),
                "page" => table.prefixes.push(name),
                "standfirst" => table.standfirsts.push(name),
                _ => {
                    let words: Vec<&str> = name.split('-').collect();
                    table.names.entry(words[0]).or_default().push(Name { words, weight });
                }
            }
        }
        table
    }
}

/// The part of a page's paragraphs that no furniture holds: one in this many.
const MUCH: usize = 3;

/// Of how many nodes a link may consist.
const PARTS: usize = 12;

/// Cuts the furniture from a page.
pub(super) fn prune(page: &Document) {
    let Some(body) = page.body() else { return };
    let sizes = Sizes::of(&body);
    let mut next = body.first_child();
    while let Some(node) = next {
        let after = following(&node, &body);
        if node.is_element() && (is_furniture(&node, &sizes) || is_link(&node)) {
            next = after;
            node.remove_from_parent();
        } else {
            next = node.first_child().or(after);
        }
    }
}

/// The node after all that `node` holds.
fn following<'a>(node: &NodeRef<'a>, end: &NodeRef<'a>) -> Option<NodeRef<'a>> {
    let mut at = *node;
    loop {
        if let Some(next) = at.next_sibling() {
            return Some(next);
        }
        at = at.parent().filter(|parent| parent.id != end.id)?;
    }
}

/// How much of the page's paragraphs elements hold.
struct Sizes {
    words: FxHashMap<NodeId, usize>,
    /// Elements that hold the headline or the article's body.
    kept: FxHashSet<NodeId>,
    all: usize,
}

impl Sizes {
    fn of(body: &NodeRef) -> Self {
        let mut sizes = Self { words: FxHashMap::default(), kept: FxHashSet::default(), all: 0 };
        for node in body.descendants_it().filter(NodeRef::is_element) {
            let name = node.node_name().unwrap_or_default();
            let is_body = || node.attr("itemprop").is_some_and(|name| &*name == "articleBody");
            if &*name == "h1" || is_body() {
                sizes.kept.insert(node.id);
                sizes.kept.extend(node.ancestors_it(None).map(|above| above.id));
            }
            if &*name == "p" {
                let words = node.text().split_whitespace().count();
                sizes.all += words;
                for above in node.ancestors_it(None) {
                    *sizes.words.entry(above.id).or_default() += words;
                }
            }
        }
        sizes
    }

    fn is_much(&self, node: &NodeRef) -> bool {
        self.words.get(&node.id).is_some_and(|words| words * MUCH > self.all)
    }
}

fn is_furniture(node: &NodeRef, sizes: &Sizes) -> bool {
    match weight(node) {
        Some(Weight::Any) => !sizes.kept.contains(&node.id),
        Some(Weight::Small) => !sizes.kept.contains(&node.id) && !sizes.is_much(node),
        None => false,
    }
}

/// Whether an element may be furniture, and when.
fn weight(node: &NodeRef) -> Option<Weight> {
    let table = &*TABLE;
    let name = node.node_name()?;
    let element = table.elements.get(&*name).copied();
    let role = node.attr("role").filter(|role| table.roles.contains(&**role)).map(|_| Weight::Small);
    let names = [node.class(), node.id_attr()].into_iter().flatten();
    let named = names.filter_map(|names| names.split_whitespace().filter_map(named).max()).max();
    element.max(role).max(named)
}

/// Whether a paragraph is a link to another article below a label such as "À lire aussi".
fn is_link(node: &NodeRef) -> bool {
    let mut parts: Vec<NodeRef> = node.descendants_it().take(PARTS).collect();
    if parts.len() == PARTS || node.has_name("a") || !parts.iter().any(|part| part.has_name("a")) {
        return false;
    }
    parts.retain(|part| part.is_text() && !part.ancestors_it(Some(PARTS)).any(|above| above.has_name("a")));
    let label = parts.iter().map(|part| part.text().to_string()).collect::<Vec<_>>().join(" ");
    Marker::of(&label).mark(label.trim(), false).is_some()
}

/// The weight of a class or id.
fn named(name: &str) -> Option<Weight> {
    let words = words(name);
    if TABLE.prefixes.contains(&words.first().map_or("", String::as_str)) {
        return None;
    }
    let fits = |at: usize, name: &Name| {
        words.len() - at >= name.words.len() && words[at..].iter().zip(&name.words).all(|(word, known)| word == known)
    };
    let at = |(at, word): (usize, &String)| {
        let names = TABLE.names.get(word.as_str())?;
        names.iter().filter(|name| fits(at, name)).map(|name| name.weight).max()
    };
    words.iter().enumerate().filter_map(at).max()
}

/// The words of a class or id in small letters: "relatedArticles", "related_articles".
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = vec![String::new()];
    let mut small = false;
    for c in name.chars() {
        if !c.is_alphanumeric() || c.is_uppercase() && small {
            words.push(String::new());
        }
        small = c.is_lowercase();
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.extend(c.to_lowercase());
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whether an element's class or id says that it is the standfirst.
pub(super) fn is_standfirst(node: &NodeRef) -> bool {
    let names = [node.class(), node.id_attr()].into_iter().flatten();
    names.into_iter().any(|names| {
        names.split_whitespace().any(|name| words(name).iter().any(|word| TABLE.standfirsts.contains(&word.as_str())))
    })
}
