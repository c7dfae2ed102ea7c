//! `/reconcile`: names that others have, and whom the store knows by them, by the
//! [Reconciliation Service API](https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/) 0.2, as
//! OpenRefine and `dixit link --reconcile` speak it.

use super::body;
use super::origin::Origin;
use super::problem::Problem;
use super::programs::other_methods;
use super::site::Site;
use super::visit::Visit;
use crate::graph::{NamedNode, ThingView};
use crate::query::Stop;
use crate::query::reconcile::{CLASSES, Likely, Sought, beginning, reconcile};
use askama::Template;
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// So many names may be asked at once.
const BATCH: usize = 50;
/// So many proposals are given for a name, unless fewer are asked for.
const PROPOSALS: usize = 10;
/// The longest name that is looked for, in bytes.
const LONGEST: usize = 1000;
/// The property by which a table may have Wikidata items.
const ITEM: &str = "wikidata";
/// What the ids of types follow that are of schema.org.
const SCHEMA: &str = "http://schema.org/";

pub fn routes() -> Router<Arc<Site>> {
    let main = get(service).post(service).fallback(other_methods);
    let read = |handler: axum::routing::MethodRouter<Arc<Site>>| handler.fallback(other_methods);
    Router::new()
        .route("/reconcile", main)
        .route("/reconcile/suggest/entity", read(get(suggest_entity)))
        .route("/reconcile/suggest/type", read(get(suggest_type)))
        .route("/reconcile/suggest/property", read(get(suggest_property)))
        .route("/reconcile/preview", read(get(preview)))
}

