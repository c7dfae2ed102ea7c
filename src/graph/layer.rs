//! Quads in memory, which are added, looked up by their terms and taken away again: less than a store, and several times as
//! fast. Unlike a store it keeps literals as they are written: all that we write are in canonical form.

use hashbrown::HashTable;
use oxigraph::model::{
    GraphName, GraphNameRef, NamedNodeRef, NamedOrBlankNode, NamedOrBlankNodeRef, Quad, QuadRef, Term, TermRef,
};
use rustc_hash::{FxBuildHasher, FxHashMap};
use std::hash::BuildHasher;

/// The terms that quads have, where terms are given.
#[derive(Clone, Copy, Default)]
pub(super) struct Pattern<'a> {
    pub subject: Option<NamedOrBlankNodeRef<'a>>,
    pub predicate: Option<NamedNodeRef<'a>>,
    pub object: Option<TermRef<'a>>,
    pub graph: Option<GraphNameRef<'a>>,
}

/// The number of a term, or of a quad.
type Number = u32;

/// The end of a chain.
const END: Number = Number::MAX;

/// The numbers of a quad's terms: of subject, predicate, object and graph.
type Terms = [Number; 4];

/// A set of quads.
#[derive(Default)]
pub(super) struct Layer {
    terms: Vec<Numbered>,
    numbers: HashTable<Number>,
    quads: Vec<Entry>,
    places: FxHashMap<Terms, Number>,
}

/// A term, with the quads that have it in each of the four places.
struct Numbered {
    /// None is the default graph.
    term: Option<Term>,
    chains: [Chain; 4],
}

/// The quads that have a term in one place.
#[derive(Clone, Copy)]
struct Chain {
    first: Number,
    length: u32,
}

struct Entry {
    terms: Terms,
    /// The next in the chain of each term.
    next: [Number; 4],
    /// Not if it was taken away: it keeps its place in the chains.
    is_there: bool,
}

impl Layer {
    /// Adds a quad. Its number, unless it was there.
    pub fn insert(&mut self, quad: QuadRef<'_>) -> Option<Number> {
        let terms = terms_of(quad).map(|term| self.number_or_new(term));
        let new = Number::try_from(self.quads.len()).expect("a layer is stored long before it is so large");
        let number = *self.places.entry(terms).or_insert(new);
        if number == new {
            let mut next = [END; 4];
            for (place, term) in terms.into_iter().enumerate() {
                let chain = &mut self.terms[term as usize].chains[place];
                next[place] = chain.first;
                *chain = Chain { first: new, length: chain.length + 1 };
            }
            self.quads.push(Entry { terms, next, is_there: false });
        }
        let is_there = &mut self.quads[number as usize].is_there;
        (!std::mem::replace(is_there, true)).then_some(number)
    }

    /// Takes a quad away. Its number, if it was there.
    pub fn remove(&mut self, quad: QuadRef<'_>) -> Option<Number> {
        let number = self.place(quad)?;
        std::mem::take(&mut self.quads[number as usize].is_there).then_some(number)
    }

    /// Takes a quad away that is there, or brings one back that was.
    pub fn set(&mut self, number: Number, is_there: bool) {
        self.quads[number as usize].is_there = is_there;
    }

    pub fn contains(&self, quad: QuadRef<'_>) -> bool {
        self.place(quad).is_some_and(|number| self.quads[number as usize].is_there)
    }

    /// How many quads there are, also taken away ones: what it takes in memory.
    pub fn size(&self) -> usize {
        self.quads.len()
    }

    /// All quads.
    pub fn quads(&self) -> impl Iterator<Item = Quad> {
        self.quads.iter().filter(|entry| entry.is_there).map(|entry| self.quad(entry))
    }

