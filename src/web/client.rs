//! One request and its answer, by HTTP and TLS: never a redirect, never longer or larger than allowed.

use super::address;
use super::error::Problem;
use super::guard::{Guard, NotConnected};
use super::{Question, Validators};
use flate2::read::MultiGzDecoder;
use std::io::{self, Read};
use std::sync::Arc;
use std::time::Duration;
use ureq::http::header::{
    ACCEPT, AUTHORIZATION, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderName, IF_MODIFIED_SINCE, IF_NONE_MATCH,
    LAST_MODIFIED, LOCATION,
};
use ureq::http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode};
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};
use url::Url;

/// Makes requests. Connections stay open for a while, for the next request to the same host.
pub(super) struct Client {
    agent: Agent,
    timeout: Duration,
    /// Whether this machine knows anybody who vouches for sites.
    has_roots: bool,
}

/// What is sent to a store that keeps graphs.
pub(super) struct Parcel<'a> {
    pub(super) method: &'a Method,
    /// N-Triples.
    pub(super) triples: Option<&'a str>,
    /// Who sends it.
    pub(super) credentials: Option<&'a HeaderValue>,
}

/// What a server answers.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    /// The unpacked body if the status is one of success.
    pub(super) body: Vec<u8>,
    /// Whether the body is longer, and was left there.
    pub(super) cut: bool,
}

impl Client {
    /// A client that waits no longer than `timeout` for an answer, and whom the guard keeps from this machine's network
    /// unless `allow_local`.
    pub(super) fn new(allow_local: bool, timeout: Duration) -> Self {
        // What cannot be read of them is left out; if nothing is left, we say so when it matters.
        let roots = rustls_native_certs::load_native_certs().certs;
        let has_roots = !roots.is_empty();
        let roots: Vec<Certificate> = roots.iter().map(|root| Certificate::from_der(root).to_owned()).collect();
        let tls = TlsConfig::builder()
            .root_certs(RootCerts::from(roots))
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .build();
        let config = Agent::config_builder()
            // Redirects lead to other hosts, whose rules have to be asked for first.
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .timeout_global(Some(timeout))
            // A proxy would connect for us, and to where the guard would not.
            .proxy(None)
            .user_agent(user_agent())
            .accept_encoding("gzip")
            .tls_config(tls)
            .build();
        let agent = Agent::with_parts(config, DefaultConnector::default(), Guard::new(allow_local));
        Self { agent, timeout, has_roots }
    }

    /// Asks for `url`, if it is not as `known`, and reads no more than `limit` bytes of what is sent.
    pub(super) fn get(&self, url: &Url, known: Option<&Validators>, limit: u64) -> Result<Answer, Problem> {
        self.ask(url, limit, StatusCode::is_success, || {
            let mut request = self.agent.get(url.as_str());
            for (name, value) in known.into_iter().flat_map(Validators::conditions) {
                request = request.header(name, value);
            }
            request.call()
        })
    }

    /// Puts a question to the service at `url`, and reads no more than `limit` bytes of what it says, also where it says
    /// what is wrong.
    pub(super) fn put(&self, url: &Url, question: &Question<'_>, limit: u64) -> Result<Answer, Problem> {
        let is_read = |status: &StatusCode| !status.is_redirection();
        self.ask(url, limit, is_read, || match question.body {
            None => self.agent.get(url.as_str()).header(ACCEPT, question.accept).call(),
            Some((form, text)) => {
                let request = self.agent.post(url.as_str()).header(ACCEPT, question.accept);
                request.header(CONTENT_TYPE, form).send(text)
            }
        })
    }

    /// Sends triples to a store, or asks it for a graph, and reads no more than `limit` bytes of what it says.
    pub(super) fn deliver(&self, url: &Url, parcel: &Parcel<'_>, limit: u64) -> Result<Answer, Problem> {
        let mut request = Request::builder().method(parcel.method).uri(url.as_str());
        if let Some(credentials) = parcel.credentials {
            request = request.header(AUTHORIZATION, credentials);
        }
        let is_read = |status: &StatusCode| !status.is_redirection() && *parcel.method != Method::HEAD;
        self.ask(url, limit, is_read, || match parcel.triples {
            Some(triples) => self.agent.run(request.header(CONTENT_TYPE, "application/n-triples").body(triples)?),
            None => self.agent.run(request.body(())?),
        })
    }

