//! The stored articles, and which of them somebody means.

use super::store::Store;
use super::vocabulary::{dixit, schema};
use jiff::civil::Date;
use oxigraph::model::vocab::rdf;
use oxigraph::model::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term, TermRef};
use oxigraph::store::StorageError;
use std::path;

/// Why a name leads to no article.
#[derive(Debug, thiserror::Error)]
pub enum ArticleError {
    #[error("no article `{0}` in the store: `dixit articles` lists them")]
    Unknown(String),
    #[error("`{name}` are {} articles: write one of {} instead", keys.len(), keys.join(", "))]
    Ambiguous { name: String, keys: Vec<String> },
    #[error("the store cannot be read: {0}")]
    Storage(#[from] StorageError),
}

/// Fewest digits that may stand for a whole key.
const SHORTEST_KEY: usize = 4;

/// Which articles are chosen; what is `None` chooses all.
#[derive(Debug, Clone, Default)]
pub struct ArticleFilter {
    /// The outlet that published it.
    pub outlet: Option<NamedNode>,
    /// A day before which it certainly appeared. An article without a date did not.
    pub before: Option<Date>,
}

impl Store {
    /// The article that somebody means by its IRI, by its [key](Self::article_key) or the beginning of it, by its web
    /// address, by the path of its file, or by the file's name if no other has it.
    ///
    /// # Errors
    /// There is no such article, or there are several.
    pub fn find_article(&self, name: &str) -> Result<NamedNode, ArticleError> {
        let name = name.trim();
        for article in self.direct(name) {
            if self.has_article(&article)? {
                return Ok(article);
            }
        }
        let literal = Literal::new_simple_literal(name);
        let mut found = match NamedNode::new(name) {
            Ok(address) => self.with(schema::URL, (&address).into())?,
            Err(_) => self.with(dixit::FILE_NAME, (&literal).into())?,
        };
        if found.is_empty() && name.len() >= SHORTEST_KEY && name.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            found = self.articles(&ArticleFilter::default())?;
            found.retain(|article| self.article_key(article).starts_with(name));
        }
        match found.len() {
            0 => Err(ArticleError::Unknown(name.to_owned())),
            1 => Ok(found.remove(0)),
            _ => {
                let keys = found.iter().map(|article| self.article_key(article).to_owned()).collect();
                Err(ArticleError::Ambiguous { name: name.to_owned(), keys })
            }
        }
    }

    /// What tells an article from all others in this store: the end of its IRI, 16 hexadecimal digits.
    pub fn article_key<'a>(&self, article: &'a NamedNode) -> &'a str {
        let iri = article.as_str();
        iri.strip_prefix(self.base().article_iri("").as_str()).unwrap_or(iri)
    }

    /// The chosen articles, sorted by IRI.
    pub fn articles(&self, filter: &ArticleFilter) -> Result<Vec<NamedNode>, StorageError> {
        let mut articles = match &filter.outlet {
            Some(outlet) => self.with(schema::PUBLISHER, outlet.into())?,
            None => self.with(rdf::TYPE, schema::NEWS_ARTICLE.into())?,
        };
        if let Some(before) = filter.before {
            let before = before.to_string();
            let mut early = Vec::new();
            for article in articles {
                // Dates of four-digit years compare as texts.
                if self.last_day(&article)?.is_some_and(|day| day < before) {
                    early.push(article);
                }
            }
            articles = early;
        }
        Ok(articles)
    }

    /// The articles that a name may mean without a look at the others.
    fn direct(&self, name: &str) -> Vec<NamedNode> {
        let mut articles =
            vec![self.base().article(name), self.base().article_iri(name.trim_start_matches("article/"))];
        articles.extend(NamedNode::new(name));
        let path = path::absolute(name).ok();
        articles.extend(path.and_then(|path| Some(self.base().article(path.to_str()?))));
        articles
    }

    fn has_article(&self, article: &NamedNode) -> Result<bool, StorageError> {
        let class = Some(schema::NEWS_ARTICLE.into());
        let mut quads =
            self.query_store().quads_for_pattern(Some(article.into()), Some(rdf::TYPE), class, Some(article.into()));
        Ok(quads.next().transpose()?.is_some())
    }

    /// The articles of which this is said, sorted.
    fn with(&self, predicate: NamedNodeRef<'_>, object: TermRef<'_>) -> Result<Vec<NamedNode>, StorageError> {
        let quads = self.query_store().quads_for_pattern(None, Some(predicate), Some(object), None);
        let own = |quad: Quad| match quad.subject {
            NamedOrBlankNode::NamedNode(article) if quad.graph_name == article.clone().into() => Some(article),
            _ => None,
        };
        let mut articles: Vec<_> = quads.filter_map(|quad| quad.map(own).transpose()).collect::<Result<_, _>>()?;
        articles.sort_by(|a, b| a.as_str().cmp(b.as_str()));
        Ok(articles)
    }

    /// The last day on which an article may have appeared, year first.
    fn last_day(&self, article: &NamedNode) -> Result<Option<String>, StorageError> {
        let (subject, predicate) = (Some(article.into()), Some(dixit::PUBLISHED_NOT_AFTER));
        let mut quads = self.query_store().quads_for_pattern(subject, predicate, None, Some(article.into()));
        Ok(match quads.next().transpose()?.map(|quad| quad.object) {
            Some(Term::Literal(day)) => Some(day.value().to_owned()),
            _ => None,
        })
    }
}
