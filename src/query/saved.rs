//! Saved queries: SPARQL files with a comment header that says what they answer and how they are asked.
//!
//! The header's grammar is in `queries/README.md`.

use super::language::{Bilingual, Language};
use super::parameter::{Kind, Need, Parameter};
use super::template::{Template, TemplateError};
use std::sync::OnceLock;

/// The saved queries that are built into the program, by name.
macro_rules! embedded {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../queries/", $name, ".rq")))),*]
    };
}

/// In the order in which they are listed; among equal matches of a question the earlier one wins.
const EMBEDDED: &[(&str, &str)] = embedded![
    "who-said-what"
    "what-did-say"
    "said-about"
    "timeline"
    "statements-between"
    "relayed"
    "denials"
    "hearsay"
    "promises"
    "questions-asked"
    "anonymous"
    "undated"
    "interviews"
    "corrected"
    "outlets-and-whom-they-quote"
    "most-quoted-actors"
    "topics-of-actor"
    "containing"
    "mentioned"
    "evidence"
    "utterances"
    "unlinked-actors"
    "actors-details"
    "articles"
    "first-said"
    "exchange"
    "answers-to-each-other"
    "denials-and-denied"
    "articles-about"
    "coverage"
    "by-month"
    "topics-by-month"
    "topics-together"
    "outlets-side-by-side"
    "whom-outlet-never-quotes"
    "who-relays-whom"
    "chain-of-relay"
    "same-words"
    "told-differently"
    "voices-by-country"
    "voices-by-gender"
    "voices-by-kind"
    "voices-by-office"
    "how-reported"
    "provenance"
    "doubtful-links"
    "copied-articles"
    "changed-since"
    "vocabulary-of-topic"
    "subgraph"
];

/// A query with its title, typed parameters and question templates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedQuery {
    /// The file's name without its ending.
    pub name: String,
    /// One line.
    pub title: Bilingual,
    /// A few lines: what the rows are.
    pub description: Bilingual,
    pub parameters: Vec<Parameter>,
    /// The forms of question that it answers, in the order of the file.
    pub templates: Vec<(Language, Template)>,
    /// Columns that tables leave out; csv, tsv, json and xml have them.
    pub hidden: Vec<String>,
    /// Columns that tables leave out where no row has a value.
    pub sparse: Vec<String>,
    /// Columns that tables leave out where no two rows differ.
    pub varied: Vec<String>,
    /// Columns where a missing value means that it is not known, and tables say so.
    pub unknown: Vec<String>,
    /// The whole file: its header is a comment.
    pub sparql: String,
}

/// What is wrong with a header, and where.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("queries/{query}.rq, line {line}: {problem}")]
pub struct HeaderError {
    pub query: String,
    /// From 1.
    pub line: usize,
    pub problem: HeaderProblem,
}

/// What is wrong with a line of a header.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HeaderProblem {
    #[error("no `key: value`")]
    NoKey,
    #[error("the key `{0}` is not known")]
    UnknownKey(String),
    #[error("`{0}` is given twice")]
    Twice(String),
    #[error("`{0}` is missing")]
    Missing(String),
    #[error(
        "a parameter is written `name type required, for example VALUE`, with `optional` or `default VALUE` as well; an interval names the two that it sets: `when interval since until optional, for example 2022`"
    )]
    Parameter,
    #[error("`{0}` is not a parameter's type: write {types}", types = Kind::names().collect::<Vec<_>>().join(", "))]
    Kind(String),
    #[error("`{value}` is not a value of type {kind}: write {form}", kind = kind.name(), form = kind.form())]
    Value { value: String, kind: Kind },
    #[error("{0}")]
    Template(#[from] TemplateError),
    #[error("`{{{0}}}` is not a parameter of this query")]
    UnknownCapture(String),
    #[error("the interval sets `{0}`, which is not a parameter of this query")]
    UnknownTarget(String),
}

/// All saved queries that are built in.
pub fn library() -> &'static [SavedQuery] {
    static LIBRARY: OnceLock<Vec<SavedQuery>> = OnceLock::new();
    LIBRARY.get_or_init(|| {
        let parse =
            |(name, text): &(&str, &str)| SavedQuery::parse(name, text).expect("a test reads every file of the table");
        EMBEDDED.iter().map(parse).collect()
    })
}

impl SavedQuery {
    /// Reads the header of `text`, the content of `queries/{name}.rq`. Whether the SPARQL is sound shows when it is run.
    ///
    /// # Errors
    /// At the first line that breaks the grammar of `queries/README.md`.
    pub fn parse(name: &str, text: &str) -> Result<Self, HeaderError> {
        Self::read(name, text, Self::check_complete)
    }

