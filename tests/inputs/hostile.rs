//! What is broken or meant to harm: each file is one clear message that names it, the place and the mend, soon and in
//! little memory, and the rest of the batch is read.

use super::desk::{Desk, Ended, STATEMENT, gzip, zstd};
use serde_json::Value;
use std::time::{Duration, Instant};

/// More than any article has.
const HUGE: u64 = (64 << 20) + 1024;

/// What the program says of `name`, and the texts of the articles in it. The file behind it is read, too.
#[track_caller]
fn told(desk: &Desk, name: &str, options: &[&str]) -> (Ended, Vec<String>) {
    desk.put("z.txt", STATEMENT);
    let start = Instant::now();
    let mut ended = desk.run(&[&["--verbose", "read", "--format", "jsonl", name, "z.txt"], options].concat());
    assert!(start.elapsed() < Duration::from_secs(60), "{name}: {:?}", start.elapsed());
    ended.said.iter_mut().for_each(|line| *line = line.trim_start_matches("dixit: ").to_owned());
    let articles = ended.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let mut texts: Vec<String> = articles.map(|article| article["text"].as_str().unwrap().to_owned()).collect();
    assert_eq!(texts.pop().as_deref(), Some(STATEMENT), "the rest was not read after {name}: {:?}", ended.said);
    (ended, texts)
}

/// Nothing can be read of the file: the program says so in this line.
#[track_caller]
fn refused(name: &str, bytes: impl AsRef<[u8]>, line: &str) {
    let desk = Desk::new();
    desk.put(name, bytes);
    let (ended, texts) = told(&desk, name, &[]);
    assert_eq!((ended.status, texts.len(), ended.said), (1, 0, vec![line.to_owned()]));
}

/// Something, one letter again and again, and something more, packed with zstd.
fn bomb(before: &str, letter: u8, count: u64, after: &str) -> Vec<u8> {
    [zstd(before), repeated(letter, count), zstd(after)].concat()
}

/// A frame of so many letters: blocks of one letter repeated (RFC 8878, 3.1.1.2). It is made faster than any packer could.
fn repeated(letter: u8, count: u64) -> Vec<u8> {
    const BLOCK: u32 = 128 << 10;
    // The window is 128 KiB; there is no checksum.
    let mut frame = vec![0x28, 0xB5, 0x2F, 0xFD, 0x00, 0x38];
    let [a, b, c, _] = (BLOCK << 3 | 1 << 1).to_le_bytes();
    frame.extend([a, b, c, letter].repeat(count.div_ceil(BLOCK.into()) as usize));
    frame.extend([1, 0, 0]);
    frame
}

#[test]
fn bombs_are_larger_than_any_article() {
    let line = |name: &str| format!("{name}: larger than 67108864 bytes: split it into one file an article");
    refused("bomb.txt.gz", gzip(vec![0; HUGE as usize]), &line("bomb.txt.gz"));
    refused("bomb.zst", bomb("", b'a', HUGE, ""), &line("bomb.zst"));
    refused("bomb.html.zst", bomb("<html>", b' ', HUGE, ""), &line("bomb.html.zst"));
    refused("bomb.rss.zst", bomb("<rss>", b' ', HUGE, ""), &line("bomb.rss.zst"));
    refused("bomb.xml.zst", bomb("<urlset>", b' ', HUGE, ""), &line("bomb.xml.zst"));
}

#[test]
fn a_line_without_end_is_passed_over() {
    let desk = Desk::new();
    let article = "{\"text\": \"« Le port ouvrira », a dit Anne Roy.\"}\n";
    desk.put("lines.jsonl.zst", bomb(&format!("{article}{{\"text\": \""), b'a', HUGE, &format!("\"}}\n{article}")));
    let (ended, texts) = told(&desk, "lines.jsonl.zst", &[]);
    assert_eq!(
        ended.said,
        ["lines.jsonl.zst:2: longer than 67108864 bytes: no article is, so the line was passed over"]
    );
    assert_eq!((ended.status, texts.len()), (1, 2));

    let begin = format!("[{},\n {{\"text\": \"", article.trim());
    desk.put("array.json.zst", bomb(&begin, b'a', HUGE, &format!("\"}},\n{article}]")));
    let (ended, texts) = told(&desk, "array.json.zst", &[]);
    assert_eq!(ended.said, ["array.json.zst:2: longer than 67108864 bytes: no article is, so it was passed over"]);
    assert_eq!((ended.status, texts.len()), (1, 2));
}

