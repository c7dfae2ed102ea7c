//! The articles of `seeds/` against their gold, `tests/gold/seeds.jsonl`: every attributed statement, read by people.

mod shared;

use dixit::article::{Article, read_paths};
use dixit::entity::Entities;
use dixit::extract::{Statement, extract};
use serde::Deserialize;
use shared::{covered, overlap, pairs, words};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Contents match that share half of their words.
const MATCH: f64 = 0.5;

/// One line of the gold file; offsets are code points.
#[derive(Deserialize)]
struct Gold {
    article: String,
    statements: Vec<GoldStatement>,
}

#[derive(Deserialize)]
struct GoldStatement {
    text: String,
    spans: Vec<[usize; 2]>,
    actors: Vec<String>,
    relayed_by: Vec<String>,
    about: Vec<String>,
    /// Neither demanded nor punished.
    optional: bool,
}

/// An article with its gold, what was found in it, and which of the two match.
struct Scored {
    article: Article,
    gold: Vec<GoldStatement>,
    found: Vec<Statement>,
    wanted_words: Vec<BTreeSet<usize>>,
    found_words: Vec<BTreeSet<usize>>,
    /// Gold and found statements that match.
    pairs: Vec<(usize, usize)>,
}

impl Scored {
    fn all() -> Vec<Scored> {
        let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
        let mut articles: Vec<Article> = read_paths(&[root.join("seeds")]).map(|a| a.unwrap()).collect();
        let lines = include_str!("gold/seeds.jsonl").lines();
        let scored = lines.map(|line| {
            let gold: Gold = serde_json::from_str(line).unwrap();
            let at = articles.iter().position(|a| a.name == gold.article).expect("the gold is of an article in seeds");
            Scored::new(articles.swap_remove(at), gold.statements)
        });
        let all: Vec<_> = scored.collect();
        assert!(articles.is_empty(), "without gold: {:?}", articles.iter().map(|a| &a.name).collect::<Vec<_>>());
        all
    }

    fn new(article: Article, gold: Vec<GoldStatement>) -> Self {
        let text = &article.text;
        let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let words = words(text);
        let found = extract(&article, Entities::embedded());
        let wanted_words: Vec<_> =
            gold.iter().map(|g| covered(&words, g.spans.iter().map(|[a, b]| bytes[*a]..bytes[*b]))).collect();
        let found_words: Vec<_> =
            found.iter().map(|s| covered(&words, s.spans.iter().map(|span| span.start..span.end))).collect();
        let pairs = pairs(&wanted_words, &found_words, MATCH);
        Scored { article, gold, found, wanted_words, found_words, pairs }
    }

    fn match_of(&self, gold: usize) -> Option<&Statement> {
        self.pairs.iter().find(|(g, _)| *g == gold).map(|(_, f)| &self.found[*f])
    }

    fn demanded(&self) -> impl Iterator<Item = (usize, &GoldStatement)> {
        self.gold.iter().enumerate().filter(|(_, g)| !g.optional)
    }

    /// Found statements that count: those that are no reading of an optional one.
    fn counted(&self) -> usize {
        let optional = |f: usize| {
            self.pairs.iter().any(|(g, pair)| *pair == f && self.gold[*g].optional)
                || self.unmatched(f)
                    && (0..self.gold.len()).any(|g| {
                        let inside = self.wanted_words[g].intersection(&self.found_words[f]).count();
                        self.gold[g].optional && 2 * inside >= self.found_words[f].len()
                    })
        };
        (0..self.found.len()).filter(|f| !optional(*f)).count()
    }

    fn unmatched(&self, found: usize) -> bool {
        self.pairs.iter().all(|(_, f)| *f != found)
    }
}

