//! The line that is being typed, and its words.

use std::env;
use std::ffi::OsString;

/// The variable in which bash hands over the line up to the cursor.
pub const LINE: &str = "DIXIT_LINE";

/// Words of a line as a shell parts them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Line {
    /// Without their quotation marks; the last one is being typed, and may be empty.
    pub words: Vec<String>,
    /// Where in the last one a quotation mark stands open.
    pub open: Option<usize>,
}

impl Line {
    /// Reads a line with the quotation marks and backslashes of a POSIX shell.
    pub fn read(text: &str) -> Self {
        let mut line = Self { words: vec![String::new()], open: None };
        let (mut in_word, mut open) = (false, None);
        let mut signs = text.chars();
        while let Some(sign) = signs.next() {
            let word = line.words.last_mut().expect("there is always a word");
            match (open, sign) {
                (Some(mark), sign) if sign == mark => open = None,
                (Some('"') | None, '\\') => word.extend(signs.next()),
                (None, '"' | '\'') => {
                    open = Some(sign);
                    line.open = Some(word.len());
                    in_word = true;
                }
                (None, sign) if sign.is_whitespace() => {
                    if in_word || !word.is_empty() {
                        line.words.push(String::new());
                    }
                    in_word = false;
                }
                (_, sign) => word.push(sign),
            }
        }
        line.open = line.open.filter(|_| open.is_some());
        line
    }

    /// The words that the shell asks about.
    pub fn asked() -> Vec<String> {
        if let Ok(line) = env::var(LINE) {
            return Self::read(&line).words;
        }
        let words = env::args_os().skip_while(|word| word != "--").skip(1);
        words.map(|word: OsString| word.to_string_lossy().into_owned()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_parted_as_a_shell_does() {
        for (text, words, open) in [
            ("dixit query ", &["dixit", "query", ""][..], None),
            ("dixit query who-said-what topic=NA", &["dixit", "query", "who-said-what", "topic=NA"], None),
            ("dixit query \"topic=Anne R", &["dixit", "query", "topic=Anne R"], Some(0)),
            ("dixit query topic='Anne R", &["dixit", "query", "topic=Anne R"], Some(6)),
            ("dixit query topic='Anne Roy' x", &["dixit", "query", "topic=Anne Roy", "x"], None),
            ("dixit query topic=Anne\\ R", &["dixit", "query", "topic=Anne R"], None),
            ("dixit  '' ", &["dixit", "", ""], None),
            ("", &[""], None),
        ] {
            let line = Line::read(text);
            assert_eq!(
                (line.words.iter().map(String::as_str).collect::<Vec<_>>().as_slice(), line.open),
                (words, open)
            );
        }
    }
}
