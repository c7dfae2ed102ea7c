//! How long answers take among a million statements: `cargo bench --bench questions -- make EXPORT STORE`, then
//! `cargo bench --bench questions -- ask STORE`.
//!
//! `make` takes a real export in N-Quads (`dixit export --format nquads`) and scales it to a million statements, see
//! [`scale`]. `ask` asks saved queries for what is named most in it: as dixit does, and the same SPARQL of oxigraph alone.

mod answer;
mod ask;
mod scale;

use std::env;
use std::path::Path;
use std::process::ExitCode;

/// How many statements the scaled store has if nobody says otherwise.
const STATEMENTS: usize = 1_000_000;

fn main() -> ExitCode {
    // `cargo bench` adds an argument of its own.
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["make", export, store] => scale::scale(Path::new(export), Path::new(store), STATEMENTS),
        ["make", export, store, statements] => match statements.parse() {
            Ok(statements) => scale::scale(Path::new(export), Path::new(store), statements),
            Err(_) => Err(format!("{statements} is no number of statements").into()),
        },
        ["ask", store] => ask::ask(Path::new(store)),
        // Run among all benches it has no store to ask.
        [] => return ExitCode::SUCCESS,
        _ => Err("write `make EXPORT.nq STORE [STATEMENTS]` or `ask STORE`".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;
