//! Pages are fetched politely and safely. Every server here is on this machine and belongs to its test.

use dixit::web::{FetchError, Fetched, Fetcher, Options, Problem, Response, Validators};
use flate2::{Compression, write::GzEncoder};
use std::io::{self, BufRead, BufReader, ErrorKind, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

/// What a server was asked: the path, and all headers in small letters.
#[derive(Debug, Clone)]
struct Request {
    path: String,
    headers: String,
    at: Instant,
}

/// A server that answers every request, until the tests end, as its function says.
struct Server {
    port: u16,
    asked: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    fn new(answer: impl Fn(&Request, &mut TcpStream) -> io::Result<()> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self { port: listener.local_addr().unwrap().port(), asked: Arc::default() };
        let (asked, answer) = (Arc::clone(&server.asked), Arc::new(answer));
        thread::spawn(move || {
            for mut stream in listener.incoming().map_while(Result::ok) {
                let (asked, answer) = (Arc::clone(&asked), Arc::clone(&answer));
                thread::spawn(move || {
                    let Some(request) = read_request(&stream) else { return };
                    asked.lock().unwrap().push(request.clone());
                    // The client may have heard enough.
                    let _ = answer(&request, &mut stream);
                });
            }
        });
        server
    }

    /// A server with these pages: path, head (status and headers), body.
    fn with(pages: &[(&str, &str, &str)]) -> Self {
        let pages: Vec<_> = pages.iter().map(|(path, head, body)| (path.to_string(), response(head, body))).collect();
        Self::new(move |request, stream| {
            let page = pages.iter().find(|(path, _)| *path == request.path);
            stream.write_all(page.map_or(&response("404 Not Found", ""), |(_, response)| response).as_bytes())
        })
    }

    fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn asked(&self) -> Vec<Request> {
        self.asked.lock().unwrap().clone()
    }

    fn paths(&self) -> Vec<String> {
        self.asked().into_iter().map(|request| request.path).collect()
    }
}

fn read_request(stream: &TcpStream) -> Option<Request> {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let path = lines.next()?.split(' ').nth(1)?.to_owned();
    let headers = lines.take_while(|line| !line.is_empty()).map(|line| line.to_lowercase() + "\n").collect();
    Some(Request { path, headers, at: Instant::now() })
}

fn response(head: &str, body: &str) -> String {
    format!("HTTP/1.1 {head}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len())
}

/// All that tests of this machine need: no pause, and this machine's addresses.
fn local() -> Options {
    Options { allow_local: true, delay: Duration::ZERO, ..Options::default() }
}

fn fetch(address: &str) -> Result<Response, FetchError> {
    fetch_as(local(), address)
}

fn fetch_as(options: Options, address: &str) -> Result<Response, FetchError> {
    match Fetcher::new(options).fetch(address, None)? {
        Fetched::New(response) => Ok(response),
        Fetched::Unchanged => panic!("nothing was known of {address}"),
    }
}

fn problem(options: Options, address: &str) -> Problem {
    fetch_as(options, address).unwrap_err().problem
}

#[test]
fn a_page_is_fetched_with_what_the_server_says_of_it() {
    let head = "200 OK\r\nContent-Type: text/HTML; charset=\"ISO-8859-15\"\r\nETag: \"a1\"\r\n\
                Last-Modified: Mon, 02 Nov 2026 08:00:00 GMT";
    let server = Server::with(&[("/a?b=%C3%A9", head, "<p>Bonjour")]);
    let page = fetch(&server.address("/a?b=é#c")).unwrap();
    assert_eq!(page.address, server.address("/a?b=%C3%A9"));
    assert_eq!(page.content_type.as_deref(), Some("text/html"));
    assert_eq!(page.charset.as_deref(), Some("iso-8859-15"));
    assert_eq!(page.validators.etag.as_deref(), Some("\"a1\""));
    assert_eq!(page.validators.last_modified.as_deref(), Some("Mon, 02 Nov 2026 08:00:00 GMT"));
    assert_eq!(page.body, b"<p>Bonjour");
}

#[test]
fn the_program_says_who_it_is() {
    let server = Server::with(&[("/a", "200 OK", "")]);
    fetch(&server.address("/a")).unwrap();
    let name = concat!("user-agent: dixit/", env!("CARGO_PKG_VERSION"));
    assert!(server.asked().iter().all(|request| request.headers.contains(name)), "{:?}", server.asked());
}

#[test]
fn what_is_packed_is_unpacked() {
    let server = Server::new(|_, stream| {
        let mut packed = GzEncoder::new(Vec::new(), Compression::default());
        packed.write_all("Bonjour".as_bytes())?;
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\nconnection: close\r\n\r\n")?;
        stream.write_all(&packed.finish()?)
    });
    assert_eq!(fetch(&server.address("/")).unwrap().body, b"Bonjour");
    assert!(server.asked()[1].headers.contains("accept-encoding: gzip\n"));
}

#[test]
fn what_is_packed_badly_or_in_another_way_is_broken() {
    let server = Server::with(&[
        ("/gzip", "200 OK\r\ncontent-encoding: gzip", "no gzip at all"),
        ("/br", "200 OK\r\ncontent-encoding: br", "?"),
    ]);
    for path in ["/gzip", "/br"] {
        let problem = problem(local(), &server.address(path));
        assert!(matches!(problem, Problem::Broken { .. }), "{path}: {problem:?}");
    }
}

#[test]
fn what_has_not_changed_is_not_fetched_again() {
    let server = Server::new(|request, stream| {
        let known = request.headers.contains("if-none-match: \"a1\"\n")
            && request.headers.contains("if-modified-since: mon, 02 nov 2026 08:00:00 gmt\n");
        let head = if known { "304 Not Modified" } else { "200 OK\r\netag: \"a2\"" };
        stream.write_all(response(head, "").as_bytes())
    });
    let known = |etag: &str| Validators {
        etag: Some(etag.to_owned()),
        last_modified: Some("Mon, 02 Nov 2026 08:00:00 GMT".to_owned()),
    };
    let fetcher = Fetcher::new(local());
    let fetch = |known: &Validators| fetcher.fetch(&server.address("/"), Some(known)).unwrap();
    assert_eq!(fetch(&known("\"a1\"")), Fetched::Unchanged);
    assert!(matches!(fetch(&known("\"a0\"")), Fetched::New(page) if page.validators.etag.as_deref() == Some("\"a2\"")));
    // What cannot be a header is not sent.
    assert!(matches!(fetch(&known("a\r\nX-Evil: 1")), Fetched::New(_)));
    assert!(server.asked().iter().all(|request| !request.headers.contains("evil")));
}

#[test]
fn nothing_is_unchanged_of_which_nothing_is_known() {
    let server = Server::with(&[("/", "304 Not Modified", "")]);
    assert_eq!(problem(local(), &server.address("/")), Problem::Status { code: 304 });
}

#[test]
fn redirects_are_followed_across_hosts_each_with_its_own_rules() {
    let last = Server::with(&[("/d/e", "200 OK", "here")]);
    let to_last = format!("301 Moved Permanently\r\nLocation: {}", last.address("/c"));
    let first = Server::with(&[("/a", "302 Found\r\nLocation: b", ""), ("/b", &to_last, "")]);
    let page = fetch(&first.address("/a"));
    assert_eq!(
        page.unwrap_err().to_string(),
        format!(
            "{} (redirected to {}): answers 404 Not Found: check the address",
            first.address("/a"),
            last.address("/c")
        )
    );
    assert_eq!(first.paths(), ["/robots.txt", "/a", "/b"]);
    assert_eq!(last.paths(), ["/robots.txt", "/c"]);

    let to_last = format!("308 Permanent Redirect\r\nLocation: {}", last.address("/d/e"));
    let page = fetch(&Server::with(&[("/a", &to_last, "")]).address("/a")).unwrap();
    assert_eq!((page.address, page.body), (last.address("/d/e"), b"here".to_vec()));
}

#[test]
fn redirects_come_to_an_end() {
    let server = Server::with(&[("/a", "302 Found\r\nLocation: /a", "")]);
    let options = Options { max_redirects: 2, ..local() };
    assert_eq!(problem(options, &server.address("/a")), Problem::TooManyRedirects { limit: 2 });
    assert_eq!(server.paths(), ["/robots.txt", "/a", "/a", "/a"]);
}

#[test]
fn redirects_lead_to_the_web_only() {
    let server = Server::with(&[
        ("/file", "302 Found\r\nLocation: file:///etc/passwd", ""),
        ("/user", "302 Found\r\nLocation: //user:secret@a.example/", ""),
        ("/nowhere", "302 Found", ""),
    ]);
    assert_eq!(problem(local(), &server.address("/file")), Problem::NotWeb { scheme: "file".to_owned() });
    assert_eq!(problem(local(), &server.address("/user")), Problem::UserInfo);
    assert_eq!(problem(local(), &server.address("/nowhere")), Problem::Status { code: 302 });
}

#[test]
fn private_addresses_are_never_connected_to() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let port = listener.local_addr().unwrap().port();
    let options = Options { allow_local: false, ..local() };
    for host in ["127.0.0.1", "0x7f.1", "2130706433", "0", "[::ffff:127.0.0.1]", "[::1]", "localhost"] {
        let error = fetch_as(options.clone(), &format!("http://{host}:{port}/")).unwrap_err();
        assert!(matches!(error.problem, Problem::Private { .. }), "{host}: {error}");
        assert!(error.to_string().contains("--allow-local"), "{error}");
    }
    assert_eq!(listener.accept().unwrap_err().kind(), ErrorKind::WouldBlock);
}

#[test]
fn robots_txt_is_asked_once_and_obeyed() {
    let rules = "User-agent: *\nDisallow: /\n\nUser-agent: Dixit\nDisallow: /secret\n";
    let server = Server::with(&[("/robots.txt", "200 OK", rules), ("/a", "200 OK", ""), ("/b", "200 OK", "")]);
    let fetcher = Fetcher::new(local());
    for path in ["/a", "/b"] {
        fetcher.fetch(&server.address(path), None).unwrap();
    }
    let error = fetcher.fetch(&server.address("/secret/c?d"), None).unwrap_err();
    assert_eq!(error.problem, Problem::Disallowed);
    assert!(error.to_string().starts_with(&server.address("/secret/c?d: robots.txt of this site does not allow it")));
    assert_eq!(server.paths(), ["/robots.txt", "/a", "/b"]);
}

#[test]
fn a_redirect_does_not_lead_around_robots_txt() {
    let other = Server::with(&[("/robots.txt", "200 OK", "User-agent: *\nDisallow: /"), ("/b", "200 OK", "")]);
    let server = Server::with(&[("/a", &format!("302 Found\r\nLocation: {}", other.address("/b")), "")]);
    assert_eq!(problem(local(), &server.address("/a")), Problem::Disallowed);
    assert_eq!(other.paths(), ["/robots.txt"]);
}

#[test]
fn robots_txt_may_be_elsewhere() {
    let other = Server::with(&[("/r", "200 OK", "User-agent: *\nDisallow: /")]);
    let to_other = format!("301 Moved Permanently\r\nLocation: {}", other.address("/r"));
    let server = Server::with(&[("/robots.txt", &to_other, ""), ("/a", "200 OK", "")]);
    assert_eq!(problem(local(), &server.address("/a")), Problem::Disallowed);

    // One that is never found is none.
    let server = Server::with(&[("/robots.txt", "302 Found\r\nLocation: /robots.txt", ""), ("/a", "200 OK", "")]);
    fetch(&server.address("/a")).unwrap();
    assert_eq!(server.paths().len(), 7);
}

#[test]
fn without_an_answer_about_robots_txt_nothing_is_fetched() {
    for status in ["500 Internal Server Error", "503 Service Unavailable", "429 Too Many Requests"] {
        let server = Server::with(&[("/robots.txt", status, ""), ("/a", "200 OK", "")]);
        let fetcher = Fetcher::new(local());
        for _ in 0..2 {
            let error = fetcher.fetch(&server.address("/a"), None).unwrap_err();
            assert!(matches!(error.problem, Problem::NoRobots { .. }) && error.to_string().contains(status), "{error}");
        }
        assert_eq!(server.paths(), ["/robots.txt"], "{status}");
    }
    for status in ["401 Unauthorized", "403 Forbidden", "404 Not Found", "410 Gone"] {
        fetch(&Server::with(&[("/robots.txt", status, ""), ("/a", "200 OK", "")]).address("/a")).unwrap();
    }
}

#[test]
fn of_a_huge_robots_txt_the_beginning_counts() {
    let rules = format!("User-agent: *\nDisallow: /a\n{}\nDisallow: /b\n", "#".repeat(600 * 1024));
    let server = Server::with(&[("/robots.txt", "200 OK", &rules), ("/a", "200 OK", ""), ("/b", "200 OK", "")]);
    assert_eq!(problem(local(), &server.address("/a")), Problem::Disallowed);
    fetch(&server.address("/b")).unwrap();
}

#[test]
fn a_body_without_end_is_too_large() {
    let server = Server::new(|request, stream| {
        if request.path == "/robots.txt" {
            return stream.write_all(response("404 Not Found", "").as_bytes());
        }
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
        loop {
            stream.write_all(&[b'a'; 1024])?;
        }
    });
    let options = Options { max_bytes: 100 * 1024, ..local() };
    assert_eq!(problem(options, &server.address("/")), Problem::TooLarge { limit: 100 * 1024 });
}

#[test]
fn a_body_of_just_the_size_is_not() {
    let server = Server::with(&[("/a", "200 OK", "12345")]);
    let options = |max_bytes| Options { max_bytes, ..local() };
    assert_eq!(fetch_as(options(5), &server.address("/a")).unwrap().body, b"12345");
    assert_eq!(problem(options(4), &server.address("/a")), Problem::TooLarge { limit: 4 });
}

#[test]
fn what_grows_when_unpacked_is_too_large() {
    let mut bomb = GzEncoder::new(Vec::new(), Compression::best());
    bomb.write_all(&vec![b' '; 8 << 20]).unwrap();
    let bomb = bomb.finish().unwrap();
    assert!(bomb.len() < 1 << 16);
    let server = Server::new(move |_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\nconnection: close\r\n\r\n")?;
        stream.write_all(&bomb)
    });
    let options = Options { max_bytes: 1 << 18, ..local() };
    assert_eq!(problem(options, &server.address("/")), Problem::TooLarge { limit: 1 << 18 });
}

