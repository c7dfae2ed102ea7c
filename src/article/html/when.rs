//! Dates as pages write them, for machines and for readers. The day is the one that the outlet wrote: the local one of
//! the zone that stands with it.

use crate::date::PartialDate;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// "2024-03-28", "2024/03/28T10:00+01:00", "20240328", "2024-03".
static ISO: LazyLock<Regex> = LazyLock::new(|| {
    let day = r"^(?<y>\d{4})(?:[-/.](?<m>\d{1,2})(?:[-/.](?<d>\d{1,2}))?)?(?:[T\s].*)?$";
    pattern(&format!(r"{day}|^(?<y1>\d{{4}})(?<m1>\d\d)(?<d1>\d\d)(?:T?\d{{4,6}}.*)?$"))
});

/// "jeudi 28 mars 2024", "Thu, 28 Mar 2024 10:00:00 +0100", "1er mars 2024".
static DAY_MONTH: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(?<d>\d{1,2})(?:er)?[\s-]+(?<name>\p{L}{3,9})\.?,?[\s-]+(?<y>\d{4})\b"));

/// "March 28, 2024".
static MONTH_DAY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(?<name>[a-z]{3,9})\.?\s+(?<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?<y>\d{4})\b"));

/// "28/03/2024", "28.03.2024".
static NUMBERS: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b(?<d>\d{1,2})[/.-](?<m>\d{1,2})[/.-](?<y>\d{4})\b"));

/// "/2024/03/28/", "/2024-03-28-", "/2024/03/", "-20240328".
static PATH: LazyLock<Regex> = LazyLock::new(|| {
    let day = r"(?:^|[/_.-])(?<y>(?:19|20)\d\d)[/_-](?<m>\d\d)(?:[/_-](?<d>\d\d)(?:\D|$)|/)";
    pattern(&format!(r"{day}|(?:^|\D)(?<y1>(?:19|20)\d\d)(?<m1>\d\d)(?<d1>\d\d)(?:\D|$)"))
});

/// "Publié le 28 mars 2024": the words before a date of publication.
static PUBLISHED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:publi[ée]e?|post[ée]e?|mise? en ligne|parue?|published)\b[^.;\n]{0,30}?\b(\d{1,2}(?:er)?[\s/.-].{6,20})",
    )
});

/// Seconds since 1970 of the first day whose number can be told from other numbers.
const FIRST_SECOND: i64 = 600_000_000;

/// Days before this one are no dates of publication but a clock's zero.
const FIRST_YEAR: i16 = 1600;

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("the pattern is well formed")
}

/// The date that `text` gives, for machines or in words.
pub(super) fn date(text: &str) -> Option<PartialDate> {
    let text = text.trim();
    if let Some(found) = ISO.captures(text) {
        return partial(&found).or_else(|| stamp(text));
    }
    stamp(text).or_else(|| [&DAY_MONTH, &MONTH_DAY, &NUMBERS].iter().find_map(|form| partial(&form.captures(text)?)))
}

/// The date in the path of a web address.
pub(super) fn in_address(address: &str) -> Option<PartialDate> {
    let path = address.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
    let path = format!("/{}", path.split(['?', '#']).next().unwrap_or_default());
    PATH.captures_iter(&path).find_map(|found| partial(&found))
}

/// The date of publication that `text` tells its readers.
pub(super) fn told(text: &str) -> Option<PartialDate> {
    PUBLISHED.captures_iter(text).find_map(|found| date(found.get(1)?.as_str()))
}

/// The date of a match; impossible ones are none.
fn partial(found: &Captures) -> Option<PartialDate> {
    let number = |name: &str| found.name(name).or_else(|| found.name(&format!("{name}1")));
    let year = number("y")?.as_str().parse().ok().filter(|year| *year >= FIRST_YEAR)?;
    let month = match (number("m"), found.name("name")) {
        (Some(number), _) => number.as_str().parse().ok()?,
        (None, Some(name)) => month(name.as_str())?,
        (None, None) => return Some(PartialDate::Year(year)),
    };
    let day = number("d").map_or(Ok(1), |day| day.as_str().parse()).ok()?;
    let date = Date::new(year, month, day).ok()?;
    let is_zero = year == 1970 && date.day_of_year() == 1;
    match number("d") {
        _ if is_zero => None,
        Some(_) => Some(PartialDate::Day(date)),
        None => Some(PartialDate::Month(year, month)),
    }
}

