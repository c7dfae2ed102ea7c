//! Feeds: RSS, Atom and JSON Feed. An entry is an article: its full text where the feed gives it, else the page it
//! links to if links are followed, else its summary.

use super::html::{decode, fragment_text, parse_date};
use super::input::Input;
use super::metadata::{Metadata, is_address};
use super::origin::Origin;
use super::plain::read_whole;
use super::unread::Unread;
use super::web::Web;
use super::{Article, ReadError};
use chrono::{DateTime, NaiveTime, Utc};
use feed_rs::model::{Entry, Feed, Text};
use feed_rs::parser;
use regex::Regex;
use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::LazyLock;

/// Endings of feeds, in small letters.
pub(super) const EXTENSIONS: [&str; 3] = ["xml", "rss", "atom"];

/// The root elements of feeds.
const ROOTS: [&str; 3] = ["rss", "feed", "RDF"];

/// Ends of an entry, and what ends a feed after it.
const ENDS: [(&str, &str); 3] = [("</item>", "</channel></rss>"), ("</entry>", "</feed>"), ("</item>", "</rdf:RDF>")];

/// The most marks that open an element or an object. A feed of a thousand full articles has fewer; each may cost hundreds
/// of bytes of memory.
const MOST: usize = 500_000;

/// Whether the input is a feed.
pub(super) fn fits(input: &Input) -> bool {
    let head = String::from_utf8_lossy(&input.head);
    root(&head).is_some_and(|root| ROOTS.contains(&root))
        || head.trim_start_matches('\u{FEFF}').trim_start().starts_with('{')
            // Many programs put a backslash before each slash.
            && ["://jsonfeed.org/version/", ":\\/\\/jsonfeed.org\\/version\\/"].iter().any(|version| head.contains(version))
}

/// The name of an XML document's root element, without its prefix.
pub(super) fn root(head: &str) -> Option<&str> {
    let mut rest = head.trim_start_matches('\u{FEFF}').trim_start();
    // What stands before it: the declaration, notes, the document type.
    while rest.starts_with("<?") || rest.starts_with("<!") {
        let end = if rest.starts_with("<!--") { "-->" } else { ">" };
        rest = rest[rest.find(end)? + end.len()..].trim_start();
    }
    let name = rest.strip_prefix('<')?;
    let name = &name[..name.find(|c: char| c.is_whitespace() || c == '>' || c == '/')?];
    Some(name.rsplit(':').next().unwrap_or(name))
}

/// The entries of a feed, in order.
pub(super) fn read(mut input: Input, web: Option<&Web>) -> Vec<Result<Unread, ReadError>> {
    let bytes = match read_whole(&mut input) {
        Ok(bytes) => bytes,
        Err(error) => return vec![Err(error)],
    };
    let problem = |problem: String| ReadError::Part { path: input.path.clone(), part: "feed".to_owned(), problem };
    let text = decode(&bytes, input.charset.as_deref(), input.address.as_deref());
    let text = &*undeclared(&text);
    if memchr::memchr2_iter(b'<', b'{', text.as_bytes()).nth(MOST).is_some() {
        return vec![Err(problem(format!("more than {MOST} elements: no feed has so many; split it")))];
    }
    let mut told = Vec::new();
    let feed = parse(text).or_else(|error| {
        let mended = mended(text).and_then(|mended| parse(&mended).ok());
        let error = |what: &str| problem(format!("{error}: {what}"));
        match mended {
            Some(feed) => {
                told.push(Err(error("only the entries before were read; fetch it anew")));
                Ok(feed)
            }
            None => Err(error("fetch it anew, or check it with a feed validator")),
        }
    });
    match feed {
        Ok(feed) => {
            let reader = Reader::new(&input, &feed);
            told.extend(feed.entries.into_iter().enumerate().flat_map(|(i, entry)| reader.read(i, entry, web)));
        }
        Err(error) => told.push(Err(error)),
    }
    if told.is_empty() {
        told.push(Err(ReadError::PassedOver { path: input.path, what: "a feed without entries".to_owned() }));
    }
    told
}

/// The text without the declarations of its encoding, which was heeded. The library panics at one that stands far from
/// the beginning; within an entry's words, where HTML knows none, it shows nothing.
fn undeclared(text: &str) -> Cow<'_, str> {
    static DECLARATION: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?s)<\?xml(?:\s.*?)?\?>").expect("the pattern is valid"));
    DECLARATION.replace_all(text.trim_start_matches('\u{FEFF}').trim_start(), " ")
}

fn parse(text: &str) -> Result<Feed, parser::ParseFeedError> {
    // The library counts in world time; the day of publication is that of the place where the outlet is.
    let local = |text: &str| -> Option<DateTime<Utc>> {
        let day = parse_date(text)?.day()?;
        let day = chrono::NaiveDate::from_ymd_opt(
            day.year().into(),
            day.month().unsigned_abs().into(),
            day.day().unsigned_abs().into(),
        )?;
        Some(day.and_time(NaiveTime::MIN).and_utc())
    };
    parser::Builder::new().timestamp_parser(local).build().parse(text.as_bytes())
}

