//! From the words that name a source to the actor: names, roles, pronouns, places that stand for authorities.

mod body;
mod english;
mod group;
mod noun;
mod pronoun;
mod relative;
mod role;

use super::cast::{Cast, Member};
use super::draft::Draft;
use super::few::Few;
use super::phrase::Phrase;
use super::reading::Reading;
use super::resolution::{Answer, Step};
use super::statement::{Actor, ActorKind, Span, Statement};
use crate::date::PartialDate;
use crate::entity::{EntityKind, Gender};
use crate::language::Classes;
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::rc::Rc;

/// Who spoke before, for the pronouns that follow.
#[derive(Debug, Clone)]
pub struct Spoken {
    /// Index of the sentence.
    pub sentence: usize,
    /// Who it was.
    pub actors: Vec<Actor>,
    /// Gender and number of the words that named them.
    pub gender: Option<Gender>,
    /// Several, or a plural noun.
    pub plural: bool,
}

impl Spoken {
    /// "« … », insiste ce dernier": somebody without a name, who was only set apart once.
    fn is_incidental(&self) -> bool {
        self.actors.iter().any(|a| a.kind == ActorKind::Unnamed && a.by.step == Step::Latter)
    }
}

/// How many sentences on somebody may still go on speaking.
const CONTINUES: usize = 3;

/// So many of those who spoke last are remembered at least: the work stays linear in the text.
const REMEMBERED: usize = 500;

/// Resolves the sources of an article's statements, in text order.
pub struct Resolver<'a> {
    reading: &'a Reading<'a>,
    cast: &'a mut Cast,
    pub(super) published: Option<PartialDate>,
    spoken: Vec<Spoken>,
    /// Whether somebody of the cast has spoken.
    anybody_spoke: bool,
    /// Whether the cue says that somebody goes on ("ajoute", "poursuit").
    goes_on: bool,
    /// Where the content of the statement stands.
    content: Few<Span>,
    /// Members named in the quoted words of the statement.
    spoken_of: Vec<usize>,
    /// Whether the quoted words of the statement say "je": a person speaks.
    says_i: bool,
    /// Subjects by their sentences, as far as they were looked for.
    subjects: RefCell<FxHashMap<usize, Option<Rc<Phrase>>>>,
}

impl<'a> Resolver<'a> {
    /// A resolver that has heard nobody yet.
    pub fn new(reading: &'a Reading<'a>, cast: &'a mut Cast, published: Option<PartialDate>) -> Self {
        Self {
            reading,
            cast,
            published,
            spoken: Vec::new(),
            anybody_spoke: false,
            goes_on: false,
            content: Few::None,
            spoken_of: Vec::new(),
            says_i: false,
            subjects: RefCell::default(),
        }
    }

    /// The actors behind the sources of a draft; empty if a pronoun leads to nobody.
    pub fn resolve_draft(&mut self, draft: &Draft) -> Answer {
        self.goes_on = matches!(
            draft.lemma,
            "ajouter"
                | "poursuivre"
                | "conclure"
                | "continuer"
                | "reprendre"
                | "renchérir"
                | "add"
                | "continue"
                | "go on"
        );
        self.says_i = self.is_first_person(draft);
        self.content.clone_from(&draft.spans);
        self.spoken_of = draft.spans.iter().flat_map(|span| self.named_within(*span)).collect();
        self.resolve(&draft.sources, draft.sentence)
    }

    /// Whether the quoted words of a draft have "je" in them.
    fn is_first_person(&self, draft: &Draft) -> bool {
        let reading = self.reading;
        draft.spans.iter().any(|span| {
            reading.tokens.within(*span).any(|k| {
                // What is reported indirectly is in no quotation, and its words need not be looked at.
                reading.quotation_at(k).is_some()
                    && matches!(reading.lower(k), "je" | "j'" | "i" | "i'm" | "i've" | "i'd" | "i'll")
            })
        })
    }

