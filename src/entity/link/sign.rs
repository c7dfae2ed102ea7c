//! The signs that speak for and against a link: `signs.tsv`.

use crate::table::{Fault, TableError, rows};
use std::sync::LazyLock;

const TABLE: &str = "src/entity/link/signs.tsv";

/// Declares the signs, each with its name in the table.
macro_rules! signs {
    ($($(#[$doc:meta])* $sign:ident = $name:literal),* $(,)?) => {
        /// Something that speaks for or against it that a name means an entity.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Sign { $($(#[$doc])* $sign),* }

        impl Sign {
            /// All of them, each at the place of its number.
            pub const ALL: &[Self] = &[$(Self::$sign),*];

            /// As the table writes it.
            pub fn name(self) -> &'static str {
                match self { $(Self::$sign => $name),* }
            }
        }
    };
}

signs! {
    Label = "label",
    Alias = "alias",
    Derived = "derived",
    Part = "part",
    Office = "office",
    OfficeUndated = "office-undated",
    Place = "place",
    OneWord = "one-word",
    Rival = "rival",
    Stranger = "stranger",
    Unfamiliar = "unfamiliar",
    Known = "known",
    RoleHeld = "role-held",
    RolePast = "role-past",
    RoleNear = "role-near",
    RoleFar = "role-far",
    RoleOther = "role-other",
    RolePrivate = "role-private",
    Country = "country",
    CountryOther = "country-other",
    GenderOther = "gender-other",
    Company = "company",
}

/// What the table says of a sign.
struct Row {
    points: f32,
    says: &'static str,
}

static ROWS: LazyLock<Vec<Row>> =
    LazyLock::new(|| read().expect("a test proves that every row of the embedded table is good"));

fn read() -> Result<Vec<Row>, TableError> {
    let mut found: Vec<Option<Row>> = Sign::ALL.iter().map(|_| None).collect();
    for (line, [name, points, says]) in rows(TABLE, include_str!("signs.tsv"), ["sign", "points", "says"])? {
        let wrong = |fault| TableError { table: TABLE, line, fault };
        let sign = Sign::from_name(name).ok_or_else(|| wrong(Fault::Unknown(name.to_owned())))?;
        let number = |_| wrong(Fault::Value { column: "points", value: points.to_owned(), allowed: "a number" });
        let row = Row { points: points.parse().map_err(number)?, says };
        if found[sign as usize].replace(row).is_some() {
            return Err(wrong(Fault::Duplicate(name.to_owned())));
        }
    }
    let missing = |sign: &Sign| TableError { table: TABLE, line: 1, fault: Fault::Unknown(sign.name().to_owned()) };
    Sign::ALL.iter().zip(found).map(|(sign, row)| row.ok_or_else(|| missing(sign))).collect()
}

impl Sign {
    /// The sign of that name.
    pub(super) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|sign| sign.name() == name)
    }

    /// How much it weighs, for or against.
    pub fn points(self) -> f32 {
        ROWS[self as usize].points
    }

    /// What it says of the one who is meant.
    pub fn says(self) -> &'static str {
        ROWS[self as usize].says
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sign_has_its_row() {
        assert_eq!(read().unwrap().len(), Sign::ALL.len());
        assert_eq!(Sign::RoleHeld.says(), "held the role on the day");
        assert!(Sign::Label.points() > Sign::Part.points());
    }
}
