//! What a dump becomes. `tests/fixtures/wikidata/dump.json` is invented, in the form that dumps have.

use super::filter::Filter;
use super::item::Item;
use super::keep::keep;
use super::*;
use crate::entity::base::{Base, Kind, LookUp, OfficeRef, Record, Tenure};
use crate::entity::{Entities, Entity, EntityKind, Gender};
use std::cell::{Cell, RefCell};
use std::fs;
use std::io::Read;
use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

const DUMP: &str = include_str!("../../../tests/fixtures/wikidata/dump.json");
const OFFICES: &str = include_str!("../../../tests/fixtures/wikidata/offices.json");

fn languages(codes: &[&str]) -> Vec<String> {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

fn lines() -> impl Iterator<Item = &'static str> {
    DUMP.lines().chain(OFFICES.lines()).map(|line| line.trim_end_matches(',')).filter(|line| line.starts_with('{'))
}

fn record_in(number: u32, codes: &[&str]) -> Option<Record> {
    let line =
        lines().find(|line| line.contains(&format!("\"id\":\"Q{number}\",\"labels\""))).expect("it is in the dump");
    keep(&serde_json::from_str::<Item>(line).unwrap(), &Classes::embedded(), &languages(codes))
}

fn record(number: u32) -> Record {
    record_in(number, &["fr", "en"]).expect("it is kept")
}

/// Builds from a text; returns how it ended, and what was told of faults.
fn built(text: impl Read + Send + 'static, folder: &Path, resume: bool) -> (Result<Built, BuildError>, Vec<String>) {
    let source = Source::reader("dump.json", text).unwrap();
    let classes = Classes::embedded();
    let faults = RefCell::new(Vec::new());
    let options = Options { languages: languages(&["fr", "en"]), classes: &classes, resume, stop: &|| false };
    let result = build(source, folder, &options, |told| {
        if let Told::Fault(fault) = told {
            faults.borrow_mut().push(fault.to_string());
        }
    });
    (result, faults.into_inner())
}

/// The names and bytes of all files of a folder.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = entries
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}

#[test]
fn a_person_has_names_offices_and_dates() {
    let anne = record(99_000_001);
    assert_eq!((anne.kind, anne.sitelinks, anne.gender), (Kind::Person, 12, Some(Gender::Feminine)));
    assert_eq!(anne.name(), "Anne Roy");
    assert_eq!(anne.aliases, ["A. Roy", "Anne-Élise Roy", "Anne Elise Roy"], "the German one is not asked for");
    assert_eq!((anne.countries, anne.occupations, anne.classes), (vec![99_000_004], vec![82_955], vec![5]));
    assert_eq!(anne.web, ["anne-roy.example"]);
    let tenure = |office, from: &str, until: &str, over, preferred| Tenure {
        office: OfficeRef::Item(office),
        of: Vec::new(),
        from: from.parse().ok(),
        until: until.parse().ok(),
        over,
        preferred,
    };
    let offices = [
        tenure(99_000_005, "2021-03", "", false, true),
        tenure(99_000_005, "2012-05-07", "2017", true, false),
        tenure(99_000_013, "2008", "", true, false),
        tenure(99_000_015, "", "", false, false),
    ];
    assert_eq!(anne.offices, offices, "the deprecated one and that of an unknown office are left out");
}

#[test]
fn an_office_is_of_a_place_and_ends_with_the_life_of_who_held_it() {
    let mayor = &record(99_100_025).offices[0];
    assert_eq!((&mayor.office, &mayor.of, mayor.over), (&OfficeRef::Item(99_100_012), &vec![99_100_002], true));
    let dead = &record(99_100_030).offices[0];
    assert_eq!((dead.until, dead.over), ("2001-02-03".parse().ok(), true));
    let demonyms = record(99_100_001).demonyms;
    assert_eq!(demonyms, ["Valmontais", "Valmontaise"], "the German one is not asked for");
}

