//! Any answers of a server, as they come over the wire (`HTTP/1.1 200 OK`, …) or their body alone, the first and the others
//! with NUL between: what is read of a page, a reconciliation service, a SPARQL service or a store that takes graphs is bounded
//! and plain, or it is told in one line what is wrong.

use super::choice;
use super::read::is_one_line;
use super::store::shared;
use dixit::entity::reconcile::{Inquiry, Reconciler};
use dixit::query::format::write;
use dixit::query::{Format, Language, Means, Prepared, Services, TimeLimit, run_with};
use dixit::web::{Deed, Fetched, Fetcher, GraphStore, Options, Patience};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// What the first byte chooses.
const FORMS: [fn(&Server); 4] = [page, reconciliation, sparql, graphs];

/// More bytes than any answer that is read.
const MOST: u64 = 1 << 16;

pub fn holds(bytes: &[u8]) {
    static SERVER: LazyLock<Server> = LazyLock::new(Server::new);
    let Some((form, answers)) = choice(bytes, &FORMS) else { return };
    let mut parts = answers.splitn(2, |byte| *byte == 0).map(<[u8]>::to_vec);
    let first = parts.next().unwrap_or_default();
    let others = parts.next().unwrap_or_else(|| first.clone());
    *SERVER.answers() = [others, first].into();
    form(&SERVER);
}

/// Redirects are read and not followed: they may lead anywhere.
fn page(server: &Server) {
    static FETCHER: LazyLock<Fetcher> = LazyLock::new(|| {
        let (delay, timeout) = (Duration::ZERO, Duration::from_secs(1));
        Fetcher::new(Options { allow_local: true, delay, timeout, max_bytes: MOST, max_redirects: 0 })
    });
    match FETCHER.fetch(&server.address, None) {
        Ok(Fetched::New(page)) => {
            assert!(page.body.len() as u64 <= MOST);
            for word in [page.content_type, page.charset].into_iter().flatten() {
                is_one_line(&word);
            }
        }
        Ok(Fetched::Unchanged) => panic!("nothing was known"),
        Err(error) => is_one_line(&error.to_string()),
    }
}

fn reconciliation(server: &Server) {
    let service = match Reconciler::open(&server.address, patience()) {
        Ok(service) => service,
        Err(error) => return is_one_line(&error.to_string()),
    };
    is_one_line(&service.manifest().name);
    let inquiries = ["Anne Roy", "Brizac"].map(|name| Inquiry { name, class: None });
    match service.ask(&inquiries) {
        Ok(answers) => {
            assert_eq!(answers.len(), inquiries.len());
            for proposal in answers.into_iter().flatten().flatten() {
                let words = [Some(proposal.item), Some(proposal.name), proposal.description];
                words.iter().flatten().for_each(|words| is_one_line(words));
            }
        }
        Err(error) => is_one_line(&error.to_string()),
    }
}

fn sparql(server: &Server) {
    let query = format!("SELECT * {{ ?s a ?type . SERVICE <{}> {{ ?s ?p ?o }} }}", server.address);
    let prepared = Prepared::from_sparql(&query, Language::En).expect("a query");
    let services = Some(Services::new(patience()));
    let means =
        Means { services, limit: Some(TimeLimit::new(Duration::from_secs(2))), most: Some(1000), ..Means::default() };
    let mut written = Vec::new();
    let answered =
        run_with(shared().query_store(), prepared, &means).and_then(|answer| write(answer, Format::Json, &mut written));
    match answered {
        Ok(_) => drop(serde_json::from_slice::<serde_json::Value>(&written).expect("JSON")),
        Err(error) => is_one_line(&error.to_string()),
    }
}

fn graphs(server: &Server) {
    let store = GraphStore::new(&server.address, None, patience(), || false).expect("an address");
    let said = [
        store
            .send("https://data.example/a", "<https://a.example/> <https://a.example/> \"a\" .\n", Deed::Replace)
            .err(),
        store.lacks("https://data.example/a").err(),
    ];
    for not_taken in said.into_iter().flatten() {
        is_one_line(&not_taken.fault.to_string());
    }
}

/// Nothing is asked twice.
fn patience() -> Patience {
    Patience {
        allow_local: true,
        timeout: Duration::from_secs(1),
        max_bytes: MOST,
        pause: Duration::ZERO,
        retries: 0,
        longest_wait: Duration::ZERO,
    }
}

/// A server on this machine.
struct Server {
    address: String,
    /// The last is given next, and the first again and again.
    answers: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Server {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}/", listener.local_addr().expect("an address"));
        let server = Self { address, answers: Arc::default() };
        let answers = Arc::clone(&server.answers);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                // Who asked may be gone.
                let _ = serve(&stream, &answers);
            }
        });
        server
    }

    fn answers(&self) -> MutexGuard<'_, Vec<Vec<u8>>> {
        lock(&self.answers)
    }
}

fn lock(answers: &Mutex<Vec<Vec<u8>>>) -> MutexGuard<'_, Vec<Vec<u8>>> {
    answers.lock().unwrap_or_else(PoisonError::into_inner)
}

fn serve(mut stream: &TcpStream, answers: &Mutex<Vec<Vec<u8>>>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let (mut first, mut length) = (String::new(), 0);
    reader.read_line(&mut first)?;
    loop {
        let mut header = String::new();
        if reader.read_line(&mut header)? == 0 || header.trim().is_empty() {
            break;
        }
        if let Some(value) = header.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
    }
    std::io::copy(&mut reader.take(length), &mut std::io::sink())?;
    if first.contains("/robots.txt ") {
        return stream.write_all(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    }
    let answer = {
        let mut answers = lock(answers);
        if answers.len() > 1 { answers.pop() } else { answers.first().cloned() }
    };
    let answer = answer.unwrap_or_default();
    let head = match answer.starts_with(b"HTTP/") {
        true => String::new(),
        false => format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", answer.len()),
    };
    // In one piece: the system waits before it sends a second one.
    stream.write_all(&[head.as_bytes(), &answer].concat())
}
