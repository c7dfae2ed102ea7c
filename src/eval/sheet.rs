//! One article: its gold beside what was found in it.

use super::content::{Content, Pair, Words, pairs, share_within};
use super::error::EvalError;
use super::field::Wrong;
use super::gold::{Gold, GoldArticle, GoldStatement, placed};
use super::prediction::Prediction;
use std::collections::HashMap;

/// Contents match that share half of their words.
const MATCH: f64 = 0.5;

/// An article's gold and what was found in it.
#[derive(Debug, Clone)]
pub struct Sheet {
    gold: GoldArticle,
    found: Vec<Prediction>,
    wanted_words: Vec<Content>,
    found_words: Vec<Content>,
}

/// The gold beside what was found, article by article, in the order of the gold. Predictions for other articles are
/// left out.
///
/// # Errors
/// Each article of the gold without a text, and the first fault of each whose offsets or words are not in its text.
pub fn sheets(
    gold: Gold,
    texts: &HashMap<String, String>,
    found: Vec<Prediction>,
) -> Result<Vec<Sheet>, Vec<EvalError>> {
    let mut by_article: HashMap<String, Vec<Prediction>> = HashMap::new();
    for prediction in found {
        by_article.entry(prediction.article.clone()).or_default().push(prediction);
    }
    let (mut sheets, mut errors) = (Vec::with_capacity(gold.articles.len()), Vec::new());
    for article in gold.articles {
        let mut found = by_article.remove(&article.name).unwrap_or_default();
        let Some(text) = texts.get(&article.name) else {
            let problem = format!("has no text: no `{}` was read; name its folder, or remove the line", article.name);
            let wrong = Wrong { field: "article".to_owned(), problem };
            errors.push(EvalError::of(&gold.path, article.line, wrong));
            continue;
        };
        found.iter_mut().for_each(|prediction| prediction.quote(text));
        match placed(article, text, &gold.path) {
            Ok((article, words)) => sheets.push(Sheet::new(article, &words, found)),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(sheets) } else { Err(errors) }
}

impl Sheet {
    fn new(gold: GoldArticle, words: &Words, found: Vec<Prediction>) -> Self {
        let wanted_words = gold.statements.iter().map(|s| words.covered(&s.spans)).collect();
        let found_words = found.iter().map(|p| words.covered(&p.spans)).collect();
        Self { gold, found, wanted_words, found_words }
    }

    /// Matches the gold with what was found; with `least`, only with what is trusted that far or says nothing of trust.
    pub fn compare(&self, least: Option<f64>) -> Comparison<'_> {
        let trusted = |p: &Prediction| least.is_none_or(|least| p.confidence.is_none_or(|c| c >= least));
        let kept: Vec<usize> = (0..self.found.len()).filter(|i| trusted(&self.found[*i])).collect();
        let found_words: Vec<Content> = kept.iter().map(|i| self.found_words[*i].clone()).collect();
        let pairs = pairs(&self.wanted_words, &found_words, MATCH);
        let optional: Vec<&Content> = self.optional().collect();
        let verdict = |(f, content): (usize, &Content)| match pairs.iter().find(|pair| pair.found == f) {
            Some(pair) if self.gold.statements[pair.wanted].optional => Verdict::Optional,
            Some(pair) => Verdict::Matched(pair.wanted),
            None if optional.iter().any(|whole| share_within(content, whole) >= MATCH) => Verdict::Optional,
            None => Verdict::Surplus,
        };
        let verdicts: Vec<Verdict> = found_words.iter().enumerate().map(verdict).collect();
        let found = kept.iter().map(|i| &self.found[*i]).collect();
        Comparison { gold: &self.gold, found, verdicts, pairs }
    }

    fn optional(&self) -> impl Iterator<Item = &Content> {
        let optional = self.gold.statements.iter().zip(&self.wanted_words).filter(|(s, _)| s.optional);
        optional.map(|(_, content)| content)
    }
}

/// What a found statement is beside the gold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Its content is that of the demanded statement with this number.
    Matched(usize),
    /// It reads an optional statement, which neither helps nor harms.
    Optional,
    /// The gold has no such statement.
    Surplus,
}

/// An article's gold and found statements, matched.
#[derive(Debug, Clone)]
pub struct Comparison<'a> {
    /// What people found.
    pub gold: &'a GoldArticle,
    /// What the program found.
    pub found: Vec<&'a Prediction>,
    /// What each found statement is.
    pub verdicts: Vec<Verdict>,
    pairs: Vec<Pair>,
}

/// A demanded statement with what was found for it, and the share of words in common.
#[derive(Debug, Clone, Copy)]
pub struct Demanded<'a> {
    /// What people found.
    pub wanted: &'a GoldStatement,
    /// What the program found, with the overlap of the contents.
    pub found: Option<(&'a Prediction, f64)>,
}

impl<'a> Comparison<'a> {
    /// The statements that had to be found.
    pub fn demanded(&self) -> impl Iterator<Item = Demanded<'a>> {
        let demanded = self.gold.statements.iter().enumerate().filter(|(_, s)| !s.optional);
        demanded.map(|(number, wanted)| {
            let pair = self.pairs.iter().find(|pair| pair.wanted == number);
            Demanded { wanted, found: pair.map(|pair| (self.found[pair.found], pair.overlap)) }
        })
    }

    /// The found statements that count: with the demanded one that each matches, if any.
    pub fn counted(&self) -> impl Iterator<Item = (&'a Prediction, Option<&'a GoldStatement>)> {
        self.found.iter().zip(&self.verdicts).filter_map(|(found, verdict)| match verdict {
            Verdict::Matched(number) => Some((*found, Some(&self.gold.statements[*number]))),
            Verdict::Surplus => Some((*found, None)),
            Verdict::Optional => None,
        })
    }
}
