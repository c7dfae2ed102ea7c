//! Names in the words of a text: [`Entities::match_at`].

use super::fold;
use super::trie::{ROOT, Trie};
use super::{Entities, Entity, EntityId, EntityKind, Gender, given_name, transliterate};
use crate::interner::Interner;
use rustc_hash::FxHashSet;
use std::borrow::Cow;
use std::ops::Deref;

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

/// Room for so many names is made at once.
const MOST_NAMES: usize = 6_000;

/// Longest name that is looked for, in parts.
const LONGEST: usize = 14;

/// Longest name that is tried in other spellings, in parts.
const LONGEST_ALIKE: usize = 4;

/// Longest small word within a name in another spelling, in bytes.
const LONGEST_PARTICLE: usize = 4;

/// Index of all names as texts write them.
pub(super) struct Scan {
    /// Names of one part, their letters with their case ("UE" is not "ue"), and the buckets of each.
    single: Interner,
    single_buckets: Vec<u32>,
    /// Names of several parts, in lower case.
    several: Trie<u32>,
    /// To these the names lead.
    buckets: Vec<Bucket>,
    /// Persons under the transliteration keys of the parts of their names.
    sounds: Trie<Vec<Alias>>,
}

/// All that one name may mean.
struct Bucket {
    aliases: Vec<Alias>,
    /// The part that must have a capital in the text, for names of several parts that have one.
    capital: Option<u8>,
}

/// What a word of a text may be in a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameWord {
    /// Its parts; none of them if some part is in no name.
    parts: Parts,
    /// The beginning of longer names that its parts are, and of names in other spellings.
    several: Option<u32>,
    sounds: Option<u32>,
    /// The place of the names that the word alone is.
    single: Option<u32>,
    /// Whether the word alone is a name, in whatever spelling.
    whole: bool,
    /// Whether it begins with a capital.
    capital: bool,
    /// Whether it is a given name, and the gender that it tells as one.
    given: Option<Option<Gender>>,
    /// Whether it is a letter alone, which a full stop may follow: "George W. Bush".
    initial: bool,
    mark: Option<Mark>,
}

impl NameWord {
    /// Whether the word is in no name whatever: then only its capital tells it from others.
    pub fn is_plain(&self) -> bool {
        let Self { parts, several, sounds, single, whole, capital: _, given, initial, mark } = self;
        parts.is_empty()
            && [several, sounds, single].iter().all(|number| number.is_none())
            && given.is_none()
            && mark.is_none()
            && !(*whole || *initial)
    }

    /// Of a given name: the gender that it tells, if it tells one.
    pub fn given(&self) -> Option<Option<Gender>> {
        self.given
    }
}

/// The parts of a word: there is seldom more than one.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Parts {
    None,
    One(NamePart),
    Several(Vec<NamePart>),
}

impl Parts {
    fn push(&mut self, part: NamePart) {
        match self {
            Self::None => *self = Self::One(part),
            Self::One(first) => *self = Self::Several(vec![*first, part]),
            Self::Several(parts) => parts.push(part),
        }
    }
}

impl Deref for Parts {
    type Target = [NamePart];

    fn deref(&self) -> &[NamePart] {
        match self {
            Self::None => &[],
            Self::One(part) => std::slice::from_ref(part),
            Self::Several(parts) => parts,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct NamePart {
    /// Its number among the parts of names, and of names in other spellings.
    several: Option<u32>,
    sound: Option<u32>,
    capital: bool,
}

/// Marks that may stand within a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Opening,
    Closing,
    Stop,
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
            single: Interner::with_capacity(MOST_NAMES),
            single_buckets: Vec::with_capacity(MOST_NAMES),
            several: Trie::with_capacity(MOST_NAMES),
            buckets: Vec::with_capacity(2 * MOST_NAMES),
            sounds: Trie::with_capacity(MOST_NAMES / 4),
        };
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
        let (mut folded, mut cased) = (String::new(), String::new());
        for name in &names {
            fold::fold_into(&name.text, &mut folded);
            let (mut length, mut last_capital) = (0, None);
            fold::each_part(&name.text, |part, capital| {
                if length == 0 {
                    cased.clear();
                    cased.push_str(part);
                }
                last_capital = if capital { Some(length) } else { last_capital };
                length += 1;
            });
            let common_word = ordinary.contains(name.text.as_ref());
            if length == 0 || usize::from(length) > LONGEST || (common_word && !name.listed) {
                continue;
            }
            let one_word = !name.text.contains(' ');
            // A concept's name is a common noun: it may stand at the start of a sentence or not.
            let common_noun = entity.kind == EntityKind::Concept && length == 1 && last_capital.is_none();
            let weak = common_word
                || common_noun
                || (!name.listed && length == 1)
                || (person && (one_word || surnames.contains(&folded)));
            let alias = Alias { entity: id, weak, listed: name.listed };
            if other_letters && folded.is_ascii() {
                self.add_sound(&folded, alias);
            }
            if common_noun {
                self.add_single(&capitalised(&cased), alias);
            }
            if length == 1 {
                self.add_single(&cased, alias);
            } else {
                let next = self.buckets.len() as u32;
                let bucket = *self.several.entry(folded.split(' ')).get_or_insert(next);
                self.add(bucket, last_capital, alias);
            }
        }
    }

