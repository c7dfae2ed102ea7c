//! In which format an answer is given: as `Accept` asks (RFC 9110, 12.5.1), or `?format=` in a link.

use super::problem::Problem;
use crate::graph::ExportFormat;
use crate::query::Format;
use axum::http::header::ACCEPT;
use axum::http::{HeaderMap, StatusCode};

/// A format that may be had.
#[derive(Debug)]
pub struct Offer<T: 'static> {
    pub format: T,
    /// Its media type, and the parameters with which it is sent.
    pub media: &'static str,
    /// Other media types by which programs ask for it.
    also: &'static [&'static str],
    /// Its names in links, the first one first.
    pub names: &'static [&'static str],
}

impl<T> Offer<T> {
    /// The media type without parameters.
    pub fn kind(&self) -> &'static str {
        self.media.split(';').next().unwrap_or(self.media)
    }

    /// How well the client likes it. By other media types it must be asked for by name.
    fn quality(&self, accept: &Accept) -> u16 {
        let also = self.also.iter().filter_map(|kind| accept.named(kind));
        also.chain([accept.quality(self.kind())]).max().unwrap_or(0)
    }

    fn is_called(&self, name: &str) -> bool {
        let mut names = self.names.iter().copied().chain(self.also.iter().copied()).chain([self.kind()]);
        names.any(|own| own.eq_ignore_ascii_case(name))
    }
}

/// What rows, and yes or no, are written in; who takes any gets the first.
pub const ROWS: &[Offer<Format>] = &[
    Offer {
        format: Format::Json,
        media: "application/sparql-results+json",
        also: &["application/json"],
        names: &["json", "srj", "sparql-results+json"],
    },
    Offer {
        format: Format::Xml,
        media: "application/sparql-results+xml",
        also: &["application/xml", "text/xml"],
        names: &["xml", "srx", "sparql-results+xml"],
    },
    Offer { format: Format::Csv, media: "text/csv; charset=utf-8", also: &[], names: &["csv"] },
    Offer { format: Format::Tsv, media: "text/tab-separated-values; charset=utf-8", also: &[], names: &["tsv"] },
];

/// What graphs are written in.
pub const GRAPHS: &[Offer<ExportFormat>] = &[
    Offer {
        format: ExportFormat::Turtle,
        media: "text/turtle; charset=utf-8",
        // Whoever reads Notation 3 reads Turtle.
        also: &["application/turtle", "application/x-turtle", "text/n3", "text/rdf+n3"],
        names: &["turtle", "ttl", "n3"],
    },
    Offer {
        format: ExportFormat::JsonLd,
        media: "application/ld+json",
        also: &["application/json"],
        names: &["jsonld", "json-ld", "json"],
    },
    Offer {
        format: ExportFormat::NTriples,
        media: "application/n-triples",
        // As it was first called, and rdflib calls it still.
        also: &["text/plain"],
        names: &["ntriples", "nt", "n-triples"],
    },
    Offer {
        format: ExportFormat::RdfXml,
        media: "application/rdf+xml",
        also: &["application/xml", "text/xml"],
        names: &["rdfxml", "rdf+xml", "rdf", "xml"],
    },
    Offer {
        format: ExportFormat::NQuads,
        media: "application/n-quads",
        also: &["text/x-nquads"],
        names: &["nquads", "nq", "n-quads"],
    },
    Offer { format: ExportFormat::TriG, media: "application/trig", also: &["application/x-trig"], names: &["trig"] },
];

/// Pages, which browsers ask for.
const PAGES: [&str; 2] = ["text/html", "application/xhtml+xml"];

/// The format that is asked for by its name, or else the one that the client likes best; of those that it likes as much, the
/// first. Names and media types are taken for names.
///
/// # Errors
/// When there is none that the client takes: what there is.
pub fn choose<T>(
    offers: &'static [Offer<T>],
    name: Option<&str>,
    headers: &HeaderMap,
) -> Result<&'static Offer<T>, Problem> {
    let chosen = match name {
        // A plus that nobody escaped.
        Some(name) => offers.iter().find(|offer| offer.is_called(&name.trim().replace(' ', "+"))),
        None => best(offers, &Accept::read(headers)).map(|(offer, _)| offer),
    };
    chosen.ok_or_else(|| {
        let kinds = offers.iter().map(Offer::kind).collect::<Vec<_>>().join(", ");
        let names = offers.iter().map(|offer| offer.names[0]).collect::<Vec<_>>().join(", ");
        let mend = format!("there is no such form of this: Accept one of {kinds}, or write ?format= {names}");
        Problem::Refused(StatusCode::NOT_ACCEPTABLE, mend)
    })
}

/// Whether the client likes a page better than any of these.
pub fn wants_page<T>(offers: &'static [Offer<T>], name: Option<&str>, headers: &HeaderMap) -> bool {
    let accept = Accept::read(headers);
    let page = PAGES.into_iter().map(|page| accept.quality(page)).max();
    match name {
        Some(name) => name == "html",
        // Who takes anything takes what is meant for programs.
        None => page > Some(best(offers, &accept).map_or(0, |(_, quality)| quality)),
    }
}

