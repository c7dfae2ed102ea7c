//! How fast one host is asked: one request at a time, and a pause after each.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// When each host was last asked, for all threads.
#[derive(Debug, Default)]
pub(super) struct Pace {
    hosts: Mutex<HashMap<String, Arc<Mutex<Turn>>>>,
}

/// When the last request to a host ended, if there was one. Who holds it has the host for itself.
type Turn = Option<Instant>;

impl Pace {
    /// Makes a request when it is its turn: when no other to this host is under way, and `delay` after the last one ended.
    pub(super) fn turn<T>(&self, host: &str, delay: Duration, request: impl FnOnce() -> T) -> T {
        let host = Arc::clone(lock(&self.hosts).entry(host.to_owned()).or_default());
        let mut turn = lock(&host);
        thread::sleep(pause(*turn, Instant::now(), delay));
        let answer = request();
        *turn = Some(Instant::now());
        answer
    }
}

/// How long to wait at `now` if the last request ended at `last`.
fn pause(last: Turn, now: Instant, delay: Duration) -> Duration {
    last.map_or(Duration::ZERO, |last| delay.saturating_sub(now.saturating_duration_since(last)))
}

/// What a mutex holds. A thread that panicked while it held it left nothing half done in the ones of this room.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn the_pause_is_what_remains_of_the_delay() {
        let (last, second) = (Instant::now(), Duration::from_secs(1));
        assert_eq!(pause(None, last, second), Duration::ZERO);
        assert_eq!(pause(Some(last), last, second), second);
        assert_eq!(pause(Some(last), last + second / 4, second), second * 3 / 4);
        assert_eq!(pause(Some(last), last + second * 2, second), Duration::ZERO);
    }

    #[test]
    fn one_thread_at_a_time_has_a_host() {
        let (pace, within) = (Pace::default(), AtomicUsize::new(0));
        let ask = || {
            pace.turn("a.example", Duration::from_millis(1), || {
                assert_eq!(within.fetch_add(1, Ordering::SeqCst), 0);
                thread::yield_now();
                within.fetch_sub(1, Ordering::SeqCst);
            });
        };
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(ask);
            }
        });
    }

    #[test]
    fn hosts_do_not_wait_for_each_other() {
        let pace = Pace::default();
        let long = Duration::from_secs(3600);
        pace.turn("a.example", long, || pace.turn("b.example", long, || ()));
    }
}
