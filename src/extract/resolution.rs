//! How the words that name a source led to the actor.

use crate::span::Span;

/// One step from a mention to an actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Resolution {
    /// Why the mention means this actor.
    pub step: Step,
    /// The earlier mention that it rests on, for a pronoun or a describing noun.
    pub from: Option<Span>,
}

/// Why a mention means its actor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// The mention bears a name of the actor.
    Name,
    /// The name of a place stands for its authorities.
    Place,
    /// The actor held the office on the day of the article.
    Office,
    /// The article gives the actor that role or noun.
    Role,
    /// The actor made the document that the mention names.
    Author,
    /// Agrees with the mention, and spoke last.
    LastSpeaker,
    /// Agrees with the mention, and is named nearest before it.
    NamedBefore,
    /// Agrees with the mention, and is the subject of the sentence or of one shortly before it.
    Subject,
    /// A quotation without reporting words goes on with the last speaker.
    GoesOn,
    /// The article does not say who it is: the words stand for themselves.
    Unnamed,
}

impl Step {
    /// Why, in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Name => "by name",
            Self::Place => "place that stands for its authorities",
            Self::Office => "office holder on the day",
            Self::Role => "named elsewhere with this role",
            Self::Author => "author of the document",
            Self::LastSpeaker => "agrees with the last speaker",
            Self::NamedBefore => "agrees with somebody named before",
            Self::Subject => "agrees with the subject before",
            Self::GoesOn => "the last speaker goes on",
            Self::Unnamed => "no name in the article",
        }
    }

    /// A resolution by this step alone.
    pub fn alone(self) -> Resolution {
        Resolution { step: self, from: None }
    }

    /// A resolution by this step that rests on the mention `from`.
    pub fn after(self, from: Span) -> Resolution {
        Resolution { step: self, from: Some(from) }
    }
}

#[cfg(test)]
mod tests {
    use super::Step;
    use crate::article::Article;
    use crate::entity::Entities;
    use crate::extract::extract;

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
}