    /// Reads the header of a user's own query. It may say everything in one language, and need not say it at all.
    ///
    /// # Errors
    /// As for [`SavedQuery::parse`], but for what is missing.
    pub fn parse_own(name: &str, text: &str) -> Result<Self, HeaderError> {
        let mut query = Self::read(name, text, |_| Ok(()))?;
        for words in [&mut query.title, &mut query.description] {
            words.fill();
        }
        if query.title.fr.is_empty() {
            query.title = Bilingual { fr: name.to_owned(), en: name.to_owned() };
        }
        Ok(query)
    }

    fn read(name: &str, text: &str, check: impl Fn(&Self) -> Result<(), HeaderProblem>) -> Result<Self, HeaderError> {
        let error = |line, problem| HeaderError { query: name.to_owned(), line, problem };
        let mut query = Self {
            name: name.to_owned(),
            title: Bilingual::default(),
            description: Bilingual::default(),
            parameters: Vec::new(),
            templates: Vec::new(),
            hidden: Vec::new(),
            sparse: Vec::new(),
            varied: Vec::new(),
            unknown: Vec::new(),
            sparql: text.to_owned(),
        };
        let entries = entries(text).map_err(|line| error(line, HeaderProblem::NoKey))?;
        let last = entries.last().map_or(1, |entry| entry.line);
        for entry in &entries {
            query.take(entry).map_err(|problem| error(entry.line, problem))?;
        }
        check(&query).map_err(|problem| error(last, problem))?;
        if let Some(target) = query.parameters.iter().flat_map(|p| &p.sets).find(|name| query.parameter(name).is_none())
        {
            return Err(error(last, HeaderProblem::UnknownTarget(target.clone())));
        }
        // Each of these entries is a template.
        let asks = entries.iter().filter(|entry| entry.key.starts_with("ask-"));
        for (entry, (_, template)) in asks.zip(&query.templates) {
            query.check_captures(template).map_err(|problem| error(entry.line, problem))?;
        }
        Ok(query)
    }

    /// The parameter of that name.
    pub fn parameter(&self, name: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|parameter| parameter.name == name)
    }

    /// A call of the query on the command line, with an example for each required parameter.
    pub fn example(&self) -> String {
        let mut call = format!("dixit query {}", self.name);
        for parameter in self.parameters.iter().filter(|p| p.need == Need::Required) {
            let quote = if parameter.example.contains([' ', '<', '\'', '#']) { "\"" } else { "" };
            call.push_str(&format!(" {quote}{}={}{quote}", parameter.name, parameter.example));
        }
        call
    }

    /// The questions of `language` that it answers, in their shortest form, with examples for its parameters.
    pub fn questions(&self, language: Language) -> impl Iterator<Item = String> {
        let own = self.templates.iter().filter(move |(l, _)| *l == language);
        own.map(|(_, template)| self.say(template))
    }

    /// A template as a question with examples for its parameters.
    pub fn say(&self, template: &Template) -> String {
        self.say_with(template, &[])
    }

    fn say_with(&self, template: &Template, arguments: &[(String, String)]) -> String {
        let given = |name: &str| arguments.iter().find(|(other, _)| other == name).map(|(_, value)| value.clone());
        let example = |name: &str| self.parameter(name).map_or_else(|| format!("{{{name}}}"), |p| p.example.clone());
        template.example(&|name| given(name).unwrap_or_else(|| example(name)), &|name| given(name).is_some())
    }

    /// A question of `language` that asks for this with these values, as far as there is one.
    pub fn question_with(&self, language: Language, arguments: &[(String, String)]) -> Option<String> {
        let own = self.templates.iter().filter(|(l, _)| *l == language).map(|(_, template)| template);
        let says = |template: &&Template| {
            let captures = template.captures();
            arguments.iter().filter(|(name, _)| captures.contains(&name.as_str())).count()
        };
        // The first of the best.
        let best = own.rev().max_by_key(says);
        best.map(|template| self.say_with(template, arguments))
    }

    fn take(&mut self, entry: &Entry) -> Result<(), HeaderProblem> {
        let (key, language) = split_language(&entry.key);
        match (key, language) {
            ("title", Some(language)) => set(self.title.get_mut(language), entry),
            ("description", Some(language)) => set(self.description.get_mut(language), entry),
            ("ask", Some(language)) => {
                self.templates.push((language, Template::parse(&entry.value)?));
                Ok(())
            }
            ("param", None) => {
                let parameter = read_parameter(&entry.value)?;
                if self.parameter(&parameter.name).is_some() {
                    return Err(HeaderProblem::Twice(parameter.name));
                }
                self.parameters.push(parameter);
                Ok(())
            }
            ("hidden", None) => set_list(&mut self.hidden, entry),
            ("sparse", None) => set_list(&mut self.sparse, entry),
            ("varied", None) => set_list(&mut self.varied, entry),
            ("unknown", None) => set_list(&mut self.unknown, entry),
            _ => Err(HeaderProblem::UnknownKey(entry.key.clone())),
        }
    }

    fn check_complete(&self) -> Result<(), HeaderProblem> {
        for language in Language::ALL {
            for (key, words) in [("title", &self.title), ("description", &self.description)] {
                if words.get(language).is_empty() {
                    return Err(HeaderProblem::Missing(format!("{key}-{language}")));
                }
            }
        }
        Ok(())
    }

    fn check_captures(&self, template: &Template) -> Result<(), HeaderProblem> {
        match template.captures().into_iter().find(|name| self.parameter(name).is_none()) {
            Some(name) => Err(HeaderProblem::UnknownCapture(name.to_owned())),
            None => Ok(()),
        }
    }
}

