//! English dates: "Monday", "last Thursday", "May 3, 2021", "on Dec. 5", "yesterday", "two days ago", "in March".

use super::{DateMention, Expression, Part, Period, Which};
use crate::extract::Span;
use crate::extract::token::Tokens;
use crate::language::Classes;
use jiff::civil::Weekday;

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("monday", Weekday::Monday),
    ("tuesday", Weekday::Tuesday),
    ("wednesday", Weekday::Wednesday),
    ("thursday", Weekday::Thursday),
    ("friday", Weekday::Friday),
    ("saturday", Weekday::Saturday),
    ("sunday", Weekday::Sunday),
];

/// Months by number, each by its name and its abbreviation.
const MONTHS: [[&str; 2]; 12] = [
    ["january", "jan"],
    ["february", "feb"],
    ["march", "mar"],
    ["april", "apr"],
    ["may", "may"],
    ["june", "jun"],
    ["july", "jul"],
    ["august", "aug"],
    ["september", "sept"],
    ["october", "oct"],
    ["november", "nov"],
    ["december", "dec"],
];

const NUMBERS: [(&str, i32); 11] = [
    ("a", 1),
    ("an", 1),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("ten", 10),
];

/// The dates among the words of a text, in order.
pub(super) fn mentions(text: &str, words: &Tokens) -> Vec<DateMention> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(heart) = words.find(at..words.len(), 0, Classes::TIME) {
        let scan = Scan { text, words };
        match scan.at_heart(heart, at) {
            Some((range, expression)) => {
                let span = Span::new(words.span(range.start).start, words.span(range.end - 1).end);
                found.push(DateMention { span, expression });
                at = range.end.max(heart + 1);
            }
            None => at = heart + 1,
        }
    }
    found
}

/// The years that a text names as years, in rising order.
pub(super) fn years(text: &str, words: &Tokens) -> Vec<i16> {
    let scan = Scan { text, words };
    let mut years: Vec<i16> = (1..words.len())
        .filter(|k| words.is_number(*k))
        .filter(|k| {
            matches!(words.lower(k - 1), "in" | "since" | "of")
                || scan.month(k - 1).is_some()
                || words.mark(k - 1) == Some(',')
        })
        .filter_map(|k| scan.year(k))
        .collect();
    years.sort_unstable();
    years.dedup();
    years
}

struct Scan<'a> {
    text: &'a str,
    words: &'a Tokens,
}

