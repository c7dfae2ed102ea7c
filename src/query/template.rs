//! Question templates: `who (said|says) what about {topic} [since {since}]`.
//!
//! - Words match whatever their case, accents and punctuation; `l'` and `d'` are words of one letter.
//! - `(a|b)` stands for either, `[a|b]` for either or nothing; both nest.
//! - `<about>` stands for a phrase of `queries/phrases.tsv`.
//! - `{topic}` takes one word or more for the parameter `topic`; `{since,until}` gives the same words to both.

use super::fold::{self, Word};
use std::ops::Range;

/// Choices of words that many templates have: name and words.
const PHRASES: &str = include_str!("../../queries/phrases.tsv");

/// Signs that join a word to the next one without a space.
const JOINTS: [char; 3] = ['\'', '’', '-'];

/// A parsed template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    items: Vec<Item>,
    source: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Item {
    /// A word.
    Word {
        folded: String,
        /// As written, with an apostrophe or hyphen that joins it to the next one.
        shown: String,
    },
    /// One of several sequences; the empty sequence comes last when the choice may be left out.
    Choice(Vec<Vec<Item>>),
    /// One word or more, for these parameters.
    Capture(Vec<String>),
}

/// What is wrong with a template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    #[error("the template has no `{0}` for its `{1}`")]
    Unclosed(char, char),
    #[error("the template has `{0}` without its opening bracket")]
    Unopened(char),
    #[error("`{{{0}}}` is not a parameter's name or a list of names: write `{{topic}}` or `{{since,until}}`")]
    Capture(String),
    #[error("`<{0}>` is no phrase of queries/phrases.tsv")]
    Phrase(String),
    #[error("the template has no words")]
    Empty,
}

/// One way in which a question matches a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// Words by parameter, as the question has them, in the template's order.
    pub values: Vec<(String, String)>,
    /// How many of the question's words the template names itself: the more, the better it fits.
    pub literal_words: usize,
}

impl Template {
    /// Reads a template.
    ///
    /// # Errors
    /// When its brackets do not pair, or a parameter's name or a phrase is none.
    pub fn parse(source: &str) -> Result<Self, TemplateError> {
        let whole = with_phrases(source)?;
        let mut rest = whole.as_str();
        let mut alternatives = sequences(&mut rest, None)?;
        let items = match alternatives.len() {
            1 => alternatives.remove(0),
            _ => vec![Item::Choice(alternatives)],
        };
        if items.is_empty() {
            return Err(TemplateError::Empty);
        }
        Ok(Self { items, source: source.trim().to_owned() })
    }

    /// As it was written.
    pub fn source(&self) -> &str {
        &self.source
    }

    /// The parameters that it can fill.
    pub fn captures(&self) -> Vec<&str> {
        fn collect<'t>(items: &'t [Item], names: &mut Vec<&'t str>) {
            for item in items {
                match item {
                    Item::Word { .. } => {}
                    Item::Choice(alternatives) => {
                        alternatives.iter().for_each(|a| collect(a, names));
                    }
                    Item::Capture(captured) => names.extend(captured.iter().map(String::as_str)),
                }
            }
        }
        let mut names = Vec::new();
        collect(&self.items, &mut names);
        names
    }

    /// Every way in which the whole question matches.
    pub fn matches(&self, question: &str) -> Vec<Match> {
        let words = fold::words(question);
        let mut found = Vec::new();
        let mut captured = Vec::new();
        search(vec![&self.items], &words, 0, &mut captured, &mut |captured| {
            let taken: usize = captured.iter().map(|(_, range)| range.len()).sum();
            let values = captured.iter().flat_map(|(names, range)| {
                let text = &question[words[range.start].start..words[range.end - 1].end];
                names.iter().map(move |name| (name.clone(), text.to_owned()))
            });
            found.push(Match { values: values.collect(), literal_words: words.len() - taken });
        });
        found
    }

    /// The shortest question of this form: first alternatives, and what may be left out only where it has a parameter that
    /// `is_said`. `value` gives the words of a parameter.
    pub fn example(&self, value: &dyn Fn(&str) -> String, is_said: &dyn Fn(&str) -> bool) -> String {
        type Is<'a> = &'a dyn Fn(&str) -> bool;
        fn has(items: &[Item], is_said: Is<'_>) -> bool {
            items.iter().any(|item| match item {
                Item::Word { .. } => false,
                Item::Capture(names) => names.iter().any(|name| is_said(name)),
                Item::Choice(alternatives) => alternatives.iter().any(|items| has(items, is_said)),
            })
        }
        fn say(items: &[Item], value: &dyn Fn(&str) -> String, is_said: Is<'_>, words: &mut Vec<String>) {
            for item in items {
                match item {
                    Item::Word { shown, .. } => words.push(shown.clone()),
                    Item::Capture(names) => words.push(value(&names[0])),
                    Item::Choice(alternatives) => {
                        let said = alternatives.iter().find(|items| has(items, is_said));
                        let optional = alternatives.last().is_some_and(Vec::is_empty);
                        if let Some(items) = said.or_else(|| alternatives.first().filter(|_| !optional)) {
                            say(items, value, is_said, words);
                        }
                    }
                }
            }
        }
        let mut words = Vec::new();
        say(&self.items, value, is_said, &mut words);
        let mut example = String::new();
        for word in words {
            if !example.is_empty() && !example.ends_with(JOINTS) {
                example.push(' ');
            }
            example.push_str(&word);
        }
        example
    }

    /// The folded words that the template names, those that may be left out included.
    pub fn words(&self) -> Vec<&str> {
        fn collect<'t>(items: &'t [Item], words: &mut Vec<&'t str>) {
            for item in items {
                match item {
                    Item::Word { folded, .. } => words.push(folded),
                    Item::Choice(alternatives) => {
                        alternatives.iter().for_each(|a| collect(a, words));
                    }
                    Item::Capture(_) => {}
                }
            }
        }
        let mut words = Vec::new();
        collect(&self.items, &mut words);
        words
    }
}

