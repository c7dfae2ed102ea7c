//! Names that begin as somebody typed, for the fields of forms.

use crate::query::Language;
use crate::query::complete::{kept_names_beginning, known_names_beginning};
use crate::query::names::Role;
use crate::serve::problem::Problem;
use crate::serve::site::Site;
use crate::serve::visit::Visit;
use axum::Json;
use axum::extract::State;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// So many are proposed.
const MOST: usize = 12;
/// Nobody who types waits longer.
const PATIENCE: Duration = Duration::from_millis(200);

/// `/names?q=Zel&role=actor`: the names as a JSON array.
pub async fn names(State(site): State<Arc<Site>>, visit: Visit) -> Result<Json<Vec<String>>, Problem> {
    let Some(beginning) = visit.parameter("q").map(str::to_owned) else { return Ok(Json(Vec::new())) };
    let role = match visit.parameter("role") {
        Some("actor") => Role::Actor,
        Some("outlet") => Role::Outlet,
        Some("topic") => Role::Topic,
        _ => Role::Any,
    };
    let language = visit.language;
    site.read(move |site| beginning_so(site, &beginning, role, language)).await.map(Json)
}

/// Those of the store first: of them there is something to be told.
fn beginning_so(site: &Site, beginning: &str, role: Role, language: Language) -> Result<Vec<String>, Problem> {
    let deadline = Instant::now() + PATIENCE;
    let kept = site.selections.names().map_err(Problem::internal)?;
    let stored = kept_names_beginning(site.store.query_store(), &kept, beginning, role, MOST, deadline);
    let mut names = stored.map_err(Problem::internal)?;
    let known = known_names_beginning(beginning, role, language, MOST);
    let new: Vec<String> = known.into_iter().filter(|name| !names.contains(name)).collect();
    names.extend(new);
    names.truncate(MOST);
    Ok(names)
}