#[test]
fn other_kinds_have_what_is_theirs() {
    let outlet = record(99_000_003);
    assert_eq!((outlet.kind, outlet.web), (Kind::Outlet, vec!["courrier-lande.example".to_owned()]));
    assert_eq!((outlet.countries, outlet.seats), (vec![99_000_004], vec![99_000_016]));
    let country = record(99_000_004);
    assert_eq!(
        (country.kind, country.classes),
        (Kind::Country, vec![3_624_078, 6_256]),
        "the deprecated class is none"
    );
    let office = record(99_000_005);
    assert_eq!(
        (office.kind, office.countries),
        (Kind::Office, vec![99_000_004]),
        "the jurisdiction before the country"
    );
    assert_eq!(record(99_000_006).kind, Kind::Concept);
}

#[test]
fn names_fall_back_to_those_of_all_languages_and_then_to_english() {
    let lia = record(99_000_010);
    assert_eq!((lia.labels, lia.aliases), (vec![Some("Lia Norr".to_owned()); 2], vec!["L. Norr".to_owned()]));
    assert_eq!(record(99_000_012).labels, [None, Some("Otto Ferm".to_owned())]);
    let otto = record_in(99_000_012, &["fr"]).unwrap();
    assert_eq!((otto.name(), otto.description()), ("Otto Ferm", Some("singer")));
    assert_eq!(record_in(99_000_002, &["uk"]).unwrap().name(), "Петро Коваленко");
}

#[test]
fn what_is_no_entity_of_the_table_is_not_kept() {
    for (number, why) in [
        (99_000_007, "a page of disambiguation"),
        (99_000_008, "an article of a journal"),
        (99_000_009, "a human without office, occupation or page"),
        (99_000_011, "no name in a language that is read"),
        (99_000_018, "an empty name"),
        (99_000_019, "an unknown class"),
    ] {
        assert_eq!(record_in(number, &["fr", "en"]), None, "{why}");
    }
}

