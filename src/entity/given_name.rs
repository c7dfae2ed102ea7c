//! Given names and the gender they tell.

use super::Gender;
use super::fold;
use crate::interner::Interner;
use crate::table::{Fault, Row, TableError, rows};
use std::sync::LazyLock;

const TABLE: &str = "src/language/fr/first_names.tsv";

/// Folded names, and the gender that each tells.
struct GivenNames {
    names: Interner,
    genders: Vec<Option<Gender>>,
}

static NAMES: LazyLock<GivenNames> =
    LazyLock::new(|| read().expect("a test proves that every row of the embedded table is good"));

fn read() -> Result<GivenNames, TableError> {
    let text = include_str!("../language/fr/first_names.tsv");
    let rows: Vec<Row<2>> = rows(TABLE, text, ["name", "gender"])?;
    let mut found = GivenNames { names: Interner::with_capacity(rows.len()), genders: Vec::with_capacity(rows.len()) };
    let mut folded = String::new();
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
        fold::fold_into(name, &mut folded);
        if (found.names.number(&folded) as usize) < found.genders.len() {
            return Err(wrong(Fault::Duplicate(name.to_owned())));
        }
        found.genders.push(gender);
    }
    Ok(found)
}

/// What the table says of a name: whether it is a given name, and the gender that it tells as one. A compound is as its
/// first half ("Jean-Luc").
pub(super) fn look_up(name: &str) -> Option<Option<Gender>> {
    look_up_folded(name, &fold::fold(name))
}

/// The same of a name that is folded already.
pub(super) fn look_up_folded(name: &str, folded: &str) -> Option<Option<Gender>> {
    if !name.starts_with(char::is_uppercase) {
        return None;
    }
    let first = folded.split(' ').next()?;
    let whole = NAMES.names.get(folded);
    let number = whole.or_else(|| NAMES.names.get(first).filter(|_| name.contains('-')))?;
    Some(NAMES.genders[number as usize])
}

/// The gender that a given name tells; `None` for an unknown name and one that both bear ("Camille").
pub fn first_name_gender(name: &str) -> Option<Gender> {
    look_up(name).flatten()
}

/// Whether a capitalised word is a given name: evidence that the words after it are a person's.
pub fn is_first_name(name: &str) -> bool {
    look_up(name).is_some()
}