    fn ask(
        &self,
        url: &Url,
        limit: u64,
        is_read: impl Fn(&StatusCode) -> bool,
        request: impl FnOnce() -> Result<Response<Body>, ureq::Error>,
    ) -> Result<Answer, Problem> {
        if url.scheme() == "https" && !self.has_roots {
            return Err(Problem::NoRoots);
        }
        let answer = request().and_then(|response| Answer::read(response, limit, is_read));
        answer.map_err(|error| self.problem(error))
    }

    /// What an error of the layers below means to the reader.
    fn problem(&self, error: ureq::Error) -> Problem {
        match error {
            ureq::Error::Timeout(_) => Problem::Slow { limit: self.timeout },
            ureq::Error::Other(error) => match error.downcast::<NotConnected>() {
                Ok(reason) => (*reason).into(),
                Err(other) => Problem::Broken { reason: other.to_string() },
            },
            ureq::Error::Rustls(reason) => Problem::Untrusted { reason: reason.to_string() },
            ureq::Error::Tls(reason) => Problem::Untrusted { reason: reason.to_owned() },
            ureq::Error::BadUri(reason) => Problem::NotAnAddress { reason },
            ureq::Error::Io(reason) if reason.get_ref().is_some_and(|inner| inner.is::<rustls::Error>()) => {
                Problem::Untrusted { reason: reason.to_string() }
            }
            ureq::Error::Io(reason) if reason.kind() == io::ErrorKind::TimedOut => {
                Problem::Slow { limit: self.timeout }
            }
            ureq::Error::Io(reason) if reason.raw_os_error().is_some() => {
                Problem::Unreachable { reason: reason.to_string() }
            }
            ureq::Error::Io(reason) => Problem::Broken { reason: reason.to_string() },
            other => Problem::Broken { reason: other.to_string() },
        }
    }
}

impl From<NotConnected> for Problem {
    fn from(reason: NotConnected) -> Self {
        match reason {
            NotConnected::Private(address) => Self::Private { address },
            NotConnected::Unresolved(reason) => Self::Unresolved { reason },
        }
    }
}

impl Answer {
    fn read(response: Response<Body>, limit: u64, is_read: impl Fn(&StatusCode) -> bool) -> Result<Self, ureq::Error> {
        let (parts, body) = response.into_parts();
        let mut answer = Self { status: parts.status, headers: parts.headers, body: Vec::new(), cut: false };
        if is_read(&answer.status) {
            let packed = body.into_reader();
            let unpacked = match answer.text(&CONTENT_ENCODING).map(str::to_ascii_lowercase).as_deref() {
                None | Some("" | "identity") => packed.take(limit.saturating_add(1)).read_to_end(&mut answer.body),
                Some("gzip" | "x-gzip") => {
                    MultiGzDecoder::new(packed).take(limit.saturating_add(1)).read_to_end(&mut answer.body)
                }
                Some(other) => Err(io::Error::other(format!("packed as {other}, which was not asked for"))),
            };
            unpacked?;
            answer.cut = answer.body.len() as u64 > limit;
            answer.body.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        }
        Ok(answer)
    }

    /// A header's value, if it is text.
    pub(super) fn text(&self, name: &HeaderName) -> Option<&str> {
        self.headers.get(name).and_then(|value| str::from_utf8(value.as_bytes()).ok()).map(str::trim)
    }

    /// Where to go instead (RFC 9110, 15.4), seen from `url`.
    pub(super) fn redirect(&self, url: &Url) -> Option<Result<Url, Problem>> {
        let redirects = matches!(self.status.as_u16(), 301 | 302 | 303 | 307 | 308);
        let location = redirects.then(|| self.text(&LOCATION))??;
        Some(address::follow(url, location))
    }

    /// What tells this body from later ones.
    pub(super) fn validators(&self) -> Validators {
        let owned = |name| self.text(name).map(str::to_owned);
        Validators { etag: owned(&ETAG), last_modified: owned(&LAST_MODIFIED) }
    }
}

impl Validators {
    /// The headers that ask for a body only if it is another one. What cannot be a header's value is left out.
    fn conditions(&self) -> impl Iterator<Item = (HeaderName, HeaderValue)> {
        [(IF_NONE_MATCH, &self.etag), (IF_MODIFIED_SINCE, &self.last_modified)]
            .into_iter()
            .filter_map(|(name, value)| Some((name, HeaderValue::from_str(value.as_deref()?).ok()?)))
    }
}

/// Who we say we are: the program, its version, and where to read about it.
fn user_agent() -> String {
    let version = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
    match env!("CARGO_PKG_REPOSITORY") {
        "" => version.to_owned(),
        repository => format!("{version} (+{repository})"),
    }
}
