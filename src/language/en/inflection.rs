//! The forms of an English verb, made from its infinitive: rules for the regular ones, `irregular.tsv` for the rest.

use super::table;
use crate::language::Mood;
use crate::table::TableError;
use rustc_hash::FxHashMap;

/// All verbs whose forms no rule gives: past, participle and progressive, as the table has them.
pub struct Inflector {
    irregular: FxHashMap<&'static str, [&'static str; 3]>,
}

impl Inflector {
    /// Reads `irregular.tsv`.
    ///
    /// # Errors
    ///
    /// The row that is wrong; a test reads them all.
    pub fn new() -> Result<Self, TableError> {
        let rows = table!("irregular.tsv", ["base", "past", "participle", "progressive"])?;
        Ok(Self { irregular: rows.into_iter().map(|(_, [base, forms @ ..])| (base, forms)).collect() })
    }

    /// Calls `with` for each form of `base`, with its mood and whether it is plural.
    pub fn each_form(&self, base: &str, mut with: impl FnMut(&str, Mood, bool)) {
        with(base, Mood::Infinitive, false);
        if base == "be" {
            for (form, plural) in [("is", false), ("'s", false), ("are", true)] {
                with(form, Mood::Present, plural);
            }
        } else {
            with(base, Mood::Present, true);
            with(&third_person(base), Mood::Present, false);
        }
        match self.irregular.get(base) {
            Some([past, participle, _]) => {
                past.split('|').for_each(|form| with(form, Mood::Past, false));
                participle.split('|').for_each(|form| with(form, Mood::PastParticiple, false));
            }
            None => {
                let past = past(base);
                with(&past, Mood::Past, false);
                with(&past, Mood::PastParticiple, false);
            }
        }
        with(&self.progressive(base), Mood::PresentParticiple, false);
    }

    /// "saying", "writing", "admitting": a last letter that the past doubles is doubled here, too.
    fn progressive(&self, base: &str) -> String {
        let [past, _, progressive] = self.irregular.get(base).copied().unwrap_or_default();
        let doubled = past.split('|').find_map(|past| past.strip_suffix("ed").filter(|stem| stem.starts_with(base)));
        match doubled.or_else(|| base.strip_suffix('e')) {
            _ if !progressive.is_empty() => progressive.to_owned(),
            Some(stem) => format!("{stem}ing"),
            None => format!("{base}ing"),
        }
    }
}

/// "says", "watches", "denies", "has", "does", "goes".
fn third_person(base: &str) -> String {
    match base {
        "have" => "has".into(),
        "do" | "go" => format!("{base}es"),
        _ => match consonant_y(base) {
            Some(stem) => format!("{stem}ies"),
            None if base.ends_with(['s', 'x', 'z']) || base.ends_with("sh") || base.ends_with("ch") => {
                format!("{base}es")
            }
            None => format!("{base}s"),
        },
    }
}

/// "stated", "denied", "warned".
fn past(base: &str) -> String {
    match consonant_y(base) {
        Some(stem) => format!("{stem}ied"),
        None if base.ends_with('e') => format!("{base}d"),
        None => format!("{base}ed"),
    }
}

/// What stands before a last y behind a consonant.
fn consonant_y(base: &str) -> Option<&str> {
    base.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'i', 'o', 'u']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(base: &str) -> Vec<String> {
        let mut found = Vec::new();
        Inflector::new().unwrap().each_form(base, |form, _, _| found.push(form.to_owned()));
        found.dedup();
        found
    }

    #[test]
    fn regular_verbs_follow_the_rules() {
        assert_eq!(forms("deny"), ["deny", "denies", "denied", "denying"]);
        assert_eq!(forms("state"), ["state", "states", "stated", "stating"]);
        assert_eq!(forms("stress"), ["stress", "stresses", "stressed", "stressing"]);
    }

    #[test]
    fn others_stand_in_the_table() {
        assert_eq!(forms("say"), ["say", "says", "said", "saying"]);
        assert_eq!(forms("admit"), ["admit", "admits", "admitted", "admitting"]);
        assert_eq!(forms("agree"), ["agree", "agrees", "agreed", "agreeing"]);
        assert_eq!(forms("feed"), ["feed", "feeds", "fed", "feeding"]);
        assert_eq!(forms("write"), ["write", "writes", "wrote", "written", "writing"]);
        assert_eq!(forms("be"), ["be", "is", "'s", "are", "was", "were", "been", "being"]);
    }
}
