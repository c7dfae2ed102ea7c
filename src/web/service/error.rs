//! What can go wrong with a service: each message is one line that names it, what it answered, and the mend.

use crate::one_line::one_line;
use crate::web::error::{Problem, bytes, seconds, status};
use std::fmt;
use std::time::Duration;

/// How many characters of an answer a message shows.
const SHOWN: usize = 80;

/// Why a service gave no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{service}: {fault}{}", Times(*.times))]
pub struct ServiceError {
    /// The address of the service.
    pub service: String,
    /// What is wrong with it, at last.
    pub fault: Fault,
    /// How often it was asked.
    pub times: u32,
}

struct Times(u32);

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 > 1 { write!(f, " (asked {} times)", self.0) } else { Ok(()) }
    }
}

/// What is wrong with a service.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// Another status than one of success.
    #[error("answers {}{}: {}", status(*.code), Said(.said), mend(*.code, *.wait))]
    Status { code: u16, said: String, wait: Option<Duration> },

    /// A redirect.
    #[error("redirects to {to}: give that address if you trust it")]
    Elsewhere { to: String },

    #[error("answers more than {}, which is not read: ask for less at once", bytes(*.limit))]
    TooLarge { limit: u64 },

    #[error("took longer than {}: try again later, or give it more time with --service-timeout", seconds(.limit))]
    Slow { limit: Duration },

    /// The connection broke off, or what was sent is no HTTP.
    #[error("the answer broke off or is broken ({}): try again later", one_line(reason))]
    Broken { reason: String },

    /// Success, it says, but not with what it was asked for.
    #[error("answers no {wanted} but {}: check the address", Instead(.said))]
    Nonsense { wanted: &'static str, said: String },

    /// It speaks another language of its kind.
    #[error("speaks only version {spoken} of the reconciliation API, and dixit 0.1 and 0.2: choose another service")]
    Version { spoken: String },

    /// It could not be asked.
    #[error(transparent)]
    Unasked(Problem),
}

impl Fault {
    /// An answer that is not what was asked for.
    pub fn nonsense(wanted: &'static str, body: &[u8]) -> Self {
        Self::Nonsense { wanted, said: first_words(body) }
    }
}

impl From<Problem> for Fault {
    fn from(problem: Problem) -> Self {
        match problem {
            Problem::Slow { limit } => Self::Slow { limit },
            Problem::Broken { reason } => Self::Broken { reason },
            other => Self::Unasked(other),
        }
    }
}

/// What the reader can do about a status.
fn mend(code: u16, wait: Option<Duration>) -> String {
    match (code, wait) {
        (408 | 425 | 429 | 500..=599, Some(wait)) => format!("try again in {}, as it asks", seconds(&wait)),
        (429, None) => "it is asked too often, try again later".to_owned(),
        (408 | 425 | 500..=599, None) => "try again later".to_owned(),
        (400, _) => "it does not understand the question, check the address and what is asked".to_owned(),
        (401 | 402 | 403 | 407 | 451, _) => "it does not answer everyone, choose another service".to_owned(),
        _ => "check the address".to_owned(),
    }
}

/// The first words of an answer, fit for a message: on one line, without what a terminal would heed.
pub(super) fn first_words(body: &[u8]) -> String {
    let head = String::from_utf8_lossy(&body[..body.len().min(SHOWN * 8)]);
    let words = head.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut plain = words.chars().filter(|c| !c.is_control());
    let shown: String = plain.by_ref().take(SHOWN).collect();
    if plain.next().is_some() { shown + "…" } else { shown }
}

struct Said<'a>(&'a str);

impl fmt::Display for Said<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() { Ok(()) } else { write!(f, " (\"{}\")", self.0) }
    }
}

struct Instead<'a>(&'a str);

impl fmt::Display for Instead<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() { f.write_str("nothing at all") } else { write!(f, "\"{}\"", self.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_one_line_that_names_the_service_and_the_mend() {
        let message = |fault, times| ServiceError { service: "https://a.example/api".to_owned(), fault, times };
        let said = first_words(b"<!DOCTYPE html>\n<html>\x1b[2J");
        assert_eq!(
            message(Fault::Status { code: 500, said: said.clone(), wait: None }, 5).to_string(),
            "https://a.example/api: answers 500 Internal Server Error (\"<!DOCTYPE html> <html>[2J\"): try again later \
             (asked 5 times)"
        );
        assert_eq!(
            message(Fault::Status { code: 429, said: String::new(), wait: Some(Duration::from_secs(90)) }, 1)
                .to_string(),
            "https://a.example/api: answers 429 Too Many Requests: try again in 90 s, as it asks"
        );
        assert_eq!(
            message(Fault::Nonsense { wanted: "proposals", said }, 1).to_string(),
            "https://a.example/api: answers no proposals but \"<!DOCTYPE html> <html>[2J\": check the address"
        );
        assert_eq!(
            message(Fault::nonsense("proposals", b" \n"), 1).to_string(),
            "https://a.example/api: answers no proposals but nothing at all: check the address"
        );
        assert_eq!(
            message(Fault::Broken { reason: "packed as \u{9b}2J\n".to_owned() }, 1).to_string(),
            "https://a.example/api: the answer broke off or is broken (packed as \\u{9b}2J\\n): try again later"
        );
        assert_eq!(first_words("é".repeat(500).as_bytes()).chars().count(), SHOWN + 1);
    }
}
