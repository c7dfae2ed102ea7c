//! With the index and without it, answers are the same.

use super::super::names::{Names, NoTable};
use super::super::search::WordSearch;
use super::super::{Format, Language, Means, Prepared, find, format, prepare, run_with};
use super::{Desk, shorten};
use crate::graph::vocabulary::{dixit, schema};
use oxigraph::model::vocab::{rdf, rdfs, xsd};
use oxigraph::model::{GraphName, Literal, NamedNode, NamedNodeRef, Quad, Term};
use oxigraph::sparql::SparqlEvaluator;
use oxigraph::store::Store;
use spargebra::Query;
use std::sync::Arc;

/// Numbers that look random, the same in each run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % most
    }
}

const BASE: &str = "https://data.dixit.example/";

fn node(path: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{BASE}{path}"))
}

/// Statements of 400 articles by 30 actors, some of whom belong to others, about 12 topics.
fn store() -> Store {
    let store = Store::new().unwrap();
    let mut loader = store.bulk_loader();
    let mut quads = Vec::new();
    let mut add = |graph: &NamedNode, subject: &NamedNode, predicate: NamedNodeRef<'_>, object: Term| {
        quads.push(Quad::new(subject.clone(), predicate, object, GraphName::from(graph.clone())));
    };
    let words = |text: String| Term::from(Literal::new_simple_literal(text));
    let broader = NamedNodeRef::new_unchecked("http://www.w3.org/2004/02/skos/core#broader");
    let entities = node("graph/entities");
    for number in 0..42 {
        let (entity, name) = match number {
            0..30 => (node(&format!("entity/actor-{number}")), format!("Actor {number}")),
            _ => (node(&format!("entity/topic-{}", number - 30)), format!("Topic {}", number - 30)),
        };
        add(&entities, &entity, rdfs::LABEL, Literal::new_language_tagged_literal_unchecked(name, "en").into());
        if number % 7 == 1 {
            add(&entities, &entity, broader, node(&format!("entity/actor-{}", number / 7)).into());
        }
    }
    let dice = &mut Dice(20240229);
    for article in 0..400 {
        let iri = node(&format!("article/{article:016x}"));
        add(&iri, &iri, rdf::TYPE, schema::NEWS_ARTICLE.into());
        add(&iri, &iri, dixit::FILE_NAME, words(format!("{:03}.txt", (article * 7919) % 400)));
        add(&iri, &iri, schema::IN_LANGUAGE, words("en".to_owned()));
        add(&iri, &iri, schema::PUBLISHER, node(&format!("entity/actor-{}", 20 + dice.below(4))).into());
        for statement in 0..1 + dice.below(9) {
            let place = statement * 100;
            let said = node(&format!("article/{article:016x}/statement/{place}-{}", place + 50));
            let mut say = |predicate, object| add(&iri, &said, predicate, object);
            say(rdf::TYPE, dixit::REPORTED_STATEMENT.into());
            say(schema::IS_PART_OF, iri.clone().into());
            let text = format!("Words {article} {statement}");
            say(schema::TEXT, Literal::new_language_tagged_literal_unchecked(text, "en").into());
            for _ in 0..1 + dice.below(2) {
                let square = dice.below(30) * dice.below(30) / 30;
                say(dixit::ACTOR, node(&format!("entity/actor-{square}")).into());
            }
            if dice.below(8) == 0 {
                say(dixit::METONYM, node(&format!("entity/actor-{}", dice.below(30))).into());
            }
            for _ in 0..dice.below(4) {
                say(schema::ABOUT, node(&format!("entity/topic-{}", dice.below(12) * dice.below(12) / 12)).into());
            }
            if dice.below(5) == 0 {
                say(dixit::RELAYED_BY, node(&format!("entity/actor-{}", 20 + dice.below(6))).into());
            }
            say(dixit::KIND, if dice.below(2) == 0 { dixit::DIRECT.into() } else { dixit::INDIRECT.into() });
            say(dixit::POLARITY, [dixit::ASSERTED, dixit::DENIED, dixit::HEARSAY][dice.below(3) as usize].into());
            let day = |month: u64, day: u64| {
                Term::from(Literal::new_typed_literal(format!("2021-{month:02}-{day:02}"), xsd::DATE))
            };
            let (month, first) = (1 + dice.below(6), 1 + dice.below(28));
            match dice.below(8) {
                0 => {}
                1 => say(dixit::SAID_NOT_AFTER, day(month, first)),
                2 => say(dixit::SAID_NOT_BEFORE, day(month, first)),
                3 => {
                    say(dixit::SAID_NOT_BEFORE, day(month, 1));
                    say(dixit::SAID_NOT_AFTER, day(month + dice.below(6), 28));
                }
                _ => {
                    say(dixit::SAID_NOT_BEFORE, day(month, first));
                    say(dixit::SAID_NOT_AFTER, day(month, first));
                }
            }
        }
    }
    loader.load_quads(quads).unwrap();
    loader.commit().unwrap();
    store
}

