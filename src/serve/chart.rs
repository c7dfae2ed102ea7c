//! Counts over time as a drawing, whose bars lead somewhere.

use crate::query::{Bar, Bars, Language, Line, PeriodName, Series};

/// So many lines are drawn, those with most.
const MOST_LINES: usize = 30;

/// A drawing of one line.
pub struct Chart {
    pub title: String,
    /// Where its title leads.
    pub address: Option<String>,
    /// What it shows, in words.
    pub told: String,
    pub total: u64,
    pub width: f64,
    pub height: f64,
    pub floor: f64,
    /// With the addresses to which they lead.
    pub bars: Vec<(Bar, String)>,
    pub names: Vec<PeriodName>,
}

/// The drawing of a series: one with bars that lead somewhere, or small ones, a line each.
pub struct Charts {
    pub title: String,
    pub one: Option<Chart>,
    pub several: Vec<Chart>,
    /// How many lines are left out.
    pub rest: u64,
    pub undated: u64,
    /// What lies before the first period and is left out: how many, until when, and where it is.
    pub earlier: Option<(u64, String, String)>,
    pub first: String,
    pub last: String,
}

impl Charts {
    /// The same with a title of its own, whose lines lead somewhere.
    #[must_use]
    pub fn leading(mut self, title: &str, address: impl Fn(&str) -> Option<String>) -> Self {
        self.title = title.to_owned();
        for line in &mut self.several {
            line.address = address(&line.title);
        }
        self
    }

    /// Draws a series; `address` says where the bar of a period leads.
    pub fn of(series: &Series, language: Language, address: impl Fn(&Bar) -> String) -> Self {
        let draw = |line: &Line, title: String| {
            let Bars { width, height, floor, bars, names } = Bars::of(series, line);
            let bars = bars.into_iter().map(|bar| (address(&bar), bar)).map(|(address, bar)| (bar, address)).collect();
            Chart {
                title,
                address: None,
                told: series.told(line, language),
                total: line.total(),
                width,
                height,
                floor,
                bars,
                names,
            }
        };
        let title = series.title(language);
        let one = match &series.lines[..] {
            [line] if series.by.is_none() => Some(draw(line, title.clone())),
            _ => None,
        };
        let lines = series.lines.iter().filter(|_| one.is_none());
        let end = |period: Option<&String>| period.cloned().unwrap_or_default();
        Self {
            several: lines.clone().take(MOST_LINES).map(|line| draw(line, line.name.clone())).collect(),
            rest: lines.count().saturating_sub(MOST_LINES) as u64,
            one,
            title,
            undated: series.undated,
            earlier: None,
            first: end(series.periods.first()),
            last: end(series.periods.last()),
        }
    }
}
