//! Answers as they are shown: every format, headings, and what does not go together, as a user sees it.

use assert_cmd::Command;
use dixit::query::{Language, Prepared, Rows, format, page, run as answer};
use dom_query::Document;
use oxigraph::model::{GraphName, Literal, NamedNode, Quad, Term};
use oxigraph::store::Store;
use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::fs;
use std::path::Path;
use std::sync::OnceLock;
use tempfile::TempDir;

/// The articles of the store that every test asks: file, text, and outlet, address and day in the list beside them.
const ARTICLES: [(&str, &str, &str); 4] = [
    (
        "a.txt",
        "« L'OTAN tiendra », a déclaré Emmanuel Macron. « L'OTAN est vieille », a déploré Anne Roy.",
        "Le Fanal,https://fanal.example/a,2022-01-10",
    ),
    ("b.txt", "« L'OTAN aidera l'Ukraine », a promis Emmanuel Macron.", "Le Fanal,https://fanal.example/b,2022-01-20"),
    ("c.txt", "« L'OTAN | *viendra* <i>ici</i> », a dit Anne Roy.", "L'Aube,https://aube.example/c?a=1&b=2,2022-04-05"),
    ("d.txt", "« L'Ukraine attend l'OTAN », a dit Anne Roy.", "L'Aube,,"),
];

/// A folder with a store, made once.
fn desk() -> &'static Path {
    static DESK: OnceLock<TempDir> = OnceLock::new();
    let desk = DESK.get_or_init(|| {
        let desk = tempfile::tempdir().unwrap();
        let news = desk.path().join("news");
        fs::create_dir(&news).unwrap();
        let mut list = "file,outlet,url,published\n".to_owned();
        for (file, text, known) in ARTICLES {
            fs::write(news.join(file), text).unwrap();
            list.push_str(&format!("{file},{known}\n"));
        }
        fs::write(news.join("articles.csv"), list).unwrap();
        let added = command(desk.path(), &["add", "--quiet", "news"]).output().unwrap();
        assert!(added.status.success(), "{added:?}");
        desk
    });
    desk.path()
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dixit"));
    command.args(arguments).current_dir(folder);
    for name in ["DIXIT_STORE", "LC_ALL", "LC_CTYPE", "LC_MESSAGES", "PAGER", "DIXIT_PAGER", "NO_COLOR"] {
        command.env_remove(name);
    }
    command.env("LANG", "en_GB.UTF-8").env("COLUMNS", "100");
    command
}

/// What a run prints on standard output, on standard error, and its exit status.
fn run(arguments: &[&str]) -> (String, String, i32) {
    ended(&mut command(desk(), arguments))
}

fn ended(command: &mut Command) -> (String, String, i32) {
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code().unwrap())
}

/// What a run prints that goes well.
fn printed(arguments: &[&str]) -> String {
    let (stdout, stderr, status) = run(arguments);
    assert_eq!(status, 0, "{arguments:?}: {stderr}");
    stdout
}

/// The one line that a wrong call leads to.
fn refused(arguments: &[&str]) -> String {
    let (stdout, stderr, status) = run(arguments);
    assert_eq!((stdout.as_str(), status, stderr.lines().count()), ("", 2, 1), "{arguments:?}: {stderr}");
    stderr
}

const SELECT: &str = "SELECT ?name { ?s dixit:actor/rdfs:label ?name }";
const ASK: &str = "ASK { ?s dixit:polarity dixit:Asserted }";
const CONSTRUCT: &str = "CONSTRUCT { ?s dixit:actor ?a } { ?s dixit:actor ?a }";

