//! How long a query may be evaluated.
//!
//! The evaluator looks at its token only where it reads quads. Between rows the clock is looked at here; and what neither
//! reads quads nor gives rows, such as counting the product of three lists, can only be left behind: the last word is that of
//! whoever set the limit ([`TimeLimit::when_stuck`]).

use oxigraph::model::Triple;
use oxigraph::sparql::{
    CancellationToken, QueryEvaluationError, QueryResults, QuerySolution, QuerySolutionIter, QueryTripleIter,
};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// How long the evaluator has for its end once it was told to stop.
const GRACE: Duration = Duration::from_millis(500);
/// The shortest nap of the thread that looks at the clock.
const NAP: Duration = Duration::from_millis(10);

/// Called with the time that is over when the evaluator does not heed it.
type Stuck = dyn Fn(TimeIsOver) + Send + Sync;

/// How long a query may be evaluated. The time in which its rows are written or wait for a reader does not count.
#[derive(Clone)]
pub struct TimeLimit {
    time: Duration,
    stop: Stop,
    stuck: Option<Arc<Stuck>>,
}

/// Ends a query of which nobody waits for the answer any more. It ends as if its time were over.
#[derive(Clone, Default)]
pub struct Stop(CancellationToken);

impl Stop {
    /// To be called from another thread than that of the query.
    pub fn stop(&self) {
        self.0.cancel();
    }
}

/// A query was evaluated for as long as it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the query took longer than {} s", .0.as_secs_f64())]
pub struct TimeIsOver(pub Duration);

impl TimeLimit {
    /// As long as this.
    pub fn new(time: Duration) -> Self {
        Self { time, stop: Stop::default(), stuck: None }
    }

    /// The same, which somebody else may end before the time is over.
    pub fn or_stopped_by(self, stop: &Stop) -> Self {
        Self { stop: stop.clone(), ..self }
    }

    /// What to do, in another thread, where the evaluator neither reads quads nor gives rows and so cannot be stopped: a
    /// program may end itself. Without this it is left to find its own end.
    pub fn when_stuck(self, deed: impl Fn(TimeIsOver) + Send + Sync + 'static) -> Self {
        Self { stuck: Some(Arc::new(deed)), ..self }
    }

    /// Begins to look at the clock.
    pub(super) fn start(&self) -> Watch {
        let shared = Arc::new(Shared {
            limit: self.clone(),
            token: self.stop.0.clone(),
            clock: Mutex::new(Clock { left: self.time, since: None, over: false, done: false }),
            done: Condvar::new(),
        });
        let watched = Arc::clone(&shared);
        thread::spawn(move || watched.look());
        Watch(Arc::new(Owner(shared)))
    }
}

struct Clock {
    left: Duration,
    /// Since when the evaluator has been at work, unless it rests.
    since: Option<Instant>,
    over: bool,
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
    clock: Mutex<Clock>,
    done: Condvar,
}

impl Shared {
    fn clock(&self) -> MutexGuard<'_, Clock> {
        self.clock.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until nobody needs the evaluator any more, but not longer than this.
    fn wait<'a>(&self, clock: MutexGuard<'a, Clock>, time: Duration) -> MutexGuard<'a, Clock> {
        self.done.wait_timeout_while(clock, time, |clock| !clock.done).unwrap_or_else(PoisonError::into_inner).0
    }

    /// Sleeps for as long as the time cannot be over, and looks again.
    fn look(&self) {
        let mut clock = self.clock();
        while !clock.done {
            let left = clock.left();
            if left > Duration::ZERO {
                clock = self.wait(clock, left.max(NAP));
                continue;
            }
            clock.over = true;
            self.token.cancel();
            let Some(at_work) = clock.since else { return };
            let clock = self.wait(clock, GRACE);
            let is_stuck = !clock.done && clock.since == Some(at_work);
            drop(clock);
            if let Some(deed) = self.limit.stuck.as_ref().filter(|_| is_stuck) {
                deed(TimeIsOver(self.limit.time));
            }
            return;
        }
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

    /// Does a piece of the evaluation, the time of which counts.
    pub fn during<T>(&self, work: impl FnOnce() -> T) -> T {
        let shared = &self.0.0;
        shared.clock().since = Some(Instant::now());
        let done = work();
        let mut clock = shared.clock();
        clock.left = clock.left();
        clock.since = None;
        done
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
            let next = self.during(|| results.next());
            let next = if self.is_over() { Some(Err(self.over())) } else { next };
            ended = !matches!(next, Some(Ok(_)));
            next.map(|next| next.map_err(|error| self.explain(error)))
        })
    }

    fn is_over(&self) -> bool {
        let clock = self.0.0.clock();
        clock.over || clock.left.is_zero()
    }

    fn over(&self) -> QueryEvaluationError {
        QueryEvaluationError::Unexpected(Box::new(TimeIsOver(self.0.0.limit.time)))
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
        watch.during(|| nap(20));
        nap(300);
        assert!(!watch.token().is_cancelled() && !watch.is_over());
        watch.during(|| nap(250));
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
    fn whoever_set_the_limit_hears_of_an_evaluator_that_does_not_end() {
        for (work, is_stuck) in [(20, false), (100, false), (1200, true)] {
            let heard = Arc::new(AtomicBool::new(false));
            let told = Arc::clone(&heard);
            let watch = limit(50).when_stuck(move |_| told.store(true, Ordering::Relaxed)).start();
            watch.during(|| nap(work));
            drop(watch);
            assert_eq!(heard.load(Ordering::Relaxed), is_stuck, "{work}");
        }
    }
}
