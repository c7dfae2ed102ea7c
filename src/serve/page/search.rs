//! Search: one field for a question, a name or words, and statements with what they have in common.

use super::page;
use crate::graph::{
    Choice as Chosen, ExportFormat, Extent, ListFormat, NamedNode, Profile, Texts, export, list_statements,
};
use crate::query::selection::{Facet, Page, Question, Selection, Sort};
use crate::serve::card::Card;
use crate::serve::chart::Charts;
use crate::serve::list::{self, Choices};
use crate::serve::problem::Problem;
use crate::serve::site::Site;
use crate::serve::visit::Visit;
use askama::Template;
use axum::extract::State;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::Arc;
use url::form_urlencoded;

/// So many things that the words name are told.
const NAMED: usize = 5;

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage<'a> {
    visit: &'a Visit,
    /// What stands in the field.
    words: String,
    /// What the address holds besides the field and the days, for the forms.
    kept: Vec<(&'static str, String)>,
    since: String,
    until: String,
    /// As what a question was understood.
    understood: Option<Understood>,
    things: Vec<Named>,
    total: u64,
    cards: Vec<Card>,
    facets: Vec<Choices>,
    chosen: Vec<(String, String)>,
    charts: Option<Charts>,
    pages: Pages,
    /// The selection, as an address without its page.
    query: String,
    is_best: bool,
}

/// A question that the words ask.
struct Understood {
    title: String,
    values: Vec<(String, String)>,
    /// Where it is answered, unless it is here.
    address: Option<String>,
}

