//! Text to measure with: the seeds and the passages in `tests/phenomena/`, shuffled into articles and given other names in
//! each, so that no cache profits from repetition. The same text comes out every time.

use dixit::article::Article;
use dixit::entity::{Entities, is_first_name};
use std::fs;
use std::path::Path;

/// About so many bytes in all.
const SIZE: usize = 1_000_000;
/// Passages of an article.
const PASSAGES: usize = 25;

/// The articles.
pub fn articles() -> Vec<Article> {
    let passages = passages();
    let names: Vec<&str> = passages.iter().flat_map(|p| p.split(' ')).filter(|word| is_stranger(word)).collect();
    let mut dice = Dice(1);
    let mut articles: Vec<Article> = Vec::new();
    let mut size = 0;
    while size < SIZE {
        let shift = dice.below(names.len());
        let chosen = (0..PASSAGES).map(|_| renamed(&passages[dice.below(passages.len())], &names, shift));
        let text = chosen.collect::<Vec<_>>().join("\n\n");
        size += text.len();
        let published = "2024-03-09".parse().ok();
        articles.push(Article { published, ..Article::from_text(&format!("{}.txt", articles.len()), &text) });
    }
    articles
}

/// The passages of all phenomena, and the paragraphs of the seeds.
pub fn passages() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |folder: &str, extension: &str| {
        let entries = fs::read_dir(root.join(folder)).expect("the folder is part of the project");
        let mut paths: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
        paths.retain(|path| path.extension().is_some_and(|e| e == extension));
        paths.sort();
        paths.into_iter().map(|path| fs::read_to_string(path).expect("a text file")).collect::<Vec<_>>()
    };
    let rows = read("tests/phenomena", "tsv");
    let rows = rows.iter().flat_map(|file| file.lines().filter(|line| !line.starts_with('#')).skip(1));
    let rows = rows.filter_map(|line| line.split('\t').next()).map(|text| text.replace('⏎', "\n"));
    let seeds = read("seeds", "txt");
    let seeds = seeds.iter().flat_map(|file| file.lines()).filter(|line| line.len() > 60).map(str::to_owned);
    rows.chain(seeds).collect()
}

/// A surname, or another capitalised word that the tables do not hold.
fn is_stranger(word: &str) -> bool {
    word.len() > 4
        && word.starts_with(char::is_uppercase)
        && word.chars().all(char::is_alphabetic)
        && !is_first_name(word)
        && Entities::embedded().find(word).is_empty()
}

/// The passage with its strangers' names replaced; the same name by the same one wherever `shift` is the same.
fn renamed(passage: &str, names: &[&str], shift: usize) -> String {
    let word = |(place, word)| match is_stranger(word) && place > 0 {
        true => names[(word.bytes().fold(shift, |sum, byte| sum * 31 % 65_521 + byte as usize)) % names.len()],
        false => word,
    };
    passage.split(' ').enumerate().map(word).collect::<Vec<_>>().join(" ")
}

/// A source of numbers that gives the same ones every time (a linear congruential generator, Knuth's constants).
pub struct Dice(pub u64);

impl Dice {
    /// The next number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}
