//! Paragraphs: lines of the text, put together again where a paragraph was broken over several.

use crate::span::Span;
use memchr::memchr2_iter;

/// The paragraphs of `text` in order, without the white space around them; empty ones are left out.
pub(super) fn paragraphs(text: &str) -> Vec<Span> {
    let lines = lines(text);
    let wrapped = is_wrapped(text, &lines);
    let mut paragraphs: Vec<Span> = Vec::new();
    let mut previous: Option<Line> = None;
    for line in lines {
        let joins = previous.as_ref().is_some_and(|above| {
            line.follows && (goes_on(text, above.span, line.span) || wrapped.is_some_and(|w| w.joins(text, above.span)))
        });
        match paragraphs.last_mut() {
            Some(last) if joins => last.end = line.span.end,
            _ => paragraphs.push(line.span),
        }
        previous = Some(line);
    }
    paragraphs
}

/// Whether the words end like a sentence or a part of one, closing marks set aside.
pub(super) fn is_finished(words: &str) -> bool {
    let closes = |c| matches!(c, '»' | '"' | '”' | '’' | '\'' | ')' | ']' | '*' | '_' | '-' | '–' | '—');
    let bare = words.trim_end_matches(|c: char| closes(c) || c.is_whitespace());
    bare.ends_with(['.', '!', '?', '…', ':', ';', ','])
}

/// A line that is not empty.
struct Line {
    span: Span,
    /// Whether the line above is not empty either.
    follows: bool,
}

fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let (mut start, mut follows) = (0, false);
    for end in memchr2_iter(b'\n', b'\r', text.as_bytes()).chain([text.len()]) {
        let words = text[start..end].trim_start();
        if words.is_empty() {
            // Between "\r" and "\n" there is no line.
            follows &= end == start && text[..start].ends_with('\r') && text[end..].starts_with('\n');
        } else {
            let from = end - words.len();
            lines.push(Line { span: Span::new(from, from + words.trim_end().len()), follows });
            follows = true;
        }
        start = end + 1;
    }
    lines
}

/// Whether the sentence of the line `above` plainly goes on in the line `below`.
fn goes_on(text: &str, above: Span, below: Span) -> bool {
    !is_finished(above.of(text)) && below.of(text).starts_with(|c: char| c.is_lowercase() || ",;)»".contains(c))
        || above.of(text).ends_with(',') && below.of(text).starts_with(char::is_lowercase)
}

/// A text whose paragraphs are broken at a fixed width.
#[derive(Clone, Copy)]
struct Wrapped {
    /// Bytes of the longest line.
    width: usize,
}

impl Wrapped {
    /// Whether the paragraph goes on below this line: it does unless the line ends a sentence well before the width.
    fn joins(self, text: &str, above: Span) -> bool {
        !is_finished(above.of(text)) && (above.end - above.start) * 2 > self.width
            || (above.end - above.start) * 5 > self.width * 4
    }
}

/// A text is broken at a fixed width when no line is long, and many lines that stand close go on with a small letter.
fn is_wrapped(text: &str, lines: &[Line]) -> Option<Wrapped> {
    let width = lines.iter().map(|l| l.span.end - l.span.start).max()?;
    if !(50..=130).contains(&width) {
        return None;
    }
    let pairs = lines.windows(2).filter(|pair| pair[1].follows);
    let (all, broken) = pairs
        .fold((0, 0), |(all, broken), pair| (all + 1, broken + usize::from(goes_on(text, pair[0].span, pair[1].span))));
    (broken >= 3 && broken * 3 >= all).then_some(Wrapped { width })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        paragraphs(text).into_iter().map(|p| p.of(text)).collect()
    }

    #[test]
    fn each_line_is_a_paragraph_whatever_ends_it() {
        assert_eq!(words(" Un pont.\r\n\r\nUne rue.\n \nUn port. "), ["Un pont.", "Une rue.", "Un port."]);
        assert_eq!(words("Un pont"), ["Un pont"]);
        assert!(words(" \n\t\r\n").is_empty());
    }

    #[test]
    fn a_sentence_broken_by_a_line_end_is_one_paragraph() {
        assert_eq!(
            words("Le pont, dit\r\nla maire\n, tiendra.\nFin."),
            ["Le pont, dit\r\nla maire\n, tiendra.", "Fin."]
        );
        assert_eq!(words("Le pont\n\nla suite."), ["Le pont", "la suite."], "never over an empty line");
        assert_eq!(words("Le pont tient.\net la rue."), ["Le pont tient.", "et la rue."]);
    }

    #[test]
    fn text_broken_at_a_width_is_put_together() {
        let text = "Le conseil de la ville a voté hier soir la réfection du grand pont, que la maire\n\
                    Anne Roy demandait depuis trois ans. Les travaux dureront dix mois, selon les\n\
                    services de la ville, et coûteront deux millions. Le vieux pont reste ouvert\n\
                    aux vélos.\n\
                    Le port attendra : son chantier est remis à l'année suivante, faute d'argent\n\
                    et de bras, a dit la maire, qui le regrette.\n\n\
                    Un titre\n\n\
                    Fin.";
        let paragraphs = words(text);
        assert_eq!(paragraphs.len(), 4, "{paragraphs:#?}");
        assert!(paragraphs[0].ends_with("aux vélos."));
        assert!(paragraphs[1].starts_with("Le port") && paragraphs[1].ends_with("regrette."));
    }
}
