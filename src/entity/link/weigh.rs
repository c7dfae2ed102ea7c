//! Signs are found and added up.

use super::walk::walk;
use super::{Evidence, LIKELY, LINKED, Link, MARGIN, MOST_CANDIDATES, Method, Scope, Setting, Sign, Told, score};
use crate::date::PartialDate;
use crate::entity::{Entities, Entity, EntityId, EntityKind, fold, stands_for};

/// So many of those that an article names are held against an entity's offices.
const COMPANY: usize = 40;

impl Entities {
    /// The link of a name that leads to `candidates`, the best of which is taken if it is likely enough.
    pub fn link(&self, setting: &Setting, candidates: &[EntityId]) -> Link {
        let mut weighed: Vec<_> = candidates.iter().map(|id| self.weigh(*id, candidates.len() - 1, setting)).collect();
        weighed.sort_by(|a, b| b.score.total_cmp(&a.score));
        let name = setting.name.into();
        let method = setting.method;
        let (first, second) = (weighed.first(), weighed.get(1).map_or(0.0, |second| second.score));
        let sure = first.is_some_and(|first| first.score > LINKED && first.score - second >= MARGIN);
        let others = weighed.iter().skip(usize::from(sure)).filter(|other| other.score >= LIKELY);
        let candidates = others.take(MOST_CANDIDATES).map(|other| (other.id, other.score)).collect();
        let entity = first.filter(|_| sure).map(|first| first.id);
        let best = first.is_some().then(|| weighed.swap_remove(0));
        let (score, evidence) = best.map_or((0.0, Vec::new()), |best| (best.score, best.evidence));
        Link { name, method, entity, score, evidence, candidates, scope: Scope::of(setting) }
    }

    fn weigh(&self, id: EntityId, rivals: usize, setting: &Setting) -> Weighed {
        let entity = self.get(id);
        let mut scale = Scale { evidence: Vec::new() };
        scale.named(entity, setting, self.is_stranger(id));
        for _ in 0..rivals.min(2) {
            scale.add(Sign::Rival, "");
        }
        if entity.kind == EntityKind::Person {
            scale.roles(entity, setting);
            if setting.gender.zip(entity.gender).is_some_and(|(told, own)| told != own) {
                scale.add(Sign::GenderOther, "");
            }
        }
        scale.country(self, entity, setting);
        scale.company(self, id, entity, setting);
        if self.is_guest(id) && entity.sitelinks > 4 {
            let doublings = (f32::from(entity.sitelinks) / 4.0).log2();
            scale.evidence.push(Evidence {
                sign: Sign::Known,
                points: Sign::Known.points() * doublings,
                detail: entity.sitelinks.to_string(),
            });
        }
        let points = scale.evidence.iter().map(|evidence| evidence.points).sum();
        Weighed { id, score: score(points), evidence: scale.evidence }
    }
}

/// An entity that a name may mean.
struct Weighed {
    id: EntityId,
    score: f32,
    evidence: Vec<Evidence>,
}

/// The signs of one entity as they are found.
struct Scale {
    evidence: Vec<Evidence>,
}

impl Scale {
    fn add(&mut self, sign: Sign, detail: impl Into<String>) {
        self.evidence.push(Evidence { sign, points: sign.points(), detail: detail.into() });
    }

    /// How well the words name it.
    fn named(&mut self, entity: &Entity, setting: &Setting, stranger: bool) {
        let person = entity.kind == EntityKind::Person;
        let sign = match setting.method {
            Method::Office if setting.on.is_none() => Sign::OfficeUndated,
            Method::Office => Sign::Office,
            Method::Place => Sign::Place,
            Method::PartOfName => Sign::Part,
            Method::Name => how_named(entity, setting.name),
        };
        self.add(sign, format!("“{}”", setting.name));
        let named = matches!(setting.method, Method::Name);
        if named && !setting.name.contains([' ', '-']) && sign != Sign::Label {
            self.add(Sign::OneWord, "");
        }
        // An office has one holder, whoever else bears the name.
        if stranger && setting.method != Method::Office {
            self.add(if person { Sign::Stranger } else { Sign::Unfamiliar }, "");
        }
    }

    /// The roles that the article gives, against the offices and the description that are known. One that agrees outweighs
    /// all that do not.
    fn roles(&mut self, entity: &Entity, setting: &Setting) {
        let mut best: Option<(Sign, String)> = None;
        for told in setting.roles {
            let otherwise = || {
                let walk = walk(told.lemma, told.class)?;
                let walks = &entity.profile().walks;
                let sign = if walks.contains(&walk.name) { Sign::RoleNear } else { walk.otherwise };
                (!walks.is_empty()).then(|| (sign, told.lemma.to_owned()))
            };
            if let Some(found) = held(entity, told, setting.on).or_else(otherwise)
                && best.as_ref().is_none_or(|best| found.0.points() > best.0.points())
            {
                best = Some(found);
            }
        }
        if let Some((sign, detail)) = best {
            self.add(sign, detail);
        }
    }

    /// The countries that the words of the roles name.
    fn country(&mut self, entities: &Entities, entity: &Entity, setting: &Setting) {
        let Some(own) = entity.country else { return };
        let mut told = setting.roles.iter().filter_map(|role| role.country);
        let Some(first) = told.next() else { return };
        if first == own || told.any(|country| country == own) {
            self.add(Sign::Country, &*entities.get(own).fr);
        } else if entity.kind == EntityKind::Person {
            self.add(Sign::CountryOther, &*entities.get(first).fr);
        }
    }

    /// Bodies that the article names, and by which the entity is known.
    fn company(&mut self, entities: &Entities, id: EntityId, entity: &Entity, setting: &Setting) {
        let of = |text: &str, name: &str| name.len() > 2 && text.contains(name);
        let names =
            setting.company.iter().take(COMPANY).filter(|other| **other != id).map(|other| entities.get(*other));
        let bodies = names.filter(|other| matches!(other.kind, EntityKind::Organisation | EntityKind::Concept));
        let mut with: Vec<&str> = bodies
            .map(|other| &*other.fr)
            .filter(|name| of(&entity.note, name) || entity.offices.iter().any(|office| of(&office.title, name)))
            .collect();
        with.sort_unstable();
        if let Some(first) = with.first() {
            self.add(Sign::Company, *first);
        }
    }
}

/// How a name names an entity that it is known to lead to.
fn how_named(entity: &Entity, name: &str) -> Sign {
    if *entity.fr == *name || *entity.en == *name {
        return Sign::Label;
    }
    let folded = fold::fold(name);
    let is = |other: &str| fold::without_article(&fold::fold(other)) == fold::without_article(&folded);
    if is(&entity.fr) || is(&entity.en) {
        Sign::Label
    } else if entity.aliases.iter().any(|alias| is(alias)) {
        Sign::Alias
    } else {
        Sign::Derived
    }
}

/// Whether the entity held the role that is told of it, on the day or at another time; and its own words for it.
fn held(entity: &Entity, told: &Told, on: Option<PartialDate>) -> Option<(Sign, String)> {
    let mut past = None;
    for known in entity.profile().roles.iter().filter(|known| stands_for(told.lemma, known.lemma, known.class)) {
        let Some(office) = known.office.map(|at| &entity.offices[at]) else {
            past.get_or_insert(&entity.note);
            continue;
        };
        // "l'ancien ministre" held it before; "le ministre" holds it.
        if on.is_none_or(|on| office.may_be_held(on) != told.not_now) {
            return Some((Sign::RoleHeld, office.title.clone()));
        }
        past.get_or_insert(&office.title);
    }
    past.map(|title| (Sign::RolePast, title.clone()))
}
