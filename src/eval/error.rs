//! What can be wrong with the files that are compared: one line that names the file, the line, the field and the mend.

use super::field::Wrong;
use crate::one_line::one_line;
use std::path::{Path, PathBuf};

/// A file of statements, or one line of it, that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EvalError {
    /// The file cannot be read at all.
    #[error("{}: cannot be read ({reason}): check the name, the permissions and that it is UTF-8", path.display())]
    Unreadable {
        path: PathBuf,
        /// What the system says.
        reason: String,
    },

    /// The file holds no line.
    #[error("{}: no line in this file: write one article a line, as docs/gold.md says", path.display())]
    Empty { path: PathBuf },

    /// A line that is no JSON.
    #[error("{}, line {line}, column {column}: no JSON ({reason}): write one object a line", path.display())]
    NotJson {
        path: PathBuf,
        /// Line of the file, from 1.
        line: usize,
        /// Column of the line, from 1.
        column: usize,
        /// What the parser expected.
        reason: String,
    },

    /// A field that is missing or cannot be used.
    #[error("{}, line {line}: {}{}", path.display(), named(field), one_line(problem))]
    Field {
        path: PathBuf,
        /// Line of the file, from 1.
        line: usize,
        /// Path of the field: `statements[2].kind`.
        field: String,
        /// What is wrong, and the mend.
        problem: String,
    },
}

impl EvalError {
    pub(super) fn of(path: &Path, line: usize, wrong: Wrong) -> Self {
        Self::Field { path: path.to_owned(), line, field: wrong.field, problem: wrong.problem }
    }
}

/// The field before what is wrong with it; nothing for the line as a whole.
fn named(field: &str) -> String {
    if field.is_empty() { String::new() } else { format!("`{field}` ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_file_holds_steers_no_terminal() {
        let wrong = Wrong { field: "statements[0].kind".to_owned(), problem: "`\u{1b}[2J\n` is no kind".to_owned() };
        assert_eq!(
            EvalError::of(Path::new("gold.jsonl"), 3, wrong).to_string(),
            r"gold.jsonl, line 3: `statements[0].kind` `\u{1b}[2J\n` is no kind"
        );
    }
}
