//! Values that have one of a few forms, with the words for them in French and English.

use super::fold;

/// Each with all words that mean it, folded.
type Words = &'static [(&'static str, &'static [&'static str])];

/// Words around a value that say nothing: "only direct quotations".
const FILLERS: [&str; 22] = [
    "only",
    "just",
    "as",
    "in",
    "seulement",
    "uniquement",
    "que",
    "en",
    "les",
    "des",
    "the",
    "quotations",
    "quotation",
    "quotes",
    "quote",
    "statements",
    "statement",
    "speech",
    "citations",
    "citation",
    "declarations",
    "discours",
];

pub const LANGUAGES: Words =
    &[("fr", &["fr", "french", "francais", "francaise"]), ("en", &["en", "english", "anglais", "anglaise"])];

pub const QUOTATIONS: Words = &[
    ("Direct", &["direct", "directe", "directes", "directs", "verbatim", "mot pour mot", "word for word"]),
    ("Indirect", &["indirect", "indirecte", "indirectes", "indirects", "paraphrased", "paraphrases", "paraphrase"]),
    ("Mixed", &["mixed", "mixte", "mixtes"]),
];

pub const POLARITIES: Words = &[
    ("Asserted", &["asserted", "affirme", "affirmee", "affirmees", "affirmes"]),
    ("Denied", &["denied", "dementi", "dementie", "dementies", "dementis", "nie", "niees"]),
    (
        "Hearsay",
        &["hearsay", "unconfirmed", "oui dire", "sous reserve", "non confirme", "non confirmees", "conditionnel"],
    ),
    ("Question", &["question", "questions", "asked"]),
    ("Hypothetical", &["hypothetical", "hypothese", "hypotheses", "hypothetique", "hypothetiques"]),
];

/// What the words mean, if it is one of these.
pub fn read(list: Words, value: &str) -> Option<&'static str> {
    let means = |value: &str| list.iter().find(|(_, words)| words.contains(&value)).map(|(name, _)| *name);
    let whole = fold::fold(value);
    means(&whole).or_else(|| {
        let kept: Vec<&str> = whole.split(' ').filter(|word| !FILLERS.contains(word)).collect();
        means(&kept.join(" "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_around_a_value_do_not_count() {
        for (words, value) in [
            ("direct", "Direct"),
            ("only direct quotations", "Direct"),
            ("seulement les citations directes", "Direct"),
            ("Indirect", "Indirect"),
            ("mot pour mot", "Direct"),
        ] {
            assert_eq!(read(QUOTATIONS, words), Some(value), "{words}");
        }
        assert_eq!(read(LANGUAGES, "en français"), Some("fr"));
        assert_eq!(read(LANGUAGES, "en"), Some("en"));
        assert_eq!(read(POLARITIES, "démenties"), Some("Denied"));
        for wrong in ["", "only", "quotations", "directly"] {
            assert_eq!(read(QUOTATIONS, wrong), None, "{wrong}");
        }
    }
}
