//! Why an answer is empty: of whom and of what the store knows nothing, and what there would be with less asked for.

use super::answer::{Means, run_with};
use super::bind::{self, Bindings};
use super::limit::TimeLimit;
use super::names::{Names, NoTable, Role};
use super::parameter::{Kind, Need};
use super::prepare::{Asked, Given, Prepared};
use super::sparql;
use crate::language::is_extracted;
use oxigraph::model::Term;
use oxigraph::sparql::QueryResults;
use oxigraph::store::Store;
use spargebra::term::GroundTerm;
use std::time::{Duration, Instant};

/// The longest that one question to the store may take, and all of them together.
const ONE: Duration = Duration::from_secs(2);
const ALL: Duration = Duration::from_secs(4);

/// What statements of an actor are: also those of whoever belongs to it, two steps down.
const OF_ACTOR: &str = "?above (skos:broader|dixit:authorityOf)? ?value . ?named (skos:broader|dixit:authorityOf)? ?above . \
                        ?statement dixit:actor|dixit:metonym ?named .";
const ABOUT: &str = "?statement schema:about ?value .";
const PUBLISHED: &str = "?statement schema:isPartOf/schema:publisher ?value .";

/// How statements have to do with the value of a parameter: its name, or else its part; the triples; what is said when there
/// are none.
const BONDS: [(Option<&str>, Role, &str, &str); 5] = [
    (Some("through"), Role::Outlet, "?statement dixit:relayedBy ?value .", "came through"),
    (Some("to"), Role::Any, "?statement dixit:addressee ?value .", "is told to have been said to"),
    (None, Role::Actor, OF_ACTOR, "is by"),
    (None, Role::Topic, ABOUT, "is about"),
    (None, Role::Outlet, PUBLISHED, "was published by"),
];

/// Why the saved query that was asked may have no rows: a line each, the likeliest first. Every question to the store that
/// this takes is small, and one that takes as long as the query might, or two seconds, is let be.
pub fn why_empty(store: &Store, prepared: &Prepared, patience: Duration) -> Vec<String> {
    let Some(asked) = &prepared.asked else { return Vec::new() };
    let teacher =
        Teacher { store, prepared, asked, patience: patience.min(ONE), end: Instant::now() + patience.min(ALL) };
    if teacher.has("?statement a dixit:ReportedStatement", None) == Some(false) {
        return vec!["the store has no statements: `dixit add` makes them from articles".to_owned()];
    }
    let mut reasons = teacher.missing();
    if reasons.is_empty() {
        reasons = teacher.narrowed();
    }
    reasons.extend(teacher.unread());
    reasons
}

struct Teacher<'a> {
    store: &'a Store,
    prepared: &'a Prepared,
    asked: &'a Asked,
    patience: Duration,
    end: Instant,
}

