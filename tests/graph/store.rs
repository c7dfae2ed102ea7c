//! The store: adding again changes nothing, a changed article takes the place of the old one, and a
//! folder is used by one program at a time.

use crate::sample::*;
use dixit::article::Article;
use dixit::extract::Statement;
use dixit::graph::{Base, Change, ExportFormat, Store, StoreError, Texts, export};
use oxigraph::model::Quad;
use std::collections::HashSet;
use std::fs;

fn add(store: &Store, article: &Article, statements: &[Statement]) -> Change {
    store.add_article(article, statements, entities()).unwrap()
}

fn memory() -> Store {
    Store::in_memory(base()).unwrap()
}

#[test]
fn adding_twice_changes_nothing() {
    let store = memory();
    assert!(!store.is_unchanged(&article(), entities()).unwrap());
    assert_eq!(add(&store, &article(), &statements()), Change::Added);
    let before = dump(&store);
    assert!(store.is_unchanged(&article(), entities()).unwrap());
    assert_eq!(add(&store, &article(), &statements()), Change::Unchanged);
    assert_eq!(dump(&store), before);
}

#[test]
fn an_article_without_statements_is_remembered() {
    let store = memory();
    let article = bare_article("/news/a.txt", "Il pleut.");
    assert_eq!(add(&store, &article, &[]), Change::Added);
    assert_eq!(add(&store, &article, &[]), Change::Unchanged);
}

/// Replacing leaves no trace of what was there: the store is as if only the new article had been added.
#[test]
fn a_changed_article_replaces_the_old_one() {
    let store = memory();
    add(&store, &article(), &statements());
    let mut shorter = article();
    shorter.text.push_str("\nRectificatif.");
    let kept = &statements()[..1];
    assert_eq!(add(&store, &shorter, kept), Change::Changed);

    let fresh = memory();
    add(&fresh, &shorter, kept);
    assert_eq!(dump(&store), dump(&fresh));
}

#[test]
fn replacing_one_article_leaves_what_another_needs() {
    let store = memory();
    let other = Article { address: "https://vallon.example/2".to_owned(), ..article() };
    let (fresh, text) = (memory(), "Plus rien.".to_owned());
    add(&store, &article(), &statements());
    add(&store, &other, &statements());
    let emptied = Article { text, ..article() };
    assert_eq!(add(&store, &emptied, &[]), Change::Changed);
    add(&fresh, &emptied, &[]);
    add(&fresh, &other, &statements());
    assert_eq!(dump(&store), dump(&fresh));
    assert!(dump(&store).contains("entity/Q7184"));
}

#[test]
fn each_piece_of_metadata_counts() {
    let changes: [fn(&mut Article); 6] = [
        |a| a.title = None,
        |a| a.author = Some("Anne Roy".to_owned()),
        |a| a.outlet = Some("La Gazette d'à côté".to_owned()),
        |a| a.published = Some("2024-05".parse().unwrap()),
        |a| a.language = "en".to_owned(),
        |a| a.text.push('!'),
    ];
    for change in changes {
        let store = memory();
        add(&store, &article(), &statements());
        let mut article = article();
        change(&mut article);
        assert!(!store.is_unchanged(&article, entities()).unwrap());
        assert_eq!(add(&store, &article, &statements()), Change::Changed);
        assert_eq!(add(&store, &article, &statements()), Change::Unchanged);
    }
}

#[test]
fn an_article_with_an_address_may_move_to_another_file() {
    let store = memory();
    add(&store, &article(), &statements());
    let moved = Article { name: "autre.txt".to_owned(), ..article() };
    assert_eq!(add(&store, &moved, &statements()), Change::Unchanged);
}

#[test]
fn a_copy_of_a_text_without_an_address_is_the_same_article() {
    let store = memory();
    add(&store, &bare_article("/news/a.txt", "Il pleut."), &[]);
    let before = dump(&store);
    assert_eq!(add(&store, &bare_article("/copy/b.txt", "Il pleut."), &[]), Change::Unchanged);
    assert_eq!(dump(&store), before);
    assert_eq!(add(&store, &bare_article("/copy/c.txt", "Il neige."), &[]), Change::Added);
}

