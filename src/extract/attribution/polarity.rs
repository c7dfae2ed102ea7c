//! Whether a source asserts the content, denies it, asks it, or leaves it open.

use super::Analysis;
use crate::extract::cue::Group;
use crate::extract::frame::Frame;
use crate::extract::phrase::Phrase;
use crate::extract::reading::Reading;
use crate::extract::statement::{Polarity, Span};
use crate::language::{Classes, Mood};
use std::ops::Range;

impl Analysis<'_> {
    /// What the cue says of its content; `None` if it says that nobody said it.
    pub(super) fn polarity_of_cue(&self, group: &Group, frame: Frame, sources: &[Phrase]) -> Option<Polarity> {
        let reading = self.reading;
        let verb = group.verb(reading);
        // "Aucun témoin n'a dit que …" names who did not say it, "Nul n'a dit que …" does not.
        let nobody = sources.first().filter(|s| is_nobody(reading.lower(s.range.start)));
        if nobody.is_some_and(|s| s.range.len() == 1) {
            return None;
        }
        let nobody = nobody.is_some();
        let negated = group.negated != nobody;
        let asserted = |holds: bool| if holds { Polarity::Asserted } else { Polarity::Denied };
        // « C'est faux », dément Léa Roy: beside the cue stand her own words.
        if frame.own_words() {
            return Some(asserted(!negated));
        }
        match verb.class {
            "deny" => Some(asserted(negated)),
            // "exclut que", "rejette l'idée que", but not "rejette une « manœuvre »"
            "reject" if matches!(frame, Frame::Clause | Frame::FarClause) => Some(asserted(negated)),
            "doubt" => Some(if negated { Polarity::Asserted } else { Polarity::Hypothetical }),
            _ => Some(asserted(!negated)),
        }
    }

    /// What the content itself shows where the cue asserts it: a question, a supposition, a rumour.
    pub(super) fn settle(&mut self) {
        for n in 0..self.drafts.len() {
            let draft = &self.drafts[n];
            if draft.polarity != Polarity::Asserted {
                continue;
            }
            let found = if draft.frame == Frame::AskedClause || self.asks(draft.class, &draft.spans) {
                Polarity::Question
            } else if self.supposes(&draft.spans) {
                Polarity::Hypothetical
            } else if self.may_be_rumour(n) && self.is_unconfirmed(&self.drafts[n].spans) {
                Polarity::Hearsay
            } else {
                continue;
            };
            self.drafts[n].polarity = found;
        }
    }

    /// "Qui paiera, demande Léa Roy": a verb of asking needs no question mark beside an inverted or questioning word.
    fn asks(&self, class: &str, spans: &[Span]) -> bool {
        let reading = self.reading;
        if is_question(reading.text, spans) {
            return true;
        }
        if class != "ask" || spans.last().is_some_and(|s| s.of(reading.text).ends_with(['.', '!', '…'])) {
            return false;
        }
        let range = tokens(reading, spans[0]);
        self.begins_question(range.start) || range.clone().any(|k| reading.tokens.is_clitic(k))
    }

    /// Whether token `k` is a word that asks: "pourquoi", "combien", "si" before a subject.
    pub(super) fn begins_question(&self, k: usize) -> bool {
        let reading = self.reading;
        match reading.lower(k) {
            "si" | "s'" => !reading.begins_verb(k + 1) && !reading.infinitive_at(k + 1),
            "pourquoi" | "comment" | "combien" | "quand" | "où" | "qui" | "quel" | "quelle" | "quels" | "quelles" => {
                true
            }
            _ => false,
        }
    }

    /// "Si le pont fermait, la ville étoufferait": one sentence with a condition and a conditional. What the source says
    /// is what would be, not what is. A conditional without a condition is the past's future ("a dit qu'il viendrait").
    fn supposes(&self, spans: &[Span]) -> bool {
        let reading = self.reading;
        let condition = spans.iter().any(|span| {
            let range = tokens(reading, *span);
            range.clone().any(|k| {
                reading.is(k, Classes::SUB)
                    && matches!(reading.lower(k), "si" | "s'")
                    && reading.lower(k.saturating_sub(1)) != "comme"
                    && !reading.begins_verb(k + 1)
                    && range.clone().skip_while(|j| *j <= k).take(8).any(|j| is_imperfect(reading, j))
            })
        });
        condition
            && spans.iter().all(|span| !ends_sentence_inside(span.of(reading.text)))
            && spans.iter().any(|span| tokens(reading, *span).any(|k| self.is_conditional(k)))
    }

    /// The conditional of rumour stands beside "selon", or beside an inserted cue with a noun for its source: "Le chef
    /// serait mort, rapporte la radio", but "Le pont fermerait, a-t-il promis".
    fn may_be_rumour(&self, n: usize) -> bool {
        let draft = &self.drafts[n];
        match draft.frame {
            Frame::Source | Frame::SpeechNoun => true,
            Frame::Inserted => !draft.cue.clone().any(|k| self.reading.tokens.is_clitic(k)),
            _ => false,
        }
    }

    /// Whether a content that is no que-clause stands in the conditional, by which French news says that it is not
    /// confirmed ("Le chef serait mort, selon …"). A condition ("si …") or a modal verb ("pourrait") says other things.
    fn is_unconfirmed(&self, spans: &[Span]) -> bool {
        let reading = self.reading;
        spans.iter().any(|span| {
            let range = tokens(reading, *span);
            let supposes =
                range.clone().any(|k| matches!(reading.lower(k), "si" | "s'") && !reading.begins_verb(k + 1));
            !supposes && range.clone().any(|k| reading.quotation_at(k).is_none() && self.is_conditional(k))
        })
    }

    /// A verb in the conditional: one of the tables', or a word that only looks like one.
    fn is_conditional(&self, k: usize) -> bool {
        let reading = self.reading;
        let forms = reading.forms(k);
        if !forms.is_empty() {
            let modal =
                |verb: u16| matches!(reading.lexicon.verb(verb).lemma, "pouvoir" | "devoir" | "falloir" | "vouloir");
            return forms.iter().any(|f| f.mood == Mood::Conditional && !modal(f.verb));
        }
        let word = reading.lower(k);
        let ending = ["erait", "eraient", "irait", "iraient", "drait", "draient"].iter().any(|end| word.ends_with(end));
        ending && reading.is_open(k) && !reading.tokens.is_capital(k) && !reading.noun_after_determiner(k)
    }
}