#[test]
fn what_is_well_known_is_kept_by_other_signs_than_its_class() {
    let classes = Classes::embedded();
    let filter = Filter::new(&classes);
    let kind = |class: u32, sign: &str, sitelinks: usize| {
        let links: Vec<String> = (0..sitelinks).map(|at| format!("\"w{at}\":{{}}")).collect();
        let snak = |property: &str, value: &str| {
            format!(
                r#"[{{"mainsnak":{{"snaktype":"value","property":"{property}","datavalue":{{"value":{value},"type":"t"}}}}}}]"#
            )
        };
        let line = format!(
            r#"{{"id":"Q7","labels":{{"fr":{{"language":"fr","value":"Nom"}}}},"claims":{{"P31":{},"{sign}":{}}},"sitelinks":{{{}}}}}"#,
            snak("P31", &format!(r#"{{"entity-type":"item","numeric-id":{class},"id":"Q{class}"}}"#)),
            snak(sign, "{\"latitude\":52.3}"),
            links.join(",")
        );
        let record = keep(&serde_json::from_str(&line).unwrap(), &classes, &languages(&["fr"]));
        assert!(record.is_none() || filter.may_be_kept(line.as_bytes()));
        record.map(|record| record.kind)
    };
    assert_eq!(kind(99, "P159", 20), Some(Kind::Organisation));
    assert_eq!(kind(99, "P625", 20), Some(Kind::Place));
    assert_eq!(kind(178_561, "P625", 20), Some(Kind::Concept), "a battle is no place");
    assert_eq!(kind(99, "P625", 2), None);
    assert_eq!(kind(4_167_410, "P625", 20), None);
}

#[test]
fn the_filter_never_passes_over_what_is_kept() {
    let classes = Classes::embedded();
    let filter = Filter::new(&classes);
    let mut passed_over = 0;
    for line in lines() {
        let kept = keep(&serde_json::from_str(line).unwrap(), &classes, &languages(&["fr"])).is_some();
        let may_be = filter.may_be_kept(line.as_bytes());
        assert!(may_be || !kept, "{line}");
        passed_over += usize::from(!may_be);
        // Written otherwise, it is read.
        let spaced = line.replace("\":", "\": ");
        assert!(filter.may_be_kept(spaced.as_bytes()) || !line.contains("\"P31\"") && !line.contains("\"P279\""));
    }
    assert!(passed_over >= 3, "{passed_over}");
}

#[test]
fn a_dump_becomes_a_base_that_is_asked_by_name_item_and_address() {
    let folder = tempfile::tempdir().unwrap();
    let (built, faults) = built(DUMP.as_bytes(), folder.path(), false);
    let Ok(Built::Finished(manifest)) = built else { panic!("not finished") };
    assert_eq!((manifest.entities, manifest.count(Kind::Person), faults), (8, 4, vec![]));
    let base = Base::open(folder.path()).unwrap();
    let names = |name: &str| -> Vec<String> {
        base.find(name).unwrap().iter().map(|meaning| base.record(meaning.entity).unwrap().key).collect()
    };
    assert_eq!(names("ANNE-ELISE ROY"), ["Q99000001"]);
    assert_eq!(names("Q99000001"), ["Q99000001"]);
    assert_eq!(names("le Valmont"), ["Q99000004"]);
    assert_eq!(names("Courrier de la Lande"), ["Q99000003"]);
    assert_eq!(names("Petro Kovalienko"), ["Q99000002"], "by its sound");
    assert_eq!(names("Roy"), [""; 0]);
    let outlet = base.by_key("Q99000003").unwrap().unwrap();
    let at = |address: &str| base.outlets_at(address).unwrap().iter().map(|m| m.entity).collect::<Vec<_>>();
    assert_eq!(at("https://sport.courrier-lande.example/foot"), [outlet]);
    assert_eq!(at("valmont.example"), [0; 0], "a country's site is no outlet's");
}

#[test]
fn a_building_goes_on_where_it_was_broken_off_and_ends_the_same() {
    let whole = tempfile::tempdir().unwrap();
    assert!(matches!(built(DUMP.as_bytes(), whole.path(), false), (Ok(Built::Finished(_)), _)));
    let ends: Vec<usize> = DUMP.match_indices('\n').map(|(at, _)| at).collect();
    // Cut within a line, at its end, and before the bracket.
    for cut in [ends[1] + 40, ends[4], ends[4] + 1, ends[9] - 1, ends[ends.len() - 2]] {
        let folder = tempfile::tempdir().unwrap();
        let (broken, _) = built(&DUMP.as_bytes()[..cut], folder.path(), false);
        let message = broken.err().expect("it is cut off").to_string();
        let lines = DUMP[..cut].matches('\n').count();
        assert_eq!(
            message,
            format!(
                "dump.json:{lines}: the dump is cut off, for its last line is not `]`: fetch it whole and go on with --resume"
            )
        );
        let (again, _) = built(DUMP.as_bytes(), folder.path(), false);
        assert!(again.err().expect("it was begun").to_string().contains("--resume"));
        assert!(matches!(built(DUMP.as_bytes(), folder.path(), true), (Ok(Built::Finished(_)), _)));
        assert!(files(folder.path()) == files(whole.path()), "cut at {cut}");
    }
}

#[test]
fn a_wish_to_stop_is_heeded() {
    let folder = tempfile::tempdir().unwrap();
    let classes = Classes::embedded();
    let asked = AtomicU32::new(0);
    let stop = || asked.fetch_add(1, Ordering::Relaxed) > 0;
    let options = Options { languages: languages(&["fr", "en"]), classes: &classes, resume: false, stop: &stop };
    // More than one batch.
    let many = std::iter::repeat_n(lines().next().unwrap(), 12_000).collect::<Vec<_>>().join(",\n");
    let text = || std::io::Cursor::new(format!("[\n{many}\n]\n"));
    let (read, kept) = (Cell::new(0), Cell::new(0));
    let source = Source::reader("dump.json", text()).unwrap();
    let stopped = build(source, folder.path(), &options, |told| {
        if let Told::Read { lines, kept: more } = told {
            read.set(read.get() + lines);
            kept.set(kept.get() + more);
        }
    });
    let Ok(Built::Stopped { lines }) = stopped else { panic!("not stopped") };
    assert!(lines == read.get() && lines < 12_000 && kept.get() > 0, "{lines}");
    let (resumed, _) = built(text(), folder.path(), true);
    let Ok(Built::Finished(manifest)) = resumed else { panic!("not finished") };
    assert_eq!(manifest.entities, 12_000);
}

#[test]
fn lines_that_are_no_entities_are_told_and_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let anne = lines().next().unwrap();
    let long = "x".repeat(super::dump::LONGEST);
    let wrong_claims = anne.replace("\"rank\":\"normal\"", "\"rank\":7");
    let text =
        format!("[\n{anne},\nnonsense,\n{{\"id\":\"Q1\",\"x\":\"{long}\"}},\n\n{wrong_claims},\n{}\n]", &anne[..900]);
    let (finished, faults) = built(std::io::Cursor::new(text), folder.path(), false);
    let Ok(Built::Finished(manifest)) = finished else { panic!("not finished") };
    assert_eq!(manifest.entities, 1);
    let starts = [
        "dump.json:3: passed over, for it is no JSON object",
        "dump.json:4: passed over, for it is longer than 32 MB, as no entity is",
        "dump.json:6: passed over, for it is no JSON of an entity (",
        "dump.json:7: passed over, for it is no JSON object",
    ];
    assert!(
        faults.len() == 4 && faults.iter().zip(starts).all(|(fault, start)| fault.starts_with(start)),
        "{faults:?}"
    );
    assert!(faults[2].contains("at byte"), "{faults:?}");
}

#[test]
fn what_a_bad_line_or_row_holds_steers_no_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let line = lines().next().unwrap().replacen("\"rank\":\"normal\"", r#""rank":"\u001b[2J\n""#, 1);
    let (_, faults) = built(std::io::Cursor::new(line), folder.path(), false);
    assert!(faults[0].contains(r"unknown variant `\u{1b}[2J\n`"), "{faults:?}");
    let text = "kind\tby\tclass\twith\tsitelinks\tlabel\n\u{1b}[2J\rplace\tP31\tQ5\t\t1\t\n";
    let error = Classes::parse("t.tsv", text).err().unwrap().to_string();
    assert!(error.starts_with(r"t.tsv, line 2: `\u{1b}[2J\rplace` is no kind"), "{error}");
}

#[test]
fn a_row_without_an_item_and_with_a_name_that_gives_no_key_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let header = crate::entity::entry::COLUMNS.join("\t");
    let row = "\tperson\t« »\tA.\t\t\t\t\t\t\t";
    let message = built(std::io::Cursor::new(format!("{header}\n{row}\n")), folder.path(), false).0.err().unwrap();
    assert_eq!(
        message.to_string(),
        "dump.json, line 2: `« »` has neither letters nor digits for a key: give its item, or another name"
    );
}

