//! The frames by which statements are found.

macro_rules! frames {
    ($($frame:ident, $name:literal, $example:literal;)*) => {
        /// How cue, source and content of a statement stand to each other.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Frame {
            $(#[doc = $example] $frame,)*
        }

        impl Frame {
            /// All frames, those with marks and clauses of their own first.
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
        }
    };
}

frames! {
    Interrupted, "interrupted quotation", "« Nous irons, a promis Léa Roy, jusqu'au bout. »";
    AfterQuotation, "cue after quotation", "« Oui », a dit Léa Roy.";
    Inserted, "inserted clause", "Le pont, a ajouté Léa Roy, fermera lundi.";
    AsSaid, "comme ahead", "Comme l'explique Léa Roy, le pont fermera.";
    SubjectFirst, "subject and cue at the end", "« Le pont fermera », Léa Roy a dit.";
    Source, "source phrase", "Selon Léa Roy, le pont fermera.";
    SpeechNoun, "speech noun", "La déclaration de Léa Roy selon laquelle le pont fermera surprend.";
    Clause, "que-clause", "Léa Roy a dit que le pont fermerait.";
    FarClause, "que-clause behind an adjunct", "Léa Roy a écrit dans un texte long et amer que le pont fermerait.";
    Told, "que-clause after its addressee", "Léa Roy a averti les élus que le pont fermerait.";
    JudgedClause, "que-clause after a judgement", "Léa Roy juge normal que le pont ferme.";
    AskedClause, "indirect question", "Léa Roy a demandé si le pont fermerait.";
    Colon, "colon", "Léa Roy a dit : « Oui. »";
    PlainColon, "colon without marks", "Léa Roy est formelle et dit : le pont fermera.";
    Further, "colon after a statement", "Léa Roy dit avoir tout vu : « Le pont bougeait depuis lundi. »";
    Quotation, "quotation as object", "Léa Roy a répondu « peut-être ».";
    Infinitive, "infinitive", "Léa Roy dit vouloir partir.";
    Attribute, "attribute of oneself", "Léa Roy se dit inquiète pour le pont.";
    Judgement, "judgement", "Léa Roy dénonce le plan comme une farce.";
    Predicate, "attribute of the object", "Léa Roy juge la fermeture du pont inévitable.";
    Judged, "judgement in the passive", "Le plan a été jugé « absurde » par Léa Roy.";
    QuotedObject, "object with quoted words", "Léa Roy dénonce un plan « absurde et dangereux ».";
    Demand, "demand", "Léa Roy réclame un nouveau pont.";
    BareColon, "colon without a cue", "Le maire de Valmont : « Le pont fermera. »";
    Continued, "quotation that goes on", "« Oui », a dit Léa Roy. « Le pont du Nord fermera lundi. »";
    Theme, "quotation of whom the text speaks", "Léa Roy ne décolère pas. « Le pont du Nord fermera lundi. »";
    MostlyQuoted, "quoted for the most part", "« Oui », a dit Léa Roy. Par ailleurs, « le pont, l'écluse et le quai seront fermés ».";
    Afterthought, "source in the next sentence", "« Le pont tiendra. » Léa Roy a dit.";
    Signed, "signed paragraph", "« Oui », a dit Léa Roy.⏎Le pont du Nord fermera lundi. Léa Roy";
    Reopened, "paragraph before its quotation", "« Le pont bouge.⏎« Il fermera lundi », a dit Léa Roy.";
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
