//! Queries that are long, large or of which nobody waits for the answer.

use super::client::{Answer, connect, get, pairs, send};
use super::site::{Site, site};
use std::collections::BTreeSet;
use std::io::{Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// So many triples that each query of them gives more than is sent at once.
const ALL: &str = "SELECT * { ?s ?p ?o . ?s ?q ?r }";
/// What reads quads for a long time and finds nothing.
const SLOW: &str = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a = ?i && ?c = ?d) }";

fn request(site: &Site, query: &str) -> String {
    let target = format!("/sparql?{}", pairs(&[("query", query)]));
    format!("GET {target} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", site.address)
}

#[test]
fn what_is_long_comes_in_pieces_and_whole() {
    let query = "SELECT * { ?s ?p ?o }";
    let answer = site().send(&site().ask(query).accept("text/csv"));
    assert_eq!(answer.header("transfer-encoding"), Some("chunked"));
    let count = |query: &str| site().column(&format!("SELECT (COUNT(*) AS ?n) {{ {query} }}")).remove(0);
    assert!(answer.is_whole && answer.body.len() > 200_000);
    let rows = csv::ReaderBuilder::new().from_reader(answer.body.as_bytes()).into_records().count();
    assert_eq!(rows.to_string(), count("?s ?p ?o"));

    let construct = "CONSTRUCT WHERE { ?s ?p ?o }";
    let answer = site().send(&site().ask(construct).accept("application/n-triples"));
    assert!(answer.is_whole);
    let triples: BTreeSet<&str> = answer.body.lines().collect();
    assert_eq!(triples.len().to_string(), count("SELECT DISTINCT * { ?s ?p ?o }"));
}

#[test]
fn a_query_ends_when_its_time_is_over_and_others_do_not_wait() {
    let site = Site::new(&["--timeout", "1.5"]);
    let begun = Instant::now();
    let answer = site.send(&site.ask(SLOW));
    assert_eq!(answer.status, 503, "{answer:?}");
    assert!(answer.said().starts_with("the query took longer than 1.5 s: narrow it"), "{answer:?}");
    assert!(begun.elapsed() < Duration::from_secs(6));

    // More slow queries than are evaluated at once keep no page waiting.
    let slow: Vec<_> = (0..6)
        .map(|_| {
            let (address, request) = (site.address, request(&site, SLOW));
            thread::spawn(move || send(address, request.as_bytes()).unwrap().status)
        })
        .collect();
    thread::sleep(Duration::from_millis(300));
    let begun = Instant::now();
    assert_eq!(site.send(&get("/about")).status, 200);
    assert_eq!(site.send(&get("/entity/Q7184")).status, 200);
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    assert!(slow.into_iter().all(|status| status.join().unwrap() == 503));
    assert_eq!(site.end(), "");
}

#[test]
fn a_query_ends_when_its_client_is_gone() {
    let site = Site::new(&["--timeout", "50"]);
    // More of them than are evaluated at once, be it before or while they answer.
    for query in [SLOW, ALL] {
        for _ in 0..8 {
            let mut stream = connect(site.address);
            stream.write_all(request(&site, query).as_bytes()).unwrap();
            thread::sleep(Duration::from_millis(100));
            drop(stream);
        }
    }
    let begun = Instant::now();
    assert_eq!(site.send(&site.ask("ASK {}")).status, 200);
    assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
    assert_eq!(site.end(), "");
}

#[test]
fn readers_who_do_not_read_keep_nobody_waiting() {
    let site = Site::new(&["--rows", "100000000"]);
    // More than there are places for answers that wait.
    let idle: Vec<_> = (0..70)
        .map(|_| {
            let mut stream = connect(site.address);
            stream.write_all(request(&site, ALL).as_bytes()).unwrap();
            let mut first = [0; 12];
            stream.read_exact(&mut first).unwrap();
            assert_eq!(&first, b"HTTP/1.1 200");
            stream
        })
        .collect();
    let begun = Instant::now();
    assert_eq!(site.send(&site.ask("ASK {}")).status, 200);
    let long = site.send(&site.ask("SELECT * { ?s ?p ?o }").accept("text/csv"));
    assert_eq!((long.status, long.is_whole), (200, true));
    assert!(begun.elapsed() < Duration::from_secs(12), "{:?}", begun.elapsed());
    drop(idle);
}

#[test]
fn the_site_ends_in_order() {
    let site = Site::new(&["--timeout", "50"]);
    let (address, request) = (site.address, request(&site, SLOW));
    let slow = thread::spawn(move || send(address, request.as_bytes()));
    // One that is open and asks nothing.
    let idle = connect(site.address);
    thread::sleep(Duration::from_millis(300));
    let begun = Instant::now();
    assert_eq!(site.end(), "");
    assert!(begun.elapsed() < Duration::from_secs(8), "{:?}", begun.elapsed());
    let answer = slow.join().unwrap().unwrap();
    assert_eq!(answer.status, 503, "{answer:?}");
    drop(idle);
}

#[test]
fn an_answer_of_too_many_rows_is_never_taken_for_the_whole() {
    let site = Site::new(&["--rows", "100"]);
    let ask = |query: &str| site.send(&site.ask(query).accept("text/csv"));
    // Texts of several lines are among the cells.
    let whole = ask("SELECT * { ?s ?p ?o } LIMIT 100").body;
    assert_eq!(csv::Reader::from_reader(whole.as_bytes()).records().count(), 100);
    for query in ["SELECT * { ?s ?p ?o }", "SELECT * { ?s ?p ?o } LIMIT 101"] {
        let refused = ask(query);
        assert_eq!((refused.status, refused.said().contains("more than 100 rows")), (400, true), "{refused:?}");
    }
    let graph = site.send(&site.ask("CONSTRUCT WHERE { ?s ?p ?o }"));
    assert_eq!(graph.status, 400, "{graph:?}");
    // Graphs as a whole are no answers of queries.
    assert!(site.send(&get("/data?default&format=nt")).body.lines().count() > 1000);

    let site = Site::new(&["--rows", "5000"]);
    let broken = site.send(&site.ask("SELECT * { ?s ?p ?o . ?s ?q ?r }"));
    assert_eq!((broken.status, broken.is_whole), (200, false), "it had begun when the end was known");
}

#[test]
fn queries_without_an_end_make_no_other_query_fail() {
    let site = Site::new(&["--timeout", "15"]);
    let (address, request) = (site.address, request(&site, SLOW));
    // Twice as many as are evaluated at once; whoever is ended asks again.
    let clients = 6 * thread::available_parallelism().map_or(2, usize::from).min(60);
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        let endless = || {
            let mut ended = Vec::new();
            while !is_over.load(Ordering::Relaxed) {
                ended.push(send(address, request.as_bytes()).unwrap());
            }
            ended
        };
        let endless: Vec<_> = (0..clients).map(|_| scope.spawn(endless)).collect();
        thread::sleep(Duration::from_millis(500));
        for _ in 0..3 {
            assert_eq!(site.send(&site.ask("ASK {}")).status, 200);
            assert_eq!(site.send(&get("/query/most-quoted-actors")).status, 200);
        }
        is_over.store(true, Ordering::Relaxed);
        let ended: Vec<Answer> = endless.into_iter().flat_map(|endless| endless.join().unwrap()).collect();
        assert!(ended.iter().all(|answer| answer.status == 503));
        let gave_way = |answer: &&Answer| answer.said().contains(" s while others waited: narrow it");
        assert!(ended.iter().filter(gave_way).count() > 0, "{ended:?}");
    });
}
