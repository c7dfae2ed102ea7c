//! Quotation marks: which mark opens, which closes, and what stands between them.
//!
//! French press mixes « », “ ”, straight marks and others, nests them, reopens them at each paragraph
//! and forgets to close them. Marks are paired within a paragraph, so that a forgotten one can never
//! swallow the rest of the article.

use super::Span;

/// What stands between an outermost pair of quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quotation {
    /// From the opening mark to the end of the closing one.
    pub outer: Span,
    /// Between the marks, without the spaces at their insides.
    pub inner: Span,
    /// Whether a closing mark was found; if not, the paragraph (or the next opening mark) ends it.
    pub closed: bool,
}

/// Families of marks that close each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Guillemet,
    Curly,
    German,
    Straight,
    Single,
    Angle,
}

#[derive(Debug, Clone, Copy)]
struct Open {
    style: Style,
    span: Span,
}

/// The outermost quotations of `text` in the given paragraphs, in text order.
pub fn quotations(text: &str, paragraphs: &[Span]) -> Vec<Quotation> {
    let mut found = Vec::new();
    let mut open_before: Option<Style> = None;
    for &paragraph in paragraphs {
        let mut pairing = Pairing { text, paragraph, stack: Vec::new(), inner_pairs: Vec::new(), found: Vec::new() };
        open_before = pairing.run(open_before);
        found.append(&mut pairing.found);
    }
    found
}

struct Pairing<'a> {
    text: &'a str,
    paragraph: Span,
    stack: Vec<Open>,
    /// Closed pairs inside an open one: they become outermost if the outer one never closes.
    inner_pairs: Vec<Quotation>,
    found: Vec<Quotation>,
}

