//! What of a statement is indexed beside its words: by these a part of a query is answered without reading the store.

use crate::graph::vocabulary::{dixit, schema};
use jiff::civil::Date;
use oxigraph::model::vocab::xsd;
use oxigraph::model::{Literal, NamedNodeRef};

/// A property of statements whose values are indexed, in the place that it has in [`Property::ALL`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Property(usize);

/// The properties, each with the field of the index that has its values: IRIs, and the tags of languages. The last two are the
/// article's.
const PROPERTIES: [(&str, NamedNodeRef<'_>); 9] = [
    ("article", schema::IS_PART_OF),
    ("actor", dixit::ACTOR),
    ("metonym", dixit::METONYM),
    ("about", schema::ABOUT),
    ("relayed_by", dixit::RELAYED_BY),
    ("kind", dixit::KIND),
    ("polarity", dixit::POLARITY),
    ("publisher", schema::PUBLISHER),
    ("language", schema::IN_LANGUAGE),
];

impl Property {
    /// All of them.
    pub const ALL: [Self; PROPERTIES.len()] =
        [Self(0), Self(1), Self(2), Self(3), Self(4), Self(5), Self(6), Self(7), Self(8)];
    /// The article of which the statement is part.
    pub const ARTICLE: Self = Self(0);
    /// Who said it.
    pub const ACTOR: Self = Self(1);
    /// The authority that a place's name stands for.
    pub const METONYM: Self = Self(2);
    /// What it is about, and all that is broader.
    pub const ABOUT: Self = Self(3);
    /// The outlets through which it came.
    pub const RELAYED_BY: Self = Self(4);
    pub const KIND: Self = Self(5);
    pub const POLARITY: Self = Self(6);
    /// The outlet that published this article: a property of the article.
    pub const PUBLISHER: Self = Self(7);
    /// The language in which this article is written: a property of the article.
    pub const LANGUAGE: Self = Self(8);

    /// The property of statements with this IRI, if it is indexed.
    pub fn of(iri: NamedNodeRef<'_>) -> Option<Self> {
        Self::ALL.into_iter().find(|property| property.iri() == iri && !property.is_of_article())
    }

    /// Whether it is said of the article, and holds for all of its statements.
    pub fn is_of_article(self) -> bool {
        [Self::PUBLISHER, Self::LANGUAGE].contains(&self)
    }

    /// Its place in [`Property::ALL`].
    pub fn place(self) -> usize {
        self.0
    }

    /// Its IRI.
    pub fn iri(self) -> NamedNodeRef<'static> {
        PROPERTIES[self.0].1
    }

    /// The field of the index.
    pub fn field(self) -> &'static str {
        PROPERTIES[self.0].0
    }
}

/// What is known of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    /// The values that its properties have, but for its article.
    pub values: Vec<(Property, String)>,
    /// The first and the last day on which it may have been said, see [`day`].
    pub from: Option<i64>,
    pub until: Option<i64>,
}

/// The number of a day, of an `xsd:date` without a time zone: later days have larger numbers.
pub fn day(date: &Literal) -> Option<i64> {
    let day = date.value().parse::<Date>().ok()?;
    let is_plain = day.to_string() == date.value();
    (is_plain && date.datatype() == xsd::DATE).then(|| day_of(day))
}

/// The number of a day.
pub fn day_of(day: Date) -> i64 {
    i64::from(day.year()) * 372 + i64::from(day.month() - 1) * 31 + i64::from(day.day() - 1)
}

/// The day that has this number.
pub fn date(number: i64) -> Option<Literal> {
    let (year, rest) = (number.div_euclid(372), number.rem_euclid(372));
    let part = |number: i64| i8::try_from(number + 1).ok();
    let day = Date::new(i16::try_from(year).ok()?, part(rest / 31)?, part(rest % 31)?).ok()?;
    Some(Literal::new_typed_literal(day.to_string(), xsd::DATE))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_in_order_and_come_back() {
        let days = ["0001-01-01", "1999-12-31", "2000-01-01", "2020-02-29", "2020-03-01", "2020-12-31", "2021-01-01"];
        let literals = days.map(|day| Literal::new_typed_literal(day, xsd::DATE));
        let numbers = literals.clone().map(|literal| day(&literal).unwrap());
        assert!(numbers.is_sorted() && numbers.windows(2).all(|pair| pair[0] < pair[1]), "{numbers:?}");
        for (literal, number) in literals.into_iter().zip(numbers) {
            assert_eq!(date(number), Some(literal));
        }
    }

    #[test]
    fn what_compares_otherwise_has_no_number() {
        for text in ["2020-02-29Z", "2020-02-29+01:00", "2020", "-0044-03-15", ""] {
            assert_eq!(day(&Literal::new_typed_literal(text, xsd::DATE)), None, "{text}");
        }
        assert_eq!(day(&Literal::new_simple_literal("2020-02-29")), None);
    }

    #[test]
    fn properties_have_their_iris() {
        for property in Property::ALL {
            assert_eq!(Property::of(property.iri()), Some(property).filter(|property| !property.is_of_article()));
        }
        let named = [
            (Property::ARTICLE, schema::IS_PART_OF),
            (Property::ACTOR, dixit::ACTOR),
            (Property::METONYM, dixit::METONYM),
            (Property::ABOUT, schema::ABOUT),
            (Property::RELAYED_BY, dixit::RELAYED_BY),
            (Property::KIND, dixit::KIND),
            (Property::POLARITY, dixit::POLARITY),
        ];
        assert!(named.into_iter().all(|(property, iri)| property.iri() == iri));
        assert_eq!(Property::PUBLISHER.iri(), schema::PUBLISHER);
        assert_eq!(Property::LANGUAGE.iri(), schema::IN_LANGUAGE);
        assert_eq!(Property::of(schema::TEXT), None);
    }
}
