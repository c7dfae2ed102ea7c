//! `dixit push`: the graphs go to another store, once each, whatever happens on the way.

use super::desk::{Desk, Ended, gzip};
use super::server::{Answer, Request, Server, status};
use std::collections::BTreeMap;
use std::fs;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A store with the articles of `seeds/`.
fn desk() -> Desk {
    let desk = Desk::new();
    let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");
    assert_eq!(desk.run(&["-q", "add", seeds]).status, 0);
    desk
}

fn taken() -> Answer {
    status("204 No Content")
}

/// A store that takes all, and has all.
fn willing() -> Server {
    Server::new(|_, _| taken())
}

fn push(desk: &Desk, server: &Server, options: &[&str]) -> Ended {
    let address = server.address();
    desk.run(&[&["push", "--endpoint", &address, "--journal", "journal", "--pause", "0"], options].concat())
}

fn graph_of(request: &Request) -> String {
    let (_, query) = request.target.split_once('?').unwrap();
    let (_, graph) = url::form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == "graph").unwrap();
    graph.into_owned()
}

/// What a store has after it took what was sent: a graph has the lines of its last PUT, and of the POSTs after it.
fn held(asked: &[Request]) -> BTreeMap<String, Vec<String>> {
    let mut held = BTreeMap::new();
    for request in asked {
        let graph: &mut Vec<_> = held.entry(graph_of(request)).or_default();
        match request.method.as_str() {
            "PUT" => *graph = Vec::new(),
            "POST" => {}
            _ => continue,
        }
        graph.extend(request.body.lines().map(str::to_owned));
        graph.sort();
    }
    held.retain(|_, lines| !lines.is_empty());
    held
}

/// What an export says that it should have.
fn exported(desk: &Desk, options: &[&str]) -> BTreeMap<String, Vec<String>> {
    let export = desk.run(&[&["export", "--format", "nquads"], options].concat()).stdout;
    let mut graphs: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in export.lines() {
        let (triple, graph) = line.trim_end_matches("> .").rsplit_once(" <").unwrap();
        graphs.entry(graph.to_owned()).or_default().push(format!("{triple} ."));
    }
    graphs.values_mut().for_each(|lines| lines.sort());
    graphs
}

#[test]
fn each_graph_of_the_store_is_put_once_and_not_again() {
    let desk = desk();
    let server = willing();
    let ended = push(&desk, &server, &[]);
    let wanted = exported(&desk, &[]);
    let triples: usize = wanted.values().map(Vec::len).sum();
    assert_eq!(ended.status, 0, "{ended:?}");
    assert!(
        ended.said[0].starts_with(&format!("{} graphs sent, 0 unchanged; {triples} triples, ", wanted.len())),
        "{ended:?}"
    );
    let asked = server.asked();
    assert!(held(&asked) == wanted && asked.len() == wanted.len());
    assert!(asked.iter().all(|request| request.method == "PUT"));
    assert!(asked[0].headers.contains("content-type: application/n-triples\n"), "{:?}", asked[0].headers);
    assert!(!asked[0].headers.contains("authorization"), "{:?}", asked[0].headers);
    assert!(asked.iter().all(|request| !request.body.contains("articleBody")), "texts stay");
    let iris: Vec<_> = asked.iter().map(graph_of).collect();
    assert!(iris.iter().any(|iri| iri == "https://data.dixit.example/graph/entities"));

    // Nothing changed: one question, whether the store still has what it took.
    let again = push(&desk, &server, &[]);
    assert_eq!(again.said, [format!("0 graphs sent, {} unchanged; 0 triples, 0.0 MB", wanted.len())]);
    assert_eq!((server.asked().len(), server.asked().last().unwrap().method.as_str()), (wanted.len() + 1, "HEAD"));

    // One article more changes its graph, and the entities'.
    desk.put("a.txt", "« Le pont de Valmont tiendra longtemps », a déclaré Zoé Vidal.\n");
    assert_eq!(desk.run(&["-q", "add", "a.txt"]).status, 0);
    let more = push(&desk, &server, &[]);
    assert!(more.said[0].starts_with(&format!("2 graphs sent, {} unchanged; ", wanted.len() - 1)), "{more:?}");
    assert!(held(&server.asked()) == exported(&desk, &[]));

    let texts = push(&desk, &server, &["--with-text"]);
    assert!(texts.said[0].starts_with("13 graphs sent, "), "{texts:?}");
    assert!(held(&server.asked()) == exported(&desk, &["--with-text"]));
}