#[test]
fn a_part_of_a_dump_needs_no_brackets() {
    let folder = tempfile::tempdir().unwrap();
    let part = lines().take(3).collect::<Vec<_>>().join("\r\n");
    let Ok(Built::Finished(manifest)) = built(std::io::Cursor::new(part), folder.path(), false).0 else { panic!() };
    assert_eq!(manifest.entities, 3);
}

#[test]
fn what_is_no_dump_is_told_so() {
    for text in ["", "\n\n", "une page\n", "<html>\n[\n", "[{\"id\":\"Q1\"},\n"] {
        let folder = tempfile::tempdir().unwrap();
        let base = folder.path().join("kb");
        let message = built(text.as_bytes(), &base, false).0.err().expect(text).to_string();
        assert!(message.starts_with("dump.json:") && message.contains("no dump of Wikidata"), "{text:?}: {message}");
        assert!(!base.exists());
    }
    let folder = tempfile::tempdir().unwrap();
    let message = built(&b"{\"a\":1}\n{\"b\":2}\n"[..], folder.path(), false).0.err().unwrap().to_string();
    assert!(message.starts_with("dump.json: none of its 2 lines is an entity"), "{message}");
}

#[test]
fn another_dump_or_another_way_is_not_gone_on_with() {
    let folder = tempfile::tempdir().unwrap();
    let cut = &DUMP.as_bytes()[..20_000];
    assert!(built(cut, folder.path(), false).0.is_err());
    let other = DUMP.replace("Anne Roy", "Anne Loy");
    let message = built(std::io::Cursor::new(other), folder.path(), true).0.err().unwrap().to_string();
    assert!(message.contains("other content"), "{message}");
    let classes = Classes::embedded();
    let options = Options { languages: languages(&["en"]), classes: &classes, resume: true, stop: &|| false };
    let source = Source::reader("dump.json", DUMP.as_bytes()).unwrap();
    let message = build(source, folder.path(), &options, |_| {}).err().unwrap().to_string();
    assert!(message.contains("begun with languages fr,en, and cannot go on with en"), "{message}");
    let short = &DUMP.as_bytes()[..10_000];
    let message = built(short, folder.path(), true).0.err().unwrap().to_string();
    assert!(message.starts_with("dump.json: has only"), "{message}");
}

