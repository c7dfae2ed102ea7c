//! What can go wrong while a page is fetched: each message is one line that names the address and the mend.

use crate::one_line::one_line;
use std::net::IpAddr;
use std::time::Duration;
use ureq::http::StatusCode;

/// Why an address could not be fetched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{address}{}: {problem}", redirected(.last))]
pub struct FetchError {
    /// The address that was asked for.
    pub address: String,
    /// The address to which it led, if it led anywhere else.
    pub last: Option<String>,
    /// What is wrong, and the mend.
    pub problem: Problem,
}

fn redirected(last: &Option<String>) -> String {
    last.as_ref().map_or_else(String::new, |last| format!(" (redirected to {last})"))
}

/// What is wrong with an address or with what answers there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// Not an address of the web.
    #[error("not a web address ({reason}): give one that begins with https:// or http://")]
    NotAnAddress { reason: String },

    /// Another scheme.
    #[error("not http or https but {scheme}: give the address of a web page or feed")]
    NotWeb { scheme: String },

    /// A name or password in the address.
    #[error("a user name or password in the address: take it out, pages behind a login are not fetched")]
    UserInfo,

    /// An address of this machine or its network.
    #[error("leads to a private address ({address}): use --allow-local if you mean it")]
    Private { address: IpAddr },

    /// The name leads nowhere.
    #[error("the host cannot be found ({reason}): check the address and the connection")]
    Unresolved { reason: String },

    /// No connection, or one that broke off.
    #[error("cannot be reached ({reason}): check the address, or try again later")]
    Unreachable { reason: String },

    /// No connection that can be trusted.
    #[error("no trusted connection ({reason}): check the address, the machine's clock and its root certificates")]
    Untrusted { reason: String },

    /// The machine has no root certificates by which to tell who answers.
    #[error("no root certificates on this machine: install them, for example with `apt install ca-certificates`")]
    NoRoots,

    /// What answers there does not speak HTTP, or badly.
    #[error("the answer is broken ({}): try again later, or save the page and give the file", one_line(reason))]
    Broken { reason: String },

    /// The request took too long in all.
    #[error("took longer than {}: try again later", seconds(.limit))]
    Slow { limit: Duration },

    /// The body is larger than allowed.
    #[error("larger than {}: too large for a page or feed", bytes(*.limit))]
    TooLarge { limit: u64 },

    /// Too many redirects one after the other.
    #[error("more than {limit} redirects: check the address in a browser and give the one to which it leads")]
    TooManyRedirects { limit: u32 },

    /// The server answers that there is no page for us.
    #[error("answers {}: {}", status(*.code), mend(*.code))]
    Status { code: u16 },

    /// The site does not want programs to fetch this.
    #[error("robots.txt of this site does not allow it: read the page in a browser and save it")]
    Disallowed,

    /// Whether the site wants programs to fetch this cannot be known.
    #[error(
        "robots.txt of this site cannot be read ({}), so that nothing of it may be fetched: try again later",
        one_line(reason)
    )]
    NoRobots { reason: String },
}

/// The code and the name that it has in RFC 9110, if it has one.
pub(crate) fn status(code: u16) -> String {
    let name = StatusCode::from_u16(code).ok().and_then(|status| status.canonical_reason());
    name.map_or_else(|| code.to_string(), |name| format!("{code} {name}"))
}

/// What the reader can do about an answer.
fn mend(code: u16) -> &'static str {
    match code {
        401 | 402 | 403 | 407 | 451 => "the site does not show this to everyone, read it in a browser and save it",
        408 | 425 | 429 | 500..=599 => "try again later",
        _ => "check the address",
    }
}

/// A number of seconds as people write it.
pub(super) fn seconds(limit: &Duration) -> String {
    format!("{} s", limit.as_secs_f64())
}

/// A number of bytes in the largest unit that divides it.
pub(super) fn bytes(limit: u64) -> String {
    let units = [(1 << 20, "MiB"), (1 << 10, "KiB")];
    let unit = units.iter().find(|(unit, _)| limit > 0 && limit.is_multiple_of(*unit));
    unit.map_or_else(|| format!("{limit} bytes"), |(unit, name)| format!("{} {name}", limit / unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_one_line_that_names_the_address_and_the_mend() {
        let message = |last: Option<&str>, problem| {
            FetchError { address: "https://a.example/".to_owned(), last: last.map(str::to_owned), problem }.to_string()
        };
        assert_eq!(
            message(None, Problem::Status { code: 404 }),
            "https://a.example/: answers 404 Not Found: check the address"
        );
        assert_eq!(
            message(Some("http://b.example/"), Problem::Private { address: [127, 0, 0, 1].into() }),
            "https://a.example/ (redirected to http://b.example/): leads to a private address (127.0.0.1): \
             use --allow-local if you mean it"
        );
        assert_eq!(
            message(None, Problem::Slow { limit: Duration::from_secs(30) }),
            "https://a.example/: took longer than 30 s: try again later"
        );
        assert_eq!(
            message(None, Problem::TooLarge { limit: crate::article::MAX_BYTES }),
            "https://a.example/: larger than 64 MiB: too large for a page or feed"
        );
        assert_eq!(
            message(None, Problem::Broken { reason: "packed as \u{9b}2J\n".to_owned() }),
            "https://a.example/: the answer is broken (packed as \\u{9b}2J\\n): try again later, or save the page and give \
             the file"
        );
        assert_eq!(bytes(1500), "1500 bytes");
        assert_eq!(status(599), "599");
    }
}
