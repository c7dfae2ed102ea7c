//! From names to entities: in the words of a text ([`Entities::match_at`]) and as somebody typed them
//! ([`Entities::find`]).

use super::fold::{self, Part};
use super::{Entities, Entity, EntityId, EntityKind, transliterate};
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;

/// What a name in a text may mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alias {
    pub entity: EntityId,
    /// Not enough on its own: a surname, a one-word name of a person, a name that is an ordinary word too, or one
    /// that several entities bear.
    pub weak: bool,
    /// Whether the table has the name as it is; else it is a surname taken from a full name, or an outlet's name
    /// without its article.
    pub listed: bool,
}

/// Words before a surname that belong to it.
const PARTICLES: &[&str] = &[
    "af", "al", "ben", "bin", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du",
    "el", "ibn", "la", "le", "ould", "ter", "van", "von", "zu", "zur",
];

/// Words after a surname that are not of it.
const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv", "v", "vi", "xiv", "xvi"];

/// Countries whose names put the family first: China, both Koreas, Taiwan, Vietnam, Cambodia, Hong Kong.
const FAMILY_FIRST: &[&str] = &["Q148", "Q884", "Q423", "Q865", "Q881", "Q424", "Q8646"];

/// Names that are ordinary words as well, so that they need more than their capital.
const ORDINARY: &str = include_str!("../language/fr/ordinary_names.tsv");

/// Longest name in the text's words that is looked for, in parts.
const LONGEST: usize = 14;

/// Index for the words of texts.
pub(super) struct Scan {
    /// Key (see [`scan_key`]) to its place in `buckets`.
    names: FxHashMap<String, u32>,
    buckets: Vec<Bucket>,
    /// First part in lower case to the greatest number of parts of a name that starts with it.
    starts: FxHashMap<String, u8>,
    /// The same for persons' names under their transliteration keys.
    sounds: FxHashMap<String, Vec<Alias>>,
    /// Keys of the first parts of those names.
    sound_starts: FxHashSet<String>,
}

/// All that one key may mean.
struct Bucket {
    aliases: Vec<Alias>,
    /// The part that must have a capital in the text, for names of several parts that have one.
    capital: Option<u8>,
}

/// The key of a name: of one part its letters with their case ("UE" is not "ue"), of several all in lower case.
fn scan_key(parts: &[Part]) -> String {
    match parts {
        [one] => one.text.clone(),
        many => {
            let mut key = String::new();
            for part in many {
                if !key.is_empty() {
                    key.push(' ');
                }
                fold::push_lower(&part.text, &mut key);
            }
            key
        }
    }
}

/// The surname in a person's name: its last word with the particles before it; `None` for names of one word and of
/// monarchs and popes.
fn surname(name: &str, family_first: bool) -> Option<String> {
    let mut words: Vec<&str> = name.split_whitespace().collect();
    let numbered = words
        .last()
        .is_some_and(|w| w.len() > 1 && w.chars().all(|c| "IVX".contains(c)));
    let titled = words
        .first()
        .is_some_and(|w| matches!(*w, "Pape" | "Pope" | "King" | "Queen"));
    if words.len() < 2 || numbered || titled {
        return None;
    }
    if family_first {
        return Some(words[0].to_owned());
    }
    while words.len() > 1
        && SUFFIXES.contains(
            &words[words.len() - 1]
                .trim_end_matches('.')
                .to_lowercase()
                .as_str(),
        )
    {
        words.pop();
    }
    let mut start = words.len() - 1;
    while start > 1 && PARTICLES.contains(&words[start - 1].to_lowercase().as_str()) {
        start -= 1;
    }
    (start > 0).then(|| words[start..].join(" "))
}

