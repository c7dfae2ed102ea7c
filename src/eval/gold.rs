//! What people found in an article: the gold. `docs/gold.md` describes the file.

use super::content::Words;
use super::error::EvalError;
use super::field::{Field, Wrong};
use super::lines::{base_name, read_lines};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// A file of gold: one article a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Gold {
    /// Where it was read.
    pub path: PathBuf,
    /// Its articles.
    pub articles: Vec<GoldArticle>,
}

/// An article with the statements that people found in it.
#[derive(Debug, Clone, PartialEq)]
pub struct GoldArticle {
    /// Line of the file, from 1.
    pub line: usize,
    /// Name of the article's file, without its folder.
    pub name: String,
    /// The statements, in the file's order.
    pub statements: Vec<GoldStatement>,
}

/// A statement as people read it.
#[derive(Debug, Clone, PartialEq)]
pub struct GoldStatement {
    /// `direct`, `indirect` or `mixed`.
    pub kind: String,
    /// The content, in code points; read from the text where the file gives the words only.
    pub spans: Vec<(usize, usize)>,
    /// The words of the content.
    pub text: String,
    /// Who spoke.
    pub actors: Vec<String>,
    /// Through which outlets the words came.
    pub relayed_by: Vec<String>,
    /// What is named in the content.
    pub about: Vec<String>,
    /// The day on which the words were said, if the text tells it.
    pub date: Option<String>,
    /// Neither demanded nor punished.
    pub optional: bool,
}

impl Gold {
    /// Reads a file of gold.
    ///
    /// # Errors
    /// The first fault of each bad line.
    pub fn read(path: &Path) -> Result<Self, Vec<EvalError>> {
        let articles = read_lines(path, GoldArticle::read)?;
        if articles.is_empty() {
            return Err(vec![EvalError::Empty { path: path.to_owned() }]);
        }
        let mut seen: HashMap<&str, usize> = HashMap::new();
        let mut twice = Vec::new();
        for article in &articles {
            if let Some(first) = seen.insert(&article.name, article.line) {
                let problem = format!("has a line already, line {first}: put all its statements into one");
                let wrong = Wrong { field: "article".to_owned(), problem };
                twice.push(EvalError::of(path, article.line, wrong));
            }
        }
        if twice.is_empty() { Ok(Self { path: path.to_owned(), articles }) } else { Err(twice) }
    }
}

impl GoldArticle {
    fn read(line: usize, field: Field) -> Result<Self, Wrong> {
        let name = base_name(field.get("article")?.required_text()?).to_owned();
        let statements = field.get("statements")?;
        if statements.is_absent() {
            return Err(statements.wrong("is missing: an article without any has `[]`"));
        }
        let statements = statements.items()?.iter().map(GoldStatement::read).collect::<Result<_, _>>()?;
        Ok(Self { line, name, statements })
    }

    /// Puts the words and the offsets of each statement together with the article's text.
    pub(super) fn place(&mut self, text: &str) -> Result<(), Wrong> {
        let chars: Vec<char> = text.chars().collect();
        let mut from = 0;
        for (index, statement) in self.statements.iter_mut().enumerate() {
            let wrong = |(key, problem)| Wrong { field: format!("statements[{index}].{key}"), problem };
            if statement.spans.is_empty() {
                statement.spans = locate(&statement.text, &chars, from).map_err(|p| wrong(("text", p)))?;
            } else {
                statement.check(&chars).map_err(wrong)?;
            }
            // The same words may follow: « Oui », dit l'un, « oui », dit l'autre.
            from = statement.spans[0].0 + 1;
        }
        Ok(())
    }
}

