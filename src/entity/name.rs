//! The names of an entity: those of the table, and those that follow from them.

use super::{Entity, EntityKind};
use std::borrow::Cow;

/// One name of an entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name<'a> {
    pub text: Cow<'a, str>,
    /// Whether the table has it; else it is a surname, or an outlet's name without its article.
    pub listed: bool,
}

/// Words before a surname that belong to it.
pub(super) const PARTICLES: &[&str] = &[
    "af", "al", "ben", "bin", "da", "de", "del", "della", "den", "der", "des", "di", "do", "dos", "du", "el", "ibn",
    "la", "le", "ould", "ter", "van", "von", "zu", "zur",
];

/// Words after a surname that are not of it.
const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii"];

/// First words of the offices of those who are known by their given names.
const RULERS: &[&str] = &["pape", "roi", "reine", "émir", "empereur", "sultan"];

/// Countries whose names put the family first: China, both Koreas, Taiwan, Vietnam, Cambodia, Hong Kong.
const FAMILY_FIRST: &[&str] = &["Q148", "Q884", "Q423", "Q865", "Q881", "Q424", "Q8646"];

/// Every name of an entity; `country` is the key of its country.
pub(super) fn names<'a>(entity: &'a Entity, country: Option<&str>) -> Vec<Name<'a>> {
    let listed = [&*entity.fr, &*entity.en].into_iter().chain(entity.aliases.iter().map(String::as_str));
    let mut all: Vec<_> = listed.map(|name| Name { text: name.into(), listed: true }).collect();
    let mut derive = |text: &str| all.push(Name { text: text.to_owned().into(), listed: false });
    match entity.kind {
        EntityKind::Person if country.is_some_and(|c| FAMILY_FIRST.contains(&c)) => {
            if let Some((family, _)) = entity.fr.split_once(' ') {
                derive(family);
            }
        }
        EntityKind::Person if entity.offices.iter().any(|o| RULERS.contains(&first_word(&o.title))) => {}
        EntityKind::Person => {
            for surname in [&*entity.fr, &*entity.en].into_iter().filter_map(surname) {
                derive(&surname);
                if let Some((_, after)) = surname.split_once("al-") {
                    derive(after);
                }
            }
        }
        EntityKind::Outlet => {
            let articles = ["Le ", "La ", "Les ", "L'", "The "];
            articles.iter().filter_map(|a| entity.fr.strip_prefix(a)).for_each(&mut derive);
        }
        _ => {}
    }
    all
}

fn first_word(text: &str) -> &str {
    text.split(' ').next().unwrap_or(text)
}

/// The surname in a person's name: its last word with the particles before it; `None` for names of one word and
/// with a number.
fn surname(name: &str) -> Option<String> {
    let mut words: Vec<&str> = name.split_whitespace().collect();
    let numbered = |word: &&str| word.chars().all(|c| "IVX".contains(c));
    if words.iter().skip(1).any(numbered) {
        return None;
    }
    let is_one_of = |word: &str, list: &[&str]| list.iter().any(|known| known.eq_ignore_ascii_case(word));
    let suffix = |word: &str| is_one_of(word.trim_end_matches('.'), SUFFIXES);
    while words.last().is_some_and(|word| suffix(word)) {
        words.pop();
    }
    let mut start = words.len().checked_sub(1)?;
    while start > 1 && is_one_of(words[start - 1], PARTICLES) {
        start -= 1;
    }
    (start > 0).then(|| words[start..].join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_surname_has_its_particles() {
        for (name, family) in [
            ("Ada Lovelace", Some("Lovelace")),
            ("Ursula von der Leyen", Some("von der Leyen")),
            ("Marine Le Pen", Some("Le Pen")),
            ("Robert F. Kennedy Jr.", Some("Kennedy")),
            ("Luiz Inácio Lula da Silva", Some("da Silva")),
            ("Jean-Luc Mélenchon", Some("Mélenchon")),
            ("Élisabeth II", None),
            ("Charles XVI Gustave", None),
            ("Guillaume V", None),
            ("Naruhito", None),
        ] {
            assert_eq!(surname(name).as_deref(), family, "{name}");
        }
    }
}
