//! How well a question is covered by what a saved query is asked with: `queries/ask/readings.tsv`.

use super::super::fold;
use super::super::mentions::Nature;
use super::super::names::Role;
use super::super::parameter::{Kind, Need as Needed, Parameter};
use super::super::saved::SavedQuery;
use super::lexicon::{Lexicon, Meaning};
use super::pieces::{Form, Piece, Question, Value};
use std::collections::BTreeSet;
use std::sync::OnceLock;

const TABLE: &str = include_str!("../../../queries/ask/readings.tsv");

/// What a word is worth that the query needs, or that tells a value; and one that the query only admits.
const NEEDED: i32 = 3;
const ADMITTED: i32 = 2;
/// What it is worth more that words are a value, where they may also mean something.
const VALUED: i32 = 1;
/// What a name is worth, before the part that it plays counts.
const NAMED: i32 = 2;
/// What it is worth that a parameter is given which the query needs: it is asked for more than one that does without.
const REQUIRED: i32 = 1;
/// What a word costs that is nothing, where such words are passed over.
const PASSED_OVER: i32 = -4;
/// What a parameter costs that is missing, where one may be.
const MISSING: i32 = -5;
/// What an IRI is worth for a parameter that is one, rather than has a name.
const AS_IRI: i32 = 5;
/// So many ways to cover a question are tried for a row.
const WAYS: usize = 20_000;

/// What a query is asked with: a row of the table.
pub struct Row {
    pub query: &'static str,
    needs: Vec<Vec<Wanted>>,
    takes: BTreeSet<Meaning>,
}

/// One of the alternatives of what a row needs.
enum Wanted {
    Meaning(Meaning),
    Parameter(&'static str),
}

/// A way to understand a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covering {
    pub score: i32,
    /// Words by parameter.
    pub arguments: Vec<(String, String)>,
}

/// What may be missing in a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leniency {
    /// Nothing: every word counts, and every parameter is there that must be.
    None,
    /// Nothing, and a name by itself with "about" before another one is no question, for one of them is a guess.
    Guessing,
    /// Words may be passed over and parameters be missing, at a price: to find the nearest query.
    Nearest,
}

/// The rows of the table.
pub fn rows() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let lines = TABLE.lines().skip(1).filter(|line| !line.starts_with('#'));
        lines.map(|line| Row::read(line).unwrap_or_else(|| panic!("queries/ask/readings.tsv: {line}"))).collect()
    })
}

impl Row {
    fn read(line: &'static str) -> Option<Self> {
        let mut cells = line.split('\t');
        let (query, needs, takes) = (cells.next()?, cells.next()?, cells.next()?);
        let meaning = |name: &str| Lexicon::embedded().meaning(name);
        let wanted = |name: &'static str| match name.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(parameter) => Some(Wanted::Parameter(parameter)),
            None => meaning(name).map(Wanted::Meaning),
        };
        let needs = needs.split_whitespace().map(|need| need.split('|').map(wanted).collect());
        Some(Self {
            query,
            needs: needs.collect::<Option<_>>()?,
            takes: takes.split_whitespace().map(meaning).collect::<Option<_>>()?,
        })
    }

    fn needs(&self, meaning: Meaning) -> bool {
        self.needs.iter().flatten().any(|wanted| matches!(wanted, Wanted::Meaning(own) if *own == meaning))
    }

    /// The best way to cover the whole question with what the row has and with values of the query's parameters.
    pub fn cover(&self, question: &Question<'_>, query: &SavedQuery, leniency: Leniency) -> Option<Covering> {
        let mut search = Search { row: self, question, query, leniency, best: None, ways: 0 };
        search.walk(0, &mut Path::default());
        search.best
    }
}

/// What the words up to some place are.
#[derive(Default, Clone)]
struct Path {
    score: i32,
    meanings: Vec<Meaning>,
    values: Vec<(usize, usize)>,
}