    /// The quads with these terms.
    pub fn matching(&self, pattern: Pattern<'_>) -> impl Iterator<Item = Quad> + use<'_> {
        let wanted = self.numbers_of(pattern);
        let numbers = wanted.into_iter().flatten().enumerate();
        let chains = numbers.filter_map(|(place, number)| Some((place, self.terms[number? as usize].chains[place])));
        let shortest = chains.min_by_key(|(_, chain)| chain.length);
        let is_one = |number: Number| ((number as usize) < self.quads.len()).then_some(number);
        let first = wanted.and_then(|_| is_one(shortest.map_or(0, |(_, chain)| chain.first)));
        let next = move |number: &Number| match shortest {
            Some((place, _)) => is_one(self.quads[*number as usize].next[place]),
            None => is_one(number + 1),
        };
        let fits = move |entry: &&Entry| {
            let mut pairs = wanted.into_iter().flatten().zip(entry.terms);
            entry.is_there && pairs.all(|(wanted, own)| wanted.is_none_or(|wanted| wanted == own))
        };
        let entries = std::iter::successors(first, next).map(|number| &self.quads[number as usize]);
        entries.filter(fits).map(|entry| self.quad(entry))
    }

    /// The numbers of the terms that are given; `None` if no quad has one of them.
    fn numbers_of(&self, pattern: Pattern<'_>) -> Option<[Option<Number>; 4]> {
        let given = [
            pattern.subject.map(TermRef::from).map(Some),
            pattern.predicate.map(TermRef::from).map(Some),
            pattern.object.map(Some),
            pattern.graph.map(graph_term),
        ];
        let mut numbers = [None; 4];
        for (number, term) in numbers.iter_mut().zip(given) {
            if let Some(term) = term {
                *number = Some(self.number(term)?);
            }
        }
        Some(numbers)
    }

    fn place(&self, quad: QuadRef<'_>) -> Option<Number> {
        let [subject, predicate, object, graph] = terms_of(quad).map(|term| self.number(term));
        self.places.get(&[subject?, predicate?, object?, graph?]).copied()
    }

    fn number(&self, term: Option<TermRef<'_>>) -> Option<Number> {
        self.numbers.find(hash(term), self.is(term)).copied()
    }

    fn number_or_new(&mut self, term: Option<TermRef<'_>>) -> Number {
        if let Some(number) = self.number(term) {
            return number;
        }
        let number = Number::try_from(self.terms.len()).expect("a layer is stored long before it is so large");
        let chains = [Chain { first: END, length: 0 }; 4];
        self.terms.push(Numbered { term: term.map(TermRef::into_owned), chains });
        let terms = &self.terms;
        self.numbers.insert_unique(hash(term), number, |number| hash(terms[*number as usize].term()));
        number
    }

    fn is(&self, term: Option<TermRef<'_>>) -> impl Fn(&Number) -> bool {
        move |number| self.terms[*number as usize].term() == term
    }

    fn quad(&self, entry: &Entry) -> Quad {
        let [subject, predicate, object, graph] = entry.terms.map(|number| self.terms[number as usize].term.clone());
        let subject = match subject {
            Some(Term::NamedNode(iri)) => NamedOrBlankNode::from(iri),
            Some(Term::BlankNode(node)) => node.into(),
            _ => unreachable!("no literal was a subject"),
        };
        let Some(Term::NamedNode(predicate)) = predicate else { unreachable!("predicates are IRIs") };
        let object = object.expect("the default graph is no object");
        let graph = match graph {
            Some(Term::NamedNode(iri)) => GraphName::from(iri),
            Some(Term::BlankNode(node)) => node.into(),
            _ => GraphName::DefaultGraph,
        };
        Quad::new(subject, predicate, object, graph)
    }
}

impl Numbered {
    fn term(&self) -> Option<TermRef<'_>> {
        self.term.as_ref().map(Term::as_ref)
    }
}

fn terms_of(quad: QuadRef<'_>) -> [Option<TermRef<'_>>; 4] {
    [Some(quad.subject.into()), Some(quad.predicate.into()), Some(quad.object), graph_term(quad.graph_name)]
}

fn graph_term(graph: GraphNameRef<'_>) -> Option<TermRef<'_>> {
    match graph {
        GraphNameRef::NamedNode(iri) => Some(iri.into()),
        GraphNameRef::BlankNode(node) => Some(node.into()),
        GraphNameRef::DefaultGraph => None,
    }
}

fn hash(term: Option<TermRef<'_>>) -> u64 {
    FxBuildHasher.hash_one(term)
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::{Literal, NamedNode};
    use oxigraph::store::Store;
    use proptest::prelude::*;

    fn node(number: u8) -> NamedNode {
        NamedNode::new_unchecked(format!("https://a.example/{number}"))
    }

    fn quad((subject, predicate, object, graph): (u8, u8, u8, u8)) -> Quad {
        let object = match object {
            0 => Literal::from("text").into(),
            1 => Literal::new_language_tagged_literal_unchecked("text", "fr").into(),
            _ => Term::from(node(object)),
        };
        let graph = if graph == 0 { GraphName::DefaultGraph } else { node(graph).into() };
        Quad::new(node(subject), node(predicate), object, graph)
    }

    fn quads() -> impl Strategy<Value = Quad> {
        (0..3u8, 0..3u8, 0..4u8, 0..3u8).prop_map(quad)
    }

    fn sorted(quads: impl Iterator<Item = Quad>) -> Vec<String> {
        let mut lines: Vec<String> = quads.map(|quad| quad.to_string()).collect();
        lines.sort_unstable();
        lines
    }

    proptest! {
        #[test]
        fn a_layer_has_what_a_store_has(
            changes in prop::collection::vec((any::<bool>(), quads()), 0..40),
            asked in quads(),
            given in any::<[bool; 4]>(),
        ) {
            let (mut layer, store) = (Layer::default(), Store::new().unwrap());
            for (is_added, quad) in &changes {
                let quad = quad.as_ref();
                if *is_added {
                    prop_assert_eq!(layer.insert(quad).is_some(), !store.contains(quad).unwrap());
                    store.insert(quad).unwrap();
                } else {
                    prop_assert_eq!(layer.remove(quad).is_some(), store.contains(quad).unwrap());
                    store.remove(quad).unwrap();
                }
            }
            prop_assert_eq!(layer.contains(asked.as_ref()), store.contains(&asked).unwrap());
            prop_assert_eq!(sorted(layer.quads()), sorted(store.iter().map(Result::unwrap)));
            let asked = asked.as_ref();
            let pattern = Pattern {
                subject: given[0].then_some(asked.subject),
                predicate: given[1].then_some(asked.predicate),
                object: given[2].then_some(asked.object),
                graph: given[3].then_some(asked.graph_name),
            };
            let stored = store.quads_for_pattern(pattern.subject, pattern.predicate, pattern.object, pattern.graph);
            prop_assert_eq!(sorted(layer.matching(pattern)), sorted(stored.map(Result::unwrap)));
        }
    }
}
