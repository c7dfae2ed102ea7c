//! Who held an office at a date.
//!
//! Titles are written in many ways: "la présidente de la République française", "le président français", "le chef
//! de l'État". Each becomes one key: known names give way to their entities, countries are taken out, words are
//! made masculine, articles and prepositions fall, and `src/language/fr/role_synonyms.tsv` joins what is left.

use super::role::{self, Roles};
use super::{Entities, EntityId, EntityKind, NameWord, Office, fold};
use crate::date::PartialDate;
use crate::table::{Fault, TableError, rows};
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::OnceCell;

const SYNONYMS: &str = "src/language/fr/role_synonyms.tsv";

/// Words without weight in a title; "republique" and "federal" only say what kind of state it is.
const LIGHT: &[&str] =
    &["l", "le", "la", "les", "d", "de", "du", "des", "a", "au", "aux", "en", "republique", "federal", "federale"];

/// A title in its one form, and the country that it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Title {
    /// Words and entity keys, each with a space behind it.
    pub words: String,
    pub country: Option<EntityId>,
}

impl Title {
    /// The key of the institution that the words name.
    pub fn institution(&self) -> Option<&str> {
        self.words.split(' ').find_map(|word| word.strip_prefix(MARK))
    }

    /// The words that name no institution, in the order of the alphabet.
    pub fn wording(&self) -> String {
        in_order(self.words.split(' ').filter(|word| !word.starts_with(MARK)))
    }

    /// Whether the words name an institution themselves ("secrétaire général de l'OTAN"): then no country counts.
    pub fn names_institution(&self) -> bool {
        self.words.contains(MARK)
    }
}

/// Before an entity's key in a title, so that no word is taken for one.
const MARK: &str = "@";

/// That somebody held an office.
#[derive(Debug, Clone, Copy)]
pub(super) struct Held<Who> {
    pub by: Who,
    pub from: Option<PartialDate>,
    pub until: Option<PartialDate>,
}

/// The same of an entity of the table, and in which country.
struct HeldIn {
    country: Option<EntityId>,
    held: Held<EntityId>,
}

/// A way to say an office: "chef de la diplomatie", in some country or any.
struct Synonym {
    country: Option<EntityId>,
    office: Title,
}

/// Offices by the words of their titles.
pub(super) struct Holders {
    held: FxHashMap<String, Vec<HeldIn>>,
    synonyms: FxHashMap<String, Vec<Synonym>>,
    /// The first words of both.
    starts: FxHashSet<String>,
}

impl Holders {
    pub(super) fn build(entities: &Entities) -> Result<Self, TableError> {
        let mut holders =
            Self { held: FxHashMap::default(), synonyms: FxHashMap::default(), starts: FxHashSet::default() };
        let text = include_str!("../language/fr/role_synonyms.tsv");
        for (line, [role, condition, office, country]) in
            rows(SYNONYMS, text, ["role", "if_country", "office", "country"])?
        {
            let wrong = |fault| TableError { table: SYNONYMS, line, fault };
            let known = |key: &str| match key {
                "" => Ok(None),
                _ => entities.by_key(key).map(Some).ok_or_else(|| wrong(Fault::Unknown(key.to_owned()))),
            };
            for (column, cell) in [("role", role), ("office", office)] {
                if cell.is_empty() {
                    return Err(wrong(Fault::Empty(column)));
                }
            }
            let mut office = entities.title(office);
            office.country = known(country)?.or(office.country);
            let synonym = Synonym { country: known(condition)?, office };
            holders.synonyms.entry(entities.title(role).words).or_default().push(synonym);
        }
        // Many have held the same office.
        let mut titles: FxHashMap<&str, Title> = FxHashMap::default();
        for (by, entity) in entities.iter() {
            for office in &entity.offices {
                let title = titles.entry(&office.title).or_insert_with(|| entities.title(&office.title)).clone();
                let title = holders.resolve(title, entity.country);
                let country = title.country.or(entity.country);
                let held = Held { by, from: office.from, until: office.until };
                holders.held.entry(title.words).or_default().push(HeldIn { country, held });
            }
        }
        let titles = holders.held.keys().chain(holders.synonyms.keys());
        holders.starts = titles.filter_map(|words| words.split(' ').next()).map(str::to_owned).collect();
        Ok(holders)
    }

