//! A saved query: a form made of its parameters, and the answer below.

use super::page_with;
use crate::graph::Base;
use crate::query::names::{NameError, Names, Role};
use crate::query::parameter::{Kind, Need, Parameter};
use crate::query::{
    self, Answer, KnownEntities, Language, ParameterError, Prepared, SavedQuery, Stop, TimeIsOver, prepare,
};
use crate::serve::form::Form;
use crate::serve::problem::Problem;
use crate::serve::shown::Shown;
use crate::serve::site::Site;
use crate::serve::sparql::means;
use crate::serve::stream::{self, Pipe};
use crate::serve::visit::Visit;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use url::form_urlencoded;

/// The parameter that asks for another form than a page.
const FORMAT: &str = "format";
/// Parameters that few need, which wait behind a line.
const RARE: [&str; 4] = ["since", "until", "limit", "written"];

/// What the types of parameters are called in the table of words.
const FORMS_OF_VALUES: [(Kind, &str); 14] = [
    (Kind::Entity, "value-name"),
    (Kind::Actor, "value-name"),
    (Kind::Topic, "value-name"),
    (Kind::Outlet, "value-name"),
    (Kind::FirstDay, "value-day"),
    (Kind::LastDay, "value-day"),
    (Kind::Interval, "value-interval"),
    (Kind::Number, "value-number"),
    (Kind::Text, "value-text"),
    (Kind::Search, "value-search"),
    (Kind::Iri, "value-iri"),
    (Kind::Language, "value-choice"),
    (Kind::Quotation, "value-choice"),
    (Kind::Polarity, "value-choice"),
];

/// The values of which a reader chooses one, with their words.
const CHOICES: [(Kind, &[(&str, &str)]); 3] = [
    (Kind::Language, &[("fr", "in-french"), ("en", "in-english")]),
    (Kind::Quotation, &[("direct", "kind-direct"), ("indirect", "kind-indirect"), ("mixed", "kind-mixed")]),
    (
        Kind::Polarity,
        &[
            ("asserted", "polarity-asserted"),
            ("denied", "polarity-denied"),
            ("hearsay", "polarity-hearsay"),
            ("question", "polarity-question"),
            ("hypothetical", "polarity-hypothetical"),
        ],
    ),
];

#[derive(Template)]
#[template(path = "query.html")]
struct QueryPage<'a> {
    visit: &'a Visit,
    base: &'a Base,
    name: &'a str,
    title: &'a str,
    description: &'a str,
    fields: Vec<Field>,
    more: Vec<Field>,
    is_more_open: bool,
    /// The address of an example, and its words.
    example: Option<String>,
    example_words: String,
    /// What is wrong and belongs to no field.
    problem: Option<String>,
    answer: Option<Shown>,
}

/// A parameter in the form.
struct Field {
    name: String,
    label: String,
    value: String,
    /// What a value is.
    form: &'static str,
    example: String,
    is_required: bool,
    is_number: bool,
    /// Whose names may be proposed.
    names: Option<&'static str>,
    choices: Vec<(&'static str, &'static str)>,
    problem: Option<String>,
    /// What may have been meant, with the addresses that ask for it.
    instead: Vec<(String, String)>,
}

/// What is wrong with a value.
struct Wrong {
    /// The parameter, if it is one.
    field: Option<String>,
    words: String,
    instead: Vec<String>,
}

type Arguments = Vec<(String, String)>;

pub async fn query(State(site): State<Arc<Site>>, Path(name): Path<String>, visit: Visit) -> Result<Response, Problem> {
    let saved = site.library.queries().iter().find(|query| query.name == name).cloned().ok_or(Problem::NotFound)?;
    let arguments: Arguments = visit
        .parameters()
        .filter(|(key, value)| *key != FORMAT && !value.trim().is_empty())
        .map(|(key, value)| (key.to_owned(), value.trim().to_owned()))
        .collect();
    if let Some(format) = visit.parameter(FORMAT) {
        let form = Form::named(format).ok_or(Problem::NotFound)?;
        return download(&site, saved, arguments, form, visit.language).await;
    }
    let is_asked = !arguments.is_empty() || saved.parameters.iter().all(|parameter| parameter.need != Need::Required);
    let found = if is_asked {
        let (saved, arguments, language) = (saved.clone(), arguments.clone(), visit.language);
        site.query(move |site, stop| Ok(answer(site, &saved, &arguments, language, stop))).await?
    } else {
        Ok(None)
    };
    let (answer, wrong) = match found {
        Ok(answer) => (answer, None),
        Err(error) => (None, Some(wrong(&error, &arguments, &visit).ok_or_else(|| Problem::from(error))?)),
    };
    let status = if wrong.is_some() { StatusCode::BAD_REQUEST } else { StatusCode::OK };
    Ok(page_with(status, &of(&site, &saved, &arguments, &visit, answer, wrong), &visit))
}