#[test]
fn a_graph_is_turtle_unless_another_form_of_graphs_is_asked_for() {
    let turtle = printed(&["query", "-e", CONSTRUCT]);
    assert!(turtle.starts_with("@base") && turtle.contains("dixit:actor entity:Q3052772 ."), "{turtle}");
    assert_eq!(printed(&["query", "-e", CONSTRUCT, "--format", "turtle"]), turtle);
    let json: serde_json::Value =
        serde_json::from_str(&printed(&["query", "-e", CONSTRUCT, "--format", "jsonld"])).unwrap();
    assert_eq!(json["@graph"].as_array().unwrap().len(), 5);
    for format in ["ntriples", "nquads"] {
        assert_eq!(printed(&["query", "-e", CONSTRUCT, "--format", format]).lines().count(), 5, "{format}");
    }
    assert!(printed(&["query", "-e", CONSTRUCT, "--format", "rdfxml"]).contains("<rdf:RDF"));
    assert_eq!(printed(&["query", "-e", CONSTRUCT, "--limit", "2", "--format", "ntriples"]).lines().count(), 2);
    for format in ["csv", "json", "markdown"] {
        let said = refused(&["query", "-e", CONSTRUCT, "--format", format]);
        assert!(said.contains("gives a graph") && said.contains("--format turtle"), "{said}");
    }
}

#[test]
fn yes_or_no_has_every_form_but_that_of_graphs() {
    for format in ["table", "markdown", "csv", "tsv"] {
        assert_eq!(printed(&["query", "-e", ASK, "--format", format]), "true\n", "{format}");
    }
    assert_eq!(printed(&["query", "-e", ASK, "--format", "json"]), "{\"head\":{},\"boolean\":true}\n");
    assert!(printed(&["query", "-e", ASK, "--format", "xml"]).contains("<boolean>true</boolean>"));
    assert!(refused(&["query", "-e", ASK, "--format", "turtle"]).contains("gives yes or no"));
    assert!(refused(&["query", "-e", ASK, "--group-by", "name"]).contains("--group-by goes with rows"));
}

#[test]
fn statements_in_rows_are_a_graph_and_other_rows_are_none() {
    let turtle = printed(&["ask", "what did Emmanuel Macron say", "--format", "turtle", "--limit", "1"]);
    for part in ["dixit:ReportedStatement ;", "oa:TextQuoteSelector", "a schema:NewsArticle", "entity:Q3052772 a "] {
        assert!(turtle.contains(part), "{part}: {turtle}");
    }
    assert_eq!(turtle.matches("dixit:ReportedStatement ;").count(), 1, "{turtle}");
    assert!(!turtle.contains("articleBody"), "texts leave the store with `dixit export --with-text` only");
    let quads = printed(&["ask", "what did Emmanuel Macron say", "--format", "nquads", "--limit", "1"]);
    assert!(quads.lines().all(|line| line.ends_with("> .")), "each in its graph: {quads}");
    assert!(refused(&["query", "-e", SELECT, "--format", "turtle"]).contains("none of which names a statement"));
}

#[test]
fn a_limit_holds_for_questions_saved_queries_and_sparql() {
    let rows = |arguments: &[&str]| printed(&[arguments, &["--format", "csv"]].concat()).lines().count() - 1;
    assert_eq!(rows(&["ask", "who said what about NATO"]), 5);
    assert_eq!(rows(&["ask", "who said what about NATO", "--limit", "2"]), 2);
    assert_eq!(rows(&["query", "who-said-what", "topic=NATO", "limit=3", "--limit", "4"]), 4);
    assert_eq!(rows(&["query", "-e", SELECT, "--limit", "2"]), 2);
    assert_eq!(rows(&["query", "-e", &format!("{SELECT} LIMIT 1"), "--limit", "2"]), 1);
    let (_, said, _) = run(&["ask", "who said what about NATO", "--limit", "1"]);
    assert!(said.ends_with("\n1 row, as many as the limit: there may be more (--limit N)\n"), "{said}");
}

