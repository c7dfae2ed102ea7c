//! A text as its readers see it: without entities of HTML, invisible characters and letters that a wrong encoding broke.

use crate::span::Span;
use std::borrow::Cow;
use std::ops::Range;

/// The text that a page shows, with the places of its words in the text as it was read.
///
/// ```
/// use dixit::article::Shown;
/// use dixit::extract::Span;
///
/// let shown = Shown::of("&laquo;&nbsp;Oui&nbsp;&raquo;, dit-elle");
/// assert_eq!(shown.text(), "«\u{a0}Oui\u{a0}», dit-elle");
/// assert_eq!(shown.original(Span::new(4, 7)), Span::new(13, 16));
/// ```
pub struct Shown<'a> {
    text: Cow<'a, str>,
    /// Where the text shown and the original part anew: a place in the text shown, and the place of the same words in the
    /// original.
    shifts: Vec<(usize, usize)>,
}

impl<'a> Shown<'a> {
    /// Reads `original`; a text that hides nothing is not copied.
    pub fn of(original: &'a str) -> Self {
        let mut text = String::new();
        let mut shifts = Vec::new();
        let mut done = 0;
        let mut at = 0;
        while let Some(found) = next_candidate(original.as_bytes(), at) {
            let Some((length, shown)) = hidden(&original[found..]) else {
                at = found + 1;
                continue;
            };
            text.push_str(&original[done..found]);
            text.extend(shown);
            at = found + length;
            done = at;
            shifts.push((text.len(), at));
        }
        if shifts.is_empty() {
            return Self { text: Cow::Borrowed(original), shifts };
        }
        text.push_str(&original[done..]);
        Self { text: Cow::Owned(text), shifts }
    }

    /// The text that readers see.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it is, byte for byte, the text that was read.
    pub fn is_original(&self) -> bool {
        self.shifts.is_empty()
    }

    /// Where the words of `span` stand in the text as it was read.
    pub fn original(&self, span: Span) -> Span {
        Span::new(self.place(span.start), self.place(span.end))
    }

    fn place(&self, shown: usize) -> usize {
        match self.shifts.partition_point(|(at, _)| *at <= shown) {
            0 => shown,
            n => self.shifts[n - 1].1 + (shown - self.shifts[n - 1].0),
        }
    }
}

/// Bytes that are looked at together.
const STRETCH: usize = 64;

/// The next byte at or after `from` at which [`hidden`] may find something. All of them begin a character.
fn next_candidate(bytes: &[u8], mut from: usize) -> Option<usize> {
    let byte = |at: usize| bytes.get(at).copied().unwrap_or_default();
    let find = |mut range: Range<usize>| range.find(|at| is_candidate(byte(*at), byte(at + 1), byte(at + 2)));
    // Most stretches hold none, which is told without looking at each byte by itself.
    while let Some(stretch) = bytes.get(from..).and_then(<[u8]>::first_chunk) {
        if may_hold_candidate(stretch)
            && let Some(found) = find(from..from + STRETCH)
        {
            return Some(found);
        }
        from += STRETCH;
    }
    find(from..bytes.len())
}

/// Whether one of the bytes, the last two aside, may be a candidate. Without a branch, so that it is compiled to vectors;
/// what is rare anyhow is not looked at closely.
fn may_hold_candidate(stretch: &[u8; STRETCH + 2]) -> bool {
    (0..STRETCH).fold(false, |found, i| {
        let (first, second, third) = (stretch[i], stretch[i + 1], stretch[i + 2]);
        let rare = (first == b'&') | (first == 0xEF) | (second == 0xAD) | (second == 0x81);
        let broken = (first == 0xC3) & ((second | 1 == 0x83) | (second == 0x85) | (second == 0xA2));
        let no_width = (second == 0x80) & (third.wrapping_sub(0x8B) < 5);
        found | rare | broken | no_width
    })
}

