//! Whether two names are of the same person or body.

use super::prediction::Found;
use crate::entity::{Entities, EntityKind};
use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// Words of a name that tell nobody apart: articles and prepositions, forms of address, titles.
const TITLES: &[&str] = &[
    "a",
    "an",
    "d",
    "de",
    "des",
    "du",
    "l",
    "la",
    "le",
    "les",
    "of",
    "the",
    "un",
    "une", // small words
    "dr",
    "m",
    "me",
    "mlle",
    "mme",
    "mr",
    "mrs",
    "ms", // forms of address
    "chef",
    "general",
    "generale",
    "ministre",
    "parole",
    "porte",
    "premier",
    "premiere",
    "president",
    "presidente",
];

/// The listed names of the known entities, and what they lead to.
pub struct Names<'a> {
    /// The Wikidata item behind each folded name, the first row's where several have it; `None` for a row without one.
    items: FxHashMap<String, Option<&'a str>>,
    /// Items of places and countries: as speakers they stand for their authorities.
    places: FxHashSet<&'a str>,
}

impl<'a> Names<'a> {
    /// The names of `entities`.
    pub fn of(entities: &'a Entities) -> Self {
        let mut names = Self { items: FxHashMap::default(), places: FxHashSet::default() };
        for (_, entity) in entities.iter() {
            let item = entity.wikidata.as_deref();
            for name in [&*entity.fr, &*entity.en].into_iter().chain(entity.aliases.iter().map(String::as_str)) {
                let folded = fold(name);
                if !folded.is_empty() {
                    names.items.entry(folded).or_insert(item);
                }
            }
            if matches!(entity.kind, EntityKind::Place | EntityKind::Country) {
                names.places.extend(item);
            }
        }
        names
    }

    /// The item of a name, if a row of the table lists it.
    pub fn item(&self, name: &str) -> Option<&'a str> {
        self.items.get(&fold(name)).copied().flatten()
    }

    /// Whether an item is a place or a country.
    pub fn is_place(&self, item: &str) -> bool {
        self.places.contains(item)
    }

    /// Whether the `wanted` name is of whom was found: by the items of both where they are known, else by their words.
    pub fn same(&self, wanted: &str, found: &Found) -> bool {
        let item = self.item(wanted);
        if let (Some(item), Some(given)) = (item, found.item()) {
            // "Kiev" wanted, the Ukrainian authorities found where the text says "Kiev": the same.
            let mention = || self.item(without_article(found.mention.as_deref().unwrap_or_default()));
            return item == given || self.is_place(item) && mention() == Some(item);
        }
        let forms = [Some(found.name.as_str()), found.mention.as_deref()];
        let mut forms = forms.into_iter().flatten().filter(|form| !form.is_empty());
        forms.any(|form| item.is_some() && self.item(form) == item || same_words(wanted, form))
    }
}

/// Whether the words of one name lie in the other, titles apart, or both end in the same one of four letters or more.
fn same_words(wanted: &str, form: &str) -> bool {
    let (wanted, form) = (fold(wanted), fold(form));
    let (one, other) = (telling_words(&wanted), telling_words(&form));
    let (Some(last), Some(other_last)) = (one.last(), other.last()) else {
        return wanted == form;
    };
    let (short, long) = if other.len() < one.len() { (&other, &one) } else { (&one, &other) };
    short.iter().all(|word| long.contains(word)) || last == other_last && last.len() > 3
}

fn telling_words(folded: &str) -> Vec<&str> {
    folded.split(' ').filter(|word| !word.is_empty() && !TITLES.contains(word)).collect()
}

/// The mention of a place without its article.
fn without_article(mention: &str) -> &str {
    let articles = ["l'", "l’", "la ", "le ", "les "];
    let starts = |article: &&str| {
        let head: String = mention.chars().take(article.chars().count()).collect();
        head.to_lowercase() == **article
    };
    articles.iter().find(|article| starts(article)).map_or(mention, |article| &mention[article.len()..])
}

/// Plain letters and digits in lower case, all else one space: "L’Élysée" is "l elysee". Coarser than the folding of
/// the entity table on purpose: other programs can do the same in two lines.
fn fold(name: &str) -> String {
    let lower = name.to_lowercase();
    let plain = lower.nfkd().filter(|c| canonical_combining_class(*c) == 0);
    let mut folded = String::with_capacity(name.len());
    for c in plain {
        if c.is_ascii_lowercase() || c.is_ascii_digit() {
            folded.push(c);
        } else if !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(name: &str, wikidata: Option<&str>, mention: Option<&str>) -> Found {
        Found { name: name.into(), wikidata: wikidata.map(Into::into), mention: mention.map(Into::into) }
    }

    #[test]
    fn folding_leaves_letters_and_digits() {
        for (name, folded) in [("L’Élysée", "l elysee"), (" e\u{301}a-2 ", "ea 2"), ("Київ", ""), ("ﬁn Œuf", "fin uf")]
        {
            assert_eq!(fold(name), folded, "{name}");
        }
    }

    #[test]
    fn the_same_person_under_several_names() {
        let names = Names::of(Entities::embedded());
        for (wanted, other, same) in [
            ("Anne Roy", found("Mme Roy", None, None), true),
            ("Roy", found("ministre Anne Roy", None, None), true),
            ("Anne Roy", found("Paul Roy", None, None), false),
            ("Anne Leroy", found("Paul Leroy", None, None), true),
            ("le président", found("Le Président", None, None), true),
            ("le président", found("la présidente", None, None), false),
            ("OTAN", found("autre chose", Some("http://www.wikidata.org/entity/Q7184"), None), true),
            ("NATO", found("OTAN", Some("Q1"), Some("OTAN")), false),
            ("NATO", found("Alliance atlantique", None, None), true),
            ("Ukraine", found("autorités ukrainiennes", Some("Q99"), Some("l’Ukraine")), true),
            ("Ukraine", found("autorités ukrainiennes", Some("Q99"), Some("Kiev")), false),
            ("Anne Roy", found("", None, Some("Anne Roy")), true),
        ] {
            assert_eq!(names.same(wanted, &other), same, "{wanted} / {other:?}");
        }
    }
}
