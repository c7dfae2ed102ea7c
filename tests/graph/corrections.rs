//! `edit`, `merge`, `undo` and `corrections`, as a user runs them on the articles of `seeds/`.

use assert_cmd::Command;
use dixit::graph::vocabulary::{dixit as terms, oa, schema};
use dixit::graph::{NamedNode, Store};
use oxigraph::model::{NamedNodeRef, Term};
use predicates::prelude::*;
use predicates::str::{contains, is_empty};
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// A folder with the articles of `seeds/`, and a store of them.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("seeds")).unwrap();
        for entry in fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/seeds")).unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, folder.path().join("seeds").join(path.file_name().unwrap())).unwrap();
        }
        let desk = Self { folder };
        desk.dixit(&["add", "seeds"]).assert().success();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn dixit(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dixit"));
        command.current_dir(self.folder.path()).env_remove("DIXIT_STORE").env("DIXIT_USER", "anna");
        command.env("LC_ALL", "en_GB.UTF-8").env("COLUMNS", "400").args(arguments);
        command
    }

    fn printed(&self, arguments: &[&str]) -> String {
        let output = self.dixit(arguments).output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    fn exported(&self) -> String {
        self.printed(&["export", "--format", "nquads"])
    }

    /// The IRI of the statement with these words.
    fn saying(&self, words: &str) -> String {
        let rows = self.printed(&["query", "containing", &format!("words={words}"), "--format", "csv"]);
        let iri = rows.split([',', '\r', '\n']).find(|cell| cell.contains("/statement/"));
        iri.unwrap_or_else(|| panic!("{words} in {rows}")).to_owned()
    }

    fn store(&self) -> Store {
        Store::open(&self.path(".dixit")).unwrap()
    }

    /// All that is said of a thing with a predicate, without the base.
    fn said(&self, store: &Store, subject: &str, predicate: NamedNodeRef<'_>) -> BTreeSet<String> {
        let subject = NamedNode::new(subject).unwrap();
        let quads = store.query_store().quads_for_pattern(Some((&subject).into()), Some(predicate), None, None);
        let value = |term: Term| match term {
            Term::NamedNode(iri) => store.base().relative(&iri).to_owned(),
            Term::Literal(literal) => literal.value().to_owned(),
            other => other.to_string(),
        };
        quads.map(|quad| value(quad.unwrap().object)).collect()
    }

    /// Puts words before the first paragraph of each article and takes its first word away.
    fn change_first_paragraphs(&self) {
        for entry in fs::read_dir(self.path("seeds")).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "txt") {
                let text = fs::read_to_string(&path).unwrap();
                let rest = text.split_once(' ').unwrap().1;
                fs::write(&path, format!("Mis à jour à midi 🕛 par la rédaction. {rest}")).unwrap();
            }
        }
    }
}

/// Each passage of evidence is what the text has at its place.
fn evidence_is_right(store: &Store) {
    let graph = store.query_store();
    let literal = |subject: &NamedNode, predicate: NamedNodeRef<'_>| {
        let mut quads = graph.quads_for_pattern(Some(subject.into()), Some(predicate), None, None);
        match quads.next().map(|quad| quad.unwrap().object) {
            Some(Term::Literal(literal)) => Some(literal.value().to_owned()),
            _ => None,
        }
    };
    let named = |term: Term| match term {
        Term::NamedNode(iri) => iri,
        other => panic!("{other}"),
    };
    let mut seen = 0;
    for evidence in graph.quads_for_pattern(None, Some(terms::EVIDENCE), None, None) {
        let evidence = named(evidence.unwrap().object);
        let article = NamedNode::new(evidence.as_str().split('#').next().unwrap()).unwrap();
        let text: Vec<char> = literal(&article, schema::ARTICLE_BODY).unwrap().chars().collect();
        let selectors = graph.quads_for_pattern(Some((&evidence).into()), Some(oa::HAS_SELECTOR), None, None);
        let selectors: Vec<_> = selectors.map(|quad| named(quad.unwrap().object)).collect();
        let told = |predicate| selectors.iter().find_map(|selector| literal(selector, predicate)).unwrap();
        let number = |predicate| told(predicate).parse::<usize>().unwrap();
        let words: String = text[number(oa::START)..number(oa::END)].iter().collect();
        assert_eq!(words, told(oa::EXACT));
        seen += 1;
    }
    assert!(seen > 50, "{seen}");
}

