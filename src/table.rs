//! Reading the embedded tables, and what can be wrong with a row.
//!
//! Tables are tab-separated; lines that are empty or start with `#` are notes, the first other line names the columns.

use crate::one_line::one_line;
use memchr::memchr_iter;

/// A bad row of a table: which table, which line, what is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{table}, line {line}: {}", one_line(&fault.to_string()))]
pub struct TableError {
    /// Path of the table in the project.
    pub table: &'static str,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong, and how to mend it.
    pub fault: Fault,
}

/// What can be wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The first row does not name the columns as expected.
    #[error("the header must be `{0}`")]
    Header(String),
    /// Too few or too many cells.
    #[error("{found} cells, but the header has {expected}")]
    Cells { found: usize, expected: usize },
    /// A cell that may not be empty.
    #[error("`{0}` is empty")]
    Empty(&'static str),
    /// A cell with a value outside its list.
    #[error("`{value}` is no {column}: write one of {allowed}")]
    Value { column: &'static str, value: String, allowed: &'static str },
    /// A key that another row has already.
    #[error("`{0}` has a row already")]
    Duplicate(String),
    /// A key that no row of the entities has.
    #[error("`{0}` is no entity's key: write its item, or the slug of what has none")]
    Unknown(String),
    /// A name of which no key can be made.
    #[error("`{0}` has neither letters nor digits for a key: give its item, or another name")]
    Keyless(String),
    /// An office that is not "title from..until".
    #[error("`{0}` is no office: write `title 2017..2022`, with an open end as `2017..`")]
    Office(String),
}

/// One row: its line number and its cells.
pub(crate) type Row<const N: usize> = (usize, [&'static str; N]);

/// The rows of `text` under a header of `columns`.
pub(crate) fn rows<const N: usize>(
    table: &'static str,
    text: &'static str,
    columns: [&'static str; N],
) -> Result<Vec<Row<N>>, TableError> {
    let lines = text.lines().enumerate().map(|(i, line)| (i + 1, line));
    let mut lines = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    let (line, header) = lines.next().unwrap_or((1, ""));
    if !header.split('\t').eq(columns) {
        return Err(TableError { table, line, fault: Fault::Header(columns.join("⇥")) });
    }
    // What has room from the beginning is not moved while it grows: a table may have thousands of rows.
    let mut rows = Vec::with_capacity(memchr_iter(b'\n', text.as_bytes()).count());
    for (line, content) in lines {
        let mut cells = [""; N];
        let (mut found, mut start) = (0, 0);
        for end in memchr_iter(b'\t', content.as_bytes()).chain([content.len()]) {
            if let Some(cell) = cells.get_mut(found) {
                *cell = &content[start..end];
            }
            (found, start) = (found + 1, end + 1);
        }
        if found != N {
            return Err(TableError { table, line, fault: Fault::Cells { found, expected: N } });
        }
        rows.push((line, cells));
    }
    Ok(rows)
}

/// The non-empty items of a cell that lists several, separated by `|`.
pub(crate) fn items(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').filter(|item| !item.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_row_is_named() {
        let header = rows("t.tsv", "a\tc\n", ["a", "b"]).unwrap_err();
        assert_eq!(header.to_string(), "t.tsv, line 1: the header must be `a⇥b`");
        let cells = rows("t.tsv", "a\tb\n1\t2\n3\n", ["a", "b"]).unwrap_err();
        assert_eq!(cells.to_string(), "t.tsv, line 3: 1 cells, but the header has 2");
    }

    #[test]
    fn comments_and_empty_lines_are_no_rows() {
        let found = rows("t.tsv", "# note\na\tb\n# note\n\n1\t2\n", ["a", "b"]).unwrap();
        assert_eq!(found, vec![(5, ["1", "2"])]);
    }
}
