//! Statements and articles by the words of their texts and titles, `SERVICE dixit:search { ?s dixit:query "…" }`, and
//! statements by their days and values, with which [`shortlist`](super::shortlist) begins lists.
//!
//! - [`words`]: what is searched for, and the forms in which words are written down;
//! - [`facts`]: what else statements are found by;
//! - [`texts`]: what of the store is indexed;
//! - [`index`]: the index itself;
//! - [`select`]: statements that fulfil conditions, and the first of these in an order;
//! - [`count`]: the values that most of them have;
//! - [`tally`]: those that fulfil conditions as a whole: a page of them, their months, and how many have each value;
//! - [`service`]: the part of a query that searches.
//!
//! The index lies in the folder `search/` of the store:
//!
//! | file | what |
//! | --- | --- |
//! | `lock` | locked while a program brings the index up to date; others wait |
//! | `index/` | the index; may be removed |
//! | `current` | there while the index says what the store says: a store that is opened to write removes it |
//!
//! It is brought up to date when it is used, and once many articles were added. Each article keeps a hash of what is indexed in the
//! store, written in the transaction that changes it, and the index has the hash of what it read: the articles whose hashes differ
//! are read again, whatever happened in between. As nobody writes into a store that somebody reads, the index then stays current.

mod count;
mod facts;
mod index;
mod pairs;
mod select;
mod service;
mod tally;
mod texts;
mod words;

pub(super) use count::Group;
pub(super) use facts::{Property, date, day, day_of};
pub(super) use pairs::Pair;
pub(super) use select::{Condition, First, Order, Rank};
pub use service::FormError;
pub(super) use service::{Handler, check, is_search, plan, words_of};
pub(super) use tally::{Columns, Kin, Matches, Months};
pub(super) use words::Words;

use index::{Hit, WordIndex};
use oxigraph::store::{StorageError, Store};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tantivy::{Searcher, TantivyError};
use texts::ArticleState;

/// The form of the index: another number makes all of them anew.
const FORM: &str = "4\n";
/// The folder of the index itself.
const INDEX: &str = "index";
/// This many articles are many: reading them takes long enough to say so, and questions about them are slow without an index.
const MANY: usize = 2000;

/// Whether there is a word to search for.
pub(super) fn is_searchable(text: &str) -> bool {
    Words::parse(text).is_some()
}

/// Called with a line for the user.
type Tell = dyn Fn(&str) + Send + Sync;

/// The words of a store.
pub struct WordSearch {
    /// `None` for an index in memory.
    folder: Option<PathBuf>,
    tell: Box<Tell>,
    /// Once it was searched.
    open: Mutex<Option<Arc<Open>>>,
}

/// An index that says what the store says.
pub(super) struct Open {
    index: WordIndex,
    searcher: Searcher,
}

impl Open {
    /// Those that come first, see [`WordIndex::first`].
    pub fn first(
        &self,
        conditions: &[Condition],
        order: Order,
        after: Option<Rank>,
        n: usize,
    ) -> tantivy::Result<First> {
        self.index.first(&self.searcher, conditions, order, after, n)
    }

    /// All that fulfil the conditions, see [`WordIndex::matches`].
    pub fn matches(&self, conditions: &[Condition]) -> tantivy::Result<Matches> {
        self.index.matches(&self.searcher, conditions)
    }

    /// A page of them, see [`WordIndex::page`].
    pub fn page(&self, matches: &Matches, skip: usize, take: usize) -> tantivy::Result<Vec<String>> {
        self.index.page(&self.searcher, matches, skip, take)
    }

    /// A page of them, see [`WordIndex::best`].
    pub fn best(
        &self,
        words: &Words,
        conditions: &[Condition],
        skip: usize,
        take: usize,
    ) -> tantivy::Result<Vec<String>> {
        self.index.best(&self.searcher, words, conditions, skip, take)
    }

    /// In which months they were made, see [`Months`].
    pub fn months(&self, matches: &Matches) -> tantivy::Result<Months> {
        Months::of(&self.searcher, matches)
    }

    /// The values that statements have together, see [`pairs::largest`].
    pub fn pairs(&self, matches: &Matches, properties: [Property; 2], n: usize) -> tantivy::Result<Vec<Pair>> {
        pairs::largest(&self.searcher, matches, properties, n)
    }

