//! The words of dates: `language/fr/dates.tsv`.

use super::Period;
use crate::entity::is_small_word;
use crate::table::{Fault, TableError, rows};
use jiff::civil::Weekday;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

const TABLE: &str = "src/language/fr/dates.tsv";

/// What a word or a phrase can be in a date. The table says what each class is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Weekday(Weekday),
    Month(i8),
    ShortMonth(i8),
    Day { first: i32, last: i32 },
    Other(i32),
    Period(Period, i32),
    Number(i32),
    Unit { days: i32, slack: i32 },
    PartOfDay,
    Ago,
    Before,
    After,
    Last,
    Next,
    This,
    The,
    From,
    Between,
    To,
    And,
    Of,
    In,
    Open,
    Middle,
    Close,
    Until,
    Never,
    Name,
}

impl Class {
    /// Whether the word may be the heart of a date: every date has one of these.
    fn is_heart(self) -> bool {
        use Class::*;
        matches!(self, Weekday(_) | Month(_) | ShortMonth(_) | Day { .. } | Other(_) | Period(..) | Unit { .. })
    }

    /// The rules of the grammar that may begin with the word.
    fn begins(self) -> u16 {
        use Class::*;
        match self {
            Day { .. } => Rule::RELATIVE,
            Other(_) => Rule::OTHER,
            Period(..) => Rule::PERIOD,
            Weekday(_) => Rule::WEEKDAY,
            This => Rule::WEEKDAY | Rule::DAY,
            The => Rule::WEEKDAY | Rule::DAYS | Rule::DAY,
            From | Between => Rule::DAYS,
            Ago | Number(_) => Rule::DISTANCE,
            Month(_) | Of | Middle => Rule::MONTH,
            In | Open | Close => Rule::MONTH | Rule::YEAR,
            _ => 0,
        }
    }
}

/// The rules of the grammar, as bits.
pub(super) struct Rule;

impl Rule {
    pub const NUMERIC: u16 = 1;
    pub const RELATIVE: u16 = 2;
    pub const OTHER: u16 = 4;
    pub const PERIOD: u16 = 8;
    pub const WEEKDAY: u16 = 16;
    pub const DAYS: u16 = 32;
    pub const DAY: u16 = 64;
    pub const DISTANCE: u16 = 128;
    pub const MONTH: u16 = 256;
    pub const YEAR: u16 = 512;
}

/// A form of the table: its words and all that they can be.
#[derive(Debug)]
pub(super) struct Form {
    /// The words after the first.
    pub rest: Vec<&'static [u8]>,
    pub classes: Vec<Class>,
    /// Whether one of the classes may be the heart of a date.
    pub is_heart: bool,
    /// The rules that may begin with one of the classes.
    pub begins: u16,
}

/// For each first byte of a form, the lengths of the first words that begin with it, as bits: most words of a text are
/// told from those of the table by these two alone.
pub(super) static LENGTHS: LazyLock<[u16; 256]> = LazyLock::new(|| {
    let mut lengths = [0; 256];
    for word in FORMS.keys() {
        lengths[usize::from(word[0])] |= 1 << word.len();
    }
    lengths
});

/// All words of the forms, and whether one may be the heart of a date.
static WORDS: LazyLock<FxHashMap<&'static [u8], bool>> = LazyLock::new(|| {
    let mut words = FxHashMap::default();
    // "1er" is a number and a word.
    words.insert(b"er".as_slice(), false);
    for (first, forms) in FORMS.iter() {
        for form in forms {
            let all: Vec<&[u8]> = std::iter::once(*first).chain(form.rest.iter().copied()).collect();
            // Of "la veille" the last word tells the phrase from others.
            for (place, word) in all.iter().enumerate() {
                *words.entry(*word).or_default() |= form.is_heart && place + 1 == all.len();
            }
        }
    }
    words
});

/// Whether a word or number may stand in a date, and whether it may be its heart.
pub fn place_in_dates(lower: &str) -> (bool, bool) {
    if lower.starts_with(|c: char| c.is_ascii_digit()) {
        return (true, lower.len() >= 4);
    }
    if is_small_word(lower) {
        return WORDS.get(lower.as_bytes()).map_or((false, false), |heart| (true, *heart));
    }
    let parts = lower.split(|c: char| !c.is_alphanumeric()).filter_map(|part| WORDS.get(part.as_bytes()));
    parts.fold((false, false), |(_, any), heart| (true, any || *heart))
}

/// All forms by their first word, those of most words first.
pub(super) static FORMS: LazyLock<FxHashMap<&'static [u8], Vec<Form>>> =
    LazyLock::new(|| read().expect("a test proves that every row of the embedded table is good"));

fn read() -> Result<FxHashMap<&'static [u8], Vec<Form>>, TableError> {
    let text = include_str!("../../language/fr/dates.tsv");
    let mut forms: FxHashMap<&[u8], Vec<Form>> = FxHashMap::default();
    for (line, [words, name, value]) in rows(TABLE, text, ["form", "class", "value"])? {
        let class = class(name, value).ok_or_else(|| {
            let (value, allowed) = (format!("{name} {value}"), "the classes at the head of the table");
            TableError { table: TABLE, line, fault: Fault::Value { column: "class", value, allowed } }
        })?;
        let mut words = words.split(|c: char| !c.is_alphanumeric()).map(str::as_bytes);
        let list = forms.entry(words.next().unwrap_or_default()).or_default();
        let rest: Vec<&[u8]> = words.collect();
        match list.iter_mut().find(|form| form.rest == rest) {
            Some(form) => {
                form.classes.push(class);
                form.is_heart |= class.is_heart();
                form.begins |= class.begins();
            }
            None => list.push(Form { rest, classes: vec![class], is_heart: class.is_heart(), begins: class.begins() }),
        }
    }
    for list in forms.values_mut() {
        list.sort_by_key(|form| std::cmp::Reverse(form.rest.len()));
    }
    Ok(forms)
}

fn class(name: &str, value: &str) -> Option<Class> {
    let mut numbers = value.split(' ').map(str::parse::<i32>);
    let mut number = || numbers.next()?.ok();
    Some(match name {
        "weekday" => Class::Weekday(Weekday::from_monday_one_offset(number()? as i8).ok()?),
        "month" => Class::Month(number()? as i8),
        "short" => Class::ShortMonth(number()? as i8),
        "day" => {
            let first = number()?;
            Class::Day { first, last: number().unwrap_or(first) }
        }
        "other" => Class::Other(number()?),
        "week" => Class::Period(Period::Week, number()?),
        "weekend" => Class::Period(Period::Weekend, number()?),
        "month-of" => Class::Period(Period::Month, number()?),
        "year-of" => Class::Period(Period::Year, number()?),
        "number" => Class::Number(number()?),
        "unit" => Class::Unit { days: number()?, slack: number()? },
        "part" => Class::PartOfDay,
        "ago" => Class::Ago,
        "before" => Class::Before,
        "after" => Class::After,
        "last" => Class::Last,
        "next" => Class::Next,
        "this" => Class::This,
        "the" => Class::The,
        "from" => Class::From,
        "between" => Class::Between,
        "to" => Class::To,
        "and" => Class::And,
        "of" => Class::Of,
        "in" => Class::In,
        "open" => Class::Open,
        "middle" => Class::Middle,
        "close" => Class::Close,
        "until" => Class::Until,
        "never" => Class::Never,
        "name" => Class::Name,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_row_is_read() {
        super::read().unwrap();
    }
}
