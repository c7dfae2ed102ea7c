//! Names in the words of a text: [`Entities::match_at`].

use super::fold::{self, Part};
use super::given_name::is_first_name;
use super::{Entities, Entity, EntityId, EntityKind, transliterate};
use rustc_hash::{FxHashMap, FxHashSet};

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

/// Names that are ordinary words as well, so that they need more than their capital.
const ORDINARY: &str = include_str!("../language/fr/ordinary_names.tsv");

/// Longest name that is looked for, in parts.
const LONGEST: usize = 14;

/// Longest name that is tried in other spellings, in parts.
const LONGEST_ALIKE: usize = 4;

/// Index of all names as texts write them.
pub(super) struct Scan {
    /// Key (see [`key_of`]) to its place in `buckets`.
    names: FxHashMap<String, u32>,
    buckets: Vec<Bucket>,
    /// First part in lower case to the greatest number of parts of a name that starts with it.
    starts: FxHashMap<String, u8>,
    /// Persons under the transliteration keys of their names.
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
fn key_of(parts: &[Part]) -> String {
    let [only] = parts else {
        let mut key = String::new();
        for part in parts {
            if !key.is_empty() {
                key.push(' ');
            }
            fold::push_lower(&part.text, &mut key);
        }
        return key;
    };
    only.text.clone()
}

/// "POUTINE" and "poutine" give "Poutine".
fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    let mut out: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
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

impl Scan {
    fn build(entities: &Entities) -> Self {
        let ordinary = ORDINARY.lines().filter(|line| !line.starts_with('#')).collect();
        let mut scan = Self {
            names: FxHashMap::default(),
            buckets: Vec::with_capacity(12_000),
            starts: FxHashMap::default(),
            sounds: FxHashMap::default(),
            sound_starts: FxHashSet::default(),
        };
        scan.names.reserve(12_000);
        for (id, entity) in entities.iter().filter(|(_, e)| e.kind != EntityKind::Authority) {
            scan.add_entity(entities, id, entity, &ordinary);
        }
        scan.buckets.iter_mut().for_each(|bucket| rank(&mut bucket.aliases));
        scan.sounds.values_mut().for_each(|aliases| rank(aliases));
        scan
    }

    fn add_entity(&mut self, entities: &Entities, id: EntityId, entity: &Entity, ordinary: &FxHashSet<&str>) {
        let person = entity.kind == EntityKind::Person;
        let names = entities.names(entity);
        let surnames: Vec<String> = match person {
            true => names.iter().filter(|n| !n.listed).map(|n| fold::fold(&n.text)).collect(),
            false => Vec::new(),
        };
        let other_letters = person && transliterate::concerns(entities.country_key(entity));
        for name in &names {
            let parts = fold::parts(&name.text);
            let common_word = ordinary.contains(name.text.as_ref());
            if parts.is_empty() || parts.len() > LONGEST || (common_word && !name.listed) {
                continue;
            }
            let one_word = !name.text.contains(' ');
            // A concept's name is a common noun: it may stand at the start of a sentence or not.
            let common_noun = entity.kind == EntityKind::Concept && parts.len() == 1 && !parts[0].capital;
            let weak = common_word
                || common_noun
                || (!name.listed && parts.len() == 1)
                || (person && (one_word || surnames.contains(&fold::fold(&name.text))));
            let alias = Alias { entity: id, weak, listed: name.listed };
            if other_letters && parts.iter().all(|p| p.text.is_ascii()) {
                self.add_sound(&fold::fold(&name.text), alias);
            }
            if common_noun {
                let text = capitalised(&parts[0].text);
                self.add(&[Part { text, capital: true }], alias);
            }
            self.add(&parts, alias);
        }
    }

