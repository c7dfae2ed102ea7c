//! What people put right: it holds when the article comes again, and can be undone without a trace in the articles.

use crate::sample::*;
use dixit::article::Article;
use dixit::extract::{ActorKind, Kind, Statement};
use dixit::graph::curation::{Amendment, CurationError, Deed, ImportError, State, Who};
use dixit::graph::vocabulary::{dixit as terms, schema};
use dixit::graph::{Base, Change, ExportFormat, Import, ImportFormat, NamedNode, Store, Texts, export};
use oxigraph::model::Quad;
use std::collections::BTreeSet;
use std::slice::from_ref;

fn store() -> Store {
    let store = Store::in_memory(base()).unwrap();
    store.add_article(&article(), &statements(), entities()).unwrap();
    store
}

pub fn first() -> NamedNode {
    base().article(&article().address)
}

pub fn agency() -> NamedNode {
    base().entity("Q40464")
}

pub fn echo() -> NamedNode {
    base().local_entity("L'Écho du Val")
}

fn edit(store: &Store, words: &str, actors: &[Who], change: Amendment) -> Deed {
    let statement = saying(store, &first(), words);
    store.correct(&statement, actors, change, ANNA, entities()).unwrap().remove(0)
}

fn merge(store: &Store, kept: &NamedNode, merged: &NamedNode) -> Deed {
    store.merge(kept, from_ref(merged), false, ANNA, entities()).unwrap().remove(0)
}

pub fn undo(store: &Store, deed: &Deed) {
    store.undo(from_ref(&deed.id), "bob", entities()).unwrap();
}

pub fn rejected() -> Amendment {
    Amendment { rejected: true, ..Amendment::default() }
}

fn states(store: &Store) -> Vec<State> {
    store.corrections().unwrap().iter().map(|listed| listed.state).collect()
}

/// All that the graphs of articles hold.
fn articles(store: &Store) -> BTreeSet<String> {
    let of_article = |quad: &Quad| quad.graph_name.to_string().contains("/article/");
    everything(store).iter().filter(|quad| of_article(quad)).map(Quad::to_string).collect()
}

/// The sample with other words before it.
pub fn changed() -> (Article, Vec<Statement>) {
    let text = format!("Mise à jour : la fête aura lieu.\n{TEXT}");
    let by = text.len() - TEXT.len();
    let mut statements = statements();
    for statement in &mut statements {
        move_by(statement, by);
    }
    (Article { text, ..article() }, statements)
}

fn move_by(statement: &mut Statement, by: usize) {
    let mut spans: Vec<_> = statement.spans.iter_mut().collect();
    let mut mentions: Vec<_> = statement.actors.iter_mut().map(|actor| &mut actor.mention).collect();
    spans.append(&mut mentions);
    let mut candidates: Vec<_> = statement.candidates.iter_mut().map(|other| &mut other.actor.mention).collect();
    spans.append(&mut candidates);
    spans.extend(statement.cue.iter_mut().map(|cue| &mut cue.span));
    for span in spans {
        span.start += by;
        span.end += by;
    }
    // The rest is not asked for here.
    statement.relayed_by = [].into();
    (statement.addressee, statement.medium, statement.date) = (None, None, None);
    statement.actors.iter_mut().for_each(|actor| actor.role = None);
}

