//! A statement as `dixit extract --format jsonl` prints it: one JSON object a line.
//!
//! Offsets are Unicode code points in the article's text as it was read (without a byte-order mark), so that
//! programs in any language can follow them; inside dixit they are bytes.

use super::{DateBasis, Named, Span, Statement};
use crate::article::Article;
use crate::code_points::CodePoints;
use crate::entity::{Entities, EntityId};
use serde::Serialize;

/// One line of the output.
#[derive(Debug, Serialize)]
pub struct Record {
    pub(crate) article: String,
    pub(crate) kind: &'static str,
    pub(crate) text: String,
    pub(crate) spans: Vec<Offsets>,
    pub(crate) actors: Vec<ActorRecord>,
    /// Whom the words may mean, where more than one is likely.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) candidates: Vec<CandidateRecord>,
    pub(crate) cue: Option<CueRecord>,
    pub(crate) relayed_by: Vec<NamedRecord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) addressee: Option<MentionRecord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) medium: Option<MentionRecord>,
    pub(crate) about: Vec<NamedRecord>,
    pub(crate) date: Option<DateRecord>,
    pub(crate) polarity: &'static str,
    pub(crate) language: String,
    pub(crate) outlet: Option<NamedRecord>,
    pub(crate) published: Option<String>,
    pub(crate) confidence: f32,
}

#[derive(Debug, Serialize)]
pub(crate) struct Offsets {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

#[derive(Debug, Serialize)]
pub(crate) struct ActorRecord {
    pub(crate) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) wikidata: Option<String>,
    pub(crate) kind: &'static str,
    pub(crate) mention: String,
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// The place whose name stands for the actor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) metonym: Option<NamedRecord>,
    /// How sure the entity is, or whom the name may mean if none is sure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) link: Option<LinkRecord>,
}

#[derive(Debug, Serialize)]
pub(crate) struct LinkRecord {
    pub(crate) method: &'static str,
    pub(crate) score: f32,
    pub(crate) evidence: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) candidates: Vec<CandidateRecord>,
}

#[derive(Debug, Serialize)]
pub(crate) struct CandidateRecord {
    pub(crate) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) wikidata: Option<String>,
    pub(crate) share: f32,
}

#[derive(Debug, Serialize)]
pub(crate) struct CueRecord {
    pub(crate) text: String,
    pub(crate) lemma: String,
    pub(crate) class: &'static str,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

#[derive(Debug, Serialize)]
pub(crate) struct NamedRecord {
    pub(crate) name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) wikidata: Option<String>,
}

/// Something that the text names at one place.
#[derive(Debug, Serialize)]
pub(crate) struct MentionRecord {
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    wikidata: Option<String>,
    start: usize,
    end: usize,
}

#[derive(Debug, Serialize)]
pub(crate) struct DateRecord {
    pub(crate) value: String,
    pub(crate) precision: &'static str,
}

/// The records of an article's statements.
pub fn records<'a>(
    article: &'a Article,
    statements: &'a [Statement],
    entities: &'a Entities,
) -> impl Iterator<Item = Record> + 'a {
    let points = CodePoints::new(&article.text);
    let wikidata = move |id: Option<EntityId>| id.and_then(|id| entities.get(id).wikidata.clone());
    let named = move |n: &Named| NamedRecord { name: n.name.to_string(), wikidata: wikidata(n.entity) };
    let offsets = move |span: Span| Offsets { start: points.before(span.start), end: points.before(span.end) };
    let outlet = article.outlet.as_ref().map(|name| {
        let id = article.url.as_deref().and_then(|url| entities.outlet(url)).or_else(|| entities.outlet(name));
        NamedRecord { name: name.clone(), wikidata: wikidata(id) }
    });
    let mentioned = move |n: &Named, Offsets { start, end }| MentionRecord {
        name: n.name.to_string(),
        wikidata: wikidata(n.entity),
        start,
        end,
    };
    let link_candidate = move |(id, score): &(EntityId, f32)| CandidateRecord {
        name: entities.get(*id).fr.to_string(),
        wikidata: wikidata(Some(*id)),
        share: rounded(*score),
    };
    let record = move |s: &Statement| Record {
        article: article.name.clone(),
        kind: s.kind.name(),
        text: s.text(&article.text),
        spans: s.spans.iter().map(|span| offsets(*span)).collect(),
        actors: s
            .actors
            .iter()
            .map(|a| {
                let at = offsets(a.mention);
                let metonym = a
                    .metonym
                    .map(|id| NamedRecord { name: entities.get(id).fr.to_string(), wikidata: wikidata(Some(id)) });
                // "Kiev (autorités ukrainiennes)": the name in the text, and whom it stands for.
                let name = metonym
                    .as_ref()
                    .filter(|m| !a.name.contains(&m.name))
                    .map_or_else(|| a.name.to_string(), |m| format!("{} ({})", m.name, a.name));
                ActorRecord {
                    name,
                    wikidata: wikidata(a.entity),
                    kind: a.kind.name(),
                    mention: a.mention.of(&article.text).to_owned(),
                    start: at.start,
                    end: at.end,
                    metonym,
                    link: a.link.as_deref().filter(|link| !link.evidence.is_empty()).map(|link| LinkRecord {
                        method: link.method.as_str(),
                        score: rounded(link.score),
                        evidence: link.evidence.iter().map(ToString::to_string).collect(),
                        candidates: link.candidates.iter().map(link_candidate).collect(),
                    }),
                }
            })
            .collect(),
        candidates: s
            .candidates
            .iter()
            .map(|c| CandidateRecord {
                name: c.actor.name.to_string(),
                wikidata: wikidata(c.actor.entity),
                share: rounded(c.share),
            })
            .collect(),
        cue: s.cue.as_ref().map(|cue| {
            let at = offsets(cue.span);
            CueRecord {
                text: cue.span.of(&article.text).to_owned(),
                lemma: cue.lemma.to_owned(),
                class: cue.class,
                start: at.start,
                end: at.end,
            }
        }),
        relayed_by: s.relayed_by.iter().map(named).collect(),
        addressee: s.addressee.as_ref().and_then(|n| Some(mentioned(n, offsets(n.mention?)))),
        medium: s.medium.as_ref().and_then(|n| Some(mentioned(n, offsets(n.mention?)))),
        about: s.about.iter().map(named).collect(),
        date: s.date.filter(|d| d.basis == DateBasis::Text).and_then(|d| {
            let (first, last) = (d.not_before?, d.not_after?);
            let value = if first == last { first.to_string() } else { format!("{first}/{last}") };
            Some(DateRecord { value, precision: if first == last { "day" } else { "interval" } })
        }),
        polarity: s.polarity.name(),
        language: article.language.clone(),
        outlet: outlet.as_ref().map(|o| NamedRecord { name: o.name.clone(), wikidata: o.wikidata.clone() }),
        published: article.published.map(|d| d.to_string()),
        confidence: rounded(s.confidence),
    };
    statements.iter().map(record)
}

/// Two decimals.
fn rounded(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}
