use super::*;
use proptest::prelude::*;

/// The roles of the blocks, by their first letters: B, T, H, N, D.
fn roles(text: &str) -> String {
    let letter = |block: &Block| format!("{:?}", block.role).chars().next().unwrap();
    blocks(text).iter().map(letter).collect()
}

const LONG: &str = "Le conseil de la ville de Vaux a voté dans la nuit la réfection du grand pont, qui était fermé aux \
                    camions depuis trois ans, et dont la maire, Anne Roy, disait qu'il ne tiendrait plus longtemps.";

#[test]
fn a_plain_article_is_title_body_and_headings() {
    let text = format!("Vaux : le pont rouvre\n\n{LONG}\n\nTrois ans d'attente\n\n« Enfin », a dit Anne Roy.\n");
    assert_eq!(roles(&text), "TBHB");
}

#[test]
fn short_texts_are_read_all_the_same() {
    assert_eq!(roles("Anne Roy a dit que le pont tiendrait"), "B");
    assert_eq!(roles("Anne Roy a dit que le pont tiendrait\nLe port reste fermé, selon la mairie"), "BB");
    assert_eq!(roles("« Enfin », a dit Anne Roy."), "B");
    assert_eq!(roles(""), "");
}

#[test]
fn quotations_without_a_full_stop_are_body() {
    let text = format!("{LONG}\nElle a ajouté :\n« Nous y sommes »\nLe préfet : « Nous y sommes enfin »\n{LONG} Bis.");
    assert_eq!(&roles(&text)[..4], "BBBB");
}

#[test]
fn headings_may_be_quoted_or_stand_between_dashes() {
    let text =
        format!("{LONG}\n\n\"Trois ans d'attente\"\n\nFin des travaux.\n\n- Le port attend -\n\nRien n'est fait.");
    assert_eq!(roles(&text), "BHBHB");
}

#[test]
fn the_headline_is_the_longest_line_above_the_body() {
    let text = format!("Logo\nAccueil\nLe grand pont de Vaux rouvre | Région | Nouvelles\nPar Léa Roy\n{LONG}");
    assert_eq!(roles(&text), "HNTHB");
}

#[test]
fn the_way_to_a_page_is_no_body() {
    let text = format!("Vaux » Région » Le grand pont rouvre\n{LONG}\nVaux » Région » Le pont\nFin des travaux.");
    assert_eq!(roles(&text), "TBHB");
}

#[test]
fn below_a_comment_form_all_is_noise() {
    let text = format!("{LONG}\n\nLAISSER UN COMMENTAIRE\n\nVotre nom\nVaux : la maire promet un second pont.\nRégion");
    assert_eq!(roles(&text), "BNNNN");
    let early = format!("Laisser un commentaire\n{LONG}\nFin.");
    assert_eq!(roles(&early), "NBB", "a button at the top does not hide the article");
}

#[test]
fn lists_of_links_are_noise() {
    let text = format!("{LONG}\nÀ lire aussi\nLe port attend ses grues\nUn second pont ?\n{LONG} La suite lundi.");
    assert_eq!(roles(&text), "BNNBD", "a question ends the list; the copied paragraph is one");
    let teasers =
        "Région\nVaux : la maire promet un second pont\nSport\nLe club de Vaux monte.\nRégion\nLe port attend\n";
    assert_eq!(roles(&format!("{LONG}\n\n{teasers}")), "BNNNNNN");
    assert_eq!(roles(&format!("Le grand pont de Vaux rouvre lundi matin\n{teasers}{LONG}")), "TNNNNNHB");
}

#[test]
fn one_sentence_a_line_is_no_list_of_links() {
    let text =
        "Le pont rouvre.\nLa maire est là.\nLe préfet aussi.\nElle dit sa joie.\nIl se tait.\nLa foule rit.\nFin.";
    assert_eq!(roles(text), "BBBBBBB");
}

#[test]
fn an_echo_is_cut_from_its_paragraph() {
    let text = "« Le pont tient », dit le rapport.pont tient », dit le rapport.";
    let blocks = blocks(text);
    assert_eq!(blocks[0].span.of(text), "« Le pont tient », dit le rapport.");
    assert_eq!((blocks.len(), blocks[1].role), (2, Role::Duplicate));
}

proptest! {
    /// Blocks are ordered, lie inside the text on character boundaries, and leave out nothing but white space.
    #[test]
    fn blocks_cover_the_words_of_any_text(text in r#"([a-zé«»"“”.:,!? \n\r\u{a0}’-]|Le pont|À lire aussi|lire\n){0,80}"#) {
        let mut end = 0;
        for block in blocks(&text) {
            prop_assert!(block.span.start >= end && block.span.end > block.span.start);
            prop_assert!(text[end..block.span.start].trim().is_empty());
            end = block.span.end;
        }
        prop_assert!(text[end..].trim().is_empty());
    }

    #[test]
    fn no_text_makes_it_stumble(text in any::<String>()) {
        blocks(&text);
    }
}