impl Pairing<'_> {
    /// Pairs the marks of one paragraph. `before` is the style that the paragraph before left open;
    /// the style that this one leaves open is returned.
    fn run(&mut self, before: Option<Style>) -> Option<Style> {
        let body = self.paragraph.of(self.text);
        let straight = body.bytes().filter(|b| *b == b'"').count();
        let mut left_open = None;
        let mut skip_to = 0;
        for (i, c) in body.char_indices() {
            if i < skip_to {
                continue;
            }
            let at = self.paragraph.start + i;
            let mark = Span::new(at, at + c.len_utf8());
            match c {
                '«' => self.open(Style::Guillemet, mark),
                '»' if self.is_continuation(before, Style::Guillemet, at) => self.open(Style::Guillemet, mark),
                '»' => self.close(&[Style::Guillemet], mark, before),
                '„' => self.open(Style::German, mark),
                '“' if self.top_is(Style::German) => self.close(&[Style::German], mark, None),
                '“' => self.open(Style::Curly, mark),
                '”' if self.has(&[Style::Curly, Style::German]) => {
                    self.close(&[Style::Curly, Style::German], mark, None);
                }
                '”' if self.opens_here(mark) => self.open(Style::Curly, mark),
                '”' => self.close(&[Style::Curly], mark, before),
                '‹' => self.open(Style::Single, mark),
                '›' => self.close(&[Style::Single], mark, None),
                '‘' if self.opens_here(mark) => self.open(Style::Single, mark),
                '’' if self.top_is(Style::Single) && !self.letter_follows(mark) => {
                    self.close(&[Style::Single], mark, None);
                }
                '<' | '>' if body[i..].starts_with(['<', '>']) && body[i + 1..].starts_with(c) => {
                    let mark = Span::new(at, at + 2);
                    skip_to = i + 2;
                    if c == '<' { self.open(Style::Angle, mark) } else { self.close(&[Style::Angle], mark, None) }
                }
                '"' => self.straight(mark, straight, before),
                _ => {}
            }
        }
        if !self.stack.is_empty() {
            left_open = Some(self.stack[0].style);
            self.end_unclosed();
        }
        self.found.sort_by_key(|q| q.outer.start);
        left_open
    }

    fn top_is(&self, style: Style) -> bool {
        self.stack.last().is_some_and(|open| open.style == style)
    }

    fn has(&self, styles: &[Style]) -> bool {
        self.stack.iter().any(|open| styles.contains(&open.style))
    }

    /// A closing guillemet at the head of a paragraph continues what the one before left open.
    fn is_continuation(&self, before: Option<Style>, style: Style, at: usize) -> bool {
        before == Some(style) && self.text[self.paragraph.start..at].trim().is_empty()
    }

    fn open(&mut self, style: Style, span: Span) {
        self.stack.push(Open { style, span });
    }

    /// Closes the innermost open mark of one of `styles`. With none open, the paragraph's head is taken
    /// as the opening if the paragraph before was left open; otherwise the mark is a stray one.
    fn close(&mut self, styles: &[Style], mark: Span, before: Option<Style>) {
        let Some(depth) = self.stack.iter().rposition(|open| styles.contains(&open.style)) else {
            let unopened = before.is_some_and(|style| styles.contains(&style));
            if unopened && self.stack.is_empty() && self.found.is_empty() {
                let head = Span::new(self.paragraph.start, self.paragraph.start);
                self.found.extend(quotation(self.text, head, mark, true));
            }
            return;
        };
        let open = self.stack[depth];
        self.stack.truncate(depth);
        let pair = quotation(self.text, open.span, mark, true);
        if depth == 0 {
            self.found.extend(pair);
            self.inner_pairs.clear();
        } else {
            self.inner_pairs.extend(pair);
        }
    }

    /// A straight mark opens or closes by what stands around it.
    fn straight(&mut self, mark: Span, total: usize, before: Option<Style>) {
        let opens = self.opens_here(mark);
        if !self.has(&[Style::Straight]) {
            let closes_only = !opens && !self.letter_follows(mark);
            if !closes_only {
                self.open(Style::Straight, mark);
            } else {
                self.close(&[Style::Straight], mark, before);
            }
        } else if opens && self.letter_follows(mark) && self.spaced_before(mark) {
            // A second opening mark: nested if the paragraph's marks come in pairs, else the first was forgotten.
            if total.is_multiple_of(2) && self.stack.len() == 1 && !self.closes_soon(mark) {
                self.close(&[Style::Straight], mark, None);
            } else {
                self.open(Style::Straight, mark);
            }
        } else {
            self.close(&[Style::Straight], mark, None);
        }
    }

    /// Whether a nested straight quotation would be short and closed again before the next opening mark.
    fn closes_soon(&self, mark: Span) -> bool {
        let rest = &self.text[mark.end..self.paragraph.end];
        rest.find('"').is_some_and(|i| rest[i + 1..].starts_with(|c: char| !c.is_alphanumeric()))
    }

    fn spaced_before(&self, mark: Span) -> bool {
        let before = self.text[self.paragraph.start..mark.start].chars().next_back();
        before.is_none_or(|c| {
            c.is_whitespace() || matches!(c, '(' | '[' | '\'' | '’' | '-' | '–' | '—' | '«' | '“' | ':')
        })
    }

    fn opens_here(&self, mark: Span) -> bool {
        let after = self.text[mark.end..self.paragraph.end].chars().next();
        self.spaced_before(mark) && after.is_some_and(|c| !c.is_whitespace() || c == '\u{a0}' || c == '\u{202f}')
    }

    fn letter_follows(&self, mark: Span) -> bool {
        let after = self.text[mark.end..self.paragraph.end].chars().next();
        after.is_some_and(|c| c.is_alphanumeric() || matches!(c, '(' | '[' | '«' | '‘' | '“'))
    }

    /// Ends what the paragraph left open: at its end, or at the last full stop before a later opening mark.
    fn end_unclosed(&mut self) {
        let opens: Vec<Open> = std::mem::take(&mut self.stack);
        let inner = std::mem::take(&mut self.inner_pairs);
        let mut starts: Vec<usize> = opens.iter().map(|o| o.span.start).collect();
        starts.extend(inner.iter().map(|q| q.outer.start));
        starts.sort_unstable();
        for open in opens {
            let next = starts.get(starts.partition_point(|s| *s <= open.span.start)).copied();
            let end = match next {
                Some(next) => {
                    let part = &self.text[open.span.end..next];
                    open.span.end
                        + part
                            .rfind(['.', '!', '?', '…'])
                            .map_or(part.len(), |i| i + part[i..].chars().next().map_or(1, char::len_utf8))
                }
                None => self.paragraph.end,
            };
            self.found.extend(quotation(self.text, open.span, Span::new(end, end), false));
        }
        self.found.extend(inner);
    }
}

