use super::*;

fn prepositional(text: &str) -> Vec<Found> {
    found_by(text, |layer| layer.prepositional())
}

#[test]
fn the_source_stands_first_in_the_middle_or_last() {
    let last = [is(Frame::Source, "Anne Roy", "le pont fermera lundi")];
    assert_eq!(prepositional("Selon Anne Roy, le pont fermera lundi."), last);
    let middle = [is(Frame::Source, "Anne Roy", "Le pont … fermera lundi")];
    assert_eq!(prepositional("Le pont, selon Anne Roy, fermera lundi."), middle);
    let first = [is(Frame::Source, "Anne Roy", "Le pont fermera lundi")];
    assert_eq!(prepositional("Le pont fermera lundi, d'après Anne Roy."), first);
}

#[test]
fn a_measure_a_purpose_and_a_norm_are_no_sources() {
    for text in [
        "Les prix changent selon que le pont ferme ou non.",
        "Pour fermer le pont, la ville paiera.",
        "Selon la loi, le pont doit fermer.",
        "La pièce, d'après le roman d'Anne Roy, plaît.",
    ] {
        assert!(prepositional(text).is_empty(), "{text}: {:?}", prepositional(text));
    }
}

#[test]
fn a_speech_noun_carries_its_clause() {
    let text = "La thèse d'Anne Roy selon laquelle le pont bouge étonne.";
    let found = found_by(text, |layer| layer.reported_noun());
    assert_eq!(found[0].0, Frame::SpeechNoun);
    assert_eq!(found[0].1, "Anne Roy");
    assert!(found_by("La route selon laquelle le pont bouge étonne.", |layer| layer.reported_noun()).is_empty());
}