#[test]
fn corrections_hold_when_the_articles_come_with_another_first_paragraph() {
    let desk = Desk::new();
    let before = desk.exported();
    let (who, when, nobody) = (
        desk.saying("La population de l'est du pays"),
        desk.saying("L'été sera long"),
        desk.saying("Quelqu'un va se brûler"),
    );
    desk.dixit(&["edit", &who, "--actor", "Dmitri Peskov", "--kind", "indirect", "--note", "le porte-parole"])
        .assert()
        .success()
        .stdout(predicates::str::is_match("^[0-9a-f]{16}\n$").unwrap())
        .stderr(contains("actor: Dmitry Peskov; kind: indirect"));
    desk.dixit(&["edit", &when, "--date", "2021-04-06..2021-04-07"]).assert().success();
    desk.dixit(&["edit", &nobody, "--reject", "--by", "bob"]).assert().success();
    desk.dixit(&["merge", "Thibaud Orsenne", "Irène Castelvan"])
        .assert()
        .success()
        .stderr("Irène Castelvan → Thibaud Orsenne\n");
    let holds = |desk: &Desk| {
        let store = desk.store();
        evidence_is_right(&store);
        let of = |words: &str| {
            let texts = store.query_store().quads_for_pattern(None, Some(schema::TEXT), None, None);
            let texts = texts.map(Result::unwrap).filter(|quad| quad.object.to_string().contains(words));
            texts.map(|quad| quad.subject.to_string().trim_matches(['<', '>']).to_owned()).collect::<Vec<_>>()
        };
        let statement = of("La population de l'est du pays").remove(0);
        assert_eq!(desk.said(&store, &statement, terms::ACTOR), BTreeSet::from(["entity/dmitri-peskov".to_owned()]));
        assert_eq!(desk.said(&store, &statement, terms::CORRECTED_BY).len(), 1);
        let statement = of("L'été sera long").remove(0);
        assert_eq!(desk.said(&store, &statement, terms::SAID_NOT_BEFORE), BTreeSet::from(["2021-04-06".to_owned()]));
        assert_eq!(desk.said(&store, &statement, terms::SAID_NOT_AFTER), BTreeSet::from(["2021-04-07".to_owned()]));
        assert_eq!(of("Quelqu'un va se brûler"), Vec::<String>::new());
        let statement = of("Il faudra des années").remove(0);
        assert_eq!(desk.said(&store, &statement, terms::ACTOR), BTreeSet::from(["entity/thibaud-orsenne".to_owned()]));
    };
    holds(&desk);
    desk.change_first_paragraphs();
    desk.dixit(&["add", "seeds"]).assert().success().stderr(contains("12 changed").and(contains("correction").not()));
    holds(&desk);
    assert_ne!(desk.saying("La population de l'est du pays"), who);
    let listed = desk.printed(&["corrections"]);
    assert_eq!(listed.matches(" done ").count(), 4, "{listed}");
    assert!(listed.contains("bob, 20") && listed.contains("le porte-parole"), "{listed}");
    desk.dixit(&["add", "seeds"]).assert().success().stderr(contains("12 unchanged"));
    let asked = desk.printed(&["query", "what-did-say", "who=Irène Castelvan", "--format", "csv"]);
    assert!(asked.contains("Il faudra des années") && asked.contains("L'été sera long"), "{asked}");

    // Every output says so.
    let shown = desk.printed(&["show", "04-kremlin-reponse.txt"]);
    assert!(shown.contains(" · corrected by anna, 20"), "{shown}");
    let lines = desk.printed(&["export", "--format", "jsonl"]);
    assert!(lines.lines().filter(|line| line.contains("\"corrected_by\":[{\"date\":\"20")).count() > 4, "{lines}");
    assert!(desk.printed(&["export", "--format", "csv"]).contains(",\"anna, 20"));
    let asked = desk.printed(&["query", "what-did-say", "who=Peskov"]);
    assert!(asked.contains("corrected by") && asked.contains("anna, 20"), "{asked}");
    assert!(!desk.printed(&["query", "what-did-say", "who=Zelensky"]).contains("corrected by"));

    // A choice of statements has the corrections of those, and nothing that holds for whole articles.
    let chosen = desk.printed(&["export", "--actor", "Thibaud Orsenne"]);
    assert!(chosen.contains("dixit:correctedBy") && chosen.contains("dixit:kept entity:thibaud-orsenne"), "{chosen}");
    assert!(!chosen.contains("Triples") && !chosen.contains("dixit:setAside"), "{chosen}");

    // What was put right goes to another store as a file, and all of it can be undone.
    for file in ["corrections.tsv", "corrections.ttl"] {
        let format = if file.ends_with("tsv") { "tsv" } else { "turtle" };
        desk.dixit(&["corrections", "--format", format, "-o", file]).assert().success().stdout(is_empty());
        desk.dixit(&["add", "seeds", "--store", format]).assert().success();
        desk.dixit(&["corrections", "--import", file, "--store", format])
            .assert()
            .success()
            .stderr("4 new, 0 undone, 0 known already\n");
        assert_eq!(desk.printed(&["export", "--format", "nquads", "--store", format]), desk.exported());
        assert_eq!(
            desk.printed(&["corrections", "--format", format, "--store", format]),
            fs::read_to_string(desk.path(file)).unwrap()
        );
    }
    let ids: Vec<String> = desk
        .printed(&["corrections", "--format", "tsv"])
        .lines()
        .skip(1)
        .map(|line| line.split('\t').next().unwrap().to_owned())
        .collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    desk.dixit(&[&["undo"], &ids[..]].concat()).assert().success().stderr(contains("undone: ").count(4));
    for entry in fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/seeds")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, desk.path("seeds").join(path.file_name().unwrap())).unwrap();
    }
    desk.dixit(&["add", "seeds"]).assert().success();
    let after = desk.exported();
    let new = after.lines().filter(|line| !before.lines().any(|old| old == *line));
    let new: Vec<&str> = new.filter(|line| !line.ends_with("/graph/curation> .")).collect();
    assert_eq!(new, Vec::<&str>::new());
    assert!(before.lines().all(|line| after.lines().any(|new| new == line)));
}