/// Whether all that the spans say is one question, or several and nothing else.
pub fn is_question(text: &str, spans: &[Span]) -> bool {
    // A question mark inside the quotation at the end of a paraphrase belongs to that quotation alone.
    let asks = |words: &str| words.trim_end().ends_with('?');
    spans.last().is_some_and(|last| asks(last.of(text)))
        && spans.iter().all(|span| !ends_sentence_inside(span.of(text)))
}

/// Subjects that leave nobody to speak.
fn is_nobody(word: &str) -> bool {
    matches!(word, "aucun" | "aucune" | "nul" | "nulle" | "personne" | "ni")
}

/// Whether a full stop or the like ends a sentence before the words themselves end.
fn ends_sentence_inside(words: &str) -> bool {
    let ends = |(n, c): (usize, char)| {
        let rest = &words[n + c.len_utf8()..];
        matches!(c, '.' | '!' | '…')
            && rest.starts_with(char::is_whitespace)
            && rest.trim_start().starts_with(char::is_uppercase)
    };
    words.char_indices().any(ends)
}

/// The tokens that a span covers.
fn tokens(reading: &Reading, span: Span) -> Range<usize> {
    reading.tokens.at_or_after(span.start)..reading.tokens.at_or_after(span.end)
}

/// A verb in the imperfect, or a word that only looks like one.
fn is_imperfect(reading: &Reading, k: usize) -> bool {
    let forms = reading.forms(k);
    if !forms.is_empty() {
        return forms.iter().any(|f| f.mood == Mood::Imperfect);
    }
    let word = reading.lower(k);
    reading.is_open(k) && (word.ends_with("ait") || word.ends_with("aient"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::entity::Entities;
    use crate::extract::extract;

    /// The polarity of the only statement.
    fn polarity(text: &str) -> Polarity {
        let statements = extract(&Article::from_text("a.txt", text), Entities::embedded());
        assert_eq!(statements.len(), 1, "{text}");
        statements[0].polarity
    }

    #[test]
    fn a_denial_governs_its_content_and_asserts_the_words_beside_it() {
        assert_eq!(polarity("Anne Roy nie que le pont soit fermé."), Polarity::Denied);
        assert_eq!(polarity("Anne Roy ne nie pas que le pont soit fermé."), Polarity::Asserted);
        assert_eq!(polarity("« C'est faux », dément Anne Roy."), Polarity::Asserted);
        assert_eq!(polarity("Aucun élu n'a dit que le pont fermerait."), Polarity::Denied);
    }

    #[test]
    fn a_question_is_all_of_the_content() {
        assert_eq!(polarity("« Le pont ferme-t-il ? », demande Anne Roy."), Polarity::Question);
        assert_eq!(polarity("« Il fermera. Qui paiera ? », demande Anne Roy."), Polarity::Asserted);
        assert_eq!(polarity("Anne Roy se demande pourquoi le pont ferme."), Polarity::Question);
        assert_eq!(polarity("Anne Roy demande que le pont ferme."), Polarity::Asserted);
    }

    #[test]
    fn a_supposition_has_a_condition_and_a_conditional() {
        assert_eq!(polarity("Selon Anne Roy, la ville souffrirait si le pont fermait."), Polarity::Hypothetical);
        assert_eq!(polarity("Anne Roy a dit que le pont fermerait."), Polarity::Asserted);
        assert_eq!(polarity("Selon Anne Roy, le pont fermerait."), Polarity::Hearsay);
    }

    #[test]
    fn a_full_stop_inside_ends_a_sentence_only_before_a_capital() {
        assert!(ends_sentence_inside("Il part. Elle reste"));
        assert!(!ends_sentence_inside("Il part… puis reste."));
    }
}
