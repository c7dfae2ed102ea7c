//! In which language a text is written, when nobody says so.

use super::Language;
use memchr::memmem::{self, Finder};
use std::sync::LazyLock;
use whichlang::Lang;

/// Fewest bytes of a text that tells its language; a shorter one is taken for French.
const TELLING: usize = 200;

/// Most bytes that are looked at.
const LOOKED_AT: usize = 2_000;

/// The tag (BCP 47) of the language of `text`.
///
/// ```
/// use dixit::language::tell;
///
/// let sentence = "The bridge will stand for another hundred years, the mayor said on Monday. ";
/// assert_eq!(tell(&sentence.repeat(5)), "en");
/// assert_eq!(tell("Bridge closed"), "fr");
/// ```
pub fn tell(text: &str) -> &'static str {
    if text.len() < TELLING {
        return "fr";
    }
    // The middle of a page is rather the article than its top.
    let from = text.len().saturating_sub(LOOKED_AT) / 2;
    let words = String::from_utf8_lossy(&text.as_bytes()[from..text.len().min(from + LOOKED_AT)]);
    if words.contains(char::is_alphabetic) { tag(whichlang::detect_language(&words)) } else { "fr" }
}

/// Fewest bytes of a paragraph, without its quotations, that tells that it is in another language than its article.
const TELLING_PARAGRAPH: usize = 80;

/// So many words that only one language has make it likely that a paragraph is in it.
const SIGNS: usize = 3;

/// Small words that one of the languages has and the other has not, the most frequent first.
fn signs(language: Language) -> [&'static str; 4] {
    match language {
        Language::French => [" les ", " des ", " une ", " dans "],
        Language::English => [" the ", " of ", " and ", " with "],
    }
}

/// The language of a text, if that is clearly another than `own`: so many of its words are, and so are those of its
/// narrator, for a quotation may be in any.
pub fn tell_other(text: &str, own: Language) -> Option<Language> {
    let is_told = |other: &Language| *other != own && has_signs(text, *other) && is_told_in(text, *other, own);
    may_have_other(text, own).then(|| Language::ALL.into_iter().find(is_told)).flatten()
}

/// Whether a part of a text may be in another language than `own`: whether it has the first sign of one.
pub fn may_have_other(text: &str, own: Language) -> bool {
    static FIRST: LazyLock<[Finder<'static>; 2]> =
        LazyLock::new(|| Language::ALL.map(|language| Finder::new(signs(language)[0])));
    let others = Language::ALL.into_iter().zip(FIRST.iter()).filter(|(other, _)| *other != own);
    others.into_iter().any(|(_, first)| first.find(text.as_bytes()).is_some())
}

/// Whether words of that language stand in the text.
fn has_signs(text: &str, language: Language) -> bool {
    let found = signs(language).into_iter().flat_map(|sign| memmem::find_iter(text.as_bytes(), sign));
    found.take(SIGNS).count() == SIGNS
}

fn is_told_in(text: &str, language: Language, own: Language) -> bool {
    let narrated = without_quotations(text);
    narrated.len() >= TELLING_PARAGRAPH
        && has_signs(&narrated, language)
        && !has_signs(&narrated, own)
        && tag(whichlang::detect_language(&narrated)) == language.tag()
}

/// What stands outside the marks of quotations.
fn without_quotations(text: &str) -> String {
    let mut inside = false;
    let outside = |c: &char| {
        match c {
            '«' | '“' => inside = true,
            '»' | '”' => inside = false,
            '"' => inside = !inside,
            _ => {}
        }
        !inside
    };
    text.chars().filter(outside).collect()
}

fn tag(language: Lang) -> &'static str {
    match language {
        Lang::Ara => "ar",
        Lang::Cmn => "zh",
        Lang::Deu => "de",
        Lang::Eng => "en",
        Lang::Fra => "fr",
        Lang::Hin => "hi",
        Lang::Ita => "it",
        Lang::Jpn => "ja",
        Lang::Kor => "ko",
        Lang::Nld => "nl",
        Lang::Por => "pt",
        Lang::Rus => "ru",
        Lang::Spa => "es",
        Lang::Swe => "sv",
        Lang::Tur => "tr",
        Lang::Vie => "vi",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_is_told_by_its_narrator() {
        let english =
            "The mayor of the town said on Monday that the bridge and the road would be closed for the winter.";
        let french = "La maire a dit lundi que les ponts et une des routes seraient fermés dans les deux vallées.";
        let quoted =
            "« The end of the road and of the bridge », a dit la maire, qui a vu le chantier avec son adjoint.";
        assert_eq!(tell_other(english, Language::French), Some(Language::English));
        assert_eq!(tell_other(english, Language::English), None);
        assert_eq!(tell_other(french, Language::English), Some(Language::French));
        assert_eq!(tell_other(quoted, Language::French), None);
        assert_eq!(tell_other("The end of the road", Language::French), None);
    }
}
