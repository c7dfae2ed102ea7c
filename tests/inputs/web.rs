//! Pages, feeds and sitemaps from the web. Every server here is on this machine and belongs to its test.

use super::desk::{Desk, Ended, STATEMENT, input};
use serde_json::Value;
use std::fs;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// A server with these pages (path, media type, body) and no others, and what it was asked. All pages have the same
/// entity tag and do not change; `{host}` in them is the server itself.
struct Server {
    port: u16,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    fn new(pages: &[(&str, &str, &str)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self { port: listener.local_addr().unwrap().port(), asked: Arc::default() };
        let host = server.address("");
        let pages: Vec<[String; 3]> = pages
            .iter()
            .map(|(path, form, body)| [path, form, body].map(|text| text.replace("{host}", &host)))
            .collect();
        let asked = Arc::clone(&server.asked);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                // The client may have heard enough.
                let _ = answer(stream, &pages, &asked);
            }
        });
        server
    }

    fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

fn answer(mut stream: TcpStream, pages: &[[String; 3]], asked: &Mutex<Vec<String>>) -> io::Result<()> {
    let lines: Vec<String> =
        BufReader::new(&stream).lines().map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
    let path = lines.first().and_then(|line| line.split(' ').nth(1)).unwrap_or_default().to_owned();
    let is_known = lines.iter().any(|line| line.to_lowercase() == "if-none-match: \"a1\"");
    let (head, body) = match pages.iter().find(|page| page[0] == path) {
        None => ("404 Not Found".to_owned(), ""),
        Some(_) if is_known => ("304 Not Modified".to_owned(), ""),
        Some([_, form, body]) => (format!("200 OK\r\ncontent-type: {form}\r\netag: \"a1\""), body.as_str()),
    };
    asked.lock().unwrap().push(path);
    if body == ENDLESS {
        write!(stream, "HTTP/1.1 {head}\r\nconnection: close\r\n\r\n<html><body>")?;
        loop {
            stream.write_all(&[b' '; 1 << 16])?;
        }
    }
    write!(stream, "HTTP/1.1 {head}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len())
}

/// Stands for a page that never ends.
const ENDLESS: &str = "…";

fn page(words: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"fr\"><head><title>Le bac</title></head><body><article>\
         <p>{words}</p></article></body></html>"
    )
}

