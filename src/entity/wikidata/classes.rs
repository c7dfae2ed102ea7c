//! Which entities are kept, and as what: the table `classes.tsv`, or one of the same columns.

use super::item::number_of;
use crate::entity::base::Kind;
use crate::table::{Fault, TableError, rows};
use rustc_hash::FxHashSet;
use sha2::{Digest, Sha256};

const TABLE: &str = "src/entity/wikidata/classes.tsv";

/// The classes that are kept.
pub struct Classes {
    rules: Vec<Rule>,
    classes: FxHashSet<u32>,
    superclasses: FxHashSet<u32>,
    /// Properties for which an entity of any class is kept.
    signs: Vec<Sign>,
    /// What tells the table from another one.
    fingerprint: String,
}

/// A row of the table.
struct Rule {
    /// `None` for what is never kept.
    kind: Option<Kind>,
    by: By,
    /// `None` is any class.
    class: Option<u32>,
    with: With,
    /// In so many wikis it must have a page.
    sitelinks: usize,
}

/// How an entity has a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    /// It is an instance of it.
    Instance,
    /// It is a subclass of it.
    Subclass,
}

/// What an entity must have besides its class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum With {
    Nothing,
    Office,
    Occupation(u32),
    Sign(Sign),
}

/// A property that tells what sort of thing an entity is, whatever its class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    /// Headquarters: it is a body.
    Seat,
    /// Coordinates: it is on the map.
    Coordinates,
}

impl Sign {
    /// All of them.
    const ALL: [Self; 2] = [Self::Seat, Self::Coordinates];

    /// The property.
    pub fn property(self) -> &'static str {
        match self {
            Self::Seat => "P159",
            Self::Coordinates => "P625",
        }
    }
}

/// What the table asks of an entity.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub classes: Vec<u32>,
    pub superclasses: Vec<u32>,
    pub occupations: Vec<u32>,
    pub has_office: bool,
    pub has_seat: bool,
    pub has_coordinates: bool,
    pub sitelinks: usize,
}

impl Classes {
    /// The table in the program.
    pub fn embedded() -> Self {
        Self::parse(TABLE, include_str!("classes.tsv")).expect("a test proves that every row of the table is good")
    }

    /// A table of the same columns; `name` is for messages.
    ///
    /// # Errors
    /// A row that is not as it must be, with its line.
    pub fn parse(name: &'static str, text: &'static str) -> Result<Self, TableError> {
        let columns = ["kind", "by", "class", "with", "sitelinks", "label"];
        let fingerprint = Sha256::digest(text).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        let (classes, superclasses) = (FxHashSet::default(), FxHashSet::default());
        let mut table = Self { rules: Vec::new(), classes, superclasses, signs: Vec::new(), fingerprint };
        for (line, [kind, by, class, with, sitelinks, _]) in rows(name, text, columns)? {
            let wrong = |column, value: &str, allowed| TableError {
                table: name,
                line,
                fault: Fault::Value { column, value: value.to_owned(), allowed },
            };
            let kinds = "person, organisation, outlet, place, country, concept, office, none";
            let kind = match kind {
                "none" => None,
                _ => Some(Kind::from_name(kind).ok_or_else(|| wrong("kind", kind, kinds))?),
            };
            let by = match by {
                "P31" => By::Instance,
                "P279" => By::Subclass,
                _ => return Err(wrong("by", by, "P31, P279")),
            };
            let class = match class {
                "*" => None,
                _ => Some(number_of(class).ok_or_else(|| wrong("class", class, "an item, such as Q5, or *"))?),
            };
            let with = match (with, Sign::ALL.into_iter().find(|sign| sign.property() == with)) {
                (_, Some(sign)) => With::Sign(sign),
                ("", _) => With::Nothing,
                ("office", _) => With::Office,
                _ => {
                    let allowed = "office, P159, P625, an occupation's item, nothing";
                    With::Occupation(number_of(with).ok_or_else(|| wrong("with", with, allowed))?)
                }
            };
            match (class, with, by) {
                (Some(class), _, By::Instance) => drop(table.classes.insert(class)),
                (Some(class), _, By::Subclass) => drop(table.superclasses.insert(class)),
                (None, With::Sign(sign), _) => table.signs.push(sign),
                (None, ..) => return Err(wrong("class", "*", "an item where `with` is neither P159 nor P625")),
            }
            let sitelinks = sitelinks.parse().map_err(|_| wrong("sitelinks", sitelinks, "numbers from 0 on"))?;
            table.rules.push(Rule { kind, by, class, with, sitelinks });
        }
        Ok(table)
    }

    /// What tells the table from another one.
    pub(super) fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// Whether instances of a class may be kept.
    pub(super) fn has_class(&self, class: u32) -> bool {
        self.classes.contains(&class)
    }

    /// Whether subclasses of a class may be kept.
    pub(super) fn has_superclass(&self, class: u32) -> bool {
        self.superclasses.contains(&class)
    }

    /// Properties for which an entity of any class may be kept.
    pub(super) fn signs(&self) -> &[Sign] {
        &self.signs
    }

    /// The kind of an entity that is kept: that of the first row which fits.
    pub(super) fn kind(&self, facts: &Facts) -> Option<Kind> {
        self.rules.iter().find(|rule| rule.fits(facts)).and_then(|rule| rule.kind)
    }
}

impl Rule {
    fn fits(&self, facts: &Facts) -> bool {
        let classes = match self.by {
            By::Instance => &facts.classes,
            By::Subclass => &facts.superclasses,
        };
        let with = match self.with {
            With::Nothing => true,
            With::Office => facts.has_office,
            With::Occupation(item) => facts.occupations.contains(&item),
            With::Sign(Sign::Seat) => facts.has_seat,
            With::Sign(Sign::Coordinates) => facts.has_coordinates,
        };
        with && facts.sitelinks >= self.sitelinks && self.class.is_none_or(|class| classes.contains(&class))
    }
}
