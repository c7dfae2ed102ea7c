//! Rows over time: how many there are in each day, month or year, in one line or in several.

use super::Error;
use super::cells::head;
use super::language::Language;
use super::rows::{Grouping, Rows};
use crate::date::PartialDate;
use jiff::ToSpan;
use jiff::civil::Date;
use oxigraph::model::vocab::xsd;
use oxigraph::model::{NamedNodeRef, Term, Variable};
use std::collections::{BTreeMap, HashSet};

/// A period of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    Day,
    Month,
    Year,
}

/// Counts over time. Every period from the first to the last is there, those without any with 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    pub unit: Unit,
    /// What is counted, in words.
    pub counted: String,
    /// What the lines are told apart by, in words, if there may be several.
    pub by: Option<String>,
    /// The periods as people write them: 2022, 2022-03 or 2022-03-28.
    pub periods: Vec<String>,
    /// Those with most first.
    pub lines: Vec<Line>,
    /// How many have no date, and are not among them.
    pub undated: u64,
    /// The place of each row's period.
    pub(super) periods_of_rows: Vec<Option<usize>>,
}

/// The counts of one thing, one for each period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub name: String,
    pub counts: Vec<u64>,
}

impl Line {
    pub fn total(&self) -> u64 {
        self.counts.iter().fold(0, |sum, count| sum.saturating_add(*count))
    }

    pub fn most(&self) -> u64 {
        self.counts.iter().copied().max().unwrap_or_default()
    }
}

impl Series {
    /// How many there are of one thing in each of some days, months or years, in no more periods than `most`; nothing if there
    /// are none. `counted` is the name of a column.
    pub fn of_dates(
        dates: &[(PartialDate, u64)],
        counted: &str,
        undated: u64,
        most: usize,
        language: Language,
    ) -> Option<Self> {
        let found = dates.iter().map(|(date, count)| (*date, String::new(), *count)).collect();
        let LaidOut { unit, periods, lines, .. } = LaidOut::of(found, None, most)?;
        let counted = head(counted, language);
        Some(Self { unit, counted, by: None, periods, lines, undated, periods_of_rows: Vec::new() })
    }

    /// How many there are of several things, told apart by `by`, on each of some dates.
    pub fn of_things(
        dates: Vec<(PartialDate, String, u64)>,
        [counted, by]: [&str; 2],
        most: usize,
        language: Language,
    ) -> Option<Self> {
        let LaidOut { unit, periods, lines, .. } = LaidOut::of(dates, None, most)?;
        let [counted, by] = [counted, by].map(|name| head(name, language));
        Some(Self { unit, counted, by: Some(by), periods, lines, undated: 0, periods_of_rows: Vec::new() })
    }

    /// The first and the last day of each period.
    pub fn days(&self) -> impl Iterator<Item = (Date, Date)> {
        // They were written by us.
        let dates = self.periods.iter().filter_map(|period| period.parse::<PartialDate>().ok());
        dates.map(|date| (date.first_day(), date.last_day()))
    }

    /// What is counted and by what, as a title.
    pub fn title(&self, language: Language) -> String {
        let unit = head(self.unit.name(), language);
        match language {
            Language::Fr => format!("{} par {unit}", self.counted),
            Language::En => format!("{} by {unit}", self.counted),
        }
    }
}

impl Unit {
    fn name(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Year => "year",
        }
    }

    /// The finest in which a date is known.
    fn of(date: PartialDate) -> Self {
        match date {
            PartialDate::Day(_) => Self::Day,
            PartialDate::Month(..) => Self::Month,
            PartialDate::Year(_) => Self::Year,
        }
    }

    /// The first day of the period in which a day lies.
    fn start(self, day: Date) -> Date {
        match self {
            Self::Day => day,
            Self::Month => day.first_of_month(),
            Self::Year => day.first_of_year(),
        }
    }

    fn next(self, start: Date) -> Option<Date> {
        let span = match self {
            Self::Day => 1.day(),
            Self::Month => 1.month(),
            Self::Year => 1.year(),
        };
        start.checked_add(span).ok()
    }

    /// How many periods there are from one day to another.
    fn count(self, first: Date, last: Date) -> i64 {
        let years = i64::from(last.year()) - i64::from(first.year());
        1 + match self {
            Self::Day => first.until(last).map_or(i64::MAX - 1, |span| span.get_days().into()),
            Self::Month => years * 12 + i64::from(last.month()) - i64::from(first.month()),
            Self::Year => years,
        }
    }

    /// The period of a date; the date itself where that is known less well.
    pub(super) fn tell(self, date: PartialDate) -> String {
        self.max(Self::of(date)).tell_day(date.first_day())
    }

    fn tell_day(self, day: Date) -> String {
        match self {
            Self::Day => PartialDate::Day(day),
            Self::Month => PartialDate::Month(day.year(), day.month()),
            Self::Year => PartialDate::Year(day.year()),
        }
        .to_string()
    }
}

/// Counts that have their places in time.
struct LaidOut {
    unit: Unit,
    first: Date,
    periods: Vec<String>,
    lines: Vec<Line>,
}

