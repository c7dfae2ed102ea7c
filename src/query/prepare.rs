//! From a saved query and the words of its parameters to a query that can be run.

use super::Error;
use super::bind::{self, Bindings, Limit};
use super::language::Language;
use super::names::{Found, NameError, Names, Role};
use super::parameter::{Kind, Need, Parameter, day, parts};
use super::saved::SavedQuery;
use super::sparql;
use super::vocabulary::OWN_TERMS;
use oxigraph::model::{Literal, NamedNode};
use spargebra::Query;
use spargebra::algebra::{GraphPattern, QueryDataset};
use spargebra::term::GroundTerm;

/// The name of the parameter that sets the outermost LIMIT, where SPARQL allows no variable.
const LIMIT: &str = "limit";
/// The variable that every saved query may use: the language of labels.
const LANGUAGE: &str = "language";

/// Why the parameters of a saved query cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParameterError {
    #[error("`{query}` needs `{name}`, for example: {example} (`dixit query {query} --help` says more)")]
    Missing { query: String, name: String, example: String },
    #[error("`{query}` has no parameter `{name}`: it takes {known}")]
    Unknown { query: String, name: String, known: String },
    #[error("`{name}` is given twice: give one value")]
    Twice { name: String },
    #[error("`{value}` is no value for `{name}`: write {form}")]
    Value { name: String, value: String, form: &'static str },
    #[error("`{name}` sets {sets}: give these, or `{name}`")]
    SetTwice { name: String, sets: String },
    #[error("`since` ({since}) is after `until` ({until}): exchange them")]
    Order { since: String, until: String },
}

/// What a query gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// SELECT.
    Rows,
    /// ASK.
    Truth,
    /// CONSTRUCT and DESCRIBE.
    Graph,
}

/// A query with everything that is needed to run it and to show its answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Prepared {
    pub(super) query: Query,
    /// What a saved query answers, in one line.
    pub title: Option<String>,
    /// The question in words that led to it.
    pub question: Option<String>,
    /// The command that asks the same.
    pub again: Option<String>,
    /// Columns that tables leave out.
    pub hidden: Vec<String>,
    /// Columns that tables leave out where no row has a value.
    pub sparse: Vec<String>,
    /// Columns that tables leave out where no two rows differ.
    pub varied: Vec<String>,
    /// Columns where a missing value means that it is not known.
    pub unknown: Vec<String>,
    /// The parameters as they were understood, with the names of the entities.
    pub understood: Vec<(String, String)>,
    /// How many rows there can be at most.
    pub limit: Option<usize>,
    /// In which language heads and labels are shown.
    pub language: Language,
    /// What was asked of a saved query.
    pub(super) asked: Option<Asked>,
}

/// A saved query and the values of its parameters.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Asked {
    pub sparql: String,
    pub bindings: Bindings,
    pub limit: Option<Limit>,
    pub given: Vec<Given>,
}

/// A parameter that has a value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Given {
    pub name: String,
    pub kind: Kind,
    pub sets: Vec<String>,
    pub need: Need,
    /// Its value as it was understood.
    pub shown: String,
}

impl Prepared {
    /// A query of a user's own.
    ///
    /// # Errors
    /// When the text is not SPARQL 1.1, or is an update.
    pub fn from_sparql(text: &str, language: Language) -> Result<Self, Error> {
        Ok(Self {
            query: sparql::parse(text)?,
            title: None,
            question: None,
            again: None,
            hidden: Vec::new(),
            sparse: Vec::new(),
            varied: Vec::new(),
            unknown: Vec::new(),
            understood: Vec::new(),
            limit: None,
            language,
            asked: None,
        })
    }

    /// The saved query and its parameters as they were understood, as a command that asks the same.
    pub fn command(&self, saved: &SavedQuery) -> String {
        let mut command = format!("dixit query {}", saved.name);
        for (name, value) in &self.understood {
            let is_default =
                saved.parameter(name).is_some_and(|parameter| parameter.need == Need::Default(value.clone()));
            let quoted = |c: char| !(c.is_alphanumeric() || "-.:/_".contains(c));
            // The name is enough where the item stands beside it.
            let names = value.split(", ").map(|name| name.rsplit_once(" (Q").map_or(name, |(name, _)| name));
            match &names.collect::<Vec<_>>().join(", ") {
                _ if is_default => {}
                value if value.contains(quoted) => {
                    command.push_str(&format!(" '{name}={}'", value.replace('\'', "'\\''")))
                }
                value => command.push_str(&format!(" {name}={value}")),
            }
        }
        command
    }

    /// The query as it will be run.
    pub fn sparql(&self) -> String {
        self.query.to_string()
    }

    /// Whether it asks for nothing, as where rows come from elsewhere.
    pub(super) fn asks_nothing(&self) -> bool {
        let nothing = GraphPattern::default();
        let Query::Select { pattern, .. } = &self.query else { return false };
        matches!(pattern, GraphPattern::Project { inner, .. } if **inner == nothing)
    }