/// Every name of an entity; the flag says whether it is generated (surnames, outlets without their article).
fn names(entity: &Entity) -> Vec<(Cow<'_, str>, bool)> {
    let listed = [&entity.fr, &entity.en].into_iter().chain(&entity.aliases);
    let mut all: Vec<_> = listed.map(|name| (Cow::from(name), false)).collect();
    match entity.kind {
        EntityKind::Person => {
            for name in [&entity.fr, &entity.en] {
                let Some(surname) = surname(name, false) else {
                    continue;
                };
                if let Some((_, after)) = surname.split_once("al-") {
                    all.push((after.to_owned().into(), true));
                }
                all.push((surname.into(), true));
            }
        }
        EntityKind::Outlet => {
            for article in ["Le ", "La ", "Les ", "L'", "The "] {
                if let Some(rest) = entity.fr.strip_prefix(article) {
                    all.push((rest.into(), true));
                }
            }
        }
        _ => {}
    }
    all
}

impl Scan {
    fn build(entities: &Entities) -> Self {
        let ordinary: FxHashSet<&str> = ORDINARY.lines().filter(|l| !l.starts_with('#')).collect();
        let mut scan = Self {
            names: FxHashMap::default(),
            buckets: Vec::with_capacity(10_000),
            starts: FxHashMap::default(),
            sounds: FxHashMap::default(),
            sound_starts: FxHashSet::default(),
        };
        scan.names.reserve(10_000);
        for (id, entity) in entities
            .iter()
            .filter(|(_, e)| e.kind != EntityKind::Authority)
        {
            let person = entity.kind == EntityKind::Person;
            let family_first = person
                && entity
                    .country
                    .is_some_and(|c| FAMILY_FIRST.contains(&entities.get(c).key.as_str()));
            let mut names = names(entity);
            if family_first {
                names.retain(|(_, generated)| !generated);
                names.extend(surname(&entity.fr, true).map(|name| (name.into(), true)));
            }
            let surnames: Vec<String> = names
                .iter()
                .filter(|n| n.1)
                .map(|n| fold::fold(&n.0))
                .collect();
            for (name, generated) in &names {
                let parts = fold::parts(name);
                if parts.is_empty() || parts.len() > LONGEST {
                    continue;
                }
                let one_word = !name.trim().contains(char::is_whitespace);
                // A concept is a common noun: it may start a sentence or not.
                let common = entity.kind == EntityKind::Concept && parts.iter().all(|p| !p.capital);
                let weak = (*generated && (person || parts.len() == 1))
                    || ordinary.contains(name.as_ref())
                    || (common && parts.len() == 1)
                    || (person && (one_word || surnames.contains(&fold::fold(name))));
                scan.add(
                    &parts,
                    Alias {
                        entity: id,
                        weak,
                        listed: !generated,
                    },
                );
                if common && parts.len() == 1 {
                    let mut capital = parts[0].clone();
                    capital.text = capitalised(&capital.text);
                    scan.add(
                        &[capital],
                        Alias {
                            entity: id,
                            weak,
                            listed: !generated,
                        },
                    );
                }
                if person && parts.iter().all(|p| p.text.is_ascii()) {
                    scan.add_sound(
                        &fold::fold(name),
                        Alias {
                            entity: id,
                            weak,
                            listed: !generated,
                        },
                    );
                }
            }
        }
        for aliases in scan
            .buckets
            .iter_mut()
            .map(|b| &mut b.aliases)
            .chain(scan.sounds.values_mut())
        {
            rank(aliases);
        }
        scan
    }

    fn add(&mut self, parts: &[Part], alias: Alias) {
        let mut start = String::new();
        fold::push_lower(&parts[0].text, &mut start);
        let length = self.starts.entry(start).or_default();
        *length = (*length).max(parts.len() as u8);
        let capital = parts
            .iter()
            .rposition(|p| p.capital)
            .filter(|_| parts.len() > 1)
            .map(|p| p as u8);
        let next = self.buckets.len() as u32;
        let bucket = *self.names.entry(scan_key(parts)).or_insert(next);
        match self.buckets.get_mut(bucket as usize) {
            None => self.buckets.push(Bucket {
                aliases: vec![alias],
                capital,
            }),
            Some(bucket) => {
                bucket.capital = bucket.capital.and(capital);
                match bucket.aliases.iter_mut().find(|a| a.entity == alias.entity) {
                    Some(old) => {
                        old.weak &= alias.weak;
                        old.listed |= alias.listed;
                    }
                    None => bucket.aliases.push(alias),
                }
            }
        }
    }

