//! How long a query may be evaluated, and how much memory it may need.
//!
//! A query that is to stop is ended where it calls the function that [`guard`](super::guard) put into it; where that is not soon,
//! the evaluator's own token is taken back, at which it looks where it reads quads. Between rows the clock is looked at here. What
//! heeds nothing of that, such as one function that makes a text of a gigabyte, can only be left behind: the last word is that
//! of whoever set the limit ([`TimeLimit::when_stuck`]).

use oxigraph::model::Triple;
use oxigraph::sparql::{
    CancellationToken, QueryEvaluationError, QueryResults, QuerySolution, QuerySolutionIter, QueryTripleIter,
};
use std::any::Any;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How long the evaluator has for its end once it was told to stop, before its token is taken back: it makes errors of that, one
/// for each quad that is left to read.
const FIRST_GRACE: Duration = Duration::from_millis(250);
/// How long it has then.
const GRACE: Duration = Duration::from_millis(500);
/// How often it is looked whether somebody stopped the query, and at the memory.
const WATCH: Duration = Duration::from_millis(25);
/// The shortest nap of the thread that looks at the clock.
const NAP: Duration = Duration::from_millis(10);

/// Called with the time that is over when the evaluator does not heed it.
type Stuck = dyn Fn(TimeIsOver) + Send + Sync;

/// How long a query may be evaluated. The time in which its rows are written or wait for a reader does not count.
#[derive(Clone)]
pub struct TimeLimit {
    time: Duration,
    stop: Stop,
    /// By how many bytes the memory of the program may grow meanwhile.
    memory: Option<u64>,
    stuck: Option<Arc<Stuck>>,
}

/// Ends a query before its time is over, from another thread than that of the query.
#[derive(Clone, Default)]
pub struct Stop(Arc<OnceLock<Why>>);

#[derive(Debug, Clone, Copy)]
enum Why {
    Unwanted,
    OthersWait,
    Memory(u64),
}

impl Stop {
    /// Nobody waits for the answer any more.
    pub fn stop(&self) {
        let _ = self.0.set(Why::Unwanted);
    }

    /// Others wait that have not had as much.
    pub fn give_way(&self) {
        let _ = self.0.set(Why::OthersWait);
    }

    /// All together need more than so many bytes of memory.
    pub fn give_memory(&self, most: u64) {
        let _ = self.0.set(Why::Memory(most));
    }

    /// Whether what is done is to end.
    pub fn is_called_for(&self) -> bool {
        self.0.get().is_some()
    }
}

/// A query was evaluated for as long as it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the query took longer than {} s{}", .time.as_secs_f64(), if *.others_waited { " while others waited" } else { "" })]
pub struct TimeIsOver {
    pub time: Duration,
    /// Whether it might have gone on, had there been nobody else.
    pub others_waited: bool,
}

/// A query needs more memory than it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the query needs more than {} MB of memory", .0 / 1_000_000)]
pub struct MemoryIsOver(pub u64);

impl TimeLimit {
    /// As long as this.
    pub fn new(time: Duration) -> Self {
        Self { time, stop: Stop::default(), memory: None, stuck: None }
    }

    /// The same, which somebody else may end before the time is over.
    pub fn or_stopped_by(self, stop: &Stop) -> Self {
        Self { stop: stop.clone(), ..self }
    }

    /// The memory of the program may also grow by so many bytes only while the query is evaluated, whoever needs it. Where the
    /// system does not tell how much it has (`/proc/self/status`), this is no limit.
    pub fn with_memory(self, bytes: u64) -> Self {
        Self { memory: Some(bytes), ..self }
    }

    /// What to do, in another thread, where the evaluator heeds nothing: a program may end itself. Without this it is left to
    /// find its own end.
    pub fn when_stuck(self, deed: impl Fn(TimeIsOver) + Send + Sync + 'static) -> Self {
        Self { stuck: Some(Arc::new(deed)), ..self }
    }

    /// Begins to look at the clock.
    pub(super) fn start(&self) -> Watch {
        let shared = Arc::new(Shared {
            limit: self.clone(),
            token: CancellationToken::new(),
            stop: Arc::default(),
            clock: Mutex::new(Clock { left: self.time, since: None, over: None, done: false }),
            done: Condvar::new(),
        });
        let watched = Arc::clone(&shared);
        thread::spawn(move || watched.look());
        Watch(Arc::new(Owner(shared)))
    }
}

/// What is over.
#[derive(Debug, Clone, Copy)]
enum Over {
    Time(TimeIsOver),
    Memory(MemoryIsOver),
}

/// With what an evaluation unwinds that is to stop.
struct Stopped;

struct Clock {
    left: Duration,
    /// Since when the evaluator has been at work, unless it rests.
    since: Option<Instant>,
    over: Option<Over>,
    /// Whether nobody needs the evaluator any more.
    done: bool,
}

impl Clock {
    fn left(&self) -> Duration {
        self.left.saturating_sub(self.since.map_or(Duration::ZERO, |since| since.elapsed()))
    }
}

