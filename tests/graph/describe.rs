//! The quads of an article.

use crate::sample::*;
use dixit::article::Article;
use dixit::extract::{ActorKind, Kind, Named, Span, Statement};
use dixit::graph::{describe_statements, extraction, write_turtle};
use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Quad, Term};
use proptest::prelude::*;
use std::collections::HashSet;

const SCHEMA: &str = "http://schema.org/";
const LABEL: &str = "<http://www.w3.org/2000/01/rdf-schema#label>";
const TYPE: &str = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>";

fn describe(article: &Article, statements: &[Statement]) -> Vec<Quad> {
    describe_statements(article, statements, entities(), &base())
}

/// What rests on the article's own words; the descriptions of known entities change with their table.
#[test]
fn the_graph_of_an_article_is_this() {
    let entities_graph = GraphName::from(base().entities_graph());
    let own: Vec<_> = quads().into_iter().filter(|quad| quad.graph_name != entities_graph).collect();
    let mut turtle = Vec::new();
    write_turtle(&own, &base(), &mut turtle).unwrap();
    let turtle = String::from_utf8(turtle).unwrap();
    insta::assert_snapshot!(turtle.replace(&format!("extraction-{}", extraction(entities())), "extraction-VERSION"));
}

#[test]
fn no_quad_is_given_twice_and_none_has_a_blank_node() {
    let quads = quads();
    assert_eq!(quads.iter().collect::<HashSet<_>>().len(), quads.len());
    for quad in quads {
        assert!(!matches!(quad.subject, NamedOrBlankNode::BlankNode(_)), "{quad}");
        assert!(!matches!(quad.object, Term::BlankNode(_)), "{quad}");
        assert!(matches!(quad.graph_name, GraphName::NamedNode(_)), "{quad}");
    }
}

#[test]
fn every_iri_is_valid() {
    let mut bad = article();
    bad.url = Some(" https://vallon.example/a b?q=«é»|{1}".to_owned());
    for quad in describe(&bad, &statements()) {
        for term in [Term::from(quad.subject), quad.object] {
            if let Term::NamedNode(iri) = term {
                assert!(NamedNode::new(iri.as_str()).is_ok(), "{iri}");
            }
        }
    }
}

#[test]
fn known_entities_lead_to_wikidata_and_local_ones_do_not() {
    let quads = quads();
    for line in [
        format!("<~entity/Q7184> <{SCHEMA}sameAs> <http://www.wikidata.org/entity/Q7184>"),
        format!("<~entity/Q7184> {LABEL} \"OTAN\"@fr"),
        format!("<~entity/Q7184> {LABEL} \"NATO\"@en"),
        format!("<~entity/Q7184> {TYPE} <{SCHEMA}Organization>"),
        format!("<~entity/maelle-kervadec> {TYPE} <{SCHEMA}Person>"),
        format!("<~entity/maelle-kervadec> {LABEL} \"Maëlle Kervadec\"@fr"),
        format!("<~entity/le-courrier-du-vallon> {TYPE} <{SCHEMA}NewsMediaOrganization>"),
    ] {
        assert!(holds(&quads, &line), "{line}");
    }
    let local = base().entity("maelle-kervadec");
    let same_as = format!("{SCHEMA}sameAs");
    assert!(!quads.iter().any(|q| q.subject == local.clone().into() && q.predicate.as_str() == same_as));
}

#[test]
fn an_authority_says_whose_it_is_and_the_metonym_is_kept() {
    let quads = quads();
    let authority = &entities().get(entities().get(entity("Q228")).authority.unwrap()).key;
    let line = format!("<~entity/{authority}> <https://w3id.org/dixit#authorityOf> <~entity/Q228>");
    assert!(holds(&quads, &line), "{line}");
    assert!(quads.iter().any(|quad| quad.predicate.as_str() == "https://w3id.org/dixit#metonym"
        && quad.object == base().entity("Q228").into()));
}

