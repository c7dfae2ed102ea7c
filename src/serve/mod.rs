//! The graph in the browser, and for programs that speak SPARQL: `dixit serve`.
//!
//! - [`connection`]: who connects, how many at once, how slow they may be, and the end;
//! - [`guard`]: which requests are heard at all, and what every answer forbids the browser;
//! - [`site`]: the store and what else the pages share; work on it, off the threads that talk to the network;
//! - [`again`]: pages that are kept;
//! - [`turns`]: who evaluates a query when; [`readers`]: for whom answers wait;
//! - [`visit`]: what a request says of its reader: language, address, wished form;
//! - [`writer`]: who may change the store;
//! - [`problem`]: what goes wrong, as an answer;
//! - [`words`] and [`assets`]: what the pages say in two languages, and the files that they load;
//! - [`linked`]: the path of an IRI of the store leads to what is said of it;
//! - [`page`]: the pages, one a file, each with a template in `templates/`;
//! - [`card`], [`list`], [`marked`], [`cite`]: a statement in a list, the lists and counts of selections, a text with marks, a
//!   citation;
//! - [`form`]: in which forms answers are downloaded; [`address`]: where things have their pages;
//! - [`chart`]: counts over time as drawings; [`shown`]: answers on pages;
//! - [`programs`]: the addresses for programs: [`sparql`], [`data`] for whole graphs, [`reconcile`] for names;
//! - [`negotiate`], [`body`], [`stream`] and [`origin`]: what these have in common: formats, what requests bring, answers that
//!   are read while they are made, and the name of the site.
//!
//! All that pages show may come from articles, which are not to be trusted: templates escape what they are given, and no page
//! holds a script or a style of its own, so that the browser is told to run none.

mod address;
mod again;
mod assets;
mod body;
mod card;
mod chart;
mod cite;
mod connection;
mod data;
mod form;
mod guard;
mod linked;
mod list;
mod marked;
mod negotiate;
mod origin;
mod page;
mod problem;
mod programs;
mod readers;
mod reconcile;
mod shown;
mod site;
mod sparql;
mod stream;
mod turns;
mod visit;
mod words;
mod writer;

pub use site::{Settings, Site};

use axum::Router;
use std::future::Future;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

/// How long queries that were told to end have for it when the server ends.
const LAST_QUERIES: Duration = Duration::from_secs(2);
/// The stack of a thread, in bytes: what evaluates queries calls itself for each part within a part.
const STACK: usize = 32 << 20;

/// A site that listens.
pub struct Server {
    listener: TcpListener,
    site: Arc<Site>,
}

impl Server {
    /// Takes the address, so that requests wait from now on.
    ///
    /// # Errors
    /// When the address is taken or is not this machine's.
    pub fn bind(site: Site, address: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        Ok(Self { listener, site: Arc::new(site) })
    }

    /// Where it listens: with the port that the system chose, where none was asked for.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Answers until Ctrl-C or an order to end (SIGTERM), and then until the requests at hand are answered.
    ///
    /// # Errors
    /// When the system gives no threads or no connections.
    pub fn run(self) -> io::Result<()> {
        self.run_until(connection::asked_to_end())
    }

    /// The same until something else happens.
    ///
    /// # Errors
    /// As for [`Server::run`].
    pub fn run_until(self, end: impl Future<Output = ()>) -> io::Result<()> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().thread_stack_size(STACK).build()?;
        let routes = routes(Arc::clone(&self.site), self.address()?);
        let (site, patience) = (Arc::clone(&self.site), self.site.settings.patience);
        let end = async move {
            end.await;
            site.end();
        };
        let own = Arc::clone(&self.site);
        runtime.spawn_blocking(move || own.warm());
        let served = runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            connection::serve(listener, routes, patience, end).await
        });
        // Queries were told to end: whoever read a store that is being closed would abort the program. One that does not hear
        // is left behind.
        runtime.shutdown_timeout(LAST_QUERIES);
        served
    }
}

/// All addresses of a site that is found at this one, for whoever brings the requests in another way than a [`Server`].
pub fn routes(site: Arc<Site>, address: SocketAddr) -> Router {
    let routes = page::routes(&site).merge(assets::routes()).merge(programs::routes());
    let routes = programs::read_by_others(routes, &site);
    guard::around(routes, &site, address).with_state(site)
}
