//! In which language a text is written, when nobody says so.

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
