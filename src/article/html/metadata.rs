//! What a page tells of its article, apart from its text: the surest place that tells it wins.

use super::json_ld::Described;
use super::names;
use super::when;
use super::{Metadata, Origin};
use crate::date::PartialDate;
use crate::language;
use dom_query::{Document, NodeRef};
use oxiri::Iri;
use std::sync::LazyLock;

/// The meta tags that are read: what they tell, and their names.
static TAGS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let rows = include_str!("tags.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
    rows.filter_map(|row| row.split_once('\t')).collect()
});

/// Most bytes of a line that gives a date, and of how many nodes it may consist.
const LINE: usize = 160;
const PARTS: usize = 16;

/// Meta tags of a page: their names in small letters, and what they say.
pub(super) struct Tags(Vec<(String, String)>);

impl Tags {
    pub fn of(page: &Document) -> Self {
        let mut tags = Vec::new();
        for tag in page.select("meta[content]").iter() {
            let names = ["property", "name", "itemprop", "http-equiv"].into_iter().filter_map(|key| tag.attr(key));
            tags.extend(names.map(|name| (name.trim().to_ascii_lowercase(), tag.attr_or("content", "").to_string())));
        }
        Self(tags)
    }

    /// What the tags tell of a field, the surest first.
    fn all<'a>(&'a self, field: &'a str) -> impl Iterator<Item = (&'a str, Origin)> {
        let names = TAGS.iter().filter(move |(known, _)| *known == field).map(|(_, name)| *name);
        names.flat_map(|name| {
            let origin =
                if name.starts_with("og:") || name.starts_with("article:") { Origin::OpenGraph } else { Origin::Meta };
            self.0.iter().filter(move |(known, _)| known == name).map(move |(_, text)| (text.as_str(), origin))
        })
    }

    /// What the article is about.
    pub fn description(&self) -> Option<&str> {
        self.all("description").map(|(text, _)| text).next()
    }

    /// The first one that `read` can use.
    fn first<T>(&self, field: &str, read: impl Fn(&str) -> Option<T>) -> Option<(T, Origin)> {
        self.all(field).find_map(|(text, origin)| Some((read(text)?, origin)))
    }
}

/// A page on which the places are looked up.
pub(super) struct Teller<'a> {
    pub page: &'a Document,
    pub tags: &'a Tags,
    pub described: &'a Described,
    /// The address by which the page was fetched.
    pub address: Option<&'a str>,
}

