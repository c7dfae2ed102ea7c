//! Whether a graph keeps the rules: each is a query in `ontology/checks/` that finds what breaks it.
//!
//! What `ontology/shapes.ttl` demands of any graph of ours in SHACL, for whoever has a validator, the rules demand in plain
//! SPARQL, quickly and on millions of triples, and what SHACL cannot say besides.

use super::base::Base;
use super::ontology::describe_ontology;
use oxigraph::io::RdfFormat;
use oxigraph::model::Term;
use oxigraph::sparql::{QueryEvaluationError, QueryResults, QuerySolution, SparqlEvaluator};
use oxigraph::store::{LoaderError, StorageError, Store};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The rules that are built into the program, by name.
macro_rules! embedded {
    ($($name:literal)*) => {
        &[$(($name, include_str!(concat!("../../ontology/checks/", $name, ".rq")))),*]
    };
}

/// In the order in which they are reported.
const EMBEDDED: &[(&str, &str)] = embedded![
    "article-complete"
    "article-single"
    "article-dates"
    "article-text"
    "article-same-text"
    "article-sketch"
    "statement-complete"
    "statement-single"
    "statement-kind"
    "statement-values"
    "statement-date"
    "statement-confidence"
    "statement-words"
    "statement-place"
    "evidence-complete"
    "evidence-single"
    "evidence-article"
    "evidence-offsets"
    "evidence-address"
    "evidence-text"
    "relay-chain"
    "actor-link"
    "utterance"
    "named"
    "named-item"
    "named-place"
    "named-within"
    "origin"
    "values"
    "links"
    "curation"
    "proposals"
    "graphs"
    "terms"
    "entities-needed"
];

/// How bad it is to break a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The graph is wrong.
    Violation,
    /// The graph is right, and could be better.
    Warning,
}

impl Severity {
    /// `violation` or `warning`, as in SHACL.
    pub fn name(self) -> &'static str {
        match self {
            Self::Violation => "violation",
            Self::Warning => "warning",
        }
    }
}

/// A rule, and the query that finds what breaks it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The file's name without its ending.
    pub name: &'static str,
    /// The rule in one line.
    pub title: String,
    pub severity: Severity,
    /// Why it is one.
    pub why: String,
    /// The whole file: one row for each thing that breaks the rule, which the first column names.
    pub sparql: &'static str,
}

impl Rule {
    /// Asks the rule of the union of all graphs; keeps so many examples.
    pub fn ask(&'static self, graph: &Store, examples: usize) -> Result<Finding, CheckError> {
        let failed = |cause| CheckError::Query { rule: self.name, cause };
        let mut query = SparqlEvaluator::new().parse_query(self.sparql).expect("a test reads every rule");
        query.dataset_mut().set_default_graph_as_union();
        let mut finding = Finding { rule: self, count: 0, examples: Vec::new() };
        let QueryResults::Solutions(rows) = query.on_store(graph).execute().map_err(failed)? else {
            return Ok(finding);
        };
        let mut first = BTreeSet::new();
        for row in rows {
            finding.count += 1;
            first.insert(cells(&row.map_err(failed)?));
            if first.len() > examples {
                first.pop_last();
            }
        }
        finding.examples = first.into_iter().collect();
        Ok(finding)
    }
}

/// What breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub rule: &'static Rule,
    /// How often it is broken.
    pub count: usize,
    /// Some of the rows, by their columns: always the same ones of the same graph.
    pub examples: Vec<Vec<(String, String)>>,
}

/// Why a graph cannot be checked.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    #[error("the rule {rule} cannot be asked: {cause}")]
    Query { rule: &'static str, cause: QueryEvaluationError },
    #[error("{}: not a graph by its name: end it in .nq, .trig, .nt, .ttl, .rdf or .jsonld", .0.display())]
    Format(PathBuf),
    #[error("{}: {cause}", path.display())]
    Io { path: PathBuf, cause: io::Error },
    #[error("{}: {cause}", path.display())]
    Syntax { path: PathBuf, cause: String },
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// All rules that are built in.
pub fn rules() -> &'static [Rule] {
    static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
        let read = |(name, text): &(&'static str, &'static str)| read_rule(name, text);
        EMBEDDED.iter().map(|rule| read(rule).expect("a test reads every file of the table")).collect()
    });
    &RULES
}

