//! The published JSON-LD context and the vocabularies say the same.

use dixit::graph::CONTEXT;
use dixit::graph::vocabulary::{self, ONTOLOGY, oa, prov, schema, skos};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNodeRef, Quad, Term};
use serde_json::{Value, json};

const OBJECT_PROPERTY: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/2002/07/owl#ObjectProperty");
const XSD: &str = "http://www.w3.org/2001/XMLSchema#";

/// The context has a word for each term of the vocabularies; for our own, the form of the values is the ontology's.
#[test]
fn the_context_names_every_term() {
    let context: Value = serde_json::from_str(CONTEXT).unwrap();
    let ontology: Vec<Quad> =
        RdfParser::from_format(RdfFormat::Turtle).for_slice(ONTOLOGY).collect::<Result<_, _>>().unwrap();
    let vocabularies = [
        ("dixit", vocabulary::dixit::ALL),
        ("schema", schema::ALL),
        ("prov", prov::ALL),
        ("oa", oa::ALL),
        ("skos", skos::ALL),
    ];
    let mut missing = Vec::new();
    for (prefix, terms) in vocabularies {
        for &term in terms {
            let (_, local) = term.as_str().rsplit_once(['#', '/']).unwrap();
            let mut found = context["@context"][local].clone();
            let id = format!("{prefix}:{local}");
            let entry = if local.starts_with(char::is_uppercase) {
                json!(id)
            } else if let Some(form) = form(&ontology, term).filter(|_| prefix == "dixit") {
                json!({ "@id": id, "@type": form })
            } else {
                json!({ "@id": id })
            };
            // A list even of one value, or words by their language: as it suits the reader.
            if let Some(found) = found.as_object_mut() {
                found.remove("@container");
                if prefix != "dixit" {
                    found.remove("@type");
                }
            }
            if found != entry {
                missing.push(format!("\"{local}\": {entry},"));
            }
        }
    }
    assert!(missing.is_empty(), "ontology/context.jsonld should have\n    {}", missing.join("\n    "));
}

/// What the strings of a property are, if they are not simply words: IRIs, words of the context, or of a datatype.
fn form(ontology: &[Quad], property: NamedNodeRef<'_>) -> Option<String> {
    let objects = |subject: NamedNodeRef<'_>, predicate: NamedNodeRef<'_>| -> Vec<Term> {
        let quads = ontology.iter().filter(|quad| quad.subject == subject.into() && quad.predicate == predicate);
        quads.map(|quad| quad.object.clone()).collect()
    };
    let range = objects(property, rdfs::RANGE).into_iter().next();
    if objects(property, rdf::TYPE).contains(&OBJECT_PROPERTY.into()) {
        let has_values =
            ontology.iter().any(|quad| quad.predicate == rdf::TYPE && Some(&quad.object) == range.as_ref());
        return Some(if has_values { "@vocab" } else { "@id" }.to_owned());
    }
    let Some(Term::NamedNode(datatype)) = range else { return None };
    let local = datatype.as_str().strip_prefix(XSD)?;
    (!["string", "integer"].contains(&local)).then(|| format!("xsd:{local}"))
}
