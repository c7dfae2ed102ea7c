//! The knowledge base as a user makes and asks it. The dump is invented, in the form that dumps have.

use assert_cmd::Command;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs;
use std::io::{Read, Write};
use tempfile::TempDir;

const DUMP: &str = include_str!("fixtures/wikidata/dump.json");

/// How a run ended: exit status, standard output, standard error.
type Ended = (i32, String, String);

fn run(desk: &TempDir, arguments: &[&str], input: &[u8]) -> Ended {
    let output = Command::new(env!("CARGO_BIN_EXE_dixit"))
        .args(arguments)
        .current_dir(desk.path())
        .env_remove("DIXIT_KB")
        .env("COLUMNS", "120")
        .write_stdin(input)
        .output()
        .unwrap();
    let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
    (output.status.code().expect("no signal ended it"), text(output.stdout), text(output.stderr))
}

fn build(desk: &TempDir, dump: &str, rest: &[&str]) -> Ended {
    run(desk, &[&["wikidata", "build", dump, "--out", "kb"], rest].concat(), b"")
}

fn desk_with(name: &str, bytes: impl AsRef<[u8]>) -> TempDir {
    let desk = tempfile::tempdir().unwrap();
    fs::write(desk.path().join(name), bytes).unwrap();
    desk
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

fn bzip2(text: &str) -> Vec<u8> {
    let mut packed = Vec::new();
    bzip2::read::BzEncoder::new(text.as_bytes(), bzip2::Compression::fast()).read_to_end(&mut packed).unwrap();
    packed
}

fn zstd(text: &str) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(text.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest)
}

const MADE: &str = "kb: 8 entities (4 persons, 1 outlet, 1 country, 1 concept, 1 office), 37 names\n";

#[test]
fn a_dump_is_read_however_it_is_packed_and_asked_by_name() {
    for (name, bytes) in [
        ("dump.json", DUMP.as_bytes().to_vec()),
        ("dump.json.gz", gzip(DUMP)),
        ("dump.json.bz2", bzip2(DUMP)),
        ("dump.json.zst", zstd(DUMP)),
    ] {
        let desk = desk_with(name, bytes);
        assert_eq!(build(&desk, name, &[]), (0, String::new(), MADE.to_owned()), "{name}");
        let (status, found, _) = run(&desk, &["wikidata", "find", "valmont", "--kb", "kb"], b"");
        assert!(status == 0 && found.contains("Q99000004") && found.contains("pays d'Europe"), "{found}");
    }
}

#[test]
fn a_stream_is_read_and_records_are_printed_as_json() {
    let desk = tempfile::tempdir().unwrap();
    let (status, _, said) = run(&desk, &["wikidata", "build", "-", "--out", "kb", "--languages", "en"], &gzip(DUMP));
    assert_eq!(
        (status, said.as_str()),
        (0, "kb: 8 entities (4 persons, 1 outlet, 1 country, 1 concept, 1 office), 27 names\n")
    );
    let find = ["--kb", "kb", "wikidata", "find", "Anne Elise Roy", "--format", "jsonl"];
    let (_, found, _) = run(&desk, &find, b"");
    let record: serde_json::Value = serde_json::from_str(&found).unwrap();
    assert_eq!(
        (&record["key"], &record["gender"], &record["found_by"]),
        (&"Q99000001".into(), &"f".into(), &"alias".into())
    );
    assert_eq!(record["offices"][1]["from"], "2012-05-07");
    assert_eq!(record["offices"][1]["office"]["item"], 99_000_005);
}

#[test]
fn without_a_base_the_entities_in_the_program_answer() {
    let desk = tempfile::tempdir().unwrap();
    let (status, found, _) = run(&desk, &["wikidata", "find", "macron", "--limit", "1"], b"");
    assert!(status == 0 && found.contains("Emmanuel Macron") && !found.contains("Brigitte"), "{found}");
    let (status, found, said) = run(&desk, &["wikidata", "find", "Zzyzx"], b"");
    assert_eq!((status, found.as_str(), said.as_str()), (0, "", "dixit: nothing is called Zzyzx there\n"));
    let (status, _, said) = run(&desk, &["wikidata", "find", "Macron", "--kb", "nowhere"], b"");
    assert_eq!(status, 1);
    assert_eq!(said, "dixit: nowhere: no knowledge base: make one with `dixit wikidata build DUMP --out nowhere`\n");
}

