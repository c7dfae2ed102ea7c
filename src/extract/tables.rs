//! The tables with which statements are found, and their version.

use sha2::{Digest, Sha256};
use std::sync::LazyLock;

/// The tables that are embedded, by their paths.
macro_rules! embedded {
    ($($path:literal)*) => {
        &[$(($path, include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/", $path)))),*]
    };
}

/// All tables on which statements depend.
const TABLES: &[(&str, &str)] = embedded![
    "src/language/en/adverbials.tsv"
    "src/language/en/audience.tsv"
    "src/language/en/irregular.tsv"
    "src/language/en/media.tsv"
    "src/language/en/noise.tsv"
    "src/language/en/other_verbs.tsv"
    "src/language/en/role_kinds.tsv"
    "src/language/en/roles.tsv"
    "src/language/en/sources.tsv"
    "src/language/en/verbs.tsv"
    "src/language/en/words.tsv"
    "src/language/fr/adverbials.tsv"
    "src/language/fr/asides.tsv"
    "src/language/fr/audience.tsv"
    "src/language/fr/dates.tsv"
    "src/language/fr/demonyms.tsv"
    "src/language/fr/first_names.tsv"
    "src/language/fr/irregular.tsv"
    "src/language/fr/media.tsv"
    "src/language/fr/noise.tsv"
    "src/language/fr/ordinary_names.tsv"
    "src/language/fr/other_verbs.tsv"
    "src/language/fr/role_kinds.tsv"
    "src/language/fr/role_synonyms.tsv"
    "src/language/fr/roles.tsv"
    "src/language/fr/sources.tsv"
    "src/language/fr/verbs.tsv"
    "src/language/fr/words.tsv"
    "src/extract/confidence.tsv"
    "src/entity/link/signs.tsv"
    "src/entity/link/walks.tsv"
    "ontology/authorities.tsv"
    "ontology/entities.tsv"
];

/// The version of the tables of language, entities and confidence: it changes with any of their bytes.
pub fn tables_version() -> &'static str {
    static VERSION: LazyLock<String> = LazyLock::new(|| {
        let mut hash = Sha256::new();
        TABLES.iter().for_each(|(_, table)| hash.update(table));
        hash.finalize()[..6].iter().map(|byte| format!("{byte:02x}")).collect()
    });
    &VERSION
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::fs;

    #[test]
    fn every_table_counts() {
        let root = concat!(env!("CARGO_MANIFEST_DIR"), "/");
        let mut files = BTreeSet::new();
        for folder in ["src/language/en", "src/language/fr", "src/extract", "src/entity/link", "ontology"] {
            for entry in fs::read_dir(format!("{root}{folder}")).unwrap() {
                let path = entry.unwrap().path();
                if path.extension().is_some_and(|extension| extension == "tsv") {
                    files.insert(path.to_str().unwrap().strip_prefix(root).unwrap().to_owned());
                }
            }
        }
        assert_eq!(files, TABLES.iter().map(|(path, _)| (*path).to_owned()).collect());
    }

    #[test]
    fn the_version_is_short_and_hexadecimal() {
        assert_eq!(tables_version().len(), 12);
        assert!(tables_version().bytes().all(|byte| byte.is_ascii_hexdigit()));
    }
}