/// A line `# key: value` of a header, with the lines that continue it.
struct Entry {
    line: usize,
    key: String,
    value: String,
}

/// The header's entries, or the number of the first line that is none. The header ends at the first line that does not
/// begin with `#`; `#` alone is a blank line of it, and `#` with two spaces or more continues the entry before.
fn entries(text: &str) -> Result<Vec<Entry>, usize> {
    let mut entries: Vec<Entry> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let Some(comment) = line.strip_prefix('#') else {
            break;
        };
        let words = comment.trim();
        if words.is_empty() {
            continue;
        }
        if comment.starts_with("  ") {
            let entry = entries.last_mut().ok_or(index + 1)?;
            entry.value.push(' ');
            entry.value.push_str(words);
            continue;
        }
        let (key, value) = words.split_once(':').ok_or(index + 1)?;
        let (key, value) = (key.trim().to_owned(), value.trim().to_owned());
        entries.push(Entry { line: index + 1, key, value });
    }
    Ok(entries)
}

fn split_language(key: &str) -> (&str, Option<Language>) {
    let parts = key.rsplit_once('-').and_then(|(k, tag)| Some((k, tag.parse().ok()?)));
    parts.map_or((key, None), |(key, language)| (key, Some(language)))
}

fn set(place: &mut String, entry: &Entry) -> Result<(), HeaderProblem> {
    if !place.is_empty() {
        return Err(HeaderProblem::Twice(entry.key.clone()));
    }
    place.clone_from(&entry.value);
    Ok(())
}

fn set_list(place: &mut Vec<String>, entry: &Entry) -> Result<(), HeaderProblem> {
    if !place.is_empty() {
        return Err(HeaderProblem::Twice(entry.key.clone()));
    }
    place.extend(entry.value.split_whitespace().map(str::to_owned));
    Ok(())
}

