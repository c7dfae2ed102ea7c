//! What strangers try. Articles are strangers, too.

use super::client::{Answer, Request, get, pairs, parse, post, send};
use super::site::{HOSTILE, Site, site};
use std::io;
use std::net::TcpListener;

/// Pages hold what articles and addresses say as text, and nothing else.
fn is_harmless(answer: &Answer, of: &str) {
    for harm in [HOSTILE, "<script>alert", "<img src=x", "\"><svg", "'onload="] {
        let is_page = answer.kind() == "text/html";
        assert!(!is_page || !answer.body.contains(harm), "{harm} at {of}: {}", answer.body);
    }
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{of}");
    assert!(
        answer.header("content-security-policy").is_some_and(|policy| policy.starts_with("default-src 'none'")),
        "{of}"
    );
    assert_eq!(answer.header("x-evil"), None, "{of}");
}

fn browser(target: &str) -> Request {
    get(target).accept("text/html,application/xhtml+xml,*/*;q=0.8")
}

#[test]
fn articles_run_nothing_in_the_browser() {
    let article = site().path("SELECT ?a { ?a schema:url <https://hostile.example/a> }");
    let base = "https://data.dixit.example";
    let parts = format!(
        "SELECT DISTINCT ?thing {{ {{ <{base}{article}> schema:publisher ?thing }} UNION {{ ?thing schema:isPartOf <{base}{article}> }}
            UNION {{ ?s schema:isPartOf <{base}{article}> ; dixit:actor ?thing }} }}"
    );
    let things = site().column(&parts);
    assert!(things.len() >= 2, "{things:?}");
    let mut paths: Vec<String> = things.iter().filter_map(|iri| iri.strip_prefix(base)).map(str::to_owned).collect();
    paths.push(article);
    paths.push("/search?q=tiendra".to_owned());
    paths.push("/query/articles".to_owned());
    for path in &paths {
        let page = site().send(&browser(path));
        assert_eq!((page.status, page.kind()), (200, "text/html"), "{path}: {page:?}");
        is_harmless(&page, path);
        let mark = if path.contains('?') { '&' } else { '?' };
        for format in ["turtle", "jsonld", "rdfxml", "ntriples"] {
            let answer = site().send(&browser(&format!("{path}{mark}format={format}")));
            assert!(answer.status != 200 || mark == '&' || answer.kind() != "text/html", "{path} {format}");
            is_harmless(&answer, path);
        }
    }
    let found =
        site().send(&browser(&format!("/sparql?{}", pairs(&[("query", "SELECT * { ?s schema:headline ?o }")]))));
    is_harmless(&found, "the answer of a query");
}

#[test]
fn addresses_run_nothing_in_the_browser() {
    for value in [HOSTILE, "\"><svg onload=alert(1)>", "'onload='alert(1)", "javascript:alert(1)"] {
        let paths = [
            format!("/search?{}", pairs(&[("q", value)])),
            format!("/search?{}", pairs(&[("actor", value), ("since", value), ("page", value)])),
            format!("/query/who-said-what?{}", pairs(&[("topic", value)])),
            format!("/query/who-said-what?{}", pairs(&[(value, value)])),
            format!("/query/{}", pairs(&[(value, "")]).trim_end_matches('=')),
            format!("/sparql?{}", pairs(&[("query", value)])),
            format!("/sparql?{}", pairs(&[("query", "ASK {}"), ("default-graph-uri", value)])),
            format!("/sparql?{}", pairs(&[("query", "ASK {}"), ("format", value)])),
            format!("/data?{}", pairs(&[("graph", value)])),
            format!("/entity/{}", pairs(&[(value, "")])),
            format!("/?{}", pairs(&[("lang", value)])),
            format!("/about?{}", pairs(&[(value, value)])),
        ];
        for path in paths {
            for request in [browser(&path), get(&path)] {
                is_harmless(&site().send(&request), &path);
            }
        }
    }
}

#[test]
fn nothing_breaks_out_of_a_header() {
    for value in
        ["fr\r\nX-Evil: 1", "fr\nSet-Cookie: a=b", "en\r\n\r\n<script>alert(1)</script>", "fr; Domain=evil.example"]
    {
        for path in ["/", "/about", "/sparql", "/entity/Q7184", "/data"] {
            let query = pairs(&[("lang", value), ("format", value)]);
            let answer = site().send(&browser(&format!("{path}?{query}")));
            is_harmless(&answer, path);
            assert_eq!(answer.header("set-cookie"), None, "{path}: {answer:?}");
        }
    }
}

