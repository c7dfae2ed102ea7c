//! Every form of input, as a user reads it with the program: what is known of each article, where it was found, and
//! statements whose offsets point into the text that `dixit read` prints.

#[path = "inputs/any.rs"]
mod any;
#[path = "inputs/desk.rs"]
mod desk;
#[path = "inputs/hostile.rs"]
mod hostile;
#[path = "inputs/web.rs"]
mod web;

use desk::{Desk, STATEMENT, gzip, zstd};
use serde_json::{Value, json};

/// The articles that `dixit read` prints of a file in `tests/inputs/`.
fn read(name: &str, options: &[&str]) -> Vec<Value> {
    let desk = Desk::new();
    desk.copy(name);
    desk.read(&[&[name], options].concat())
}

/// What is known of an article, with the place where it was found: `title: Le bac (json-ld)`.
fn known(article: &Value) -> Vec<String> {
    let fields = ["url", "title", "outlet", "author", "published", "language"];
    let line =
        |field: &str| Some(format!("{field}: {} ({})", article[field].as_str()?, article["origins"][field].as_str()?));
    fields.into_iter().filter_map(line).collect()
}

/// The words of each statement that `dixit extract` prints, after they were found again, by their offsets, in the text
/// that `dixit read` prints.
#[track_caller]
fn statements(desk: &Desk, arguments: &[&str]) -> Vec<String> {
    let texts = desk.read(arguments);
    let ended = desk.run(&[&["extract"], arguments].concat());
    assert_eq!(ended.status, 0, "{ended:?}");
    let one = |line: &str| {
        let statement: Value = serde_json::from_str(line).unwrap();
        let article = texts.iter().find(|text| text["article"] == statement["article"]).expect("it was read");
        let letters: Vec<char> = article["text"].as_str().unwrap().chars().collect();
        let words = |place: &Value| -> String {
            let offset = |name: &str| place[name].as_u64().unwrap() as usize;
            letters[offset("start")..offset("end")].iter().collect()
        };
        let content: Vec<String> = statement["spans"].as_array().unwrap().iter().map(words).collect();
        assert_eq!(statement["text"], content.join(" "), "{statement}");
        assert_eq!(statement["cue"]["text"], words(&statement["cue"]), "{statement}");
        content.join(" ")
    };
    ended.stdout.lines().map(one).collect()
}

#[test]
fn a_page_is_its_article() {
    let article = &read("page.html", &[])[0];
    let expected = [
        "url: https://www.courrier-vernoy.example/2024/03/28/bac (canonical)",
        "title: Le bac de Vernoy reprend du service (json-ld)",
        "outlet: Le Courrier de Vernoy (json-ld)",
        "author: Jeanne Morel (json-ld)",
        "published: 2024-03-28 (json-ld)",
        "language: fr (html-lang)",
    ];
    assert_eq!(known(article), expected);
    let text = article["text"].as_str().unwrap();
    assert!(text.contains("Le bac qui relie") && text.contains("deux euros"), "{text}");
    for noise in ["Sports", "cookies", "Lire aussi", "publicité", "color", "<"] {
        assert!(!text.contains(noise), "{noise}: {text}");
    }
}

#[test]
fn feeds_are_their_entries() {
    let rss = read("feed.rss", &[]);
    assert_eq!(rss.len(), 2);
    let expected = [
        "url: https://www.gazette-morlac.example/marche (feed)",
        "title: Le marché déménage (feed)",
        "outlet: La Gazette de Morlac (feed)",
        "author: Luc Petit (feed)",
        "published: 2024-03-27 (feed)",
        "language: fr (feed)",
    ];
    assert_eq!(known(&rss[0]), expected);
    assert_eq!(
        rss[0]["text"],
        "« Le marché s'installera place Neuve », a annoncé Zoé Vidal.\nLes travaux dureront un an."
    );
    assert_eq!(rss[1]["text"], "« La piscine rouvrira samedi », a promis Anne Roy.");
    assert_eq!((&rss[1]["url"], &rss[1]["published"]), (&Value::Null, &Value::Null));

    let atom = known(&read("feed.atom", &[])[0]);
    let expected = [
        "url: https://www.echo-du-val.example/moulin (feed)",
        "title: Le moulin est sauvé (feed)",
        "outlet: L'Écho du Val (feed)",
        "author: Marie Dubois (feed)",
        "published: 2024-03-29 (feed)",
        "language: fr (feed)",
    ];
    assert_eq!(atom, expected);

    let json = known(&read("feed.json", &[])[0]);
    let expected = [
        "url: https://www.phare.example/1 (feed)",
        "title: Le phare s'allume (feed)",
        "outlet: Le Phare de Port-Clair (feed)",
        "author: Jeanne Morel (feed)",
        "published: 2024-03-30 (feed)",
        "language: fr (feed)",
    ];
    assert_eq!(json, expected);
}

