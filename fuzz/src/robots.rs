//! Any text as a robots.txt, then NUL and a path: it is judged the same however it is written, and never waited for long.

use super::text;
use dixit::web::Rules;
use std::time::Duration;

/// The longest that a site makes us wait.
const LONGEST: Duration = Duration::from_secs(30);

pub fn holds(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let (robots, path) = text.split_once('\0').unwrap_or((text, "a"));
    let rules = Rules::read(robots);
    assert!(rules.delay.is_none_or(|delay| delay <= LONGEST), "{rules:?}");
    assert!(rules.allow("/robots.txt"), "{rules:?}");
    // As addresses are written when they are asked.
    let path = format!("/{}", path.replace(|c: char| c.is_control() || c.is_whitespace(), ""));
    let escape = |byte: u8| if byte.is_ascii() { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    let escaped: String = path.bytes().map(escape).collect();
    assert_eq!(rules.allow(&escaped), rules.allow(&path), "{rules:?}");
    assert_eq!(Rules::read(&robots.replace('\n', "\r\n# a note\r\n")), rules);
}
