//! `dixit serve`.

use super::evaluation::word_search;
use super::federate::Federation;
use super::own::OwnQueries;
use super::{Global, Outcome, service};
use anyhow::Context;
use clap::Args;
use dixit::graph::Store;
use dixit::query::WordSearch;
use dixit::serve::{Server, Settings, Site};
use std::io::{self, Write};
use std::net::SocketAddr;
use std::time::Duration;

/// Show the store in the browser, and answer programs that speak SPARQL
///
/// Prints the address and answers until Ctrl-C. Nothing can be changed there, and nobody but this machine is heard, unless you
/// say so. While it runs no other program can write into the store.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  dixit serve --open\n  curl -H 'Accept: text/csv' --data-urlencode 'query=SELECT * { ?s dixit:polarity dixit:Denied }' http://127.0.0.1:7878/sparql"
)]
pub struct Serve {
    /// Address and port to listen at; port 0 takes any that is free
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7878")]
    bind: SocketAddr,
    /// Name by which the site may be asked for, besides localhost and addresses of this machine; may be given several times
    #[arg(long = "host", value_name = "NAME")]
    hosts: Vec<String>,
    /// Origin whose pages may read the data (CORS), or `*` for all; may be given several times
    #[arg(long = "cors", value_name = "ORIGIN")]
    origins: Vec<String>,
    /// Open the site in the browser
    #[arg(long)]
    open: bool,
    /// How many seconds a query may be evaluated, with a fraction or without
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = service::seconds)]
    timeout: Duration,
    /// How many rows a query may give; what gives more is refused
    #[arg(long, value_name = "N", default_value_t = 100_000)]
    rows: usize,
    #[command(flatten)]
    own: OwnQueries,
    #[command(flatten)]
    federation: Federation,
}

impl Serve {
    pub fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        let library = self.own.library()?;
        let store = Store::open(&global.store)?;
        let search = store.search_folder().map_or_else(WordSearch::in_memory, |folder| word_search(folder, global));
        let settings = Settings {
            hosts: self.hosts,
            origins: self.origins,
            federate: self.federation.patience(),
            time: self.timeout,
            rows: self.rows,
            ..Settings::default()
        };
        let site = Site::new(store, search, library, settings);
        site.selections.prepare()?;
        let server = Server::bind(site, self.bind);
        let server = server.with_context(|| format!("cannot listen at {}: choose another with --bind", self.bind))?;
        let address = format!("http://{}/", server.address()?);
        writeln!(io::stdout(), "{address}")?;
        io::stdout().flush()?;
        if self.open
            && let Err(error) = open::that_detached(&address)
        {
            eprintln!("dixit: no program opened the page ({error}): open it by its address");
        }
        server.run().context("the site ended")?;
        Ok(Outcome::Done)
    }
}
