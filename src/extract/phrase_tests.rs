use super::*;
use crate::entity::Entities;
use crate::extract::Span;

fn reading(text: &str) -> Reading<'_> {
    Reading::new(text, &[Span::new(0, text.len())], Entities::embedded(), crate::language::Language::French)
}

#[test]
fn a_phrase_ends_where_its_noun_does() {
    for (text, words, names) in [
        ("le président du conseil Paul Vidal a dit", "le président du conseil Paul Vidal", &["Paul Vidal"][..]),
        ("M. Vidal a dit", "M. Vidal", &["Vidal"]),
        ("Mme Zoé de Sarrance a dit", "Mme Zoé de Sarrance", &["Zoé de Sarrance"]),
        ("Ursula von Brandt a dit", "Ursula von Brandt", &["Ursula von Brandt"]),
        ("J. Petit-Roy a dit", "J. Petit-Roy", &["J. Petit-Roy"]),
        ("le collectif « Pont Libre » a dit", "le collectif « Pont Libre »", &["Pont Libre"]),
        ("la maire (écologiste) a dit", "la maire (écologiste)", &[]),
        ("un porte-parole de la police a dit", "un porte-parole de la police", &[]),
        ("l'un des habitants a dit", "l'un des habitants", &[]),
        ("le ministre chargé des Ponts a dit", "le ministre chargé des Ponts", &[]),
        ("celui qui tenait la barre, a dit", "celui qui tenait la barre", &[]),
        ("le patron du Courrier de Valmont a dit", "le patron du Courrier de Valmont", &[]),
    ] {
        let reading = reading(text);
        let phrase = reading.phrase_at(0, reading.tokens.len()).unwrap();
        assert_eq!(reading.span(phrase.range.clone()).of(text), words, "{text}");
        let found: Vec<_> = phrase.names.iter().map(|n| reading.span(n.range.clone()).of(text)).collect();
        assert_eq!(found, names, "{text}");
    }
}

#[test]
fn determiners_titles_and_roles_show_gender_and_number() {
    use Gender::{Feminine, Masculine};
    for (text, gender, plural, indefinite) in [
        ("une ministre a dit", Some(Feminine), false, true),
        ("le ministre a dit", Some(Masculine), false, false),
        ("la directrice a dit", Some(Feminine), false, false),
        ("Mme Vidal a dit", Some(Feminine), false, false),
        ("les pompiers ont dit", None, true, false),
        ("plusieurs témoins ont dit", None, true, true),
        ("trois témoins ont dit", None, true, true),
        ("elles ont dit", Some(Feminine), true, false),
        ("celui-ci a dit", Some(Masculine), false, false),
    ] {
        let reading = reading(text);
        let p = reading.phrase_at(0, reading.tokens.len()).unwrap();
        let gender_or_none = if plural && !p.pronoun { None } else { p.gender };
        assert_eq!((gender_or_none, p.plural, p.indefinite), (gender, plural, indefinite), "{text}");
    }
}

#[test]
fn known_names_win_over_runs_of_capitals_and_strangers_take_theirs() {
    for (text, name, key) in [
        ("L'OTAN avance", "OTAN", Some("Q7184")),
        ("Volodymyr Zelenskiy avance", "Volodymyr Zelenskiy", Some("Q3874799")),
        ("Amadou Fall-Rey avance", "Amadou Fall-Rey", None),
        ("Zoé Babo/Kand avance", "Zoé Babo/Kand", None),
        ("La Tribune de Sarrance avance", "La Tribune de Sarrance", None),
    ] {
        let reading = reading(text);
        let name_found =
            (0..2).find_map(|i| reading.name_at(i, reading.tokens.len())).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(reading.span(name_found.range.clone()).of(text), name);
        let found = name_found.entities.first().map(|id| Entities::embedded().get(*id).key.as_str());
        assert_eq!(found, key, "{text}");
    }
}

#[test]
fn a_capital_at_the_head_of_a_sentence_is_no_name_by_itself() {
    for text in ["Demain viendra.", "Hier encore.", "Ponts et routes."] {
        assert!(reading(text).name_at(0, 3).is_none(), "{text}");
    }
}

#[test]
fn a_role_is_printed_without_the_name() {
    for (text, role) in [
        ("le président du conseil Paul Vidal a dit", Some("président du conseil")),
        ("le président français Paul Vidal a dit", Some("président français")),
        ("l'ancien ministre des Ponts, Paul Vidal, a dit", Some("ancien ministre des Ponts")),
        ("Paul Vidal, maire de Valmont, 50 ans, a dit", Some("maire de Valmont")),
        ("Zoé Vidal, 50 ans, maire de Valmont, a dit", Some("maire de Valmont")),
        ("la maire Mme Vidal a dit", Some("maire")),
        ("la maire a dit", Some("maire")),
        ("le maire de Valmont a dit", Some("maire de Valmont")),
        ("un porte-parole de la police a dit", Some("porte-parole de la police")),
        ("M. Vidal a dit", None),
        ("elle a dit", None),
        ("le collectif a dit", None),
    ] {
        let reading = reading(text);
        let phrase = reading.source_at(0, reading.tokens.len()).unwrap();
        assert_eq!(reading.printed_role(&phrase).map(|span| span.of(text)), role, "{text}");
    }
}