#[test]
fn a_sitemap_is_passed_over_unless_followed() {
    let desk = Desk::new();
    desk.copy("news.xml");
    let ended = desk.run(&["read", "news.xml"]);
    assert_eq!((ended.status, ended.stdout.as_str(), ended.said.len()), (0, "", 0), "{ended:?}");
    let told = "dixit: news.xml: passed over: a sitemap of 2 pages or sitemaps: read them with --follow";
    assert_eq!(desk.run(&["--verbose", "read", "news.xml"]).said, [told]);
}

#[test]
fn data_files_are_read_by_their_keys_and_columns() {
    let lines = read("lines.jsonl", &[]);
    let expected = [
        "url: https://www.courrier-vernoy.example/gare (field)",
        "title: La gare (field)",
        "outlet: Le Courrier de Vernoy (field)",
        "author: Luc Petit, Zoé Vidal (field)",
        "published: 2024-03-02 (field)",
        "language: fr (field)",
    ];
    assert_eq!((&lines[0]["article"], known(&lines[0])), (&json!("gare-1"), expected.map(str::to_owned).to_vec()));
    let expected = ["outlet: La Gazette de Morlac (field)", "published: 2024-03 (field)", "language: fr (words)"];
    assert_eq!(
        (&lines[1]["article"], known(&lines[1])),
        (&json!("lines.jsonl#2"), expected.map(str::to_owned).to_vec())
    );

    let array = read("answer.json", &[]);
    assert_eq!(array.iter().map(|article| article["article"].as_str().unwrap()).collect::<Vec<_>>(), ["1", "2"]);
    assert_eq!(known(&array[0])[..2], ["title: Le théâtre (field)", "published: 2024-04-01 (field)"]);

    let tabs = &read("table.tsv", &[])[0];
    assert_eq!(known(tabs)[..2], ["title: Le lac (field)", "outlet: Le Phare de Port-Clair (field)"]);
    assert_eq!(tabs["text"], "« Le lac est gelé », a constaté Luc Petit.");
}

#[test]
fn a_map_names_the_columns() {
    let told = Desk::new();
    told.copy("table.csv");
    told.refuses(
        &["read", "table.csv"],
        1,
        "dixit: table.csv:1: no column `text`: name it in the first line, or say with --map which column has the words",
    );
    let rows = read("table.csv", &["--map", "id=identifiant,text=corps,outlet=journal"]);
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0]["article"], "7");
    assert_eq!(rows[0]["text"], "« Le tram passera ; le bus aussi », a déclaré Anne Roy.\r\nElle \"insiste\".");
    assert_eq!(known(&rows[0])[..2], ["outlet: L'Écho du Val (field)", "published: 2024-04-03 (field)"]);
    let wrong = told.run(&["read", "table.csv", "--map", "texte=corps"]);
    assert_eq!(wrong.status, 2, "{wrong:?}");
}

#[test]
fn front_matter_describes_its_text() {
    let note = &read("note.md", &[])[0];
    let expected = [
        "url: https://www.echo-du-val.example/forge (front-matter)",
        "title: La forge : enfin (front-matter)",
        "outlet: L'Écho du Val (front-matter)",
        "author: Marie Dubois, Luc Petit (front-matter)",
        "published: 2024-04-05 (front-matter)",
        "language: fr (words)",
    ];
    assert_eq!(known(note), expected);
    assert_eq!(note["text"], "« La forge ouvrira au public », a déclaré Marie Dubois.\n");
}

/// A page as an archive holds it.
fn record(address: &str, answer: &str) -> Vec<u8> {
    let head = format!("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\n");
    format!("{head}Content-Length: {}\r\n\r\n{answer}\r\n\r\n", answer.len()).into_bytes()
}

