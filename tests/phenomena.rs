//! Every way of reporting speech that we know of, one file of invented passages for each: `tests/phenomena/*.tsv` in
//! French, those in the folder `en` in English, written as their README says. Rows that fail are listed in
//! `known-failures.txt`; that list can only shrink.

mod shared;

use dixit::article::Article;
use dixit::entity::{Entities, slug};
use dixit::extract::{Actor, DateBasis, Statement, extract};
use shared::{covered, overlap, pairs, words};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// A found content must share this much with the expected one: the words of both over the words of either.
const SAME: f64 = 0.8;
/// What shares this much with an optional statement is a reading of it.
const READING: f64 = 0.5;

#[test]
fn every_row_holds_or_is_a_known_failure() {
    let listed = known_failures();
    let (mut new, mut mended) = (Vec::new(), Vec::new());
    let (mut all, mut passed) = (0, 0);
    println!("{:32} {:>5} {:>7}", "phenomenon", "rows", "passed");
    for file in files() {
        let rows = rows(&file);
        let failures: BTreeMap<String, String> =
            rows.iter().filter_map(|row| Some((row.place.clone(), row.failure()?))).collect();
        println!("{:32} {:>5} {:>7}", name(&file), rows.len(), rows.len() - failures.len());
        all += rows.len();
        passed += rows.len() - failures.len();
        for row in &rows {
            match (failures.get(&row.place), listed.contains(&row.place)) {
                (Some(why), false) => new.push(format!("{}\t{}", row.place, why.replace('\n', "⏎"))),
                (None, true) => mended.push(row.place.clone()),
                _ => {}
            }
        }
    }
    println!("{:32} {all:>5} {passed:>7}", "all");
    assert!(new.is_empty(), "{} rows fail that held before:\n{}", new.len(), new.join("\n"));
    assert!(mended.is_empty(), "these rows hold now, take them off known-failures.txt:\n{}", mended.join("\n"));
}

/// A passage and what it must give.
struct Row {
    /// File and line: "05-interrupted.tsv:7", "en/07-told.tsv:5".
    place: String,
    language: &'static str,
    text: String,
    /// Day of publication, if the file gives one.
    published: Option<String>,
    expected: Vec<Expected>,
}

/// One statement of a row, as the README of the folder describes it.
#[derive(Default)]
struct Expected {
    optional: bool,
    kind: String,
    content: String,
    speaker: String,
    relays: BTreeSet<String>,
    actors: Option<Vec<String>>,
    polarity: Option<String>,
    addressee: Option<String>,
    medium: Option<String>,
    date: Option<String>,
}

impl Row {
    /// What is wrong with the statements found in the passage; `None` if nothing is.
    fn failure(&self) -> Option<String> {
        let article = Article {
            published: self.published.as_ref().map(|day| day.parse().unwrap()),
            language: self.language.to_owned(),
            ..Article::from_text(&self.place, &self.text)
        };
        let found = extract(&article, Entities::embedded());
        let words = words(&self.text);
        let contents: Vec<_> =
            found.iter().map(|s| covered(&words, s.spans.iter().map(|span| span.start..span.end))).collect();
        let mut cursor = 0;
        let wanted: Vec<_> = self
            .expected
            .iter()
            .map(|e| {
                let spans = self.locate(&e.content, cursor);
                cursor = spans[0].start;
                covered(&words, spans)
            })
            .collect();
        let pairs = pairs(&wanted, &contents, SAME);
        for (w, expected) in self.expected.iter().enumerate().filter(|(_, e)| !e.optional) {
            let Some((_, f)) = pairs.iter().find(|(pair, _)| *pair == w) else {
                return Some(format!("missed: {}", expected.content));
            };
            if let Some(wrong) = expected.wrong_in(&found[*f], self) {
                return Some(wrong);
            }
        }
        let optional: Vec<_> = (0..wanted.len()).filter(|w| self.expected[*w].optional).collect();
        let surplus = (0..found.len()).find(|f| {
            pairs.iter().all(|(_, pair)| pair != f)
                && optional.iter().all(|w| overlap(&wanted[*w], &contents[*f]) < READING)
        })?;
        Some(format!("surplus: {}", found[surplus].text(&self.text)))
    }

    /// Where the parts of a content stand, at or after `from` if they can.
    fn locate(&self, content: &str, from: usize) -> Vec<std::ops::Range<usize>> {
        let mut at = from;
        let mut find = |part: &str| {
            let start = self.text[at..].find(part).map(|n| n + at).or_else(|| self.text.find(part));
            let start = start.unwrap_or_else(|| panic!("{}: `{part}` is not in the passage", self.place));
            at = start + part.len();
            start..at
        };
        content.split(" … ").map(&mut find).collect()
    }
}

