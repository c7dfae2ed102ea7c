use super::*;

/// The clause after the first "que".
fn clause(text: &str) -> String {
    let reading = reading(text);
    let analysis = Analysis::new(&reading, 0);
    let from = analysis.sentence.clone().find(|k| reading.lower(*k) == "que").unwrap() + 1;
    let to = analysis.clause_end(from, analysis.sentence.end);
    reading.span(from..to).of(text).to_owned()
}

#[test]
fn a_clause_ends_where_another_cue_or_source_begins() {
    for text in [
        "Anne Roy a dit que le pont fermerait lundi, ajoutant que le quai suivrait.",
        "Anne Roy a dit que le pont fermerait lundi, selon le Courrier de Valmont.",
        "Anne Roy a dit que le pont fermerait lundi, ce que le conseil conteste.",
        "Anne Roy a dit que le pont fermerait lundi, sans donner de raison.",
        "Anne Roy a dit que le pont fermerait lundi, et a promis un bac.",
    ] {
        assert_eq!(clause(text), "le pont fermerait lundi", "{text}");
    }
}

#[test]
fn what_belongs_to_the_clause_stays_in_it() {
    for words in [
        "le pont, fermé lundi, rouvrirait",
        "le pont fermerait et que le quai suivrait",
        "le pont fermerait, alors que le quai est ouvert",
        "le pont fermerait, ce qui gênerait les riverains",
        "le pont fermerait (lundi)",
    ] {
        assert_eq!(clause(&format!("Anne Roy a dit que {words}.")), words);
    }
}

#[test]
fn a_main_verb_is_seen_outside_relative_clauses() {
    let has = |text: &str| {
        let reading = reading(text);
        let analysis = Analysis::new(&reading, 0);
        analysis.has_main_verb(analysis.sentence.clone())
    };
    assert!(has("La maire, qui recevait des élus, est partie"));
    assert!(!has("La maire, qui recevait des élus,"));
    assert!(!has("La fermeture du pont"));
}
