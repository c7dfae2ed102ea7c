//! A page is shown in the browser.

use anyhow::Context;
use std::io::{self, Write};
use std::path::PathBuf;

/// A file in the folder for such files, which stays, to be opened once it is written.
pub struct Page {
    file: tempfile::NamedTempFile,
}

impl Page {
    pub fn new() -> anyhow::Result<Self> {
        let file = tempfile::Builder::new().prefix("dixit-").suffix(".html").tempfile();
        Ok(Self { file: file.context("cannot write a page for the browser")? })
    }

    /// Opens the page with the program of the user's choice, and says where it is.
    pub fn open(mut self) -> anyhow::Result<PathBuf> {
        self.flush().context("cannot write a page for the browser")?;
        let (_, path) = self.file.keep().context("cannot keep the page")?;
        if let Err(error) = open::that_detached(&path) {
            eprintln!("dixit: no program opened the page ({error}): open it by its path");
        }
        Ok(path)
    }
}

impl Write for Page {
    fn write(&mut self, part: &[u8]) -> io::Result<usize> {
        self.file.write(part)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
