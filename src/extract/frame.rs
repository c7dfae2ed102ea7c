//! The frames by which statements are found, each with the trust that its words deserve.

macro_rules! frames {
    ($($frame:ident, $name:literal, $trust:literal, $example:literal;)*) => {
        /// How cue, source and content of a statement stand to each other.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Frame {
            $(#[doc = $example] $frame,)*
        }

        impl Frame {
            /// All frames, from the surest group of them to the least sure.
            pub const ALL: &'static [Self] = &[$(Self::$frame,)*];

            /// Its name in words.
            pub fn name(self) -> &'static str {
                match self { $(Self::$frame => $name,)* }
            }

            /// An invented example of it.
            pub fn example(self) -> &'static str {
                match self { $(Self::$frame => $example,)* }
            }

            /// Whether the words beside the cue are the source's own, so that a verb of denial asserts them.
            pub fn own_words(self) -> bool {
                matches!(
                    self,
                    Self::Interrupted
                        | Self::AfterQuotation
                        | Self::Inserted
                        | Self::AsSaid
                        | Self::SubjectFirst
                        | Self::Colon
                        | Self::PlainColon
                        | Self::Further
                )
            }

            /// How far a statement in this frame is to be trusted, from 0 to 1.
            pub fn trust(self) -> f32 {
                match self { $(Self::$frame => $trust,)* }
            }
        }
    };
}

frames! {
    Interrupted, "interrupted quotation", 0.95, "« Nous irons, a promis Léa Roy, jusqu'au bout. »";
    AfterQuotation, "cue after quotation", 0.97, "« Oui », a dit Léa Roy.";
    Inserted, "inserted clause", 0.85, "Le pont, a ajouté Léa Roy, fermera lundi.";
    AsSaid, "comme ahead", 0.8, "Comme l'explique Léa Roy, le pont fermera.";
    SubjectFirst, "subject and cue at the end", 0.75, "« Le pont fermera », Léa Roy a dit.";
    Source, "source phrase", 0.88, "Selon Léa Roy, le pont fermera.";
    SpeechNoun, "speech noun", 0.88, "La déclaration de Léa Roy selon laquelle le pont fermera surprend.";
    Clause, "que-clause", 0.93, "Léa Roy a dit que le pont fermerait.";
    FarClause, "que-clause behind an adjunct", 0.85, "Léa Roy a écrit dans un texte long et amer que le pont fermerait.";
    Told, "que-clause after its addressee", 0.8, "Léa Roy a averti les élus que le pont fermerait.";
    JudgedClause, "que-clause after a judgement", 0.8, "Léa Roy juge normal que le pont ferme.";
    AskedClause, "indirect question", 0.7, "Léa Roy a demandé si le pont fermerait.";
    Colon, "colon", 0.95, "Léa Roy a dit : « Oui. »";
    PlainColon, "colon without marks", 0.7, "Léa Roy est formelle et dit : le pont fermera.";
    Further, "colon after a statement", 0.8, "Léa Roy dit avoir tout vu : « Le pont bougeait depuis lundi. »";
    Quotation, "quotation as object", 0.85, "Léa Roy a répondu « peut-être ».";
    Infinitive, "infinitive", 0.85, "Léa Roy dit vouloir partir.";
    Attribute, "attribute of oneself", 0.75, "Léa Roy se dit inquiète pour le pont.";
    Judgement, "judgement", 0.75, "Léa Roy dénonce le plan comme une farce.";
    Predicate, "attribute of the object", 0.6, "Léa Roy juge la fermeture du pont inévitable.";
    Judged, "judgement in the passive", 0.7, "Le plan a été jugé « absurde » par Léa Roy.";
    QuotedObject, "object with quoted words", 0.72, "Léa Roy dénonce un plan « absurde et dangereux ».";
    Demand, "demand", 0.5, "Léa Roy réclame un nouveau pont.";
    BareColon, "colon without a cue", 0.75, "Le maire de Valmont : « Le pont fermera. »";
    Continued, "quotation that goes on", 0.7, "« Oui », a dit Léa Roy. « Le pont du Nord fermera lundi. »";
    Theme, "quotation of whom the text speaks", 0.65, "Léa Roy ne décolère pas. « Le pont du Nord fermera lundi. »";
    MostlyQuoted, "quoted for the most part", 0.55, "« Oui », a dit Léa Roy. Par ailleurs, « le pont, l'écluse et le quai seront fermés ».";
    Afterthought, "source in the next sentence", 0.7, "« Le pont tiendra. » Léa Roy a dit.";
    Reopened, "paragraph before its quotation", 0.7, "« Le pont bouge.⏎« Il fermera lundi », a dit Léa Roy.";
}

#[cfg(test)]
mod tests {
    use super::Frame;
    use crate::article::Article;
    use crate::entity::Entities;
    use crate::extract::extract;

    #[test]
    fn every_frame_finds_its_example() {
        let found = |frame: Frame| {
            let article = Article::from_text("a.txt", &frame.example().replace('⏎', "\n"));
            let statements = extract(&article, Entities::embedded());
            statements.iter().map(|s| s.frame.name()).collect::<Vec<_>>()
        };
        let silent: Vec<_> = Frame::ALL.iter().filter(|f| !found(**f).contains(&f.name())).collect();
        let found: Vec<_> = silent.iter().map(|f| (f.example(), found(**f))).collect();
        assert!(silent.is_empty(), "{found:#?}");
    }
}
