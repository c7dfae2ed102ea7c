use super::*;
use crate::entity::Entities;
use crate::extract::{Span, cue};

/// The sources before and after the first reporting verb of a sentence, with appositions.
fn around(text: &str) -> [Vec<String>; 2] {
    let reading =
        Reading::new(text, &[Span::new(0, text.len())], Entities::embedded(), crate::language::Language::French);
    let sentence = reading.sentences[0].range.clone();
    let group = cue::groups(&reading, sentence.clone()).remove(0);
    let words = |sources: Option<Vec<Phrase>>| {
        let all = sources.unwrap_or_default();
        all.iter().map(|p| reading.span(p.full()).of(text).to_owned()).collect::<Vec<_>>()
    };
    [
        words(reading.source_before(sentence.start, group.range.start)),
        words(reading.source_after(group.range.end, sentence.end)),
    ]
}

#[test]
fn the_subject_before_the_verb() {
    for (text, sources) in [
        ("Jeudi, à Valmont, la maire a dit que oui.", &["la maire"][..]),
        ("Paul Vidal, 54 ans, maire de Valmont, a dit que oui.", &["Paul Vidal, 54 ans, maire de Valmont"]),
        ("Le ministre des Ponts, Paul Vidal, a dit que oui.", &["Le ministre des Ponts, Paul Vidal"]),
        ("Léa Roy et le préfet Jean Dumoulin ont dit que oui.", &["Léa Roy", "le préfet Jean Dumoulin"]),
        ("Paul Vidal, qui dirige le port, a dit que oui.", &["Paul Vidal"]),
        ("La maire, qui a dit que oui, sourit.", &["La maire"]),
        ("Mais elle a dit que oui.", &["elle"]),
        ("Dans un communiqué, l'association Pont-de-Bois a dit que oui.", &["l'association Pont-de-Bois"]),
        ("J'ai dit que oui.", &[]),
    ] {
        assert_eq!(around(text)[0], sources, "{text}");
    }
}

#[test]
fn the_subject_after_the_verb_with_what_stands_between() {
    for (text, sources) in [
        ("Oui, a dit la maire.", &["la maire"][..]),
        ("Oui, a dit jeudi à l'AFP la maire, Léa Roy.", &["la maire, Léa Roy"]),
        ("Oui, a dit, amusée, la maire.", &["la maire"]),
        ("Oui, a dit devant la presse Léa Roy, présidente du club.", &["Léa Roy, présidente du club"]),
        ("Oui, a dit au micro de Radio Estuaire le capitaine.", &["le capitaine"]),
        ("Oui, a dit en souriant Léa Roy.", &["Léa Roy"]),
        ("Oui, ont dit Léa Roy et Paul Vidal.", &["Léa Roy", "Paul Vidal"]),
        ("Oui, a dit que non.", &[]),
    ] {
        assert_eq!(around(text)[1], sources, "{text}");
    }
}
