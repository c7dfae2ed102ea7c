//! What was wrong, one by one.

use super::measure::{first_day, speaker_right};
use super::name::Names;
use super::prediction::Found;
use super::sheet::{Comparison, Verdict};
use serde::Serialize;

/// The sorts of mistakes, in the order in which they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fault {
    /// A demanded statement was not found.
    Missed,
    /// A found statement is none of the gold.
    Surplus,
    /// The statement was found with another speaker.
    Speaker,
    /// The relaying outlets are not those of the gold.
    Relay,
    /// The date is not that of the gold.
    Date,
}

impl Fault {
    /// All of them, in order.
    pub const ALL: [Self; 5] = [Self::Missed, Self::Surplus, Self::Speaker, Self::Relay, Self::Date];

    /// A heading for those of this sort.
    pub fn title(self) -> &'static str {
        match self {
            Self::Missed => "missed",
            Self::Surplus => "surplus",
            Self::Speaker => "wrong speaker",
            Self::Relay => "wrong relay",
            Self::Date => "wrong date",
        }
    }
}

/// One mistake.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Mistake {
    /// Its sort.
    pub fault: Fault,
    /// Name of the article.
    pub article: String,
    /// Where the content starts, in code points.
    pub start: usize,
    /// `direct`, `indirect` or `mixed`.
    pub kind: String,
    /// What the gold says: the speakers, outlets or date.
    pub wanted: Vec<String>,
    /// What was found.
    pub found: Vec<String>,
    /// The words of the content.
    pub text: String,
}

/// All mistakes in an article: first those about the gold's statements in their order, then what is surplus.
pub fn mistakes(article: &Comparison, names: &Names) -> Vec<Mistake> {
    let mut all = Vec::new();
    for demanded in article.demanded() {
        let wanted = demanded.wanted;
        let mut add = |fault, wants: &[String], found: Vec<String>| {
            all.push(Mistake {
                fault,
                article: article.gold.name.clone(),
                start: wanted.spans[0].0,
                kind: wanted.kind.clone(),
                wanted: wants.to_vec(),
                found,
                text: wanted.text.clone(),
            });
        };
        let Some((found, _)) = demanded.found else {
            add(Fault::Missed, &wanted.actors, Vec::new());
            continue;
        };
        if !speaker_right(&wanted.actors, &found.actors, names) {
            add(Fault::Speaker, &wanted.actors, named(&found.actors));
        }
        if !same_relays(&wanted.relayed_by, &found.relayed_by, names) {
            add(Fault::Relay, &wanted.relayed_by, named(&found.relayed_by));
        }
        if wanted.date.as_deref() != first_day(found.date.as_deref()) {
            add(Fault::Date, wanted.date.as_slice(), found.date.iter().cloned().collect());
        }
    }
    let surplus = article.found.iter().zip(&article.verdicts).filter(|(_, verdict)| **verdict == Verdict::Surplus);
    all.extend(surplus.map(|(found, _)| Mistake {
        fault: Fault::Surplus,
        article: article.gold.name.clone(),
        start: found.spans[0].0,
        kind: found.kind.clone(),
        wanted: Vec::new(),
        found: named(&found.actors),
        text: found.text.clone(),
    }));
    all
}

/// The names, with the items that decided where there are any.
fn named(found: &[Found]) -> Vec<String> {
    let named = |f: &Found| f.item().map_or_else(|| f.name.clone(), |item| format!("{} ({item})", f.name));
    found.iter().map(named).collect()
}

/// Whether each wanted outlet was found and each found one wanted.
fn same_relays(wanted: &[String], found: &[Found], names: &Names) -> bool {
    wanted.iter().all(|name| found.iter().any(|f| names.same(name, f)))
        && found.iter().all(|f| wanted.iter().any(|name| names.same(name, f)))
}