impl GoldStatement {
    fn read(field: &Field) -> Result<Self, Wrong> {
        let kind = field.get("kind")?;
        let statement = Self {
            kind: kind.required_text()?.to_owned(),
            spans: field.get("spans")?.spans()?,
            text: field.get("text")?.text()?.unwrap_or_default().to_owned(),
            actors: field.get("actors")?.texts()?,
            relayed_by: field.get("relayed_by")?.texts()?,
            about: field.get("about")?.texts()?,
            date: field.get("date")?.text()?.filter(|date| !date.is_empty()).map(str::to_owned),
            optional: field.get("optional")?.flag()?,
        };
        if !["direct", "indirect", "mixed"].contains(&statement.kind.as_str()) {
            return Err(kind.wrong(&format!("`{}` is no kind: write direct, indirect or mixed", statement.kind)));
        }
        if statement.spans.is_empty() && statement.text.trim().is_empty() {
            return Err(field.get("text")?.wrong("is missing: give the words of the content, or their `spans`"));
        }
        if statement.actors.is_empty() && !statement.optional {
            return Err(field.get("actors")?.wrong("is missing: name at least one speaker, or mark it optional"));
        }
        if let Some(date) = statement.date.as_deref().filter(|date| !is_day(date)) {
            return Err(field.get("date")?.wrong(&format!("`{date}` is no day: write it as 2024-03-09, or null")));
        }
        Ok(statement)
    }

    /// Whether the offsets lie in the text, at the words that the statement gives, if it does.
    fn check(&mut self, chars: &[char]) -> Result<(), (&'static str, String)> {
        if let Some((start, end)) = self.spans.iter().find(|(_, end)| *end > chars.len()) {
            let problem = format!("[{start}, {end}] ends behind the text, which has {} characters", chars.len());
            return Err(("spans", problem));
        }
        let parts: Vec<String> = self.spans.iter().map(|(start, end)| chars[*start..*end].iter().collect()).collect();
        let words = parts.join(" ");
        if self.text.is_empty() {
            self.text = words;
        } else if bare(&words) != bare(&self.text) {
            let short: String = words.chars().take(60).collect();
            let problem = format!(
                "is not what stands at its `spans` (`{short}`): offsets count characters, not bytes; or leave them out"
            );
            return Err(("text", problem));
        }
        Ok(())
    }
}

/// What stands between the parts of a content that other words break.
const GAP: &str = " … ";

/// Where a content stands, whole or in the parts that other words break.
fn locate(content: &str, chars: &[char], from: usize) -> Result<Vec<(usize, usize)>, String> {
    if let Some(whole) = find(content, chars, from) {
        return Ok(vec![whole]);
    }
    let mut at = from;
    let place = |part: &str| {
        let found = find(part, chars, at).ok_or_else(|| {
            let words: String = part.chars().take(60).collect();
            format!(
                "`{words}` does not stand in the article: copy it, and join parts that other words break by `{GAP}`"
            )
        })?;
        at = found.1;
        Ok(found)
    };
    content.split(GAP).map(place).collect()
}

/// Where some words stand: at or behind `from` if they do, else where they first do.
fn find(words: &str, chars: &[char], from: usize) -> Option<(usize, usize)> {
    let words: Vec<char> = words.trim().chars().collect();
    let same = |start: &usize| chars[*start..*start + words.len()].iter().zip(&words).all(|(a, b)| alike(*a, *b));
    let last = (chars.len() + 1).saturating_sub(words.len());
    let start = (from..last).find(same).or_else(|| (0..last).find(same))?;
    (!words.is_empty()).then_some((start, start + words.len()))
}

/// The same character, or two spaces of any sort.
fn alike(one: char, other: char) -> bool {
    one == other || one.is_whitespace() && other.is_whitespace()
}

/// A content without spaces and without what may join its parts.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && *c != '…').collect()
}

fn is_day(date: &str) -> bool {
    date.len() == 10 && date.parse::<jiff::civil::Date>().is_ok()
}

/// An article's words with its gold in place.
pub(super) fn placed(mut gold: GoldArticle, text: &str, path: &Path) -> Result<(GoldArticle, Words), EvalError> {
    gold.place(text).map_err(|wrong| EvalError::of(path, gold.line, wrong))?;
    Ok((gold, Words::new(text)))
}
