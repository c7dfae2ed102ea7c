//! The forms in which pages offer their answers (`?format=csv`).

use super::negotiate::{GRAPHS, Offer, ROWS};
use super::problem::Problem;
use super::site::Site;
use crate::graph::{Choice, ExportFormat, Extent, Profile, Texts, export};
use crate::query::{self, Answer, Format, Rows, format};
use std::io::Write;

/// A form of an answer.
#[derive(Debug, Clone, Copy)]
pub enum Form {
    /// SPARQL results.
    Rows(&'static Offer<Format>),
    /// RDF: a graph that is the answer, or the statements that rows name with all that belongs to them.
    Graph(&'static Offer<ExportFormat>),
}

/// In the order in which pages offer them: the name in addresses, the title.
const TITLES: [(&str, &str); 10] = [
    ("csv", "CSV"),
    ("tsv", "TSV"),
    ("json", "JSON"),
    ("xml", "XML"),
    ("turtle", "Turtle"),
    ("jsonld", "JSON-LD"),
    ("ntriples", "N-Triples"),
    ("nquads", "N-Quads"),
    ("trig", "TriG"),
    ("rdfxml", "RDF/XML"),
];

impl Form {
    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        TITLES.iter().filter_map(|(name, _)| Self::named(name))
    }

    /// The form of that name.
    pub fn named(name: &str) -> Option<Self> {
        let rows = ROWS.iter().find(|offer| offer.names[0] == name).map(Self::Rows);
        rows.or_else(|| GRAPHS.iter().find(|offer| offer.names[0] == name).map(Self::Graph))
    }

    /// In addresses, and as the ending of a file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Rows(offer) => offer.names[0],
            Self::Graph(offer) => offer.names[0],
        }
    }

    /// For people.
    pub fn title(self) -> &'static str {
        TITLES.iter().find(|(name, _)| *name == self.name()).map_or("", |(_, title)| title)
    }

    /// The value of `Content-Type`.
    pub fn media(self) -> &'static str {
        match self {
            Self::Rows(offer) => offer.media,
            Self::Graph(offer) => offer.media,
        }
    }

    /// Whether an answer of this sort can have it.
    pub fn fits(self, answer: query::Form) -> bool {
        match answer {
            query::Form::Rows => true,
            query::Form::Truth => matches!(self, Self::Rows(_)),
            query::Form::Graph => matches!(self, Self::Graph(_)),
        }
    }

    /// Writes an answer.
    ///
    /// # Errors
    /// When the answer has no such form, took too long, or the store cannot be read.
    pub fn write(self, answer: Answer, site: &Site, out: &mut dyn Write) -> Result<(), Problem> {
        match (self, answer.prepared().form()) {
            (Self::Rows(offer), _) => drop(format::write(answer, offer.format, out)?),
            (Self::Graph(offer), query::Form::Rows) => write_statements(answer, offer.format, site, out)?,
            (Self::Graph(offer), _) => drop(format::write_graph(answer, offer.format, site.store.base(), out)?),
        }
        Ok(())
    }
}

/// Writes the statements that the rows name, with all that belongs to them.
fn write_statements(answer: Answer, format: ExportFormat, site: &Site, out: &mut dyn Write) -> Result<(), Problem> {
    let rows = Rows::read(answer)?;
    let choice = Choice { among: Some(rows.iris()), ..Choice::default() };
    if !rows.is_empty() && choice.count(&site.store).map_err(Problem::internal)? == 0 {
        return Err(query::Error::Form(query::Form::Rows).into());
    }
    let extent = Extent { texts: Texts::LeftOut, profile: Profile::All, choice: Some(choice) };
    export(&site.store, format, extent, out).map(drop).map_err(Problem::internal)
}
