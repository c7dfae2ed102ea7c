//! What the pages share, and how work on the store is done.

use super::address;
use super::again::{self, Asked, Made};
use super::problem::Problem;
use super::readers::Readers;
use super::turns::{PATIENCE, Turns};
use crate::graph::{NamedNode, StatementRow, Stats, Store, statements_in};
use crate::kept::Kept;
use crate::query::selection::{Page, Selection, Selections};
use crate::query::{Language, Library, Stop, WordSearch};
use crate::web::Patience;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;
use tokio::sync::{OnceCell, Semaphore, watch};
use tokio::{task, time};

/// How a site is to be.
#[derive(Debug, Clone)]
pub struct Settings {
    /// By which names it may be asked for, besides those of this machine: hosts, without a port.
    pub hosts: Vec<String>,
    /// Pages of which origins may read its data (CORS).
    pub origins: Vec<String>,
    /// Whoever has the token may change the store; without one nobody may.
    pub token: Option<String>,
    /// Whether queries may ask other services (SERVICE), and with how much patience.
    pub federate: Option<Patience>,
    /// How long a query may be evaluated.
    pub time: Duration,
    /// How many rows a query may give.
    pub rows: usize,
    /// How many queries are evaluated at once; others wait.
    pub queries: usize,
    /// How long a client may keep the site waiting: for what it sends, or by not reading what it asked for.
    pub patience: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Self {
            hosts: Vec::new(),
            origins: Vec::new(),
            token: None,
            federate: None,
            time: Duration::from_secs(30),
            rows: 100_000,
            queries: cores,
            patience: Duration::from_secs(30),
        }
    }
}

/// So many answers wait for their clients at once.
const READERS: usize = 64;
/// How long a request waits for numbers.
const COUNTING: Duration = Duration::from_secs(2);
/// So many bytes of statements are kept, twice.
const ROWS: usize = 8 << 20;
/// What a statement takes besides its text, roughly.
const ROW: usize = 2 << 10;

/// The store and what else the pages share.
pub struct Site {
    pub store: Store,
    pub search: Arc<WordSearch>,
    /// How often the store was changed since the site began.
    changes: AtomicU64,
    /// Pages as they were sent.
    pub made: Kept<Asked, Made>,
    /// Statements as pages show them, by their IRIs, in a state of the store.
    rows: Kept<(u64, String, Language), Arc<StatementRow>>,
    /// Chooses statements for the pages.
    pub selections: Selections,
    pub library: Library,
    pub settings: Settings,
    pages: Semaphore,
    /// The turns to evaluate queries.
    pub turns: Arc<Turns>,
    /// For whom answers wait.
    pub readers: Readers,
    /// Whether the site is about to end.
    ending: watch::Sender<bool>,
    stats: OnceCell<Arc<Stats>>,
}

impl Site {
    /// A site about this store. `search` is its index, `library` the saved queries.
    pub fn new(store: Store, search: WordSearch, library: Library, settings: Settings) -> Self {
        // Pages take some milliseconds, most of which they read the disk.
        let pages = Semaphore::new(2 * std::thread::available_parallelism().map_or(2, usize::from));
        let turns = Turns::new(settings.queries.max(1));
        let search = Arc::new(search);
        let selections = Selections::new(&store, Arc::clone(&search));
        let readers = Readers::new(READERS);
        let ending = watch::Sender::new(false);
        let rows = Kept::new(ROWS, |_, row: &Arc<StatementRow>| ROW + row.text.as_ref().map_or(0, String::len));
        let (changes, made, stats) = (AtomicU64::new(0), again::kept(), OnceCell::new());
        Self { store, search, changes, made, rows, selections, library, settings, pages, turns, readers, ending, stats }
    }

    /// Does beforehand what whoever comes first would wait for: reads the names, counts the whole.
    pub fn warm(&self) {
        // What fails now fails again for whoever asks, who is then told.
        let _ = self.selections.named("dixit", 1, Language::En);
        let _ = self.selections.find(&Selection::default(), Page::default(), Language::En);
    }

