//! What a program found in an article: our own records, or lines that another program wrote.

use super::error::EvalError;
use super::field::{Field, Wrong};
use super::lines::{base_name, read_lines};
use crate::extract::Record;
use std::path::Path;

/// A statement that a program found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Prediction {
    /// Name of the article's file, without its folder.
    pub article: String,
    /// `direct`, `indirect` or `mixed`.
    pub kind: String,
    /// The content, in code points.
    pub spans: Vec<(usize, usize)>,
    /// The words of the content.
    pub text: String,
    /// Who spoke.
    pub actors: Vec<Found>,
    /// Through which outlets the words came.
    pub relayed_by: Vec<Found>,
    /// What is named in the content.
    pub about: Vec<Found>,
    /// Day or interval in which the words were said.
    pub date: Option<String>,
    /// Trust in the statement, from 0 to 1.
    pub confidence: Option<f64>,
}

/// Somebody or something that a prediction names.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// Its name.
    pub name: String,
    /// Its Wikidata item, alone or at the end of an address.
    pub wikidata: Option<String>,
    /// The words of the text that name it.
    pub mention: Option<String>,
}

impl Found {
    /// The Wikidata item without the address before it.
    pub fn item(&self) -> Option<&str> {
        self.wikidata.as_deref().map(base_name).filter(|item| !item.is_empty())
    }

    fn read(field: &Field) -> Result<Self, Wrong> {
        let text = |key: &str| Ok(field.get(key)?.text()?.map(str::to_owned));
        Ok(Self { name: text("name")?.unwrap_or_default(), wikidata: text("wikidata")?, mention: text("mention")? })
    }

    fn all(field: Field) -> Result<Vec<Self>, Wrong> {
        field.items()?.iter().map(Self::read).collect()
    }
}

impl Prediction {
    /// Reads what a program wrote: lines as `dixit extract` prints them. Only `article` and `spans` must be there.
    ///
    /// # Errors
    /// The first fault of each bad line.
    pub fn read(path: &Path) -> Result<Vec<Self>, Vec<EvalError>> {
        read_lines(path, |_, line| Self::read_line(&line))
    }

    /// Takes the words from the article, where the line gives the offsets only.
    pub(super) fn quote(&mut self, text: &str) {
        if self.text.is_empty() {
            let part = |(start, end): &(usize, usize)| text.chars().skip(*start).take(end - start).collect::<String>();
            self.text = self.spans.iter().map(part).collect::<Vec<_>>().join(" ");
        }
    }

    fn read_line(line: &Field) -> Result<Self, Wrong> {
        let text = |key: &str| Ok(line.get(key)?.text()?.unwrap_or_default().to_owned());
        let spans = line.get("spans")?;
        let date = line.get("date")?;
        let confidence = line.get("confidence")?;
        let prediction = Self {
            article: base_name(line.get("article")?.required_text()?).to_owned(),
            kind: text("kind")?,
            spans: spans.spans()?,
            text: text("text")?,
            actors: Found::all(line.get("actors")?)?,
            relayed_by: Found::all(line.get("relayed_by")?)?,
            about: Found::all(line.get("about")?)?,
            date: if date.is_absent() { None } else { date.get("value")?.text()?.map(str::to_owned) },
            confidence: confidence.number()?,
        };
        if prediction.spans.is_empty() {
            return Err(spans.wrong("is missing: a statement needs at least one stretch `[start, end]`"));
        }
        if prediction.confidence.is_some_and(|value| !(0.0..=1.0).contains(&value)) {
            return Err(confidence.wrong("is no number from 0 to 1"));
        }
        Ok(prediction)
    }
}

impl From<Record<'_>> for Prediction {
    fn from(record: Record) -> Self {
        let named = |list: Vec<crate::extract::NamedRecord>| {
            let found = |n: crate::extract::NamedRecord| Found {
                name: n.name.to_owned(),
                wikidata: n.wikidata.map(str::to_owned),
                mention: None,
            };
            list.into_iter().map(found).collect()
        };
        let actors = record.actors.into_iter();
        Self {
            article: base_name(record.article).to_owned(),
            kind: record.kind.to_owned(),
            spans: record.spans.iter().map(|span| (span.start, span.end)).collect(),
            text: record.text.into_owned(),
            actors: actors
                .map(|a| Found {
                    name: a.name.into_owned(),
                    wikidata: a.wikidata.map(str::to_owned),
                    mention: Some(a.mention.to_owned()),
                })
                .collect(),
            relayed_by: named(record.relayed_by),
            about: named(record.about),
            date: record.date.map(|date| date.value),
            // The decimals that are printed, not the nearest binary fraction of four bytes.
            confidence: Some((f64::from(record.confidence) * 100.0).round() / 100.0),
        }
    }
}