/// Whether something hidden may begin with these bytes.
fn is_candidate(first: u8, second: u8, third: u8) -> bool {
    let entity = (first == b'&') & ((second == b'#') | second.is_ascii_alphabetic());
    let soft_hyphen = (first == 0xC2) & (second == 0xAD);
    // "Â", "Ã", "Å" and "â", with which broken letters begin.
    let broken = (first == 0xC3) & ((second == 0x82) | (second == 0x83) | (second == 0x85) | (second == 0xA2));
    let no_width = (first == 0xE2) & ((second == 0x81) | (second == 0x80) & matches!(third, 0x8B..=0x8F));
    let mark = (first == 0xEF) & (second == 0xBB);
    entity | soft_hyphen | broken | no_width | mark
}

/// What the head of `text` hides: its length, and what readers see there, if anything.
fn hidden(text: &str) -> Option<(usize, Option<char>)> {
    let first = text.chars().next()?;
    match first {
        '&' => entity(text).map(|(length, c)| (length, (!is_invisible(c)).then_some(c))),
        'Â' | 'Ã' | 'Å' | 'â' => broken(text).map(|(length, c)| (length, Some(c))),
        _ => is_invisible(first).then_some((first.len_utf8(), None)),
    }
}

/// Soft hyphens, and spaces and joiners without width.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// An entity of HTML, perhaps encoded twice ("&amp;quot;"), and its length.
fn entity(text: &str) -> Option<(usize, char)> {
    let mut name = text.strip_prefix('&')?;
    while let Some(inner) = name.strip_prefix("amp;").filter(|inner| is_entity_name(inner)) {
        name = inner;
    }
    let end = name.bytes().take(LONGEST_NAME).position(|byte| byte == b';')?;
    let c = match name[..end].strip_prefix('#') {
        Some(number) => char::from_u32(match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        })?,
        None => ENTITIES.iter().find(|(known, _)| *known == &name[..end])?.1,
    };
    Some((text.len() - name.len() + end + 1, c))
}

const LONGEST_NAME: usize = 10;

fn is_entity_name(text: &str) -> bool {
    let end = text.bytes().take(LONGEST_NAME).position(|byte| byte == b';');
    end.is_some_and(|end| end > 1 && text.as_bytes()[..end].iter().all(|b| b.is_ascii_alphanumeric() || *b == b'#'))
}

/// The entities that French pages use.
#[rustfmt::skip]
const ENTITIES: [(&str, char); 58] = [
    ("amp", '&'), ("quot", '"'), ("apos", '\''), ("lt", '<'), ("gt", '>'), ("nbsp", '\u{a0}'), ("shy", '\u{ad}'),
    ("laquo", '«'), ("raquo", '»'), ("ldquo", '“'), ("rdquo", '”'), ("bdquo", '„'), ("lsquo", '‘'), ("rsquo", '’'),
    ("sbquo", '‚'), ("lsaquo", '‹'), ("rsaquo", '›'), ("hellip", '…'), ("ndash", '–'), ("mdash", '—'),
    ("thinsp", '\u{2009}'), ("ensp", '\u{2002}'), ("emsp", '\u{2003}'), ("zwnj", '\u{200c}'), ("zwj", '\u{200d}'),
    ("agrave", 'à'), ("acirc", 'â'), ("auml", 'ä'), ("aacute", 'á'), ("ccedil", 'ç'), ("egrave", 'è'),
    ("eacute", 'é'), ("ecirc", 'ê'), ("euml", 'ë'), ("iacute", 'í'), ("icirc", 'î'), ("iuml", 'ï'), ("ntilde", 'ñ'),
    ("oacute", 'ó'), ("ocirc", 'ô'), ("ouml", 'ö'), ("oelig", 'œ'), ("aelig", 'æ'), ("ugrave", 'ù'), ("ucirc", 'û'),
    ("uuml", 'ü'), ("uacute", 'ú'), ("yuml", 'ÿ'), ("Agrave", 'À'), ("Acirc", 'Â'), ("Ccedil", 'Ç'), ("Egrave", 'È'),
    ("Eacute", 'É'), ("Ecirc", 'Ê'), ("Icirc", 'Î'), ("Ocirc", 'Ô'), ("OElig", 'Œ'), ("euro", '€'),
];

