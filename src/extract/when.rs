//! When the words were said: the date that stands by the cue, or else no later than the publication.

use super::date::ResolvedDate;
use super::draft::Draft;
use super::reading::Reading;
use super::statement::{DateBasis, Span, StatementDate};
use crate::date::PartialDate;
use jiff::civil::Date;

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

fn published_by(latest: Date) -> StatementDate {
    StatementDate { not_before: None, not_after: Some(latest), basis: DateBasis::Publication, mention: None }
}

/// How close a date stands to the cue: 0 after it, 1 right before it, 2 right before its source or at the head of the
/// sentence, 3 in the occasion that opens the sentence ("S'exprimant lundi devant les élus, Léa Roy …").
fn standing(reading: &Reading, draft: &Draft, date: Span) -> Option<u8> {
    let sentence = reading.span(reading.sentences[draft.sentence].range.clone());
    if !sentence.contains(date) || draft.spans.iter().any(|s| s.overlaps(date)) || draft.cue.is_empty() {
        return None;
    }
    let clause = draft.clause.iter().filter(|c| !c.is_empty()).any(|c| reading.span(c.clone()).contains(date));
    let cue = reading.span(draft.cue.clone());
    let source = draft.sources.first().map_or(cue.start, |s| reading.token(s.range.start).span.start).min(cue.start);
    let before = |to: usize| date.end <= to && reading.text[date.end..to].trim_matches([' ', ',']).is_empty();
    // ", jeudi, a dit" is an aside of its own; ", élue jeudi, a dit" speaks of an election.
    let aside = reading.text[..date.start].trim_end().ends_with(',') || !reading.text[date.end..].starts_with(',');
    let adjacent = |to: usize| before(to) && (aside || to == source);
    let head = reading.text[sentence.start..date.start].trim().len() <= 4;
    if clause && date.start >= cue.start {
        Some(0)
    } else if adjacent(cue.start) {
        Some(1)
    } else if adjacent(source) || head {
        Some(2)
    } else {
        let first = reading.sentences[draft.sentence].range.start;
        let speaks = |k: usize| {
            matches!(
                reading.lower(k),
                "s'exprimant" | "parlant" | "lors" | "interrogé" | "interrogée" | "invité" | "invitée" | "exprimant"
            )
        };
        let opens = (first..first + 2).any(speaks) && date.end <= source;
        opens.then_some(3)
    }
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
