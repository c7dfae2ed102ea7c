//! How far a statement is to be trusted: its signs, each with a weight from `confidence.tsv`.
//!
//! The weights are log-odds: their sum with the base gives the confidence by the logistic function. They are fitted on
//! statements that people have judged (`cargo run --example calibrate` says how), not set by hand.

use super::resolution::Step;
use super::statement::{ActorKind, Kind, Polarity, Statement};
use crate::entity::fold;
use crate::table::{Fault, TableError, rows};
use std::cmp::Reverse;
use std::sync::LazyLock;

const TABLE: &str = "src/extract/confidence.tsv";

/// Something about a statement that speaks for or against it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sign {
    /// What is looked at: "frame", "speaker".
    pub of: &'static str,
    /// What is seen: "que-clause", "by name".
    pub is: &'static str,
}

/// What is looked at, in the order of [`seen`].
const LOOKED_AT: [&str; 10] =
    ["frame", "kind", "cue", "speaker", "words", "actor", "length", "rival", "polarity", "mark"];

/// The fitted weights.
#[derive(Default)]
struct Weights {
    base: f32,
    /// Of what is seen, for each that is looked at: what is seen most comes first.
    of: [Vec<Weight>; LOOKED_AT.len()],
}

/// The fitted weight of something that is seen.
struct Weight {
    is: &'static str,
    value: f32,
    /// On how many statements it was fitted.
    statements: u32,
}

static WEIGHTS: LazyLock<Weights> =
    LazyLock::new(|| Weights::read(include_str!("confidence.tsv")).expect("a test proves that every row is good"));

impl Weights {
    fn read(text: &'static str) -> Result<Self, TableError> {
        let mut weights = Self::default();
        for (line, [of, is, weight, statements, _]) in rows(TABLE, text, ["of", "is", "weight", "statements", "right"])?
        {
            let wrong = |fault| TableError { table: TABLE, line, fault };
            let value = weight.parse().map_err(|_| {
                wrong(Fault::Value { column: "weight", value: weight.to_owned(), allowed: "numbers like -0.5" })
            })?;
            if of == "base" {
                weights.base = value;
                continue;
            }
            let place = LOOKED_AT.iter().position(|looked_at| *looked_at == of);
            let place = place.ok_or_else(|| {
                wrong(Fault::Value { column: "of", value: of.to_owned(), allowed: "`base` and what is looked at" })
            })?;
            if weights.of[place].iter().any(|known| known.is == is) {
                return Err(wrong(Fault::Duplicate(format!("{of} {is}"))));
            }
            weights.of[place].push(Weight { is, value, statements: statements.parse().unwrap_or(0) });
        }
        weights.of.iter_mut().for_each(|of| of.sort_by_key(|weight| Reverse(weight.statements)));
        Ok(weights)
    }

    /// The signs of a statement with their weights.
    fn signs(&self, statement: &Statement, text: &str) -> impl Iterator<Item = (Sign, f32)> {
        let signs = LOOKED_AT.into_iter().zip(seen(statement, text)).zip(&self.of);
        signs.filter_map(|((of, is), weights)| {
            let is = is?;
            let weight = weights.iter().find(|weight| weight.is == is).map_or(0.0, |weight| weight.value);
            Some((Sign { of, is }, weight))
        })
    }
}

/// The confidence of a statement in the article `text`, from 0 to 1, in the two decimals that it is worth.
pub(super) fn confidence(statement: &Statement, text: &str) -> f32 {
    let odds = WEIGHTS.base + WEIGHTS.signs(statement, text).map(|(_, weight)| weight).sum::<f32>();
    (100.0 / (1.0 + (-odds).exp())).round() / 100.0
}

/// Why the confidence is what it is: each sign of the statement with its weight in log-odds, strongest first.
pub fn reasons(statement: &Statement, text: &str) -> Vec<(Sign, f32)> {
    let mut reasons: Vec<_> = WEIGHTS.signs(statement, text).collect();
    reasons.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    reasons
}

/// The signs of a statement in the article `text`.
pub fn signs(statement: &Statement, text: &str) -> Vec<Sign> {
    WEIGHTS.signs(statement, text).map(|(sign, _)| sign).collect()
}

/// What is seen of a statement in the article `text`, where there is something to see.
fn seen(statement: &Statement, text: &str) -> [Option<&'static str>; LOOKED_AT.len()] {
    let actor = &statement.actors[0];
    let cue = statement.cue.as_ref().map(|cue| cue.class).filter(|class| !class.is_empty());
    let close = !statement.candidates.is_empty() || actor.by.is_close();
    let unclosed = statement.kind == Kind::Direct && !ends_at_mark(statement, text);
    [
        Some(statement.frame.name()),
        Some(statement.kind.name()),
        Some(cue.unwrap_or("none")),
        Some(actor.by.step.name()),
        Some(words(statement, text)),
        Some(actor.kind.name()),
        Some(length(statement)),
        close.then_some("close"),
        Some(statement.polarity).filter(|polarity| *polarity != Polarity::Asserted).map(Polarity::name),
        unclosed.then_some("unclosed"),
    ]
}

