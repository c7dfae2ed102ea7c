use super::*;

fn governing(text: &str) -> Vec<Found> {
    found_by(text, |layer| layer.governing())
}

#[test]
fn the_subject_before_the_cue_speaks() {
    let content = "le pont fermerait";
    let cases = [
        ("Anne Roy a dit que le pont fermerait.", "Anne Roy"),
        ("Jeudi, la maire de Valmont a dit que le pont fermerait.", "la maire de Valmont"),
        ("Anne Roy, qui dirige le port, a dit que le pont fermerait.", "Anne Roy"),
        ("Anne Roy et Jean Brun ont dit que le pont fermerait.", "Anne Roy + Jean Brun"),
    ];
    for (text, source) in cases {
        assert_eq!(governing(text), [is(Frame::Clause, source, content)], "{text}");
    }
}

#[test]
fn a_second_cue_inherits_the_source() {
    let found = governing("Anne Roy a dit que le pont fermerait, ajoutant que le quai suivrait.");
    let wanted =
        [is(Frame::Clause, "Anne Roy", "le pont fermerait"), is(Frame::Clause, "Anne Roy", "le quai suivrait")];
    assert_eq!(found, wanted);
}

#[test]
fn what_nobody_said_is_no_statement() {
    for text in [
        "S'il déclare que le pont ferme, la ville paiera.",
        "Anne Roy pourrait annoncer que le pont ferme.",
        "Ceci explique que le pont ferme.",
        "Nul ne sait ce que dira Anne Roy.",
        "Le maire dira-t-il que le pont ferme ?",
    ] {
        assert!(governing(text).is_empty(), "{text}: {:?}", governing(text));
    }
}

#[test]
fn a_main_clause_ends_the_content_of_a_subordinate_one() {
    let found = governing("Alors que le maire affirme que le pont tient, les riverains s'inquiètent.");
    assert_eq!(found, [is(Frame::Clause, "le maire", "le pont tient")]);
}

#[test]
fn a_colon_without_a_verb_needs_somebody_before_it() {
    let colon = |text| found_by(text, |layer| layer.bare_colon());
    let text = "Le maire de Valmont : « Le pont fermera lundi. »";
    assert_eq!(colon(text), [is(Frame::BareColon, "Le maire de Valmont", "Le pont fermera lundi.")]);
    assert!(colon("Au menu du jour : « Le pont de Valmont ».").is_empty());
}
