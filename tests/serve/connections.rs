//! Clients that are slow, silent or many.

use super::client::{connect, get, parse, post};
use super::site::{Site, impatient, site};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

/// How long a connection stays open at which nothing more is sent.
fn closes_after(mut stream: TcpStream) -> Duration {
    let begun = Instant::now();
    let mut rest = Vec::new();
    // Be it closed or broken off.
    let _ = stream.read_to_end(&mut rest);
    begun.elapsed()
}

#[test]
fn whoever_says_nothing_or_half_of_it_is_not_waited_for() {
    let address = impatient();
    let silent = connect(address);
    let mut half = connect(address);
    half.write_all(b"GET /sparql HTTP/1.1\r\nhost: loc").unwrap();
    let mut kept = connect(address);
    kept.write_all(format!("GET /ontology HTTP/1.1\r\nhost: {address}\r\n\r\n").as_bytes()).unwrap();
    let clients: Vec<_> =
        [silent, half, kept].into_iter().map(|stream| thread::spawn(|| closes_after(stream))).collect();

    // A byte now and then does not help.
    let mut drip = connect(address);
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(10) && drip.write_all(b"G").is_ok() {
        thread::sleep(Duration::from_millis(50));
    }
    assert!(begun.elapsed() < Duration::from_secs(5), "a drip goes on");
    for client in clients {
        let open = client.join().unwrap();
        assert!(open < Duration::from_secs(5), "{open:?}");
    }
}

#[test]
fn idle_connections_keep_nobody_out() {
    let site = Site::new(&[]);
    // More than there are places for.
    let idle: Vec<TcpStream> = (0..600).map(|_| connect(site.address)).collect();
    let begun = Instant::now();
    for _ in 0..5 {
        assert_eq!(site.send(&get("/entity/Q7184")).status, 200);
    }
    assert!(begun.elapsed() < Duration::from_secs(3), "{:?}", begun.elapsed());
    drop(idle);
}

#[test]
fn a_connection_serves_many_requests() {
    let address = site().address;
    let mut stream = connect(address);
    let request = format!("GET /entity/Q7184 HTTP/1.1\r\nhost: {address}\r\n\r\n");
    stream.write_all(request.repeat(3).as_bytes()).unwrap();
    let last = format!("GET /nothing HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n");
    stream.write_all(last.as_bytes()).unwrap();
    let mut read = String::new();
    stream.read_to_string(&mut read).unwrap();
    assert_eq!((read.matches("HTTP/1.1 200").count(), read.matches("HTTP/1.1 404").count()), (3, 1), "{read}");
}

#[test]
fn bodies_are_neither_too_large_nor_too_slow() {
    let query = format!("ASK {{}} #{}", " ".repeat(1 << 20));
    let answer = site().send(&post("/sparql", "application/sparql-query", &query));
    assert_eq!((answer.status, answer.said()), (413, "no more than 1 MiB may be sent"));

    // Of which it is not told how large they are.
    let address = site().address;
    let mut stream = connect(address);
    let head = format!(
        "POST /sparql HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncontent-type: application/sparql-query\r\n\
         transfer-encoding: chunked\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).unwrap();
    let piece = format!("10000\r\n{}\r\n", " ".repeat(1 << 16));
    for _ in 0..40 {
        if stream.write_all(piece.as_bytes()).is_err() {
            break;
        }
    }
    let mut read = Vec::new();
    let _ = stream.read_to_end(&mut read);
    // The answer may be lost with the rest of what was sent.
    assert!(parse(&read, false).is_none_or(|answer| answer.status == 413), "{}", String::from_utf8_lossy(&read));
    assert_eq!(site().send(&get("/entity/Q7184")).status, 200);

    let address = impatient();
    let mut slow = connect(address);
    let head = format!(
        "POST /sparql HTTP/1.1\r\nhost: {address}\r\ncontent-type: application/sparql-query\r\ncontent-length: 1000\r\n\r\nASK"
    );
    slow.write_all(head.as_bytes()).unwrap();
    let mut read = Vec::new();
    let begun = Instant::now();
    slow.read_to_end(&mut read).unwrap();
    let answer = parse(&read, false).unwrap();
    assert_eq!((answer.status, answer.said()), (408, "the request did not arrive within 1.5 seconds"));
    assert!(begun.elapsed() < Duration::from_secs(8));
}