#[test]
fn a_correction_takes_the_place_of_what_was_found() {
    let store = store();
    let before = articles(&store);
    let change =
        Amendment { date: Some("2024-03..2024-04".parse().unwrap()), kind: Some(Kind::Mixed), ..Amendment::default() };
    let deed = edit(&store, "la fête de l'OTAN", &[Who::Known(agency())], change);
    let statement = saying(&store, &first(), "la fête de l'OTAN");
    let quads = everything(&store);
    let of: Vec<_> = quads.iter().filter(|quad| quad.subject == statement.clone().into()).collect();
    let said = |predicate: &str| {
        let objects = of.iter().filter(|quad| quad.predicate.as_str().ends_with(predicate));
        objects.map(|quad| quad.object.to_string().replace(base().as_str(), "~")).collect::<Vec<_>>()
    };
    let entity = "<~entity/Q40464>".to_owned();
    assert_eq!((said("#actor"), said("/spokenByCharacter")), (vec![entity.clone()], vec![entity]));
    assert_eq!((said("#metonym").len(), said("#dateMention").len()), (0, 0));
    assert_eq!(said("#kind"), ["<https://w3id.org/dixit#Mixed>"]);
    assert_eq!(said("#dateBasis"), ["<https://w3id.org/dixit#SetByHand>"]);
    assert!(said("#saidNotBefore")[0].contains("2024-03-01") && said("#saidNotAfter")[0].contains("2024-04-30"));
    assert!(said("-ns#type").contains(&"<http://schema.org/Quotation>".to_owned()));
    assert_eq!(said("#correctedBy"), [format!("<~curation/{}>", deed.id)]);
    assert_eq!(said("#speakerMention"), ["\"Andorre\""]);

    undo(&store, &deed);
    assert_eq!(articles(&store), before);
    assert_eq!(states(&store), [State::Undone]);
}

#[test]
fn a_rejected_statement_goes_with_its_evidence_and_with_a_source_of_its_own() {
    let store = store();
    let before = articles(&store);
    let statement = saying(&store, &first(), "le bal serait annulé");
    let deed = edit(&store, "le bal serait annulé", &[], rejected());
    let is_text = |line: &String| line.contains("Triples>") || line.contains("/articleBody>");
    let left = articles(&store).into_iter().filter(|line| !is_text(line)).collect::<Vec<_>>();
    for gone in [statement.as_str(), "un-riverain", "le bal serait annulé"] {
        assert!(!left.iter().any(|line| line.contains(gone)), "{gone}");
    }
    let error = store.find_statement(statement.as_str()).unwrap_err();
    assert!(matches!(&error, CurationError::Rejected { by, .. } if by == "anna"), "{error}");
    undo(&store, &deed);
    assert_eq!(articles(&store), before);
    assert_eq!(store.find_statement(statement.as_str()).unwrap(), statement);
}

#[test]
fn statements_have_long_names_and_short_ones() {
    let store = store();
    let statement = saying(&store, &first(), "Qui paiera");
    let below = statement.as_str().strip_prefix(base().as_str()).unwrap();
    let short = below.strip_prefix("article/").unwrap().replace("/statement", "");
    let cut = format!("{}/{}", &short[..6], short.split('/').nth(1).unwrap());
    let by_file = format!("fete.txt/{}", short.split('/').nth(1).unwrap());
    for name in [statement.as_str(), &statement.to_string(), below, &short, &cut, &by_file, &format!(" {short} ")] {
        assert_eq!(store.find_statement(name).unwrap(), statement, "{name}");
    }
    let before = dump(&store);
    let gone = |name: &str| store.find_statement(name).unwrap_err();
    assert!(matches!(gone("Qui paiera"), CurationError::NotAStatement(name) if name == "Qui paiera"));
    assert!(matches!(gone(first().as_str()), CurationError::NotAStatement(_)));
    assert!(matches!(gone("0123456789abcdef/1-2"), CurationError::Article(_)));
    let nowhere = base().article("/nowhere").as_str().to_owned() + "/statement/1-2";
    assert!(matches!(gone(&nowhere), CurationError::NoArticle(_)));
    assert!(matches!(gone(&(short.split('/').next().unwrap().to_owned() + "/1-2")), CurationError::NoStatement(_)));
    let missing = NamedNode::new(format!("{}/statement/1-2", first().as_str())).unwrap();
    assert!(store.correct(&missing, &[], rejected(), ANNA, entities()).is_err());
    assert_eq!(dump(&store), before);
}