impl Scan<'_> {
    /// The date whose heart is the word at `k`; it begins at `first` or later.
    fn at_heart(&self, k: usize, first: usize) -> Option<(std::ops::Range<usize>, Expression)> {
        let lower = |k: usize| self.words.lower(k);
        if let Some((_, weekday)) = WEEKDAYS.iter().find(|(name, _)| *name == lower(k)) {
            return self.weekday(k, first, *weekday);
        }
        if let Some(month) = self.month(k) {
            return self.in_month(k, first, month);
        }
        let from_publication = |days: i32| Some((k..k + 1, Expression::FromPublication { first: days, last: days }));
        match lower(k) {
            "yesterday" => return from_publication(-1),
            "today" | "tonight" => return from_publication(0),
            "tomorrow" => return from_publication(1),
            _ => {}
        }
        let period = match lower(k) {
            "week" => Period::Week,
            "weekend" => Period::Weekend,
            "month" => Period::Month,
            "year" => Period::Year,
            _ => return self.ago(k, first),
        };
        let offset = match lower(k.checked_sub(1).filter(|k| *k >= first)?) {
            "last" => -1,
            "this" => 0,
            "next" => 1,
            _ => return self.ago(k, first),
        };
        Some((k - 1..k + 1, Expression::Period { period, offset }))
    }

    /// "Monday", "last Monday", "Monday night", "Monday, May 3".
    fn weekday(&self, k: usize, first: usize, weekday: Weekday) -> Option<(std::ops::Range<usize>, Expression)> {
        let words = self.words;
        // "the Sunday Times", "Black Friday"
        let named =
            words.is_capital(k + 1) && words.is_spaced(k + 1) && self.month(k + 1).is_none() && words.is_word(k + 1)
                || k > first
                    && words.is_capital(k - 1)
                    && !words.is(k - 1, Classes::FUNCTION)
                    && words.mark(k - 1).is_none()
                    && words.lower(k - 1) == "black";
        if named || !words.is_capital(k) {
            return None;
        }
        let comma = usize::from(words.mark(k + 1) == Some(','));
        if let Some(month) = self.month(k + 1 + comma)
            && let Some((range, Expression::Day { day, month, year, which, .. })) =
                self.in_month(k + 1 + comma, k + 1, month)
        {
            return Some((k..range.end, Expression::Day { weekday: Some(weekday), day, month, year, which }));
        }
        let which = self.which(k, first);
        let start = k - usize::from(which != Which::Plain);
        let part = matches!(words.lower(k + 1), "morning" | "afternoon" | "evening" | "night");
        Some((start..k + 1 + usize::from(part), Expression::Weekday { weekday, which }))
    }

    /// "May 3", "May 3, 2021", "3 May 2021", "in May", "last May", "May 2021".
    fn in_month(&self, k: usize, first: usize, month: i8) -> Option<(std::ops::Range<usize>, Expression)> {
        let words = self.words;
        let stop = usize::from(words.mark(k + 1) == Some('.') && !words.is_spaced(k + 1));
        let after = k + 1 + stop;
        let day_before = k.checked_sub(1).filter(|d| *d >= first).and_then(|d| self.day(d));
        if let Some(day) = self.day(after) {
            let comma = usize::from(words.mark(after + 1) == Some(','));
            let year = self.year(after + 1 + comma);
            let end = if year.is_some() { after + 2 + comma } else { after + 1 };
            return Some((k..end, Expression::Day { weekday: None, day, month, year, which: Which::Plain }));
        }
        if let Some(day) = day_before.filter(|_| words.is_spaced(k)) {
            let year = self.year(after);
            let end = after + usize::from(year.is_some());
            return Some((k - 1..end, Expression::Day { weekday: None, day, month, year, which: Which::Plain }));
        }
        let year = self.year(after);
        let which = self.which(k, first);
        let led = k > first
            && matches!(words.lower(k - 1), "in" | "since" | "early" | "late" | "mid" | "by" | "until" | "of");
        // "May said": a name, or a verb.
        let known = year.is_some() || words.is_capital(k) && (led || which != Which::Plain);
        let part = match words.lower(k.saturating_sub(1)) {
            "early" => Part::Open,
            "mid" => Part::Middle,
            "late" => Part::Close,
            _ => Part::Whole,
        };
        let start = if led || which != Which::Plain { k - 1 } else { k };
        known.then(|| (start..after + usize::from(year.is_some()), Expression::Month { month, year, part, which }))
    }

    /// "two days ago", "a week earlier".
    fn ago(&self, k: usize, first: usize) -> Option<(std::ops::Range<usize>, Expression)> {
        let words = self.words;
        let (days, slack) = match words.lower(k) {
            "day" | "days" => (1, 0),
            "week" | "weeks" => (7, 3),
            "month" | "months" => (30, 15),
            "year" | "years" => (365, 183),
            _ => return None,
        };
        let number = k.checked_sub(1).filter(|n| *n >= first)?;
        let lower = words.lower(number);
        let count = NUMBERS.iter().find(|(word, _)| *word == lower).map(|(_, n)| *n).or_else(|| lower.parse().ok())?;
        let sign = match words.lower(k + 1) {
            "ago" => -1,
            "earlier" if days == 1 => return Some((number..k + 2, Expression::FromOther { days: -count })),
            "later" if days == 1 => return Some((number..k + 2, Expression::FromOther { days: count })),
            _ => return None,
        };
        (count < 200).then(|| {
            let middle = sign * count * days;
            (number..k + 2, Expression::FromPublication { first: middle - slack, last: middle + slack })
        })
    }

    fn which(&self, k: usize, first: usize) -> Which {
        match k.checked_sub(1).filter(|k| *k >= first).map(|k| self.words.lower(k)) {
            Some("last") => Which::Last,
            Some("next") => Which::Next,
            _ => Which::Plain,
        }
    }

    /// The number of the month whose name stands at `k`, with a capital.
    fn month(&self, k: usize) -> Option<i8> {
        let lower = self.words.is_capital(k).then(|| self.words.lower(k))?;
        let month = MONTHS.iter().position(|names| names.contains(&lower) || lower == "sep" && names[1] == "sept")?;
        Some(month as i8 + 1)
    }

    fn day(&self, k: usize) -> Option<i8> {
        let number = self.words.is_number(k).then(|| self.words.lower(k))?;
        let day: i8 = number.parse().ok()?;
        // "May 3-year-old", "3 million"
        let joined = self.words.mark(k + 1) == Some('-') && !self.words.is_spaced(k + 1);
        ((1..=31).contains(&day) && !joined).then_some(day)
    }

    fn year(&self, k: usize) -> Option<i16> {
        let span = self.words.is_number(k).then(|| self.words.span(k))?;
        let year: i16 = span.of(self.text).parse().ok()?;
        (1900..2100).contains(&year).then_some(year)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    fn found(text: &str) -> Vec<&str> {
        let words = Tokens::new(text, Span::new(0, text.len()), Language::English);
        mentions(text, &words).iter().map(|date| date.span.of(text)).collect()
    }

    #[test]
    fn dates_are_found() {
        assert_eq!(found("Roy said Monday that the bridge closed May 3."), ["Monday", "May 3"]);
        assert_eq!(
            found("It closed on Dec. 5, 2018, and again last Friday night."),
            ["Dec. 5, 2018", "last Friday night"]
        );
        assert_eq!(found("She left two days ago, in March, or yesterday."), ["two days ago", "in March", "yesterday"]);
        assert_eq!(found("It opened 3 May 2021."), ["3 May 2021"]);
    }

    #[test]
    fn names_and_verbs_are_none() {
        assert!(found("Ms. May may march with the Sunday Herald.").is_empty());
        assert!(found("He has worked there for two days.").is_empty());
    }
}
