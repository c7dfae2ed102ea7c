//! What is known of an article apart from its text, as users write it: each field is checked, and one that cannot be
//! used stays unknown.

use crate::date::PartialDate;

/// The fields of a sidecar's row or a line's object, checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Metadata {
    pub outlet: Option<String>,
    pub url: Option<String>,
    pub published: Option<PartialDate>,
    pub title: Option<String>,
    /// A tag (BCP 47) in small letters.
    pub language: Option<String>,
}

impl Metadata {
    /// Takes the date of publication, or says what is wrong with it and how to mend it.
    pub fn publish(&mut self, text: &str) -> Result<(), String> {
        self.published = Some(text.parse().map_err(|error| format!("published: {error}"))?);
        Ok(())
    }

    /// Takes the web address.
    pub fn locate(&mut self, url: String) -> Result<(), String> {
        if !is_address(&url) {
            return Err(format!("url: `{url}` is not a web address: write https://…"));
        }
        self.url = Some(url);
        Ok(())
    }

    /// Takes the language.
    pub fn write_in(&mut self, tag: &str) -> Result<(), String> {
        if !is_language(tag) {
            return Err(format!("language: `{tag}` is not a tag: write fr, en, pt-br"));
        }
        self.language = Some(tag.to_ascii_lowercase());
        Ok(())
    }

    /// Takes from `other` what is unknown here and may hold for many articles.
    pub fn complete(&mut self, other: &Self) {
        self.outlet = self.outlet.take().or_else(|| other.outlet.clone());
        self.published = self.published.or(other.published);
        self.language = self.language.take().or_else(|| other.language.clone());
    }
}

/// Whether `text` can stand as an IRI of the web (RFC 3987 forbids these characters).
fn is_address(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        !rest.is_empty() && !rest.chars().any(|c| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c))
    })
}

/// Whether `text` has the shape of a language tag (BCP 47): letters, then parts of letters and digits.
fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=8).contains(&first.len())
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
}
