//! How far a long command is: one line on a terminal, which nothing else shows.

use super::Global;
use dixit::article::Meter;
use std::io::{self, IsTerminal, Write};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Time between two versions of the line.
const PAUSE: Duration = Duration::from_millis(100);

/// The line that says how far we are.
pub struct Progress {
    /// Whether there is a terminal to show it on.
    shown: bool,
    begun: Instant,
    last: Instant,
    /// What is counted first, which also gives the rate, and what is found in it.
    names: [&'static str; 2],
    counts: [usize; 2],
    /// The bytes that were read so far, and of how many, if that is known.
    meter: Arc<Meter>,
    total: Option<u64>,
}

impl Progress {
    /// Of articles and statements. `total`: how many bytes there are to read, which is asked for only if it is shown.
    pub fn new(global: &Global, meter: Arc<Meter>, total: impl FnOnce() -> Option<u64>) -> Self {
        Self::of(["articles", "statements"], global, meter, total)
    }

    /// Of things of these names.
    pub fn of(
        names: [&'static str; 2],
        global: &Global,
        meter: Arc<Meter>,
        total: impl FnOnce() -> Option<u64>,
    ) -> Self {
        let now = Instant::now();
        // Results on the same terminal would run into the line.
        let shown = !global.quiet && !global.verbose && io::stderr().is_terminal() && !io::stdout().is_terminal();
        let total = if shown { total() } else { None };
        Self { shown, begun: now, last: now, names, counts: [0; 2], meter, total }
    }

    /// Another article is done.
    pub fn step(&mut self, statements: usize) {
        self.add([1, statements]);
    }

    /// So many more are done.
    pub fn add(&mut self, counts: [usize; 2]) {
        self.counts = [self.counts[0] + counts[0], self.counts[1] + counts[1]];
        if self.shown && self.last.elapsed() >= PAUSE {
            self.last = Instant::now();
            eprint!("\r\x1b[K{}", self.line(self.begun.elapsed()));
            // A line that cannot be shown does no harm.
            let _ = io::stderr().flush();
        }
    }

    /// The line after so much time.
    fn line(&self, time: Duration) -> String {
        let seconds = time.as_secs_f64().max(0.001);
        let ([first, second], [number, found]) = (self.names, self.counts);
        let rate = number as f64 / seconds;
        let mut line = format!("{number} {first}, {found} {second}, {rate:.0} {first}/s");
        match (self.meter.bytes(), self.total) {
            (read, Some(total)) if read > 0 && total > 0 => {
                let part = (read as f64 / total as f64).min(1.0);
                let left = (seconds / part - seconds).round() as u64;
                line = format!("{:3.0} %, {line}, {}:{:02} left", part * 100.0, left / 60, left % 60);
            }
            _ => line += &format!(", {seconds:.0} s"),
        }
        line
    }

    /// What is done now that nothing more is counted.
    pub fn note(&self, doing: &str) {
        if self.shown {
            eprint!("\r\x1b[K{doing} …");
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_tells_rate_and_time_left() {
        let meter = Arc::new(Meter::default());
        meter.add(25);
        let now = Instant::now();
        let names = ["articles", "statements"];
        let mut progress =
            Progress { shown: false, begun: now, last: now, names, counts: [50, 120], meter, total: Some(100) };
        let line = progress.line(Duration::from_secs(25));
        assert_eq!(line, " 25 %, 50 articles, 120 statements, 2 articles/s, 1:15 left");
        progress.total = None;
        assert_eq!(progress.line(Duration::from_secs(25)), "50 articles, 120 statements, 2 articles/s, 25 s");
    }
}
