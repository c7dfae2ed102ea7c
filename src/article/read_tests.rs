use super::super::Filter;
use super::*;
use crate::date::PartialDate;
use flate2::{Compression, write::GzEncoder};
use std::fs;
use std::io::Write;
use tempfile::TempDir;

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// What reading `paths` yields: the names of the articles, or the messages without the folder's name.
fn outcome(root: &Path, paths: &[&str]) -> Vec<String> {
    let paths: Vec<PathBuf> = paths.iter().map(|p| root.join(p)).collect();
    let root = root.display().to_string();
    let tell = |result: Result<Article, ReadError>| match result {
        Ok(article) => article.name,
        Err(error) => error.to_string().replace(&root, "ROOT"),
    };
    read_paths(&paths, &ReadOptions::default()).map(tell).collect()
}

#[test]
fn a_folder_is_read_recursively_in_the_order_of_names() {
    let files: [(&str, &[u8]); 8] = [
        ("b.txt", b"B"),
        ("a.md", b"A"),
        ("c/d", b"D"),
        ("c/picture", b"\x89PNG..."),
        ("c/e.TEXT", b"E"),
        ("f.csv", b"F"),
        (".hidden.txt", b"H"),
        (".git/g.txt", b"G"),
    ];
    let folder = folder(&files);
    assert_eq!(outcome(folder.path(), &["."]), ["a.md", "b.txt", "d", "e.TEXT"]);
    assert_eq!(outcome(folder.path(), &["c/d", "b.txt"]), ["d", "b.txt"], "as given");
}

#[test]
fn a_sidecar_describes_the_files_beside_it() {
    let sidecar = "\u{FEFF}file,title,outlet,url,published,language\r\n\
                   a.txt,\"Un pont, enfin\",Le Courrier,https://courrier.example/pont,2021-04,en\r\n";
    let folder = folder(&[("articles.csv", sidecar.as_bytes()), ("a.txt", b"A"), ("b.txt", b"B"), ("sub/a.txt", b"S")]);
    let articles: Vec<Article> =
        read_paths(&[folder.path().to_path_buf()], &ReadOptions::default()).map(Result::unwrap).collect();
    assert_eq!(articles.len(), 3);
    let a = &articles[0];
    assert_eq!(a.address, "https://courrier.example/pont");
    assert_eq!((a.title.as_deref(), a.outlet.as_deref()), (Some("Un pont, enfin"), Some("Le Courrier")));
    assert_eq!((a.published, a.language.as_str()), (Some(PartialDate::Month(2021, 4)), "en"));
    let b = &articles[1];
    assert_eq!((b.url.as_ref(), b.outlet.as_ref(), b.published, b.language.as_str()), (None, None, None, "fr"));
    assert_eq!(b.address, folder.path().join("b.txt").display().to_string());
    assert_eq!(articles[2].outlet, None, "a sidecar describes its own folder only");

    let named: Vec<Article> =
        read_paths(&[folder.path().join("a.txt")], &ReadOptions::default()).map(Result::unwrap).collect();
    assert_eq!(named[0], *a, "the same when the file is named itself");
}

#[test]
fn each_problem_is_one_line_with_place_and_mend_and_the_rest_is_read() {
    let files: [(&str, &[u8]); 6] = [
        ("articles.csv", b"file,published\nz.txt,hier\ngone.txt,2021\n"),
        ("a.txt", b" \r\n\t\n"),
        ("b.txt", b"na\xEFf"),
        ("c.txt", b"ab\0c"),
        ("d.txt", b"%PDF-1.7"),
        ("z.txt", b"Z"),
    ];
    let folder = folder(&files);
    let expected = [
        "ROOT/./articles.csv:2: published: `hier` is not a date: write a day (2022-03-28), a month (2022-03) or a year (2022)",
        "ROOT/./articles.csv:3: the file `gone.txt` does not exist: correct its name or remove the row",
        "ROOT/./a.txt: the file is empty: remove it or put the article's text into it",
        "ROOT/./b.txt: byte 2 is not valid UTF-8: convert the file, for example `iconv -f WINDOWS-1252 -t UTF-8 \"ROOT/./b.txt\"`",
        "ROOT/./c.txt: a NUL byte at byte 2, not plain text: save the article as UTF-8 text",
        "ROOT/./d.txt: a PDF document at byte 0, not plain text: save the article as UTF-8 text",
        "z.txt",
    ];
    assert_eq!(outcome(folder.path(), &["."]), expected);
    assert_eq!(outcome(folder.path(), &["b.txt"]).len(), 1, "the rows of other files are not told");
    assert_eq!(outcome(folder.path(), &["z.txt"]).len(), 2, "the row's error, and the article");
}

#[test]
fn what_is_not_there_is_told() {
    let folder = folder(&[("articles.csv", b"file\n"), ("sub/picture.png", b"x")]);
    let expected = [
        "ROOT/gone.txt: no such file or folder: check the spelling",
        "ROOT/sub: no article in this folder: articles are text (.txt, .md or without extension), pages (.html), feeds (.xml, .rss, .atom), data (.jsonl, .json, .csv) and archives (.warc), packed or not",
        "ROOT/articles.csv: this file describes articles: name the articles or their folder instead",
    ];
    assert_eq!(outcome(folder.path(), &["gone.txt", "sub", "articles.csv"]), expected);
}

