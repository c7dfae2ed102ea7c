//! Quotations without a cue of their own.

use super::beside::speaker_of;
use super::polarity::is_question;
use crate::extract::cue::groups;
use crate::extract::draft::Draft;
use crate::extract::few::Few;
use crate::extract::frame::Frame;
use crate::extract::phrase::Phrase;
use crate::extract::reading::Reading;
use crate::extract::statement::{Kind, Polarity, Span};
use crate::language::Classes;
use std::ops::Range;

/// Fewest quoted words by which a sentence that says more goes on with what was said before it.
const FEWEST_QUOTED: usize = 6;

/// A quotation that fills a sentence of its own goes on with the source of the statement before it, in the
/// same paragraph or the one before, or belongs to `theme`, whom a sentence without statements before it is about.
pub fn unmarked(
    reading: &Reading,
    index: usize,
    last: Option<&Draft>,
    theme: impl FnOnce() -> Option<Vec<Phrase>>,
) -> Vec<Draft> {
    let sentence = &reading.sentences[index];
    // A quotation may open the next paragraph, behind a colon at the end of this one.
    if reading.quotations_in(sentence.range.start..sentence.range.end + 1).is_empty() {
        return Vec::new();
    }
    let near = last.filter(|last| {
        let reach = if last.kind == Kind::Indirect { 1 } else { 4 };
        last.sentence + reach >= index && sentence.paragraph <= reading.sentences[last.sentence].paragraph + 2
    });
    let theme = || theme().filter(|theme| near.is_none() || theme.iter().all(|source| !source.pronoun));
    if let Some((k, source)) = after_lead(reading, &sentence.range) {
        let goes_on = near.is_some_and(|last| last.sentence + 2 >= index);
        let sources = source.or_else(theme).or(goes_on.then(Vec::new));
        let spans = Few::One(reading.quotations[k].inner);
        let draft = |sources| Draft { sources, frame: Frame::BareColon, ..continued(reading, index, spans) };
        return sources.map(draft).into_iter().collect();
    }
    if let Some(last) = near.filter(|last| last.sentence + 1 == index)
        && let same = sentence.paragraph == reading.sentences[last.sentence].paragraph
        && let Some((spans, kind)) = partly_quoted(reading, sentence.range.clone(), last, same)
    {
        return vec![Draft { kind, frame: Frame::MostlyQuoted, ..continued(reading, index, spans) }];
    }
    if !is_quoted(reading, sentence.range.clone()) {
        return Vec::new();
    }
    let far = near.is_none_or(|last| last.sentence + 2 < index);
    let theme = theme();
    let speaks = |k: &usize| {
        let range = reading.tokens_of(*k);
        let words = range.clone().filter(|i| reading.tokens.is_word(*i)).count();
        let speech = reading.tokens.is_capital(range.start + 1) || words > 6;
        words >= 3 && speech && (!far || words > 8 || theme.is_some())
    };
    if near.is_none() && theme.is_none() {
        return Vec::new();
    }
    let frame = if theme.is_some() { Frame::Theme } else { Frame::Continued };
    let draft = |k: usize| Draft {
        sources: theme.clone().unwrap_or_default(),
        frame,
        ..continued(reading, index, Few::One(reading.quotations[k].inner))
    };
    reading.quotations_in(sentence.range.clone()).filter(speaks).map(draft).collect()
}

/// Whether nothing but quotations and marks stands in the tokens `range`.
pub(super) fn is_quoted(reading: &Reading, mut range: Range<usize>) -> bool {
    range.all(|i| reading.quotation_at(i).is_some() || reading.mark(i).is_some())
}

