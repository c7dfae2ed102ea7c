//! What was fetched before, so that it is not fetched again unless it has changed (RFC 9110, 13).

use super::Validators;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The validators of what was fetched, by the address that was asked for. It is written as lines of address, `ETag` and
/// `Last-Modified`, with tabs between.
///
/// ```
/// use dixit::web::{Memory, Validators};
///
/// let memory = Memory::default();
/// memory.put("https://courrier.example/", Validators { etag: Some("\"1\"".to_owned()), last_modified: None });
/// let again: Memory = memory.to_string().parse().unwrap();
/// assert_eq!(again.get("https://courrier.example/"), memory.get("https://courrier.example/"));
/// ```
#[derive(Debug, Default)]
pub struct Memory(Mutex<BTreeMap<String, Validators>>);

impl Memory {
    /// What is known of the body at `address`.
    pub fn get(&self, address: &str) -> Option<Validators> {
        self.known().get(address).cloned()
    }

    /// Notes what is known of the body at `address`.
    pub fn put(&self, address: &str, validators: Validators) {
        let mut known = self.known();
        match validators == Validators::default() {
            true => drop(known.remove(address)),
            false => drop(known.insert(address.to_owned(), validators)),
        }
    }

    /// A thread that failed has left the table whole: each change is one step.
    fn known(&self) -> MutexGuard<'_, BTreeMap<String, Validators>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Display for Memory {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let clean = |value: &Option<String>| value.as_deref().unwrap_or_default().replace(['\t', '\n', '\r'], " ");
        for (address, known) in self.known().iter() {
            writeln!(f, "{address}\t{}\t{}", clean(&known.etag), clean(&known.last_modified))?;
        }
        Ok(())
    }
}

impl std::str::FromStr for Memory {
    type Err = std::convert::Infallible;

    /// Reads the lines; one that is not whole is left out, and its page is fetched again.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let memory = Self::default();
        for line in text.lines() {
            let mut parts = line.split('\t');
            if let (Some(address), Some(etag), Some(modified)) = (parts.next(), parts.next(), parts.next()) {
                let known = |value: &str| (!value.is_empty()).then(|| value.to_owned());
                memory.put(address, Validators { etag: known(etag), last_modified: known(modified) });
            }
        }
        Ok(memory)
    }
}
