//! Intervals in words: "2022", "mars 2022", "last 30 days", "depuis le 24 février 2022", "2022-03-01..2022-03-15".

use super::fold;
use super::parameter::DateWords;
use crate::date::{Interval, PartialDate};
use jiff::civil::Date;
use jiff::{Span, ToSpan};
use std::ops::RangeInclusive;

/// What the words before a period make of it.
#[derive(Debug, Clone, Copy)]
enum Side {
    /// The period itself.
    Within,
    /// From its first day on.
    Since,
    /// From the day after its last one.
    After,
    /// To its last day.
    Until,
    /// To the day before its first one.
    Before,
}

/// The words that may stand before a period, folded; the longest come first.
const PREPOSITIONS: [(&str, Side); 36] = [
    ("a partir de", Side::Since),
    ("a partir du", Side::Since),
    ("a partir d", Side::Since),
    ("au cours de", Side::Within),
    ("au cours des", Side::Within),
    ("au cours du", Side::Within),
    ("au mois de", Side::Within),
    ("au mois d", Side::Within),
    ("du mois de", Side::Within),
    ("du mois d", Side::Within),
    ("jusqu a", Side::Until),
    ("jusqu au", Side::Until),
    ("jusqu en", Side::Until),
    ("depuis", Side::Since),
    ("since", Side::Since),
    ("from", Side::Since),
    ("apres", Side::After),
    ("after", Side::After),
    ("until", Side::Until),
    ("till", Side::Until),
    ("up to", Side::Until),
    ("avant", Side::Before),
    ("before", Side::Before),
    ("pendant", Side::Within),
    ("durant", Side::Within),
    ("during", Side::Within),
    ("over", Side::Within),
    ("in", Side::Within),
    ("on", Side::Within),
    ("of", Side::Within),
    ("en", Side::Within),
    ("dans", Side::Within),
    ("ces", Side::Within),
    ("du", Side::Within),
    ("de", Side::Within),
    ("d", Side::Within),
];

/// Words between which two periods stand: the words before the first one, and those before the second.
const RANGES: [(&str, &str); 10] = [
    ("between", "and"),
    ("from", "to"),
    ("from", "until"),
    ("from", "till"),
    ("since", "until"),
    ("entre", "et"),
    ("du", "au"),
    ("de", "a"),
    ("depuis", "jusqu a"),
    ("depuis", "jusqu au"),
];

/// Periods that end today, or stand beside the one in which today is.
const NAMED: [(&str, Unit, i32); 32] = [
    ("today", Unit::Day, 0),
    ("aujourd hui", Unit::Day, 0),
    ("yesterday", Unit::Day, -1),
    ("hier", Unit::Day, -1),
    ("the day before yesterday", Unit::Day, -2),
    ("avant hier", Unit::Day, -2),
    ("this week", Unit::Week, 0),
    ("cette semaine", Unit::Week, 0),
    ("last week", Unit::Week, -1),
    ("the last week", Unit::Week, -1),
    ("la semaine derniere", Unit::Week, -1),
    ("semaine derniere", Unit::Week, -1),
    ("la semaine passee", Unit::Week, -1),
    ("this month", Unit::Month, 0),
    ("ce mois", Unit::Month, 0),
    ("ce mois ci", Unit::Month, 0),
    ("last month", Unit::Month, -1),
    ("the last month", Unit::Month, -1),
    ("le mois dernier", Unit::Month, -1),
    ("mois dernier", Unit::Month, -1),
    ("le mois passe", Unit::Month, -1),
    ("this year", Unit::Year, 0),
    ("cette annee", Unit::Year, 0),
    ("last year", Unit::Year, -1),
    ("the last year", Unit::Year, -1),
    ("l annee derniere", Unit::Year, -1),
    ("annee derniere", Unit::Year, -1),
    ("l annee passee", Unit::Year, -1),
    ("l an dernier", Unit::Year, -1),
    ("an dernier", Unit::Year, -1),
    ("l an passe", Unit::Year, -1),
    ("an passe", Unit::Year, -1),
];

/// A stretch of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Day,
    Week,
    Month,
    Year,
}

const UNITS: [(&str, Unit); 14] = [
    ("day", Unit::Day),
    ("days", Unit::Day),
    ("jour", Unit::Day),
    ("jours", Unit::Day),
    ("week", Unit::Week),
    ("weeks", Unit::Week),
    ("semaine", Unit::Week),
    ("semaines", Unit::Week),
    ("month", Unit::Month),
    ("months", Unit::Month),
    ("mois", Unit::Month),
    ("year", Unit::Year),
    ("years", Unit::Year),
    ("ans", Unit::Year),
];