struct Search<'s> {
    row: &'s Row,
    question: &'s Question<'s>,
    query: &'s SavedQuery,
    leniency: Leniency,
    best: Option<Covering>,
    ways: usize,
}

impl<'s> Search<'s> {
    fn walk(&mut self, at: usize, path: &mut Path) {
        if self.ways >= WAYS {
            return;
        }
        let question = self.question;
        let Some(pieces) = question.pieces.get(at) else {
            self.ways += 1;
            return self.arrive(path);
        };
        let mut is_used = false;
        let mut taken: Vec<(Meaning, usize, i32)> = Vec::new();
        for (place, piece) in pieces.iter().enumerate() {
            let before = path.clone();
            match piece {
                Piece::Meaning(meant) => {
                    let Some(worth) = self.worth(meant.meaning) else { continue };
                    // What says nothing may have been something, and one word may be in both languages.
                    let is_told = taken.iter().any(|(meaning, length, other)| {
                        *length == meant.length && (*meaning == meant.meaning || (worth == 0 && *other > 0))
                    });
                    if is_told {
                        continue;
                    }
                    taken.push((meant.meaning, meant.length, worth));
                    path.score += worth * meant.length as i32;
                    path.meanings.push(meant.meaning);
                }
                Piece::Value(value) => {
                    if !self.query.parameters.iter().any(|parameter| value.fits(parameter.kind)) {
                        continue;
                    }
                    path.score += match value.form {
                        Form::Name(..) | Form::Iri => NAMED,
                        _ => NEEDED * value.words.len() as i32 + VALUED,
                    };
                    path.values.push((at, place));
                }
            }
            is_used = true;
            self.walk(at + piece.length(), path);
            *path = before;
        }
        if self.leniency == Leniency::Nearest && !is_used {
            path.score += PASSED_OVER;
            self.walk(at + 1, path);
            path.score -= PASSED_OVER;
        }
    }

    /// What a word of that meaning is worth, if it may stand in the question.
    fn worth(&self, meaning: Meaning) -> Option<i32> {
        match () {
            () if Lexicon::embedded().is_common(meaning) => Some(0),
            () if self.row.needs(meaning) => Some(NEEDED),
            () if self.row.takes.contains(&meaning) => Some(ADMITTED),
            () => None,
        }
    }

    /// The whole question is covered: which values are which parameters?
    fn arrive(&mut self, path: &Path) {
        let values: Vec<&Value> = path
            .values
            .iter()
            .filter_map(|(at, place)| match &self.question.pieces[*at][*place] {
                Piece::Value(value) => Some(value),
                Piece::Meaning(_) => None,
            })
            .collect();
        let parts = Parts { question: self.question, meanings: &path.meanings, values: &values };
        let mut given: Vec<&Parameter> = Vec::new();
        self.assign(path, &parts, &mut given, path.score);
    }

    /// Tries each parameter for the next value.
    fn assign(&mut self, path: &Path, parts: &Parts<'_>, given: &mut Vec<&'s Parameter>, score: i32) {
        let query = self.query;
        let Some(value) = parts.values.get(given.len()) else {
            return self.judge(path, parts.values, given, score);
        };
        for parameter in query.parameters.iter().filter(|parameter| value.fits(parameter.kind)) {
            // Several names are for one parameter where they are joined: "Anne and Paul".
            let last = given.iter().rposition(|other| other.name == parameter.name);
            let is_free = match last {
                Some(last) => last + 1 == given.len() && parameter.kind.takes_several() && parts.joins(last, last + 1),
                None => !given.iter().any(|other| other.sets.contains(&parameter.name)),
            };
            // What an interval sets is told by the interval.
            let is_set = query.parameters.iter().any(|other| other.sets.contains(&parameter.name));
            if is_free && !is_set {
                let points = parts.points(given.len(), parameter.kind);
                if points < NEVER / 2 {
                    continue;
                }
                given.push(parameter);
                self.assign(path, parts, given, score + points);
                given.pop();
            }
        }
    }