    /// What the answer is.
    pub fn form(&self) -> Form {
        match self.query {
            Query::Select { .. } => Form::Rows,
            Query::Ask { .. } => Form::Truth,
            Query::Construct { .. } | Query::Describe { .. } => Form::Graph,
        }
    }

    /// The same query, asked of the union of the first graphs, with `GRAPH` reaching the second, whatever graphs it names itself
    /// (FROM). If there are none, it stays as it is.
    ///
    /// # Errors
    /// The name that is no IRI.
    pub fn with_graphs(mut self, default: &[String], named: &[String]) -> Result<Self, String> {
        if default.is_empty() && named.is_empty() {
            return Ok(self);
        }
        let graphs = |names: &[String]| {
            names.iter().map(|name| NamedNode::new(name).map_err(|_| name.clone())).collect::<Result<Vec<_>, _>>()
        };
        let own = QueryDataset { default: graphs(default)?, named: Some(graphs(named)?) };
        let (Query::Select { dataset, .. }
        | Query::Construct { dataset, .. }
        | Query::Describe { dataset, .. }
        | Query::Ask { dataset, .. }) = &mut self.query;
        *dataset = Some(own);
        Ok(self)
    }

    /// The same query with so many rows at most. Of a saved query it sets the parameter; one of a user's own keeps a limit
    /// that is less.
    #[must_use]
    pub fn with_limit(mut self, rows: usize) -> Self {
        self.query = match self.limit {
            Some(stated) => {
                let query = self.query.clone();
                let limit = Limit { stated, wanted: rows };
                bind::bind(query, &Bindings::new(), Some(limit)).unwrap_or(self.query)
            }
            None => bind::cut(self.query, rows),
        };
        self.limit = Some(rows);
        self
    }
}

/// Binds the values of `arguments` (name and value) in a saved query. Names are looked up in `names`.
///
/// # Errors
/// When a parameter is missing, unknown or given twice, a value has not its form, or a name leads to no entity or to
/// several.
pub fn prepare(
    saved: &SavedQuery,
    arguments: &[(String, String)],
    names: &Names<'_>,
    language: Language,
) -> Result<Prepared, Error> {
    let values = values(saved, arguments)?;
    let mut bindings = Bindings::new();
    let mut understood = Vec::new();
    // What has only a form is read first: looking up a name may be dear.
    for (parameter, given) in values.iter().filter(|(parameter, _)| parameter.kind.role().is_none()) {
        read(parameter, given, &mut bindings)?;
    }
    check_order(saved, &bindings)?;
    for (parameter, given) in &values {
        let shown = match parameter.kind.role() {
            Some(role) => {
                let found = look_up(names, given, role)?;
                let shown: Vec<String> = found.iter().map(Found::to_string).collect();
                bindings.insert(parameter.name.clone(), found.into_iter().map(|found| found.iri.into()).collect());
                shown
            }
            None if parameter.kind == Kind::Interval => {
                let days = parameter.kind.days(given[0]);
                days.map(|days| days.to_string()).into_iter().collect()
            }
            None => bindings.get(&parameter.name).into_iter().flatten().map(plain).collect(),
        };
        understood.push((parameter.name.clone(), shown.join(", ")));
    }
    let limit = bindings.remove(LIMIT).and_then(|terms| plain(terms.first()?).parse().ok());
    let stated = saved.parameter(LIMIT).and_then(|parameter| match &parameter.need {
        Need::Default(rows) => rows.parse().ok(),
        _ => None,
    });
    let rows = stated.zip(limit).map(|(stated, wanted)| Limit { stated, wanted });
    let tag = Literal::new_simple_literal(language.tag());
    bindings.insert(LANGUAGE.to_owned(), vec![tag.into()]);

    let query = bind::bind(sparql::parse(&saved.sparql)?, &bindings, rows)?;
    let given = values.iter().zip(&understood).map(|((parameter, _), (_, shown))| Given {
        name: parameter.name.clone(),
        kind: parameter.kind,
        sets: parameter.sets.clone(),
        need: parameter.need.clone(),
        shown: shown.clone(),
    });
    let given = given.collect();
    let mut prepared = Prepared {
        query,
        title: Some(saved.title.get(language).to_owned()),
        question: None,
        again: None,
        hidden: saved.hidden.clone(),
        sparse: saved.sparse.clone(),
        varied: saved.varied.clone(),
        unknown: saved.unknown.clone(),
        understood,
        limit,
        language,
        asked: Some(Asked { sparql: saved.sparql.clone(), bindings, limit: rows, given }),
    };
    prepared.again = Some(prepared.command(saved));
    Ok(prepared)
}