#[test]
fn a_row_without_end_ends_its_table() {
    let desk = Desk::new();
    desk.put("rows.csv.zst", bomb("id,text\na,Oui.\nb,\"", b'a', 2 * HUGE, "\nc,Non.\n"));
    let (ended, texts) = told(&desk, "rows.csv.zst", &[]);
    assert_eq!(
        ended.said,
        ["rows.csv.zst:3: the row that begins here is longer than 67108864 bytes: close its quotes"]
    );
    assert_eq!((ended.status, texts), (1, vec!["Oui.".to_owned()]));
    let header = "header.csv.zst:1: the first line is longer than 1048576 bytes: name the columns in it";
    refused("header.csv.zst", bomb("id,text", b',', HUGE, "\n"), header);
}

#[test]
fn many_small_things_are_as_bad_as_a_large_one() {
    let many = |head: &str, part: &str, end: &str| gzip(format!("{head}{}{end}", part.repeat(1_000_000)));
    refused(
        "items.rss.gz",
        many("<rss version=\"2.0\"><channel>", "<item/>", "</channel></rss>"),
        "items.rss.gz: feed: more than 500000 elements: no feed has so many; split it",
    );
    let desk = Desk::new();
    desk.put("urls.xml.gz", many("<urlset>", "<url><loc>http://a.example</loc></url>", "</urlset>"));
    let (ended, _) = told(&desk, "urls.xml.gz", &[]);
    assert!(ended.said[0].starts_with("urls.xml.gz: sitemap: more than 50000 pages: "), "{ended:?}");
    desk.put("numbers.jsonl.gz", many("{\"text\": [", "0,", "0]}\n{\"text\": \"Oui.\"}\n"));
    let (ended, texts) = told(&desk, "numbers.jsonl.gz", &[]);
    assert_eq!(ended.said, ["numbers.jsonl.gz:1: text: not a string: write \"text\": \"…\""]);
    assert_eq!(texts, ["Oui."]);
    desk.put("objects.json", format!("{{\"articles\": [{}{{\"text\": \"Oui.\"}}]}}", "{},".repeat(10_000)));
    let (ended, texts) = told(&desk, "objects.json", &[]);
    assert_eq!((ended.said.len(), texts), (10_000, vec!["Oui.".to_owned()]));
}

#[test]
fn a_page_of_many_levels_is_read() {
    let desk = Desk::new();
    for tag in ["div", "table><tr><td"] {
        let page =
            format!("<html><body>{}<p>« Le port ouvrira », a dit Anne Roy.</p>", format!("<{tag}>").repeat(100_000));
        desk.put("deep.html", page);
        let (ended, _) = told(&desk, "deep.html", &[]);
        assert!(ended.said.len() <= 1, "{ended:?}");
    }
}

#[test]
fn what_is_declared_about_letters_may_be_wrong() {
    let page = |charset: &str| {
        let words = "L’été, « le bac passera par là où l’eau est haute », a déclaré la préfète Zoé Vidal à la presse.";
        format!(
            "<!DOCTYPE html><html><head><meta charset={charset}><title>Été</title></head><body><article><p>{words}</p></article>"
        )
    };
    let desk = Desk::new();
    desk.put("utf8.html", page("windows-1252"));
    let latin = encoding_rs::WINDOWS_1252.encode(&page("utf-8")).0.into_owned();
    desk.put("latin.html", latin);
    for name in ["utf8.html", "latin.html"] {
        let (ended, texts) = told(&desk, name, &[]);
        assert!(
            ended.said.is_empty() && texts[0].contains("L’été, « le bac passera par là où l’eau"),
            "{texts:?} {ended:?}"
        );
    }
    // The same in feeds.
    let feed = |charset: &str| {
        format!(
            "<?xml version=\"1.0\" encoding=\"{charset}\"?><rss version=\"2.0\"><channel><title>Été</title>\
             <item><description>« L'été sera là », a déclaré Zoé Vidal.</description></item></channel></rss>"
        )
    };
    let latin = |text: &str| encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
    for (name, bytes) in [
        ("latin.rss", latin(&feed("windows-1252"))),
        ("latin-as-utf8.rss", latin(&feed("utf-8"))),
        ("utf8-as-latin.rss", feed("iso-8859-1").into_bytes()),
    ] {
        desk.put(name, bytes);
        let (ended, texts) = told(&desk, name, &[]);
        assert_eq!(
            (texts, ended.said.len()),
            (vec!["« L'été sera là », a déclaré Zoé Vidal.".to_owned()], 0),
            "{name}"
        );
    }
}