#[test]
fn what_is_no_text_is_refused() {
    for (target, statuses) in [
        ("/sparql?query=ASK%20%7B%7D%FF", &[400][..]),
        ("/sparql?query=ASK%20%7B%7D%00", &[400]),
        ("/sparql?query=%00", &[400]),
        ("/data?graph=%FF", &[400]),
        ("/data?graph=http://a/%00", &[400]),
        ("/entity/%00", &[404]),
        ("/entity/%FF%FE", &[404]),
        ("/entity/%ED%A0%80", &[404]),
        ("/entity/%", &[404]),
        ("/%00", &[404]),
        ("/search?q=%00%FF", &[200, 400, 404]),
    ] {
        let answer = site().send(&get(target));
        assert!(statuses.contains(&answer.status), "{target}: {answer:?}");
        answer.said();
        is_harmless(&site().send(&browser(target)), target);
    }
    for line in [
        &b"GET /\xff HTTP/1.1"[..],
        b"GET /entity/\x00 HTTP/1.1",
        b"GET  / HTTP/1.1",
        b"\x16\x03\x01\x02\x00",
        b"GET / HTTP/9.9",
    ] {
        let head = [line, b"\r\nhost: localhost\r\nconnection: close\r\n\r\n"].concat();
        let refused = match send(site().address, &head) {
            Ok(answer) => answer.status == 400 || answer.status == 404 || answer.status == 505,
            // Closed without a word.
            Err(error) => error.kind() == io::ErrorKind::Other || error.kind() == io::ErrorKind::ConnectionReset,
        };
        assert!(refused, "{}", String::from_utf8_lossy(line));
    }
}

#[test]
fn what_is_too_long_is_refused() {
    let long = site().send(&get(&format!("/sparql?query={}", "a".repeat(70_000))));
    assert_eq!(long.status, 414, "{long:?}");
    let many = (0..200).fold(get("/"), |request, number| request.with(&format!("x-{number}"), "a"));
    assert_eq!(site().send(&many).status, 431);
    let large = get("/").with("x-large", &"a".repeat(300_000));
    let head = site().address;
    let answer = std::panic::catch_unwind(|| large.send(head).status);
    assert!(answer.is_err() || answer.is_ok_and(|status| status == 431));
    // What is not too long is read.
    let query = format!("ASK {{}} # {}", "a".repeat(50_000));
    assert_eq!(site().send(&site().ask(&query)).status, 200);
    // Queries that go deep end neither the program nor their thread.
    let deep = format!("SELECT * {{ {} ?s ?p ?o {} }}", "{".repeat(20_000), "}".repeat(20_000));
    assert_eq!(site().send(&post("/sparql", "application/sparql-query", deep)).status, 400);
    assert_eq!(site().send(&get("/about")).status, 200);
}

#[test]
fn no_second_request_hides_in_the_first() {
    let hidden = "GET /entity/Q7184 HTTP/1.1\r\nhost: localhost\r\n\r\n";
    let query = "application/sparql-query";
    for (headers, body) in [
        ("content-length: 6\r\ncontent-length: 60\r\n", format!("ASK {{}}{hidden}")),
        ("content-length: 6, 60\r\n", format!("ASK {{}}{hidden}")),
        ("content-length: +6\r\n", format!("ASK {{}}{hidden}")),
        ("content-length: 6\r\ntransfer-encoding: chunked\r\n", format!("0\r\n\r\n{hidden}")),
        ("transfer-encoding: xchunked\r\n", format!("0\r\n\r\n{hidden}")),
        ("transfer-encoding: chunked, identity\r\n", format!("0\r\n\r\n{hidden}")),
        ("transfer-encoding : chunked\r\n", format!("0\r\n\r\n{hidden}")),
        ("transfer-encoding: chunked\r\n", format!("-1\r\n\r\n{hidden}")),
        ("transfer-encoding: chunked\r\n", format!("FFFFFFFFFFFFFFFFF\r\n\r\n{hidden}")),
    ] {
        let request =
            format!("POST /sparql HTTP/1.1\r\nhost: localhost\r\ncontent-type: {query}\r\n{headers}\r\n{body}");
        let answer = match send(site().address, request.as_bytes()) {
            Ok(answer) => answer,
            // It was not even answered.
            Err(_) => continue,
        };
        assert!((400..500).contains(&answer.status), "{headers}{answer:?}");
        assert!(!answer.body.contains("NATO"), "{headers}{answer:?}");
    }
}

