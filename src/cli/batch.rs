//! What `add` and `extract` share: working on many articles at once.

use super::Global;
use super::progress::Progress;
use clap::Args;
use dixit::article::{Article, ReadError, read_paths_except};
use rayon::prelude::*;
use std::num::NonZeroUsize;
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;

/// Most articles that are worked on at once: enough to keep all cores busy.
const BATCH: usize = 256;

/// Most bytes of text that are worked on at once, but for the last article, which may be large.
const BATCH_BYTES: usize = 4 << 20;

/// What is read, and by how many threads.
#[derive(Args)]
pub struct Input {
    /// Files and folders to read, `-` for standard input: plain text, or JSON lines, also packed with gzip
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Threads to work with [default: one a core]; the result is the same
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Files among these that are no articles
    #[arg(skip)]
    except: Vec<PathBuf>,
}

impl Input {
    /// These paths but for some files, and as many threads as there are cores.
    pub fn of(paths: &[PathBuf], except: Vec<PathBuf>) -> Self {
        Self { paths: paths.to_vec(), jobs: None, except }
    }

    /// Reads the articles, works on many at once, and hands the results over in the order of the paths. What cannot be
    /// read is told on standard error; their number is the result.
    ///
    /// # Errors
    /// The first error of `hand_over`, which ends it all.
    pub fn in_order<T: Send>(
        &self,
        global: &Global,
        work: impl Fn(Article) -> T + Sync,
        mut hand_over: impl FnMut(T, &mut Progress) -> anyhow::Result<()>,
    ) -> anyhow::Result<usize> {
        if let Some(jobs) = self.jobs {
            rayon::ThreadPoolBuilder::new().num_threads(jobs.get()).build_global()?;
        }
        let mut progress = Progress::new(global);
        let mut failed = 0;
        let mut articles = read_paths_except(&self.paths, &self.except);
        let mut batch = next_batch(&mut articles);
        while !batch.is_empty() {
            // One batch is read while the one before is worked on.
            let all = || batch.into_par_iter().map(|article| work_on(article, &work)).collect::<Vec<_>>();
            let (done, next) = rayon::join(all, || next_batch(&mut articles));
            for result in done {
                match result {
                    Ok(result) => hand_over(result, &mut progress)?,
                    Err(problem) => {
                        progress.say(&format!("dixit: {problem}"));
                        failed += 1;
                    }
                }
            }
            batch = next;
        }
        Ok(failed)
    }
}

/// What `work` makes of an article, or why there is nothing. A fault of ours in one article does not cost the others.
fn work_on<T>(article: Result<Article, ReadError>, work: impl Fn(Article) -> T) -> Result<T, String> {
    let article = article.map_err(|error| error.to_string())?;
    let name = article.name.clone();
    panic::catch_unwind(AssertUnwindSafe(|| work(article)))
        .map_err(|_| format!("{name}: left out, for dixit itself failed on it: please report it with its text"))
}

/// The articles and errors that come next, as many as are worked on at once.
fn next_batch(articles: &mut impl Iterator<Item = Result<Article, ReadError>>) -> Vec<Result<Article, ReadError>> {
    let mut batch = Vec::new();
    let mut bytes = 0;
    while batch.len() < BATCH && bytes < BATCH_BYTES {
        let Some(article) = articles.next() else { break };
        bytes += article.as_ref().map_or(0, |article| article.text.len());
        batch.push(article);
    }
    batch
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_in_one_article_is_told() {
        let article = Article::from_text("a.txt", "Rien.");
        let told = work_on(Ok(article), |_| -> usize { panic!("a fault, made for this test") });
        assert!(told.is_err_and(|told| told.starts_with("a.txt: left out")));
    }
}
