//! Reading the embedded tables: tab-separated, `#` starts a comment line, the first row names the columns.

/// One row with its line number, so that a wrong row can be named.
pub struct Row {
    /// Line in the file, from 1.
    pub line: usize,
    /// Its cells, as many as the head has.
    pub cells: Vec<&'static str>,
}

/// The rows below the head; missing cells at the end are empty.
pub fn rows(table: &'static str) -> impl Iterator<Item = Row> {
    let mut lines = table.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    let width = lines.next().map_or(0, |(_, head)| head.split('\t').count());
    lines.map(move |(i, line)| {
        let mut cells: Vec<&str> = line.split('\t').collect();
        cells.resize(width.max(cells.len()), "");
        Row { line: i + 1, cells }
    })
}
