//! Which marks of a paragraph belong together: of all readings the least odd one.
//!
//! A reading decides for each mark whether it opens, closes or does nothing. Each oddity has its cost; a few of the
//! cheapest readings are kept from mark to mark, so that the work is linear in the number of marks.

use super::Span;
use super::glyph::{Glyph, Style, Way};

/// Marks do not nest deeper than this.
const DEEPEST: usize = 3;
/// A full stop is looked for no farther back than this, in bytes.
const FARTHEST_STOP: usize = 4000;
/// Pairs that all readings together may hold beside those that they have in common.
const MOST_PAIRS: usize = 1 << 14;
/// Readings that are kept.
const KEPT: usize = 8;

/// A mark that does what its shape denies: « used to close.
const AGAINST_SHAPE: u32 = 30;
/// Curly marks are printed the wrong way round more often.
const AGAINST_CURLY_SHAPE: u32 = 10;
/// A mark that closes with a space before it and none behind it.
const AGAINST_SPACES: u32 = 18;
/// A pair that opens with one style and closes with another.
const OTHER_STYLE: u32 = 15;
/// A quotation that is never closed.
const UNCLOSED: u32 = 20;
/// A mark that does nothing.
const STRAY: u32 = 30;
/// A closing mark whose quotation begins with its sentence.
const UNOPENED: u32 = 25;
/// A pair inside one of the same style: plain to see with « », hardly with straight marks.
const NESTED: u32 = 5;
const NESTED_STRAIGHT: u32 = 20;
/// An apostrophe, or a sign of inches.
const DOUBTFUL: u32 = 5;
/// An apostrophe behind a plural that closes a quotation.
const GENITIVE: u32 = 8;

/// An opening mark and what ends its quotation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair {
    /// Empty where the mark was forgotten.
    pub open: Span,
    /// Empty where the mark was forgotten.
    pub close: Span,
    /// Whether a mark closes it.
    pub closed: bool,
}

/// Pairs the marks of a paragraph: adds its outermost pairs to `outermost`, in text order, and returns the style of a
/// quotation that goes on at its end. `before` is the style that the paragraph before left open.
pub(super) fn pairs(
    text: &str,
    paragraph: Span,
    glyphs: &[Glyph],
    before: Option<Style>,
    outermost: &mut Vec<Pair>,
) -> Option<Style> {
    if before.is_none() && nothing_odd(glyphs, outermost) {
        return None;
    }
    outermost.clear();
    least_odd(text, paragraph, glyphs, before, outermost)
}

/// Adds the outermost pairs of the reading that costs nothing, if at each mark there is just one way to go on at no
/// cost: any other reading is odder then, and need not be looked for.
fn nothing_odd(glyphs: &[Glyph], outermost: &mut Vec<Pair>) -> bool {
    let mut reading = Reading::default();
    for glyph in glyphs {
        let top = reading.stack().last().copied().flatten();
        let stray = glyph.style == Style::Single && glyph.hugs != Some(Way::Opens);
        let opens = reading.depth < DEEPEST
            && against(glyph, Way::Opens) == 0
            && reading.stack().iter().flatten().all(|(style, _)| *style != glyph.style)
            && !(glyph.style == Style::Single && glyph.shape.is_none());
        let closes =
            top.filter(|(style, _)| mismatch(*style, glyph.style) == Some(0) && against(glyph, Way::Closes) == 0);
        match (stray, opens, closes) {
            _ if glyph.genitive && reading.depth > 0 => return false,
            (true, false, None) => {}
            (false, true, None) => {
                reading.open[reading.depth] = Some((glyph.style, glyph.span));
                reading.depth += 1;
            }
            (false, false, Some((_, open))) => {
                reading.depth -= 1;
                if reading.depth == 0 {
                    outermost.push(Pair { open, close: glyph.span, closed: true });
                }
            }
            _ => return false,
        }
    }
    reading.depth == 0
}

