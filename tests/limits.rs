//! Whatever a query asks, it ends soon after its time, and what can be ended gives the same rows as what cannot.

use dixit::graph::{Base, ExportFormat};
use dixit::query::names::{Names, NoTable};
use dixit::query::{Error, Form, Format, Language, Means, Prepared, TimeLimit, format, library, prepare, run_with};
use oxigraph::io::RdfFormat;
use oxigraph::store::Store;
use std::fmt::Write as _;
use std::time::{Duration, Instant};

/// What is stopped ends within this after its time, on a busy machine too; what is not goes on for hours.
const AFTER: Duration = Duration::from_secs(5);

fn store() -> Store {
    let store = Store::new().unwrap();
    store.load_from_slice(RdfFormat::TriG, include_str!("fixtures/small.trig")).unwrap();
    store
}

/// A store with so many things in a chain.
fn chain(things: usize) -> Store {
    let store = Store::new().unwrap();
    let mut text = String::new();
    for number in 0..things {
        writeln!(text, "<urn:{number}> <urn:next> <urn:{}> .", number + 1).unwrap();
    }
    store.load_from_slice(RdfFormat::NTriples, &text).unwrap();
    store
}

fn answer(store: &Store, prepared: Prepared, means: &Means) -> Result<String, Error> {
    let form = prepared.form();
    let answer = run_with(store, prepared, means)?;
    let mut bytes = Vec::new();
    match form {
        Form::Graph => format::write_graph(answer, ExportFormat::NTriples, &Base::default(), &mut bytes)?,
        _ => format::write(answer, Format::Csv, &mut bytes)?,
    };
    Ok(String::from_utf8(bytes).unwrap())
}