#[test]
fn what_was_cut_off_is_told_and_gone_on_with() {
    for (name, whole) in [("dump.json.gz", gzip(DUMP)), ("dump.json.bz2", bzip2(DUMP)), ("dump.json.zst", zstd(DUMP))] {
        let desk = desk_with(name, &whole[..whole.len() / 2]);
        let (status, _, said) = build(&desk, name, &[]);
        assert_eq!(status, 1);
        let place = said.strip_prefix(&format!("dixit: {name}:")).expect(&said).split_once(": ").expect(&said);
        assert!(place.0.parse::<u32>().is_ok() && place.1.starts_with("cannot be unpacked"), "{said}");
        assert!(said.ends_with("fetch it anew and go on with --resume\n") && said.lines().count() == 1, "{said}");
        fs::write(desk.path().join(name), &whole).unwrap();
        assert_eq!(build(&desk, name, &["--resume"]), (0, String::new(), MADE.to_owned()), "{name}");
    }
}

#[test]
fn bad_lines_are_told_with_their_place_and_the_rest_is_read() {
    let desk = desk_with("dump.json", DUMP.replacen("\n{", "\n{\"id\":\"Q1\",\n{", 2));
    let (status, _, said) = build(&desk, "dump.json", &[]);
    assert_eq!(status, 1, "a part failed");
    let fault = |line| format!("dixit: dump.json:{line}: passed over, for it is no JSON object\n");
    assert_eq!(said, fault(2) + &fault(4) + MADE);
}

#[test]
fn other_files_are_never_touched() {
    let desk = desk_with("dump.json", DUMP);
    fs::create_dir(desk.path().join("kb")).unwrap();
    fs::write(desk.path().join("kb/thesis.txt"), "my only copy").unwrap();
    for rest in [&[][..], &["--resume"]] {
        let (status, _, said) = build(&desk, "dump.json", rest);
        assert_eq!(
            (status, said.as_str()),
            (1, "dixit: kb: the folder holds something else (thesis.txt): name a new or an empty one\n")
        );
    }
    assert_eq!(fs::read_dir(desk.path().join("kb")).unwrap().count(), 1);
    let (status, _, said) = run(&desk, &["wikidata", "build", "none.gz", "--out", "new"], b"");
    assert_eq!((status, said.as_str()), (1, "dixit: none.gz: no such file: check the spelling\n"));
    assert!(!desk.path().join("new").exists());
    let (status, _, said) = build(&desk, "dump.json", &["--languages", "Français"]);
    assert!(status == 2 && said.contains("write codes such as fr"), "{said}");
}

#[test]
fn a_table_of_classes_may_be_ones_own() {
    let desk = desk_with("dump.json", DUMP);
    let table = "kind\tby\tclass\twith\tsitelinks\tlabel\nperson\tP31\tQ5\tQ193391\t0\tdiplomats only\n";
    fs::write(desk.path().join("classes.tsv"), table).unwrap();
    let (status, _, said) = build(&desk, "dump.json", &["--classes", "classes.tsv"]);
    assert_eq!((status, said.as_str()), (0, "kb: 1 entity (1 person), 5 names\n"));
    fs::write(desk.path().join("classes.tsv"), table.replace("person", "people")).unwrap();
    let (status, _, said) = build(&desk, "dump.json", &["--classes", "classes.tsv"]);
    assert!(status == 1 && said.starts_with("dixit: classes.tsv, line 2: `people` is no kind"), "{said}");
}

const ARTICLE: &str = "---
published: 2014-05-01
---

« Le pont tiendra », a dit la présidente Anne Roy. Petro Kovalenko a répondu que non. « Anne Roy se trompe », a écrit \
Le Courrier de la Lande.
";

/// The names and items of an article's actors, and the scores of their links.
fn actors(desk: &TempDir, arguments: &[&str]) -> Vec<(String, String, f64)> {
    fs::write(desk.path().join("a.txt"), ARTICLE).unwrap();
    let (status, lines, said) = run(desk, &[&["extract", "-q", "a.txt"], arguments].concat(), b"");
    assert_eq!((status, said.as_str()), (0, ""));
    let records = lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let actor = |record: serde_json::Value| {
        let actor = &record["actors"][0];
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        (text(&actor["name"]), text(&actor["wikidata"]), actor["link"]["score"].as_f64().unwrap_or_default())
    };
    records.map(actor).collect()
}

