//! Where the things of the graph have their pages.

use crate::graph::Base;
use crate::query::page::is_web_address;

/// The address of a thing: its path here where it stands below the base of the data, itself where it leads into the web.
pub fn of(iri: &str, base: &Base) -> Option<String> {
    match iri.strip_prefix(base.as_str()) {
        Some(path) => Some(format!("/{}", path.replace('?', "%3F").replace('#', "%23"))),
        None => is_web_address(iri).then(|| iri.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_below_the_base_has_a_page_here_and_only_the_web_is_led_to() {
        let base: Base = "https://news.example/".parse().unwrap();
        let of = |iri: &str| of(iri, &base);
        assert_eq!(of("https://news.example/entity/Q7184").as_deref(), Some("/entity/Q7184"));
        assert_eq!(of("https://news.example/entity/a?b#c").as_deref(), Some("/entity/a%3Fb%23c"));
        assert_eq!(of("http://www.wikidata.org/entity/Q1").as_deref(), Some("http://www.wikidata.org/entity/Q1"));
        for iri in ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "urn:x"] {
            assert_eq!(of(iri), None, "{iri}");
        }
    }
}
