//! What became of the articles of `dixit add`: in a line for people, and in a file for programs.

use super::batch::Unused;
use anyhow::Context;
use dixit::article::{Article, Origins, ReadError};
use dixit::graph::Change;
use dixit::language;
use serde::Serialize;
use std::collections::{BTreeMap, VecDeque};
use std::fmt;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Duration;

/// What became of the articles.
#[derive(Default)]
pub struct Report {
    added: usize,
    changed: usize,
    unchanged: usize,
    unused: Unused,
    statements: usize,
    /// How many were stored without statements, by language.
    foreign: BTreeMap<String, usize>,
    lines: Option<BufWriter<File>>,
    /// Lines to be written when so many articles are stored: the file tells of nothing that may be lost.
    waiting: VecDeque<(usize, Vec<u8>)>,
}

/// A line of the file.
#[derive(Serialize)]
#[serde(tag = "outcome", rename_all = "lowercase")]
enum Line<'a> {
    Added(Stored<'a>),
    Changed(Stored<'a>),
    Unchanged(Stored<'a>),
    Failed {
        message: String,
    },
    Skipped {
        message: String,
    },
    /// The last line.
    Ended {
        added: usize,
        changed: usize,
        unchanged: usize,
        failed: usize,
        skipped: usize,
        statements: usize,
        stopped: bool,
        seconds: f64,
    },
}

#[derive(Serialize)]
struct Stored<'a> {
    article: &'a str,
    statements: usize,
    language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outlet: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published: Option<String>,
    /// Where these were found.
    origins: Origins,
}

impl Report {
    /// A report that is also written into `file`.
    pub fn new(file: Option<&Path>) -> anyhow::Result<Self> {
        let create =
            |path: &Path| File::create(path).with_context(|| format!("cannot write the report {}", path.display()));
        let lines = file.map(create).transpose()?.map(BufWriter::new);
        Ok(Self { lines, ..Self::default() })
    }

    /// Counts an article that is in the store, or on its way.
    pub fn count(&mut self, article: &Article, change: Change, statements: usize) -> anyhow::Result<()> {
        if !language::is_extracted(&article.language) {
            *self.foreign.entry(article.language.clone()).or_default() += 1;
        }
        self.statements += statements;
        let stored = Stored {
            article: &article.name,
            statements,
            language: &article.language,
            url: article.url.as_deref(),
            outlet: article.outlet.as_deref(),
            published: article.published.map(|date| date.to_string()),
            origins: article.origins,
        };
        let (count, line) = match change {
            Change::Added => (&mut self.added, Line::Added(stored)),
            Change::Changed => (&mut self.changed, Line::Changed(stored)),
            Change::Unchanged => (&mut self.unchanged, Line::Unchanged(stored)),
        };
        *count += 1;
        self.write(&line)
    }

    /// Tells of all up to the article by which so many were added or changed: they are stored.
    pub fn stored(&mut self, articles: usize) -> anyhow::Result<()> {
        let Some(lines) = &mut self.lines else { return Ok(()) };
        let ready = self.waiting.iter().take_while(|(number, _)| *number <= articles).count();
        for (_, line) in self.waiting.drain(..ready) {
            lines.write_all(&line).context("cannot write the report")?;
        }
        Ok(())
    }

    /// Notes what could not be read.
    pub fn refuse(&mut self, error: &ReadError) -> anyhow::Result<()> {
        let message = error.to_string();
        self.write(&if error.is_failure() { Line::Failed { message } } else { Line::Skipped { message } })
    }

    /// Notes that all is stored and nothing more comes.
    pub fn end(&mut self, unused: Unused, time: Duration) -> anyhow::Result<()> {
        self.unused = unused;
        let Self { added, changed, unchanged, statements, .. } = *self;
        let Unused { failed, passed: skipped, stopped } = unused;
        let seconds = (time.as_secs_f64() * 1000.0).round() / 1000.0;
        self.write(&Line::Ended { added, changed, unchanged, failed, skipped, statements, stopped, seconds })?;
        self.stored(usize::MAX)?;
        self.lines.as_mut().map_or(Ok(()), |lines| lines.flush().context("cannot write the report"))
    }

    fn write(&mut self, line: &Line<'_>) -> anyhow::Result<()> {
        if self.lines.is_some() {
            let mut line = serde_json::to_vec(line).context("cannot write the report")?;
            line.push(b'\n');
            self.waiting.push_back((self.added + self.changed, line));
        }
        Ok(())
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} added, {} changed, {} unchanged", self.added, self.changed, self.unchanged)?;
        for (count, what) in [(self.unused.failed, "failed"), (self.unused.passed, "skipped")] {
            if count > 0 {
                write!(f, ", {count} {what}")?;
            }
        }
        write!(f, "; {} statements", self.statements)?;
        let foreign = self.foreign.iter().map(|(language, count)| format!("{count} in {language}"));
        match foreign.collect::<Vec<_>>().join(", ") {
            none if none.is_empty() => {}
            foreign => write!(f, "; without statements, for dixit does not read the language yet: {foreign}")?,
        }
        if self.unused.stopped {
            f.write_str("; stopped before the end")?;
        }
        Ok(())
    }
}
