use super::super::{Metadata, json_ld, prune};
use super::*;

fn read_at(html: &str, address: Option<&str>) -> Metadata {
    let page = Document::from(html);
    let (tags, described) = (Tags::of(&page), json_ld::read(&page, address, None));
    prune::prune(&page);
    Teller { page: &page, tags: &tags, described: &described, address }.tell()
}

fn day(html: &str) -> Option<(String, Origin)> {
    read_at(html, Some("https://exemple.fr/le-pont")).published.map(|(date, origin)| (date.to_string(), origin))
}

fn some(text: &str, origin: Origin) -> Option<(String, Origin)> {
    Some((text.to_owned(), origin))
}

#[test]
fn meta_tags_tell_of_the_article() {
    let told = read_at(
        "<html lang=fr_FR><title>Le pont - Le Courrier</title>
        <meta property=og:title content='Le pont &amp;amp; la rue | Le Courrier'><meta property=og:site_name content='Le Courrier'>
        <meta property=article:author content='https://reseau.example/courrier'><meta name=Author content='Anne Roy'>
        <meta name=author content='Luc Petit'><meta property='article:published_time' content='2024-03-28T00:10:00+01:00'>
        <link rel=canonical href='/region/le-pont#haut'>",
        Some("https://exemple.fr/x?utm=1"),
    );
    assert_eq!(told.title, some("Le pont & la rue", Origin::OpenGraph));
    assert_eq!(told.outlet, some("Le Courrier", Origin::OpenGraph));
    assert_eq!(told.author, some("Anne Roy, Luc Petit", Origin::Meta));
    assert_eq!(told.language, some("fr-fr", Origin::HtmlLang));
    assert_eq!(told.url, some("https://exemple.fr/region/le-pont", Origin::Canonical));
    assert_eq!(told.published.map(|(date, _)| date.to_string()).as_deref(), Some("2024-03-28"), "the outlet's own day");
}

#[test]
fn scripts_are_surer_than_tags() {
    let told = read_at(
        "<meta property=og:title content=Autre><meta property=og:site_name content='Le Site'><script type=application/ld+json>
        {\"@type\": \"NewsArticle\", \"headline\": \"Le pont\", \"publisher\": {\"name\": \"Le Courrier\"},
        \"author\": [{\"name\": \"Le Courrier\"}]}</script>",
        None,
    );
    assert_eq!(told.title, some("Le pont", Origin::JsonLd));
    assert_eq!((told.outlet, told.author), (some("Le Courrier", Origin::JsonLd), None));
    assert_eq!((told.url, told.published, told.language), (None, None, None), "what is not told is unknown");
}

#[test]
fn microdata_and_links_tell_who_wrote_it() {
    let told = |html: &str| read_at(html, None).author;
    let person = "<p itemprop=author itemscope>Par <span itemprop=name>Anne Roy</span>, à Vaux</p>";
    assert_eq!(told(person), some("Anne Roy", Origin::Microdata));
    assert_eq!(told("<a rel='author nofollow' href=/anne>Anne Roy</a>"), some("Anne Roy", Origin::Byline));
    assert_eq!(told("<a href=/anne>Anne Roy</a>"), None);
}

#[test]
fn the_time_by_the_headline_counts() {
    let time = |day: &str| format!("<time datetime={day}>un jour</time>");
    let own = format!(
        "<aside>{}</aside><article>{}</article><article><h1>Le pont</h1><time class=updated datetime=2024-03-30></time>{}</article>",
        time("2024-01-01"),
        time("2024-02-01"),
        time("2024-03-28")
    );
    assert_eq!(day(&own), some("2024-03-28", Origin::TimeElement));
    assert_eq!(
        day(&format!("<div>{}</div><h1>Le pont</h1>", time("2024-03-28"))),
        some("2024-03-28", Origin::TimeElement)
    );
    let other = format!("<h1>Le pont</h1><article>{}</article>", time("2024-02-01"));
    assert_eq!(day(&other), None, "a teaser's");
    assert_eq!(day("<h1>Le pont</h1><time datetime=2024-02-31>"), None, "no such day");
}

#[test]
fn readers_and_addresses_are_told_dates() {
    assert_eq!(day("<p>Publié le jeudi 28 mars 2024 à 10 h</p>"), some("2024-03-28", Origin::Byline));
    assert_eq!(day("<span class=article-date>28/03/2024</span>"), some("2024-03-28", Origin::Byline));
    assert_eq!(day("<p>Elle est née le 28 mars 1954.</p>"), None);
    let dated = read_at("<p>Le pont</p>", Some("https://exemple.fr/2024/03/28/le-pont"));
    assert_eq!(dated.published.map(|(date, origin)| (date.to_string(), origin)), some("2024-03-28", Origin::Address));
    assert_eq!(dated.url, some("https://exemple.fr/2024/03/28/le-pont", Origin::Address));
}

#[test]
fn front_pages_and_broken_addresses_are_not_the_article() {
    let url = |href: &str| read_at(&format!("<link rel=canonical href='{href}'>"), None).url;
    assert_eq!(
        ["https://exemple.fr/", "https://exemple.fr", "/relatif", "javascript:x", "http://a b/c"].map(url),
        [None, None, None, None, None]
    );
    assert_eq!(url("https://exemple.fr/?p=12"), some("https://exemple.fr/?p=12", Origin::Canonical));
}

#[test]
fn where_places_contradict_each_other_the_words_tell_the_language() {
    let page =
        "<html lang=en><meta property=og:locale content=fr_FR><p>Le pont de Vaux rouvre lundi, a dit la maire.</p>";
    assert_eq!(read_at(page, None).language, some("fr-fr", Origin::OpenGraph));
    assert_eq!(
        read_at("<html lang=en><p>Le pont de Vaux rouvre lundi.</p>", None).language,
        some("en", Origin::HtmlLang)
    );
}