    /// The state of the store: another number whenever it was changed.
    pub fn state(&self) -> u64 {
        self.changes.load(Ordering::Acquire)
    }

    /// Says that the store was changed: what is kept of it is made anew.
    pub fn store_changed(&self) {
        self.selections.store_changed();
        self.changes.fetch_add(1, Ordering::Release);
        self.made.forget();
        self.rows.forget();
    }

    /// Statements with things named in this language, in this order; what is none is left out.
    pub fn rows(&self, iris: &[String], language: Language) -> Result<Vec<Arc<StatementRow>>, Problem> {
        let state = self.state();
        let mut rows: Vec<_> = iris.iter().map(|iri| self.rows.get(&(state, iri.clone(), language))).collect();
        let missing = iris.iter().zip(&rows).filter(|(_, row)| row.is_none());
        let missing: Vec<_> = missing.map(|(iri, _)| NamedNode::new_unchecked(iri)).collect();
        let read = statements_in(&self.store, &missing, language.tag()).map_err(Problem::internal)?;
        let mut read = read.into_iter().map(Arc::new).peekable();
        for (iri, row) in iris.iter().zip(&mut rows).filter(|(_, row)| row.is_none()) {
            *row = read.next_if(|read| read.iri == *iri);
            if let Some(row) = row {
                self.rows.keep((state, iri.clone(), language), Arc::clone(row));
            }
        }
        Ok(rows.into_iter().flatten().collect())
    }

    /// What the store holds, in numbers: counted once, when it is first asked for. While that lasts nobody is kept waiting
    /// for long.
    pub async fn stats(self: &Arc<Self>) -> Option<Arc<Stats>> {
        if let Some(stats) = self.stats.get() {
            return Some(Arc::clone(stats));
        }
        let site = Arc::clone(self);
        let counting = task::spawn(async move {
            let count = || async {
                let own = Arc::clone(&site);
                task::spawn_blocking(move || Stats::of(&own.store).map(Arc::new))
                    .await
                    .map_err(Problem::internal)?
                    .map_err(Problem::internal)
            };
            site.stats.get_or_try_init(count).await.cloned().ok()
        });
        time::timeout(COUNTING, counting).await.ok()?.ok()?
    }

    /// Says that the site ends: queries that have not begun to answer are ended.
    pub fn end(&self) {
        self.ending.send_replace(true);
    }

    /// Waits until the site ends.
    pub async fn ended(&self) {
        // Its sender lives as long as the site.
        let _ = self.ending.subscribe().wait_for(|is_ending| *is_ending).await;
    }

    /// The path at which the site tells of an IRI; `None` if it is not one of the store's own.
    pub fn path(&self, iri: &str) -> Option<String> {
        address::of(iri, self.store.base()).filter(|address| address.starts_with('/'))
    }

    /// The IRI of which the site tells at a path.
    pub fn iri(&self, path: &str) -> Option<NamedNode> {
        NamedNode::new(format!("{}{}", self.store.base(), path.strip_prefix('/')?)).ok()
    }

    /// Does what is short and reads the store, in its turn: a page.
    pub async fn read<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let _turn = time::timeout(PATIENCE, self.pages.acquire()).await.map_err(|_| Problem::Busy)?;
        let site = Arc::clone(self);
        task::spawn_blocking(move || work(&site)).await.map_err(Problem::internal)?
    }

    /// Does what may be long, a query of the reader's own, in its turn, which does not keep pages waiting. It ends where it
    /// is told to stop.
    pub async fn query<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self, &Stop) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let stop = Stop::default();
        let turn = self.turns.take(&stop).await?;
        let site = Arc::clone(self);
        let work = move || {
            // Kept until the work is done, be the client gone or not.
            let _turn = turn;
            work(&site, &stop)
        };
        task::spawn_blocking(work).await.map_err(Problem::internal)?
    }
}
