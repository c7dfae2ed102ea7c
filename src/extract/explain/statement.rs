//! The layers of a statement as labels and notes.

use super::{Label, Passage};
use crate::article::Article;
use crate::code_points::CodePoints;
use crate::entity::link::Link;
use crate::entity::{Entities, EntityId, Gender};
use crate::extract::reading::Reading;
use crate::extract::statement::{Actor, DateBasis, Named, Span, Statement, StatementDate};

/// Most steps of a chain of mentions.
const LONGEST_CHAIN: usize = 8;

/// One passage for each statement.
pub fn passages(article: &Article, reading: &Reading, statements: &[Statement]) -> Vec<Passage> {
    let points = CodePoints::new(&article.text);
    let layers = Layers { reading, statements };
    statements.iter().map(|s| layers.passage(s, &points)).collect()
}

struct Layers<'a> {
    reading: &'a Reading<'a>,
    statements: &'a [Statement],
}

impl Layers<'_> {
    fn passage(&self, statement: &Statement, points: &CodePoints) -> Passage {
        let extent = statement.extent();
        let title = format!(
            "{}, {}, {}, confidence {:.2} ({}–{})",
            statement.kind.name(),
            statement.polarity.name(),
            statement.frame.name(),
            statement.confidence,
            points.before(extent.start),
            points.before(extent.end)
        );
        let mut span = extent;
        let ends =
            |at: usize| self.reading.sentences.iter().map(|s| self.reading.span(s.range.clone())).find(|s| s.end > at);
        for at in [extent.start, extent.end - 1] {
            if let Some(sentence) = ends(at) {
                span = Span::new(span.start.min(sentence.start), span.end.max(sentence.end));
            }
        }
        let (labels, notes) = (self.labels(statement), self.notes(statement));
        Passage { at: extent.start, found: true, title, span, labels, notes }
    }

    fn labels(&self, statement: &Statement) -> Vec<Label> {
        let mut labels: Vec<Label> = Vec::new();
        for (n, span) in statement.spans.iter().enumerate() {
            let part =
                if statement.spans.len() > 1 { format!("content, part {}", n + 1) } else { "content".to_owned() };
            labels.push(Label { span: *span, text: part, main: true });
        }
        if let Some(cue) = &statement.cue {
            let sense = if cue.class.is_empty() { String::new() } else { format!(": {}, {}", cue.lemma, cue.class) };
            labels.push(Label::new(cue.span, format!("cue{sense}")));
        }
        let named =
            |what: &str, named: &Named| Some(Label::new(named.mention?, format!("{what}: {}", self.known(named))));
        for actor in statement.actors.iter().filter(|a| !statement.spans.contains(&a.mention)) {
            labels.push(Label::new(actor.mention, format!("speaker: {}", actor.name)));
        }
        labels.extend(statement.addressee.as_ref().and_then(|n| named("addressee", n)));
        labels.extend(statement.medium.as_ref().and_then(|n| named("medium", n)));
        labels.extend(statement.relayed_by.iter().filter_map(|n| named("relay", n)));
        labels.extend(statement.date.and_then(|d| Some(Label::new(d.mention?, format!("date: {}", days(&d))))));
        labels
    }

    fn notes(&self, statement: &Statement) -> Vec<(&'static str, String)> {
        let mut notes: Vec<(&'static str, String)> =
            statement.actors.iter().map(|a| ("speaker", self.chain(a))).collect();
        for link in statement.actors.iter().filter_map(|actor| actor.link.as_deref()).filter(|l| !l.evidence.is_empty())
        {
            notes.push(("link", self.link(link)));
        }
        for candidate in &statement.candidates {
            notes.push(("candidate", format!("{}, {:.2}", candidate.actor.name, candidate.share)));
        }
        for relay in &statement.relayed_by {
            notes.push(("relay", self.known(relay)));
        }
        if let Some(date) = &statement.date {
            let words = date.mention.map(|m| format!(" by “{}”", m.of(self.reading.text))).unwrap_or_default();
            let basis = match date.basis {
                DateBasis::Text => "as the text tells",
                DateBasis::Publication => "by the date of publication",
            };
            notes.push(("date", format!("{}, {basis}{words}", days(date))));
        }
        if !statement.about.is_empty() {
            let topics: Vec<String> = statement.about.iter().map(|t| self.known(t)).collect();
            notes.push(("topics", topics.join(", ")));
        }
        notes
    }

    /// "“elle” (feminine singular) → agrees with the last speaker → “la maire” → by name → Anne Roy".
    fn chain(&self, actor: &Actor) -> String {
        let text = self.reading.text;
        let mut chain = format!("“{}”{}", actor.mention.of(text), self.agreement(actor.mention));
        let mut current = actor;
        for _ in 0..LONGEST_CHAIN {
            chain.push_str(&format!(" → {}", current.by.step.name()));
            let Some(from) = current.by.from else { break };
            chain.push_str(&format!(" → “{}”{}", from.of(text), self.agreement(from)));
            let earlier = self
                .statements
                .iter()
                .flat_map(|s| &s.actors)
                .find(|a| a.mention == from && !std::ptr::eq(*a, current));
            match earlier {
                Some(earlier) if earlier.mention.start < current.mention.start => current = earlier,
                _ => break,
            }
        }
        let entity = actor.entity.and_then(|id| self.reading.entities.get(id).wikidata.as_deref());
        let item = entity.map(|item| format!(" {item}")).unwrap_or_default();
        let close = if actor.by.is_close() { format!(", margin {:.2}", actor.by.margin) } else { String::new() };
        format!("{chain} → {} ({}{item}{close})", actor.name, actor.kind.name())
    }

    /// "0.98 by name, Emmanuel Macron: bears its name: “Emmanuel Macron” (+4)".
    fn link(&self, link: &Link) -> String {
        let name = |id: EntityId| self.reading.entities.get(id).fr.to_string();
        let target = match link.entity {
            Some(id) => name(id),
            None => format!("nobody for “{}”", link.name),
        };
        let evidence: Vec<_> = link.evidence.iter().map(ToString::to_string).collect();
        let others: Vec<_> = link.candidates.iter().map(|(id, score)| format!("{} {score:.2}", name(*id))).collect();
        let others = if others.is_empty() { String::new() } else { format!("; not taken: {}", others.join(", ")) };
        format!("{:.2} by {}, {target}: {}{others}", link.score, link.method.as_str(), evidence.join(", "))
    }

    /// Gender and number of a pronoun.
    fn agreement(&self, mention: Span) -> String {
        let first = self.reading.tokens.at_or_after(mention.start);
        let phrase = self.reading.phrase_at(first, first + 1).filter(|p| p.pronoun);
        let Some(phrase) = phrase else { return String::new() };
        let gender = match phrase.gender {
            Some(Gender::Masculine) => "masculine ",
            Some(Gender::Feminine) => "feminine ",
            None => "",
        };
        format!(" ({gender}{})", if phrase.plural { "plural" } else { "singular" })
    }

    fn known(&self, named: &Named) -> String {
        known(named, self.reading.entities)
    }
}

/// A name with its Wikidata item.
fn known(named: &Named, entities: &Entities) -> String {
    match named.entity.and_then(|id| entities.get(id).wikidata.as_deref()) {
        Some(item) => format!("{} {item}", named.name),
        None => named.name.to_string(),
    }
}

fn days(date: &StatementDate) -> String {
    match (date.not_before, date.not_after) {
        (Some(first), Some(last)) if first == last => first.to_string(),
        (Some(first), Some(last)) => format!("{first} to {last}"),
        (None, Some(last)) => format!("until {last}"),
        (Some(first), None) => format!("from {first}"),
        (None, None) => "unknown".to_owned(),
    }
}
