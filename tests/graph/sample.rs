//! An invented article with a statement of each sort, and what the tests ask of quads.

use dixit::article::Article;
use dixit::entity::link::{Evidence, Link, Method, Scope, Sign};
use dixit::entity::reconcile::Proposal;
use dixit::entity::{Entities, EntityId};
use dixit::extract::{
    Actor, ActorKind, Candidate, Cue, DateBasis, Frame, Kind, Named, Polarity, Span, Statement, StatementDate, Step,
};
use dixit::graph::curation::{Accepted, Amendment, Item, Signature, Who, Whom};
use dixit::graph::vocabulary::schema;
use dixit::graph::{Asked, Base, Store, describe_statements};
use jiff::civil::date;
use oxigraph::model::{GraphName, NamedNode, NamedOrBlankNode, Quad};
use std::sync::Arc;

pub const TEXT: &str = "« Nous planterons mille arbres », a promis Maëlle Kervadec, « et mille autres ensuite ».
Andorre a confirmé mardi que la fête de l'OTAN était reportée, selon L'Écho du Val.
Un riverain 🌳 raconte que le bal serait annulé.
Le rapport dément que le pont soit « solide ».
« Qui paiera ? », a demandé Maëlle Kervadec aux élus, dans une lettre.
Elle prévient l'AFP, au micro de France Inter, que le bal serait triste si le pont fermait.
Inès Morel, maire du Vallon, annonce une fanfare.";

pub fn entities() -> &'static Entities {
    Entities::embedded()
}

pub fn base() -> Base {
    "https://test.example/".parse().unwrap()
}

pub fn entity(key: &str) -> EntityId {
    entities().by_key(key).unwrap_or_else(|| panic!("{key} is in the table"))
}

pub fn article() -> Article {
    Article {
        address: "https://vallon.example/fete".to_owned(),
        url: Some("https://vallon.example/fete".to_owned()),
        outlet: Some("Le Courrier du Vallon".to_owned()),
        title: Some("Une fête reportée".to_owned()),
        author: Some("Anne Roy, Luc Petit".to_owned()),
        published: Some("2024-05-16".parse().unwrap()),
        ..Article::from_text("fete.txt", TEXT)
    }
}

/// An article that has only a text and a path.
pub fn bare_article(path: &str, text: &str) -> Article {
    let name = path.rsplit('/').next().unwrap();
    Article { address: path.to_owned(), ..Article::from_text(name, text) }
}

/// An article of an outlet's site, of a day if one is given.
pub fn at(outlet: &str, day: &str, text: &str) -> Article {
    let url = format!("https://{outlet}.example/pont");
    Article {
        address: url.clone(),
        url: Some(url),
        outlet: Some(outlet.to_owned()),
        published: Some(day).filter(|day| !day.is_empty()).map(|day| day.parse().unwrap()),
        ..Article::from_text("pont.txt", text)
    }
}

/// Where the words stand first.
pub fn span(words: &str) -> Span {
    let start = TEXT.find(words).unwrap_or_else(|| panic!("{words} is in the text"));
    Span::new(start, start + words.len())
}

pub fn actor(name: &str, mention: &str, kind: ActorKind) -> Actor {
    Actor {
        name: name.into(),
        mention: span(mention),
        role: None,
        entity: None,
        metonym: None,
        link: None,
        kind,
        by: Step::Name.alone(),
    }
}

/// How a name led to an actor; to somebody known only if there is a score.
pub fn link(name: &str, method: Method, score: f32, candidates: &[&str]) -> Option<Arc<Link>> {
    let evidence = Evidence { sign: Sign::Label, points: 4.0, detail: format!("“{name}”") };
    Some(Arc::new(Link {
        name: name.into(),
        method,
        entity: None,
        score,
        evidence: if score > 0.0 { vec![evidence] } else { Vec::new() },
        candidates: candidates.iter().map(|key| (entity(key), 0.3)).collect(),
        scope: Scope::Everywhere,
    }))
}

pub fn statement(kind: Kind, words: &[&str], cue: &str, actor: Actor) -> Statement {
    Statement {
        kind,
        spans: words.iter().map(|words| span(words)).collect(),
        actors: [actor].into(),
        candidates: [].into(),
        cue: Some(Cue { span: span(cue), lemma: "", class: "say" }),
        relayed_by: [].into(),
        addressee: None,
        medium: None,
        about: [].into(),
        date: None,
        polarity: Polarity::Asserted,
        frame: Frame::Clause,
        confidence: 0.9,
    }
}

