//! The time, as the store remembers it: by the environment variable `SOURCE_DATE_EPOCH` (seconds since 1970), if it is set, so
//! that the same deeds give the same bytes, or by the clock.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// The day, by Greenwich time.
pub(crate) fn today() -> Date {
    now().to_zoned(TimeZone::UTC).date()
}

pub(super) fn now() -> Timestamp {
    let set = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok());
    set.and_then(|seconds| Timestamp::from_second(seconds).ok()).unwrap_or_else(Timestamp::now)
}