/// Of two copies of a text the one that is better known stays, whichever comes first.
#[test]
fn the_copy_that_is_better_known_stays() {
    let text = "Il pleut.";
    let bare = bare_article("/copy/a.txt", text);
    let outlet = |name: &str| Some(name.to_owned());
    let named = Article { outlet: outlet("La Gazette"), ..bare_article("/copy/b.txt", text) };
    let address = "https://gazette.example/pluie".to_owned();
    let addressed = Article { address: address.clone(), url: Some(address), ..bare.clone() };
    for (worse, better) in [(&bare, &named), (&bare, &addressed), (&named, &addressed)] {
        let store = memory();
        add(&store, better, &[]);
        let expected = dump(&store);
        assert_eq!(add(&store, worse, &[]), Change::Unchanged);
        assert_eq!(dump(&store), expected);
    }
    for (worse, better) in [(&bare, &named), (&bare, &addressed)] {
        let store = memory();
        add(&store, worse, &[]);
        assert_eq!(add(&store, better, &[]), Change::Changed);
        assert_eq!(add(&store, worse, &[]), Change::Unchanged);
        assert_eq!(add(&store, better, &[]), Change::Unchanged);
    }
    // What two outlets published is two articles, though the words are the same.
    let other = Article { outlet: outlet("Le Courrier"), ..bare };
    let store = memory();
    assert_eq!(add(&store, &named, &[]), Change::Added);
    assert_eq!(add(&store, &other, &[]), Change::Added);
    assert_eq!(add(&store, &named, &[]), Change::Unchanged);
    assert_eq!(add(&store, &other, &[]), Change::Unchanged);
}

/// Whoever reads while an article is replaced sees the old one or the new one, whole.
#[test]
fn a_reader_never_sees_half_an_article() {
    let store = memory();
    let mut longer = article();
    longer.text.push_str("\nFin.");
    let versions = [(article(), statements()), (longer, Vec::new())];
    let all = |store: &Store| everything(store).into_iter().collect::<HashSet<Quad>>();
    let whole = versions.each_ref().map(|(article, statements)| {
        let fresh = memory();
        add(&fresh, article, statements);
        all(&fresh)
    });
    add(&store, &versions[0].0, &versions[0].1);
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for (article, statements) in versions.iter().cycle().skip(1).take(101) {
                assert_eq!(add(&store, article, statements), Change::Changed);
            }
        });
        while !writer.is_finished() {
            let seen = all(&store);
            assert!(whole.contains(&seen), "{} quads", seen.len());
        }
    });
    assert_eq!(all(&store), whole[1]);
}

#[test]
fn a_store_on_disk_is_there_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a/b");
    let store = Store::open_or_create(&path, Some(&base())).unwrap();
    add(&store, &article(), &statements());
    store.flush().unwrap();
    let before = dump(&store);
    drop(store);

    let store = Store::open(&path).unwrap();
    assert_eq!((store.base(), dump(&store)), (&base(), before.clone()));
    drop(store);

    let store = Store::open_or_create(&path, None).unwrap();
    assert_eq!(add(&store, &article(), &statements()), Change::Unchanged);
    store.flush().unwrap();
    drop(store);
    assert_eq!(dump(&Store::open_or_create(&path, None).unwrap()), before);
}

#[test]
fn the_base_of_a_store_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store");
    assert_eq!(Store::open_or_create(&path, None).unwrap().base(), &Base::default());
    let error = Store::open_or_create(&path, Some(&base())).err().unwrap();
    assert!(matches!(error, StoreError::OtherBase { .. }), "{error}");
    assert!(Store::open_or_create(&path, Some(&Base::default())).is_ok());
}

