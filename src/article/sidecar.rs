//! The sidecar `articles.csv` beside the files: `file,outlet,url,published,title,author,language`.
//!
//! Columns may stand in any order and all but `file` may be left out; unknown columns are ignored; an empty field is
//! unknown. A field that cannot be used is reported and left unknown, the rest of its row counts.

use super::metadata::Metadata;
use super::origin::Origin;
use super::rows::{delimiter, has_text, uncounted};
use super::{FieldMap, ReadError};
use csv::StringRecord;
use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

/// Name of the sidecar. A file of this name is never an article itself.
pub(super) const NAME: &str = "articles.csv";

/// What one row says of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Row {
    line: u64,
    pub known: Metadata,
}

/// The metadata of one folder's files.
#[derive(Debug, Default)]
pub(super) struct Sidecar {
    path: PathBuf,
    rows: HashMap<String, Row>,
    /// What the numbers of lines lack.
    uncounted: u64,
    problems: Vec<Problem>,
}

/// Something in the sidecar that cannot be used.
#[derive(Debug)]
struct Problem {
    line: u64,
    /// The file that the row describes; `None` when the whole sidecar is concerned.
    file: Option<String>,
    text: String,
}

impl Sidecar {
    /// Reads the sidecar of `folder`; without one, nothing is known of its files.
    pub fn of(folder: &Path) -> Self {
        let mut sidecar = Self { path: folder.join(NAME), ..Self::default() };
        match std::fs::read(&sidecar.path) {
            Ok(bytes) => sidecar.fill(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => sidecar.report(1, None, format!("cannot be read ({error}): check its permissions")),
        }
        sidecar
    }

    /// What is known of the file `name`.
    pub fn of_file(&self, name: &str) -> Metadata {
        self.rows.get(name).map(|row| row.known.clone()).unwrap_or_default()
    }

    /// All problems, and the rows whose file does not exist.
    pub fn all_errors(&self) -> Vec<ReadError> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        let missing = self.rows.iter().filter(|(name, _)| !folder.join(name).exists()).map(|(name, row)| {
            let problem = format!("the file `{name}` does not exist: correct its name or remove the row");
            self.error(row.line, problem)
        });
        let mut errors: Vec<(u64, ReadError)> = missing.collect();
        errors.extend(self.problems.iter().map(|p| self.error(p.line, p.text.clone())));
        errors.sort_by_key(|(line, _)| *line);
        errors.into_iter().map(|(_, error)| error).collect()
    }

    /// The problems that touch the file `name`: those of its row and those of the whole sidecar.
    pub fn errors_for(&self, name: &str) -> Vec<ReadError> {
        let touching = self.problems.iter().filter(|p| p.file.as_deref().is_none_or(|file| file == name));
        touching.map(|p| self.error(p.line, p.text.clone()).1).collect()
    }

    fn error(&self, line: u64, problem: String) -> (u64, ReadError) {
        (line, ReadError::Line { path: self.path.clone(), line, problem })
    }

    fn report(&mut self, line: u64, file: Option<&str>, text: String) {
        self.problems.push(Problem { line, file: file.map(str::to_owned), text });
    }

    fn fill(&mut self, bytes: &[u8]) {
        self.uncounted = uncounted(bytes);
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .trim(csv::Trim::All)
            .delimiter(delimiter(bytes))
            .from_reader(bytes);
        let columns = match reader.headers() {
            Ok(header) => Columns::new(header),
            Err(error) => {
                return self.report(1, None, format!("the header is not readable ({error}): save it as UTF-8"));
            }
        };
        // A table of articles may have the same name.
        if columns.file.is_none() && has_text(bytes, &FieldMap::default()) {
            return;
        }
        if columns.file.is_none() {
            let text = "no column `file` in the header: write `file,outlet,url,published,title,author,language`";
            return self.report(1, None, text.to_owned());
        }
        let mut urls = HashSet::new();
        let mut record = StringRecord::new();
        loop {
            let line = reader.position().line();
            match reader.read_record(&mut record) {
                Ok(true) => self.add(&columns, &record, &mut urls),
                Ok(false) => break,
                Err(error) => {
                    let line = error.position().map_or(line, csv::Position::line) + self.uncounted;
                    self.report(line, None, "the row is not readable: save the file as UTF-8".to_owned());
                }
            }
        }
    }

