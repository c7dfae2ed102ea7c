//! Where a correction holds: the statement is found again by its words when the text around them has changed.

use crate::graph::words::{Quoted, Words};
use oxigraph::model::NamedNode;

/// The words of a statement with those before and after, and where they stood.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Anchor {
    /// The words of the content.
    pub exact: String,
    /// The words before its first one.
    pub prefix: String,
    /// The words after its last one.
    pub suffix: String,
    /// Code points from the start of the text.
    pub start: usize,
    pub end: usize,
}

/// A statement as it stands in an article now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Standing {
    pub iri: NamedNode,
    pub anchor: Anchor,
}

/// So many words that tell something are known by themselves; fewer ("Oui") need the words around them.
const TELLING_WORDS: usize = 3;
/// What part of the words around must be the same for few words to be taken for the same.
const SAME_PLACE: f64 = 0.25;
/// What part of the words of the longer of two contents must stand in the other for one to be the other, changed.
const SAME_WORDS: f64 = 0.6;
/// So much better than the next one must the best of several be.
const CLEARLY: f64 = 0.15;

impl Anchor {
    /// The statement that is meant: one with the same words; else one whose words are nearly the same. `None` where that
    /// is not sure, for a correction of another statement is worse than none.
    pub(super) fn find<'a>(&self, called: &NamedNode, statements: &'a [Standing]) -> Option<&'a Standing> {
        let same = statements.iter().filter(|found| found.anchor.exact == self.exact).collect::<Vec<_>>();
        if !same.is_empty() {
            let few = words(&self.exact).len() < TELLING_WORDS;
            let fits = |found: &&&Standing| !few || self.likeness_around(&found.anchor) >= SAME_PLACE;
            return same.iter().filter(fits).min_by(|a, b| self.order(called, a, b)).copied();
        }
        self.nearly(statements)
    }

    /// The only statement with nearly the same words, or the one that is clearly more like it than all others.
    fn nearly<'a>(&self, statements: &'a [Standing]) -> Option<&'a Standing> {
        let own = words(&self.exact);
        if own.len() < TELLING_WORDS {
            return None;
        }
        let likeness = |found: &'a Standing| {
            let overlap = own.overlap(&words(&found.anchor.exact));
            (overlap.share * overlap.lengths, found)
        };
        let mut like: Vec<_> = statements.iter().map(likeness).filter(|(share, _)| *share >= SAME_WORDS).collect();
        like.sort_by(|a, b| b.0.total_cmp(&a.0));
        match like[..] {
            [] => None,
            [(_, found)] => Some(found),
            [(best, found), (next, _), ..] => (best - next >= CLEARLY).then_some(found),
        }
    }

    /// Of statements with the same words: first what has the same words around it, then what is nearest to where they
    /// stood, then what was called so.
    fn order(&self, called: &NamedNode, one: &Standing, other: &Standing) -> std::cmp::Ordering {
        let around = |found: &Standing| self.likeness_around(&found.anchor);
        let away = |found: &Standing| found.anchor.start.abs_diff(self.start);
        let renamed = |found: &Standing| number(&found.iri) != number(called);
        around(other)
            .total_cmp(&around(one))
            .then_with(|| away(one).cmp(&away(other)))
            .then_with(|| renamed(one).cmp(&renamed(other)))
            .then_with(|| one.iri.as_str().cmp(other.iri.as_str()))
    }

    /// What part of the characters before and after are the same, counted from the content outwards. Where there is
    /// nothing before and nothing after, all is the same.
    fn likeness_around(&self, other: &Self) -> f64 {
        let before = common(self.prefix.chars().rev(), other.prefix.chars().rev());
        let after = common(self.suffix.chars(), other.suffix.chars());
        let all = self.prefix.chars().count() + self.suffix.chars().count();
        if all == 0 { 1.0 } else { (before + after) as f64 / all as f64 }
    }
}

/// `-2` of the second statement of the same extent.
fn number(statement: &NamedNode) -> Option<&str> {
    statement.as_str().rsplit('/').next()?.splitn(3, '-').nth(2)
}

/// How many characters are the same from the start.
fn common(one: impl Iterator<Item = char>, other: impl Iterator<Item = char>) -> usize {
    one.zip(other).take_while(|(a, b)| a == b).count()
}

fn words(text: &str) -> Words {
    Words::of(text, Quoted::None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn statement(at: usize, prefix: &str, exact: &str, suffix: &str) -> Standing {
        let end = at + exact.chars().count();
        let iri = NamedNode::new_unchecked(format!("https://x.example/article/a/statement/{at}-{end}"));
        let text = str::to_owned;
        let (exact, prefix, suffix) = (text(exact), text(prefix), text(suffix));
        Standing { iri, anchor: Anchor { exact, prefix, suffix, start: at, end } }
    }

    fn found(of: &Standing, among: &[Standing]) -> Option<usize> {
        let found = of.anchor.find(&of.iri, among)?;
        among.iter().position(|statement| statement == found)
    }

    const PROMISE: &str = "nous planterons mille arbres au bord du canal";

    #[test]
    fn the_same_words_are_found_wherever_they_went() {
        let before = statement(12, "Le maire : « ", PROMISE, " », a-t-il dit");
        let after = [statement(0, "", "autre chose se dit ici", ""), statement(90, "Enfin : « ", PROMISE, " ».")];
        assert_eq!(found(&before, &after), Some(1));
    }

    #[test]
    fn of_the_same_words_those_in_the_same_place_are_meant() {
        let before = statement(500, "La maire : « ", PROMISE, " », a-t-elle dit");
        let other = statement(498, "Le préfet : « ", PROMISE, " », a répété");
        let moved = statement(20, "La maire : « ", PROMISE, " », a-t-elle dit");
        assert_eq!(found(&before, &[other.clone(), moved]), Some(1));
        let far = statement(20, "Le préfet : « ", PROMISE, " », a répété");
        assert_eq!(found(&other, &[far, other.clone()]), Some(1));
    }

    #[test]
    fn two_statements_of_the_same_extent_keep_their_numbers() {
        let one = statement(12, "a", PROMISE, "b");
        let mut two = one.clone();
        two.iri = NamedNode::new_unchecked(format!("{}-2", one.iri.as_str()));
        let both = [one.clone(), two.clone()];
        assert_eq!((found(&one, &both), found(&two, &both)), (Some(0), Some(1)));
    }

    #[test]
    fn words_that_are_nearly_the_same_are_found_if_no_others_are() {
        let before = statement(12, "", PROMISE, "");
        let mended = "Nous planterons mille arbres au bord du canal de l'Orne";
        assert_eq!(found(&before, &[statement(40, "", mended, "")]), Some(0));
        let two = [statement(40, "", mended, ""), statement(90, "", "nous planterons mille arbres au bord", "")];
        assert_eq!(found(&before, &two), None);
        assert_eq!(found(&before, &[statement(12, "", "nous ne voyons pas la fin du canal", "")]), None);
    }

    #[test]
    fn a_word_or_two_need_the_words_around_them() {
        let before = statement(40, "a demandé le maire. « ", "Oui », ", "a répondu Anne Roy");
        let same = statement(80, "a demandé le maire. « ", "Oui », ", "a répondu Anne Roy");
        let other = statement(40, "la foule. — « ", "Oui », ", "ont crié les enfants");
        assert_eq!(found(&before, &[other.clone(), same]), Some(1));
        assert_eq!(found(&before, &[other]), None);
    }
}
