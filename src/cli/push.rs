//! `dixit push`.

use super::progress::Progress;
use super::reading;
use super::service::seconds;
use super::stop::Stop;
use super::{Global, Outcome, WrongUsage};
use anyhow::anyhow;
use clap::{Args, ValueEnum};
use dixit::article::Meter;
use dixit::graph::{GraphFormat, NamedNode, Texts, each_graph_of_files, each_graph_of_store};
use dixit::push::{Credentials, Event, Journal, PushError, Pushed, default_journal, push};
use dixit::web::{GraphStore, Patience};
use std::env;
use std::io::{self, IsTerminal};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Send the graphs to another store, by the SPARQL 1.1 Graph Store Protocol
///
/// Each article is a graph there, as it is here, and takes the place of what that store has of it (PUT); the graphs that all
/// articles share come last. A journal remembers what the store has taken: what has not changed is not sent again, and a push
/// that broke off goes on where it was. Who sends is told by DIXIT_PUSH_USER and DIXIT_PUSH_PASSWORD, or by DIXIT_PUSH_TOKEN, or
/// in a file.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  dixit push --endpoint http://localhost:7878/store      (oxigraph)\n  dixit push --endpoint http://localhost:3030/news/data  (Fuseki)\n  dixit push --endpoint http://localhost:8890/sparql-graph-crud shards/*.nq.gz  (Virtuoso)"
)]
pub struct Push {
    /// Files to send instead of the store: N-Quads or N-Triples, packed or not; `-` is standard input
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The address at which the other store takes graphs, which is often another than that for queries
    #[arg(long, value_name = "URL")]
    endpoint: String,
    /// What the files are; without it, their names tell (.nq, .nt)
    #[arg(long, value_enum, requires = "files")]
    format: Option<Format>,
    /// The graph for what stands in none
    #[arg(long, value_name = "IRI", requires = "files")]
    graph: Option<String>,
    /// Send the texts of the articles, too. They belong to their publishers
    #[arg(long, conflicts_with = "files")]
    with_text: bool,
    /// File that remembers what was sent [default: one for each endpoint in ~/.local/state/dixit/push]
    #[arg(long, value_name = "FILE")]
    journal: Option<PathBuf>,
    /// Send all, whatever was sent before
    #[arg(long)]
    again: bool,
    /// File with `USER:PASSWORD` or `Bearer TOKEN`, for a store that wants to know who sends
    #[arg(long, value_name = "FILE")]
    credentials: Option<PathBuf>,
    /// How many graphs to send at once
    #[arg(long, value_name = "N", default_value = "4")]
    jobs: NonZeroUsize,
    /// How often to send a graph again that the store did not take for a reason that may pass
    #[arg(long, value_name = "N", default_value = "6")]
    retries: u32,
    /// How many seconds to wait before that; then twice as long each time, up to a minute, or as long as the store asks for
    #[arg(long, value_name = "SECONDS", default_value = "1", value_parser = seconds)]
    pause: Duration,
    /// How many seconds the store may take for a graph
    #[arg(long, value_name = "SECONDS", default_value = "300", value_parser = seconds)]
    service_timeout: Duration,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Nquads,
    Ntriples,
}

impl Push {
    pub fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        Stop::heed();
        let credentials = match &self.credentials {
            Some(path) => Some(Credentials::of_file(path)?),
            None => Credentials::of_environment(|name| env::var(name).ok())?,
        };
        let header = credentials.map(|credentials| credentials.header()).transpose()?;
        let patience = Patience {
            allow_local: true,
            timeout: self.service_timeout,
            pause: self.pause,
            retries: self.retries,
            ..Patience::default()
        };
        let store = GraphStore::new(&self.endpoint, header, patience, Stop::is_asked)
            .map_err(|problem| PushError::Endpoint { endpoint: shown(&self.endpoint), problem })?;
        if store.is_overheard() && !global.quiet {
            eprintln!("who sends is told to {} without encryption: give an address with https", store.url());
        }
        let journal = match &self.journal {
            Some(path) => path.clone(),
            None => default_journal(store.url(), |name| env::var_os(name))
                .ok_or(WrongUsage("no HOME for the journal of what was sent: say with --journal where it is to be"))?,
        };
        let journal = Journal::open(&journal, store.url().as_str(), self.again).map_err(PushError::from)?;
        let begun = Instant::now();
        let pushed = self.send(&store, journal, global)?;
        if !global.quiet {
            eprintln!("{}", told(&pushed, begun.elapsed()));
        }
        Ok(match pushed.failed {
            _ if Stop::is_asked() => Outcome::Stopped,
            0 => Outcome::Done,
            _ => Outcome::Partial,
        })
    }

    fn send(&self, to: &GraphStore, journal: Journal, global: &Global) -> anyhow::Result<Pushed> {
        let meter = Arc::new(Meter::default());
        let total = || self.files.iter().map(|file| Some(file.metadata().ok()?.len())).sum();
        let mut progress = Progress::of(["graphs", "triples"], global, Arc::clone(&meter), total);
        let tell = |event: Event<'_>| match event {
            Event::Sent(triples) => progress.add([1, triples]),
            Event::Unchanged => progress.add([1, 0]),
            Event::Failed(failure) => progress.say(&format!("dixit: {failure}")),
        };
        if self.files.is_empty() {
            let texts = if self.with_text { Texts::Included } else { Texts::LeftOut };
            let from = reading::open(&global.store)?;
            return Ok(push(to, journal, self.jobs, Stop::is_asked, tell, |each| {
                each_graph_of_store(&from, texts, each)
            })?);
        }
        let format = self.format.map(|format| match format {
            Format::Nquads => GraphFormat::NQuads,
            Format::Ntriples => GraphFormat::NTriples,
        });
        let graph = self.graph.as_ref().map(|graph| {
            NamedNode::new(graph).map_err(|error| anyhow!("--graph {graph}: {error}: write an absolute IRI"))
        });
        let graph = graph.transpose()?;
        let source =
            |each: &mut dyn FnMut(_) -> _| each_graph_of_files(&self.files, format, graph.as_ref(), &meter, each);
        Ok(push(to, journal, self.jobs, Stop::is_asked, tell, source)?)
    }
}

/// What was done.
fn told(pushed: &Pushed, time: Duration) -> String {
    let Pushed { graphs, triples, bytes, unchanged, failed } = pushed;
    let s = |number: usize| if number == 1 { "" } else { "s" };
    let failed = if *failed > 0 { format!(", {failed} failed") } else { String::new() };
    let megabytes = *bytes as f64 / 1e6;
    // The time differs from run to run: a log that is compared with another is better without.
    let seconds = time.as_secs_f64();
    let rate = if io::stderr().is_terminal() { format!(", in {seconds:.1} s") } else { String::new() };
    format!(
        "{graphs} graph{} sent, {unchanged} unchanged{failed}; {triples} triple{}, {megabytes:.1} MB{rate}",
        s(*graphs),
        s(*triples)
    )
}

/// An address without what may be a password in it.
fn shown(endpoint: &str) -> String {
    match (endpoint.find("://"), endpoint.rfind('@')) {
        (Some(begin), Some(at)) if begin < at => format!("{}…{}", &endpoint[..begin + 3], &endpoint[at..]),
        _ => endpoint.to_owned(),
    }
}
