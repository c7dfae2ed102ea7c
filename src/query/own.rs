//! A folder of a user's own queries, which are listed, run and asked as those that are built in.

use super::saved::{HeaderError, HeaderProblem, SavedQuery, library};
use std::path::{Path, PathBuf};
use std::{fs, io};

/// The ending of a query's file.
const ENDING: &str = "rq";

/// The built-in queries and those of a folder. A query of the folder takes the place of a built-in one of its name.
#[derive(Debug, Clone)]
pub struct Library {
    queries: Vec<SavedQuery>,
    /// Whence the first of them come.
    folder: Option<PathBuf>,
    own: usize,
}

/// Why a query of the folder is passed over.
#[derive(Debug, thiserror::Error)]
pub enum OwnError {
    #[error("{}: {cause}", .path.display())]
    Io { path: PathBuf, cause: io::Error },
    #[error("{}, line {line}: {problem}", .path.display())]
    Header { path: PathBuf, line: usize, problem: HeaderProblem },
    #[error("{}: the name of a query has letters, digits, - and _ only: rename the file", .0.display())]
    Name(PathBuf),
}

impl Library {
    /// Those that are built in.
    pub fn built_in() -> Self {
        Self { queries: library().to_vec(), folder: None, own: 0 }
    }

    /// Those of the folder before those that are built in, and what of the folder cannot be read.
    ///
    /// # Errors
    /// The folder cannot be read.
    pub fn with_folder(folder: &Path) -> Result<(Self, Vec<OwnError>), OwnError> {
        let cannot = |cause| OwnError::Io { path: folder.to_owned(), cause };
        let entries = fs::read_dir(folder).map_err(cannot)?;
        let mut paths = entries.map(|entry| entry.map(|e| e.path())).collect::<io::Result<Vec<_>>>().map_err(cannot)?;
        paths.retain(|path| path.extension().is_some_and(|ending| ending == ENDING) && path.is_file());
        paths.sort();
        let (mut queries, mut problems) = (Vec::new(), Vec::new());
        for path in paths {
            match read(path) {
                Ok(query) => queries.push(query),
                Err(problem) => problems.push(problem),
            }
        }
        let own = queries.len();
        let others = library().iter().filter(|built_in| !queries.iter().any(|query| query.name == built_in.name));
        let others: Vec<_> = others.cloned().collect();
        queries.extend(others);
        Ok((Self { queries, folder: Some(folder.to_owned()), own }, problems))
    }

    /// All queries, those of the folder first.
    pub fn queries(&self) -> &[SavedQuery] {
        &self.queries
    }

    /// The file of a query of the folder.
    pub fn file(&self, name: &str) -> Option<PathBuf> {
        let own = self.queries[..self.own].iter().any(|query| query.name == name);
        self.folder.as_ref().filter(|_| own).map(|folder| path_of(folder, name))
    }
}

fn path_of(folder: &Path, name: &str) -> PathBuf {
    folder.join(format!("{name}.{ENDING}"))
}

fn is_name(name: &str) -> bool {
    let fits = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    name.starts_with(char::is_alphanumeric) && name.chars().all(fits)
}

fn read(path: PathBuf) -> Result<SavedQuery, OwnError> {
    let name = path.file_stem().and_then(|stem| stem.to_str()).filter(|name| is_name(name));
    let Some(name) = name.map(str::to_owned) else { return Err(OwnError::Name(path)) };
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(cause) => return Err(OwnError::Io { path, cause }),
    };
    SavedQuery::parse_own(&name, &text).map_err(|HeaderError { line, problem, .. }| OwnError::Header {
        path,
        line,
        problem,
    })
}

/// Writes a query of that name to begin with into the folder, which is made if it is missing; never over another file.
///
/// # Errors
/// The name is none, there is a file of it, or it cannot be written.
pub fn write_template(folder: &Path, name: &str) -> Result<PathBuf, OwnError> {
    use io::Write;

    let path = path_of(folder, name);
    if !is_name(name) {
        return Err(OwnError::Name(path));
    }
    let write = || {
        fs::create_dir_all(folder)?;
        let mut file = fs::File::options().write(true).create_new(true).open(&path)?;
        file.write_all(TEMPLATE.replace("NAME", name).as_bytes())
    };
    match write() {
        Ok(()) => Ok(path),
        Err(cause) => Err(OwnError::Io { path, cause }),
    }
}

/// A query to begin with.
const TEMPLATE: &str = include_str!("template.rq");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Language;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        folder
    }

    #[test]
    fn own_queries_come_first_and_take_the_place_of_others() {
        let short = "# ask-fr: qui parle\nSELECT ?s { ?s a dixit:ReportedStatement }";
        let folder = folder(&[("mine.rq", short), ("timeline.rq", "SELECT * {}"), ("notes.txt", "?")]);
        let (own, problems) = Library::with_folder(folder.path()).unwrap();
        assert!(problems.is_empty());
        let names: Vec<_> = own.queries().iter().map(|query| query.name.as_str()).collect();
        assert_eq!(names[..2], ["mine", "timeline"]);
        assert_eq!(names.iter().filter(|name| **name == "timeline").count(), 1);
        assert_eq!(names.len(), library().len() + 1);
        assert_eq!(own.queries()[0].title.get(Language::En), "mine");
        assert_eq!(own.file("mine"), Some(folder.path().join("mine.rq")));
        assert_eq!(own.file("who-said-what"), None);
    }

    #[test]
    fn a_bad_file_is_told_of_and_the_others_go_on() {
        let folder = folder(&[
            ("a.rq", "# title-en: A\nSELECT * {}"),
            ("b.rq", "# title-en: B\n# param: x entity\nSELECT * {}"),
            ("c d.rq", "SELECT * {}"),
        ]);
        fs::write(folder.path().join("e.rq"), b"\xff").unwrap();
        let (own, problems) = Library::with_folder(folder.path()).unwrap();
        assert_eq!(own.queries()[0].title.get(Language::Fr), "A");
        let told: Vec<_> =
            problems.iter().map(|p| p.to_string().replace(folder.path().to_str().unwrap(), "")).collect();
        assert!(told[0].starts_with("/b.rq, line 2: a parameter is written"), "{told:?}");
        assert!(told[1].starts_with("/c d.rq: the name of a query"), "{told:?}");
        assert!(told[2].starts_with("/e.rq: "), "{told:?}");
    }

    #[test]
    fn the_template_is_a_sound_query_and_overwrites_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let queries = folder.path().join("deep/queries");
        let path = write_template(&queries, "mine").unwrap();
        let (own, problems) = Library::with_folder(&queries).unwrap();
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(own.file("mine"), Some(path));
        assert!(SavedQuery::parse("mine", &own.queries()[0].sparql).is_ok(), "it has everything in both languages");
        crate::query::sparql::parse(&own.queries()[0].sparql).unwrap();
        assert!(write_template(&queries, "mine").is_err());
        assert!(write_template(&queries, "../mine").is_err());
    }
}
