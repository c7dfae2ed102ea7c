//! The folder of the user's own queries, and how it is found.

use anyhow::Context;
use clap::Args;
use dixit::query::Library;
use std::env;
use std::path::PathBuf;

/// Where the user's own queries lie.
#[derive(Args)]
pub struct OwnQueries {
    /// Folder of your own queries (.rq files), beside those in the program; by default dixit/queries in the folder of your
    /// settings (~/.config), if it is there
    #[arg(long, env = "DIXIT_QUERIES", value_name = "DIR")]
    queries: Option<PathBuf>,
}

impl OwnQueries {
    /// All queries. Of those that cannot be read each is told of, and the others go on.
    pub fn library(&self) -> anyhow::Result<Library> {
        let usual = || usual_folder().filter(|folder| folder.is_dir());
        let Some(folder) = self.queries.clone().or_else(usual) else { return Ok(Library::built_in()) };
        let (library, problems) = Library::with_folder(&folder)?;
        for problem in problems {
            eprintln!("dixit: {problem}");
        }
        Ok(library)
    }

    /// The same as [`library`](Self::library), of the folder that is named or the usual one, and without a word.
    pub fn in_folder(folder: Option<PathBuf>) -> Library {
        let folder = folder.or_else(|| usual_folder().filter(|folder| folder.is_dir()));
        let read = folder.and_then(|folder| Library::with_folder(&folder).ok());
        read.map_or_else(Library::built_in, |(library, _)| library)
    }

    /// Where a query of their own is written.
    pub fn folder_to_write(&self) -> anyhow::Result<PathBuf> {
        self.queries.clone().or_else(usual_folder).context("no home folder is known: say where with --queries DIR")
    }
}

/// `dixit/queries` among the user's settings, as the XDG Base Directory Specification has them.
fn usual_folder() -> Option<PathBuf> {
    let set = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let settings = set("XDG_CONFIG_HOME").or_else(|| Some(set("HOME")?.join(".config")));
    settings.map(|settings| settings.join("dixit/queries"))
}
