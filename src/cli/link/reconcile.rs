//! `dixit link --reconcile`.

use crate::cli::service::{ServiceOptions, seconds};
use crate::cli::{Global, Outcome};
use anyhow::anyhow;
use clap::Args;
use clap::builder::NonEmptyStringValueParser;
use dixit::entity::reconcile::{Inquiry, Proposal, Reconciler};
use dixit::graph::vocabulary::WIKIDATA;
use dixit::graph::{Asked, Store, Unlinked};
use dixit::web::{Patience, ServiceError};
use std::collections::HashSet;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::time::Duration;

/// The types that persons and organisations have in Wikidata: human, organisation.
const PERSON: &str = "Q5";
const ORGANISATION: &str = "Q43229";

/// The language whose names are asked. Names of local actors are those of the articles.
const LANGUAGE: &str = "fr";

/// How many names are asked if nobody says how many.
const LIMIT: usize = 100;

/// A service is asked for proposals.
#[derive(Args)]
#[command(next_help_heading = "Proposals of a service")]
pub struct Reconcile {
    /// Ask the reconciliation service at this address for items, for example https://wikidata.reconci.link/fr/api
    ///
    /// Persons, organisations and outlets without an item are asked by name, the most quoted first, and what the service
    /// proposes is kept in the store. Nothing is linked before you accept it. A name that was asked once is not asked again.
    #[arg(long, value_name = "URL", value_parser = NonEmptyStringValueParser::new())]
    reconcile: Option<String>,
    /// Ask for items of this type alone [default: of Wikidata Q5 for persons and Q43229 for organisations, else any]
    #[arg(long = "type", value_name = "TYPE", requires = "reconcile", value_parser = NonEmptyStringValueParser::new())]
    class: Option<String>,
    /// Ask names again that were asked before
    #[arg(long, requires = "reconcile")]
    again: bool,
    /// How many seconds to wait between two requests; after each one that failed, twice as long
    #[arg(long, value_name = "SECONDS", requires = "reconcile", default_value = "1", value_parser = seconds)]
    pause: Duration,
    #[command(flatten)]
    service: ServiceOptions,
}

/// An actor, what is asked for it, and the type as the service calls it.
struct Case<'a> {
    actor: Unlinked,
    asked: Asked,
    class: Option<&'a str>,
}

/// What came of it, in numbers.
#[derive(Default)]
struct Tally {
    asked: usize,
    known: usize,
    proposed: usize,
    matched: usize,
    passed_over: usize,
}

impl Reconcile {
    /// Whether a service is to be asked.
    pub fn is_asked(&self) -> bool {
        self.reconcile.is_some()
    }

    /// Asks for so many names at most.
    pub fn run(&self, limit: Option<NonZeroUsize>, global: &Global) -> anyhow::Result<Outcome> {
        let address = self.reconcile.as_deref().unwrap_or_default();
        let limit = limit.map_or(LIMIT, NonZeroUsize::get);
        let store = Store::open_to_change(&global.store)?;
        let actors = store.unlinked_actors(LANGUAGE)?;
        let service = Reconciler::open(address, self.patience())
            .map_err(|error| anyhow!("{error}; nothing was asked, and the store is as it was"))?;
        let rejections = store.rejections()?;
        let is_rejected = |item: &str, name: &str| {
            let item = item.strip_prefix(WIKIDATA).map(|item| store.base().entity(item));
            item.is_some_and(|item| rejections.has(&item, name))
        };
        let mut tally = Tally::default();
        let cases = self.cases(actors, limit, &store, &service, &mut tally)?;
        for batch in cases.chunks(service.batch()) {
            let inquiries: Vec<_> =
                batch.iter().map(|case| Inquiry { name: &case.asked.name, class: case.class }).collect();
            let answers = service.ask(&inquiries).map_err(|error| broken_off(&error, &tally, cases.len()))?;
            let answered = batch.iter().zip(answers);
            tally.passed_over += answered.clone().filter(|(_, answer)| answer.is_none()).count();
            let answered: Vec<_> = answered.filter_map(|(case, answer)| Some((case, answer?))).collect();
            let kept: Vec<_> = answered.iter().map(|(case, answer)| (case.asked.clone(), answer.clone())).collect();
            store.keep_proposals(&kept)?;
            store.flush()?;
            for (case, answer) in &answered {
                tally.count(answer);
                // What somebody rejected is kept, but shown no more.
                let name = store.own_name(&case.actor.actor)?;
                let shown: Vec<_> = answer.iter().filter(|it| !is_rejected(&it.item, &name)).collect();
                tell(&case.actor, &shown)?;
            }
        }
        if !global.quiet {
            tally.tell(&service.manifest().name);
        }
        Ok(if tally.passed_over > 0 { Outcome::Partial } else { Outcome::Done })
    }

