//! Telling an article from the page around it.
//!
//! A text copied from a page holds more than the article: navigation, buttons, captions, comment forms, teasers, and
//! paragraphs printed twice. [`blocks`] cuts nothing away, so that offsets stay true; it says of each paragraph what it
//! is. Only [`Role::Body`] can carry statements. When in doubt a paragraph is body.

use super::noise::{Mark, Marker};
use super::{lines, repeats};
use crate::span::Span;
use memchr::memchr3_iter;

/// A paragraph of an article's text, or a part of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// Where it stands: byte offsets into the text, without the white space around it.
    pub span: Span,
    /// What it is.
    pub role: Role,
}

/// What a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Running text: the only one that carries statements.
    Body,
    /// The article's headline.
    Title,
    /// A short line above a part of the article, a caption, a by-line.
    Heading,
    /// Furniture of the page.
    Noise,
    /// Words that stand in the text already.
    Duplicate,
}

/// Most words of a heading.
const HEADING_WORDS: usize = 16;

/// Most words of a headline.
const TITLE_WORDS: usize = 30;

/// Most words of a teaser or a link that ends like a sentence.
const TEASER_WORDS: usize = 25;

/// Fewest lines of a run of teasers.
const TEASERS: usize = 6;

/// The paragraphs of `text` in order, and what each of them is. Blocks do not overlap; white space lies between them.
///
/// ```
/// use dixit::article::{Role, blocks};
///
/// let text = "Le pont rouvre\n\nAnne Roy a promis que le pont rouvrirait lundi.\n\nPartager";
/// let roles: Vec<Role> = blocks(text).iter().map(|block| block.role).collect();
/// assert_eq!(roles, [Role::Title, Role::Body, Role::Noise]);
/// ```
pub fn blocks(text: &str) -> Vec<Block> {
    let paragraphs = lines::paragraphs(text);
    let mut page = Page::new(text, &paragraphs);
    page.cut_comment_forms();
    page.cut_links();
    page.cut_teasers();
    page.keep_something();
    page.find_title();
    page.cut_copies();
    page.finish()
}

/// The paragraphs of a text while their roles are found.
struct Page<'a> {
    text: &'a str,
    paragraphs: &'a [Span],
    looks: Vec<Look>,
    roles: Vec<Role>,
}

/// What a paragraph looks like by itself.
struct Look {
    /// Words, counted only as far as headings go.
    words: usize,
    mark: Option<Mark>,
    /// A short line that does not end like a sentence.
    open: bool,
    /// One short sentence without quotation marks: it may be a teaser.
    light: bool,
    /// One short sentence, quotation marks or not: below the heading of a list it is a link.
    short: bool,
    /// The line ends like a sentence.
    finished: bool,
}

impl Look {
    fn new(words: &str, above: Option<&str>, marker: &mut Marker) -> Self {
        let count = count_words(words);
        let finished = lines::is_finished(words);
        let mark = marker.mark(words, finished);
        if count > TITLE_WORDS {
            let open = !finished && is_trail(words);
            return Self { words: count, mark, open, light: open, short: false, finished };
        }
        let (quoted, ended) = (words.contains(QUOTES), has_sentence_end(words));
        let first = above.is_none();
        let open = if is_between_dashes(words) {
            count <= HEADING_WORDS
        } else if first {
            !finished
        } else {
            count <= HEADING_WORDS && !finished && !ended && !may_be_speech(words, above)
        };
        let open = open || !finished && is_trail(words);
        let short = count <= TEASER_WORDS && !ended;
        let light = open || short && !quoted && !words.ends_with(':') && !is_item(words);
        let mark = mark.or_else(|| (!quoted && is_credited(words)).then_some(Mark::Line));
        Self { words: count, mark, open, light, short, finished }
    }
}

/// The words of a paragraph, counted as far as headlines go.
fn count_words(words: &str) -> usize {
    // Most paragraphs are longer, which the blanks before plain letters tell: they are counted many at a time.
    let head = &words.as_bytes()[..words.len().min(255)];
    let blanks = head.windows(2).map(|pair| u8::from((pair[0] == b' ') & pair[1].is_ascii_graphic())).sum::<u8>();
    match usize::from(blanks) {
        TITLE_WORDS.. => TITLE_WORDS + 1,
        _ => {
            let mut blank = true;
            let begins = |c: &char| std::mem::replace(&mut blank, c.is_whitespace()) && !c.is_whitespace();
            words.chars().filter(begins).take(TITLE_WORDS + 1).count()
        }
    }
}

