//! A small store in memory: two invented articles, French and English.

use dixit::article::Article;
use dixit::entity::Entities;
use dixit::extract::extract;
use dixit::graph::{Base, Store};

const ARTICLES: [(&str, &str, &str); 2] = [
    (
        "https://courrier.example/bac",
        "fr",
        "« Le bac reprendra lundi », a déclaré jeudi la maire, Anne Roy. Selon l'OTAN, la passe est sûre. \
         Paul Blanc nie que le pont soit fermé, rapporte Le Monde.",
    ),
    (
        "https://courier.example/ferry",
        "en",
        "\"The ferry will run again,\" Anne Roy told Reuters on 3 May 2021. Russia denied that the port was closed.",
    ),
];

/// The store anew.
pub fn store() -> Store {
    let store = Store::in_memory(Base::default()).expect("a store in memory");
    fill(&store);
    store
}

/// Stores the articles.
pub fn fill(store: &Store) {
    let entities = Entities::embedded();
    for (url, language, text) in ARTICLES {
        let mut article = Article::from_text(url, text);
        article.url = Some(url.to_owned());
        article.outlet = Some("Le Courrier".to_owned());
        article.title = Some("Le bac <reprend> & \"rouvre\"".to_owned());
        article.published = "2024-03-28".parse().ok();
        article.language = language.to_owned();
        let statements = extract(&article, entities);
        assert!(!statements.is_empty(), "an article that says something");
        store.add_article(&article, &statements, entities).expect("an article is stored");
    }
}

/// The same, for those that only read.
pub fn shared() -> &'static Store {
    static STORE: std::sync::LazyLock<Store> = std::sync::LazyLock::new(store);
    &STORE
}