/// Small numbers in words, folded, from one on.
const NUMBERS: [[&str; 2]; 12] = [
    ["one", "un"],
    ["two", "deux"],
    ["three", "trois"],
    ["four", "quatre"],
    ["five", "cinq"],
    ["six", "six"],
    ["seven", "sept"],
    ["eight", "huit"],
    ["nine", "neuf"],
    ["ten", "dix"],
    ["eleven", "onze"],
    ["twelve", "douze"],
];

/// The longest stretch before today that may be asked for: a number of units, so that no date leaves the calendar.
const NUMBER: RangeInclusive<i32> = 1..=1000;

/// Words of "the last 30 days" beside the number and the unit.
const LAST: [&str; 13] = [
    "the",
    "last",
    "past",
    "les",
    "derniers",
    "dernieres",
    "dernier",
    "passes",
    "passees",
    "ces",
    "des",
    "previous",
    "d",
];

/// Reads an interval, some of whose words count from `today`.
pub fn read(words: &str, today: Date) -> Option<Interval> {
    if let Some((from, to)) = words.split_once("..") {
        return between(from, to, today);
    }
    // A date in figures is read before its hyphens are lost.
    if let Some(date) = in_figures(words) {
        return ordered(Some(date.first_day()), Some(date.last_day()));
    }
    let words = fold::fold(words);
    let range = RANGES.iter().find_map(|(before, joint)| {
        let rest = after(&words, before)?;
        let joint = format!(" {joint} ");
        rest.match_indices(&joint).find_map(|(at, _)| {
            let (from, to) = (&rest[..at], &rest[at + joint.len()..]);
            let last = told(to, today)?;
            let first = told(from, today).filter(|first| first.start() <= last.end());
            let first = first.or_else(|| beside(from, to, *last.end()))?;
            ordered(Some(*first.start()), Some(*last.end()))
        })
    });
    range.or_else(|| one_sided(&words, today))
}

/// Reads what stands on one side of an interval: a date, or words such as "yesterday".
pub fn read_period(words: &str, today: Date) -> Option<Interval> {
    let days = match in_figures(words) {
        Some(date) => date.first_day()..=date.last_day(),
        None => period(&fold::fold(words), today)?,
    };
    ordered(Some(*days.start()), Some(*days.end()))
}

/// What follows a space in such a date would be dropped as a time of day.
fn in_figures(words: &str) -> Option<PartialDate> {
    let words = words.trim();
    words.parse().ok().filter(|_| !words.contains(' '))
}

/// "2022-03..2022-05", "mars 2022..hier"; either end may be missing.
fn between(from: &str, to: &str, today: Date) -> Option<Interval> {
    let end = |words: &str| match words.trim() {
        "" => Some(None),
        words => read(words, today).filter(|_| !words.contains("..")).map(Some),
    };
    let (from, to) = (end(from)?, end(to)?);
    if from.is_none() && to.is_none() {
        return None;
    }
    ordered(from.and_then(|from| from.first), to.and_then(|to| to.last))
}

fn one_sided(words: &str, today: Date) -> Option<Interval> {
    if let Some(days) = period(words, today) {
        return ordered(Some(*days.start()), Some(*days.end()));
    }
    PREPOSITIONS.iter().find_map(|(preposition, side)| {
        let (first, last) = told(after(words, preposition)?, today)?.into_inner();
        match side {
            Side::Within => ordered(Some(first), Some(last)),
            Side::Since => ordered(Some(first), None),
            Side::After => ordered(Some(last.tomorrow().ok()?), None),
            Side::Until => ordered(None, Some(last)),
            Side::Before => ordered(None, Some(first.yesterday().ok()?)),
        }
    })
}

/// `None` when it would end before it begins.
fn ordered(first: Option<Date>, last: Option<Date>) -> Option<Interval> {
    let turned = first.zip(last).is_some_and(|(first, last)| first > last);
    (!turned).then_some(Interval { first, last })
}

/// Whether the words begin as those of a time do.
pub fn begins(words: &str) -> bool {
    let words = fold::fold(words);
    PREPOSITIONS.iter().any(|(preposition, _)| after(&words, preposition).is_some())
}

/// What follows `start` as a word in `words`.
fn after<'w>(words: &'w str, start: &str) -> Option<&'w str> {
    words.strip_prefix(start)?.strip_prefix(' ')
}