/// Dates that are none.
const NO_DATES: [&str; 6] = [
    "2024-02-31",
    "0000-00-00T00:00:00Z",
    "Wed, 31 Feb 2024 10:00:00 +0100",
    "99999-01-01",
    "2024-13-45T99:99:99+99:99",
    "hier",
];

#[test]
fn a_date_that_is_none_stays_unknown() {
    let desk = Desk::new();
    for date in NO_DATES {
        desk.put(
            "page.html",
            format!(
                "<!DOCTYPE html><html><head><meta property=\"article:published_time\" content=\"{date}\">\
                 <script type=\"application/ld+json\">{{\"@type\": \"NewsArticle\", \"datePublished\": \"{date}\"}}</script>\
                 </head><body><article><p>« Le bac passera cet été », a déclaré Zoé Vidal.</p></article></body></html>"
            ),
        );
        desk.put(
            "feed.rss",
            format!(
                "<rss version=\"2.0\"><channel><title>Le Courrier</title><item><pubDate>{date}</pubDate>\
                 <description>« Le bac passera », a déclaré Zoé Vidal.</description></item></channel></rss>"
            ),
        );
        for article in desk.read(&["page.html", "feed.rss"]) {
            assert_eq!(article["published"], Value::Null, "{date}: {article}");
        }
        desk.put("lines.jsonl", format!("\n{{\"text\": \"Oui.\", \"published\": \"{date}\"}}"));
        let (ended, texts) = told(&desk, "lines.jsonl", &[]);
        let line = format!(
            "lines.jsonl:2: published: `{date}` is not a date: write a day (2022-03-28), a month (2022-03) or a year (2022)"
        );
        assert_eq!((ended.status, texts.len(), ended.said), (1, 1, vec![line]), "what is known of the text is kept");
    }
}

#[test]
fn a_time_far_from_ours_is_of_its_day() {
    let desk = Desk::new();
    let entry = |date: &str| {
        format!(
            "<rss version=\"2.0\"><channel><title>Le Courrier</title><item><pubDate>{date}</pubDate>\
             <description>« Le bac passera », a déclaré Zoé Vidal.</description></item></channel></rss>"
        )
    };
    for date in
        ["Thu, 28 Mar 2024 10:00:00 +9900", "2024-03-28T23:59:60+23:59", "2024-03-28T10:00:00.123456789123456789Z"]
    {
        desk.put("feed.rss", entry(date));
        assert_eq!(desk.read(&["feed.rss"])[0]["published"], "2024-03-28", "{date}");
    }
}

#[test]
fn json_of_wrong_types_is_told_with_its_line() {
    let desk = Desk::new();
    let text = "\"text\": \"Oui.\"";
    desk.put(
        "types.jsonl",
        format!(
            "3\n\"Oui.\"\n[]\nnull\n{{\"text\": {{\"a\": 1}}}}\n{{{text}, \"title\": 5}}\n{{{text}, \"author\": [1, {{}}]}}\n\
             {{{text}, \"url\": \"ftp://a\"}}\n{{{text}, \"language\": true}}\n{{{text}, \"id\": [1]}}\n{{{text}, {text}}}\n{{\n"
        ),
    );
    let (ended, texts) = told(&desk, "types.jsonl", &[]);
    assert_eq!((ended.status, texts.len()), (1, 5), "{ended:?}");
    let lines: Vec<u32> = ended.said.iter().map(|line| line.split(':').nth(1).unwrap().parse().unwrap()).collect();
    assert_eq!(lines, (1..=12).collect::<Vec<_>>(), "{:#?}", ended.said);
    desk.put("cut.json", format!("[\n{{{text}}},\n"));
    let (ended, texts) = told(&desk, "cut.json", &[]);
    assert!(ended.said.len() == 1 && ended.said[0].starts_with("cut.json:3: the file is cut off here"), "{ended:?}");
    assert_eq!(texts.len(), 1);
}

