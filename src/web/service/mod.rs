//! A service of the web is asked: a question, and its answer. What may pass is waited for, with growing pauses or as long
//! as the service asks for, but not for ever.

mod error;
mod graph_store;
mod retry;

pub use error::{Fault, ServiceError};
pub use graph_store::{Deed, GraphStore, NotTaken};

use super::address;
use super::client::Client;
use super::content_type;
use super::pace::Pace;
use std::thread;
use std::time::Duration;
use ureq::http::header::{CONTENT_TYPE, LOCATION, RETRY_AFTER};
use url::Url;

/// How patiently services are asked.
#[derive(Debug, Clone)]
pub struct Patience {
    /// Whether services at addresses may be asked that are not of the public internet, such as those of this machine.
    pub allow_local: bool,
    /// How long an answer may take, from the first look at the address to its last byte.
    pub timeout: Duration,
    /// The largest answer, in bytes after unpacking.
    pub max_bytes: u64,
    /// How long to wait between two requests; after each one that failed, twice as long as before.
    pub pause: Duration,
    /// How often a question is asked again after it failed for a reason that may pass.
    pub retries: u32,
    /// The longest wait before it is asked again. A service that asks for more is left alone.
    pub longest_wait: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            allow_local: false,
            timeout: Duration::from_secs(30),
            max_bytes: 8 << 20,
            pause: Duration::from_secs(1),
            retries: 4,
            longest_wait: Duration::from_secs(60),
        }
    }
}

/// What a service is asked.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The media types that we read.
    pub accept: &'a str,
    /// The media type of what is posted, and its text. Without it the address alone is the question.
    pub body: Option<(&'a str, &'a str)>,
}

/// What a service answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// Its media type in small letters and without parameters.
    pub content_type: Option<String>,
    /// The bytes, unpacked.
    pub body: Vec<u8>,
}

/// Asks services, one request at a time to each.
pub struct Caller {
    client: Client,
    pace: Pace,
    patience: Patience,
}

impl Caller {
    /// A caller that has asked nobody yet.
    pub fn new(patience: Patience) -> Self {
        Self { client: Client::new(patience.allow_local, patience.timeout), pace: Pace::default(), patience }
    }

    /// Asks the service at `address`.
    ///
    /// # Errors
    /// The last failure, when none may pass any more or enough have been waited for.
    pub fn ask(&self, address: &str, question: &Question<'_>) -> Result<Reply, ServiceError> {
        let failed = |fault, times| ServiceError { service: address::shown(address), fault, times };
        let url = address::read(address).map_err(|problem| failed(problem.into(), 1))?;
        let mut times = 1;
        loop {
            let fault = match self.once(&url, question) {
                Ok(reply) => return Ok(reply),
                Err(fault) => fault,
            };
            let wait = self.patience.wait(&fault, times).filter(|_| times <= self.patience.retries);
            let Some(wait) = wait else { return Err(failed(fault, times)) };
            thread::sleep(wait);
            times += 1;
        }
    }

    fn once(&self, url: &Url, question: &Question<'_>) -> Result<Reply, Fault> {
        let Patience { pause, max_bytes, .. } = self.patience;
        let host = url.host_str().unwrap_or_default();
        let answer = self.pace.turn(host, pause, || self.client.put(url, question, max_bytes))?;
        match answer.status.as_u16() {
            200..=299 if answer.cut => Err(Fault::TooLarge { limit: max_bytes }),
            200..=299 => {
                let content_type = answer.text(&CONTENT_TYPE).and_then(|header| content_type::read(header).0);
                Ok(Reply { content_type, body: answer.body })
            }
            // A question that was posted is not posted to somebody else.
            301..=308 if answer.text(&LOCATION).is_some() => {
                let to = address::follow(url, answer.text(&LOCATION).unwrap_or_default())?;
                Err(Fault::Elsewhere { to: to.to_string() })
            }
            code => {
                let wait = answer.text(&RETRY_AFTER).and_then(retry::after);
                Err(Fault::Status { code, said: error::first_words(&answer.body), wait })
            }
        }
    }
}