/// A server that sends `head` for all but robots.txt, and then `drop` again and again, a little at a time.
fn trickling(head: &'static str, drop: &'static str) -> Server {
    Server::new(move |request, stream| {
        if request.path == "/robots.txt" {
            return stream.write_all(response("404 Not Found", "").as_bytes());
        }
        stream.write_all(head.as_bytes())?;
        loop {
            stream.write_all(drop.as_bytes())?;
            thread::sleep(Duration::from_millis(50));
        }
    })
}

#[test]
fn a_trickle_takes_too_long() {
    const CHUNKED: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
    let limit = Duration::from_secs(2);
    let servers = [
        trickling("HTTP/1.1 200 OK\r\n\r\n", "a"),
        trickling("HTTP/1.1 200 OK\r\n", "a: b\r\n"),
        trickling(CHUNKED, "1\r\na\r\n"),
        trickling("", ""),
    ];
    thread::scope(|scope| {
        for server in &servers {
            scope.spawn(|| {
                let options = Options { timeout: limit, ..local() };
                assert_eq!(problem(options, &server.address("/")), Problem::Slow { limit });
            });
        }
    });
}

#[test]
fn packed_nothings_without_end_take_too_long() {
    let nothing = GzEncoder::new(Vec::new(), Compression::best()).finish().unwrap();
    let server = Server::new(move |request, stream| {
        if request.path == "/robots.txt" {
            return stream.write_all(response("404 Not Found", "").as_bytes());
        }
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n")?;
        loop {
            stream.write_all(&nothing)?;
        }
    });
    let limit = Duration::from_secs(2);
    assert_eq!(problem(Options { timeout: limit, ..local() }, &server.address("/")), Problem::Slow { limit });
}

