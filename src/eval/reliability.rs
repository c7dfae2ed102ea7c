//! Whether confidence means what it says: of the statements with 0.8, eight of ten should be right.

use super::measure::{Counts, speaker_right};
use super::name::Names;
use super::sheet::{Comparison, Sheet};
use serde::Serialize;

/// Lower ends of the bands of confidence.
const BANDS: [f64; 7] = [0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95];

/// A found statement that counts: how far it was trusted, and whether it was right, content and speaker.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judged {
    /// From 0 to 1.
    pub confidence: f64,
    /// Whether content and speaker are right.
    pub right: bool,
}

/// The found statements that count and have a confidence.
pub fn judged(articles: &[Comparison], names: &Names) -> Vec<Judged> {
    let counted = articles.iter().flat_map(Comparison::counted);
    let judge = |(found, wanted): (&super::Prediction, Option<&super::GoldStatement>)| {
        let right = wanted.is_some_and(|w| speaker_right(&w.actors, &found.actors, names));
        found.confidence.map(|confidence| Judged { confidence, right })
    };
    counted.filter_map(judge).collect()
}

/// The statements of one band of confidence.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Band {
    /// Least confidence.
    pub from: f64,
    /// The next band's.
    pub to: f64,
    /// How many.
    pub statements: usize,
    /// Mean of their confidence.
    pub confidence: f64,
    /// Share of them that is right.
    pub right: f64,
}

/// The bands that hold any statement.
pub fn bands(judged: &[Judged]) -> Vec<Band> {
    let ends = BANDS.iter().skip(1).copied().chain([1.0]);
    let band = |(from, to): (f64, f64)| {
        let inside = |j: &&Judged| j.confidence >= from && (j.confidence < to || to == 1.0);
        let held: Vec<&Judged> = judged.iter().filter(inside).collect();
        let statements = held.len();
        let mean = |sum: f64| sum / statements as f64;
        (statements > 0).then(|| Band {
            from,
            to,
            statements,
            confidence: mean(held.iter().map(|j| j.confidence).sum()),
            right: mean(held.iter().filter(|j| j.right).count() as f64),
        })
    };
    BANDS.iter().copied().zip(ends).filter_map(band).collect()
}

/// The expected calibration error: how far confidence and share of right ones are apart, a statement in the mean.
pub fn calibration_error(bands: &[Band]) -> f64 {
    let all: usize = bands.iter().map(|band| band.statements).sum();
    let apart = bands.iter().map(|b| b.statements as f64 * (b.confidence - b.right).abs());
    if all == 0 { 0.0 } else { apart.sum::<f64>() / all as f64 }
}

/// What remains when less trusted statements are left out.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct AtConfidence {
    /// The least confidence that is kept.
    pub least: f64,
    /// Statements that were found and count.
    pub statements: usize,
    /// Share of them whose content is right.
    pub precision: f64,
    /// Share of the demanded statements that are found.
    pub recall: f64,
    /// Share of them whose content and speaker are right.
    pub right: f64,
}

/// What remains at the lower end of each band.
pub fn at_confidence(sheets: &[Sheet], names: &Names) -> Vec<AtConfidence> {
    let remains = |least: f64| {
        let articles: Vec<_> = sheets.iter().map(|sheet| sheet.compare(Some(least))).collect();
        let counts = Counts::of(&articles, names);
        let of_found = |part: usize| super::content::ratio(part, counts.predicted);
        AtConfidence {
            least,
            statements: counts.predicted,
            precision: of_found(counts.hits),
            recall: super::content::ratio(counts.hits, counts.gold),
            right: of_found(counts.actors),
        }
    };
    BANDS.iter().map(|least| remains(*least)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_and_their_error() {
        let judged: Vec<Judged> = [(0.2, false), (0.9, true), (0.94, false), (1.0, true)]
            .map(|(confidence, right)| Judged { confidence, right })
            .to_vec();
        let bands = bands(&judged);
        let seen: Vec<_> = bands.iter().map(|b| (b.from, b.to, b.statements, b.right)).collect();
        assert_eq!(seen, [(0.0, 0.5, 1, 0.0), (0.9, 0.95, 2, 0.5), (0.95, 1.0, 1, 1.0)]);
        assert!((calibration_error(&bands) - (0.2 + 2.0 * 0.42) / 4.0).abs() < 1e-9);
        assert_eq!(calibration_error(&[]), 0.0);
    }
}
