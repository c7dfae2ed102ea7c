//! `dixit read`.

use super::batch::Input;
use super::{Global, Outcome};
use clap::{Args, ValueEnum};
use dixit::article::{Article, Origins};
use serde::Serialize;
use std::io::{self, BufWriter, Write};

/// Print articles as they are understood, without extraction or store
#[derive(Args)]
pub struct Read {
    #[command(flatten)]
    input: Input,
    /// How to print them
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// What is known of each article and where it was found, then its text
    Text,
    /// One article a line, as JSON
    Jsonl,
}

impl Read {
    pub fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        let mut out = BufWriter::new(io::stdout().lock());
        let print = |article: Article| match self.format {
            Format::Text => Ok(text(&article)),
            Format::Jsonl => serde_json::to_string(&Line::of(&article)).map(|line| line + "\n"),
        };
        let mut first = true;
        let unused = self.input.in_order(global, None, print, |printed, progress| {
            let Ok(printed) = printed else { return Ok(()) };
            progress.step(0);
            if !std::mem::take(&mut first) && self.format == Format::Text {
                out.write_all(b"\n")?;
            }
            Ok(out.write_all(printed?.as_bytes())?)
        })?;
        out.flush()?;
        Ok(unused.outcome())
    }
}

/// An article as a line of JSON; `dixit add` reads it again.
#[derive(Serialize)]
struct Line<'a> {
    article: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outlet: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    language: &'a str,
    text: &'a str,
    origins: Origins,
}

impl<'a> Line<'a> {
    fn of(article: &'a Article) -> Self {
        Self {
            article: &article.name,
            url: article.url.as_deref(),
            title: article.title.as_deref(),
            outlet: article.outlet.as_deref(),
            author: article.author.as_deref(),
            published: article.published.map(|date| date.to_string()),
            language: &article.language,
            text: &article.text,
            origins: article.origins,
        }
    }
}

/// An article for people: a line for each field, an empty one, the text.
fn text(article: &Article) -> String {
    let published = article.published.map(|date| date.to_string());
    let origins = &article.origins;
    let fields = [
        ("article", Some(article.name.as_str()), None),
        ("url", article.url.as_deref(), origins.url),
        ("title", article.title.as_deref(), origins.title),
        ("outlet", article.outlet.as_deref(), origins.outlet),
        ("author", article.author.as_deref(), origins.author),
        ("published", published.as_deref(), origins.published),
        ("language", Some(article.language.as_str()), origins.language),
    ];
    let mut lines = String::new();
    for (name, value, origin) in fields {
        if let Some(value) = value {
            let origin = origin.map(|origin| format!(" ({origin})")).unwrap_or_default();
            lines += &format!("{name}: {value}{origin}\n");
        }
    }
    lines + "\n" + article.text.trim_end() + "\n"
}
