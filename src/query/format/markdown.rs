//! Tables of GitHub's Markdown, under headings or not.

use crate::query::cells::Table;
use crate::query::rows::{Grouping, Rows};
use std::io::{self, Write};

/// Writes rows as one table, or under headings as several.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_markdown(rows: &Rows, by: Option<&Grouping>, out: &mut dyn Write) -> io::Result<()> {
    let Some(by) = by else { return write_table(&rows.table(), out) };
    for (number, group) in rows.groups(by).iter().enumerate() {
        let space = if number > 0 { "\n" } else { "" };
        writeln!(out, "{space}## {} ({})\n", escape(&group.name), group.table.rows.len())?;
        write_table(&group.table, out)?;
    }
    Ok(())
}

fn write_table(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    let mut line =
        |cells: &mut dyn Iterator<Item = String>| writeln!(out, "| {} |", cells.collect::<Vec<_>>().join(" | "));
    line(&mut table.heads.iter().map(|head| escape(head)))?;
    line(&mut table.heads.iter().map(|_| "---".to_owned()))?;
    for row in &table.rows {
        line(&mut row.iter().map(|cell| escape(cell)))?;
    }
    Ok(())
}

/// Text that stays text within a cell of a table or a heading.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '|' | '*' | '_' | '`' | '[' | ']' | '~' | '$' => escaped.extend(['\\', c]),
            '<' => escaped.push_str("&lt;"),
            '&' => escaped.push_str("&amp;"),
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_of_markdown_stays_one_cell() {
        assert_eq!(escape("a|b \\ *c* <i> & [d](e) $f$"), r"a\|b \\ \*c\* &lt;i> &amp; \[d\](e) \$f\$");
    }
}
