//! Who, through whom, when and about what: short invented articles, from the text to the statement.

use super::*;
use crate::article::Article;

/// The statements of an article that came out on Saturday 9 March 2024.
fn read(text: &str) -> Vec<Statement> {
    let article = Article { published: "2024-03-09".parse().ok(), ..Article::from_text("a.txt", text) };
    extract(&article, Entities::embedded())
}

fn last(text: &str) -> Statement {
    read(text).pop().unwrap_or_else(|| panic!("no statement in {text}"))
}

#[test]
fn pronouns_roles_and_surnames_lead_to_somebody_named() {
    for (text, actor) in [
        ("La maire Léa Roy a reçu Paul Vidal. Elle a dit que le pont fermerait.", "Léa Roy"),
        ("La maire Léa Roy a reçu Paul Vidal. Il a dit que le pont fermerait.", "Paul Vidal"),
        ("Paul Vidal a succédé à Marc Lebel. Ce dernier a dit que le pont fermerait.", "Marc Lebel"),
        ("Paul Vidal est venu. « Le pont fermera », a dit M. Vidal.", "Paul Vidal"),
        ("Paul Vidal est venu. Vidal a dit que le pont fermerait.", "Paul Vidal"),
        ("Léa Roy, présidente du club, est venue. La présidente a dit que le pont fermerait.", "Léa Roy"),
        ("Léa Roy, militante, est venue. « Le pont fermera », a dit la militante.", "Léa Roy"),
        ("Anne-Béatrice Costa est venue. ABC a dit que le pont fermerait.", "Anne-Béatrice Costa"),
        ("L'association Pont-de-Bois est née. L'association a dit que le pont fermerait.", "Pont-de-Bois"),
        ("Léa Roy a dit que oui. Selon elle, le pont fermera.", "Léa Roy"),
        ("Un pêcheur est venu. « Le pont fermera », a-t-il dit.", "pêcheur"),
    ] {
        assert_eq!(last(text).actors[0].name.to_string(), actor, "{text}");
    }
}

#[test]
fn offices_lead_to_who_held_them_on_the_day() {
    for (day, holder) in [("2016-03-09", "François Hollande"), ("2024-03-09", "Emmanuel Macron")] {
        let text = "Le président français a dit que le pont fermerait.";
        let article = Article { published: day.parse().ok(), ..Article::from_text("a.txt", text) };
        assert_eq!(extract(&article, Entities::embedded())[0].actors[0].name.to_string(), holder);
    }
    let text = "Volodymyr Zelensky est à Paris. Son homologue français a dit que le pont fermerait.";
    let with_both = format!("Emmanuel Macron attend. {text}");
    assert_eq!(last(&with_both).actors[0].name.to_string(), "Emmanuel Macron");
}

#[test]
fn a_place_speaks_for_its_authorities_and_says_so() {
    let actor = &last("Le Kremlin a dit que le pont fermerait.").actors[0];
    let entities = Entities::embedded();
    assert_eq!(actor.kind, ActorKind::Authority);
    assert_eq!(actor.metonym.map(|id| &*entities.get(id).fr), Some("Kremlin"));
    assert_ne!(actor.entity, actor.metonym);
}

#[test]
fn outlets_relay_and_speak_only_where_nobody_else_does() {
    for (text, actor, relays) in [
        ("« Oui », a dit Léa Roy à l'AFP.", "Léa Roy", &["Agence France-Presse"][..]),
        ("« Oui », a dit Léa Roy au micro de Radio Estuaire.", "Léa Roy", &["Radio Estuaire"]),
        ("« Oui », a dit Léa Roy, selon Radio Estuaire.", "Léa Roy", &["Radio Estuaire"]),
        ("« Oui », a dit Léa Roy, citée par Reuters.", "Léa Roy", &["Reuters"]),
        ("Interrogée par Canal Sarrance, Léa Roy a dit que oui.", "Léa Roy", &["Canal Sarrance"]),
        ("Le pont fermera, selon Radio Estuaire.", "Radio Estuaire", &[]),
        ("« Oui », a dit Léa Roy à la presse.", "Léa Roy", &[]),
        ("« Oui », a dit Léa Roy à Valmont.", "Léa Roy", &[]),
        ("Léa Roy était l'invitée de Radio Estuaire. « Oui », a-t-elle dit.", "Léa Roy", &["Radio Estuaire"]),
    ] {
        let statement = last(text);
        assert_eq!(statement.actors[0].name.to_string(), actor, "{text}");
        let found: Vec<_> = statement.relayed_by.iter().map(|r| &*r.name).collect();
        assert_eq!(found, relays, "{text}");
    }
}