#[test]
fn ragged_rows_and_open_quotes_are_told() {
    let desk = Desk::new();
    desk.put("ragged.csv", "id,text\na,Oui.\nb\nc,Non.,encore\nd,Si.\n");
    let (ended, texts) = told(&desk, "ragged.csv", &[]);
    let mend = "as in the first line: put quotes around the fields, and close them";
    let lines = [format!("ragged.csv:3: 1 columns, not 2 {mend}"), format!("ragged.csv:4: 3 columns, not 2 {mend}")];
    assert_eq!((ended.status, ended.said, texts.len()), (1, lines.to_vec(), 2));
    desk.put("open.csv", "id,text,title\na,Oui.,Un\nb,\"Non.,Deux\nc,Si.,Trois\n");
    let (ended, texts) = told(&desk, "open.csv", &[]);
    assert_eq!((ended.said, texts.len()), (vec![format!("open.csv:3: 2 columns, not 3 {mend}")], 1));
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_back_is_told_and_the_rest_read() {
    let desk = Desk::new();
    desk.put("news/a.txt", STATEMENT);
    desk.put("news/deep/b.txt", STATEMENT);
    std::os::unix::fs::symlink(desk.path("news"), desk.path("news/deep/back")).unwrap();
    std::os::unix::fs::symlink("self", desk.path("news/self")).unwrap();
    let (ended, texts) = told(&desk, "news", &[]);
    assert_eq!(texts.len(), 2);
    assert_eq!(
        ended.said[0],
        "news/deep/back: a link that leads back to its own folder: remove it, or leave it out with --exclude"
    );
    assert!(ended.said[1].starts_with("news/self: "), "{ended:?}");
    let (ended, texts) = told(&desk, "news", &["--exclude", "back", "--exclude", "self"]);
    assert_eq!((ended.status, ended.said.len(), texts.len()), (0, 0, 2), "{ended:?}");
}

fn record(kind: &str, body: &str, length: usize) -> String {
    let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{body}");
    let length = answer.len() + length;
    format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://a.example/{length}\r\nContent-Length: {length}\r\n\r\n{answer}\r\n\r\n"
    )
}

const PAGE: &str =
    "<html><body><article><p>« Le bac passera par là tout l'été », a déclaré Zoé Vidal.</p></article></body></html>";

#[test]
fn an_archive_that_is_cut_off_or_lies_is_told() {
    let desk = Desk::new();
    let whole = record("response", PAGE, 0);
    let cut = format!("{whole}{}", &whole[..whole.len() / 2]);
    let in_header = format!("{whole}{}", &whole[..50]);
    let told_of = |name: &str, text: &str| {
        desk.put(name, text);
        told(&desk, name, &[])
    };
    let cut_off = "record 2: the archive is cut off here: what stands before it was read; fetch it anew";
    for (name, text) in [("cut.warc", &cut), ("header.warc", &in_header)] {
        let (ended, texts) = told_of(name, text);
        assert_eq!((ended.status, &ended.said[0]), (1, &format!("{name}: {cut_off}")), "{ended:?}");
        assert!(!texts.is_empty());
    }
    // Longer than the file, be it a page or not.
    for kind in ["request", "response"] {
        for length in [100, 1 << 50] {
            let (ended, texts) = told_of("long.warc", &format!("{whole}{}", record(kind, PAGE, length)));
            assert!(
                ended.status == 1 && ended.said.iter().any(|line| *line == format!("long.warc: {cut_off}")),
                "{kind} {length}: {ended:?}"
            );
            assert!(!texts.is_empty());
        }
    }
    // Longer than the record, and less.
    let (ended, texts) = told_of("over.warc", &format!("{}{whole}{whole}", record("response", PAGE, 40)));
    assert_eq!(
        ended.said,
        [
            "over.warc: record 2: from here on the archive cannot be read (no record begins here): what stands before it was read; fetch it anew"
        ]
    );
    assert_eq!((ended.status, texts.len()), (1, 1), "{ended:?}");
    let none = whole.replace("Content-Length", "X-Length");
    let (ended, _) = told_of("none.warc", &format!("{none}{whole}"));
    assert!(ended.status == 1 && ended.said[0].starts_with("none.warc: record 1: "), "{ended:?}");
    let endless = format!("{whole}WARC/1.0\r\n{}", "X: y\r\n".repeat(100_000));
    let (ended, texts) = told_of("endless.warc", &endless);
    assert!(ended.status == 1 && ended.said[0].contains("record 2: "), "{ended:?}");
    assert_eq!(texts.len(), 1);
}