struct Shared {
    limit: TimeLimit,
    token: CancellationToken,
    /// Whether the evaluation is to stop.
    stop: Arc<AtomicBool>,
    clock: Mutex<Clock>,
    done: Condvar,
}

impl Shared {
    fn clock(&self) -> MutexGuard<'_, Clock> {
        self.clock.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is over for an evaluation that has so much time left when it is to stop.
    fn over(&self, left: Duration) -> Over {
        let time = self.limit.time;
        match self.limit.stop.0.get() {
            Some(Why::Memory(most)) => Over::Memory(MemoryIsOver(*most)),
            Some(Why::OthersWait) if left > Duration::ZERO => {
                let had = Duration::from_secs(time.saturating_sub(left).as_secs());
                Over::Time(TimeIsOver { time: had, others_waited: true })
            }
            _ => Over::Time(TimeIsOver { time, others_waited: false }),
        }
    }

    /// Waits until nobody needs the evaluator any more, but not longer than this.
    fn wait<'a>(&self, clock: MutexGuard<'a, Clock>, time: Duration) -> MutexGuard<'a, Clock> {
        self.done.wait_timeout_while(clock, time, |clock| !clock.done).unwrap_or_else(PoisonError::into_inner).0
    }

    /// Sleeps for as long as nothing can be over, and looks again.
    fn look(&self) {
        let before = self.limit.memory.and_then(|_| resident());
        let mut clock = self.clock();
        while !clock.done {
            let left = clock.left();
            let memory = self.limit.memory.zip(before).filter(|_| clock.since.is_some());
            let has_grown = memory.filter(|(most, before)| resident().is_some_and(|now| now > before + most));
            if left > Duration::ZERO && has_grown.is_none() && !self.limit.stop.is_called_for() {
                clock = self.wait(clock, left.clamp(NAP, WATCH));
                continue;
            }
            clock.over = Some(match has_grown {
                Some((most, _)) => Over::Memory(MemoryIsOver(most)),
                None => self.over(left),
            });
            self.stop.store(true, Ordering::Relaxed);
            let at_work = clock.since;
            let clock = self.wait_while_at(clock, at_work, FIRST_GRACE);
            self.token.cancel();
            let clock = self.wait_while_at(clock, at_work, GRACE);
            let is_stuck = at_work.is_some() && !clock.done && clock.since == at_work;
            drop(clock);
            if let Some(deed) = self.limit.stuck.as_ref().filter(|_| is_stuck) {
                deed(TimeIsOver { time: self.limit.time, others_waited: false });
            }
            return;
        }
    }

    /// Waits until the evaluator has done the piece at which it is.
    fn wait_while_at<'a>(
        &self,
        mut clock: MutexGuard<'a, Clock>,
        at_work: Option<Instant>,
        time: Duration,
    ) -> MutexGuard<'a, Clock> {
        let end = Instant::now() + time;
        while at_work.is_some() && !clock.done && clock.since == at_work && Instant::now() < end {
            clock = self.wait(clock, NAP);
        }
        clock
    }
}

/// How many bytes of memory the program has; `None` where the system does not tell.
pub fn resident() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kilobytes * 1024)
}

/// A query gives more rows than it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the answer has more than {0} rows, of which these are the first")]
pub struct RowsAreOver(pub usize);