#[test]
fn only_our_names_are_heard() {
    let address = site().address;
    let port = address.port();
    let ask = |target: &str, hosts: &[&str]| {
        let hosts: String = hosts.iter().map(|host| format!("host: {host}\r\n")).collect();
        let head = format!("GET {target} HTTP/1.1\r\n{hosts}connection: close\r\n\r\n");
        send(address, head.as_bytes()).unwrap()
    };
    let own = format!("127.0.0.1:{port}");
    for host in [own.as_str(), "localhost", "LOCALHOST:1", "[::1]", "127.0.0.2:99"] {
        assert_eq!(ask("/about", &[host]).status, 200, "{host}");
    }
    assert_eq!(ask(&format!("http://{own}/about"), &[&own]).status, 200);
    for hosts in [
        &["evil.example"][..],
        &["evil.example:7878"],
        &["localhost.evil.example"],
        &["127.0.0.1.evil.example"],
        &["localhost@evil.example"],
        &["evil.example@localhost"],
        &["localhost evil.example"],
        &["[::ffff:192.168.0.1]"],
        &["192.168.0.7"],
        &["0x7f.1"],
        &["[::1"],
        &[""],
        &[],
        &["localhost", "evil.example"],
        &["evil.example", "localhost"],
    ] {
        let answer = ask("/sparql", hosts);
        assert!(matches!(answer.status, 400 | 421), "{hosts:?}: {answer:?}");
        answer.said();
    }
    let elsewhere = ask("http://evil.example/sparql", &["localhost"]);
    assert_eq!(elsewhere.status, 421, "{elsewhere:?}");
    assert!(matches!(ask("evil.example:443", &["localhost"]).status, 400 | 404 | 421));
    let proxy =
        send(address, b"CONNECT evil.example:443 HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").unwrap();
    assert!(matches!(proxy.status, 400 | 405 | 421), "{proxy:?}");
    // What the site says of itself names nobody else.
    assert!(!ask("/sparql", &["localhost"]).body.contains("evil.example"));
    let named = Site::new(&["--host", "news.example"]);
    assert_eq!(named.send(&get("/about").with("host", "news.example")).status, 200);
}

