//! Dates as news gives them: a day, only a month, or only a year.
//!
//! A date of any precision is an interval of days, so that imprecise dates compare:
//! "March 2022" is everything from 2022-03-01 to 2022-03-31.

use jiff::civil::{Date, date};
use std::fmt;
use std::str::FromStr;

/// A calendar date known to the day, to the month, or to the year.
///
/// ```
/// use dixit::date::PartialDate;
///
/// let march: PartialDate = "2022-03".parse().unwrap();
/// assert_eq!(march.first_day().to_string(), "2022-03-01");
/// assert_eq!(march.last_day().to_string(), "2022-03-31");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PartialDate {
    /// Only the year is known.
    Year(i16),
    /// Year and month (1 to 12).
    Month(i16, i8),
    /// A full date.
    Day(Date),
}

/// What was wrong with the text of a date.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is not a date: write a day (2022-03-28), a month (2022-03) or a year (2022)")]
pub struct DateError(String);

impl PartialDate {
    /// The first day that the date may mean.
    pub fn first_day(self) -> Date {
        match self {
            Self::Year(y) => date(y, 1, 1),
            Self::Month(y, m) => date(y, m, 1),
            Self::Day(d) => d,
        }
    }

    /// The last day that the date may mean.
    pub fn last_day(self) -> Date {
        match self {
            Self::Year(y) => date(y, 12, 31),
            Self::Month(y, m) => date(y, m, 1).last_of_month(),
            Self::Day(d) => d,
        }
    }

    /// The day, if the date is known to the day.
    pub fn day(self) -> Option<Date> {
        match self {
            Self::Day(d) => Some(d),
            _ => None,
        }
    }

    /// `day`, `month` or `year`.
    pub fn precision(self) -> &'static str {
        match self {
            Self::Year(_) => "year",
            Self::Month(..) => "month",
            Self::Day(_) => "day",
        }
    }
}

impl FromStr for PartialDate {
    type Err = DateError;

    /// Reads `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, or a day followed by a time of day (which is dropped).
    fn from_str(text: &str) -> Result<Self, DateError> {
        let wrong = || DateError(text.to_owned());
        let day = text.trim().split(['T', ' ']).next().unwrap_or_default();
        let parts: Vec<&str> = day.split('-').collect();
        if parts.iter().any(|p| p.is_empty() || !p.bytes().all(|b| b.is_ascii_digit()))
            || parts[0].len() != 4
            || parts[1..].iter().any(|p| p.len() != 2)
        {
            return Err(wrong());
        }
        let number = |i: usize| parts[i].parse::<i16>().map_err(|_| wrong());
        let year = number(0)?;
        match parts.len() {
            1 => Ok(Self::Year(year)),
            2 => {
                let month = number(1)? as i8;
                Date::new(year, month, 1).map_err(|_| wrong())?;
                Ok(Self::Month(year, month))
            }
            3 => {
                let day = Date::new(year, number(1)? as i8, number(2)? as i8);
                day.map(Self::Day).map_err(|_| wrong())
            }
            _ => Err(wrong()),
        }
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(y) => write!(f, "{y:04}"),
            Self::Month(y, m) => write!(f, "{y:04}-{m:02}"),
            Self::Day(d) => write!(f, "{d}"),
        }
    }
}

/// A stretch of days, perhaps open at one end.
///
/// ```
/// use dixit::date::Interval;
///
/// let spring: Interval = "2022-03..2022-05-15".parse().unwrap();
/// assert_eq!(spring.first.unwrap().to_string(), "2022-03-01");
/// assert_eq!("2022-03..".parse::<Interval>().unwrap().last, None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Interval {
    /// Its first day; without one it is open to the past.
    pub first: Option<Date>,
    /// Its last day; without one it is open to the future.
    pub last: Option<Date>,
}

/// What was wrong with the text of an interval.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
pub enum IntervalError {
    #[error(
        "`{0}` is no date: write a day (2022-03-28), a month (2022-03), a year (2022), or two of them as 2022-03..2022-05; one end may be open (..2022-05)"
    )]
    Form(String),
    #[error("`{0}` ends before it begins: write the earlier date first")]
    Order(String),
}

impl FromStr for Interval {
    type Err = IntervalError;

    /// Reads a [`PartialDate`], or two with `..` between, of which one may be missing.
    fn from_str(text: &str) -> Result<Self, IntervalError> {
        let text = text.trim();
        let end = |text: &str| match text.trim() {
            "" => Ok(None),
            date => date.parse::<PartialDate>().map(Some),
        };
        let (first, last) = text.split_once("..").unwrap_or((text, text));
        let (Ok(first), Ok(last)) = (end(first), end(last)) else {
            return Err(IntervalError::Form(text.to_owned()));
        };
        let interval = Self { first: first.map(PartialDate::first_day), last: last.map(PartialDate::last_day) };
        match (interval.first, interval.last) {
            (None, None) => Err(IntervalError::Form(text.to_owned())),
            (Some(first), Some(last)) if last < first => Err(IntervalError::Order(text.to_owned())),
            _ => Ok(interval),
        }
    }
}

impl fmt::Display for Interval {
    /// As short as it can be said: `2022-03`, `2022-03-01..2022-05-15`, `..2022-05-15`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let (Some(first), Some(last)) = (self.first, self.last) {
            let (year, month) = (first.year(), first.month());
            let forms = [PartialDate::Day(first), PartialDate::Month(year, month), PartialDate::Year(year)];
            if let Some(date) = forms.into_iter().find(|date| (date.first_day(), date.last_day()) == (first, last)) {
                return write!(f, "{date}");
            }
        }
        let end = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        write!(f, "{}..{}", end(self.first), end(self.last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn intervals_are_read_and_told() {
        for (text, told) in [
            ("2022", "2022"),
            ("2022-03", "2022-03"),
            ("2022-03-28", "2022-03-28"),
            ("2022-03..2022-03", "2022-03"),
            ("2022-03..2022-05-15", "2022-03-01..2022-05-15"),
            (" ..2022-05 ", "..2022-05-31"),
            ("2022-05..", "2022-05-01.."),
        ] {
            let interval: Interval = text.parse().unwrap();
            assert_eq!(interval.to_string(), told);
            assert_eq!(told.parse(), Ok(interval));
        }
        for text in ["", "..", "mars", "2022..mars"] {
            assert!(matches!(text.parse::<Interval>(), Err(IntervalError::Form(_))), "{text}");
        }
        assert!(matches!("2022-05..2022-03".parse::<Interval>(), Err(IntervalError::Order(_))));
    }

    #[test]
    fn reads_and_writes_each_precision() {
        for text in ["2022", "2022-03", "2022-03-28"] {
            assert_eq!(text.parse::<PartialDate>().unwrap().to_string(), text);
        }
        assert_eq!("2022-03-28T10:00:00Z".parse(), Ok(PartialDate::Day(date(2022, 3, 28))));
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in ["", "22", "2022-13", "2022-02-30", "28/03/2022", "2022-3", "mars 2022"] {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_leap_february_ends_on_the_29th() {
        assert_eq!(PartialDate::Month(2024, 2).last_day(), date(2024, 2, 29));
    }
}
