//! From an article to its attributed statements.

mod adjunct;
mod apposition;
mod attribution;
mod audience;
mod cast;
mod confidence;
mod cue;
mod date;
mod dateline;
mod draft;
mod english;
mod event;
mod explain;
mod few;
mod frame;
mod linking;
mod mark;
mod name;
mod phrase;
mod reading;
mod record;
mod relay;
mod resolution;
mod resolve;
mod sentence;
mod source;
mod statement;
mod tables;
mod telling;
mod token;
mod topic;
mod vocabulary;
mod when;
mod word;

pub use confidence::{Sign, reasons, signs};
pub use date::{
    DateContext, DateMention, Expression, Part, Period, ResolvedDate, Which, find_dates, resolve, resolve_dates,
};
pub use explain::explain;
pub(crate) use record::NamedRecord;
pub use record::{Record, records};
pub use resolution::{Candidate, Resolution, Step};
pub use statement::{Actor, ActorKind, Cue, DateBasis, Frame, Kind, Named, Polarity, Span, Statement, StatementDate};
pub use tables::tables_version;

use crate::article::{Article, Role, Shown, blocks};
use crate::entity::{Entities, Roles};
use crate::language::{Language, Lexicon, may_have_other, tell_other};
use audience::Audience;
use cast::Cast;
use date::dates_among;
use draft::Draft;
use phrase::Phrase;
use reading::Reading;
use resolution::Answer;
use resolve::Resolver;

/// All statements of `article`, in text order; none of an article in a language that is not read yet.
///
/// ```
/// use dixit::{article::Article, entity::Entities, extract::extract};
///
/// let article = Article::from_text("note.txt", "« Le pont rouvrira lundi », a promis la maire, Anne Roy.");
/// let statements = extract(&article, Entities::embedded());
/// assert_eq!(statements[0].text(&article.text), "Le pont rouvrira lundi");
/// assert_eq!(&*statements[0].actors[0].name, "Anne Roy");
/// ```
pub fn extract(article: &Article, entities: &Entities) -> Vec<Statement> {
    let Some(language) = Language::of(&article.language) else { return Vec::new() };
    let shown = Shown::of(&article.text);
    let paragraphs = body(shown.text());
    let mut statements = Vec::new();
    let others = in_other_languages(shown.text(), &paragraphs, language);
    let apart = others.iter().map(Option::is_some).collect();
    read(
        Reading::new(shown.text(), &paragraphs, entities, language).of_article(language, apart),
        article,
        &mut statements,
    );
    if let Some(other) = others.iter().flatten().next() {
        let apart = others.iter().map(Option::is_none).collect();
        let reading = Reading::new(shown.text(), &paragraphs, entities, *other).of_article(language, apart);
        read(reading, article, &mut statements);
        statements.sort_by_key(|statement| statement.spans[0].start);
    }
    if !shown.is_original() {
        let places = |span: &mut Span| *span = shown.original(*span);
        statements.iter_mut().for_each(|statement| statement.for_each_span(places));
    }
    statements
}

/// Adds the statements of the paragraphs that are in the reading's language.
fn read(reading: Reading, article: &Article, statements: &mut Vec<Statement>) {
    let drafts = drafts(&reading);
    if drafts.iter().all(Vec::is_empty) {
        return;
    }
    let mut cast = Cast::new(&reading, article.published);
    let by_sentence = finish(&reading, &mut cast, drafts, article);
    drop(reading);
    statements.reserve_exact(by_sentence.iter().map(Vec::len).sum());
    statements.extend(by_sentence.into_iter().flatten());
}

/// The languages of the paragraphs that are clearly in another one than their article; empty where none is.
fn in_other_languages(text: &str, paragraphs: &[Span], language: Language) -> Vec<Option<Language>> {
    // Most articles have no words of another language at all.
    if !may_have_other(text, language) {
        return Vec::new();
    }
    let all: Vec<_> = paragraphs.iter().map(|paragraph| tell_other(paragraph.of(text), language)).collect();
    if all.iter().any(Option::is_some) { all } else { Vec::new() }
}

/// Reads the tables of the language now, which otherwise the first article waits for.
pub fn prepare() {
    blocks("");
    for language in Language::ALL {
        Lexicon::of(language);
        Roles::of(language);
    }
    date::place_in_dates("");
}

/// The paragraphs that may carry statements.
fn body(text: &str) -> Vec<Span> {
    blocks(text).into_iter().filter(|block| block.role == Role::Body).map(|block| block.span).collect()
}

/// The drafts of each sentence, with quotations that go on without a cue.
fn drafts(reading: &Reading) -> Vec<Vec<Draft>> {
    let mut by_sentence: Vec<Vec<Draft>> = Vec::with_capacity(reading.sentences.len());
    // The last sentence with a statement.
    let mut told = None;
    for index in 0..reading.sentences.len() {
        if reading.is_apart(index) {
            by_sentence.push(Vec::new());
            continue;
        }
        let mut found = attribution::attribute(reading, index);
        let silent = by_sentence.last().is_some_and(Vec::is_empty);
        let theme = || silent.then(|| attribution::theme(reading, index - 1)).flatten();
        for draft in found.iter_mut().filter(|draft| draft.sources.is_empty()) {
            draft.sources = theme().unwrap_or_default();
        }
        if found.is_empty() {
            let last = told.and_then(|sentence: usize| by_sentence[sentence].last());
            found = attribution::unmarked(reading, index, last, theme);
        }
        let follows = index > 0 && reading.sentences[index - 1].paragraph == reading.sentences[index].paragraph;
        if follows {
            let before = &mut by_sentence[index - 1];
            if let Some(sources) = attribution::pointed_back(reading, index) {
                attribution::claim_before(reading, index, sources, before);
                found.clear();
            } else if attribution::awaits_source(reading, index - 1, before)
                && let Some(sources) = late_source(reading, index, &found, silent)
            {
                attribution::claim_before(reading, index, sources, before);
            }
            told = if before.is_empty() { told } else { Some(index - 1) };
        }
        told = if found.is_empty() { told } else { Some(index) };
        // What is found has room to spare, and there may be a million sentences.
        let mut kept = Vec::with_capacity(found.len());
        kept.append(&mut found);
        by_sentence.push(kept);
    }
    attribution::reopened(reading, &mut by_sentence);
    attribution::signed(reading, &mut by_sentence);
    by_sentence
}

