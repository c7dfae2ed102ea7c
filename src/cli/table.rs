//! Tables for the terminal.

use comfy_table::{ColumnConstraint, ContentArrangement, Width, presets};
use dixit::query::Table;

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

/// A table of at most `width` columns; long cells are wrapped.
pub fn draw(table: &Table, width: u16) -> comfy_table::Table {
    let mut drawn = comfy_table::Table::new();
    drawn
        .load_preset(presets::UTF8_FULL)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(width)
        .set_header(&table.heads)
        .add_rows(&table.rows);
    if let Some(widths) = widths(table, usize::from(width)) {
        drawn.set_constraints(
            widths.into_iter().map(|w| ColumnConstraint::Absolute(Width::Fixed(w as u16 + PADDING as u16))),
        );
    }
    drawn
}

/// The same without lines between the rows: for cells of a few words.
pub fn draw_dense(table: &Table, width: u16) -> comfy_table::Table {
    let mut drawn = draw(table, width);
    drawn.load_preset(presets::UTF8_FULL_CONDENSED);
    drawn
}

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
    let natural = |column: usize| {
        let cells = table.rows.iter().filter_map(|row| row.get(column)).chain(table.heads.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..table.heads.len()).map(natural).collect();
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_column_gets_the_room() {
        let table = Table {
            heads: ["actor", "statement", "date"].map(str::to_owned).to_vec(),
            rows: vec![vec!["Anne Roy".to_owned(), "mot ".repeat(40), "2024-03-09".to_owned()]],
        };
        let drawn = draw(&table, 80).to_string();
        assert!(drawn.lines().all(|line| line.chars().count() <= 80), "{drawn}");
        assert!(drawn.contains("Anne Roy") && drawn.contains("2024-03-09"));
        assert!(drawn.lines().any(|line| line.contains(&"mot ".repeat(10))), "{drawn}");
    }

    #[test]
    fn a_table_fits_and_keeps_every_word() {
        let words = "« Nous avons tout lu, et nous avons tout compris », dit-elle.";
        let table = Table {
            heads: vec!["actor".to_owned(), "statement".to_owned()],
            rows: vec![vec!["Anne Roy".to_owned(), words.to_owned()]],
        };
        let drawn = draw(&table, 40).to_string();
        assert!(drawn.lines().all(|line| line.chars().count() <= 40), "{drawn}");
        for word in words.split_whitespace() {
            assert!(drawn.contains(word), "{word} in\n{drawn}");
        }
    }
}
