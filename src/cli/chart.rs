//! Counts over time as bars or sparklines for the terminal.

use super::table::{self, Lines};
use dixit::query::{Language, Line, Series, Table};
use std::io::{self, Write};

/// A bar for each period: so many fill a screen or two.
pub const MOST_BARS: usize = 48;
/// So many lines are drawn; those with most come first.
const MOST_LINES: usize = 30;
/// Columns beside a sparkline: a name, two numbers, and the lines of the table.
const BESIDE: usize = 50;
/// A name longer than this is cut.
const LONGEST_NAME: usize = 28;
/// The least room for bars or sparklines.
const LEAST: usize = 10;

/// The signs of which charts are made.
pub struct Signs {
    /// Parts of a full column of a bar, the full one last.
    bar: &'static [char],
    /// From little to most in a sparkline; the first is none.
    levels: &'static [char],
    /// Between a first and a last period.
    until: &'static str,
    lines: Lines,
}

const UNICODE: Signs = Signs {
    bar: &['▏', '▎', '▍', '▌', '▋', '▊', '▉', '█'],
    levels: &['·', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'],
    until: "–",
    lines: Lines::Few,
};
const ASCII: Signs = Signs {
    bar: &['#'],
    levels: &['.', ':', '-', '=', '+', '*', '%', '#', '@'],
    until: "to",
    lines: Lines::FewInAscii,
};

impl Signs {
    /// Those that the locale can show: of POSIX's variables the first that is set decides. Where none is, all can.
    pub fn of_environment(variable: impl Fn(&str) -> Option<String>) -> &'static Self {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().filter_map(variable).find(|value| !value.is_empty());
        match locale.map(|locale| locale.to_ascii_lowercase()) {
            Some(locale) if !locale.contains("utf-8") && !locale.contains("utf8") => &ASCII,
            _ => &UNICODE,
        }
    }
}

/// How many periods a chart of several lines may have: as many as three of them in a sign of a sparkline.
pub fn most_periods(width: u16) -> usize {
    3 * signs_in_line(width)
}

/// How long a sparkline may be.
fn signs_in_line(width: u16) -> usize {
    usize::from(width).saturating_sub(BESIDE).max(LEAST)
}

/// How a chart is drawn.
pub struct Drawing {
    pub signs: &'static Signs,
    pub width: u16,
    pub is_colored: bool,
    pub language: Language,
}

impl Drawing {
    /// Writes the chart: bars for one line, sparklines for several.
    pub fn write(&self, series: &Series, out: &mut dyn Write) -> io::Result<()> {
        match series.lines.as_slice() {
            [line] if series.by.is_none() => self.write_bars(series, line, out),
            _ => self.write_sparklines(series, out),
        }
    }

    /// A row a period.
    fn write_bars(&self, series: &Series, line: &Line, out: &mut dyn Write) -> io::Result<()> {
        let most = line.most();
        let [period, number] = [series.periods.first().map_or(0, String::len), most.to_string().len()];
        let room = usize::from(self.width).saturating_sub(period + number + 2).max(LEAST);
        writeln!(out, "{}", series.title(self.language))?;
        for (period, count) in series.periods.iter().zip(&line.counts) {
            let bar = self.bar(*count, most, room);
            let blank = " ".repeat(room - bar.chars().count());
            writeln!(out, "{period} {}{blank} {count:>number$}", self.colored(&bar))?;
        }
        Ok(())
    }

