//! Forms of input, each beside the least that must be done with its bytes.

use crate::table::{Rate, Row, Table};
use crate::{Result, best};
use dixit::article::{Article, ReadOptions, read_paths};
use dom_query::Document;
use flate2::Compression;
use flate2::read::MultiGzDecoder;
use flate2::write::GzEncoder;
use quick_xml::Reader;
use quick_xml::events::Event;
use serde::de::IgnoredAny;
use serde_json::json;
use std::fs;
use std::hint::black_box;
use std::io::{self, Write};
use std::path::Path;

/// Files of each form with the articles, and how fast they are read.
pub fn reading(articles: &[Article], table: &mut Table) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let at = |name: &str| folder.path().join(name);

    let lines: Vec<String> = articles.iter().map(line).collect();
    let file = at("articles.jsonl");
    fs::write(&file, lines.join("\n"))?;
    let parsed = best(|| lines.iter().for_each(|line| drop(black_box(serde_json::from_str::<IgnoredAny>(line)))));
    let bytes = lines.iter().map(String::len).sum();
    add(table, "articles in JSON lines", &file, bytes, articles.len(), "to parse and forget the JSON", parsed)?;

    let feed = feed(articles);
    let file = at("articles.xml");
    fs::write(&file, &feed)?;
    let passed = best(|| {
        let mut events = Reader::from_str(&feed);
        while !matches!(events.read_event(), Ok(Event::Eof) | Err(_)) {}
    });
    add(table, "articles in a feed", &file, feed.len(), articles.len(), "to go through the XML", passed)?;

    let pages: Vec<String> = articles.iter().map(page).collect();
    let bytes = pages.iter().map(String::len).sum();
    let file = at("pages");
    fs::create_dir(&file)?;
    for (number, page) in pages.iter().enumerate() {
        fs::write(file.join(format!("{number}.html")), page)?;
    }
    let parsed = best(|| pages.iter().for_each(|page| drop(black_box(Document::from(page.as_str())))));
    add(table, "pages in HTML", &file, bytes, pages.len(), "to parse the HTML", parsed)?;

    let (archive, bytes) = archive(&pages)?;
    let file = at("pages.warc.gz");
    fs::write(&file, &archive)?;
    let unpacked = best(|| {
        let _ = black_box(io::copy(&mut MultiGzDecoder::new(archive.as_slice()), &mut io::sink()));
    });
    add(table, "pages in a packed web archive", &file, bytes, pages.len(), "to unpack it", unpacked)
}

/// Reads a file, which must give so many articles, and adds its row; bytes are counted as they are unpacked.
fn add(
    table: &mut Table,
    what: &str,
    file: &Path,
    bytes: usize,
    articles: usize,
    limited_by: &str,
    limit: std::time::Duration,
) -> Result<()> {
    let paths = [file.to_path_buf()];
    let read = || read_paths(&paths, &ReadOptions::default());
    if let Some(error) = read().find_map(|article| article.err()) {
        return Err(error.into());
    }
    if read().count() != articles {
        return Err(format!("{what}: {articles} were written, {} read", read().count()).into());
    }
    let own = best(|| read().for_each(|article| drop(black_box(article))));
    table.add(Row::of(what, Rate::bytes(bytes, own), limited_by, Rate::bytes(bytes, limit)));
    Ok(())
}

fn line(article: &Article) -> String {
    json!({ "id": article.name, "text": article.text, "published": "2024-03-09", "language": "fr" }).to_string()
}

/// The paragraphs between the tags that sites put around them.
fn page(article: &Article) -> String {
    let paragraphs =
        article.text.split("\n\n").map(|paragraph| format!("<p class=\"text\">{}</p>\n", escaped(paragraph)));
    let menu = "<li class=\"menu__item\"><a href=\"/rubrique\">Rubrique</a></li>\n".repeat(40);
    format!(
        "<!DOCTYPE html>\n<html lang=\"fr\"><head><meta charset=\"utf-8\"><title>Article {name}</title>\n\
         <meta property=\"article:published_time\" content=\"2024-03-09\"></head>\n\
         <body><nav><ul>{menu}</ul></nav>\n<article><h1>Article {name}</h1>\n{body}</article>\n\
         <footer><ul>{menu}</ul></footer></body></html>\n",
        name = article.name,
        body = paragraphs.collect::<String>(),
    )
}

fn feed(articles: &[Article]) -> String {
    let item = |article: &Article| {
        format!(
            "<item><title>Article {name}</title><link>https://journal.example/{name}</link>\
             <pubDate>Sat, 09 Mar 2024 10:00:00 GMT</pubDate><description>{body}</description></item>\n",
            name = article.name,
            body = escaped(&article.text),
        )
    };
    let items: String = articles.iter().map(item).collect();
    let head = "<title>Journal</title><link>https://journal.example/</link><description>Articles</description>";
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel>{head}\n{items}</channel></rss>\n"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// A packed archive of the pages, a member each, and its size when it is unpacked.
fn archive(pages: &[String]) -> Result<(Vec<u8>, usize)> {
    let (mut packed, mut size) = (Vec::new(), 0);
    for (number, page) in pages.iter().enumerate() {
        let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}");
        let record = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://journal.example/{number}\r\n\
             WARC-Date: 2024-03-09T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n\
             Content-Length: {}\r\n\r\n{answer}\r\n\r\n",
            answer.len()
        );
        size += record.len();
        let mut member = GzEncoder::new(Vec::new(), Compression::default());
        member.write_all(record.as_bytes())?;
        packed.extend(member.finish()?);
    }
    Ok((packed, size))
}