fn best<T>(offers: &'static [Offer<T>], accept: &Accept) -> Option<(&'static Offer<T>, u16)> {
    let liked = offers.iter().map(|offer| (offer, offer.quality(accept)));
    liked.rev().max_by_key(|(_, quality)| *quality).filter(|(_, quality)| *quality > 0)
}

/// The ranges of media types that a client takes, and how well, in thousandths.
struct Accept(Vec<(String, u16)>);

impl Accept {
    fn read(headers: &HeaderMap) -> Self {
        let lists = headers.get_all(ACCEPT).iter().filter_map(|list| list.to_str().ok());
        let range = |range: &str| {
            let mut parts = range.split(';').map(str::trim);
            let kind = parts.next().filter(|kind| kind.contains('/'))?.to_ascii_lowercase();
            let quality = parts.find_map(|part| part.strip_prefix("q=").or(part.strip_prefix("Q=")));
            let quality = quality.map_or(Some(1.0), |text| text.trim().parse::<f32>().ok())?;
            Some((kind, (quality.clamp(0.0, 1.0) * 1000.0) as u16))
        };
        let ranges: Vec<_> = lists.flat_map(|list| list.split(',')).filter_map(range).collect();
        // Who says nothing takes anything.
        Self(if headers.contains_key(ACCEPT) { ranges } else { vec![("*/*".to_owned(), 1000)] })
    }

    /// How well a media type is liked, by the range that fits it most narrowly.
    fn quality(&self, kind: &str) -> u16 {
        let family = kind.split_once('/').map_or(kind, |(family, _)| family);
        let ranges = [kind, &format!("{family}/*"), "*/*"];
        ranges.into_iter().find_map(|range| self.named(range)).unwrap_or(0)
    }

    /// How well a range is liked that stands there itself.
    fn named(&self, range: &str) -> Option<u16> {
        self.0.iter().filter(|(own, _)| own == range).map(|(_, quality)| *quality).max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(accept: &[&str]) -> HeaderMap {
        accept.iter().map(|accept| (ACCEPT, accept.parse().unwrap())).collect()
    }

    fn kind<T>(offers: &'static [Offer<T>], accept: &str) -> Option<&'static str> {
        choose(offers, None, &headers(&[accept])).ok().map(Offer::kind)
    }

    #[test]
    fn the_client_gets_what_it_likes_best() {
        for (accept, rows, graph) in [
            ("*/*", "application/sparql-results+json", "text/turtle"),
            ("text/tab-separated-values, text/*;q=0.1", "text/tab-separated-values", "text/turtle"),
            ("text/csv", "text/csv", ""),
            ("text/csv;q=0.5, application/sparql-results+xml", "application/sparql-results+xml", ""),
            ("application/json", "application/sparql-results+json", "application/ld+json"),
            ("APPLICATION/XML;q=0.1, text/html", "application/sparql-results+xml", "application/rdf+xml"),
            ("*/*;q=0.1, application/n-triples;q=0.2", "application/sparql-results+json", "application/n-triples"),
            ("*/*, application/json;q=0", "application/sparql-results+json", "text/turtle"),
            ("image/png", "", ""),
            ("text/csv;q=0", "", ""),
            ("text/csv;q=x", "", ""),
            ("nonsense", "", ""),
            ("", "", ""),
        ] {
            let or_none = |kind: &'static str| Some(kind).filter(|kind| !kind.is_empty());
            assert_eq!(kind(ROWS, accept), or_none(rows), "{accept}");
            assert_eq!(kind(GRAPHS, accept), or_none(graph), "{accept}");
        }
        let two = headers(&["text/csv;q=0.4", "text/tab-separated-values;q=0.6"]);
        assert_eq!(choose(ROWS, None, &two).unwrap().kind(), "text/tab-separated-values");
        assert_eq!(choose(ROWS, None, &HeaderMap::new()).unwrap().kind(), "application/sparql-results+json");
    }

    #[test]
    fn a_name_comes_before_the_header() {
        let csv = headers(&["text/csv"]);
        for (name, kind) in [
            ("json", "application/ld+json"),
            ("xml", "application/rdf+xml"),
            ("RDF xml", "application/rdf+xml"),
            ("text/turtle", "text/turtle"),
            ("application/ld+json", "application/ld+json"),
        ] {
            assert_eq!(choose(GRAPHS, Some(name), &csv).unwrap().kind(), kind);
        }
        assert!(choose(GRAPHS, Some("csv"), &csv).is_err());
    }

    #[test]
    fn browsers_get_pages_and_programs_do_not() {
        let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8";
        for (accept, name, page) in [
            (browser, None, true),
            (browser, Some("csv"), false),
            ("*/*", None, false),
            ("*/*", Some("html"), true),
            ("text/html;q=0.5, text/turtle", None, false),
            ("text/html, text/turtle", None, false),
        ] {
            assert_eq!(wants_page(GRAPHS, name, &headers(&[accept])), page, "{accept} {name:?}");
        }
    }
}
