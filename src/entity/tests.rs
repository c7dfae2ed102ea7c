//! What the embedded tables must answer.

use super::*;

fn all() -> &'static Entities {
    Entities::embedded()
}

fn keys(ids: &[EntityId]) -> Vec<&'static str> {
    ids.iter().map(|id| all().get(*id).key.as_str()).collect()
}

/// The words, the entity's key and the weakness of the longest name at the start of a text.
fn matched(text: &str) -> Option<(usize, &'static str, bool)> {
    let words: Vec<&str> = text.split_inclusive(['\'', ' ']).map(str::trim_end).collect();
    let (count, aliases) = all().match_at(&words)?;
    Some((count, all().get(aliases[0].entity).key.as_str(), aliases[0].weak))
}

#[test]
fn every_row_of_the_embedded_tables_is_good() {
    let entities = load::entities().unwrap_or_else(|error| panic!("{error}"));
    assert!(entities.iter().count() > 2000);
    office::Holders::build(&entities).unwrap_or_else(|error| panic!("{error}"));
    assert!(is_first_name("Marie"));
    assert!(Roles::embedded().role_at(["ministre"]).is_some());
}

#[test]
fn a_typed_name_finds_the_entity() {
    for (name, key) in [
        ("OTAN", "Q7184"),
        ("nato", "Q7184"),
        ("l’Alliance atlantique", "Q7184"),
        ("Q7184", "Q7184"),
        ("zelenskiy", "Q3874799"),
        ("Volodymyr Zelenskij", "Q3874799"),
        ("Hollande", "Q157"),
        ("le kremlin", "Q133274"),
        ("etats unis", "Q30"),
        ("MAP", "plan-d-action-pour-l-adhesion"),
        ("autorités ukrainiennes", "authority-Q212"),
    ] {
        assert_eq!(keys(&all().find(name)).first(), Some(&key), "{name}");
    }
    assert!(all().find("Zorblax").is_empty());
}

#[test]
fn the_words_of_a_text_lead_to_entities() {
    for (text, found) in [
        ("Maison Blanche dit", Some((2, "Q35525", false))),
        ("Maison-Blanche dit", Some((1, "Q35525", false))),
        ("OTAN a", Some((1, "Q7184", false))),
        ("Otan a", Some((1, "Q7184", false))),
        ("UE a", Some((1, "Q458", false))),
        ("ue a", None),
        ("Macron a", Some((1, "Q3052772", true))),
        ("macron a", None),
        ("Emmanuel Macron a", Some((2, "Q3052772", false))),
        ("Ursula von der Leyen a", Some((4, "Q60772", false))),
        ("von der Leyen a", Some((3, "Q60772", true))),
        ("POUTINE a", Some((1, "Q7747", true))),
        ("Le Monde a", Some((2, "Q12461", false))),
        ("le monde a", None),
        ("Le monde a", None),
        ("plan d'action pour l'adhésion à", Some((6, "plan-d-action-pour-l-adhesion", false))),
        ("plan d'action national", None),
        ("Commission européenne a", Some((2, "Q8880", false))),
        ("Sergueï Lavrov a", Some((2, "Q58217", false))),
        ("Sergueï Lavroff a", Some((2, "Q58217", false))),
        ("Washington Post a", Some((2, "Q166032", false))),
        ("Washington a", Some((1, "Q61", false))),
        ("Légion « Liberté de la Russie » a", Some((7, "legion-liberte-de-la-russie", false))),
        ("Les habitants ont", None),
        ("Michel Untel a", None),
        ("Martine a", None),
        ("Sud Ouest a", Some((2, "sud-ouest", true))),
        ("forces armées", None),
        ("Terrorisme et", Some((1, "Q7283", true))),
    ] {
        assert_eq!(matched(text), found, "{text}");
    }
}

#[test]
fn a_place_that_speaks_has_an_authority() {
    for (place, authority, country) in [
        ("Kiev", "authority-Q212", "Q212"),
        ("Ukraine", "authority-Q212", "Q212"),
        ("Kremlin", "presidence-de-la-russie", "Q159"),
        ("Pentagone", "Q11209", "Q30"),
        ("Brazzaville", "authority-Q971", "Q971"),
    ] {
        let id = all().find(place)[0];
        let authority_id = all().get(id).authority.unwrap();
        assert_eq!(all().get(authority_id).key, authority, "{place}");
        assert_eq!(keys(&[all().get(authority_id).country.unwrap()]), [country], "{place}");
    }
    let ukraine = all().get(all().by_key("authority-Q212").unwrap());
    assert_eq!((&*ukraine.fr, &*ukraine.en), ("autorités ukrainiennes", "Ukrainian authorities"));
}

#[test]
fn what_is_inside_leads_to_what_is_around_it() {
    for (name, broader) in [
        ("Marioupol", "Q212"),
        ("Donbass", "Q212"),
        ("Commission européenne", "Q458"),
        ("plan d'action pour l'adhésion", "Q7184"),
    ] {
        let id = all().find(name)[0];
        assert_eq!(keys(&all().get(id).broader), [broader], "{name}");
    }
}

