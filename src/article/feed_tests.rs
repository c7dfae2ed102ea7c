use super::*;
use crate::article::input::Input;
use std::io::Cursor;

fn read_feed(bytes: &str) -> Vec<Result<Article, ReadError>> {
    let input = Input {
        path: "feed.xml".into(),
        name: "feed.xml".to_owned(),
        place: Some("/feed.xml".to_owned()),
        address: None,
        charset: None,
        known: Metadata::default(),
        head: bytes.as_bytes()[..bytes.len().min(4096)].to_vec(),
        bytes: Box::new(Cursor::new(bytes.as_bytes().to_vec())),
    };
    assert!(fits(&input), "{bytes}");
    read(input, None).into_iter().map(|found| found.and_then(Unread::read)).collect()
}

const RSS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" \
    xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel>\
    <title>Le Courrier - Toutes les nouvelles</title><link>https://www.lecourrier.example/</link><language>fr-FR</language>\
    <item><title>Le pont &amp;amp; la rue</title><link>https://www.lecourrier.example/pont</link>\
    <pubDate>Wed, 27 Mar 2024 00:30:00 +0100</pubDate><dc:creator>Anne Roy</dc:creator>\
    <description>Le pont rouvre.</description>\
    <content:encoded><![CDATA[<p>« Le pont rouvre », a dit <b>la maire</b>.</p><p>Elle s'en réjouit.</p>]]></content:encoded></item>\
    <item><title>La rue</title><guid isPermaLink=\"false\">7</guid><description>La rue est &lt;i&gt;fermée&lt;/i&gt;.</description></item>";

#[test]
fn the_entries_of_rss_are_articles() {
    let articles = read_feed(&format!("{RSS}</channel></rss>"));
    assert_eq!(articles.len(), 2);
    let pont = articles[0].as_ref().unwrap();
    assert_eq!(pont.text, "« Le pont rouvre », a dit la maire.\nElle s'en réjouit.");
    assert_eq!((pont.title.as_deref(), pont.author.as_deref()), (Some("Le pont & la rue"), Some("Anne Roy")));
    assert_eq!(
        (pont.url.as_deref(), pont.outlet.as_deref()),
        (Some("https://www.lecourrier.example/pont"), Some("Le Courrier"))
    );
    assert_eq!(pont.published.unwrap().to_string(), "2024-03-27", "the day of the place, not of the world's clock");
    assert_eq!((pont.language.as_str(), pont.origins.outlet), ("fr-fr", Some(Origin::Feed)));
    let rue = articles[1].as_ref().unwrap();
    assert_eq!((rue.text.as_str(), rue.url.as_deref(), rue.published), ("La rue est fermée.", None, None));
    assert_eq!(rue.name, "/feed.xml#2");
}

#[test]
fn of_a_feed_that_is_cut_off_the_whole_entries_are_read() {
    let told = read_feed(&format!("{RSS}<item><title>Le port</ti"));
    assert!(told[0].as_ref().unwrap_err().to_string().starts_with("feed.xml: feed: "));
    assert_eq!(told[1..].iter().filter(|article| article.is_ok()).count(), 2);
    assert!(read_feed("<rss version=\"2.0\"><chan")[0].is_err());
}

#[test]
fn atom_and_json_are_read_alike() {
    let atom = "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>Monde : l'actualité sur Le Courrier.</title>\
        <link href=\"https://www.lecourrier.example/\"/><entry><title type=\"html\">Le &lt;b&gt;pont&lt;/b&gt;</title><id>tag:1</id>\
        <link rel=\"alternate\" href=\"https://www.lecourrier.example/pont\"/><published>2024-03-27T00:30:00+01:00</published>\
        <content type=\"html\">&lt;p&gt;Le pont rouvre.&lt;/p&gt;</content></entry></feed>";
    let json = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "Le Courrier", "items": [{"id": "1",
        "url": "https://www.lecourrier.example/pont", "title": "Le pont", "content_html": "<p>Le pont rouvre.</p>",
        "date_published": "2024-03-27T00:30:00+01:00"}]}"#;
    for feed in [atom, json] {
        let articles = read_feed(feed);
        let pont = articles[0].as_ref().unwrap();
        assert_eq!((pont.text.as_str(), pont.title.as_deref()), ("Le pont rouvre.", Some("Le pont")));
        assert_eq!(
            (pont.outlet.as_deref(), pont.published.unwrap().to_string().as_str()),
            (Some("Le Courrier"), "2024-03-27")
        );
    }
}

#[test]
fn a_declaration_amid_a_feed_changes_nothing() {
    // Two feeds that a program joined, the second in letters of another kind.
    let notes = "<!-- note -->".repeat(20);
    let feed = format!(
        "<rss version=\"2.0\"><channel><title>Le Courrier</title>{notes}<?xml version=\"1.0\" encoding=\"utf-16\"?>\
         <item><title>Le pont</title><description>Le pont a \u{e9}t\u{e9} rouvert.</description></item></channel></rss>"
    );
    let articles = read_feed(&feed);
    assert_eq!(articles.len(), 1);
    assert_eq!(articles[0].as_ref().unwrap().text, "Le pont a été rouvert.");
}

#[test]
fn a_feed_is_told_by_its_root() {
    assert_eq!(root("\u{FEFF}<?xml version=\"1.0\"?><!-- a > b --><!DOCTYPE rss>\n<rss version=\"2.0\">"), Some("rss"));
    assert_eq!(root("<rdf:RDF xmlns=\"x\">"), Some("RDF"));
    assert_eq!(root("Le pont < la rue"), None);
    assert_eq!(root("<!-- sans fin"), None);
}

#[test]
fn the_outlet_is_the_part_of_the_title_that_is_like_the_site() {
    let site = Some("https://www.lecourrier.example/x");
    assert_eq!(outlet("Le Courrier: Monde", site), "Le Courrier");
    assert_eq!(outlet("Monde | Le Courrier", site), "Le Courrier");
    assert_eq!(outlet("La Voix - À la une", site), "La Voix");
    assert_eq!(outlet("", None), "");
}