/// Every parameter that has a value, with its values, in the query's order.
fn values<'v>(
    saved: &'v SavedQuery,
    arguments: &'v [(String, String)],
) -> Result<Vec<(&'v Parameter, Vec<&'v str>)>, ParameterError> {
    if let Some((name, _)) = arguments.iter().find(|(name, _)| saved.parameter(name).is_none()) {
        let known: Vec<&str> = saved.parameters.iter().map(|p| p.name.as_str()).collect();
        return Err(ParameterError::Unknown { query: saved.name.clone(), name: name.clone(), known: known.join(", ") });
    }
    let given = |name: &str| -> Vec<&'v str> {
        arguments.iter().filter(|(n, _)| n == name).map(|(_, value)| value.as_str()).collect()
    };
    let mut values = Vec::new();
    for parameter in &saved.parameters {
        let mut own = given(&parameter.name);
        let set = parameter.sets.iter().any(|name| !given(name).is_empty());
        match &parameter.need {
            _ if own.len() > 1 && !parameter.kind.takes_several() => {
                return Err(ParameterError::Twice { name: parameter.name.clone() });
            }
            _ if set && !own.is_empty() => {
                return Err(ParameterError::SetTwice {
                    name: parameter.name.clone(),
                    sets: parameter.sets.join(" and "),
                });
            }
            // What an interval would set may be given by itself.
            _ if !own.is_empty() || set => {}
            Need::Default(value) => own.push(value),
            Need::Optional => {}
            Need::Required => {
                return Err(ParameterError::Missing {
                    query: saved.name.clone(),
                    name: parameter.name.clone(),
                    example: saved.example(),
                });
            }
        }
        if !own.is_empty() {
            values.push((parameter, own));
        }
    }
    Ok(values)
}

/// Reads values that need no store.
fn read(parameter: &Parameter, given: &[&str], bindings: &mut Bindings) -> Result<(), ParameterError> {
    let wrong = |value: &str| ParameterError::Value {
        name: parameter.name.clone(),
        value: value.to_owned(),
        form: parameter.kind.form(),
    };
    if parameter.kind == Kind::Interval {
        let days = parameter.kind.days(given[0]).ok_or_else(|| wrong(given[0]))?;
        for (name, end) in parameter.sets.iter().zip([days.first, days.last]) {
            bindings.extend(end.map(|end| (name.clone(), vec![day(end)])));
        }
        return Ok(());
    }
    for value in given {
        let values = if parameter.kind.takes_several() { parts(value).collect() } else { vec![*value] };
        if values.is_empty() {
            return Err(wrong(value));
        }
        for value in values {
            let term = parameter.kind.read(value).ok_or_else(|| wrong(value))?;
            bindings.entry(parameter.name.clone()).or_default().push(term);
        }
    }
    Ok(())
}

/// The entities of a list of names. A name may itself have a comma in it, or an "and": the whole is tried first.
fn look_up(names: &Names<'_>, given: &[&str], role: Role) -> Result<Vec<Found>, NameError> {
    let mut found: Vec<Found> = Vec::new();
    for value in given {
        let own = match names.find(value, role)? {
            Some(one) => vec![one],
            None => match split_list(value) {
                list if list.len() > 1 => {
                    list.into_iter().map(|name| names.resolve_as(name, role)).collect::<Result<_, _>>()?
                }
                _ => vec![names.resolve_as(value, role)?],
            },
        };
        found.extend(own);
    }
    let mut seen = std::collections::BTreeSet::new();
    found.retain(|one| seen.insert(one.iri.clone()));
    Ok(found)
}

/// "NATO, the EU or France" → NATO; the EU; France.
fn split_list(value: &str) -> Vec<&str> {
    const JOINTS: [&str; 5] = [",", " and ", " or ", " et ", " ou "];
    let mut list = vec![value];
    for joint in JOINTS {
        list = list.into_iter().flat_map(|part| part.split(joint)).collect();
    }
    list.into_iter().map(str::trim).filter(|name| !name.is_empty()).collect()
}

/// An interval must not end before it begins.
fn check_order(saved: &SavedQuery, bindings: &Bindings) -> Result<(), ParameterError> {
    let day = |wanted: Kind| {
        let parameter = saved.parameters.iter().find(|parameter| parameter.kind == wanted)?;
        bindings.get(&parameter.name)?.first().map(plain)
    };
    match (day(Kind::FirstDay), day(Kind::LastDay)) {
        // Days in ISO 8601 form sort as text.
        (Some(since), Some(until)) if since > until => Err(ParameterError::Order { since, until }),
        _ => Ok(()),
    }
}

fn plain(term: &GroundTerm) -> String {
    match term {
        // A term of ours by its name: `Direct`.
        GroundTerm::NamedNode(node) => {
            let own = node.as_str().strip_prefix(OWN_TERMS).and_then(|rest| rest.strip_prefix('#'));
            own.unwrap_or(node.as_str()).to_owned()
        }
        GroundTerm::Literal(literal) => literal.value().to_owned(),
    }
}
