//! The triples of one graph, while they are gathered and when they are sent.

use oxigraph::model::{NamedNode, Quad};
use rustc_hash::FxHashSet;
use sha2::{Digest as _, Sha256};
use std::fmt;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::str::FromStr;

/// So many bytes of triples are held in memory, and sent at once.
const PART: usize = 4 << 20;

/// What tells a graph from another, whatever the order of its triples: the sum of their hashes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Digest(u128);

impl Digest {
    /// The digest of some words.
    pub fn of(text: &str) -> Self {
        let hash = Sha256::digest(text);
        Self(hash.iter().take(16).fold(0, |sum, byte| sum << 8 | u128::from(*byte)))
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl FromStr for Digest {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        u128::from_str_radix(text, 16).map(Self)
    }
}

/// A graph with its name.
#[derive(Debug)]
pub struct NamedGraph {
    pub name: NamedNode,
    pub digest: Digest,
    /// Its triples, each once.
    pub triples: usize,
    /// Their bytes as N-Triples.
    pub bytes: usize,
    body: Body,
}

impl NamedGraph {
    /// Hands over its triples as N-Triples, in parts of a few megabytes.
    ///
    /// # Errors
    /// What was laid aside cannot be read, or the first error of `each`, which ends it.
    pub fn each_part<E: From<io::Error>>(&mut self, mut each: impl FnMut(&str) -> Result<(), E>) -> Result<(), E> {
        let Body { now, aside } = &mut self.body;
        if let Some((file, lengths)) = aside {
            file.seek(SeekFrom::Start(0))?;
            for length in lengths {
                let mut part = String::with_capacity(*length);
                file.take(*length as u64).read_to_string(&mut part)?;
                each(&part)?;
            }
        }
        each(now)
    }
}

/// Lines: the last in memory, all before in a file that has no name.
#[derive(Debug, Default)]
struct Body {
    now: String,
    aside: Option<(File, Vec<usize>)>,
}

/// A graph that is being gathered.
#[derive(Default)]
pub(super) struct Gathered {
    body: Body,
    digest: u128,
    triples: usize,
    bytes: usize,
    /// Hashes of its triples, unless they are known to come once.
    seen: Option<FxHashSet<u128>>,
}

impl Gathered {
    /// Of triples that each come once.
    pub fn of_distinct() -> Self {
        Self::default()
    }

    /// Of triples that may come again.
    pub fn of_any() -> Self {
        Self { seen: Some(FxHashSet::default()), ..Self::default() }
    }

    /// Adds the triple of a quad.
    pub fn add(&mut self, quad: &Quad) -> io::Result<()> {
        let line = format!("{} {} {} .\n", quad.subject, quad.predicate, quad.object);
        let hash = Digest::of(&line).0;
        if self.seen.as_mut().is_some_and(|seen| !seen.insert(hash)) {
            return Ok(());
        }
        self.digest = self.digest.wrapping_add(hash);
        self.triples += 1;
        self.bytes += line.len();
        if self.body.now.len() + line.len() > PART && !self.body.now.is_empty() {
            let (file, lengths) = match &mut self.body.aside {
                Some(aside) => aside,
                aside => aside.insert((tempfile::tempfile()?, Vec::new())),
            };
            file.write_all(self.body.now.as_bytes())?;
            lengths.push(self.body.now.len());
            self.body.now.clear();
        }
        self.body.now += &line;
        Ok(())
    }

    pub fn is_empty(&self) -> bool {
        self.triples == 0
    }

    /// The graph, which is whole.
    pub fn named(self, name: NamedNode) -> NamedGraph {
        let Self { body, digest, triples, bytes, .. } = self;
        NamedGraph { name, digest: Digest(digest), triples, bytes, body }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::{GraphName, Literal};

    fn quad(number: usize, words: &str) -> Quad {
        let iri = |path: &str| NamedNode::new(format!("https://a.example/{path}")).unwrap();
        Quad::new(iri(&number.to_string()), iri("p"), Literal::from(words), GraphName::DefaultGraph)
    }

    fn graph(quads: impl IntoIterator<Item = Quad>) -> NamedGraph {
        let mut gathered = Gathered::of_any();
        quads.into_iter().for_each(|quad| gathered.add(&quad).unwrap());
        gathered.named(NamedNode::new("https://a.example/g").unwrap())
    }

    #[test]
    fn neither_order_nor_repetition_changes_the_digest() {
        let first = graph([quad(1, "a"), quad(2, "b"), quad(1, "a")]);
        let second = graph([quad(2, "b"), quad(1, "a")]);
        assert_eq!((first.digest, first.triples), (second.digest, 2));
        assert_eq!(first.digest.to_string().parse(), Ok(first.digest));
        assert_ne!(first.digest, graph([quad(1, "a"), quad(2, "c")]).digest);
        assert_ne!(first.digest, graph([quad(1, "a")]).digest);
    }

    #[test]
    fn a_large_graph_comes_in_parts_of_whole_lines() {
        let words = "é".repeat(PART / 6);
        let mut graph = graph((0..8).map(|number| quad(number, &words)));
        let mut parts = Vec::new();
        let keep = |part: &str| -> io::Result<()> {
            parts.push(part.to_owned());
            Ok(())
        };
        graph.each_part(keep).unwrap();
        assert_eq!(parts.iter().map(|part| part.lines().count()).collect::<Vec<_>>(), [2, 2, 2, 2]);
        assert_eq!(parts.concat().lines().count(), graph.triples);
        assert_eq!(parts.concat().len(), graph.bytes);
    }
}