/// A character whose bytes were read as Windows letters ("Ã©" for "é", "â€™" for "’"), and the length of its ruins.
fn broken(text: &str) -> Option<(usize, char)> {
    let mut chars = text.chars();
    let lead = chars.next()?;
    let second = chars.next()?;
    if lead == 'â' {
        if second != '€' {
            return None;
        }
        let head = lead.len_utf8() + second.len_utf8();
        let third = chars.next().and_then(|c| Some((c, windows_byte(c)?)));
        // The last byte of "”" means nothing in Windows and is often lost.
        return Some(match third {
            Some((c, byte)) if byte >= 0x80 => (head + c.len_utf8(), char::from_u32(0x2000 | u32::from(byte & 0x3F))?),
            _ => (head, '”'),
        });
    }
    let high = match lead {
        'Â' => 0x80,
        'Ã' => 0xC0,
        _ => 0x140,
    };
    // "Ã " was "à", and "Â " a no-break space: the no-break space in them became a plain one.
    match (lead, second) {
        ('Ã', ' ') => return Some((lead.len_utf8() + usize::from(text[lead.len_utf8()..].starts_with("  ")), 'à')),
        ('Â', ' ') => return Some((lead.len_utf8() + 1, '\u{a0}')),
        _ => {}
    }
    let byte = windows_byte(second).filter(|byte| (0x80..0xC0).contains(byte))?;
    let c = char::from_u32(high | u32::from(byte & 0x3F))?;
    Some((lead.len_utf8() + second.len_utf8(), c))
}

/// The byte that stands for `c` in Windows-1252; controls stand for themselves.
fn windows_byte(c: char) -> Option<u8> {
    const FROM_80: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";
    match u32::from(c) {
        code @ 0x80..=0xFF => u8::try_from(code).ok(),
        _ => FROM_80.chars().position(|known| known == c).and_then(|n| u8::try_from(0x80 + n).ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        Shown::of(text).text().to_owned()
    }

    #[test]
    fn entities_are_read() {
        assert_eq!(shown("&quot;L&#39;eau&quot; &amp; l&rsquo;air"), "\"L'eau\" & l’air");
        assert_eq!(shown("&amp;quot;L&amp;#39;&eacute;t&#xE9;&amp;quot;"), "\"L'été\"");
        assert_eq!(shown("R&D, A & B, &inconnu; &#9999999999;"), "R&D, A & B, &inconnu; &#9999999999;");
    }

    #[test]
    fn the_invisible_is_left_out() {
        assert_eq!(shown("les assu\u{ad}rances\u{200b} d&shy;ici\u{feff}"), "les assurances dici");
    }

    #[test]
    fn broken_letters_are_mended() {
        assert_eq!(shown("Â«Â\u{a0}L'Ã©tÃ© Ã  la mÃ¨reÂ\u{a0}Â»"), "«\u{a0}L'été à la mère\u{a0}»");
        assert_eq!(shown("â€œNous nâ€™avons rienâ€\u{9d}, Å“uvre â€“ finâ€¦"), "“Nous n’avons rien”, œuvre – fin…");
        assert_eq!(shown("Â«Â Il est lÃ\u{a0}Â Â», Ã Vaux"), "«\u{a0}Il est là\u{a0}», à Vaux");
        assert_eq!(shown("Âge, ÂGE, São, JOÃO, âne"), "Âge, ÂGE, São, JOÃO, âne");
    }

    #[test]
    fn spans_lead_back() {
        let text = "&laquo; Assu\u{ad}rance &raquo;, dit-elle";
        let shown = Shown::of(text);
        let at = shown.text().find("Assurance").unwrap();
        assert_eq!(shown.original(Span::new(at, at + "Assurance".len())).of(text), "Assu\u{ad}rance");
        let at = shown.text().find("elle").unwrap();
        assert_eq!(shown.original(Span::new(at, at + 4)).of(text), "elle");
        assert!(Shown::of("Rien.").is_original());
    }
}
