//! The table, as Markdown.

use crate::Result;
use std::fmt::{self, Display};
use std::fs;
use std::time::Duration;

/// The marks in the file between which the table stands.
const BEGIN: &str = "<!-- figures: `make bench` writes what stands here -->";
const END: &str = "<!-- end of the figures -->";

/// A figure.
#[derive(Debug, Clone, Copy)]
pub enum Rate {
    /// Bytes a second.
    Bytes(f64),
    /// Other things a second.
    Things(f64, &'static str),
    /// How long it takes: less is better.
    Time(f64),
    /// Bytes in all.
    Size(u64),
}

impl Rate {
    pub fn bytes(count: usize, time: Duration) -> Self {
        Self::Bytes(count as f64 / time.as_secs_f64())
    }

    pub fn things(count: usize, what: &'static str, time: Duration) -> Self {
        Self::Things(count as f64 / time.as_secs_f64(), what)
    }

    pub fn time(time: Duration) -> Self {
        Self::Time(time.as_secs_f64())
    }

    pub fn size(bytes: u64) -> Self {
        Self::Size(bytes)
    }

    /// The share of the limit that is reached.
    fn of(self, limit: Self) -> Option<f64> {
        match (self, limit) {
            (Self::Bytes(own), Self::Bytes(limit)) | (Self::Things(own, _), Self::Things(limit, _)) => {
                Some(own / limit)
            }
            (Self::Time(own), Self::Time(limit)) => Some(limit / own),
            _ => None,
        }
    }
}

impl Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Bytes(rate) => write!(f, "{} MB/s", digits(rate / 1e6)),
            Self::Things(rate, what) => write!(f, "{} {what}/s", digits(rate)),
            Self::Time(seconds) => write!(f, "{} ms", digits(seconds * 1e3)),
            Self::Size(bytes) => write!(f, "{} MB", digits(bytes as f64 / 1e6)),
        }
    }
}

/// Two or three digits that count, with commas between thousands.
fn digits(value: f64) -> String {
    if value < 10.0 {
        return format!("{value:.1}");
    }
    let step = 10_f64.powf((value.log10().floor() - 2.0).max(0.0));
    let whole = ((value / step).round() * step).to_string();
    let groups: Vec<&str> = whole.as_bytes().rchunks(3).rev().filter_map(|group| str::from_utf8(group).ok()).collect();
    groups.join(",")
}

/// A row: a figure, and the limit beside it.
pub struct Row(String);

impl Row {
    /// With the limit, what it is, and the share of it that is reached.
    pub fn of(what: &str, own: Rate, limited_by: &str, limit: Rate) -> Self {
        let share = own.of(limit).map_or_else(String::new, |share| match share {
            share if share < 0.1 => format!("{:.1} %", share * 100.0),
            share => format!("{:.0} %", share * 100.0),
        });
        Self(format!("| {what} | {own} | {limited_by}: {limit} | {share} |"))
    }

    /// Without a limit.
    pub fn alone(what: &str, own: Rate) -> Self {
        Self(format!("| {what} | {own} | | |"))
    }
}

/// All rows, and the machine on which they were measured.
pub struct Table {
    machine: String,
    rows: Vec<Row>,
}

impl Table {
    pub fn new(machine: String) -> Self {
        Self { machine, rows: Vec::new() }
    }

    pub fn add(&mut self, row: Row) {
        self.rows.push(row);
    }

    /// Writes the table between the marks in a file.
    pub fn write(&self, file: &str) -> Result<()> {
        let text = fs::read_to_string(file)?;
        let parts = text.split_once(BEGIN).and_then(|(head, rest)| Some((head, rest.split_once(END)?.1)));
        let (head, tail) = parts.ok_or_else(|| format!("{file} has no line {BEGIN} and {END}"))?;
        Ok(fs::write(file, format!("{head}{BEGIN}\n\n{self}\n{END}{tail}"))?)
    }
}

impl Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "Measured on {}. One core, but for storing, where a second one makes the tables; the best of several runs.\n",
            self.machine
        )?;
        writeln!(f, "| what | dixit | the limit: what it is, and its figure | reached |")?;
        writeln!(f, "| --- | --- | --- | --- |")?;
        self.rows.iter().try_for_each(|Row(row)| writeln!(f, "{row}"))
    }
}
