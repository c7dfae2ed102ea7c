//! The characters that may be quotation marks, and what their looks and neighbours tell of them.

use super::Span;

/// Families of marks that close each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    Guillemet,
    Curly,
    German,
    Straight,
    Single,
    Angle,
}

/// What a mark does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Opens,
    Closes,
}

/// A character, or two, that may be a quotation mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Glyph {
    pub style: Style,
    pub span: Span,
    /// What its shape says that it does; straight marks say nothing.
    pub shape: Option<Way>,
    /// What it does by the spaces and signs beside it, if they tell.
    pub hugs: Option<Way>,
    /// Inches, minutes, an apostrophe: a mark that may well be none.
    pub doubtful: bool,
}

/// All marks of a paragraph, in text order.
pub(super) fn glyphs(text: &str, paragraph: Span) -> Vec<Glyph> {
    let body = paragraph.of(text);
    let bytes = body.as_bytes();
    let mut found = Vec::new();
    let mut skip_to = 0;
    for (i, byte) in bytes.iter().enumerate() {
        let may = matches!(byte, b'"' | b'\'' | b'`' | b'<' | b'>' | b',' | 0xC2 | 0xE2);
        if !may || i < skip_to {
            continue;
        }
        if let Some((style, shape, length)) = kind(&body[i..]) {
            skip_to = i + length;
            let beside = Beside::new(body, i, skip_to);
            let span = Span::new(paragraph.start + i, paragraph.start + skip_to);
            found.extend(glyph(style, shape, span, beside));
        }
    }
    found
}

/// The mark at the head of `rest`: its family, what its shape says, and its length.
fn kind(rest: &str) -> Option<(Style, Option<Way>, usize)> {
    const DOUBLED: [(&str, Style, Option<Way>); 7] = [
        ("<<", Style::Angle, Some(Way::Opens)),
        (">>", Style::Angle, Some(Way::Closes)),
        ("''", Style::Straight, None),
        ("``", Style::Straight, Some(Way::Opens)),
        ("‘‘", Style::Curly, Some(Way::Opens)),
        ("’’", Style::Curly, Some(Way::Closes)),
        (",,", Style::German, Some(Way::Opens)),
    ];
    if let Some((mark, style, shape)) = DOUBLED.into_iter().find(|(mark, ..)| rest.starts_with(mark)) {
        return Some((style, shape, mark.len()));
    }
    let c = rest.chars().next()?;
    let (style, shape) = match c {
        '«' => (Style::Guillemet, Some(Way::Opens)),
        '»' => (Style::Guillemet, Some(Way::Closes)),
        '“' => (Style::Curly, Some(Way::Opens)),
        '”' | '‟' => (Style::Curly, Some(Way::Closes)),
        '„' => (Style::German, Some(Way::Opens)),
        '"' => (Style::Straight, None),
        '‹' => (Style::Angle, Some(Way::Opens)),
        '›' => (Style::Angle, Some(Way::Closes)),
        '‘' => (Style::Single, Some(Way::Opens)),
        '’' => (Style::Single, Some(Way::Closes)),
        '\'' => (Style::Single, None),
        _ => return None,
    };
    Some((style, shape, c.len_utf8()))
}

/// What stands right before and after a mark.
struct Beside {
    before: Option<char>,
    after: Option<char>,
    /// The word before is one that loses its last letter before a vowel ("l'", "qu'").
    elided: bool,
}

impl Beside {
    fn new(body: &str, start: usize, end: usize) -> Self {
        let word = body[..start].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let elided = word.chars().take(2).count() == 1 || word.ends_with("qu") || word.ends_with("Qu");
        Self { before: body[..start].chars().next_back(), after: body[end..].chars().next(), elided }
    }

    /// Beside a straight mark a no-break space belongs to it, as in print; where the shape speaks, any space parts.
    fn hugs(&self, shape: Option<Way>) -> Option<Way> {
        let space = |c: char| c.is_whitespace() && (shape.is_some() || !matches!(c, '\u{a0}' | '\u{202f}'));
        let free_before = self.before.is_none_or(|c| space(c) || "([{'’-–—«“„:/+".contains(c));
        let free_after = self.after.is_none_or(|c| space(c) || ",.;:!?)]}»”…-–—/".contains(c));
        match (free_before, free_after) {
            (true, false) => Some(Way::Opens),
            (false, true) => Some(Way::Closes),
            _ => None,
        }
    }
}

/// The mark, unless its neighbours show that it is none.
fn glyph(style: Style, shape: Option<Way>, span: Span, beside: Beside) -> Option<Glyph> {
    let hugs = beside.hugs(shape);
    let doubled = span.end - span.start > 1;
    let letter_after = beside.after.is_some_and(|c| c.is_alphabetic() || matches!(c, '«' | '“' | '"'));
    let fits = match (style, shape) {
        // An apostrophe stands inside or at the end of a word.
        (Style::Single, Some(Way::Opens)) => hugs == Some(Way::Opens),
        (Style::Single, Some(Way::Closes)) => hugs == Some(Way::Closes) && !beside.elided,
        (Style::Single, None) => match hugs {
            Some(Way::Opens) => letter_after,
            Some(Way::Closes) => !beside.elided,
            None => false,
        },
        (Style::German, _) if doubled => hugs == Some(Way::Opens) && letter_after,
        // "l''avis": the key was hit twice.
        (Style::Straight, _) if doubled => hugs.is_some(),
        _ => true,
    };
    let inches = style == Style::Straight && beside.before.is_some_and(|c| c.is_ascii_digit());
    fits.then_some(Glyph { style, span, shape, hugs, doubtful: inches || style == Style::Single })
}
