//! `dixit serve`.

use super::evaluation::word_search;
use super::federate::Federation;
use super::own::OwnQueries;
use super::{Global, Outcome, service};
use anyhow::{Context, anyhow, bail};
use clap::Args;
use dixit::graph::Store;
use dixit::query::WordSearch;
use dixit::serve::{Server, Settings, Site};
use std::env;
use std::io::{self, Write};
use std::net::SocketAddr;
use std::time::Duration;

/// The shortest token that can be chosen.
const SHORTEST: usize = 16;

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
    /// Let whoever has the token correct the store at /review; the token is printed, or that of DIXIT_TOKEN
    #[arg(long)]
    writable: bool,
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
        let store = if self.writable { Store::open_to_change(&global.store)? } else { Store::open(&global.store)? };
        let token = self.writable.then(token).transpose()?;
        let search = store.search_folder().map_or_else(WordSearch::in_memory, |folder| word_search(folder, global));
        let settings = Settings {
            hosts: self.hosts,
            origins: self.origins,
            federate: self.federation.patience(),
            token: token.clone(),
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
        if let Some(token) = token {
            eprintln!("dixit: the store can be corrected at {address}review?token={token}");
        }
        if self.open
            && let Err(error) = open::that_detached(&address)
        {
            eprintln!("dixit: no program opened the page ({error}): open it by its address");
        }
        server.run().context("the site ended")?;
        Ok(Outcome::Done)
    }
}

/// The token of the environment, or a new one.
fn token() -> anyhow::Result<String> {
    if let Some(token) = env::var("DIXIT_TOKEN").ok().filter(|token| !token.trim().is_empty()) {
        let token = token.trim();
        let fits =
            token.len() >= SHORTEST && token.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
        if !fits {
            bail!("DIXIT_TOKEN must have {SHORTEST} letters, digits, - and _ at least");
        }
        return Ok(token.to_owned());
    }
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| anyhow!("the system gives no random numbers: {error}"))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