    fn judge(&mut self, path: &Path, values: &[&Value], given: &[&Parameter], score: i32) {
        let is_given = |name: &str| given.iter().any(|parameter| parameter.name == name);
        // What says the part of a name counts only before one.
        let lexicon = Lexicon::embedded();
        let marks: Vec<_> = values.iter().map(|value| lexicon.meaning(self.question.mark(value).0)).collect();
        let is_there = |wanted: &Wanted| match wanted {
            Wanted::Meaning(meaning) if lexicon.is_common(*meaning) => {
                self.leniency != Leniency::Guessing && marks.contains(&Some(*meaning))
            }
            Wanted::Meaning(meaning) => path.meanings.contains(meaning),
            Wanted::Parameter(name) => is_given(name),
        };
        let is_lenient = self.leniency == Leniency::Nearest;
        let met = self.row.needs.iter().filter(|need| need.iter().any(is_there)).count();
        let required = self.query.parameters.iter().filter(|parameter| parameter.need == Needed::Required);
        let (given_too, missing) =
            required.fold((0, 0), |(given, missing), parameter| match is_given(&parameter.name) {
                true => (given + 1, missing),
                false => (given, missing + 1),
            });
        let lacks = self.row.needs.len() - met + missing;
        // A question of which nothing is met is no question of this query.
        if lacks > 0 && (!is_lenient || (met == 0 && given.is_empty())) {
            return;
        }
        let score = score + REQUIRED * given_too + MISSING * lacks as i32;
        if self.best.as_ref().is_some_and(|best| best.score >= score) {
            return;
        }
        let mut arguments: Vec<(String, String)> = Vec::new();
        for (parameter, value) in given.iter().zip(values) {
            arguments.push((parameter.name.clone(), value.text.clone()));
        }
        self.best = Some(Covering { score, arguments });
    }
}

/// The values of a question, and what stands between them.
struct Parts<'p> {
    question: &'p Question<'p>,
    meanings: &'p [Meaning],
    values: &'p [&'p Value],
}

/// The points of a part that a name cannot play.
const NEVER: i32 = i32::MIN / 2;

/// Words that may stand between joined names beside "and" and the like.
const BETWEEN: [&str; 14] = ["l", "le", "la", "les", "the", "de", "du", "des", "d", "of", "et", "and", "ou", "or"];
/// Words and signs that join two names.
const JOINTS: [&str; 4] = ["et", "and", "ou", "or"];

/// What a name is likely to be by the words before it (rows): an actor, a topic, an outlet, anything that has a name.
///
/// What never is is no way to understand the question, whatever else speaks for it.
const BY_MARK: [(&str, [i32; 4]); 9] = [
    ("", [2, 0, 1, 0]),
    ("<about>", [NEVER, 3, NEVER, -2]),
    ("<in>", [NEVER, NEVER, 4, -2]),
    ("<according>", [1, -2, 3, -2]),
    ("<by>", [3, NEVER, 2, -2]),
    ("<of>", [1, 1, 1, 0]),
    ("<to>", [-1, 1, NEVER, 3]),
    ("<object>", [-2, 3, -2, 0]),
    ("<through>", [-2, -2, 4, -2]),
];

