//! A statement as programs without RDF read it: read from the graph, so that it shows what was corrected there.
//!
//! The keys are those of `dixit extract --format jsonl`, with the same meaning. The graph does not keep where actor and cue
//! stand, nor the cue's lemma; besides, it tells IRIs, the article's address and title, and the interval of the date.

use super::choice::subjects;
use super::thing::Thing;
use crate::graph::vocabulary::{WIKIDATA, dixit, oa, prov, schema};
use oxigraph::model::vocab::{rdf, rdfs};
use oxigraph::model::{NamedNode, NamedNodeRef, Term};
use oxigraph::store::{StorageError, Store};
use rustc_hash::FxHashMap;
use serde::Serialize;

/// One statement.
#[derive(Debug, Clone, Serialize)]
pub struct Row {
    pub iri: String,
    #[serde(flatten)]
    pub article: ArticleRow,
    pub kind: Option<&'static str>,
    pub text: Option<String>,
    /// Where the content stands, in code points.
    pub spans: Vec<Offsets>,
    pub actors: Vec<Named>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<Named>,
    /// The words that name the actors.
    pub mentions: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// The places whose names stand for the actors.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub metonyms: Vec<Named>,
    pub cue: Option<Cue>,
    /// In the order in which the article names them.
    pub relayed_by: Vec<Named>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub addressee: Option<Named>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub medium: Option<Named>,
    pub about: Vec<Named>,
    /// The date that the text tells.
    pub date: Option<TextDate>,
    pub said: Option<Said>,
    /// What other statements report, too; of all of them the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub utterance: Option<Utterance>,
    pub polarity: Option<&'static str>,
    pub confidence: Option<serde_json::Number>,
    /// The corrections that people made of it; without them it is as the program found it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub corrected_by: Vec<Corrected>,
}

/// Who corrected a statement or merged its actor, and on which day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Corrected {
    pub date: String,
    pub by: String,
    pub iri: String,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct ArticleRow {
    /// The name of its file.
    pub article: Option<String>,
    pub article_iri: String,
    pub url: Option<String>,
    pub title: Option<String>,
    pub language: Option<String>,
    pub outlet: Option<Named>,
    pub published: Option<String>,
}