    /// The members that are named in the quotations of a part of the text.
    fn named_within(&self, span: Span) -> impl Iterator<Item = usize> {
        let namings = &self.cast.namings;
        let at = |byte: usize| namings.partition_point(|n| self.reading.token(n.token).span.start < byte);
        namings[at(span.start)..at(span.end)]
            .iter()
            .filter(|n| self.reading.quotation_at(n.token).is_some())
            .map(|n| n.member)
    }

    /// The actors behind the phrases of a source.
    pub fn resolve(&mut self, sources: &[Phrase], sentence: usize) -> Answer {
        let mut all = Answer::default();
        for phrase in sources {
            let mut answer = self.resolve_one(phrase, sentence);
            let role = self.reading.printed_role(phrase);
            let candidates = answer.candidates.iter_mut().map(|candidate| &mut candidate.actor);
            answer.actors.iter_mut().chain(candidates).for_each(|actor| actor.role = role);
            // Mostly there is one, and it takes the room of one.
            all.actors.reserve_exact(answer.actors.len());
            for actor in answer.actors {
                if !all.actors.iter().any(|a| a.name == actor.name) {
                    all.actors.push(actor);
                }
            }
            all.candidates.extend(answer.candidates);
        }
        all
    }

    /// A quotation without a cue: whoever spoke last, not long ago, goes on.
    pub fn continued(&self, draft: &Draft) -> Answer {
        let goes_on = |a: &Actor| Actor { role: None, by: Step::GoesOn.after(a.mention), ..a.clone() };
        // An outlet says no "je": it told of somebody's words.
        let person = self.is_first_person(draft);
        let fits = |s: &&Spoken| !person || !s.actors.iter().any(|a| is_impersonal(a.kind));
        let recent = || self.spoken.iter().rev().take_while(|s| s.sentence + CONTINUES >= draft.sentence).filter(fits);
        let last = recent().find(|s| !s.is_incidental()).or_else(|| recent().next());
        let actors = last.map(|s| s.actors.iter().map(goes_on).collect());
        Answer { actors: actors.unwrap_or_default(), candidates: Vec::new() }
    }

    /// Remembers who spoke.
    pub fn heard(&mut self, sentence: usize, sources: &[Phrase], actors: &[Actor]) {
        if actors.is_empty() {
            return;
        }
        let same = |s: &&Spoken| s.actors.iter().map(|a| &a.name).eq(actors.iter().map(|a| &a.name));
        if let Some(last) = self.spoken.iter().rev().take(REMEMBERED).find(same).filter(|_| sources.is_empty()) {
            let goes_on = Spoken { sentence, ..last.clone() };
            return self.spoken.push(goes_on);
        }
        let english = self.reading.is_english();
        for actor in actors {
            if let Some(member) = self.cast.members.iter_mut().find(|m| m.name == actor.name) {
                member.has_spoken = true;
                // Whoever was "she" once is so from then on.
                let told = sources.first().filter(|s| english && s.pronoun && actors.len() == 1);
                member.gender = member.gender.or(told.and_then(|s| s.gender));
                self.anybody_spoke |= member.kind == ActorKind::Person;
            }
        }
        let gender = sources.iter().find_map(|s| s.gender).or_else(|| actors.iter().find_map(|a| self.gender_of(a)));
        let plural =
            actors.len() > 1 || sources.iter().any(|s| s.plural) && actors.iter().all(|a| a.kind == ActorKind::Unnamed);
        if self.spoken.len() >= 2 * REMEMBERED {
            self.spoken.drain(..REMEMBERED);
        }
        self.spoken.push(Spoken { sentence, actors: actors.to_vec(), gender, plural });
    }

    fn gender_of(&self, actor: &Actor) -> Option<Gender> {
        self.cast.members.iter().find(|m| m.name == actor.name).and_then(|m| m.gender)
    }

