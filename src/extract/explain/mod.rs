//! How an article was understood: its passages with the layers of each statement under the words, and the cues and
//! quotations that gave none with the reason.

mod layout;
mod statement;

use super::attribution;
use super::reading::Reading;
use super::statement::{Span, Statement};
use super::{body, extract};
use crate::article::{Article, Block, Role, Shown, blocks};
use crate::code_points::CodePoints;
use crate::entity::Entities;
use crate::language::Language;
use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use layout::Layout;

/// A passage with labels under its words and notes below it.
struct Passage {
    /// Orders the passages: where the words of interest begin.
    at: usize,
    /// Whether a statement was found in it.
    found: bool,
    title: String,
    /// What must be seen: the sentence.
    span: Span,
    labels: Vec<Label>,
    notes: Vec<(&'static str, String)>,
}

/// Words with what they are; `main` for the content.
struct Label {
    span: Span,
    text: String,
    main: bool,
}

impl Label {
    fn new(span: Span, text: impl Into<String>) -> Self {
        Self { span, text: text.into(), main: false }
    }
}

/// How `article` was understood, in text order, as text for a terminal; with `color` in ANSI colours.
///
/// Long lines are broken at blanks, and the line numbers count the broken lines. Offsets in titles are Unicode code
/// points in the article's text, those of [`records`](super::records), unless its entities of HTML or invisible
/// characters had to be read first: then they count what is shown. Inside the library they are bytes.
pub fn explain(article: &Article, entities: &Entities, color: bool) -> String {
    let shown = Article { text: Shown::of(&article.text).text().to_owned(), ..article.clone() };
    let (article, text) = (&shown, shown.text.as_str());
    let statements = extract(article, entities);
    let language = Language::of(&article.language).unwrap_or_default();
    let reading = Reading::new(text, &body(text), entities, language);
    let mut passages = statement::passages(article, &reading, &statements);
    passages.extend(silent(&reading, &statements));
    passages.extend(outside(text, entities, language));
    passages.sort_by_key(|p| (p.at, !p.found));
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Unicode).term_width(160);
    let layout = Layout::new(text);
    let points = CodePoints::new(text);
    let mut out = format!("{}: {} statements\n", article.name, statements.len());
    for passage in passages {
        out.push('\n');
        out.push_str(&passage.render(&renderer, &layout, &points));
        out.push('\n');
    }
    out
}

/// The sentences that carry a cue or a quotation but gave no statement.
fn silent(reading: &Reading, statements: &[Statement]) -> Vec<Passage> {
    let gave = |sentence: Span| {
        statements.iter().any(|s| {
            s.spans.iter().any(|span| span.overlaps(sentence))
                || s.cue.as_ref().is_some_and(|c| c.span.overlaps(sentence))
        })
    };
    let sentences = reading.sentences.iter().enumerate().map(|(n, s)| (n, reading.span(s.range.clone())));
    sentences.filter(|(_, span)| !gave(*span)).filter_map(|(n, span)| missed(reading, n, span, None)).collect()
}

/// What stands outside the article's body and holds a cue or a quotation: words taken for noise by mistake are missed.
fn outside(text: &str, entities: &Entities, language: Language) -> Vec<Passage> {
    let blocks: Vec<Block> = blocks(text).into_iter().filter(|b| b.role != Role::Body).collect();
    let spans: Vec<Span> = blocks.iter().map(|b| b.span).collect();
    let reading = Reading::new(text, &spans, entities, language);
    let sentences = reading.sentences.iter().enumerate();
    let passages = sentences.filter_map(|(n, sentence)| {
        let why = match blocks[sentence.paragraph].role {
            Role::Noise => "noise line",
            Role::Title => "headline",
            Role::Heading => "heading or caption",
            Role::Duplicate => "printed before",
            Role::Body => return None,
        };
        missed(&reading, n, reading.span(sentence.range.clone()), Some(why))
    });
    passages.collect()
}

/// A sentence with the cues and quotations that led to nothing; `None` if it has neither.
fn missed(reading: &Reading, index: usize, span: Span, why: Option<&'static str>) -> Option<Passage> {
    let missed = attribution::missed(reading, index);
    let first = why.or_else(|| missed.first().map(|m| m.reason.name()))?;
    let labels: Vec<Label> =
        missed.iter().map(|m| Label::new(reading.span(m.range.clone()), why.unwrap_or(m.reason.name()))).collect();
    let title = format!("no statement, {first}");
    (!labels.is_empty()).then(|| Passage { at: span.start, found: false, title, span, labels, notes: Vec::new() })
}

impl Passage {
    fn render(&self, renderer: &Renderer, layout: &Layout, points: &CodePoints) -> String {
        let lines = layout.lines(self.span);
        let inside = |span: Span| lines.start <= span.start && span.end <= lines.end && span.start < span.end;
        let mut snippet = Snippet::source(layout.of(lines)).line_start(layout.line(lines.start)).fold(false);
        for label in self.labels.iter().filter(|l| inside(l.span)) {
            let pieces = layout.pieces(label.span);
            for (n, piece) in pieces.iter().enumerate() {
                let kind = if label.main { AnnotationKind::Primary } else { AnnotationKind::Context };
                let annotation = kind.span(piece.start - lines.start..piece.end - lines.start);
                let last = n + 1 == pieces.len();
                snippet = snippet.annotation(if last { annotation.label(&*label.text) } else { annotation });
            }
        }
        let (level, name) = if self.found { (Level::INFO, "statement") } else { (Level::WARNING, "missed") };
        let (start, end) = (points.before(self.at), points.before(self.span.end.max(self.at)));
        let title = if self.found { self.title.clone() } else { format!("{} ({start}–{end})", self.title) };
        let mut group = Group::with_title(level.with_name(name).primary_title(title)).element(snippet);
        for (name, words) in &self.notes {
            group = group.element(Level::NOTE.with_name(*name).message(words.as_str()));
        }
        renderer.render(&[group])
    }
}

#[cfg(test)]
mod tests;