struct Room {
    store: Store,
    search: Arc<WordSearch>,
}

impl Room {
    fn new() -> Self {
        let (store, search) = (store(), Arc::new(WordSearch::in_memory()));
        search.prepare(&store).unwrap();
        Self { store, search }
    }

    fn prepared(&self, name: &str, pairs: &str) -> Prepared {
        let names = Names::new(&self.store, &NoTable, Language::En);
        let pairs = pairs.split(';').filter_map(|pair| pair.trim().split_once('='));
        let arguments: Vec<_> = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        prepare(find(name).unwrap(), &arguments, &names, Language::En).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    fn rows(&self, prepared: &Prepared, is_short: bool) -> String {
        let means = Means { search: is_short.then(|| Arc::clone(&self.search)), ..Means::default() };
        let mut bytes = Vec::new();
        let answer = run_with(&self.store, prepared.clone(), &means).unwrap();
        format::write(answer, Format::Csv, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    /// How often a query lists values once it was cut short.
    fn lists(&self, prepared: &Prepared) -> usize {
        let evaluate = |query: Query| {
            let mut query = SparqlEvaluator::new().for_query(query);
            query.dataset_mut().set_default_graph_as_union();
            query.on_store(&self.store).execute()
        };
        let desk = Desk { search: &self.search, store: &self.store, evaluate: &evaluate };
        let Query::Select { pattern, .. } = &prepared.query else { panic!("a SELECT") };
        let count = |text: String| text.matches("VALUES").count();
        count(shorten(pattern.clone(), &desk).unwrap().to_string()) - count(pattern.to_string())
    }

    fn same(&self, prepared: &Prepared, lists: usize) {
        let sparql = prepared.sparql();
        assert_eq!(self.rows(prepared, true), self.rows(prepared, false), "{sparql}");
        assert_eq!(self.lists(prepared), lists, "{sparql}");
    }
}

#[test]
fn saved_queries_give_the_same_rows() {
    let room = Room::new();
    for (name, pairs) in [
        ("who-said-what", "topic=Topic 0"),
        ("who-said-what", "topic=Topic 0; limit=3"),
        ("who-said-what", "topic=Topic 1; limit=100000"),
        ("who-said-what", "topic=Topic 11"),
        ("who-said-what", "topic=Topic 1, Topic 3; kind=direct; limit=20"),
        ("who-said-what", "topic=Topic 2; kind=direct; since=2021-02; until=2021-03; limit=9"),
        ("who-said-what", "topic=Topic 2; until=2021-03; limit=30"),
        ("who-said-what", "topic=Topic 2; since=2021-05; limit=1000"),
        ("who-said-what", "topic=Topic 0; from=Actor 21; limit=8"),
        ("what-did-say", "who=Actor 0"),
        ("what-did-say", "who=Actor 0, Actor 3; limit=7"),
        ("what-did-say", "who=Actor 1; since=2021-04; until=2021-04-02; kind=indirect"),
        ("said-about", "who=Actor 0; topic=Topic 0; limit=12"),
        ("said-about", "who=Actor 29; topic=Topic 11; when=2029"),
        ("timeline", "topic=Topic 0; limit=40"),
        ("timeline", "topic=Topic 0, Topic 5; since=2021-03; limit=40"),
        ("relayed", "limit=15"),
        ("relayed", "through=Actor 22; topic=Topic 1; limit=5"),
        ("denials", "limit=25"),
        ("denials", "topic=Topic 0; until=2021-02"),
        ("statements-between", "since=2021-03; until=2021-03; limit=50"),
        ("statements-between", "since=2021-01; until=2021-12; limit=10"),
        ("mentioned", "words=words; limit=7"),
        ("mentioned", "words=words -7; until=2021-03"),
        ("topics-of-actor", "who=Actor 0"),
        ("topics-of-actor", "who=Actor 0, Actor 7"),
        ("most-quoted-actors", ""),
        ("most-quoted-actors", "limit=3"),
        ("most-quoted-actors", "topic=Topic 0; limit=5"),
    ] {
        room.same(&room.prepared(name, pairs), 1);
    }
}

const PREFIXES: &str = "PREFIX dixit: <https://w3id.org/dixit#> PREFIX schema: <http://schema.org/> \
    PREFIX e: <https://data.dixit.example/entity/> ";

/// People's own queries, whatever form they have.
#[test]
fn other_queries_give_the_same_rows() {
    let room = Room::new();
    for (lists, sparql) in [
        // As people write them.
        (
            1,
            "SELECT ?s ?d { ?s schema:about e:topic-0 OPTIONAL { ?s dixit:saidNotAfter ?d } } ORDER BY DESC(?d) ?s LIMIT 9",
        ),
        (1, "SELECT ?s ?d ?x { ?s schema:about ?x ; dixit:saidNotAfter ?d } ORDER BY DESC(?d) ?s ?x LIMIT 9 OFFSET 20"),
        (
            1,
            "SELECT DISTINCT ?s ?d { ?s dixit:actor|dixit:metonym ?x . ?y <http://www.w3.org/2004/02/skos/core#broader> ?x . ?s dixit:saidNotAfter ?d } ORDER BY DESC(?d) ?s LIMIT 9",
        ),
        (
            1,
            "SELECT ?s ?d ?y { ?s dixit:actor|dixit:metonym ?x . ?y <http://www.w3.org/2004/02/skos/core#broader> ?x . ?s dixit:saidNotAfter ?d } ORDER BY DESC(?d) ?s ?y LIMIT 9",
        ),
        (
            1,
            "SELECT ?s ?d { { ?s schema:about e:topic-0 } UNION { ?s dixit:actor e:actor-0 } ?s dixit:saidNotAfter ?d } ORDER BY DESC(?d) ?s LIMIT 9",
        ),
        (
            1,
            "SELECT ?s ?d { ?s schema:about e:topic-0 ; dixit:saidNotAfter ?d FILTER(?d < \"2021-03-01\"^^<http://www.w3.org/2001/XMLSchema#date>) } ORDER BY DESC(?d) ?s LIMIT 9",
        ),
        (
            1,
            "SELECT ?s ?d { ?s dixit:saidNotAfter ?d ; schema:text ?t FILTER(CONTAINS(?t, \" 7\")) } ORDER BY DESC(?d) ?s LIMIT 9",
        ),
        (
            1,
            "SELECT ?s ?d { ?s dixit:saidNotAfter ?d ; dixit:actor ?x ; schema:about ?x } ORDER BY DESC(?d) ?s LIMIT 9",
        ),
        (
            0,
            "SELECT ?s ?d { ?s dixit:saidNotAfter ?d ; dixit:polarity ?p MINUS { ?s dixit:polarity dixit:Denied } } ORDER BY DESC(?d) ?s LIMIT 9",
        ),
        (1, "SELECT ?x (COUNT(DISTINCT ?s) AS ?n) { ?s schema:about ?x } GROUP BY ?x ORDER BY DESC(?n) ?x LIMIT 4"),
        (
            1,
            "SELECT ?x (COUNT(DISTINCT ?s) AS ?n) (MAX(?d) AS ?l) (COUNT(DISTINCT ?a) AS ?m) { ?s schema:about ?x ; schema:isPartOf ?a ; dixit:kind dixit:Direct OPTIONAL { ?s dixit:saidNotAfter ?d } } GROUP BY ?x ORDER BY DESC(?n) ?x LIMIT 4",
        ),
        (
            1,
            "SELECT ?p (COUNT(DISTINCT ?s) AS ?n) { ?s schema:isPartOf ?a ; schema:about e:topic-0 . ?a schema:publisher ?p } GROUP BY ?p ORDER BY DESC(?n) ?p LIMIT 3",
        ),
        (
            1,
            "SELECT ?x (COUNT(DISTINCT ?s) AS ?n) { ?s dixit:actor ?x ; schema:isPartOf ?a . ?a schema:publisher e:actor-21 } GROUP BY ?x ORDER BY DESC(?n) ?x LIMIT 3",
        ),
        (
            1,
            "SELECT ?s ?d { ?s schema:isPartOf ?a ; dixit:saidNotAfter ?d . ?a schema:publisher e:actor-21 } ORDER BY DESC(?d) ?s LIMIT 9",
        ),
        // The day is that of something else, or not only that of the statement.
        (
            0,
            "SELECT ?s ?d { ?s schema:about e:topic-0 ; schema:isPartOf ?a . ?o schema:isPartOf ?a ; dixit:saidNotAfter ?d } ORDER BY DESC(?d) ?s LIMIT 9",
        ),
        (
            0,
            "SELECT ?s ?d { ?o dixit:saidNotBefore ?d OPTIONAL { ?s dixit:saidNotAfter ?d } } ORDER BY DESC(?d) ?s LIMIT 9",
        ),
        // Its order cannot be seen, or is another one.
        (
            0,
            "SELECT ?s { ?s schema:about e:topic-0 OPTIONAL { ?s dixit:saidNotAfter ?d } } ORDER BY DESC(?d) ?s LIMIT 9",
        ),
        (0, "SELECT ?s ?d { ?s schema:about e:topic-0 OPTIONAL { ?s dixit:saidNotAfter ?d } } ORDER BY ?d ?s LIMIT 9"),
        // What is counted is not what the index counts.
        (0, "SELECT ?x (COUNT(?s) AS ?n) { ?s schema:about ?x } GROUP BY ?x ORDER BY DESC(?n) ?x LIMIT 4"),
        (
            0,
            "SELECT ?x (COUNT(DISTINCT ?s) AS ?n) { ?s schema:about ?x ; schema:text ?t FILTER(CONTAINS(?t, \"1\")) } GROUP BY ?x ORDER BY DESC(?n) ?x LIMIT 4",
        ),
        (
            0,
            "SELECT ?x (COUNT(DISTINCT ?s) AS ?n) { ?s schema:about ?x ; dixit:actor ?x } GROUP BY ?x ORDER BY DESC(?n) ?x LIMIT 4",
        ),
        (
            0,
            "SELECT ?x (COUNT(DISTINCT ?s) AS ?n) { ?s schema:about ?x . ?y schema:isPartOf e:none } GROUP BY ?x ORDER BY DESC(?n) ?x LIMIT 4",
        ),
        (0, "SELECT ?x (COUNT(DISTINCT ?s) AS ?n) { ?s schema:about ?x } GROUP BY ?x ORDER BY ?n ?x LIMIT 4"),
        (
            0,
            "SELECT ?x (COUNT(DISTINCT ?s) AS ?n) { { ?s schema:about ?x } FILTER(?d >= \"2021-03-01\"^^<http://www.w3.org/2001/XMLSchema#date>) } GROUP BY ?x ORDER BY DESC(?n) ?x LIMIT 4",
        ),
        // Graphs that are named.
        (
            0,
            "SELECT ?s ?d { GRAPH ?g { ?s schema:about e:topic-0 ; dixit:saidNotAfter ?d } } ORDER BY DESC(?d) ?s LIMIT 9",
        ),
    ] {
        room.same(&Prepared::from_sparql(&format!("{PREFIXES} {sparql}"), Language::En).unwrap(), lists);
    }
}

/// Parts that hang together in ways that the index does not see.
#[test]
fn parts_that_hang_together_give_the_same_rows() {
    let room = Room::new();
    let broader = "<http://www.w3.org/2004/02/skos/core#broader>";
    let label = "<http://www.w3.org/2000/01/rdf-schema#label>";
    for (select, pattern) in [
        // A day that must be there, in counts.
        ("?x (COUNT(DISTINCT ?s) AS ?n)", "?s schema:about ?x ; dixit:saidNotAfter ?d".to_owned()),
        ("?x (COUNT(DISTINCT ?s) AS ?n)", "?s schema:about ?x ; dixit:saidNotBefore ?d".to_owned()),
        ("?x (COUNT(DISTINCT ?s) AS ?n)", "OPTIONAL { ?s dixit:saidNotAfter ?d } ?s schema:about ?x".to_owned()),
        // An article is no statement of its own.
        ("?x (COUNT(DISTINCT ?s) AS ?n)", "?s schema:isPartOf ?x".to_owned()),
        // One variable twice, two that belong together, a blank node between.
        ("DISTINCT ?s ?d", format!("?s dixit:actor ?x ; dixit:metonym ?x ; dixit:saidNotAfter ?d . ?x {label} \"Actor 3\"@en")),
        ("DISTINCT ?s ?d", format!("?s dixit:actor ?x ; dixit:metonym ?y ; dixit:saidNotAfter ?d . ?x {broader} ?y . ?y {label} ?l . e:actor-1 {label} ?k")),
        ("DISTINCT ?s ?d", format!("?s dixit:actor ?x ; dixit:saidNotAfter ?d . ?x {broader} ?o ; {broader}/{label} \"Actor 0\"@en")),
        ("?x (COUNT(DISTINCT ?s) AS ?n)", format!("?s dixit:actor ?y ; dixit:metonym ?y ; schema:about ?x . ?y {label} \"Actor 3\"@en")),
        // Optional and computed parts that stand before what names the statement, or after it.
        ("?s ?d", "?s schema:about e:topic-0 OPTIONAL { ?s dixit:saidNotAfter ?d }".to_owned()),
        ("?s ?d ?n", "?s schema:about e:topic-0 BIND(STR(?s) AS ?n) ?s dixit:saidNotAfter ?d".to_owned()),
        ("?s ?d", "{ ?s schema:about e:topic-0 FILTER(CONTAINS(STR(?s), \"1\")) } ?s dixit:saidNotAfter ?d".to_owned()),
        // What EXISTS sees.
        ("?s ?d", "{ ?a a schema:NewsArticle FILTER EXISTS { ?s dixit:kind dixit:Direct } } ?s schema:isPartOf ?a ; dixit:saidNotAfter ?d".to_owned()),
        ("?s ?d", "?s dixit:saidNotAfter ?d FILTER EXISTS { ?s dixit:kind dixit:Direct FILTER(!BOUND(?d)) }".to_owned()),
        // Values that are not there.
        ("DISTINCT ?s ?d", "{ VALUES ?x { e:topic-0 UNDEF } ?s schema:about ?x ; dixit:saidNotAfter ?d }".to_owned()),
    ] {
        let end = match select.contains("COUNT") {
            true => "GROUP BY ?x ORDER BY DESC(?n) ?x",
            false => "ORDER BY DESC(?d) ?s",
        };
        for limit in ["LIMIT 7", "LIMIT 100000", "OFFSET 5 LIMIT 9223372036854775807"] {
            let sparql = format!("{PREFIXES} SELECT {select} {{ {pattern} }} {end} {limit}");
            let prepared = Prepared::from_sparql(&sparql, Language::En).unwrap();
            assert_eq!(room.rows(&prepared, true), room.rows(&prepared, false), "{sparql}");
        }
    }
    let each = "VALUES ?x { e:topic-0 e:topic-1 } LATERAL { SELECT ?x ?s ?d { ?s schema:about ?x ; dixit:saidNotAfter ?d } ORDER BY DESC(?d) ?s LIMIT 1 }";
    if let Ok(prepared) = Prepared::from_sparql(&format!("{PREFIXES} SELECT * {{ {each} }}"), Language::En) {
        assert_eq!(room.rows(&prepared, true), room.rows(&prepared, false), "{each}");
    }
}