#[test]
fn whom_only_the_base_knows_is_linked_if_more_than_the_name_speaks_for_it() {
    let desk = desk_with("dump.json", DUMP);
    build(&desk, "dump.json", &[]);
    let items = |found: Vec<(String, String, f64)>| found.into_iter().map(|found| found.1).collect::<Vec<_>>();
    let with_base = actors(&desk, &["--kb", "kb"]);
    // The president of that year; a name alone that many may bear; a newspaper by its whole name.
    assert_eq!(items(with_base.clone()), ["Q99000001", "", "Q99000003"]);
    assert!(with_base[0].2 > 0.9 && (0.1..0.5).contains(&with_base[1].2), "{with_base:?}");
    assert_eq!(items(actors(&desk, &[])), ["", "", ""]);
}

#[test]
fn what_the_base_knows_is_stored_as_what_it_is_and_read_again_with_another_base() {
    let desk = desk_with("dump.json", DUMP);
    build(&desk, "dump.json", &[]);
    fs::write(desk.path().join("a.txt"), ARTICLE).unwrap();
    let add = |rest: &[&str]| run(&desk, &[&["add", "a.txt"], rest].concat(), b"").2;
    assert!(add(&["--kb", "kb"]).contains("1 added"));
    let (_, graph, _) = run(&desk, &["export", "--format", "ntriples"], b"");
    assert!(graph.contains("<http://schema.org/sameAs> <http://www.wikidata.org/entity/Q99000001>"), "{graph}");
    assert!(add(&["--kb", "kb"]).contains("1 unchanged"));
    assert!(add(&[]).contains("1 changed"));
    let (_, graph, _) = run(&desk, &["export", "--format", "ntriples"], b"");
    assert!(!graph.contains("Q99000001"), "{graph}");
    assert_eq!(run(&desk, &["check", "-q"], b"").0, 0);
}

#[test]
fn a_base_that_is_missing_or_damaged_is_told_and_nothing_is_stored() {
    let desk = desk_with("dump.json", DUMP);
    fs::write(desk.path().join("a.txt"), ARTICLE).unwrap();
    for command in ["add", "extract"] {
        let (status, _, said) = run(&desk, &[command, "a.txt", "--kb", "nowhere"], b"");
        assert_eq!((status, said.lines().count()), (1, 1), "{said}");
        assert!(said.starts_with("dixit: nowhere: no knowledge base"), "{said}");
    }
    build(&desk, "dump.json", &[]);
    fs::write(desk.path().join("kb/records.bin"), b"short").unwrap();
    let (status, _, said) = run(&desk, &["extract", "a.txt", "--kb", "kb"], b"");
    assert!(status == 1 && said.contains("records.bin"), "{said}");
}

const OFFICES: &str = include_str!("fixtures/wikidata/offices.json");

/// To whom the words of an office lead, with the base of `OFFICES` in `desk`: name, method, score, evidence.
fn office_holder(desk: &TempDir, day: &str, words: &str) -> Option<(String, String, f64, String)> {
    let text = format!("---\npublished: {day}\n---\n\n« Le pont tiendra », a dit {words}.\n");
    fs::write(desk.path().join("a.txt"), text).unwrap();
    let (status, lines, said) = run(desk, &["extract", "-q", "a.txt", "--kb", "kb"], b"");
    assert_eq!((status, said.as_str(), lines.lines().count()), (0, "", 1), "{words}");
    let record: serde_json::Value = serde_json::from_str(&lines).unwrap();
    let actor = &record["actors"][0];
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    assert_eq!(actor["wikidata"].is_null(), actor["link"]["score"].is_null(), "{lines}");
    let link = &actor["link"];
    let score = link["score"].as_f64()?;
    Some((text(&actor["name"]), text(&link["method"]), score, text(&link["evidence"][0])))
}

#[test]
fn an_office_without_a_name_leads_to_who_held_it_on_the_day_as_the_base_has_it() {
    let desk = desk_with("offices.json", OFFICES);
    build(&desk, "offices.json", &[]);
    for (day, words, holder) in [
        ("2014-05-01", "la présidente de Valmont", "Anne Roy"),
        ("2018-05-01", "le président de la République de Valmont", "Paul Gris"),
        ("2018-05-01", "le chef de l'État valmontais", "Paul Gris"),
        // On the day itself the new one has it.
        ("2017-05-14", "le président valmontais", "Paul Gris"),
        ("2014-05-01", "la ministre valmontaise de l'Intérieur", "Léa Brun"),
        ("2020-05-01", "le ministre de l'Intérieur de Valmont", "Marc Noir"),
        // An office that there is in many places.
        ("2014-05-01", "la maire de Brizac", "Jeanne Petit"),
        ("2014-05-01", "le maire de Sarrance-la-Neuve", "Hugo Blanc"),
        // Of a country that the table has, whose minister it has not.
        ("2014-05-01", "la ministre ukrainienne de la Pêche", "Olena Rybak"),
        // The one who held it that year whoever followed.
        ("2014-05-01", "le ministre valmontais des Ports", "Yves Long"),
        // The table comes first.
        ("2014-05-01", "le président français", "François Hollande"),
    ] {
        let (name, method, score, evidence) = office_holder(&desk, day, words).expect(words);
        assert_eq!((name.as_str(), method.as_str()), (holder, "office"), "{words} on {day}");
        assert!(score > 0.9 && evidence.starts_with("held the office on the day: “"), "{words}: {score} {evidence}");
    }
}

