//! What is doubtful: names that may mean others, and statements that may be wrong. Whoever may change the store says what is
//! right; what they say is kept, and can be undone.

use super::page;
use crate::entity::Entities;
use crate::extract::ActorKind;
use crate::graph::curation::{Accepted, Amendment, CurationError, Deed, Item, Signature, Who, Whom};
use crate::graph::{LinkState, NamedNode, Reviewed, named_in, statements_in};
use crate::query::names::{NameError, Names, Role};
use crate::query::{KnownEntities, Language, Prepared, Rows, Stop, run_with};
use crate::serve::card::{Card, Link};
use crate::serve::problem::Problem;
use crate::serve::site::Site;
use crate::serve::sparql::means;
use crate::serve::visit::Visit;
use crate::serve::writer::{self, Writer};
use askama::Template;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, HeaderValue, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// So many names and so many statements stand on a page.
const MOST: usize = 20;
/// So many of those whom a name may mean.
const CANDIDATES: usize = 5;
/// The statements of which it is least sure that they are right, and of which nobody has said so.
const DOUBTFUL: &str = "SELECT ?statement { ?statement dixit:confidence ?confidence FILTER NOT EXISTS { ?statement \
     dixit:correctedBy ?deed } } ORDER BY ?confidence ?statement LIMIT ";
/// The kinds of an actor that nobody knows yet.
const KINDS: [(&str, ActorKind); 5] = [
    ("person", ActorKind::Person),
    ("organisation", ActorKind::Organisation),
    ("outlet", ActorKind::Outlet),
    ("authority", ActorKind::Authority),
    ("unnamed", ActorKind::Unnamed),
];

#[derive(Template)]
#[template(path = "review.html")]
struct Review<'a> {
    visit: &'a Visit,
    /// Who reads; nobody who has not given the token.
    name: Option<&'a str>,
    token: &'a str,
    /// What was done last, to be undone.
    done: Option<&'a str>,
    undone: bool,
    names: Vec<Doubtful>,
    /// How many more there are.
    rest: u64,
    statements: Vec<(Card, String)>,
    kinds: Vec<&'static str>,
}

/// A name that may mean another.
struct Doubtful {
    called: String,
    actor: Link,
    iri: String,
    /// The item of the actor, if it has one.
    item: Option<String>,
    /// Whether articles tell the name by which it is to be rejected.
    is_called: bool,
    statements: u64,
    score: Option<u8>,
    evidence: Vec<String>,
    candidates: Vec<(Link, String)>,
}