impl<'a> Page<'a> {
    fn new(text: &'a str, paragraphs: &'a [Span]) -> Self {
        let mut looks: Vec<Look> = Vec::with_capacity(paragraphs.len());
        let mut marker = Marker::of(text);
        for (i, paragraph) in paragraphs.iter().enumerate() {
            // What stands below furniture stands at the head of something.
            let above = i.checked_sub(1).map(|i| if looks[i].mark.is_some() { "" } else { paragraphs[i].of(text) });
            looks.push(Look::new(paragraph.of(text), above, &mut marker));
        }
        let role = |(look, p): (&Look, &Span)| match look {
            Look { mark: Some(_), .. } => Role::Noise,
            _ if !p.of(text).contains(char::is_alphanumeric) => Role::Noise,
            Look { open: true, .. } => Role::Heading,
            _ => Role::Body,
        };
        let roles = looks.iter().zip(paragraphs).map(role).collect();
        Self { text, paragraphs, looks, roles }
    }

    /// Below a comment form there is no article, if what stands above it is the greater part of the body.
    fn cut_comment_forms(&mut self) {
        let bytes = |i: usize| match self.roles[i] {
            Role::Body => self.paragraphs[i].end - self.paragraphs[i].start,
            _ => 0,
        };
        let all: usize = (0..self.roles.len()).map(bytes).sum();
        let mut above = 0;
        let form = (0..self.roles.len()).find(|i| {
            above += bytes(*i);
            self.looks[*i].mark == Some(Mark::End) && above > all - above
        });
        if let Some(form) = form {
            self.roles[form..].fill(Role::Noise);
        }
    }

    /// The short lines below "À lire aussi" are links: those that do not end like a sentence; and all of them if nothing
    /// else follows to the page's end, most of them end like no sentence, and the article stands above.
    fn cut_links(&mut self) {
        let tail = self.looks.iter().rposition(|look| !look.short && look.mark.is_none()).map_or(0, |last| last + 1);
        let mut linked = false;
        // Whether the lists from the first one in the tail on hold all to the end: judged only once.
        let mut to_the_end = None;
        for i in 0..self.looks.len() {
            let look = &self.looks[i];
            if look.mark == Some(Mark::List) {
                linked = true;
                if i + 1 >= tail && to_the_end.is_none() {
                    let below = &self.looks[i + 1..];
                    let open = below.iter().filter(|look| look.mark.is_some() || !look.finished).count();
                    to_the_end = Some(self.roles[..i].contains(&Role::Body) && open * 2 >= below.len());
                }
            }
            linked &= look.mark == Some(Mark::List)
                || look.open
                || self.roles[i] == Role::Noise
                || look.short && (to_the_end == Some(true) || !look.finished);
            if linked {
                self.roles[i] = Role::Noise;
                self.looks[i].mark.get_or_insert(Mark::Line);
            }
        }
    }

    /// A long run of short lines, most of them without a full stop, is a list of links.
    fn cut_teasers(&mut self) {
        let mut start = 0;
        for i in 0..=self.looks.len() {
            if i < self.looks.len() && self.looks[i].light {
                continue;
            }
            let open = self.looks[start..i].iter().filter(|look| look.open).count();
            if i - start >= TEASERS && open * 3 >= (i - start) * 2 {
                // The headline stands at the top of the page, the heading of the next part at the run's end.
                let from = if start == 0 { self.headline(i) } else { start };
                let to = if i < self.looks.len() && self.looks[i - 1].open { i - 1 } else { i };
                for at in (start..to).filter(|at| *at != from || start > 0) {
                    self.roles[at] = Role::Noise;
                }
            }
            start = i + 1;
        }
    }

    /// A text of nothing but short lines is read all the same.
    fn keep_something(&mut self) {
        if !self.roles.contains(&Role::Body) {
            for (look, role) in self.looks.iter().zip(&mut self.roles) {
                if *role == Role::Heading || *role == Role::Noise && look.mark.is_none() && look.words > 2 {
                    *role = Role::Body;
                }
            }
        }
    }

    /// The longest heading above the body is the headline.
    fn find_title(&mut self) {
        let body = self.roles.iter().position(|role| *role == Role::Body).unwrap_or(0);
        let title = self.headline(body);
        if title < body && self.roles[title] == Role::Heading {
            self.roles[title] = Role::Title;
        }
    }

    /// The longest heading above `end`.
    fn headline(&self, end: usize) -> usize {
        let headings = (0..end).filter(|i| self.roles[*i] == Role::Heading);
        headings.max_by_key(|i| (self.looks[*i].words, std::cmp::Reverse(*i))).unwrap_or(0)
    }

    fn cut_copies(&mut self) {
        let body: Vec<usize> = (0..self.roles.len()).filter(|i| self.roles[*i] == Role::Body).collect();
        let spans: Vec<Span> = body.iter().map(|i| self.paragraphs[*i]).collect();
        for (i, copied) in body.into_iter().zip(repeats::copies(self.text, &spans)) {
            if copied {
                self.roles[i] = Role::Duplicate;
            }
        }
    }

