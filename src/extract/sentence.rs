//! Sentences: stretches of tokens that a full stop ends, with each quotation left whole.

use super::mark::Quotation;
use super::token::{TokenKind, Tokens};
use super::word::Word;
use crate::language::{Classes, Language};
use std::ops::Range;

/// Words whose full stop ends no sentence.
const ABBREVIATIONS: &[&str] = &[
    "m", "mm", "mme", "mlle", "dr", "pr", "st", "ste", "cf", "p", "art", "env", "av", "apr", "n", "no", "vol", "mgr",
    "inc", "ltd", "vs", "jr", "sr", "col", "gén", "lt", "cdt", "éd", "ed", "tél",
];

/// The same in English: titles, months, companies, provinces and states.
const ENGLISH_ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "prof", "st", "rev", "hon", "gov", "sen", "rep", "gen", "col", "maj", "capt", "lt", "sgt",
    "cpl", "const", "insp", "det", "supt", "cmdr", "adm", "coun", "jan", "feb", "mar", "apr", "aug", "sept", "sep",
    "oct", "nov", "dec", "inc", "ltd", "corp", "co", "vs", "v", "no", "jr", "sr", "ont", "que", "alta", "sask", "man",
    "mich", "calif", "fla", "mass", "conn", "pa", "wash", "ariz", "ga", "va", "tenn", "ky", "ala", "wis", "minn",
    "ave", "blvd", "mt", "ft", "approx", "est", "lbs", "lb", "oz",
];

/// Marks that close a quotation inside another one.
const NESTED_CLOSING: [char; 5] = ['’', '\'', '”', '"', '›'];

/// How far behind a quoted question its cue may stand.
const CUE_REACH: usize = 25;

/// Sentences with more tokens outside quotations are cut: twice the longest that newspapers print.
const MOST_TOKENS: usize = 400;

/// Splits the tokens in `range` into sentences. A full stop inside a closed quotation ends nothing;
/// the end of a quotation that itself ends with one does, if a capital or another mark follows.
pub fn sentences(text: &str, tokens: &Tokens, range: Range<usize>, quotations: &[Quotation]) -> Vec<Range<usize>> {
    let abbreviations = match tokens.language() {
        Language::French => ABBREVIATIONS,
        Language::English => ENGLISH_ABBREVIATIONS,
    };
    let mut sentences = Vec::new();
    let mut start = range.start;
    let mut outside = 0;
    let mut i = range.start;
    let mut next_quotation =
        quotations.partition_point(|q| range.start < tokens.len() && q.outer.end <= tokens.span(range.start).start);
    while i < range.end {
        // Nothing ends before the next stop or quotation, or where the sentence is long enough.
        let quotation = quotations.get(next_quotation);
        let opening = quotation.map_or(range.end, |q| tokens.at_or_after(q.outer.start)).max(i);
        let limit = range.end.min(opening).min(i + MOST_TOKENS - 1 - outside);
        let next = tokens.find(i..limit, Word::STOP, 0).unwrap_or(limit);
        outside += next - i + 1;
        i = next;
        if i == range.end {
            break;
        }
        let quotation = quotation.filter(|_| i == opening);
        let mut ended = false;
        let mut after = i + 1;
        if let Some(q) = quotation {
            after = tokens.at_or_after(q.outer.end).min(range.end).max(i + 1);
            // "They say, 'Go on!'": the stop may stand before the mark of a quotation inside.
            let inner = q.inner.of(text).trim_end_matches(|c: char| c.is_whitespace() || NESTED_CLOSING.contains(&c));
            ended = inner.ends_with(['.', '!', '?', '…']) || !q.closed;
            // "Where to?" Anne Roy asked.: a question ends no sentence whose cue follows.
            let asked = tokens.language() == Language::English && inner.ends_with(['!', '?']);
            ended &= !(asked && cue_follows(tokens, after..range.end.min(after + CUE_REACH)));
            next_quotation += 1;
        } else if is_stop(tokens, i, abbreviations) {
            ended = true;
        }
        // Further stops and closing brackets belong to the sentence that they end.
        while ended && after < range.end && is_closing(tokens, after) {
            after += 1;
        }
        // Words without end are no sentence: cut, so that the rules stay linear in the text.
        let endless = outside >= MOST_TOKENS;
        if after < range.end && (endless || ended && begins_sentence(tokens, after, quotations)) {
            sentences.push(start..after);
            start = after;
            outside = 0;
        }
        i = after;
    }
    if start < range.end {
        sentences.push(start..range.end);
    }
    sentences
}