#[test]
fn a_correction_holds_in_a_text_that_has_changed_and_waits_for_an_article_that_is_gone() {
    let store = store();
    edit(&store, "Nous planterons", &[Who::Known(agency())], Amendment::default());
    edit(&store, "le bal serait annulé", &[], rejected());
    let (article, mut statements) = changed();
    assert_eq!(store.add_article(&article, &statements, entities()).unwrap(), Change::Changed);
    assert_eq!(states(&store), [State::Done, State::Done]);
    assert_eq!(store.loose_corrections(&article).unwrap(), 0);
    let actor = format!("{} {} {}", saying(&store, &first(), "Nous planterons"), terms::ACTOR, agency());
    assert!(articles(&store).iter().any(|line| line.starts_with(&actor)));
    assert!(store.is_unchanged(&article, entities()).unwrap());

    store.remove_article(&first()).unwrap();
    assert_eq!(states(&store), [State::Waiting, State::Waiting]);
    assert_eq!(articles(&store), BTreeSet::new());

    statements.retain(|statement| !statement.text(&article.text).contains("planterons"));
    store.add_article(&article, &statements, entities()).unwrap();
    assert_eq!(states(&store), [State::Loose, State::Done]);
    assert_eq!(store.loose_corrections(&article).unwrap(), 1);
}

#[test]
fn a_new_actor_stays_known_when_the_article_is_gone() {
    let store = store();
    let new = Who::New { name: "Jeanne Le Bihan".to_owned(), kind: ActorKind::Person };
    let unnamed = Who::New { name: "une riveraine".to_owned(), kind: ActorKind::Unnamed };
    edit(&store, "Nous planterons", from_ref(&new), Amendment::default());
    edit(&store, "le bal serait annulé", &[unnamed], Amendment::default());
    let statement = saying(&store, &first(), "Nous planterons");
    let again = store.correct(&statement, &[new], Amendment::default(), ANNA, entities());
    assert!(matches!(again, Err(CurationError::Known { .. })));
    let before = dump(&store);
    store.remove_article(&first()).unwrap();
    for label in ["Jeanne Le Bihan", "une riveraine"] {
        assert!(dump(&store).contains(&format!("rdf-schema#label> \"{label}\"@fr")), "{label}");
    }
    store.add_article(&article(), &statements(), entities()).unwrap();
    assert_eq!(dump(&store), before);
}

#[test]
fn what_was_merged_is_named_nowhere_and_its_names_lead_to_what_was_kept() {
    let store = store();
    let before = articles(&store);
    let deed = merge(&store, &agency(), &echo());
    let kept = articles(&store).into_iter().filter(|line| !line.contains("Triples>") && !line.contains("#setAside"));
    let named = format!("> {} <", echo());
    assert_eq!(kept.filter(|line| line.contains(&named)).collect::<Vec<_>>(), Vec::<String>::new());
    let name = |name: &str| {
        let table = dixit::query::names::NoTable;
        let names = dixit::query::names::Names::new(store.query_store(), &table, dixit::query::Language::Fr);
        names.resolve(name).unwrap().iri
    };
    for told in ["L'Écho du Val", "écho du val", echo().as_str(), &echo().to_string()] {
        assert_eq!(name(told), agency(), "{told}");
    }
    // What comes later is merged, too.
    let copy = Article { address: "https://vallon.example/2".to_owned(), ..article() };
    store.add_article(&copy, &statements(), entities()).unwrap();
    assert!(store.is_unchanged(&copy, entities()).unwrap());
    let relays = |thing: &NamedNode| {
        let quads = store.query_store().quads_for_pattern(None, Some(terms::RELAYED_BY), Some(thing.into()), None);
        quads.count()
    };
    assert_eq!((relays(&agency()), relays(&echo())), (2, 0));
    store.remove_article(&base().article(&copy.address)).unwrap();
    undo(&store, &deed);
    assert_eq!(articles(&store), before);
    assert_eq!(name("L'Écho du Val"), echo());
}

