//! The options that choose statements.

use clap::{Args, ValueEnum};
use dixit::date::PartialDate;
use dixit::extract::Kind as StatementKind;
use dixit::graph::{Choice as Chosen, Store};
use dixit::query::names::Names;
use dixit::query::{Error as QueryError, KnownEntities, Language, ParameterError};

/// Which statements are chosen. Of an option that is given several times one value must fit.
#[derive(Args)]
#[command(next_help_heading = "Only some statements, with all that belongs to them")]
pub struct Choice {
    /// About this topic or a narrower one: a name, a Wikidata item or an IRI
    #[arg(long, value_name = "NAME")]
    about: Vec<String>,
    /// Of this actor or those who belong to it
    #[arg(long, value_name = "NAME")]
    actor: Vec<String>,
    /// In articles of this outlet
    #[arg(long, value_name = "NAME")]
    outlet: Vec<String>,
    /// Said on this day, month or year, or later
    #[arg(long, value_name = "DATE")]
    since: Option<PartialDate>,
    /// Said on this day, month or year, or before
    #[arg(long, value_name = "DATE")]
    until: Option<PartialDate>,
    /// Of this kind
    #[arg(long, value_enum)]
    kind: Vec<Kind>,
    /// With this confidence or more, from 0 to 1
    #[arg(long, value_name = "X", value_parser = super::confidence::parse)]
    min_confidence: Option<f64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    Direct,
    Indirect,
    Mixed,
}

impl Choice {
    /// The choice with the entities of a store in the place of names.
    pub fn resolve(&self, store: &Store) -> anyhow::Result<Chosen> {
        if let (Some(since), Some(until)) = (self.since, self.until)
            && since.first_day() > until.last_day()
        {
            let order = ParameterError::Order { since: since.to_string(), until: until.to_string() };
            return Err(QueryError::from(order).into());
        }
        let table = KnownEntities::new(store.base());
        let names = Names::new(store.query_store(), &table, Language::En);
        let mut chosen = Chosen {
            since: self.since.map(PartialDate::first_day),
            until: self.until.map(PartialDate::last_day),
            kinds: self.kind.iter().map(|kind| kind.of_statements()).collect(),
            min_confidence: self.min_confidence,
            ..Chosen::default()
        };
        let lists =
            [(&self.about, &mut chosen.about), (&self.actor, &mut chosen.actors), (&self.outlet, &mut chosen.outlets)];
        for (words, entities) in lists {
            for name in words {
                entities.push(names.resolve(name).map_err(QueryError::from)?.iri);
            }
        }
        Ok(chosen)
    }
}

impl Kind {
    fn of_statements(self) -> StatementKind {
        match self {
            Self::Direct => StatementKind::Direct,
            Self::Indirect => StatementKind::Indirect,
            Self::Mixed => StatementKind::Mixed,
        }
    }
}
