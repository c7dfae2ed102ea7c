//! The table of figures in the README: `cargo bench --bench figures` prints it, `cargo bench --bench figures -- README.md`
//! writes it between the marks in that file.
//!
//! Each figure stands beside a limit that is measured in the same run: what the machine, or the engine below, takes for the
//! least that must be done. Each is the best of several runs.

mod machine;
mod reading;
mod storing;
mod table;

#[path = "../questions/answer.rs"]
mod answer;
#[path = "../shared/text.rs"]
mod text;

use dixit::article::{Article, Shown, blocks};
use dixit::entity::Entities;
use dixit::extract::{DateContext, extract, records, resolve_dates};
use mimalloc::MiMalloc;
use rustc_hash::FxHashMap;
use std::env;
use std::fs;
use std::hint::black_box;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};
use table::{Rate, Row, Table};

/// As in the program.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// How often each work is done.
const TIMES: usize = 7;

fn main() -> ExitCode {
    // `cargo bench` adds an argument of its own.
    let file = env::args().skip(1).find(|argument| argument != "--bench");
    // Run among all benches there is nothing to write.
    let written = figures().and_then(|table| {
        println!("{table}");
        file.map_or(Ok(()), |file| table.write(&file))
    });
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn figures() -> Result<Table> {
    let articles = text::articles();
    let mut table = Table::new(machine::machine());
    extraction(&articles, &mut table);
    reading::reading(&articles, &mut table)?;
    look_ups(&mut table);
    storing::storing(&articles, &mut table)?;
    program(&mut table)?;
    Ok(table)
}

/// What a text costs on one core, step by step.
fn extraction(articles: &[Article], table: &mut Table) {
    let entities = Entities::embedded();
    let bytes: usize = articles.iter().map(|article| article.text.len()).sum();
    let rate = |step: &dyn Fn(&Article)| Rate::bytes(bytes, best(|| articles.iter().for_each(step)));
    let blanks = rate(&|article| {
        black_box(memchr::memchr_iter(b' ', article.text.as_bytes()).count());
    });
    let words = rate(&|article| {
        black_box(count_words(article.text.as_bytes()));
    });
    let mut add = |what, step: &dyn Fn(&Article)| {
        let own = rate(step);
        table.add(Row::of(what, own, "to cut the text into words", words));
    };
    add("text as readers see it", &|article| {
        black_box(Shown::of(&article.text));
    });
    add("which lines are the article", &|article| {
        black_box(blocks(&article.text));
    });
    add("dates", &|article| {
        black_box(resolve_dates(&article.text, &DateContext::for_article(article)));
    });
    add("**text to statements**", &|article| {
        black_box(extract(article, entities));
    });
    add("text to records", &|article| {
        let statements = extract(article, entities);
        records(article, &statements, entities).for_each(|record| drop(black_box(record)));
    });
    add("text to lines of JSON", &|article| {
        let statements = extract(article, entities);
        let mut out = Vec::new();
        for record in records(article, &statements, entities) {
            serde_json::to_writer(&mut out, &record).expect("a record has only strings for keys");
        }
        black_box(out);
    });
    table.add(Row::of("(words of a text)", words, "to count blanks with memchr", blanks));
}

/// The words of a text, as cheaply as they can be found one by one.
fn count_words(bytes: &[u8]) -> usize {
    let mut inside = false;
    let mut words = 0;
    for byte in bytes {
        let letter = byte.is_ascii_alphanumeric() || *byte >= 0x80;
        words += usize::from(letter && !inside);
        inside = letter;
    }
    words
}

/// Names of the table that lead to their entities.
fn look_ups(table: &mut Table) {
    let entities = Entities::embedded();
    let names: Vec<&str> = entities.iter().map(|(_, entity)| &*entity.fr).collect();
    let map: FxHashMap<String, usize> = names.iter().enumerate().map(|(at, name)| ((*name).to_owned(), at)).collect();
    let own = best(|| names.iter().for_each(|name| drop(black_box(entities.find(name)))));
    let hash = best(|| names.iter().for_each(|name| assert!(black_box(map.get(*name)).is_some())));
    let [own, hash] = [own, hash].map(|time| Rate::things(names.len(), "names", time));
    table.add(Row::of("names to entities", own, "a hash map of the very names", hash));
}

/// How soon the program answers, and how large it is.
fn program(table: &mut Table) -> Result<()> {
    let program = env!("CARGO_BIN_EXE_dixit");
    let folder = tempfile::tempdir()?;
    let store = folder.path().join("store");
    let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");
    let line = folder.path().join("line.txt");
    fs::write(&line, "« Le pont rouvrira lundi », a promis la maire, Anne Roy.")?;
    let run = |name: &str, arguments: &[&str]| -> Result<Duration> {
        let begun = Instant::now();
        let silent = Command::new(name).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
        let time = begun.elapsed();
        if silent.success() { Ok(time) } else { Err(format!("{name} {} failed", arguments.join(" ")).into()) }
    };
    let soonest = |name: &str, arguments: &[&str]| -> Result<Rate> {
        let times: Vec<Duration> = (0..3 * TIMES).map(|_| run(name, arguments)).collect::<Result<_>>()?;
        Ok(Rate::time(times.into_iter().min().unwrap_or_default()))
    };
    let nothing = soonest("true", &[])?;
    let store = store.to_string_lossy().into_owned();
    run(program, &["--store", &store, "add", "--quiet", seeds])?;
    let begins = "to start a program that does nothing";
    table.add(Row::of("`dixit --version`", soonest(program, &["--version"])?, begins, nothing));
    let extract = soonest(program, &["extract", "--quiet", &line.to_string_lossy()])?;
    table.add(Row::of("`dixit extract` of one line", extract, begins, nothing));
    let ask = soonest(program, &["--store", &store, "ask", "who said what about NATO"])?;
    table.add(Row::of("`dixit ask` in the store of the seeds", ask, begins, nothing));
    table.add(Row::alone("size of the program", Rate::size(fs::metadata(program)?.len())));
    Ok(())
}

/// The least that a work takes.
fn best(work: impl Fn()) -> Duration {
    let time = || {
        let begun = Instant::now();
        work();
        begun.elapsed()
    };
    (0..TIMES).map(|_| time()).min().unwrap_or_default()
}
