//! An article's text in lines of readable length. Blanks become line breaks one for one, so that every byte offset into
//! the text is one into the layout too.

use crate::span::Span;

/// Most columns of a line, if its words let it.
const COLUMNS: usize = 100;

/// A text with line breaks between words.
pub struct Layout {
    text: String,
    /// Where each line begins.
    starts: Vec<usize>,
}

impl Layout {
    /// Lays out `text`. Only a plain blank is ever replaced: French sets no-break spaces inside its marks.
    pub fn new(text: &str) -> Self {
        let mut bytes = text.as_bytes().to_vec();
        let (mut column, mut blank) = (0, None);
        for (at, c) in text.char_indices() {
            column += 1;
            match c {
                '\n' => (column, blank) = (0, None),
                ' ' => blank = Some((at, column)),
                _ => {}
            }
            if column > COLUMNS
                && let Some((space, before)) = blank.take()
            {
                bytes[space] = b'\n';
                column -= before;
            }
        }
        let text = String::from_utf8(bytes).expect("a blank and a line break are one byte each");
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(n, _)| n + 1)).collect();
        Self { text, starts }
    }

    /// The number of the line at `offset`, from 1.
    pub fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }

    /// The whole lines that hold `span`.
    pub fn lines(&self, span: Span) -> Span {
        let first = self.starts[self.line(span.start) - 1];
        let last = span.end.saturating_sub(1).max(span.start);
        let end = self.starts.get(self.line(last)).map_or(self.text.len(), |next| next - 1);
        Span::new(first, end.max(span.end))
    }

    /// The part of `span` in each of its lines.
    pub fn pieces(&self, span: Span) -> Vec<Span> {
        let mut start = span.start;
        let mut pieces = Vec::new();
        for line in self.text[span.start..span.end].split('\n') {
            let piece = Span::new(start, start + line.len());
            start = piece.end + 1;
            if !line.trim().is_empty() {
                pieces.push(piece);
            }
        }
        pieces
    }

    /// The laid out words of a span.
    pub fn of(&self, span: Span) -> &str {
        span.of(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_short_and_offsets_stay() {
        let text = "Léa Roy dit « oui » et non. ".repeat(40);
        let layout = Layout::new(&text);
        assert_eq!(layout.text.len(), text.len());
        assert!(layout.text.lines().all(|line| line.chars().count() <= COLUMNS));
        assert_eq!(layout.text.replace('\n', " "), text);
    }

    #[test]
    fn a_word_without_blanks_stays_whole() {
        let text = "a".repeat(500);
        assert_eq!(Layout::new(&text).of(Span::new(0, 500)), text);
    }

    #[test]
    fn lines_and_pieces_of_a_span() {
        let layout = Layout::new("un deux\ntrois quatre\ncinq");
        let span = Span::new(3, 13);
        assert_eq!(layout.line(span.start), 1);
        assert_eq!(layout.of(layout.lines(span)), "un deux\ntrois quatre");
        let pieces: Vec<&str> = layout.pieces(span).into_iter().map(|p| layout.of(p)).collect();
        assert_eq!(pieces, ["deux", "trois"]);
    }
}
