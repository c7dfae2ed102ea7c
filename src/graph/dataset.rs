//! What a store is, for programs that find it on the web: [VoID](https://www.w3.org/TR/void/), and the
//! [description of its endpoint](https://www.w3.org/TR/sparql11-service-description/).

use super::base::Base;
use super::stats::Stats;
use super::store::Store;
use super::vocabulary::{FORMATS, dixit, oa, prov, schema, sd, skos, void};
use oxigraph::model::vocab::{rdf, rdfs, xsd};
use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use oxigraph::store::StorageError;

/// Where programs ask, and how.
#[derive(Debug, Clone)]
pub struct Endpoint {
    /// The address for queries.
    pub sparql: String,
    /// The address of the description of the data.
    pub void: String,
    /// The address of the Graph Store Protocol.
    pub data: String,
    /// Whether queries may ask other services.
    pub federates: bool,
}

const VOCABULARIES: [&str; 5] = [dixit::NAMESPACE, schema::NAMESPACE, prov::NAMESPACE, oa::NAMESPACE, skos::NAMESPACE];

/// The formats of graphs and of rows, as the W3C calls them.
const OF_GRAPHS: [&str; 6] = ["Turtle", "N-Triples", "N-Quads", "TriG", "RDF_XML", "JSON-LD"];
const OF_ROWS: [&str; 4] = ["SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"];

/// What the data are, with their numbers if these are known.
///
/// # Errors
/// When the store cannot be read.
pub fn describe_dataset(store: &Store, endpoint: &Endpoint, stats: Option<&Stats>) -> Result<Vec<Quad>, StorageError> {
    let base = store.base();
    let document = iri(&endpoint.void);
    let dataset = iri(&format!("{}#dataset", endpoint.void));
    let mut told = Told::default();
    told.is(&document, void::DATASET_DESCRIPTION);
    told.add(&document, iri("http://xmlns.com/foaf/0.1/primaryTopic").as_ref(), dataset.clone());
    told.is(&dataset, void::DATASET);
    told.words(&dataset, rdfs::LABEL, "Qui a dit quoi, d'après des articles de presse", "fr");
    told.words(&dataset, rdfs::LABEL, "Who said what, as news articles report it", "en");
    told.add(&dataset, void::SPARQL_ENDPOINT, iri(&endpoint.sparql));
    told.add(&dataset, void::DATA_DUMP, iri(&format!("{}?default", endpoint.data)));
    told.add(&dataset, void::URI_SPACE, Literal::new_simple_literal(base.as_str()));
    for vocabulary in VOCABULARIES {
        told.add(&dataset, void::VOCABULARY, iri(vocabulary));
    }
    for format in OF_GRAPHS {
        told.add(&dataset, void::FEATURE, iri(&format!("{FORMATS}{format}")));
    }
    let class = Some(dixit::REPORTED_STATEMENT.into());
    let statement = store.query_store().quads_for_pattern(None, Some(rdf::TYPE), class, None).next().transpose()?;
    if let Some(Quad { subject: NamedOrBlankNode::NamedNode(statement), .. }) = statement {
        told.add(&dataset, void::EXAMPLE_RESOURCE, statement);
    }
    let Some(stats) = stats else { return Ok(told.0) };
    told.count(&dataset, void::TRIPLES, stats.triples);
    for (name, class, number) in [
        ("articles", schema::NEWS_ARTICLE, stats.articles),
        ("statements", dixit::REPORTED_STATEMENT, stats.statements),
        ("utterances", dixit::UTTERANCE, stats.utterances),
    ] {
        let part = iri(&format!("{}#{name}", endpoint.void));
        told.add(&dataset, void::CLASS_PARTITION, part.clone());
        told.is(&part, void::DATASET);
        told.add(&part, void::CLASS, class.into_owned());
        told.count(&part, void::ENTITIES, number);
    }
    Ok(told.0)
}

/// What the endpoint understands, and of which graphs it is asked where a query names none.
pub fn describe_service(base: &Base, endpoint: &Endpoint, stats: Option<&Stats>) -> Vec<Quad> {
    let part = |name: &str| iri(&format!("{}#{name}", endpoint.sparql));
    let (service, dataset, default) = (part("service"), part("dataset"), part("default-graph"));
    let mut told = Told::default();
    told.is(&service, sd::SERVICE);
    told.add(&service, sd::ENDPOINT, iri(&endpoint.sparql));
    told.add(&service, sd::SUPPORTED_LANGUAGE, sd::SPARQL_11_QUERY.into_owned());
    for format in OF_ROWS.iter().chain(&OF_GRAPHS) {
        told.add(&service, sd::RESULT_FORMAT, iri(&format!("{FORMATS}{format}")));
    }
    told.add(&service, sd::FEATURE, sd::UNION_DEFAULT_GRAPH.into_owned());
    if endpoint.federates {
        told.add(&service, sd::FEATURE, sd::BASIC_FEDERATED_QUERY.into_owned());
    }
    told.add(&service, rdfs::SEE_ALSO, iri(&endpoint.void));
    told.add(&service, sd::DEFAULT_DATASET, dataset.clone());
    told.is(&dataset, sd::DATASET);
    told.add(&dataset, sd::DEFAULT_GRAPH, default.clone());
    told.is(&default, sd::GRAPH);
    told.words(&default, rdfs::COMMENT, "L'union de tous les graphes.", "fr");
    told.words(&default, rdfs::COMMENT, "The union of all graphs.", "en");
    if let Some(stats) = stats {
        told.count(&default, void::TRIPLES, stats.triples);
    }
    // Those of articles are as many as there are articles: each has its article's IRI.
    let graphs = [
        base.entities_graph(),
        base.utterances_graph(),
        base.links_graph(),
        base.curation_graph(),
        base.ontology_graph(),
    ];
    for graph in graphs {
        let named = part(&base.relative(&graph).replace('/', "-"));
        told.add(&dataset, sd::NAMED_GRAPH, named.clone());
        told.is(&named, sd::NAMED_GRAPH_CLASS);
        told.add(&named, sd::NAME, graph);
    }
    told.0
}

/// What was said so far.
#[derive(Default)]
struct Told(Vec<Quad>);

impl Told {
    fn add(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, object: impl Into<Term>) {
        self.0.push(Quad::new(subject.clone(), predicate, object, GraphName::DefaultGraph));
    }

    fn is(&mut self, subject: &NamedNode, class: NamedNodeRef<'_>) {
        self.add(subject, rdf::TYPE, class.into_owned());
    }

    fn words(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, words: &str, language: &str) {
        self.add(subject, predicate, Literal::new_language_tagged_literal_unchecked(words, language));
    }

    fn count(&mut self, subject: &NamedNode, predicate: NamedNodeRef<'_>, number: usize) {
        self.add(subject, predicate, Literal::new_typed_literal(number.to_string(), xsd::INTEGER));
    }
}

fn iri(text: &str) -> NamedNode {
    NamedNode::new_unchecked(text)
}
