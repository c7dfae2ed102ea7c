//! The robots.txt of each site, asked for once and kept: whether we may fetch from it (RFC 9309, 2.3 and 2.4).

use super::address;
use super::client::{Answer, Client};
use super::error::{self, Problem};
use super::pace::{Pace, lock};
use super::robots::{self, Rules};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use url::Url;

/// How long the rules of a site are believed (RFC 9309, 2.4: no longer than a day).
const RULES_LAST: Duration = Duration::from_secs(24 * 60 * 60);

/// How long a site is left alone whose rules could not be read.
const FAILURES_LAST: Duration = Duration::from_secs(5 * 60);

/// How many redirects lead to a robots.txt at most; if there are more, the site has none (RFC 9309, 2.3.1.2).
const MAX_REDIRECTS: u32 = 5;

/// What each site allows, for all threads.
#[derive(Default)]
pub(super) struct Permits {
    sites: Mutex<HashMap<String, Arc<Mutex<Permit>>>>,
}

/// What a site allows, as far as it was asked. Whoever asks it holds the lock, so that others wait for the answer.
type Permit = Option<(Result<Arc<Rules>, Problem>, Instant)>;

impl Permits {
    /// The rules of the site of `url`, which is asked for them if they are not known.
    pub(super) fn rules(
        &self,
        url: &Url,
        client: &Client,
        pace: &Pace,
        delay: Duration,
    ) -> Result<Arc<Rules>, Problem> {
        let site = Arc::clone(lock(&self.sites).entry(url.origin().ascii_serialization()).or_default());
        let mut permit = lock(&site);
        if let Some((rules, until)) = &*permit
            && Instant::now() < *until
        {
            return rules.clone();
        }
        let rules = ask(url, client, pace, delay).map(Arc::new);
        let lasts = if rules.is_ok() { RULES_LAST } else { FAILURES_LAST };
        *permit = Some((rules.clone(), Instant::now() + lasts));
        rules
    }
}

/// Fetches the rules of the site of `url`.
fn ask(url: &Url, client: &Client, pace: &Pace, delay: Duration) -> Result<Rules, Problem> {
    let mut at = address::follow(url, "/robots.txt")?;
    for _ in 0..=MAX_REDIRECTS {
        let host = at.host_str().unwrap_or_default();
        let answer = pace.turn(host, delay, || client.get(&at, None, robots::MAX_BYTES));
        let answer = answer.map_err(unreadable)?;
        match answer.redirect(&at) {
            Some(next) => at = next.map_err(unreadable)?,
            None => return read(&answer),
        }
    }
    Ok(Rules::default())
}

/// The rules that an answer gives. One that says there are none (400 to 499) allows everything, one that says nothing
/// now (500 to 599, and 429 Too Many Requests, which the RFC leaves to us) nothing.
fn read(answer: &Answer) -> Result<Rules, Problem> {
    match answer.status.as_u16() {
        200..=299 => {
            let text = String::from_utf8_lossy(&answer.body);
            // Half a rule may forbid more than the whole.
            let whole = if answer.cut { text.rfind(['\r', '\n']).unwrap_or(0) } else { text.len() };
            Ok(Rules::read(&text[..whole]))
        }
        code @ (429 | 500..) => Err(unreadable(Problem::Status { code })),
        _ => Ok(Rules::default()),
    }
}

/// A problem that the page itself would have is told as it is, any other as one of robots.txt.
fn unreadable(problem: Problem) -> Problem {
    let reason = match problem {
        Problem::Status { code } => format!("answers {}", error::status(code)),
        Problem::Slow { limit } => format!("took longer than {}", error::seconds(&limit)),
        Problem::Broken { reason } => reason,
        Problem::NotAnAddress { .. } | Problem::NotWeb { .. } | Problem::UserInfo => "redirects to nowhere".to_owned(),
        other => return other,
    };
    Problem::NoRobots { reason }
}