fn of<'a>(
    site: &'a Site,
    saved: &'a SavedQuery,
    arguments: &Arguments,
    visit: &'a Visit,
    answer: Option<Shown>,
    wrong: Option<Wrong>,
) -> QueryPage<'a> {
    let of = |parameter| field(saved, parameter, arguments, visit, wrong.as_ref());
    let is_rare = |parameter: &&Parameter| RARE.contains(&parameter.name.as_str());
    let more = saved.parameters.iter().filter(is_rare);
    let is_more_open = more.clone().any(|parameter| arguments.iter().any(|(name, _)| *name == parameter.name));
    let examples: Arguments = saved
        .parameters
        .iter()
        .filter(|parameter| parameter.need == Need::Required)
        .map(|parameter| (parameter.name.clone(), parameter.example.clone()))
        .collect();
    let example_words: Vec<&str> = examples.iter().map(|(_, value)| value.as_str()).collect();
    QueryPage {
        visit,
        base: site.store.base(),
        name: &saved.name,
        title: saved.title.get(visit.language),
        description: saved.description.get(visit.language),
        fields: saved.parameters.iter().filter(|parameter| !is_rare(parameter)).map(of).collect(),
        more: more.map(of).collect(),
        is_more_open,
        example: (answer.is_none() && !examples.is_empty()).then(|| address(&saved.name, &examples, None)),
        example_words: example_words.join(", "),
        problem: wrong.as_ref().filter(|wrong| wrong.field.is_none()).map(|wrong| wrong.words.clone()),
        answer,
    }
}

fn field(
    saved: &SavedQuery,
    parameter: &Parameter,
    arguments: &Arguments,
    visit: &Visit,
    wrong: Option<&Wrong>,
) -> Field {
    let given = arguments.iter().filter(|(name, _)| *name == parameter.name).map(|(_, value)| value.as_str());
    let given = given.collect::<Vec<_>>().join(", ");
    let default = match &parameter.need {
        Need::Default(value) => value.clone(),
        _ => String::new(),
    };
    let wrong = wrong.filter(|wrong| wrong.field.as_ref() == Some(&parameter.name));
    let instead = wrong.into_iter().flat_map(|wrong| &wrong.instead).map(|value| {
        let mut arguments: Arguments = arguments.iter().filter(|(name, _)| *name != parameter.name).cloned().collect();
        arguments.push((parameter.name.clone(), value.clone()));
        (value.clone(), address(&saved.name, &arguments, None))
    });
    let row = CHOICES.iter().find(|(kind, _)| *kind == parameter.kind);
    let choices = row.into_iter().flat_map(|(_, values)| values.iter()).map(|(value, key)| (*value, visit.say(key)));
    let key = FORMS_OF_VALUES.iter().find(|(kind, _)| *kind == parameter.kind).map_or("", |(_, key)| *key);
    let choices: Vec<_> = choices.collect();
    Field {
        name: parameter.name.clone(),
        label: query::head(&parameter.name, visit.language),
        value: if given.is_empty() { default } else { given },
        form: if choices.is_empty() { visit.say(key) } else { "" },
        example: if choices.is_empty() { parameter.example.clone() } else { String::new() },
        is_required: parameter.need == Need::Required,
        is_number: parameter.kind == Kind::Number,
        names: parameter.kind.role().map(role),
        choices,
        problem: wrong.map(|wrong| wrong.words.clone()),
        instead: instead.collect(),
    }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Any => "any",
        Role::Actor => "actor",
        Role::Topic => "topic",
        Role::Outlet => "outlet",
    }
}

/// The address of the query with these values, as a page or in another form.
fn address(name: &str, arguments: &Arguments, form: Option<Form>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(arguments).extend_pairs(form.map(|form| (FORMAT, form.name())));
    format!("/query/{name}?{}", query.finish())
}

