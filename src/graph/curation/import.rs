//! Deeds that were written elsewhere come into the store: all of a file, or none.

use super::deed::{Deed, What};
use super::deeds::named;
use super::desk::Desk;
use super::{CurationError, ImportError, record, tsv};
use crate::entity::Entities;
use crate::entity::is_item;
use crate::graph::store::Store;
use crate::graph::vocabulary::{WIKIDATA, dixit, schema, skos};
use oxigraph::io::{RdfFormat, RdfParser, RdfSyntaxError};
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNode, NamedNodeRef, Quad, Term};
use rustc_hash::FxHashMap;
use tsv::{TsvError, TsvFault};

/// How many deeds of a file were new, and what became of the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Imported {
    pub new: usize,
    /// Those that stood here and are undone there: they are undone here, too.
    pub undone: usize,
    pub known: usize,
}

/// A deed of a file, what is said there of the things that it names, and where it stands.
struct Incoming {
    deed: Deed,
    things: Vec<Quad>,
    line: usize,
    column: usize,
}

/// The classes that a thing may have.
const CLASSES: [NamedNodeRef<'_>; 10] = [
    schema::PERSON,
    schema::ORGANIZATION,
    schema::NEWS_MEDIA_ORGANIZATION,
    schema::PLACE,
    schema::COUNTRY,
    schema::CREATIVE_WORK,
    skos::CONCEPT,
    dixit::AUTHORITY,
    dixit::UNNAMED_SOURCE,
    dixit::DOCUMENT,
];

impl Store {
    /// Takes in the corrections of a table as [`Store::corrections_as_tsv`] writes it.
    ///
    /// # Errors
    /// The table is not of that form, or a correction cannot be done: nothing is taken in.
    pub fn import_tsv(&self, table: &str, entities: &Entities) -> Result<Imported, ImportError> {
        let mut incoming = Vec::new();
        for tsv::Row { line, deed, things, things_at } in tsv::read(table, self.base())? {
            let things = self.turtle().for_slice(&things).collect::<Result<_, _>>();
            let things = things.map_err(|error| TsvError {
                line,
                column: things_at,
                fault: TsvFault::Things(what_is_wrong(&error)),
            })?;
            incoming.push(Incoming { deed, things, line, column: 1 });
        }
        self.take_in(incoming, entities)
    }

    /// Takes in the corrections that a Turtle file describes.
    ///
    /// # Errors
    /// The file is no Turtle, or a correction cannot be read or done: nothing is taken in.
    pub fn import_turtle(&self, turtle: &str, entities: &Entities) -> Result<Imported, ImportError> {
        let quads = self.turtle().for_slice(turtle).collect::<Result<Vec<Quad>, _>>().map_err(|error| {
            let at = error.location().map(|place| (place.start.line as usize + 1, place.start.column as usize + 1));
            let (line, column) = at.unwrap_or((1, 1));
            ImportError::Turtle { line, column, fault: what_is_wrong(&error) }
        })?;
        let deeds = record::read(quads.iter().cloned()).map_err(|fault| {
            let (line, column) = place(turtle, fault.deed());
            ImportError::Record { line, column, fault }
        })?;
        let incoming = deeds.into_iter().map(|deed| {
            let (line, column) = place(turtle, &deed.id);
            let of_deed = |quad: &&Quad| deed.things().any(|thing| quad.subject == thing.clone().into());
            let things = quads.iter().filter(of_deed).cloned().collect();
            Incoming { things, line, column, deed }
        });
        self.take_in(incoming.collect(), entities)
    }

    /// Reads Turtle; what is written without a base is below that of the data.
    fn turtle(&self) -> RdfParser {
        let parser = RdfParser::from_format(RdfFormat::Turtle).with_base_iri(self.base().as_str());
        parser.expect("a base is an IRI")
    }

    fn take_in(&self, incoming: Vec<Incoming>, entities: &Entities) -> Result<Imported, ImportError> {
        let mut desk = Desk::open(self, entities)?;
        let known = desk.deeds().all()?.into_iter().map(|deed| (deed.id.clone(), deed));
        let mut known: FxHashMap<String, Deed> = known.collect();
        let mut imported = Imported::default();
        let mut touched: Vec<Deed> = Vec::new();
        let (mut line, mut column) = (1, 1);
        for Incoming { deed, things, line: at, column: from } in incoming {
            (line, column) = (at, from);
            let fault = |fault| ImportError::Deed { line, column, fault };
            match known.get(&deed.id) {
                Some(here) if !here.is_same(&deed) => return Err(fault(CurationError::OtherDeed(deed.id))),
                Some(here) if here.stands() && !deed.stands() => {
                    imported.undone += 1;
                    desk.write(&deed);
                    known.insert(deed.id.clone(), deed.clone());
                    touched.push(deed);
                }
                Some(_) => imported.known += 1,
                None => {
                    imported.new += 1;
                    for thing in deed.things() {
                        desk.introduce(thing, &things)?;
                        match desk.change.know(thing, entities) {
                            // Nobody needs to know who somebody is not.
                            Err(CurationError::Unknown(_)) if matches!(deed.what, What::Rejection(_)) => {}
                            known => known.map_err(fault)?,
                        }
                    }
                    desk.write(&deed);
                    known.insert(deed.id.clone(), deed.clone());
                    touched.push(deed);
                }
            }
        }
        desk.settle(&touched).map_err(|fault| ImportError::Deed { line, column, fault })?;
        Ok(imported)
    }
}

impl Desk<'_> {
    /// Describes a thing of which the store knows nothing, as a file does.
    fn introduce(&mut self, thing: &NamedNode, things: &[Quad]) -> Result<(), ImportError> {
        let base = self.change.base;
        let labels = self.change.transaction.quads_for_pattern(Some(thing.into()), Some(rdfs::LABEL), None, None);
        if !labels.collect::<Result<Vec<_>, _>>()?.is_empty() {
            return Ok(());
        }
        let graph = if base.key(thing).is_some() { base.entities_graph() } else { base.curation_graph() };
        for quad in things.iter().filter(|quad| quad.subject == thing.clone().into()) {
            let is_told = match &quad.object {
                Term::Literal(_) => quad.predicate == rdfs::LABEL,
                object if quad.predicate == schema::SAME_AS => named(object).is_some_and(|item| is_wikidata(&item)),
                object => quad.predicate == rdf::TYPE && named(object).is_some_and(|c| CLASSES.contains(&c.as_ref())),
            };
            if is_told {
                self.change.transaction.insert(&Quad { graph_name: graph.clone().into(), ..quad.clone() });
            }
        }
        Ok(())
    }
}

/// Whether it is an item of Wikidata.
fn is_wikidata(iri: &NamedNode) -> bool {
    iri.as_str().strip_prefix(WIKIDATA).is_some_and(is_item)
}

/// "Parser error at line 1 column 2: what is wrong"
fn what_is_wrong(error: &RdfSyntaxError) -> String {
    let text = error.to_string();
    text.split_once(": ").map_or(text.as_str(), |(_, what)| what).replace('\n', " ")
}

/// The line and the character at which a text names something.
fn place(text: &str, name: &str) -> (usize, usize) {
    let at = text.find(name).unwrap_or(0);
    let before = &text[..at];
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    (before.matches('\n').count() + 1, before[line..].chars().count() + 1)
}