    /// A line a thing, each on its own scale.
    fn write_sparklines(&self, series: &Series, out: &mut dyn Write) -> io::Result<()> {
        let room = signs_in_line(self.width);
        let together = series.periods.len().div_ceil(room).max(1);
        let [total, most] = match self.language {
            Language::Fr => ["total", "maximum"],
            Language::En => ["total", "most"],
        };
        let span = match (series.periods.first(), series.periods.last()) {
            (Some(first), Some(last)) if first != last => format!("{first} {} {last}", self.signs.until),
            (Some(first), _) => first.clone(),
            _ => String::new(),
        };
        let row = |line: &Line| {
            let counts: Vec<u64> = line.counts.chunks(together).map(sum).collect();
            let most = counts.iter().copied().max().unwrap_or_default();
            let spark: String = counts.iter().map(|count| self.level(*count, most)).collect();
            vec![short(&line.name), spark, line.total().to_string(), most.to_string()]
        };
        let lines = &series.lines[..series.lines.len().min(MOST_LINES)];
        let heads = [series.by.as_deref().unwrap_or_default(), &span, total, most].map(str::to_owned).to_vec();
        let table = Table { heads, rows: lines.iter().map(row).collect() };
        let mut title = series.title(self.language);
        if together > 1 {
            title += &match self.language {
                Language::Fr => format!(", {together} par signe"),
                Language::En => format!(", {together} in a sign"),
            };
        }
        let rest = series.lines.len() - lines.len();
        if rest > 0 {
            title += &match self.language {
                Language::Fr => format!(" (les {MOST_LINES} premiers, {rest} autres)"),
                Language::En => format!(" (the first {MOST_LINES}, {rest} more)"),
            };
        }
        writeln!(out, "{title}\n{}", table::draw(&table, self.signs.lines, self.width))
    }

    fn bar(&self, count: u64, most: u64, room: usize) -> String {
        let parts = self.signs.bar;
        let length = scale(count, most, room * parts.len());
        let mut bar = parts[parts.len() - 1].to_string().repeat(length / parts.len());
        bar.extend(length.checked_rem(parts.len()).filter(|rest| *rest > 0).map(|rest| parts[rest - 1]));
        bar
    }

    fn level(&self, count: u64, most: u64) -> char {
        self.signs.levels[scale(count, most, self.signs.levels.len() - 1)]
    }

    fn colored(&self, bar: &str) -> String {
        if self.is_colored && !bar.is_empty() { format!("\u{1b}[36m{bar}\u{1b}[0m") } else { bar.to_owned() }
    }
}

/// `count` of `most` as so many of `steps`. What is there is seen: it has one step at least.
fn scale(count: u64, most: u64, steps: usize) -> usize {
    if count == 0 || most == 0 {
        return 0;
    }
    let part = count as f64 / most as f64;
    ((part * steps as f64).round() as usize).clamp(1, steps)
}

fn sum(counts: &[u64]) -> u64 {
    counts.iter().fold(0, |sum, count| sum.saturating_add(*count))
}

fn short(name: &str) -> String {
    match name.char_indices().nth(LONGEST_NAME) {
        Some((end, _)) => format!("{}…", name[..end].trim_end()),
        None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawing(signs: &'static Signs, width: u16) -> Drawing {
        Drawing { signs, width, is_colored: false, language: Language::En }
    }

    #[test]
    fn what_is_there_is_seen_and_nothing_is_nothing() {
        let unicode = drawing(&UNICODE, 40);
        assert_eq!(unicode.bar(0, 1000, 10), "");
        assert_eq!(unicode.bar(1, 1000, 10), "▏");
        assert_eq!(unicode.bar(450, 1000, 10), "████▌");
        assert_eq!(unicode.bar(1000, 1000, 10), "██████████");
        let line: String = [0, 1, 40, 50, 100].map(|count| unicode.level(count, 100)).into_iter().collect();
        assert_eq!(line, "·▁▃▄█");
        assert_eq!(drawing(&ASCII, 40).bar(45, 100, 10), "#####");
    }

    #[test]
    fn the_locale_says_which_signs_it_can_show() {
        let is_ascii = |pairs: &'static [(&str, &str)]| {
            let set = |name: &str| pairs.iter().find(|(n, _)| *n == name).map(|(_, value)| (*value).to_owned());
            Signs::of_environment(set).bar.len() == 1
        };
        assert!(!is_ascii(&[]));
        assert!(!is_ascii(&[("LANG", "fr_FR.UTF-8")]));
        assert!(!is_ascii(&[("LC_ALL", ""), ("LANG", "C.utf8")]));
        assert!(is_ascii(&[("LC_ALL", "C"), ("LANG", "fr_FR.UTF-8")]));
        assert!(is_ascii(&[("LANG", "fr_FR.ISO-8859-1")]));
    }
}