impl Expected {
    /// The first thing that is not as expected in a statement of the right words.
    fn wrong_in(&self, found: &Statement, row: &Row) -> Option<String> {
        let differ = |what: &str, found: &str, wanted: &str| Some(format!("{what}: {found}, not {wanted}"));
        if found.kind.name() != self.kind {
            return differ("kind", found.kind.name(), &self.kind);
        }
        let speaks = |actor: &Actor| {
            let mention = actor.mention.of(&row.text);
            // A quotation without a cue has no mention of its own.
            let words = if found.cue.is_none() { &*actor.name } else { mention };
            one_holds_the_other(words, &self.speaker) || one_holds_the_other(mention, &self.speaker)
        };
        if !self.speaker.is_empty() && !found.actors.iter().all(speaks) {
            let mentions: Vec<_> = found.actors.iter().map(|a| a.mention.of(&row.text)).collect();
            return differ("speaker", &mentions.join(" + "), &self.speaker);
        }
        let relays: BTreeSet<_> =
            found.relayed_by.iter().map(|r| bare(r.mention.map_or(&*r.name, |m| m.of(&row.text)))).collect();
        if relays != self.relays {
            return differ("relay", &format!("{relays:?}"), &format!("{:?}", self.relays));
        }
        if let Some(actors) = &self.actors {
            let same = found.actors.len() == actors.len()
                && actors.iter().all(|name| found.actors.iter().any(|a| one_holds_the_other(&a.name, name)));
            if !same {
                let names: Vec<_> = found.actors.iter().map(|a| &*a.name).collect();
                return differ("actor", &names.join(", "), &actors.join(", "));
            }
        }
        if let Some(polarity) = self.polarity.as_deref().filter(|p| *p != found.polarity.name()) {
            return differ("polarity", found.polarity.name(), polarity);
        }
        let told = [("addressee", &self.addressee, &found.addressee), ("medium", &self.medium, &found.medium)];
        for (what, wanted, found) in told {
            let named = found.as_ref().map_or("none", |n| n.mention.map_or(&*n.name, |m| m.of(&row.text)));
            if let Some(wanted) = wanted.as_deref().filter(|wanted| bare(wanted) != bare(named)) {
                return differ(what, named, wanted);
            }
        }
        // A longer stretch than a day ("en 1998") is no day.
        let stated = found.date.filter(|d| d.basis == DateBasis::Text && d.not_before == d.not_after);
        let day = stated.and_then(|d| d.not_before).map_or("none".to_owned(), |day| day.to_string());
        let wanted = self.date.as_deref().unwrap_or("none");
        if row.published.is_some() && day != wanted {
            return differ("date", &day, wanted);
        }
        None
    }
}

/// The files of all languages; those in no folder are French.
fn files() -> Vec<PathBuf> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/phenomena");
    let paths_in = |folder: &str| fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let paths = paths_in(folder).chain(paths_in(&format!("{folder}/{ENGLISH}")));
    let mut files: Vec<_> = paths.filter(|path| path.extension().is_some_and(|e| e == "tsv")).collect();
    files.sort();
    assert!(!files.is_empty(), "no phenomena in {folder}");
    files
}

/// The folder of the English files, and the tag of their language.
const ENGLISH: &str = "en";

fn is_english(path: &Path) -> bool {
    path.parent().is_some_and(|folder| folder.ends_with(ENGLISH))
}

fn name(path: &Path) -> String {
    let file = path.file_name().unwrap().to_string_lossy();
    if is_english(path) { format!("{ENGLISH}/{file}") } else { file.into_owned() }
}

/// The places that `known-failures.txt` lists: the first cell of each line that is no comment.
fn known_failures() -> BTreeSet<String> {
    let list = include_str!("phenomena/known-failures.txt");
    let lines = list.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    lines.map(|line| line.split('\t').next().unwrap().to_owned()).collect()
}

fn rows(path: &Path) -> Vec<Row> {
    let language = if is_english(path) { ENGLISH } else { "fr" };
    let text = fs::read_to_string(path).unwrap();
    let published = text.lines().find_map(|line| line.strip_prefix("# published: ")).map(str::to_owned);
    let lines = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty()).skip(1);
    let row = |(number, line): (usize, &str)| {
        let place = format!("{}:{}", name(path), number + 1);
        let line = line.replace('⏎', "\n");
        let (text, expected) = line.split_once('\t').unwrap_or_else(|| panic!("{place}: one cell only"));
        let expected = match expected {
            "-" => Vec::new(),
            some => some.split(" ;; ").map(|cell| read(cell, &place)).collect(),
        };
        Row { place, language, text: text.to_owned(), published: published.clone(), expected }
    };
    lines.map(row).collect()
}

fn read(cell: &str, place: &str) -> Expected {
    let fields: Vec<&str> = cell.split('|').map(str::trim).collect();
    assert!(
        fields.len() >= 4,
        "{place}: kind, content, speaker and relay are four fields, not {}: {cell}",
        fields.len()
    );
    let mut expected = Expected {
        optional: fields[0].starts_with('?'),
        kind: fields[0].trim_start_matches('?').to_owned(),
        content: fields[1].to_owned(),
        speaker: fields[2].to_owned(),
        relays: fields[3].split(" + ").filter(|name| !name.is_empty()).map(bare).collect(),
        ..Expected::default()
    };
    for more in &fields[4..] {
        let (key, value) = more.split_once('=').unwrap_or_else(|| panic!("{place}: `{more}` is no key=value"));
        match key {
            "actor" => expected.actors = Some(value.split(", ").map(str::to_owned).collect()),
            "polarity" => expected.polarity = Some(value.to_owned()),
            "addressee" => expected.addressee = Some(value.to_owned()),
            "medium" => expected.medium = Some(value.to_owned()),
            "date" => expected.date = Some(value.to_owned()),
            _ => panic!("{place}: unknown key `{key}`"),
        }
    }
    expected
}

/// A name's letters without its article: "l'AFP" is "afp".
fn bare(name: &str) -> String {
    let folded = slug(name);
    let articles = ["le-", "la-", "les-", "l-", "the-"];
    articles.iter().find_map(|article| folded.strip_prefix(article)).unwrap_or(&folded).to_owned()
}

/// Whether the words of one stand in the other, whatever their case and accents.
fn one_holds_the_other(one: &str, other: &str) -> bool {
    let whole = |text: &str| format!("-{}-", slug(text));
    let (one, other) = (whole(one), whole(other));
    one.contains(&other) || other.contains(&one)
}