    /// The office that a title stands for; `country` is the title's if it names none itself.
    pub(super) fn resolve(&self, mut title: Title, country: Option<EntityId>) -> Title {
        let place = title.country.or(country);
        let Some(synonyms) = self.synonyms.get(&title.words) else {
            return title;
        };
        let fitting = synonyms
            .iter()
            .find(|s| s.country.is_some() && s.country == place)
            .or_else(|| synonyms.iter().find(|s| s.country.is_none()));
        if let Some(synonym) = fitting {
            title.words = synonym.office.words.clone();
            title.country = synonym.office.country.or(title.country);
        }
        title
    }
}

impl Office {
    /// Whether it may have been held on the day, as far as its dates tell.
    pub(super) fn may_be_held(&self, on: PartialDate) -> bool {
        may_hold(self.from, self.until, on.first_day(), on.last_day())
    }
}

/// Whether an office was held on some day of an interval, as far as its dates tell.
fn may_hold(from: Option<PartialDate>, until: Option<PartialDate>, first: Date, last: Date) -> bool {
    from.is_none_or(|from| from.first_day() <= last) && until.is_none_or(|until| until.last_day() >= first)
}

impl<Who> Held<Who> {
    /// Whether it may have been on some day of the interval, if one is given.
    pub fn is_possible(&self, on: Option<PartialDate>) -> bool {
        on.is_none_or(|on| may_hold(self.from, self.until, on.first_day(), on.last_day()))
    }

    /// Whether it was so on every day of the interval for certain.
    fn is_certain(&self, on: PartialDate) -> bool {
        self.from.is_some_and(|from| from.last_day() <= on.first_day())
            && self.until.is_none_or(|until| until.first_day() > on.last_day())
    }
}

/// The one who held an office at a date, or the only one of any time without one; `None` if that was nobody, or several.
pub(super) fn holder<Who: Copy + PartialEq>(held: &[Held<Who>], on: Option<PartialDate>) -> Option<Who> {
    let possible = only(held.iter().filter(|held| held.is_possible(on)).map(|held| held.by));
    // A year's change of office leaves both possible; one who held it for certain then is still the answer.
    possible.or_else(|| only(held.iter().filter(|held| on.is_some_and(|on| held.is_certain(on))).map(|held| held.by)))
}

/// The words of a title that have weight: folded, masculine, in the order of the alphabet. No table of entities has a say in
/// it, so that a knowledge base can be asked whichever it was made with.
pub(super) fn wording(title: &str) -> String {
    let folded: Vec<String> = title_words(title).map(|word| fold::fold(&Roles::embedded().masculine(word))).collect();
    in_order(folded.iter().flat_map(|word| word.split(' ')).filter(|word| !LIGHT.contains(word)))
}

/// Words in the order of the alphabet, with a space between.
pub(super) fn in_order<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let mut words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.sort_unstable();
    words.join(" ")
}

/// The words of a title as it is written.
pub(super) fn title_words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| c.is_whitespace() || matches!(c, '\'' | '’' | '(' | ')' | ',')).filter(|word| !word.is_empty())
}

/// The one of several holders; `None` for none or several.
fn only<Who: PartialEq>(mut holders: impl Iterator<Item = Who>) -> Option<Who> {
    let first = holders.next()?;
    holders.all(|other| other == first).then_some(first)
}