#[test]
fn merges_are_followed_to_their_end_and_undone_in_any_order() {
    let store = store();
    let before = articles(&store);
    let inter = base().entity("Q19905");
    let one = merge(&store, &agency(), &echo());
    let two = merge(&store, &inter, &agency());
    let relayed = |thing: &NamedNode| {
        let relays = store.query_store().quads_for_pattern(None, Some(terms::RELAYED_BY), Some(thing.into()), None);
        relays.count()
    };
    assert_eq!(relayed(&inter), 1);
    let back = store.merge(&echo(), from_ref(&inter), false, ANNA, entities());
    assert!(matches!(back, Err(CurationError::Contradiction { .. })), "{back:?}");
    let twice = store.merge(&inter, &[echo()], false, ANNA, entities());
    assert!(matches!(twice, Err(CurationError::Contradiction { .. })), "{twice:?}");
    let itself = store.merge(&inter, from_ref(&inter), false, ANNA, entities());
    assert!(matches!(itself, Err(CurationError::Contradiction { .. })), "{itself:?}");
    undo(&store, &one);
    assert_eq!((relayed(&inter), relayed(&echo())), (0, 1));
    undo(&store, &two);
    assert_eq!(articles(&store), before);
}

#[test]
fn things_of_different_sorts_are_merged_only_by_force() {
    let store = store();
    let nato = base().entity("Q7184");
    let person = base().local_entity("Maëlle Kervadec");
    let clash = store.merge(&nato, from_ref(&person), false, ANNA, entities());
    assert!(matches!(clash, Err(CurationError::Clash { .. })), "{clash:?}");
    assert!(store.merge(&nato, &[person], true, ANNA, entities()).is_ok());
    let source = NamedNode::new(format!("{}/actor/un-riverain", first().as_str())).unwrap();
    let shared = store.merge(&source, &[nato], false, ANNA, entities());
    assert!(matches!(shared, Err(CurationError::NotShared(_))), "{shared:?}");
    let nobody = store.merge(&base().entity("nobody"), &[agency()], false, ANNA, entities());
    assert!(matches!(nobody, Err(CurationError::Unknown(_))), "{nobody:?}");
}

#[test]
fn where_two_candidates_are_one_there_is_no_doubt_left() {
    let store = store();
    let source = NamedNode::new(format!("{}/actor/un-riverain", first().as_str())).unwrap();
    merge(&store, &base().local_entity("Maëlle Kervadec"), &source);
    let doubt = store.query_store().quads_for_pattern(None, Some(terms::CANDIDATE_ACTOR), None, None);
    assert_eq!(doubt.count(), 0);
}

#[test]
fn an_outlet_under_two_names_has_no_copies_of_its_articles() {
    let store = Store::in_memory(base()).unwrap();
    let bare = |outlet: &str, path: &str| Article {
        outlet: Some(outlet.to_owned()),
        ..bare_article(path, "Il pleut sur le Vallon.")
    };
    store.add_article(&bare("La Gazette", "/a.txt"), &[], entities()).unwrap();
    store.add_article(&bare("Gazette du Val", "/b.txt"), &[], entities()).unwrap();
    let gazette = base().local_entity("La Gazette");
    merge(&store, &gazette, &base().local_entity("Gazette du Val"));
    let publishers =
        store.query_store().quads_for_pattern(None, Some(schema::PUBLISHER), Some((&gazette).into()), None);
    assert_eq!(publishers.count(), 2);
    let again = store.add_article(&bare("Gazette du Val", "/c.txt"), &[], entities()).unwrap();
    assert_eq!(again, Change::Unchanged);
}

#[test]
fn an_article_that_takes_the_place_of_a_copy_takes_its_corrections_over() {
    let store = Store::in_memory(base()).unwrap();
    let bare = Article { url: None, outlet: None, address: "/fete.txt".to_owned(), ..article() };
    store.add_article(&bare, &statements(), entities()).unwrap();
    let statement = saying(&store, &base().article("/fete.txt"), "Qui paiera");
    store.correct(&statement, &[Who::Known(agency())], Amendment::default(), ANNA, entities()).unwrap();
    store.add_article(&article(), &statements(), entities()).unwrap();
    assert_eq!(states(&store), [State::Done]);
    let actor = format!("{} {} {}", saying(&store, &first(), "Qui paiera"), terms::ACTOR, agency());
    assert!(articles(&store).iter().any(|line| line.starts_with(&actor)));
}

