//! What a page tells of its article in JSON-LD, in the words of schema.org.

use super::names;
use dom_query::Document;
use rustc_hash::FxHashMap;
use serde_json::{Deserializer, Map, Value};

/// What is told of the article.
#[derive(Debug, Default)]
pub(super) struct Described {
    pub url: Option<String>,
    pub outlet: Option<String>,
    pub title: Option<String>,
    pub authors: Vec<String>,
    pub language: Option<String>,
    pub published: Option<String>,
    /// The article's words.
    pub body: Option<String>,
}

type Object = Map<String, Value>;

/// What leads from an article to others, or to parts of it.
const ASIDE: [&str; 12] = [
    "itemListElement",
    "hasPart",
    "isPartOf",
    "comment",
    "mentions",
    "citation",
    "liveBlogUpdate",
    "review",
    "relatedLink",
    "isBasedOn",
    "about",
    "significantLink",
];

/// Reads what `page` says of the article whose address or title is known.
pub(super) fn read(page: &Document, address: Option<&str>, title: Option<&str>) -> Described {
    let mut values = Vec::new();
    for script in page.select("script[type]").iter() {
        let kind = script.attr_or("type", "").to_ascii_lowercase();
        if kind.trim().starts_with("application/ld+json") {
            values.extend(parse(&script.text()));
        }
    }
    let mut graph = Graph::default();
    values.iter().for_each(|value| graph.collect(value));
    graph.describe(address, title)
}

/// The objects of a page.
#[derive(Default)]
struct Graph<'a> {
    objects: Vec<&'a Object>,
    by_id: FxHashMap<&'a str, &'a Object>,
}

impl<'a> Graph<'a> {
    fn collect(&mut self, value: &'a Value) {
        match value {
            Value::Array(values) => values.iter().for_each(|value| self.collect(value)),
            Value::Object(object) => {
                if let Some(id) = object.get("@id").and_then(Value::as_str).filter(|_| object.len() > 1) {
                    self.by_id.entry(id).or_insert(object);
                }
                self.objects.push(object);
                let inner = object.iter().filter(|(key, _)| !ASIDE.contains(&key.as_str()));
                inner.for_each(|(_, value)| self.collect(value));
            }
            _ => {}
        }
    }

    fn describe(&self, address: Option<&str>, title: Option<&str>) -> Described {
        let of_type = |fits: fn(&str) -> bool| self.objects.iter().copied().filter(move |object| is_a(object, fits));
        let articles: Vec<&Object> = of_type(is_article).collect();
        let here = |object: &&&Object| {
            let url = self.address(object);
            url.is_some_and(|url| address.is_some_and(|address| names::same_address(&url, address)))
        };
        let named = |object: &&&Object| {
            let headline = self.text(object, "headline").or_else(|| self.text(object, "name"));
            headline.is_some_and(|headline| title.is_some_and(|title| names::same_words(&headline, title)))
        };
        let article = articles.iter().find(here).or_else(|| articles.iter().find(named)).or(articles.first()).copied();
        let page = of_type(|kind| kind.ends_with("WebPage") || kind == "ItemPage").next();
        let site = of_type(|kind| kind == "WebSite" || kind == "NewsMediaOrganization").next();
        let text = |object: Option<&Object>, key: &str| object.and_then(|object| self.text(object, key));
        let either = |key: &str| text(article, key).or_else(|| text(page, key));
        Described {
            url: article.and_then(|article| self.address(article)),
            outlet: either("publisher").or_else(|| text(site, "name")),
            title: text(article, "headline").or_else(|| text(article, "name")),
            authors: article.map(|article| self.authors(article)).unwrap_or_default(),
            language: either("inLanguage"),
            published: either("datePublished").or_else(|| text(article, "dateCreated")),
            body: text(article, "articleBody"),
        }
    }

    /// Where an article is to be read.
    fn address(&self, object: &Object) -> Option<String> {
        let page = || match object.get("mainEntityOfPage")? {
            Value::Object(page) => page.get("@id").or_else(|| page.get("url"))?.as_str().map(str::to_owned),
            other => other.as_str().map(str::to_owned),
        };
        let is_address = |text: &String| text.starts_with("http");
        page().filter(is_address).or_else(|| self.text(object, "url").filter(is_address))
    }

    /// The text of a property, or the name of what it leads to.
    fn text(&self, object: &Object, key: &str) -> Option<String> {
        self.all(object, key).into_iter().find_map(|value| self.name(value))
    }

