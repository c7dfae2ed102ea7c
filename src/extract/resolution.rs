//! How the words that name a source led to the actor.

use super::statement::Actor;
use crate::span::Span;

/// One step from a mention to an actor.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Resolution {
    /// Why the mention means this actor.
    pub step: Step,
    /// The earlier mention that it rests on, for a pronoun or a describing noun.
    pub from: Option<Span>,
    /// How far the actor stands before the next best, as a difference of shares: 1 without a rival, 0 for a tie.
    pub margin: f32,
}

impl Resolution {
    /// Whether somebody else is nearly as likely.
    pub fn is_close(self) -> bool {
        self.margin < CLOSE
    }
}

/// Under this margin both candidates are kept.
const CLOSE: f32 = 0.35;

/// Why a mention means its actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// The mention bears a name of the actor.
    Name,
    /// The mention is a surname or given name of somebody whom the article names in full.
    Surname,
    /// The mention is the acronym that the article gives to the actor.
    Acronym,
    /// The name of a place stands for its authorities.
    Place,
    /// The actor held the office on the day of the article.
    Office,
    /// The article gives the actor that role or noun.
    Role,
    /// The actor made the document that the mention names.
    Author,
    /// Agrees with the mention, and spoke last.
    LastSpeaker,
    /// Agrees with the mention, and is named nearest before it.
    NamedBefore,
    /// Agrees with the mention, and is the subject of the sentence or of one shortly before it.
    Subject,
    /// The last one named ("ce dernier", "celui-ci").
    Latter,
    /// By the order of naming ("le premier", "la seconde").
    Ordinal,
    /// Several that are named together ("les deux officiers", "le couple").
    Group,
    /// The article names the actor only afterwards.
    NamedLater,
    /// A quotation without reporting words goes on with the last speaker.
    GoesOn,
    /// The article does not say who it is: the words stand for themselves.
    Unnamed,
}

impl Step {
    /// Why, in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "by name",
            Self::Surname => "by a part of the name",
            Self::Acronym => "by the acronym",
            Self::Place => "place that stands for its authorities",
            Self::Office => "office holder on the day",
            Self::Role => "named elsewhere with this role",
            Self::Author => "author of the document",
            Self::LastSpeaker => "agrees with the last speaker",
            Self::NamedBefore => "agrees with somebody named before",
            Self::Subject => "agrees with the subject before",
            Self::Latter => "the last one named",
            Self::Ordinal => "by the order of naming",
            Self::Group => "named together",
            Self::NamedLater => "named afterwards",
            Self::GoesOn => "the last speaker goes on",
            Self::Unnamed => "no name in the article",
        }
    }

    /// A resolution by this step alone.
    pub fn alone(self) -> Resolution {
        Resolution { step: self, from: None, margin: 1.0 }
    }

    /// A resolution by this step that rests on the mention `from`.
    pub fn after(self, from: Span) -> Resolution {
        Resolution { step: self, from: Some(from), margin: 1.0 }
    }
}

/// Somebody whom the words of a source may mean.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Who.
    pub actor: Actor,
    /// How likely beside the others, from 0 to 1; the shares of all that were weighed sum to 1.
    pub share: f32,
}

/// Whom the words of a source mean.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// The actors; empty if a pronoun leads to nobody.
    pub actors: Vec<Actor>,
    /// The likely ones, best first, where more than one is; else empty.
    pub candidates: Vec<Candidate>,
}

impl Answer {
    /// One actor without a rival.
    pub fn one(actor: Actor) -> Self {
        Self { actors: vec![actor], candidates: Vec::new() }
    }

    /// The best of some offers, each with its cost (a distance in sentences and penalties).
    pub fn best(mut offers: Vec<(f32, Vec<Actor>)>) -> Option<Self> {
        offers.sort_by(|a, b| a.0.total_cmp(&b.0));
        // Whoever is offered again is no rival: the others move up.
        let mut count = 0;
        for k in 0..offers.len() {
            if !offers[..count].iter().any(|(_, other)| same(other, &offers[k].1)) {
                offers.swap(count, k);
                count += 1;
            }
        }
        offers.truncate(count);
        let mut distinct = offers;
        let least = distinct.first()?.0;
        let weight = |cost: f32| (least - cost).exp();
        let total: f32 = distinct.iter().map(|(cost, _)| weight(*cost)).sum();
        let second = distinct.get(1).map_or(0.0, |(cost, _)| weight(*cost));
        let margin = (1.0 - second) / total;
        let candidates = if margin < CLOSE {
            let single = distinct.iter().filter(|(_, actors)| actors.len() == 1).take(3);
            single.map(|(cost, actors)| Candidate { actor: actors[0].clone(), share: weight(*cost) / total }).collect()
        } else {
            Vec::new()
        };
        let actors =
            distinct.swap_remove(0).1.into_iter().map(|a| Actor { by: Resolution { margin, ..a.by }, ..a }).collect();
        Some(Self { actors, candidates })
    }
}

fn same(one: &[Actor], other: &[Actor]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(a, b)| a.name == b.name)
}

#[cfg(test)]
#[path = "resolution_tests.rs"]
mod tests;
