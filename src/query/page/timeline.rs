//! Counts over time as SVG: bars for one line, a row of small ones for each of several.

use super::markup::Escaped;
use crate::query::language::Language;
use crate::query::series::{Line, Series, Unit};
use std::io::{self, Write};

/// The drawing, in its own units.
const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 150.0;
const SMALL_HEIGHT: f64 = 36.0;
/// Below the bars, for the names of periods.
const FOOT: f64 = 22.0;
/// Above them, for the number of the highest.
const HEAD: f64 = 18.0;
/// The room that the name of a period takes.
const LABEL: f64 = 80.0;
/// So many lines are drawn, those with most.
const MOST_LINES: usize = 30;

/// Whether its bars lead to rows: of several lines they are too small to be hit.
pub fn leads_to_rows(series: &Series) -> bool {
    series.by.is_none()
}

/// Writes the figure.
pub fn write(series: &Series, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let title = series.title(language);
    writeln!(out, "<figure>\n<figcaption>{}</figcaption>", Escaped(&title))?;
    match series.lines.as_slice() {
        [line] if leads_to_rows(series) => write_bars(series, line, &title, language, out)?,
        lines => {
            writeln!(out, "<ul class=\"lines\">")?;
            for (number, line) in lines.iter().take(MOST_LINES).enumerate() {
                write!(out, "<li><span dir=\"auto\">{}</span> ", Escaped(&line.name))?;
                write_small(series, line, number, language, out)?;
                writeln!(out, " <small>{}</small></li>", line.total())?;
            }
            let ends = [series.periods.first(), series.periods.last()].map(|period| period.map_or("", String::as_str));
            writeln!(
                out,
                "<li class=\"ends\"><span></span> <span>{}</span> <span>{}</span></li></ul>",
                ends[0], ends[1]
            )?;
            if lines.len() > MOST_LINES {
                let rest = lines.len() - MOST_LINES;
                writeln!(out, "<p class=\"note\">+ {rest}</p>")?;
            }
        }
    }
    if series.undated > 0 {
        let words = match language {
            Language::Fr => "sans date",
            Language::En => "without a date",
        };
        writeln!(out, "<p class=\"note\">+ {} {words}</p>", series.undated)?;
    }
    writeln!(out, "</figure>")
}

fn write_bars(series: &Series, line: &Line, title: &str, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let step = WIDTH / series.periods.len() as f64;
    let floor = HEAD + HEIGHT;
    writeln!(
        out,
        "<svg viewBox=\"0 0 {WIDTH} {}\" role=\"group\" aria-labelledby=\"tt td\">\n<title id=\"tt\">{}</title>\
         <desc id=\"td\">{}</desc>",
        floor + FOOT,
        Escaped(title),
        Escaped(&told(series, line, language))
    )?;
    let most = line.most();
    for (place, (period, count)) in series.periods.iter().zip(&line.counts).enumerate().filter(|(_, (_, n))| **n > 0) {
        let height = HEIGHT * *count as f64 / most as f64;
        // Few bars are no walls.
        let (x, y, width) = (place as f64 * step, floor - height, (step * 0.8).min(60.0));
        let name = format!("{period}: {count}");
        // The whole height can be hit, so that small bars can.
        writeln!(
            out,
            "<a href=\"#p{place}\" aria-label=\"{0}\"><title>{0}</title><rect class=\"hit\" x=\"{x:.1}\" y=\"0\" \
             width=\"{step:.1}\" height=\"{floor}\"/><rect class=\"bar\" x=\"{1:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" \
             height=\"{height:.1}\"/>{2}</a>",
            Escaped(&name),
            x + (step - width) / 2.0,
            number(*count, x + step / 2.0, y, step),
        )?;
    }
    writeln!(out, "<line class=\"axis\" x1=\"0\" y1=\"{floor}\" x2=\"{WIDTH}\" y2=\"{floor}\"/>")?;
    for (place, period) in labelled(series, (LABEL / step).ceil() as usize) {
        let x = (place as f64 + 0.5) * step;
        // At the edges the name stays within.
        let (x, anchor) = match x {
            x if x < LABEL / 2.0 => (0.0, "start"),
            x if x > WIDTH - LABEL / 2.0 => (WIDTH, "end"),
            x => (x, "middle"),
        };
        writeln!(out, "<text x=\"{x:.1}\" y=\"{}\" text-anchor=\"{anchor}\">{period}</text>", floor + FOOT - 5.0)?;
    }
    writeln!(out, "</svg>")
}

/// The periods that are named, with so many from one to the next at least: those with round numbers.
fn labelled(series: &Series, least: usize) -> impl Iterator<Item = (usize, &String)> {
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

/// The number above a bar, where there is room.
fn number(count: u64, x: f64, y: f64, step: f64) -> String {
    let count = count.to_string();
    if count.len() as f64 * 8.0 > step {
        return String::new();
    }
    format!("<text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\" aria-hidden=\"true\">{count}</text>", y - 5.0)
}

fn write_small(series: &Series, line: &Line, place: usize, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let (step, most) = (WIDTH / series.periods.len() as f64, line.most().max(1));
    write!(
        out,
        "<svg viewBox=\"0 0 {WIDTH} {SMALL_HEIGHT}\" preserveAspectRatio=\"none\" role=\"img\" \
         aria-labelledby=\"t{place} d{place}\"><title id=\"t{place}\">{}</title><desc id=\"d{place}\">{}</desc>",
        Escaped(&line.name),
        Escaped(&told(series, line, language))
    )?;
    for (place, count) in line.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let height = (SMALL_HEIGHT - 1.0) * *count as f64 / most as f64;
        let (x, y, width) = ((place as f64 + 0.1) * step, SMALL_HEIGHT - height, step * 0.8);
        write!(out, "<rect class=\"bar\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"/>")?;
    }
    write!(out, "<line class=\"axis\" x1=\"0\" y1=\"{SMALL_HEIGHT}\" x2=\"{WIDTH}\" y2=\"{SMALL_HEIGHT}\"/></svg>")
}

/// The line in words, for who does not see it.
fn told(series: &Series, line: &Line, language: Language) -> String {
    let ends = [series.periods.first(), series.periods.last()].map(|period| period.map_or("", String::as_str));
    let highest = series.periods.iter().zip(&line.counts).rev().max_by_key(|(_, count)| **count);
    let (period, most) = highest.map_or(("", 0), |(period, count)| (period.as_str(), *count));
    let ([first, last], total) = (ends, line.total());
    match language {
        Language::Fr => format!("De {first} à {last} : {total} en tout, {most} au plus ({period})."),
        Language::En => format!("From {first} to {last}: {total} in all, {most} at most ({period})."),
    }
}
