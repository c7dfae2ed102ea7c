//! What the store holds of one article, one statement or one thing, to be shown.

use super::export::{ArticleRow, ExportError, ExportFormat, Extent, NamedRow, Profile, Row, Rows, Texts, Thing};
use super::export::{Choice, export};
use super::places::Places;
use super::store::Store;
use super::vocabulary::{dixit, schema, skos};
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNode, NamedOrBlankNode};
use oxigraph::store::StorageError;
use serde::Serialize;

/// An article with its text and its statements, in their order.
#[derive(Debug, Clone, Serialize)]
pub struct ArticleView {
    #[serde(flatten)]
    pub article: ArticleRow,
    /// The text as it was read, into which the offsets of the statements point; `None` if it was imported without.
    pub text: Option<String>,
    pub statements: Vec<Row>,
}

impl ArticleView {
    /// Reads a stored article. Things are named in its language.
    pub fn read(store: &Store, article: &NamedNode) -> Result<Self, StorageError> {
        Self::read_with(&mut Rows::new(store.query_store()), store, article)
    }

    /// The same with things named in this language.
    pub fn read_in(store: &Store, article: &NamedNode, language: &'static str) -> Result<Self, StorageError> {
        Self::read_with(&mut Rows::in_language(store.query_store(), language), store, article)
    }

    fn read_with(rows: &mut Rows<'_>, store: &Store, article: &NamedNode) -> Result<Self, StorageError> {
        let graph = store.query_store();
        let mut statements = Vec::new();
        for quad in graph.quads_for_pattern(None, Some(dixit::EVIDENCE), None, Some(article.into())) {
            if let NamedOrBlankNode::NamedNode(statement) = quad?.subject {
                statements.push(statement);
            }
        }
        statements.sort_by(|a, b| a.as_str().cmp(b.as_str()));
        statements.dedup();
        let mut statements =
            statements.iter().map(|statement| rows.read(statement)).collect::<Result<Vec<_>, StorageError>>()?;
        statements.sort_by(|a, b| (&a.spans, &a.iri).cmp(&(&b.spans, &b.iri)));
        Ok(Self { article: rows.article(article)?, text: text(store, article)?, statements })
    }
}

/// A statement in its article, with what other articles tell of the same speech event.
#[derive(Debug, Clone)]
pub struct StatementView {
    pub statement: Row,
    /// The text of its article, if the store has it.
    pub text: Option<String>,
    /// Where in it cue and speaker stand.
    pub places: Places,
    /// Other reports of the same utterance.
    pub elsewhere: Vec<Row>,
}

impl StatementView {
    /// Reads a statement, with things named in this language; `None` if there is no such statement.
    pub fn read_in(store: &Store, iri: &NamedNode, language: &'static str) -> Result<Option<Self>, StorageError> {
        let graph = store.query_store();
        let thing = Thing::read(graph, iri)?;
        let Some(article) = thing.iri(schema::IS_PART_OF).filter(|_| thing.is_a(dixit::REPORTED_STATEMENT)) else {
            return Ok(None);
        };
        let mut rows = Rows::in_language(graph, language);
        let statement = rows.read(iri)?;
        let text = text(store, article)?;
        let places = text.as_deref().map(|text| Places::find(text, &statement)).unwrap_or_default();
        let elsewhere = match &statement.utterance {
            Some(utterance) => reports(store, &NamedNode::new_unchecked(&utterance.iri), &mut rows)?,
            None => Vec::new(),
        };
        let elsewhere = elsewhere.into_iter().filter(|report| report.iri != statement.iri).collect();
        Ok(Some(Self { statement, text, places, elsewhere }))
    }
}

/// The statements that report an utterance, those of the earliest articles first.
pub fn reports_in(store: &Store, utterance: &NamedNode, language: &'static str) -> Result<Vec<Row>, StorageError> {
    reports(store, utterance, &mut Rows::in_language(store.query_store(), language))
}

fn reports(store: &Store, utterance: &NamedNode, rows: &mut Rows<'_>) -> Result<Vec<Row>, StorageError> {
    let utterance = Thing::read(store.query_store(), utterance)?;
    let mut reports = utterance.iris(dixit::REPORT).map(|iri| rows.read(iri)).collect::<Result<Vec<_>, _>>()?;
    let day = |row: &Row| row.article.published.clone().unwrap_or_else(|| "9999".to_owned());
    reports.sort_by_cached_key(|row| (day(row), row.iri.clone()));
    Ok(reports)
}

/// Statements with things named in this language, in this order; what is none is left out.
pub fn statements_in<'i>(
    store: &Store,
    iris: impl IntoIterator<Item = &'i NamedNode>,
    language: &'static str,
) -> Result<Vec<Row>, StorageError> {
    let mut rows = Rows::in_language(store.query_store(), language);
    let rows = iris.into_iter().map(|iri| rows.read(iri));
    rows.filter(|row| row.as_ref().map_or(true, |row| row.kind.is_some())).collect()
}