#[test]
fn rows_stand_under_headings() {
    let grouped = printed(&["ask", "who said what about NATO", "--group-by", "actor", "--format", "markdown"]);
    let headings: Vec<_> = grouped.lines().filter(|line| line.starts_with('#')).collect();
    assert_eq!(headings, ["## Anne Roy (3)", "## Emmanuel Macron (2)"]);
    assert!(grouped.contains("| statement | date | outlet |"), "{grouped}");
    let grouped = printed(&["ask", "qui a dit quoi sur l'OTAN", "--group-by", "média"]);
    let headings: Vec<_> = grouped.lines().filter(|line| line.ends_with(')')).collect();
    assert_eq!(headings, ["L'Aube (2)", "Le Fanal (3)"]);
    let heads: Vec<_> = grouped.lines().filter(|line| line.contains("déclaration")).collect();
    assert!(heads.len() == 2 && heads[0] == heads[1], "columns have the same widths: {grouped}");
    assert!(!grouped.contains('\u{1b}'));
    let colored = printed(&["ask", "who said what about NATO", "--group-by", "actor", "--color", "always"]);
    assert!(colored.starts_with("\u{1b}[1mAnne Roy\u{1b}[0m (3)\n"), "{colored}");
}

#[test]
fn dates_are_brought_under_months_and_years() {
    let headings = |by: &str| -> Vec<String> {
        let grouped = printed(&["ask", "who said what about NATO", "--group-by", by]);
        grouped.lines().filter(|line| line.ends_with(')')).map(str::to_owned).collect()
    };
    assert_eq!(headings("month"), ["2022-04 (1)", "2022-01 (3)", "unknown (1)"]);
    assert_eq!(headings("année"), ["2022 (4)", "unknown (1)"]);
    assert_eq!(headings("relayed_by"), ["– (5)"]);
}

#[test]
fn what_is_no_column_leads_to_the_nearest() {
    let said = refused(&["query", "who-said-what", "topic=NATO", "--group-by", "outlt"]);
    assert!(said.contains("no column `outlt`: did you mean outlet? the columns are actor, statement"), "{said}");
    let said = refused(&["query", "who-said-what", "topic=NATO", "--group-by", "actor", "--format", "csv"]);
    assert!(said.contains("--group-by goes with rows in --format table"), "{said}");
}

#[test]
fn counts_over_time_are_bars_with_the_gaps_filled() {
    let chart = |arguments: &[&str]| printed(&[arguments, &["--format", "chart"]].concat());
    let bars = chart(&["query", "by-month", "topic=NATO"]);
    let rows: Vec<_> = bars.lines().map(|line| (&line[..7], line.rsplit(' ').next().unwrap())).collect();
    assert_eq!(rows[1..], [("2022-01", "3"), ("2022-02", "0"), ("2022-03", "0"), ("2022-04", "1")]);
    assert!(bars.starts_with("statements by month\n2022-01 ████") && !bars.contains('\u{1b}'), "{bars}");
    assert!(bars.lines().skip(1).all(|line| line.chars().count() == 100), "{bars}");
    let of_rows = chart(&["ask", "who said what about NATO", "--period", "month"]);
    assert_eq!(of_rows, bars, "statements are counted where nothing is");
    let years = chart(&["ask", "qui a dit quoi sur l'OTAN", "--period", "year", "--color", "always"]);
    assert!(years.starts_with("déclarations par année\n2022 \u{1b}[36m█") && years.ends_with(" 4\n"), "{years}");
    let (_, said, _) = run(&["ask", "who said what about NATO", "--format", "chart"]);
    assert!(said.ends_with("\n1 without a date: not in the chart\n"), "{said}");
}