    /// The values of properties, see [`Columns`].
    pub fn columns(&self, properties: &[Property], kin: Kin) -> tantivy::Result<Columns> {
        Columns::of(&self.searcher, properties, kin)
    }

    /// The values that most have, see [`WordIndex::largest`].
    pub fn largest(&self, conditions: &[Condition], property: Property, n: usize) -> tantivy::Result<Vec<Group>> {
        self.index.largest(&self.searcher, conditions, property, n)
    }
}

/// Why words cannot be searched.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    #[error(transparent)]
    Form(#[from] FormError),
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error("the search index {}: {cause}; it may be removed, and is then made anew", .folder.display())]
    Index { folder: PathBuf, cause: TantivyError },
}

/// Why the index in a folder cannot be brought up to date.
#[derive(Debug, thiserror::Error)]
enum Trouble {
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Index(#[from] TantivyError),
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl WordSearch {
    /// With an index in this folder, the `search/` of the store; `tell` is called with what the user should know of it.
    pub fn in_folder(folder: PathBuf, tell: impl Fn(&str) + Send + Sync + 'static) -> Self {
        Self { folder: Some(folder), tell: Box::new(tell), open: Mutex::default() }
    }

    /// With an index in memory, made when it is first searched.
    pub fn in_memory() -> Self {
        Self { folder: None, tell: Box::new(|_| ()), open: Mutex::default() }
    }

    /// Brings the index up to date.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn prepare(&self, store: &Store) -> Result<(), SearchError> {
        self.open(store).map(|_| ())
    }

    /// Brings the index up to date if there is one, or if the store is so large that questions are slow without.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn keep(&self, store: &Store) -> Result<(), SearchError> {
        let is_there = self.folder.as_deref().is_some_and(|folder| folder.join(INDEX).exists());
        match is_there || texts::has_many_articles(store, MANY)? {
            true => self.prepare(store),
            false => Ok(()),
        }
    }

    /// Says that the store was written into since: the index is brought up to date before it is used again.
    pub fn store_changed(&self) {
        *self.open.lock().unwrap_or_else(PoisonError::into_inner) = None;
        // Where it cannot be removed, the index in the folder cannot be written either.
        let _ = self.folder.as_deref().map(|folder| fs::remove_file(folder.join("current")));
    }

    /// The index, brought up to date, and made where there is none.
    pub(super) fn ready(&self, store: &Store) -> Result<Arc<Open>, SearchError> {
        self.open(store)
    }

