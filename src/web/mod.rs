//! The web: pages and feeds are fetched by [`Fetcher::fetch`], politely and safely.
//!
//! Politely: as every site's robots.txt allows (RFC 9309), with the program's own name, one request at a time to a host
//! and a pause after each, and not again if nothing has changed (RFC 9110, 13). Safely: a page or feed cannot lead to
//! addresses that are not of the public internet, by redirect, odd spelling or name resolution; answers are bounded in
//! time and unpacked size.
//!
//! Services that answer questions are asked by a [`Caller`], one request after the other and with patience, behind the same
//! guard and within the same bounds. Who runs such a service invites programs, so that no robots.txt is asked.
//!
//! Graphs are sent to another store by a [`GraphStore`], which alone may be told who we are.
//!
//! Environment variables that name a proxy (`HTTPS_PROXY` and so on) are not heeded: a proxy connects by itself, where
//! the guard could check nothing. Who is known by a cookie or password is not known to us: nothing of it is kept, and nothing sent
//! but what a [`GraphStore`] is given for its own address.

mod address;
mod client;
mod content_type;
mod error;
mod guard;
mod memory;
mod pace;
mod permit;
mod robots;
mod service;

pub(crate) use error::status as status_name;
pub use error::{FetchError, Problem};
pub use memory::Memory;
pub use robots::Rules;
pub use service::{Caller, Deed, Fault, GraphStore, NotTaken, Patience, Question, Reply, ServiceError};
pub use ureq::http::HeaderValue;

use crate::article;
use client::{Answer, Client};
use pace::Pace;
use permit::Permits;
use std::time::Duration;
use ureq::http::header::CONTENT_TYPE;
use url::Url;

/// How pages are fetched.
#[derive(Debug, Clone)]
pub struct Options {
    /// Whether addresses may be fetched that are not of the public internet, such as those of this machine.
    pub allow_local: bool,
    /// How long to wait between two requests to one host. A site may ask for more in its robots.txt.
    pub delay: Duration,
    /// How long a request may take from the first look at its address to the last byte of its answer. Each redirect and
    /// each robots.txt is a request; waiting for a host's turn counts for nothing.
    pub timeout: Duration,
    /// The largest body, in bytes after unpacking.
    pub max_bytes: u64,
    /// How many redirects one after the other are followed.
    pub max_redirects: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            allow_local: false,
            delay: Duration::from_secs(1),
            timeout: Duration::from_secs(30),
            max_bytes: article::MAX_BYTES,
            max_redirects: 5,
        }
    }
}

/// What is known of a body that was fetched before, by which the server tells whether there is another one (RFC 9110,
/// 8.8). They hold for the address that was asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Validators {
    /// The `ETag` header.
    pub etag: Option<String>,
    /// The `Last-Modified` header.
    pub last_modified: Option<String>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fetched {
    /// There is a body, and another one than was known.
    New(Response),
    /// Nothing has changed since what was known (304).
    Unchanged,
}

/// A page, feed or other body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// Its address, after redirects and without fragment.
    pub address: String,
    /// Its media type in small letters and without parameters, for example `text/html`.
    pub content_type: Option<String>,
    /// Its encoding in small letters as the server names it, for example `utf-8`.
    pub charset: Option<String>,
    /// By which to ask next time.
    pub validators: Validators,
    /// The bytes, unpacked.
    pub body: Vec<u8>,
}

/// Fetches pages and feeds. Several threads can use it at once; what it knows of hosts and sites is common to them.
pub struct Fetcher {
    options: Options,
    client: Client,
    pace: Pace,
    permits: Permits,
}

impl Fetcher {
    /// A fetcher that has asked no one yet.
    pub fn new(options: Options) -> Self {
        Self {
            client: Client::new(options.allow_local, options.timeout),
            pace: Pace::default(),
            permits: Permits::default(),
            options,
        }
    }

    /// Fetches what is at `address`, unless it is still what is `known`.
    pub fn fetch(&self, address: &str, known: Option<&Validators>) -> Result<Fetched, FetchError> {
        let error = |last, problem| FetchError { address: address::shown(address), last, problem };
        let first = address::read(address).map_err(|problem| error(None, problem))?;
        let mut at = first.clone();
        self.follow(&mut at, known).map_err(|problem| error((at != first).then(|| at.to_string()), problem))
    }

    /// Goes from redirect to redirect; `at` is the address at hand, and afterwards the last one.
    fn follow(&self, at: &mut Url, known: Option<&Validators>) -> Result<Fetched, Problem> {
        let limit = self.options.max_redirects;
        for _ in 0..=limit {
            let answer = self.ask(at, known)?;
            match answer.redirect(at) {
                Some(next) => *at = next?,
                None => return self.result(at, answer, known.is_some()),
            }
        }
        Err(Problem::TooManyRedirects { limit })
    }

    /// Asks for one address, if its site allows it and when it is its turn.
    fn ask(&self, url: &Url, known: Option<&Validators>) -> Result<Answer, Problem> {
        let Options { delay, max_bytes, .. } = self.options;
        let rules = self.permits.rules(url, &self.client, &self.pace, delay)?;
        if !rules.allow(address::path(url)) {
            return Err(Problem::Disallowed);
        }
        let delay = rules.delay.map_or(delay, |asked| asked.max(delay));
        self.pace.turn(url.host_str().unwrap_or_default(), delay, || self.client.get(url, known, max_bytes))
    }

    fn result(&self, url: &Url, answer: Answer, conditional: bool) -> Result<Fetched, Problem> {
        match answer.status.as_u16() {
            200..=299 if answer.cut => Err(Problem::TooLarge { limit: self.options.max_bytes }),
            200..=299 => {
                let (content_type, charset) = answer.text(&CONTENT_TYPE).map_or((None, None), content_type::read);
                let validators = answer.validators();
                let address = url.to_string();
                Ok(Fetched::New(Response { address, content_type, charset, validators, body: answer.body }))
            }
            304 if conditional => Ok(Fetched::Unchanged),
            code => Err(Problem::Status { code }),
        }
    }
}
