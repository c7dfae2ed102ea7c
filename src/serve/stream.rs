//! Answers that are read while they are made: what is written in one thread, a client reads from another, and no more than a
//! few pieces are in memory.
//!
//! What is short arrives whole, so that whatever goes wrong has its status. What is long begins before its end is known: if
//! that goes wrong, the connection is broken off, so that nobody takes a part for the whole.

use super::problem::Problem;
use super::site::Site;
use super::turns::Turn;
use crate::query::Stop;
use axum::body::Body;
use hyper::body::{Bytes, Frame};
use std::io::{self, Write};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::sync::mpsc;
use tokio::task;
use tokio::time::{Instant, timeout_at};

/// So much is written at once, in bytes.
const PIECE: usize = 64 << 10;
/// So many pieces wait for the client.
const WAITING: usize = 2;
/// How many bytes a client is to read in a second, but for what patience there is.
const PACE: f64 = 16.0 * 1024.0;

/// A part of an answer.
enum Piece {
    More(Bytes),
    Last(Bytes),
    Failed(Problem),
}

/// Where an answer is written.
pub struct Pipe {
    pieces: mpsc::Sender<Piece>,
    written: Vec<u8>,
    /// Held while the store is at work, and not while the client is waited for.
    turn: Option<Turn>,
    site: Arc<Site>,
    stop: Stop,
    begun: Instant,
    /// Until when the client must have read nothing.
    patience: Instant,
    sent: usize,
}

impl Pipe {
    /// Sends a piece, and waits for the client as long as it may take.
    fn send(&mut self, piece: Piece) -> io::Result<()> {
        let piece = match self.pieces.try_send(piece) {
            Ok(()) => return Ok(()),
            Err(mpsc::error::TrySendError::Full(piece)) => piece,
            Err(mpsc::error::TrySendError::Closed(_)) => return Err(io::ErrorKind::BrokenPipe.into()),
        };
        self.turn = None;
        let last = self.patience + Duration::from_secs_f64(self.sent as f64 / PACE);
        let pace = self.sent as f64 / self.begun.elapsed().as_secs_f64();
        let wait = async {
            let place = self.site.readers.wait_for(pace);
            let sent = tokio::select! {
                sent = timeout_at(last, self.pieces.send(piece)) => sent,
                () = place.lost() => return Err(io::ErrorKind::TimedOut.into()),
            };
            drop(place);
            match sent {
                Ok(Ok(())) => Ok::<_, io::Error>(self.site.turns.take_at_last(&self.stop).await.ok()),
                Ok(Err(_)) => Err(io::ErrorKind::BrokenPipe.into()),
                Err(_) => Err(io::ErrorKind::TimedOut.into()),
            }
        };
        self.turn = Handle::current().block_on(wait)?;
        Ok(())
    }

    /// Sends the rest, or what went wrong.
    fn end(mut self, done: Result<(), Problem>) {
        let piece = match done {
            Ok(()) => Piece::Last(std::mem::take(&mut self.written).into()),
            Err(problem) => Piece::Failed(problem),
        };
        // A client that is gone needs no end.
        let _ = self.send(piece);
    }
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.written.extend_from_slice(bytes);
        if self.written.len() >= PIECE {
            let piece = std::mem::replace(&mut self.written, Vec::with_capacity(PIECE + PIECE / 4));
            self.sent += piece.len();
            self.send(Piece::More(piece.into()))?;
        }
        Ok(bytes.len())
    }

    /// Pieces are sent when they are full.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Tells the work to stop when nobody waits for it any more.
struct StopWhenGone(Stop);

impl Drop for StopWhenGone {
    fn drop(&mut self) {
        self.0.stop();
    }
}

/// What the client reads.
struct Answer {
    first: Option<Bytes>,
    is_whole: bool,
    pieces: mpsc::Receiver<Piece>,
    _stop: StopWhenGone,
}

impl hyper::body::Body for Answer {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if let Some(first) = self.first.take() {
            return Poll::Ready(Some(Ok(Frame::data(first))));
        }
        if self.is_whole {
            return Poll::Ready(None);
        }
        Poll::Ready(Some(match ready!(self.pieces.poll_recv(context)) {
            Some(Piece::More(bytes)) => Ok(Frame::data(bytes)),
            Some(Piece::Last(bytes)) => {
                self.is_whole = true;
                Ok(Frame::data(bytes))
            }
            Some(Piece::Failed(_)) | None => Err(io::Error::other("the answer breaks off")),
        }))
    }

    fn is_end_stream(&self) -> bool {
        self.is_whole && self.first.is_none()
    }
}

/// Has an answer written in its turn, and gives its body. When the client is gone, `stop` tells the work, whatever it does.
///
/// # Errors
/// What the work gives as long as nothing of the answer was sent; too much may be asked at once, and the site may end.
pub async fn answer(
    site: &Arc<Site>,
    stop: Stop,
    work: impl FnOnce(&Site, &mut Pipe) -> Result<(), Problem> + Send + 'static,
) -> Result<Body, Problem> {
    let turn = site.turns.take(&stop).await?;
    let (sender, mut pieces) = mpsc::channel(WAITING);
    let begun = Instant::now();
    let mut pipe = Pipe {
        pieces: sender,
        written: Vec::new(),
        turn: Some(turn),
        site: Arc::clone(site),
        stop: stop.clone(),
        begun,
        patience: begun + site.settings.patience,
        sent: 0,
    };
    let stop = StopWhenGone(stop);
    let own = Arc::clone(site);
    task::spawn_blocking(move || {
        let done = work(&own, &mut pipe);
        pipe.end(done);
    });
    let first = tokio::select! {
        first = pieces.recv() => first,
        () = site.ended() => return Err(Problem::Busy),
    };
    match first {
        Some(Piece::Last(bytes)) => Ok(bytes.into()),
        Some(Piece::More(bytes)) => Ok(Body::new(Answer { first: Some(bytes), is_whole: false, pieces, _stop: stop })),
        Some(Piece::Failed(problem)) => Err(problem),
        None => Err(Problem::internal("an answer ended without a word")),
    }
}
