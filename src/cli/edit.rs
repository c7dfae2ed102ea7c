//! `dixit edit`.

use super::curation::{Signed, resolve, tell};
use super::{Global, Outcome};
use anyhow::{anyhow, bail};
use clap::builder::NonEmptyStringValueParser;
use clap::{ArgGroup, Args, ValueEnum};
use dixit::date::Interval;
use dixit::entity::Entities;
use dixit::extract::{ActorKind, Kind};
use dixit::graph::Store;
use dixit::graph::curation::{Amendment, Signature, Who};
use dixit::query::names::NameError;

/// Correct a statement: who spoke, when, in what way, or that nobody said so
///
/// The correction is kept with your name and the time, and is done again when the article is added again, whatever
/// changed around the words of the statement. Its ID is printed: `dixit undo ID` takes it back.
#[derive(Args)]
#[command(
    group(ArgGroup::new("change").required(true).multiple(true).args(["actor", "date", "kind", "reject"])),
    after_help = "Examples:\n  dixit edit 0123456789/12-80 --actor \"Dmitri Peskov\" --date 2021-04\n  dixit edit 0123456789/12-80 --actor \"Maëlle Kervadec\" --new person\n  dixit edit 0123456789/12-80 --reject --note \"a slogan\""
)]
pub struct Edit {
    /// The statement: its IRI, or its article and its place there (0123456789/12-80), as `dixit show` prints it
    statement: String,
    /// Who spoke: a name, a Wikidata item or an IRI. May be given several times
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    actor: Vec<String>,
    /// What the actor is, if nobody is known by that name
    #[arg(long, value_enum, value_name = "KIND", requires = "actor")]
    new: Option<NewActor>,
    /// When it was said: a day, month or year, or two of them (2022-03..2022-05, ..2022-05)
    #[arg(long, value_name = "DATE")]
    date: Option<Interval>,
    /// How the words are given
    #[arg(long, value_enum)]
    kind: Option<NewKind>,
    /// Nobody said so: take the statement out
    #[arg(long, conflicts_with_all = ["actor", "date", "kind"])]
    reject: bool,
    /// Why, in a few words
    #[arg(long, value_name = "WORDS", value_parser = NonEmptyStringValueParser::new())]
    note: Option<String>,
    #[command(flatten)]
    signed: Signed,
}

/// The names of [`ActorKind`].
#[derive(Clone, Copy, ValueEnum)]
enum NewActor {
    Person,
    Organisation,
    Outlet,
    Authority,
    /// A source without a name, of this article alone
    Unnamed,
    /// A document of this article alone
    Document,
}

/// The names of [`Kind`].
#[derive(Clone, Copy, ValueEnum)]
enum NewKind {
    Direct,
    Indirect,
    Mixed,
}

impl Edit {
    pub fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        let by = self.signed.name()?;
        let store = Store::open_to_change(&global.store)?;
        let statement = store.find_statement(&self.statement)?;
        let actors = self.actor.iter().map(|name| self.who(&store, name)).collect::<Result<Vec<_>, _>>()?;
        let change = Amendment {
            actors: Vec::new(),
            date: self.date,
            kind: self.kind.map(NewKind::of_library),
            rejected: self.reject,
        };
        let signature = Signature { by: &by, note: self.note.as_deref() };
        for deed in store.correct(&statement, &actors, change, signature, Entities::embedded())? {
            tell(&store, &deed, global)?;
            println!("{}", deed.id);
        }
        store.flush()?;
        Ok(Outcome::Done)
    }

    fn who(&self, store: &Store, name: &str) -> anyhow::Result<Who> {
        let kinds = NewActor::value_variants().iter().filter_map(ValueEnum::to_possible_value);
        let kinds = || kinds.map(|kind| kind.get_name().to_owned()).collect::<Vec<_>>().join("|");
        match (resolve(store, name), self.new) {
            (Ok(found), None) => Ok(Who::Known(found.iri)),
            (Ok(found), Some(_)) => bail!("{found} is known by the name `{name}`: leave --new out"),
            (Err(NameError::Unknown { .. }), Some(kind)) => {
                Ok(Who::New { name: name.trim().to_owned(), kind: kind.of_library() })
            }
            (Err(error @ NameError::Unknown { .. }), None) => {
                Err(anyhow!("{error} (--new {} makes it known)", kinds()))
            }
            (Err(error), _) => Err(error.into()),
        }
    }
}

impl NewActor {
    fn of_library(self) -> ActorKind {
        match self {
            Self::Person => ActorKind::Person,
            Self::Organisation => ActorKind::Organisation,
            Self::Outlet => ActorKind::Outlet,
            Self::Authority => ActorKind::Authority,
            Self::Unnamed => ActorKind::Unnamed,
            Self::Document => ActorKind::Document,
        }
    }
}

impl NewKind {
    fn of_library(self) -> Kind {
        match self {
            Self::Direct => Kind::Direct,
            Self::Indirect => Kind::Indirect,
            Self::Mixed => Kind::Mixed,
        }
    }
}
