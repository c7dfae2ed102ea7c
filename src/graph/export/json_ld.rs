//! JSON-LD as a person would write it: an object a thing, with the words of a context that stands at the top.
//!
//! The RDF library's own writer knows the expanded form only. Specification: <https://www.w3.org/TR/json-ld11/>.

use super::Blocks;
use super::context::{CONTEXT, Coercion, Context, SCHEMA_ORG, Term};
use super::turtle::is_relative;
use crate::graph::base::Base;
use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{Literal, NamedNode, NamedOrBlankNode, Quad, Term as RdfTerm};
use serde_json::{Map, Value, json};
use std::io::{self, Write};

/// One top object with the context and `@graph`, the list of things.
pub(super) struct JsonLd<W> {
    context: Context,
    /// The keywords for the IRI and the class of a thing.
    keys: [&'static str; 2],
    base: Option<String>,
    writer: W,
    is_first: bool,
}

impl<W: Write> JsonLd<W> {
    pub fn new(base: &Base, mut writer: W) -> io::Result<Self> {
        // The published context, to which the base of this data is added.
        let version = "\"@version\": 1.1,";
        let head = CONTEXT.replacen(version, &format!("{version}\n    \"@base\": {},", json!(base.as_str())), 1);
        let head = head.trim_end().strip_suffix('}').unwrap_or(&head).trim_end();
        write!(writer, "{head},\n  \"@graph\": [")?;
        let (context, base) = (Context::read(CONTEXT), Some(base.to_string()));
        Ok(Self { context, keys: ["id", "type"], base, writer, is_first: true })
    }

    /// For pages: search engines know the context of schema.org by its address, and no other; they want keywords as they are.
    pub fn of_schema_org(mut writer: W) -> io::Result<Self> {
        write!(writer, "{{\n  \"@context\": \"https://schema.org\",\n  \"@graph\": [")?;
        Ok(Self { context: Context::read(SCHEMA_ORG), keys: ["@id", "@type"], base: None, writer, is_first: true })
    }

    /// An IRI where one is expected: relative to the base where that is shorter.
    fn id(&self, iri: &str) -> String {
        let path = self.base.as_ref().and_then(|base| iri.strip_prefix(base.as_str()));
        path.filter(|path| is_relative(path)).unwrap_or(iri).to_owned()
    }

    fn subject(&self, subject: &NamedOrBlankNode) -> String {
        match subject {
            NamedOrBlankNode::NamedNode(iri) => self.id(iri.as_str()),
            NamedOrBlankNode::BlankNode(node) => node.to_string(),
        }
    }

    /// The lines of a thing but for its brackets: a property each.
    fn lines(&self, quads: &[Quad]) -> Vec<(String, Value)> {
        let mut lines = vec![(self.keys[0].to_owned(), json!(self.subject(&quads[0].subject)))];
        for group in quads.chunk_by(|a, b| a.predicate == b.predicate) {
            let predicate = &group[0].predicate;
            let classes: Option<Vec<_>> = group.iter().map(|quad| class(quad)).collect();
            if let (true, Some(classes)) = (*predicate == rdf::TYPE, classes) {
                let words = classes.iter().map(|class| json!(self.context.word(class.as_str()))).collect();
                lines.push((self.keys[1].to_owned(), list(words, false)));
                continue;
            }
            let term = self.context.term(predicate.as_str());
            let objects = || group.iter().map(|quad| &quad.object);
            // What does not fit the form that the context gives to the property stands beside it, in full.
            let (fit, rest): (Vec<_>, Vec<_>) = objects().partition(|object| !term.by_language || is_words(object));
            if term.by_language && !fit.is_empty() {
                lines.push((term.word.clone(), by_language(&fit)));
            } else if !fit.is_empty() {
                let values = fit.into_iter().map(|object| self.value(object, &term)).collect();
                lines.push((term.word.clone(), list(values, term.is_set)));
            }
            if !rest.is_empty() {
                let plain = self.context.plain(predicate.as_str());
                lines
                    .push((plain.word.clone(), list(rest.into_iter().map(|o| self.value(o, &plain)).collect(), false)));
            }
        }
        lines
    }

    fn value(&self, object: &RdfTerm, term: &Term) -> Value {
        match object {
            RdfTerm::NamedNode(iri) => match term.coercion {
                Coercion::Id => json!(self.id(iri.as_str())),
                Coercion::Vocab => json!(self.context.word(iri.as_str())),
                Coercion::None | Coercion::Datatype(_) => json!({ self.keys[0]: self.id(iri.as_str()) }),
            },
            RdfTerm::BlankNode(node) => json!({ self.keys[0]: node.to_string() }),
            RdfTerm::Literal(literal) => self.literal(literal, term),
        }
    }

    fn literal(&self, literal: &Literal, term: &Term) -> Value {
        let (value, datatype) = (literal.value(), literal.datatype());
        match (&term.coercion, literal.language()) {
            (_, Some(language)) => json!({ "@language": language, "@value": value }),
            (Coercion::Datatype(wanted), _) if datatype.as_str() == wanted => json!(value),
            (Coercion::None, _) if datatype == xsd::STRING => json!(value),
            (Coercion::None, _) if datatype == xsd::INTEGER && is_number(value) => {
                value.parse::<i64>().map_or_else(|_| json!(value), |number| json!(number))
            }
            _ if datatype == xsd::STRING => json!({ "@value": value }),
            _ => json!({ "@value": value, self.keys[1]: self.context.word(datatype.as_str()) }),
        }
    }
}

impl<W: Write> Blocks for JsonLd<W> {
    fn block(&mut self, quads: &[Quad]) -> io::Result<()> {
        let separator = if std::mem::take(&mut self.is_first) { "" } else { "," };
        let lines: Vec<_> =
            self.lines(quads).into_iter().map(|(word, value)| format!("      {}: {value}", json!(word))).collect();
        write!(self.writer, "{separator}\n    {{\n{}\n    }}", lines.join(",\n"))
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.writer.write_all(b"\n  ]\n}\n")?;
        self.writer.flush()
    }
}

fn class(quad: &Quad) -> Option<&NamedNode> {
    match &quad.object {
        RdfTerm::NamedNode(class) => Some(class),
        _ => None,
    }
}

/// One value, or a list of several.
fn list(mut values: Vec<Value>, is_set: bool) -> Value {
    if values.len() == 1 && !is_set { values.remove(0) } else { Value::Array(values) }
}

/// Whether it is a text, with a language or without.
fn is_words(object: &RdfTerm) -> bool {
    matches!(object, RdfTerm::Literal(literal) if [xsd::STRING, rdf::LANG_STRING].contains(&literal.datatype()))
}

/// Texts by the tags of their languages.
fn by_language(texts: &[&RdfTerm]) -> Value {
    let mut map: Map<String, Value> = Map::new();
    for text in texts {
        let RdfTerm::Literal(literal) = text else { continue };
        let word = json!(literal.value());
        match map.entry(literal.language().unwrap_or("@none")).or_insert(Value::Null) {
            Value::Array(words) => words.push(word),
            empty @ Value::Null => *empty = word,
            one => *one = json!([one.take(), word]),
        }
    }
    Value::Object(map)
}

/// Whether a JSON number gives the same digits back.
fn is_number(value: &str) -> bool {
    let digits = value.strip_prefix('-').unwrap_or(value);
    let canonical = value == "0" || !digits.starts_with('0');
    canonical && (1..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
}
