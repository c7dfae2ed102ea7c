//! How fast articles are read and extracted, in bytes a second: `cargo bench --no-default-features`.
//!
//! The text is made of the seeds and of the passages in `tests/phenomena/`, shuffled into articles and given other
//! names in each, so that no cache profits from repetition. The same text comes out every time.
//!
//! `DIXIT_BENCH=FILE` names articles of your own, on which extraction is measured as well.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use dixit::article::{Article, ReadOptions, Shown, blocks, read_paths};
use dixit::entity::{Entities, is_first_name};
use dixit::extract::{DateContext, extract, records, resolve_dates};
use std::env;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

/// About so many bytes in all.
const SIZE: usize = 1_000_000;
/// Passages of an article.
const PASSAGES: usize = 25;

static ARTICLES: LazyLock<Vec<Article>> = LazyLock::new(articles);

fn main() {
    // The tables and the text are no part of what is measured.
    for article in ARTICLES.iter().take(20) {
        extract(article, Entities::embedded());
    }
    divan::main();
}

/// The text as its readers see it.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn shown_text(bencher: Bencher) {
    measure(bencher, &ARTICLES, |article| {
        black_box(Shown::of(&article.text));
    });
}

/// Which lines of the page are the article.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn lines_of_the_article(bencher: Bencher) {
    measure(bencher, &ARTICLES, |article| {
        black_box(blocks(&article.text));
    });
}

/// The dates of a text.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn dates(bencher: Bencher) {
    measure(bencher, &ARTICLES, |article| {
        black_box(resolve_dates(&article.text, &DateContext::for_article(article)));
    });
}

/// From the article to its statements.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn statements(bencher: Bencher) {
    measure(bencher, &ARTICLES, |article| {
        black_box(extract(article, Entities::embedded()));
    });
}

/// From the article to the lines of `dixit extract --format jsonl`.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn lines_of_json(bencher: Bencher) {
    measure(bencher, &ARTICLES, |article| {
        let entities = Entities::embedded();
        for record in records(article, &extract(article, entities), entities) {
            black_box(serde_json::to_string(&record).expect("a record has only strings for keys"));
        }
    });
}

/// From articles of your own to their statements, if `DIXIT_BENCH` names a file or folder of some.
#[divan::bench(sample_count = 3, sample_size = 1, args = env::var("DIXIT_BENCH"))]
fn own_articles(bencher: Bencher, path: &str) {
    let articles: Vec<Article> = read_paths(&[path.into()], &ReadOptions::default()).filter_map(Result::ok).collect();
    assert!(!articles.is_empty(), "DIXIT_BENCH={path}: no articles were read");
    measure(bencher, &articles, |article| {
        black_box(extract(article, Entities::embedded()));
    });
}

/// Articles of one line without end: the rate is to stay the same, however long it is.
#[divan::bench(sample_count = 2, sample_size = 1, args = [100_000, 800_000])]
fn line_of_sentences(bencher: Bencher, size: usize) {
    measure_line(bencher, size, &sentences());
}

/// Words, and no full stop.
#[divan::bench(sample_count = 2, sample_size = 1, args = [100_000, 800_000])]
fn line_without_stops(bencher: Bencher, size: usize) {
    let words = sentences().into_iter().map(|sentence| sentence.replace(['.', '!', '?', '…'], ""));
    measure_line(bencher, size, &words.collect::<Vec<_>>());
}

/// Quotation marks that pair badly.
#[divan::bench(sample_count = 2, sample_size = 1, args = [100_000, 800_000])]
fn line_of_marks(bencher: Bencher, size: usize) {
    let marks = ["«", "»", "\"", "“", "”", "'", ", dit-il,", "oui"];
    measure_line(bencher, size, &marks.map(str::to_owned));
}

/// The passages, each in one line.
fn sentences() -> Vec<String> {
    passages().into_iter().map(|passage| passage.replace('\n', " ")).collect()
}

fn measure_line(bencher: Bencher, size: usize, parts: &[String]) {
    let mut dice = Dice(1);
    let mut text = String::with_capacity(size + 1000);
    while text.len() < size {
        text.push_str(&parts[dice.below(parts.len())]);
        text.push(' ');
    }
    let article = Article::from_text("line.txt", &text);
    let work = || black_box(extract(&article, Entities::embedded()));
    bencher.counter(BytesCount::new(text.len())).bench(work);
}

fn measure(bencher: Bencher, articles: &[Article], step: impl Fn(&Article) + Sync) {
    let bytes: usize = articles.iter().map(|article| article.text.len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| articles.iter().for_each(&step));
}

fn articles() -> Vec<Article> {
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
fn passages() -> Vec<String> {
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
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }
}
