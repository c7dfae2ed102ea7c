//! What holds for any bytes, taken for any form: reading ends without a fault, and each article has words.

use dixit::article::{ReadOptions, read_paths};
use proptest::prelude::*;
use std::fs;

/// The endings of all forms; their content tells some of them apart as well.
const ENDINGS: [&str; 12] = ["txt", "md", "html", "rss", "atom", "xml", "json", "jsonl", "csv", "tsv", "warc", "gz"];

/// What the forms turn on.
const MORSELS: &[&str] = &[
    "<html>",
    "<body>",
    "<article>",
    "<p>",
    "</p>",
    "</",
    "<",
    ">",
    "&",
    "&#0;",
    "&eacute;",
    "&lol;",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<?xml version=\"1.0\" encoding=\"utf-16\"?>",
    "<meta charset=shift_jis>",
    "<base href='::'>",
    "<script type=\"application/ld+json\">",
    "</script>",
    "{\"@type\":\"NewsArticle\",\"articleBody\":\"",
    "\"@id\":\"#a\"",
    "<meta property=\"og:title\" content=\"",
    "<time datetime=\"2024-02-31\">",
    "Publié le 31 février 2024",
    "<rss>",
    "<rss version=\"2.0\">",
    "<channel>",
    "<item>",
    "</item>",
    "<entry>",
    "</entry>",
    "<feed xmlns=\"http://www.w3.org/2005/Atom\">",
    "<content type=\"xhtml\">",
    "<description>",
    "</description>",
    "<pubDate>",
    "99999",
    "</pubDate>",
    "</channel></rss>",
    "<urlset>",
    "<url>",
    "<loc>https://a.example/</loc>",
    "</url>",
    "</urlset>",
    "<sitemapindex>",
    "<sitemap>",
    "{",
    "}",
    "[",
    "]",
    "\"",
    ":",
    ",",
    ";",
    "\\",
    "\\u0000",
    "\\ud800",
    "null",
    "1e999",
    "-0",
    "\"text\":",
    "\"id\":1",
    "\"items\":[",
    "\"version\":\"https://jsonfeed.org/version/1.1\",",
    "id,text\n",
    "id;text\r\n",
    "text\tid\n",
    "---\n",
    "title: a\n",
    "date: 31\n",
    "WARC/1.0\r\n",
    "WARC-Type: response\r\n",
    "WARC-Type: conversion\r\n",
    "Content-Type: text/plain\r\n",
    "Content-Length: 30\r\n",
    "Content-Length: 18446744073709551615\r\n",
    "\r\n\r\n",
    "HTTP/1.1 200 OK\r\n",
    "Transfer-Encoding: chunked\r\n",
    "ffffffffffffffff\r\n",
    "\n",
    "\r",
    "\0",
    "\u{feff}",
    "é",
    "« Oui », a dit Anne Roy.",
    " ",
];

/// How packed files begin, and others that are told by their first bytes.
const HEADS: &[&[u8]] = &[b"", b"\x1F\x8B\x08\0", b"\x28\xB5\x2F\xFD", b"\xFF\xFE", b"{\"", b"WARC/1.0\r\n"];

fn any_bytes() -> impl Strategy<Value = Vec<u8>> {
    let morsel = proptest::sample::select(MORSELS).prop_map(|morsel| morsel.as_bytes().to_vec());
    let noise = proptest::collection::vec(any::<u8>(), 0..8);
    let head = proptest::sample::select(HEADS);
    let parts = proptest::collection::vec(prop_oneof![8 => morsel, 1 => noise], 0..40);
    (head, parts).prop_map(|(head, parts)| [head.to_vec(), parts.concat()].concat())
}

fn check(bytes: &[u8]) {
    let folder = tempfile::tempdir().unwrap();
    for ending in ENDINGS {
        let path = folder.path().join(format!("any.{ending}"));
        fs::write(&path, bytes).unwrap();
        for read in read_paths(&[path], &ReadOptions::default()) {
            match read {
                Ok(article) => {
                    assert!(!article.text.trim().is_empty() && !article.text.contains('\0'), "{ending}: {article:?}");
                    assert!(!article.name.is_empty() && !article.address.is_empty(), "{ending}: {article:?}");
                }
                Err(error) => assert!(error.to_string().contains(&format!("any.{ending}")), "{ending}: {error}"),
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn reading_any_bytes_ends(bytes in any_bytes()) {
        check(&bytes);
    }
}
