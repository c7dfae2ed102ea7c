//! What holds for any text, however broken: extraction ends, and each statement points into the text.

use dixit::article::Article;
use dixit::entity::Entities;
use dixit::extract::{Span, extract};
use proptest::prelude::*;

/// Extracts twice and checks what must hold for every statement.
fn check(text: &str) {
    let article = Article::from_text("any.txt", text);
    let statements = extract(&article, Entities::embedded());
    let inside = |span: Span| {
        assert!(span.start < span.end, "{span:?} is empty in {text:?}");
        assert!(text.get(span.start..span.end).is_some(), "{span:?} cuts a character or leaves {text:?}");
    };
    for statement in &statements {
        assert!(!statement.spans.is_empty() && !statement.actors.is_empty(), "{statement:?} in {text:?}");
        assert!(statement.spans.is_sorted_by(|a, b| a.end <= b.start), "{:?} in {text:?}", statement.spans);
        statement.spans.iter().copied().for_each(inside);
        statement.actors.iter().for_each(|actor| inside(actor.mention));
        assert!(statement.actors.iter().all(|actor| !actor.name.trim().is_empty()), "{statement:?} in {text:?}");
        statement.cue.iter().for_each(|cue| inside(cue.span));
        statement.relayed_by.iter().chain(&statement.about).filter_map(|named| named.mention).for_each(inside);
        assert!((0.0..=1.0).contains(&statement.confidence), "{statement:?}");
        let days = statement.date.and_then(|date| date.not_before.zip(date.not_after));
        assert!(days.is_none_or(|(first, last)| first <= last), "{statement:?}");
    }
    assert!(statements.is_sorted_by_key(|s| s.extent().start), "not in text order: {text:?}");
    assert_eq!(statements, extract(&article, Entities::embedded()), "{text:?}");
}

/// Everything that the rules turn on: marks, small words, cues, names, dates, line ends.
const MORSELS: &[&str] = &[
    "«",
    "»",
    "“",
    "”",
    "„",
    "\"",
    "''",
    "‹",
    "›",
    "<<",
    ">>",
    "‘",
    "’",
    "'",
    "+",
    ",",
    ".",
    ":",
    ";",
    "!",
    "?",
    "…",
    "-",
    "–",
    "—",
    "(",
    ")",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "\u{a0}",
    "\u{202f}",
    "\u{feff}",
    "\u{200d}",
    "e\u{301}",
    "🗞️",
    "a déclaré",
    "a-t-il dit",
    "dit-elle",
    "selon",
    "d'après",
    "pour",
    "à en croire",
    "affirme",
    "dément",
    "nie",
    "que",
    "qu'",
    "de",
    "d'",
    "ne",
    "n'",
    "pas",
    "jamais",
    "se dit",
    "s'est félicité",
    "ajoutant",
    "en soulignant",
    "et",
    "qui",
    "dont",
    "tient à rappeler",
    "pourrait",
    "a",
    "est",
    "été",
    "fait savoir",
    "dans un communiqué",
    "le rapport",
    "il",
    "elle",
    "ils",
    "on",
    "ce dernier",
    "celui-ci",
    "le président",
    "la ministre",
    "son homologue",
    "M.",
    "Mme",
    "Léa",
    "Roy",
    "Léa Roy",
    "OTAN",
    "l'Alliance",
    "Kiev",
    "le Kremlin",
    "ukrainien",
    "l'AFP",
    "Radio Estuaire",
    "au micro de",
    "cité par",
    "jeudi",
    "le 3 mai 2021",
    "hier",
    "la veille",
    "30 février",
    "99999",
    "1er",
    "54 ans",
    "le pont",
    "fermera",
    "L'été",
    "Lire aussi :",
    "10 %",
];

fn soup() -> impl Strategy<Value = String> {
    let morsel = (prop::sample::select(MORSELS), prop::sample::select(&[" ", " ", " ", "", "\u{a0}"][..]));
    prop::collection::vec(morsel, 0..60).prop_map(|all| all.iter().flat_map(|(a, b)| [*a, *b]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_characters(text in "\\PC{0,200}") {
        check(&text);
    }

    #[test]
    fn any_characters_and_lines(text in "(?s).{0,200}") {
        check(&text);
    }

    #[test]
    fn any_order_of_marks_words_and_cues(text in soup()) {
        check(&text);
    }

    #[test]
    fn any_cut_of_a_real_sentence(from in 0usize..200, length in 0usize..200) {
        let text = "« L'été sera rude », a prévenu jeudi à l'AFP le maire, Paul Vidal, ajoutant que « rien n'est prêt ». \
                    Selon la préfète, Zoé Roy, le pont — fermé — rouvrirait.\r\nElle nie l'avoir dit : « Jamais ! »";
        let cut: String = text.chars().skip(from).take(length).collect();
        check(&cut);
    }
}

/// Texts that cost a careless program its stack or its afternoon. Their times are not measured here.
#[test]
fn hostile_texts_end() {
    const N: usize = 100_000;
    for mark in ["«", "\"", "“\n", "»", "(", ",", "\n", "\r\n", " ", "-", "'"] {
        check(&mark.repeat(N / 10));
    }
    check(&"\n".repeat(N));
    check(&"\"".repeat(N));
    check(&"a".repeat(1 << 20));
    check(&"Éa".repeat(N));
    check(&"a\u{301}\u{302}".repeat(N));
    for words in [
        "ditqueleponttiendra",
        "قال الرئيس «نعم» إن ",
        "\u{202e}« Oui », dit-il. ",
        "selon ",
        "le président de la ",
        "et ",
        "jeudi 3 ",
        "« Oui.\n",
        "Léa Roy a dit que oui.\n",
    ] {
        check(&words.repeat(N / 100));
    }
    // One sentence as long as the text costs more than its length: its square, or its cube. Enough here to show
    // that each ends.
    for words in ["« ", "Léa ", "l'", "dit que ", "« Oui », a dit "] {
        check(&words.repeat(300));
    }
}

/// Sentences on which the program broke once.
#[test]
fn what_broke_it_once_is_read() {
    // A body in an apposition behind the end of its phrase.
    check("Il a réuni l'administration, acteurs des secteurs, ONG et représentants des ponts, a dit Anne Roy.");
    // A clause with nothing before its comma.
    check(",O a déclaré\"\t");
    // Nothing but adjuncts up to the end.
    check("Ai,,,dément ,,,,,,,,,,An");
    // A clause that a quotation without end has at its end, with a mark behind that is another paragraph's.
    check("Le pont. « Oui, a dit Paul Blanc\n\n.");
}

/// One line as large as an article may be, with speech all over: `cargo test --release --test properties -- --ignored`
#[test]
#[ignore = "takes minutes unless optimised"]
fn a_line_of_50_megabytes_ends() {
    let sentence = "« Le pont tiendra », a déclaré Anne Roy. Selon Zoé Vidal, il tombera jeudi. ";
    let article = Article::from_text("long.txt", &sentence.repeat(50_000_000 / sentence.len()));
    assert!(extract(&article, Entities::embedded()).len() > 500_000);
}