    fn resolve_one(&mut self, phrase: &Phrase, sentence: usize) -> Answer {
        let mention = self.reading.span(phrase.range.clone());
        let plain = phrase.range.start..self.plain_end(phrase);
        let plain = (plain != phrase.range).then(|| Phrase { range: plain, ..phrase.clone() });
        let phrase = plain.as_ref().filter(|plain| !self.is_anaphor(plain)).unwrap_or(phrase);
        if phrase.pronoun && self.reading.lower(phrase.range.start) == "on" {
            return Answer::default();
        }
        if phrase.names.is_empty()
            && let Some(answer) = self.of_group(phrase, mention)
        {
            return answer;
        }
        if self.is_anaphor(phrase) && phrase.plural {
            return self.last_several(phrase, mention).unwrap_or_else(|| self.pronoun(phrase, sentence, mention));
        }
        if self.is_anaphor(phrase) {
            return self.last_named(phrase, mention).unwrap_or_else(|| self.pronoun(phrase, sentence, mention));
        }
        if phrase.pronoun {
            return self.pronoun(phrase, sentence, mention);
        }
        if self.is_account(phrase) {
            return Answer::one(self.unnamed(phrase, mention));
        }
        if let Some(country) = self.compatriot_of(phrase) {
            return self.compatriot(phrase, country, sentence, mention);
        }
        if !phrase.names.is_empty() && !self.is_epithet(phrase) {
            return Answer::one(self.named(phrase, mention));
        }
        if let Some(answer) = self.behind_document(phrase, sentence) {
            let by = Step::Author.alone();
            let actors = answer.actors.into_iter().map(|a| Actor { mention, by, ..a }).collect();
            return Answer { actors, ..answer };
        }
        if let Some(answer) = self.issuer(phrase, sentence, mention) {
            return answer;
        }
        if let Some(actor) = self.by_common_name(phrase, mention).or_else(|| self.by_office(phrase, mention)) {
            return Answer::one(actor);
        }
        let known = if !phrase.indefinite {
            self.by_role(phrase, sentence, mention)
        } else if self.is_one_of_these(phrase) {
            self.spoken_as(phrase, mention).map(Answer::one)
        } else {
            None
        };
        let known = known.or_else(|| self.same_source(phrase, sentence, mention).map(Answer::one));
        known.unwrap_or_else(|| Answer::one(self.unnamed(phrase, mention)))
    }

    /// "la même source", "le même document", "cette source": the document, body or nameless one that spoke last, not long
    /// ago.
    fn same_source(&self, phrase: &Phrase, sentence: usize, mention: Span) -> Option<Actor> {
        let (first, last) = (phrase.range.start, phrase.range.end - 1);
        let this = phrase.range.len() == 2 && self.reading.lower(first) == "cette";
        let same = this || phrase.range.len() == 3 && self.reading.lower(first + 1) == "même";
        let source = matches!(self.reading.lower(last), "source" | "document" | "texte");
        let last = self.spoken.last().filter(|s| same && source && s.sentence + CONTINUES >= sentence)?;
        let [actor] = last.actors.as_slice() else { return None };
        let other = actor.kind != ActorKind::Person;
        other.then(|| Actor { mention, by: Step::LastSpeaker.after(actor.mention), ..actor.clone() })
    }

    /// "ce dernier", "celui-ci"
    fn is_anaphor(&self, phrase: &Phrase) -> bool {
        let first = self.reading.lower(phrase.range.start);
        if phrase.pronoun && phrase.range.len() == 1 {
            return matches!(first, "celui-ci" | "celle-ci");
        }
        phrase.names.is_empty()
            && phrase.head.is_some_and(|h| self.reading.is(h, Classes::ANAPHOR))
            && matches!(self.reading.lower(phrase.range.start), "ce" | "cette" | "ces" | "l'" | "le" | "la")
            && phrase.range.len() == 2
    }

    /// "le compte Twitter de la mairie", "la page Facebook du club": the platform is not who speaks there.
    fn is_account(&self, phrase: &Phrase) -> bool {
        let named = |head: usize| phrase.names.first().is_some_and(|name| name.range.start == head + 1);
        phrase.head.is_some_and(|head| matches!(self.reading.lower(head), "compte" | "page" | "profil") && named(head))
    }

    /// Whether the only name of a phrase is that of a party or company which tells of the person: "le député LREM".
    fn is_epithet(&self, phrase: &Phrase) -> bool {
        let Some(role) = phrase.role.as_ref().filter(|role| !role.class.ends_with("-org")) else { return false };
        let [name] = phrase.names.as_slice() else { return false };
        let mut kinds = name.entities.iter().map(|e| self.reading.entities.get(*e).kind).peekable();
        name.range.start >= role.range.end && kinds.peek().is_some() && kinds.all(|k| k == EntityKind::Organisation)
    }

