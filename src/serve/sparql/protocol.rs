//! What a request asks: the [SPARQL 1.1 Protocol](https://www.w3.org/TR/sparql11-protocol/), of which only the query is done.

use crate::serve::body;
use crate::serve::problem::Problem;
use axum::body::Body;
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use std::time::Duration;

/// What a request asks.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The query, if there is one.
    pub query: Option<String>,
    /// The graphs whose union it is asked of, in place of those that it names itself.
    pub default_graphs: Vec<String>,
    /// The graphs that `GRAPH` reaches.
    pub named_graphs: Vec<String>,
    /// The wished format, by a name.
    pub format: Option<String>,
}

const FORM: &str = "application/x-www-form-urlencoded";
const QUERY: &str = "application/sparql-query";
const UPDATE: &str = "application/sparql-update";
/// The parameters by which programs choose a format.
const FORMAT: [&str; 3] = ["format", "output", "results"];

impl Asked {
    /// Reads a request.
    ///
    /// # Errors
    /// When it is none of the protocol, or wants to change something.
    pub async fn read(head: &Parts, body: Body, patience: Duration) -> Result<Self, Problem> {
        let mut asked = Self::default();
        asked.take(body::pairs(head.uri.query().unwrap_or_default())?)?;
        if head.method == Method::POST {
            match body::kind(&head.headers).as_deref() {
                Some(FORM) => {
                    let form = body::text(&head.headers, body, patience).await?;
                    asked.take(body::pairs(form.trim())?)?;
                }
                Some(QUERY) => {
                    let query = body::text(&head.headers, body, patience).await?;
                    asked.take(vec![("query".to_owned(), query)])?;
                }
                Some(UPDATE) => return Err(read_only()),
                kind => {
                    let what = kind.map_or("a body without a Content-Type".to_owned(), |kind| format!("`{kind}`"));
                    let mend = format!("{what} is not understood: POST {QUERY}, or {FORM} with query=");
                    return Err(Problem::Refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, mend));
                }
            }
            if asked.query.is_none() {
                return Err(Problem::Wrong("the request has no query: send it as query=".to_owned()));
            }
        }
        Ok(asked)
    }

    fn take(&mut self, pairs: Vec<(String, String)>) -> Result<(), Problem> {
        for (key, value) in pairs {
            match key.as_str() {
                "query" if self.query.is_some() => {
                    return Err(Problem::Wrong("the request has several queries: send one query=".to_owned()));
                }
                "query" => self.query = Some(value),
                "update" => return Err(read_only()),
                "default-graph-uri" => self.default_graphs.push(value),
                "named-graph-uri" => self.named_graphs.push(value),
                key if FORMAT.contains(&key) && self.format.is_none() && !value.is_empty() => self.format = Some(value),
                // Programs send parameters of other endpoints, such as timeouts.
                _ => {}
            }
        }
        Ok(())
    }
}

fn read_only() -> Problem {
    Problem::Forbidden("this endpoint only reads: no SPARQL update is done here".to_owned())
}
