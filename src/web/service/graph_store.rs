//! A store that takes graphs by the SPARQL 1.1 Graph Store HTTP Protocol: <https://www.w3.org/TR/sparql11-http-rdf-update/>.

use super::retry;
use super::{Fault, Patience, error};
use crate::web::address;
use crate::web::client::{Client, Parcel};
use crate::web::error::Problem;
use std::thread;
use std::time::{Duration, Instant};
use ureq::http::Method;
use ureq::http::header::{HeaderValue, LOCATION, RETRY_AFTER, WWW_AUTHENTICATE};
use url::{Host, Url};

/// How much is read of what a store says.
const MAX_SAID: u64 = 1 << 16;

/// How often it is looked whether waiting is still wished.
const GLANCE: Duration = Duration::from_millis(100);

/// A store that takes graphs. It may be used by many threads at once.
pub struct GraphStore {
    client: Client,
    url: Url,
    credentials: Option<HeaderValue>,
    patience: Patience,
    /// Whether nothing is to be waited for any more.
    is_over: fn() -> bool,
}

/// Whether triples take the place of those that the graph has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    Replace,
    Add,
}

/// Why a store did not take a graph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotTaken {
    pub fault: Fault,
    /// How often it was asked.
    pub times: u32,
    /// How it wants to know who we are, if it said so: "Digest", "Basic".
    pub scheme: Option<String>,
}

impl GraphStore {
    /// The store whose graphs are at this address. Who sends the `credentials`, the value of the header `Authorization`, must
    /// have them from a place that others cannot read.
    ///
    /// # Errors
    /// It is no address of the web.
    pub fn new(
        endpoint: &str,
        credentials: Option<HeaderValue>,
        patience: Patience,
        is_over: fn() -> bool,
    ) -> Result<Self, Problem> {
        let url = address::read(endpoint)?;
        let client = Client::new(patience.allow_local, patience.timeout);
        Ok(Self { client, url, credentials, patience, is_over })
    }

    /// The address of the store.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// Whether somebody between here and the store can read who sends.
    pub fn is_overheard(&self) -> bool {
        let is_near = match self.url.host() {
            Some(Host::Ipv4(address)) => address.is_loopback(),
            Some(Host::Ipv6(address)) => address.is_loopback(),
            Some(Host::Domain(name)) => name == "localhost",
            None => true,
        };
        self.credentials.is_some() && self.url.scheme() == "http" && !is_near
    }

    /// Sends triples, as N-Triples, to a graph. As both deeds may be done twice, it is asked again when it is not known whether
    /// it heard.
    ///
    /// # Errors
    /// The last failure, when none may pass any more or enough have been waited for.
    pub fn send(&self, graph: &str, triples: &str, deed: Deed) -> Result<(), NotTaken> {
        let method = match deed {
            Deed::Replace => Method::PUT,
            Deed::Add => Method::POST,
        };
        self.ask(graph, &method, Some(triples)).map(|_| ())
    }

    /// Whether the store says that it has no such graph. One that cannot tell has it, and one that does not know how to be
    /// asked without an answer is asked for the graph.
    ///
    /// # Errors
    /// As for [`GraphStore::send`].
    pub fn lacks(&self, graph: &str) -> Result<bool, NotTaken> {
        for method in [Method::HEAD, Method::GET] {
            match self.ask(graph, &method, None) {
                Err(NotTaken { fault: Fault::Status { code: 404, .. }, .. }) => {}
                Ok(()) | Err(NotTaken { fault: Fault::Status { .. }, .. }) => return Ok(false),
                Err(fault) => return Err(fault),
            }
        }
        Ok(true)
    }

    fn ask(&self, graph: &str, method: &Method, triples: Option<&str>) -> Result<(), NotTaken> {
        let mut url = self.url.clone();
        url.query_pairs_mut().append_pair("graph", graph);
        let mut times = 1;
        loop {
            let (fault, scheme) = match self.once(&url, method, triples) {
                Ok(()) => return Ok(()),
                Err(fault) => fault,
            };
            let wait = self.wait(&fault, times).filter(|_| times <= self.patience.retries);
            let failed = NotTaken { fault, times, scheme };
            let Some(wait) = wait else { return Err(failed) };
            let until = Instant::now() + wait;
            while Instant::now() < until {
                if (self.is_over)() {
                    return Err(failed);
                }
                thread::sleep(GLANCE.min(until.saturating_duration_since(Instant::now())));
            }
            times += 1;
        }
    }

    /// How long to wait before a graph is sent again. A graph is sent again also to who was silent or away for a moment.
    fn wait(&self, fault: &Fault, times: u32) -> Option<Duration> {
        match fault {
            Fault::Slow { .. } | Fault::Unasked(Problem::Unreachable { .. }) => Some(self.patience.doubled(times)),
            other => self.patience.wait(other, times),
        }
    }

    fn once(&self, url: &Url, method: &Method, triples: Option<&str>) -> Result<(), (Fault, Option<String>)> {
        let parcel = Parcel { method, triples, credentials: self.credentials.as_ref() };
        let answer = self.client.deliver(url, &parcel, MAX_SAID).map_err(|problem| (problem.into(), None))?;
        match answer.status.as_u16() {
            200..=299 => Ok(()),
            // What was sent, and to whom we are known, is nobody else's.
            301..=308 if answer.text(&LOCATION).is_some() => {
                let to = address::follow(url, answer.text(&LOCATION).unwrap_or_default());
                Err((to.map_or_else(Fault::from, |to| Fault::Elsewhere { to: to.to_string() }), None))
            }
            code => {
                let wait = answer.text(&RETRY_AFTER).and_then(retry::after);
                let scheme = answer.text(&WWW_AUTHENTICATE).and_then(|said| said.split(' ').next());
                Err((Fault::Status { code, said: error::first_words(&answer.body), wait }, scheme.map(str::to_owned)))
            }
        }
    }
}
