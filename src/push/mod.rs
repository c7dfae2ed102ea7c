//! Graphs go to another store: each is sent once, and again only when it has changed.
//!
//! A graph is replaced by what is sent (PUT), so that it makes no difference if it is sent twice: whatever breaks off can be
//! done again. A [`Journal`] remembers by its digest what a store has taken. Graphs of more than a few megabytes go in parts,
//! of which the first replaces and the others add.

mod credentials;
mod error;
mod journal;

pub use credentials::{Credentials, CredentialsError};
pub use error::{PushError, Undelivered};
pub use journal::{Journal, JournalError, default_journal};

use crate::graph::{GraphsError, NamedGraph};
use crate::web::{Deed, GraphStore, NotTaken};
use std::io;
use std::num::NonZeroUsize;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;

/// So many graphs that a store fails on, one after the other, are not the graphs' fault.
const IN_A_ROW: usize = 3;

/// What was sent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pushed {
    pub graphs: usize,
    pub triples: usize,
    /// Bytes of these as they were sent.
    pub bytes: usize,
    /// Graphs that the store has taken before, as they are now.
    pub unchanged: usize,
    /// Graphs that it did not take.
    pub failed: usize,
}

/// How far a push is: what is told of each graph.
pub enum Event<'a> {
    /// It was taken, with so many triples.
    Sent(usize),
    Unchanged,
    Failed(&'a Undelivered),
}

/// Sends the graphs that `source` hands over to a store, over so many connections at once, and tells of each.
///
/// # Errors
/// The graphs cannot be had, the journal cannot be written, or the store takes nothing more. What was sent is remembered.
pub fn push(
    store: &GraphStore,
    journal: Journal,
    connections: NonZeroUsize,
    is_over: fn() -> bool,
    tell: impl FnMut(Event<'_>) + Send,
    source: impl FnOnce(&mut dyn FnMut(NamedGraph) -> Result<(), PushError>) -> Result<(), PushError>,
) -> Result<Pushed, PushError> {
    if let Some(graph) = journal.last() {
        let lacks = store.lacks(graph).map_err(|fault| Undelivered::new(store, graph, fault))?;
        if lacks {
            return Err(PushError::Emptied { journal: journal.path().to_owned(), graph: graph.to_owned() });
        }
    }
    let state = Mutex::new(State { journal, tell, pushed: Pushed::default(), in_a_row: 0, end: None });
    let (sender, receiver) = sync_channel(connections.get());
    let receiver = Mutex::new(receiver);
    let ended = thread::scope(|scope| {
        for _ in 0..connections.get() {
            scope.spawn(|| {
                while let Some(graph) = next(&receiver) {
                    deliver(store, graph, &state, is_over);
                }
            });
        }
        // The sender goes with this function, so that the connections come to an end.
        hand_out(sender, &state, is_over, source)
    });
    let State { pushed, end, .. } = state.into_inner().unwrap_or_else(PoisonError::into_inner);
    match (end, ended) {
        (Some(end), _) | (None, Err(end @ (PushError::Store(_) | PushError::Files(_)))) => Err(end),
        _ => Ok(pushed),
    }
}

/// What all connections share.
struct State<T> {
    journal: Journal,
    tell: T,
    pushed: Pushed,
    /// How many graphs failed since one was taken.
    in_a_row: usize,
    /// Why nothing more is sent.
    end: Option<PushError>,
}

/// Hands the graphs that changed to the connections.
fn hand_out<T: FnMut(Event<'_>)>(
    sender: SyncSender<NamedGraph>,
    state: &Mutex<State<T>>,
    is_over: fn() -> bool,
    source: impl FnOnce(&mut dyn FnMut(NamedGraph) -> Result<(), PushError>) -> Result<(), PushError>,
) -> Result<(), PushError> {
    source(&mut |graph| {
        let mut shared = lock(state);
        if shared.end.is_some() || is_over() {
            return Err(PushError::Over);
        }
        if shared.journal.holds(graph.name.as_str(), graph.digest) {
            shared.pushed.unchanged += 1;
            (shared.tell)(Event::Unchanged);
            return Ok(());
        }
        drop(shared);
        sender.send(graph).map_err(|_| PushError::Over)
    })
}

/// The next graph for a connection.
fn next(receiver: &Mutex<Receiver<NamedGraph>>) -> Option<NamedGraph> {
    lock(receiver).recv().ok()
}

/// Why a part of a graph was not sent.
enum NotSent {
    Store(NotTaken),
    Here(io::Error),
}

impl From<io::Error> for NotSent {
    fn from(error: io::Error) -> Self {
        Self::Here(error)
    }
}

/// Sends a graph, and notes what became of it.
fn deliver<T: FnMut(Event<'_>)>(
    store: &GraphStore,
    mut graph: NamedGraph,
    state: &Mutex<State<T>>,
    is_over: fn() -> bool,
) {
    // What was handed out before the end came is not sent.
    if lock(state).end.is_some() || is_over() {
        return;
    }
    let name = graph.name.as_str().to_owned();
    let mut deed = Deed::Replace;
    let sent = graph.each_part(|part| {
        store.send(&name, part, deed).map_err(NotSent::Store)?;
        deed = Deed::Add;
        Ok(())
    });
    let mut state = lock(state);
    let fault = match sent {
        Ok(()) => match state.journal.note(&name, graph.digest) {
            Ok(()) => {
                state.pushed.graphs += 1;
                state.pushed.triples += graph.triples;
                state.pushed.bytes += graph.bytes;
                state.in_a_row = 0;
                return (state.tell)(Event::Sent(graph.triples));
            }
            Err(error) => return state.end = Some(error.into()),
        },
        Err(NotSent::Here(error)) => return state.end = Some(GraphsError::Aside(error).into()),
        // Who was stopped while waiting did not fail.
        Err(NotSent::Store(_)) if is_over() => return,
        Err(NotSent::Store(fault)) => Undelivered::new(store, &name, fault),
    };
    state.in_a_row += 1;
    if !fault.is_of_graph() || state.in_a_row >= IN_A_ROW {
        state.end.get_or_insert(fault.into());
    } else {
        state.pushed.failed += 1;
        (state.tell)(Event::Failed(&fault));
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