/// How the words of the source name the actor.
fn words(statement: &Statement, text: &str) -> &'static str {
    let actor = &statement.actors[0];
    let mention = actor.mention.of(text);
    if statement.cue.is_none() || statement.spans.contains(&actor.mention) {
        return "none";
    }
    let person = actor.kind == ActorKind::Person;
    if is_pronoun(mention) {
        return if person { "a pronoun for a person" } else { "a pronoun for another" };
    }
    if actor.by.step == Step::Unnamed {
        let first = mention.split([' ', '\'', '’']).next().unwrap_or_default().to_lowercase();
        return if DEFINITE.contains(&first.as_str()) { "a known noun" } else { "a new noun" };
    }
    match (share_a_word(mention, &actor.name), person) {
        (true, _) => "its name",
        (_, true) => "other words for a person",
        _ => "other words for another",
    }
}

/// Whether two names have a word of more than two letters in common; accents and case do not count.
fn share_a_word(one: &str, other: &str) -> bool {
    // Mostly the words are printed alike.
    let alike = printed(one).any(|word| word.len() > 2 && word.is_ascii() && printed(other).any(|other| other == word));
    alike || {
        let (one, other) = (fold(one), fold(other));
        one.split(' ').any(|word| word.len() > 2 && other.split(' ').any(|other| other == word))
    }
}

/// The words of a name as it is printed, cut at marks in ASCII.
fn printed(name: &str) -> impl Iterator<Item = &[u8]> {
    name.as_bytes().split(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric())
}

/// "-t-elle", "ils", "Celui-ci".
fn is_pronoun(mention: &str) -> bool {
    let mut words = mention;
    while let Some(rest) = words.strip_prefix("-t") {
        words = rest;
    }
    let words = words.trim_start_matches('-').as_bytes();
    PRONOUNS.iter().any(|pronoun| {
        let first = words.get(..pronoun.len()).filter(|_| words.get(pronoun.len()).is_none_or(|next| *next == b'-'));
        first.is_some_and(|first| first.eq_ignore_ascii_case(pronoun.as_bytes()))
    })
}

const PRONOUNS: &[&str] = &["il", "elle", "ils", "elles", "on", "celui", "celle", "ceux", "celles", "je", "lui"];

/// Words before a noun that the reader is thought to know already.
const DEFINITE: &[&str] = &["le", "la", "l", "les", "ce", "cet", "cette", "ces", "son", "sa", "ses", "leur", "leurs"];

/// Contents of very few words are often no statement, long ones often more than one.
fn length(statement: &Statement) -> &'static str {
    match statement.spans.iter().map(|span| span.end - span.start).sum::<usize>() {
        0..20 => "a few letters",
        20..60 => "short",
        60..400 => "middling",
        _ => "long",
    }
}

/// Whether a quotation mark closes the content.
fn ends_at_mark(statement: &Statement, text: &str) -> bool {
    let after = text[statement.extent().end..].trim_start_matches([' ', '\u{a0}', '\u{202f}', '.', ',', '!', '?']);
    after.starts_with(['»', '"', '”', '“', '\'', '’', '‘', '›', '>', '«', '+', '„'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::entity::Entities;
    use crate::extract::extract;

    #[test]
    fn every_row_is_good() {
        Weights::read(include_str!("confidence.tsv")).unwrap();
        let doubled = "of\tis\tweight\tstatements\tright\nkind\tdirect\t1\t2\t2\nkind\tdirect\t1\t2\t2\n";
        let wrong = Weights::read(doubled).err().unwrap();
        assert_eq!(wrong.to_string(), "src/extract/confidence.tsv, line 3: `kind direct` has a row already");
    }

    #[test]
    fn a_named_speaker_is_trusted_more_than_a_guessed_one() {
        let confidence = |text: &str| {
            let article = Article::from_text("a.txt", text);
            extract(&article, Entities::embedded()).last().map(|s| s.confidence).unwrap()
        };
        let named = confidence("« Le pont tiendra bien encore deux ans », a déclaré Anne Roy.");
        let guessed = confidence(
            "Anne Roy a rencontré Léa Petit. La directrice aussi. « Le pont tiendra bien encore deux ans », a-t-elle dit.",
        );
        assert!(named > guessed, "{named} {guessed}");
        assert!(named < 1.0 && guessed > 0.0);
    }
}
