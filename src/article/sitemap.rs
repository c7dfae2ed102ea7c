//! Sitemaps, and what news sitemaps say of the pages they list (sitemaps.org, Google's news extension).

use super::ReadError;
use super::feed::root;
use super::html::decode;
use super::input::Input;
use super::metadata::{Metadata, is_address};
use super::origin::Origin;
use super::plain::read_whole;
use super::unread::Unread;
use super::web::Web;
use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, Event};
use std::collections::{HashSet, VecDeque};
use std::path::PathBuf;

/// The root elements of sitemaps: of pages, and of other sitemaps.
const ROOTS: [&str; 2] = ["urlset", "sitemapindex"];

/// The most pages that one sitemap may list (sitemaps.org).
const MAX_PAGES: usize = 50_000;

/// The most sitemaps that one index leads to.
const MAX_SITEMAPS: usize = 1_000;

/// Whether the input is a sitemap.
pub(super) fn fits(input: &Input) -> bool {
    root(&String::from_utf8_lossy(&input.head)).is_some_and(|root| ROOTS.contains(&root))
}

/// The pages of a sitemap, which are fetched if links are followed.
pub(super) fn read(input: Input, web: Option<Web>) -> Sitemap {
    let known = input.known.clone();
    let mut sitemap = Sitemap {
        known,
        web,
        pages: VecDeque::new(),
        sitemaps: VecDeque::new(),
        seen: HashSet::new(),
        ready: VecDeque::new(),
    };
    sitemap.open(input);
    sitemap
}

/// A sitemap that is being read, with those it leads to.
pub(super) struct Sitemap {
    known: Metadata,
    web: Option<Web>,
    pages: VecDeque<Metadata>,
    sitemaps: VecDeque<String>,
    seen: HashSet<String>,
    ready: VecDeque<ReadError>,
}

impl Iterator for Sitemap {
    type Item = Result<Unread, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(error) = self.ready.pop_front() {
                return Some(Err(error));
            }
            let web = self.web.clone()?;
            if let Some(page) = self.pages.pop_front() {
                let Some((address, _)) = &page.url else { continue };
                return Some(web.page(address, &self.known, &page));
            }
            let next = self.sitemaps.pop_front()?;
            match web.open(&next) {
                Ok(input) => self.open(input),
                Err(error) => self.ready.push_back(error),
            }
        }
    }
}

impl Sitemap {
    /// Notes what a sitemap lists, up to the place where it is broken.
    fn open(&mut self, mut input: Input) {
        let bytes = match read_whole(&mut input) {
            Ok(bytes) => bytes,
            Err(error) => return self.ready.push_back(error),
        };
        let listed = listed(&decode(&bytes, input.charset.as_deref(), input.address.as_deref()));
        let (pages, sitemaps) = (listed.pages.len(), listed.sitemaps.len());
        self.pages.extend(listed.pages);
        for address in listed.sitemaps {
            if self.seen.len() < MAX_SITEMAPS && self.seen.insert(address.clone()) {
                self.sitemaps.push_back(address);
            }
        }
        if let Some(problem) = listed.problem {
            self.ready.push_back(broken(input.path.clone(), &problem));
        }
        if self.web.is_none() {
            let what = format!("a sitemap of {} pages or sitemaps: read them with --follow", pages + sitemaps);
            self.ready.push_back(ReadError::PassedOver { path: input.path, what });
        }
    }
}

fn broken(path: PathBuf, problem: &str) -> ReadError {
    let problem = format!("{problem}: only what stands before was read; fetch it anew");
    ReadError::Part { path, part: "sitemap".to_owned(), problem }
}

/// What a sitemap lists.
#[derive(Default)]
struct Listed {
    pages: Vec<Metadata>,
    sitemaps: Vec<String>,
    problem: Option<String>,
}