/// Something named beside the cue; `key` is its row in the table.
fn mentioned(words: &str, key: Option<&str>) -> Named {
    Named { name: words.into(), entity: key.map(entity), mention: Some(span(words)), link: None }
}

/// One statement of each sort, so that every term of the vocabulary is used.
pub fn statements() -> Vec<Statement> {
    let promise = Statement {
        date: Some(StatementDate {
            not_before: None,
            not_after: Some(date(2024, 5, 16)),
            basis: DateBasis::Publication,
            mention: None,
        }),
        ..statement(
            Kind::Direct,
            &["Nous planterons mille arbres", "et mille autres ensuite"],
            "a promis",
            Actor {
                link: link("Maëlle Kervadec", Method::Name, 0.38, &["Q76"]),
                ..actor("Maëlle Kervadec", "Maëlle Kervadec", ActorKind::Person)
            },
        )
    };
    let andorra = entity("Q228");
    let delay = Statement {
        about: [Named {
            name: "OTAN".into(),
            entity: Some(entity("Q7184")),
            mention: Some(span("l'OTAN")),
            link: None,
        }]
        .into(),
        relayed_by: [Named {
            name: "L'Écho du Val".into(),
            entity: None,
            mention: Some(span("L'Écho du Val")),
            link: None,
        }]
        .into(),
        date: Some(StatementDate {
            not_before: Some(date(2024, 5, 14)),
            not_after: Some(date(2024, 5, 14)),
            basis: DateBasis::Text,
            mention: Some(span("mardi")),
        }),
        ..statement(
            Kind::Indirect,
            &["la fête de l'OTAN était reportée"],
            "a confirmé",
            Actor {
                entity: entities().get(andorra).authority,
                metonym: Some(andorra),
                link: link("Andorre", Method::Place, 0.97, &[]),
                ..actor("Andorre", "Andorre", ActorKind::Authority)
            },
        )
    };
    let candidate = |name, kind, share| Candidate { actor: actor(name, "Un riverain", kind), share };
    let rumour = Statement {
        polarity: Polarity::Hearsay,
        candidates: [
            candidate("un riverain", ActorKind::Unnamed, 0.55),
            candidate("Maëlle Kervadec", ActorKind::Person, 0.45),
        ]
        .into(),
        ..statement(
            Kind::Indirect,
            &["le bal serait annulé"],
            "raconte",
            actor("un riverain", "Un riverain", ActorKind::Unnamed),
        )
    };
    let report = Statement {
        polarity: Polarity::Denied,
        confidence: 1.0,
        ..statement(
            Kind::Mixed,
            &["le pont soit « solide »"],
            "dément",
            actor("le rapport", "Le rapport", ActorKind::Document),
        )
    };
    let kervadec = actor("Maëlle Kervadec", "Maëlle Kervadec", ActorKind::Person);
    let question = Statement {
        polarity: Polarity::Question,
        addressee: Some(mentioned("élus", None).into()),
        medium: Some(mentioned("lettre", None).into()),
        ..statement(
            Kind::Direct,
            &["Qui paiera ?"],
            "a demandé",
            Actor { link: link("Kervadec", Method::PartOfName, 0.0, &[]), ..kervadec.clone() },
        )
    };
    let supposition = Statement {
        polarity: Polarity::Hypothetical,
        addressee: Some(mentioned("AFP", Some("Q40464")).into()),
        medium: Some(mentioned("France Inter", Some("Q19905")).into()),
        ..statement(
            Kind::Indirect,
            &["le bal serait triste si le pont fermait"],
            "prévient",
            Actor { link: link("maire du Vallon", Method::Office, 0.9, &[]), ..kervadec },
        )
    };
    let fanfare = statement(
        Kind::Indirect,
        &["une fanfare"],
        "annonce",
        Actor { role: Some(span("maire du Vallon")), ..actor("Inès Morel", "Inès Morel", ActorKind::Person) },
    );
    vec![promise, delay, rumour, report, question, supposition, fanfare]
}

/// The sample as quads.
pub fn quads() -> Vec<Quad> {
    describe_statements(&article(), &statements(), entities(), &base())
}

