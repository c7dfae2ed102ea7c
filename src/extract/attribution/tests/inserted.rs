use super::*;

fn inserted(text: &str) -> Vec<Found> {
    found_by(text, |layer| layer.inserted())
}

#[test]
fn a_cue_after_a_quotation_takes_the_inside_of_the_marks() {
    let wanted = [is(Frame::AfterQuotation, "Anne Roy", "Le pont tiendra")];
    assert_eq!(inserted("« Le pont tiendra », a dit Anne Roy."), wanted);
    assert_eq!(inserted("\"Le pont tiendra\", a dit jeudi, à Valmont, Anne Roy."), wanted);
}

#[test]
fn the_words_before_a_quotation_in_its_clause_are_content_too() {
    let wanted = [is(Frame::AfterQuotation, "Anne Roy", "Le pont est « fatigué »")];
    assert_eq!(inserted("Le pont est « fatigué », a dit Anne Roy."), wanted);
}

#[test]
fn two_quotations_around_the_cue_are_one_statement() {
    let text = "« Le pont tiendra », a dit Anne Roy, « mais le quai cède ».";
    assert_eq!(inserted(text), [is(Frame::AfterQuotation, "Anne Roy", "Le pont tiendra … mais le quai cède")]);
}

#[test]
fn a_cue_between_commas_parts_a_clause() {
    let text = "Le pont, a ajouté Anne Roy, fermera lundi.";
    assert_eq!(inserted(text), [is(Frame::Inserted, "Anne Roy", "Le pont … fermera lundi")]);
    let text = "Le pont fermera lundi, a-t-elle ajouté.";
    assert_eq!(inserted(text), [is(Frame::Inserted, "-t-elle", "Le pont fermera lundi")]);
}

#[test]
fn an_object_after_the_verb_is_no_source() {
    assert!(inserted("Le pont fermera lundi, poursuit la route.").is_empty());
    assert!(inserted("Le pont fermera lundi, a annoncé que la ville paierait.").is_empty());
}

#[test]
fn a_subordinate_clause_alone_says_nothing() {
    assert!(inserted("Alors que le pont ferme, a dit Anne Roy.").is_empty());
}

#[test]
fn a_clause_between_the_marks_interrupts_its_quotation() {
    let interrupted = |text| found_by(text, |layer| layer.interrupted());
    let text = "« Le pont, a promis Anne Roy, rouvrira lundi. »";
    assert_eq!(interrupted(text), [is(Frame::Interrupted, "Anne Roy", "Le pont … rouvrira lundi.")]);
    assert!(interrupted("« Le pont a promis beaucoup, et rouvrira lundi. »").is_empty());
}