/// Unnamed sources and documents of two articles are never the same.
#[test]
fn unnamed_sources_belong_to_their_article() {
    let other = Article { address: "https://vallon.example/autre".to_owned(), ..article() };
    let sources = |article| -> HashSet<NamedOrBlankNode> {
        let quads = describe(&article, &statements());
        let sources = quads.into_iter().filter(|quad| {
            ["https://w3id.org/dixit#UnnamedSource", "https://w3id.org/dixit#Document"]
                .iter()
                .any(|class| quad.object == NamedNode::new_unchecked(*class).into())
        });
        sources.map(|quad| quad.subject).collect()
    };
    let (one, two) = (sources(article()), sources(other));
    assert_eq!((one.len(), two.len()), (2, 2));
    assert!(one.is_disjoint(&two));
}

#[test]
fn a_date_known_to_the_month_is_an_interval_and_no_day() {
    for (published, first, last, day) in [
        (Some("2024-02"), Some("2024-02-01"), Some("2024-02-29"), None),
        (Some("2023"), Some("2023-01-01"), Some("2023-12-31"), None),
        (Some("2024-05-16"), Some("2024-05-16"), Some("2024-05-16"), Some("2024-05-16")),
        (None, None, None, None),
    ] {
        let article = Article { published: published.map(|date| date.parse().unwrap()), ..article() };
        let quads = describe(&article, &[]);
        let value = |predicate: &str| {
            let quad = quads.iter().find(|quad| quad.predicate.as_str() == predicate)?;
            let Term::Literal(literal) = &quad.object else { panic!("{quad} has a literal") };
            assert_eq!(literal.datatype().as_str(), "http://www.w3.org/2001/XMLSchema#date");
            Some(literal.value().to_owned())
        };
        assert_eq!(value("https://w3id.org/dixit#publishedNotBefore").as_deref(), first);
        assert_eq!(value("https://w3id.org/dixit#publishedNotAfter").as_deref(), last);
        assert_eq!(value("http://schema.org/datePublished").as_deref(), day);
    }
}

#[test]
fn a_topic_brings_its_broader_topics() {
    let (id, narrow) = entities().iter().find(|(_, entity)| !entity.broader.is_empty()).expect("one has a broader one");
    let broad = entities().get(narrow.broader[0]);
    let mut statement = statements().remove(2);
    statement.about = [Named { name: narrow.fr.clone(), entity: Some(id), mention: None, link: None }].into();
    let quads = describe(&article(), &[statement]);
    let about: HashSet<Term> = quads
        .iter()
        .filter(|quad| quad.predicate.as_str() == "http://schema.org/about")
        .map(|quad| quad.object.clone())
        .collect();
    assert!(about.contains(&Term::from(base().entity(&narrow.key))));
    assert!(about.contains(&Term::from(base().entity(&broad.key))));
    let line =
        format!("<~entity/{}> <http://www.w3.org/2004/02/skos/core#broader> <~entity/{}>", narrow.key, broad.key);
    assert!(holds(&quads, &line), "{line}");
}

#[test]
fn statements_of_the_same_extent_have_numbers() {
    let twice = vec![statements().remove(2), statements().remove(2), statements().remove(0)];
    let mut subjects: Vec<_> = describe(&article(), &twice)
        .iter()
        .filter(|quad| quad.predicate.as_str() == "http://schema.org/text")
        .map(|quad| quad.subject.to_string())
        .collect();
    subjects.sort();
    subjects.dedup();
    assert_eq!(subjects.len(), 3);
    assert_eq!(subjects.iter().filter(|iri| iri.ends_with("-2>")).count(), 1);
}

#[test]
fn a_wrong_language_tag_gives_plain_words() {
    let article = Article { language: "à moitié".to_owned(), ..article() };
    assert!(holds(
        &describe(&article, &[]),
        &format!("<{}> <{SCHEMA}headline> \"Une fête reportée\"", base().article(&article.address).as_str())
    ));
}

proptest! {
    /// Any text of an article and any name come back from N-Quads and Turtle as they were.
    #[test]
    fn any_words_come_back(text in "\\PC{1,20}|[\\s\\S]{1,60}", name in any::<String>()) {
        prop_assume!(!text.is_empty());
        let mut spoken = statement(Kind::Direct, &["mille"], "mille", actor(&name, "mille", ActorKind::Person));
        let whole = Span::new(0, text.len());
        spoken.spans = [whole].into();
        spoken.actors[0].mention = whole;
        spoken.cue = None;
        let quads = describe(&Article { text, ..article() }, &[spoken]);
        prop_assert_eq!(crate::export::read_back(&quads), crate::export::union(&quads));
    }
}
