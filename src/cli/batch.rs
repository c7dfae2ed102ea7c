//! What `add`, `extract`, `read` and `eval` share: working on many articles at once.

use super::progress::Progress;
use super::stop::Stop;
use super::{Global, Outcome};
use clap::Args;
use dixit::article::{
    Article, FieldMap, Filter, Given, Meter, ReadError, ReadOptions, Unread, Web, bytes_at, is_web, language_tag,
    open_paths,
};
use dixit::date::PartialDate;
use dixit::web::{Fetcher, Memory};
use rayon::prelude::*;
use std::num::NonZeroUsize;
use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Most articles that are worked on at once: enough to keep all cores busy.
const BATCH: usize = 256;

/// Most bytes of text that are worked on at once, but for the last article, which may be large.
const BATCH_BYTES: usize = 4 << 20;

/// How long articles are waited for while others could be worked on: pages of the web come one a second.
const PATIENCE: Duration = Duration::from_secs(2);

/// What is read, and by how many threads.
#[derive(Args, Default)]
pub struct Input {
    /// Files, folders and web addresses to read, `-` for standard input: text, web pages, feeds, JSON, tables, web
    /// archives, packed or not
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Read only the files of folders that fit a pattern as in .gitignore; may be given several times
    #[arg(long, value_name = "GLOB", help_heading = "Reading")]
    include: Vec<String>,
    /// Leave out the files and folders that fit a pattern as in .gitignore; may be given several times
    #[arg(long, value_name = "GLOB", help_heading = "Reading")]
    exclude: Vec<String>,
    /// Which keys or columns of data files hold which field: text=corps,outlet=journal
    #[arg(long, value_name = "FIELD=NAME,…", help_heading = "Reading")]
    map: Option<FieldMap>,
    /// Outlet of all these articles, unless the site in their address tells
    #[arg(long, value_name = "NAME", help_heading = "Reading")]
    outlet: Option<String>,
    /// Date of publication of all these articles: a day (2022-03-28), a month (2022-03) or a year
    #[arg(long, value_name = "DATE", help_heading = "Reading")]
    published: Option<PartialDate>,
    /// Language of all these articles
    #[arg(long, value_name = "TAG", value_parser = language_tag, help_heading = "Reading")]
    language: Option<String>,
    /// Read the pages, too, that feeds and sitemaps link to
    #[arg(long, help_heading = "Reading")]
    follow: bool,
    /// Fetch from addresses of this machine and its network, too
    #[arg(long, help_heading = "Reading")]
    allow_local: bool,
    /// Threads to work with [default: one a core]; the result is the same
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Files among these that are no articles
    #[arg(skip)]
    except: Vec<PathBuf>,
}

/// What could not be read, in numbers.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Unused {
    /// What went wrong.
    pub failed: usize,
    /// What is no article, and need not be one.
    pub passed: usize,
    /// Whether the user stopped it all.
    pub stopped: bool,
}

impl Unused {
    /// How the command ended.
    pub fn outcome(self) -> Outcome {
        match self {
            Self { stopped: true, .. } => Outcome::Stopped,
            Self { failed: 0, .. } => Outcome::Done,
            _ => Outcome::Partial,
        }
    }
}

impl Input {
    /// These paths but for some files, and as many threads as there are cores.
    pub fn of(paths: &[PathBuf], except: Vec<PathBuf>) -> Self {
        Self { paths: paths.to_vec(), except, ..Self::default() }
    }

    /// Reads the articles, works on many at once, and hands the results over in the order of the paths. What cannot be
    /// read is told on standard error and handed to `refuse`; Ctrl-C ends it after the article at hand.
    ///
    /// # Errors
    /// The first error of `hand_over` or `refuse`, which ends it all.
    pub fn in_order<T: Send>(
        &self,
        global: &Global,
        memory: Option<Arc<Memory>>,
        work: impl Fn(Article) -> T + Sync,
        mut hand_over: impl FnMut(Result<T, &ReadError>, &mut Progress) -> anyhow::Result<()>,
    ) -> anyhow::Result<Unused> {
        if let Some(jobs) = self.jobs {
            rayon::ThreadPoolBuilder::new().num_threads(jobs.get()).build_global()?;
        }
        let meter = Arc::new(Meter::default());
        let mut options = self.options(memory)?;
        options.meter = Some(Arc::clone(&meter));
        let mut progress = Progress::new(global, meter, || bytes_at(&self.paths, &options));
        let mut unused = Unused::default();
        let mut articles = open_paths(&self.paths, &options);
        let mut batch = next_batch(&mut articles);
        while !batch.is_empty() {
            // One batch is read while the one before is worked on.
            let all = || batch.into_par_iter().map(|article| work_on(article, &work)).collect::<Vec<_>>();
            let (done, next) = rayon::join(all, || next_batch(&mut articles));
            for result in done {
                if Stop::is_asked() {
                    return Ok(Unused { stopped: true, ..unused });
                }
                match result {
                    Ok(result) => hand_over(Ok(result), &mut progress)?,
                    Err(error) => {
                        match error.is_failure() {
                            true => unused.failed += 1,
                            false => unused.passed += 1,
                        }
                        if error.is_failure() || global.verbose {
                            progress.say(&format!("dixit: {error}"));
                        }
                        hand_over(Err(&error), &mut progress)?;
                    }
                }
            }
            batch = next;
        }
        Ok(Unused { stopped: Stop::is_asked(), ..unused })
    }

    fn options(&self, memory: Option<Arc<Memory>>) -> anyhow::Result<ReadOptions> {
        let (outlet, language) = (self.outlet.clone(), self.language.clone());
        let options = dixit::web::Options { allow_local: self.allow_local, ..dixit::web::Options::default() };
        // A fetcher reads the certificates of this machine, which takes longer than to read an article.
        let needs_web = self.follow || self.paths.iter().any(|path| is_web(path));
        let web = needs_web.then(|| Web { fetcher: Arc::new(Fetcher::new(options)), memory, follow: self.follow });
        Ok(ReadOptions {
            filter: Filter::new(&self.include, &self.exclude)?,
            map: self.map.clone().unwrap_or_default(),
            given: Given { outlet, published: self.published, language },
            web,
            except: self.except.clone(),
            meter: None,
        })
    }
}

/// What `work` makes of an article, or why there is nothing. A fault of ours in one article does not cost the others.
fn work_on<T>(found: Result<Unread, ReadError>, work: impl Fn(Article) -> T) -> Result<T, ReadError> {
    let found = found?;
    let name = found.name().to_owned();
    let worked = panic::catch_unwind(AssertUnwindSafe(|| found.read().map(work)));
    worked.unwrap_or_else(|_| Err(ReadError::Fault { name }))
}

/// The articles and errors that come next, as many as are worked on at once.
fn next_batch(articles: &mut impl Iterator<Item = Result<Unread, ReadError>>) -> Vec<Result<Unread, ReadError>> {
    let mut batch = Vec::new();
    let (mut bytes, begun) = (0, Instant::now());
    while batch.len() < BATCH && bytes < BATCH_BYTES && begun.elapsed() < PATIENCE && !Stop::is_asked() {
        let Some(article) = articles.next() else { break };
        bytes += article.as_ref().map_or(0, Unread::size);
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
        let told = work_on(Ok(article.into()), |_| -> usize { panic!("a fault, made for this test") });
        assert!(told.is_err_and(|told| told.to_string().starts_with("a.txt: left out")));
    }
}
