//! The furniture of news pages, by its words: `language/fr/noise.tsv`.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// What the words of a line tell of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// Furniture: a link, a button, a credit.
    Line,
    /// The heading of a list of links.
    List,
    /// A comment form; the page's furniture goes on to its end.
    End,
}

/// Longer lines than this are paragraphs of an article, whatever they begin with (in bytes).
const LONGEST: usize = 600;

static TABLE: LazyLock<Table> =
    LazyLock::new(|| Table::read(include_str!("../language/fr/noise.tsv")));

#[derive(Default)]
struct Table {
    /// Whole lines.
    lines: FxHashMap<&'static str, Mark>,
    /// Beginnings, by their first word.
    beginnings: FxHashMap<&'static str, Vec<Beginning>>,
    inside: Vec<&'static str>,
}

struct Beginning {
    phrase: &'static str,
    mark: Mark,
    /// Whether it counts whatever follows.
    always: bool,
}

impl Table {
    fn read(text: &'static str) -> Self {
        let mut table = Self::default();
        let rows = text.lines().filter(|line| !line.starts_with('#')).skip(1);
        for (place, phrase) in rows.filter_map(|row| row.split_once('\t')) {
            let (mark, always) = match place {
                "line" => {
                    table.lines.insert(phrase, Mark::Line);
                    continue;
                }
                "inside" => {
                    table.inside.push(phrase);
                    continue;
                }
                "end" => (Mark::End, false),
                "list" => (Mark::List, false),
                other => (Mark::Line, other == "start"),
            };
            if mark != Mark::Line {
                table.lines.insert(phrase, mark);
            }
            let beginning = Beginning {
                phrase,
                mark,
                always,
            };
            table
                .beginnings
                .entry(first_word(phrase))
                .or_default()
                .push(beginning);
        }
        table
    }
}

/// What the words of `line` tell of it; `finished` says whether it ends like a sentence.
pub(super) fn mark(line: &str, finished: bool) -> Option<Mark> {
    if line.len() > LONGEST {
        return None;
    }
    let folded = fold(line);
    let words = folded.trim_matches(|c: char| !c.is_alphanumeric());
    if let Some(mark) = TABLE.lines.get(words) {
        return Some(*mark);
    }
    let candidates = TABLE
        .beginnings
        .get(first_word(words))
        .map(Vec::as_slice)
        .unwrap_or_default();
    let fits = |b: &&Beginning| {
        words.strip_prefix(b.phrase).is_some_and(|rest| {
            !rest.starts_with(char::is_alphanumeric)
                && (b.always || !finished || rest.trim_start().starts_with(':'))
        })
    };
    if let Some(beginning) = candidates.iter().filter(fits).max_by_key(|b| b.mark) {
        // "Sur le même sujet : …" is one link; the bare words head a list of them.
        return Some(if beginning.mark == Mark::List {
            Mark::Line
        } else {
            beginning.mark
        });
    }
    let quoted = folded.contains(['"', '«', '»', '“', '”']);
    (!quoted && TABLE.inside.iter().any(|phrase| folded.contains(phrase))).then_some(Mark::Line)
}

fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default()
}

/// Small letters without accents, plain apostrophes, single spaces.
fn fold(line: &str) -> String {
    let mut folded = String::with_capacity(line.len());
    for c in line.chars() {
        match c {
            '’' => folded.push('\''),
            c if c.is_ascii() && !c.is_ascii_whitespace() => folded.push(c.to_ascii_lowercase()),
            c if c.is_whitespace() => {
                if !folded.ends_with(' ') {
                    folded.push(' ');
                }
            }
            c => {
                let bare = c
                    .nfd()
                    .filter(|c| !unicode_normalization::char::is_combining_mark(*c));
                folded.extend(bare.flat_map(char::to_lowercase));
            }
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_is_known_by_its_words() {
        let cases = [
            ("À lire également", Some(Mark::List)),
            (
                "À lire aussi : Le pont de Vaux rouvre enfin",
                Some(Mark::Line),
            ),
            ("- Publicité -", Some(Mark::Line)),
            ("LIRE LA SUITE", Some(Mark::Line)),
            ("Lire la suite sur Le Courrier", Some(Mark::Line)),
            ("(Crédit photo : Studio Roy / Courrier)", Some(Mark::Line)),
            ("LAISSEZ UN COMMENTAIRE", Some(Mark::End)),
            (
                "© 2021 Le Courrier - Tous droits réservés",
                Some(Mark::Line),
            ),
            (
                "Ce site utilise des cookies pour mesurer son audience.",
                Some(Mark::Line),
            ),
        ];
        for (line, expected) in cases {
            assert_eq!(mark(line, line.ends_with('.')), expected, "{line}");
        }
    }

    #[test]
    fn sentences_that_begin_alike_are_none() {
        let sentences = [
            "Partager sur les réseaux cette image est interdit, a dit Anne Roy.",
            "« Nous utilisons des cookies », a reconnu Anne Roy.",
            "Publié le 3 mai, le rapport indique que le pont est sûr.",
            "Photographe, Anne Roy dit aimer le pont",
            "Directement visée, la maire a répondu",
        ];
        for line in sentences {
            assert_eq!(mark(line, line.ends_with('.')), None, "{line}");
        }
    }

    #[test]
    fn the_table_is_written_as_it_is_compared() {
        let rows = include_str!("../language/fr/noise.tsv")
            .lines()
            .filter(|l| !l.starts_with('#'))
            .skip(1);
        for row in rows {
            let (place, phrase) = row.split_once('\t').expect("two columns");
            assert!(
                ["line", "label", "start", "inside", "list", "end"].contains(&place),
                "{row}"
            );
            assert_eq!(fold(phrase), phrase, "{row}");
        }
    }
}
