//! Functions and trades: "président", "porte-parole", "ministre des Affaires étrangères".

use super::trie::{ROOT, Trie};
use super::{Gender, fold};
use crate::language::Language;
use crate::table::{Fault, TableError, rows};
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::LazyLock;

const TABLE: &str = "src/language/fr/roles.tsv";

/// Words before a role that say that it is over or to come.
const NOT_NOW: &[&str] = &[
    "ex",
    "ancien",
    "ancienne",
    "anciens",
    "anciennes",
    "futur",
    "future",
    "futurs",
    "futures",
    "former",
    "onetime",
    "then",
    "ousted",
];

/// What the words of a role say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleInfo {
    /// Class of the table: `head`, `gov`, `intl`, `spokes`, `diplo`, `mil`, `honorific`, `people`, …
    pub class: &'static str,
    /// `None` when the form serves both ("ministre").
    pub gender: Option<Gender>,
    /// Whether the form is only a plural.
    pub plural: bool,
    /// Masculine singular, as the table has it.
    pub lemma: &'static str,
    /// Whether the word alone is as often an adjective or a common noun ("général", "militaire").
    pub adjective_too: bool,
    /// Whether a word before it says that it is not held now ("ancien", "ex-", "futur").
    pub not_now: bool,
}

/// The roles of a language.
pub struct Roles {
    /// By the parts of their words.
    forms: Trie<RoleInfo>,
    /// Feminine word to masculine, in lower case: "première" to "premier".
    masculine: FxHashMap<String, String>,
}

static FRENCH: LazyLock<Roles> =
    LazyLock::new(|| read().expect("a test proves that every row of the embedded table is good"));
static ENGLISH: LazyLock<Roles> =
    LazyLock::new(|| read_english().expect("a test proves that every row of the embedded table is good"));

fn read() -> Result<Roles, TableError> {
    let text = include_str!("../language/fr/roles.tsv");
    let columns = ["masculine", "feminine", "masculine_plural", "feminine_plural", "class", "adjective_too"];
    let mut roles = Roles { forms: Trie::with_capacity(2_000), masculine: FxHashMap::default() };
    for (line, [m, f, ms, fs, class, adjective]) in rows(TABLE, text, columns)? {
        let wrong = |fault| TableError { table: TABLE, line, fault };
        for (column, cell) in columns.iter().zip([m, f, ms, fs, class]) {
            if cell.is_empty() {
                return Err(wrong(Fault::Empty(column)));
            }
        }
        if !matches!(adjective, "" | "yes") {
            return Err(wrong(Fault::Value {
                column: "adjective_too",
                value: adjective.into(),
                allowed: "yes, nothing",
            }));
        }
        let pairs = m.split_whitespace().zip(f.split_whitespace());
        for (his, hers) in pairs.filter(|(his, hers)| his != hers && class != "honorific") {
            roles.masculine.entry(hers.to_lowercase()).or_insert_with(|| his.to_lowercase());
        }
        let info = |gender, plural| RoleInfo {
            class,
            gender,
            plural,
            lemma: m,
            adjective_too: adjective == "yes",
            not_now: false,
        };
        let gender = |this: &str, other: &str, gender| (this != other).then_some(gender);
        for (form, info) in [
            (m, info(gender(m, f, Gender::Masculine), false)),
            (f, info(gender(f, m, Gender::Feminine), false)),
            (ms, info(gender(ms, fs, Gender::Masculine), true)),
            (fs, info(gender(fs, ms, Gender::Feminine), true)),
        ] {
            let parts: Vec<_> = parts(form).collect();
            roles.forms.entry(parts.iter().map(AsRef::as_ref)).get_or_insert(info);
        }
    }
    Ok(roles)
}

