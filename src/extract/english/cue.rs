//! English reporting verb groups: "has said", "did not say", "was quoted as saying", "adding".

use crate::extract::cue::{Group, Shape};
use crate::extract::reading::Reading;
use crate::language::{Classes, Form, Helper, Mood};
use std::ops::Range;

/// All reporting verb groups at `signs` among the tokens `range`, in order. Tokens inside quotations are passed over.
pub(in crate::extract) fn groups_among(reading: &Reading, range: Range<usize>, signs: &[u32]) -> Vec<Group> {
    let mut found: Vec<Group> = Vec::new();
    let mut from = range.start;
    for at in signs.iter().map(|at| *at as usize) {
        if !reading.is(at, Classes::CUE) || at < from || reading.quotation_at(at).is_some() {
            continue;
        }
        if let Some(group) = group(reading, &range, at) {
            from = group.range.end;
            found.push(group);
        }
    }
    found
}

/// The group whose reporting verb stands at `at`.
fn group(reading: &Reading, range: &Range<usize>, at: usize) -> Option<Group> {
    if reading.tokens.is_capital(at) && at > range.start && reading.mark(at - 1).is_none() {
        return None;
    }
    let (form, end) = reporting(reading, at, range.end)?;
    let left = Left::of(reading, range.start, at);
    let moods = || reading.forms(at).iter().filter(|f| f.verb == form.verb).map(|f| f.mood);
    let is = |mood: Mood| moods().any(|m| m == mood);
    let made = |start: usize, shape: Shape| Group {
        range: start..end,
        verb: form.verb,
        shape,
        clitic: None,
        negated: left.negated,
        conditional: left.conditional,
    };
    if is(Mood::PresentParticiple) {
        if left.helper == Some(Helper::Be) {
            return Some(made(left.start, Shape::Finite));
        }
        // "was quoted as saying"
        if at > range.start
            && reading.lower(at - 1) == "as"
            && at >= 2
            && matches!(reading.lower(at - 2), "quoted" | "cited" | "reported")
        {
            let start = Left::of(reading, range.start, at - 2).start;
            return Some(made(start, Shape::Finite));
        }
        let start =
            if at > range.start && matches!(reading.lower(at - 1), "by" | "in" | "while") { at - 1 } else { at };
        return (!after_determiner(reading, at)).then(|| made(start, Shape::Participle));
    }
    match left.helper {
        Some(Helper::Be) if is(Mood::PastParticiple) => Some(made(left.start, Shape::Passive)),
        Some(Helper::Have) if is(Mood::PastParticiple) => Some(made(left.start, Shape::Finite)),
        // "will say", "did not say"
        _ if left.modal && is(Mood::Infinitive) => Some(made(left.start, Shape::Finite)),
        _ if left.to && is(Mood::Infinitive) => Some(made(left.start, Shape::Infinitive)),
        None if !left.modal && !left.to && !after_determiner(reading, at) => {
            let past = is(Mood::Past);
            let singular = moods_of(reading, at, form.verb).any(|f| f.mood == Mood::Present && !f.plural);
            // "both groups report", "they claim": the bare form needs a plural before it.
            let plural = || {
                at > range.start
                    && (matches!(reading.lower(at - 1), "they" | "we" | "i" | "you" | "who")
                        || matches!(reading.lower(at), "say" | "argue" | "believe" | "insist" | "think")
                        || reading.is_plural_noun(at - 1)
                        || reading.is(at - 1, Classes::GROUP)
                        || reading.is_adverb(at - 1)
                        || reading.is_comma(at - 1) && reading.lower(at) == "say"
                        || matches!(reading.lower(at - 1), "some" | "many" | "others" | "both" | "most"))
            };
            (past || singular || plural()).then(|| made(at, Shape::Finite))
        }
        _ => None,
    }
}

fn moods_of<'a>(reading: &'a Reading, at: usize, verb: u16) -> impl Iterator<Item = &'a Form> {
    reading.forms(at).iter().filter(move |f| f.verb == verb)
}

/// The reporting verb at `at`, and where its words end: one with a tail that follows ("point out") before the plain one.
fn reporting(reading: &Reading, at: usize, limit: usize) -> Option<(Form, usize)> {
    let mut plain = None;
    for form in reading.forms(at) {
        let verb = reading.lexicon.verb(form.verb);
        if verb.frames.is_empty() {
            continue;
        }
        if verb.tail.is_empty() {
            plain = plain.or(Some((*form, at + 1)));
        } else if at + verb.tail.len() < limit
            && verb.tail.iter().enumerate().all(|(n, word)| reading.lower(at + 1 + n) == *word)
        {
            return Some((*form, at + 1 + verb.tail.len()));
        }
    }
    plain
}

/// A determiner, preposition or genitive before a word: it is a noun or an adjective.
fn after_determiner(reading: &Reading, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let determines = reading.is(before, Classes::DET | Classes::PREP | Classes::NUM | Classes::ADJECTIVE)
        && !reading.is(before, Classes::SUBJECT | Classes::AND | Classes::SUB)
        && !reading.tokens.is_capital(before);
    determines || reading.lower(before) == "'s" && !reading.is(before.saturating_sub(1), Classes::PRONOUN)
}

/// The auxiliaries before a verb.
struct Left {
    start: usize,
    helper: Option<Helper>,
    modal: bool,
    to: bool,
    negated: bool,
    conditional: bool,
}

impl Left {
    fn of(reading: &Reading, first: usize, at: usize) -> Self {
        let mut left = Self { start: at, helper: None, modal: false, to: false, negated: false, conditional: false };
        let mut k = at;
        while k > first {
            let before = k - 1;
            let word = reading.lower(before);
            let refused = word.ends_with("n't");
            let bare = word.strip_suffix("n't").unwrap_or(word);
            if refused || reading.is(before, Classes::NEG) {
                left.negated = true;
                if !refused {
                    k = before;
                    continue;
                }
            }
            let do_have_be =
                matches!(bare, "do" | "does" | "did" | "have" | "has" | "had" | "is" | "are" | "was" | "were");
            // "Ms. May said": a modal amid a sentence has no capital.
            let name = reading.tokens.is_capital(before) && before > first;
            if reading.is(before, Classes::MODAL) && !reading.is(before, Classes::SUBJECT) && !do_have_be && !name {
                left.modal = true;
                left.conditional |= matches!(bare, "would" | "could" | "might" | "may" | "should" | "must");
                left.start = before;
            } else if matches!(bare, "do" | "does" | "did") && left.helper.is_none() {
                left.modal = true;
                left.start = before;
            } else if matches!(bare, "have" | "has" | "had" | "having") || matches!(word, "'ve") {
                left.helper = left.helper.or(Some(Helper::Have));
                left.start = before;
            } else if matches!(bare, "is" | "are" | "was" | "were" | "been" | "being" | "be") {
                left.helper = left.helper.or(Some(Helper::Be));
                left.start = before;
            } else if word == "to" && before + 1 == at {
                left.to = true;
                left.start = before;
            } else if reading.is_adverb(before) && left.start >= before {
                // "has also said": only between the auxiliary and the verb.
            } else {
                break;
            }
            k = before;
        }
        left
    }
}
