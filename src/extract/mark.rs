//! Quotation marks: which mark opens, which closes, and what stands between them.
//!
//! French press mixes « », “ ”, straight marks and others, nests them, reopens them at each paragraph, prints them the
//! wrong way round and forgets to close them. Of all ways to read the marks of a paragraph the least odd one is taken
//! ([`pairing`]); marks are paired within a paragraph, so that a forgotten one can never swallow the rest of the article.

mod glyph;
mod pairing;

use super::Span;
use super::token::Tokens;
use glyph::Style;
pub(super) use glyph::is_glyph;
use std::ops::Range;

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

/// The outermost quotations of `text` in the given paragraphs, in text order; `ranges` are their tokens.
pub fn quotations(text: &str, tokens: &Tokens, paragraphs: &[Span], ranges: &[Range<usize>]) -> Vec<Quotation> {
    let (mut found, mut glyphs, mut pairs) = (Vec::new(), Vec::new(), Vec::new());
    let mut open_before: Option<Style> = None;
    for (&paragraph, range) in paragraphs.iter().zip(ranges) {
        glyph::glyphs(text, paragraph, tokens, range.clone(), &mut glyphs);
        open_before = pairing::pairs(text, paragraph, &glyphs, open_before, &mut pairs);
        glyphs.clear();
        found.extend(pairs.drain(..).filter_map(|p| quotation(text, p.open, p.close, p.closed)));
    }
    found
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
    use crate::language::Language;

    fn inner(text: &str) -> Vec<&str> {
        let mut paragraphs = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            paragraphs.push(Span::new(start, start + line.trim_end_matches('\n').len()));
            start += line.len();
        }
        let tokens = Tokens::new(text, Span::new(0, text.len()), Language::French);
        let ranges: Vec<_> = paragraphs.iter().map(|paragraph| tokens.within(*paragraph)).collect();
        quotations(text, &tokens, &paragraphs, &ranges).into_iter().map(|q| q.inner.of(text)).collect()
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
            "Il dit 'oui' là",
            "Il dit ''oui'' là",
            "Il dit ``oui'' là",
            "Il dit ‘‘oui’’ là",
            "Il dit ,,oui'' là",
            "Il dit “ oui ” là",
            "Il dit ”oui” là",
            "l'\"oui\" là",
            "Il dit « oui «, là",
            "Il dit »oui« là",
            "Il dit “oui“ là",
            "Il dit \" oui \" là",
            "Il dit «\u{a0}oui\u{a0}» là",
            "Il dit \"\u{a0}oui\u{a0}\" là",
            "Il dit « oui\", là",
            "Il dit \"oui », là",
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
        for text in ["L’avis d’Anne, c’est l’essentiel", "l'eau qu' on boit, l' air", "les Wallaby's d'ici", "l''eau"]
        {
            assert!(inner(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn inches_and_stray_marks_open_nothing() {
        assert!(inner("Un tube de 3\" et un autre de 5\" sous l'évier").is_empty());
        assert_eq!(inner("\"Oui\", dit-il. Un mot\" de trop. \"Non\", dit-elle."), ["Oui", "Non"]);
        assert_eq!(inner("La vente est votée ». L'acheteur attend. « Oui », dit-il."), ["Oui"]);
    }

    #[test]
    fn a_forgotten_opening_mark_stands_at_the_head_of_the_sentence() {
        assert_eq!(inner("Elle sort. Nous sommes prêts », dit-elle."), ["Nous sommes prêts"]);
        assert_eq!(inner("\"Le pont\ntient encore\", dit-elle."), ["Le pont", "tient encore"]);
    }

    #[test]
    fn straight_marks_with_the_spaces_on_the_wrong_side() {
        assert_eq!(inner("\"Un \"dit-il.\"Deux\"ajoute-t-il."), ["Un", "Deux"]);
        assert_eq!(inner("\"Il a dit \"non\" hier\", note-t-il."), ["Il a dit \"non\" hier"]);
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
