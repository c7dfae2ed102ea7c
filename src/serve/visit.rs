//! What a request says of its reader.

use super::words;
use crate::query::Language;
use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT, ACCEPT_LANGUAGE, COOKIE};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, Uri};
use std::convert::Infallible;
use std::fmt::Display;
use url::form_urlencoded;

/// The cookie that keeps the language.
const LANGUAGE: &str = "lang";

/// One request, as a page sees it: who reads, and where they are.
#[derive(Debug, Clone)]
pub struct Visit {
    pub language: Language,
    /// Whether a browser asks, for a page.
    pub reads_pages: bool,
    path: String,
    /// What stands after the `?`, read.
    parameters: Vec<(String, String)>,
}

impl Visit {
    /// What this request says.
    pub fn of(uri: &Uri, headers: &HeaderMap) -> Self {
        let query = uri.query().unwrap_or_default();
        let parameters: Vec<_> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let asked = parameters.iter().find(|(key, _)| key == LANGUAGE).and_then(|(_, value)| value.parse().ok());
        let language = asked.or_else(|| cookie(headers, LANGUAGE)?.parse().ok()).or_else(|| accepted(headers));
        Self {
            language: language.unwrap_or(Language::En),
            reads_pages: header(headers, ACCEPT).is_some_and(|accept| accept.contains("text/html")),
            path: uri.path().to_owned(),
            parameters,
        }
    }

    /// What the interface says.
    pub fn say(&self, key: &str) -> &'static str {
        words::say(key, self.language)
    }

    /// What the interface says of something: the words with this key, in which `{}` stands for it.
    pub fn tell(&self, key: &str, what: impl Display) -> String {
        words::say(key, self.language).replace("{}", &what.to_string())
    }

    /// What a parameter or a column of a saved query is called.
    pub fn head(&self, name: &str) -> String {
        crate::query::head(name, self.language)
    }

    /// A number in groups of three digits.
    pub fn number(&self, number: &u64) -> String {
        words::grouped(*number, self.language)
    }

    /// A date as people write it.
    pub fn date(&self, date: &str) -> String {
        words::date(date, self.language)
    }

    /// What the interface calls a value that the graph has: "direct", "denied". The group is the first part of the key.
    pub fn word(&self, group: &str, value: &str) -> &'static str {
        words::say(&format!("{group}-{value}"), self.language)
    }

    /// A number of things: "1 statement", "12,345 statements". The keys are those of the words for one and for several.
    pub fn count(&self, number: &u64, one: &str, several: &str) -> String {
        words::count(*number, one, several, self.language)
    }

    /// The path of the page.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The value of a parameter of the address, unless it is empty.
    pub fn parameter(&self, key: &str) -> Option<&str> {
        let value = self.parameters.iter().find(|(name, _)| name == key).map(|(_, value)| value.trim());
        value.filter(|value| !value.is_empty())
    }

    /// The parameters of the address, without the language.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = self.parameters.iter().map(|(key, value)| (key.as_str(), value.as_str()));
        all.filter(|(key, _)| *key != LANGUAGE)
    }

    /// The address of the same page in the other language.
    pub fn in_other_language(&self) -> String {
        let other = self.other_language();
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.parameters()).append_pair(LANGUAGE, other.tag());
        format!("{}?{}", self.path, query.finish())
    }

    /// The language that is not the page's.
    pub fn other_language(&self) -> Language {
        match self.language {
            Language::Fr => Language::En,
            Language::En => Language::Fr,
        }
    }

    /// The value of `Set-Cookie` by which a language that was asked for is kept.
    pub fn keeps(&self) -> Option<String> {
        let asked = self.parameters.iter().any(|(key, value)| key == LANGUAGE && value == self.language.tag());
        asked.then(|| format!("{LANGUAGE}={}; Path=/; Max-Age=31536000; SameSite=Lax; HttpOnly", self.language.tag()))
    }
}

impl<S: Sync> FromRequestParts<S> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self::of(&parts.uri, &parts.headers))
    }
}

fn header(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// The value of a cookie.
pub fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let pairs =
        headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(';'));
    pairs.filter_map(|pair| pair.trim().split_once('=')).find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// The language that the browser likes best, of those that there are (RFC 9110, 12.5.4).
fn accepted(headers: &HeaderMap) -> Option<Language> {
    let ranges = header(headers, ACCEPT_LANGUAGE)?.split(',').enumerate();
    let liked = ranges.filter_map(|(place, range)| {
        let (tag, quality) = range.split_once(';').unwrap_or((range, "q=1"));
        let quality: f32 = quality.trim().strip_prefix("q=")?.parse().ok()?;
        let language: Language = tag.trim().split('-').next()?.to_ascii_lowercase().parse().ok()?;
        (quality > 0.0).then_some((quality, place, language))
    });
    // Of those that are liked as much, the first.
    liked.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))).map(|(.., language)| language)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visit(address: &str, headers: &[(HeaderName, &str)]) -> Visit {
        let headers = headers.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect();
        Visit::of(&address.parse().unwrap(), &headers)
    }

    #[test]
    fn the_address_comes_before_the_cookie_and_this_before_the_browser() {
        let accept = (ACCEPT_LANGUAGE, "fr-CA,fr;q=0.9,en;q=0.8");
        let kept = (COOKIE, "a=b; lang=en");
        assert_eq!(visit("/", &[]).language, Language::En);
        assert_eq!(visit("/", std::slice::from_ref(&accept)).language, Language::Fr);
        assert_eq!(visit("/", &[accept.clone(), kept.clone()]).language, Language::En);
        assert_eq!(visit("/?lang=fr", std::slice::from_ref(&kept)).language, Language::Fr);
        assert_eq!(visit("/?lang=xx", &[kept]).language, Language::En);
        assert_eq!(visit("/", &[(ACCEPT_LANGUAGE, "de, en;q=0.2, fr;q=0.7")]).language, Language::Fr);
        assert_eq!(visit("/", &[(ACCEPT_LANGUAGE, "fr;q=0, de")]).language, Language::En);
    }

    #[test]
    fn the_other_language_is_at_the_same_place() {
        let page = visit("/search?q=a%26b&lang=en&topic=entity%2FQ7184", &[]);
        assert_eq!(page.in_other_language(), "/search?q=a%26b&topic=entity%2FQ7184&lang=fr");
        assert_eq!(page.parameter("q"), Some("a&b"));
        assert!(page.keeps().is_some_and(|cookie| cookie.starts_with("lang=en;")));
        assert_eq!(visit("/search?q=a", &[]).keeps(), None);
    }
}