impl Parts<'_> {
    /// Whether these two values are joined.
    fn joins(&self, first: usize, second: usize) -> bool {
        let question = self.question;
        let (first, second) = (&self.values[first].words, &self.values[second].words);
        let between = &question.words[first.end..second.start];
        let text = &question.text[question.words[first.end - 1].end..question.words[second.start].start];
        let is_joint = |word: &fold::Word| JOINTS.contains(&word.folded.as_str());
        between.iter().all(|word| BETWEEN.contains(&word.folded.as_str()))
            && (between.iter().any(is_joint) || text.trim_start().starts_with(','))
    }

    /// How likely the value is one of that type.
    fn points(&self, place: usize, kind: Kind) -> i32 {
        let nature = match &self.values[place].form {
            Form::Name(nature, _) => *nature,
            Form::Iri if kind == Kind::Iri => return AS_IRI,
            Form::Iri => Nature::Unknown,
            _ => return 0,
        };
        // The first of joined names has the mark of all.
        let first = (0..=place).rev().find(|at| *at == 0 || !self.joins(*at - 1, *at)).unwrap_or(place);
        let (mark, before) = self.question.mark(self.values[first]);
        let after = self.question.words.get(self.values[first].words.end);
        let column = match kind.role() {
            Some(Role::Actor) => 0,
            Some(Role::Topic) => 1,
            Some(Role::Outlet) => 2,
            _ => 3,
        };
        let row = BY_MARK.iter().find(|(name, _)| *name == mark);
        let by_mark = row.map_or(0, |(_, points)| points[column]);
        let by_nature = match (nature, kind.role()) {
            (Nature::Concept, Some(Role::Topic)) | (Nature::Other, Some(Role::Actor)) => 1,
            (Nature::Outlet, Some(Role::Outlet)) => 3,
            _ => 0,
        };
        // "Parle de Lyon" is about Lyon, "propos de Lyon" are Lyon's; and so is "Lyon's propos".
        let of = match column {
            0 => -2,
            1 => 2,
            _ => 0,
        };
        let by_head = match mark {
            "<of>" if self.is_spoken(before) => of,
            "<of>" if self.is_noun(before) => -of,
            "" if after.is_some_and(|word| word.folded == "s") => -of,
            _ => 0,
        };
        by_mark + by_nature + by_head
    }

    /// Whether a verb of saying or a name stands right before that word.
    fn is_spoken(&self, before: usize) -> bool {
        self.ends_with(before, "say") || self.is_value(before, false)
    }

    /// Whether a noun of something said stands there, perhaps with its kind.
    fn is_noun(&self, before: usize) -> bool {
        self.ends_with(before, "statement") || self.is_value(before, true)
    }

    fn is_value(&self, before: usize, is_kind: bool) -> bool {
        let ends = |value: &&&Value| value.words.end == before;
        self.values.iter().find(ends).is_some_and(|value| (value.form == Form::Read(Kind::Quotation)) == is_kind)
    }

    fn ends_with(&self, before: usize, name: &str) -> bool {
        let lexicon = Lexicon::embedded();
        let Some(meaning) = lexicon.meaning(name).filter(|meaning| self.meanings.contains(meaning)) else {
            return false;
        };
        let starts = before.saturating_sub(4)..before;
        starts.into_iter().any(|at| {
            lexicon.meant(&self.question.words, at).any(|meant| meant.meaning == meaning && at + meant.length == before)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::saved::library;
    use super::*;

    #[test]
    fn the_tables_go_with_the_queries() {
        for query in library() {
            assert!(rows().iter().any(|row| row.query == query.name), "{} is asked with nothing", query.name);
        }
        let mut used: BTreeSet<Meaning> = rows().iter().flat_map(|row| row.takes.clone()).collect();
        for row in rows() {
            let query = library().iter().find(|query| query.name == row.query);
            let query = query.unwrap_or_else(|| panic!("{} is no query", row.query));
            for wanted in row.needs.iter().flatten() {
                match wanted {
                    Wanted::Meaning(meaning) => drop(used.insert(*meaning)),
                    Wanted::Parameter(name) => assert!(query.parameter(name).is_some(), "{}: {name}", row.query),
                }
            }
        }
        let lexicon = Lexicon::embedded();
        let all = lexicon.names().iter().enumerate();
        let unused: Vec<_> = all.filter(|(at, _)| !lexicon.is_common(*at) && !used.contains(at)).collect();
        assert_eq!(unused, Vec::new());
    }
}
