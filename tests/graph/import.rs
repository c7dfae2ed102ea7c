//! What an export wrote comes back, whole or not at all.

use crate::desk::{Desk, seeds};
use assert_cmd::assert::Assert;
use predicates::ord::eq;
use predicates::prelude::*;
use predicates::str::contains;
use std::io::Write;

const NQUADS: [&str; 2] = ["--format", "nquads"];
const WITH_TEXT: [&str; 3] = ["--format", "nquads", "--with-text"];

fn gzip(text: &str) -> Vec<u8> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(text.as_bytes()).unwrap();
    gzip.finish().unwrap()
}

#[test]
fn an_export_comes_back_in_the_same_bytes() {
    let desk = Desk::new();
    for (name, format, text) in [("a.nq", "nquads", &[][..]), ("a.trig", "trig", &["--with-text"])] {
        let options = [&["--format", format][..], text].concat();
        let exported = desk.export(&options);
        desk.write(name, &exported);
        let other = format!("store-{format}");
        desk.dixit(&["import", name, "--store", &other])
            .assert()
            .success()
            .stderr(contains("12 added, 0 changed; 138 statements\n"));
        assert_eq!(desk.export(&[&options[..], &["--store", &other]].concat()), exported);
        // And once more, into the store that holds it.
        desk.dixit(&["import", name, "--store", &other]).assert().success().stderr(contains("0 added, 12 changed; "));
        assert_eq!(desk.export(&[&options[..], &["--store", &other]].concat()), exported);
    }
}

#[test]
fn an_import_is_as_good_as_adding_the_articles() {
    let desk = Desk::new();
    let exported = desk.export(&WITH_TEXT);
    desk.write("a.nq", &exported);
    desk.dixit(&["import", "a.nq", "--store", "b"])
        .assert()
        .success()
        .stderr(eq("12 added, 0 changed; 138 statements\n"));
    desk.dixit(&["add", &seeds(), "--store", "b"])
        .assert()
        .success()
        .stderr(contains("0 added, 0 changed, 12 unchanged; "));

    // Without the texts, adding brings them.
    desk.write("a.nq", desk.export(&NQUADS));
    desk.dixit(&["import", "a.nq", "--store", "c"]).assert().success().stderr(contains("12 articles have no text: "));
    desk.dixit(&["add", &seeds(), "--store", "c"])
        .assert()
        .success()
        .stderr(contains("0 added, 12 changed, 0 unchanged; "));
    for store in ["b", "c"] {
        assert_eq!(desk.export(&[&WITH_TEXT[..], &["--store", store]].concat()), exported);
    }
}

/// Articles that came by a file and articles that were added are one store, copies of each other among them.
#[test]
fn what_a_file_brings_joins_what_is_there() {
    let desk = Desk::empty();
    let words = "Le pont du Vallon rouvrira lundi après deux ans de travaux, a promis la maire, Anne Roy, devant une \
                 cinquantaine de riverains venus écouter le détail du chantier et poser leurs questions sur le calendrier.";
    let line = |outlet: &str, day: &str| {
        format!(
            "{{\"text\": \"{words}\", \"url\": \"https://{outlet}.example/1\", \"outlet\": \"{outlet}\", \"published\": \"{day}\"}}\n"
        )
    };
    desk.write("early.jsonl", line("Courrier", "2024-05-01"));
    desk.write("late.jsonl", line("Gazette", "2024-05-02"));
    desk.dixit(&["add", "early.jsonl", "late.jsonl", "--store", "both"]).assert().success();
    let both = desk.export(&[&WITH_TEXT[..], &["--store", "both"]].concat());
    assert!(both.contains("sameTextAs"));
    for (first, second) in [("early.jsonl", "late.jsonl"), ("late.jsonl", "early.jsonl")] {
        let (store, other) = (format!("{first}.store"), format!("{first}.other"));
        desk.dixit(&["add", first, "--store", &store]).assert().success();
        desk.dixit(&["add", second, "--store", &other]).assert().success();
        desk.write("other.nq", desk.export(&[&WITH_TEXT[..], &["--store", &other]].concat()));
        desk.dixit(&["import", "other.nq", "--store", &store])
            .assert()
            .success()
            .stderr(contains("1 added, 0 changed; "));
        assert_eq!(desk.export(&[&WITH_TEXT[..], &["--store", &store]].concat()), both);
        // What the file brought can be removed again, and leaves no trace.
        desk.dixit(&[
            "remove",
            "--outlet",
            if first == "early.jsonl" { "Gazette" } else { "Courrier" },
            "--store",
            &store,
        ])
        .assert()
        .success();
        desk.dixit(&["add", first, "--store", &format!("{first}.alone")]).assert().success();
        let alone = desk.export(&[&WITH_TEXT[..], &["--store", &format!("{first}.alone")]].concat());
        assert_eq!(desk.export(&[&WITH_TEXT[..], &["--store", &store]].concat()), alone);
    }
}