/// What IRIs name, in this language and this order.
pub fn named_in<'i>(
    store: &Store,
    iris: impl IntoIterator<Item = &'i NamedNode>,
    language: &'static str,
) -> Result<Vec<NamedRow>, StorageError> {
    let mut rows = Rows::in_language(store.query_store(), language);
    iris.into_iter().map(|iri| rows.named(iri, None)).collect()
}

/// Who or what something is that statements name: an actor, an outlet, a topic, mostly several of these.
#[derive(Debug, Clone)]
pub struct ThingView {
    pub named: NamedRow,
    /// Its names in other languages, and its other names.
    pub names: Vec<String>,
    pub broader: Vec<NamedRow>,
    /// What it comprises itself, so many at most.
    pub narrower: Vec<NamedRow>,
    /// Of what it is the authority.
    pub authority_of: Vec<NamedRow>,
    /// In whose place it stands, or who stands in its place.
    pub merged_into: Option<NamedRow>,
}

/// So many things that a thing comprises are told.
const NARROWER: usize = 50;

impl ThingView {
    /// Reads what is known of a thing; `None` if nothing names it.
    pub fn read_in(store: &Store, iri: &NamedNode, language: &'static str) -> Result<Option<Self>, StorageError> {
        let graph = store.query_store();
        let told_by = [rdfs::LABEL, skos::ALT_LABEL, skos::BROADER, dixit::AUTHORITY_OF, dixit::MERGED_INTO];
        let thing = Thing::read_only(graph, iri, &told_by)?;
        let mut rows = Rows::in_language(graph, language);
        let merged_into = thing.iri(dixit::MERGED_INTO).map(|iri| rows.named(iri, None)).transpose()?;
        if thing.value(rdfs::LABEL).is_none() && merged_into.is_none() {
            return Ok(None);
        }
        let named = rows.named(iri, None)?;
        let mut names: Vec<String> =
            thing.values(rdfs::LABEL).chain(thing.values(skos::ALT_LABEL)).map(str::to_owned).collect();
        let mut known = vec![named.name.clone()];
        names.retain(|name| {
            !known.contains(name) && {
                known.push(name.clone());
                true
            }
        });
        let mut all = |predicate| -> Result<Vec<NamedRow>, StorageError> {
            thing.iris(predicate).map(|iri| rows.named(iri, None)).collect()
        };
        let (broader, authority_of) = (all(skos::BROADER)?, all(dixit::AUTHORITY_OF)?);
        let mut narrower = Vec::new();
        for quad in graph.quads_for_pattern(None, Some(skos::BROADER), Some(iri.into()), None).take(NARROWER) {
            if let NamedOrBlankNode::NamedNode(narrow) = quad?.subject {
                narrower.push(rows.named(&narrow, None)?);
            }
        }
        narrower.sort_by(|a, b| (&a.name, &a.iri).cmp(&(&b.name, &b.iri)));
        narrower.dedup_by(|a, b| a.iri == b.iri);
        Ok(Some(Self { named, names, broader, narrower, authority_of, merged_into }))
    }
}

/// What a path below the base leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    Article,
    Statement,
    Thing,
    Utterance,
    /// Of which the graph says something, but nothing that people read.
    Other,
}

/// What an IRI of this store stands for; `None` if nothing is said of it.
pub fn sort_of(store: &Store, iri: &NamedNode) -> Result<Option<Sort>, StorageError> {
    let thing = Thing::read_only(store.query_store(), iri, &[rdf::TYPE, rdfs::LABEL, dixit::MERGED_INTO])?;
    let is_a = |class| thing.is_a(class);
    Ok(if is_a(schema::NEWS_ARTICLE) {
        Some(Sort::Article)
    } else if is_a(dixit::REPORTED_STATEMENT) {
        Some(Sort::Statement)
    } else if is_a(dixit::UTTERANCE) {
        Some(Sort::Utterance)
    } else if store.base().is_thing(iri)
        && (thing.value(rdfs::LABEL).is_some() || thing.iri(dixit::MERGED_INTO).is_some())
    {
        Some(Sort::Thing)
    } else {
        let mut quads = store.query_store().quads_for_pattern(Some(iri.into()), None, None, None);
        quads.next().transpose()?.map(|_| Sort::Other)
    })
}

/// A statement or an article as schema.org has it, in JSON-LD: for search engines and citations.
///
/// # Errors
/// When the store cannot be read.
pub fn schema_org_of(store: &Store, statement: &NamedNode) -> Result<Vec<u8>, ExportError> {
    let choice = Choice { among: Some(vec![statement.clone()]), ..Choice::default() };
    let extent = Extent { texts: Texts::LeftOut, profile: Profile::SchemaOrg, choice: Some(choice) };
    let mut out = Vec::new();
    export(store, ExportFormat::JsonLd, extent, &mut out)?;
    Ok(out)
}

fn text(store: &Store, article: &NamedNode) -> Result<Option<String>, StorageError> {
    let article = Thing::read_only(store.query_store(), article, &[schema::ARTICLE_BODY])?;
    Ok(article.value(schema::ARTICLE_BODY).map(str::to_owned))
}