#[test]
fn a_bad_row_of_the_table_is_named() {
    let table = |row: &str| {
        let text = format!("kind\tby\tclass\twith\tsitelinks\tlabel\n{row}\n").leak();
        Classes::parse("t.tsv", text).err().map(|error| error.to_string())
    };
    assert_eq!(table("person\tP31\tQ5\tQ82955\t1\thuman"), None);
    assert_eq!(
        table("persons\tP31\tQ5\t\t1\thuman").unwrap(),
        "t.tsv, line 2: `persons` is no kind: write one of person, organisation, outlet, place, country, concept, office, none"
    );
    assert_eq!(table("place\tP31\t*\tP625\t9\ton the map"), None);
    for row in [
        "place\tP31\t*\t\t9\tanything",
        "person\tP32\tQ5\t\t1\t",
        "person\tP31\t5\t\t1\t",
        "person\tP31\tQ5\tP39\t1\t",
        "person\tP31\tQ5\t\t\t",
    ] {
        assert!(table(row).is_some(), "{row}");
    }
}

#[test]
fn a_base_of_the_table_in_the_program_answers_every_name_as_the_program_does() {
    let folder = tempfile::tempdir().unwrap();
    let table = include_str!("../../../ontology/entities.tsv");
    let source = Source::reader("entities.tsv", table.as_bytes()).unwrap();
    let classes = Classes::embedded();
    let options = Options { languages: languages(&["fr", "en"]), classes: &classes, resume: false, stop: &|| false };
    assert!(matches!(build(source, folder.path(), &options, |_| {}), Ok(Built::Finished(_))));
    let (base, entities) = (Base::open(folder.path()).unwrap(), Entities::embedded());
    for (id, entity) in entities.iter().filter(|(_, entity)| entity.kind != EntityKind::Authority) {
        let kept = base.record(base.by_key(&entity.key).unwrap().expect(&entity.key)).unwrap();
        assert_eq!(Some(&kept), entities.record(id).as_ref());
        let country = |item| entities.by_key(&format!("Q{item}"));
        let broader = kept.broader.iter().filter_map(|key| entities.by_key(key)).collect();
        let again = Entity::of(kept, id, &["fr", "en"], broader, country);
        assert_eq!(again, Entity { authority: None, profile: again.profile.clone(), ..entity.clone() });
        for name in [&*entity.fr, &*entity.en].into_iter().chain(entity.aliases.iter().map(String::as_str)) {
            let found: Vec<Record> = base.candidates(name, usize::MAX).unwrap().into_iter().map(|c| c.record).collect();
            // Surnames are names of the table alone: no stranger of millions is found by his.
            let is_found = |record: &Record| found.iter().any(|other| other.key == record.key);
            let known: Vec<Record> =
                entities.candidates(name, usize::MAX).unwrap().into_iter().map(|c| c.record).collect();
            assert_eq!(found, known.into_iter().filter(is_found).collect::<Vec<_>>(), "{name}");
            assert!(found.iter().any(|record| record.key == entity.key), "{name}");
        }
    }
}
