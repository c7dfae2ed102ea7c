//! Topics: the known entities that a content names, and their broader concepts.

use super::cast::Cast;
use super::name::Name;
use super::reading::Reading;
use super::statement::{Named, Span};
use super::word::Word;
use crate::entity::{EntityId, EntityKind};
use crate::language::Classes;
use rustc_hash::FxHashMap;
use std::cell::OnceCell;
use std::ops::Range;
use std::sync::Arc;

/// What the tokens of an article name.
pub struct Topics<'a> {
    reading: &'a Reading<'a>,
    /// Where something is named, in text order.
    named: Vec<Mention>,
    /// All that is broader than an entity, of those that have something broader.
    broader: FxHashMap<EntityId, Vec<EntityId>>,
    /// The bodies and concepts that the article names for certain, looked for when a noun may stand for one.
    bodies: OnceCell<Vec<EntityId>>,
    /// The fullest names of those whom no table knows.
    strangers: FxHashMap<&'a str, Arc<str>>,
}

/// A naming of a known entity, or of something that only the article names.
struct Mention {
    span: Span,
    entity: Option<EntityId>,
    name: Arc<str>,
}

impl<'a> Topics<'a> {
    /// Finds what the sentences name in which `contents` stand: by a name, or by the noun that stands for a body already
    /// named ("l'alliance").
    pub fn new(reading: &'a Reading<'a>, cast: &Cast, contents: impl Iterator<Item = Span>) -> Self {
        let mut topics = Self {
            reading,
            named: Vec::new(),
            broader: FxHashMap::default(),
            bodies: OnceCell::new(),
            strangers: FxHashMap::default(),
        };
        let mut asked = vec![false; reading.sentences.len()];
        for content in contents {
            let first = reading.sentences.partition_point(|s| reading.span(s.range.clone()).end <= content.start);
            let last = reading.sentences.partition_point(|s| reading.span(s.range.clone()).start < content.end);
            asked[first.min(last)..last].fill(true);
        }
        for (sentence, _) in reading.sentences.iter().zip(asked).filter(|(_, asked)| *asked) {
            let mut i = sentence.range.start;
            let telling = Word::CAPITAL | Word::NAME | Word::DEMONYM;
            while let Some(next) = reading.tokens.find(i..sentence.range.end, telling, Classes::BODY) {
                i = topics.read(cast, next, sentence.range.end);
            }
        }
        topics
    }

    /// Reads what token `i` names; returns the token after it.
    fn read(&mut self, cast: &Cast, i: usize, limit: usize) -> usize {
        let reading = self.reading;
        let name = reading.name_at(i, limit);
        let alone = name.as_ref().is_none_or(|n| n.entities.is_empty() && n.range.len() == 1);
        if alone && let Some(id) = self.headed(i) {
            self.enter(id, reading.token(i).span);
            return i + 1;
        }
        if let Some(mut name) = name {
            name.range.start = skip_title(reading, &name.range);
            if name.range.is_empty() || is_street(reading, name.range.start) {
                return name.range.end.max(i + 1);
            }
            if let Some(id) = meant(reading, cast, &name) {
                self.enter(id, reading.span(name.range.clone()));
                return name.range.end;
            }
            let range = whole_name(reading, &name.range, limit);
            if is_proper(reading, &range) {
                let span = reading.span(range.clone());
                let words = span.of(reading.text);
                let name = self.strangers.entry(words).or_insert_with(|| cast.full_name(words)).clone();
                self.named.push(Mention { span, entity: None, name });
            }
            return range.end;
        }
        // "la partie valdorienne", "le gouvernement valdorien" name the state; "un auteur valdorien" does not.
        if let Some(demonym) = reading.demonym(i)
            && i > 0
            && (reading.is(i - 1, Classes::BODY) || matches!(reading.lower(i - 1), "partie" | "autorités" | "camp"))
        {
            self.enter(demonym.country, reading.token(i).span);
        }
        i + 1
    }

