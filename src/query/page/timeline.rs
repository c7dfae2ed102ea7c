//! Counts over time as SVG: bars for one line, a row of small ones for each of several.

use super::markup::Escaped;
use crate::query::bars::{Bars, PeriodName, WIDTH};
use crate::query::language::Language;
use crate::query::series::{Line, Series};
use std::io::{self, Write};

/// The height of a small drawing, in its own units.
const SMALL_HEIGHT: f64 = 36.0;
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
    let Bars { width, height, floor, bars, names } = Bars::of(series, line);
    writeln!(
        out,
        "<svg viewBox=\"0 0 {width} {height}\" role=\"group\" aria-labelledby=\"tt td\">\n<title id=\"tt\">{}</title>\
         <desc id=\"td\">{}</desc>",
        Escaped(title),
        Escaped(&series.told(line, language))
    )?;
    for bar in bars {
        write!(
            out,
            "<a href=\"#p{}\" aria-label=\"{name}\"><title>{name}</title><rect class=\"hit\" x=\"{:.1}\" y=\"0\" \
             width=\"{:.1}\" height=\"{floor}\"/><rect class=\"bar\" x=\"{:.1}\" y=\"{:.1}\" width=\"{:.1}\" \
             height=\"{:.1}\"/>",
            bar.place,
            bar.left,
            bar.step,
            bar.x,
            bar.y,
            bar.width,
            bar.height,
            name = Escaped(&format!("{}: {}", bar.period, bar.count)),
        )?;
        if bar.has_number {
            let (x, y) = (bar.middle(), bar.y - 5.0);
            write!(
                out,
                "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"middle\" aria-hidden=\"true\">{}</text>",
                bar.count
            )?;
        }
        writeln!(out, "</a>")?;
    }
    writeln!(out, "<line class=\"axis\" x1=\"0\" y1=\"{floor}\" x2=\"{width}\" y2=\"{floor}\"/>")?;
    for PeriodName { period, x, y, anchor } in names {
        writeln!(out, "<text x=\"{x:.1}\" y=\"{y}\" text-anchor=\"{anchor}\">{period}</text>")?;
    }
    writeln!(out, "</svg>")
}

fn write_small(series: &Series, line: &Line, place: usize, language: Language, out: &mut dyn Write) -> io::Result<()> {
    let (step, most) = (WIDTH / series.periods.len() as f64, line.most().max(1));
    write!(
        out,
        "<svg viewBox=\"0 0 {WIDTH} {SMALL_HEIGHT}\" preserveAspectRatio=\"none\" role=\"img\" \
         aria-labelledby=\"t{place} d{place}\"><title id=\"t{place}\">{}</title><desc id=\"d{place}\">{}</desc>",
        Escaped(&line.name),
        Escaped(&series.told(line, language))
    )?;
    for (place, count) in line.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let height = (SMALL_HEIGHT - 1.0) * *count as f64 / most as f64;
        let (x, y, width) = ((place as f64 + 0.1) * step, SMALL_HEIGHT - height, step * 0.8);
        write!(out, "<rect class=\"bar\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{height:.1}\"/>")?;
    }
    write!(out, "<line class=\"axis\" x1=\"0\" y1=\"{SMALL_HEIGHT}\" x2=\"{WIDTH}\" y2=\"{SMALL_HEIGHT}\"/></svg>")
}
