//! A store of many statements, made from an export of real ones.
//!
//! The export is written again and again, each time as other articles: their keys differ, their dates lie 47 days before
//! those of the copy before, and each statement's words have a number behind them. So the shares of outlets, topics, kinds
//! and famous actors stay as they are among real articles, and the skew with them. Local actors with fewer than
//! [`COMMON`] statements are others in each copy, as new articles name new people; those with more stay the same.

use crate::Result;
use dixit::graph::Store as Folder;
use dixit::graph::vocabulary::{dixit as terms, schema};
use jiff::ToSpan;
use jiff::civil::Date;
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{GraphName, Literal, NamedNode, NamedOrBlankNode, Quad, Term};
use oxigraph::store::Store;
use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use std::time::Instant;

/// A local actor with so many statements is known to all.
const COMMON: usize = 20;

/// So many days lie between two copies.
const DAYS: i64 = 47;

/// Makes the store.
pub fn scale(export: &Path, folder: &Path, statements: usize) -> Result<()> {
    let begun = Instant::now();
    let source = Source::read(export)?;
    let copies = statements.div_ceil(source.statements);
    let store = Folder::open_or_create(folder, None)?;
    let base = store.base().as_str().to_owned();
    drop(store);
    let graph = Store::open(folder.join("rocksdb"))?;
    let mut loader = graph.bulk_loader();
    for copy in 0..copies {
        let quads = quads(export)?.filter_map(|quad| quad.ok()).filter_map(|quad| source.copied(quad, copy, &base));
        loader.load_quads(quads)?;
        eprintln!("{} of {copies} copies, {:.0} s", copy + 1, begun.elapsed().as_secs_f64());
    }
    loader.commit()?;
    graph.optimize()?;
    println!("{} statements, {} quads", copies * source.statements, graph.len()?);
    Ok(())
}

fn quads(export: &Path) -> Result<impl Iterator<Item = std::result::Result<Quad, oxigraph::io::RdfParseError>>> {
    Ok(RdfParser::from_format(RdfFormat::NQuads).for_reader(BufReader::new(File::open(export)?)))
}

/// What the export holds.
struct Source {
    statements: usize,
    /// How many statements an actor has.
    spoken: FxHashMap<NamedNode, usize>,
}

impl Source {
    fn read(export: &Path) -> Result<Self> {
        let mut source = Self { statements: 0, spoken: FxHashMap::default() };
        for quad in quads(export)? {
            let quad = quad?;
            if quad.predicate == rdf::TYPE && quad.object == Term::from(terms::REPORTED_STATEMENT) {
                source.statements += 1;
            }
            if let (terms::ACTOR, Term::NamedNode(actor)) = (quad.predicate.as_ref(), quad.object) {
                *source.spoken.entry(actor).or_default() += 1;
            }
        }
        if source.statements == 0 { Err("the export holds no statements".into()) } else { Ok(source) }
    }

    /// A quad as it is in a copy; nothing if the first copy has it already.
    fn copied(&self, quad: Quad, copy: usize, base: &str) -> Option<Quad> {
        if copy == 0 {
            return Some(quad);
        }
        let node = |node: &NamedNode| self.renamed(node, copy, base);
        let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { return None };
        let GraphName::NamedNode(graph) = &quad.graph_name else { return None };
        let object = match &quad.object {
            Term::NamedNode(object) => node(object).into(),
            Term::Literal(literal) => shifted(literal, &quad, copy).into(),
            _ => quad.object.clone(),
        };
        let new = Quad::new(node(subject), quad.predicate.clone(), object, node(graph));
        (new != quad).then_some(new)
    }

    /// The name of a thing in a copy.
    fn renamed(&self, node: &NamedNode, copy: usize, base: &str) -> NamedNode {
        let Some(path) = node.as_str().strip_prefix(base) else { return node.clone() };
        let path = match path.split_once('/') {
            Some((room @ ("article" | "utterance"), rest)) => {
                let end = rest.find(['/', '#']).unwrap_or(rest.len());
                let digest = Sha256::digest(format!("{} {copy}", &rest[..end]));
                let key: String = digest[..8].iter().map(|byte| format!("{byte:02x}")).collect();
                format!("{room}/{key}{}", &rest[end..])
            }
            Some(("entity", key)) if self.is_rare(node, key) => format!("entity/{key}-{copy}"),
            _ => return node.clone(),
        };
        NamedNode::new_unchecked(format!("{base}{path}"))
    }

    /// Whether a thing is a local actor with few statements.
    fn is_rare(&self, node: &NamedNode, key: &str) -> bool {
        let item = key.strip_prefix('Q').is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
        !item && self.spoken.get(node).is_some_and(|statements| *statements < COMMON)
    }
}

/// A value as it is in a copy.
fn shifted(literal: &Literal, quad: &Quad, copy: usize) -> Literal {
    if literal.datatype() == xsd::DATE
        && let Ok(date) = literal.value().parse::<Date>()
        && let Ok(date) = date.checked_sub((copy as i64 * DAYS).days())
    {
        return Literal::new_typed_literal(date.to_string(), xsd::DATE);
    }
    if quad.predicate == schema::TEXT
        && let Some(language) = literal.language()
    {
        return Literal::new_language_tagged_literal_unchecked(format!("{} ({copy})", literal.value()), language);
    }
    literal.clone()
}