#[test]
fn an_office_of_two_or_of_no_known_time_leads_to_nobody() {
    let desk = desk_with("offices.json", OFFICES);
    build(&desk, "offices.json", &[]);
    for (day, words) in [
        // Two held it.
        ("2016-05-01", "le ministre valmontais des Ports"),
        // Nobody did any more, or yet.
        ("2021-05-01", "la maire de Brizac"),
        ("2009-05-01", "la présidente de Valmont"),
        // Of whom no date is known, and who did not live that long.
        ("2014-05-01", "le procureur général de Valmont"),
        ("2014-05-01", "le gouverneur de Brizac"),
        // What many are in a country.
        ("2014-05-01", "le ministre valmontais"),
        ("2014-05-01", "la maire valmontaise"),
        // Not she.
        ("2018-05-01", "la présidente de Valmont"),
        ("2018-05-01", "l'ancienne présidente de Valmont"),
        // Of no place that is known, or of none at all.
        ("2014-05-01", "le maire de Fontclaire"),
        ("2014-05-01", "le maire"),
        ("2014-05-01", "la ministre de l'Intérieur"),
    ] {
        assert_eq!(office_holder(&desk, day, words), None, "{words} on {day}");
    }
}

#[test]
fn the_article_says_better_than_the_base_who_holds_an_office() {
    let desk = desk_with("offices.json", OFFICES);
    build(&desk, "offices.json", &[]);
    let text = "---\npublished: 2018-05-01\n---\n\nMax Rouge, président de Valmont, est arrivé. Il pleuvait.\n\n\
                « Le pont tiendra », a dit le président de Valmont.\n";
    fs::write(desk.path().join("a.txt"), text).unwrap();
    let (_, lines, _) = run(&desk, &["extract", "-q", "a.txt", "--kb", "kb"], b"");
    assert!(lines.contains("Max Rouge") && !lines.contains("Q99100"), "{lines}");
}

/// A table of one's own: two presidents, a body, a concept and a broader one, and a town.
const TABLE: &str = "\
# Valmont and its people
item\tkind\tfr\ten\taliases\tnote\toffices\tcountry\tbroader\tweb\tgender
\tperson\tOdile Martin\tOdile Martin\tO. Martin\tfemme politique\tprésidente de Valmont 2012-05-07..2017-05-14\t\t\t\tf
Q99200001\tperson\tBruno Serre\tBruno Serre\t\t\tprésident de Valmont 2017-05-14..|maire de Brizac 2001..2008\tQ31\t\t\tm
\torganisation\tAlliance des Landes\tLande Alliance\tADL\t\t\t\t\t\t
\tconcept\tPacte Landais\tLande Pact\t\t\t\t\talliance-des-landes|Q7184\t\t
\tplace\tValmont\tValmont\t\tcité\t\t\t\t\t
";

#[test]
fn a_table_of_ones_own_is_a_base_whose_entities_are_no_strangers() {
    for name in ["ours.tsv", "ours", "ours.tsv.gz"] {
        let table = TABLE.replace('\n', if name == "ours" { "\r\n" } else { "\n" });
        let packed = name.ends_with("gz").then(|| gzip(&table));
        let desk = desk_with(name, packed.unwrap_or_else(|| table.into_bytes()));
        let made = "kb: 5 entities (2 persons, 1 organisation, 1 place, 1 concept), 18 names\n";
        assert_eq!(build(&desk, name, &[]), (0, String::new(), made.to_owned()), "{name}");
    }
    let desk = desk_with("ours.tsv", TABLE);
    build(&desk, "ours.tsv", &[]);
    let text = "---\npublished: 2018-05-01\n---\n\n« Le Pacte Landais tiendra », a dit Odile Martin. \
                « Non », a répondu le président de Valmont. « Si », a dit l'Alliance des Landes.\n";
    fs::write(desk.path().join("a.txt"), text).unwrap();
    let (_, lines, _) = run(&desk, &["extract", "-q", "a.txt", "--kb", "kb"], b"");
    let records: Vec<serde_json::Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let link = |at: usize| (&records[at]["actors"][0]["name"], records[at]["actors"][0]["link"]["score"].as_f64());
    // A name is enough: people chose whom they mean.
    for (at, name) in [(0, "Odile Martin"), (1, "Bruno Serre"), (2, "Alliance des Landes")] {
        assert!(link(at).0 == name && link(at).1.is_some_and(|score| score > 0.9), "{lines}");
    }
    assert_eq!(records[1]["actors"][0]["wikidata"], "Q99200001");
    let (_, graph, _) = run(&desk, &["extract", "-q", "a.txt", "--kb", "kb", "--format", "nquads"], b"");
    let broader = "/entity/pacte-landais> <http://www.w3.org/2004/02/skos/core#broader> ";
    assert!(graph.lines().filter(|line| line.contains(broader)).count() == 2, "{graph}");
}