impl LaidOut {
    /// A line for each name. The unit is the finest that the dates allow and that gives no more periods than `most`, unless it
    /// is set. Nothing comes of nothing.
    fn of(found: Vec<(PartialDate, String, u64)>, unit: Option<Unit>, most: usize) -> Option<Self> {
        let days = || found.iter().map(|(date, ..)| date.first_day());
        let (first, last) = days().min().zip(days().max())?;
        let finest = found.iter().map(|(date, ..)| Unit::of(*date)).max().unwrap_or(Unit::Year);
        let fits = |unit: &Unit| unit.count(first, last) <= most as i64;
        let fitting = [Unit::Day, Unit::Month].into_iter().filter(|unit| *unit >= finest).find(fits);
        let unit = unit.or(fitting).unwrap_or(Unit::Year).max(finest);
        let starts =
            std::iter::successors(Some(unit.start(first)), |start| unit.next(*start).filter(|next| *next <= last));
        let periods: Vec<String> = starts.map(|start| unit.tell_day(start)).collect();
        let mut laid = Self { unit, first, periods, lines: Vec::new() };
        let mut lines: BTreeMap<String, Vec<u64>> = BTreeMap::new();
        for (date, name, number) in found {
            let place = laid.place(date.first_day());
            let count = &mut lines.entry(name).or_insert_with(|| vec![0; laid.periods.len()])[place];
            *count = count.saturating_add(number);
        }
        laid.lines = lines.into_iter().map(|(name, counts)| Line { name, counts }).collect();
        laid.lines.sort_by_key(|line| std::cmp::Reverse(line.total()));
        Some(laid)
    }

    /// The place of the period in which a day lies.
    fn place(&self, day: Date) -> usize {
        self.unit.count(self.first, day) as usize - 1
    }
}

impl Rows {
    /// How many there are over time: the sums of a column of counts, if there is one, or else the rows themselves, by the
    /// first column of dates. Where things have several rows, as topics have in several months, there is a line for each;
    /// `by` says which things. The unit is the finest that the dates allow and that gives no more periods than `most`,
    /// unless it is set.
    ///
    /// # Errors
    /// When no row has a date.
    pub fn series(&self, by: Option<&Grouping>, unit: Option<Unit>, most: usize) -> Result<Series, Error> {
        let dates = self.columns.iter().find(|column| self.holds_dates(column)).ok_or(Error::NoDates)?;
        let counts = self.counts();
        let things = by.cloned().or_else(|| {
            let column = self.things(dates)?;
            let [dates, things] = [dates, &column].map(|column| self.values(column));
            // Of one period alone each thing has but one row.
            let has_lines = counts.is_some() && dates < self.len() && (things < self.len() || dates == 1);
            has_lines.then_some(Grouping { column, unit: None })
        });
        let mut undated = 0;
        let mut found: Vec<(PartialDate, String, u64)> = Vec::new();
        let mut days_of_rows = Vec::new();
        for row in &self.solutions {
            let number = match counts {
                Some(counts) => row.get(counts).and_then(number_of).unwrap_or_default(),
                None => 1,
            };
            let name = things.as_ref().map(|things| self.heading(row, things)).unwrap_or_default();
            let date = row.get(dates).and_then(|term| date_of(term, dates.as_str()));
            days_of_rows.push(date.map(PartialDate::first_day));
            match date {
                Some(date) => found.push((date, name, number)),
                None => undated = number.saturating_add(undated),
            }
        }
        let laid = LaidOut::of(found, unit, most).ok_or(Error::NoDates)?;
        let language = self.prepared.language;
        let word = |name: &str| head(name, language);
        Ok(Series {
            unit: laid.unit,
            counted: word(counts.map_or_else(|| self.what_rows_are(), |column| column.as_str())),
            by: things.map(|things| match things.unit {
                Some(unit) => word(unit.name()),
                None => word(things.column.as_str()),
            }),
            periods_of_rows: days_of_rows.into_iter().map(|day| day.map(|day| laid.place(day))).collect(),
            periods: laid.periods,
            lines: laid.lines,
            undated,
        })
    }

    /// Whether rows happened on the days of a column.
    pub(super) fn holds_dates(&self, column: &Variable) -> bool {
        if ["first", "last", "born"].contains(&column.as_str()) {
            return false;
        }
        let mut values = self.solutions.iter().filter_map(|row| row.get(column)).peekable();
        values.peek().is_some() && values.all(|term| date_of(term, column.as_str()).is_some())
    }

    /// The column of counts: that of statements, or the first.
    fn counts(&self) -> Option<&Variable> {
        let holds_counts = |column: &&Variable| {
            let mut values = self.solutions.iter().filter_map(|row| row.get(*column)).peekable();
            let is_place = ["start", "end", "year"].contains(&column.as_str());
            !is_place && values.peek().is_some() && values.all(|term| number_of(term).is_some())
        };
        let mut columns: Vec<&Variable> = self.columns.iter().filter(holds_counts).collect();
        columns.sort_by_key(|column| column.as_str() != "statements");
        columns.first().copied()
    }