#[test]
fn undoing_is_all_or_nothing() {
    let store = store();
    let one = edit(&store, "Qui paiera", &[], rejected());
    let two = edit(&store, "Nous planterons", &[], rejected());
    let before = dump(&store);
    let ids = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
    let undo = |list: &[&str]| store.undo(&ids(list), "bob", entities());
    assert!(matches!(undo(&[&one.id, "beef"]), Err(CurationError::NoDeed(id)) if id == "beef"));
    assert!(matches!(undo(&[""]), Err(CurationError::NoDeed(_))));
    assert_eq!(dump(&store), before);
    assert_eq!(undo(&[&one.id[..12], &two.id, &one.id]).unwrap().len(), 2);
    assert!(matches!(undo(&[&one.id]), Err(CurationError::Undone { by, .. }) if by == "bob"));
}

/// What is written is taken in again, by a store that has the articles and by one that gets them afterwards.
#[test]
fn deeds_go_from_store_to_store() {
    let here = stored();
    put_right(&here);
    let new = Who::New { name: "Tab\tet \\n\n\"guillemets\"".to_owned(), kind: ActorKind::Organisation };
    edit(&here, "Qui paiera", &[new], Amendment::default());
    let deeds: Vec<Deed> = here.corrections().unwrap().into_iter().map(|listed| listed.deed).collect();
    let tsv = here.corrections_as_tsv(&deeds).unwrap();
    let mut turtle = Vec::new();
    here.write_corrections(&deeds, &mut turtle).unwrap();
    let turtle = String::from_utf8(turtle).unwrap();
    let import = |store: &Store, form: &str| match form {
        "tsv" => store.import_tsv(&tsv, entities()).unwrap(),
        _ => store.import_turtle(&turtle, entities()).unwrap(),
    };
    for form in ["tsv", "ttl"] {
        let there = stored();
        let imported = import(&there, form);
        assert_eq!((imported.new, imported.known, imported.undone), (deeds.len(), 0, 0));
        assert_eq!(dump(&there), dump(&here), "{form}");
        assert_eq!(there.corrections_as_tsv(&deeds).unwrap(), tsv);
        assert_eq!(import(&there, form).known, deeds.len());
        assert_eq!(dump(&there), dump(&here), "{form}, twice");

        let later = Store::in_memory(base()).unwrap();
        import(&later, form);
        later.add_article(&article(), &statements(), entities()).unwrap();
        let copy = Article { address: "https://vallon.example/2".to_owned(), ..article() };
        later.add_article(&copy, &statements(), entities()).unwrap();
        assert_eq!(dump(&later), dump(&here), "{form}, before the articles");
    }
    // A table has no base in it.
    let elsewhere = Store::in_memory(Base::default()).unwrap();
    elsewhere.add_article(&article(), &statements(), entities()).unwrap();
    elsewhere.import_tsv(&tsv, entities()).unwrap();
    assert_eq!(states(&elsewhere), states(&here));
    assert_eq!(
        elsewhere
            .corrections_as_tsv(&elsewhere.corrections().unwrap().into_iter().map(|l| l.deed).collect::<Vec<_>>())
            .unwrap(),
        tsv
    );
}

/// An export has all that it takes to undo what was done; what the store keeps for itself comes again.
#[test]
fn what_was_put_right_can_be_undone_after_an_export_and_import() {
    let here = stored();
    let before = articles(&here);
    put_right(&here);
    let mut bytes = Vec::new();
    export(&here, ExportFormat::NQuads, Texts::Included, &mut bytes).unwrap();
    let import = Import::of_bytes("all.nq", bytes, ImportFormat::NQuads).unwrap();
    let there = Store::in_memory(base()).unwrap();
    there.import(&import, entities()).unwrap();
    assert_eq!(states(&there), states(&here));
    // A store with articles of its own gets what was put right elsewhere, too.
    let full = stored();
    full.import(&import, entities()).unwrap();
    let third = Article { address: "https://vallon.example/3".to_owned(), ..article() };
    for store in [&there, &full, &here] {
        store.add_article(&third, &statements(), entities()).unwrap();
        store.remove_article(&base().article(&third.address)).unwrap();
    }
    assert_eq!(articles(&full), articles(&here));
    for deed in here.corrections().unwrap().into_iter().filter(|listed| listed.state == State::Done) {
        undo(&there, &deed.deed);
    }
    assert_eq!(articles(&there), before);
}