/// A query of a batch.
#[derive(Deserialize)]
struct Query {
    query: String,
    #[serde(default, rename = "type")]
    class: Option<OneOrMany>,
    limit: Option<usize>,
    #[serde(default)]
    properties: Vec<Property>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

#[derive(Deserialize)]
struct Property {
    pid: String,
    v: Value,
}

impl Query {
    fn sought(self) -> Sought {
        let classes = match self.class {
            None => Vec::new(),
            Some(OneOrMany::One(class)) => vec![class],
            Some(OneOrMany::Many(classes)) => classes,
        };
        let classes = classes.into_iter().filter(|class| !class.is_empty());
        // Whole IRIs are understood, too.
        let classes = classes.map(|class| {
            let known = CLASSES.iter().find(|(_, iri, _)| *iri == class);
            known.map_or(class, |(name, ..)| (*name).to_owned())
        });
        let item = self.properties.into_iter().find(|property| property.pid == ITEM).and_then(|property| {
            let value = match property.v {
                Value::String(value) => value,
                Value::Object(mut thing) => thing.remove("id")?.as_str()?.to_owned(),
                _ => return None,
            };
            value.rsplit('/').next().map(str::to_owned).filter(|item| !item.is_empty())
        });
        let most = self.limit.unwrap_or(PROPOSALS).min(PROPOSALS);
        Sought { name: self.query.chars().take(LONGEST).collect(), classes: classes.collect(), item, most }
    }
}

async fn service(State(site): State<Arc<Site>>, visit: Visit, request: Request) -> Result<Response, Problem> {
    let (head, body) = request.into_parts();
    let mut pairs = body::pairs(head.uri.query().unwrap_or_default())?;
    if head.method == Method::POST {
        if body::kind(&head.headers).as_deref() != Some("application/x-www-form-urlencoded") {
            let mend = "POST application/x-www-form-urlencoded with queries=".to_owned();
            return Err(Problem::Refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, mend));
        }
        pairs.extend(body::pairs(body::text(&head.headers, body, site.settings.patience).await?.trim())?);
    }
    let Some((_, queries)) = pairs.into_iter().find(|(key, _)| key == "queries") else {
        if head.method == Method::POST {
            return Err(Problem::Wrong("the request has no names: send them as queries=".to_owned()));
        }
        return Ok(Json(manifest(&site, &Origin::of(&head.headers, &site))).into_response());
    };
    let queries: serde_json::Result<Map<String, Value>> = serde_json::from_str(&queries);
    let read = |(key, query): (String, Value)| {
        let query: Query = serde_json::from_value(query).map_err(|_| {
            Problem::Wrong(r#"a query has not the form {"query": "name", "type": "Person"}"#.to_owned())
        })?;
        Ok((key, query.sought()))
    };
    let queries =
        queries.map_err(|_| Problem::Wrong(r#"queries= is no object {"q0": {"query": "name"}}"#.to_owned()))?;
    if queries.len() > BATCH {
        return Err(Problem::Wrong(format!("{} names are asked for, and {BATCH} are the most at once", queries.len())));
    }
    let (keys, sought): (Vec<String>, Vec<Sought>) =
        queries.into_iter().map(read).collect::<Result<Vec<_>, Problem>>()?.into_iter().unzip();
    let work = move |site: &Site, _: &Stop| {
        let names = site.selections.names().map_err(Problem::internal)?;
        let found = reconcile(site.store.query_store(), &names, &sought, visit.language).map_err(Problem::internal)?;
        let mut answer = Map::new();
        for (key, likely) in keys.into_iter().zip(found) {
            let result = likely.iter().map(|likely| proposal(site, likely, &visit)).collect::<Result<Vec<_>, _>>()?;
            answer.insert(key, json!({ "result": result }));
        }
        Ok(Json(Value::Object(answer)).into_response())
    };
    site.query(work).await
}

fn manifest(site: &Site, origin: &Origin) -> Value {
    let service = origin.at("");
    let suggest = |what: &str| json!({ "service_url": service, "service_path": format!("/reconcile/suggest/{what}") });
    json!({
        "versions": ["0.2"],
        "name": format!("dixit: {}", site.store.base()),
        "identifierSpace": site.store.base().as_str(),
        "schemaSpace": SCHEMA,
        "view": { "url": origin.at("/{{id}}") },
        "defaultTypes": CLASSES.iter().map(|(name, ..)| kind(name)).collect::<Vec<_>>(),
        "batchSize": BATCH,
        "preview": { "url": origin.at("/reconcile/preview?id={{id}}"), "width": 400, "height": 140 },
        "suggest": { "entity": suggest("entity"), "type": suggest("type"), "property": suggest("property") },
    })
}

/// A type: those that are not of schema.org by their whole IRI.
fn kind(name: &str) -> Value {
    let iri = CLASSES.iter().find(|(own, ..)| *own == name).map_or(name, |(_, iri, _)| iri);
    json!({ "id": iri.strip_prefix(SCHEMA).unwrap_or(iri), "name": name })
}

fn proposal(site: &Site, likely: &Likely, visit: &Visit) -> Result<Value, Problem> {
    let Likely { iri, score, is_match, classes } = likely;
    let (name, description) = named(site, iri, visit)?;
    Ok(json!({
        "id": site.store.base().relative(iri),
        "name": name,
        "description": description,
        "type": classes.iter().map(|name| kind(name)).collect::<Vec<_>>(),
        "score": (score * 10.0).round() / 10.0,
        "match": is_match,
        "features": [],
    }))
}

/// The name of a thing, and what tells it from others: its kind, its item and other names.
fn named(site: &Site, iri: &NamedNode, visit: &Visit) -> Result<(String, String), Problem> {
    let view = ThingView::read_in(&site.store, iri, visit.language.tag()).map_err(Problem::internal)?;
    let Some(view) = view else { return Ok((iri.as_str().to_owned(), String::new())) };
    let names = view.names.iter().take(3).cloned();
    let parts = view
        .named
        .kind
        .map(|kind| visit.word("thing", kind).to_owned())
        .into_iter()
        .chain(view.named.wikidata.clone())
        .chain(names);
    Ok((view.named.name, parts.collect::<Vec<_>>().join(", ")))
}

async fn suggest_entity(State(site): State<Arc<Site>>, visit: Visit) -> Result<Json<Value>, Problem> {
    let Some(prefix) = visit.parameter("prefix").map(str::to_owned) else {
        return Err(Problem::Wrong("write with what the name begins: prefix=".to_owned()));
    };
    let work = move |site: &Site, _: &Stop| {
        let names = site.selections.names().map_err(Problem::internal)?;
        let found = beginning(site.store.query_store(), &names, &prefix, PROPOSALS, visit.language);
        let found = found.map_err(Problem::internal)?;
        let entry = |likely: &Likely| {
            let (name, description) = named(site, &likely.iri, &visit)?;
            let kinds: Vec<Value> = likely.classes.iter().map(|name| kind(name)).collect();
            let id = site.store.base().relative(&likely.iri);
            Ok(json!({ "id": id, "name": name, "description": description, "notable": kinds }))
        };
        let result = found.iter().map(entry).collect::<Result<Vec<Value>, Problem>>()?;
        Ok(Json(json!({ "result": result })))
    };
    site.query(work).await
}

async fn suggest_type(visit: Visit) -> Json<Value> {
    let prefix = visit.parameter("prefix").unwrap_or_default().to_lowercase();
    let names = CLASSES.iter().map(|(name, ..)| *name).filter(|name| name.to_lowercase().contains(&prefix));
    Json(json!({ "result": names.map(kind).collect::<Vec<_>>() }))
}

async fn suggest_property() -> Json<Value> {
    Json(json!({ "result": [{ "id": ITEM, "name": "Wikidata item", "description": "Q7184, or its IRI" }] }))
}

#[derive(Template)]
#[template(path = "preview.html")]
struct Preview<'a> {
    visit: &'a Visit,
    name: String,
    description: String,
    iri: &'a str,
}

/// What a thing is, in a small frame of another page.
async fn preview(State(site): State<Arc<Site>>, visit: Visit) -> Result<Response, Problem> {
    let id = visit.parameter("id").unwrap_or_default().to_owned();
    let work = move |site: &Site| {
        let iri = site.iri(&format!("/{id}")).ok_or(Problem::NotFound)?;
        let (name, description) = named(site, &iri, &visit)?;
        if description.is_empty() {
            return Err(Problem::NotFound);
        }
        let page = Preview { visit: &visit, name, description, iri: iri.as_str() };
        page.render().map_err(Problem::internal)
    };
    let page = site.read(work).await?;
    // It holds nothing that could be clicked on unknowingly.
    let policy = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *";
    Ok(([(CONTENT_TYPE, "text/html; charset=utf-8"), (CONTENT_SECURITY_POLICY, policy)], page).into_response())
}