#[test]
fn text_stays_as_it_is_but_for_the_byte_order_mark() {
    let folder = folder(&[("a.txt", "\u{FEFF}É\r\nb".as_bytes()), ("b.txt", b"\xFF\xFEa\0")]);
    let articles: Vec<_> =
        read_paths(&[folder.path().join("a.txt"), folder.path().join("b.txt")], &ReadOptions::default()).collect();
    assert_eq!(articles[0].as_ref().unwrap().text, "É\r\nb");
    assert!(articles[1].as_ref().unwrap_err().to_string().contains("iconv -f UTF-16"));
}

const LINES: &str = "{\"id\": \"a\", \"text\": \"Oui.\"}\n{\"id\": \"b\", \"text\": \"Non.\"}\n";

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn json_lines_are_told_by_content_or_name() {
    let files: [(&str, &[u8]); 6] = [
        ("articles.csv", b"file,outlet\nlines.txt,Le Courrier\n"),
        ("lines.txt", LINES.as_bytes()),
        ("empty.jsonl", b""),
        ("other.jsonl", b"Bonjour.\n"),
        ("page.jsonl", b"%PDF-1.7\n"),
        ("sub/lines.json", LINES.as_bytes()),
    ];
    let folder = folder(&files);
    let expected = [
        "ROOT/./empty.jsonl: the file is empty: remove it or put the article's text into it",
        "a",
        "b",
        "ROOT/./other.jsonl:1: not a JSON object: write one object a line",
        "ROOT/./page.jsonl: a PDF document at byte 0, not plain text: save the article as UTF-8 text",
        "a",
        "b",
    ];
    assert_eq!(outcome(folder.path(), &["."]), expected);
    let articles: Vec<Article> =
        read_paths(&[folder.path().join("lines.txt")], &ReadOptions::default()).map(Result::unwrap).collect();
    assert_eq!(articles[0].outlet.as_deref(), Some("Le Courrier"));
    assert_eq!(articles[0].address, format!("{}#a", folder.path().join("lines.txt").display()));
}

#[test]
fn packed_files_are_unpacked_whatever_their_name() {
    let (first, second) = LINES.split_at(LINES.find('\n').unwrap() + 1);
    let members = [packed(first.as_bytes()), packed(second.as_bytes())].concat();
    let text = packed("\u{FEFF}Le pont rouvre.".as_bytes());
    let folder = folder(&[
        ("a.jsonl.gz", &members),
        ("b.jsonl", &packed(LINES.as_bytes())),
        ("c.txt.gz", &text),
        ("d.zip", b"x"),
    ]);
    assert_eq!(outcome(folder.path(), &["."]), ["a", "b", "a", "b", "c.txt.gz"]);
}

#[test]
fn of_a_broken_packed_file_the_readable_part_is_read() {
    let lines: String = (0..5_000).map(|i| format!("{{\"text\": \"Le pont {i} tient.\"}}\n")).collect();
    let whole = packed(lines.as_bytes());
    let folder = folder(&[("cut.jsonl.gz", &whole[..whole.len() / 2]), ("cut.txt.gz", &whole[..9])]);
    let outcome = outcome(folder.path(), &["."]);
    let (told, read) = outcome[..outcome.len() - 1].split_last().unwrap();
    assert!(read.len() > 1_000 && read.iter().all(|name| name.starts_with("cut.jsonl.gz#")), "{read:?}");
    let expected = format!(
        ":{}: the file is cut off here: the lines above were read; fetch or pack the file anew",
        read.len() + 1
    );
    assert!(told.ends_with(&expected), "{told}");
    assert!(outcome.last().unwrap().contains("cannot be unpacked"), "{outcome:?}");
}

#[test]
fn an_excepted_file_is_no_article() {
    let folder = folder(&[("a.txt", b"A"), ("gold.jsonl", LINES.as_bytes())]);
    let root = folder.path().to_path_buf();
    let gold = root.join("./gold.jsonl");
    let articles = read_paths(&[root], &ReadOptions { except: vec![gold], ..ReadOptions::default() });
    assert_eq!(articles.map(|article| article.unwrap().name).collect::<Vec<_>>(), ["a.txt"]);
}

#[test]
fn tables_of_a_folder_count_when_they_have_texts() {
    let table = b"id,text\na,Oui.\nb,Non.\n";
    let folder = folder(&[("a.csv", table), ("b.csv", b"id,count\na,1\n"), ("sub/articles.csv", table)]);
    assert_eq!(outcome(folder.path(), &["a.csv", "sub/articles.csv"]), ["a", "b", "a", "b"]);
    assert_eq!(outcome(folder.path(), &["."]), ["a", "b", "a", "b"]);
}

#[test]
fn patterns_choose_among_the_files_of_a_folder() {
    let folder = folder(&[("a.txt", b"A"), ("b.log", b"B"), ("old/c.txt", b"C"), ("old/new/d.txt", b"D")]);
    let read = |include: &[&str], exclude: &[&str]| -> Vec<String> {
        let own = |list: &[&str]| list.iter().map(|p| (*p).to_owned()).collect::<Vec<_>>();
        let filter = Filter::new(&own(include), &own(exclude)).unwrap();
        let options = ReadOptions { filter, ..ReadOptions::default() };
        read_paths(&[folder.path().to_path_buf()], &options).map(|article| article.unwrap().name).collect()
    };
    assert_eq!(read(&[], &["old/"]), ["a.txt"]);
    assert_eq!(read(&["*.log", "**/new/*"], &[]), ["b.log", "d.txt"]);
    assert_eq!(read(&["*.txt"], &["d.*"]), ["a.txt", "c.txt"]);
}