/// "Son conseil : « Ne montez pas seuls. »", "Réponse du maire : « Non. »": the quotation after a colon that ends a
/// sentence whose words only lead up to it, and its source if those words name it.
fn after_lead(reading: &Reading, range: &Range<usize>) -> Option<(usize, Option<Vec<Phrase>>)> {
    let behind_colon = |k: &usize| {
        let first = reading.tokens_of(*k).start;
        first > range.start && reading.mark(first - 1) == Some(':') && reading.quotation_at(first - 1).is_none()
    };
    let k = reading.quotations_in(range.start..range.end + 1).find(behind_colon)?;
    let quoted = reading.tokens_of(k);
    let colon = quoted.start - 1;
    if (range.start..colon).any(|i| reading.mark(i) == Some(':') && reading.quotation_at(i).is_none()) {
        return None;
    }
    let lead = range.start..colon;
    let alone = (quoted.end..range.end).all(|i| reading.mark(i).is_some());
    let words = quoted.clone().filter(|i| reading.tokens.is_word(*i)).count();
    let possessive = matches!(reading.lower(lead.start), "son" | "sa" | "ses" | "leur" | "leurs");
    let bare = !lead.clone().any(|i| reading.begins_verb(i));
    let noun = lead.clone().find(|i| reading.is(*i, Classes::SPEECH));
    let of = noun.and_then(|noun| speaker_of(reading, noun, colon));
    let introduces = of.is_some() || noun.is_some() && (bare || possessive) || possessive && bare;
    (alone && introduces && words > usize::from(of.is_none())).then_some((k, of))
}

/// "Par ailleurs, « douze rues sont coupées dont six au centre »", "Ils ont trouvé « une ville qui n'attendait plus rien »":
/// a sentence without a cue that is words of others for the most part, or holds a clause of theirs, goes on with what its
/// speaker said just before, unless it names somebody.
fn partly_quoted(
    reading: &Reading,
    range: Range<usize>,
    last: &Draft,
    same_paragraph: bool,
) -> Option<(Few<Span>, Kind)> {
    let words = |range: Range<usize>| range.filter(|k| reading.tokens.is_word(*k)).count();
    let all = words(range.clone());
    let quoted = range.clone().filter(|k| reading.tokens.is_word(*k) && reading.quotation_at(*k).is_some()).count();
    if quoted < FEWEST_QUOTED || quoted == all {
        return None;
    }
    let finite = |k: usize| {
        reading.begins_verb(k)
            && reading.forms(k).iter().any(|f| f.mood.is_finite())
            && !reading.noun_after_determiner(k)
    };
    let is_clause = |quotation: usize| {
        let tokens = reading.tokens_of(quotation);
        // What leads up to a colon names who speaks behind it.
        let led = tokens.start > range.start && reading.mark(tokens.start - 1) == Some(':');
        !led && words(tokens.clone()) >= FEWEST_QUOTED && tokens.clone().any(finite)
    };
    // What begins with a capital amid a sentence is a title, and "pour « … »" without a verb a charge.
    let is_named = |quotation: usize| {
        let first = reading.tokens_of(quotation).start;
        let Some(before) = first.checked_sub(1).filter(|_| first > range.start) else { return false };
        let title = reading.tokens.is_capital(first + 1) && !matches!(reading.mark(before), Some(':' | ','));
        title || reading.lower(before) == "pour"
    };
    if reading.quotations_in(range.clone()).all(is_named) {
        return None;
    }
    let names_somebody = |k: usize| {
        let capital = |k: usize| reading.tokens.is_capital(k) && reading.quotation_at(k).is_none();
        reading.quotation_at(k).is_none() && reading.is(k, Classes::TITLE)
            || capital(k) && reading.is_given_name(k) && capital(k + 1)
            || !same_paragraph && k > range.start && capital(k) && capital(k + 1)
    };
    let first = reading.quotations_in(range.clone()).next().map_or(range.end, |q| reading.tokens_of(q).start);
    // "De son côté, la régie « prend acte »", "Pour la régie, …": what another body says.
    let sets_apart = || {
        let start = range.start;
        let own_side = reading.lower(start) == "de" && matches!(reading.lower(start + 1), "son" | "sa" | "leur");
        let of = match reading.lower(start) {
            "pour" => Some(start + 1),
            "quant" => Some(start + 1 + usize::from(reading.lower(start + 1) == "à")),
            _ => None,
        };
        let of = of.and_then(|of| reading.sources_at(of, first));
        let speaks = |s: &Phrase| !s.pronoun && (s.role.is_some() || s.names.iter().any(|n| !n.entities.is_empty()));
        let lead = own_side || of.is_some_and(|of| of.iter().any(speaks));
        let subject = reading.sources_at(reading.skip_lead(range.start, first), first);
        let body = |s: &Phrase| {
            let own =
                s.pronoun || matches!(reading.lower(s.range.start), "son" | "sa" | "ses" | "leur" | "ce" | "cette");
            !own && (s.role.as_ref().is_some_and(|_| !s.plural)
                || s.head.is_some_and(|h| reading.is(h, Classes::BODY | Classes::MEDIA)))
        };
        first > range.start
            && reading.mark(first - 1) != Some(':')
            && !reading.is_english()
            && (lead || subject.is_some_and(|subject| subject.iter().any(body)))
    };
    let mostly = same_paragraph && quoted * 10 >= all * 6 && !(range.start..first).any(names_somebody) && !sets_apart();
    let goes_on = || {
        quoted * 10 >= all * 3
            && (same_paragraph || last.kind != Kind::Indirect)
            && reading.quotations_in(range.clone()).any(is_clause)
            && matches!(reading.mark(range.end - 1), Some('.' | '!' | '?' | '…' | '"' | '»' | '”'))
            && !range.clone().any(names_somebody)
            && !sets_apart()
    };
    if !mostly && !goes_on() {
        return None;
    }
    // "« … », fredonne la chanteuse", "« … » : tel est son mot": words that no table knows tell, too.
    let told = |k: usize| {
        reading.quotation_at(k).is_some()
            && reading.quotation_at(k + 1).is_none()
            && (reading.mark(k + 1) == Some(':')
                || reading.is_comma(k + 1)
                    && reading.quotation_at(k + 2).is_none()
                    && (reading.begins_verb(k + 2) || reading.is(k + 3, Classes::DET)))
    };
    let cue = range.clone().any(told) || !groups(reading, range.clone()).is_empty();
    if cue {
        return None;
    }
    // "« Nous avons été pris », ce qui a duré un an.": the narrator goes on.
    let ahead = reading.quotation_at(range.start).filter(|q| is_clause(*q));
    if let Some(quotation) = ahead
        && let comma = reading.tokens_of(quotation).end
        && reading.is_comma(comma)
        && (comma + 1..comma + 3).any(|k| reading.is(k, Classes::REL))
    {
        return Some((Few::One(reading.quotations[quotation].inner), Kind::Direct));
    }
    let mut end = range.end;
    while end > range.start && reading.mark(end - 1).is_some() && reading.quotation_at(end - 1).is_none() {
        end -= 1;
    }
    Some((Few::One(reading.span(range.start..end)), Kind::Mixed))
}

