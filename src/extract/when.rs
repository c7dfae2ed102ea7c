//! When the words were said: the date that stands by the cue, or else no later than the publication.

use super::date::ResolvedDate;
use super::draft::Draft;
use super::reading::Reading;
use super::statement::{DateBasis, Span, StatementDate};
use crate::date::PartialDate;
use crate::language::Classes;
use jiff::civil::Date;
use std::ops::Range;

/// The date of a draft. A date dates the saying when it stands after the cue, right before it, or at the
/// head of the sentence; any other ("le maire, élu dimanche, a dit") speaks of something else.
pub fn date_of(
    reading: &Reading,
    draft: &Draft,
    dates: &[ResolvedDate],
    published: Option<PartialDate>,
) -> Option<StatementDate> {
    let latest = published.map(PartialDate::last_day);
    let sentence = reading.span(reading.sentences[draft.sentence].range.clone());
    let first = dates.partition_point(|d| d.mention.span.start < sentence.start);
    let stated = dates[first..]
        .iter()
        .take_while(|date| date.mention.span.start < sentence.end)
        .filter(|date| !date.mention.expression.is_future())
        .filter_map(|date| Some((date.mention.span, date.days?)))
        .filter(|(_, (first, _))| latest.is_none_or(|latest| *first <= latest))
        .filter_map(|(span, days)| Some((standing(reading, draft, span)?, span, days)))
        .min_by_key(|(rank, _, _)| *rank);
    match stated {
        Some((_, span, (first, last))) => Some(StatementDate {
            not_before: Some(first),
            not_after: Some(last),
            basis: DateBasis::Text,
            mention: Some(span),
        }),
        None => latest.map(published_by),
    }
}

/// No later than the day of publication.
pub fn published_by(latest: Date) -> StatementDate {
    StatementDate { not_before: None, not_after: Some(latest), basis: DateBasis::Publication, mention: None }
}

/// How close a date stands to the cue: 0 after it, 1 right before it, 2 right before its source or at the head of the
/// sentence, 3 in the occasion that opens the sentence ("S'exprimant lundi devant les élus, Léa Roy …"), 4 beside the
/// word for a publication ("un rapport publié lundi").
fn standing(reading: &Reading, draft: &Draft, date: Span) -> Option<u8> {
    let range = reading.sentences[draft.sentence].range.clone();
    let sentence = reading.span(range.clone());
    let in_content = draft.spans.iter().any(|s| s.overlaps(date));
    if !sentence.contains(date) || in_content || draft.cue.is_empty() || since(reading, date) {
        return None;
    }
    let at = reading.tokens.at_or_after(date.start);
    let clause = draft.clause.iter().filter(|c| !c.is_empty()).any(|c| reading.span(c.clone()).contains(date));
    let cue = reading.span(draft.cue.clone());
    let source = draft.sources.first().map_or(cue.start, |s| reading.token(s.range.start).span.start).min(cue.start);
    let before = |to: usize| date.end <= to && reading.text[date.end..to].trim_matches([' ', ',']).is_empty();
    // ", jeudi, a dit" is an aside of its own; ", élue jeudi, a dit" speaks of an election.
    let aside = reading.text[..date.start].trim_end().ends_with(',') || !reading.text[date.end..].starts_with(',');
    let adjacent = |to: usize| before(to) && (aside || to == source);
    let head = reading.text[sentence.start..date.start].trim().len() <= 4;
    let opens = || range.clone().take(3).any(|k| OCCASIONS.contains(&reading.lower(k)));
    // ", jeudi 14 juin." closes the reporting clause from behind.
    let closes = || {
        let after = at.checked_sub(1).filter(|k| reading.is_comma(*k) && draft.cue.end <= *k);
        let near = at < draft.cue.end + CLOSE && is_free(reading, draft.cue.end..at);
        let ends = reading.text[date.end..].starts_with(['.', ',']);
        after.is_some() && near && ends && !draft.spans.iter().any(|s| cue.end <= s.start && s.end <= date.start)
    };
    let published = || at > 0 && PUBLISHED.contains(&reading.lower(at - 1));
    if clause && date.start >= cue.start {
        (is_free(reading, draft.cue.end..at) && !is_attribute(reading, at)).then_some(0).or(published().then_some(4))
    } else if adjacent(cue.start) || closes() {
        Some(1)
    } else if adjacent(source) && !is_attribute(reading, at) || head {
        Some(2)
    } else if date.end <= source && is_free(reading, range.start..at) && opens() {
        Some(3)
    } else {
        (is_free(reading, range.start..at) && published()).then_some(4)
    }
}

