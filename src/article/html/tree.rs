//! From the text of a page to its tree.
//!
//! Tags pass a sieve before they grow into a tree. Hostile or broken pages nest thousands of elements, or open so many
//! kinds of emphasis that each paragraph repeats them all; neither the library nor we would be done with them.

use dom_query::{Document, NodeId};
use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{LocalName, local_name};
use std::cell::{Cell, RefCell};

/// How many elements may be open at a time. Real pages have less than a hundred.
const DEEPEST: usize = 200;

/// How many elements are read. Long live reports have fifty thousand.
const MOST: usize = 100_000;

/// Bytes that are read at a time, and how many times nothing may come of them: a tag with so many attributes is compared
/// by the parser with itself, and an image written into one is not needed.
const PIECE: usize = 16 * 1024;
const LONG: usize = 16;
const TOO_LONG: usize = 32;

/// Grows the tree of a page.
pub(super) fn grow(html: &str) -> Document {
    let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let tokenizer =
        Tokenizer::new(Sieve::new(TreeBuilder::new(Document::default(), options)), TokenizerOpts::default());
    let sieve = &tokenizer.sink;
    let (mut rest, mut idle) = (html, 0);
    while !rest.is_empty() && idle < TOO_LONG && sieve.elements.get() < MOST {
        let (piece, next) = rest.split_at(floor_boundary(rest, PIECE));
        rest = next;
        if idle >= LONG && !piece.contains('>') {
            continue;
        }
        let tokens = sieve.tokens.get();
        let input = BufferQueue::default();
        input.push_back(StrTendril::from(piece));
        // It stops at the end of each script, for those who would run it.
        while !input.is_empty() {
            let _ = tokenizer.feed(&input);
        }
        idle = if sieve.tokens.get() == tokens { idle + 1 } else { 0 };
    }
    tokenizer.end();
    tokenizer.sink.builder.sink
}

/// The last boundary of characters at or before `at`.
fn floor_boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

/// Lets pass what the tree is to hold.
struct Sieve {
    builder: TreeBuilder<NodeId, Document>,
    /// The elements that are open, but for those that others close.
    open: RefCell<Vec<LocalName>>,
    /// How many elements the tree has, and how many tokens were read.
    elements: Cell<usize>,
    tokens: Cell<usize>,
}

impl TokenSink for Sieve {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        self.tokens.set(self.tokens.get() + 1);
        match token {
            Token::TagToken(tag) => match self.sift(tag) {
                Some(tag) => self.builder.process_token(Token::TagToken(tag), line),
                None => TokenSinkResult::Continue,
            },
            Token::CommentToken(_) | Token::ParseError(_) => TokenSinkResult::Continue,
            other => self.builder.process_token(other, line),
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

impl Sieve {
    fn new(builder: TreeBuilder<NodeId, Document>) -> Self {
        Self { builder, open: RefCell::default(), elements: Cell::new(0), tokens: Cell::new(0) }
    }

    /// The tag as the tree is to have it; none if it would nest too deep.
    fn sift(&self, mut tag: Tag) -> Option<Tag> {
        if tag.kind == TagKind::StartTag {
            self.elements.set(self.elements.get() + 1);
        }
        if is_emphasis(&tag.name) {
            tag.name = local_name!("span");
        }
        if ends_by_itself(&tag.name) {
            return Some(tag);
        }
        let mut open = self.open.borrow_mut();
        match tag.kind {
            TagKind::StartTag if open.len() >= DEEPEST => return None,
            TagKind::StartTag => open.push(tag.name.clone()),
            TagKind::EndTag => {
                if let Some(at) = open.iter().rposition(|name| *name == tag.name) {
                    open.truncate(at);
                }
            }
        }
        Some(tag)
    }
}

/// Elements that a parser opens anew in each paragraph until they are closed. To us they mean nothing.
fn is_emphasis(name: &LocalName) -> bool {
    matches!(
        &**name,
        "b" | "big" | "code" | "em" | "font" | "i" | "nobr" | "s" | "small" | "strike" | "strong" | "tt" | "u"
    )
}

/// Elements without content, and those that the next one or the end of their parent closes.
fn ends_by_itself(name: &LocalName) -> bool {
    matches!(
        &**name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
            | "html"
            | "head"
            | "body"
            | "script"
            | "style"
            | "title"
            | "p"
            | "li"
            | "dt"
            | "dd"
            | "tr"
            | "td"
            | "th"
            | "tbody"
            | "thead"
            | "tfoot"
            | "colgroup"
            | "caption"
            | "option"
            | "optgroup"
            | "a"
            | "path"
            | "use"
            | "g"
            | "rect"
            | "circle"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nests_too_deep_loses_its_tags_and_keeps_its_words() {
        for tag in ["div", "b", "span", "blockquote", "a href=x", "ul><li", "table><tr><td", "svg", "object"] {
            // As many levels as elements are read.
            let levels = (MOST - 100) / tag.split('>').count();
            let tree = grow(&format!("<p>Haut.</p>{}Vaux.", format!("<{tag}>").repeat(levels)));
            assert!(tree.text().contains("Vaux."), "{tag}");
        }
    }

    #[test]
    fn emphasis_left_open_is_not_repeated() {
        let open: String = (0..1000).map(|n| format!("<b id={n}>")).collect();
        let tree = grow(&format!("<div>{open}</div>{}", "<p>Vaux.</p>".repeat(1000)));
        assert!(tree.html().len() < 100_000);
    }

    #[test]
    fn what_is_too_much_is_left_out() {
        let attributes: String = (0..500_000).map(|n| format!("a{n} ")).collect();
        let image = "A".repeat(2_000_000);
        let tree = grow(&format!("<p>Haut.</p><img src='{image}'><p>Vaux.</p><p {attributes}>Bas.</p><p>Fin.</p>"));
        assert!(tree.text().starts_with("Haut.Vaux."));
        let tree = grow(&"<p>Vaux.<br>".repeat(1_000_000));
        assert!(tree.select("p").length() <= MOST);
    }

    #[test]
    fn scripts_are_data() {
        let tree = grow("<script>if (a < b) { c('<p>') }</script><p>Vaux <em>rouvre</em>.</p>");
        assert_eq!(tree.select("p").text().trim(), "Vaux rouvre.");
        assert_eq!(tree.select("p").length(), 1);
    }
}
