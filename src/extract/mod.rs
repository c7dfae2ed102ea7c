//! From an article to its attributed statements.

mod attribution;
mod cast;
mod cue;
mod date;
mod draft;
mod mark;
mod phrase;
mod reading;
mod record;
mod relay;
mod resolve;
mod sentence;
mod source;
mod statement;
mod token;
mod topic;
mod when;

pub use date::{
    DateContext, DateMention, Expression, Part, Period, ResolvedDate, Which, find_dates, resolve, resolve_dates,
};
pub use record::{Record, records};
pub use statement::{Actor, ActorKind, Cue, DateBasis, Kind, Named, Polarity, Span, Statement, StatementDate};

use crate::article::{Article, Role, blocks};
use crate::entity::Entities;
use cast::Cast;
use draft::Draft;
use reading::Reading;
use resolve::Resolver;

/// All statements of `article`, in text order.
///
/// ```
/// use dixit::{article::Article, entity::Entities, extract::extract};
///
/// let article = Article::from_text("note.txt", "« Le pont rouvrira lundi », a promis la maire, Anne Roy.");
/// let statements = extract(&article, Entities::embedded());
/// assert_eq!(statements[0].text(&article.text), "Le pont rouvrira lundi");
/// assert_eq!(statements[0].actors[0].name, "Anne Roy");
/// ```
pub fn extract(article: &Article, entities: &Entities) -> Vec<Statement> {
    let paragraphs: Vec<Span> =
        blocks(&article.text).into_iter().filter(|block| block.role == Role::Body).map(|block| block.span).collect();
    let reading = Reading::new(&article.text, &paragraphs, entities);
    let mut cast = Cast::new(&reading, article.published);
    let drafts = drafts(&reading);
    finish(&reading, &mut cast, drafts, article)
}

/// The drafts of all sentences, with quotations that go on without a cue.
fn drafts(reading: &Reading) -> Vec<Draft> {
    let mut all: Vec<Draft> = Vec::new();
    for index in 0..reading.sentences.len() {
        let mut found = attribution::attribute(reading, index);
        if found.is_empty() {
            found.extend(attribution::unmarked(reading, index, all.last()));
        }
        let follows = index > 0 && reading.sentences[index - 1].paragraph == reading.sentences[index].paragraph;
        if found.is_empty()
            && follows
            && let Some(sources) = attribution::afterthought(reading, index)
        {
            attribution::claim_before(reading, index, sources, &mut all);
        }
        all.append(&mut found);
    }
    attribution::reopened(reading, &mut all);
    all
}

/// Resolves sources, relays, dates and topics.
fn finish(reading: &Reading, cast: &mut Cast, drafts: Vec<Draft>, article: &Article) -> Vec<Statement> {
    let dates = resolve_dates(reading.text, &DateContext::for_article(article));
    let published = article.published;
    let topics = topic::Topics::new(reading, cast);
    let mut resolver = Resolver::new(reading, cast, published);
    let mut statements: Vec<Statement> = Vec::new();
    let (mut paragraphs, mut sentences) = (Vec::new(), Vec::new());
    for draft in drafts {
        let mut actors = if draft.sources.is_empty() {
            resolver.last(draft.sentence, 3).map(|s| s.actors.clone()).unwrap_or_default()
        } else {
            resolver.resolve(&draft.sources, draft.sentence)
        };
        let mut relays = relay::relays(reading, &draft);
        if actors.is_empty() {
            // A pronoun that leads to nobody: the words still have a source, unknown to us.
            let Some(source) = draft.sources.first().filter(|s| s.pronoun && reading.lower(s.range.start) != "on")
            else {
                continue;
            };
            let mention = reading.span(source.range.clone());
            let name = mention.of(reading.text).trim_start_matches(['-', 't']).to_lowercase();
            actors.push(Actor { name, mention, entity: None, metonym: None, kind: ActorKind::Unnamed });
        }
        // An outlet that only relays somebody else's words is no actor beside them.
        relays.retain(|r| !actors.iter().any(|a| a.name == r.name));
        if let [only] = actors.as_mut_slice()
            && draft.sources.is_empty()
        {
            only.mention = draft.spans[0];
        }
        resolver.heard(draft.sentence, &draft.sources, &actors);
        sentences.push(draft.sentence);
        paragraphs.push(reading.sentences[draft.sentence].paragraph);
        let date = when::date_of(reading, &draft, &dates, published);
        statements.push(Statement {
            kind: draft.kind,
            about: topics.of(&draft.spans),
            spans: draft.spans,
            actors,
            cue: (!draft.cue.is_empty()).then(|| Cue {
                span: reading.span(draft.cue.clone()),
                lemma: draft.lemma.to_owned(),
                class: draft.class.to_owned(),
            }),
            relayed_by: relays,
            date,
            polarity: draft.polarity,
            confidence: draft.confidence,
        });
    }
    relay::carry(reading, cast, &dates, &mut statements, &sentences);
    when::inherit(&mut statements, &paragraphs);
    statements
}

/// The layers of an article as text, for people who debug a row.
#[doc(hidden)]
pub fn layers(article: &Article, entities: &Entities) -> String {
    use std::fmt::Write;
    let paragraphs: Vec<Span> =
        blocks(&article.text).into_iter().filter(|b| b.role == Role::Body).map(|b| b.span).collect();
    let reading = Reading::new(&article.text, &paragraphs, entities);
    let mut out = String::new();
    for block in blocks(&article.text) {
        let _ =
            writeln!(out, "{:?} {:?}", block.role, block.span.of(&article.text).chars().take(60).collect::<String>());
    }
    for (index, sentence) in reading.sentences.iter().enumerate() {
        let _ = writeln!(
            out,
            "S{index} p{} {}",
            sentence.paragraph,
            reading.span(sentence.range.clone()).of(&article.text)
        );
        for k in reading.quotations_in(sentence.range.clone()) {
            let _ = writeln!(out, "  Q{k} {:?}", reading.quotations[k].inner.of(&article.text));
        }
        for g in cue::groups(&reading, sentence.range.clone()) {
            let source = reading
                .source_before(sentence.range.start, g.range.start)
                .map(|s| s.iter().map(|p| reading.span(p.full()).of(&article.text).to_owned()).collect::<Vec<_>>());
            let after = reading
                .source_after(g.range.end, sentence.range.end)
                .map(|s| s.iter().map(|p| reading.span(p.full()).of(&article.text).to_owned()).collect::<Vec<_>>());
            let _ = writeln!(
                out,
                "  G {:?} {} {:?} before={source:?} after={after:?}",
                reading.span(g.range.clone()).of(&article.text),
                g.verb(&reading).lemma,
                g.shape
            );
        }
        for d in attribution::attribute(&reading, index) {
            let _ = writeln!(
                out,
                "  D {:?} {} {:?} <- {:?} relays={}",
                d.kind,
                d.lemma,
                d.spans.iter().map(|s| s.of(&article.text)).collect::<Vec<_>>(),
                d.sources.iter().map(|p| reading.span(p.full()).of(&article.text)).collect::<Vec<_>>(),
                d.relays.len()
            );
        }
    }
    out
}

#[cfg(test)]
#[path = "story_tests.rs"]
mod tests;
