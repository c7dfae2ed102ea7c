//! The measures, and the counts that they are made of.

use super::content::ratio;
use super::name::Names;
use super::prediction::Found;
use super::sheet::{Comparison, Demanded};
use std::collections::BTreeMap;

/// A content is exact that shares nine tenths of its words.
const EXACT: f64 = 0.9;

/// A part of a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Share {
    /// How many of the whole.
    pub part: usize,
    /// How many there are.
    pub whole: usize,
}

impl Share {
    /// From 0 to 1; 0 where there is nothing.
    pub fn ratio(self) -> f64 {
        ratio(self.part, self.whole)
    }

    fn count(&mut self, part: bool) {
        self.whole += 1;
        self.part += usize::from(part);
    }
}

/// How many there were of everything that is measured.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// Statements that had to be found.
    pub gold: usize,
    /// Statements that were found and count.
    pub predicted: usize,
    /// Demanded statements that were found.
    pub hits: usize,
    /// Hits whose speaker is right.
    pub actors: usize,
    /// Hits with the exact words.
    pub exact: usize,
    /// Hits of the right kind.
    pub kinds: usize,
    /// Demanded statements of each kind that were found.
    pub by_kind: BTreeMap<String, Share>,
    /// Outlets of the demanded statements that were found as relays.
    pub relays: Share,
    /// Outlets that were found as relays of hits.
    pub relays_given: usize,
    /// Names in the contents of hits that were found as topics.
    pub about: Share,
    /// Hits whose speaker the entity table knows, and which have that item.
    pub links: Share,
    /// Those which have another.
    pub links_wrong: usize,
    /// Hits with a date that were found with it.
    pub dates: Share,
    /// Hits that were given a date.
    pub dates_given: usize,
}

impl Counts {
    /// Counts all articles.
    pub fn of(articles: &[Comparison], names: &Names) -> Self {
        let mut counts = Self::default();
        for article in articles {
            counts.predicted += article.counted().count();
            article.demanded().for_each(|demanded| counts.count(demanded, names));
        }
        counts
    }

    fn count(&mut self, demanded: Demanded, names: &Names) {
        let wanted = demanded.wanted;
        self.gold += 1;
        self.by_kind.entry(wanted.kind.clone()).or_default().count(demanded.found.is_some());
        self.relays.whole += wanted.relayed_by.len();
        let Some((found, overlap)) = demanded.found else { return };
        let known = |list: &[String], found: &[Found]| {
            list.iter().filter(|name| found.iter().any(|f| names.same(name, f))).count()
        };
        self.hits += 1;
        self.exact += usize::from(overlap >= EXACT);
        self.kinds += usize::from(wanted.kind == found.kind);
        self.actors += usize::from(speaker_right(&wanted.actors, &found.actors, names));
        self.relays.part += known(&wanted.relayed_by, &found.relayed_by);
        self.relays_given += found.relayed_by.len();
        self.about.part += known(&wanted.about, &found.about);
        self.about.whole += wanted.about.len();
        self.count_link(&wanted.actors, &found.actors, names);
        self.dates_given += usize::from(found.date.is_some());
        if let Some(date) = &wanted.date {
            self.dates.count(first_day(found.date.as_deref()) == Some(date));
        }
    }

    /// Places are left out: as speakers they stand for authorities with an item of their own.
    fn count_link(&mut self, wanted: &[String], found: &[Found], names: &Names) {
        let items = wanted.iter().filter_map(|name| names.item(name)).filter(|item| !names.is_place(item));
        let wanted: Vec<&str> = items.collect();
        if wanted.is_empty() {
            return;
        }
        let mut given = found.iter().filter_map(Found::item).peekable();
        let linked = given.peek().is_some();
        let right = given.any(|item| wanted.contains(&item));
        self.links.count(right);
        self.links_wrong += usize::from(linked && !right);
    }

    /// All measures, in the order in which they are shown.
    pub fn measures(&self) -> Vec<Measure> {
        let share = |name, title: &str, part, whole| {
            let share = Share { part, whole };
            Measure { name, title: title.to_owned(), value: share.ratio(), share: Some(share) }
        };
        let mean = |name, title: &str, right| {
            let (precision, recall) = (ratio(right, self.predicted), ratio(right, self.gold));
            Measure { name, title: title.to_owned(), value: f1(precision, recall), share: None }
        };
        let mut all = vec![
            share("precision".into(), "precision", self.hits, self.predicted),
            share("recall".into(), "recall", self.hits, self.gold),
            mean("f1".into(), "F1", self.hits),
            mean("who_said_what_f1".into(), "F1, speaker right", self.actors),
            share("actor_accuracy".into(), "speaker right", self.actors, self.hits),
            share("exact_span".into(), "words exact", self.exact, self.hits),
            share("kind_accuracy".into(), "kind right", self.kinds, self.hits),
        ];
        for (kind, found) in &self.by_kind {
            all.push(share(format!("recall_{kind}"), &format!("recall, {kind}"), found.part, found.whole));
        }
        all.extend([
            share("relay_recall".into(), "relay recall", self.relays.part, self.relays.whole),
            share("relay_precision".into(), "relay precision", self.relays.part, self.relays_given),
            share("about_recall".into(), "topic recall", self.about.part, self.about.whole),
            share("link_recall".into(), "item right", self.links.part, self.links.whole),
            share("link_wrong".into(), "item wrong", self.links_wrong, self.links.whole),
            share("date_recall".into(), "date recall", self.dates.part, self.dates.whole),
            share("date_precision".into(), "date precision", self.dates.part, self.dates_given),
        ]);
        all
    }

    /// The measure of this name.
    pub fn measure(&self, name: &str) -> Option<f64> {
        self.measures().into_iter().find(|measure| measure.name == name).map(|measure| measure.value)
    }
}

/// One figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// Its name in JSON.
    pub name: String,
    /// Its name for people.
    pub title: String,
    /// From 0 to 1.
    pub value: f64,
    /// What it counts, unless it is a mean of others.
    pub share: Option<Share>,
}

/// Whether one of the wanted speakers is one of those found.
pub fn speaker_right(wanted: &[String], found: &[Found], names: &Names) -> bool {
    wanted.iter().any(|name| found.iter().any(|actor| names.same(name, actor)))
}

/// The first day of a day or an interval.
pub(super) fn first_day(date: Option<&str>) -> Option<&str> {
    date.map(|date| date.get(..10).unwrap_or(date))
}

/// The harmonic mean of precision and recall.
fn f1(precision: f64, recall: f64) -> f64 {
    if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
}