#[test]
fn a_slow_robots_txt_is_none_that_can_be_read() {
    let server = Server::new(|_, stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n")?;
        loop {
            stream.write_all(b"#")?;
            thread::sleep(Duration::from_millis(10));
        }
    });
    let options = Options { timeout: Duration::from_millis(300), ..local() };
    assert!(matches!(problem(options, &server.address("/")), Problem::NoRobots { .. }));
}

#[test]
fn nobody_there_and_nonsense_are_told_apart() {
    let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let problem_at = |address: &str| problem(local(), address);
    assert!(matches!(problem_at(&format!("http://127.0.0.1:{port}/")), Problem::Unreachable { .. }));

    let nonsense = Server::new(|_, stream| stream.write_all(b"220 mail.example ESMTP\r\n"));
    let error = fetch(&nonsense.address("/")).unwrap_err();
    assert!(matches!(error.problem, Problem::NoRobots { .. }), "{error}");

    // Plain words where TLS is expected.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.write_all(response("400 Bad Request", "").as_bytes()).unwrap();
        // Closed at once, the connection would be reset, and the words perhaps lost.
        let _ = io::copy(&mut stream, &mut io::sink());
    });
    let untrusted = problem_at(&format!("https://127.0.0.1:{port}/"));
    assert!(matches!(untrusted, Problem::Untrusted { .. } | Problem::NoRoots), "{untrusted:?}");

    // No name has a part so long (RFC 1035), for which nobody needs to be asked.
    let unresolved = problem_at(&format!("http://{}.example/", "a".repeat(64)));
    assert!(matches!(unresolved, Problem::Unresolved { .. }), "{unresolved:?}");
}

