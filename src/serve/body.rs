//! The bodies of requests: not too large, and not too slow.

use super::problem::Problem;
use axum::body::{Body, to_bytes};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use std::time::Duration;
use tokio::time::timeout;
use url::form_urlencoded;

/// The most bytes that a request may bring.
const MOST: usize = 1 << 20;

/// The text that a request brings.
///
/// # Errors
/// It is too large, does not arrive in time, or is no UTF-8.
pub async fn text(headers: &HeaderMap, body: Body, patience: Duration) -> Result<String, Problem> {
    let too_large = || Problem::Refused(StatusCode::PAYLOAD_TOO_LARGE, "no more than 1 MiB may be sent".to_owned());
    if charset(headers).is_some_and(|charset| !charset.eq_ignore_ascii_case("utf-8")) {
        return Err(not_unicode());
    }
    let told = headers.get(CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if told.is_some_and(|length| length > MOST as u64) {
        return Err(too_large());
    }
    let Ok(read) = timeout(patience, to_bytes(body, MOST)).await else {
        let late = format!("the request did not arrive within {} seconds", patience.as_secs_f64());
        return Err(Problem::Refused(StatusCode::REQUEST_TIMEOUT, late));
    };
    // Either it is too large, or the connection broke and nobody hears the answer.
    let bytes = read.map_err(|_| too_large())?;
    String::from_utf8(bytes.into()).map_err(|_| not_unicode())
}

/// The media type of a body without parameters, in small letters.
pub fn kind(headers: &HeaderMap) -> Option<String> {
    let kind = headers.get(CONTENT_TYPE)?.to_str().ok()?.split(';').next()?.trim().to_ascii_lowercase();
    Some(kind).filter(|kind| !kind.is_empty())
}

/// The encoding that a body is said to have.
fn charset(headers: &HeaderMap) -> Option<&str> {
    let mut parameters = headers.get(CONTENT_TYPE)?.to_str().ok()?.split(';').skip(1);
    let charset = parameters.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then_some(value)
    });
    charset.map(|charset| charset.trim().trim_matches('"'))
}

/// The pairs of a form, or of what stands after the `?` of an address.
///
/// # Errors
/// When they are no UTF-8: what is read of them would be something else.
pub fn pairs(form: &str) -> Result<Vec<(String, String)>, Problem> {
    let pairs: Vec<(String, String)> = form_urlencoded::parse(form.as_bytes()).into_owned().collect();
    let count = |text: &str, part: &str| text.matches(part).count();
    let read: usize = pairs.iter().map(|(key, value)| count(key, "\u{fffd}") + count(value, "\u{fffd}")).sum();
    let written = count(form, "\u{fffd}") + count(&form.to_ascii_uppercase(), "%EF%BF%BD");
    if read == written { Ok(pairs) } else { Err(not_unicode()) }
}

fn not_unicode() -> Problem {
    Problem::Wrong("the request is not in UTF-8: send it so".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_what_was_sent_or_nothing() {
        let read = |form| pairs(form).ok();
        let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        assert_eq!(read("a=%C3%A9+b&c").unwrap(), [pair("a", "é b"), pair("c", "")]);
        assert_eq!(read("a=%ef%BF%bd").unwrap(), [pair("a", "\u{fffd}")]);
        assert_eq!(read("").unwrap(), []);
        for form in ["a=%FF", "%C3=b", "a=%ED%A0%80"] {
            assert_eq!(read(form), None, "{form}");
        }
    }
}