#[test]
fn a_demonym_tells_country_gender_and_number() {
    use Gender::{Feminine, Masculine};
    for (word, country, gender, plural) in [
        ("ukrainien", "Q212", Some(Masculine), false),
        ("Ukrainiennes", "Q212", Some(Feminine), true),
        ("russe", "Q159", None, false),
        ("français", "Q142", Some(Masculine), false),
        ("suisses", "Q39", None, true),
        ("saoudite", "Q851", None, false),
    ] {
        let found = all().demonym(word).unwrap();
        assert_eq!((keys(&[found.country])[0], found.gender, found.plural), (country, gender, plural), "{word}");
    }
    for word in ["Argentine", "congolais", "grand", "autre"] {
        assert_eq!(all().demonym(word), None, "{word}");
    }
}

#[test]
fn roles_are_found_with_their_gender() {
    use Gender::{Feminine, Masculine};
    for (text, count, lemma, gender, plural, not_now) in [
        ("président français", 1, "président", Some(Masculine), false, false),
        ("Présidente de la", 1, "président", Some(Feminine), false, false),
        ("ministre des Affaires étrangères et", 4, "ministre des Affaires étrangères", None, false, false),
        ("chef de l' État a", 4, "chef de l'État", Some(Masculine), false, false),
        ("anciens ministres", 2, "ministre", None, true, true),
        ("ex-président de", 1, "président", Some(Masculine), false, true),
        ("Mme Untel", 1, "M.", Some(Feminine), false, false),
    ] {
        let (found, info) = Roles::embedded().role_at(text.split(' ')).unwrap();
        assert_eq!(
            (found, info.lemma, info.gender, info.plural, info.not_now),
            (count, lemma, gender, plural, not_now)
        );
    }
    assert!(Roles::embedded().role_at(["maison"]).is_none());
    assert!(Roles::embedded().role_at(["m."]).is_none());
}

#[test]
fn outlets_are_known_by_host_and_by_name() {
    for (text, key) in [
        ("www.lemonde.fr", "Q12461"),
        ("https://www.lemonde.fr/politique/a.html", "Q12461"),
        ("Le Monde", "Q12461"),
        ("Insider", "Q286707"),
        ("The Insider", "Q48940439"),
        ("agence Tass", "Q223799"),
        ("fr.euronews.com", "Q8478"),
        ("rmc.bfmtv.com", "Q686375"),
    ] {
        assert_eq!(all().outlet(text).map(|id| keys(&[id])[0]), Some(key), "{text}");
    }
    for text in ["nouvelles.example", "OTAN", ""] {
        assert_eq!(all().outlet(text), None, "{text}");
    }
}

#[test]
fn an_office_has_one_holder_at_a_date() {
    for (role, country, on, holder) in [
        ("président", Some("Q142"), "2022-03-28", Some("Emmanuel Macron")),
        ("président français", None, "2013", Some("François Hollande")),
        ("président de la République française", None, "2010-01", Some("Nicolas Sarkozy")),
        ("chef de l'État", Some("Q212"), "2021-04-06", Some("Volodymyr Zelensky")),
        ("chef de l’État ukrainien", None, "2021-04-06", Some("Volodymyr Zelensky")),
        ("locataire de l'Élysée", None, "2022", Some("Emmanuel Macron")),
        ("président américain", None, "2025-01-10", Some("Joe Biden")),
        ("président américain", None, "2025-01-21", Some("Donald Trump")),
        ("président américain", None, "2025-01", None),
        ("Première ministre", Some("Q142"), "2023-05-02", Some("Élisabeth Borne")),
        ("chancelière allemande", None, "2020", Some("Angela Merkel")),
        ("chancelier", Some("Q183"), "2022", Some("Olaf Scholz")),
        ("chef du gouvernement espagnol", None, "2023", Some("Pedro Sánchez")),
        ("présidente du Conseil italien", None, "2024", Some("Giorgia Meloni")),
        ("ministre ukrainien des Affaires étrangères", None, "2022-03", Some("Dmytro Kouleba")),
        ("chef de la diplomatie russe", None, "2022-03", Some("Sergueï Lavrov")),
        ("secrétaire d'État américain", None, "2022", Some("Antony Blinken")),
        ("chef de la diplomatie", Some("Q30"), "2022", Some("Antony Blinken")),
        ("secrétaire général de l'Otan", None, "2021-04-06", Some("Jens Stoltenberg")),
        ("secrétaire général de l'Alliance atlantique", None, "2025", Some("Mark Rutte")),
        ("patron de l'Otan", Some("Q31"), "2025", Some("Mark Rutte")),
        ("porte-parole du Kremlin", None, "2021-12-29", Some("Dmitri Peskov")),
        ("porte-parole de la présidence russe", None, "2021-12-29", Some("Dmitri Peskov")),
        ("président de la Commission européenne", None, "2022", Some("Ursula von der Leyen")),
        ("présidente de la Commission européenne", None, "2018", Some("Jean-Claude Juncker")),
        ("ministre des Armées", Some("Q142"), "2023", Some("Sébastien Lecornu")),
        ("cheffe de la diplomatie européenne", None, "2025-09", Some("Kaja Kallas")),
        ("président", None, "2022", None),
        ("ancien président français", None, "2022", None),
        ("boulanger", Some("Q142"), "2022", None),
    ] {
        let country = country.map(|key| all().by_key(key).unwrap());
        let found = all().office_holder(role, country, Some(on.parse().unwrap()));
        assert_eq!(found.map(|id| &*all().get(id).fr), holder, "{role} {on}");
    }
    let kremlin = all().office_holder("porte-parole du Kremlin", None, None);
    assert_eq!(kremlin.map(|id| &*all().get(id).fr), Some("Dmitri Peskov"));
    assert_eq!(all().office_holder("président français", None, None), None);
}
