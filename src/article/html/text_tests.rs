use super::*;

fn read(body: &str, known: &Known) -> String {
    let page = Document::from(format!("<html><body>{body}</body></html>"));
    prune::prune(&page);
    article(page, known)
}

/// Paragraphs of an article about a bridge.
const STORY: &str = "<p>Le pont de Vaux rouvre lundi, a annoncé la maire Anne Roy devant le conseil de la ville.</p>
    <p>« Les travaux ont duré dix mois, et chacun a été patient », a-t-elle dit, avant de remercier les ouvriers.</p>
    <h2>Un chantier long</h2>
    <p>Selon les services de la ville, le chantier a coûté deux millions d’euros, dont la moitié vient de la région.</p>";

const LINES: [&str; 4] = [
    "Le pont de Vaux rouvre lundi, a annoncé la maire Anne Roy devant le conseil de la ville.",
    "« Les travaux ont duré dix mois, et chacun a été patient », a-t-elle dit, avant de remercier les ouvriers.",
    "Un chantier long",
    "Selon les services de la ville, le chantier a coûté deux millions d’euros, dont la moitié vient de la région.",
];

#[test]
fn the_article_is_found_between_the_furniture() {
    let page = format!(
        "<nav><a href=/>Accueil</a></nav><main><article><h1>Le pont rouvre</h1>{STORY}
        <div class=relatedArticles><p>Une autre histoire qui n’est pas celle du pont de Vaux, et que voici.</p></div>
        <aside><p>Encadré sur tout autre chose, que personne n’a lu jusqu’au bout.</p></aside></article></main>
        <section id=comments><p>Moi, je trouve que ce pont est trop cher, et que la maire a tort.</p></section>
        <footer><p>Mentions légales du Courrier</p></footer>"
    );
    let text = read(&page, &Known { title: Some("Le pont rouvre"), ..Known::default() });
    assert_eq!(text.lines().collect::<Vec<_>>(), LINES);
}

#[test]
fn what_is_known_or_heads_nothing_is_not_repeated() {
    let page = format!(
        "<article><p>Région</p><p>Le pont rouvre</p><p>Par Anne Petit</p>{STORY}<h2>Le pont rouvre</h2><h3>Plus loin</h3></article>"
    );
    let text = read(&page, &Known { title: Some("Le pont rouvre"), author: Some("Anne Petit"), ..Known::default() });
    assert_eq!(text.lines().collect::<Vec<_>>(), LINES);
}

#[test]
fn the_standfirst_stands_above() {
    let standfirst = "Dix mois de travaux s’achèvent enfin à Vaux.";
    let pages = [
        format!("<header><h1>Le pont</h1><p>{standfirst}</p></header><hr><article>{STORY}</article>"),
        format!(
            "<header><h1>Le pont</h1></header><div><div class=c-article__chapo>{standfirst}</div></div><article>{STORY}</article>"
        ),
    ];
    for page in pages {
        let text = read(&page, &Known::default());
        assert_eq!(text.lines().next(), Some(standfirst), "{page}");
        assert_eq!(text.matches(standfirst).count(), 1);
    }
    let teaser = format!("<h1>Le pont</h1><article>{STORY}</article><div><p>{standfirst}</p></div>");
    assert_ne!(read(&teaser, &Known::default()).lines().next(), Some(standfirst), "it stands below");
}

#[test]
fn what_the_page_tells_machines_is_read_where_it_shows_little() {
    let body = "Le pont de Vaux rouvre lundi, dit la maire.\n\nElle remercie&nbsp;les ouvriers, qui ont travaillé dix mois durant.";
    let page = "<article><h1>Le pont</h1><p>Le pont de Vaux rouvre lundi.</p></article>";
    let text = read(page, &Known { body: Some(body), ..Known::default() });
    assert!(text.ends_with("Elle remercie les ouvriers, qui ont travaillé dix mois durant."), "{text}");
    let text = read(&format!("<article>{STORY}</article>"), &Known { body: Some(body), ..Known::default() });
    assert_eq!(text.lines().count(), 4, "what it shows otherwise");
}

#[test]
fn links_to_other_articles_are_cut_with_their_label() {
    let link = "<a href=/x>Que deviennent les vieux ponts ?</a>";
    for cut in [format!("<p><b>À lire aussi »</b> {link}</p>"), format!("<div>Sur le même sujet {link}</div>")] {
        assert_eq!(
            read(&format!("<article>{STORY}{cut}{STORY}</article>"), &Known::default()).lines().count(),
            4,
            "{cut}"
        );
    }
    let kept = format!("<p>Lire ce rapport, dit la maire, mène à la question : {link}</p>");
    assert!(read(&format!("<article>{kept}{STORY}</article>"), &Known::default()).contains("vieux ponts"));
}

#[test]
fn large_parts_are_kept_whatever_they_are_called() {
    for wrap in ["<form>", "<div class='has-newsletter sidebar'>", "<aside>", "<article class='post tag-share'>"] {
        let text = read(&format!("{wrap}{STORY}"), &Known::default());
        assert_eq!(text.lines().count(), 4, "{wrap}: {text}");
    }
}

#[test]
fn captions_are_no_paragraphs() {
    assert!(is_caption("Anne Roy, photo : Studio de Vaux"));
    assert!(!is_caption("La maire a montré une photo : celle du pont."));
}
