//! When are two statements reports of one speech event? The words decide, the more of them the less is known otherwise: who
//! spoke, and when.

use super::report::{Report, Speaker, SpeakerKind};
use crate::graph::vocabulary::dixit;
use crate::graph::words::Overlap;
use oxigraph::model::NamedNodeRef;
use std::cmp::Ordering;

/// Days between two dates of one event, at most: what was said is told the next day, and by weeklies until the next week.
///
/// Among 8,000 French articles the pairs of statements with the same words and the same actor become fewer with each day,
/// and from the eighth on there are as many as on any later day.
const CLOSE: i64 = 7;

/// What is known of the actors of two statements, from the least to the most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Speakers {
    /// Two persons with names that cannot be one person's. Where a long quotation is the same, one article errs.
    Differ,
    /// A spokesman, a report, a ministry: it may have been the other one.
    Open,
    /// One is a person and the other has no name that says otherwise, or neither has a name and both are called the same.
    Likely,
    Same,
}

/// What two statements must have in common.
struct Rule {
    /// At least this is known of their actors.
    speakers: Speakers,
    /// Whether their dates must be close.
    close: bool,
    /// Words that they share, and the share of the shorter one's words.
    shared: usize,
    share: f64,
    /// Words of a quotation that stand in both.
    quoted: usize,
}

/// Two statements report one event if any of these holds.
const RULES: &[Rule] = &[
    Rule { speakers: Speakers::Same, close: true, shared: 5, share: 0.6, quoted: 0 },
    Rule { speakers: Speakers::Same, close: true, shared: 4, share: 0.75, quoted: 0 },
    Rule { speakers: Speakers::Same, close: true, shared: 3, share: 1.0, quoted: 0 },
    Rule { speakers: Speakers::Same, close: true, shared: 0, share: 0.0, quoted: 4 },
    Rule { speakers: Speakers::Likely, close: true, shared: 0, share: 0.8, quoted: 4 },
    // Quotations are taken up years later.
    Rule { speakers: Speakers::Likely, close: false, shared: 0, share: 0.9, quoted: 7 },
    // Slogans are shorter.
    Rule { speakers: Speakers::Open, close: true, shared: 0, share: 0.0, quoted: 5 },
    Rule { speakers: Speakers::Open, close: true, shared: 7, share: 0.8, quoted: 0 },
    // Polls ask the same again.
    Rule { speakers: Speakers::Open, close: false, shared: 0, share: 0.9, quoted: 12 },
    Rule { speakers: Speakers::Differ, close: true, shared: 0, share: 0.9, quoted: 6 },
];

/// What two reports of one event have in common.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Likeness(Overlap);

/// What two statements have in common, if they report the same speech event; the same whichever is the first.
pub(super) fn same_event(one: &Report, other: &Report) -> Option<Likeness> {
    let overlap = one.words.overlap(&other.words);
    let speakers = speakers(&one.speakers, &other.speakers);
    let close = one.days_from(other) <= CLOSE;
    let holds = |rule: &Rule| {
        speakers >= rule.speakers
            && (close || !rule.close)
            && overlap.shared >= rule.shared
            && overlap.share >= rule.share
            && overlap.quoted >= rule.quoted
    };
    (overlap.numbers_agree && RULES.iter().any(holds)).then_some(Likeness(overlap))
}

impl Likeness {
    /// The share of the shorter one's words that stand in the other, in hundredths.
    pub fn share(&self) -> u32 {
        (self.0.share * 100.0).round() as u32
    }

    /// Why the two were joined, as the vocabulary has it.
    pub fn reason(&self) -> NamedNodeRef<'static> {
        match self.0 {
            Overlap { share, lengths, .. } if share >= 0.9 && lengths >= 0.8 => dixit::SAME_WORDS,
            Overlap { share, .. } if share >= 0.9 => dixit::SHORTENED_WORDS,
            Overlap { quoted, .. } if quoted >= 4 => dixit::SAME_QUOTATION,
            _ => dixit::SIMILAR_WORDS,
        }
    }

    /// What has more in common comes first.
    pub fn more_first(&self, other: &Self) -> Ordering {
        other.0.share.total_cmp(&self.0.share).then(other.0.shared.cmp(&self.0.shared))
    }
}

fn speakers(some: &[Speaker], others: &[Speaker]) -> Speakers {
    let pairs = some.iter().flat_map(|one| others.iter().map(move |other| (one, other)));
    pairs.map(|(one, other)| pair(one, other)).max().unwrap_or(Speakers::Open)
}

fn pair(one: &Speaker, other: &Speaker) -> Speakers {
    use SpeakerKind::{Person, Unnamed};
    let persons = [one.kind, other.kind].map(|kind| kind == Person);
    let is_same = match persons {
        [true, true] => is_one_person(&one.name, &other.name),
        [false, false] => one.name == other.name && one.kind != Unnamed && other.kind != Unnamed,
        _ => false,
    };
    if is_same || one.iri == other.iri {
        return Speakers::Same;
    }
    match persons {
        [true, true] => Speakers::Differ,
        [false, false] if one.name != other.name => Speakers::Open,
        _ => Speakers::Likely,
    }
}

