use super::*;
use crate::extract::attribution::unmarked;

/// What the last sentence of a text goes on with, after the last draft of the one before it.
fn goes_on(text: &str) -> Vec<Found> {
    let reading = reading(text);
    let last = reading.sentences.len() - 1;
    let before = attribute(&reading, last - 1).pop();
    unmarked(&reading, last, before.as_ref(), || None).iter().map(|draft| show(&reading, draft)).collect()
}

#[test]
fn a_quotation_that_fills_its_sentence_goes_on() {
    let text = "« Le pont fermera », a dit Anne Roy. « Le quai du Nord suivra lundi. »";
    assert_eq!(goes_on(text), [is(Frame::Continued, "", "Le quai du Nord suivra lundi.")]);
}

#[test]
fn a_name_in_marks_or_a_sentence_without_a_speaker_before_it_does_not() {
    assert!(goes_on("« Le pont fermera », a dit Anne Roy. Le « drôle de pont » date de 1902.").is_empty());
    assert!(goes_on("Le pont date de 1902. « Le quai du Nord suivra lundi. »").is_empty());
}
