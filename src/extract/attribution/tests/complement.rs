use super::*;

/// The frame and the words of what the first cue governs.
fn complement(text: &str) -> Option<(Frame, String)> {
    let reading = reading(text);
    let analysis = Analysis::new(&reading, 0);
    let group = analysis.groups.first()?;
    let limit = analysis.sentence.end;
    let found = analysis.complement(group, limit, limit)?;
    Some((found.frame, reading.span(found.content).of(text).to_owned()))
}

#[test]
fn each_frame_has_its_words() {
    for (text, frame, words) in [
        ("Anne Roy a dit que le pont ferme.", Frame::Clause, "le pont ferme"),
        ("Anne Roy rejette l'idée que le pont ferme.", Frame::Clause, "le pont ferme"),
        ("Anne Roy a averti les élus que le pont ferme.", Frame::Told, "le pont ferme"),
        ("Anne Roy juge normal que le pont ferme.", Frame::JudgedClause, "normal que le pont ferme"),
        ("Anne Roy a demandé si le pont ferme.", Frame::AskedClause, "si le pont ferme"),
        ("Anne Roy a dit : « Le pont ferme. »", Frame::Colon, "« Le pont ferme. »"),
        ("Anne Roy dit avoir fermé le pont.", Frame::Infinitive, "avoir fermé le pont"),
        ("Anne Roy se dit inquiète pour le pont.", Frame::Attribute, "inquiète pour le pont"),
        ("Anne Roy dénonce un plan « absurde et cher ».", Frame::QuotedObject, "un plan « absurde et cher »"),
        ("Anne Roy réclame un nouveau pont.", Frame::Demand, "un nouveau pont"),
    ] {
        assert_eq!(complement(text), Some((frame, words.to_owned())), "{text}");
    }
}

#[test]
fn a_thing_that_is_said_of_is_no_content() {
    for text in
        ["Anne Roy a expliqué le plan.", "Anne Roy a choisi les mots que la ville attendait.", "Anne Roy a répondu."]
    {
        assert_eq!(complement(text), None, "{text}");
    }
}

#[test]
fn a_question_word_behind_an_adjunct_is_relative() {
    assert_eq!(complement("Anne Roy a demandé à la ville, où siège le conseil, un délai."), None);
    let asked = complement("Anne Roy a demandé au maire si le pont ferme.");
    assert_eq!(asked.map(|(frame, _)| frame), Some(Frame::AskedClause));
}
