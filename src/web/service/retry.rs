//! When a question is asked again.

use super::{Fault, Patience};
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use std::time::Duration;

impl Patience {
    /// How long to wait after the question failed for this reason, for so many times in all; `None` if there is no hope.
    pub(super) fn wait(&self, fault: &Fault, times: u32) -> Option<Duration> {
        match fault {
            Fault::Status { code: 408 | 425 | 429 | 500 | 502..=504, wait: None, .. } | Fault::Broken { .. } => {
                Some(self.doubled(times))
            }
            Fault::Status { code: 408 | 425 | 429 | 500 | 502..=504, wait: Some(asked), .. } => {
                Some(*asked).filter(|asked| *asked <= self.longest_wait)
            }
            _ => None,
        }
    }

    /// After so many failures, twice as long as after one less.
    pub(super) fn doubled(&self, times: u32) -> Duration {
        self.pause.saturating_mul(2_u32.saturating_pow(times - 1)).min(self.longest_wait)
    }
}

/// How long to wait by the header `Retry-After` (RFC 9110, 10.2.3): seconds, or until a date.
pub(super) fn after(header: &str) -> Option<Duration> {
    if let Ok(seconds) = header.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = rfc2822::parse(header).ok()?.timestamp();
    Some(until.duration_since(Timestamp::now()).try_into().unwrap_or(Duration::ZERO))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(code: u16, wait: Option<u64>) -> Fault {
        Fault::Status { code, said: String::new(), wait: wait.map(Duration::from_secs) }
    }

    #[test]
    fn each_wait_is_twice_the_one_before_up_to_the_longest() {
        let waits: Vec<_> =
            (1..=8).map(|times| Patience::default().wait(&status(500, None), times).unwrap().as_secs()).collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60]);
    }

    #[test]
    fn a_service_is_given_the_time_that_it_asks_for_unless_it_is_too_long() {
        let wait = |fault| Patience::default().wait(&fault, 1);
        assert_eq!(wait(status(429, Some(7))), Some(Duration::from_secs(7)));
        assert_eq!(wait(status(503, Some(61))), None);
        assert_eq!(wait(status(404, None)), None);
        assert_eq!(wait(Fault::TooLarge { limit: 1 }), None);
        assert_eq!(wait(Fault::Slow { limit: Duration::from_secs(30) }), None, "who is silent stays so");
    }

    #[test]
    fn seconds_and_dates_are_read() {
        assert_eq!(after("120"), Some(Duration::from_secs(120)));
        assert_eq!(after("Fri, 31 Dec 1999 23:59:59 GMT"), Some(Duration::ZERO));
        let later = Timestamp::now() + Duration::from_secs(100);
        let header = later.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
        assert!((98..=100).contains(&after(&header).unwrap().as_secs()), "{header}");
        for header in ["", "soon", "-1", "1.5"] {
            assert_eq!(after(header), None, "{header}");
        }
    }
}