    fn add_sound(&mut self, folded: &str, alias: Alias) {
        let key = transliterate::key(folded);
        if key.len() < 6 {
            return;
        }
        if let Some((first, _)) = key.split_once('$') {
            self.sound_starts.insert(format!("{first}$"));
        }
        let same = self.sounds.entry(key).or_default();
        if same.iter().all(|a| a.entity != alias.entity) {
            same.push(alias);
        }
    }

    /// Looks up one key, with the rule that a name in capitals may be a headline's.
    fn bucket(&self, key: &str, parts: &[Part]) -> Option<&Bucket> {
        let found = self.names.get(key).or_else(|| match parts {
            [one] if one.text.chars().count() > 3 && one.text.chars().all(char::is_uppercase) => {
                self.names.get(&capitalised(&one.text))
            }
            _ => None,
        });
        let bucket = &self.buckets[*found? as usize];
        bucket
            .capital
            .is_none_or(|i| parts[i as usize].capital)
            .then_some(bucket)
    }
}

impl Scan {
    /// The longest person's name that sounds like the words up to one of `ends` (counts of words and of parts).
    fn alike<'e>(
        &self,
        parts: &[Part],
        ends: impl Iterator<Item = &'e (usize, usize)>,
    ) -> Option<(usize, &[Alias])> {
        let mut key = String::new();
        let mut done = 0;
        let mut found = None;
        for &(count, end) in ends.take_while(|(_, end)| *end <= 4) {
            for part in &parts[done..end] {
                let mut lower = String::new();
                fold::push_lower(&part.text, &mut lower);
                key.push_str(&transliterate::key(&lower));
                if done == 0 && !self.sound_starts.contains(&key) {
                    return None;
                }
                done += 1;
            }
            if let Some(aliases) = self.sounds.get(&key).filter(|_| parts[end - 1].capital) {
                found = Some((count, aliases.as_slice()));
            }
        }
        found
    }
}

/// "POUTINE" and "poutine" give "Poutine".
fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    let mut out: String = first.collect();
    fold::push_lower(chars.as_str(), &mut out);
    out
}

/// Strong meanings first, then listed ones; several strong ones make each other weak.
fn rank(aliases: &mut [Alias]) {
    if aliases.iter().filter(|a| !a.weak).count() > 1 {
        aliases.iter_mut().for_each(|a| a.weak = true);
    }
    aliases.sort_by_key(|a| (a.weak, !a.listed, a.entity));
}

/// Index for names that somebody typed, folded: what is most likely meant comes first.
pub(super) struct Finder {
    names: FxHashMap<String, Vec<(Rank, EntityId)>>,
}

/// How well a name names an entity; the least is the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Label,
    Alias,
    Surname,
}

impl Finder {
    fn build(entities: &Entities) -> Self {
        let mut finder = Self {
            names: FxHashMap::default(),
        };
        finder.names.reserve(10_000);
        for (id, entity) in entities.iter() {
            for (name, generated) in names(entity) {
                let rank = match name.as_ref() {
                    _ if generated => Rank::Surname,
                    name if name == entity.fr || name == entity.en => Rank::Label,
                    _ => Rank::Alias,
                };
                let key = fold::fold(&name);
                let bare = fold::without_article(&key);
                if bare != key {
                    finder.add(bare.to_owned(), Rank::Surname, id);
                }
                finder.add(key, rank, id);
            }
        }
        finder.names.values_mut().for_each(|found| found.sort());
        finder
    }