/// Whether a cue stands among the tokens, with a stop or a small word behind it.
fn cue_follows(tokens: &Tokens, range: Range<usize>) -> bool {
    let stop = tokens.find(range.clone(), Word::STOP, 0).unwrap_or(range.end);
    let cue = tokens.find(range.start..stop, 0, Classes::CUE);
    cue.is_some_and(|cue| {
        let ends = cue + 1 == stop || tokens.is(cue + 1, Classes::PREP | Classes::TIME);
        ends && !tokens.is(range.start, Classes::PRONOUN | Classes::FIRST) && !tokens.is_mark(range.start)
    })
}

fn is_stop(tokens: &Tokens, i: usize, abbreviations: &[&str]) -> bool {
    match tokens.mark(i) {
        Some('!' | '?' | '…') => true,
        Some('.') => {
            let glued = !tokens.is_spaced(i) && i > 0;
            let word = if glued { tokens.lower(i - 1) } else { "" };
            let initial = glued && word.chars().count() == 1 && tokens.is_capital(i - 1);
            // "… in Oakville, Ont. "I like the fog," he said.": a quotation begins anew behind a place or a company.
            let opens = || tokens.is_spaced(i + 1) && matches!(tokens.mark(i + 1), Some('"' | '“'));
            let ends = tokens.language() == Language::English
                && tokens.is(i.saturating_sub(1), Classes::TERRITORY | Classes::COMPANY)
                && opens();
            !(initial || glued && abbreviations.contains(&word) && !ends)
        }
        _ => false,
    }
}

fn is_closing(tokens: &Tokens, i: usize) -> bool {
    matches!(tokens.mark(i), Some('.' | '!' | '?' | '…' | ')' | ']' | '»' | '”'))
}

/// A capital, a number, an opening mark or a dash begins a sentence. Without white space before it
/// only a capital or a mark after a word does ("… phrase.Suite …").
fn begins_sentence(tokens: &Tokens, i: usize, quotations: &[Quotation]) -> bool {
    let token = tokens.get(i);
    let opens = quotations.binary_search_by_key(&token.span.start, |q| q.outer.start).is_ok();
    if token.spaced {
        token.capital
            || opens
            || token.kind == TokenKind::Number
            || matches!(tokens.mark(i), Some('-' | '–' | '—' | '•' | '*' | '(' | '[' | '«' | '“' | '"' | '+'))
    } else {
        opens
            || token.capital
                && token.span.end - token.span.start > 1
                && i >= 2
                && (tokens.lower(i - 2).len() > 2 || matches!(tokens.mark(i - 2), Some('"' | '»' | '”')))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Span;
    use crate::extract::mark::quotations;

    fn split(text: &str) -> Vec<&str> {
        let span = Span::new(0, text.len());
        let tokens = Tokens::new(text, span, Language::French);
        let quotations = quotations(text, &tokens, &[span], &[0..tokens.len()]);
        sentences(text, &tokens, 0..tokens.len(), &quotations)
            .into_iter()
            .map(|s| Span::new(tokens.span(s.start).start, tokens.span(s.end - 1).end).of(text))
            .collect()
    }

    #[test]
    fn a_stop_before_a_capital_ends_a_sentence() {
        assert_eq!(split("Il part. Elle reste !  Et nous ?"), ["Il part.", "Elle reste !", "Et nous ?"]);
        assert_eq!(split("M. Roy et J. Petit ont 3.500 euros. Fin."), ["M. Roy et J. Petit ont 3.500 euros.", "Fin."]);
    }

    #[test]
    fn a_quotation_stays_whole() {
        assert_eq!(split("« Oui. Non. » Il sort."), ["« Oui. Non. »", "Il sort."]);
        assert_eq!(split("« Venez ! », a dit Léa. Puis rien."), ["« Venez ! », a dit Léa.", "Puis rien."]);
    }

    #[test]
    fn a_glued_sentence_is_cut_off() {
        assert_eq!(split("C'est la fin.« Oui », dit-il."), ["C'est la fin.", "« Oui », dit-il."]);
    }
}
