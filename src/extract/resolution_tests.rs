use super::*;
use crate::article::Article;
use crate::entity::Entities;
use crate::extract::extract;
use crate::extract::statement::ActorKind;

/// How the actor of the last statement was found, and the words that this rests on.
fn found(text: &str) -> (Step, Option<&str>) {
    let statements = extract(&Article::from_text("a.txt", text), Entities::embedded());
    let by = statements.last().unwrap().actors[0].by;
    (by.step, by.from.map(|from| from.of(text)))
}

#[test]
fn a_name_and_a_place_speak_for_themselves() {
    assert_eq!(found("Anne Roy a dit que le pont fermerait."), (Step::Name, None));
    assert_eq!(found("Kiev a dit que le pont fermerait."), (Step::Place, None));
    assert_eq!(found("Un marin a dit que le pont fermerait."), (Step::Unnamed, None));
}

#[test]
fn a_pronoun_rests_on_an_earlier_mention() {
    let text = "« Le pont fermera », a dit Anne Roy. Elle a ajouté que le quai suivrait.";
    assert_eq!(found(text), (Step::LastSpeaker, Some("Anne Roy")));
    let text = "Anne Roy a visité le port. Elle a ajouté que le quai suivrait.";
    assert_eq!(found(text), (Step::NamedBefore, Some("Anne")));
}

#[test]
fn a_quotation_without_a_cue_goes_on() {
    let text = "« Le pont fermera », a dit Anne Roy. « Le quai du Nord suivra lundi. »";
    assert_eq!(found(text), (Step::GoesOn, Some("Anne Roy")));
}

fn actor(name: &str) -> Actor {
    let (kind, by) = (ActorKind::Person, Step::Name.alone());
    Actor { name: name.into(), mention: Span::new(0, 1), role: None, entity: None, metonym: None, kind, by, link: None }
}

fn best(offers: &[(f32, &str)]) -> Answer {
    Answer::best(offers.iter().map(|(cost, name)| (*cost, vec![actor(name)])).collect()).unwrap()
}

#[test]
fn close_candidates_are_both_kept() {
    let answer = best(&[(1.4, "Luc"), (1.2, "Paul")]);
    assert_eq!(&*answer.actors[0].name, "Paul");
    assert!(answer.actors[0].by.is_close());
    let shares: f32 = answer.candidates.iter().map(|c| c.share).sum();
    assert!((shares - 1.0).abs() < 1e-5 && answer.candidates[0].share > answer.candidates[1].share);
}

#[test]
fn a_distant_rival_is_none() {
    assert!(best(&[(0.2, "Paul"), (3.0, "Luc")]).candidates.is_empty());
    assert_eq!(best(&[(0.2, "Paul"), (0.3, "Paul")]).actors[0].by.margin, 1.0);
}

#[test]
fn the_head_of_state_presides_over_no_council() {
    let text = "Emmanuel Macron a visité le pont. Avec le président du conseil régional de Haute-Lande, Rolf Amsler, qui \
                évoquait le bac, le chef de l'État a dit que le pont fermerait.";
    let statements = extract(&Article::from_text("a.txt", text), Entities::embedded());
    assert_eq!(&*statements[0].actors[0].name, "Emmanuel Macron");
}
