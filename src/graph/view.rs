//! One article as the store holds it: its text, and its statements with their places in it.

use super::export::{ArticleRow, Row, Rows, Thing};
use super::store::Store;
use super::vocabulary::{dixit, schema};
use oxigraph::model::NamedNode;
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
    /// Reads a stored article.
    pub fn read(store: &Store, article: &NamedNode) -> Result<Self, StorageError> {
        let graph = store.query_store();
        let thing = Thing::read(graph, article)?;
        let mut rows = Rows::new(graph);
        let mut statements = Vec::new();
        for quad in graph.quads_for_pattern(None, Some(dixit::EVIDENCE), None, Some(article.into())) {
            if let oxigraph::model::NamedOrBlankNode::NamedNode(statement) = quad?.subject {
                statements.push(statement);
            }
        }
        statements.sort_by(|a, b| a.as_str().cmp(b.as_str()));
        statements.dedup();
        let mut statements =
            statements.iter().map(|statement| rows.read(statement)).collect::<Result<Vec<_>, StorageError>>()?;
        statements.sort_by(|a, b| (&a.spans, &a.iri).cmp(&(&b.spans, &b.iri)));
        Ok(Self {
            article: rows.article(article)?,
            text: thing.value(schema::ARTICLE_BODY).map(str::to_owned),
            statements,
        })
    }
}