/// A paragraph that is one quotation, closed or not, before one whose quotation has a cue: both are of one
/// speech. « Un.⏎« Deux », a dit Léa Roy.
pub fn reopened(reading: &Reading, by_sentence: &mut [Vec<Draft>]) {
    for index in (0..reading.sentences.len().saturating_sub(1)).rev() {
        let (here, next) = (&reading.sentences[index], &reading.sentences[index + 1]);
        let heads = index == 0 || reading.sentences[index - 1].paragraph != here.paragraph;
        if here.paragraph == next.paragraph || !heads || reading.is_apart(index) {
            continue;
        }
        let Some(k) = reading.quotation_at(here.range.start) else { continue };
        let range = reading.tokens_of(k);
        let alone = here.range.clone().all(|i| range.contains(&i) || reading.mark(i).is_some());
        let claimed = by_sentence[index].iter().any(|d| !d.lemma.is_empty() || reading.quotations[k].closed);
        if !alone || claimed {
            continue;
        }
        let first = reading.token(next.range.start).span.start;
        let follow = by_sentence[index + 1]
            .iter()
            .find(|d| d.kind == Kind::Direct && !d.sources.is_empty() && d.spans[0].start <= first + 8);
        if let Some(follow) = follow {
            let spans = Few::One(reading.quotations[k].inner);
            let sources = follow.sources.clone();
            by_sentence[index] = vec![Draft { sources, frame: Frame::Reopened, ..continued(reading, index, spans) }];
        }
    }
}

/// A direct quotation without reporting words of its own.
pub(super) fn continued(reading: &Reading, sentence: usize, spans: Few<Span>) -> Draft {
    let asked = is_question(reading.text, &spans);
    let polarity = if asked { Polarity::Question } else { Polarity::Asserted };
    Draft {
        spans,
        kind: Kind::Direct,
        sources: Vec::new(),
        cue: 0..0,
        lemma: "",
        class: "",
        clause: Few::None,
        sentence,
        polarity,
        relays: Vec::new(),
        frame: Frame::Continued,
    }
}