fn read_parameter(text: &str) -> Result<Parameter, HeaderProblem> {
    let (declaration, example) = match text.split_once(", for example ") {
        Some((declaration, example)) => (declaration, Some(example.trim())),
        None => (text, None),
    };
    let mut words = declaration.split_whitespace();
    let (Some(name), Some(kind), Some(mut need)) = (words.next(), words.next(), words.next()) else {
        return Err(HeaderProblem::Parameter);
    };
    let kind = Kind::from_name(kind).ok_or_else(|| HeaderProblem::Kind(kind.to_owned()))?;
    let mut sets = Vec::new();
    if kind == Kind::Interval {
        sets.push(need.to_owned());
        sets.extend(words.next().map(str::to_owned));
        need = words.next().ok_or(HeaderProblem::Parameter)?;
    }
    let value = words.collect::<Vec<_>>().join(" ");
    let need = match (need, value.as_str()) {
        ("required", "") => Need::Required,
        ("optional", "") => Need::Optional,
        ("default", value) if !value.is_empty() => Need::Default(value.to_owned()),
        _ => return Err(HeaderProblem::Parameter),
    };
    let example = match (&need, example) {
        (_, Some(example)) => example.to_owned(),
        (Need::Default(value), None) => value.clone(),
        _ => return Err(HeaderProblem::Parameter),
    };
    let mut values = vec![&example];
    if let Need::Default(value) = &need {
        values.push(value);
    }
    for value in values {
        if !kind.fits(value) {
            return Err(HeaderProblem::Value { value: value.clone(), kind });
        }
    }
    Ok(Parameter { name: name.to_owned(), kind, sets, need, example })
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "\
# title-en: Who said what
# title-fr: Qui a dit quoi
# description-en: All statements about a topic,
#   newest first.
# description-fr: Toutes les déclarations.
#
# param: topic entity required, for example NATO
# param: since first-day optional, for example 2022-03
# param: limit number default 100
# hidden: iri
# unknown: date outlet
# ask-en: who said what about {topic}
# ask-fr: qui a dit quoi sur {topic}

# A comment of the query: no header line.
SELECT * WHERE { ?s ?p ?topic } LIMIT 100
";

    #[test]
    fn a_header_is_read() {
        let query = SavedQuery::parse("x", HEADER).unwrap();
        assert_eq!(query.title.fr, "Qui a dit quoi");
        assert_eq!(query.description.en, "All statements about a topic, newest first.");
        let names: Vec<&str> = query.parameters.iter().map(|p| p.name.as_str()).collect();
        assert_eq!(names, ["topic", "since", "limit"]);
        assert_eq!(query.parameters[0].need, Need::Required);
        assert_eq!(query.parameters[2].need, Need::Default("100".to_owned()));
        assert_eq!(query.unknown, ["date", "outlet"]);
        assert_eq!(query.example(), "dixit query x topic=NATO");
        assert_eq!(query.questions(Language::Fr).collect::<Vec<_>>(), ["qui a dit quoi sur NATO"]);
    }

    #[test]
    fn errors_name_the_line() {
        for (from, to, expected) in [
            ("# title-en: Who", "# Who", "line 1: no `key: value`"),
            ("# title-en: Who", "# titel-en: Who", "line 1: the key `titel-en` is not known"),
            ("# title-fr", "# title-en", "line 2: `title-en` is given twice"),
            ("# title-fr: Qui a dit quoi\n", "", "line 12: `title-fr` is missing"),
            ("topic entity required", "topic thing required", "line 7: `thing` is not a parameter's type"),
            ("topic entity required", "topic entity", "line 7: a parameter is written"),
            ("optional, for example 2022-03", "optional", "line 8: a parameter is written"),
            ("default 100", "default many", "line 9: `many` is not a value of type number"),
            ("number default", "number defaults", "line 9: a parameter is written"),
            ("param: since", "param: topic", "line 8: `topic` is given twice"),
            ("about {topic}", "about {topic", "line 12: the template has no `}` for its `{`"),
            ("sur {topic}", "sur {sujet}", "line 13: `{sujet}` is not a parameter"),
        ] {
            assert!(HEADER.contains(from), "{from}");
            let error = SavedQuery::parse("x", &HEADER.replacen(from, to, 1)).unwrap_err();
            let message = error.to_string();
            assert!(message.starts_with(&format!("queries/x.rq, {expected}")), "{message}");
        }
    }

    #[test]
    fn every_file_is_in_the_table_and_sound() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/queries");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .filter_map(|entry| entry.unwrap().file_name().to_str()?.strip_suffix(".rq").map(str::to_owned))
            .collect();
        files.sort();
        let mut names: Vec<&str> = EMBEDDED.iter().map(|(name, _)| *name).collect();
        names.sort_unstable();
        assert_eq!(files, names);
        for (name, text) in EMBEDDED {
            let query = SavedQuery::parse(name, text).unwrap_or_else(|error| panic!("{error}"));
            let parser = spargebra::SparqlParser::new();
            parser.parse_query(text).unwrap_or_else(|error| panic!("{name}: {error}"));
            for language in Language::ALL {
                assert!(query.questions(language).next().is_some(), "{name} cannot be asked in {language}");
            }
            for parameter in &query.parameters {
                let used = text.contains(&format!("?{}", parameter.name));
                assert!(used || parameter.name == "limit" || !parameter.sets.is_empty(), "{name}: {parameter}");
            }
            if let Some(limit) = query.parameter("limit") {
                let line = format!("LIMIT {}", limit.example);
                let last = text.contains("\nSELECT").then(|| text.trim_end().lines().last().unwrap_or_default());
                assert!(
                    last.is_none_or(|last| last == line) && text.contains(&line),
                    "{name}: LIMIT is the header's default"
                );
            }
        }
    }
}
