//! Connections: so many at once, none of which may keep others waiting, and an end in order.
//!
//! Whoever says nothing holds a place for as long as the head of a request may take; whoever does not read what it asked for,
//! for as long as a write may wait. When all places are taken, newcomers get that of whoever has been without a request for
//! the longest time, so that idle connections, however many, keep nobody out.

use axum::Router;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper::server::conn::http1::Builder;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use rustc_hash::FxHashMap;
use std::future::Future;
use std::io;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio::time::{Instant, Sleep, sleep, timeout};
use tokio::{select, signal};

/// So many connections are open at once; others wait.
const MOST: usize = 512;
/// The largest head of a request, in bytes.
const HEAD_SIZE: usize = 128 << 10;
/// How long requests that are at hand have when the server ends.
const GRACE: Duration = Duration::from_secs(10);
/// How long to wait when the system gives no connection (no file handle is left).
const NAP: Duration = Duration::from_millis(50);

/// Answers until the end is there, and then until the requests at hand are answered. A client has a third of the patience for
/// the head of a request, of which it may say nothing at first, and all of it to read a piece of what is sent.
pub async fn serve(
    listener: TcpListener,
    routes: Router,
    patience: Duration,
    end: impl Future<Output = ()>,
) -> io::Result<()> {
    let graceful = GracefulShutdown::new();
    let room = Arc::new(Room::default());
    let mut builder = Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(patience / 3).max_buf_size(HEAD_SIZE);
    let mut end = pin!(end);
    loop {
        let accept = async {
            let stream = listener.accept().await;
            (stream, room.enter(MOST).await)
        };
        let (accepted, place) = select! {
            accepted = accept => accepted,
            () = &mut end => break,
        };
        let Ok((stream, _)) = accepted else {
            drop(place);
            sleep(NAP).await;
            continue;
        };
        let _ = stream.set_nodelay(true);
        let seat = Arc::clone(&place.seat);
        let service = answered(routes.clone(), Arc::clone(&seat));
        let connection = builder.serve_connection(Patient::new(stream, seat, patience), service);
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // Whoever went away needs no answer.
            select! {
                _ = connection => {}
                () = place.seat.lost.notified() => {}
            }
        });
    }
    drop(listener);
    let _ = timeout(GRACE, graceful.shutdown()).await;
    Ok(())
}

/// The site, which notes in whose seat a request is at hand.
fn answered(
    routes: Router,
    seat: Arc<Seat>,
) -> impl Service<Request<Incoming>, Response = axum::response::Response, Error = std::convert::Infallible, Future: Send>
{
    let service = TowerToHyperService::new(routes);
    service_fn(move |request| {
        let busy = Busy::new(&seat);
        let answer = service.call(request);
        async move {
            let answer = answer.await;
            drop(busy);
            answer
        }
    })
}

/// Where a connection has its place.
struct Seat {
    state: Mutex<State>,
    /// Told when somebody else gets the place.
    lost: Notify,
}

struct State {
    /// Whether a request is being answered.
    is_busy: bool,
    /// Since when it is not, and nothing was sent.
    idle: Instant,
}

impl Seat {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A request in a seat, until the head of its answer is there.
struct Busy(Arc<Seat>);

impl Busy {
    fn new(seat: &Arc<Seat>) -> Self {
        seat.state().is_busy = true;
        Self(Arc::clone(seat))
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        let mut state = self.0.state();
        (state.is_busy, state.idle) = (false, Instant::now());
    }
}

/// All seats that are taken.
#[derive(Default)]
struct Room {
    seats: Mutex<Seats>,
    /// Told when a place is free again.
    free: Notify,
}

#[derive(Default)]
struct Seats {
    taken: FxHashMap<u64, Arc<Seat>>,
    next: u64,
}

/// A place in the room, free again when it is dropped.
struct Place {
    room: Arc<Room>,
    number: u64,
    seat: Arc<Seat>,
}

impl Drop for Place {
    fn drop(&mut self) {
        self.room.seats().taken.remove(&self.number);
        self.room.free.notify_one();
    }
}

impl Room {
    fn seats(&self) -> MutexGuard<'_, Seats> {
        self.seats.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes a place, if need be that of another who has none to be answered.
    async fn enter(self: &Arc<Self>, most: usize) -> Place {
        loop {
            if let Some(place) = self.try_enter(most) {
                return place;
            }
            self.free.notified().await;
        }
    }

    fn try_enter(self: &Arc<Self>, most: usize) -> Option<Place> {
        let mut seats = self.seats();
        if seats.taken.len() >= most {
            let idle = seats.taken.iter().filter_map(|(number, seat)| {
                let state = seat.state();
                (!state.is_busy).then_some((state.idle, *number))
            });
            let (_, longest) = idle.min()?;
            seats.taken.remove(&longest)?.lost.notify_one();
        }
        let number = seats.next;
        seats.next += 1;
        let state = Mutex::new(State { is_busy: false, idle: Instant::now() });
        let seat = Arc::new(Seat { state, lost: Notify::new() });
        seats.taken.insert(number, Arc::clone(&seat));
        Some(Place { room: Arc::clone(self), number, seat })
    }
}

/// A stream that waits for its reader, but not for ever.
struct Patient {
    stream: TokioIo<TcpStream>,
    seat: Arc<Seat>,
    patience: Duration,
    stalled: Option<Pin<Box<Sleep>>>,
}

impl Patient {
    fn new(stream: TcpStream, seat: Arc<Seat>, patience: Duration) -> Self {
        Self { stream: TokioIo::new(stream), seat, patience, stalled: None }
    }

    /// Ends what has waited for too long.
    fn waited<T>(&mut self, context: &mut Context<'_>, polled: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if polled.is_ready() {
            self.stalled = None;
            self.seat.state().idle = Instant::now();
            return polled;
        }
        let patience = self.patience;
        let stalled = self.stalled.get_or_insert_with(|| Box::pin(sleep(patience)));
        stalled.as_mut().poll(context).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl Read for Patient {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, to: ReadBufCursor<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, to)
    }
}

impl Write for Patient {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.waited(context, polled)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let polled = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.waited(context, polled)
    }
}

/// Ctrl-C, or the order of a system to end.
pub async fn asked_to_end() {
    let interrupt = async {
        if signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let order = async {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut order) => _ = order.recv().await,
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let order = std::future::pending::<()>();
    select! {
        () = interrupt => {}
        () = order => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn room() -> (tokio::runtime::Runtime, Arc<Room>) {
        (tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap(), Arc::default())
    }

    #[test]
    fn newcomers_get_the_place_of_who_was_idle_for_the_longest_time() {
        let (runtime, room) = room();
        runtime.block_on(async {
            let first = room.enter(2).await;
            let second = room.enter(2).await;
            let busy = Busy::new(&first.seat);
            let third = room.enter(2).await;
            timeout(GRACE, second.seat.lost.notified()).await.unwrap();
            assert!(timeout(NAP, first.seat.lost.notified()).await.is_err());

            // All are busy: who comes waits.
            let other = Busy::new(&third.seat);
            drop(second);
            assert!(timeout(NAP, room.enter(2)).await.is_err());
            drop((other, third));
            assert!(timeout(GRACE, room.enter(2)).await.is_ok());
            drop(busy);
        });
    }
}
