//! Tables for the terminal.

use comfy_table::{ContentArrangement, presets};
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
    drawn
}

#[cfg(test)]
mod tests {
    use super::*;

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