/// Seconds or milliseconds since 1970.
fn stamp(text: &str) -> Option<PartialDate> {
    let number: i64 = text.parse().ok()?;
    let seconds = if text.len() >= 13 { number / 1000 } else { number };
    let moment = Timestamp::from_second(seconds).ok().filter(|_| seconds >= FIRST_SECOND)?;
    Some(PartialDate::Day(moment.to_zoned(TimeZone::UTC).date()))
}

/// The month of a French or English name, whole or shortened.
fn month(name: &str) -> Option<i8> {
    const NAMES: [(&str, i8); 19] = [
        ("jan", 1),
        ("fév", 2),
        ("fev", 2),
        ("feb", 2),
        ("mar", 3),
        ("avr", 4),
        ("apr", 4),
        ("mai", 5),
        ("may", 5),
        ("juil", 7),
        ("jul", 7),
        ("jui", 6),
        ("jun", 6),
        ("aoû", 8),
        ("aou", 8),
        ("aug", 8),
        ("sep", 9),
        ("oct", 10),
        ("nov", 11),
    ];
    let name = name.to_lowercase();
    let known = NAMES.iter().find(|(start, _)| name.starts_with(start)).map(|(_, month)| *month);
    known.or_else(|| (name.starts_with("déc") || name.starts_with("dec")).then_some(12))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        date(text).map(|date| date.to_string()).unwrap_or_default()
    }

    #[test]
    fn dates_for_machines_are_read() {
        let day = "2024-03-28";
        for text in [
            "2024-03-28",
            "2024-03-28T00:10:00+01:00",
            "2024-03-28T23:30Z",
            "2024-03-28 10:00:00",
            "2024/03/28",
            "20240328",
            "20240328T1000",
            "Thu, 28 Mar 2024 00:10:00 +0100",
            "28 Mar 2024 10:00 GMT",
            "1711620000",
            "1711620000000",
            " 2024-3-28 ",
        ] {
            assert_eq!(read(text), day, "{text}");
        }
        assert_eq!((read("2024-03"), read("2024")), ("2024-03".to_owned(), "2024".to_owned()));
    }

    #[test]
    fn dates_in_words_are_read() {
        let day = "2024-03-01";
        for text in [
            "vendredi 1er mars 2024 à 10h",
            "1 mars 2024",
            "01/03/2024",
            "01.03.2024 10:00",
            "March 1, 2024",
            "Mar 1st 2024",
        ] {
            assert_eq!(read(text), day, "{text}");
        }
        assert_eq!(
            [read("4 août 2023"), read("4 juil. 2023"), read("4 juin 2023")],
            ["2023-08-04", "2023-07-04", "2023-06-04"]
        );
        assert_eq!(read("31 Déc. 2023"), "2023-12-31");
    }

    #[test]
    fn what_is_no_date_is_unknown() {
        for text in [
            "",
            "hier",
            "2024-02-30",
            "2024-13-01",
            "31/02/2024",
            "99999999",
            "0000-00-00",
            "0001-01-01T00:00:00Z",
            "1970-01-01T00:00:00Z",
            "0",
            "28 pommes 2024",
            "99999999999999999999",
            "12",
            "2024-03-28-04",
            "-5",
        ] {
            assert_eq!(date(text), None, "{text}");
        }
    }

    #[test]
    fn addresses_hold_dates() {
        let read = |path: &str| in_address(&format!("https://exemple.fr{path}")).map(|date| date.to_string());
        for path in
            ["/2024/03/28/le-pont", "/a/le-pont-20240328", "/le-pont-2024-03-28.html", "/le-pont-20240328_12.html"]
        {
            assert_eq!(read(path).as_deref(), Some("2024-03-28"), "{path}");
        }
        assert_eq!(read("/2024/03/le-pont").as_deref(), Some("2024-03"));
        for path in ["/le-pont-2024", "/article-2024032812", "/20249999", "/1789-1799", "/?d=20240328", ""] {
            assert_eq!(read(path), None, "{path}");
        }
    }

    #[test]
    fn readers_are_told_the_date_of_publication() {
        let read = |text: &str| told(text).map(|date| date.to_string());
        assert_eq!(read("Par Anne Roy. Publié le jeudi 28 mars 2024 à 10h00").as_deref(), Some("2024-03-28"));
        assert_eq!(read("Posté le : 28/03/2024").as_deref(), Some("2024-03-28"));
        assert_eq!(read("Né le 28 mars 1954, il a publié des livres."), None);
    }
}
