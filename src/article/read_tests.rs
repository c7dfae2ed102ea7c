use super::*;
use crate::date::PartialDate;
use std::fs;
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
    read_paths(&paths).map(tell).collect()
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
    assert_eq!(outcome(folder.path(), &["f.csv", "b.txt"]), ["f.csv", "b.txt"], "as given");
}

#[test]
fn a_sidecar_describes_the_files_beside_it() {
    let sidecar = "\u{FEFF}file,title,outlet,url,published,language\r\n\
                   a.txt,\"Un pont, enfin\",Le Courrier,https://courrier.example/pont,2021-04,en\r\n";
    let folder = folder(&[("articles.csv", sidecar.as_bytes()), ("a.txt", b"A"), ("b.txt", b"B"), ("sub/a.txt", b"S")]);
    let articles: Vec<Article> = read_paths(&[folder.path().to_path_buf()]).map(Result::unwrap).collect();
    assert_eq!(articles.len(), 3);
    let a = &articles[0];
    assert_eq!(a.address, "https://courrier.example/pont");
    assert_eq!((a.title.as_deref(), a.outlet.as_deref()), (Some("Un pont, enfin"), Some("Le Courrier")));
    assert_eq!((a.published, a.language.as_str()), (Some(PartialDate::Month(2021, 4)), "en"));
    let b = &articles[1];
    assert_eq!((b.url.as_ref(), b.outlet.as_ref(), b.published, b.language.as_str()), (None, None, None, "fr"));
    assert_eq!(b.address, absolute(&folder.path().join("b.txt")));
    assert_eq!(articles[2].outlet, None, "a sidecar describes its own folder only");

    let named: Vec<Article> = read_paths(&[folder.path().join("a.txt")]).map(Result::unwrap).collect();
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
        "ROOT/./articles.csv, line 2: published: `hier` is not a date: write a day (2022-03-28), a month (2022-03) or a year (2022)",
        "ROOT/./articles.csv, line 3: the file `gone.txt` does not exist: correct its name or remove the row",
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
        "ROOT/sub: no article in this folder: articles are text files (.txt, .text, .md or without extension)",
        "ROOT/articles.csv: this file describes articles: name the articles or their folder instead",
    ];
    assert_eq!(outcome(folder.path(), &["gone.txt", "sub", "articles.csv"]), expected);
}

#[test]
fn text_stays_as_it_is_but_for_the_byte_order_mark() {
    let folder = folder(&[("a.txt", "\u{FEFF}É\r\nb".as_bytes()), ("b.txt", b"\xFF\xFEa\0")]);
    let articles: Vec<_> = read_paths(&[folder.path().join("a.txt"), folder.path().join("b.txt")]).collect();
    assert_eq!(articles[0].as_ref().unwrap().text, "É\r\nb");
    assert!(articles[1].as_ref().unwrap_err().to_string().contains("iconv -f UTF-16"));
}

#[test]
fn the_same_file_has_the_same_address_however_it_is_named() {
    let folder = folder(&[("a/b.txt", b"B")]);
    let root = folder.path();
    assert_eq!(absolute(&root.join("a/./b.txt")), absolute(&root.join("a/../a/b.txt")));
}
