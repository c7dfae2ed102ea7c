//! How far a long command is: one line on a terminal, which nothing else shows.

use super::Global;
use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

/// Time between two versions of the line.
const PAUSE: Duration = Duration::from_millis(100);

/// The line that says how far we are.
pub struct Progress {
    /// Whether there is a terminal to show it on.
    shown: bool,
    begun: Instant,
    last: Instant,
    articles: usize,
    statements: usize,
}

impl Progress {
    pub fn new(global: &Global) -> Self {
        let now = Instant::now();
        // Results on the same terminal would run into the line.
        let shown = !global.quiet && !global.verbose && io::stderr().is_terminal() && !io::stdout().is_terminal();
        Self { shown, begun: now, last: now, articles: 0, statements: 0 }
    }

    /// Another article is done.
    pub fn step(&mut self, statements: usize) {
        self.articles += 1;
        self.statements += statements;
        if self.shown && self.last.elapsed() >= PAUSE {
            self.last = Instant::now();
            let seconds = self.begun.elapsed().as_secs();
            eprint!("\r\x1b[K{} articles, {} statements, {seconds} s", self.articles, self.statements);
            // A line that cannot be shown does no harm.
            let _ = io::stderr().flush();
        }
    }

    /// Says a line that stays.
    pub fn say(&self, line: &str) {
        self.clear();
        eprintln!("{line}");
    }

    fn clear(&self) {
        if self.shown {
            eprint!("\r\x1b[K");
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.clear();
    }
}