#[test]
fn several_lines_over_time_are_sparklines() {
    let chart = printed(&["query", "topics-by-month", "least=1", "--format", "chart"]);
    let rows: Vec<_> = chart.lines().filter(|line| line.starts_with('│')).collect();
    assert_eq!(
        rows,
        [
            "│ topic   ┆ 2022-01 – 2022-04 ┆ total ┆ most │",
            "│ NATO    ┆ █··▃              ┆     4 ┆    3 │",
            "│ Ukraine ┆ █···              ┆     1 ┆    1 │"
        ]
    );
    let mut plain = command(desk(), &["ask", "who said what about NATO", "--format", "chart", "--group-by", "outlet"]);
    let (chart, ..) = ended(plain.env("LC_ALL", "C").env("COLUMNS", "60"));
    let rows: Vec<_> = chart.lines().filter(|line| line.starts_with('|')).collect();
    assert_eq!(
        rows[1..],
        ["| Le Fanal | @...               |     3 |    3 |", "| L'Aube   | ...@               |     1 |    1 |"]
    );
}

#[test]
fn what_has_no_time_is_no_chart() {
    for name in ["most-quoted-actors", "undated"] {
        let said = refused(&["query", name, "--format", "chart"]);
        assert!(said.contains("a chart needs a column of days, months or years"), "{said}");
    }
    assert!(refused(&["query", "most-quoted-actors", "--period", "year"]).contains("--period goes with"));
    let (stdout, said, status) = run(&["query", "denials", "--format", "chart"]);
    assert_eq!((stdout.as_str(), status), ("", 0));
    assert!(said.starts_with("no rows"), "{said}");
}

/// The answer through a pager of the user's.
fn paged(pager: &[(&str, &str)], arguments: &[&str]) -> (String, String, i32) {
    let arguments = [&["ask", "who said what about NATO", "--format", "csv"], arguments].concat();
    let mut command = command(desk(), &arguments);
    ended(command.envs(pager.iter().copied()))
}

#[test]
fn the_pager_is_the_users_and_may_end_early() {
    let (plain, ..) = paged(&[], &["--pager", "never"]);
    assert_eq!(paged(&[("PAGER", "false")], &[]).0, plain, "what is no terminal has no pager");
    let always = |pager: &[(&str, &str)]| paged(pager, &["--pager", "always"]);
    let numbered: String = plain.split_inclusive('\n').map(|line| format!("> {line}")).collect();
    assert_eq!(always(&[("DIXIT_PAGER", "sed 's/^/> /'"), ("PAGER", "false")]).0, numbered);
    assert_eq!(always(&[("PAGER", "sed 's/^/> /'")]).0, numbered);
    assert_eq!(always(&[("DIXIT_PAGER", ""), ("PAGER", "false")]).0, plain);
    assert_eq!(always(&[("PAGER", "cat")]).0, plain);
    let (_, said, status) = always(&[("PAGER", "true")]);
    assert_eq!((said.lines().count(), status), (1, 0), "whoever read enough is no error: {said}");
    let (_, said, status) = always(&[("PAGER", "no-such-pager")]);
    assert!(status == 1 && said.contains("the pager `no-such-pager` cannot be run"), "{said}");
    let (nothing, ..) = ended(command(desk(), &["query", "denials", "--pager", "always"]).env("PAGER", "echo paged"));
    assert_eq!(nothing, "", "nothing needs no pager");
}

/// On a terminal of so many rows, which `script` makes where it is installed.
#[cfg(target_os = "linux")]
#[test]
fn on_a_terminal_what_is_longer_than_the_screen_is_paged() {
    let program = env!("CARGO_BIN_EXE_dixit");
    let shown = |rows: usize, options: &str| {
        let call = format!("stty rows {rows} cols 100; {program} query -e '{SELECT}' --format csv {options}");
        let mut terminal = Command::new("script");
        terminal.args(["-qec", &call, "/dev/null"]).current_dir(desk()).env("PAGER", "sed 's/^/> /'");
        terminal.env_remove("DIXIT_PAGER").env_remove("DIXIT_STORE");
        // Not every machine has it.
        let output = terminal.output().ok().filter(|output| output.status.success());
        output.map(|output| {
            String::from_utf8(output.stdout).unwrap().lines().filter(|line| line.starts_with('>')).count()
        })
    };
    // Eight lines.
    for (rows, options, paged) in [(9, "", 0), (8, "", 8), (8, "--pager never", 0), (40, "--pager always", 8)] {
        assert!(shown(rows, options).is_none_or(|lines| lines == paged), "{rows} {options} {:?}", shown(rows, options));
    }
}