#[test]
fn a_body_that_breaks_off_is_no_page() {
    let server = Server::new(|request, stream| {
        let head = if request.path == "/robots.txt" { "404 Not Found" } else { "200 OK" };
        write!(stream, "HTTP/1.1 {head}\r\ncontent-length: 100\r\n\r\nhalf")
    });
    assert!(matches!(problem(local(), &server.address("/")), Problem::Broken { .. }));
}

#[test]
fn a_host_is_left_in_peace_between_two_requests_of_any_threads() {
    let delay = Duration::from_millis(40);
    let server = Server::with(&[("/a", "200 OK", ""), ("/b", "302 Found\r\nLocation: /a", "")]);
    let fetcher = Fetcher::new(Options { delay, ..local() });
    thread::scope(|scope| {
        for path in ["/a", "/b", "/a"] {
            scope.spawn(|| fetcher.fetch(&server.address(path), None).map(drop).unwrap());
        }
    });
    let asked = server.asked();
    assert_eq!(asked.len(), 5, "{asked:?}");
    assert_eq!(asked[0].path, "/robots.txt");
    assert!(asked.is_sorted_by(|one, next| next.at - one.at >= delay), "{asked:?}");
}

#[test]
fn a_site_may_ask_for_a_longer_pause() {
    let rules = "User-agent: *\nCrawl-delay: 0.05";
    let server = Server::with(&[("/robots.txt", "200 OK", rules), ("/a", "200 OK", "")]);
    fetch(&server.address("/a")).unwrap();
    let asked = server.asked();
    assert!(asked[1].at - asked[0].at >= Duration::from_millis(50), "{asked:?}");
}
