//! What the interface says, in both languages: `words.tsv`.

use crate::query::Language;
use crate::table;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

const TABLE: &str = include_str!("words.tsv");

static WORDS: LazyLock<FxHashMap<&str, [&str; 2]>> = LazyLock::new(|| {
    // A test holds that the table is sound.
    let rows = table::rows("src/serve/words.tsv", TABLE, ["key", "fr", "en"]).unwrap_or_default();
    rows.into_iter().map(|(_, [key, fr, en])| (key, [fr, en])).collect()
});

/// The words with this key. A test holds that there are some for every key that a page uses.
pub fn say(key: &str, language: Language) -> &'static str {
    let words = WORDS.get(key).copied().unwrap_or_default();
    words[language as usize]
}

/// A number with the word for one or several. French takes zero for one.
pub fn count(number: u64, one: &str, several: &str, language: Language) -> String {
    let is_one = number == 1 || (number == 0 && language == Language::Fr);
    format!("{} {}", grouped(number, language), say(if is_one { one } else { several }, language))
}

/// The number in groups of three digits.
pub fn grouped(number: u64, language: Language) -> String {
    let mark = match language {
        Language::Fr => '\u{202f}',
        Language::En => ',',
    };
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() * 4 / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(mark);
        }
        grouped.push(digit);
    }
    grouped
}

/// A date as people write it: a day, a month or a year, or an interval of days.
pub fn date(date: &str, language: Language) -> String {
    if let Some((first, last)) = date.split_once('/') {
        return format!("{} – {}", self::date(first, language), self::date(last, language));
    }
    let months: Vec<&str> = say("months", language).split(' ').collect();
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next().unwrap_or_default(), parts.next(), parts.next());
    let month = month.and_then(|month| months.get(month.parse::<usize>().ok()?.checked_sub(1)?));
    let day = day.and_then(|day| day.parse::<u8>().ok());
    match (day, month) {
        (Some(1), Some(month)) if language == Language::Fr => format!("1er {month} {year}"),
        (Some(day), Some(month)) => format!("{day} {month} {year}"),
        (None, Some(month)) => format!("{month} {year}"),
        _ => date.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use regex::Regex;
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    /// All text of this room but the table.
    fn sources(folder: &Path, text: &mut String) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && path.file_name().unwrap() != "assets" {
                sources(&path, text);
            } else if path.extension().is_some_and(|end| end == "rs" || end == "html") {
                text.push_str(&fs::read_to_string(&path).unwrap());
            }
        }
    }

    #[test]
    fn every_word_is_there_and_used() {
        let rows = table::rows("src/serve/words.tsv", TABLE, ["key", "fr", "en"]).unwrap();
        let keys: BTreeSet<&str> = rows.iter().map(|(_, [key, ..])| *key).collect();
        assert_eq!(keys.len(), rows.len(), "a key is there twice");
        assert!(rows.iter().all(|(_, [_, fr, en])| !fr.is_empty() && !en.is_empty()));
        let mut text = String::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/serve"), &mut text);
        let said = Regex::new(r#"(?s)(?:say|tell)\(\s*"([^"]+)""#).unwrap();
        for key in said.captures_iter(&text).map(|found| found.get(1).unwrap().as_str()) {
            assert!(keys.contains(key), "words.tsv has no row `{key}`");
        }
        // Of words for the values of the graph, the group is said.
        let groups = Regex::new(r#"word\(\s*"([^"]+)""#).unwrap();
        let groups: Vec<String> = groups.captures_iter(&text).map(|found| format!("{}-", &found[1])).collect();
        for key in keys {
            let is_said = text.contains(&format!("\"{key}\"")) || groups.iter().any(|group| key.starts_with(group));
            assert!(is_said, "nobody says `{key}`");
        }
    }

    #[test]
    fn dates_are_written_as_the_language_does() {
        let dates = ["2022-03-01", "2022-03-12", "2022-03", "2022", "2022-03-01/2022-03-04", "2022-13-01", "x"];
        assert_eq!(
            dates.map(|day| date(day, Language::Fr)),
            ["1er mars 2022", "12 mars 2022", "mars 2022", "2022", "1er mars 2022 – 4 mars 2022", "2022-13-01", "x"]
        );
        assert_eq!(date("2022-03-01", Language::En), "1 March 2022");
    }

    #[test]
    fn numbers_are_grouped_as_the_language_does() {
        let numbers = [0, 1, 999, 1000, 1_234_567];
        assert_eq!(numbers.map(|n| grouped(n, Language::En)), ["0", "1", "999", "1,000", "1,234,567"]);
        assert_eq!(grouped(1_234_567, Language::Fr), "1\u{202f}234\u{202f}567");
    }
}