    fn named(&mut self, phrase: &Phrase, mention: Span) -> Actor {
        if let Some(actor) = self.authority(phrase, mention) {
            return actor;
        }
        // "le parti de Paul Martin", "un proche de …" never reach here: complements bear no names.
        let text = self.reading.span(phrase.names[0].range.clone()).of(self.reading.text);
        if let Some(at) = self.cast.enter(self.reading, phrase) {
            self.cast.members[at].sure = true;
            let member = &self.cast.members[at];
            let step = if text.len() < member.name.len() { Step::Surname } else { Step::Name };
            return actor_of(member, mention, step);
        }
        let (kind, by) = (ActorKind::Organisation, Step::Name.alone());
        Actor { name: text.into(), mention, role: None, entity: None, metonym: None, kind, by, link: None }
    }

    /// "Kiev", "la Russie", "le Kremlin" speak for an authority.
    fn authority(&self, phrase: &Phrase, mention: Span) -> Option<Actor> {
        if phrase.names.len() != 1
            || phrase.role.is_some()
            || phrase.head.is_some_and(|h| !self.reading.tokens.is_capital(h))
        {
            return None;
        }
        let place = phrase.names[0]
            .entities
            .iter()
            .copied()
            .find(|e| matches!(self.reading.entities.get(*e).kind, EntityKind::Country | EntityKind::Place))?;
        let other = phrase.names[0]
            .entities
            .iter()
            .any(|e| matches!(self.reading.entities.get(*e).kind, EntityKind::Organisation | EntityKind::Outlet));
        if other {
            return None;
        }
        let authority = self.reading.entities.get(place).authority.unwrap_or(place);
        let actor = self.entity_actor(authority, mention, Step::Place);
        Some(Actor { metonym: Some(place), kind: ActorKind::Authority, ..actor })
    }
}

/// Whether what speaks is no person and nobody who may be one.
fn is_impersonal(kind: ActorKind) -> bool {
    matches!(kind, ActorKind::Outlet | ActorKind::Document | ActorKind::Authority)
}

fn actor_of(member: &Member, mention: Span, step: Step) -> Actor {
    let by = step.alone();
    Actor {
        name: member.name.clone(),
        mention,
        role: None,
        entity: member.entity,
        metonym: None,
        kind: member.kind,
        link: None,
        by,
    }
}

/// "La secrétaire d'État" of the first lines, when the same words lead to somebody with a name later on.
pub fn name_descriptions(text: &str, by_sentence: &mut [Vec<Statement>]) {
    let bare = |mention: Span| {
        let words = mention.of(text).to_lowercase();
        ["le ", "la ", "l'", "l’"].iter().find_map(|article| words.strip_prefix(article)).map(str::to_owned)
    };
    let named = |a: &&Actor| {
        a.kind == ActorKind::Person
            && matches!(a.by.step, Step::Role | Step::Office | Step::LastSpeaker | Step::NamedBefore)
    };
    let actors = || by_sentence.iter().flatten().flat_map(|s| &s.actors);
    if !actors().any(|a| a.kind == ActorKind::Unnamed) {
        return;
    }
    let mut known: FxHashMap<String, Actor> = FxHashMap::default();
    for actor in actors().filter(named) {
        if let Some(words) = bare(actor.mention) {
            known.entry(words).or_insert_with(|| actor.clone());
        }
    }
    if known.is_empty() {
        return;
    }
    let actors = by_sentence.iter_mut().flatten().flat_map(|s| &mut s.actors);
    for actor in actors.filter(|a| a.kind == ActorKind::Unnamed) {
        if let Some(found) = known.get(actor.name.to_lowercase().as_str()) {
            let by = if actor.by.step == Step::Unnamed { Step::NamedLater.after(found.mention) } else { actor.by };
            *actor = Actor { mention: actor.mention, role: actor.role, by, ..found.clone() };
        }
    }
}
