//! A statement as lists of statements show it, and the things that it names.

use super::site::Site;
use super::visit::Visit;
use crate::graph::{NamedRow, StatementRow};
use crate::query::Language;

/// A thing with its name, and the page about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub name: String,
    /// `None` where only its words are known.
    pub path: Option<String>,
    /// Its kind, one of the words of `kind-…`.
    pub kind: Option<&'static str>,
    pub wikidata: Option<String>,
}

impl Link {
    pub fn of(named: &NamedRow, site: &Site) -> Self {
        Self {
            name: named.name.clone(),
            path: named.iri.as_deref().and_then(|iri| site.path(iri)),
            kind: named.kind,
            wikidata: named.wikidata.clone(),
        }
    }

    pub fn all(named: &[NamedRow], site: &Site) -> Vec<Self> {
        named.iter().map(|named| Self::of(named, site)).collect()
    }
}

/// A statement in a list.
#[derive(Debug, Clone)]
pub struct Card {
    pub path: String,
    pub text: String,
    /// The language of the text, for the browser.
    pub language: String,
    /// What that language is called, where the page is in another.
    pub foreign: Option<&'static str>,
    pub kind: &'static str,
    pub polarity: &'static str,
    pub actors: Vec<Link>,
    /// The words that name the speaker, where they are others than the name.
    pub mention: Option<String>,
    pub role: Option<String>,
    /// When it was said, as people say it, and for programs.
    pub date: Option<(String, String)>,
    pub outlet: Option<Link>,
    pub relays: Vec<Link>,
    pub topics: Vec<Link>,
    pub article: Link,
    pub published: Option<String>,
    /// From 0 to 100.
    pub confidence: Option<u8>,
    /// Whether a person put it right.
    pub is_corrected: bool,
}

impl Card {
    pub fn of(row: &StatementRow, site: &Site, visit: &Visit) -> Self {
        let article = &row.article;
        let title = article.title.clone().or_else(|| article.article.clone());
        let names_itself = |mention: &String| row.actors.iter().any(|actor| actor.name.contains(mention.as_str()));
        Self {
            path: site.path(&row.iri).unwrap_or_default(),
            text: row.text.clone().unwrap_or_default(),
            language: article.language.clone().unwrap_or_default(),
            foreign: foreign(article.language.as_deref(), visit),
            kind: row.kind.unwrap_or_default(),
            polarity: row.polarity.unwrap_or_default(),
            actors: Link::all(&row.actors, site),
            mention: row.mentions.first().filter(|mention| !names_itself(mention)).cloned(),
            role: row.roles.first().cloned(),
            date: said(row, visit),
            outlet: article.outlet.as_ref().map(|outlet| Link::of(outlet, site)),
            relays: Link::all(&row.relayed_by, site),
            topics: Link::all(&row.about, site),
            article: Link {
                name: title.unwrap_or_else(|| article.article_iri.clone()),
                path: site.path(&article.article_iri),
                kind: None,
                wikidata: None,
            },
            published: article.published.as_deref().map(|date| visit.date(date)),
            confidence: row
                .confidence
                .as_ref()
                .and_then(serde_json::Number::as_f64)
                .map(|of_one| (of_one * 100.0).round() as u8),
            is_corrected: !row.corrected_by.is_empty(),
        }
    }
}

/// The name of an article's language, if the page is in another.
fn foreign(tag: Option<&str>, visit: &Visit) -> Option<&'static str> {
    let language: Language = tag?.parse().ok()?;
    (language != visit.language).then(|| language.name(visit.language))
}

/// When a statement was said: what is known for certain, for people and as a date.
pub fn said(row: &StatementRow, visit: &Visit) -> Option<(String, String)> {
    let said = row.said.as_ref()?;
    let of = |day: &str| visit.date(day);
    Some(match (said.not_before.as_deref(), said.not_after.as_deref()) {
        (Some(first), Some(last)) if first == last => (of(first), first.to_owned()),
        (Some(first), Some(last)) => (format!("{} – {}", of(first), of(last)), first.to_owned()),
        (None, Some(last)) => (visit.tell("until-day", of(last)), last.to_owned()),
        (Some(first), None) => (visit.tell("from-day", of(first)), first.to_owned()),
        (None, None) => return None,
    })
}