/// Captured word ranges with the parameters that they fill.
type Captured<'t> = Vec<(&'t [String], Range<usize>)>;

/// Walks `pending` (a stack of what is left to match, innermost last) from word `at` on, and calls `report` at every
/// way to reach the end of both. Short captures are tried first, so that endings such as "since 2022" are seen.
fn search<'t>(
    mut pending: Vec<&'t [Item]>,
    words: &[Word],
    mut at: usize,
    captured: &mut Captured<'t>,
    report: &mut dyn FnMut(&Captured<'t>),
) {
    while let Some(items) = pending.pop() {
        let Some((item, rest)) = items.split_first() else {
            continue;
        };
        pending.push(rest);
        match item {
            Item::Word { folded, .. } => {
                if words.get(at).is_none_or(|w| w.folded != *folded) {
                    return;
                }
                at += 1;
            }
            Item::Choice(alternatives) => {
                for alternative in alternatives {
                    let mut pending = pending.clone();
                    pending.push(alternative);
                    search(pending, words, at, captured, report);
                }
                return;
            }
            Item::Capture(names) => {
                for end in at + 1..=words.len() {
                    captured.push((names, at..end));
                    search(pending.clone(), words, end, captured, report);
                    captured.pop();
                }
                return;
            }
        }
    }
    if at == words.len() {
        report(captured);
    }
}

/// The template with the words of its phrases.
fn with_phrases(source: &str) -> Result<String, TemplateError> {
    let mut whole = String::new();
    let mut rest = source;
    while let Some((before, after)) = rest.split_once('<') {
        let (name, after) = after.split_once('>').ok_or(TemplateError::Unclosed('>', '<'))?;
        let rows = PHRASES.lines().filter_map(|line| line.split_once('\t'));
        let words = rows.into_iter().find(|(phrase, _)| *phrase == name).map(|(_, words)| words);
        whole.push_str(before);
        whole.push_str(words.ok_or_else(|| TemplateError::Phrase(name.to_owned()))?);
        rest = after;
    }
    whole.push_str(rest);
    Ok(whole)
}

/// Reads alternatives until the closing bracket, or until the end when none is open.
fn sequences(rest: &mut &str, open: Option<(char, char)>) -> Result<Vec<Vec<Item>>, TemplateError> {
    const BRACKETS: [char; 7] = ['(', ')', '[', ']', '{', '}', '|'];
    let mut alternatives = vec![Vec::new()];
    loop {
        let text = *rest;
        let at = text.find(BRACKETS).unwrap_or(text.len());
        let last = alternatives.len() - 1;
        alternatives[last].extend(literal_words(&text[..at]));
        let Some(bracket) = text[at..].chars().next() else {
            return match open {
                Some((opening, closing)) => Err(TemplateError::Unclosed(closing, opening)),
                None => Ok(alternatives),
            };
        };
        *rest = &text[at + 1..];
        match bracket {
            '(' => {
                let choice = sequences(rest, Some(('(', ')')))?;
                alternatives[last].push(Item::Choice(choice));
            }
            '[' => {
                let mut choice = sequences(rest, Some(('[', ']')))?;
                choice.push(Vec::new());
                alternatives[last].push(Item::Choice(choice));
            }
            '{' => {
                let Some((names, after)) = rest.split_once('}') else {
                    return Err(TemplateError::Unclosed('}', '{'));
                };
                alternatives[last].push(Item::Capture(capture_names(names)?));
                *rest = after;
            }
            '|' => alternatives.push(Vec::new()),
            closing if open.is_some_and(|(_, expected)| expected == closing) => {
                return Ok(alternatives);
            }
            closing => return Err(TemplateError::Unopened(closing)),
        }
    }
}