    fn add_single(&mut self, part: &str, alias: Alias) {
        let number = self.single.number(part) as usize;
        if number == self.single_buckets.len() {
            self.single_buckets.push(self.buckets.len() as u32);
        }
        self.add(self.single_buckets[number], None, alias);
    }

    fn add(&mut self, bucket: u32, capital: Option<u8>, alias: Alias) {
        let Some(bucket) = self.buckets.get_mut(bucket as usize) else {
            self.buckets.push(Bucket { aliases: vec![alias], capital });
            return;
        };
        // "Nations unies" and "Nations Unies": what both have in capitals.
        bucket.capital = bucket.capital.zip(capital).map(|(one, other)| one.min(other));
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
        let same = self.sounds.entry(key.split_inclusive('$')).get_or_insert_default();
        if same.iter().all(|a| a.entity != alias.entity) {
            same.push(alias);
        }
    }

    /// What a part means as the whole of a name, with the rule that a name in capitals may be a headline's.
    fn single(&self, part: &str) -> Option<u32> {
        let headline = || part.chars().all(char::is_uppercase) && part.chars().count() > 3;
        let found = self.single.get(part);
        let number = found.or_else(|| if headline() { self.single.get(&capitalised(part)) } else { None })?;
        Some(self.single_buckets[number as usize])
    }

    fn word(&self, word: &str) -> NameWord {
        let capital = word.starts_with(char::is_uppercase);
        let (mut parts, mut count, mut single) = (Parts::None, 0, None);
        // Of names in other spellings only particles are small ("al", "ould").
        let mut heard = capital || word.len() <= LONGEST_PARTICLE;
        if !heard && !fold::is_small_word(word) {
            fold::each_part(word, |_, capital| heard |= capital);
        }
        let mut known = true;
        let mut given = None;
        fold::each_part(word, |part, is_capital| {
            count += 1;
            single = if count == 1 { self.single(part) } else { None };
            let lower = lower(part);
            given = if count == 1 && capital { given_name::look_up_folded(word, &lower) } else { None };
            let several = self.several.part(&lower);
            let sound = if heard { self.sounds.part(&transliterate::key(&lower)) } else { None };
            known &= several.is_some() || sound.is_some();
            parts.push(NamePart { several, sound, capital: is_capital });
        });
        if count > 1 && capital {
            given = given_name::look_up(word);
        }
        let parts = if known { parts } else { Parts::None };
        // Names in other spellings need their capital in the first word.
        let loud = parts.len() <= LONGEST_ALIKE && parts.iter().any(|part| part.capital);
        let begins = |at: Option<u32>| at.filter(|_| !parts.is_empty());
        let several = begins(parts.iter().try_fold(ROOT, |at, part| self.several.step(at, part.several)));
        let sounds = begins(parts.iter().try_fold(ROOT, |at, part| self.sounds.step(at, part.sound)));
        let sounds = sounds.filter(|_| loud);
        NameWord {
            single,
            whole: single.is_some()
                || several.is_some_and(|at| self.several.value(at).is_some())
                || sounds.is_some_and(|at| self.sounds.value(at).is_some()),
            several,
            sounds,
            parts,
            capital,
            given,
            initial: capital && word.chars().nth(1).is_none(),
            mark: match word {
                "«" | "“" => Some(Mark::Opening),
                "»" | "”" => Some(Mark::Closing),
                "." => Some(Mark::Stop),
                _ => None,
            },
        }
    }

    /// The longest name that starts with `word(0)`: how many words it takes, and what it may mean.
    fn longest<'w>(&self, word: impl Fn(usize) -> Option<&'w NameWord>) -> Option<(usize, &[Alias])> {
        let first = word(0)?;
        let mut exact = first.single.map(|bucket| (1, self.buckets[bucket as usize].aliases.as_slice()));
        let mut alike = None;
        let (mut several, mut sounds) = (first.several, first.sounds);
        let (mut next, mut count) = (first, 1);
        let (mut length, mut capitals, mut open) = (0, 0_u32, 0_i32);
        while several.is_some() || sounds.is_some() {
            for part in next.parts.iter() {
                capitals |= u32::from(part.capital) << length.min(31);
                length += 1;
            }
            let bucket = several.and_then(|at| self.several.value(at)).map(|bucket| &self.buckets[*bucket as usize]);
            if let Some(bucket) = bucket.filter(|b| b.capital.is_none_or(|part| capitals & 1 << part != 0)) {
                // The closing mark of a name that ends in quotation marks: "Légion « Liberté »".
                let closing = open > 0 && word(count).is_some_and(|w| w.mark == Some(Mark::Closing));
                exact = Some((count + usize::from(closing), bucket.aliases.as_slice()));
            }
            if let Some(aliases) = sounds.and_then(|at| self.sounds.value(at))
                && next.parts.last().is_some_and(|part| part.capital)
            {
                alike = Some((count, aliases.as_slice()));
            }
            let Some(after) = next_word(&word, &mut count, &mut open) else { break };
            next = after;
            for (k, part) in (length..).zip(next.parts.iter()) {
                several = several.and_then(|at| self.several.step(at, part.several));
                sounds = sounds.filter(|_| k < LONGEST_ALIKE).and_then(|at| self.sounds.step(at, part.sound));
            }
        }
        let beyond = exact.map_or(0, |(count, _)| count);
        alike.filter(|(count, _)| *count > beyond).or(exact)
    }
}

