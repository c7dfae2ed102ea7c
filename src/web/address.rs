//! Addresses as they are fetched: http or https, in the one spelling that the URL Standard gives them, so that what is
//! checked is what is asked for (`http://0x7f.1/` is `http://127.0.0.1/`).

use super::error::Problem;
use url::{ParseError, Url};

/// Reads an address that stands by itself.
pub(super) fn read(address: &str) -> Result<Url, Problem> {
    checked(Url::parse(address))
}

/// Reads an address to which the page at `base` redirects.
pub(super) fn follow(base: &Url, location: &str) -> Result<Url, Problem> {
    checked(base.join(location))
}

fn checked(parsed: Result<Url, ParseError>) -> Result<Url, Problem> {
    let mut url = parsed.map_err(|reason| Problem::NotAnAddress { reason: reason.to_string() })?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Problem::NotWeb { scheme: url.scheme().to_owned() });
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Problem::UserInfo);
    }
    // It is for the reader alone (RFC 9110, 4.2.5).
    url.set_fragment(None);
    Ok(url)
}

/// Path and query: what robots.txt is about.
pub(super) fn path(url: &Url) -> &str {
    &url[url::Position::BeforePath..]
}

/// An address that nobody has read yet, fit for a message: on one line, and not without end.
pub(super) fn shown(address: &str) -> String {
    address.chars().take(500).collect::<String>().escape_debug().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_host_has_one_spelling() {
        for odd in [
            "http://127.0.0.1/",
            "http://0x7f.1/",
            "http://2130706433/",
            "http://017700000001/",
            "http://127.1/",
            "HTTP://127.0.0.1:80",
            "http://１２７.０.０.１/#x",
            "  http:\\\\127.0.0.1\\",
            "http://127。0。0。1/",
        ] {
            assert_eq!(read(odd).unwrap().as_str(), "http://127.0.0.1/", "{odd}");
        }
        assert_eq!(read("http://[::ffff:127.0.0.1]/").unwrap().as_str(), "http://[::ffff:7f00:1]/");
        assert_eq!(
            read("https://Médias.example/é?q=ü").unwrap().as_str(),
            "https://xn--mdias-bsa.example/%C3%A9?q=%C3%BC"
        );
    }

    #[test]
    fn what_is_no_address_of_the_web_is_refused() {
        assert!(matches!(read("a.example/b"), Err(Problem::NotAnAddress { .. })));
        assert!(matches!(read("http://"), Err(Problem::NotAnAddress { .. })));
        assert!(matches!(read("file:///etc/passwd"), Err(Problem::NotWeb { .. })));
        for secret in ["http://u@a.example/", "http://u:p@a.example/", "http://:p@a.example/"] {
            assert_eq!(read(secret), Err(Problem::UserInfo), "{secret}");
        }
    }

    #[test]
    fn redirects_are_read_from_where_they_stand() {
        let base = read("https://a.example/b/c?d").unwrap();
        for (location, to) in
            [("e", "https://a.example/b/e"), ("/e", "https://a.example/e"), ("//f.example", "https://f.example/")]
        {
            assert_eq!(follow(&base, location).unwrap().as_str(), to);
        }
        assert!(matches!(follow(&base, "gopher://a.example/"), Err(Problem::NotWeb { .. })));
    }

    #[test]
    fn a_message_stays_on_its_line() {
        assert_eq!(shown("a\nb\u{1b}[2J"), "a\\nb\\u{1b}[2J");
        assert_eq!(shown(&"x".repeat(10_000)).len(), 500);
    }
}