    fn add(&mut self, columns: &Columns, record: &StringRecord, urls: &mut HashSet<String>) {
        let line = record.position().map_or(0, csv::Position::line) + self.uncounted;
        let field = |column: Option<usize>| {
            column.and_then(|i| record.get(i)).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let Some(file) = field(columns.file) else {
            return self.report(line, None, "the field `file` is empty: name the article's file".to_owned());
        };
        let file = file.trim_start_matches("./");
        if let Some(first) = self.rows.get(file) {
            let text = format!("`{file}` is described twice (first in line {}): remove one row", first.line);
            return self.report(line, Some(file), text);
        }
        let found = |column| field(column).map(|value| (value, Origin::Sidecar));
        let mut known = Metadata {
            outlet: found(columns.outlet),
            title: found(columns.title),
            author: found(columns.author),
            ..Metadata::default()
        };
        let mut check = |done: Result<(), String>| done.unwrap_or_else(|text| self.report(line, Some(file), text));
        if let Some(text) = field(columns.published) {
            check(known.publish(&text, Origin::Sidecar));
        }
        if let Some(url) = field(columns.url) {
            match urls.insert(url.clone()) {
                true => check(known.locate(url, Origin::Sidecar)),
                false => check(Err(format!("url: `{url}` belongs to a row above: one address an article"))),
            }
        }
        if let Some(tag) = field(columns.language) {
            check(known.write_in(&tag, Origin::Sidecar));
        }
        self.rows.insert(file.to_owned(), Row { line, known });
    }
}

/// Where each known column stands.
struct Columns {
    file: Option<usize>,
    outlet: Option<usize>,
    url: Option<usize>,
    published: Option<usize>,
    title: Option<usize>,
    author: Option<usize>,
    language: Option<usize>,
}

impl Columns {
    fn new(header: &StringRecord) -> Self {
        let at = |name: &str| header.iter().position(|column| column.eq_ignore_ascii_case(name));
        Self {
            file: at("file"),
            outlet: at("outlet"),
            url: at("url"),
            published: at("published"),
            title: at("title"),
            author: at("author"),
            language: at("language"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::PartialDate;

    fn sidecar(text: &str) -> Sidecar {
        let mut sidecar = Sidecar { path: PathBuf::from("/nowhere/articles.csv"), ..Sidecar::default() };
        sidecar.fill(text.as_bytes());
        sidecar
    }

    fn problems(sidecar: &Sidecar) -> Vec<String> {
        sidecar.problems.iter().map(|p| format!("{}: {}", p.line, p.text)).collect()
    }

    #[test]
    fn columns_may_stand_in_any_order_and_unknown_ones_are_ignored() {
        let sidecar = sidecar("Published,colour,file\n2021-05,blue,a.txt\n,,b.txt\n");
        assert_eq!(sidecar.of_file("a.txt").published, Some((PartialDate::Month(2021, 5), Origin::Sidecar)));
        assert_eq!(sidecar.rows["b.txt"], Row { line: 3, ..Row::default() });
        assert_eq!(problems(&sidecar), [""; 0]);
    }

    #[test]
    fn semicolons_are_read_too() {
        let sidecar = sidecar("file;outlet\na.txt;Le Courrier, édition du soir\n");
        assert_eq!(sidecar.of_file("a.txt").outlet.unwrap().0, "Le Courrier, édition du soir");
    }

    #[test]
    fn a_bad_field_is_reported_with_its_line_and_the_rest_counts() {
        let text = "file,outlet,url,published,language\n\
                    a.txt,Le Courrier,courrier.example,28/03/2022,français\n\
                    a.txt,Autre,,,\n\
                    b.txt,,https://courrier.example/1,,\n\
                    c.txt,,https://courrier.example/1,,\n\
                    ,Le Courrier,,,\n";
        let sidecar = sidecar(text);
        let row = sidecar.of_file("a.txt");
        assert_eq!((row.outlet.unwrap().0.as_str(), row.published, row.url), ("Le Courrier", None, None));
        let starts = [
            "2: published: `28/03/2022`",
            "2: url:",
            "2: language:",
            "3: `a.txt` is described twice",
            "5: url:",
            "6: ",
        ];
        let problems = problems(&sidecar);
        assert_eq!(problems.len(), starts.len(), "{problems:?}");
        for (problem, start) in problems.iter().zip(starts) {
            assert!(problem.starts_with(start), "{problem}");
        }
        assert_eq!(sidecar.errors_for("b.txt").len(), 1, "only the row without a file touches every file");
    }

    #[test]
    fn lines_are_counted_whatever_ends_them() {
        let problems = problems(&sidecar("file,url\r\na.txt,x\r\nb.txt,y\r\n"));
        assert!(problems[0].starts_with("2: ") && problems[1].starts_with("3: "), "{problems:?}");
    }

    #[test]
    fn without_a_file_column_nothing_can_be_known() {
        assert!(problems(&sidecar("name,outlet\na.txt,X\n"))[0].starts_with("1: no column `file`"));
        assert!(!problems(&sidecar("")).is_empty());
    }
}