    fn patience(&self) -> Patience {
        Patience { pause: self.pause, ..self.service.patience() }
    }

    /// What is to be asked, the most quoted first; each name once.
    fn cases(
        &self,
        actors: Vec<Unlinked>,
        limit: usize,
        store: &Store,
        service: &Reconciler,
        tally: &mut Tally,
    ) -> anyhow::Result<Vec<Case<'_>>> {
        let manifest = service.manifest();
        let (mut cases, mut seen) = (Vec::new(), HashSet::new());
        for actor in actors {
            let class = match (&self.class, manifest.is_wikidata()) {
                (Some(class), _) => Some(class.as_str()),
                (None, true) => Some(if actor.is_person { PERSON } else { ORGANISATION }),
                (None, false) => None,
            };
            let asked = Asked {
                service: service.address().to_owned(),
                name: actor.name.clone(),
                class: class.and_then(|class| manifest.class(class)),
            };
            if !self.again && store.is_asked(&asked)? {
                tally.known += 1;
            } else if seen.insert((asked.name.clone(), class)) {
                cases.push(Case { actor, asked, class });
            }
            if cases.len() == limit {
                break;
            }
        }
        Ok(cases)
    }
}

/// The service failed: what was done, and how to go on.
fn broken_off(error: &ServiceError, tally: &Tally, names: usize) -> anyhow::Error {
    match tally.asked {
        0 => anyhow!("{error}; no name was answered, and the store is as it was"),
        done => anyhow!("{error}; {done} of {names} names were answered and are kept: the same command asks the rest"),
    }
}

/// An actor and what the service proposes, with what is to be typed to accept it.
fn tell(actor: &Unlinked, proposals: &[&Proposal]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let times = if actor.statements == 1 { "1 statement" } else { &format!("{} statements", actor.statements) };
    if proposals.is_empty() {
        return writeln!(out, "{} ({times}): no proposal", actor.name);
    }
    writeln!(out, "{} ({times})", actor.name)?;
    for proposal in proposals {
        let how = match proposal.item.strip_prefix(WIKIDATA) {
            Some(item) => format!("dixit link accept {} {item}", actor.actor.as_str()),
            None => proposal.item.clone(),
        };
        let description = proposal.description.as_ref().map(|words| format!(", {words}")).unwrap_or_default();
        let score = proposal.score.map(|score| format!("{score:.0}"));
        let sure = proposal.is_match.then(|| "match".to_owned());
        let signs: Vec<_> = score.into_iter().chain(sure).collect();
        let signs = if signs.is_empty() { String::new() } else { format!(" ({})", signs.join(", ")) };
        writeln!(out, "    {how}    {}{description}{signs}", proposal.name)?;
    }
    Ok(())
}

impl Tally {
    fn count(&mut self, proposals: &[Proposal]) {
        self.asked += 1;
        self.proposed += usize::from(!proposals.is_empty());
        self.matched += usize::from(proposals.iter().any(|proposal| proposal.is_match));
    }

    fn tell(&self, service: &str) {
        let Self { asked, known, proposed, matched, passed_over } = self;
        let silence = match passed_over {
            0 => String::new(),
            _ => format!("; passed over in silence: {passed_over}, which the same command asks again"),
        };
        let counts = format!("names asked: {asked}, with proposals: {proposed}, with a match: {matched}");
        eprintln!("{service}: {counts}; asked before: {known}{silence}");
    }
}