/// Asks every rule of the union of all graphs; keeps so many examples of each.
pub fn check(graph: &Store, examples: usize) -> Result<Vec<Finding>, CheckError> {
    rules().par_iter().map(|rule| rule.ask(graph, examples)).collect()
}

/// Whether what the store's database holds is whole.
pub fn validate(graph: &Store) -> Result<(), StorageError> {
    graph.validate()
}

/// Reads a graph from a file of a standard format into memory, with the vocabulary beside it.
pub fn load(path: &Path) -> Result<Store, CheckError> {
    let extension = path.extension().and_then(|extension| extension.to_str());
    let format = extension.and_then(RdfFormat::from_extension).ok_or_else(|| CheckError::Format(path.to_owned()))?;
    let failed = |cause| CheckError::Io { path: path.to_owned(), cause };
    let file = File::open(path).map_err(failed)?;
    let graph = Store::new()?;
    graph.load_from_reader(format, BufReader::new(file)).map_err(|error| match error {
        LoaderError::Storage(error) => error.into(),
        error => CheckError::Syntax { path: path.to_owned(), cause: error.to_string() },
    })?;
    graph.extend(describe_ontology(&Base::default()))?;
    Ok(graph)
}

/// The values of a row with the names of their columns.
fn cells(row: &QuerySolution) -> Vec<(String, String)> {
    let value = |term: &Term| match term {
        Term::NamedNode(iri) => iri.as_str().to_owned(),
        Term::Literal(literal) => literal.value().to_owned(),
        other => other.to_string(),
    };
    row.iter().map(|(column, term)| (column.as_str().to_owned(), value(term))).collect()
}

/// Reads the header of a rule: `# title:`, `# severity:` and `# why:`, which may go on in lines that begin with spaces. What
/// is wrong with it, else.
fn read_rule(name: &'static str, text: &'static str) -> Result<Rule, String> {
    let header = text.lines().map_while(|line| line.strip_prefix('#'));
    let mut entries: Vec<(&str, String)> = Vec::new();
    for line in header {
        match (line.strip_prefix("  "), entries.last_mut(), line.split_once(':')) {
            (Some(more), Some((_, value)), _) => *value += &format!(" {}", more.trim()),
            (_, _, Some((key, value))) => entries.push((key.trim(), value.trim().to_owned())),
            _ => return Err(format!("ontology/checks/{name}.rq: no `key: value` in `#{line}`")),
        }
    }
    let mut take = |wanted: &str| {
        let at = entries.iter().position(|(key, _)| *key == wanted);
        at.map(|at| entries.remove(at).1).ok_or_else(|| format!("ontology/checks/{name}.rq: no `{wanted}`"))
    };
    let (title, severity, why) = (take("title")?, take("severity")?, take("why")?);
    let severity = match severity.as_str() {
        "violation" => Severity::Violation,
        "warning" => Severity::Warning,
        other => return Err(format!("ontology/checks/{name}.rq: `{other}` is no severity")),
    };
    match entries.first() {
        Some((key, _)) => Err(format!("ontology/checks/{name}.rq: the key `{key}` is not known or given twice")),
        None => Ok(Rule { name, title, severity, why, sparql: text }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_in_the_table_and_sound() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/ontology/checks");
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let files: BTreeSet<_> = files.filter_map(|file| file.strip_suffix(".rq").map(str::to_owned)).collect();
        assert_eq!(files, EMBEDDED.iter().map(|(name, _)| (*name).to_owned()).collect());
        for (name, text) in EMBEDDED {
            read_rule(name, text).unwrap_or_else(|error| panic!("{error}"));
            spargebra::SparqlParser::new().parse_query(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
    }

    #[test]
    fn a_header_is_read_or_refused() {
        let rule = read_rule("x", "# title: A\n# severity: warning\n# why: because\n#   of this\n\nSELECT *").unwrap();
        assert_eq!((&*rule.title, rule.severity, &*rule.why), ("A", Severity::Warning, "because of this"));
        for (header, problem) in [
            ("# title: A\n# severity: warning\n", "no `why`"),
            ("# title: A\n# severity: bad\n# why: b\n", "`bad` is no severity"),
            ("# title: A\n# severity: warning\n# why: b\n# who: c\n", "the key `who` is not known or given twice"),
            ("# title\n", "no `key: value` in `# title`"),
        ] {
            let error = read_rule("x", header).unwrap_err();
            assert_eq!(error, format!("ontology/checks/x.rq: {problem}"));
        }
    }
}
