//! Connections: so many at once, none of which may keep others waiting, and an end in order.

use axum::Router;
use hyper::server::conn::http1::Builder;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::future::Future;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::{select, signal, time};

/// So many connections are open at once; others wait.
const MOST: usize = 512;
/// How long a client may take for the head of a request.
const HEAD: Duration = Duration::from_secs(10);
/// How long requests that are at hand have when the server ends.
const GRACE: Duration = Duration::from_secs(10);
/// How long to wait when the system gives no connection (no file handle is left).
const NAP: Duration = Duration::from_millis(50);

/// Answers until the end is there, and then until the requests at hand are answered.
pub async fn serve(listener: TcpListener, routes: Router, end: impl Future<Output = ()>) -> io::Result<()> {
    let graceful = GracefulShutdown::new();
    let room = Arc::new(Semaphore::new(MOST));
    let mut builder = Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEAD);
    let mut end = pin!(end);
    loop {
        let accept = async {
            let place = Arc::clone(&room).acquire_owned().await.map_err(io::Error::other)?;
            Ok::<_, io::Error>((listener.accept().await, place))
        };
        let (accepted, place) = select! {
            accepted = accept => accepted?,
            () = &mut end => break,
        };
        let Ok((stream, _)) = accepted else {
            time::sleep(NAP).await;
            continue;
        };
        let _ = stream.set_nodelay(true);
        let service = TowerToHyperService::new(routes.clone());
        let connection = graceful.watch(builder.serve_connection(TokioIo::new(stream), service));
        tokio::spawn(async move {
            // Whoever went away needs no answer.
            let _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    let _ = time::timeout(GRACE, graceful.shutdown()).await;
    Ok(())
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