#[test]
fn files_are_sent_as_the_store_is() {
    let desk = desk();
    let wanted = exported(&desk, &[]);
    let export = desk.run(&["export", "--format", "nquads"]).stdout;
    // Shards: each article in one of them, the shared graphs in both, and some quads twice.
    let is_first = |line: &str| line.contains("/article/0") || line.contains("/article/7");
    let shared = |line: &str| line.contains("/graph/");
    let shard = |which: bool| {
        let lines = export.lines().filter(|line| shared(line) || is_first(line) == which);
        lines.map(|line| format!("{line}\n")).collect::<String>()
    };
    desk.put("1.nq.gz", gzip(shard(true)));
    desk.put("part-2.txt", shard(false));
    let server = willing();
    let ended = push(&desk, &server, &["--format", "nquads", "1.nq.gz", "part-2.txt"]);
    assert_eq!(ended.status, 0, "{ended:?}");
    assert!(held(&server.asked()) == wanted && server.asked().len() == wanted.len());
    // The digests are those of the store.
    let again = push(&desk, &server, &[]);
    assert!(again.said[0].starts_with(&format!("0 graphs sent, {} unchanged", wanted.len())), "{again:?}");

    // Triples go where they are told to.
    desk.put("a.nt", "<https://a.example/s> <https://a.example/p> \"é\" .\n");
    let server = willing();
    let options = ["--graph", "https://a.example/g", "--journal", "other", "a.nt"];
    let address = server.address();
    let ended = desk.run(&[&["push", "--endpoint", &address], options.as_slice()].concat());
    assert_eq!(ended.said, ["1 graph sent, 0 unchanged; 1 triple, 0.0 MB"]);
    assert_eq!(graph_of(&server.asked()[0]), "https://a.example/g");
    let piped =
        desk.pipe(&["push", "--endpoint", &address, "--journal", "third", "--format", "nquads", "-"], export.into());
    assert!(piped.said[0].starts_with(&format!("{} graphs sent", wanted.len())), "{piped:?}");
}

#[test]
fn what_may_pass_is_waited_for() {
    let desk = desk();
    let wanted = exported(&desk, &[]);
    // Each graph is taken at the third try.
    let server = Server::new(|_, number| match number % 5 {
        0 => status("503 Service Unavailable\r\nretry-after: 0"),
        1 => Answer::Nothing,
        2 => status("429 Too Many Requests"),
        3 => status("500 Internal Server Error"),
        _ => taken(),
    });
    let ended = push(&desk, &server, &["--jobs", "1", "--retries", "4"]);
    assert_eq!((ended.status, ended.said.len()), (0, 1), "{ended:?}");
    assert!(held(&server.asked()) == wanted);
    assert_eq!(server.asked().len(), wanted.len() * 5);
}

#[test]
fn a_push_that_broke_off_goes_on_where_it_was() {
    let desk = desk();
    let wanted = exported(&desk, &[]);
    let up = std::sync::Arc::new(AtomicUsize::new(4));
    let left = std::sync::Arc::clone(&up);
    let server = Server::new(move |request, _| {
        let is_up = request.method == "HEAD"
            || left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok();
        if is_up { taken() } else { status("503 Service Unavailable") }
    });
    let ended = push(&desk, &server, &["--jobs", "1", "--retries", "1"]);
    assert_eq!((ended.status, ended.said.len()), (1, 1), "{ended:?}");
    let told = format!("dixit: {}: graph https://data.dixit.example/article/", server.address());
    assert!(ended.said[0].starts_with(&told), "{ended:?}");
    let told =
        "answers 503 Service Unavailable: do the same again later, and what was sent is not sent again (sent 2 times)";
    assert!(ended.said[0].ends_with(told), "{ended:?}");
    assert_eq!(fs::read_to_string(desk.path("journal")).unwrap().lines().count(), 1 + 4);

    up.store(usize::MAX, Ordering::SeqCst);
    let rest = push(&desk, &server, &[]);
    assert!(rest.said[0].starts_with(&format!("{} graphs sent, 4 unchanged; ", wanted.len() - 4)), "{rest:?}");
    assert!(held(&server.asked()) == wanted);
}

