//! The prefixes that queries may use, and the terms that this room looks up itself.

use oxigraph::model::NamedNodeRef;

/// Prefixes that are declared in every query of a user, and shorten IRIs in tables and Turtle.
pub const PREFIXES: [(&str, &str); 10] = [
    ("dixit", "https://w3id.org/dixit#"),
    ("schema", "http://schema.org/"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("wd", "http://www.wikidata.org/entity/"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// With what the IRIs of our own terms begin, and that of the vocabulary itself.
pub const OWN_TERMS: &str = "https://w3id.org/dixit";

/// What precedes the item in the IRIs of Wikidata.
pub const WIKIDATA: &str = "http://www.wikidata.org/entity/";

pub const SAME_AS: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://schema.org/sameAs");
pub const ALT_LABEL: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#altLabel");
pub const BROADER: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#broader");
pub const AUTHORITY_OF: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/dixit#authorityOf");
pub const MERGED_INTO: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/dixit#mergedInto");
pub const ACTOR: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/dixit#actor");
pub const RELAYED_BY: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("https://w3id.org/dixit#relayedBy");
pub const PUBLISHER: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://schema.org/publisher");
pub const NEWS_MEDIA: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://schema.org/NewsMediaOrganization");
pub const CONCEPT: NamedNodeRef<'_> = NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#Concept");
