use super::*;

fn read_at(json: &str, address: Option<&str>, title: Option<&str>) -> Described {
    let page = Document::from(format!("<script type=\"application/ld+json; charset=utf-8\">{json}</script>"));
    super::read(&page, address, title)
}

fn read(json: &str) -> Described {
    read_at(json, None, None)
}

#[test]
fn an_article_is_described() {
    let told = read(
        r#"{"@context": "https://schema.org", "@type": "ReportageNewsArticle", "headline": "Le pont rouvre",
        "mainEntityOfPage": {"@type": "WebPage", "@id": "https://exemple.fr/pont"}, "inLanguage": "fr",
        "datePublished": "2024-03-28T10:00:00+01:00", "dateModified": "2024-03-29",
        "author": [{"@type": "Person", "name": "Anne Roy"}, {"@type": "Organization", "name": "Agence"}],
        "publisher": {"@type": "Organization", "name": "Le Courrier"}, "articleBody": "Le pont rouvre lundi."}"#,
    );
    assert_eq!(told.title.as_deref(), Some("Le pont rouvre"));
    assert_eq!(told.url.as_deref(), Some("https://exemple.fr/pont"));
    assert_eq!(told.outlet.as_deref(), Some("Le Courrier"));
    assert_eq!(told.authors, ["Anne Roy"], "bodies only where no person wrote");
    assert_eq!(told.published.as_deref(), Some("2024-03-28T10:00:00+01:00"));
    assert_eq!((told.language.as_deref(), told.body.as_deref()), (Some("fr"), Some("Le pont rouvre lundi.")));
}

#[test]
fn a_graph_leads_from_one_object_to_another() {
    let told = read(
        r##"{"@graph": [{"@type": "WebSite", "name": "Site"},
        {"@type": ["Article", "NewsArticle"], "headline": "Le pont", "author": {"@id": "#anne"}, "publisher": {"@id": "#o"}},
        {"@type": "WebPage", "datePublished": "2024-03-28"},
        {"@type": "Person", "@id": "#anne", "name": "Anne Roy"}, {"@type": "Organization", "@id": "#o", "name": "Courrier"}]}"##,
    );
    assert_eq!((told.authors.as_slice(), told.outlet.as_deref()), (&["Anne Roy".to_owned()][..], Some("Courrier")));
    assert_eq!(told.published.as_deref(), Some("2024-03-28"), "the page's, where the article has none");
}

#[test]
fn of_many_articles_the_one_of_the_page_counts() {
    let json = r#"[{"@type": "NewsArticle", "headline": "Un", "url": "https://exemple.fr/un"},
        {"@type": "NewsArticle", "headline": "Deux", "url": "https://exemple.fr/deux"}]"#;
    assert_eq!(read_at(json, Some("http://www.exemple.fr/deux/"), None).title.as_deref(), Some("Deux"));
    assert_eq!(read_at(json, None, Some("DEUX")).title.as_deref(), Some("Deux"));
    assert_eq!(read(json).title.as_deref(), Some("Un"));
    let list = r#"{"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "headline": "Teaser"}]}"#;
    assert_eq!(read(list).title, None, "a list of other articles");
}

#[test]
fn broken_scripts_are_mended() {
    let cases = [
        "<!-- {\"@type\": \"Article\", \"headline\": \"Le pont\"} -->",
        "//<![CDATA[\n{\"@type\": \"Article\", \"headline\": \"Le\npont\"};\n//]]>",
        "{\"@type\": \"Article\", \"headline\": \"Le pont\", \"author\": [{\"name\": \"Anne\"},],}",
        "{&quot;@type&quot;: &quot;Article&quot;, &quot;headline&quot;: &quot;Le pont&quot;}",
        "{\"@type\": \"Article\", \"headline\": \"Le \\pont\"}",
        "{\"@type\": \"Article\", \"headline\": \"Le pont\"}{\"@type\": \"Article\"}",
    ];
    for json in cases {
        assert_eq!(read(json).title.as_deref(), Some("Le pont"), "{json}");
    }
}

#[test]
fn what_cannot_be_mended_tells_nothing() {
    let deep = "[".repeat(100_000);
    for json in [
        "",
        "{",
        "null",
        "{\"@type\": \"Article\", \"headline\": 3",
        "\\",
        "\"\\",
        &deep,
        "{\"@type\": \"Recipe\", \"name\": \"Tarte\"}",
    ] {
        assert_eq!(read(json).title, None);
    }
}