/// A page, as a browser reads it.
fn page(arguments: &[&str]) -> Document {
    Document::from(printed(&[arguments, &["--format", "html"]].concat()))
}

fn texts(page: &Document, selector: &str) -> Vec<String> {
    page.select(selector).iter().map(|found| found.text().to_string()).collect()
}

#[test]
fn a_page_holds_the_rows_with_links_and_a_timeline() {
    let page = page(&["ask", "qui a dit quoi sur l'OTAN"]);
    assert_eq!(page.select("html").attr("lang").unwrap().to_string(), "fr");
    assert_eq!(texts(&page, "h1"), ["Qui a dit quoi sur l'OTAN"]);
    assert_eq!(texts(&page, "dl div"), ["sujet OTAN (Q7184)"]);
    assert_eq!(texts(&page, "thead th"), ["acteur", "déclaration", "date", "média", "article"]);
    assert_eq!(page.select("tbody tr").length(), 5);
    assert_eq!(texts(&page, "footer code"), ["dixit query who-said-what topic=OTAN"]);
    let first = "L'OTAN | *viendra* <i>ici</i>";
    assert_eq!(texts(&page, "tbody tr:first-child td.words[lang=fr]"), [first]);
    let address = |selector: &str| page.select(selector).attr("href").map(|href| href.to_string());
    assert_eq!(address("tr:first-child td:last-child a").as_deref(), Some("https://aube.example/c?a=1&b=2"));
    assert_eq!(address("td[data-head=acteur] a").as_deref(), Some("http://www.wikidata.org/entity/Q3052772"));
    assert_eq!(page.select("td[data-head=acteur] a").length(), 2, "of Anne Roy no item is known");
    assert_eq!(texts(&page, "td .nothing"), ["inconnu"]);

    assert_eq!(texts(&page, "figure svg > title"), ["déclarations par jour"]);
    let told = "De 2022-01-10 à 2022-04-05 : 4 en tout, 2 au plus (2022-01-10).";
    assert_eq!(texts(&page, "figure svg > desc"), [told]);
    assert_eq!(texts(&page, "figure svg a title"), ["2022-01-10: 2", "2022-01-20: 1", "2022-04-05: 1"]);
    for bar in page.select("figure svg a").iter() {
        let place = bar.attr("href").unwrap().to_string();
        assert_eq!(page.select(&format!("tr{place}")).length(), 1, "{place} leads to a row");
    }
    assert_eq!(texts(&page, "figure .note"), ["+ 1 sans date"]);
}

#[test]
fn a_page_needs_nothing_and_runs_nothing() {
    for call in [&["query", "articles"][..], &["query", "topics-by-month", "least=1"], &["query", "-e", ASK]] {
        let page = page(call);
        assert_eq!(page.select("script, link, img, iframe, object, embed, base, form").length(), 0);
        let style = page.select("style").text().to_string();
        assert!(style.contains("prefers-color-scheme: dark") && !style.contains("url(") && !style.contains("@import"));
        let policy = page.select("meta[http-equiv]").attr("content").unwrap().to_string();
        assert!(policy.starts_with("default-src 'none'; style-src 'unsafe-inline'"), "{policy}");
    }
    assert_eq!(texts(&page(&["query", "-e", ASK]), ".truth"), ["Yes"]);
    assert!(refused(&["query", "-e", CONSTRUCT, "--format", "html"]).contains("gives a graph"));
}

