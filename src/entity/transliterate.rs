//! One spelling for the many that a Russian, Ukrainian or Arabic name has in Latin letters.
//!
//! The result is no transliteration of any standard, only a key: names with the same key may be the same name.

/// Replacements in order, on folded text: French, English and German habits meet in one letter.
/// `$` is the end of a word.
const RULES: &[(&str, &str)] = &[
    ("sch", "c"),
    ("tch", "c"),
    ("ch", "c"),
    ("sh", "c"),
    ("kh", "h"),
    ("gh", "g"),
    ("zh", "j"),
    ("dj", "j"),
    ("gue", "ge"),
    ("gui", "gi"),
    ("iou", "iu"),
    ("ou", "u"),
    ("w", "v"),
    ("y", "i"),
    ("j$", "i$"),
    ("ij", "i"),
    ("ine$", "in$"),
    ("ie", "e"),
    ("off$", "ov$"),
    ("eff$", "ev$"),
    ("x", "ks"),
    ("ei$", "e$"),
];

/// The key of a folded name (lower case, no accents, parts separated by spaces).
pub(super) fn key(folded: &str) -> String {
    let mut text = String::with_capacity(folded.len() + 4);
    for word in folded.split(' ') {
        text.push_str(word);
        text.push('$');
    }
    for (from, to) in RULES {
        if text.contains(from) {
            text = text.replace(from, to);
        }
    }
    // A doubled letter is heard once.
    let mut last = '$';
    text.retain(|c| std::mem::replace(&mut last, c) != c || c == '$');
    text.replace('$', " ").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_have_one_key() {
        for spellings in [
            ["zelensky", "zelenskyy", "zelenskiy", "zelenski"],
            ["dmitri", "dmitry", "dmitriy", "dmitrij"],
            ["choigou", "shoigu", "choigu", "schoigu"],
            ["ianoukovytch", "yanukovych", "ianoukovytch", "yanukovytch"],
            ["prigojine", "prigozhin", "prigojin", "prigozhine"],
            ["sergei", "sergey", "serguei", "sergue"],
            ["medvedev", "medvediev", "medvedeff", "medwedew"],
        ] {
            let keys: Vec<String> = spellings.iter().map(|s| key(s)).collect();
            assert!(
                keys.windows(2).all(|k| k[0] == k[1]),
                "{spellings:?} → {keys:?}"
            );
        }
    }

    #[test]
    fn different_names_stay_apart() {
        for [one, other] in [
            ["zelensky", "zelenska"],
            ["merz", "merkel"],
            ["medvedev", "medvedeva"],
            ["vance", "lance"],
        ] {
            assert_ne!(key(one), key(other));
        }
    }
}