impl Entities {
    /// The one who held an office at a date; `None` when nobody known did, or several.
    ///
    /// The role may name its country or institution itself ("président français", "secrétaire général de l'OTAN")
    /// or leave it to `country`. Gender, case and accents do not count, synonyms do ("chef de la diplomatie").
    /// Without a date the answer is the only holder that the table knows, of any time. A role that is over or to
    /// come ("ancien président") has no holder.
    pub fn office_holder(&self, role: &str, country: Option<EntityId>, on: Option<PartialDate>) -> Option<EntityId> {
        holder(&self.holders_in_table(role, country), on)
    }

    /// All of the table who held an office, whenever that was.
    pub(super) fn holders_in_table(&self, role: &str, country: Option<EntityId>) -> Vec<Held<EntityId>> {
        let holders = self.holders();
        if role::is_not_now(role) || !self.may_be_title(role, &holders.starts) {
            return Vec::new();
        }
        let title = holders.resolve(self.title(role), country);
        let country = title.country.or(country).filter(|_| !title.names_institution());
        let all = holders.held.get(&title.words).map_or(&[][..], Vec::as_slice);
        let there = all.iter().filter(|held| country.is_none() || held.country == country);
        there.map(|held| held.held).collect()
    }

    /// Whether a title tells where or of what it is: "président français", "patron de l'OTAN".
    pub fn names_place_or_body(&self, title: &str) -> bool {
        let title = self.holders().resolve(self.title(title), None);
        title.country.is_some() || title.names_institution()
    }

    pub(super) fn holders(&self) -> &Holders {
        let build = || Holders::build(self).expect("a test proves that every row of the embedded table is good");
        self.offices.get_or_init(build)
    }

    /// Whether the first word, if it is no name, is one of those with which titles begin: few roles are offices.
    fn may_be_title(&self, text: &str, starts: &FxHashSet<String>) -> bool {
        let first = title_words(text).next().filter(|word| !word.starts_with(char::is_uppercase));
        let Some(first) = first.filter(|word| self.demonym(word).is_none()) else { return true };
        let folded = fold::fold(&Roles::embedded().masculine(first));
        folded.split(' ').find(|w| !LIGHT.contains(w)).is_none_or(|word| starts.contains(word))
    }

    /// A title in its one form, before synonyms.
    pub(super) fn title(&self, text: &str) -> Title {
        let words: Vec<&str> = title_words(text).collect();
        let mut title = Title { words: String::with_capacity(text.len()), country: None };
        let names: Vec<OnceCell<NameWord>> = vec![OnceCell::new(); words.len()];
        let name = |i: usize| Some(names.get(i)?.get_or_init(|| self.name_word(words[i])));
        let mut folded = String::new();
        let mut at = 0;
        while let Some(word) = words.get(at) {
            let is_name = word.starts_with(char::is_uppercase);
            if let Some((count, entity)) = if is_name { self.named(|n| name(at + n)) } else { None } {
                at += count;
                match self.get(entity).kind {
                    EntityKind::Country => title.country = title.country.or(Some(entity)),
                    _ => title.words.extend([MARK, self.get(entity).key.as_str(), " "]),
                }
                continue;
            }
            if let Some(demonym) = self.demonym(word) {
                title.country = title.country.or(Some(demonym.country));
            } else {
                fold::fold_into(&Roles::embedded().masculine(word), &mut folded);
                let weighty = folded.split(' ').filter(|w| !LIGHT.contains(w));
                weighty.for_each(|word| title.words.extend([word, " "]));
            }
            at += 1;
        }
        title
    }

    /// A country, place or organisation with a proper name that is named for certain at `word(0)`, a capitalised word.
    /// Common names ("ministère russe des Affaires étrangères") stay words.
    fn named<'w>(&self, word: impl Fn(usize) -> Option<&'w NameWord>) -> Option<(usize, EntityId)> {
        let (count, aliases) = self.longest_name(word)?;
        let best = aliases.first().filter(|alias| !alias.weak)?;
        let fits =
            matches!(self.get(best.entity).kind, EntityKind::Country | EntityKind::Place | EntityKind::Organisation);
        fits.then_some((count, best.entity))
    }
}