/// Whether two folded names may be one person's: the words of one all stand in the other ("Macron"), or the first letter and
/// the last word are the same ("E. Macron").
fn is_one_person(one: &str, other: &str) -> bool {
    let all_in = |some: &str, others: &str| {
        !some.is_empty() && some.split(' ').all(|word| others.split(' ').any(|other| other == word))
    };
    fn ends(name: &str) -> Option<(char, &str)> {
        let (_, last) = name.rsplit_once(' ')?;
        Some((name.chars().next()?, last))
    }
    all_in(one, other) || all_in(other, one) || ends(one).is_some_and(|of_one| ends(other) == Some(of_one))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::words::{Quoted, Words};
    use jiff::civil::{Date, date};
    use oxigraph::model::NamedNode;

    const ROY: Option<(&str, SpeakerKind)> = Some(("anne roy", SpeakerKind::Person));
    const PETIT: Option<(&str, SpeakerKind)> = Some(("luc petit", SpeakerKind::Person));
    const TOWN_HALL: Option<(&str, SpeakerKind)> = Some(("mairie", SpeakerKind::Other));
    const SOMEBODY: Option<(&str, SpeakerKind)> = Some(("elue", SpeakerKind::Unnamed));

    fn report(who: Option<(&str, SpeakerKind)>, day: Option<Date>, quoted: Quoted, text: &str) -> Report {
        let speaker = |(name, kind): (&str, _)| {
            // Whoever has no name is another in each article.
            let iri = format!("https://x.example/{name}/{}", if kind == SpeakerKind::Unnamed { text } else { "" });
            Speaker { iri: NamedNode::new_unchecked(iri), name: name.to_owned(), kind, is_of_article: true }
        };
        Report {
            iri: NamedNode::new_unchecked(format!("https://x.example/{text}")),
            words: Words::of(text, quoted),
            speakers: who.into_iter().map(speaker).collect(),
            said: day.map(|day| (day, day)),
            published: None,
        }
    }

    const SHORT: &str = "Le pont rouvrira lundi aux voitures";
    const LONG: &str = "Nous avons tenu les délais du chantier, et personne n'y croyait plus vraiment en février";

    #[track_caller]
    fn joined(one: &Report, other: &Report) -> bool {
        let found = same_event(one, other);
        assert_eq!(found, same_event(other, one));
        found.is_some()
    }

    #[test]
    fn the_less_is_known_of_the_actors_the_more_words_it_takes() {
        let day = Some(date(2024, 5, 16));
        let said = |who, text| report(who, day, Quoted::All, text);
        for (text, who, expected) in [
            (SHORT, ROY, true),
            (SHORT, Some(("roy", SpeakerKind::Person)), true),
            (SHORT, Some(("a roy", SpeakerKind::Person)), true),
            (SHORT, TOWN_HALL, true),
            (SHORT, PETIT, false),
            (LONG, PETIT, true),
            ("pas de pont", SOMEBODY, false),
        ] {
            assert_eq!(joined(&said(ROY, text), &said(who, text)), expected, "{text} {who:?}");
        }
        let crowd = |name| Some((name, SpeakerKind::Unnamed));
        assert!(!joined(
            &said(crowd("foule"), "Pas de pont, pas de paix"),
            &said(crowd("grevistes"), "pas de pont, pas de paix !")
        ));
    }

    #[test]
    fn other_words_are_another_event() {
        let said = |text| report(ROY, None, Quoted::None, text);
        assert!(!joined(&said(SHORT), &said("Le pont rouvrira un jour, mais nul ne sait quand")));
        assert!(!joined(&said("La crue a fait 12 blessés au Vallon"), &said("La crue a fait 15 blessés au Vallon")));
    }

    #[test]
    fn dates_are_close_or_unknown_unless_the_quotation_is_long() {
        let said = |day, text| report(ROY, day, Quoted::All, text);
        let first = said(Some(date(2024, 5, 16)), SHORT);
        assert!(joined(&first, &said(Some(date(2024, 5, 23)), SHORT)));
        assert!(joined(&first, &said(None, SHORT)));
        assert!(!joined(&first, &said(Some(date(2024, 5, 24)), SHORT)));
        assert!(joined(&said(Some(date(2024, 5, 16)), LONG), &said(Some(date(2025, 5, 16)), LONG)));
    }

    #[test]
    fn the_reason_tells_what_they_have_in_common() {
        let reason = |one: &str, other: &str| {
            let said = |text| report(ROY, None, Quoted::Marked, text);
            same_event(&said(one), &said(other)).unwrap().reason()
        };
        assert_eq!(reason(LONG, &format!("« {LONG} »")), dixit::SAME_WORDS);
        assert_eq!(reason(LONG, "Nous avons tenu les délais du chantier"), dixit::SHORTENED_WORDS);
        let around = |before, after| format!("{before} « tenu les délais du chantier de février » {after}");
        let (one, other) = (around("que la ville", "sans rien dire"), around("avoir", "malgré le froid et la neige"));
        assert_eq!(reason(&one, &other), dixit::SAME_QUOTATION);
        assert_eq!(
            reason(
                "Les délais du chantier seront tenus malgré le froid",
                "les délais du chantier seraient tenus malgré la neige"
            ),
            dixit::SIMILAR_WORDS
        );
    }
}
