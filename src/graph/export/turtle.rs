//! Turtle as a person would write it: prefixes, a block a subject, the class first.
//!
//! The RDF library's own writer escapes the `/` and `#` in our IRIs and sets no space between subjects.
//! Grammar: <https://www.w3.org/TR/turtle/>.

use super::Blocks;
use crate::graph::base::Base;
use crate::graph::vocabulary::PREFIXES;
use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{GraphName, LiteralRef, NamedNodeRef, Quad, TermRef};
use std::io::{self, Write};

/// Turtle, or TriG if the quads have graphs.
pub(super) struct TurtleBlocks<W> {
    turtle: Turtle,
    writer: W,
    /// The graph whose bracket is open.
    graph: GraphName,
}

impl<W: Write> TurtleBlocks<W> {
    pub fn new(base: &Base, mut writer: W) -> io::Result<Self> {
        let turtle = Turtle::new(base);
        writer.write_all(turtle.header().as_bytes())?;
        Ok(Self { turtle, writer, graph: GraphName::DefaultGraph })
    }

    /// Closes the bracket of a graph and opens that of another, unless it is open.
    fn open(&mut self, graph: &GraphName) -> io::Result<()> {
        if self.graph == *graph {
            return Ok(());
        }
        if !self.graph.is_default_graph() {
            writeln!(self.writer, "}}")?;
        }
        self.graph = graph.clone();
        match &self.graph {
            GraphName::NamedNode(iri) => writeln!(self.writer, "\n{} {{", self.turtle.term(iri.as_ref().into())),
            GraphName::BlankNode(node) => writeln!(self.writer, "\n{node} {{"),
            GraphName::DefaultGraph => Ok(()),
        }
    }
}

impl<W: Write> Blocks for TurtleBlocks<W> {
    fn block(&mut self, quads: &[Quad]) -> io::Result<()> {
        let Some(first) = quads.first() else { return Ok(()) };
        self.open(&first.graph_name)?;
        write!(self.writer, "\n{}", self.turtle.block(quads))
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.open(&GraphName::DefaultGraph)?;
        self.writer.flush()
    }
}

/// How terms are written: with prefixes, and relative to the base of the data.
struct Turtle {
    base: String,
    prefixes: Vec<(&'static str, String)>,
}

impl Turtle {
    pub fn new(base: &Base) -> Self {
        let mut prefixes = vec![("entity", base.entity("").into_string())];
        prefixes.extend(PREFIXES.iter().map(|(prefix, iri)| (*prefix, (*iri).to_owned())));
        Self { base: base.to_string(), prefixes }
    }

    /// The lines before the first block.
    pub fn header(&self) -> String {
        let mut header = format!("@base <{}> .\n", self.base);
        for (prefix, iri) in &self.prefixes {
            header.push_str(&format!("@prefix {prefix}: <{iri}> .\n"));
        }
        header
    }

    /// The quads of one subject, sorted by predicate, as one block. Their graph is not written.
    pub fn block(&self, quads: &[Quad]) -> String {
        let mut block = String::new();
        for (i, quad) in quads.iter().enumerate() {
            let object = self.term(quad.object.as_ref());
            match i.checked_sub(1).map(|before| &quads[before]) {
                None => block.push_str(&self.term(quad.subject.as_ref().into())),
                Some(before) if before.predicate == quad.predicate => {
                    block.push_str(&format!(", {object}"));
                    continue;
                }
                Some(_) => block.push_str(" ;\n   "),
            }
            block.push_str(&format!(" {} {object}", self.predicate(quad.predicate.as_ref())));
        }
        block.push_str(" .\n");
        block
    }

    /// A term as it may stand anywhere but as a predicate.
    pub fn term(&self, term: TermRef<'_>) -> String {
        match term {
            TermRef::NamedNode(iri) => self.iri(iri),
            TermRef::Literal(literal) => self.literal(literal),
            TermRef::BlankNode(node) => node.to_string(),
        }
    }

    fn predicate(&self, predicate: NamedNodeRef<'_>) -> String {
        if predicate == rdf::TYPE { "a".to_owned() } else { self.iri(predicate) }
    }

    fn iri(&self, iri: NamedNodeRef<'_>) -> String {
        for (prefix, namespace) in &self.prefixes {
            if let Some(local) = iri.as_str().strip_prefix(namespace.as_str()).filter(|l| is_simple(l)) {
                return format!("{prefix}:{local}");
            }
        }
        match iri.as_str().strip_prefix(&self.base).filter(|path| is_relative(path)) {
            Some(path) => format!("<{path}>"),
            None => iri.to_string(),
        }
    }