    /// The first column of what is counted.
    fn things(&self, dates: &Variable) -> Option<Variable> {
        let is_number = |column: &Variable| self.solutions.iter().filter_map(|row| row.get(column)).all(is_number);
        self.shown().into_iter().find(|column| column != dates && !is_number(column))
    }

    /// How many values a column has.
    fn values(&self, column: &Variable) -> usize {
        self.solutions.iter().filter_map(|row| row.get(column)).collect::<HashSet<_>>().len()
    }

    fn what_rows_are(&self) -> &'static str {
        let has = |name: &str| self.columns.iter().any(|column| column.as_str() == name);
        match () {
            () if has("statement") => "statements",
            () if has("article") || has("title") => "articles",
            () => "rows",
        }
    }
}

/// The types of literals that are dates, and how many characters of them tell one.
const DATES: [(NamedNodeRef<'_>, usize); 5] =
    [(xsd::DATE, 10), (xsd::DATE_TIME, 10), (xsd::DATE_TIME_STAMP, 10), (xsd::G_YEAR_MONTH, 7), (xsd::G_YEAR, 4)];

/// The date that a value of a column tells. A number is a year only under that name.
pub(super) fn date_of(term: &Term, column: &str) -> Option<PartialDate> {
    let Term::Literal(literal) = term else { return None };
    let length = match DATES.iter().find(|(datatype, _)| *datatype == literal.datatype()) {
        Some((_, length)) => *length,
        None if literal.datatype() == xsd::STRING => Some(literal.value().len()).filter(|length| *length <= 10)?,
        None if literal.datatype() == xsd::INTEGER && ["year", "annee", "année"].contains(&column) => 4,
        None => return None,
    };
    literal.value().get(..length)?.parse().ok()
}

pub(super) fn is_number(term: &Term) -> bool {
    let types = [xsd::INTEGER, xsd::DECIMAL, xsd::DOUBLE, xsd::FLOAT];
    matches!(term, Term::Literal(literal) if types.contains(&literal.datatype()))
}

fn number_of(term: &Term) -> Option<u64> {
    match term {
        Term::Literal(literal) if literal.datatype() == xsd::INTEGER => literal.value().parse().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use oxigraph::model::Literal;

    #[test]
    fn dates_are_told_from_numbers_and_words() {
        let told = |value: &str, datatype: NamedNodeRef<'_>, column: &str| {
            let literal = Literal::new_typed_literal(value, datatype);
            date_of(&literal.into(), column).map(|date| date.to_string())
        };
        for (value, datatype, column, date) in [
            ("2022-03-28", xsd::DATE, "day", "2022-03-28"),
            ("2022-03-28+02:00", xsd::DATE, "day", "2022-03-28"),
            ("2022-03-28T23:59:59Z", xsd::DATE_TIME, "moment", "2022-03-28"),
            ("2022-03", xsd::G_YEAR_MONTH, "any", "2022-03"),
            ("2022", xsd::G_YEAR, "any", "2022"),
            ("2022-03", xsd::STRING, "month", "2022-03"),
            ("2022", xsd::INTEGER, "year", "2022"),
        ] {
            assert_eq!(told(value, datatype, column).as_deref(), Some(date), "{value}");
        }
        for (value, datatype) in [
            ("2022", xsd::INTEGER),
            ("2022-03-28 or later", xsd::STRING),
            ("-2022-03-28", xsd::DATE),
            ("2022-02-30", xsd::DATE),
            ("é", xsd::DATE),
            ("", xsd::STRING),
        ] {
            assert_eq!(told(value, datatype, "statements"), None, "{value}");
        }
    }

    #[test]
    fn the_finest_unit_that_fits_is_taken_unless_a_date_is_known_less_well() {
        let series = |days: &str, unit: Option<Unit>, most: usize| {
            let values: Vec<String> = days.split(' ').map(|day| format!("(\"{day}\" 18446744073709551615)")).collect();
            let sparql = format!("SELECT ?day ?n {{ VALUES (?day ?n) {{ {} }} }}", values.join(" "));
            let prepared = crate::query::Prepared::from_sparql(&sparql, Language::En).unwrap();
            let answer = crate::query::run(&oxigraph::store::Store::new().unwrap(), prepared).unwrap();
            Rows::read(answer).unwrap().series(None, unit, most).unwrap()
        };
        let periods = |days, unit, most| series(days, unit, most).periods.join(" ");
        assert_eq!(periods("2024-02-28 2024-03-01", None, 9), "2024-02-28 2024-02-29 2024-03-01");
        assert_eq!(periods("2023-12-28 2024-02-01", None, 9), "2023-12 2024-01 2024-02");
        assert_eq!(periods("2020-12-28 2022-02-01", None, 9), "2020 2021 2022");
        assert_eq!(periods("2023-12-28 2024", None, 9), "2023 2024");
        assert_eq!(periods("2023-12 2024-01", Some(Unit::Day), 9), "2023-12 2024-01");
        assert_eq!(periods("2023-12-28 2024-02-01", Some(Unit::Year), 9), "2023 2024");
        assert_eq!(periods("0001-01-01 9999-12-31", None, 9).len(), 9999 * 5 - 1);
    }
}
