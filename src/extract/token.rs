//! Tokens: words, numbers and marks with their places in the text.
//!
//! An elided article or pronoun is a token of its own ("l'" + "Ukraine"), as is the pronoun of an
//! inverted verb ("a" + "-t-il"). Hyphenated words stay whole ("porte-parole").

use super::Span;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TokenKind {
    /// Letters, with inner hyphens; an elided word ends in its apostrophe.
    Word,
    /// Digits, with inner separators ("14 000" is two, "300.000" one).
    Number,
    /// One character that is neither.
    Mark,
}

/// A word, number or mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Byte offsets in the text.
    pub span: Span,
    /// What it is made of.
    pub kind: TokenKind,
    /// Whether a word begins with a capital.
    pub capital: bool,
    /// Whether white space or nothing stands before it.
    pub spaced: bool,
    lower: (u32, u32),
}

/// The tokens of a text, with each word in lower case and with straight apostrophes.
#[derive(Debug, Default)]
pub struct Tokens {
    list: Vec<Token>,
    lower: String,
}

/// Pronouns that follow an inverted verb. Only the third person reports what others say.
const CLITICS: [&str; 5] = ["il", "elle", "on", "ils", "elles"];

impl Tokens {
    /// Splits `text[span]`.
    pub fn new(text: &str, span: Span) -> Self {
        let mut tokens = Self::default();
        let bytes = &text.as_bytes()[..span.end];
        let mut at = span.start;
        let mut spaced = true;
        while at < span.end {
            let c = text[at..].chars().next().expect("at is a character boundary before the end");
            if c.is_whitespace() {
                at += c.len_utf8();
                spaced = true;
                continue;
            }
            let end = if c.is_alphabetic() {
                word_end(text, at, span.end)
            } else if c.is_ascii_digit() {
                number_end(bytes, at)
            } else {
                at + c.len_utf8()
            };
            if c.is_alphabetic() {
                tokens.push_word(text, Span::new(at, end), c.is_uppercase(), spaced);
            } else {
                let kind = if c.is_ascii_digit() { TokenKind::Number } else { TokenKind::Mark };
                tokens.push(text, Span::new(at, end), kind, false, spaced);
            }
            spaced = false;
            at = end;
        }
        tokens
    }

    fn push_word(&mut self, text: &str, span: Span, capital: bool, spaced: bool) {
        match clitic_start(text, span) {
            Some(at) => {
                if at > span.start {
                    self.push(text, Span::new(span.start, at), TokenKind::Word, capital, spaced);
                }
                self.push(text, Span::new(at, span.end), TokenKind::Word, false, spaced && at == span.start);
            }
            None => self.push(text, span, TokenKind::Word, capital, spaced),
        }
    }

    fn push(&mut self, text: &str, span: Span, kind: TokenKind, capital: bool, spaced: bool) {
        let from = self.lower.len() as u32;
        let form = span.of(text);
        if kind == TokenKind::Word && (form.starts_with('-') || is_loose_clitic(form)) {
            // "-t-il" is found as "il".
            let pronoun = form.rsplit('-').next().unwrap_or(form);
            self.lower.push_str(&pronoun.to_lowercase());
        } else {
            // "lâche-t elle": the stray "-t" is no part of the verb.
            let form = form.strip_suffix("-t").filter(|head| head.len() > 1).unwrap_or(form);
            for c in form.chars() {
                match c {
                    '’' => self.lower.push('\''),
                    c if c.is_uppercase() => self.lower.extend(c.to_lowercase()),
                    c => self.lower.push(c),
                }
            }
        }
        let lower = (from, self.lower.len() as u32);
        self.list.push(Token { span, kind, capital, spaced, lower });
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// The token at `i`.
    pub fn get(&self, i: usize) -> Token {
        self.list[i]
    }

    /// All tokens in text order.
    #[cfg(test)]
    pub fn iter(&self) -> impl Iterator<Item = &Token> {
        self.list.iter()
    }

    /// The token's lower-case form; empty past the end, so that rules may look ahead.
    pub fn lower(&self, i: usize) -> &str {
        match self.list.get(i) {
            Some(token) => &self.lower[token.lower.0 as usize..token.lower.1 as usize],
            None => "",
        }
    }

    /// Whether token `i` is the pronoun of an inverted verb ("-t-il").
    pub fn is_clitic(&self, i: usize) -> bool {
        i > 0
            && self.list.get(i).is_some_and(|t| {
                let before = self.list[i - 1];
                let longer = t.span.end - t.span.start > self.lower(i).len();
                let stray_t = before.kind == TokenKind::Word
                    && before.span.end - before.span.start == self.lower(i - 1).len() + 2;
                t.kind == TokenKind::Word && (longer || stray_t) && CLITICS.contains(&self.lower(i))
            })
    }

    /// Whether token `i` is a word.
    pub fn is_word(&self, i: usize) -> bool {
        self.list.get(i).is_some_and(|t| t.kind == TokenKind::Word)
    }

    /// Whether token `i` is a capitalised word.
    pub fn is_capital(&self, i: usize) -> bool {
        self.list.get(i).is_some_and(|t| t.capital)
    }

    /// The first token that starts at or after byte `offset`.
    pub fn at_or_after(&self, offset: usize) -> usize {
        self.list.partition_point(|t| t.span.start < offset)
    }
}

/// Where the word at `at` ends: an apostrophe closes it unless the word is whole by tradition.
fn word_end(text: &str, at: usize, limit: usize) -> usize {
    let mut end = at;
    let mut chars = text[at..limit].char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        let here = at + i;
        if c.is_alphanumeric() || is_combining(c) {
            end = here + c.len_utf8();
        } else if (c == '\'' || c == '’') && chars.peek().is_some_and(|(_, n)| matches!(n, '"' | '«' | '“')) {
            // "qu'« oui »", "d'\"avoir menti\""
            let head = &text[at..here];
            let elided = head.chars().next_back().is_some_and(|last| is_elided(head, last));
            return if elided { here + c.len_utf8() } else { here };
        } else if (c == '\'' || c == '’') && chars.peek().is_some_and(|(_, n)| n.is_alphabetic()) {
            let head = &text[at..here];
            if head.eq_ignore_ascii_case("aujourd")
                || head.eq_ignore_ascii_case("presqu")
                || head.chars().next_back().is_none_or(|c| !is_elided(head, c))
            {
                end = here + c.len_utf8();
                continue;
            }
            return here + c.len_utf8();
        } else if (c == '-' || c == '‑') && chars.peek().is_some_and(|(_, n)| n.is_alphanumeric()) {
            end = here + c.len_utf8();
        } else {
            break;
        }
    }
    end
}