#[test]
fn a_correction_that_fits_no_more_is_told_and_kept() {
    let desk = Desk::new();
    let statement = desk.saying("L'été sera long");
    desk.dixit(&["edit", &statement, "--reject"]).assert().success();
    let path = desk.path("seeds/04-kremlin-reponse.txt");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("L'été sera long pour les soldats dans les tranchées", "Rien à dire de plus"))
        .unwrap();
    let told = "04-kremlin-reponse.txt: 1 correction fits no statement any more: see dixit corrections --loose\n";
    desk.dixit(&["add", "seeds"]).assert().success().stderr(contains(told));
    assert!(desk.printed(&["corrections", "--loose"]).contains(" loose "));
    fs::write(&path, text).unwrap();
    desk.dixit(&["add", "seeds"]).assert().success().stderr(contains(told).not());
    desk.dixit(&["corrections", "--loose"]).assert().success().stdout(is_empty());
}

#[test]
fn what_cannot_be_done_is_told_in_one_line_and_changes_nothing() {
    let desk = Desk::new();
    let statement = desk.saying("L'été sera long");
    let key = statement.split("/article/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    let before = desk.exported();
    let fails = |arguments: &[&str], code: i32, message: &str| {
        let begin = format!("dixit: {message}");
        desk.dixit(arguments).assert().code(code).stdout(is_empty()).stderr(predicate::str::starts_with(begin));
        assert_eq!(desk.exported(), before, "{arguments:?}");
    };
    let gone = format!("{key}/1-2");
    fails(&["edit", &gone, "--reject"], 1, &format!("statement article/{key}/statement/1-2 is gone: "));
    fails(&["edit", "0123456789abcdef/1-2", "--reject"], 1, "no article `0123456789abcdef` in the store: ");
    fails(&["edit", "L'été", "--reject"], 1, "`L'été` is no statement: write its IRI");
    let actor = |name| ["edit", &statement, "--actor", name];
    fails(&actor("Dmitri Pesko"), 1, "no entity is called `Dmitri Pesko`; did you mean Dmitri Peskov?");
    fails(&actor("Nemo Nescio"), 1, "no entity is called `Nemo Nescio`; it may not be in the store yet (--new person|");
    fails(&[&actor("NATO")[..], &["--new", "person"]].concat(), 1, "NATO (Q7184) is known by the name `NATO`");
    fails(&["merge", "NATO", "Thibaud Orsenne"], 1, "entity/thibaud-orsenne and entity/Q7184 are things of different");
    fails(&["merge", "NATO", "Q7184"], 1, "entity/Q7184 cannot be merged into entity/Q7184: ");
    fails(&["undo", "beef"], 1, "no correction or merge `beef`: `dixit corrections` lists them");
    fails(&["corrections", "--import", "none.tsv"], 1, "none.tsv: ");
    fails(&["corrections", "--import", "seeds/articles.csv"], 1, "seeds/articles.csv: corrections are in a file");
    fs::write(desk.path("bad.tsv"), "id\tdeed\tby\tat\nx\tmerge\tanna\tmidi\n").unwrap();
    fails(&["corrections", "--import", "bad.tsv"], 1, "bad.tsv: line 2, column 1: `merged` is empty");
    fs::write(desk.path("bad.ttl"), "@prefix dixit: <https://w3id.org/dixit#> .\n<a> dixit:kept .\n").unwrap();
    fails(&["corrections", "--import", "bad.ttl"], 1, "bad.ttl: line 2, column ");

    let (no_date, no_name) = (["edit", &statement, "--date", "mars"], ["edit", &statement, "--actor", ""]);
    for wrong in [&["edit", &statement][..], &no_date, &no_name, &["merge", "NATO"], &["undo"]] {
        desk.dixit(wrong).assert().code(2).stdout(is_empty());
    }
    let mut nobody = desk.dixit(&["edit", &statement, "--reject"]);
    nobody.env_remove("DIXIT_USER").env_remove("USER").env_remove("LOGNAME");
    nobody.assert().code(1).stderr("dixit: who are you? Write --by NAME, or set DIXIT_USER\n");
    desk.dixit(&["undo", "beef", "--store", "none"]).assert().code(1).stderr(contains("no store at none"));
}
