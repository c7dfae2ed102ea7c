//! What to do when a disk is full.

use std::io::{self, ErrorKind};
use std::path::Path;

/// What to say of an error, if that is what an error tells and it was written into the store.
pub fn told(error: &anyhow::Error, store: &Path) -> Option<String> {
    let told = format!("{error:#}");
    let is_full = error.chain().any(|cause| {
        let kind = cause.downcast_ref().map(io::Error::kind);
        matches!(kind, Some(ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge))
    });
    // The database tells some of its errors in words only.
    let is_full =
        is_full || ["No space left on device", "Disk quota exceeded"].iter().any(|words| told.contains(words));
    let store = store.display().to_string();
    (is_full && told.contains(&store)).then(|| {
        format!("no room is left for the store {store}, which is whole: make room, and do the same again ({told})")
    })
}
