//! Who may change the store: whoever has the token, and asks from a page of this site.
//!
//! The token is given once, in a form, and kept in a cookie that scripts cannot read and the browser sends to this site only.
//! What changes something must moreover come from a page of this site, which the browser says of every form.

use super::body;
use super::origin::Origin;
use super::problem::Problem;
use super::site::Site;
use super::visit::cookie;
use crate::graph::sha256;
use axum::body::Body;
use axum::http::header::ORIGIN;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use url::form_urlencoded;

const TOKEN: &str = "token";
const NAME: &str = "by";
/// Where the cookies go, and how.
const BOUNDS: &str = "Path=/review; SameSite=Strict; HttpOnly; Max-Age=2592000";
/// The longest name.
const LONGEST: usize = 100;

/// A person who may change the store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writer {
    /// Kept with what is done.
    pub name: String,
}

impl Writer {
    /// Who asks, by the cookies of the request; nobody if they have not given the token.
    ///
    /// # Errors
    /// When nobody may change the store.
    pub fn of(headers: &HeaderMap, site: &Site) -> Result<Option<Self>, Problem> {
        let token = token(site)?;
        let given = cookie(headers, TOKEN).is_some_and(|given| is_same(given, token));
        let name = cookie(headers, NAME).map(decoded).unwrap_or_default();
        Ok((given && !name.is_empty()).then_some(Self { name }))
    }

    /// The cookies that keep a token and a name.
    ///
    /// # Errors
    /// When the token is another.
    pub fn enter(pairs: &[(String, String)], site: &Site) -> Result<[String; 2], Problem> {
        let value = |key| pairs.iter().find(|(name, _)| name == key).map_or("", |(_, value)| value.trim());
        let wanted = token(site)?;
        if !is_same(value(TOKEN), wanted) {
            return Err(Problem::Forbidden("this is not the token that `dixit serve --writable` printed".to_owned()));
        }
        let name: String = value(NAME).chars().filter(|c| !c.is_control()).take(LONGEST).collect();
        if name.is_empty() {
            return Err(Problem::Wrong("a name is needed: it is kept with what is corrected".to_owned()));
        }
        let name: String = form_urlencoded::byte_serialize(name.as_bytes()).collect();
        Ok([format!("{TOKEN}={wanted}; {BOUNDS}"), format!("{NAME}={name}; {BOUNDS}")])
    }
}

/// The pairs of a form that one of our own pages sent.
///
/// # Errors
/// When it came from elsewhere, is too large or none.
pub async fn form(head: &Parts, body: Body, site: &Site) -> Result<Vec<(String, String)>, Problem> {
    if !is_ours(&head.headers, site) {
        let mend = "this can only be done from a page of this site";
        return Err(Problem::Refused(StatusCode::FORBIDDEN, mend.to_owned()));
    }
    body::pairs(body::text(&head.headers, body, site.settings.patience).await?.trim())
}

/// Whether the browser says that a page of this site asks. What says nothing is no browser, or an old one.
fn is_ours(headers: &HeaderMap, site: &Site) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let origin = text(ORIGIN.as_str()).map(|origin| origin == Origin::of(headers, site).at(""));
    match (text("sec-fetch-site"), origin) {
        (Some(place), origin) => place == "same-origin" && origin != Some(false),
        (None, origin) => origin == Some(true),
    }
}

fn token(site: &Site) -> Result<&str, Problem> {
    let mend = "nothing can be changed here, unless the site is served with --writable";
    site.settings.token.as_deref().ok_or_else(|| Problem::Forbidden(mend.to_owned()))
}

/// Takes as long whatever is the same.
fn is_same(given: &str, token: &str) -> bool {
    sha256(given) == sha256(token)
}

fn decoded(value: &str) -> String {
    let pair = format!("v={value}");
    form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned()).unwrap_or_default()
}