#[test]
fn a_new_store_has_the_base_of_the_file() {
    let desk = Desk::empty();
    desk.dixit(&["add", &seeds(), "--base", "https://news.example/data/"]).assert().success();
    desk.write("a.nq", desk.export(&NQUADS));
    desk.dixit(&["import", "a.nq", "--store", "b"]).assert().success();
    assert_eq!(std::fs::read_to_string(desk.path("b/base-iri")).unwrap(), "https://news.example/data/\n");

    desk.write("a.txt", "Il pleut.");
    desk.dixit(&["add", "a.txt", "--store", "c"]).assert().success();
    desk.dixit(&["import", "a.nq", "--store", "c"])
        .assert()
        .code(1)
        .stderr(eq("dixit: the files hold data under https://news.example/data/, and the store c has the base \
         https://data.dixit.example/: choose another with --store\n"));
}

#[test]
fn packed_files_and_standard_input_are_read() {
    let desk = Desk::new();
    let exported = desk.export(&NQUADS);
    desk.write("a.nq.gz", gzip(&exported));
    desk.write("bom.nq", format!("\u{FEFF}{}", exported.replace('\n', "\r\n")));
    desk.dixit(&["import", "bom.nq", "--store", "windows"]).assert().success();
    desk.dixit(&["import", "a.nq.gz", "--store", "b"]).assert().success();
    desk.dixit(&["import", "-", "--format", "nquads", "--store", "c"]).write_stdin(exported.clone()).assert().success();
    for store in ["windows", "b", "c"] {
        assert_eq!(desk.export(&[&NQUADS[..], &["--store", store]].concat()), exported);
    }
    desk.dixit(&["import", "-", "--store", "d"])
        .assert()
        .code(2)
        .stderr(eq("dixit: standard input is imported alone, and with --format nquads or trig\n"));
}

