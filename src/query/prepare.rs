//! From a saved query and the words of its parameters to a query that can be run.

use super::Error;
use super::bind::{self, Bindings};
use super::language::Language;
use super::names::Names;
use super::parameter::{Kind, Need};
use super::saved::SavedQuery;
use super::sparql;
use oxigraph::model::Literal;
use spargebra::Query;
use spargebra::term::GroundTerm;

/// The name of the parameter that sets the outermost LIMIT, where SPARQL allows no variable.
const LIMIT: &str = "limit";
/// The variable that every saved query may use: the language of labels.
const LANGUAGE: &str = "language";

/// Why the parameters of a saved query cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParameterError {
    #[error("`{query}` needs `{name}`, for example: {example}")]
    Missing { query: String, name: String, example: String },
    #[error("`{query}` has no parameter `{name}`: it takes {known}")]
    Unknown { query: String, name: String, known: String },
    #[error("`{name}` is given twice: give one value")]
    Twice { name: String },
    #[error("`{value}` is no value for `{name}`: write {form}")]
    Value { name: String, value: String, form: &'static str },
    #[error("`since` ({since}) is after `until` ({until}): exchange them")]
    Order { since: String, until: String },
}

/// A query with everything that is needed to run it and to show its answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Prepared {
    pub(super) query: Query,
    /// Columns that tables leave out.
    pub hidden: Vec<String>,
    /// Columns that tables leave out where no row has a value.
    pub sparse: Vec<String>,
    /// Columns where a missing value means that it is not known.
    pub unknown: Vec<String>,
    /// The parameters as they were understood, with the names of the entities.
    pub understood: Vec<(String, String)>,
    /// How many rows there can be at most.
    pub limit: Option<usize>,
    /// In which language heads and labels are shown.
    pub language: Language,
}

impl Prepared {
    /// A query of a user's own.
    ///
    /// # Errors
    /// When the text is not SPARQL 1.1, or is an update.
    pub fn from_sparql(text: &str, language: Language) -> Result<Self, Error> {
        Ok(Self {
            query: sparql::parse(text)?,
            hidden: Vec::new(),
            sparse: Vec::new(),
            unknown: Vec::new(),
            understood: Vec::new(),
            limit: None,
            language,
        })
    }

    /// The query as it will be run.
    pub fn sparql(&self) -> String {
        self.query.to_string()
    }

    /// Whether the answer is rows (SELECT), rather than true or false, or a graph.
    pub fn gives_rows(&self) -> bool {
        matches!(self.query, Query::Select { .. })
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
    for (name, kind, value) in values.iter().filter(|(_, kind, _)| *kind != Kind::Entity) {
        let form = || ParameterError::Value { name: (*name).to_owned(), value: (*value).to_owned(), form: kind.form() };
        bindings.insert((*name).to_owned(), kind.read(value).ok_or_else(form)?);
    }
    check_order(&values, &bindings)?;
    for (name, kind, value) in &values {
        let shown = if *kind == Kind::Entity {
            let found = names.resolve(value)?;
            let shown = found.to_string();
            bindings.insert((*name).to_owned(), found.iri.into());
            shown
        } else {
            bindings.get(*name).map_or_else(String::new, plain)
        };
        understood.push(((*name).to_owned(), shown));
    }
    let limit = bindings.remove(LIMIT).and_then(|term| plain(&term).parse().ok());
    let tag = Literal::new_simple_literal(language.tag());
    bindings.insert(LANGUAGE.to_owned(), tag.into());

    let mut query = bind::bind(sparql::parse(&saved.sparql)?, &bindings)?;
    if let Some(limit) = limit {
        query = bind::limit(query, limit);
    }
    Ok(Prepared {
        query,
        hidden: saved.hidden.clone(),
        sparse: saved.sparse.clone(),
        unknown: saved.unknown.clone(),
        understood,
        limit,
        language,
    })
}

/// Name, type and words of every parameter that has a value, in the query's order.
fn values<'v>(
    saved: &'v SavedQuery,
    arguments: &'v [(String, String)],
) -> Result<Vec<(&'v str, Kind, &'v str)>, ParameterError> {
    for (position, (name, _)) in arguments.iter().enumerate() {
        if saved.parameter(name).is_none() {
            let known: Vec<&str> = saved.parameters.iter().map(|p| p.name.as_str()).collect();
            return Err(ParameterError::Unknown {
                query: saved.name.clone(),
                name: name.clone(),
                known: known.join(", "),
            });
        }
        if arguments[..position].iter().any(|(earlier, _)| earlier == name) {
            return Err(ParameterError::Twice { name: name.clone() });
        }
    }
    let mut values = Vec::new();
    for parameter in &saved.parameters {
        let given = arguments.iter().find(|(name, _)| *name == parameter.name);
        let value = match (given, &parameter.need) {
            (Some((_, value)), _) => value,
            (None, Need::Default(value)) => value,
            (None, Need::Optional) => continue,
            (None, Need::Required) => {
                return Err(ParameterError::Missing {
                    query: saved.name.clone(),
                    name: parameter.name.clone(),
                    example: saved.example(),
                });
            }
        };
        values.push((parameter.name.as_str(), parameter.kind, value.as_str()));
    }
    Ok(values)
}

/// An interval must not end before it begins.
fn check_order(values: &[(&str, Kind, &str)], bindings: &Bindings) -> Result<(), ParameterError> {
    let day = |wanted: Kind| {
        let (name, _, _) = values.iter().find(|(_, kind, _)| *kind == wanted)?;
        bindings.get(*name).map(plain)
    };
    match (day(Kind::FirstDay), day(Kind::LastDay)) {
        // Days in ISO 8601 form sort as text.
        (Some(since), Some(until)) if since > until => Err(ParameterError::Order { since, until }),
        _ => Ok(()),
    }
}

fn plain(term: &GroundTerm) -> String {
    match term {
        GroundTerm::NamedNode(node) => node.as_str().to_owned(),
        GroundTerm::Literal(literal) => literal.value().to_owned(),
    }
}