#[test]
fn what_is_packed_and_cut_off_is_told() {
    let desk = Desk::new();
    let lines: String = (0..20_000).map(|i| format!("{{\"id\": {i}, \"text\": \"Oui {i}.\"}}\n")).collect();
    for (name, packed) in [("lines.jsonl.gz", gzip(&lines)), ("lines.jsonl.zst", zstd(&lines))] {
        desk.put(name, &packed[..packed.len() / 2]);
        let (ended, texts) = told(&desk, name, &[]);
        assert!(ended.status == 1 && ended.said.len() == 1, "{ended:?}");
        assert!(
            ended.said[0].contains(": the file is cut off here: the lines above were read; fetch or pack"),
            "{ended:?}"
        );
        assert!(texts.len() > 100);
    }
    let text = lines.replace(['{', '}'], "");
    for (name, packed) in [("a.txt.gz", gzip(&text)), ("a.txt.zst", zstd(&text)), ("a.html.gz", gzip(&text))] {
        desk.put(name, &packed[..packed.len() / 2]);
        let (ended, texts) = told(&desk, name, &[]);
        assert!(ended.status == 1 && ended.said.len() == 1 && texts.is_empty(), "{ended:?}");
        assert!(ended.said[0].starts_with(&format!("{name}: cannot be unpacked (")), "{ended:?}");
    }
    let packed = gzip(record("response", PAGE, 0));
    desk.put("a.warc.gz", [&packed[..], &packed[..packed.len() / 2]].concat());
    let (ended, texts) = told(&desk, "a.warc.gz", &[]);
    assert!(ended.said[0].starts_with("a.warc.gz: record 2: the archive is cut off here"), "{ended:?}");
    assert!(!texts.is_empty());
    let mut changed = gzip(&text);
    let middle = changed.len() / 2;
    changed[middle] ^= 0xFF;
    desk.put("changed.txt.gz", changed);
    let (ended, _) = told(&desk, "changed.txt.gz", &[]);
    assert!(ended.said.len() == 1 && ended.said[0].starts_with("changed.txt.gz: cannot be unpacked ("), "{ended:?}");
}