impl Teller<'_> {
    pub fn tell(&self) -> Metadata {
        let outlet = self.outlet();
        let name = outlet.as_ref().map(|(name, _)| name.as_str());
        let (title, author) = (self.title(name), self.author(name));
        let (url, language, published) = (self.url(), self.language(), self.published());
        Metadata { url, outlet, title, author, language, published }
    }

    fn outlet(&self) -> Option<(String, Origin)> {
        let described = self.described.outlet.as_deref().and_then(names::outlet).map(|name| (name, Origin::JsonLd));
        let headline = || self.described.title.clone().or_else(|| self.line("h1"));
        let title = || {
            let title = names::outlet_of_title(&self.line("head title")?, headline().as_deref())?;
            Some((title, Origin::Title))
        };
        let publisher = || Some((names::outlet(&self.property("publisher")?)?, Origin::Microdata));
        described.or_else(|| self.tags.first("outlet", names::outlet)).or_else(publisher).or_else(title)
    }

    fn title(&self, outlet: Option<&str>) -> Option<(String, Origin)> {
        let read = |text: &str| names::title(text, outlet);
        let described = self.described.title.as_deref().and_then(read).map(|title| (title, Origin::JsonLd));
        let shown = |selector: &str| Some((read(&self.line(selector)?)?, Origin::Title));
        described.or_else(|| self.tags.first("title", read)).or_else(|| shown("h1")).or_else(|| shown("head title"))
    }

    fn author(&self, outlet: Option<&str>) -> Option<(String, Origin)> {
        let read = |names: &[String]| names::authors(names, outlet);
        let described = read(&self.described.authors).map(|names| (names, Origin::JsonLd));
        let tagged = || {
            let mut tags =
                self.tags.all("author").map(|(text, origin)| (names::authors(&[text.to_owned()], outlet), origin));
            let (first, origin) = tags.find_map(|(names, origin)| Some((names?, origin)))?;
            let all: Vec<String> = std::iter::once(first)
                .chain(self.tags.all("author").filter(|(_, other)| *other == origin).map(|(text, _)| text.to_owned()))
                .collect();
            Some((read(&all)?, origin))
        };
        let property = || Some((read(&self.lines("[itemprop~=author]"))?, Origin::Microdata));
        let link = || Some((read(&self.lines("a[rel~=author]"))?, Origin::Byline));
        described.or_else(tagged).or_else(property).or_else(link)
    }

    fn url(&self) -> Option<(String, Origin)> {
        let canonical =
            self.page.select("link[rel~=canonical][href]").iter().find_map(|link| self.absolute(&link.attr("href")?));
        let described = || self.absolute(self.described.url.as_deref()?);
        let address = || self.absolute(self.address?).map(|url| (url, Origin::Address));
        canonical
            .map(|url| (url, Origin::Canonical))
            .or_else(|| self.tags.first("url", |text| self.absolute(text)))
            .or_else(|| described().map(|url| (url, Origin::JsonLd)))
            .or_else(address)
    }

    /// The whole of an address that leads to more than a site's front page.
    fn absolute(&self, address: &str) -> Option<String> {
        let base = self.page.base_uri().map(|base| base.to_string()).into_iter().chain(self.address.map(str::to_owned));
        let is_front = |url: &Iri<String>| matches!(url.path(), "" | "/") && url.query().is_none();
        let whole = Iri::parse(address.trim().to_owned()).ok();
        let whole = whole.or_else(|| {
            let base = base.filter_map(|base| Iri::parse(base).ok()).next()?;
            base.resolve(address.trim()).ok()
        })?;
        let is_web =
            matches!(whole.scheme(), "http" | "https") && whole.authority().is_some_and(|host| !host.is_empty());
        let url = whole.as_str().split('#').next().unwrap_or_default().to_owned();
        (is_web && !is_front(&whole)).then_some(url)
    }

    /// The language that the page declares; where its places contradict each other, the one that its words are in.
    fn language(&self) -> Option<(String, Origin)> {
        let html = self.page.select("html").attr("lang").and_then(|tag| names::language(&tag));
        let html = html.map(|tag| (tag, Origin::HtmlLang));
        let described = self.described.language.as_deref().and_then(names::language).map(|tag| (tag, Origin::JsonLd));
        let tagged = self.tags.first("language", names::language);
        let declared: Vec<(String, Origin)> = [html, described, tagged].into_iter().flatten().collect();
        let main = |tag: &str| tag.split('-').next().unwrap_or_default().to_owned();
        if declared.windows(2).any(|pair| main(&pair[0].0) != main(&pair[1].0)) {
            let written = language::tell(&self.page.body().map(|body| body.formatted_text()).unwrap_or_default());
            if let Some(right) = declared.iter().find(|(tag, _)| main(tag) == main(written)) {
                return Some(right.clone());
            }
        }
        declared.into_iter().next()
    }

    fn published(&self) -> Option<(PartialDate, Origin)> {
        let described = self.described.published.as_deref().and_then(when::date).map(|date| (date, Origin::JsonLd));
        let property = || Some((when::date(&self.property("datePublished")?)?, Origin::Microdata));
        let time = || Some((self.time()?, Origin::TimeElement));
        let address = || {
            let canonical = self.url().map(|(url, _)| url);
            let dated = self.address.and_then(when::in_address).or_else(|| when::in_address(&canonical?));
            Some((dated?, Origin::Address))
        };
        let told = || Some((self.told()?, Origin::Byline));
        described
            .or_else(|| self.tags.first("published", when::date))
            .or_else(property)
            .or_else(time)
            .or_else(told)
            .or_else(address)
    }

    /// The date of the first `<time>` below the headline, or else of the last one above it, unless it belongs to another
    /// article than the headline.
    fn time(&self) -> Option<PartialDate> {
        let headline = self.page.select("h1").nodes().first().cloned();
        let article =
            |node: &NodeRef| node.ancestors_it(None).find(|above| above.has_name("article")).map(|above| above.id);
        let own = headline.as_ref().and_then(&article);
        let (mut above, mut below) = (None, headline.is_none());
        for node in self.page.body()?.descendants_it() {
            below |= headline.as_ref().is_some_and(|headline| headline.id == node.id);
            if !node.has_name("time")
                || article(&node).is_some_and(|article| headline.is_some() && Some(article) != own)
            {
                continue;
            }
            let class = node.class().unwrap_or_default().to_ascii_lowercase();
            let is_change = ["modif", "updat", "maj"].iter().any(|part| class.contains(part));
            let date = node.attr("datetime").and_then(|date| when::date(&date)).filter(|_| !is_change);
            match date {
                Some(date) if below => return Some(date),
                date => above = date.or(above),
            }
        }
        above
    }

    /// The date of publication in the words of a short line.
    fn told(&self) -> Option<PartialDate> {
        let body = self.page.body()?;
        let short = |node: &NodeRef| {
            let is_small = node.descendants_it().take(PARTS).count() < PARTS;
            is_small.then(|| names::line(&node.text())).flatten().filter(|line| line.len() <= LINE)
        };
        let named = |node: &NodeRef| {
            let class = node.class().unwrap_or_default().to_ascii_lowercase();
            ["date", "publi"].iter().any(|part| class.contains(part)) && !class.contains("updat")
        };
        body.descendants_it().filter(NodeRef::is_element).find_map(|node| {
            let line = short(&node)?;
            when::told(&line).or_else(|| when::date(&line).filter(|_| named(&node)))
        })
    }

    /// What the page shows or says in microdata of a property.
    fn property(&self, name: &str) -> Option<String> {
        let selection = self.page.select(&format!("[itemprop~={name}]"));
        let node = selection.nodes().first()?;
        ["content", "datetime"]
            .iter()
            .find_map(|key| node.attr(key))
            .map(|text| text.to_string())
            .or_else(|| shown(node))
    }

    /// The first line that the page shows in such an element.
    fn line(&self, selector: &str) -> Option<String> {
        self.page.select(selector).nodes().first().and_then(shown)
    }

    fn lines(&self, selector: &str) -> Vec<String> {
        self.page.select(selector).nodes().iter().filter_map(shown).collect()
    }
}

/// What an element shows: that of its part which is a name, if there is one.
fn shown(node: &NodeRef) -> Option<String> {
    let name = node.descendants_it().find(|part| part.attr("itemprop").is_some_and(|name| &*name == "name"));
    let node = name.as_ref().unwrap_or(node);
    node.attr("content").and_then(|text| names::line(&text)).or_else(|| names::line(&node.text()))
}

#[cfg(test)]
#[path = "metadata_tests.rs"]
mod tests;