#[test]
fn a_graph_that_is_refused_does_not_cost_the_others() {
    let desk = desk();
    let wanted = exported(&desk, &[]);
    let entities = "https://data.dixit.example/graph/entities";
    let server = Server::new(move |request, _| match graph_of(request) == entities {
        true => Answer::Says("413 Content Too Large".to_owned(), "<h1>No</h1>".to_owned()),
        false => taken(),
    });
    let ended = push(&desk, &server, &[]);
    assert_eq!((ended.status, ended.said.len()), (1, 2), "{ended:?}");
    let told = "answers 413 Payload Too Large (\"<h1>No</h1>\"): it takes no graph of this size: raise the limit there";
    assert_eq!(ended.said[0], format!("dixit: {}: graph {entities}: {told}", server.address()));
    assert!(
        ended.said[1].starts_with(&format!("{} graphs sent, 0 unchanged, 1 failed; ", wanted.len() - 1)),
        "{ended:?}"
    );

    // What it fails on one after the other is not the graphs' fault.
    let server = Server::new(|_, _| status("400 Bad Request"));
    fs::remove_file(desk.path("journal")).unwrap();
    let ended = push(&desk, &server, &["--jobs", "1"]);
    assert_eq!((ended.status, server.asked().len()), (1, 3), "{ended:?}");
}

