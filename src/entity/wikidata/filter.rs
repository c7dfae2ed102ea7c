//! Which lines cannot be of a class that is kept: told by their bytes, before they are read as JSON.
//!
//! Most entities are articles of journals, stars, genes and the like. In their lines each statement of the property
//! "instance of" is looked for, as dumps write it, and the class in it. Whatever is written otherwise is read in full.

use super::Classes;
use super::classes::Sign;
use memchr::memmem::Finder;

/// Finds statements of classes in the bytes of a line.
pub(super) struct Filter<'a> {
    classes: &'a Classes,
    properties: [Property; 2],
    /// Keys of the properties for which an entity of any class is kept.
    signs: Vec<Finder<'static>>,
    id: Finder<'static>,
}

/// A property by which an entity has a class.
struct Property {
    /// Its name, as the key of its statements.
    key: Finder<'static>,
    /// Its name, in each of its statements.
    statement: Finder<'static>,
    has: fn(&Classes, u32) -> bool,
}

/// What stands between the property of a statement and its item, a hash apart.
const VALUE: &[u8] = b",\"datavalue\":{\"value\":{\"entity-type\":\"item\"";
const HASH: &[u8] = b",\"hash\":\"";
const HASH_SIZE: usize = HASH.len() + 41;

impl<'a> Filter<'a> {
    pub fn new(classes: &'a Classes) -> Self {
        let property = |key: &'static str, statement: &'static str, has| Property {
            key: Finder::new(key),
            statement: Finder::new(statement),
            has,
        };
        let properties = [
            property("\"P31\"", "\"property\":\"P31\"", Classes::has_class as _),
            property("\"P279\"", "\"property\":\"P279\"", Classes::has_superclass as _),
        ];
        let sign = |sign: &Sign| Finder::new(&format!("\"{}\"", sign.property())).into_owned();
        let signs = classes.signs().iter().map(sign).collect();
        Self { classes, properties, signs, id: Finder::new("\"id\":\"Q") }
    }

    /// Whether the entity of a line may be of a class that is kept.
    pub fn may_be_kept(&self, line: &[u8]) -> bool {
        self.properties.iter().any(|property| self.may_have(property, line))
            || self.signs.iter().any(|sign| sign.find(line).is_some())
    }

    fn may_have(&self, property: &Property, line: &[u8]) -> bool {
        let mut rest = line;
        let mut found = false;
        while let Some(at) = property.statement.find(rest) {
            rest = &rest[at + property.statement.needle().len()..];
            found = true;
            let value = match rest.strip_prefix(HASH) {
                Some(_) => rest.get(HASH_SIZE..).unwrap_or_default(),
                None => rest,
            };
            match value.strip_prefix(VALUE).and_then(|value| self.number(value)) {
                Some(class) if !(property.has)(self.classes, class) => {}
                // Values that are unknown are written otherwise; that costs little.
                _ => return true,
            }
        }
        !found && property.key.find(line).is_some()
    }

    /// The number of the item whose value begins here.
    fn number(&self, value: &[u8]) -> Option<u32> {
        let start = self.id.find(value)? + self.id.needle().len();
        let digits = &value[start..];
        let end = digits.iter().position(|byte| !byte.is_ascii_digit())?;
        str::from_utf8(&digits[..end]).ok()?.parse().ok()
    }
}