    /// The body that the noun at `i` alone stands for: "l'alliance" after "OTAN" (Alliance atlantique), "la Légion" after
    /// its full name; a capital makes no other thing of it. A noun that could mean two of them means neither.
    fn headed(&self, i: usize) -> Option<EntityId> {
        let reading = self.reading;
        if !reading.is(i, Classes::BODY)
            || i == 0
            || !matches!(reading.lower(i - 1), "l'" | "la" | "le" | "cette" | "cet" | "ce" | "les")
        {
            return None;
        }
        let named = self.bodies.get_or_init(|| bodies(reading));
        let mut headed = reading.entities.headed_by(reading.lower(i)).iter().filter(|id| named.contains(id));
        let only = headed.next();
        only.filter(|_| headed.next().is_none()).copied()
    }

    fn enter(&mut self, id: EntityId, span: Span) {
        let entities = self.reading.entities;
        let entity = entities.get(id);
        self.named.push(Mention { span, entity: Some(id), name: self.reading.label(id) });
        if !entity.broader.is_empty() && !self.broader.contains_key(&id) {
            let mut all: Vec<EntityId> = Vec::new();
            let mut open: Vec<EntityId> = entity.broader.clone();
            while let Some(next) = open.pop() {
                if next != id && !all.contains(&next) {
                    all.push(next);
                    open.extend(&entities.get(next).broader);
                }
            }
            self.broader.insert(id, all);
        }
    }

    /// The topics of a content: in text order each once, then their broader concepts.
    pub fn of(&self, spans: &[Span]) -> Box<[Named]> {
        let mut topics: Vec<Named> = Vec::new();
        for span in spans {
            let start = self.named.partition_point(|m| m.span.start < span.start);
            for mention in self.named[start..].iter().take_while(|m| m.span.start < span.end) {
                if !topics.iter().any(|t| t.name == mention.name) {
                    topics.push(Named {
                        name: mention.name.clone(),
                        entity: mention.entity,
                        mention: Some(mention.span),
                        link: None,
                    });
                }
            }
        }
        for direct in 0..topics.len() {
            let broader = topics[direct].entity.and_then(|id| self.broader.get(&id));
            for id in broader.into_iter().flatten() {
                if !topics.iter().any(|t| t.entity == Some(*id)) {
                    let name = self.reading.label(*id);
                    topics.push(Named { name, entity: Some(*id), mention: None, link: None });
                }
            }
        }
        topics.into()
    }
}

/// The entity that a name means here: a surname needs its full name in the article, or to be the only one that fits.
fn meant(reading: &Reading, cast: &Cast, name: &Name) -> Option<EntityId> {
    if !name.weak {
        return name.entities.first().copied();
    }
    let member = cast.members.iter().find_map(|member| member.entity.filter(|entity| name.entities.contains(entity)));
    let strong = || name.entities.iter().copied().find(|entity| cast.names_in_full(*entity));
    let only = || match name.entities.as_slice() {
        [one] => Some(*one).filter(|entity| name.listed && cast.may_mean(reading, *entity)),
        _ => None,
    };
    member.or_else(strong).or_else(only)
}

/// Where a name begins behind a title ("Madame Roy") or the preposition of a careless headline ("A Valmont").
fn skip_title(reading: &Reading, range: &Range<usize>) -> usize {
    let title = |k: &usize| {
        reading.is(*k, Classes::TITLE) && !reading.is(*k, Classes::BODY)
            || reading.mark(*k) == Some('.')
            || *k == range.start && matches!(reading.lower(*k), "a" | "à") && range.len() > 1
    };
    range.clone().find(|k| !title(k)).unwrap_or(range.end)
}

/// "rue de Valmont", "avenue Anne-Roy": the name of a street is about nothing else.
fn is_street(reading: &Reading, at: usize) -> bool {
    let small = |k: &usize| reading.is(*k, Classes::DET) || matches!(reading.lower(*k), "de" | "d'");
    let head = (at.saturating_sub(3)..at).rev().find(|k| !small(k));
    head.is_some_and(|k| reading.is(k, Classes::STREET) && reading.quotation_at(k) == reading.quotation_at(at))
}