/// Whether the quads hold a triple, written as in N-Triples with `~` for the base.
pub fn holds(quads: &[Quad], triple: &str) -> bool {
    let wanted = triple.replace('~', base().as_str());
    quads.iter().any(|q| format!("{} {} {}", q.subject, q.predicate, q.object) == wanted)
}

/// A store with the sample at two addresses.
pub fn stored() -> Store {
    let store = Store::in_memory(base()).unwrap();
    store.add_article(&article(), &statements(), entities()).unwrap();
    let copy = Article { address: "https://vallon.example/2".to_owned(), ..article() };
    store.add_article(&copy, &statements(), entities()).unwrap();
    store
}

/// All that a store holds of articles, also what never leaves it: the vocabulary is the same in all.
pub fn everything(store: &Store) -> Vec<Quad> {
    let vocabulary = GraphName::from(store.base().ontology_graph());
    store.query_store().iter().map(Result::unwrap).filter(|quad| quad.graph_name != vocabulary).collect()
}

/// All that a store holds, as sorted lines.
pub fn dump(store: &Store) -> String {
    let mut lines: Vec<_> = everything(store).iter().map(Quad::to_string).collect();
    lines.sort();
    lines.join("\n")
}

/// The statement in the sample that has these words.
pub fn saying(store: &Store, article: &NamedNode, words: &str) -> NamedNode {
    let quads = store.query_store().quads_for_pattern(None, Some(schema::TEXT), None, Some(article.into()));
    let mut said = quads.map(Result::unwrap).filter(|quad| quad.object.to_string().contains(words));
    match said.next().map(|quad| quad.subject) {
        Some(NamedOrBlankNode::NamedNode(statement)) => statement,
        other => panic!("{words}: {other:?}"),
    }
}

/// A name about which a service was asked, with what it proposed, and one of which it knows nothing.
pub fn ask_around(store: &Store) {
    let asked = |name: &str| Asked {
        service: "https://api.example/fr".to_owned(),
        name: name.to_owned(),
        class: Some("http://www.wikidata.org/entity/Q5".to_owned()),
    };
    let proposal = |item: &str, score: f64| Proposal {
        item: format!("http://www.wikidata.org/entity/{item}"),
        name: "Maëlle Kervadec".to_owned(),
        description: Some("femme politique".to_owned()),
        score: Some(score),
        is_match: score == 100.0,
    };
    let proposals = vec![proposal("Q900001", 81.25), proposal("Q900002", 100.0)];
    store.keep_proposals(&[(asked("Maëlle Kervadec"), proposals), (asked("Inès Morel"), vec![])]).unwrap();
}

/// Somebody who puts things right.
pub const ANNA: Signature<'_> = Signature { by: "anna", note: Some("relu") };

/// A deed of each sort, of which one is undone.
pub fn put_right(store: &Store) {
    let first = base().article(&article().address);
    let change = |statement: &str, actors: &[Who], change: Amendment| {
        let statement = saying(store, &first, statement);
        store.correct(&statement, actors, change, ANNA, entities()).unwrap().remove(0)
    };
    let spring = Amendment {
        date: Some("2024-03..2024-04".parse().unwrap()),
        kind: Some(Kind::Indirect),
        ..Amendment::default()
    };
    change("Nous planterons", &[Who::Known(base().entity("Q40464"))], spring);
    let rejected = Amendment { rejected: true, ..Amendment::default() };
    change("la fête de l'OTAN", &[], rejected);
    let stranger = Who::New { name: "Jeanne Le Bihan".to_owned(), kind: ActorKind::Person };
    let undone = change("Qui paiera", &[stranger], Amendment::default());
    store.undo(&[undone.id], "bob", entities()).unwrap();
    store.merge(&base().entity("Q40464"), &[base().local_entity("L'Écho du Val")], false, ANNA, entities()).unwrap();
    let morel = base().local_entity("Inès Morel");
    store.reject(Whom::Actor(&morel), &["Q7184".to_owned()], Some(&first), ANNA, entities()).unwrap();
    let item = Item { id: "Q990000001".to_owned(), ..Item::default() };
    store.accept(&[Accepted { actor: morel, item }], false, ANNA, entities()).unwrap();
    store.rename(&base().local_entity("Maëlle Kervadec"), "Mme Kervadec", ANNA, entities()).unwrap();
}