/// Reads a sitemap. Elements are known by their names without prefix: `news:title` and `title` are the same.
fn listed(text: &str) -> Listed {
    let mut listed = Listed::default();
    let mut reader = Reader::from_str(text);
    let (mut page, mut text, mut depth) = (Metadata::default(), String::new(), 0usize);
    loop {
        match reader.read_event() {
            Ok(Event::Start(_)) => {
                depth += 1;
                text.clear();
            }
            Ok(Event::Text(words)) => text += &words.xml10_content(),
            Ok(Event::CData(words)) => text += &words,
            Ok(Event::GeneralRef(name)) => text += &character(&name),
            Ok(Event::End(element)) => {
                depth = depth.saturating_sub(1);
                let value = std::mem::take(&mut text).trim().to_owned();
                let found = || Some((value.clone(), Origin::Sitemap)).filter(|(value, _)| !value.is_empty());
                match element.local_name().as_ref() {
                    "loc" if is_address(&value) && page.url.is_none() => page.url = found(),
                    "title" => page.title = found(),
                    "name" => page.outlet = found(),
                    // What is no date or language stays unknown.
                    "publication_date" => drop(page.publish(&value, Origin::Sitemap)),
                    "language" => drop(page.write_in(&value, Origin::Sitemap)),
                    "url" if listed.pages.len() == MAX_PAGES => {
                        listed.problem = Some(format!("more than {MAX_PAGES} pages"));
                        return listed;
                    }
                    "url" => listed.pages.extend(Some(std::mem::take(&mut page)).filter(|page| page.url.is_some())),
                    "sitemap" => listed.sitemaps.extend(std::mem::take(&mut page).url.map(|(address, _)| address)),
                    _ => {}
                }
            }
            Ok(Event::Eof) => {
                listed.problem = (depth > 0).then(|| "cut off".to_owned());
                return listed;
            }
            Ok(_) => {}
            Err(error) => {
                listed.problem = Some(error.to_string());
                return listed;
            }
        }
    }
}

/// The character that a reference stands for: `amp`, `#233`.
fn character(name: &BytesRef<'_>) -> String {
    match name.resolve_char_ref() {
        Ok(Some(character)) => character.to_string(),
        _ => resolve_xml_entity(name).unwrap_or_default().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SITEMAP: &str = "<?xml version=\"1.0\"?><urlset xmlns:news=\"x\">\
        <url><loc>https://courrier.example/1?a=1&amp;b=2</loc><news:news><news:publication><news:name>Le Courrier</news:name>\
        <news:language>fr</news:language></news:publication><news:publication_date>2021-04-06T08:00:00+02:00</news:publication_date>\
        <news:title>L&#39;&#xE9;t&#233; &amp; le pont</news:title></news:news></url>\
        <url><loc>https://courrier.example/2</loc><lastmod>2021</lastmod></url>";

    #[test]
    fn a_news_sitemap_describes_its_pages() {
        let listed = listed(&format!("{SITEMAP}</urlset>"));
        assert_eq!((listed.pages.len(), listed.sitemaps.len(), listed.problem), (2, 0, None));
        let page = &listed.pages[0];
        assert_eq!(page.url.as_ref().unwrap().0, "https://courrier.example/1?a=1&b=2");
        assert_eq!(page.title.as_ref().unwrap().0, "L'été & le pont");
        assert_eq!(page.outlet, Some(("Le Courrier".to_owned(), Origin::Sitemap)));
        assert_eq!(page.published.unwrap().0.to_string(), "2021-04-06");
        assert_eq!(listed.pages[1].published, None);
    }

    #[test]
    fn of_a_broken_sitemap_the_first_part_counts() {
        let listed = listed(&format!("{SITEMAP}<url><loc>https://courrier.example/3</urlset>"));
        assert_eq!(listed.pages.len(), 2);
        assert!(listed.problem.is_some());
    }

    #[test]
    fn an_index_leads_to_sitemaps() {
        let index = "<sitemapindex><sitemap><loc> https://courrier.example/a.xml </loc></sitemap></sitemapindex>";
        assert_eq!(listed(index).sitemaps, ["https://courrier.example/a.xml"]);
    }
}