fn articles(ended: &Ended) -> Vec<Value> {
    ended.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn a_page_is_fetched_read_and_not_fetched_again() {
    let whole = fs::read_to_string(input("page.html")).unwrap();
    let server = Server::new(&[("/bac", "text/html; charset=utf-8", &whole)]);
    let desk = Desk::new();
    let address = server.address("/bac");
    let ended = desk.run(&["read", "--allow-local", "--format", "jsonl", &address]);
    assert_eq!((ended.status, ended.said.len()), (0, 0), "{ended:?}");
    let article = &articles(&ended)[0];
    assert_eq!(
        (&article["article"], &article["published"]),
        (&Value::from(address.as_str()), &Value::from("2024-03-28"))
    );

    let add = || desk.run(&["--verbose", "add", "--allow-local", &address, "--report", "report.jsonl"]);
    let first = add();
    assert!(first.status == 0 && first.said.last().unwrap().starts_with("1 added, "), "{first:?}");
    let again = add();
    let passed = format!("{address}: passed over: not changed since it was read");
    assert_eq!((again.status, &again.said[0]), (0, &format!("dixit: {passed}")));
    assert!(again.said[1].starts_with("0 added, 0 changed, 0 unchanged, 1 skipped; 0 statements"), "{again:?}");
    let report = fs::read_to_string(desk.path("report.jsonl")).unwrap();
    let line: Value = serde_json::from_str(report.lines().next().unwrap()).unwrap();
    assert_eq!((&line["outcome"], &line["message"]), (&Value::from("skipped"), &Value::from(passed)));
    assert_eq!(server.asked(), ["/robots.txt", "/bac"].repeat(3));
}

#[test]
fn addresses_of_this_machine_are_refused_unless_allowed() {
    let server = Server::new(&[("/bac", "text/html", "<html>")]);
    let desk = Desk::new();
    desk.put("z.txt", STATEMENT);
    let ended = desk.run(&["read", "--format", "jsonl", &server.address("/bac"), "z.txt"]);
    assert_eq!((ended.status, ended.said.len(), articles(&ended).len()), (1, 1, 1), "{ended:?}");
    assert!(ended.said[0].starts_with(&format!("dixit: {}: ", server.address("/bac"))), "{ended:?}");
    assert!(ended.said[0].contains("--allow-local"), "{ended:?}");
    assert!(server.asked().is_empty());
}

const FEED: &str = "<rss version=\"2.0\"><channel><title>Le Courrier</title><link>https://courrier.example/</link>\
    <item><title>Un</title><link>{host}/un</link><pubDate>Thu, 28 Mar 2024 10:00:00 +0100</pubDate>\
    <description>Le résumé seul.</description></item>\
    <item><title>Rien</title><link>{host}/rien</link><description>« Le quai fermera », a dit Zoé Vidal.</description></item>\
    </channel></rss>";

#[test]
fn a_feed_leads_to_its_pages() {
    let one =
        page("« Le bac passera par là tout l'été, jusqu'au mois de septembre », a déclaré Zoé Vidal à la presse.");
    let server = Server::new(&[("/feed", "application/rss+xml", FEED), ("/un", "text/html; charset=utf-8", &one)]);
    let desk = Desk::new();
    let ended = desk.run(&["read", "--allow-local", "--follow", "--format", "jsonl", &server.address("/feed")]);
    let articles = articles(&ended);
    assert_eq!((ended.status, articles.len()), (1, 2), "{ended:?}");
    assert!(articles[0]["text"].as_str().unwrap().contains("tout l'été"), "the page, not the summary");
    assert_eq!(
        (&articles[0]["published"], &articles[0]["outlet"]),
        (&Value::from("2024-03-28"), &Value::from("Le Courrier"))
    );
    assert_eq!(articles[1]["text"], "« Le quai fermera », a dit Zoé Vidal.", "what cannot be fetched has its summary");
    let told = format!("dixit: {}: answers 404 Not Found: check the address", server.address("/rien"));
    assert_eq!(ended.said, [told]);
    assert_eq!(server.asked(), ["/robots.txt", "/feed", "/un", "/rien"]);
}

const SITEMAP: &str = "<urlset xmlns:news=\"http://www.google.com/schemas/sitemap-news/0.9\"><url><loc>{host}/un</loc>\
    <news:news><news:publication><news:name>Le Courrier</news:name><news:language>fr</news:language></news:publication>\
    <news:publication_date>2024-03-28</news:publication_date><news:title>Le bac</news:title></news:news></url>\
    <url><loc>{host}/image</loc></url></urlset>";

#[test]
fn a_sitemap_leads_to_its_pages() {
    let one =
        page("« Le bac passera par là tout l'été, jusqu'au mois de septembre », a déclaré Zoé Vidal à la presse.");
    let pages =
        [("/s.xml", "text/xml", SITEMAP), ("/un", "text/html; charset=utf-8", &one), ("/image", "image/png", "?")];
    let server = Server::new(&pages);
    let desk = Desk::new();
    let ended =
        desk.run(&["--verbose", "read", "--allow-local", "--follow", "--format", "jsonl", &server.address("/s.xml")]);
    let articles = articles(&ended);
    assert_eq!((ended.status, articles.len()), (0, 1), "{ended:?}");
    assert_eq!(articles[0]["origins"]["published"], "sitemap");
    assert_eq!(
        (&articles[0]["outlet"], &articles[0]["url"]),
        (&Value::from("Le Courrier"), &Value::from(server.address("/un")))
    );
    assert_eq!(ended.said, [format!("dixit: {}: passed over: no page", server.address("/image"))]);
}

#[test]
fn a_page_without_end_is_told_and_the_rest_read() {
    let server = Server::new(&[("/endless", "text/html", ENDLESS)]);
    let desk = Desk::new();
    desk.put("z.txt", STATEMENT);
    let ended = desk.run(&["read", "--allow-local", "--format", "jsonl", &server.address("/endless"), "z.txt"]);
    assert_eq!((ended.status, ended.said.len(), articles(&ended).len()), (1, 1, 1), "{ended:?}");
    assert!(ended.said[0].starts_with(&format!("dixit: {}: ", server.address("/endless"))), "{ended:?}");
}

#[test]
fn a_text_from_the_web_has_its_address() {
    let server = Server::new(&[("/bac.txt", "text/plain", STATEMENT)]);
    let desk = Desk::new();
    let ended = desk.run(&["read", "--allow-local", "--format", "jsonl", &server.address("/bac.txt")]);
    let article = &articles(&ended)[0];
    assert_eq!(
        (&article["url"], &article["text"]),
        (&Value::from(server.address("/bac.txt")), &Value::from(STATEMENT))
    );
    assert_eq!(article["origins"]["url"], "address");
}
