//! Pages that are asked for again.

use super::client::{Answer, get, pairs, post};
use super::site::{Site, TOKEN, site};

fn page(site: &Site, path: &str, language: &str) -> Answer {
    let answer = site.send(&get(path).accept("text/html").with("accept-language", language));
    assert_eq!(answer.status, 200, "{path}");
    answer
}

#[test]
fn who_asks_again_gets_the_same_but_in_their_own_language_and_format() {
    for path in ["/", "/search", "/query/most-quoted-actors", "/network", "/timeline", "/entity/Q7184"] {
        let of = |language| page(site(), path, language);
        let (english, french) = (of("en"), of("fr"));
        assert!(english.body.contains("lang=\"en\"") && french.body.contains("lang=\"fr\""), "{path}");
        assert_eq!((of("en").body, of("fr").body), (english.body, french.body), "{path}");
        assert_eq!(of("en").headers, english.headers, "{path}");
    }
    let turtle = site().send(&get("/entity/Q7184").accept("text/turtle"));
    assert_eq!(turtle.kind(), "text/turtle");
    let tag = turtle.header("etag").unwrap().to_owned();
    let known = get("/entity/Q7184").accept("text/turtle").with("if-none-match", &tag);
    assert_eq!(site().send(&known).status, 304);
    // A language that is asked for is told to the browser each time.
    for _ in 0..2 {
        assert!(page(site(), "/search?lang=fr", "en").header("set-cookie").is_some());
    }
}

#[test]
fn what_is_corrected_shows_on_every_page_at_once() {
    let site = Site::new(&["--writable"]);
    let statement = site.column(
        "SELECT ?s { ?s dixit:actor ?a ; schema:text ?t . ?a rdfs:label ?n } ORDER BY DESC(STRLEN(?t)) ?s LIMIT 1",
    );
    let statement = &statement[0];
    let path = statement.strip_prefix("https://data.dixit.example").unwrap();
    let article = path.split("/statement/").next().unwrap();
    let search = format!("/search?{}", pairs(&[("q", "Zéphyrine Abalone")]));
    let query = "/query/most-quoted-actors?limit=500";
    let pages = [path, article, &search, query];
    let told = || pages.map(|path| page(&site, path, "en").body.matches("Zéphyrine Abalone").count());
    let before = told();
    assert_eq!((before[0], before[1], before[3]), (0, 0, 0));

    let origin = format!("http://{}", site.address);
    let cookie = format!("token={TOKEN}; by=Me");
    let right = [("do", "speaker"), ("statement", statement), ("name", "Zéphyrine Abalone"), ("new", "person")];
    let form = post("/review", "application/x-www-form-urlencoded", pairs(&right));
    let answer = site.send(&form.with("origin", &origin).with("cookie", &cookie));
    assert_eq!(answer.status, 303, "{answer:?}");
    assert!(told().iter().zip(before).all(|(after, before)| *after > before), "{before:?} {:?}", told());
}
