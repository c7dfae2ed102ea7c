//! Ctrl-C: what is at hand is brought to an end, so that nothing is left half done.

use std::process;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, Ordering};

static ASKED: AtomicBool = AtomicBool::new(false);
static HEEDED: Once = Once::new();

/// Exit status of a program that Ctrl-C ended, as shells have it.
pub const STATUS: u8 = 130;

/// The user's wish to stop.
pub struct Stop;

impl Stop {
    /// From now on the first Ctrl-C is a wish, and the second ends the program at once.
    pub fn heed() {
        HEEDED.call_once(|| {
            let handler = || {
                if ASKED.swap(true, Ordering::Relaxed) {
                    process::exit(STATUS.into());
                }
                eprintln!("\ndixit: stopping after what is at hand; press Ctrl-C again to stop at once");
            };
            // Without a handler the program ends at once, as it did before.
            let _ = ctrlc::set_handler(handler);
        });
    }

    /// Whether Ctrl-C was pressed.
    pub fn is_asked() -> bool {
        ASKED.load(Ordering::Relaxed)
    }
}