    fn add(&mut self, parts: &[Part], alias: Alias) {
        let mut start = String::new();
        fold::push_lower(&parts[0].text, &mut start);
        let length = self.starts.entry(start).or_default();
        *length = (*length).max(parts.len() as u8);
        let last_capital = parts.iter().rposition(|p| p.capital);
        let capital = last_capital.filter(|_| parts.len() > 1).map(|p| p as u8);
        let next = self.buckets.len() as u32;
        let bucket = *self.names.entry(key_of(parts)).or_insert(next);
        let Some(bucket) = self.buckets.get_mut(bucket as usize) else {
            self.buckets.push(Bucket { aliases: vec![alias], capital });
            return;
        };
        bucket.capital = bucket.capital.and(capital);
        match bucket.aliases.iter_mut().find(|a| a.entity == alias.entity) {
            Some(old) => {
                old.weak &= alias.weak;
                old.listed |= alias.listed;
            }
            None => bucket.aliases.push(alias),
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

    /// What the parts mean as they are, with the rule that a name in capitals may be a headline's.
    fn exact(&self, parts: &[Part]) -> Option<&[Alias]> {
        let found = self.names.get(&key_of(parts)).or_else(|| match parts {
            [only] if only.text.chars().count() > 3 && only.text.chars().all(char::is_uppercase) => {
                self.names.get(&capitalised(&only.text))
            }
            _ => None,
        });
        let bucket = &self.buckets[*found? as usize];
        let fits = bucket.capital.is_none_or(|i| parts[i as usize].capital);
        fits.then_some(bucket.aliases.as_slice())
    }

    /// The longest person's name in another spelling; `ends` are counts of words and of parts.
    fn alike<'e>(&self, parts: &[Part], ends: impl Iterator<Item = &'e (usize, usize)>) -> Option<(usize, &[Alias])> {
        let mut key = String::new();
        let mut done = 0;
        let mut found = None;
        for &(count, end) in ends.take_while(|(_, end)| *end <= LONGEST_ALIKE) {
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

impl Entities {
    fn scan(&self) -> &Scan {
        self.scan.get_or_init(|| Scan::build(self))
    }

    /// Persons whose names have this transliteration key.
    pub(super) fn alike(&self, key: &str) -> &[Alias] {
        self.scan().sounds.get(key).map_or(&[], Vec::as_slice)
    }

    /// The longest name that starts with the first of `words`: how many words it takes, and what it may mean.
    ///
    /// `words` are the words of a text in order, as they are written, from some word to the end of its sentence (a
    /// few more do no harm). Elided words may stand alone ("l'") or not. Names of one word must have the case of
    /// the table ("UE", not "ue"), longer ones a capital where their last capital is; accents, apostrophes and
    /// hyphens do not count. What is most likely meant comes first: "Macron" is Emmanuel before it is Brigitte.
    /// A given name before a capital is no surname ("Michel Untel"). Quotation marks that open inside a name are
    /// passed over, other punctuation ends it.
    pub fn match_at(&self, words: &[&str]) -> Option<(usize, &[Alias])> {
        let scan = self.scan();
        // Most words of a text begin no name, and show it at a glance.
        let plain = words.first()?.bytes().all(|byte| byte.is_ascii_lowercase());
        if plain && !scan.starts.contains_key(words[0]) {
            return None;
        }
        let mut parts: Vec<Part> = fold::parts(words[0]);
        let mut start = String::new();
        fold::push_lower(&parts.first()?.text, &mut start);
        let known = scan.starts.get(&start).copied().unwrap_or(0) as usize;
        let capital = parts.iter().any(|p| p.capital);
        if known == 0 && !capital {
            return None;
        }
        // After each word that may end a name: the number of words, and of their parts.
        let mut ends = vec![(1, parts.len())];
        let mut quoted = false;
        for (index, word) in words.iter().enumerate().skip(1) {
            if parts.len() >= known.max(LONGEST_ALIKE) {
                break;
            }
            match *word {
                "«" | "“" => quoted = true,
                "»" | "”" if quoted => {}
                _ => {
                    let more = fold::parts(word);
                    if more.is_empty() {
                        break;
                    }
                    parts.extend(more);
                    ends.push((index + 1, parts.len()));
                }
            }
        }
        let exact = ends
            .iter()
            .rev()
            .filter(|(_, end)| *end <= known)
            .find_map(|&(count, end)| Some((with_closing_mark(words, count), scan.exact(&parts[..end])?)));
        let beyond = exact.map_or(0, |(count, _)| count);
        let alike = || scan.alike(&parts, ends.iter().filter(|(count, _)| *count > beyond));
        let found = capital.then(alike).flatten().or(exact)?;
        let strangers = found.0 == 1 && self.starts_other_name(words, found.1);
        (!strangers).then_some(found)
    }

    /// Whether a one-word name of a person is a given name here, and another's surname follows.
    fn starts_other_name(&self, words: &[&str], aliases: &[Alias]) -> bool {
        let capital = |word: &&str| word.starts_with(char::is_uppercase);
        aliases.iter().all(|a| a.weak && self.get(a.entity).kind == EntityKind::Person)
            && words.get(1).is_some_and(capital)
            && is_first_name(words[0])
    }
}

/// Takes the closing mark of a name that ends in quotation marks: "Légion « Liberté »".
fn with_closing_mark(words: &[&str], count: usize) -> usize {
    let marks = |wanted: [&str; 2]| words[..count].iter().filter(|w| wanted.contains(*w)).count();
    let open = marks(["«", "“"]) > marks(["»", "”"]);
    let closes = words.get(count).is_some_and(|w| matches!(*w, "»" | "”"));
    count + usize::from(open && closes)
}