#[test]
fn a_word_in_small_letters_is_no_name_of_a_base() {
    let rows = "\toutlet\tLa Brigade\tLa Brigade\t\t\t\t\t\tlabrigade.example\t\n";
    let desk = desk_with("ours.tsv", TABLE.to_owned() + rows);
    build(&desk, "ours.tsv", &[]);
    for (words, outlet) in [("la brigade", false), ("La Brigade", true)] {
        let text = format!("---\npublished: 2018-05-01\n---\n\n« Le pont tiendra », a indiqué hier {words}.\n");
        fs::write(desk.path().join("a.txt"), text).unwrap();
        let (_, lines, _) = run(&desk, &["extract", "-q", "a.txt", "--kb", "kb"], b"");
        assert_eq!(lines.contains("\"score\":0.9"), outlet, "{lines}");
    }
}

#[test]
fn a_bad_row_of_ones_own_table_is_named_with_the_mend() {
    for (wrong, right, said) in [
        (
            "\tplace\t",
            "\ttown\t",
            "line 7: `town` is no kind: write one of person, organisation, outlet, place, country, concept",
        ),
        (
            "Q31",
            "belgique",
            "line 4: `belgique` is no country: write one of Q and a number of Wikidata (Q142), nothing",
        ),
        (
            "Q99200001\t",
            "99200001\t",
            "line 4: `99200001` is no item: write one of Q and a number of Wikidata (Q142), nothing",
        ),
        (
            "2001..2008",
            "2001-2008",
            "line 4: `maire de Brizac 2001-2008` is no office: write `title 2017..2022`, with an open end as `2017..`",
        ),
        ("Lande Alliance", "", "line 5: `en` is empty"),
        ("|Q7184", "|otan", "line 6: `otan` is no entity's key: write its item, or the slug of what has none"),
        (
            "item\t",
            "qid\t",
            "line 2: the header must be `item⇥kind⇥fr⇥en⇥aliases⇥note⇥offices⇥country⇥broader⇥web⇥gender`",
        ),
        ("\tplace\tValmont", "\tplace\tOdile Martin", "line 7: `odile-martin` has a row already"),
        ("\t\tcité", "\tcité", "line 7: 10 cells, but the header has 11"),
    ] {
        let desk = desk_with("ours.tsv", TABLE.replacen(wrong, right, 1));
        let (status, _, told) = build(&desk, "ours.tsv", &[]);
        assert_eq!((status, told), (1, format!("dixit: ours.tsv, {said}\n")));
        assert!(!desk.path().join("kb").exists());
    }
    let desk = desk_with("ours.tsv", b"item\tkind\nQ1\t\xe9\n");
    assert_eq!(build(&desk, "ours.tsv", &[]).2, "dixit: ours.tsv:2: the table is not in UTF-8: save it as UTF-8\n");
    let desk = desk_with("ours.tsv", &TABLE[..TABLE.find("\n\tperson").unwrap()]);
    assert!(build(&desk, "ours.tsv", &[]).2.starts_with("dixit: ours.tsv: none of its 2 lines is an entity"));
    fs::write(desk.path().join("classes.tsv"), "kind\tby\tclass\twith\tsitelinks\tlabel\nperson\tP31\tQ5\t\t0\t\n")
        .unwrap();
    let (status, _, told) = build(&desk, "ours.tsv", &["--classes", "classes.tsv"]);
    assert_eq!(
        (status, told.as_str()),
        (1, "dixit: ours.tsv: of a table of entities all rows are kept: leave --classes away\n")
    );
}