/// Whether `head` + apostrophe is an elision: one letter, or a word in "qu" ("lorsqu'", "jusqu'").
fn is_elided(head: &str, last: char) -> bool {
    head.chars().count() == 1 || (last == 'u' && head.to_lowercase().ends_with("qu"))
}

fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

fn number_end(bytes: &[u8], at: usize) -> usize {
    let mut end = at;
    while end < bytes.len() {
        let next = bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        match bytes[end] {
            b'0'..=b'9' => end += 1,
            b'.' | b',' | b':' | b'/' if next => end += 1,
            _ => break,
        }
    }
    end
}

/// Where the inverted pronoun of "a-t-il", "dit-elle" begins, its hyphen included.
fn clitic_start(text: &str, span: Span) -> Option<usize> {
    let word = span.of(text);
    let hyphen = word.rfind('-')?;
    let pronoun = word[hyphen + 1..].to_lowercase();
    if hyphen == 0 || !CLITICS.contains(&pronoun.as_str()) {
        return None;
    }
    if is_loose_clitic(word) {
        return Some(span.start);
    }
    let head = &word[..hyphen];
    let cut = head.strip_suffix("-t").or_else(|| head.strip_suffix("-T")).map_or(hyphen, str::len);
    (cut > 0).then_some(span.start + cut)
}

/// "lance t-il": the pronoun of an inverted verb that lost its first hyphen.
fn is_loose_clitic(word: &str) -> bool {
    word.strip_prefix("t-").is_some_and(|pronoun| CLITICS.contains(&pronoun))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<String> {
        let tokens = Tokens::new(text, Span::new(0, text.len()));
        tokens.iter().map(|t| t.span.of(text).to_owned()).collect()
    }

    #[test]
    fn elisions_and_inversions_come_apart() {
        assert_eq!(split("l’accord, a-t-elle dit."), ["l’", "accord", ",", "a", "-t-elle", "dit", "."]);
        assert_eq!(split("aujourd'hui qu'il"), ["aujourd'hui", "qu'", "il"]);
        assert_eq!(split("Jusqu'ici, dit-il"), ["Jusqu'", "ici", ",", "dit", "-il"]);
    }

    #[test]
    fn an_elision_before_a_mark_keeps_its_apostrophe() {
        assert_eq!(split("qu'«oui» d'\"avoir\""), ["qu'", "«", "oui", "»", "d'", "\"", "avoir", "\""]);
    }

    #[test]
    fn names_and_numbers_stay_whole() {
        assert_eq!(split("Jean-Paul O'Neill, 300.000"), ["Jean-Paul", "O'", "Neill", ",", "300.000"]);
        assert_eq!(split("porte-parole Sana'a"), ["porte-parole", "Sana'a"]);
    }

    #[test]
    fn a_lost_hyphen_leaves_the_clitic() {
        assert_eq!(split("lance t-il"), ["lance", "t-il"]);
        let tokens = Tokens::new("lance t-il", Span::new(0, 10));
        assert!(tokens.is_clitic(1));
        assert_eq!(tokens.lower(1), "il");
    }

    #[test]
    fn a_clitic_is_known_by_its_hyphen() {
        let text = "a-t-il dit, il a";
        let tokens = Tokens::new(text, Span::new(0, text.len()));
        assert!(tokens.is_clitic(1));
        assert_eq!(tokens.lower(1), "il");
        assert!(!tokens.is_clitic(4));
    }
}