#[test]
fn nobody_else_is_asked() {
    let trap = TcpListener::bind("127.0.0.1:0").unwrap();
    trap.set_nonblocking(true).unwrap();
    let there = format!("http://{}/sparql", trap.local_addr().unwrap());
    let service = format!("SERVICE <{there}> {{ ?s ?p ?o }}");
    let silent = service.replace("SERVICE", "SERVICE SILENT");
    for (query, statuses) in [
        (format!("SELECT * {{ {service} }}"), &[403][..]),
        (format!("SELECT * {{ ?s a schema:Person {{ {service} }} }}"), &[403]),
        (format!("SELECT * {{ OPTIONAL {{ {service} }} }}"), &[403]),
        (format!("SELECT * {{ {{ SELECT * {{ {service} }} }} UNION {{ ?s ?p ?o }} }}"), &[403]),
        (format!("SELECT * {{ GRAPH ?g {{ {service} }} }}"), &[403]),
        (format!("SELECT * {{ ?s a schema:Person MINUS {{ {service} }} }}"), &[403]),
        (format!("ASK {{ {service} }}"), &[403]),
        (format!("CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {service} }}"), &[403]),
        (format!("DESCRIBE ?s {{ {service} }}"), &[403]),
        (format!("SELECT * {{ ?s a schema:Person FILTER EXISTS {{ {service} }} }}"), &[400, 403]),
        (format!("SELECT * {{ ?s a schema:Person FILTER(1 = 2 || NOT EXISTS {{ {service} }}) }}"), &[400, 403]),
        (format!("SELECT * {{ ?s a schema:Person BIND(EXISTS {{ {service} }} AS ?x) }}"), &[400, 403]),
        (format!("SELECT * {{ VALUES ?where {{ <{there}> }} SERVICE ?where {{ ?s ?p ?o }} }}"), &[400, 403]),
        (format!("SELECT * {{ {silent} }}"), &[200]),
        (format!("SELECT * {{ ?s a schema:Person FILTER EXISTS {{ {silent} }} }}"), &[200, 400]),
        (format!("SELECT * FROM <{there}> {{ ?s ?p ?o }}"), &[200]),
        (format!("SELECT * FROM NAMED <{there}> {{ GRAPH ?g {{ ?s ?p ?o }} }}"), &[200]),
        (format!("LOAD <{there}>"), &[400, 403]),
        (format!("LOAD SILENT <{there}> INTO GRAPH <http://a/>"), &[400, 403]),
    ] {
        for request in [site().ask(&query), post("/sparql", "application/sparql-query", &query)] {
            let answer = site().send(&request);
            assert!(statuses.contains(&answer.status), "{query}: {answer:?}");
            if answer.status != 200 {
                answer.said();
            }
        }
    }
    for fields in [[("default-graph-uri", there.as_str())], [("named-graph-uri", there.as_str())]] {
        let fields = [&[("query", "SELECT * { ?s ?p ?o }")], &fields[..]].concat();
        let answer = site().send(&get(&format!("/sparql?{}", pairs(&fields))).accept("text/csv"));
        assert_eq!((answer.status, answer.body.lines().count()), (200, 1), "{answer:?}");
    }
    assert_eq!(site().send(&get(&format!("/data?{}", pairs(&[("graph", &there)])))).status, 404);
    assert_eq!(trap.accept().unwrap_err().kind(), io::ErrorKind::WouldBlock, "somebody came");
}

#[test]
fn no_file_of_the_machine_is_shown() {
    for path in [
        "/../../../../etc/passwd",
        "/assets/../../../../etc/passwd",
        "/assets/..%2f..%2f..%2f..%2fetc%2fpasswd",
        "/assets/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/assets/....//....//etc/passwd",
        "/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/article/../graph.nq",
        "/article/%2e%2e/graph.nq",
        "/..%5c..%5cetc%5cpasswd",
        "//etc/passwd",
        "/file:///etc/passwd",
        "/graph.nq",
        "/store/graph.nq",
        "/assets/dixit.css/../../graph.nq",
        "/query/../../etc/passwd",
        "/query/..%2f..%2fetc%2fpasswd",
    ] {
        let answer = site().send(&get(path));
        assert_eq!(answer.status, 404, "{path}: {answer:?}");
        assert!(!answer.body.contains("root:"), "{path}");
        answer.said();
    }
    let file = site().send(&get(&format!("/data?{}", pairs(&[("graph", "file:///etc/passwd")]))));
    assert_eq!(file.status, 404);
}

#[test]
fn pages_of_others_read_only_what_they_may() {
    let from = |site: &Site, origin: &str| site.send(&site.ask("ASK {}").with("origin", origin));
    assert_eq!(from(site(), "https://evil.example").header("access-control-allow-origin"), None);
    let open = Site::new(&["--cors", "https://friend.example"]);
    let allowed = from(&open, "https://friend.example");
    assert_eq!(allowed.header("access-control-allow-origin"), Some("https://friend.example"));
    assert_eq!(allowed.header("access-control-allow-credentials"), None);
    assert_eq!(from(&open, "https://evil.example").header("access-control-allow-origin"), None);
    let preflight = get("/sparql").by("OPTIONS").with("origin", "https://friend.example");
    let preflight = open.send(&preflight.with("access-control-request-method", "POST"));
    assert_eq!(preflight.header("access-control-allow-methods"), Some("GET,HEAD,POST"), "{preflight:?}");
}

#[test]
fn the_client_of_these_tests_reads_answers() {
    let whole = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
    let read = |bytes: &[u8]| parse(bytes, false).map(|answer| (answer.body, answer.is_whole));
    assert_eq!(read(whole), Some(("abc".to_owned(), true)));
    assert_eq!(read(&whole[..whole.len() - 5]), Some(("abc".to_owned(), false)));
    assert_eq!(read(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nabc"), Some(("abc".to_owned(), false)));
}
