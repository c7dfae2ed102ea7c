//! Pages that are asked for again: they are sent as they were made, for as long as the store says the same.
//!
//! An answer is kept with all on which it depends: the state of the store, the day (which "the last 30 days" mean), the address,
//! the language, and what the client accepts. It is no matter for addresses that tell of more, such as the name of the site.

use super::site::Site;
use super::visit::Visit;
use crate::graph::clock;
use crate::kept::Kept;
use crate::query::Language;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT, CACHE_CONTROL, IF_NONE_MATCH, SET_COOKIE};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use hyper::body::{Body as _, Bytes};
use jiff::civil::Date;
use std::sync::Arc;

/// So many bytes are kept, twice.
const MOST: usize = 16 << 20;
/// What is larger is made anew each time, in bytes.
const LARGEST: usize = 256 << 10;
/// What the head of an answer takes, roughly.
const HEAD: usize = 1 << 10;

/// What an answer depends on.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Asked {
    state: u64,
    day: Date,
    address: String,
    language: Language,
    accept: Vec<u8>,
}

/// An answer.
#[derive(Clone)]
pub struct Made {
    headers: HeaderMap,
    body: Bytes,
}

/// The answers that are kept.
pub fn kept() -> Kept<Asked, Made> {
    Kept::new(MOST, |asked, made| HEAD + asked.address.len() + made.body.len())
}

impl Asked {
    /// `None` if the answer is for this request alone.
    fn by(request: &Request, site: &Site) -> Option<Self> {
        let headers = request.headers();
        if request.method() != Method::GET || headers.contains_key(IF_NONE_MATCH) {
            return None;
        }
        let accept: Vec<_> = headers.get_all(ACCEPT).iter().map(|value| value.as_bytes()).collect();
        Some(Self {
            state: site.state(),
            day: clock::today(),
            address: request.uri().to_string(),
            language: Visit::of(request.uri(), headers).language,
            accept: accept.join(&b","[..]),
        })
    }
}

/// Sends what is kept, or keeps what is sent.
pub async fn again(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let Some(asked) = Asked::by(&request, &site) else { return next.run(request).await };
    if let Some(Made { headers, body }) = site.made.get(&asked) {
        return (headers, body).into_response();
    }
    let (head, body) = next.run(request).await.into_parts();
    let is_own = head.headers.contains_key(SET_COOKIE) || head.headers.contains_key(CACHE_CONTROL);
    // What comes in pieces has no size that is known.
    let is_small = body.size_hint().exact().is_some_and(|size| size <= LARGEST as u64);
    if head.status != StatusCode::OK || is_own || !is_small {
        return Response::from_parts(head, body);
    }
    match to_bytes(body, LARGEST).await {
        Ok(body) => {
            site.made.keep(asked, Made { headers: head.headers.clone(), body: body.clone() });
            Response::from_parts(head, Body::from(body))
        }
        Err(error) => super::problem::Problem::internal(error).into_response(),
    }
}
