//! A working folder for the program, and how a run ended.

use assert_cmd::Command;
use flate2::{Compression, write::GzEncoder};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempDir;

/// An article with one statement.
pub const STATEMENT: &str = "« Le pont tiendra », a déclaré Anne Roy.\n";

/// A folder of its own for each test, which is the program's working folder.
pub struct Desk(TempDir);

/// How a run ended.
#[derive(Debug, PartialEq)]
pub struct Ended {
    pub status: i32,
    pub stdout: String,
    /// The lines of standard error.
    pub said: Vec<String>,
}

/// A file of `tests/inputs/`.
pub fn input(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/inputs").join(name)
}

pub fn gzip(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes.as_ref()).unwrap();
    packed.finish().unwrap()
}

pub fn zstd(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    compress_to_vec(bytes.as_ref(), CompressionLevel::Fastest)
}

impl Desk {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Takes a file of `tests/inputs/` onto the desk.
    pub fn copy(&self, name: &str) {
        self.put(name, fs::read(input(name)).unwrap());
    }

    pub fn run(&self, arguments: &[&str]) -> Ended {
        self.pipe(arguments, Vec::new())
    }

    pub fn pipe(&self, arguments: &[&str], stdin: Vec<u8>) -> Ended {
        let output = Command::new(env!("CARGO_BIN_EXE_dixit"))
            .args(arguments)
            .current_dir(self.0.path())
            .env_remove("DIXIT_STORE")
            .write_stdin(stdin)
            // Whatever it is given, the program comes to an end.
            .timeout(Duration::from_secs(120))
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).expect("output is UTF-8");
        Ended {
            status: output.status.code().expect("no signal ended it"),
            stdout: text(output.stdout),
            said: text(output.stderr).lines().map(str::to_owned).collect(),
        }
    }

    /// The articles as `dixit read` prints them, when nothing is wrong.
    #[track_caller]
    pub fn read(&self, arguments: &[&str]) -> Vec<Value> {
        let ended = self.run(&[&["read", "--format", "jsonl"], arguments].concat());
        assert_eq!((ended.status, ended.said.len()), (0, 0), "{arguments:?}: {ended:?}");
        ended.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// The run fails with this status and says this one line; nothing stands on standard output.
    #[track_caller]
    pub fn refuses(&self, arguments: &[&str], status: i32, line: &str) {
        let ended = Ended { status, stdout: String::new(), said: vec![line.to_owned()] };
        assert_eq!(self.run(arguments), ended, "dixit {arguments:?}");
    }
}