#[test]
fn a_store_in_use_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store");
    let store = Store::open_or_create(&path, None).unwrap();
    let error = Store::open(&path).err().unwrap();
    assert!(matches!(error, StoreError::InUse(_)), "{error}");
    assert!(error.to_string().contains("is in use by another dixit"));
    drop(store);

    let (one, other) = (Store::open(&path).unwrap(), Store::open(&path).unwrap());
    assert!(matches!(Store::open_or_create(&path, None), Err(StoreError::InUse(_))));
    drop((one, other));
    assert!(Store::open_or_create(&path, None).is_ok());
}

#[test]
fn a_missing_store_says_so_and_nothing_is_created() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store");
    let error = Store::open(&path).err().unwrap();
    assert!(matches!(error, StoreError::Missing(_)), "{error}");
    assert!(!path.exists());
    // A folder that is no store is left alone too.
    assert!(matches!(Store::open(folder.path()), Err(StoreError::Missing(_))));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn what_is_no_store_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "x").unwrap();
    assert!(matches!(Store::open(&file), Err(StoreError::IsFile(_))));
    assert!(matches!(Store::open_or_create(&file, None), Err(StoreError::IsFile(_))));
    assert!(matches!(Store::open_or_create(&file.join("below"), None), Err(StoreError::Io { .. })));
    assert!(matches!(Store::open_or_create(folder.path(), None), Err(StoreError::NotAStore(_))));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_damaged_store_says_where() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store");
    drop(Store::open_or_create(&path, None).unwrap());
    fs::write(path.join("base-iri"), "no base").unwrap();
    let error = Store::open(&path).err().unwrap();
    assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
    assert!(error.to_string().contains("base-iri"), "{error}");
}

/// The time of the extraction is kept, and changes nothing: the article is the same, and so are the exports.
#[test]
fn a_store_on_disk_remembers_when_an_article_was_extracted() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_or_create(folder.path(), Some(&base())).unwrap();
    let times = |store: &Store| {
        let quads = everything(store).into_iter();
        quads.filter(|quad| quad.predicate.as_str().ends_with("#extractedAt")).collect::<Vec<_>>()
    };
    add(&store, &article(), &statements());
    let first = times(&store);
    assert_eq!(first.len(), 1);
    let time = first[0].object.to_string();
    assert!(time.starts_with("\"20") && time.ends_with("Z\"^^<http://www.w3.org/2001/XMLSchema#dateTime>"), "{time}");
    assert_eq!(add(&store, &article(), &statements()), Change::Unchanged);
    assert_eq!(times(&store), first);
    let memory = memory();
    add(&memory, &article(), &statements());
    let exported = |store: &Store| {
        let mut lines = Vec::new();
        export(store, ExportFormat::NQuads, Texts::Included, &mut lines).unwrap();
        lines
    };
    assert!(exported(&store) == exported(&memory));
}

/// What waits in memory would grow with the number of articles.
#[test]
#[cfg(feature = "rocksdb")]
fn what_is_added_goes_to_the_disk_on_the_way() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_or_create(&folder.path().join("store"), None).unwrap();
    let on_disk = || {
        let files = fs::read_dir(folder.path().join("store/rocksdb")).unwrap().map(Result::unwrap);
        let tables = files.filter(|file| file.path().extension().is_some_and(|ending| ending == "sst"));
        // Tables that were merged into others meanwhile are gone.
        tables.filter_map(|file| file.metadata().ok()).map(|table| table.len()).sum::<u64>()
    };
    let before = on_disk();
    for part in 0..3 {
        let promise = |n| format!("« Le pont {part}{n} et la digue {n}{part} rouvriront », a promis Anne Roy.\n\n");
        let text: String = (0..1000).map(promise).collect();
        let article = Article { address: format!("/{part}.txt"), url: None, text, ..article() };
        store.add_article(&article, &dixit::extract::extract(&article, entities()), entities()).unwrap();
    }
    assert!(on_disk() > before + 1_000_000, "{before} {}", on_disk());
}
