//! One spelling for the many that a Russian, Ukrainian or Arabic name has in Latin letters.
//!
//! The result is no transliteration of any standard, only a key: names with the same key may be the same name.

/// First pass: French, English and German habits meet in one letter. `$` is the end of a word.
const LETTERS: &[(&str, &str)] = &[
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
    ("ou", "u"),
    ("w", "v"),
    ("y", "i"),
    ("x", "ks"),
];

/// Second pass, on the first one's result: endings and glides.
const ENDINGS: &[(&str, &str)] = &[
    ("ine$", "in$"),
    ("off$", "ov$"),
    ("eff$", "ev$"),
    ("ei$", "e$"),
    ("ej$", "e$"),
    ("j$", "i$"),
    ("ij", "i"),
    ("ie", "e"),
];

/// One pass from left to right: the first rule that fits replaces, any other letter stays.
fn pass(text: &str, rules: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let first = rest.as_bytes()[0];
        let rule = rules
            .iter()
            .find(|(from, _)| from.as_bytes()[0] == first && rest.starts_with(from));
        match rule {
            Some((from, to)) => {
                out.push_str(to);
                rest = &rest[from.len()..];
            }
            None => {
                out.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    out
}

/// The key of a folded name (lower case, no accents, parts separated by spaces): the keys of its parts, each with
/// a `$` after it.
pub(super) fn key(folded: &str) -> String {
    let mut text = folded.replace(' ', "$");
    text.push('$');
    let mut text = pass(&pass(&text, LETTERS), ENDINGS);
    // A doubled letter is heard once.
    let mut last = ' ';
    text.retain(|c| std::mem::replace(&mut last, c) != c);
    text
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