pub async fn review(State(site): State<Arc<Site>>, visit: Visit, headers: HeaderMap) -> Result<Response, Problem> {
    let writer = Writer::of(&headers, &site)?;
    let (names, rest, statements) = match &writer {
        Some(_) => {
            let visit = visit.clone();
            site.query(move |site, stop| {
                let (names, rest) = names(site, &visit)?;
                Ok((names, rest, statements(site, &visit, stop)?))
            })
            .await?
        }
        None => (Vec::new(), 0, Vec::new()),
    };
    let template = Review {
        visit: &visit,
        name: writer.as_ref().map(|writer| writer.name.as_str()),
        token: visit.parameter("token").unwrap_or_default(),
        done: visit.parameter("done"),
        undone: visit.parameter("undone").is_some(),
        names,
        rest,
        statements,
        kinds: KINDS.iter().map(|(name, _)| *name).collect(),
    };
    let mut response = page(&template, &visit);
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// The names of which the program was not sure, the most frequent first.
fn names(site: &Site, visit: &Visit) -> Result<(Vec<Doubtful>, u64), Problem> {
    let (all, _) = site.store.review().map_err(Problem::internal)?;
    let mut doubtful = all.into_iter().filter(|row| row.state == LinkState::Doubtful);
    let first: Vec<Reviewed> = doubtful.by_ref().take(MOST).collect();
    let names = first.iter().map(|row| doubt(site, row, visit)).collect::<Result<_, _>>()?;
    Ok((names, doubtful.count() as u64))
}

fn doubt(site: &Site, row: &Reviewed, visit: &Visit) -> Result<Doubtful, Problem> {
    let store = &site.store;
    let way = store.way(row).map_err(Problem::internal)?;
    let candidates: Vec<NamedNode> = row.candidates.iter().take(CANDIDATES).cloned().collect();
    let things = [&row.actor].into_iter().chain(&candidates);
    let named = named_in(store, things, visit.language.tag()).map_err(Problem::internal)?;
    let mut links = named.iter().map(|named| Link::of(named, site));
    let actor = links.next().ok_or(Problem::NotFound)?;
    let candidates = links.filter_map(|link| link.wikidata.clone().map(|item| (link, item))).collect();
    Ok(Doubtful {
        called: row.names.first().cloned().unwrap_or_else(|| actor.name.clone()),
        is_called: !row.names.is_empty(),
        actor,
        iri: row.actor.as_str().to_owned(),
        item: row.item.clone(),
        statements: row.statements as u64,
        score: row.score.map(|score| (score * 100.0).round() as u8),
        evidence: way.evidence.into_iter().collect(),
        candidates,
    })
}

fn statements(site: &Site, visit: &Visit, stop: &Stop) -> Result<Vec<(Card, String)>, Problem> {
    let prepared = Prepared::from_sparql(&format!("{DOUBTFUL}{MOST}"), visit.language)?;
    let rows = Rows::read(run_with(site.store.query_store(), prepared, &means(site, stop))?)?;
    let iris = rows.iris();
    let rows = statements_in(&site.store, &iris, visit.language.tag()).map_err(Problem::internal)?;
    Ok(rows.iter().map(|row| (Card::of(row, site, visit), row.iri.clone())).collect())
}

/// Gives the token and a name.
pub async fn enter(State(site): State<Arc<Site>>, request: Request) -> Result<Response, Problem> {
    let (head, body) = request.into_parts();
    let pairs = writer::form(&head, body, &site).await?;
    let mut response = see("/review");
    for cookie in Writer::enter(&pairs, &site)? {
        let cookie = HeaderValue::from_str(&cookie).map_err(Problem::internal)?;
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(response)
}

/// Does what a person says is right.
pub async fn decide(State(site): State<Arc<Site>>, visit: Visit, request: Request) -> Result<Response, Problem> {
    let (head, body) = request.into_parts();
    let pairs = writer::form(&head, body, &site).await?;
    let mend = "the token is needed: give it at /review";
    let writer = Writer::of(&head.headers, &site)?.ok_or_else(|| Problem::Forbidden(mend.to_owned()))?;
    let language = visit.language;
    let place = site
        .query(move |site, _| {
            let value = |key: &str| {
                let value = pairs.iter().find(|(name, _)| name == key).map(|(_, value)| value.trim());
                value.filter(|value| !value.is_empty())
            };
            let deeds = Decision { site, writer: &writer, language, value: &value }.carry_out()?;
            site.store.flush().map_err(Problem::internal)?;
            site.store_changed();
            Ok(match deeds.first() {
                Some(deed) if deed.undone.is_some() => "/review?undone=1".to_owned(),
                Some(deed) => format!("/review?done={}", deed.id),
                None => "/review".to_owned(),
            })
        })
        .await?;
    Ok(see(&place))
}

/// What a form asks for.
struct Decision<'a> {
    site: &'a Site,
    writer: &'a Writer,
    language: Language,
    value: &'a dyn Fn(&str) -> Option<&'a str>,
}

impl Decision<'_> {
    fn carry_out(&self) -> Result<Vec<Deed>, Problem> {
        let (store, entities) = (&self.site.store, Entities::embedded());
        let signature = Signature { by: &self.writer.name, note: (self.value)("note") };
        let deeds = match self.needed("do")? {
            "accept" => {
                let item = Item { id: self.needed("item")?.to_owned(), ..Item::default() };
                store.accept(&[Accepted { actor: self.iri("actor")?, item }], false, signature, entities)
            }
            "reject" => {
                let (actor, items) = (self.iri("actor")?, [self.needed("item")?.to_owned()]);
                let whom = (self.value)("called").map_or(Whom::Actor(&actor), Whom::Called);
                store.reject(whom, &items, None, signature, entities)
            }
            "right" => {
                let statement = self.iri("statement")?;
                let row = statements_in(store, [&statement], self.language.tag()).map_err(Problem::internal)?;
                let actors = row.iter().flat_map(|row| &row.actors).filter_map(|actor| actor.iri.as_deref());
                let actors: Vec<Who> = actors.map(|iri| Who::Known(NamedNode::new_unchecked(iri))).collect();
                store.correct(&statement, &actors, Amendment::default(), signature, entities)
            }
            "speaker" => {
                let who = self.who(self.needed("name")?)?;
                store.correct(&self.iri("statement")?, &[who], Amendment::default(), signature, entities)
            }
            "nobody" => {
                let change = Amendment { rejected: true, ..Amendment::default() };
                store.correct(&self.iri("statement")?, &[], change, signature, entities)
            }
            "undo" => store.undo(&[self.needed("deed")?.to_owned()], &self.writer.name, entities),
            other => return Err(Problem::Wrong(format!("`{other}` is nothing that can be done here"))),
        };
        deeds.map_err(|error| match error {
            CurationError::Storage(error) => Problem::internal(error),
            error => Problem::Wrong(error.to_string()),
        })
    }

    fn needed(&self, key: &str) -> Result<&str, Problem> {
        (self.value)(key).ok_or_else(|| Problem::Wrong(format!("the form has no `{key}`")))
    }

    fn iri(&self, key: &str) -> Result<NamedNode, Problem> {
        NamedNode::new(self.needed(key)?).map_err(|_| Problem::Wrong(format!("`{key}` is no IRI")))
    }

    /// Whom a name means; of somebody whom nobody knows yet the form says what they are.
    fn who(&self, name: &str) -> Result<Who, Problem> {
        let table = KnownEntities::new(self.site.store.base());
        let names = Names::new(self.site.store.query_store(), &table, self.language);
        let new = (self.value)("new").and_then(|new| KINDS.iter().find(|(kind, _)| *kind == new));
        match (names.resolve_as(name, Role::Actor), new) {
            (Ok(found), _) => Ok(Who::Known(found.iri)),
            (Err(NameError::Unknown { .. }), Some((_, kind))) => Ok(Who::New { name: name.to_owned(), kind: *kind }),
            (Err(NameError::Storage(error)), _) => Err(Problem::internal(error)),
            (Err(error), _) => Err(Problem::Wrong(error.to_string())),
        }
    }
}

/// Another page, after a form.
fn see(place: &str) -> Response {
    let headers = [(LOCATION, place), (CACHE_CONTROL, "no-store")];
    (StatusCode::SEE_OTHER, headers.map(|(name, value)| (name, value.to_owned()))).into_response()
}