    /// Parts echoes from their paragraphs; a heading without text below it is furniture.
    fn finish(mut self) -> Vec<Block> {
        let last = self.roles.iter().rposition(|role| *role == Role::Body).unwrap_or(self.roles.len());
        for role in self.roles.iter_mut().skip(last).filter(|role| **role == Role::Heading) {
            *role = Role::Noise;
        }
        let mut blocks = Vec::with_capacity(self.roles.len());
        for (span, role) in self.paragraphs.iter().copied().zip(self.roles) {
            match if role == Role::Body { repeats::echo(self.text, span) } else { None } {
                Some(echo) => {
                    let end = span.start + self.text[span.start..echo.start].trim_end().len();
                    blocks.push(Block { span: Span::new(span.start, end), role });
                    blocks.push(Block { span: echo, role: Role::Duplicate });
                }
                None => blocks.push(Block { span, role }),
            }
        }
        blocks
    }
}

/// "Léa Roy, le 3 mai, à Vaux. PHOTO JEAN PETIT / LE PHARE", "La digue © Le Phare": a line that ends with who took the
/// picture.
fn is_credited(words: &str) -> bool {
    let tail = words.rsplit_once(['.', '|', '(']).map_or(words, |(_, tail)| tail).trim_start();
    let after = |sign: &str| tail.find(sign).map(|at| tail[at + sign.len()..].trim_start_matches([' ', ':']));
    let shouted = ["PHOTO", "PHOTOS", "ARCHIVES", "CRÉDIT"].into_iter().filter_map(after);
    words.contains('©') || shouted.into_iter().any(|by| by.starts_with(char::is_uppercase)) || ends_with_credit(words)
}

/// "(Anne Roy / Valmont Press)", "(Paul Martin/VPR)" at the end: who took the picture, and for whom.
fn ends_with_credit(words: &str) -> bool {
    let inside = words.trim_end().strip_suffix(')').and_then(|words| words.rsplit_once('(')).map(|(_, inside)| inside);
    inside.and_then(|inside| inside.split_once('/')).is_some_and(|(by, of)| {
        let named =
            |part: &str| part.split_whitespace().all(|word| word.starts_with(|c: char| c.is_uppercase() || c == '.'));
        let few = |part: &str| (1..=5).contains(&part.split_whitespace().count());
        few(by) && few(of) && named(by) && named(of)
    })
}

const QUOTES: [char; 6] = ['"', '«', '»', '“', '”', '„'];

/// "- Souffrir en silence -", as agencies mark their headings.
fn is_between_dashes(words: &str) -> bool {
    let inner = words.trim_start_matches(DASHES).trim_end_matches(DASHES);
    inner.len() + 1 < words.len()
        && words.starts_with(DASHES)
        && words.ends_with(DASHES)
        && !inner.trim_end().ends_with('.')
}

const DASHES: [char; 3] = ['-', '–', '—'];

/// "Accueil » Région » Vaux", "Le pont rouvre | Région | Le Courrier": the way to a page, or its title.
fn is_trail(words: &str) -> bool {
    !words.contains('«') && [" > ", " › ", " » ", " | "].iter().any(|mark| words.matches(mark).count() >= 2)
}

/// Whether a sentence ends before the last word.
fn has_sentence_end(words: &str) -> bool {
    let bytes = words.as_bytes();
    memchr3_iter(b'.', b'!', b'?', bytes).filter(|at| bytes.get(at + 1) == Some(&b' ')).any(|at| {
        let word = words[..at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        let next = words[at + 2..].trim_start_matches(|c: char| !c.is_alphanumeric());
        word.chars().count() > 2 && next.starts_with(char::is_uppercase)
    })
}

/// Whether a line without a full stop may still be running text: an item of a list, the words after a colon, words
/// that introduce or follow a quotation, or a quotation that goes on below.
fn may_be_speech(words: &str, above: Option<&str>) -> bool {
    let follows_quotation = || {
        words.match_indices(['"', '»', '”']).any(|(at, mark)| words[at + mark.len()..].trim_start().starts_with(','))
    };
    let count = |mark: char| words.matches(mark).count();
    is_item(words)
        || above.is_some_and(|above| above.ends_with(':'))
        || words.ends_with(QUOTES) && !words.starts_with(QUOTES)
        || count('"') % 2 == 1
        || count('«') != count('»')
        || count('“') != count('”')
        || follows_quotation()
}

/// Whether the line is an item of a list or a turn of a dialogue.
fn is_item(words: &str) -> bool {
    words.starts_with(DASHES) || words.starts_with(['•', '*'])
}

#[cfg(test)]
#[path = "clean_tests.rs"]
mod tests;