#[test]
fn an_archive_is_its_pages() {
    let page = std::fs::read_to_string(desk::input("page.html")).unwrap();
    let answer =
        |status: &str, form: &str, body: &str| format!("HTTP/1.1 {status}\r\nContent-Type: {form}\r\n\r\n{body}");
    let records = [
        record("https://a.example/bac", &answer("200 OK", "text/html; charset=utf-8", &page)),
        record("https://a.example/image", &answer("200 OK", "image/png", "?")),
        record("https://a.example/ancien", &answer("301 Moved Permanently", "text/html", &page)),
    ];
    let desk = Desk::new();
    // Each record is packed by itself, as archives are.
    desk.put("crawl.warc.gz", records.iter().flat_map(gzip).collect::<Vec<u8>>());
    desk.put("crawl.warc", records.concat());
    for name in ["crawl.warc.gz", "crawl.warc"] {
        let ended = desk.run(&["--verbose", "read", "--format", "jsonl", name]);
        let passed = format!("dixit: {name}: passed over: 1 answers other than 200, 1 answers that are no pages");
        assert_eq!((ended.status, &ended.said), (0, &vec![passed]), "{ended:?}");
        let article: Value = serde_json::from_str(&ended.stdout).unwrap();
        assert_eq!(known(&article)[1], "title: Le bac de Vernoy reprend du service (json-ld)");
        assert_eq!(statements(&desk, &[name]).len(), 2);
    }
}

#[test]
fn for_people_an_article_is_its_fields_and_its_text() {
    let desk = Desk::new();
    desk.copy("note.md");
    desk.put("z.txt", STATEMENT);
    let ended = desk.run(&["read", "note.md", "z.txt"]);
    let expected = "article: note.md\n\
        url: https://www.echo-du-val.example/forge (front-matter)\n\
        title: La forge : enfin (front-matter)\n\
        outlet: L'Écho du Val (front-matter)\n\
        author: Marie Dubois, Luc Petit (front-matter)\n\
        published: 2024-04-05 (front-matter)\n\
        language: fr (words)\n\
        \n\
        « La forge ouvrira au public », a déclaré Marie Dubois.\n\
        \n\
        article: z.txt\n\
        language: fr (words)\n\
        \n\
        « Le pont tiendra », a déclaré Anne Roy.\n";
    assert_eq!((ended.status, ended.stdout.as_str()), (0, expected));
}

/// The files of `tests/inputs/` that hold articles, and how many statements each has at least.
const FILES: [(&str, usize); 9] = [
    ("page.html", 2),
    ("feed.rss", 2),
    ("feed.atom", 1),
    ("feed.json", 1),
    ("lines.jsonl", 2),
    ("answer.json", 2),
    ("table.tsv", 1),
    ("note.md", 1),
    ("news.xml", 0),
];

#[test]
fn statements_point_into_the_text_that_was_read() {
    let desk = Desk::new();
    for (name, least) in FILES {
        desk.copy(name);
        let found = statements(&desk, &[name]);
        assert!(found.len() >= least, "{name}: {found:?}");
    }
    desk.copy("table.csv");
    let found = statements(&desk, &["table.csv", "--map", "text=corps"]);
    assert_eq!(found, ["Le tram passera ; le bus aussi", "Le tram attendra"]);
}

#[test]
fn packed_files_and_standard_input_are_read_alike() {
    let desk = Desk::new();
    for (name, _) in FILES {
        let bytes = std::fs::read(desk::input(name)).unwrap();
        desk.put(name, &bytes);
        desk.put(&format!("{name}.gz"), gzip(&bytes));
        desk.put(&format!("{name}.zst"), zstd(&bytes));
        let whole: Vec<Value> = desk.read(&[name]).into_iter().map(|article| article["text"].clone()).collect();
        for packed in [format!("{name}.gz"), format!("{name}.zst")] {
            let read: Vec<Value> = desk.read(&[&packed]).into_iter().map(|article| article["text"].clone()).collect();
            assert_eq!(read, whole, "{packed}");
            let piped = desk.pipe(&["read", "--format", "jsonl", "-"], std::fs::read(desk.path(&packed)).unwrap());
            assert_eq!((piped.status, piped.stdout.lines().count()), (0, whole.len()), "{packed}: {piped:?}");
        }
    }
}

