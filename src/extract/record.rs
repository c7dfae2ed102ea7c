//! A statement as `dixit extract --format jsonl` prints it: one JSON object a line.
//!
//! Offsets are Unicode code points in the article's text as it was read (without a byte-order mark), so that
//! programs in any language can follow them; inside dixit they are bytes.

use super::{DateBasis, Named, Span, Statement};
use crate::article::Article;
use crate::code_points::CodePoints;
use crate::entity::link::Evidence;
use crate::entity::{Entities, EntityId};
use crate::language::Language;
use serde::{Serialize, Serializer};
use std::borrow::Cow;

/// One line of the output.
#[derive(Debug, Serialize)]
pub struct Record<'a> {
    pub(crate) article: &'a str,
    pub(crate) kind: &'static str,
    pub(crate) text: Cow<'a, str>,
    pub(crate) spans: Vec<Offsets>,
    pub(crate) actors: Vec<ActorRecord<'a>>,
    /// Whom the words may mean, where more than one is likely.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) candidates: Vec<CandidateRecord<'a>>,
    pub(crate) cue: Option<CueRecord<'a>>,
    pub(crate) relayed_by: Vec<NamedRecord<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) addressee: Option<MentionRecord<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) medium: Option<MentionRecord<'a>>,
    pub(crate) about: Vec<NamedRecord<'a>>,
    pub(crate) date: Option<DateRecord>,
    pub(crate) polarity: &'static str,
    pub(crate) language: &'a str,
    pub(crate) outlet: Option<NamedRecord<'a>>,
    pub(crate) published: Option<String>,
    pub(crate) confidence: f32,
}

#[derive(Debug, Serialize)]
pub(crate) struct Offsets {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

#[derive(Debug, Serialize)]
pub(crate) struct ActorRecord<'a> {
    pub(crate) name: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) wikidata: Option<&'a str>,
    pub(crate) kind: &'static str,
    pub(crate) mention: &'a str,
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// The place whose name stands for the actor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) metonym: Option<NamedRecord<'a>>,
    /// How sure the entity is, or whom the name may mean if none is sure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) link: Option<LinkRecord<'a>>,
}

#[derive(Debug, Serialize)]
pub(crate) struct LinkRecord<'a> {
    pub(crate) method: &'static str,
    pub(crate) score: f32,
    pub(crate) evidence: Vec<Said<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) candidates: Vec<CandidateRecord<'a>>,
}

#[derive(Debug, Serialize)]
pub(crate) struct CandidateRecord<'a> {
    pub(crate) name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) wikidata: Option<&'a str>,
    pub(crate) share: f32,
}

#[derive(Debug, Serialize)]
pub(crate) struct CueRecord<'a> {
    pub(crate) text: &'a str,
    pub(crate) lemma: &'a str,
    pub(crate) class: &'static str,
    pub(crate) start: usize,
    pub(crate) end: usize,
}

#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) struct NamedRecord<'a> {
    pub(crate) name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) wikidata: Option<&'a str>,
}

/// Something that the text names at one place.
#[derive(Debug, Serialize)]
pub(crate) struct MentionRecord<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    wikidata: Option<&'a str>,
    start: usize,
    end: usize,
}

#[derive(Debug, Serialize)]
pub(crate) struct DateRecord {
    pub(crate) value: String,
    pub(crate) precision: &'static str,
}

/// What speaks for or against a link, as it is printed.
#[derive(Debug)]
pub(crate) struct Said<'a>(&'a Evidence);

impl Serialize for Said<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self.0)
    }
}

/// The records of an article's statements. They hold no words of their own, but those of the article and the tables.
pub fn records<'a>(
    article: &'a Article,
    statements: &'a [Statement],
    entities: &'a Entities,
) -> impl Iterator<Item = Record<'a>> + 'a {
    let points = CodePoints::new(&article.text);
    let language = Language::of(&article.language).unwrap_or_default();
    let label = move |id: EntityId| &**entities.get(id).label(language);
    let published = article.published.map(|date| date.to_string());
    let wikidata = move |id: Option<EntityId>| id.and_then(|id| entities.get(id).wikidata.as_deref());
    let named = move |name: &'a str, id: Option<EntityId>| NamedRecord { name, wikidata: wikidata(id) };
    let offsets = move |span: Span| Offsets { start: points.before(span.start), end: points.before(span.end) };
    let outlet = article.outlet.as_deref().map(|name| {
        let id = article.url.as_deref().and_then(|url| entities.outlet(url)).or_else(|| entities.outlet(name));
        named(name, id)
    });
    let mentioned = move |n: &'a Named, Offsets { start, end }| MentionRecord {
        name: &n.name,
        wikidata: wikidata(n.entity),
        start,
        end,
    };
    let link_candidate = move |(id, score): &(EntityId, f32)| CandidateRecord {
        name: label(*id),
        wikidata: wikidata(Some(*id)),
        share: rounded(*score),
    };
    let record = move |s: &'a Statement| Record {
        article: &article.name,
        kind: s.kind.name(),
        text: s.text(&article.text),
        spans: s.spans.iter().map(|span| offsets(*span)).collect(),
        actors: s
            .actors
            .iter()
            .map(|a| {
                let at = offsets(a.mention);
                let metonym = a.metonym.map(|id| named(label(id), Some(id)));
                // "Kiev (autorités ukrainiennes)": the name in the text, and whom it stands for.
                let name = metonym
                    .as_ref()
                    .filter(|m| !a.name.contains(m.name))
                    .map_or(Cow::Borrowed(&*a.name), |m| format!("{} ({})", m.name, a.name).into());
                ActorRecord {
                    name,
                    wikidata: wikidata(a.entity),
                    kind: a.kind.name(),
                    mention: a.mention.of(&article.text),
                    start: at.start,
                    end: at.end,
                    metonym,
                    link: a.link.as_deref().filter(|link| !link.evidence.is_empty()).map(|link| LinkRecord {
                        method: link.method.as_str(),
                        score: rounded(link.score),
                        evidence: link.evidence.iter().map(Said).collect(),
                        candidates: link.candidates.iter().map(link_candidate).collect(),
                    }),
                }
            })
            .collect(),
        candidates: s
            .candidates
            .iter()
            .map(|c| CandidateRecord {
                name: &c.actor.name,
                wikidata: wikidata(c.actor.entity),
                share: rounded(c.share),
            })
            .collect(),
        cue: s.cue.as_ref().map(|cue| {
            let at = offsets(cue.span);
            CueRecord {
                text: cue.span.of(&article.text),
                lemma: cue.lemma,
                class: cue.class,
                start: at.start,
                end: at.end,
            }
        }),
        relayed_by: s.relayed_by.iter().map(|n| named(&n.name, n.entity)).collect(),
        addressee: s.addressee.as_ref().and_then(|n| Some(mentioned(n, offsets(n.mention?)))),
        medium: s.medium.as_ref().and_then(|n| Some(mentioned(n, offsets(n.mention?)))),
        about: s.about.iter().map(|n| named(&n.name, n.entity)).collect(),
        date: s.date.filter(|d| d.basis == DateBasis::Text).and_then(|d| {
            let (first, last) = (d.not_before?, d.not_after?);
            let value = if first == last { first.to_string() } else { format!("{first}/{last}") };
            Some(DateRecord { value, precision: if first == last { "day" } else { "interval" } })
        }),
        polarity: s.polarity.name(),
        language: &article.language,
        outlet,
        published: published.clone(),
        confidence: rounded(s.confidence),
    };
    statements.iter().map(record)
}

/// Two decimals.
fn rounded(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}
