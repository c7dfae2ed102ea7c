//! Given names and the gender they tell.

use super::Gender;
use super::fold;
use crate::table::{Fault, Row, TableError, rows};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

const TABLE: &str = "src/language/fr/first_names.tsv";

static NAMES: LazyLock<FxHashMap<String, Option<Gender>>> =
    LazyLock::new(|| read().expect("a test proves that every row of the embedded table is good"));

fn read() -> Result<FxHashMap<String, Option<Gender>>, TableError> {
    let text = include_str!("../language/fr/first_names.tsv");
    let rows: Vec<Row<2>> = rows(TABLE, text, ["name", "gender"])?;
    let mut names = FxHashMap::default();
    names.reserve(rows.len());
    for (line, [name, gender]) in rows {
        let wrong = |fault| TableError { table: TABLE, line, fault };
        let gender = match gender {
            "m" => Some(Gender::Masculine),
            "f" => Some(Gender::Feminine),
            "x" => None,
            _ => {
                return Err(wrong(Fault::Value { column: "gender", value: gender.into(), allowed: "m, f, x" }));
            }
        };
        if names.insert(fold::fold(name), gender).is_some() {
            return Err(wrong(Fault::Duplicate(name.to_owned())));
        }
    }
    Ok(names)
}

/// What the table says of a name; a compound is as its first half ("Jean-Luc").
fn look_up(name: &str) -> Option<Option<Gender>> {
    if !name.starts_with(char::is_uppercase) {
        return None;
    }
    let folded = fold::fold(name);
    let first = folded.split(' ').next()?;
    NAMES.get(&folded).or_else(|| NAMES.get(first).filter(|_| name.contains('-'))).copied()
}

/// The gender that a given name tells; `None` for an unknown name and one that both bear ("Camille").
pub fn first_name_gender(name: &str) -> Option<Gender> {
    look_up(name).flatten()
}

/// Whether a capitalised word is a given name: evidence that the words after it are a person's.
pub fn is_first_name(name: &str) -> bool {
    look_up(name).is_some()
}