#[test]
fn feeds_of_garbage_are_told() {
    let desk = Desk::new();
    let item = "<item><description>« Le bac passera », a dit Zoé Vidal.</description></item>";
    let feed = |inner: &str| format!("<rss version=\"2.0\"><channel><title>Le Courrier</title>{inner}</channel></rss>");
    let deep = |tag: &str| format!("{}{}", format!("<{tag}>").repeat(100_000), format!("</{tag}>").repeat(100_000));
    for (name, text) in [
        ("deep.rss", feed(&format!("{}{item}", deep("x")))),
        ("deep-item.rss", feed(&format!("<item>{}</item>{item}", deep("item")))),
        ("deep-description.rss", feed(&format!("<item><description>{}</description></item>{item}", deep("b")))),
        ("open.rss", feed(&format!("{item}{}", "<item>".repeat(100_000)))),
        (
            "deep.atom",
            format!(
                "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><content type=\"xhtml\">{}</content></entry></feed>",
                deep("div")
            ),
        ),
        ("deep.xml", format!("<urlset>{}</urlset>", deep("url"))),
        ("no.rss", "<rss version=\"2.0\">\0\u{1}<<<>>&&&;".to_owned()),
        (
            "json.json",
            format!("{{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": {}", "[".repeat(100_000)),
        ),
        (
            "types.json",
            "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": 3, \"items\": {\"a\": 1}}".to_owned(),
        ),
    ] {
        desk.put(name, text);
        let (ended, _) = told(&desk, name, &[]);
        assert!(ended.said.len() <= 2 && ended.said.iter().all(|line| line.starts_with(name)), "{name}: {ended:?}");
        assert!(ended.said.iter().all(|line| line.len() < 400), "{name}: {ended:?}");
    }
}

#[test]
fn messages_are_one_line_and_steer_no_terminal() {
    for (name, bytes) in [
        ("a.rss", "<rss version=\"2.0\"><channel><title>Le pont</ti\n\u{1b}[2Jtle></channel></rss>"),
        ("a.jsonl", "{\"text\": \"Le pont tient.\", \"language\": \"f\\n\\u001b[2J\"}"),
    ] {
        let desk = Desk::new();
        desk.put(name, bytes);
        let (ended, _) = told(&desk, name, &[]);
        let is_plain =
            |line: &String| line.starts_with(name) && line.contains("\\n") && !line.contains(char::is_control);
        assert!(ended.said.len() == 1 && ended.said.iter().all(is_plain), "{ended:?}");
    }
}

#[test]
fn what_holds_no_article_says_so() {
    let request = "WARC/1.0\r\nWARC-Type: request\r\nContent-Length: 18\r\n\r\nGET / HTTP/1.1\r\n\r\n\r\n\r\n";
    for (name, bytes) in [("a.warc", request), ("a.csv", "id,text\n"), ("a.json", "[]"), ("a.jsonl", "\n")] {
        let desk = Desk::new();
        desk.put(name, bytes);
        let (ended, texts) = told(&desk, name, &[]);
        assert!(texts.is_empty() && ended.said.len() == 1 && ended.said[0].starts_with(name), "{name}: {ended:?}");
    }
}

#[test]
fn entities_are_not_expanded() {
    let levels: String =
        (1..10).map(|i| format!("<!ENTITY lol{i} \"{}\">", format!("&lol{};", i - 1).repeat(10))).collect();
    let head = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY lol0 \"lol\"><!ENTITY x SYSTEM \"file:///etc/passwd\">{levels}]>"
    );
    let desk = Desk::new();
    let entry = "<item><description>&lol9; &x;</description></item><item><description>« Le bac passera », a dit Zoé Vidal.</description></item>";
    desk.put("laughs.rss", format!("{head}<rss version=\"2.0\"><channel><title>&lol9;</title>{entry}</channel></rss>"));
    desk.put("laughs.xml", format!("{head}<urlset><url><loc>https://a.example/&lol9;&x;</loc></url></urlset>"));
    desk.put("laughs.html", format!("{head}<html><body><p>&lol9; &x;</p></body></html>"));
    for name in ["laughs.rss", "laughs.xml", "laughs.html"] {
        let (ended, texts) = told(&desk, name, &[]);
        assert!(ended.said.len() <= 1 && ended.said.iter().all(|line| line.starts_with(name)), "{ended:?}");
        assert!(texts.iter().all(|text| text.len() < 1000 && !text.contains("root")), "{texts:?}");
    }
}

#[test]
fn front_matter_without_end_is_text() {
    let desk = Desk::new();
    let text = format!("---\ntitle: Le bac\n{}« Le bac passera », a dit Zoé Vidal.", "a: b\n".repeat(100_000));
    desk.put("open.md", &text);
    let (ended, texts) = told(&desk, "open.md", &[]);
    assert_eq!((ended.status, texts), (0, vec![text]));
    refused(
        "bare.md",
        "---\ntitle: Le bac\n---\n\n",
        "bare.md: the file is empty: remove it or put the article's text into it",
    );
}

#[test]
fn nul_bytes_are_told_or_left_out() {
    refused("nul.txt", "Oui.\0", "nul.txt: a NUL byte at byte 4, not plain text: save the article as UTF-8 text");
    refused("nul.jsonl", "{\"text\": \"Oui.\\u0000\"}", "nul.jsonl:1: text: a NUL character: remove it");
    refused("nul.csv", "id,text\na,Oui\0.\n", "nul.csv:2: text: a NUL character: remove it");
    let desk = Desk::new();
    let words = "« Le bac\0 passera par là tout l'été », a déclaré Zoé Vidal.";
    desk.put("nul.html", format!("<html><body><article><p>{words}</p></article></body></html>"));
    desk.put("nul.rss", format!("<rss version=\"2.0\"><channel><title>A\0</title><item><description>{words}</description></item></channel></rss>"));
    let json = words.replace('\0', "\\u0000");
    desk.put("nul.json", format!("{{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"A\\u0000\", \"items\": [{{\"id\": \"1\", \"content_text\": \"{json}\"}}]}}"));
    let text = format!(
        "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: {}\r\n\r\n{words}\r\n\r\n",
        words.len()
    );
    desk.put("nul.warc", text);
    for name in ["nul.html", "nul.rss", "nul.json", "nul.warc"] {
        let (_, texts) = told(&desk, name, &[]);
        assert!(texts.iter().all(|text| !text.contains('\0')), "{name}: {texts:?}");
    }
    let ended = desk.run(&["add", "nul.html", "nul.rss", "nul.json", "nul.warc"]);
    assert!(ended.status <= 1 && ended.said.last().unwrap().contains("added"), "{ended:?}");
}
