//! The program at work on a store of the seeds.

use assert_cmd::Command;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder with a store of the seeds.
pub struct Desk {
    folder: TempDir,
}

impl Desk {
    pub fn new() -> Self {
        let desk = Self::empty();
        desk.dixit(&["add", &seeds()]).assert().success();
        desk
    }

    pub fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        std::fs::write(self.path(name), bytes).unwrap();
    }

    pub fn dixit(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dixit"));
        command.current_dir(self.folder.path()).env_remove("DIXIT_STORE").args(arguments);
        command
    }

    pub fn export(&self, options: &[&str]) -> String {
        let output = self.dixit(&["export"]).args(options).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }
}

pub fn seeds() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").display().to_string()
}
