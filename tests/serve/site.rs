//! A program that serves a store, and ends when its tests do.

use super::client::{Answer, Request, get, pairs};
use dixit::graph::{Base, Store};
use dixit::query::{Library, WordSearch};
use dixit::serve::{Server, Settings};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::LazyLock;
use std::thread;
use std::time::Duration;
use tempfile::TempDir;

/// What an article says that wants to run in the reader's browser.
pub const HOSTILE: &str = "<script>alert(1)</script>";

/// With what the store of a site may be changed, if it is writable.
pub const TOKEN: &str = "a-token-of-the-tests";

/// A running site about the articles of `seeds/` and a hostile one.
pub struct Site {
    pub address: SocketAddr,
    _folder: TempDir,
    program: Child,
    /// When it is closed, be it because the tests ended, the program is told to end.
    rope: Option<ChildStdin>,
}

/// The site that most tests ask.
pub fn site() -> &'static Site {
    static SITE: LazyLock<Site> = LazyLock::new(|| Site::new(&[]));
    &SITE
}

/// The program.
pub fn dixit() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_dixit"));
    program.env_remove("DIXIT_STORE");
    program
}

impl Site {
    /// Starts a site with these options.
    pub fn new(options: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let article = format!(
            "---\ntitle: \"{HOSTILE} & Cie\"\noutlet: \"{HOSTILE}\"\nauthor: \"{HOSTILE}\"\npublished: 2024-05-16\n\
             url: https://hostile.example/a\n---\n\n« {HOSTILE} tiendra », a déclaré Anne Roy, \"'><img src=x onerror=alert(1)>.\n"
        );
        fs::write(folder.path().join("hostile.md"), article).unwrap();
        let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
        let store = folder.path().join("store");
        let mut add = dixit();
        add.arg("--store").arg(&store).args(["add", "-q"]).arg(seeds).arg("hostile.md");
        assert!(add.current_dir(folder.path()).status().unwrap().success());

        // The shell ends the program when the rope is let go, however the tests end.
        let script = "\"$@\" & program=$!; cat > /dev/null; kill $program; wait $program";
        let mut program = Command::new("sh");
        program.args(["-c", script, "sh", env!("CARGO_BIN_EXE_dixit"), "--store"]).arg(&store);
        program
            .args(["serve", "--bind", "127.0.0.1:0"])
            .args(options)
            .env_remove("DIXIT_STORE")
            .env("DIXIT_TOKEN", TOKEN);
        let program = program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut program = program.spawn().unwrap();
        let mut line = String::new();
        BufReader::new(program.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("http://").and_then(|rest| rest.strip_suffix('/'));
        let address = address.and_then(|address| address.parse().ok());
        let rope = program.stdin.take();
        Self { address: address.unwrap_or_else(|| panic!("no address in {line:?}")), _folder: folder, program, rope }
    }

    pub fn send(&self, request: &Request) -> Answer {
        request.send(self.address)
    }

    /// Asks a query.
    pub fn ask(&self, query: &str) -> Request {
        get(&format!("/sparql?{}", pairs(&[("query", query)])))
    }

    /// What a query of one column gives.
    pub fn column(&self, query: &str) -> Vec<String> {
        let answer = self.send(&self.ask(query).accept("text/csv"));
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.body.lines().skip(1).map(str::to_owned).collect()
    }

    /// The path of the first thing that a query finds.
    pub fn path(&self, query: &str) -> String {
        let iri = self.column(query).into_iter().next().unwrap();
        iri.strip_prefix("https://data.dixit.example").unwrap().to_owned()
    }

    /// Ends the program; all that it said on standard error.
    pub fn end(mut self) -> String {
        drop(self.rope.take());
        self.program.wait().unwrap();
        let mut said = String::new();
        self.program.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        said
    }
}

/// A site without articles that is soon out of patience; it lives as long as the tests.
pub fn impatient() -> SocketAddr {
    let store = Store::in_memory(Base::default()).unwrap();
    let settings = Settings { patience: Duration::from_millis(1500), ..Settings::default() };
    let site = dixit::serve::Site::new(store, WordSearch::in_memory(), Library::built_in(), settings);
    let server = Server::bind(site, "127.0.0.1:0".parse().unwrap()).unwrap();
    let address = server.address().unwrap();
    thread::spawn(|| server.run_until(std::future::pending()));
    address
}

impl Drop for Site {
    fn drop(&mut self) {
        if let Some(mut rope) = self.rope.take() {
            let _ = rope.flush();
        }
        let _ = self.program.wait();
    }
}
