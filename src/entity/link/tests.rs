use super::*;
use crate::entity::Entities;

fn weigh(name: &str, key: &str, roles: &[Told], on: &str) -> Link {
    let entities = Entities::embedded();
    let company = FxHashSet::default();
    let setting = Setting {
        name,
        method: Method::Name,
        kind: EntityKind::Person,
        gender: None,
        roles,
        on: on.parse().ok(),
        company: &company,
    };
    entities.link(&setting, &[entities.by_key(key).unwrap()])
}

fn told(lemma: &'static str, class: &'static str) -> Told<'static> {
    Told { lemma, class, not_now: false, country: None }
}

fn signs(link: &Link) -> Vec<Sign> {
    link.evidence.iter().map(|evidence| evidence.sign).collect()
}

#[test]
fn a_name_alone_is_enough_for_whom_the_table_knows() {
    let link = weigh("Angela Merkel", "Q567", &[], "2015");
    assert!(link.entity.is_some() && link.score > 0.95);
    assert_eq!(link.evidence[0].to_string(), "bears its name: “Angela Merkel” (+4)");
}

#[test]
fn the_role_speaks_for_whoever_held_it_then() {
    let minister = [told("président", "head")];
    assert_eq!(signs(&weigh("Joe Biden", "Q6279", &minister, "2022-05")), [Sign::Label, Sign::RoleHeld]);
    assert_eq!(signs(&weigh("Joe Biden", "Q6279", &minister, "2025-05")), [Sign::Label, Sign::RolePast]);
    let former = [Told { not_now: true, ..minister[0] }];
    assert_eq!(signs(&weigh("Joe Biden", "Q6279", &former, "2025-05")), [Sign::Label, Sign::RoleHeld]);
}

#[test]
fn a_private_trade_makes_a_namesake() {
    let link = weigh("François Hollande", "Q157", &[told("boulanger", "people")], "2016");
    assert_eq!(link.entity, None);
    assert_eq!(link.candidates.len(), 1);
    // A role that agrees outweighs it.
    let both = [told("retraité", "people"), told("président", "head")];
    assert!(weigh("François Hollande", "Q157", &both, "2016").entity.is_some());
}

#[test]
fn a_country_that_the_role_names_counts() {
    let entities = Entities::embedded();
    let of = |key| Told { country: entities.by_key(key), ..told("ministre", "gov") };
    assert!(signs(&weigh("Emmanuel Macron", "Q3052772", &[of("Q142")], "2016")).contains(&Sign::Country));
    assert!(signs(&weigh("Emmanuel Macron", "Q3052772", &[of("Q31")], "2016")).contains(&Sign::CountryOther));
}

#[test]
fn namesakes_who_are_equally_likely_are_no_link() {
    let entities = Entities::embedded();
    let company = FxHashSet::default();
    let setting = Setting {
        name: "Bush",
        method: Method::PartOfName,
        kind: EntityKind::Person,
        gender: None,
        roles: &[],
        on: None,
        company: &company,
    };
    let both: Vec<_> = ["Q207", "Q157"].iter().filter_map(|key| entities.by_key(key)).collect();
    let link = entities.link(&setting, &both);
    assert_eq!((link.entity, link.candidates.len()), (None, 2));
}