#[test]
fn what_is_given_holds_for_all() {
    let desk = Desk::new();
    FILES.iter().for_each(|(name, _)| desk.copy(name));
    let given = ["--outlet", "L'Agence", "--published", "2024-05", "--language", "fr"];
    let articles = desk.read(&[&["."], &given[..]].concat());
    assert_eq!(articles.len(), 11);
    for article in articles {
        let known = known(&article);
        for line in ["outlet: L'Agence (option)", "published: 2024-05 (option)", "language: fr (option)"] {
            assert!(known.iter().any(|known| known == line), "{known:?}");
        }
    }
    let foreign = desk.run(&["extract", "note.md", "--language", "de"]);
    assert_eq!((foreign.status, foreign.stdout.as_str()), (0, ""), "{foreign:?}");
    for wrong in ["français !", "", "a"] {
        let ended = desk.run(&["read", "note.md", "--language", wrong]);
        assert_eq!((ended.status, ended.stdout.as_str()), (2, ""), "{wrong}: {ended:?}");
    }
}

#[test]
fn patterns_choose_among_the_files_of_a_folder() {
    let desk = Desk::new();
    for name in ["a.txt", "b.txt", "b.md", "brouillons/c.txt", "archive/2023/d.txt", "photo.png", ".caché.txt"] {
        desk.put(&format!("news/{name}"), STATEMENT);
    }
    let names = |options: &[&str]| -> Vec<String> {
        let articles = desk.read(&[&["news"], options].concat());
        articles.iter().map(|article| article["article"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names(&[]), ["a.txt", "d.txt", "b.md", "b.txt", "c.txt"]);
    assert_eq!(names(&["--exclude", "brouillons/", "--exclude", "b.*"]), ["a.txt", "d.txt"]);
    assert_eq!(names(&["--include", "*.md", "--include", "archive/**"]), ["d.txt", "b.md"]);
    assert_eq!(names(&["--include", "*.txt", "--exclude", "archive"]), ["a.txt", "b.txt", "c.txt"]);
    let wrong = desk.run(&["read", "news", "--include", "a{"]);
    assert_eq!(wrong.said.len(), 1, "{wrong:?}");
    assert!(wrong.status != 0 && wrong.said[0].contains("`a{` is not a pattern"), "{wrong:?}");
}

#[test]
fn added_twice_nothing_changes_and_the_report_says_so() {
    let desk = Desk::new();
    FILES.iter().for_each(|(name, _)| desk.copy(name));
    let lines = |name: &str| -> Vec<Value> {
        let text = std::fs::read_to_string(desk.path(name)).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let add = |report: &str| {
        desk.run(&["add", "page.html", "feed.rss", "news.xml", "note.md", "none.txt", "--report", report])
    };
    let first = add("first.jsonl");
    assert_eq!(first.status, 1);
    assert_eq!(first.said[0], "dixit: none.txt: no such file or folder: check the spelling");
    assert!(first.said[1].starts_with("4 added, 0 changed, 0 unchanged, 1 failed, 1 skipped; "), "{first:?}");
    let again = add("again.jsonl");
    assert_eq!(again.said[1], "0 added, 0 changed, 4 unchanged, 1 failed, 1 skipped; 0 statements");

    let outcomes =
        |lines: &[Value]| lines.iter().map(|line| line["outcome"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    let (first, again) = (lines("first.jsonl"), lines("again.jsonl"));
    assert_eq!(outcomes(&first), ["added", "added", "added", "skipped", "added", "failed", "ended"]);
    assert_eq!(outcomes(&again), ["unchanged", "unchanged", "unchanged", "skipped", "unchanged", "failed", "ended"]);
    assert_eq!((&first[0]["article"], &first[0]["published"]), (&json!("page.html"), &json!("2024-03-28")));
    assert_eq!(first[0]["origins"]["published"], "json-ld");
    assert!(first[0]["statements"].as_u64().unwrap() >= 2);
    assert_eq!(first[5]["message"], "none.txt: no such file or folder: check the spelling");
    assert_eq!((&first[6]["added"], &first[6]["failed"], &first[6]["stopped"]), (&json!(4), &json!(1), &json!(false)));
}

#[test]
fn what_was_read_is_read_again_from_its_lines() {
    let desk = Desk::new();
    FILES.iter().for_each(|(name, _)| desk.copy(name));
    let names: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
    let ended = desk.run(&[&["read", "--format", "jsonl"], &names[..]].concat());
    desk.put("read.jsonl", &ended.stdout);
    let fields =
        |article: &Value| ["url", "title", "outlet", "author", "published", "text"].map(|field| article[field].clone());
    let first: Vec<_> = ended.stdout.lines().map(|line| fields(&serde_json::from_str(line).unwrap())).collect();
    assert_eq!(desk.read(&["read.jsonl"]).iter().map(fields).collect::<Vec<_>>(), first);
}
