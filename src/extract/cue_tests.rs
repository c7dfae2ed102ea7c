use super::*;
use crate::entity::Entities;
use crate::extract::Span;

fn found(text: &str) -> Vec<String> {
    let reading =
        Reading::new(text, &[Span::new(0, text.len())], Entities::embedded(), crate::language::Language::French);
    let sentence = reading.sentences[0].range.clone();
    let show = |g: Group| {
        let words = reading.span(g.range.clone()).of(text);
        let mut line = format!("{words} = {} {:?}", g.verb(&reading).lemma, g.shape);
        for (marked, word) in [(g.negated, "negated"), (g.conditional, "conditional"), (g.clitic.is_some(), "inverted")]
        {
            if marked {
                line = format!("{line} {word}");
            }
        }
        line
    };
    groups(&reading, sentence).into_iter().map(show).collect()
}

#[test]
fn a_group_holds_all_words_of_the_saying() {
    for (text, expected) in [
        ("Léa Roy a déclaré que le pont fermerait.", "a déclaré = déclarer Finite"),
        ("Léa Roy a également, jeudi, déclaré que le pont fermerait.", "a également, jeudi, déclaré = déclarer Finite"),
        ("Le pont, a-t-elle ajouté, fermera.", "a-t-elle ajouté = ajouter Finite inverted"),
        ("Le pont, dit-il, fermera.", "dit-il = dire Finite inverted"),
        ("Elle ne l'affirme pas.", "ne l'affirme pas = affirmer Finite negated"),
        ("Léa Roy n'a jamais dit que le pont fermerait.", "n'a jamais dit = dire Finite negated"),
        ("Léa Roy nous l'a confirmé.", "nous l'a confirmé = confirmer Finite"),
        ("Léa Roy a tenu à rappeler que le pont fermerait.", "a tenu à rappeler = rappeler Finite"),
        ("Léa Roy pourrait annoncer une fermeture.", "pourrait annoncer = annoncer Finite conditional"),
        ("Léa Roy fait savoir que le pont fermera.", "fait savoir = faire savoir Finite"),
        ("Léa Roy s'est félicitée de la fermeture.", "s'est félicitée = se féliciter Finite"),
        ("Le pont fermera, ajoutant que tout va bien.", "ajoutant = ajouter Participle"),
        ("Elle parle, tout en soulignant que tout va bien.", "tout en soulignant = souligner Participle"),
        ("Elle sourit, avant d'ajouter que tout va bien.", "avant d'ajouter = ajouter Infinitive"),
    ] {
        assert_eq!(found(text).last().map(String::as_str), Some(expected), "{text}");
    }
}

#[test]
fn nouns_names_and_quoted_verbs_are_no_groups() {
    for text in [
        "La demande est forte.",
        "Une annonce attend le pont.",
        "La dernière note est bonne.",
        "Anne Dit traverse le pont.",
        "Le panneau « Il a dit oui » tombe.",
        "Le pont est solide.",
    ] {
        assert_eq!(found(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_second_participle_shares_the_auxiliary() {
    let groups = found("Léa Roy a dénoncé la hausse et promis que le pont fermerait.");
    assert_eq!(groups, ["a dénoncé = dénoncer Finite", "promis = promettre Shared"]);
}