#[test]
fn headings_of_a_page_can_be_gone_to() {
    let page = page(&["ask", "who said what about NATO", "--group-by", "outlet"]);
    assert_eq!(texts(&page, "nav a"), ["L'Aube", "Le Fanal"]);
    assert_eq!(texts(&page, "th.group"), ["L'Aube 2", "Le Fanal 3"]);
    assert_eq!(texts(&page, "th.group#g1"), ["Le Fanal 3"]);
    assert_eq!(texts(&page, ".lines li > span:first-child"), ["Le Fanal", "L'Aube", ""]);
    assert_eq!(texts(&page, ".lines svg title"), ["Le Fanal", "L'Aube"]);
}

/// A run with a browser that writes down what it is asked to open, or with none.
#[cfg(target_os = "linux")]
fn opened(arguments: &[&str], has_browser: bool) -> (String, String, i32, Option<String>) {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let (bin, asked) = (folder.path().join("bin"), folder.path().join("asked"));
    fs::create_dir(&bin).unwrap();
    if has_browser {
        let browser = bin.join("xdg-open");
        fs::write(&browser, format!("#!/bin/sh\nprintf %s \"$1\" > {0}.new; mv {0}.new {0}\n", asked.display()))
            .unwrap();
        fs::set_permissions(&browser, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let path = if has_browser { format!("{}:/usr/bin:/bin", bin.display()) } else { bin.display().to_string() };
    let mut command = command(desk(), arguments);
    let (stdout, stderr, status) = ended(command.env("PATH", path).env("TMPDIR", folder.path()));
    let opened = fs::read_to_string(asked).ok();
    let page = opened.map(|path| {
        assert_eq!(stdout, format!("{path}\n"));
        fs::read_to_string(path).unwrap()
    });
    (stdout, stderr, status, page)
}

#[cfg(target_os = "linux")]
#[test]
fn a_page_is_opened_in_the_browser() {
    let ask = ["query", "who-said-what", "topic=NATO", "--open"];
    let (stdout, stderr, status, page) = opened(&ask, true);
    assert_eq!((stderr.as_str(), status), ("", 0));
    assert!(stdout.contains("/dixit-") && stdout.ends_with(".html\n"), "{stdout}");
    assert!(page.unwrap().starts_with("<!doctype html>"));
    let (stdout, stderr, status, _) = opened(&ask, false);
    assert!(status == 0 && stdout.ends_with(".html\n"), "{stdout}");
    assert!(stderr.contains("no program opened the page"), "{stderr}");
    assert!(refused(&[&ask[..], &["--format", "csv"]].concat()).contains("--open goes with --format html"));
}

const SIGNS: &str = "(?s)[<>&\"'|*_`\\[\\]()!#~$\\\\/:=;, a-z\u{0}\t\n\r\u{85}\u{202e}é-]{1,40}|\\PC{1,30}";

/// A row about the article and the statement whose texts are all `text`.
fn row_with(text: &str) -> Rows {
    let store = store_with(text);
    let sparql =
        "SELECT ?actor ?statement ?url { ?s schema:text ?statement ; schema:url ?url ; dixit:actor/rdfs:label ?actor }";
    let mut prepared = Prepared::from_sparql(sparql, Language::En).unwrap();
    prepared.question = Some(text.to_owned());
    prepared.title = Some(format!("About {text}"));
    prepared.understood = vec![(text.to_owned(), text.to_owned())];
    Rows::read(answer(&store, prepared).unwrap()).unwrap()
}

fn store_with(text: &str) -> Store {
    let store = Store::new().unwrap();
    let node = |iri: &str| NamedNode::new_unchecked(iri.to_owned());
    let add = |subject: &str, predicate: &str, object: Term| {
        store.insert(&Quad::new(node(subject), node(predicate), object, GraphName::DefaultGraph)).unwrap();
    };
    let words = || Literal::new_language_tagged_literal_unchecked(text, "fr").into();
    add("s:1", "http://schema.org/text", words());
    add("s:1", "http://schema.org/url", node("https://a.example/b").into());
    add("s:1", "https://w3id.org/dixit#actor", node("s:2").into());
    add("s:2", "http://www.w3.org/2000/01/rdf-schema#label", words());
    add("s:2", "http://schema.org/sameAs", node("http://www.wikidata.org/entity/Q1").into());
    store
}

/// What of a text is shown: no control characters.
fn visible(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever an article says: a page has the same elements, and the text is in its place.
    #[test]
    fn no_text_is_markup_on_a_page(text in SIGNS) {
        let written = |text: &str| {
            let mut html = Vec::new();
            page::write_page(&row_with(text), None, &store_with(text), &mut html).unwrap();
            Document::from(String::from_utf8(html).unwrap())
        };
        let (page, plain) = (written(&text), written("plain"));
        let elements = |page: &Document| -> Vec<String> {
            page.select("*").iter().filter_map(|element| element.nodes()[0].node_name().map(|name| name.to_string())).collect()
        };
        // A comma parts names, of which none is known.
        if !text.contains(", ") {
            prop_assert_eq!(elements(&page), elements(&plain));
        }
        prop_assert_eq!(texts(&page, "td.words").pop(), Some(visible(&text)));
        prop_assert_eq!(page.select("[onerror], [onload], script").length(), 0);
    }

    /// A reader of Markdown finds one table of two rows, and in its cells the text.
    #[test]
    fn no_text_is_markup_in_markdown(text in SIGNS) {
        let mut markdown = Vec::new();
        format::write_markdown(&row_with(&text), None, &mut markdown).unwrap();
        let markdown = String::from_utf8(markdown).unwrap();
        let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_MATH;
        let mut cells: Vec<String> = Vec::new();
        for event in Parser::new_ext(&markdown, options) {
            match event {
                Event::Start(Tag::TableCell) => cells.push(String::new()),
                Event::Text(part) => cells.last_mut().unwrap().push_str(&part),
                Event::Start(Tag::Table(_) | Tag::TableHead | Tag::TableRow) => {}
                Event::End(TagEnd::Table | TagEnd::TableHead | TagEnd::TableRow | TagEnd::TableCell) => {}
                other => prop_assert!(false, "{other:?} in {markdown}"),
            }
        }
        // Only spaces at the ends of a cell do not count.
        let shown = visible(&text).trim_matches(' ').to_owned();
        prop_assert_eq!(cells, ["actor", "statement", "url", &shown, &shown, "https://a.example/b"], "{}", markdown);
    }

    /// A reader of CSV finds one row, and the text as it was.
    #[test]
    fn no_text_is_more_than_a_cell_of_csv(text in SIGNS) {
        let sparql = "SELECT ?statement ?s { ?s schema:text ?statement }";
        let prepared = Prepared::from_sparql(sparql, Language::En).unwrap();
        let mut rows = Vec::new();
        format::write(answer(&store_with(&text), prepared).unwrap(), dixit::query::Format::Csv, &mut rows).unwrap();
        let read: Vec<_> = csv::Reader::from_reader(&*rows).into_records().map(Result::unwrap).collect();
        prop_assert_eq!(read.len(), 1);
        prop_assert_eq!((&read[0][0], &read[0][1]), (&*text, "s:1"));
    }
}

#[test]
fn a_list_of_articles_is_one_line_of_a_chart() {
    let chart = printed(&["query", "articles", "--format", "chart", "--period", "month"]);
    let rows: Vec<_> = chart.lines().map(|line| (&line[..7], line.rsplit(' ').next().unwrap())).collect();
    assert_eq!(rows[1..], [("2022-01", "3"), ("2022-02", "0"), ("2022-03", "0"), ("2022-04", "1")]);
}

#[test]
fn a_page_says_that_there_may_be_more() {
    let count = |limit: &str| texts(&page(&["ask", "who said what about NATO", "--limit", limit]), ".count");
    assert_eq!(count("9"), ["5 rows"]);
    assert_eq!(count("2"), ["2 rows, as many as the limit: there may be more"]);
}