/// The results, with an error in the place of what is too many.
pub(super) fn at_most(results: QueryResults<'static>, most: usize) -> QueryResults<'static> {
    fn first<T>(
        results: impl Iterator<Item = Result<T, QueryEvaluationError>>,
        most: usize,
    ) -> impl Iterator<Item = Result<T, QueryEvaluationError>> {
        results.take(most.saturating_add(1)).enumerate().map(move |(place, row)| match place == most {
            true => row.and(Err(QueryEvaluationError::Unexpected(Box::new(RowsAreOver(most))))),
            false => row,
        })
    }
    match results {
        QueryResults::Solutions(solutions) => {
            let variables = solutions.variables().into();
            QueryResults::Solutions(QuerySolutionIter::new(variables, first::<QuerySolution>(solutions, most)))
        }
        QueryResults::Graph(triples) => QueryResults::Graph(QueryTripleIter::new(first::<Triple>(triples, most))),
        boolean => boolean,
    }
}

/// Ends the thread when the last watch is dropped.
struct Owner(Arc<Shared>);

impl Drop for Owner {
    fn drop(&mut self) {
        self.0.clock().done = true;
        self.0.done.notify_all();
    }
}

/// Looks at the clock while a query is evaluated.
#[derive(Clone)]
pub(super) struct Watch(Arc<Owner>);

impl Watch {
    /// What tells the evaluator to stop.
    pub fn token(&self) -> CancellationToken {
        self.0.0.token.clone()
    }

    /// What a query that is to stop calls, see [`guard`](super::guard).
    pub fn in_time(&self) -> impl Fn() + Send + Sync + use<> {
        let (own, others) = (Arc::clone(&self.0.0.stop), self.0.0.limit.stop.clone());
        move || {
            if own.load(Ordering::Relaxed) || others.is_called_for() {
                // Without the message of a panic, for it is none.
                resume_unwind(Box::new(Stopped));
            }
        }
    }

    /// Does a piece of the evaluation, the time of which counts. An error if it was stopped: then it is not to go on.
    pub fn during<T>(&self, work: impl FnOnce() -> T) -> Result<T, QueryEvaluationError> {
        let shared = &self.0.0;
        shared.clock().since = Some(Instant::now());
        // Whoever is stopped is dropped.
        let done = catch_unwind(AssertUnwindSafe(work));
        let mut clock = shared.clock();
        clock.left = clock.left();
        clock.since = None;
        drop(clock);
        done.map_err(|cause: Box<dyn Any + Send>| match cause.downcast::<Stopped>() {
            Ok(_) => self.over(),
            Err(panic) => resume_unwind(panic),
        })
    }

    /// The error of an evaluation that ended because it had to.
    pub fn explain(&self, error: QueryEvaluationError) -> QueryEvaluationError {
        match error {
            QueryEvaluationError::Cancelled => self.over(),
            other => other,
        }
    }

    /// The results, until the time is over.
    pub fn limit(self, results: QueryResults<'static>) -> QueryResults<'static> {
        match results {
            QueryResults::Solutions(solutions) => {
                let variables = solutions.variables().into();
                QueryResults::Solutions(QuerySolutionIter::new(variables, self.items::<QuerySolution>(solutions)))
            }
            QueryResults::Graph(triples) => QueryResults::Graph(QueryTripleIter::new(self.items::<Triple>(triples))),
            boolean => boolean,
        }
    }

    fn items<T>(
        self,
        mut results: impl Iterator<Item = Result<T, QueryEvaluationError>>,
    ) -> impl Iterator<Item = Result<T, QueryEvaluationError>> {
        let mut ended = false;
        std::iter::from_fn(move || {
            if ended {
                return None;
            }
            let next = self.during(|| results.next()).unwrap_or_else(|over| Some(Err(over)));
            let next = if self.is_over() { Some(Err(self.over())) } else { next };
            ended = !matches!(next, Some(Ok(_)));
            next.map(|next| next.map_err(|error| self.explain(error)))
        })
    }

    fn is_over(&self) -> bool {
        let clock = self.0.0.clock();
        clock.over.is_some() || clock.left.is_zero() || self.0.0.limit.stop.is_called_for()
    }

    fn over(&self) -> QueryEvaluationError {
        let clock = self.0.0.clock();
        QueryEvaluationError::Unexpected(match clock.over.unwrap_or_else(|| self.0.0.over(clock.left())) {
            Over::Memory(over) => Box::new(over),
            Over::Time(over) => Box::new(over),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicBool, Ordering};

    fn limit(milliseconds: u64) -> TimeLimit {
        TimeLimit::new(Duration::from_millis(milliseconds))
    }

    fn nap(milliseconds: u64) {
        thread::sleep(Duration::from_millis(milliseconds));
    }

    #[test]
    fn only_the_evaluation_counts() {
        let watch = limit(200).start();
        watch.during(|| nap(20)).unwrap();
        nap(300);
        assert!(!watch.token().is_cancelled() && !watch.is_over());
        watch.during(|| nap(600)).unwrap();
        assert!(watch.token().is_cancelled() && watch.is_over());
    }

    #[test]
    fn rows_end_with_an_error_when_the_time_is_over() {
        let rows = std::iter::repeat_with(|| {
            nap(20);
            Ok(())
        });
        let mut read: Vec<_> = limit(100).start().items(rows).collect();
        assert!(matches!(read.pop(), Some(Err(QueryEvaluationError::Unexpected(_)))));
        assert!(!read.is_empty() && read.iter().all(Result::is_ok));
    }

    #[test]
    fn who_gives_way_to_others_is_told_so() {
        let stop = Stop::default();
        let watch = limit(60_000).or_stopped_by(&stop).start();
        watch.during(|| nap(1100)).unwrap();
        stop.give_way();
        assert_eq!(watch.over().to_string(), "the query took longer than 1 s while others waited");
        assert_eq!(limit(60_000).start().over().to_string(), "the query took longer than 60 s");
    }

    #[test]
    fn whoever_set_the_limit_hears_of_an_evaluator_that_does_not_end() {
        for (work, is_stuck) in [(20, false), (100, false), (1500, true)] {
            let heard = Arc::new(AtomicBool::new(false));
            let told = Arc::clone(&heard);
            let watch = limit(50).when_stuck(move |_| told.store(true, Ordering::Relaxed)).start();
            watch.during(|| nap(work)).unwrap();
            drop(watch);
            assert_eq!(heard.load(Ordering::Relaxed), is_stuck, "{work}");
        }
    }
}