    fn add(&mut self, key: String, rank: Rank, id: EntityId) {
        let found = self.names.entry(key).or_default();
        match found.iter_mut().find(|(_, known)| *known == id) {
            Some(old) => old.0 = old.0.min(rank),
            None => found.push((rank, id)),
        }
    }
}

impl Entities {
    fn scan(&self) -> &Scan {
        self.scan.get_or_init(|| Scan::build(self))
    }

    /// The entities that a name may mean: a Wikidata item, or a name in any language, best first.
    ///
    /// Case, accents, apostrophes, hyphens and a leading article do not count. Names that only sound alike
    /// ("Zelenskiy") are tried when nothing else fits. Empty when the name is unknown.
    pub fn find(&self, name: &str) -> Vec<EntityId> {
        if let Some(id) = self.by_key(name.trim()) {
            return vec![id];
        }
        let finder = self.finder.get_or_init(|| Finder::build(self));
        let folded = fold::fold(name);
        for key in [folded.as_str(), fold::without_article(&folded)] {
            if let Some(found) = finder.names.get(key) {
                return found.iter().map(|(_, id)| *id).collect();
            }
        }
        let alike = self.scan().sounds.get(&transliterate::key(&folded));
        alike
            .into_iter()
            .flatten()
            .map(|alias| alias.entity)
            .collect()
    }

    /// The longest name that starts with the first of `words`: how many words it takes, and what it may mean.
    ///
    /// `words` are the words of a text in order, as they are written, from some word to the end of its sentence (a
    /// few more do no harm). Elided words may stand alone ("l'") or not. Names of one word must have the case of
    /// the table ("UE", not "ue"), longer ones a capital where their last capital is; accents, apostrophes and
    /// hyphens do not count. What is most likely meant comes first: "Macron" is Emmanuel before it is Brigitte.
    /// Quotation marks inside a name are passed over, other punctuation ends it.
    pub fn match_at(&self, words: &[&str]) -> Option<(usize, &[Alias])> {
        let scan = self.scan();
        let mut parts: Vec<Part> = fold::parts(words.first()?);
        let mut start = String::new();
        fold::push_lower(&parts.first()?.text, &mut start);
        let known = scan.starts.get(&start).copied().unwrap_or(0) as usize;
        let capital = parts.iter().any(|p| p.capital);
        if known == 0 && !capital {
            return None;
        }
        // Number of parts after each word that ends a candidate.
        let mut ends = vec![(1, parts.len())];
        for (index, word) in words.iter().enumerate().skip(1) {
            if parts.len() >= known.max(4) {
                break;
            }
            let more = fold::parts(word);
            if more.is_empty() {
                match *word {
                    "«" | "»" | "“" | "”" | "\"" => continue,
                    _ => break,
                }
            }
            parts.extend(more);
            ends.push((index + 1, parts.len()));
        }
        let exact = ends
            .iter()
            .rev()
            .filter(|(_, end)| *end <= known)
            .find_map(|&(count, end)| {
                let bucket = scan.bucket(&scan_key(&parts[..end]), &parts[..end])?;
                Some((with_closing_mark(words, count), bucket.aliases.as_slice()))
            });
        if !capital {
            return exact;
        }
        // A person's name in another spelling, if it is longer than what was found.
        let beyond = exact.map_or(0, |(count, _)| count);
        let alike = scan.alike(&parts, ends.iter().filter(|(count, _)| *count > beyond));
        alike.or(exact)
    }
}

/// Takes the closing mark of a name that ends in quotation marks: "Légion « Liberté »".
fn with_closing_mark(words: &[&str], count: usize) -> usize {
    let open = words[..count]
        .iter()
        .filter(|w| matches!(**w, "«" | "“"))
        .count();
    let closed = words[..count]
        .iter()
        .filter(|w| matches!(**w, "»" | "”"))
        .count();
    let next = words.get(count).is_some_and(|w| matches!(*w, "»" | "”"));
    count + usize::from(open > closed && next)
}