/// An unknown name with the words that complete it: "Conseil départemental de la Lande", "Stade des Roches".
fn whole_name(reading: &Reading, name: &Range<usize>, limit: usize) -> Range<usize> {
    let mut end = name.end;
    let head = name.start;
    if name.len() > 1 || !reading.is(head, Classes::BODY | Classes::SITE) || is_general(reading.lower(head)) {
        return name.clone();
    }
    let word = |k: usize, joined: bool| {
        let verb = ["ait", "aient", "era", "eront"].iter().any(|end| reading.lower(k).ends_with(end))
            || joined && ["er", "ir", "re"].iter().any(|end| reading.lower(k).ends_with(end));
        k < limit
            && reading.quotation_at(k) == reading.quotation_at(name.start)
            && reading.is_open(k)
            && (reading.tokens.is_capital(k) || reading.forms(k).is_empty() && !verb && !reading.is(k, Classes::TIME))
    };
    while end < name.end + LONGEST {
        let joint =
            (end..end + 3).take_while(|k| reading.is(*k, Classes::DET) || matches!(reading.lower(*k), "de" | "d'"));
        let next = end + joint.count();
        let joined = next == end || matches!(reading.lower(end), "de" | "d'" | "du" | "des");
        if !joined || !word(next, next == end + 1 && reading.is(end, Classes::PREP)) {
            break;
        }
        end = next + 1;
    }
    name.start..end
}

/// How many words may complete a name.
const LONGEST: usize = 8;

/// Whether an unknown name is one: not a people ("les Valdoriens"), a role ("le Président"), a quarter of the sky, a
/// number, or the state as such ("la République").
fn is_proper(reading: &Reading, range: &Range<usize>) -> bool {
    let first = range.start;
    if range.len() > 1 {
        return true;
    }
    let word = reading.lower(first);
    let numeral = reading.surface(first).trim_end_matches('e').bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'));
    let common =
        Classes::GROUP | Classes::FUNCTION | Classes::TIME | Classes::DOCUMENT | Classes::ADJECTIVE | Classes::NUM;
    !numeral
        && word.len() > 1
        && !is_general(word)
        && !reading.is(first, common)
        && reading.demonym(first).is_none()
        && reading.role_at(first, range.end).is_none()
}

/// The quarters of the sky and the state as such, which have a capital but name nothing.
fn is_general(word: &str) -> bool {
    matches!(word, "nord" | "sud" | "est" | "ouest" | "état" | "etat" | "république" | "nation" | "gouvernement")
}

/// The bodies and concepts that the article names for certain.
fn bodies(reading: &Reading) -> Vec<EntityId> {
    let mut bodies: Vec<EntityId> = Vec::new();
    for sentence in &reading.sentences {
        let mut i = sentence.range.start;
        while let Some(next) = reading.tokens.find(i..sentence.range.end, Word::NAME, 0) {
            let name = reading.name_at(next, sentence.range.end);
            let Some(name) = name.filter(|n| !n.weak && !n.entities.is_empty()) else {
                i = next + 1;
                continue;
            };
            i = name.range.end;
            let id = name.entities[0];
            let kind = reading.entities.get(id).kind;
            if matches!(kind, EntityKind::Organisation | EntityKind::Concept) && !bodies.contains(&id) {
                bodies.push(id);
            }
        }
    }
    bodies
}

#[cfg(test)]
mod tests {
    use crate::article::Article;
    use crate::entity::Entities;
    use crate::extract::extract;

    /// The topics that the content of the only statement names.
    fn named(content: &str) -> Vec<String> {
        let article = Article::from_text("a.txt", &format!("Léa Roy a dit que {content}."));
        let statements = extract(&article, Entities::embedded());
        assert_eq!(statements.len(), 1, "{content}");
        statements[0].about.iter().filter(|topic| topic.mention.is_some()).map(|topic| topic.name.to_string()).collect()
    }

    #[test]
    fn a_name_is_read_whole() {
        for (content, name) in [
            ("le Conseil départemental de la Lande voterait", "Conseil départemental de la Lande"),
            ("l'Inspection générale des ponts viendrait", "Inspection générale des ponts"),
            ("le Stade des Roches fermerait", "Stade des Roches"),
            ("le Parlement empêche le Sénat de voter", "Parlement"),
            ("Madame Solvane viendrait", "Solvane"),
        ] {
            assert_eq!(named(content)[0], name, "{content}");
        }
    }

    #[test]
    fn what_names_nothing_is_no_topic() {
        for content in [
            "l'Est manquait d'eau",
            "la rue de Berlin serait fermée",
            "le roman serait traduit en anglais",
            "les Grecs voteraient",
            "la phase III commencerait",
            "la République tiendrait",
        ] {
            assert_eq!(named(content), Vec::<String>::new(), "{content}");
        }
        assert_eq!(named("le gouvernement grec paierait"), ["Grèce"]);
    }
}
