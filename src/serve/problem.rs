//! What goes wrong, as an answer: one line, without what only concerns ourselves.

use super::page::problem_page;
use super::visit::Visit;
use axum::extract::{FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::header::ALLOW;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::fmt::Display;

/// Why a request has no other answer.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Problem {
    #[error("there is nothing here")]
    NotFound,
    /// What was asked wrongly, and the mend.
    #[error("{0}")]
    Wrong(String),
    #[error("{0}")]
    Forbidden(String),
    #[error("too much is asked at this moment: try again in a few seconds")]
    Busy,
    /// A query that took too long or gave too much.
    #[error("{0}")]
    TooMuch(String),
    #[error("{1}")]
    Refused(StatusCode, String),
    #[error("something went wrong here: the terminal in which dixit serves says what")]
    Internal,
}

impl Problem {
    /// What only concerns ourselves goes to standard error.
    pub fn internal(error: impl Display) -> Self {
        eprintln!("dixit: {error}");
        Self::Internal
    }

    /// The status of the answer.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Wrong(_) => StatusCode::BAD_REQUEST,
            Self::Forbidden(_) => StatusCode::FORBIDDEN,
            Self::Busy | Self::TooMuch(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Refused(status, _) => *status,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = (self.status(), format!("{self}\n")).into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// Shows problems to people as a page.
pub async fn show(request: Request, next: Next) -> Response {
    let (mut head, body) = request.into_parts();
    let visit = Visit::from_request_parts(&mut head, &()).await;
    let response = next.run(Request::from_parts(head, body)).await;
    match (response.extensions().get::<Problem>().cloned(), visit) {
        (Some(problem), Ok(visit)) if visit.reads_pages => {
            let mut page = problem_page(&problem, visit);
            let methods = response.headers().get(ALLOW).cloned();
            page.headers_mut().extend(methods.map(|methods| (ALLOW, methods)));
            page
        }
        _ => response,
    }
}
