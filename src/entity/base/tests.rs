//! The table in the program as a base: the same names lead to the same entities.

use super::*;
use crate::entity::{Entities, EntityKind};
use std::fs;
use std::path::Path;

fn plan() -> Plan {
    let [source, fingerprint, classes] = ["table", "1", "2"].map(str::to_owned);
    Plan { source, fingerprint, languages: vec!["fr".to_owned(), "en".to_owned()], classes }
}

/// A base of all entities in the program, made in several runs.
fn table_as_base(folder: &Path) -> Base {
    let entities = Entities::embedded();
    let mut writer = Writer::open(folder, plan(), false).unwrap().writer;
    for (id, _) in entities.iter() {
        if let Some(record) = entities.record(id) {
            writer.add(&record).unwrap();
        }
        if id.0 % 500 == 0 {
            writer.checkpoint(id.0.into()).unwrap();
        }
    }
    writer.finish(0).unwrap();
    Base::open(folder).unwrap()
}

#[test]
fn what_a_damaged_file_holds_steers_no_terminal() {
    let folder = tempfile::tempdir().unwrap();
    table_as_base(folder.path());
    let file = folder.path().join("base.json");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace("\"person\"", r#""\u001b[2J\n""#)).unwrap();
    let message = Base::open(folder.path()).err().unwrap().to_string();
    assert!(message.contains(r"damaged (unknown variant `\u{1b}[2J\n`"), "{message}");
}

#[test]
fn records_come_back_as_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let base = table_as_base(folder.path());
    let entities = Entities::embedded();
    let records: Vec<Record> = entities.iter().filter_map(|(id, _)| entities.record(id)).collect();
    assert_eq!(base.manifest().entities as usize, records.len());
    for (number, record) in records.iter().enumerate() {
        assert_eq!(base.record(number as u32).unwrap(), *record);
        assert_eq!(base.by_key(&record.key).unwrap(), Some(number as u32));
    }
    assert!(base.record(records.len() as u32).is_err());
}

#[test]
fn every_name_of_the_table_leads_to_its_entity_and_to_no_other_than_before() {
    let folder = tempfile::tempdir().unwrap();
    let base = table_as_base(folder.path());
    let entities = Entities::embedded();
    for (_, entity) in entities.iter().filter(|(_, entity)| entity.kind != EntityKind::Authority) {
        for name in [&*entity.fr, &*entity.en].into_iter().chain(entity.aliases.iter().map(String::as_str)) {
            let found: Vec<String> =
                base.candidates(name, usize::MAX).unwrap().into_iter().map(|found| found.record.key).collect();
            assert!(found.contains(&entity.key), "{name}");
            let known = entities.find(name).into_iter().map(|id| &entities.get(id).key).collect::<Vec<_>>();
            // Surnames are names of the table only.
            assert!(found.iter().all(|key| known.contains(&key)), "{name}: {found:?} {known:?}");
        }
    }
    for host in ["www.lemonde.fr", "https://www.lemonde.fr/politique", "blogs.lemonde.fr"] {
        assert_eq!(base.candidates(host, 1).unwrap()[0].record.name(), "Le Monde");
        assert_eq!(entities.candidates(host, 1).unwrap()[0].record.name(), "Le Monde");
    }
}

#[test]
fn a_folder_that_is_no_base_is_told_what_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let open = || Base::open(folder.path()).err().unwrap().to_string();
    let begin = |resume| Writer::open(folder.path(), plan(), resume).err().unwrap().to_string();
    assert!(open().contains("no knowledge base: make one"));
    fs::write(folder.path().join("thesis.txt"), "my only copy").unwrap();
    for resume in [false, true] {
        assert!(begin(resume).contains("holds something else (thesis.txt)"));
    }
    fs::remove_file(folder.path().join("thesis.txt")).unwrap();
    drop(Writer::open(folder.path(), plan(), true).unwrap());
    assert!(open().contains("not finished") && begin(false).contains("--resume"));
    let mut writer = Writer::open(folder.path(), plan(), true).unwrap().writer;
    let (entities, id) = (Entities::embedded(), Entities::embedded().by_key("Q142").unwrap());
    writer.add(&entities.record(id).unwrap()).unwrap();
    writer.finish(1).unwrap();
    assert!(begin(true).contains("there is a knowledge base already"));
}

#[test]
fn what_fails_while_names_are_put_in_order_is_done_again() {
    let folder = tempfile::tempdir().unwrap();
    let entities = Entities::embedded();
    let mut writer = Writer::open(folder.path(), plan(), false).unwrap().writer;
    writer.add(&entities.record(entities.by_key("Q142").unwrap()).unwrap()).unwrap();
    let in_the_way = folder.path().join("names.fst");
    fs::create_dir(&in_the_way).unwrap();
    assert!(writer.finish(7).unwrap_err().to_string().contains("names.fst"));
    fs::remove_dir(&in_the_way).unwrap();
    let Opened { writer, lines, read } = Writer::open(folder.path(), plan(), true).unwrap();
    assert_eq!((lines, read, writer.entities()), (7, true, 1));
    writer.finish(lines).unwrap();
    let base = Base::open(folder.path()).unwrap();
    assert_eq!(base.candidates("france", 2).unwrap()[0].record.key, "Q142");
}

#[test]
fn a_damaged_base_is_told_and_not_trusted() {
    let folder = tempfile::tempdir().unwrap();
    drop(table_as_base(folder.path()));
    let message = || Base::open(folder.path()).err().unwrap().to_string();
    for name in ["names.fst", "meanings.bin", "offsets.bin", "records.bin"] {
        let path = folder.path().join(name);
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, &bytes[..bytes.len() / 2]).unwrap();
        assert!(message().contains(name) && message().contains("damaged"), "{}", message());
        fs::write(&path, &bytes).unwrap();
    }
    let manifest = folder.path().join("base.json");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, text.replace("\"form\": 3", "\"form\": 9")).unwrap();
    assert!(message().contains("its form is 9, but this program reads form 3"));
    fs::write(&manifest, "{").unwrap();
    assert!(message().contains("base.json: damaged"));
    fs::write(&manifest, text).unwrap();
    // Of bytes that were changed a look-up may fail, but no more.
    for name in ["meanings.bin", "offsets.bin", "records.bin"] {
        let path = folder.path().join(name);
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, vec![0xEE; bytes.len()]).unwrap();
        let base = Base::open(folder.path()).unwrap();
        let _ = base.candidates("Macron", 9);
        let _ = base.record(7);
        fs::write(&path, &bytes).unwrap();
    }
}

#[test]
fn an_index_that_points_past_all_is_damaged() {
    let folder = tempfile::tempdir().unwrap();
    drop(table_as_base(folder.path()));
    for place in [u64::MAX, u64::MAX / 8, u64::MAX / 16] {
        let index = fst::Map::from_iter([("macron", place)]).unwrap();
        let (path, manifest) = (folder.path().join("names.fst"), folder.path().join("base.json"));
        let text = fs::read_to_string(&manifest).unwrap();
        let mut says: serde_json::Value = serde_json::from_str(&text).unwrap();
        says["files"]["names.fst"] = index.as_fst().as_bytes().len().into();
        fs::write(&manifest, says.to_string()).unwrap();
        fs::write(&path, index.as_fst().as_bytes()).unwrap();
        let message = Base::open(folder.path()).unwrap().candidates("Macron", 9).err().unwrap().to_string();
        assert!(message.contains("meanings.bin: damaged (it ends too early)"), "{message}");
    }
}