/// The quotation from mark `open` to mark `close`; `None` if nothing stands between them.
fn quotation(text: &str, open: Span, close: Span, closed: bool) -> Option<Quotation> {
    let inside = &text[open.end..close.start];
    let start = open.end + (inside.len() - inside.trim_start().len());
    let end = open.end + without_stray_stop(inside.trim_end()).len();
    (start < end).then(|| Quotation {
        outer: Span::new(open.start, if closed { close.end } else { end }),
        inner: Span::new(start, end),
        closed,
    })
}

/// Machine-made pages leave a second full stop behind the first ("… pour tous. . »").
fn without_stray_stop(inside: &str) -> &str {
    match inside.strip_suffix('.').map(|head| (head, head.trim_end())) {
        Some((head, text)) if head.len() > text.len() && text.ends_with(['.', '!', '?', '…']) => text,
        _ => inside,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inner(text: &str) -> Vec<&str> {
        let mut paragraphs = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            paragraphs.push(Span::new(start, start + line.trim_end_matches('\n').len()));
            start += line.len();
        }
        quotations(text, &paragraphs).into_iter().map(|q| q.inner.of(text)).collect()
    }

    #[test]
    fn every_family_of_marks_pairs() {
        for text in [
            "Il dit « oui » là",
            "Il dit «oui» là",
            "Il dit “oui” là",
            "Il dit \"oui\" là",
            "Il dit „oui“ là",
            "Il dit <<oui>> là",
            "Il dit ‹oui› là",
            "Il dit “ oui ” là",
            "Il dit ”oui” là",
            "l'\"oui\" là",
        ] {
            assert_eq!(inner(text), ["oui"], "{text}");
        }
    }

    #[test]
    fn a_stray_stop_stays_out() {
        assert_eq!(inner("« Tout ira bien. . »"), ["Tout ira bien."]);
        assert_eq!(inner("« Tout ira bien... »"), ["Tout ira bien..."]);
    }

    #[test]
    fn an_apostrophe_is_no_mark() {
        assert!(inner("L’avis d’Anne, c’est l’essentiel").is_empty());
    }

    #[test]
    fn nested_marks_stay_inside() {
        assert_eq!(inner("« Il a dit “jamais” hier », note Léa"), ["Il a dit “jamais” hier"]);
        assert_eq!(inner("« Un « vrai » choix », note Léa"), ["Un « vrai » choix"]);
    }

    #[test]
    fn an_unclosed_mark_ends_with_its_paragraph() {
        assert_eq!(inner("« Nous tiendrons. Personne ne part.\nLa nuit tombe."), ["Nous tiendrons. Personne ne part."]);
        assert_eq!(inner("« Nous tiendrons. Il sort. « Oui », dit-il."), ["Nous tiendrons. Il sort.", "Oui"]);
    }

    #[test]
    fn each_reopened_paragraph_is_a_quotation() {
        assert_eq!(inner("« Un.\n« Deux.\n» Trois. »"), ["Un.", "Deux.", "Trois."]);
    }

    #[test]
    fn several_straight_quotations_in_a_line() {
        assert_eq!(inner("\"Un\", dit-il. \"Deux\" et \"trois\"."), ["Un", "Deux", "trois"]);
    }
}