    fn literal(&self, literal: LiteralRef<'_>) -> String {
        let (value, datatype) = (literal.value(), literal.datatype());
        if datatype == xsd::STRING || datatype == rdf::LANG_STRING {
            literal.to_string()
        } else if datatype == xsd::INTEGER && is_number(value) {
            value.to_owned()
        } else {
            format!("{}^^{}", LiteralRef::new_simple_literal(value), self.iri(datatype))
        }
    }
}

fn is_number(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a local name needs no escape: a part of what Turtle allows.
pub(super) fn is_simple(local: &str) -> bool {
    let inside = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    local.bytes().all(inside) && !local.is_empty() && !local.starts_with('-')
}

/// Whether a path means the same when it is written relative to the base: no part of it is empty or
/// of dots, and nothing in it looks like a scheme.
pub(super) fn is_relative(path: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && !part.starts_with('.');
    !path.starts_with(['?', '#']) && !path.contains(':') && path.split('/').all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::io::{RdfFormat, RdfParser};
    use oxigraph::model::{GraphName, Literal, NamedNode};
    use proptest::prelude::*;

    fn quad(subject: &str, object: impl Into<oxigraph::model::Term>) -> Quad {
        let subject = NamedNode::new(subject).unwrap();
        Quad::new(subject, NamedNode::new_unchecked("http://p.example/p"), object, GraphName::DefaultGraph)
    }

    fn read(turtle: &str) -> Vec<Quad> {
        RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle).map(Result::unwrap).collect()
    }

    #[test]
    fn every_iri_comes_back() {
        let turtle = Turtle::new(&Base::default());
        for (iri, written) in [
            ("https://data.dixit.example/entity/Q7184", "entity:Q7184"),
            ("https://data.dixit.example/entity/киів", "<entity/киів>"),
            ("https://data.dixit.example/entity/", "<https://data.dixit.example/entity/>"),
            ("https://data.dixit.example/article/0a#char=1,2", "<article/0a#char=1,2>"),
            ("https://data.dixit.example/", "<https://data.dixit.example/>"),
            ("https://data.dixit.example/#a", "<https://data.dixit.example/#a>"),
            ("https://data.dixit.example//a", "<https://data.dixit.example//a>"),
            ("https://data.dixit.example/a/../b", "<https://data.dixit.example/a/../b>"),
            ("https://data.dixit.example/x:y", "<https://data.dixit.example/x:y>"),
            ("https://w3id.org/dixit#actor", "dixit:actor"),
            ("https://w3id.org/dixit#a.b", "<https://w3id.org/dixit#a.b>"),
            ("https://w3id.org/dixit#-a", "<https://w3id.org/dixit#-a>"),
        ] {
            let node = NamedNode::new(iri).unwrap();
            assert_eq!(turtle.term(node.as_ref().into()), written);
            let quads = [quad(iri, node)];
            assert_eq!(read(&(turtle.header() + &turtle.block(&quads))), quads);
        }
    }

    #[test]
    fn a_block_has_a_line_a_predicate() {
        let one = quad("http://s.example/s", Literal::from(1));
        let two = quad("http://s.example/s", Literal::new_typed_literal("2024-05-16", xsd::DATE));
        let mut class = quad("http://s.example/s", NamedNode::new_unchecked("http://schema.org/Person"));
        class.predicate = rdf::TYPE.into();
        assert_eq!(
            Turtle::new(&Base::default()).block(&[class, one, two]),
            "<http://s.example/s> a schema:Person ;\n    <http://p.example/p> 1, \"2024-05-16\"^^xsd:date .\n"
        );
    }

    proptest! {
        #[test]
        fn any_words_come_back(words in any::<String>()) {
            let turtle = Turtle::new(&Base::default());
            let quads = [
                quad("http://s.example/s", Literal::new_simple_literal(&words)),
                quad("http://s.example/s", Literal::new_language_tagged_literal_unchecked(&words, "fr")),
                quad("http://s.example/s", Literal::new_typed_literal(&words, xsd::INTEGER)),
            ];
            prop_assert_eq!(read(&(turtle.header() + &turtle.block(&quads))), quads);
        }
    }
}