/// A date of any precision, or days that today tells.
fn period(words: &str, today: Date) -> Option<RangeInclusive<Date>> {
    if let Some((_, unit, steps)) = NAMED.iter().find(|(name, _, _)| *name == words) {
        return unit.around(today, *steps);
    }
    if let Some(days) = last(words, today) {
        return Some(days);
    }
    // "2022 03 28" was a date in figures; read as a number, "03" would be a day.
    let date = match words.bytes().all(|b| b.is_ascii_digit() || b == b' ') {
        true => words.replace(' ', "-").parse::<PartialDate>().ok()?,
        false => {
            let date = DateWords::read(words)?;
            // A day of a month is that of the last year which had it; a month by itself may be another word.
            date.date().or_else(|| date.day.and(latest(date, today)))?
        }
    };
    Some(date.first_day()..=date.last_day())
}

/// A period behind a word of time, which may be a month by itself: the last one that has begun.
fn told(words: &str, today: Date) -> Option<RangeInclusive<Date>> {
    period(words, today).or_else(|| {
        let date = latest(DateWords::read(words)?, today)?;
        Some(date.first_day()..=date.last_day())
    })
}

/// A date without its year: the last one up to `today`.
fn latest(date: DateWords, today: Date) -> Option<PartialDate> {
    date.month.filter(|_| date.year.is_none())?;
    // Leap days come every fourth year, or after eight.
    let mut years = (today.year() - 8..=today.year()).rev();
    years.find_map(|year| DateWords { year: Some(year), ..date }.date().filter(|date| date.first_day() <= today))
}

/// The first of two dates, of which the second tells month or year for both: "le 1er et le 15 janvier 2023".
fn beside(from: &str, to: &str, last: Date) -> Option<RangeInclusive<Date>> {
    let (from, to) = (DateWords::read(from)?, DateWords::read(to)?);
    // A date that has its year takes nothing from the other.
    let whole = DateWords { month: from.month.or(to.month), year: from.year, day: from.day };
    whole.day.or(from.month)?;
    let date = latest(whole, last)?;
    Some(date.first_day()..=date.last_day())
}

/// "the last 30 days", "les 7 derniers jours", "depuis 3 jours": to today.
fn last(words: &str, today: Date) -> Option<RangeInclusive<Date>> {
    let (mut number, mut unit) = (None, None);
    for word in words.split(' ') {
        if let Some((_, found)) = UNITS.iter().find(|(name, _)| *name == word) {
            unit = Some(*found).filter(|_| unit.is_none());
            unit?;
        } else if let Some(found) = word.parse().ok().or_else(|| in_words(word)) {
            number = Some(found).filter(|_| number.is_none());
            number?;
        } else if !LAST.contains(&word) {
            return None;
        }
    }
    let number = number.filter(|number| NUMBER.contains(number))?;
    let first = unit?.before(today, number)?.tomorrow().ok()?;
    Some(first..=today)
}

fn in_words(word: &str) -> Option<i32> {
    let place = NUMBERS.iter().position(|names| names.contains(&word))?;
    i32::try_from(place).ok().map(|place| place + 1)
}

impl Unit {
    fn span(self, number: i32) -> Span {
        match self {
            Self::Day => number.days(),
            Self::Week => number.weeks(),
            Self::Month => number.months(),
            Self::Year => number.years(),
        }
    }

    fn before(self, day: Date, number: i32) -> Option<Date> {
        day.checked_sub(self.span(number)).ok()
    }