fn sparql(text: &str) -> Prepared {
    Prepared::from_sparql(text, Language::En).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn within(time: Duration) -> Means {
    Means { limit: Some(TimeLimit::new(time)), ..Means::default() }
}

/// So many numbers as values of a variable.
fn values(variable: &str, many: usize) -> String {
    let numbers: Vec<String> = (0..many).map(|number| number.to_string()).collect();
    format!("VALUES ?{variable} {{ {} }}", numbers.join(" "))
}

#[test]
fn every_query_ends_soon_after_its_time() {
    let product = ["a", "b", "c"].map(|name| values(name, 1000)).join(" ");
    let two = ["a", "b"].map(|name| values(name, 1000)).join(" ");
    let same = ["a"; 4].map(|name| format!("VALUES ?{name} {{ {} }}", "1 ".repeat(300))).join(" ");
    let many = (0..40).map(|number| values(&format!("v{number}"), 3)).collect::<Vec<_>>().join(" ");
    let far = values("far", 1).replace('0', "9999");
    let nodes = |name: &str| {
        let nodes: Vec<String> = (0..1000).map(|number| format!("<urn:{number}>")).collect();
        format!("VALUES ?{name} {{ {} }}", nodes.join(" "))
    };
    let queries = [
        format!("SELECT (COUNT(*) AS ?n) {{ {product} }}"),
        format!("SELECT (COUNT(DISTINCT *) AS ?n) {{ {product} }}"),
        format!("SELECT * {{ {product} }} ORDER BY ?c LIMIT 1"),
        format!("SELECT DISTINCT ?x {{ {product} BIND(?a * 0 AS ?x) }}"),
        format!("SELECT ?a (SUM(?c) AS ?n) {{ {product} }} GROUP BY ?a ORDER BY ?a"),
        format!("SELECT (COUNT(*) AS ?n) {{ {product} FILTER(?a + ?b < 0) }}"),
        format!("SELECT (COUNT(*) AS ?n) {{ {product} FILTER(?a + ?b + ?c < 0) }}"),
        format!("SELECT (COUNT(*) AS ?n) {{ {product} BIND(?a + ?b AS ?x) FILTER(?a + ?b < 0 && ?x < 0) }}"),
        format!("SELECT (COUNT(*) AS ?n) {{ {product} {far} FILTER(?a + ?b + ?c = ?far) }}"),
        format!("SELECT (COUNT(*) AS ?n) {{ {product} MINUS {{ {} }} }}", values("a", 900)),
        format!("SELECT (COUNT(*) AS ?n) {{ {two} MINUS {{ {two} {} FILTER(?c > ?a) }} }}", values("c", 1000)),
        format!("SELECT (COUNT(*) AS ?n) {{ {} OPTIONAL {{ {} {} }} }}", values("a", 1000), values("b", 1000), values("c", 1000)),
        format!("SELECT (COUNT(*) AS ?n) {{ {two} OPTIONAL {{ {} FILTER(?a + ?b + ?c < 0) }} }}", values("c", 1000)),
        format!("SELECT (COUNT(*) AS ?n) {{ {{ SELECT ?a ?b {{ {two} }} }} {{ SELECT ?c {{ {} }} }} }}", values("c", 1000)),
        format!("SELECT (COUNT(*) AS ?n) {{ {{ SELECT ?a ?b {{ {two} }} ORDER BY ?a }} {{ SELECT ?a ?c {{ {} {} }} }} }}", values("c", 1000), values("a", 1000)),
        format!("SELECT (COUNT(*) AS ?n) {{ {} FILTER EXISTS {{ {product} FILTER(?a + ?b + ?c < 0) }} }}", values("x", 10)),
        format!("SELECT (COUNT(*) AS ?n) {{ {two} {{ {} }} UNION {{ {} }} }}", values("c", 1000), values("d", 1000)),
        format!("SELECT (COUNT(*) AS ?n) {{ {same} }}"),
        format!("SELECT (COUNT(*) AS ?n) {{ {many} }}"),
        format!("CONSTRUCT {{ <urn:x> <urn:y> ?x }} {{ {product} BIND(?a * 0 AS ?x) }}"),
        format!("ASK {{ {product} FILTER(?a + ?b + ?c < 0) }}"),
        format!("DESCRIBE ?x {{ {product} BIND(IF(?a + ?b + ?c < 0, <urn:1>, ?nothing) AS ?x) }}"),
        format!("SELECT (GROUP_CONCAT(?c) AS ?all) {{ {product} }}"),
        format!("SELECT (COUNT(*) AS ?n) {{ {} {} ?a <urn:next>* ?b }}", nodes("a"), nodes("b")),
        format!("SELECT (COUNT(*) AS ?n) {{ {} {} ?a (<urn:next>|^<urn:next>)+ ?b }}", nodes("a"), nodes("b")),
        "SELECT (COUNT(*) AS ?n) { ?a (<urn:next>|^<urn:next>)* ?b . ?c <urn:next>* ?d }".to_owned(),
        "SELECT (COUNT(*) AS ?n) { ?a <urn:next> ?b . ?c <urn:next> ?d . ?e <urn:next> ?f }".to_owned(),
        "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?p ?d . ?e ?p ?f }".to_owned(),
        "SELECT * { ?a ?p ?b . ?c ?p ?d . ?e ?p ?f } ORDER BY ?f".to_owned(),
        "SELECT (COUNT(*) AS ?n) { ?a <urn:next> ?b OPTIONAL { ?c <urn:next> ?d . ?e <urn:next> ?f } }".to_owned(),
        "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?a ?p ?b } } VALUES ?z { 1 }".to_owned() ,
        "SELECT (COUNT(*) AS ?n) { { SELECT ?p { ?s ?p ?o } ORDER BY ?s } { SELECT ?p { ?s ?p ?o } ORDER BY ?s } { SELECT ?p { ?s ?p ?o } ORDER BY ?s } }".to_owned(),
    ];
    let store = chain(3000);
    let mut late = String::new();
    for query in queries {
        let short: String = query
            .split_whitespace()
            .filter(|word| word.parse::<u32>().is_err() && !word.starts_with("<urn:"))
            .collect::<Vec<_>>()
            .join(" ");
        let time = Duration::from_millis(300);
        let prepared = sparql(&query);
        let begin = Instant::now();
        let outcome = answer(&store, prepared, &within(time));
        let took = begin.elapsed();
        match outcome {
            Err(Error::TimeIsOver(_)) | Ok(_) => {}
            Err(error) => writeln!(late, "{error}: {short}").unwrap(),
        }
        if took > time + AFTER {
            writeln!(late, "{took:?}: {short}").unwrap();
        }
        eprintln!("{took:?}: {short}");
    }
    assert!(late.is_empty(), "{late}");
}

/// What is read and joined, and how.
fn plan(store: &Store, prepared: &Prepared, time: Option<Duration>) -> Vec<String> {
    let means = Means { limit: time.map(TimeLimit::new), explain: true, ..Means::default() };
    let mut answer = run_with(store, prepared.clone(), &means).unwrap();
    let explanation = answer.take_explanation().unwrap().to_string();
    // Nodes without a name are called otherwise each time, and variables are told in another order.
    let random = regex::Regex::new(r"\?[0-9a-f]{28,32}\b|keys = [?\w, ]*").unwrap();
    let explanation = random.replace_all(&explanation, "?");
    let steps = explanation.lines().filter_map(|line| line.split("  ").last());
    const OTHERS: [&str; 4] = ["Filter(", "Extend(", "Project(", "Sort("];
    let steps = steps.filter(|step| step.contains('(') && !OTHERS.iter().any(|other| step.starts_with(other)));
    let mut steps: Vec<String> = steps.map(str::to_owned).collect();
    // The parts of a union are in any order.
    steps.sort();
    steps
}

#[test]
fn what_can_be_ended_gives_the_same_rows() {
    let store = store();
    let shapes = [
        "SELECT * { VALUES ?a { 1 2 } VALUES ?b { 3 4 } } ORDER BY ?a ?b",
        "SELECT * { VALUES ?a { 1 2 2 } VALUES (?a ?b) { (1 UNDEF) (UNDEF 2) (2 2) } } ORDER BY ?a ?b",
        "SELECT (COUNT(DISTINCT *) AS ?n) { { VALUES ?a { 1 2 } VALUES ?b { 1 2 } FILTER(?a != ?b) } UNION { VALUES ?a { 1 2 } VALUES ?b { 1 2 } VALUES ?c { UNDEF } } }",
        "SELECT (COUNT(DISTINCT *) AS ?n) { { SELECT ?p { ?s ?p ?o } } { SELECT ?t { ?x a ?t } } }",
        "SELECT DISTINCT * { { SELECT ?p { ?s ?p ?o } } { SELECT ?t { ?x a ?t } } } ORDER BY ?p ?t",
        "SELECT REDUCED ?t { { SELECT ?t { ?x a ?t } ORDER BY ?t } { SELECT ?t { ?x a ?t } } } ORDER BY ?t",
        "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c a ?d }",
        "SELECT ?t (COUNT(*) AS ?n) { ?x a ?t MINUS { ?x a schema:Person } } GROUP BY ?t HAVING(COUNT(*) > 1) ORDER BY ?t",
        "SELECT ?t ?n { { SELECT ?t (COUNT(?x) AS ?n) { ?x a ?t } GROUP BY ?t } MINUS { { SELECT ?t { ?y a ?t ; schema:text ?z } } } } ORDER BY ?t",
        "SELECT * { { SELECT ?x { ?x a schema:Person } } OPTIONAL { { SELECT ?x (COUNT(?s) AS ?n) { ?s dixit:actor ?x } GROUP BY ?x } FILTER(?n > 1) } } ORDER BY ?x",
        "SELECT * { { SELECT ?x { ?x a schema:Person } } OPTIONAL { VALUES ?k { 1 2 } FILTER(?k > 1) } } ORDER BY ?x ?k",
        "SELECT ?x { ?x a schema:Person FILTER EXISTS { { SELECT ?x { ?s dixit:actor ?x } } VALUES ?k { 1 2 } } } ORDER BY ?x",
        "SELECT ?x { ?x a schema:Person FILTER(!EXISTS { ?s dixit:actor ?x } || ?x = ?x) } ORDER BY ?x",
        "SELECT ?x ?y { ?x a schema:Person . ?y a schema:Person FILTER(?x != ?y && STR(?x) < STR(?y)) } ORDER BY ?x ?y",
        "SELECT ?x ?l { ?x a schema:Person OPTIONAL { ?x rdfs:label ?l FILTER(LANG(?l) = \"fr\") } FILTER(BOUND(?l) || ?error) } ORDER BY ?x ?l",
        "SELECT ?x { VALUES ?t { schema:Person schema:Country } { SELECT ?x ?t { ?x a ?t } } FILTER(?t IN (schema:Person)) } ORDER BY ?x",
        "SELECT ?a ?b { VALUES ?a { 2 10 1 } VALUES ?b { \"x\" 1.0 <urn:x> } } ORDER BY DESC(?b) ?a",
        "SELECT ?s ?o { { ?s skos:broader* ?o } { SELECT ?s { ?s a ?t } } } ORDER BY ?s ?o",
        "SELECT ?x { { SELECT ?x { ?x a schema:Person } ORDER BY ?x LIMIT 3 } { SELECT ?y { ?y a schema:Person } ORDER BY ?y LIMIT 2 OFFSET 1 } } ORDER BY ?x",
        "SELECT * { GRAPH ?g { ?s schema:text ?t . ?a schema:headline ?h } } ORDER BY ?g ?s ?a",
        "SELECT * { ?s schema:text ?t LATERAL { SELECT ?s ?a { ?s dixit:actor ?a } LIMIT 1 } } ORDER BY ?s",
        "SELECT * { BIND(1 AS ?x) { VALUES ?y { 1 2 } BIND(?y + 1 AS ?z) } { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } } ORDER BY ?y",
        "SELECT * { } VALUES (?a ?b) { (1 2) (3 UNDEF) }",
        "SELECT (SUM(?a * ?b) AS ?n) { VALUES ?a { 1 2 3 } VALUES ?b { 1 2 3 } { SELECT ?s { ?s a ?t } } }",
        "ASK { VALUES ?a { 1 } { SELECT ?s { ?s a ?t } } }",
        "ASK { VALUES ?a { 1 } { SELECT ?s { ?s a <urn:nothing> } } }",
        "CONSTRUCT { ?s <urn:p> ?a } { VALUES ?a { 1 2 } { SELECT ?s { ?s a schema:Person } } }",
        "CONSTRUCT { [] <urn:p> ?a } { VALUES ?a { 1 } { SELECT ?s { ?s a <urn:nothing> } } }",
        "DESCRIBE ?s { VALUES ?a { 1 2 } { SELECT ?s { ?s a schema:Person } } }",
        "DESCRIBE * { VALUES ?a { 1 2 } { SELECT ?s { ?s a schema:Person } } }",
    ];
    let mut queries: Vec<(String, Prepared)> = shapes.map(|text| (text.to_owned(), sparql(text))).into();
    let names = Names::new(&store, &NoTable, Language::En);
    for saved in library() {
        let given: Vec<(String, String)> = saved
            .parameters
            .iter()
            .filter(|parameter| !parameter.example.is_empty())
            .map(|parameter| (parameter.name.clone(), parameter.example.clone()))
            .collect();
        // With all that it takes, and with as little.
        for arguments in [given, Vec::new()] {
            queries.extend(prepare(saved, &arguments, &names, Language::En).ok().map(|one| (saved.name.clone(), one)));
        }
        for (name, value) in [("topic", "énergie"), ("who", "Anne Roy"), ("topic", "Valdorie"), ("who", "Valdorie")] {
            let one = prepare(saved, &[(name.to_owned(), value.to_owned())], &names, Language::En);
            queries.extend(one.ok().map(|one| (saved.name.clone(), one)));
        }
    }
    assert!(queries.len() > 60, "{}", queries.len());
    for (name, prepared) in queries {
        if prepared.sparql().contains("SERVICE <http") {
            continue;
        }
        assert_eq!(plan(&store, &prepared, None), plan(&store, &prepared, Some(Duration::from_secs(60))), "{name}");
        let free =
            answer(&store, prepared.clone(), &Means::default()).unwrap_or_else(|error| panic!("{name}: {error}"));
        let ended = answer(&store, prepared, &within(Duration::from_secs(60))).unwrap();
        let lines = |text: &str| {
            let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
            lines.sort();
            lines
        };
        match name.contains("ORDER BY") {
            true => assert_eq!(free, ended, "{name}"),
            false => assert_eq!(lines(&free), lines(&ended), "{name}"),
        }
    }
}

#[test]
fn an_answer_ends_after_its_most_rows() {
    let store = chain(100);
    let means = Means { most: Some(10), ..within(Duration::from_secs(60)) };
    let run = run_with(&store, sparql("SELECT ?a { ?a <urn:next> ?b }"), &means).unwrap();
    let mut bytes = Vec::new();
    let outcome = format::write(run, Format::Csv, &mut bytes);
    assert!(matches!(outcome, Err(Error::RowsAreOver(_))));
    assert_eq!(String::from_utf8(bytes).unwrap().lines().count(), 11, "a head and ten rows");
    let graph = answer(&store, sparql("CONSTRUCT { ?a <urn:is> ?b } { ?a <urn:next> ?b }"), &means);
    let error = graph.unwrap_err().to_string();
    assert!(error.starts_with("the answer has more than 10 rows, of which these are the first: "), "{error}");
    for enough in ["SELECT ?a { ?a <urn:next> ?b } LIMIT 10", "ASK { ?a <urn:next> ?b }"] {
        answer(&store, sparql(enough), &means).unwrap();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_query_ends_that_needs_too_much_memory() {
    let product = ["a", "b", "c"].map(|name| values(name, 1000)).join(" ");
    for query in
        [format!("SELECT * {{ {product} }} ORDER BY ?c"), format!("SELECT DISTINCT * {{ {product} }} ORDER BY ?c")]
    {
        let limit = TimeLimit::new(Duration::from_secs(60)).with_memory(100_000_000);
        let means = Means { limit: Some(limit), ..Means::default() };
        let begin = Instant::now();
        let error = answer(&chain(10), sparql(&query), &means).unwrap_err();
        assert!(matches!(error, Error::MemoryIsOver(_)), "{error}");
        assert!(begin.elapsed() < Duration::from_secs(30));
        assert!(error.to_string().starts_with("the query needs more than 100 MB of memory: narrow it"), "{error}");
    }
}
