//! `dixit link` alone: the actors that a person should look at.

use super::super::reading;
use super::candidates::Candidates;
use crate::cli::answer::{self, OutputFormat};
use crate::cli::{Global, Outcome, table};
use clap::{Args, ValueEnum};
use dixit::graph::vocabulary::{dixit as terms, schema};
use dixit::graph::{LinkState, NamedNode, Reviewed, Shares, Store, Way};
use dixit::query::{Answer, Cell, Form, Language};
use std::num::NonZeroUsize;

/// Which actors are listed, and how.
#[derive(Args)]
#[command(next_help_heading = "Listing")]
pub struct List {
    /// Those that are linked with no item
    #[arg(long)]
    unlinked: bool,
    /// Those of whom the program was not sure
    #[arg(long)]
    doubtful: bool,
    /// Those that are linked, each name on its own with score, method and evidence
    #[arg(long)]
    linked: bool,
    /// Only those that are this
    #[arg(long, value_enum, value_name = "KIND")]
    kind: Option<ListedKind>,
    #[command(flatten)]
    output: answer::Output,
}

/// What an actor may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ListedKind {
    Person,
    Organisation,
    Outlet,
    Authority,
}

/// So many actors fit a screen.
const ON_A_SCREEN: usize = 30;
/// So many candidates fit a cell.
const IN_A_CELL: usize = 3;

const COLUMNS: [&str; 12] = [
    "actor",
    "called",
    "kind",
    "state",
    "statements",
    "articles",
    "wikidata",
    "score",
    "method",
    "evidence",
    "candidates",
    "iri",
];
/// What tables leave out: when links are reviewed, and when they are sought.
const HIDDEN: [&[&str]; 2] = [&["kind", "state", "iri"], &["state", "method", "iri"]];
const SPARSE: [&str; 6] = ["called", "wikidata", "score", "method", "evidence", "candidates"];

impl List {
    /// Whether any of them was asked for by itself.
    pub fn is_chosen(&self) -> bool {
        self.unlinked || self.doubtful || self.linked || self.kind.is_some()
    }

    /// Lists so many of them, or as many as suit the format.
    pub fn run(&self, limit: Option<NonZeroUsize>, global: &Global) -> anyhow::Result<Outcome> {
        self.output.check(Form::Rows)?;
        let store = reading::open(&global.store)?;
        let (mut reviewed, shares) = store.review()?;
        reviewed.retain(|row| self.takes(row));
        let all = reviewed.len();
        let is_table = self.output.format == OutputFormat::Table;
        reviewed.truncate(limit.map_or(if is_table { ON_A_SCREEN } else { usize::MAX }, NonZeroUsize::get));
        let candidates = Candidates::open(&store, global.kb.as_deref())?;
        let rows = reviewed.iter().map(|row| self.row(row, &store, &candidates)).collect::<Result<Vec<_>, _>>()?;
        let shown = rows.len();
        let hidden = HIDDEN[usize::from(!self.linked)];
        let answer = Answer::of_rows(&COLUMNS, rows, hidden, &SPARSE, self.output.language())?;
        let title = match self.output.language() {
            Language::Fr => "Qui est relié à Wikidata, et qui ne l'est pas",
            Language::En => "Who is linked with Wikidata, and who is not",
        };
        self.output.print(answer.with_title(title), &store, table::Lines::Few, global)?;
        if !global.quiet {
            if shown < all {
                eprintln!("{shown} of {all}; --limit N lists more");
            }
            eprintln!("{}", summary(&shares));
        }
        Ok(Outcome::Done)
    }

    /// Whether it was asked for this one: if for nothing, for those that there is something to do about.
    fn takes(&self, row: &Reviewed) -> bool {
        let is_of_state = self.unlinked || self.doubtful || self.linked;
        let is_doubtful = row.state == LinkState::Doubtful;
        // Authorities of places have no item of their own.
        let is_unlinked =
            row.item.is_none() && (row.state != LinkState::Authority || self.kind == Some(ListedKind::Authority));
        let state = if is_of_state {
            self.unlinked && is_unlinked || self.doubtful && is_doubtful || self.linked && row.item.is_some()
        } else {
            is_unlinked || is_doubtful
        };
        state && self.kind.is_none_or(|kind| ListedKind::of(&row.classes) == Some(kind))
    }

    fn row(&self, row: &Reviewed, store: &Store, candidates: &Candidates<'_>) -> anyhow::Result<Vec<Cell>> {
        let label = store.name_of(&row.actor, self.output.language().tag())?;
        let kind = ListedKind::of(&row.classes);
        let Way { methods, evidence } = store.way(row)?;
        let joined = |words: Vec<String>| Cell::words(words.join("; "));
        let mut found: Vec<String> =
            candidates.of(row, &label, self.output.language())?.iter().map(ToString::to_string).collect();
        if self.output.format == OutputFormat::Table && found.len() > IN_A_CELL {
            found.truncate(IN_A_CELL);
            found.push("…".to_owned());
        }
        let called = row.names.iter().filter(|name| **name != label).cloned().collect();
        Ok(vec![
            Cell::words(label),
            joined(called),
            Cell::words(
                kind.and_then(|kind| Some(kind.to_possible_value()?.get_name().to_owned())).unwrap_or_default(),
            ),
            Cell::words(row.state.name()),
            Cell::Number(row.statements),
            Cell::Number(row.articles),
            Cell::words(row.item.clone().unwrap_or_default()),
            row.score.map_or(Cell::Nothing, Cell::Decimal),
            joined(methods.into_iter().collect()),
            joined(evidence.into_iter().collect()),
            joined(found),
            Cell::Iri(row.actor.clone()),
        ])
    }
}

impl ListedKind {
    /// By the classes that an actor has.
    pub fn of(classes: &[NamedNode]) -> Option<Self> {
        let table = [
            (schema::PERSON, Self::Person),
            (schema::NEWS_MEDIA_ORGANIZATION, Self::Outlet),
            (schema::ORGANIZATION, Self::Organisation),
            (terms::AUTHORITY, Self::Authority),
        ];
        table.into_iter().find(|(class, _)| classes.iter().any(|own| own == class)).map(|(_, kind)| kind)
    }
}

/// "93 statements: 61 with a linked actor (66 %), …".
fn summary(shares: &Shares) -> String {
    let all = shares.statements();
    let share = |number: usize, what: &str| {
        let percent = if all == 0 { 0.0 } else { 100.0 * number as f64 / all as f64 };
        format!("{number} {what} ({percent:.0} %)")
    };
    let parts = [
        share(shares.linked, "with a linked actor"),
        share(shares.authority, "of authorities"),
        share(shares.unlinked, "with an unlinked one"),
        share(shares.unnamed, "without a name"),
    ];
    let statements = if all == 1 { "statement" } else { "statements" };
    format!("{all} {statements}: {}", parts.join(", "))
}
