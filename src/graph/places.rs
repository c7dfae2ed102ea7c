//! Where the words stand that report a statement: the graph keeps the words themselves, and the place of the content.
//!
//! Cue and speaker stand beside the content, so that of all places with these words the nearest one is theirs.

use super::export::{Offsets, StatementRow};

/// So many characters away at most: a sentence with its apposition.
const REACH: usize = 300;

/// Where cue and speaker of a statement stand in the text of its article, in code points.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Places {
    pub cue: Option<Offsets>,
    pub speakers: Vec<Offsets>,
}

impl Places {
    /// Looks for them in the text.
    pub fn find(text: &str, statement: &StatementRow) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let content: Vec<Stretch> = statement.spans.iter().filter_map(|span| stretch(span, chars.len())).collect();
        let find = |words: &str, beside: &[Stretch]| nearest(&chars, words, &content, beside);
        let cue = statement.cue.as_ref().and_then(|cue| find(&cue.text, &content));
        let beside = cue.as_ref().map_or_else(|| content.clone(), |cue| vec![cue.clone()]);
        let speakers = statement.mentions.iter().filter_map(|mention| find(mention, &beside));
        Self { speakers: speakers.map(offsets).collect(), cue: cue.map(offsets) }
    }
}

/// From the first character to the one after the last.
type Stretch = std::ops::Range<usize>;

fn stretch(span: &Offsets, length: usize) -> Option<Stretch> {
    let (start, end) = (usize::try_from(span.start).ok()?, usize::try_from(span.end).ok()?);
    (start < end && end <= length).then_some(start..end)
}

fn offsets(stretch: Stretch) -> Offsets {
    Offsets { start: stretch.start as u64, end: stretch.end as u64 }
}

/// The place of these words that is nearest to one of the stretches, not within the content.
fn nearest(text: &[char], words: &str, content: &[Stretch], beside: &[Stretch]) -> Option<Stretch> {
    let words: Vec<char> = words.chars().collect();
    let first = beside.iter().map(|stretch| stretch.start).min()?.saturating_sub(REACH + words.len());
    let last = (beside.iter().map(|stretch| stretch.end).max()? + REACH + words.len()).min(text.len());
    let distance = |place: &Stretch| {
        let gap = |other: &Stretch| other.start.saturating_sub(place.end).max(place.start.saturating_sub(other.end));
        beside.iter().map(gap).min().unwrap_or(usize::MAX)
    };
    let stands_alone = |place: &Stretch| {
        let is_letter = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(|c| c.is_alphanumeric());
        !is_letter(place.start.checked_sub(1)) && !is_letter(Some(place.end))
    };
    let is_outside = |place: &Stretch| content.iter().all(|other| place.end <= other.start || other.end <= place.start);
    (first..last.saturating_sub(words.len().saturating_sub(1)))
        .map(|start| start..start + words.len())
        .filter(|place| !words.is_empty() && text[place.clone()] == words[..])
        .filter(|place| stands_alone(place) && is_outside(place))
        .min_by_key(distance)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::export::{ArticleRow, CueRow};

    fn statement(text: &str, content: &str, cue: &str, mention: &str) -> StatementRow {
        let before = |byte: usize| text[..byte].chars().count() as u64;
        let start = text.find(content).unwrap();
        StatementRow {
            iri: String::new(),
            article: ArticleRow::default(),
            kind: None,
            text: None,
            spans: vec![Offsets { start: before(start), end: before(start + content.len()) }],
            actors: Vec::new(),
            candidates: Vec::new(),
            mentions: vec![mention.to_owned()],
            roles: Vec::new(),
            metonyms: Vec::new(),
            cue: Some(CueRow { text: cue.to_owned(), class: None }),
            relayed_by: Vec::new(),
            addressee: None,
            medium: None,
            about: Vec::new(),
            date: None,
            said: None,
            utterance: None,
            polarity: None,
            confidence: None,
            corrected_by: Vec::new(),
        }
    }

    #[test]
    fn the_nearest_words_are_those_of_the_statement() {
        let text = "Elle dit non. « Elle dit oui, la belle école », dit-elle à Zoé. Elle dit encore.";
        let found = Places::find(text, &statement(text, "Elle dit oui, la belle école", "dit", "elle"));
        let words = |place: &Offsets| {
            text.chars().skip(place.start as usize).take((place.end - place.start) as usize).collect::<String>()
        };
        let cue = found.cue.unwrap();
        assert_eq!((words(&cue), cue.start), ("dit".to_owned(), 48));
        assert_eq!(found.speakers.iter().map(words).collect::<Vec<_>>(), ["elle"]);
        assert_eq!(found.speakers[0].start, cue.end + 1);
    }

    #[test]
    fn what_is_far_or_within_the_words_is_not_it() {
        let text = format!("Le maire le promet. {} « Le maire promet », dit-on.", "Il pleut. ".repeat(60));
        let found = Places::find(&text, &statement(&text, "Le maire promet", "promet", "Le maire"));
        assert_eq!(found, Places::default());
    }
}
