//! Where the bars of counts over time stand in a drawing.

use super::language::Language;
use super::series::{Line, Series, Unit};

/// The drawing, in its own units.
pub(super) const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 150.0;
/// Below the bars, for the names of periods.
const FOOT: f64 = 22.0;
/// Above them, for the number of the highest.
const HEAD: f64 = 18.0;
/// The room that the name of a period takes.
const NAME: f64 = 80.0;
/// The room that a digit takes.
const DIGIT: f64 = 8.0;
/// What is free between two numbers.
const BETWEEN: f64 = 4.0;
/// Few bars are no walls.
const WIDEST: f64 = 60.0;

/// A line of counts as a drawing.
#[derive(Debug, Clone, PartialEq)]
pub struct Bars {
    pub width: f64,
    pub height: f64,
    /// On which the bars stand.
    pub floor: f64,
    /// Those with a count.
    pub bars: Vec<Bar>,
    /// The periods that are named: those with round numbers.
    pub names: Vec<PeriodName>,
}

/// The count of a period.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// The place of its period.
    pub place: usize,
    pub period: String,
    pub count: u64,
    /// Where the column begins in which it stands, and how wide that is: the whole of it can be hit, so that small bars can.
    pub left: f64,
    pub step: f64,
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
    /// Whether there is room for the numbers above all of them.
    pub has_number: bool,
}

/// The name of a period below the bars.
#[derive(Debug, Clone, PartialEq)]
pub struct PeriodName {
    pub period: String,
    pub x: f64,
    pub y: f64,
    /// `start`, `middle` or `end`: at the edges the name stays within.
    pub anchor: &'static str,
}

impl Bar {
    /// The middle of its column.
    pub fn middle(&self) -> f64 {
        self.left + self.step / 2.0
    }
}

impl Bars {
    /// A line of a series.
    pub fn of(series: &Series, line: &Line) -> Self {
        let step = WIDTH / series.periods.len().max(1) as f64;
        let floor = HEAD + HEIGHT;
        let most = line.most().max(1);
        let has_number = most.to_string().len() as f64 * DIGIT + BETWEEN <= step;
        let counted = series.periods.iter().zip(&line.counts).enumerate().filter(|(_, (_, count))| **count > 0);
        let bars = counted.map(|(place, (period, count))| {
            let (left, height) = (place as f64 * step, HEIGHT * *count as f64 / most as f64);
            let width = (step * 0.8).min(WIDEST);
            Bar {
                place,
                period: period.clone(),
                count: *count,
                left,
                step,
                x: left + (step - width) / 2.0,
                y: floor - height,
                width,
                height,
                has_number,
            }
        });
        let names = named(series, (NAME / step).ceil() as usize).map(|(place, period)| {
            let (x, anchor) = match (place as f64 + 0.5) * step {
                x if x < NAME / 2.0 => (0.0, "start"),
                x if x > WIDTH - NAME / 2.0 => (WIDTH, "end"),
                x => (x, "middle"),
            };
            PeriodName { period: period.clone(), x, y: floor + FOOT - 5.0, anchor }
        });
        Self { width: WIDTH, height: floor + FOOT, floor, bars: bars.collect(), names: names.collect() }
    }
}

impl Series {
    /// A line in words, for who does not see it.
    pub fn told(&self, line: &Line, language: Language) -> String {
        let ends = [self.periods.first(), self.periods.last()].map(|period| period.map_or("", String::as_str));
        let highest = self.periods.iter().zip(&line.counts).rev().max_by_key(|(_, count)| **count);
        let (period, most) = highest.map_or(("", 0), |(period, count)| (period.as_str(), *count));
        let ([first, last], total) = (ends, line.total());
        match language {
            Language::Fr => format!("De {first} à {last} : {total} en tout, {most} au plus ({period})."),
            Language::En => format!("From {first} to {last}: {total} in all, {most} at most ({period})."),
        }
    }
}

/// The periods that are named, with so many from one to the next at least: those with round numbers.
fn named(series: &Series, least: usize) -> impl Iterator<Item = (usize, &String)> {
    let steps: &[usize] = match series.unit {
        Unit::Day => &[1, 2, 5, 10, 15, 30, 60, 90],
        Unit::Month => &[1, 2, 3, 6, 12, 24, 60, 120],
        Unit::Year => &[1, 2, 5, 10, 20, 50, 100, 500, 1000],
    };
    let step = steps.iter().copied().find(|step| *step >= least).unwrap_or(least);
    // Days are counted from the first one, months from January, years from nought.
    let number = |part: usize| -> usize {
        let first = series.periods.first().map_or("", String::as_str);
        first.split('-').nth(part).and_then(|number| number.parse().ok()).unwrap_or_default()
    };
    let before = match series.unit {
        Unit::Day => 0,
        Unit::Month => number(0) * 12 + number(1).saturating_sub(1),
        Unit::Year => number(0),
    };
    series.periods.iter().enumerate().filter(move |(place, _)| (before + place).is_multiple_of(step))
}
