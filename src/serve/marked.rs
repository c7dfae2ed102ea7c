//! A text with marks: the paragraphs of an article, in which the words of statements stand out.

use crate::graph::Offsets;
use std::collections::BTreeSet;

/// A stretch of a text that is to be marked, in code points.
#[derive(Debug, Clone)]
pub struct Mark {
    pub place: Offsets,
    /// How it looks: a class of the style sheet.
    pub class: &'static str,
    /// Where it leads.
    pub link: Option<String>,
    /// What is written behind it.
    pub number: Option<usize>,
}

/// A part of a paragraph that looks the same all through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Segment {
    pub text: String,
    /// Empty for a text without a mark.
    pub class: &'static str,
    pub link: Option<String>,
    /// The numbers of the marks that end here.
    pub numbers: Vec<usize>,
    /// The first segment of a mark with a number has the number as its address.
    pub begins: Vec<usize>,
}

/// A paragraph: a line of the text that is not empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paragraph {
    pub segments: Vec<Segment>,
    pub is_marked: bool,
}

/// The text in paragraphs. Where marks overlap, the shortest shows.
pub fn paragraphs(text: &str, marks: &[Mark]) -> Vec<Paragraph> {
    let mut paragraphs = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let chars: Vec<char> = line.chars().collect();
        let place = at..at + chars.len();
        at = place.end + 1;
        if line.trim().is_empty() {
            continue;
        }
        paragraphs.push(paragraph(&chars, place.start, marks));
    }
    paragraphs
}

fn paragraph(chars: &[char], start: usize, marks: &[Mark]) -> Paragraph {
    let end = start + chars.len();
    let range = |mark: &Mark| (mark.place.start as usize, mark.place.end as usize);
    let here: Vec<&Mark> = marks.iter().filter(|mark| range(mark).0 < end && range(mark).1 > start).collect();
    let mut cuts = BTreeSet::from([start, end]);
    for mark in &here {
        let (first, last) = range(mark);
        cuts.extend([first.clamp(start, end), last.clamp(start, end)]);
    }
    let cuts: Vec<usize> = cuts.into_iter().collect();
    let segments = cuts.windows(2).map(|pair| {
        let covers = |mark: &&&Mark| range(mark).0 <= pair[0] && pair[1] <= range(mark).1;
        let shown = here.iter().filter(covers).min_by_key(|mark| range(mark).1 - range(mark).0);
        let numbers = |of: fn(&Mark) -> usize, at: usize| {
            here.iter().filter(|mark| of(mark) == at).filter_map(|mark| mark.number).collect()
        };
        Segment {
            text: chars[pair[0] - start..pair[1] - start].iter().collect(),
            class: shown.map_or("", |mark| mark.class),
            link: shown.and_then(|mark| mark.link.clone()),
            numbers: numbers(|mark| mark.place.end as usize, pair[1]),
            begins: numbers(|mark| mark.place.start as usize, pair[0]),
        }
    });
    Paragraph { segments: segments.collect(), is_marked: !here.is_empty() }
}

/// Only the paragraphs with marks, and so many before and after them. Where others are left out between them stands an empty one.
pub fn around(paragraphs: Vec<Paragraph>, beside: usize) -> Vec<Paragraph> {
    let marked: Vec<usize> =
        paragraphs.iter().enumerate().filter(|(_, paragraph)| paragraph.is_marked).map(|(at, _)| at).collect();
    let is_near = |at: usize| marked.iter().any(|place| at.abs_diff(*place) <= beside);
    let mut near = Vec::new();
    let mut left_out = false;
    for (at, paragraph) in paragraphs.into_iter().enumerate() {
        if !is_near(at) {
            left_out = !near.is_empty();
            continue;
        }
        if std::mem::take(&mut left_out) {
            near.push(Paragraph::default());
        }
        near.push(paragraph);
    }
    near
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mark(start: u64, end: u64, number: usize) -> Mark {
        Mark { place: Offsets { start, end }, class: "said", link: None, number: Some(number) }
    }

    #[test]
    fn the_shortest_of_two_marks_shows() {
        let text = "Été : oui.\n\nNon, dit-il.";
        let found = paragraphs(text, &[mark(6, 15, 1), mark(12, 15, 2)]);
        let texts: Vec<Vec<_>> = found
            .iter()
            .map(|p| p.segments.iter().map(|s| (s.text.as_str(), s.class, &s.numbers[..])).collect())
            .collect();
        assert_eq!(texts[0], [("Été : ", "", &[][..]), ("oui.", "said", &[][..])]);
        assert_eq!(texts[1], [("Non", "said", &[1, 2][..]), (", dit-il.", "", &[][..])]);
    }

    #[test]
    fn what_is_far_from_marks_is_left_out() {
        let found = paragraphs("a\nb\nc\nd\ne\nf\ng\nh", &[mark(2, 3, 1), mark(12, 13, 2)]);
        let texts: Vec<String> =
            around(found, 1).iter().map(|p| p.segments.iter().map(|s| s.text.as_str()).collect()).collect();
        assert_eq!(texts, ["a", "b", "c", "", "f", "g", "h"]);
    }

    proptest! {
        #[test]
        fn no_character_is_lost(text in "(?s)[aé \n🗞]{0,60}", places in prop::collection::vec((0u64..70, 0u64..70), 0..5)) {
            let marks: Vec<Mark> = places.iter().enumerate().map(|(n, (a, b))| mark(*a.min(b), *a.max(b), n)).collect();
            let shown: Vec<String> = paragraphs(&text, &marks)
                .iter()
                .map(|p| p.segments.iter().map(|s| s.text.as_str()).collect())
                .collect();
            let lines: Vec<&str> = text.split('\n').filter(|line| !line.trim().is_empty()).collect();
            prop_assert_eq!(shown, lines);
        }
    }
}
