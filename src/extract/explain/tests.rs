use super::explain;
use crate::article::Article;
use crate::entity::Entities;

/// What is printed, without colours, of an invented article of Saturday 9 March 2024.
fn explained(text: &str) -> String {
    let mut article = Article::from_text("pont.txt", text);
    article.published = "2024-03-09".parse().ok();
    explain(&article, Entities::embedded(), false)
}

#[test]
fn every_layer_stands_under_its_words() {
    let text = "« Le pont, a promis jeudi à l'AFP la maire de Valmont, Anne Roy, rouvrira avant Noël. » Elle a ajouté, dans \
                un communiqué publié le soir même par ses services et que la ville a aussitôt fait afficher, que l'OTAN \
                paierait les travaux si le conseil le voulait.\n\nQui a dit que le pont tiendrait ? Le mur dit que non.\n\n\
                « Le quai du Nord suivra au printemps. »";
    // Confidence is fitted anew now and then, and is no matter of the layout.
    let figures = regex::Regex::new(r"confidence \d\.\d+").unwrap();
    insta::assert_snapshot!(figures.replace_all(&explained(text), "confidence 0.00"));
}

#[test]
fn colours_are_asked_for() {
    let article = Article::from_text("pont.txt", "« Oui », a dit Anne Roy.");
    assert!(explain(&article, Entities::embedded(), true).contains('\u{1b}'));
    assert!(!explain(&article, Entities::embedded(), false).contains('\u{1b}'));
}

#[test]
fn odd_texts_are_explained_too() {
    for text in ["", "\n\n", "«", "« »", "a\u{301}\u{200f}« ב » dit Léa", "« Oui »,\r\na dit\tAnne Roy."] {
        explained(text);
    }
}
