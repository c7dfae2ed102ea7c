//! RDF/XML: an element a thing, named by its class, with an element a property in it.
//!
//! The RDF library's own writer lets line ends of texts become others, and writes characters that no XML may hold.
//! Grammar: <https://www.w3.org/TR/rdf-syntax-grammar/>.

use super::Blocks;
use super::turtle::is_relative;
use super::xml::escaped;
use crate::graph::base::Base;
use crate::graph::vocabulary::PREFIXES;
use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{NamedNodeRef, NamedOrBlankNode, Quad, Term};
use std::io::{self, Write};

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

pub(super) struct RdfXml<W> {
    base: String,
    writer: W,
}

impl<W: Write> RdfXml<W> {
    pub fn new(base: &Base, mut writer: W) -> io::Result<Self> {
        writeln!(writer, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
        write!(writer, "<rdf:RDF xml:base=\"{}\"\n    xmlns:rdf=\"{RDF}\"", escaped(base.as_str()))?;
        for (prefix, namespace) in PREFIXES {
            write!(writer, "\n    xmlns:{prefix}=\"{namespace}\"")?;
        }
        writeln!(writer, ">")?;
        Ok(Self { base: base.to_string(), writer })
    }

    /// An IRI as an attribute has it: relative to the base where that is shorter.
    fn reference(&self, iri: &str) -> String {
        escaped(iri.strip_prefix(&self.base).filter(|path| is_relative(path)).unwrap_or(iri))
    }

    fn property(&mut self, quad: &Quad) -> io::Result<()> {
        let Name { name, namespace } = Name::of(quad.predicate.as_ref()).ok_or_else(|| {
            let why = format!("{} has no form in RDF/XML: choose another format", quad.predicate);
            io::Error::new(io::ErrorKind::InvalidData, why)
        })?;
        match &quad.object {
            Term::NamedNode(iri) => {
                let iri = self.reference(iri.as_str());
                writeln!(self.writer, "    <{name}{namespace} rdf:resource=\"{iri}\"/>")
            }
            Term::BlankNode(node) => {
                writeln!(self.writer, "    <{name}{namespace} rdf:nodeID=\"{}\"/>", node.as_str())
            }
            Term::Literal(literal) => {
                let kind = match literal.language() {
                    Some(language) => format!(" xml:lang=\"{language}\""),
                    None if literal.datatype() == xsd::STRING => String::new(),
                    None => format!(" rdf:datatype=\"{}\"", escaped(literal.datatype().as_str())),
                };
                writeln!(self.writer, "    <{name}{namespace}{kind}>{}</{name}>", escaped(literal.value()))
            }
        }
    }
}

impl<W: Write> Blocks for RdfXml<W> {
    fn block(&mut self, quads: &[Quad]) -> io::Result<()> {
        let Some(first) = quads.first() else { return Ok(()) };
        let class = match &first.object {
            Term::NamedNode(class) if first.predicate == rdf::TYPE => Name::of(class.as_ref()),
            _ => None,
        };
        let quads = if class.is_some() { &quads[1..] } else { quads };
        let Name { name, namespace } = class.unwrap_or_else(|| Name::known("rdf", "Description"));
        let about = match &first.subject {
            NamedOrBlankNode::NamedNode(iri) => format!("rdf:about=\"{}\"", self.reference(iri.as_str())),
            NamedOrBlankNode::BlankNode(node) => format!("rdf:nodeID=\"{}\"", node.as_str()),
        };
        writeln!(self.writer, "\n  <{name}{namespace} {about}>")?;
        quads.iter().try_for_each(|quad| self.property(quad))?;
        writeln!(self.writer, "  </{name}>")
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        writeln!(self.writer, "\n</rdf:RDF>")?;
        self.writer.flush()
    }
}

/// The name of an element.
struct Name {
    name: String,
    /// The declaration of its namespace, if it is not declared at the top.
    namespace: String,
}

impl Name {
    fn known(prefix: &str, local: &str) -> Self {
        Self { name: format!("{prefix}:{local}"), namespace: String::new() }
    }

    /// The name for a property or class, if XML has one: its IRI must end in a name.
    fn of(iri: NamedNodeRef<'_>) -> Option<Self> {
        let iri = iri.as_str();
        let local = iri
            .rfind(|c: char| !is_name_char(c))
            .map_or(iri, |end| iri[end..].trim_start_matches(|c| !is_name_char(c)));
        let local = local.trim_start_matches(|c: char| !c.is_alphabetic() && c != '_');
        let namespace = iri.strip_suffix(local)?;
        if local.is_empty() || namespace == RDF && local != "type" && local != "value" {
            return None;
        }
        let prefix = PREFIXES.iter().find(|(_, known)| *known == namespace);
        Some(match prefix {
            Some((prefix, _)) => Self::known(prefix, local),
            None if namespace == RDF => Self::known("rdf", local),
            None => Self { name: format!("x:{local}"), namespace: format!(" xmlns:x=\"{}\"", escaped(namespace)) },
        })
    }
}

/// A part of what XML allows in a name.
fn is_name_char(c: char) -> bool {
    c.is_alphanumeric() && c.is_ascii() || c == '_' || c == '-'
}