    /// The whole unit `steps` after the one in which `day` is. Weeks begin on Monday.
    fn around(self, day: Date, steps: i32) -> Option<RangeInclusive<Date>> {
        let day = day.checked_add(self.span(steps)).ok()?;
        let first = match self {
            Self::Day => day,
            Self::Week => day.checked_sub(i32::from(day.weekday().to_monday_zero_offset()).days()).ok()?,
            Self::Month => day.first_of_month(),
            Self::Year => day.first_of_year(),
        };
        let last = match self {
            Self::Day => day,
            Self::Week => first.checked_add(6.days()).ok()?,
            Self::Month => day.last_of_month(),
            Self::Year => day.last_of_year(),
        };
        Some(first..=last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// The interval as `first..last`, asked on a Wednesday.
    fn read(words: &str) -> Option<String> {
        let Interval { first, last } = super::read(words, date(2024, 5, 15))?;
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        Some(format!("{}..{}", day(first), day(last)))
    }

    #[test]
    fn dates_of_any_precision() {
        for (words, interval) in [
            ("2022", "2022-01-01..2022-12-31"),
            ("2022-03", "2022-03-01..2022-03-31"),
            ("2022-03-28", "2022-03-28..2022-03-28"),
            ("mars 2022", "2022-03-01..2022-03-31"),
            ("in March 2022", "2022-03-01..2022-03-31"),
            ("en 2022", "2022-01-01..2022-12-31"),
            ("en 2022-03", "2022-03-01..2022-03-31"),
            ("au mois d'août 2023", "2023-08-01..2023-08-31"),
            ("le 24 février 2022", "2022-02-24..2022-02-24"),
            ("on 2 May 2024", "2024-05-02..2024-05-02"),
        ] {
            assert_eq!(read(words).as_deref(), Some(interval), "{words}");
        }
    }

    #[test]
    fn from_one_to_another() {
        for (words, interval) in [
            ("2022-03-01..2022-03-15", "2022-03-01..2022-03-15"),
            ("2022-03..2022-05", "2022-03-01..2022-05-31"),
            ("2022..", "2022-01-01.."),
            ("..2022-03", "..2022-03-31"),
            ("2022-03..today", "2022-03-01..2024-05-15"),
            ("between March 2022 and May 2022", "2022-03-01..2022-05-31"),
            ("from 2020 to 2022", "2020-01-01..2022-12-31"),
            ("entre le 1er mars 2024 et le 15 mars 2024", "2024-03-01..2024-03-15"),
            ("du 1er mars 2024 au 15 mars 2024", "2024-03-01..2024-03-15"),
            ("de 2020 à 2022", "2020-01-01..2022-12-31"),
            ("entre le 1er et le 15 mars 2024", "2024-03-01..2024-03-15"),
            ("du 28 mars au 3 avril 2024", "2024-03-28..2024-04-03"),
            ("between January and March 2023", "2023-01-01..2023-03-31"),
            ("from December to January 2023", "2022-12-01..2023-01-31"),
            ("entre janvier et mars", "2024-01-01..2024-03-31"),
            ("between Dec. 2022 and Jan. 2023", "2022-12-01..2023-01-31"),
        ] {
            assert_eq!(read(words).as_deref(), Some(interval), "{words}");
        }
    }

    #[test]
    fn on_one_side_of_a_date() {
        for (words, interval) in [
            ("depuis le 24 février 2022", "2022-02-24.."),
            ("since 24 February 2022", "2022-02-24.."),
            ("à partir de mars 2022", "2022-03-01.."),
            ("after March 2022", "2022-04-01.."),
            ("avant mars 2022", "..2022-02-28"),
            ("before 2022", "..2021-12-31"),
            ("jusqu'en mars 2022", "..2022-03-31"),
            ("until March 2022", "..2022-03-31"),
            ("depuis mars", "2024-03-01.."),
            ("en juin", "2023-06-01..2023-06-30"),
            ("since 24 February", "2024-02-24.."),
            ("le 29 février", "2024-02-29..2024-02-29"),
            ("on 16 May", "2023-05-16..2023-05-16"),
        ] {
            assert_eq!(read(words).as_deref(), Some(interval), "{words}");
        }
    }

    #[test]
    fn relative_to_today() {
        for (words, interval) in [
            ("today", "2024-05-15..2024-05-15"),
            ("hier", "2024-05-14..2024-05-14"),
            ("avant-hier", "2024-05-13..2024-05-13"),
            ("this week", "2024-05-13..2024-05-19"),
            ("last week", "2024-05-06..2024-05-12"),
            ("la semaine dernière", "2024-05-06..2024-05-12"),
            ("le mois dernier", "2024-04-01..2024-04-30"),
            ("this year", "2024-01-01..2024-12-31"),
            ("cette année", "2024-01-01..2024-12-31"),
            ("l'an dernier", "2023-01-01..2023-12-31"),
            ("last 30 days", "2024-04-16..2024-05-15"),
            ("in the last 30 days", "2024-04-16..2024-05-15"),
            ("les 30 derniers jours", "2024-04-16..2024-05-15"),
            ("ces sept derniers jours", "2024-05-09..2024-05-15"),
            ("over the past two weeks", "2024-05-02..2024-05-15"),
            ("depuis 3 jours", "2024-05-13.."),
            ("depuis hier", "2024-05-14.."),
        ] {
            assert_eq!(read(words).as_deref(), Some(interval), "{words}");
        }
    }

    #[test]
    fn what_is_no_interval() {
        for words in [
            "",
            "..",
            "mars",
            "last",
            "the days",
            "last 0 days",
            "last 99999 days",
            "30 février 2022",
            "since",
            "la guerre",
            "2023..2022",
            "between 2023 and 2022",
            "2022 2023",
            "since independence",
            "le 1er au 3 mai",
        ] {
            assert_eq!(read(words), None, "{words}");
        }
    }
}
