//! Clients for whom answers wait: so many at once. One more, and the slowest of them reads no further.

use rustc_hash::FxHashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// The places of a site.
pub struct Readers {
    most: usize,
    waited_for: Mutex<Waited>,
}

#[derive(Default)]
struct Waited {
    readers: FxHashMap<u64, (f64, Arc<Notify>)>,
    next: u64,
}

/// A client for whom an answer waits, until it is dropped.
pub struct Place<'a> {
    readers: &'a Readers,
    number: u64,
    lost: Arc<Notify>,
}

impl Readers {
    pub fn new(most: usize) -> Self {
        Self { most, waited_for: Mutex::default() }
    }

    /// Begins to wait for a client who has read so many bytes a second.
    pub fn wait_for(&self, pace: f64) -> Place<'_> {
        let mut waited = self.waited_for();
        let (number, lost) = (waited.next, Arc::new(Notify::new()));
        waited.next += 1;
        waited.readers.insert(number, (pace, Arc::clone(&lost)));
        if waited.readers.len() > self.most {
            let slowest = waited.readers.iter().min_by(|(_, a), (_, b)| a.0.total_cmp(&b.0));
            if let Some(number) = slowest.map(|(number, _)| *number)
                && let Some((_, lost)) = waited.readers.remove(&number)
            {
                lost.notify_one();
            }
        }
        drop(waited);
        Place { readers: self, number, lost }
    }

    fn waited_for(&self) -> MutexGuard<'_, Waited> {
        self.waited_for.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Place<'_> {
    /// Waits until another client has the place.
    pub async fn lost(&self) {
        self.lost.notified().await;
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.readers.waited_for().readers.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Waker};

    fn is_lost(place: &Place<'_>) -> bool {
        pin!(place.lost()).poll(&mut Context::from_waker(Waker::noop())).is_ready()
    }

    #[test]
    fn one_more_takes_the_place_of_the_slowest() {
        let readers = Readers::new(2);
        let (fast, slow) = (readers.wait_for(900.0), readers.wait_for(10.0));
        assert!(!is_lost(&fast) && !is_lost(&slow));
        let other = readers.wait_for(500.0);
        assert!(!is_lost(&fast) && is_lost(&slow) && !is_lost(&other));
        drop(fast);
        let slower = readers.wait_for(1.0);
        assert!(!is_lost(&other) && !is_lost(&slower), "there is room");
        let slowest = readers.wait_for(0.5);
        assert!(is_lost(&slowest), "who comes last may be the slowest");
    }
}
