//! By which name this site was asked for: what it says of itself has whole addresses.

use super::site::Site;
use axum::http::HeaderMap;
use axum::http::header::HOST;
use url::Url;

/// Where the site is for whoever asks: `http://127.0.0.1:7878`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    /// As the request says, whose host was checked. Of TLS in front of it only the base of the data or a header tells.
    pub fn of(headers: &HeaderMap, site: &Site) -> Self {
        Self::read(headers, site.store.base().as_str())
    }

    fn read(headers: &HeaderMap, base: &str) -> Self {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let host = text(HOST.as_str());
        let base = Url::parse(base).ok().map(|base| base.origin().ascii_serialization());
        if let Some(base) = base.filter(|base| base.split_once("://").is_some_and(|(_, own)| own == host)) {
            return Self(base);
        }
        let scheme = if text("x-forwarded-proto") == "https" { "https" } else { "http" };
        Self(format!("{scheme}://{host}"))
    }

    /// The whole address of a path of this site.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderName;

    #[test]
    fn the_site_is_where_it_was_asked_for() {
        let origin = |headers: &[(&'static str, &'static str)]| {
            let headers = headers.iter().map(|(k, v)| (HeaderName::from_static(k), v.parse().unwrap())).collect();
            Origin::read(&headers, "https://news.example/").at("/sparql")
        };
        assert_eq!(origin(&[("host", "127.0.0.1:7878")]), "http://127.0.0.1:7878/sparql");
        assert_eq!(origin(&[("host", "news.example")]), "https://news.example/sparql");
        assert_eq!(origin(&[("host", "a.example"), ("x-forwarded-proto", "https")]), "https://a.example/sparql");
        assert_eq!(origin(&[("host", "a.example"), ("x-forwarded-proto", "ftp")]), "http://a.example/sparql");
    }
}
