use super::*;
use crate::article::Article;
use std::io::Cursor;

fn read_archive(bytes: &[u8]) -> Vec<Result<Article, ReadError>> {
    let input = Input {
        path: "a.warc".into(),
        name: "a.warc".to_owned(),
        place: Some("/a.warc".to_owned()),
        address: None,
        charset: None,
        known: Metadata::default(),
        head: bytes[..bytes.len().min(4096)].to_vec(),
        bytes: Box::new(Cursor::new(bytes.to_vec())),
    };
    assert!(fits(&input));
    read(input).map(|found| found.and_then(Unread::read)).collect()
}

fn outcome(bytes: &[u8]) -> Vec<String> {
    let tell = |result: Result<Article, ReadError>| result.map_or_else(|e| e.to_string(), |a| a.name);
    read_archive(bytes).into_iter().map(tell).collect()
}

fn record(kind: &str, address: &str, form: &str, block: &[u8]) -> Vec<u8> {
    let length = block.len();
    let header = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nContent-Type: {form}\r\nContent-Length: {length}\r\n\r\n"
    );
    [header.as_bytes(), block, b"\r\n\r\n"].concat()
}

fn response(address: &str, header: &str, body: &[u8]) -> Vec<u8> {
    let block = [format!("HTTP/1.1 {header}\r\n\r\n").as_bytes(), body].concat();
    record("response", address, "application/http; msgtype=response", &block)
}

/// A page with an article that begins with these words.
fn long(words: &str) -> String {
    let more = "Le chantier a duré dix mois. La ville a payé deux millions. Les vélos passeront dès lundi.";
    let last = "La maire l'a dit mardi au conseil, devant les habitants venus en nombre.";
    let body = format!("<p>{words} {more}</p>\n<p>Le vieux pont reste ouvert, dit-elle, et la rue aussi. {last}</p>");
    format!(
        "<html lang=fr><head><title>Le pont</title></head><body><article><h1>Le pont</h1>{body}</article></body></html>"
    )
}

#[test]
fn the_pages_that_servers_answered_are_read() {
    let latin: Vec<u8> = long("L'été, le pont rouvre.").chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect();
    let html = "Content-Type: text/html";
    let chunked = format!("{:x}\r\n{}\r\n0\r\n\r\n", long("Le port rouvre.").len(), long("Le port rouvre."));
    let archive = [
        record("warcinfo", "", "application/warc-fields", b"software: x\r\n"),
        response("https://a.example/1", &format!("200 OK\r\n{html}; charset=ISO-8859-1"), &latin),
        response("https://a.example/2", &format!("200 OK\r\n{html}\r\nTransfer-Encoding: chunked"), chunked.as_bytes()),
        response("https://a.example/3", "302 Found\r\nLocation: /1", b""),
        response("https://a.example/4", "200 OK\r\nContent-Type: image/png", b"\x89PNG"),
        record("conversion", "https://a.example/5", "text/plain", "Le pont rouvre.".as_bytes()),
    ];
    let told = read_archive(&archive.concat());
    let first = told[0].as_ref().unwrap();
    assert!(first.text.contains("L'été, le pont rouvre."), "{}", first.text);
    assert_eq!((first.url.as_deref(), first.origins.url), (Some("https://a.example/1"), Some(Origin::Address)));
    assert!(told[1].as_ref().unwrap().text.contains("Le port rouvre."));
    let text = told[2].as_ref().unwrap();
    assert_eq!((text.text.as_str(), text.origins.url), ("Le pont rouvre.", Some(Origin::Archive)));
    let passed = told[3].as_ref().unwrap_err();
    assert!(!passed.is_failure());
    assert_eq!(passed.to_string(), "a.warc: passed over: 1 answers other than 200, 1 answers that are no pages");
}

#[test]
fn of_a_record_that_is_cut_off_the_first_part_is_read() {
    let whole =
        response("https://a.example/1", "200 OK\r\nContent-Type: text/html", long("Le pont rouvre.").as_bytes());
    let told = outcome(&whole[..whole.len() - 60]);
    assert_eq!(
        told,
        [
            "https://a.example/1",
            "a.warc: record 1: the archive is cut off here: what stands before it was read; fetch it anew"
        ]
    );
}

#[test]
fn what_is_no_record_ends_the_archive() {
    let good = record("conversion", "https://a.example/5", "text/plain", "Le pont rouvre.".as_bytes());
    let told = outcome(&[good, b"<html>\r\n\r\n".to_vec()].concat());
    assert_eq!(told[0], "https://a.example/5");
    assert!(told[1].starts_with("a.warc: record 2: from here on the archive cannot be read (no record begins here)"));
    let endless = [b"WARC/1.0\r\nX: ".to_vec(), vec![b'a'; 100_000]].concat();
    assert!(outcome(&endless)[0].contains("a header without end"));
    assert!(outcome(b"WARC/1.0\r\nContent-Length: x\r\n\r\n")[0].contains("a record without length"));
}

#[test]
fn a_page_without_article_is_passed_over() {
    let empty = response("https://a.example/1", "200 OK\r\nContent-Type: text/html", b"<html><body></body></html>");
    let told = read_archive(&empty);
    assert!(!told[0].as_ref().unwrap_err().is_failure());
}
