//! What users say about reading.

use super::{Article, FieldMap, Filter, Meter, Origin, Web};
use crate::date::PartialDate;
use std::path::PathBuf;
use std::sync::Arc;

/// What is read, and how. The default reads all that can be articles.
#[derive(Clone, Default)]
pub struct ReadOptions {
    /// Which files of folders are read.
    pub filter: Filter,
    /// Which fields of data files are which.
    pub map: FieldMap,
    /// What holds for all articles, whatever they say themselves.
    pub given: Given,
    /// How web addresses are read; without it they are not.
    pub web: Option<Web>,
    /// Files that are no articles, though they may lie in a folder among others.
    pub except: Vec<PathBuf>,
    /// What counts the bytes that are read.
    pub meter: Option<Arc<Meter>>,
}

/// What holds for all articles that are read, whatever they say themselves.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Given {
    /// Name of the publishing outlet.
    pub outlet: Option<String>,
    /// Date of publication.
    pub published: Option<PartialDate>,
    /// Language tag (BCP 47).
    pub language: Option<String>,
}

impl Given {
    /// Writes into the article what is given.
    pub(super) fn rule(&self, article: &mut Article) {
        if self.outlet.is_some() {
            article.outlet.clone_from(&self.outlet);
            article.origins.outlet = Some(Origin::Option);
        }
        if self.published.is_some() {
            article.published = self.published;
            article.origins.published = Some(Origin::Option);
        }
        if let Some(language) = &self.language {
            article.language.clone_from(language);
            article.origins.language = Some(Origin::Option);
        }
    }
}