/// A feed that is cut off, ended behind its last whole entry.
fn mended(text: &str) -> Option<String> {
    let root = root(text)?;
    let (end, close) = ENDS.into_iter().find(|(_, close)| close.ends_with(&format!("{root}>")))?;
    let at = text.rfind(end)? + end.len();
    Some([&text[..at], close].concat())
}

/// What the entries of a feed share.
struct Reader {
    path: PathBuf,
    place: String,
    /// What is known of the file.
    known: Metadata,
    /// What the feed says of itself.
    feed: Metadata,
}

impl Reader {
    fn new(input: &Input, feed: &Feed) -> Self {
        let mut own = Metadata::default();
        let title = feed.title.as_ref().map(plain).unwrap_or_default();
        let link = feed.links.iter().find(|link| link.rel.as_deref() != Some("self")).map(|link| link.href.as_str());
        let entry = || feed.entries.first()?.links.first().map(|link| link.href.as_str());
        let outlet = outlet(&title, link.or_else(entry));
        own.outlet = Some((outlet, Origin::Feed)).filter(|(name, _)| !name.is_empty());
        // A language that is none stays unknown: no reader could mend it.
        let _ = feed.language.as_deref().map(|tag| own.write_in(tag, Origin::Feed));
        let place = input.place.clone().unwrap_or_else(|| input.name.clone());
        Self { path: input.path.clone(), place, known: input.known.clone(), feed: own }
    }

    fn read(&self, index: usize, entry: Entry, web: Option<&Web>) -> Vec<Result<Unread, ReadError>> {
        let mut known = self.metadata(&entry);
        let url = known.url.as_ref().map(|(url, _)| url.clone());
        let full = entry.content.and_then(|content| content.body).filter(|body| !body.trim().is_empty());
        let mut told = Vec::new();
        if let (None, Some(web), Some(url)) = (&full, web, &url) {
            match web.page(url, &self.known, &known) {
                Ok(page) => return vec![Ok(page)],
                Err(error) => told.push(Err(error)),
            }
        }
        let words = full.map(|html| fragment_text(&html)).or_else(|| entry.summary.as_ref().map(plain));
        let name = url.unwrap_or_else(|| format!("{}#{}", self.place, index + 1));
        match words.filter(|words| !words.trim().is_empty()) {
            Some(text) => {
                known.complete_shared(&self.known);
                told.push(Ok(Article::read(name.clone(), Some(name), text, known).into()));
            }
            None => {
                let what = format!("{name}: an entry without words");
                told.push(Err(ReadError::PassedOver { path: self.path.clone(), what }));
            }
        }
        told
    }

    fn metadata(&self, entry: &Entry) -> Metadata {
        let mut known = Metadata::default();
        let found = |text: String| Some((text, Origin::Feed)).filter(|(text, _)| !text.is_empty());
        known.title = entry.title.as_ref().and_then(|title| found(plain(title)));
        let authors: Vec<&str> =
            entry.authors.iter().filter_map(|person| person.name.as_deref()).map(str::trim).collect();
        known.author = found(authors.join(", "));
        let link = entry.links.iter().find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"));
        let link = link.map(|link| link.href.trim().to_owned()).filter(|link| is_address(link));
        known.url = link.or_else(|| Some(entry.id.clone()).filter(|id| is_address(id))).and_then(found);
        let day = entry.published.or(entry.updated).map(|time| time.format("%Y-%m-%d").to_string());
        // It was a date before.
        let _ = day.map(|day| known.publish(&day, Origin::Feed));
        let _ = entry.language.as_deref().map(|tag| known.write_in(tag, Origin::Feed));
        known.complete_shared(&self.feed);
        known
    }
}

/// The words of a text, without marks of HTML.
fn plain(text: &Text) -> String {
    fragment_text(&text.content)
}

/// The outlet in the title of a feed: "Le Courrier - Toute l'actualité", "Monde : l'actualité sur Le Courrier.". It is the
/// part that is like the name of the site, else the first.
fn outlet(title: &str, address: Option<&str>) -> String {
    let parts = title.split(['|', '–', '—']).flat_map(|part| part.split(" - ")).flat_map(|part| part.split(": "));
    let parts = parts.flat_map(|part| part.split(" : ")).flat_map(|part| part.split(" sur "));
    let parts: Vec<&str> =
        parts.map(|part| part.trim_matches([' ', '.', ':'])).filter(|part| !part.is_empty()).collect();
    let letters =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let host = address.and_then(|address| address.split("://").nth(1)?.split('/').next());
    let site = host.and_then(|host| host.rsplit('.').nth(1)).map(letters).filter(|site| site.len() > 2);
    let like_site = site.and_then(|site| parts.iter().find(|part| letters(part).starts_with(&site)));
    like_site.or(parts.first()).map(|part| (*part).to_owned()).unwrap_or_default()
}

#[cfg(test)]
#[path = "feed_tests.rs"]
mod tests;