/// How many words after the cue a date may close its clause.
const CLOSE: usize = 14;

/// Words by which a sentence opens with the occasion of a saying: "lors de la séance de mardi", "en visite".
const OCCASIONS: [&str; 15] = [
    "speaking",
    "asked",
    "interviewed",
    "exprimant",
    "parlant",
    "lors",
    "interrogé",
    "interrogée",
    "invité",
    "invitée",
    "issue",
    "cours",
    "visite",
    "déplacement",
    "devant",
];

/// Words after which a date is that of a publication.
const PUBLISHED: [&str; 18] = [
    "published",
    "released",
    "posted",
    "issued",
    "publié",
    "publiée",
    "publiés",
    "publiées",
    "diffusé",
    "diffusée",
    "diffusés",
    "diffusées",
    "paru",
    "parue",
    "posté",
    "postée",
    "public",
    "publics",
];

/// Whether no relative clause begins among the tokens, quotations left out.
fn is_free(reading: &Reading, mut tokens: Range<usize>) -> bool {
    !tokens.any(|k| reading.is(k, Classes::REL) && reading.quotation_at(k).is_none())
}

/// "l'accident de mardi" dates the accident; "la séance de mardi" dates what is said there.
pub fn is_attribute(reading: &Reading, at: usize) -> bool {
    let occasion = |k: usize| reading.is(k, Classes::EVENT | Classes::INTERVIEW | Classes::MEDIA | Classes::PRESS);
    at > 0
        && matches!(reading.lower(at - 1), "de" | "du" | "des" | "d'" | "of")
        && !(at.saturating_sub(4)..at).any(|k| occasion(k) || is_outlet_name(reading, k))
}

fn is_outlet_name(reading: &Reading, k: usize) -> bool {
    reading.tokens.is_capital(k)
        && reading.name_at(k, reading.sentence_end(k)).is_some_and(|name| reading.outlet_of(&name).is_some())
}

/// "depuis 1998" says how long something goes on.
fn since(reading: &Reading, date: Span) -> bool {
    let since = |word: &str| matches!(word, "depuis" | "since" | "until");
    since(reading.lower(reading.tokens.at_or_after(date.start)))
        || reading.tokens.at_or_after(date.start).checked_sub(1).is_some_and(|k| since(reading.lower(k)))
}

#[cfg(test)]
mod tests {
    use crate::article::Article;
    use crate::entity::Entities;
    use crate::extract::{DateBasis, extract};

    /// The day of the only statement, if the text tells it; the article is of Saturday 9 March 2024.
    fn day(text: &str) -> Option<String> {
        let mut article = Article::from_text("a.txt", text);
        article.published = "2024-03-09".parse().ok();
        let statements = extract(&article, Entities::embedded());
        assert_eq!(statements.len(), 1, "{text}");
        let date = statements[0].date.unwrap();
        (date.basis == DateBasis::Text).then(|| date.not_before.unwrap().to_string())
    }

    #[test]
    fn a_date_by_the_cue_dates_the_words() {
        for text in [
            "Anne Roy a dit jeudi que la ville paierait.",
            "Anne Roy, jeudi, a dit que la ville paierait.",
            "Jeudi, Anne Roy a dit que la ville paierait.",
            "« La ville paiera », a promis jeudi la maire, Anne Roy.",
            "S'exprimant jeudi devant les élus, Anne Roy a dit que la ville paierait.",
        ] {
            assert_eq!(day(text).as_deref(), Some("2024-03-07"), "{text}");
        }
    }

    #[test]
    fn a_date_of_something_else_does_not() {
        for text in [
            "La maire, élue dimanche, a dit que la ville paierait.",
            "Anne Roy a dit que la ville paierait jeudi.",
            "Anne Roy a dit que la ville paierait.",
        ] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
