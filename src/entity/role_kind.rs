//! Which roles a noun may stand for: "édile" for a mayor, "parlementaire" for a deputy.

use crate::table::{Fault, TableError, rows};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

const TABLES: [(&str, &str); 2] = [
    ("src/language/fr/role_kinds.tsv", include_str!("../language/fr/role_kinds.tsv")),
    ("src/language/en/role_kinds.tsv", include_str!("../language/en/role_kinds.tsv")),
];

/// What a noun covers.
struct Kinds {
    classes: Vec<&'static str>,
    roles: Vec<&'static str>,
}

static KINDS: LazyLock<FxHashMap<&'static str, Kinds>> =
    LazyLock::new(|| read().expect("a test proves that every row of the embedded table is good"));

fn read() -> Result<FxHashMap<&'static str, Kinds>, TableError> {
    let mut kinds = FxHashMap::default();
    for (table, text) in TABLES {
        for (line, [noun, classes, roles]) in rows(table, text, ["noun", "classes", "roles"])? {
            let list = |cell: &'static str| cell.split(',').filter(|word| !word.is_empty()).collect();
            if kinds.insert(noun, Kinds { classes: list(classes), roles: list(roles) }).is_some() {
                return Err(TableError { table, line, fault: Fault::Duplicate(noun.to_owned()) });
            }
        }
    }
    Ok(kinds)
}

/// Whether a noun (a role's lemma, or any other in the masculine singular) may stand for somebody with this role.
pub fn stands_for(noun: &str, role: &str, class: &str) -> bool {
    let part = |whole: &str, part: &str| {
        whole.strip_prefix(part).is_some_and(|rest| rest.starts_with(' '))
            || whole.strip_suffix(part).is_some_and(|rest| rest.ends_with('-'))
    };
    noun == role
        || part(role, noun)
        || part(noun, role)
        || KINDS.get(noun).is_some_and(|kinds| kinds.classes.contains(&class) || kinds.roles.contains(&role))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_row_is_read() {
        assert!(read().unwrap().len() > 50);
    }

    #[test]
    fn a_noun_stands_for_what_it_covers() {
        assert!(stands_for("édile", "maire", "local"));
        assert!(stands_for("parlementaire", "eurodéputé", "parl"));
        assert!(stands_for("ministre", "ministre de la Santé", "gov"));
        assert!(!stands_for("édile", "député", "parl"));
        assert!(!stands_for("chanteur", "maire", "local"));
    }
}