/// Whatever is wrong is told in a line, and neither an old store nor a new one is touched.
#[test]
fn a_file_that_is_wrong_changes_nothing() {
    let desk = Desk::new();
    let before = desk.export(&WITH_TEXT);
    let good = "<http://a.example/s> <http://schema.org/name> \"x\" <http://a.example/g> .\n";
    let article = "<https://data.dixit.example/article/0123456789abcdef>";
    let typed = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <http://schema.org/NewsArticle>";
    let mend = "; nothing was imported: mend the file, or export it anew";
    let cases = [
        (
            "cut.nq",
            format!("{good}<http://a.example/s> <http://schema.org/na"),
            format!("cut.nq:2:22: Unexpected end of file{mend}"),
        ),
        (
            "iri.nq",
            format!("{good}{good}<a b> <http://a.example/p> \"x\" <http://a.example/g> .\n"),
            "iri.nq:3:".to_owned(),
        ),
        (
            "base.nq",
            "<s> <http://a.example/p> \"x\" <http://a.example/g> .\n".to_owned(),
            "base.nq:1:1: No scheme found".to_owned(),
        ),
        (
            "open.trig",
            "@prefix s: <http://schema.org/> .\ns:g {\n  s:a s:b \"x\n}".to_owned(),
            "open.trig:3:".to_owned(),
        ),
        (
            "prefix.trig",
            "a:g { a:s a:p a:o }".to_owned(),
            "prefix.trig:1:1: The prefix a: has not been declared".to_owned(),
        ),
        (
            "graph.nq",
            "<http://a.example/s> <http://schema.org/name> \"x\" .\n".to_owned(),
            "graph.nq: what is said of <http://a.example/s> stands in no graph: ".to_owned(),
        ),
        (
            "blank.nq",
            format!("_:b {}", &good[21..]),
            "blank.nq: the graph <http://a.example/g> has a blank node".to_owned(),
        ),
        (
            "object.trig",
            "@prefix s: <http://schema.org/> .\ns:g { s:a s:about [ s:name \"x\" ] }".to_owned(),
            "object.trig: ".to_owned(),
        ),
        (
            "place.nq",
            format!("{article} {typed} <http://a.example/g> .\n"),
            format!("place.nq: the article {article} does not stand in a graph of its own name"),
        ),
        (
            "bases.nq",
            format!("{article} {typed} {article} .\n{0} {typed} {0} .\n", article.replace("data.", "other.")),
            "bases.nq: data under https://other.dixit.example/ beside data under https://data.dixit.example/: "
                .to_owned(),
        ),
        (
            "a.ttl",
            good.to_owned(),
            "a.ttl: this format does not tell which article says what: import N-Quads or TriG".to_owned(),
        ),
        ("a.txt", good.to_owned(), "a.txt: is it N-Quads or TriG? Say it with --format".to_owned()),
    ];
    desk.write("good.nq", good);
    let fails = |arguments: &[&str]| -> Assert { desk.dixit(arguments).assert().code(1) };
    for (name, bytes, message) in cases {
        desk.write(name, bytes);
        let one_line = || predicate::function(|text: &str| text.lines().count() == 1);
        for store in [".dixit", "new"] {
            fails(&["import", name, "--store", store]).stderr(contains(format!("dixit: {message}")).and(one_line()));
            fails(&["import", "good.nq", name, "--store", store]).stderr(contains(message.clone()).and(one_line()));
        }
    }
    desk.write("long.nq", good.replace('x', &"x".repeat(17 << 20)));
    fails(&["import", "long.nq"]).stderr(contains("long.nq: it has a text of more than 16 MB, which cannot be read: "));
    desk.write("cut.nq.gz", &gzip(&before)[..5000]);
    fails(&["import", "cut.nq.gz"]).stderr(contains("cut.nq.gz: ").and(contains("; nothing was imported\n")));
    fails(&["import", "missing.nq"]).stderr(contains("dixit: missing.nq: "));
    desk.write("b.nq", format!("{article} {typed} {article} .\n"));
    desk.write("c.nq", format!("{article} {typed} {article} .\n"));
    fails(&["import", "b.nq", "c.nq"]).stderr(contains(format!("c.nq: the article {article} is in b.nq, too: ")));
    assert_eq!(desk.export(&WITH_TEXT), before);
    assert!(!desk.path("new").exists());
}

#[test]
fn unknown_terms_are_told_and_kept() {
    let desk = Desk::new();
    let strange = desk.export(&NQUADS).replace("dixit#actor>", "dixit#acter>");
    let more = "<http://a.example/s> <http://p.example/p> \"x\" <http://a.example/g> .\n\
                <http://a.example/s> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/dixit#Zebra> <http://a.example/g> .\n";
    desk.write("a.nq", format!("{strange}{more}"));
    desk.dixit(&["import", "a.nq", "--store", "b"]).assert().success().stderr(contains(
        "unknown term <http://p.example/p>, once: it is kept, and no query of dixit asks for it\n\
         unknown term dixit:Zebra, once: it is kept, and no query of dixit asks for it\n\
         unknown term dixit:acter, 139 times: did you mean dixit:actor?\n\
         unknown graph <http://a.example/g>: it is kept, and stays when articles go\n",
    ));
    let kept = desk.export(&["--format", "nquads", "--store", "b"]);
    assert!(more.lines().all(|line| kept.contains(line)));
}