/// What the reader can mend.
fn wrong(error: &query::Error, arguments: &Arguments, visit: &Visit) -> Option<Wrong> {
    let at = |field: &str, words: String| Wrong { field: Some(field.to_owned()), words, instead: Vec::new() };
    // The parameter whose value has the name in it.
    let named = |name: &str| arguments.iter().find(|(_, value)| value.contains(name)).map(|(field, _)| field.clone());
    Some(match error {
        query::Error::Parameter(ParameterError::Missing { name, .. }) => {
            at(name, visit.say("value-missing").to_owned())
        }
        query::Error::Parameter(ParameterError::Value { name, .. }) => at(name, visit.say("value-wrong").to_owned()),
        query::Error::Parameter(ParameterError::SetTwice { name, .. }) => {
            at(name, visit.say("value-set-twice").to_owned())
        }
        query::Error::Parameter(ParameterError::Twice { name }) => at(name, visit.say("value-twice").to_owned()),
        query::Error::Parameter(ParameterError::Order { .. }) => at("until", visit.say("value-order").to_owned()),
        query::Error::Name(NameError::Unknown { name, nearest, .. }) => {
            Wrong { field: named(name), words: visit.say("name-unknown").to_owned(), instead: nearest.clone() }
        }
        query::Error::Name(NameError::Role { name, is, nearest, .. }) => {
            Wrong { field: named(name), words: format!("{} {is}.", visit.say("name-other")), instead: nearest.clone() }
        }
        query::Error::Name(NameError::Ambiguous { name, candidates }) => Wrong {
            field: named(name),
            words: visit.say("name-several").to_owned(),
            instead: candidates.iter().take(10).map(|candidate| candidate.key.clone()).collect(),
        },
        query::Error::TimeIsOver(over) => Wrong { field: None, words: too_long(*over, visit), instead: Vec::new() },
        error if error.is_usage() => Wrong { field: None, words: error.to_string(), instead: Vec::new() },
        _ => return None,
    })
}

fn too_long(over: TimeIsOver, visit: &Visit) -> String {
    let (words, seconds, mend) = (visit.say("too-long"), over.time.as_secs(), visit.say("too-long-mend"));
    match over.others_waited {
        true => format!("{words} {seconds} s {}. {mend}", visit.say("others-waited")),
        false => format!("{words} {seconds} s. {mend}"),
    }
}

fn prepared(
    site: &Site,
    saved: &SavedQuery,
    arguments: &Arguments,
    language: Language,
) -> Result<Prepared, query::Error> {
    let table = KnownEntities::new(site.store.base());
    let names = Names::new(site.store.query_store(), &table, language);
    let prepared = prepare(saved, arguments, &names, language)?;
    Ok(match prepared.limit {
        Some(limit) if limit <= site.settings.rows => prepared,
        _ => prepared.with_limit(site.settings.rows),
    })
}

fn run(site: &Site, prepared: Prepared, stop: &Stop) -> Result<Answer, query::Error> {
    query::run_with(site.store.query_store(), prepared, &means(site, stop))
}

fn answer(
    site: &Site,
    saved: &SavedQuery,
    arguments: &Arguments,
    language: Language,
    stop: &Stop,
) -> Result<Option<Shown>, query::Error> {
    let answer = run(site, prepared(site, saved, arguments, language)?, stop)?;
    let again = |form| address(&saved.name, arguments, Some(form));
    Shown::read(site, answer, again).map(Some)
}

/// The answer in another form, read while it is made.
async fn download(
    site: &Arc<Site>,
    saved: SavedQuery,
    arguments: Arguments,
    form: Form,
    language: Language,
) -> Result<Response, Problem> {
    let stop = Stop::default();
    let own = stop.clone();
    let file = format!("attachment; filename=\"{}.{}\"", saved.name, form.name());
    let work = move |site: &Site, pipe: &mut Pipe| {
        let prepared = prepared(site, &saved, &arguments, language)?;
        if !form.fits(prepared.form()) {
            return Err(query::Error::Form(prepared.form()).into());
        }
        form.write(run(site, prepared, &own)?, site, pipe)
    };
    let body = stream::answer(site, stop, work).await?;
    Ok(([(CONTENT_TYPE, form.media()), (CONTENT_DISPOSITION, &file)], body).into_response())
}