impl ArticleRow {
    const TOLD_BY: [NamedNodeRef<'static>; 8] = [
        dixit::FILE_NAME,
        schema::URL,
        schema::HEADLINE,
        schema::PUBLISHER,
        schema::IN_LANGUAGE,
        schema::DATE_PUBLISHED,
        dixit::PUBLISHED_NOT_BEFORE,
        dixit::PUBLISHED_NOT_AFTER,
    ];
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct Named {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wikidata: Option<String>,
    /// Absent for an addressee or medium that only its words name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iri: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<&'static str>,
    /// The words of the article.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mention: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Cue {
    pub text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Utterance {
    pub iri: String,
    pub earliest: String,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Offsets {
    pub start: u64,
    pub end: u64,
}

#[derive(Debug, Clone, Serialize)]
pub struct TextDate {
    pub value: String,
    pub precision: &'static str,
}

/// The days between which the words were said, and on what they rest.
#[derive(Debug, Clone, Serialize)]
pub struct Said {
    pub not_before: Option<String>,
    pub not_after: Option<String>,
    pub basis: Option<&'static str>,
}

/// The words of the records for the values of the vocabulary.
const VALUES: &[(NamedNodeRef<'_>, &str)] = &[
    (dixit::DIRECT, "direct"),
    (dixit::INDIRECT, "indirect"),
    (dixit::MIXED, "mixed"),
    (dixit::ASSERTED, "asserted"),
    (dixit::DENIED, "denied"),
    (dixit::HEARSAY, "hearsay"),
    (dixit::QUESTION, "question"),
    (dixit::HYPOTHETICAL, "hypothetical"),
    (dixit::STATED_IN_TEXT, "text"),
    (dixit::FROM_PUBLICATION, "publication"),
    (dixit::SET_BY_HAND, "hand"),
];

/// The words for the classes of what is named; of several the first in this list counts.
const CLASSES: &[(NamedNodeRef<'_>, &str)] = &[
    (dixit::UNNAMED_SOURCE, "unnamed"),
    (dixit::DOCUMENT, "document"),
    (dixit::AUTHORITY, "authority"),
    (schema::NEWS_MEDIA_ORGANIZATION, "outlet"),
    (schema::ORGANIZATION, "organisation"),
    (schema::PERSON, "person"),
    (schema::COUNTRY, "country"),
    (schema::PLACE, "place"),
    (crate::graph::vocabulary::skos::CONCEPT, "concept"),
];

/// Reads statements, and remembers what several of them name.
pub(in crate::graph) struct Rows<'a> {
    graph: &'a Store,
    named: FxHashMap<NamedNode, Known>,
    /// The article of the statement before.
    article: Option<(NamedNode, ArticleRow)>,
    /// In which language things are named; without one in that of the article.
    language: Option<&'static str>,
}

/// What is known of something that is named.
struct Known {
    /// Its labels with their languages.
    labels: Vec<(Option<String>, String)>,
    wikidata: Option<String>,
    kind: Option<&'static str>,
}

impl<'a> Rows<'a> {
    pub fn new(graph: &'a Store) -> Self {
        Self { graph, named: FxHashMap::default(), article: None, language: None }
    }

    /// Reads statements and names things in this language, whatever their articles are in.
    pub fn in_language(graph: &'a Store, language: &'static str) -> Self {
        Self { language: Some(language), ..Self::new(graph) }
    }

    pub fn read(&mut self, iri: &NamedNode) -> Result<Row, StorageError> {
        let statement = Thing::read(self.graph, iri)?;
        let article = match statement.iri(schema::IS_PART_OF) {
            Some(article) => self.article(article)?,
            None => ArticleRow::default(),
        };
        let language = article.language.as_deref();
        let own = |value: &str| value.to_owned();
        let word = |predicate| statement.iri(predicate).and_then(|iri| word_for(VALUES, iri));
        let mentions: Vec<_> = statement.values(dixit::SPEAKER_MENTION).map(own).collect();
        let metonyms = self.all(&statement, dixit::METONYM, language)?;
        let mut actors = self.all(&statement, dixit::ACTOR, language)?;
        if let [actor] = &mut actors[..] {
            // "Kiev (autorités ukrainiennes)": the name in the text, and whom it stands for.
            if let [place] = &metonyms[..]
                && !actor.name.contains(&place.name)
            {
                actor.name = format!("{} ({})", place.name, actor.name);
            }
            if let [mention] = &mentions[..] {
                actor.mention = Some(mention.clone());
            }
        }
        let said = Said {
            not_before: statement.value(dixit::SAID_NOT_BEFORE).map(own),
            not_after: statement.value(dixit::SAID_NOT_AFTER).map(own),
            basis: word(dixit::DATE_BASIS),
        };
        Ok(Row {
            iri: iri.as_str().to_owned(),
            kind: word(dixit::KIND),
            text: statement.value(schema::TEXT).map(own),
            spans: self.spans(&statement)?,
            actors,
            candidates: self.all(&statement, dixit::CANDIDATE_ACTOR, language)?,
            mentions,
            roles: statement.values(dixit::SPEAKER_ROLE).map(own).collect(),
            metonyms,
            cue: statement
                .value(dixit::CUE)
                .map(|text| Cue { text: own(text), class: statement.value(dixit::CUE_CLASS).map(own) }),
            relayed_by: self.relays(&statement, language)?,
            addressee: self.told(&statement, dixit::ADDRESSEE, dixit::ADDRESSEE_MENTION, language)?,
            medium: self.told(&statement, dixit::MEDIUM, dixit::MEDIUM_MENTION, language)?,
            about: self.all(&statement, schema::ABOUT, language)?,
            date: said.text_date(),
            said: (said.not_before.is_some() || said.not_after.is_some()).then_some(said),
            utterance: self.utterance(iri)?,
            polarity: word(dixit::POLARITY),
            confidence: statement.value(dixit::CONFIDENCE).and_then(|value| value.parse().ok()),
            corrected_by: self.corrected_by(&statement)?,
            article,
        })
    }

    /// Who corrected a statement, the first one first.
    fn corrected_by(&self, statement: &Thing) -> Result<Vec<Corrected>, StorageError> {
        let mut corrected = Vec::new();
        for iri in statement.iris(dixit::CORRECTED_BY) {
            let deed = Thing::read(self.graph, iri)?;
            let told = (deed.value(dixit::CURATOR), deed.value(prov::GENERATED_AT_TIME));
            if let (Some(by), Some(time)) = told {
                let date = time.split('T').next().unwrap_or_default().to_owned();
                corrected.push((time.to_owned(), Corrected { date, by: by.to_owned(), iri: iri.as_str().to_owned() }));
            }
        }
        corrected.sort();
        Ok(corrected.into_iter().map(|(_, corrected)| corrected).collect())
    }

    /// What is known of an article.
    pub fn article(&mut self, iri: &NamedNode) -> Result<ArticleRow, StorageError> {
        if let Some((_, article)) = self.article.as_ref().filter(|(last, _)| last == iri) {
            return Ok(article.clone());
        }
        let thing = Thing::read_only(self.graph, iri, &ArticleRow::TOLD_BY)?;
        let own = |predicate| thing.value(predicate).map(str::to_owned);
        let language = own(schema::IN_LANGUAGE);
        let article = ArticleRow {
            article: own(dixit::FILE_NAME),
            article_iri: iri.as_str().to_owned(),
            url: thing.iri(schema::URL).map(|url| url.as_str().to_owned()),
            title: own(schema::HEADLINE),
            outlet: self.all(&thing, schema::PUBLISHER, language.as_deref())?.into_iter().next(),
            published: published(&thing),
            language,
        };
        self.article = Some((iri.clone(), article.clone()));
        Ok(article)
    }

    fn utterance(&self, statement: &NamedNode) -> Result<Option<Utterance>, StorageError> {
        for utterance in subjects(self.graph, dixit::REPORT, statement)? {
            if let Some(earliest) = Thing::read(self.graph, &utterance)?.iri(dixit::EARLIEST_REPORT) {
                let (iri, earliest) = (utterance.into_string(), earliest.as_str().to_owned());
                return Ok(Some(Utterance { iri, earliest }));
            }
        }
        Ok(None)
    }

    fn spans(&self, statement: &Thing) -> Result<Vec<Offsets>, StorageError> {
        let mut spans = Vec::new();
        for evidence in statement.iris(dixit::EVIDENCE) {
            for selector in Thing::read(self.graph, evidence)?.iris(oa::HAS_SELECTOR) {
                let selector = Thing::read(self.graph, selector)?;
                let number = |predicate| selector.value(predicate).and_then(|value| value.parse().ok());
                if let (Some(start), Some(end)) = (number(oa::START), number(oa::END)) {
                    spans.push(Offsets { start, end });
                }
            }
        }
        spans.sort();
        Ok(spans)
    }

    /// The outlets through which the words came, in their order as far as it is known.
    fn relays(&mut self, statement: &Thing, language: Option<&str>) -> Result<Vec<Named>, StorageError> {
        let mut positions = FxHashMap::default();
        for relay in statement.iris(dixit::QUALIFIED_RELAY) {
            let relay = Thing::read(self.graph, relay)?;
            let position = relay.value(schema::POSITION).and_then(|value| value.parse::<u32>().ok());
            if let (Some(outlet), Some(position)) = (relay.iri(prov::AGENT), position) {
                positions.insert(outlet.as_str().to_owned(), position);
            }
        }
        let mut relays = self.all(statement, dixit::RELAYED_BY, language)?;
        relays.sort_by_key(|relay| relay.iri.as_ref().and_then(|iri| positions.get(iri)).copied().unwrap_or(u32::MAX));
        Ok(relays)
    }

    /// To whom or through what the words were said: the entity, or only the words that name it.
    fn told(
        &mut self,
        statement: &Thing,
        entity: NamedNodeRef<'_>,
        mention: NamedNodeRef<'_>,
        language: Option<&str>,
    ) -> Result<Option<Named>, StorageError> {
        let words = statement.value(mention).map(str::to_owned);
        let named = self.all(statement, entity, language)?.into_iter().next();
        Ok(match (named, words) {
            (Some(named), mention) => Some(Named { mention, ..named }),
            (None, Some(words)) => Some(Named { name: words.clone(), mention: Some(words), ..Named::default() }),
            (None, None) => None,
        })
    }

    /// All that a property names, by name.
    fn all(
        &mut self,
        thing: &Thing,
        predicate: NamedNodeRef<'_>,
        language: Option<&str>,
    ) -> Result<Vec<Named>, StorageError> {
        let mut all = Vec::new();
        for iri in thing.iris(predicate) {
            all.push(self.named(iri, language)?);
        }
        all.sort_by(|a, b| (&a.name, &a.iri).cmp(&(&b.name, &b.iri)));
        Ok(all)
    }

    /// What an IRI names, as an article in this language would call it.
    pub fn named(&mut self, iri: &NamedNode, language: Option<&str>) -> Result<Named, StorageError> {
        if !self.named.contains_key(iri) {
            let known = Known::read(&Thing::read_only(self.graph, iri, &Known::TOLD_BY)?);
            self.named.insert(iri.clone(), known);
        }
        let known = &self.named[iri];
        let wanted = [self.language, language, Some("fr"), Some("en")].into_iter().flatten();
        let label = wanted.filter_map(|tag| known.labels.iter().find(|(own, _)| own.as_deref() == Some(tag))).next();
        let (_, name) = label.or(known.labels.first()).cloned().unwrap_or_else(|| (None, iri.as_str().to_owned()));
        let (wikidata, kind) = (known.wikidata.clone(), known.kind);
        Ok(Named { name, wikidata, iri: Some(iri.as_str().to_owned()), kind, mention: None })
    }
}

impl Known {
    const TOLD_BY: [NamedNodeRef<'static>; 3] = [rdfs::LABEL, rdf::TYPE, schema::SAME_AS];

    fn read(thing: &Thing) -> Self {
        let labels = thing.objects(rdfs::LABEL).filter_map(|label| match label {
            Term::Literal(label) => Some((label.language().map(str::to_owned), label.value().to_owned())),
            _ => None,
        });
        let class = CLASSES.iter().find(|(class, _)| thing.iris(rdf::TYPE).any(|own| own == class));
        Self {
            labels: labels.collect(),
            wikidata: thing
                .iris(schema::SAME_AS)
                .find_map(|same| same.as_str().strip_prefix(WIKIDATA))
                .map(str::to_owned),
            kind: class.map(|(_, word)| *word),
        }
    }
}

impl Said {
    /// The date as `extract` tells it: only if it is the text's, or a person's.
    fn text_date(&self) -> Option<TextDate> {
        let (Some(first), Some(last), Some("text" | "hand")) = (&self.not_before, &self.not_after, self.basis) else {
            return None;
        };
        let is_day = first == last;
        let value = if is_day { first.clone() } else { format!("{first}/{last}") };
        Some(TextDate { value, precision: if is_day { "day" } else { "interval" } })
    }
}

/// The date of publication as far as it is known: a day, a month or a year.
fn published(article: &Thing) -> Option<String> {
    if let Some(day) = article.value(schema::DATE_PUBLISHED) {
        return Some(day.to_owned());
    }
    let (first, last) = (article.value(dixit::PUBLISHED_NOT_BEFORE)?, article.value(dixit::PUBLISHED_NOT_AFTER)?);
    let partial = |length: usize| first.get(..length)?.parse::<crate::date::PartialDate>().ok();
    let fits =
        |date: &crate::date::PartialDate| date.first_day().to_string() == first && date.last_day().to_string() == last;
    let date = [4, 7, 10].into_iter().find_map(|length| partial(length).filter(fits));
    Some(date.map_or_else(|| format!("{first}/{last}"), |date| date.to_string()))
}

fn word_for(words: &[(NamedNodeRef<'_>, &'static str)], iri: &NamedNode) -> Option<&'static str> {
    words.iter().find(|(value, _)| iri == value).map(|(_, word)| *word)
}