/// The source that the sentence `index` names for a quotation before it beside what it says itself. `silent`: the
/// sentence before holds no statement yet.
fn late_source(reading: &Reading, index: usize, found: &[Draft], silent: bool) -> Option<Vec<Phrase>> {
    let bare = || found.is_empty().then(|| attribution::afterthought(reading, index)).flatten();
    let opened = || silent.then(|| attribution::opened_for(reading, index)).flatten();
    bare().or_else(opened)
}

/// Through whom the words came, to whom and through what they were said. The clause that interrupts a quotation is read as
/// if the marks around it were not there.
fn beside_cue(reading: &Reading, draft: &Draft) -> (Vec<Named>, Audience) {
    let read = || (relay::relays(reading, draft), audience::audience(reading, draft));
    match reading.quotation_at(draft.cue.start).filter(|_| draft.frame == Frame::Interrupted) {
        Some(quotation) => reading.inside(quotation, read),
        None => read(),
    }
}

/// Resolves sources, relays, dates and topics. The statements of a sentence take the memory of its drafts.
fn finish(reading: &Reading, cast: &mut Cast, drafts: Vec<Vec<Draft>>, article: &Article) -> Vec<Vec<Statement>> {
    let published = article.published;
    let dates = dates_among(reading.text, &reading.tokens, published);
    let contents = drafts.iter().flatten().flat_map(|draft| draft.spans.iter().copied());
    let topics = topic::Topics::new(reading, cast, contents);
    let mut resolver = Resolver::new(reading, cast, published);
    let mut finish_sentence = |drafts: Vec<Draft>| {
        let mut statements = Vec::with_capacity(drafts.len());
        statements
            .extend(drafts.into_iter().filter_map(|draft| statement(reading, &mut resolver, &topics, &dates, draft)));
        statements
    };
    let mut by_sentence: Vec<_> = drafts.into_iter().map(&mut finish_sentence).collect();
    resolve::name_descriptions(reading.text, &mut by_sentence);
    event::carry(reading, cast, published, &dates, &mut by_sentence);
    linking::link(reading, cast, published, &mut by_sentence);
    for statement in by_sentence.iter_mut().flatten() {
        statement.confidence = confidence::confidence(statement, reading.text);
    }
    by_sentence
}

/// The statement of a draft; none if its source is nobody.
fn statement(
    reading: &Reading,
    resolver: &mut Resolver,
    topics: &topic::Topics,
    dates: &[ResolvedDate],
    draft: Draft,
) -> Option<Statement> {
    let Answer { mut actors, candidates } =
        if draft.sources.is_empty() { resolver.continued(&draft) } else { resolver.resolve_draft(&draft) };
    let (mut relays, audience) = beside_cue(reading, &draft);
    if actors.is_empty() {
        // A pronoun that leads to nobody: the words still have a source, unknown to us.
        let is_said = |source: &&Phrase| source.pronoun && reading.lower(source.range.start) != "on";
        let source = draft.sources.first().filter(is_said)?;
        let mention = reading.span(source.range.clone());
        let words = mention.of(reading.text);
        // "-t-elle"
        let words = if words.starts_with('-') { words.trim_start_matches(['-', 't']) } else { words };
        let name = words.to_lowercase().into();
        let (kind, by) = (ActorKind::Unnamed, Step::Unnamed.alone());
        actors.push(Actor { name, mention, role: None, entity: None, metonym: None, kind, by, link: None });
    }
    // An outlet that only relays somebody else's words is no actor beside them.
    relays.retain(|r| !actors.iter().any(|a| a.name == r.name));
    if let [only] = actors.as_mut_slice()
        && draft.sources.is_empty()
    {
        only.mention = draft.spans[0];
    }
    resolver.heard(draft.sentence, &draft.sources, &actors);
    let date = when::date_of(reading, &draft, dates, resolver.published);
    let Audience { addressee, medium } = audience;
    Some(Statement {
        kind: draft.kind,
        about: topics.of(&draft.spans),
        spans: draft.spans.into(),
        confidence: 0.0,
        actors: actors.into(),
        candidates: candidates.into(),
        cue: (!draft.cue.is_empty()).then(|| Cue {
            span: reading.span(draft.cue.clone()),
            lemma: draft.lemma,
            class: draft.class,
        }),
        relayed_by: relays.into(),
        addressee: addressee.map(Box::new),
        medium: medium.map(Box::new),
        date,
        polarity: draft.polarity,
        frame: draft.frame,
    })
}

#[cfg(test)]
#[path = "story_tests.rs"]
mod tests;
