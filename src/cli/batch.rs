//! What `add` and `extract` share: working on many articles at once.

use dixit::article::{Article, ReadError, read_paths};
use rayon::prelude::*;
use std::path::PathBuf;

/// Articles that are in memory at once: enough to keep all cores busy.
const BATCH: usize = 256;

/// Reads the articles at `paths`, works on many at once, and hands the results over in the order of the paths.
///
/// # Errors
/// The first error of `hand_over`, which ends it all. An article that cannot be read is a result like others.
pub fn in_order<T: Send>(
    paths: &[PathBuf],
    work: impl Fn(Article) -> T + Sync,
    mut hand_over: impl FnMut(Result<T, ReadError>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let mut articles = read_paths(paths);
    loop {
        let batch: Vec<_> = articles.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            return Ok(());
        }
        let done: Vec<_> = batch.into_par_iter().map(|article| article.map(&work)).collect();
        done.into_iter().try_for_each(&mut hand_over)?;
    }
}