impl Teacher<'_> {
    /// The values of which the store has nothing in the part that they play.
    fn missing(&self) -> Vec<String> {
        let mut reasons = Vec::new();
        for given in &self.asked.given {
            let Some((_, _, triples, verb)) = bond(given) else { continue };
            let values = self.asked.bindings.get(&given.name).into_iter().flatten();
            // Of several any would do.
            if values.clone().any(|value| self.has(triples, Some(value)) != Some(false)) {
                continue;
            }
            let named = &given.shown;
            let mut reason = format!("no statement in the store {verb} {named}");
            let elsewhere = [(ABOUT, "about", "topic"), (OF_ACTOR, "by", "who")];
            let found = elsewhere.iter().find(|(other, ..)| {
                *other != *triples && values.clone().any(|value| self.has(other, Some(value)) == Some(true))
            });
            if let Some((_, some, name)) = found {
                let plain = plain(named);
                reason.push_str(&format!("; there are some {some} {plain} ({name}={plain})"));
            } else if let Some(role) = given.kind.role() {
                let names = Names::new(self.store, &NoTable, self.prepared.language);
                let plain = plain(named);
                let nearest = names.nearest(plain, role).unwrap_or_default();
                let others: Vec<_> = nearest.into_iter().filter(|name| name != plain).take(3).collect();
                if !others.is_empty() {
                    reason.push_str(&format!("; the nearest names that it has: {}", others.join(", ")));
                }
            }
            reasons.push(reason);
        }
        reasons
    }

    /// What there would be without one of the parameters that may be left out, or without all of these.
    fn narrowed(&self) -> Vec<String> {
        // A service is not asked twice, and words are not searched again.
        if self.asked.sparql.contains("SERVICE") {
            return Vec::new();
        }
        let may_be_left_out = |given: &&Given| given.need == Need::Optional;
        let optional: Vec<&Given> = self.asked.given.iter().filter(may_be_left_out).collect();
        let mut reasons = Vec::new();
        for given in &optional {
            let Some(Others { rows, days }) = self.without(&[given]) else { continue };
            let mut reason = format!("without {} there would be {rows}", said(given));
            if [Kind::Interval, Kind::FirstDay, Kind::LastDay].contains(&given.kind)
                && let Some((first, last)) = days
            {
                let when = if first == last { format!("on {first}") } else { format!("from {first} to {last}") };
                reason.push_str(&format!(", {when}"));
            }
            reasons.push(reason);
        }
        if reasons.is_empty() && optional.len() > 1 {
            let all: Vec<_> = optional.iter().map(|given| said(given)).collect();
            let others = self.without(&optional);
            reasons
                .extend(others.map(|others| format!("without {} there would be {}", all.join(" and "), others.rows)));
        }
        let bound: Vec<&Given> = self.asked.given.iter().filter(|given| bond(given).is_some()).collect();
        if reasons.is_empty() && bound.len() > 1 {
            let names: Vec<_> = bound.iter().map(|given| said(given)).collect();
            reasons.push(format!("there are statements for each of {}, and none for all of them", names.join(" and ")));
        }
        reasons
    }

    /// Articles whose language is not extracted.
    fn unread(&self) -> Option<String> {
        let counts =
            "SELECT ?tag (COUNT(DISTINCT ?article) AS ?articles) { ?article schema:inLanguage ?tag } GROUP BY ?tag";
        let unread: Vec<String> = self
            .rows(counts, &Bindings::new())?
            .into_iter()
            .filter_map(|row| match <[Option<Term>; 2]>::try_from(row).ok()? {
                [Some(Term::Literal(tag)), Some(Term::Literal(count))] if !is_extracted(tag.value()) => {
                    Some(format!("{} in `{}`", count.value(), tag.value()))
                }
                _ => None,
            })
            .collect();
        let list = unread.join(", ");
        (!unread.is_empty())
            .then(|| format!("statements are extracted from French and English only; other articles: {list}"))
    }

    /// The rows that the query has without these parameters, if there are any.
    fn without(&self, left_out: &[&Given]) -> Option<Others> {
        let mut bindings = self.asked.bindings.clone();
        for given in left_out {
            bindings.remove(&given.name);
            given.sets.iter().for_each(|name| drop(bindings.remove(name)));
        }
        let Found { columns, rows } = self.find(&self.asked.sparql, &bindings)?;
        let are_all = self.asked.limit.is_none_or(|limit| limit.stated != rows.len());
        let told = match rows.len() {
            0 => return None,
            1 => "1 row".to_owned(),
            count if are_all => format!("{count} rows"),
            count => format!("{count} rows or more"),
        };
        let column = columns.iter().position(|name| DAYS.contains(&name.as_str()));
        let day = |row: &Vec<Option<Term>>| match row.get(column?)? {
            Some(Term::Literal(day)) => Some(day.value().to_owned()),
            _ => None,
        };
        let dated: Vec<String> = rows.iter().filter_map(day).collect();
        let days = match are_all {
            true => dated.iter().min().cloned().zip(dated.iter().max().cloned()),
            false => self.days(),
        };
        Some(Others { rows: told, days })
    }

    /// The first and the last day of the statements that have to do with all values.
    fn days(&self) -> Option<(String, String)> {
        let (mut pattern, mut bindings) = (String::new(), Bindings::new());
        for (place, given) in self.asked.given.iter().enumerate() {
            let Some((_, _, triples, _)) = bond(given) else { continue };
            // Of a list the first stands for all: it is an example of what there is.
            let value = self.asked.bindings.get(&given.name)?.first()?.clone();
            pattern.push_str(&numbered(triples, place));
            bindings.insert(format!("value{place}"), vec![value]);
        }
        let query = format!(
            "SELECT (MIN(?from) AS ?first) (MAX(?date) AS ?last) {{ {pattern} ?statement dixit:saidNotAfter ?date . \
             OPTIONAL {{ ?statement dixit:saidNotBefore ?began }} BIND(COALESCE(?began, ?date) AS ?from) }}"
        );
        let row = self.rows(&query, &bindings)?.into_iter().next()?;
        match <[Option<Term>; 2]>::try_from(row).ok()? {
            [Some(Term::Literal(first)), Some(Term::Literal(last))] => {
                Some((first.value().to_owned(), last.value().to_owned()))
            }
            _ => None,
        }
    }

    /// Whether there is something of this pattern, if that can be told in time.
    fn has(&self, pattern: &str, value: Option<&GroundTerm>) -> Option<bool> {
        let bindings = value.map(|value| ("value".to_owned(), vec![value.clone()])).into_iter().collect();
        Some(!self.rows(&format!("SELECT ?statement {{ {pattern} }} LIMIT 1"), &bindings)?.is_empty())
    }

    fn rows(&self, text: &str, bindings: &Bindings) -> Option<Vec<Vec<Option<Term>>>> {
        self.find(text, bindings).map(|found| found.rows)
    }

    /// What a query gives, if it comes in time.
    fn find(&self, text: &str, bindings: &Bindings) -> Option<Found> {
        let left = self.end.checked_duration_since(Instant::now())?;
        let query = bind::bind(sparql::parse(text).ok()?, bindings, None).ok()?;
        let prepared = Prepared { query, ..self.prepared.clone() };
        let means = Means { limit: Some(TimeLimit::new(left.min(self.patience))), ..Means::default() };
        let QueryResults::Solutions(solutions) = run_with(self.store, prepared, &means).ok()?.results else {
            return None;
        };
        let columns = solutions.variables().iter().map(|variable| variable.as_str().to_owned()).collect();
        let rows = solutions.map(|row| row.map(|row| row.values().to_vec())).collect::<Result<_, _>>().ok()?;
        Some(Found { columns, rows })
    }
}

