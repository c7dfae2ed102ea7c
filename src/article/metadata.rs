//! What is known of an article apart from its text: each field is checked, and one that cannot be used stays unknown.

use super::origin::Origin;
use crate::date::PartialDate;

/// A value, and where it was found.
pub(super) type Found<T> = Option<(T, Origin)>;

/// The fields of a sidecar's row, a line's object, a page's head, checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Metadata {
    pub outlet: Found<String>,
    pub url: Found<String>,
    pub published: Found<PartialDate>,
    pub title: Found<String>,
    pub author: Found<String>,
    /// A tag (BCP 47) in small letters.
    pub language: Found<String>,
}

impl Metadata {
    /// Takes the date of publication, or says what is wrong with it and how to mend it.
    pub fn publish(&mut self, text: &str, origin: Origin) -> Result<(), String> {
        self.published = Some((text.parse().map_err(|error| format!("published: {error}"))?, origin));
        Ok(())
    }

    /// Takes the web address.
    pub fn locate(&mut self, url: String, origin: Origin) -> Result<(), String> {
        if !is_address(&url) {
            return Err(format!("url: `{url}` is not a web address: write https://…"));
        }
        self.url = Some((url, origin));
        Ok(())
    }

    /// Takes the language.
    pub fn write_in(&mut self, tag: &str, origin: Origin) -> Result<(), String> {
        self.language = Some((language_tag(tag).map_err(|error| format!("language: {error}"))?, origin));
        Ok(())
    }

    /// Takes from `other` what is unknown here.
    pub fn complete(&mut self, other: Self) {
        self.url = self.url.take().or(other.url);
        self.title = self.title.take().or(other.title);
        self.author = self.author.take().or(other.author);
        self.complete_shared(&Self { url: None, title: None, author: None, ..other });
    }

    /// Takes from `other` what is unknown here and may hold for many articles.
    pub fn complete_shared(&mut self, other: &Self) {
        self.outlet = self.outlet.take().or_else(|| other.outlet.clone());
        self.published = self.published.or(other.published);
        self.language = self.language.take().or_else(|| other.language.clone());
    }
}

/// Whether `text` can stand as an IRI of the web (RFC 3987 forbids these characters).
pub(super) fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        !rest.is_empty() && !rest.chars().any(|c| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c))
    })
}

/// What was wrong with a language tag.
#[derive(Debug, Clone, thiserror::Error, PartialEq, Eq)]
#[error("`{0}` is not a tag: write fr, en, pt-br")]
pub struct LanguageError(String);

/// A language tag (BCP 47) in small letters.
///
/// # Errors
/// `text` has not the shape of one: letters, then parts of letters and digits.
pub fn language_tag(text: &str) -> Result<String, LanguageError> {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    let fits = (2..=8).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
    if fits { Ok(text.to_ascii_lowercase()) } else { Err(LanguageError(text.to_owned())) }
}