#[test]
fn what_was_undone_elsewhere_is_undone_here() {
    let (here, there) = (store(), store());
    let deed = edit(&here, "Qui paiera", &[], rejected());
    let tsv = |store: &Store| {
        let deeds: Vec<Deed> = store.corrections().unwrap().into_iter().map(|listed| listed.deed).collect();
        store.corrections_as_tsv(&deeds).unwrap()
    };
    let before = tsv(&here);
    there.import_tsv(&before, entities()).unwrap();
    undo(&there, &deed);
    assert_eq!(here.import_tsv(&tsv(&there), entities()).unwrap().undone, 1);
    assert_eq!(dump(&here), dump(&there));
    // And stays so.
    assert_eq!(here.import_tsv(&before, entities()).unwrap().known, 1);
    assert_eq!(dump(&here), dump(&there));
}

#[test]
fn a_file_with_an_error_is_not_taken_in_at_all() {
    let here = stored();
    put_right(&here);
    let deeds: Vec<Deed> = here.corrections().unwrap().into_iter().map(|listed| listed.deed).collect();
    let tsv = here.corrections_as_tsv(&deeds).unwrap();
    let store = store();
    let before = dump(&store);
    let spoilt = |from: &str, to: &str| {
        assert!(tsv.contains(from), "{from} in\n{tsv}");
        store.import_tsv(&tsv.replacen(from, to, 1), entities()).unwrap_err().to_string()
    };
    let merge = 1 + tsv.lines().position(|line| line.contains("\tmerge\t")).unwrap();
    for (from, to, expected) in [
        ("\tkept\t", "\tkeep\t", "line 1, column "),
        ("id\t", "note\t", "line 1, column 1: there is no column `id`"),
        (
            "\tmerge\t",
            "\tmarriage\t",
            &format!("line {merge}, column 18: `marriage` is no deed: write correction, merge, rejection or renaming"),
        ),
        ("\t2024-03-01\t", "\tmars\t", "line 2, column "),
        ("\t2024-03-01\t2024-04-30", "\t2024-05-01\t2024-04-30", "line 2, column "),
        ("\tindirect\t", "\tloud\t", "line 2, column "),
        ("\tindirect\t", "\t", "line 2, column 1: 23 cells, but the first line names 24 columns"),
        ("\tanna\t", "\t\t", "line 2, column "),
        ("\tentity/Q40464\t", "\tentity/nobody\t", "line 2, column 1: nothing is known of entity/nobody"),
        ("<entity/jeanne-le-bihan> <", "entity <", "line 4, column "),
    ] {
        let error = spoilt(from, to);
        assert!(error.starts_with(expected), "{error}");
        assert_eq!(dump(&store), before);
    }
    // The ID is that of the deed as it was before somebody changed the line.
    let fresh = self::store();
    fresh.import_tsv(&tsv, entities()).unwrap();
    let error = fresh.import_tsv(&tsv.replacen("\trelu\t", "\tveto\t", 1), entities()).unwrap_err().to_string();
    assert!(error.starts_with("line 2, column 1: ") && error.contains(&deeds[0].id), "{error}");

    let fresh = self::store();
    let mut turtle = Vec::new();
    here.write_corrections(&deeds, &mut turtle).unwrap();
    let turtle = String::from_utf8(turtle).unwrap();
    let line = turtle.lines().position(|line| line.contains("dixit:curator")).unwrap() + 1;
    let broken = turtle.replacen("dixit:curator \"anna\"", "dixit:curator \"anna", 1);
    let error = fresh.import_turtle(&broken, entities()).unwrap_err();
    assert!(matches!(&error, ImportError::Turtle { line: at, .. } if *at >= line), "{error}");
    let nobody = turtle.replacen("dixit:curator \"anna\"", "dixit:cook \"anna\"", 1);
    let error = fresh.import_turtle(&nobody, entities()).unwrap_err();
    assert!(matches!(&error, ImportError::Record { line: at, .. } if *at < line && *at > 10), "{error}");
    assert_eq!(dump(&fresh), before);
}