/// What a query gives.
struct Found {
    columns: Vec<String>,
    rows: Vec<Vec<Option<Term>>>,
}

/// What there would be with less asked for.
struct Others {
    /// "3 rows"
    rows: String,
    /// The first and the last day, where they are known.
    days: Option<(String, String)>,
}

/// The columns that tell a day.
const DAYS: [&str; 2] = ["date", "published"];

/// A parameter as it is written.
fn said(given: &Given) -> String {
    format!("{}={}", given.name, plain(&given.shown))
}

/// A name without its item.
fn plain(shown: &str) -> &str {
    shown.rsplit_once(" (Q").map_or(shown, |(name, _)| name)
}

/// How statements have to do with the value of a parameter.
fn bond(given: &Given) -> Option<&'static (Option<&'static str>, Role, &'static str, &'static str)> {
    let by_name = BONDS.iter().find(|(name, ..)| *name == Some(given.name.as_str()));
    by_name.or_else(|| BONDS.iter().find(|(name, role, ..)| name.is_none() && given.kind.role() == Some(*role)))
}

/// The triples with variables of their own but for the statement.
fn numbered(triples: &str, place: usize) -> String {
    ["value", "above", "named"]
        .iter()
        .fold(triples.to_owned(), |triples, name| triples.replace(&format!("?{name}"), &format!("?{name}{place}")))
}
