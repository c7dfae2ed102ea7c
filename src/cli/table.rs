//! Tables for the terminal.

use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Width, presets};
use dixit::query::{Group, Table};
use std::io::{self, Write};

/// Columns of the screen when nothing tells how many there are.
const DEFAULT_WIDTH: u16 = 100;
/// Fewer columns than this are no use for a table.
const LEAST_WIDTH: u16 = 40;

/// How wide a table may be: `COLUMNS`, else the terminal, else 100 columns.
pub fn width() -> u16 {
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.trim().parse().ok());
    let columns = columns.filter(|columns| *columns > 0).or_else(|| comfy_table::Table::new().width());
    columns.unwrap_or(DEFAULT_WIDTH).max(LEAST_WIDTH)
}

/// Foreign words as they are shown among others: control characters, which could steer a terminal, and line breaks become
/// spaces.
pub fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// Which lines a table has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lines {
    /// Also between the rows: where cells are wrapped.
    All,
    /// Around the whole and under the head: for cells of a few words.
    Few,
    /// The same in ASCII.
    FewInAscii,
}

/// A table of at most `width` columns; long cells are wrapped.
pub fn draw(table: &Table, lines: Lines, width: u16) -> comfy_table::Table {
    draw_with(table, lines, width, widths(table, usize::from(width)))
}

fn draw_with(table: &Table, lines: Lines, width: u16, widths: Option<Vec<usize>>) -> comfy_table::Table {
    let preset = match lines {
        Lines::All => presets::UTF8_FULL,
        Lines::Few => presets::UTF8_FULL_CONDENSED,
        Lines::FewInAscii => presets::ASCII_FULL_CONDENSED,
    };
    let mut drawn = comfy_table::Table::new();
    drawn
        .load_preset(preset)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(width)
        .set_header(&table.heads)
        .add_rows(table.rows.iter().map(|row| row.iter().map(|cell| plain(cell))));
    for (number, column) in drawn.column_iter_mut().enumerate() {
        if holds_numbers(table, number) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    if let Some(widths) = widths {
        drawn.set_constraints(
            widths.into_iter().map(|w| ColumnConstraint::Absolute(Width::Fixed(w as u16 + PADDING as u16))),
        );
    }
    drawn
}

/// Whether a column has numbers, which stand below each other by their last digit.
fn holds_numbers(table: &Table, column: usize) -> bool {
    let mut cells = table.rows.iter().filter_map(|row| row.get(column)).filter(|cell| !cell.is_empty()).peekable();
    let is_number = |cell: &String| cell.ends_with(|c: char| c.is_ascii_digit()) && cell.parse::<f64>().is_ok();
    cells.peek().is_some() && cells.all(is_number)
}

/// Writes rows under their headings, each with their number, in columns of the same widths.
pub fn write_groups(groups: &[Group], lines: Lines, is_colored: bool, out: &mut dyn Write) -> io::Result<()> {
    let Some(first) = groups.first() else { return Ok(()) };
    let rows = groups.iter().flat_map(|group| group.table.rows.clone()).collect();
    let all = Table { heads: first.table.heads.clone(), rows };
    let width = width();
    let widths = widths(&all, usize::from(width)).unwrap_or_else(|| natural_widths(&all));
    for (number, group) in groups.iter().enumerate() {
        let space = if number > 0 { "\n" } else { "" };
        let [bold, plain] = if is_colored { [BOLD, PLAIN] } else { [""; 2] };
        writeln!(out, "{space}{bold}{}{plain} ({})", group.name, group.table.rows.len())?;
        writeln!(out, "{}", draw_with(&group.table, lines, width, Some(widths.clone())))?;
    }
    Ok(())
}

/// Begins and ends bold letters on a terminal.
const BOLD: &str = "\u{1b}[1m";
const PLAIN: &str = "\u{1b}[0m";
/// Spaces around a cell's text.
const PADDING: usize = 2;
/// Columns up to this many characters are never wrapped.
const SHORT: usize = 12;
/// Beside the longest column the others get this much at most, and less where room is short.
const MIDDLE: std::ops::RangeInclusive<usize> = 11..=20;
/// What the longest column should get.
const LONGEST: usize = 30;

/// Where not all fits, the longest column (the words of a statement) gets the room that the others leave. `None` if
/// all fits, or if that leaves too little.
fn widths(table: &Table, width: usize) -> Option<Vec<usize>> {
    let widths = natural_widths(table);
    // A border before each column and one at the end.
    let free = width.checked_sub(1 + widths.len() * (PADDING + 1))?;
    if widths.iter().sum::<usize>() <= free {
        return None;
    }
    let longest = (0..widths.len()).max_by_key(|column| widths[*column])?;
    let others = |most: usize| -> Vec<usize> {
        let shrunk = |(column, w): (usize, &usize)| match *w {
            w if w <= SHORT => w,
            w => w.min(most).max(table.heads[column].chars().count()),
        };
        widths.iter().enumerate().map(shrunk).collect()
    };
    let room = |most: usize| {
        let shrunk = others(most);
        free.checked_sub(shrunk.iter().sum::<usize>() - shrunk[longest])
    };
    let most = MIDDLE.rev().find(|most| room(*most).is_some_and(|room| room >= LONGEST)).unwrap_or(*MIDDLE.start());
    let rest = room(most).filter(|rest| *rest >= most)?;
    let mut widths = others(most);
    widths[longest] = rest;
    Some(widths)
}

/// The widths in which nothing is wrapped.
fn natural_widths(table: &Table) -> Vec<usize> {
    let natural = |column: usize| {
        let cells = table.rows.iter().filter_map(|row| row.get(column)).chain(table.heads.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    (0..table.heads.len()).map(natural).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_column_gets_the_room() {
        let table = Table {
            heads: ["actor", "statement", "date"].map(str::to_owned).to_vec(),
            rows: vec![vec!["Anne Roy".to_owned(), "mot ".repeat(40), "2024-03-09".to_owned()]],
        };
        let drawn = draw(&table, Lines::All, 80).to_string();
        assert!(drawn.lines().all(|line| line.chars().count() <= 80), "{drawn}");
        assert!(drawn.contains("Anne Roy") && drawn.contains("2024-03-09"));
        assert!(drawn.lines().any(|line| line.contains(&"mot ".repeat(10))), "{drawn}");
    }

    #[test]
    fn a_cell_steers_no_terminal() {
        let rows = vec![vec!["Anne\u{1b}[2J\r\nRoy".to_owned()]];
        let drawn = draw(&Table { heads: vec!["actor".to_owned()], rows }, Lines::Few, 80).to_string();
        assert!(drawn.contains("│ Anne [2J  Roy │"), "{drawn}");
    }

    #[test]
    fn a_table_fits_and_keeps_every_word() {
        let words = "« Nous avons tout lu, et nous avons tout compris », dit-elle.";
        let table = Table {
            heads: vec!["actor".to_owned(), "statement".to_owned()],
            rows: vec![vec!["Anne Roy".to_owned(), words.to_owned()]],
        };
        let drawn = draw(&table, Lines::All, 40).to_string();
        assert!(drawn.lines().all(|line| line.chars().count() <= 40), "{drawn}");
        for word in words.split_whitespace() {
            assert!(drawn.contains(word), "{word} in\n{drawn}");
        }
    }
}
