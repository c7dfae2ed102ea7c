//! How fast articles are read and extracted, in bytes a second: `cargo bench --no-default-features`.
//!
//! The text is made of the seeds and of the passages in `tests/phenomena/`.
//!
//! `DIXIT_BENCH=FILE` names articles of your own, on which extraction is measured as well.

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use dixit::article::{Article, ReadOptions, Shown, blocks, read_paths};
use dixit::entity::Entities;
use dixit::extract::{DateContext, extract, records, resolve_dates};
use mimalloc::MiMalloc;
use std::env;
use std::sync::LazyLock;
use text::{Dice, articles, passages};

#[path = "shared/text.rs"]
mod text;

/// As in the program.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

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