/// The same for any marks: all readings are gone through, as far as they may become the least odd one.
fn least_odd(
    text: &str,
    paragraph: Span,
    glyphs: &[Glyph],
    before: Option<Style>,
    outermost: &mut Vec<Pair>,
) -> Option<Style> {
    let mut book =
        Book { text, paragraph, before, found: Vec::new(), most: MOST_PAIRS, stop: None, seen: paragraph.start };
    let mut readings = vec![Reading::default()];
    for glyph in glyphs {
        book.see(glyph.span.start);
        let mut next: Vec<Reading> = Vec::with_capacity(readings.len() * 3);
        for reading in &readings {
            book.go_on(reading, glyph, &mut next);
        }
        // Stable: of readings of one cost the first one found stays ahead.
        next.sort_by_key(|reading| reading.cost);
        readings.clear();
        if book.found.len() > book.most {
            next.truncate(1);
            next.iter_mut().for_each(|best| book.keep_only(best));
        }
        for reading in next {
            if readings.len() < KEPT && readings.iter().all(|kept| kept.stack() != reading.stack()) {
                readings.push(reading);
            }
        }
    }
    let cost = |reading: &&Reading| reading.cost + UNCLOSED * reading.depth as u32;
    let best = readings.iter().min_by_key(cost).copied().unwrap_or_default();
    book.finish(best, outermost)
}

/// One way to read the marks so far.
#[derive(Debug, Clone, Copy, Default)]
struct Reading {
    cost: u32,
    open: [Option<(Style, Span)>; DEEPEST],
    depth: usize,
    /// The last pair that it found, as a place in the book, from 1.
    last: usize,
}

impl Reading {
    fn stack(&self) -> &[Option<(Style, Span)>] {
        &self.open[..self.depth]
    }

    fn outer(&self) -> Option<(Style, Span)> {
        self.open[0].filter(|_| self.depth > 0)
    }
}

/// The pairs of all readings, each with the pair before it.
struct Book<'a> {
    text: &'a str,
    paragraph: Span,
    before: Option<Style>,
    found: Vec<(Pair, usize)>,
    /// When there are more pairs, only the cheapest reading goes on.
    most: usize,
    /// The last full stop before the mark that is read, and up to where it was looked for.
    stop: Option<Span>,
    seen: usize,
}