#[test]
fn the_date_by_the_cue_dates_the_words() {
    for (text, day) in [
        ("Léa Roy a dit jeudi que le pont fermerait.", Some("2024-03-07")),
        ("Jeudi, Léa Roy a dit que le pont fermerait.", Some("2024-03-07")),
        ("« Oui », a dit le 3 mars la maire.", Some("2024-03-03")),
        ("« Oui », a dit hier Léa Roy.", Some("2024-03-08")),
        ("La maire, élue dimanche à Valmont, a dit que le pont fermerait.", None),
        ("Léa Roy a dit que le pont fermerait jeudi.", None),
        ("Léa Roy a dit hier que oui. Elle a ajouté que le pont fermerait.", Some("2024-03-08")),
    ] {
        let date = last(text).date.unwrap();
        match day {
            Some(day) => assert_eq!(date.not_before.map(|d| d.to_string()).as_deref(), Some(day), "{text}"),
            None => assert_eq!(date.not_before, None, "{text}"),
        }
        assert_eq!(date.basis == DateBasis::Text, day.is_some(), "{text}");
    }
}

#[test]
fn topics_are_what_the_content_names_and_what_that_belongs_to() {
    for (text, key, about) in [
        ("Léa Roy a dit que l'OTAN tiendrait.", "Q7184", true),
        ("Léa Roy a dit que l'Alliance atlantique tiendrait.", "Q7184", true),
        ("L'OTAN se réunit. Léa Roy a dit que l'alliance tiendrait.", "Q7184", true),
        ("Léa Roy a dit que l'alliance tiendrait.", "Q7184", false),
        ("L'OTAN se réunit. Léa Roy a dit que le pont tiendrait.", "Q7184", false),
        ("Léa Roy a dit que l'armée ukrainienne tiendrait.", "Q212", true),
        ("Léa Roy a dit que le plan d'action pour l'adhésion tiendrait.", "Q7184", true),
    ] {
        let entities = Entities::embedded();
        let topics = last(text).about;
        let found = topics.iter().any(|t| t.entity.is_some_and(|id| entities.get(id).key == key));
        assert_eq!(found, about, "{text}");
    }
}

#[test]
fn records_count_code_points() {
    for text in
        ["🗞️ L'été. « Ça ira 🎉 », a dit Zoé Roy.", "Un.\r\n« É », dit Zoé Roy.\r\n", "e\u{301}. « Oui », dit Zoé Roy."]
    {
        let article = Article::from_text("a.txt", text);
        let statements = extract(&article, Entities::embedded());
        let characters: Vec<char> = text.chars().collect();
        let words = |at: &serde_json::Value| {
            let [start, end] = ["start", "end"].map(|key| at[key].as_u64().unwrap() as usize);
            characters[start..end].iter().collect::<String>()
        };
        for record in records(&article, &statements, Entities::embedded()) {
            let json = serde_json::to_value(&record).unwrap();
            assert_eq!(serde_json::json!(words(&json["spans"][0])), json["text"], "{text}");
            assert_eq!(serde_json::json!(words(&json["actors"][0])), json["actors"][0]["mention"], "{text}");
            assert_eq!(words(&json["actors"][0]), "Zoé Roy", "{text}");
        }
        assert_eq!(statements.len(), 1, "{text}");
    }
}

#[test]
fn a_paragraph_in_another_language_is_read_in_it() {
    let french = "La maire de Valmont, Léa Roy, est à Londres avec le ministre Paul Vidal. Elle a dit que les ponts \
                  des deux villes seraient fermés dans une semaine.";
    let english = "Roy told reporters that the bridge and the road to the north of the town would be closed for the \
                   winter. \"We have no choice,\" she said.";
    let quoted = "« The end of the road and the end of the line for the people with the bridge », a dit Paul Vidal.";
    let found = |text: &str| {
        let statements = read(text);
        statements.iter().map(|s| (s.text(text).into_owned(), s.actors[0].name.to_string())).collect::<Vec<_>>()
    };
    let statement = |text: &str, actor: &str| (text.to_owned(), actor.to_owned());
    let of_french = statement("les ponts des deux villes seraient fermés dans une semaine", "Léa Roy");
    let of_english = [
        statement("the bridge and the road to the north of the town would be closed for the winter", "Léa Roy"),
        statement("We have no choice", "Léa Roy"),
    ];
    let mixed = found(&format!("{french}\n{english}\nElle a dit que les quais seraient fermés dans une heure."));
    let last = statement("les quais seraient fermés dans une heure", "Léa Roy");
    assert_eq!(mixed, [std::slice::from_ref(&of_french), &of_english, &[last]].concat());
    // A quotation may be in any language.
    let of_quoted = "The end of the road and the end of the line for the people with the bridge";
    assert_eq!(found(&format!("{french}\n{quoted}")), [of_french, statement(of_quoted, "Paul Vidal")]);
}
