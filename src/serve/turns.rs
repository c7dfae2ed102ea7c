//! Turns to evaluate queries, so that whoever asks something short need not wait for those who ask something long.
//!
//! A query that takes longer than a moment leaves its turn to the next and goes on beside it. Of those that go on so there may
//! be only so many: when there is one more, and others wait, the one that has been at it for the longest has to end.

use super::problem::Problem;
use crate::query::Stop;
use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::AbortHandle;
use tokio::time::{sleep, timeout};

/// How long a query has its turn while others wait.
const MOMENT: Duration = Duration::from_secs(1);
/// For each turn so many queries may go on beside.
const BESIDE: usize = 4;
/// How long a query that has to end has for that, before another has to.
const GRACE: Duration = Duration::from_secs(1);
/// How often it is looked whether somebody waits.
const NAP: Duration = Duration::from_millis(50);
/// How long a request waits for its turn.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// The turns of a site.
pub struct Turns {
    free: Arc<Semaphore>,
    beside: Arc<Semaphore>,
    moment: Duration,
    waiting: AtomicUsize,
    /// What goes on beside the turns, the oldest first.
    long: Mutex<VecDeque<Arc<Held>>>,
}

/// A turn, or a place beside them. It is over when it is dropped.
pub struct Turn {
    held: Arc<Held>,
    turns: Arc<Turns>,
    watch: AbortHandle,
}

struct Held {
    permit: Mutex<Option<OwnedSemaphorePermit>>,
    stop: Stop,
}

impl Held {
    fn hold(&self, permit: Option<OwnedSemaphorePermit>) {
        *self.permit.lock().unwrap_or_else(PoisonError::into_inner) = permit;
    }
}

impl Turns {
    /// So many at once.
    pub fn new(most: usize) -> Arc<Self> {
        Self::of(most, MOMENT)
    }

    fn of(most: usize, moment: Duration) -> Arc<Self> {
        Arc::new(Self {
            moment,
            free: Arc::new(Semaphore::new(most)),
            beside: Arc::new(Semaphore::new(most * BESIDE)),
            waiting: AtomicUsize::new(0),
            long: Mutex::default(),
        })
    }

    /// Waits for a turn as long as one may. `stop` ends what is done in it when it has to.
    pub async fn take(self: &Arc<Self>, stop: &Stop) -> Result<Turn, Problem> {
        timeout(PATIENCE, self.take_at_last(stop)).await.map_err(|_| Problem::Busy)?.map_err(Problem::internal)
    }

    /// Waits for a turn, however long it takes.
    pub async fn take_at_last(self: &Arc<Self>, stop: &Stop) -> Result<Turn, tokio::sync::AcquireError> {
        let waiting = Waiting::new(&self.waiting);
        let permit = Arc::clone(&self.free).acquire_owned().await?;
        drop(waiting);
        let held = Arc::new(Held { permit: Mutex::new(Some(permit)), stop: stop.clone() });
        let watch = tokio::spawn(Arc::clone(self).watch(Arc::clone(&held))).abort_handle();
        Ok(Turn { held, turns: Arc::clone(self), watch })
    }

    /// Lets a query go on beside the turns once it has had a moment.
    async fn watch(self: Arc<Self>, held: Arc<Held>) {
        sleep(self.moment).await;
        let place = loop {
            if let Ok(place) = Arc::clone(&self.beside).try_acquire_owned() {
                break place;
            }
            if self.waiting.load(Ordering::Relaxed) == 0 {
                sleep(NAP).await;
                continue;
            }
            let oldest = self.long().pop_front();
            oldest.inspect(|oldest| oldest.stop.give_way());
            if let Ok(Ok(place)) = timeout(GRACE, Arc::clone(&self.beside).acquire_owned()).await {
                break place;
            }
        };
        held.hold(Some(place));
        self.long().push_back(held);
    }

    fn long(&self) -> MutexGuard<'_, VecDeque<Arc<Held>>> {
        self.long.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.watch.abort();
        self.turns.long().retain(|held| !Arc::ptr_eq(held, &self.held));
        self.held.hold(None);
    }
}

/// Somebody who waits.
struct Waiting<'a>(&'a AtomicUsize);

impl<'a> Waiting<'a> {
    fn new(all: &'a AtomicUsize) -> Self {
        all.fetch_add(1, Ordering::Relaxed);
        Self(all)
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::Future;

    const SHORT: Duration = Duration::from_millis(50);

    fn block_on<T>(work: impl Future<Output = T>) -> T {
        tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(work)
    }

    #[test]
    fn what_is_long_leaves_its_turn_to_others() {
        block_on(async {
            let (turns, stop) = (Turns::of(1, SHORT), Stop::default());
            let mut long = Vec::new();
            for _ in 0..=BESIDE {
                // Each waits for a moment at most.
                long.push(turns.take(&stop).await.unwrap());
            }
            assert!(!stop.is_called_for());
            drop(long);
            sleep(SHORT).await;
            assert_eq!((turns.free.available_permits(), turns.beside.available_permits()), (1, BESIDE));
            assert!(turns.long().is_empty());
        });
    }

    #[test]
    fn what_has_been_at_it_for_the_longest_ends_when_others_wait() {
        block_on(async {
            let turns = Turns::of(1, SHORT);
            let stops: Vec<Stop> = (0..=BESIDE).map(|_| Stop::default()).collect();
            let mut long = VecDeque::new();
            for stop in &stops {
                long.push_back(turns.take(stop).await.unwrap());
            }
            sleep(4 * SHORT).await;
            assert!(stops.iter().all(|stop| !stop.is_called_for()), "nobody waits");

            let own = Arc::clone(&turns);
            let other = tokio::spawn(async move { own.take(&Stop::default()).await.is_ok() });
            sleep(4 * NAP).await;
            let ended: Vec<bool> = stops.iter().map(Stop::is_called_for).collect();
            assert_eq!(ended, [true, false, false, false, false]);
            long.pop_front();
            assert!(other.await.unwrap());
            assert!(stops[1..].iter().all(|stop| !stop.is_called_for()));
        });
    }
}
