//! The words of a page's article: what the library finds in the pruned page, with the standfirst above it.

use super::super::clean::{Block, Role, blocks};
use super::names;
use super::prune;
use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability, TextMode};

/// Fewest and most words of a standfirst.
const STANDFIRST: std::ops::RangeInclusive<usize> = 6..=150;

/// How many elements may stand between the headline and the standfirst, of how many nodes it may consist, and how many
/// paragraphs are looked at.
const SIBLINGS: usize = 3;
const PARTS: usize = 12;
const CANDIDATES: usize = 5;

/// Most words of a caption.
const CAPTION: usize = 16;

/// Most words of a label above the article: its section, "Exclusif".
const LABEL: usize = 3;

/// What is known of the article before it is read.
#[derive(Default)]
pub(super) struct Known<'a> {
    pub title: Option<&'a str>,
    pub author: Option<&'a str>,
    /// What it is about.
    pub description: Option<&'a str>,
    /// Its words as the page tells them to machines.
    pub body: Option<&'a str>,
}

/// The text of the article on a pruned page, a paragraph a line; empty if there is none.
pub(super) fn article(page: Document, known: &Known) -> String {
    let above = above(&page, known.description);
    let mut found = readable(page);
    // Some pages show the beginning only, and some are drawn by scripts.
    if let Some(body) = known.body.map(plain).filter(|body| count(&found) * 2 < count(body)) {
        found = body;
    }
    let mut above = above.into_iter().take_while(|(words, _)| !found.is_empty() && !holds(&found, words));
    if let Some((standfirst, _)) = above.find(|(_, is_standfirst)| *is_standfirst) {
        found = format!("{standfirst}\n{found}");
    }
    clean(&found, known)
}

/// What the library takes for the article.
fn readable(page: Document) -> String {
    let config = Config { text_mode: TextMode::Formatted, disable_json_ld: true, ..Config::default() };
    let article = Readability::with_document(page, None, Some(config)).and_then(|mut page| page.parse());
    article.map(|article| lines(&article.text_content)).unwrap_or_default()
}

/// The words of a body told to machines, which may hold tags.
fn plain(body: &str) -> String {
    let text = names::decode(body);
    if text.contains("</") { lines(&Document::from(text).formatted_text()) } else { lines(&text) }
}

/// Each line that holds something, its white space in order.
pub(super) fn lines(text: &str) -> String {
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn count(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Whether the words of `part` stand in `text`.
fn holds(text: &str, part: &str) -> bool {
    let bare = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    bare(text).contains(&bare(part))
}

/// The paragraphs of prose below the headline, and whether they are the standfirst: they follow the headline closely, are
/// called so by their class, or are what the page gives as its description.
fn above(page: &Document, description: Option<&str>) -> Vec<(String, bool)> {
    let headline = page.select("h1").nodes().first().cloned();
    let (Some(headline), Some(body)) = (headline, page.body()) else { return Vec::new() };
    let is_close = |node: &NodeRef| {
        let mut above = std::iter::successors(node.prev_element_sibling(), NodeRef::prev_element_sibling);
        above.by_ref().take(SIBLINGS).any(|above| above.id == headline.id)
    };
    let below = body.descendants_it().skip_while(|node| node.id != headline.id);
    let parts = below.filter(|node| node.is_element() && node.descendants_it().take(PARTS).count() < PARTS);
    let prose = parts.filter_map(|node| {
        let words = names::line(&node.text())?;
        let is_prose = STANDFIRST.contains(&count(&words)) && words.ends_with(['.', '!', '?', '»', '"']);
        let is_cut = words.ends_with("...") || !is_prose || node.find(&["a"]).len() > 1;
        (!is_cut).then_some((node, words))
    });
    let is_told = |words: &str| description.is_some_and(|description| names::same_words(words, description));
    let judged = prose.map(|(node, words)| {
        let is_standfirst = is_close(&node) || prune::is_standfirst(&node) || is_told(&words);
        (words, is_standfirst)
    });
    judged.take(CANDIDATES).collect()
}

/// The paragraphs that are the article: without furniture, copies, the headline and the by-line, which are known, labels
/// above the text, and headings of which the text was cut.
fn clean(text: &str, known: &Known) -> String {
    let blocks = blocks(text);
    let is_body = |block: &Block| block.role == Role::Body;
    let first = blocks.iter().position(is_body).unwrap_or_default();
    let last = blocks.iter().rposition(is_body).unwrap_or(blocks.len());
    let is_known = |line: &str| {
        let line = ["Par ", "PAR ", "par "].iter().find_map(|by| line.strip_prefix(by)).unwrap_or(line);
        [known.title, known.author].into_iter().flatten().any(|words| names::same_words(line, words))
    };
    let kept = blocks.iter().enumerate().filter(|(i, block)| match block.role {
        Role::Noise | Role::Duplicate => false,
        Role::Title | Role::Heading if *i < first && count(block.span.of(text)) <= LABEL => false,
        Role::Title | Role::Heading => *i < last,
        Role::Body => true,
    });
    let kept = kept.map(|(_, block)| block.span.of(text).replace('\n', " "));
    let kept = kept.filter(|line| !is_known(line) && !is_caption(line));
    kept.collect::<Vec<_>>().join("\n")
}

/// "Anne Roy, photo : Studio": a short line that credits a picture.
fn is_caption(line: &str) -> bool {
    let small = line.to_lowercase();
    let credits = ["photo", "photos", "crédit", "crédits", "illustration"];
    let credited = credits.iter().any(|credit| {
        let mut places =
            small.match_indices(credit).map(|(at, word)| (&small[..at], small[at + word.len()..].trim_start()));
        places.any(|(before, after)| before.trim_end().ends_with([',', '(', '.', '-', '–']) && after.starts_with(':'))
    });
    credited && count(line) <= CAPTION && !line.contains(['«', '"', '“'])
}

#[cfg(test)]
#[path = "text_tests.rs"]
mod tests;