impl Book<'_> {
    /// All that `glyph` may do in `reading`.
    fn go_on(&mut self, reading: &Reading, glyph: &Glyph, next: &mut Vec<Reading>) {
        self.close(reading, glyph, next);
        self.open(reading, glyph, next);
        if let Some((_, open)) = reading.outer() {
            // The closing mark was forgotten: the quotation ended with the last sentence before this mark.
            let end = self.last_stop(open.end, glyph.span.start);
            let pair = Pair { open, close: Span::new(end, end), closed: false };
            let ended = Reading { cost: reading.cost + UNCLOSED * reading.depth as u32, depth: 0, ..*reading };
            let ended = self.note(ended, pair);
            self.open(&ended, glyph, next);
        }
        let stray = match (glyph.doubtful, glyph.hugs) {
            (true, Some(Way::Opens)) => 2 * DOUBTFUL,
            (true, _) if glyph.style == Style::Single => 0,
            (true, _) => DOUBTFUL,
            _ => STRAY,
        };
        next.push(Reading { cost: reading.cost + stray, ..*reading });
    }

    fn open(&self, reading: &Reading, glyph: &Glyph, next: &mut Vec<Reading>) {
        if reading.depth == DEEPEST {
            return;
        }
        let nested = if reading.stack().iter().flatten().all(|(style, _)| *style != glyph.style) {
            0
        } else if glyph.style == Style::Straight {
            NESTED_STRAIGHT
        } else {
            NESTED
        };
        let continues = self.before == Some(glyph.style) && self.is_head(glyph.span.start);
        let doubt = if glyph.style == Style::Single && glyph.shape.is_none() { DOUBTFUL } else { 0 };
        let odd = if continues { 0 } else { against(glyph, Way::Opens) };
        let mut opened = Reading { cost: reading.cost + nested + odd + doubt, ..*reading };
        opened.open[opened.depth] = Some((glyph.style, glyph.span));
        opened.depth += 1;
        next.push(opened);
    }

    fn close(&mut self, reading: &Reading, glyph: &Glyph, next: &mut Vec<Reading>) {
        let odd = against(glyph, Way::Closes) + if glyph.genitive { GENITIVE } else { 0 };
        for depth in (0..reading.depth).rev() {
            let Some((style, open)) = reading.open[depth] else { continue };
            let unclosed = UNCLOSED * (reading.depth - 1 - depth) as u32;
            let Some(other) = mismatch(style, glyph.style) else { continue };
            let closed = Reading { cost: reading.cost + odd + unclosed + other, depth, ..*reading };
            let pair = Pair { open, close: glyph.span, closed: true };
            next.push(if depth == 0 { self.note(closed, pair) } else { closed });
        }
        if reading.depth == 0
            && glyph.hugs != Some(Way::Opens)
            && let Some((start, cost)) = self.unopened(reading, glyph)
        {
            let pair = Pair { open: Span::new(start, start), close: glyph.span, closed: true };
            next.push(self.note(Reading { cost: reading.cost + odd + cost, ..*reading }, pair));
        }
    }

    /// Where a quotation begins whose opening mark is missing, and how odd that is: with the paragraph if the one
    /// before was left open, or with its sentence if a comma follows the mark.
    fn unopened(&self, reading: &Reading, glyph: &Glyph) -> Option<(usize, u32)> {
        if self.is_head(glyph.span.start) {
            return None;
        }
        if self.before == Some(glyph.style) && reading.last == 0 {
            return Some((self.paragraph.start, 0));
        }
        let rest = self.text[glyph.span.end..self.paragraph.end].trim_start().strip_prefix(',')?.trim_start();
        let from = match reading.last {
            0 => self.paragraph.start,
            last => self.found[last - 1].0.close.end,
        };
        let stop = self.last_stop(from, glyph.span.start);
        let start = if stop == glyph.span.start { from } else { stop };
        let words = &self.text[start..glyph.span.start];
        let sentence = words.trim_start().starts_with(char::is_uppercase) && words.split_whitespace().nth(2).is_some();
        (sentence && rest.starts_with(char::is_lowercase) && !glyph.doubtful).then_some((start, UNOPENED))
    }

    fn is_head(&self, at: usize) -> bool {
        self.text[self.paragraph.start..at].trim().is_empty()
    }

    /// Looks for full stops up to `to`.
    fn see(&mut self, to: usize) {
        let part = &self.text[self.seen..to];
        if let Some((at, stop)) = part.char_indices().rev().find(|(_, c)| matches!(c, '.' | '!' | '?' | '…')) {
            let start = self.seen + at;
            self.stop = Some(Span::new(start, start + stop.len_utf8()));
        }
        self.seen = to;
    }

    /// Behind the last full stop in `from..to`, or `to`.
    fn last_stop(&self, from: usize, to: usize) -> usize {
        let near = from.max(to.saturating_sub(FARTHEST_STOP));
        self.stop.filter(|stop| near <= stop.start).map_or(to, |stop| stop.end)
    }

    fn note(&mut self, reading: Reading, pair: Pair) -> Reading {
        self.found.push((pair, reading.last));
        Reading { last: self.found.len(), ..reading }
    }

    fn finish(mut self, best: Reading, outermost: &mut Vec<Pair>) -> Option<Style> {
        let mut last = best.last;
        let left_open = best.outer().map(|(style, _)| style);
        if let Some((_, open)) = best.outer() {
            let end = Span::new(self.paragraph.end, self.paragraph.end);
            last = self.note(best, Pair { open, close: end, closed: false }).last;
        }
        outermost.extend(self.pairs_of(last));
        left_open
    }

    /// The pairs up to the place `last`, in text order.
    fn pairs_of(&self, mut last: usize) -> Vec<Pair> {
        let mut pairs = Vec::new();
        while last > 0 {
            let (pair, previous) = self.found[last - 1];
            pairs.push(pair);
            last = previous;
        }
        pairs.reverse();
        pairs
    }

    /// Forgets all pairs but those of one reading.
    fn keep_only(&mut self, reading: &mut Reading) {
        let pairs = self.pairs_of(reading.last);
        reading.last = pairs.len();
        self.most = 2 * pairs.len() + MOST_PAIRS;
        self.found = pairs.into_iter().enumerate().map(|(before, pair)| (pair, before)).collect();
    }
}

/// What it costs that `glyph` does what its shape or the spaces beside it deny.
fn against(glyph: &Glyph, way: Way) -> u32 {
    let shape = match glyph.shape {
        Some(shape) if shape != way && glyph.style == Style::Curly => AGAINST_CURLY_SHAPE,
        Some(shape) if shape != way => AGAINST_SHAPE,
        _ => 0,
    };
    let spaces = if glyph.hugs.is_some_and(|hugs| hugs != way) { AGAINST_SPACES } else { 0 };
    shape + spaces
}

/// How odd it is that a mark of style `close` ends a quotation of style `open`; `None` if it cannot.
fn mismatch(open: Style, close: Style) -> Option<u32> {
    match (open, close) {
        _ if open == close => Some(0),
        (Style::German, Style::Curly | Style::Straight) => Some(0),
        (Style::Single, _) | (_, Style::Single) => None,
        _ => Some(OTHER_STYLE),
    }
}