/// The English roles: a form, its plural, what the role is called in French, its class, and the gender that the form tells.
fn read_english() -> Result<Roles, TableError> {
    const TABLE: &str = "src/language/en/roles.tsv";
    let columns = ["singular", "plural", "lemma", "class", "gender"];
    let mut roles = Roles { forms: Trie::with_capacity(2_000), masculine: FxHashMap::default() };
    for (line, [singular, plural, lemma, class, gender]) in
        rows(TABLE, include_str!("../language/en/roles.tsv"), columns)?
    {
        let wrong = |fault| TableError { table: TABLE, line, fault };
        for (column, cell) in columns.iter().zip([singular, plural, lemma, class]) {
            if cell.is_empty() {
                return Err(wrong(Fault::Empty(column)));
            }
        }
        let gender = match gender {
            "" => None,
            "masculine" => Some(Gender::Masculine),
            "feminine" => Some(Gender::Feminine),
            _ => {
                let allowed = "masculine, feminine, nothing";
                return Err(wrong(Fault::Value { column: "gender", value: gender.into(), allowed }));
            }
        };
        for (form, plural) in [(singular, false), (plural, true)] {
            let info = RoleInfo { class, gender, plural, lemma, adjective_too: false, not_now: false };
            let parts: Vec<_> = parts(form).collect();
            roles.forms.entry(parts.iter().map(AsRef::as_ref)).get_or_insert(info);
        }
    }
    Ok(roles)
}

/// Runs of letters, in lower case, accents kept: "vice-président" has two.
fn parts(word: &str) -> impl Iterator<Item = Cow<'_, str>> {
    word.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).map(fold::lower)
}

/// Whether a role starts with a word that says that it is over or to come ("ancien président", "ex-ministre").
pub(super) fn is_not_now(role: &str) -> bool {
    parts(role).next().is_some_and(|first| NOT_NOW.contains(&first.as_ref()))
}

impl Roles {
    /// The masculine of a word of some role, in lower case; any other word as it is.
    pub(super) fn masculine<'a>(&'a self, word: &'a str) -> Cow<'a, str> {
        let lower = fold::lower(word);
        self.masculine.get(lower.as_ref()).map_or(lower, |masculine| masculine.as_str().into())
    }

    /// The French roles, by which offices are named.
    pub fn embedded() -> &'static Roles {
        &FRENCH
    }

    /// The roles of a language, from the tables in the program.
    pub fn of(language: Language) -> &'static Roles {
        match language {
            Language::French => &FRENCH,
            Language::English => &ENGLISH,
        }
    }

    /// Whether a role, or a word before one, begins with the word.
    pub fn may_begin(&self, word: &str) -> bool {
        let begins = |part: &str| self.forms.step(ROOT, self.forms.part(part)).is_some() || NOT_NOW.contains(&part);
        if fold::is_small_word(word) {
            return begins(word);
        }
        parts(word).next().is_some_and(|first| begins(&first))
    }

    /// The longest role that starts with the first of `words`, and how many of them it takes.
    ///
    /// Case does not count, accents do; "ancien", "ex-" and the like before the role belong to it. Elided words may
    /// stand alone ("l'") or not. Honorifics ("M.", "Mme") need their capital.
    pub fn role_at<'w>(&self, words: impl IntoIterator<Item = &'w str>) -> Option<(usize, RoleInfo)> {
        let mut found = None;
        let mut at = ROOT;
        let (mut not_now, mut capital) = (false, false);
        for (index, word) in words.into_iter().enumerate() {
            capital |= index == 0 && word.starts_with(char::is_uppercase);
            let before = at;
            for part in parts(word) {
                if at == ROOT && NOT_NOW.contains(&part.as_ref()) {
                    not_now = true;
                    continue;
                }
                match self.forms.step(at, self.forms.part(&part)) {
                    Some(longer) => at = longer,
                    None => return found,
                }
            }
            if before == at && !(not_now && at == ROOT) {
                break;
            }
            if let Some(info) = self.forms.value(at)
                && (info.class != "honorific" || capital)
            {
                found = Some((index + 1, RoleInfo { not_now, ..*info }));
            }
        }
        found
    }
}
