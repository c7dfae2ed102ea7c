//! Articles: one text as an outlet published it, with its metadata.

use crate::date::PartialDate;

/// One text as an outlet published it, with what is known about it. What is unknown stays `None`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Name in reports and results: the file's name without its folder.
    pub name: String,
    /// What tells this article from all others: its address, or else the absolute path of its file.
    pub address: String,
    /// The text as it was read, without a byte-order mark. All spans are byte offsets into it.
    pub text: String,
    /// Web address of the article.
    pub url: Option<String>,
    /// Name of the publishing outlet as the metadata gives it.
    pub outlet: Option<String>,
    /// Headline, if the metadata gives one.
    pub title: Option<String>,
    /// Date of publication.
    pub published: Option<PartialDate>,
    /// Language tag (BCP 47), for example `fr`.
    pub language: String,
}