    /// The index, brought up to date, if there is one: none is made.
    pub(super) fn if_there(&self, store: &Store) -> Option<Arc<Open>> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.is_none() {
            let folder = self.folder.as_deref().filter(|folder| folder.join(INDEX).exists())?;
            *open = self.brought_up_to_date(store, folder, false).ok().map(Arc::new);
        }
        open.clone()
    }

    /// What has the words, the best first.
    fn search(&self, store: &Store, words: &Words) -> Result<Vec<Hit>, SearchError> {
        let open = self.open(store)?;
        match (open.index.search(&open.searcher, words), &self.folder) {
            (Ok(hits), _) => Ok(hits),
            (Err(cause), None) => Err(self.failed(cause)),
            (Err(cause), Some(folder)) => {
                (self.tell)(&format!("the search index is damaged ({cause}): it is made anew"));
                let open = Arc::new(self.made_anew(store, folder)?);
                let hits = open.index.search(&open.searcher, words).map_err(|cause| self.failed(cause))?;
                *self.open.lock().unwrap_or_else(PoisonError::into_inner) = Some(open);
                Ok(hits)
            }
        }
    }

    /// The error of an index that cannot be read.
    pub(super) fn failed(&self, cause: TantivyError) -> SearchError {
        SearchError::Index { folder: self.folder.clone().unwrap_or_else(|| "in memory".into()), cause }
    }

    fn open(&self, store: &Store) -> Result<Arc<Open>, SearchError> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(open) = &*open {
            return Ok(Arc::clone(open));
        }
        let new = match &self.folder {
            Some(folder) => self.open_in(store, folder, false)?,
            None => self.in_memory_of(store)?,
        };
        Ok(Arc::clone(open.insert(Arc::new(new))))
    }

    fn in_memory_of(&self, store: &Store) -> Result<Open, SearchError> {
        let make = || {
            let index = WordIndex::create(None)?;
            self.catch_up(&index, store)?;
            Ok(Open { searcher: index.searcher()?, index })
        };
        make().map_err(|trouble: Trouble| match trouble {
            Trouble::Storage(error) => error.into(),
            Trouble::Index(cause) => self.failed(cause),
            Trouble::Io(cause) => self.failed(cause.into()),
        })
    }

    fn made_anew(&self, store: &Store, folder: &Path) -> Result<Open, SearchError> {
        self.open_in(store, folder, true)
    }

    /// Opens the index in the folder, and brings it up to date if it is not. Where nothing can be written there, an index is
    /// made in memory.
    fn open_in(&self, store: &Store, folder: &Path, is_damaged: bool) -> Result<Open, SearchError> {
        match self.brought_up_to_date(store, folder, is_damaged) {
            Ok(open) => Ok(open),
            Err(Trouble::Storage(error)) => Err(error.into()),
            Err(trouble) => {
                let place = folder.display();
                (self.tell)(&format!(
                    "the search index {place} cannot be written ({trouble}): it is made for this search only"
                ));
                self.in_memory_of(store)
            }
        }
    }

    fn brought_up_to_date(&self, store: &Store, folder: &Path, is_damaged: bool) -> Result<Open, Trouble> {
        let if_current = || current(folder).filter(|_| !is_damaged);
        if let Some(open) = if_current() {
            return Ok(open);
        }
        fs::create_dir_all(folder)?;
        let lock = File::options().create(true).append(true).open(folder.join("lock"))?;
        lock.lock()?;
        // Another program may have done it in the meantime.
        match if_current() {
            Some(open) => Ok(open),
            None => self.bring_up_to_date(store, folder, is_damaged),
        }
    }

    fn bring_up_to_date(&self, store: &Store, folder: &Path, is_damaged: bool) -> Result<Open, Trouble> {
        let path = folder.join(INDEX);
        // Whoever breaks off leaves none that passes for current.
        match fs::remove_file(folder.join("current")) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
        if !is_damaged && path.exists() {
            // Read as a whole once in a while, it is known to be as it was written.
            let old = || {
                let index = WordIndex::open(&path)?;
                if !index.is_sound() {
                    return Err(io::Error::other("its files are not as they were written").into());
                }
                self.catch_up(&index, store)?;
                finish(index, folder)
            };
            match old() {
                Ok(open) => return Ok(open),
                Err(Trouble::Storage(error)) => return Err(error.into()),
                Err(trouble) => {
                    (self.tell)(&format!(
                        "the search index is damaged or of another version ({trouble}): it is made anew"
                    ));
                }
            }
        }
        remove(&path)?;
        fs::create_dir_all(&path)?;
        let index = WordIndex::create(Some(&path))?;
        self.catch_up(&index, store)?;
        finish(index, folder)
    }

    /// Reads the articles whose words changed since the index read them.
    fn catch_up(&self, index: &WordIndex, store: &Store) -> Result<(), Trouble> {
        let (old, now) = (index.states()?, texts::states(store)?);
        let new: Vec<&ArticleState> = now.difference(&old).collect();
        let mut gone = old.difference(&now).peekable();
        if new.is_empty() && gone.peek().is_none() {
            return Ok(());
        }
        if new.len() > MANY {
            (self.tell)(&format!("reading the words of {} articles, once", new.len()));
        }
        index.change(gone, &new, |state| Ok::<_, Trouble>(texts::texts(store, &state.article)?))
    }
}

/// The index in the folder, if it is known to be up to date and can be opened.
fn current(folder: &Path) -> Option<Open> {
    let form = fs::read_to_string(folder.join("current")).ok()?;
    if form != FORM {
        return None;
    }
    let index = WordIndex::open(&folder.join(INDEX)).ok()?;
    Some(Open { searcher: index.searcher().ok()?, index })
}

/// Notes that the index is up to date.
fn finish(index: WordIndex, folder: &Path) -> Result<Open, Trouble> {
    let searcher = index.searcher()?;
    fs::write(folder.join("current.new"), FORM)?;
    fs::rename(folder.join("current.new"), folder.join("current"))?;
    Ok(Open { index, searcher })
}

fn remove(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