/// A way to fail, what is said of it, and how often the store is asked.
type Failure = (fn() -> Answer, &'static str, usize);

#[test]
fn a_store_that_takes_nothing_is_named_with_the_mend() {
    let desk = desk();
    let cases: [Failure; 8] = [
        (
            || status("401 Unauthorized\r\nwww-authenticate: Basic realm=\"a\""),
            "answers 401 Unauthorized: it wants to know who you are: set DIXIT_PUSH_USER and DIXIT_PUSH_PASSWORD, or DIXIT_PUSH_TOKEN",
            1,
        ),
        (
            || status("401 Unauthorized\r\nwww-authenticate: Digest realm=\"a\""),
            "answers 401 Unauthorized: it wants Digest authentication, which dixit does not speak: ",
            1,
        ),
        (|| status("403 Forbidden"), "answers 403 Forbidden: you may not write there: ", 1),
        (|| status("404 Not Found"), "answers 404 Not Found: is this the address for graphs? ", 1),
        (|| status("415 Unsupported Media Type"), "answers 415 Unsupported Media Type: it takes no N-Triples: ", 1),
        (
            || status("307 Temporary Redirect\r\nlocation: http://b.example/"),
            "redirects to http://b.example/: give that address if you trust it",
            1,
        ),
        (|| Answer::Nothing, "the answer broke off or is broken (", 3),
        (
            || Answer::Silence,
            "took longer than 1 s: try again later, or give it more time with --service-timeout (sent 3 times)",
            3,
        ),
    ];
    for (answer, message, times) in cases {
        let server = Server::new(move |_, _| answer());
        let options: &[&str] = if message.starts_with("took") { &["--service-timeout", "1"] } else { &[] };
        let ended = push(&desk, &server, &[&["--jobs", "1", "--retries", "2", "--again"], options].concat());
        assert_eq!((ended.status, ended.said.len(), server.asked().len()), (1, 1, times), "{message}: {ended:?}");
        let (before, after) = ended.said[0].split_once(": graph ").unwrap();
        assert_eq!(before, format!("dixit: {}", server.address()));
        assert!(after.split_once(": ").unwrap().1.starts_with(message), "{ended:?}");
        fs::remove_file(desk.path("journal")).unwrap();
    }
}

#[test]
fn who_sends_is_told_by_the_environment_or_a_file() {
    let desk = desk();
    desk.put("who", "anne:pont:17\n");
    let server = willing();
    assert_eq!(push(&desk, &server, &["--credentials", "who"]).status, 0);
    assert!(server.asked().iter().all(|request| request.headers.contains("authorization: basic yw5uztpwb250oje3\n")));
    desk.put("token", "Bearer abc\n");
    assert_eq!(push(&desk, &server, &["--credentials", "token", "--again"]).status, 0);
    assert!(server.asked().last().unwrap().headers.contains("authorization: bearer abc\n"));
    desk.put("none", "anne\n");
    desk.refuses(
        &["push", "--endpoint", &server.address(), "--credentials", "none"],
        1,
        "dixit: none: write one line, `USER:PASSWORD` or `Bearer TOKEN`",
    );
    let address = server.address().replace("://", "://anne:secret@");
    let ended = desk.run(&["push", "--endpoint", &address]);
    assert!(ended.status == 1 && !ended.said[0].contains("secret"), "{ended:?}");
    assert!(ended.said[0].contains("in the address, where others can read it"), "{ended:?}");
}

#[test]
fn a_store_that_was_emptied_is_noticed() {
    let desk = desk();
    assert_eq!(push(&desk, &willing(), &[]).status, 0);
    // Another store at the same address.
    let server = Server::new(|request, _| match request.method.as_str() {
        "PUT" => taken(),
        _ => status("404 Not Found"),
    });
    let journal = fs::read_to_string(desk.path("journal")).unwrap();
    let (_, rest) = journal.split_once('\n').unwrap();
    desk.put("journal", format!("dixit push 1 {}\n{rest}", server.address()));
    let ended = push(&desk, &server, &[]);
    assert!(ended.status == 1 && ended.said[0].ends_with("if it was emptied, send all with --again"), "{ended:?}");
    let methods: Vec<_> = server.asked().into_iter().map(|request| request.method).collect();
    assert_eq!(methods, ["HEAD", "GET"], "some know no HEAD");
    assert_eq!(push(&desk, &server, &["--again"]).status, 0);
    assert!(held(&server.asked()) == exported(&desk, &[]));
}

#[test]
fn files_that_are_not_fit_are_told_with_their_place() {
    let desk = Desk::new();
    let server = willing();
    let article = |key: char| format!("https://a.example/article/{}", key.to_string().repeat(16));
    let quad = |graph: &str, words: &str| format!("<{graph}> <https://a.example/p> \"{words}\" <{graph}> .\n");
    desk.put("twice.nq", [quad(&article('a'), "1"), quad(&article('b'), "2"), quad(&article('a'), "3")].concat());
    desk.put("torn.nq", quad(&article('c'), "1") + "<https://a.exam");
    desk.put("blank.nq", "_:a <https://a.example/p> \"1\" <https://a.example/g> .\n");
    desk.put("none.nq", "<https://a.example/s> <https://a.example/p> \"1\" .\n");
    desk.put("a.ttl", "");
    for (file, message) in [
        ("twice.nq", "the graph https://a.example/article/aaaaaaaaaaaaaaaa came before: "),
        ("torn.nq:2:", ""),
        ("blank.nq", "what is said of _:a has a blank node"),
        ("none.nq", "what is said of <https://a.example/s> stands in no graph: name one with --graph"),
        ("a.ttl", "N-Quads (.nq) or N-Triples (.nt)? "),
        ("missing.nq", "cannot be read: No such file or directory"),
    ] {
        let ended = push(&desk, &server, &[file.split(':').next().unwrap()]);
        assert_eq!((ended.status, ended.said.len()), (1, 1), "{ended:?}");
        let told = format!("dixit: {file}{}{message}", if message.is_empty() { "" } else { ": " });
        assert!(ended.said[0].starts_with(&told), "{ended:?}");
        let _ = fs::remove_file(desk.path("journal"));
    }
}