#[test]
fn statements_speakers_and_relays_are_found() {
    let (mut demanded, mut counted, mut hits, mut right) = (0, 0, 0, 0);
    let (mut relays, mut relays_given, mut relays_right) = (0, 0, 0);
    let mut wrong: Vec<String> = Vec::new();
    for scored in Scored::all() {
        counted += scored.counted();
        for (g, gold) in scored.demanded() {
            demanded += 1;
            relays += gold.relayed_by.len();
            let Some(found) = scored.match_of(g) else {
                wrong.push(format!("missed in {}: {}", scored.article.name, gold.text));
                continue;
            };
            hits += 1;
            let text = &scored.article.text;
            let speaks = |name: &String| {
                found.actors.iter().any(|a| {
                    let entities = [a.entity, a.metonym];
                    [a.name.as_str(), a.mention.of(text)].iter().any(|form| same(name, form, &entities))
                })
            };
            if gold.actors.iter().any(speaks) {
                right += 1;
            } else {
                let names: Vec<_> = found.actors.iter().map(|a| &a.name).collect();
                wrong.push(format!("in {} {names:?} said, not {:?}: {}", scored.article.name, gold.actors, gold.text));
            }
            relays_given += found.relayed_by.len();
            let relays = |name: &&String| found.relayed_by.iter().any(|r| same(name, &r.name, &[r.entity]));
            relays_right += gold.relayed_by.iter().filter(relays).count();
        }
    }
    let ratio = |part: usize, whole: usize| part as f64 / whole as f64;
    // Twice what is right over what is demanded and what is given: the mean of precision and recall.
    let f1 = |right: usize| ratio(2 * right, demanded + counted);
    let summary = format!(
        "{demanded} demanded, {counted} given: f1 {:.3}, who said what {:.3}; relays: recall {:.3}, precision {:.3}",
        f1(hits),
        f1(right),
        ratio(relays_right, relays),
        ratio(relays_right, relays_given),
    );
    println!("{summary}\n{}", wrong.join("\n"));
    assert!(f1(hits) >= 0.95, "{summary}");
    assert!(f1(right) >= 0.88, "{summary}");
    assert!(ratio(relays_right, relays) >= 0.65, "{summary}");
    assert!(ratio(relays_right, relays_given) >= 0.9, "{summary}");
}

#[test]
fn lines_without_speech_give_nothing() {
    for scored in Scored::all() {
        let text = &scored.article.text;
        let words = words(text);
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let range = covered(&words, std::iter::once(start..start + line.len()));
            start += line.len();
            let speech = scored.wanted_words.iter().any(|content| overlap(content, &range) > 0.0);
            let found = |f: &usize| scored.unmatched(*f) && overlap(&scored.found_words[*f], &range) > 0.0;
            if let Some(surplus) = (0..scored.found.len()).find(found).filter(|_| !speech) {
                panic!("{}: {:?} in {line:?}", scored.article.name, scored.found[surplus].text(text));
            }
        }
    }
}

#[test]
fn the_answer_about_nato_is_whole() {
    let nato = Entities::embedded().by_key("Q7184").unwrap();
    let mut rows = 0;
    for scored in Scored::all() {
        let about = |name: &String| name == "OTAN" || name == "NATO";
        for (g, gold) in scored.demanded().filter(|(_, g)| g.about.iter().any(about)) {
            rows += 1;
            let found = scored.match_of(g);
            let found = found.unwrap_or_else(|| panic!("missed in {}: {}", scored.article.name, gold.text));
            let mut topics = found.about.iter().filter_map(|topic| topic.entity);
            assert!(topics.any(|id| id == nato), "{}: not about NATO: {}", scored.article.name, gold.text);
        }
    }
    assert!(rows >= 10, "the seeds speak of NATO, the gold must too: {rows}");
}

/// Whether a gold name is the found one: the same entity, or one's words within the other's, titles apart.
fn same(gold: &str, found: &str, entities: &[Option<dixit::entity::EntityId>]) -> bool {
    let known = Entities::embedded().find(gold);
    if entities[0].is_some() && !known.is_empty() {
        return entities.iter().flatten().any(|id| known.contains(id));
    }
    let (gold, found) = (name_words(gold), name_words(found));
    let (short, long) = if gold.len() < found.len() { (&gold, &found) } else { (&found, &gold) };
    !short.is_empty() && short.iter().all(|word| long.contains(word))
        || gold.last().is_some_and(|last| last.len() > 3 && found.last() == Some(last))
}

/// Folded words of a name without articles and titles.
fn name_words(name: &str) -> Vec<String> {
    const SMALL: &[&str] = &["m", "mme", "le", "la", "les", "l", "un", "une", "des", "du", "de", "d", "the"];
    let folded = dixit::entity::slug(name);
    folded.split('-').filter(|word| !SMALL.contains(word) && !word.is_empty()).map(str::to_owned).collect()
}