/// A thing that the words name.
struct Named {
    label: String,
    path: String,
    /// How many statements it has in each part, and where they are.
    parts: Vec<(u64, &'static str, String)>,
}

/// The pages before and after this one.
struct Pages {
    number: usize,
    last: usize,
    previous: Option<String>,
    next: Option<String>,
}

pub async fn search(State(site): State<Arc<Site>>, visit: Visit) -> Result<Response, Problem> {
    match visit.parameter("format").map(str::to_owned) {
        Some(format) => site.query(move |site, _| download(site, &visit, &format)).await,
        None => site.read(move |site| show(site, &visit)).await,
    }
}

fn show(site: &Site, visit: &Visit) -> Result<Response, Problem> {
    let selection = list::selection(site, visit)?;
    let asked = visit.parameter("asked").map(str::to_owned);
    let typed = selection.words.clone().filter(|_| asked.is_none());
    let question = |text: &str| {
        let found = site.selections.question(site.library.queries(), text, visit.language);
        found.map_err(Problem::internal)
    };
    let is_fresh = |text: &str| selection == Selection::default().with_words(text);
    let mut understood = None;
    if let Some(text) = &typed
        && let Some(found) = question(text)?
    {
        if let Some(place) = place(site, &found, text).filter(|_| is_fresh(text)) {
            return Ok(Redirect::to(&place).into_response());
        }
        understood = Some(answered(&found));
    }
    if let Some(text) = &asked {
        let found = match question(text)? {
            None => question_in_any_case(site, text, visit)?,
            found => found,
        };
        let found = found.filter(|found| found.selection.as_ref() == Some(&selection));
        understood = found.map(|found| Understood { title: found.title, values: found.understood, address: None });
    }
    let number = visit.parameter("page").and_then(|page| page.parse().ok()).unwrap_or(1).max(1);
    let is_best = visit.parameter("sort") == Some("best") && selection.words.is_some();
    let wanted = Page { number, sort: if is_best { Sort::Best } else { Sort::Newest }, ..Page::default() };
    let found = list::find(site, &selection, wanted, visit)?;
    let is_lost = |text: &&str| found.total == 0 && understood.is_none() && is_fresh(text);
    if let Some(text) = typed.as_deref().filter(is_lost)
        && let Some(question) = question_in_any_case(site, text, visit)?
    {
        if let Some(place) = place(site, &question, text) {
            return Ok(Redirect::to(&place).into_response());
        }
        understood = Some(answered(&question));
    }
    let things = match &typed {
        Some(text) => named(site, text, visit)?,
        None => Vec::new(),
    };
    let base = site.store.base();
    let kept = selection.pairs(base).into_iter().filter(|(key, _)| !["q", "since", "until"].contains(key));
    let template = SearchPage {
        visit,
        words: asked.filter(|_| understood.is_some()).or_else(|| selection.words.clone()).unwrap_or_default(),
        kept: kept.collect(),
        since: selection.since.map(|day| day.to_string()).unwrap_or_default(),
        until: selection.until.map(|day| day.to_string()).unwrap_or_default(),
        understood,
        things,
        total: found.total,
        cards: list::cards(site, &found.statements, visit)?,
        facets: found.facets.iter().map(|counts| list::choices(site, &selection, counts)).collect(),
        chosen: list::chosen(site, &selection, "/search", visit)?,
        charts: list::charts(site, &selection, &found, visit),
        pages: Pages::of(&selection, wanted, found.total, site),
        query: selection.query(base),
        is_best,
    };
    Ok(page(&template, visit))
}

/// A question whose names are written in any way: looked for where nothing else is found.
fn question_in_any_case(site: &Site, text: &str, visit: &Visit) -> Result<Option<Question>, Problem> {
    let found = site.selections.question_in_any_case(site.library.queries(), text, visit.language);
    found.map_err(Problem::internal)
}

/// The address that says as what a question was understood, and in which a value can be taken back.
fn place(site: &Site, question: &Question, text: &str) -> Option<String> {
    let query = question.selection.as_ref()?.query(site.store.base());
    let asked = form_urlencoded::Serializer::new(query).append_pair("asked", text).finish();
    Some(format!("/search?{asked}"))
}

fn answered(question: &Question) -> Understood {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(&question.parameters);
    Understood {
        title: question.title.clone(),
        values: question.understood.clone(),
        address: Some(format!("/query/{}?{}", question.query, query.finish())),
    }
}

/// What the words name, and what is said of it.
fn named(site: &Site, text: &str, visit: &Visit) -> Result<Vec<Named>, Problem> {
    let things = site.selections.named(text, NAMED, visit.language).map_err(Problem::internal)?;
    let named = things.into_iter().map(|thing| {
        let counts = [
            (thing.as_actor, Facet::Actor, visit.say("as-actor")),
            (thing.as_topic, Facet::Topic, visit.say("as-topic")),
            (thing.as_outlet, Facet::Outlet, visit.say("as-outlet")),
            (thing.as_relay, Facet::Relay, visit.say("as-relay")),
        ];
        let parts = counts.into_iter().filter(|(count, ..)| *count > 0).map(|(count, facet, part)| {
            (count, part, list::address(site, &Selection::default().with(facet, &*thing.iri)))
        });
        Named { path: site.path(&thing.iri).unwrap_or_default(), parts: parts.collect(), label: thing.label }
    });
    Ok(named.collect())
}

impl Pages {
    fn of(selection: &Selection, page: Page, total: u64, site: &Site) -> Self {
        let last = usize::try_from(total).unwrap_or(usize::MAX).div_ceil(page.size).max(1);
        let address = |number: usize| {
            let mut query = form_urlencoded::Serializer::new(selection.query(site.store.base()));
            if page.sort == Sort::Best {
                query.append_pair("sort", "best");
            }
            format!("/search?{}", query.append_pair("page", &number.to_string()).finish())
        };
        Self {
            number: page.number,
            last,
            previous: (page.number > 1).then(|| address((page.number - 1).min(last))),
            next: (page.number < last).then(|| address(page.number + 1)),
        }
    }
}

/// The forms in which the statements of a selection are given, each with its media type and the end of the file's name.
const FORMATS: [(&str, &str, &str); 6] = [
    ("csv", "text/csv; charset=utf-8", "csv"),
    ("jsonl", "application/jsonl", "jsonl"),
    ("turtle", "text/turtle; charset=utf-8", "ttl"),
    ("jsonld", "application/ld+json", "jsonld"),
    ("nquads", "application/n-quads", "nq"),
    ("rdfxml", "application/rdf+xml", "rdf"),
];

/// All statements of the selection, as many as a query may give, as a file.
fn download(site: &Site, visit: &Visit, format: &str) -> Result<Response, Problem> {
    let Some((_, media, end)) = FORMATS.into_iter().find(|(name, ..)| *name == format) else {
        let names: Vec<_> = FORMATS.iter().map(|(name, ..)| *name).collect();
        return Err(Problem::Wrong(format!("`{format}` is no format: write one of {}", names.join(", "))));
    };
    let iris = site.selections.all(&list::selection(site, visit)?, site.settings.rows).map_err(Problem::internal)?;
    let among = Some(iris.iter().map(NamedNode::new_unchecked).collect());
    let choice = Chosen { among, ..Chosen::default() };
    let mut out = Vec::new();
    let rdf = match format {
        "turtle" => Some(ExportFormat::Turtle),
        "jsonld" => Some(ExportFormat::JsonLd),
        "nquads" => Some(ExportFormat::NQuads),
        "rdfxml" => Some(ExportFormat::RdfXml),
        _ => None,
    };
    let written = match rdf {
        Some(format) => {
            let extent = Extent { texts: Texts::LeftOut, profile: Profile::All, choice: Some(choice) };
            export(&site.store, format, extent, &mut out)
        }
        None => {
            let format = if format == "csv" { ListFormat::Csv } else { ListFormat::JsonLines };
            list_statements(&site.store, &choice, format, &mut out)
        }
    };
    written.map_err(Problem::internal)?;
    let file = format!("attachment; filename=\"statements.{end}\"");
    Ok(([(CONTENT_TYPE, media.to_owned()), (CONTENT_DISPOSITION, file)], out).into_response())
}
