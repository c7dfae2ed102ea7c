//! Runs of the program that are killed, and what they leave.

use crate::random::Random;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A folder with the stores of a test.
pub struct Desk(TempDir);

/// What a store says: all of it, and what a search finds.
#[derive(PartialEq)]
pub struct Said {
    pub graph: Vec<u8>,
    pub found: Vec<u8>,
}

/// A kill, for the log.
pub struct Kill {
    pub after: Duration,
    pub place: String,
}

/// Where a program may be killed that ends by itself after about `whole`.
#[derive(Clone, Copy)]
pub enum Moment {
    /// At any time.
    Any,
    /// Right after it began: a new store is made.
    Beginning,
    /// Right after this file of the store came, or was written anew.
    After(&'static str),
}

const WORDS: &str = "SELECT ?x ?text { SERVICE dixit:search { ?x dixit:query \"OTAN pont\" } ?x schema:text|schema:headline ?text } ORDER BY ?x ?text";

impl Desk {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// The program: the one of these tests, or the one that DIXIT_PROGRAM names.
    pub fn dixit(&self, store: &str, arguments: &[&str]) -> Command {
        let program = std::env::var("DIXIT_PROGRAM").unwrap_or(env!("CARGO_BIN_EXE_dixit").to_owned());
        let mut command = Command::new(program);
        command.current_dir(self.0.path()).arg("--store").arg(store).args(arguments);
        // The same deeds give the same bytes.
        command.env("SOURCE_DATE_EPOCH", "1700000000").env("USER", "anne").env("LANG", "C");
        command.env_remove("DIXIT_QUERIES").env_remove("DIXIT_KB");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub fn output(&self, store: &str, arguments: &[&str]) -> Output {
        self.dixit(store, arguments).output().unwrap()
    }

    /// Runs it to its end, which must be a good one.
    pub fn run(&self, store: &str, arguments: &[&str]) -> Vec<u8> {
        let output = self.output(store, arguments);
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "dixit --store {store} {}: {}\n{error}", arguments.join(" "), output.status);
        output.stdout
    }

    pub fn said(&self, store: &str) -> Said {
        let graph = self.graph(store);
        Said { graph, found: self.found(store) }
    }

    pub fn graph(&self, store: &str) -> Vec<u8> {
        self.run(store, &["export", "--format", "nquads", "--with-text"])
    }

    pub fn found(&self, store: &str) -> Vec<u8> {
        self.run(store, &["query", "-q", "--format", "csv", "-e", WORDS])
    }

    /// How many articles a store holds.
    pub fn articles(&self, store: &str) -> usize {
        let stats = self.run(store, &["stats", "--format", "json"]);
        let stats: serde_json::Value = serde_json::from_slice(&stats).unwrap();
        stats["articles"].as_u64().unwrap() as usize
    }

    pub fn copy(&self, from: &str, to: &str) {
        copy(&self.path(from), &self.path(to));
    }

    pub fn remove(&self, store: &str) {
        match fs::remove_dir_all(self.path(store)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => panic!("{error}"),
            _ => {}
        }
    }

    /// Runs the program and kills it. `None` if it ended before.
    pub fn kill(
        &self,
        store: &str,
        arguments: &[&str],
        moment: Moment,
        whole: Duration,
        random: &mut Random,
    ) -> Option<Kill> {
        let mut command = self.dixit(store, arguments);
        let before = match moment {
            Moment::After(file) => written(&self.path(store).join(file)),
            _ => None,
        };
        let begun = Instant::now();
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        match moment {
            Moment::Any => wait(&mut child, random.time(whole.mul_f64(1.05)))?,
            Moment::Beginning => wait(&mut child, random.time(Duration::from_millis(60)))?,
            Moment::After(file) => {
                let file = self.path(store).join(file);
                // Some files are not written by some runs.
                let end = Instant::now() + whole;
                while written(&file) == before && Instant::now() < end {
                    wait(&mut child, Duration::from_micros(100))?;
                }
                wait(&mut child, random.time(whole / 12))?;
            }
        }
        child.kill().unwrap();
        let after = begun.elapsed();
        // What ended by itself was not killed.
        child.wait().unwrap().code().is_none().then(|| Kill { after, place: self.place(store) })
    }

    /// What of the store is there, in the order in which it comes.
    fn place(&self, store: &str) -> String {
        let there = |name: &str| self.path(store).join(name).exists();
        let parts = [
            "lock",
            "writing",
            "version",
            "base-iri",
            "filling",
            "rocksdb.new",
            "rocksdb",
            "graph.nq",
            "vocabulary",
            "removing",
            "search",
            "search/current",
        ];
        let parts: Vec<_> = parts.into_iter().filter(|part| there(part)).collect();
        if parts.is_empty() { "nothing".to_owned() } else { parts.join(" ") }
    }
}

/// Waits, unless the program ends before.
fn wait(child: &mut Child, time: Duration) -> Option<()> {
    let end = Instant::now() + time;
    loop {
        if child.try_wait().unwrap().is_some() {
            return None;
        }
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Some(());
        }
        std::thread::sleep(left.min(Duration::from_micros(500)));
    }
}

fn written(file: &Path) -> Option<std::time::SystemTime> {
    fs::metadata(file).and_then(|file| file.modified()).ok()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let place = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &place)
        } else {
            fs::copy(entry.path(), place).unwrap();
        }
    }
}