fn literal_words(text: &str) -> impl Iterator<Item = Item> {
    fold::words(text).into_iter().map(|word| {
        let joint = text[word.end..].chars().next().filter(|c| JOINTS.contains(c));
        let mut shown = text[word.start..word.end].to_owned();
        shown.extend(joint);
        Item::Word { folded: word.folded, shown }
    })
}

fn capture_names(names: &str) -> Result<Vec<String>, TemplateError> {
    let list: Vec<String> = names.split(',').map(|name| name.trim().to_owned()).collect();
    let is_name = |name: &String| {
        name.starts_with(|c: char| c.is_ascii_lowercase())
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    };
    if list.iter().all(is_name) { Ok(list) } else { Err(TemplateError::Capture(names.to_owned())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best(template: &str, question: &str) -> Option<Vec<(String, String)>> {
        let template = Template::parse(template).unwrap();
        let matches = template.matches(question);
        matches.into_iter().max_by_key(|m| m.literal_words).map(|m| m.values)
    }

    fn pairs(list: &[(&str, &str)]) -> Option<Vec<(String, String)>> {
        Some(list.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect())
    }

    #[test]
    fn case_accents_punctuation_and_elision_do_not_count() {
        let template = "qui a dit quoi (sur|à propos (de|du|d')) {topic}";
        for question in [
            "qui a dit quoi sur l'OTAN ?",
            "Qui a dit quoi sur l’OTAN",
            "QUI A DIT QUOI, à propos de l'OTAN...",
            "qui a dit quoi a propos d' l'OTAN",
        ] {
            assert_eq!(
                best(template, question),
                pairs(&[("topic", "l'OTAN")]).map(|mut p| {
                    if question.contains('’') {
                        p[0].1 = "l’OTAN".to_owned();
                    }
                    p
                }),
                "{question}"
            );
        }
        assert_eq!(best(template, "qui a dit quoi sur"), None, "a capture is never empty");
        assert_eq!(best(template, "mais qui a dit quoi sur Lyon"), None, "the whole must match");
    }

    #[test]
    fn endings_that_may_be_left_out() {
        let template = "who said what about {topic} [since {since}]";
        assert_eq!(
            best(template, "who said what about the wall since 2022-03?"),
            pairs(&[("topic", "the wall"), ("since", "2022-03")])
        );
        let all = Template::parse(template).unwrap().matches("who said what about war since 2022");
        assert_eq!(all.len(), 2, "the other reading, a topic `war since 2022`, is there too");
    }

    #[test]
    fn the_same_words_for_two_parameters() {
        assert_eq!(
            best("who said what (in|on) {since,until}", "who said what in March 2022"),
            pairs(&[("since", "March 2022"), ("until", "March 2022")])
        );
    }

    #[test]
    fn an_example_takes_the_first_words() {
        let template = Template::parse("who (said|says) what [exactly] about {topic}").unwrap();
        assert_eq!(template.example(&|_| "NATO".to_owned(), &|_| false), "who said what about NATO");
        assert_eq!(template.captures(), ["topic"]);
        let elided = Template::parse("(qu'|que) est-ce qu'a déclaré {who}").unwrap();
        assert_eq!(elided.example(&|_| "Léa".to_owned(), &|_| false), "qu'est-ce qu'a déclaré Léa");
    }

    #[test]
    fn errors_tell_what_is_wrong() {
        let error = |text| Template::parse(text).unwrap_err();
        assert_eq!(error("who (said"), TemplateError::Unclosed(')', '('));
        assert_eq!(error("who {said"), TemplateError::Unclosed('}', '{'));
        assert_eq!(error("who said] what"), TemplateError::Unopened(']'));
        assert_eq!(error("what <abuot> {topic}"), TemplateError::Phrase("abuot".to_owned()));
        assert_eq!(error("about {the topic}"), TemplateError::Capture("the topic".to_owned()));
        assert_eq!(error(" ? "), TemplateError::Empty);
    }
}
