//! Turns to evaluate queries, so that whoever asks something short need not wait for those who ask something long.
//!
//! A query that takes longer than a moment leaves its turn to the next and goes on beside it. Of those that go on so there may
//! be only so many: when there is one more, and others wait, the one that has been at it for the longest has to end. So it has
//! when all of them together need too much memory.

use super::problem::Problem;
use crate::query::{Stop, resident};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::AbortHandle;
use tokio::time::{sleep, timeout};

/// How long a query has its turn while others wait.
const MOMENT: Duration = Duration::from_secs(1);
/// For each turn so many queries may go on beside.
const BESIDE: usize = 2;
/// By how many bytes the memory of the program may grow, from when nothing was evaluated.
const MEMORY: u64 = 1 << 30;
/// How long a query that has to end has for that, before another has to.
const GRACE: Duration = Duration::from_secs(1);
/// By how much more memory the program is taken to have when nothing is evaluated, each time that this is so.
const STEP: u64 = 16 << 20;
/// How often it is looked whether somebody waits, and at the memory.
const NAP: Duration = Duration::from_millis(50);
/// After so many naps the memory of a query that ended is free again.
const RELIEF: u32 = 6;
/// How long a request waits for its turn.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// The turns of a site.
pub struct Turns {
    free: Arc<Semaphore>,
    beside: Arc<Semaphore>,
    most: usize,
    moment: Duration,
    memory: u64,
    /// How much memory the program has, in bytes, where that is known.
    resident: fn() -> Option<u64>,
    /// How much memory the program had when nothing was evaluated.
    at_rest: AtomicU64,
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
        Self::of(most, MOMENT, MEMORY, resident)
    }

    fn of(most: usize, moment: Duration, memory: u64, resident: fn() -> Option<u64>) -> Arc<Self> {
        Arc::new(Self {
            most,
            moment,
            memory,
            resident,
            at_rest: AtomicU64::new(u64::MAX),
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
        if self.is_alone() {
            // What the query before needed may not be free yet.
            let most = self.at_rest.load(Ordering::Relaxed).saturating_add(STEP);
            self.at_rest.store(self.resident().min(most), Ordering::Relaxed);
        }
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
        self.long().push_back(Arc::clone(&held));
        // Whoever is the oldest looks after the memory, once that of the one before has been given back.
        let mut naps = 0;
        while !held.stop.is_called_for() {
            sleep(NAP).await;
            let is_oldest = self.long().front().is_some_and(|oldest| Arc::ptr_eq(oldest, &held));
            naps = if is_oldest { naps + 1 } else { 0 };
            let grown = self.resident().saturating_sub(self.at_rest.load(Ordering::Relaxed));
            // Where it grows faster than one after the other ends, all that take long do.
            if naps > RELIEF && grown > self.memory || grown > 2 * self.memory {
                held.stop.give_memory(self.memory);
            }
        }
    }

    fn resident(&self) -> u64 {
        (self.resident)().unwrap_or_default()
    }

    /// Whether only one turn is taken.
    fn is_alone(&self) -> bool {
        let places = self.free.available_permits() + self.beside.available_permits() + 1;
        places == self.most * (1 + BESIDE)
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

    /// Waits until a query has to end.
    async fn called_for(stop: &Stop) {
        timeout(PATIENCE, async {
            while !stop.is_called_for() {
                sleep(NAP).await;
            }
        })
        .await
        .unwrap();
    }

    #[test]
    fn what_is_long_leaves_its_turn_to_others() {
        block_on(async {
            let (turns, stop) = (Turns::of(1, SHORT, MEMORY, resident), Stop::default());
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
            let turns = Turns::of(1, SHORT, MEMORY, resident);
            let stops: Vec<Stop> = (0..=BESIDE).map(|_| Stop::default()).collect();
            let mut long = VecDeque::new();
            for stop in &stops {
                long.push_back(turns.take(stop).await.unwrap());
            }
            sleep(4 * SHORT).await;
            assert!(stops.iter().all(|stop| !stop.is_called_for()), "nobody waits");

            let own = Arc::clone(&turns);
            let other = tokio::spawn(async move { own.take(&Stop::default()).await.is_ok() });
            called_for(&stops[0]).await;
            let ended: Vec<bool> = stops.iter().map(Stop::is_called_for).collect();
            assert_eq!(ended, [true, false, false]);
            long.pop_front();
            assert!(other.await.unwrap());
            assert!(stops[1..].iter().all(|stop| !stop.is_called_for()));
        });
    }

    #[test]
    fn what_has_been_at_it_for_the_longest_ends_when_memory_is_short() {
        block_on(async {
            // More than it may grow by, and not twice as much.
            let turns = Turns::of(2, SHORT, MEMORY, || Some(MEMORY / 2 * 3));
            let stops = [Stop::default(), Stop::default()];
            let held = [turns.take(&stops[0]).await.unwrap(), turns.take(&stops[1]).await.unwrap()];
            turns.at_rest.store(0, Ordering::Relaxed);
            called_for(&stops[0]).await;
            // As long as it stands in the list, the next is not looked at.
            sleep(2 * RELIEF * NAP).await;
            assert!(!stops[1].is_called_for());
            drop(held);
        });
    }
}
