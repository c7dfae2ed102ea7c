//! What the fuzzer holds true (`fuzz/`), for the inputs that it kept: each leads where no other does, or led to a fault.

#[path = "../fuzz/src/lib.rs"]
mod fuzz;

use std::fs;
use std::path::Path;

fn replay(target: &str, holds: fn(&[u8])) {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let inputs = fs::read_dir(corpus).unwrap();
    let mut paths: Vec<_> = inputs.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        // Said where it fails.
        println!("{}", path.display());
        holds(&fs::read(path).unwrap());
    }
}

macro_rules! corpora {
    ($($target:ident),*) => { $(#[test] fn $target() { replay(stringify!($target), fuzz::$target::holds); })* };
}

corpora!(
    dumps, extract, feeds, gold, http, imports, packed, pages, parameters, queries, questions, robots, services,
    stores, tables, texts
);