/// The next word that may be in a name, quotation marks passed over that open inside it, and the stop behind an initial.
fn next_word<'w>(
    word: impl Fn(usize) -> Option<&'w NameWord>,
    count: &mut usize,
    open: &mut i32,
) -> Option<&'w NameWord> {
    while *count < LONGEST {
        let next = word(*count)?;
        *count += 1;
        match next.mark {
            Some(Mark::Opening) => *open += 1,
            Some(Mark::Closing) if *open > 0 => *open -= 1,
            Some(Mark::Stop) if word(*count - 2).is_some_and(|before| before.initial) => {}
            _ if next.parts.is_empty() => return None,
            _ => return Some(next),
        }
    }
    None
}

fn lower(part: &str) -> Cow<'_, str> {
    if part.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return part.into();
    }
    let mut lower = String::with_capacity(part.len());
    fold::push_lower(part, &mut lower);
    lower.into()
}

impl Entities {
    fn scan(&self) -> &Scan {
        self.scan.get_or_init(|| Scan::build(self))
    }

    /// Makes the index of names now, which otherwise the first article waits for.
    pub fn prepare(&self) {
        self.scan();
    }

    /// Persons whose names have this transliteration key.
    pub(super) fn alike(&self, key: &str) -> &[Alias] {
        self.scan().sounds.get(key.split_inclusive('$')).map_or(&[], Vec::as_slice)
    }

    /// What a word of a text may be in a name; to be asked once for each word, not each time that it stands there.
    pub fn name_word(&self, word: &str) -> NameWord {
        self.scan().word(word)
    }

    /// Whether a name may begin with the word.
    pub fn may_begin_name(&self, word: &NameWord) -> bool {
        word.single.is_some() || word.several.is_some() || word.sounds.is_some()
    }

    /// Whether a name may begin with `word` where `next` follows it: without a look at more than these two.
    pub fn begins_name(&self, word: &NameWord, next: &NameWord) -> bool {
        let scan = self.scan();
        let goes_on = |part: &NamePart| {
            word.several.is_some_and(|at| scan.several.step(at, part.several).is_some())
                || word.sounds.is_some_and(|at| scan.sounds.step(at, part.sound).is_some())
        };
        word.whole || next.mark.is_some() || next.parts.first().is_some_and(goes_on)
    }

    /// The longest name that starts with the first of `words`: how many words it takes, and what it may mean.
    ///
    /// `words` are the words of a text in order, as they are written, from some word to the end of its sentence (a
    /// few more do no harm). Elided words may stand alone ("l'") or not. Names of one word must have the case of
    /// the table ("UE", not "ue"), longer ones a capital where their last capital is; accents, apostrophes and
    /// hyphens do not count. What is most likely meant comes first: "Macron" is Emmanuel before it is Brigitte.
    /// A given name before a capital is no surname ("Michel Untel"). Quotation marks that open inside a name are
    /// passed over, and the stop behind an initial; other punctuation ends it.
    pub fn match_at(&self, words: &[&str]) -> Option<(usize, &[Alias])> {
        let words: Vec<NameWord> = words.iter().map(|word| self.name_word(word)).collect();
        self.longest_name(|n| words.get(n))
    }

    /// As [`Entities::match_at`], the words having been asked for already.
    pub fn longest_name<'w>(&self, word: impl Fn(usize) -> Option<&'w NameWord>) -> Option<(usize, &[Alias])> {
        let found = self.scan().longest(&word)?;
        let strangers = found.0 == 1 && word(0)?.given.is_some() && word(1).is_some_and(|next| next.capital);
        (!(strangers && self.are_surnames(found.1))).then_some(found)
    }

    /// Whether all that is meant are persons, by a part of their names: before another's surname, it is a given name.
    fn are_surnames(&self, aliases: &[Alias]) -> bool {
        aliases.iter().all(|a| a.weak && self.get(a.entity).kind == EntityKind::Person)
    }
}