    /// The values of a property.
    fn all<'v>(&self, object: &'v Object, key: &str) -> Vec<&'v Value> {
        match object.get(key) {
            Some(Value::Array(values)) => values.iter().collect(),
            Some(value) => vec![value],
            None => Vec::new(),
        }
    }

    fn name(&self, value: &Value) -> Option<String> {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Object(object) => {
                let whole = object.get("@id").and_then(Value::as_str).and_then(|id| self.by_id.get(id).copied());
                let names = [Some(object), whole].into_iter().flatten().filter_map(|object| {
                    ["name", "@value", "alternateName"].iter().find_map(|key| object.get(*key)?.as_str())
                });
                names.into_iter().next()?.to_owned()
            }
            _ => return None,
        };
        Some(text).filter(|text| !text.trim().is_empty())
    }

    /// The names of the persons who wrote an article; those of bodies if no person did.
    fn authors(&self, article: &Object) -> Vec<String> {
        let mut values = self.all(article, "author");
        if values.is_empty() {
            values = self.all(article, "creator");
        }
        let is_body = |value: &&Value| {
            let id = value.get("@id").and_then(Value::as_str);
            let whole = id.and_then(|id| self.by_id.get(id).copied()).or_else(|| value.as_object());
            whole.is_some_and(|object| is_a(object, |kind| kind.ends_with("Organization")))
        };
        let (bodies, persons): (Vec<&Value>, Vec<&Value>) = values.into_iter().partition(is_body);
        let names = |values: Vec<&Value>| values.into_iter().filter_map(|value| self.name(value)).collect::<Vec<_>>();
        let persons = names(persons);
        if persons.is_empty() { names(bodies) } else { persons }
    }
}

/// Whether one of an object's types fits; their names may be whole addresses.
fn is_a(object: &Object, fits: fn(&str) -> bool) -> bool {
    let last = |kind: &str| fits(kind.rsplit(['/', '#', ':']).next().unwrap_or(kind));
    match object.get("@type") {
        Some(Value::String(kind)) => last(kind),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(last),
        _ => false,
    }
}

/// NewsArticle and its kin.
fn is_article(kind: &str) -> bool {
    kind.ends_with("Article") || matches!(kind, "BlogPosting" | "LiveBlogPosting" | "Report")
}

/// The values of a script; a broken one is mended where that is safe.
fn parse(text: &str) -> Vec<Value> {
    let read = |text: &str| {
        let values: Vec<Value> = Deserializer::from_str(text).into_iter().map_while(Result::ok).collect();
        Some(values).filter(|values| !values.is_empty())
    };
    let mended = || read(&mend(text));
    let decoded = || read(&mend(&names::decode(text)));
    read(text).or_else(mended).or_else(decoded).unwrap_or_default()
}

/// JSON as writers of templates often break it: with line ends in strings, escapes that JSON does not know, commas at the
/// end of lists, and within comments or CDATA.
fn mend(text: &str) -> String {
    let mut json = String::with_capacity(text.len());
    let (mut quoted, mut rest) = (false, text);
    while let Some(c) = rest.chars().next() {
        let mut length = c.len_utf8();
        if !quoted && let Some(wrap) = WRAPS.iter().find(|wrap| rest.starts_with(**wrap)) {
            rest = &rest[wrap.len()..];
            continue;
        }
        match c {
            '"' => quoted = !quoted,
            '\\' if quoted => {
                let next = rest[1..].chars().next().unwrap_or(' ');
                length += next.len_utf8();
                match "\"\\/bfnrtu".contains(next) {
                    true => json.push_str(&rest[..length]),
                    false => json.push(next),
                }
                rest = rest.get(length..).unwrap_or_default();
                continue;
            }
            ']' | '}' if !quoted => {
                let end = json.trim_end().trim_end_matches(',').len();
                json.truncate(end);
            }
            _ => {}
        }
        json.push(if c.is_control() { ' ' } else { c });
        rest = &rest[length..];
    }
    json
}

/// What hides a script from old browsers, and what ends a statement.
const WRAPS: [&str; 9] = ["<!--", "-->", "//<![CDATA[", "/*<![CDATA[*/", "<![CDATA[", "//]]>", "/*]]>*/", "]]>", ";"];

#[cfg(test)]
#[path = "json_ld_tests.rs"]
mod tests;
