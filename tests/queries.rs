//! The saved queries and questions on a small graph: every row, in every format.

use dixit::graph::{Base, ExportFormat};
use dixit::query::language::Bilingual;
use dixit::query::names::{KnownName, NameError, NameTable, Names, NoTable};
use dixit::query::question;
use dixit::query::{Answer, Format, Language, Prepared, Table, find, format, library, prepare, run};
use oxigraph::io::RdfFormat;
use oxigraph::model::{Literal, NamedNode};
use oxigraph::store::Store;
use proptest::prelude::*;
use spargebra::SparqlParser;

fn store() -> Store {
    let store = Store::new().unwrap();
    store.load_from_slice(RdfFormat::TriG, include_str!("fixtures/small.trig")).unwrap();
    store
}

fn arguments(pairs: &[&str]) -> Vec<(String, String)> {
    let split = |pair: &&str| {
        let (key, value) = pair.split_once('=').unwrap();
        (key.to_owned(), value.to_owned())
    };
    pairs.iter().map(split).collect()
}

fn answer(name: &str, pairs: &[&str], language: Language) -> Result<Answer, dixit::query::Error> {
    let store = store();
    let names = Names::new(&store, &NoTable, language);
    run(&store, prepare(find(name)?, &arguments(pairs), &names, language)?)
}

fn written(answer: Answer, format: Format) -> String {
    let mut bytes = Vec::new();
    format::write(answer, format, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn sparql(text: &str, format: Format) -> String {
    let prepared = Prepared::from_sparql(text, Language::En).unwrap();
    written(run(&store(), prepared).unwrap(), format)
}

fn error(name: &str, pairs: &[&str]) -> String {
    answer(name, pairs, Language::En).err().expect("an error").to_string()
}

/// The saved query that answers the question, with its parameters as they were understood.
fn understood(question: &str) -> String {
    match dixit::query::understand(library(), question, &store(), &NoTable, None) {
        Ok((saved, prepared)) => {
            let values: Vec<String> = prepared.understood.iter().map(|(n, v)| format!("{n}={v}")).collect();
            format!("{} [{}] {}", saved.name, prepared.language, values.join(" "))
        }
        Err(error) => format!("error: {error}"),
    }
}

#[test]
fn every_saved_query_gives_these_rows() {
    let statement = "statement=https://data.dixit.example/article/00000000000000a1/statement/200-240";
    let cases: &[(&str, &[&str])] = &[
        ("who-said-what", &["topic=Ponant Alliance"]),
        ("who-said-what", &["topic=energy"]),
        ("who-said-what", &["topic=AP", "since=2024-03", "until=2024-03-01"]),
        ("who-said-what", &["topic=AP", "limit=2"]),
        ("what-did-say", &["who=Anne Roy"]),
        ("what-did-say", &["who=Valdoria"]),
        ("what-did-say", &["who=Orme"]),
        ("said-about", &["who=Valdoria", "topic=energy"]),
        ("timeline", &["topic=Ponant Alliance"]),
        ("statements-between", &["since=2024-03", "until=2024-04"]),
        ("statements-between", &["since=2024-05-03"]),
        ("relayed", &[]),
        ("relayed", &["through=Le Fanal"]),
        ("denials", &[]),
        ("hearsay", &[]),
        ("hearsay", &["topic=energy"]),
        ("promises", &[]),
        ("promises", &["who=Paul Hardy", "topic=wind power"]),
        ("questions-asked", &[]),
        ("anonymous", &[]),
        ("anonymous", &["from=Le Fanal"]),
        ("undated", &[]),
        ("interviews", &[]),
        ("corrected", &[]),
        ("who-said-what", &["topic=energy, AP", "kind=direct,mixed"]),
        ("who-said-what", &["topic=AP", "when=depuis mars 2024"]),
        ("who-said-what", &["topic=AP", "when=May 2024", "kind=indirecte"]),
        ("what-did-say", &["who=Anne Roy", "who=Paul Hardy", "when=2024-05-02"]),
        ("articles", &["written=en"]),
        ("outlets-and-whom-they-quote", &[]),
        ("outlets-and-whom-they-quote", &["publisher=Le Fanal", "topic=energy"]),
        ("most-quoted-actors", &[]),
        ("most-quoted-actors", &["topic=Ponant Alliance", "limit=1"]),
        ("topics-of-actor", &["who=Anne Roy"]),
        ("containing", &["words=ALLIANCE A"]),
        ("mentioned", &["words=alliances"]),
        ("evidence", &[statement]),
        ("unlinked-actors", &[]),
        ("articles", &[]),
        ("articles", &["publisher=Le Fanal", "since=2024"]),
        ("articles", &["until=2024-03"]),
        ("utterances", &[]),
        ("utterances", &["topic=Ponant Alliance", "who=Valdoria"]),
        ("utterances", &["since=2024-05-01"]),
        ("utterances", &["until=2024-05", "limit=1"]),
    ];
    let mut all = String::new();
    for (name, pairs) in cases {
        let rows = written(answer(name, pairs, Language::En).unwrap(), Format::Markdown);
        all.push_str(&format!("{}\n\n{rows}\n", [&[*name], *pairs].concat().join(" ")));
    }
    insta::assert_snapshot!("saved_queries", all);
}

#[test]
fn names_and_heads_come_in_the_language_that_is_asked_for() {
    let table = Table::read(answer("said-about", &["who=Valdorie", "topic=énergie"], Language::Fr).unwrap());
    let table = table.unwrap();
    assert_eq!(table.heads, ["acteur", "déclaration", "date", "média", "relayé par", "article"]);
    let row = ["autorités valdoriennes", "l'énergie ne manquera pas", "≤ 2024-04-30", "Le Fanal", "", "003.txt"];
    assert_eq!(table.rows, [row]);
    let denials = Table::read(answer("denials", &["limit=9"], Language::Fr).unwrap()).unwrap();
    assert_eq!(denials.rows[1][3..5], ["inconnu", "inconnu"]);
}

#[test]
fn the_formats_of_the_w3c_have_every_column_and_leave_the_unknown_out() {
    let rows = |format| written(answer("denials", &[], Language::En).unwrap(), format);
    insta::assert_snapshot!("denials_csv", rows(Format::Csv));
    insta::assert_snapshot!("denials_tsv", rows(Format::Tsv));
    insta::assert_snapshot!("denials_xml", rows(Format::Xml));
    let json: serde_json::Value = serde_json::from_str(&rows(Format::Json)).unwrap();
    let bindings = json["results"]["bindings"].as_array().unwrap();
    let date = serde_json::json!({
        "type": "literal", "value": "2024-05-03", "datatype": "http://www.w3.org/2001/XMLSchema#date"
    });
    assert_eq!(bindings[0]["date"], date);
    assert_eq!(bindings[0]["date_basis"]["value"], "publication");
    for column in ["date", "date_from", "outlet"] {
        assert!(bindings[1].get(column).is_none(), "{column} is not known of 002.txt");
    }
}

/// Two articles, one of them English, with a statement each.
fn in_two_languages() -> Store {
    let store = store();
    let article = |id: &str, tag: &str, name: &str, text: &str| {
        format!(
            "<article/{id}> {{ <article/{id}> a schema:NewsArticle ; schema:inLanguage \"{tag}\" ; dixit:fileName \"{name}\" .
             <article/{id}/statement/1-9> a dixit:ReportedStatement ; schema:isPartOf <article/{id}> ; schema:text \"{text}\" ;
               dixit:actor <entity/sea-league> ; schema:about <entity/sea-league> . }}"
        )
    };
    let head = "@prefix dixit: <https://w3id.org/dixit#> . @prefix schema: <http://schema.org/> .
                @base <https://data.dixit.example/> .";
    let text = [
        head,
        &article("00000000000000f1", "fr", "ligue.txt", "la mer monte"),
        &article("00000000000000f2", "en", "league.txt", "the sea rises"),
        "<entity/sea-league> a schema:Organization ; <http://www.w3.org/2000/01/rdf-schema#label> \"Sea League\"@en .",
    ];
    store.load_from_slice(RdfFormat::TriG, text.concat().as_bytes()).unwrap();
    store
}

#[test]
fn tables_show_the_language_of_articles_where_they_differ() {
    let store = in_two_languages();
    let ask = |pairs: &[&str], format: Format| {
        let names = Names::new(&store, &NoTable, Language::Fr);
        let prepared = prepare(find("who-said-what").unwrap(), &arguments(pairs), &names, Language::Fr).unwrap();
        written(run(&store, prepared).unwrap(), format)
    };
    let both = ask(&["topic=Sea League"], Format::Markdown);
    assert!(both.contains("| article | langue |"), "{both}");
    assert!(both.contains("| league.txt | en |") && both.contains("| ligue.txt | fr |"), "{both}");
    let one = ask(&["topic=Sea League", "written=anglais"], Format::Markdown);
    assert!(!one.contains("langue") && one.contains("league.txt") && !one.contains("ligue.txt"), "{one}");
    // Programs have it always.
    assert!(ask(&["topic=Sea League", "written=en"], Format::Csv).contains("in_language"));
}

#[test]
fn lists_of_statements_take_a_language() {
    let takes = |name: &str| find(name).unwrap().parameter("written").is_some();
    let shows = library().iter().filter(|query| query.varied.iter().any(|column| column == "in_language"));
    let lists: Vec<_> = shows.map(|query| query.name.as_str()).filter(|name| *name != "utterances").collect();
    assert!(lists.len() > 15 && lists.iter().all(|name| takes(name)), "{lists:?}");
}

#[test]
fn signs_with_a_meaning_are_escaped() {
    let rows = |format| written(answer("containing", &["words=ou bien"], Language::En).unwrap(), format);
    assert!(rows(Format::Csv).contains(r#","oui | non, ""ou bien"" *jamais*","#));
    assert!(rows(Format::Tsv).contains(r#""oui | non, \"ou bien\" *jamais*"@fr"#));
    assert!(rows(Format::Markdown).contains(r#"| oui \| non, "ou bien" \*jamais\* |"#));
}

#[test]
fn own_sparql_sees_all_graphs_with_prefixes() {
    let count = "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s a dixit:ReportedStatement }";
    assert_eq!(sparql(count, Format::Csv), "n\r\n9\r\n");
    assert_eq!(sparql("ASK { wd:Q900001 ?p ?o }", Format::Markdown), "false\n");
    assert_eq!(sparql("ASK { ?s schema:sameAs wd:Q900001 }", Format::Markdown), "true\n");
    let article = "<https://data.dixit.example/article/00000000000000a2>";
    let graph = format!("SELECT (COUNT(*) AS ?n) FROM {article} {{ ?s a dixit:ReportedStatement }}");
    assert_eq!(sparql(&graph, Format::Csv), "n\r\n2\r\n");
    let graph = "CONSTRUCT { ?s dixit:polarity ?p } { ?s dixit:polarity ?p ; dixit:cueClass \"deny\" }";
    let answer = || run(&store(), Prepared::from_sparql(graph, Language::En).unwrap()).unwrap();
    let mut turtle = Vec::new();
    format::write_graph(answer(), ExportFormat::Turtle, &Base::default(), &mut turtle).unwrap();
    let turtle = String::from_utf8(turtle).unwrap();
    assert!(turtle.contains("statement/200-240> dixit:polarity dixit:Denied ."), "{turtle}");
    let refused = format::write(answer(), Format::Csv, &mut Vec::new()).unwrap_err();
    assert!(refused.is_usage() && refused.to_string().contains("--format turtle"), "{refused}");
}

#[test]
fn questions_lead_to_queries() {
    for (question, expected) in [
        ("who said what about the Ponant Alliance?", "who-said-what [en] topic=Ponant Alliance (Q900001) limit=100"),
        ("Who said what about AP", "who-said-what [en] topic=Ponant Alliance (Q900001) limit=100"),
        (
            "qui a dit quoi sur l'Alliance du Ponant ?",
            "who-said-what [fr] topic=Alliance du Ponant (Q900001) limit=100",
        ),
        (
            "QUI A DIT QUOI A PROPOS DE L’ALLIANCE PONANTAISE",
            "who-said-what [fr] topic=Alliance du Ponant (Q900001) limit=100",
        ),
        (
            "qui a dit quoi de l'énergie depuis mars 2024",
            "who-said-what [fr] topic=énergie (Q900004) when=2024-03-01.. limit=100",
        ),
        ("who said what about energy in May 2024", "who-said-what [en] topic=energy (Q900004) when=2024-05 limit=100"),
        ("what did Anne Roy say?", "what-did-say [en] who=Anne Roy limit=100"),
        ("Qu'a dit Anne Roy ?", "what-did-say [fr] who=Anne Roy limit=100"),
        ("Qu'ont dit les autorités valdoriennes", "what-did-say [fr] who=autorités valdoriennes limit=100"),
        ("que dit la Valdorie ?", "what-did-say [fr] who=Valdorie (Q900002) limit=100"),
        (
            "what has Valdoria said about wind power?",
            "said-about [en] who=Valdoria (Q900002) topic=wind power (Q900005) limit=100",
        ),
        (
            "qu'est-ce qu'Anne Roy a dit de la Valdorie",
            "said-about [fr] who=Anne Roy topic=Valdorie (Q900002) limit=100",
        ),
        ("timeline of energy", "timeline [en] topic=energy (Q900004) limit=500"),
        ("la chronologie de l'énergie éolienne", "timeline [fr] topic=énergie éolienne (Q900005) limit=500"),
        ("who said what on 2 May 2024", "statements-between [en] when=2024-05-02 limit=100"),
        (
            "qui a dit quoi entre le 1er mars 2024 et le 15 mars 2024 ?",
            "statements-between [fr] when=2024-03-01..2024-03-15 limit=100",
        ),
        (
            "what did Agence Delta relay about energy",
            "relayed [en] topic=energy (Q900004) through=Agence Delta limit=100",
        ),
        ("qu'a relayé l'Agence Delta", "relayed [fr] through=Agence Delta limit=100"),
        ("who denied what about AP", "denials [en] topic=Ponant Alliance (Q900001) limit=100"),
        ("qui a démenti quoi", "denials [fr] limit=100"),
        ("whom does Le Fanal quote", "outlets-and-whom-they-quote [en] publisher=Le Fanal limit=100"),
        (
            "qui cite la Gazette d'Orme",
            "outlets-and-whom-they-quote [fr] publisher=La Gazette d'Orme (Q900006) limit=100",
        ),
        ("who is most quoted about energy", "most-quoted-actors [en] topic=energy (Q900004) limit=20"),
        ("qui est le plus cité ?", "most-quoted-actors [fr] limit=20"),
        ("de quoi parle Paul Hardy ?", "topics-of-actor [fr] who=Paul Hardy (Q900007) limit=50"),
        ("what does Paul Hardy talk about", "topics-of-actor [en] who=Paul Hardy (Q900007) limit=50"),
        ("statements with l'Alliance attendra", "containing [en] words=l'Alliance attendra limit=100"),
        (
            "where does <https://a.example/statement/1-2> stand?",
            "evidence [en] statement=https://a.example/statement/1-2",
        ),
        ("who mentioned l'alliance?", "mentioned [en] words=l'alliance limit=100"),
        ("qui a parlé de « l'énergie » ?", "mentioned [fr] words=« l'énergie » limit=100"),
        ("qui a parlé de l'énergie ?", "who-said-what [fr] topic=énergie (Q900004) limit=100"),
        ("who mentioned \"a b\" -c in 2024?", "mentioned [en] words=\"a b\" -c when=2024 limit=100"),
        ("who is unlinked", "unlinked-actors [en] limit=100"),
        ("qui sont ceux qui parlent de l'énergie ?", "actors-details [fr] topic=énergie (Q900004)"),
    ] {
        assert_eq!(understood(question), expected, "{question}");
    }
}

#[test]
fn words_of_time_and_kind_are_understood_in_any_question() {
    for (question, expected) in [
        ("who said what about energy since May 2024", "when=2024-05-01.."),
        ("who said what about energy between March 2024 and May 2024", "when=2024-03-01..2024-05-31"),
        ("qui a dit quoi sur l'énergie depuis le 24 février 2022 ?", "when=2022-02-24.."),
        ("who said what about energy in May 2024, only direct quotations", "when=2024-05 kind=Direct"),
        ("qu'a dit Anne Roy avant mars 2024", "when=..2024-02-29"),
        ("who said what about energy and the Ponant Alliance", "topic=energy (Q900004), Ponant Alliance (Q900001)"),
    ] {
        let answer = understood(question);
        assert!(answer.contains(expected), "{question}: {answer}");
    }
}

/// What `--list` shows must be understood as the query under which it is shown.
#[test]
fn every_question_of_the_list_is_understood() {
    for saved in library() {
        for language in Language::ALL {
            for question in saved.questions(language) {
                let readings = question::readings(library(), &question);
                let first = readings.iter().find(|reading| reading.has_form());
                let first = first.unwrap_or_else(|| panic!("{question}"));
                assert_eq!(first.query.name, saved.name, "{question}");
            }
        }
    }
}

#[test]
fn questions_that_lead_nowhere() {
    let error = understood("who sayed what about energy");
    assert!(error.contains("is not understood: `sayed` is neither a name in the store nor a word"), "{error}");
    assert!(error.contains("who said what about energy"), "the nearest question has the names of this one: {error}");
    assert_eq!(
        understood("who said what about the Ponnant Aliance"),
        "error: no topic is called `Ponnant Aliance`; did you mean Ponant Alliance?"
    );
    assert_eq!(understood("qu'a dit Roy"), "error: no actor is called `Roy`; did you mean Anne Roy?");
    let error = understood("who said what about energy since independance");
    assert!(
        error.contains("`since independance` is neither") && error.contains(": who said what about energy"),
        "{error}"
    );
    assert_eq!(
        understood("who said what about Brume"),
        "error: `Brume` may mean Brume (Place, Q900008) or \
         Brume (Organization, <https://data.dixit.example/entity/brume>): write one of these keys instead"
    );
    assert!(understood("who said what about Q900008").starts_with("who-said-what"));
    assert!(understood("who said what about https://data.dixit.example/entity/brume").starts_with("who-said-what"));
}

#[test]
fn wrong_calls_say_what_is_wrong_and_what_to_write() {
    for (name, pairs, expected) in [
        ("who-said-wat", &[][..], "there is no saved query `who-said-wat`: did you mean who-said-what"),
        ("zzz", &[], "there is no saved query `zzz`: `dixit query --list` shows all"),
        ("who-said-what", &[], "`who-said-what` needs `topic`, for example: dixit query who-said-what topic=NATO"),
        (
            "what-did-say",
            &[],
            "`what-did-say` needs `who`, for example: dixit query what-did-say \"who=Volodymyr Zelensky\"",
        ),
        (
            "timeline",
            &["topik=AP"],
            "`timeline` has no parameter `topik`: it takes topic, when, since, until, kind, written, limit",
        ),
        ("timeline", &["topic=AP", "limit=1", "limit=2"], "`limit` is given twice"),
        ("timeline", &["topic=AP", "limit=many"], "`many` is no value for `limit`: write a whole number from 1"),
        (
            "timeline",
            &["topic=AP", "since=28/03/2022"],
            "`28/03/2022` is no value for `since`: write a day (2022-03-28)",
        ),
        ("timeline", &["topic=AP", "since=2024", "until=2023"], "`since` (2024-01-01) is after `until` (2023-12-31)"),
        ("evidence", &["statement=12"], "`12` is no value for `statement`: write an IRI"),
        ("timeline", &["topic=AP", "when=mars"], "`mars` is no value for `when`: write 2022, March 2022,"),
        ("timeline", &["topic=AP", "when=2024", "since=2024"], "`when` sets since and until: give these, or `when`"),
        ("timeline", &["topic=AP", "kind=direkt"], "`direkt` is no value for `kind`: write direct, indirect or mixed"),
        ("statements-between", &[], "`statements-between` needs `when`, for example: dixit query statements-between"),
        ("articles", &["written=de"], "`de` is no value for `written`: write fr or en"),
        ("articles", &["publisher=Anne Roy"], "`Anne Roy` is no outlet but Anne Roy (Person)"),
        ("articles", &["publisher=Le Fanale"], "no outlet is called `Le Fanale`; did you mean Le Fanal?"),
        ("what-did-say", &["who=energy"], "`energy` is no actor but energy (Concept)"),
        ("what-did-say", &["who=Anne Roy, Paul Harty"], "no actor is called `Paul Harty`; did you mean Paul Hardy?"),
        ("timeline", &["topic=Q1"], "no topic is called `Q1`"),
        ("timeline", &["topic=https://data.dixit.example/entity/nobody"], "no topic is called `https://"),
        ("timeline", &["topic="], "no topic is called ``"),
    ] {
        let message = error(name, pairs);
        assert!(message.starts_with(expected), "{message}");
        assert_eq!(message.lines().count(), 1, "{message}");
    }
}

#[test]
fn a_value_cannot_change_the_query() {
    for attempt in
        ["words=\" } UNION { ?iri ?p ?o } #", "words=x\") || true) } #", "words=?statement", "words=\\u0022 }"]
    {
        let rows = written(answer("containing", &[attempt], Language::En).unwrap(), Format::Csv);
        assert_eq!(rows.lines().count(), 1, "{attempt}: only the head");
    }
    let iri = "statement=https://a.example/> ?p ?o } #";
    assert!(error("evidence", &[iri]).contains("is no value for `statement`"));
}

/// The query as it would be run; the variables that the parser invents have no names.
fn prepared(name: &str, pairs: &[&str]) -> Result<String, dixit::query::Error> {
    let store = store();
    let names = Names::new(&store, &NoTable, Language::En);
    let sparql = prepare(find(name)?, &arguments(pairs), &names, Language::En)?.sparql();
    let named = sparql.split('?').map(|part| {
        let end = part.find(|c: char| !c.is_ascii_hexdigit()).unwrap_or(part.len());
        if end > 24 { &part[end..] } else { part }
    });
    Ok(named.collect::<Vec<_>>().join("?"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..Default::default() })]

    /// Whatever the words, the query is that of any other words, with these as a literal.
    #[test]
    fn words_change_no_query(words in "[a-z?<>{}()\"'\\\\#\n\r\t;.|&*é ]{1,24}") {
        prop_assume!(!words.trim().is_empty());
        let words = words.trim();
        let one = prepared("containing", &["words=HARMLESS"]).unwrap();
        let other = prepared("containing", &[&format!("words={words}")]).unwrap();
        let literal = |words: &str| Literal::new_simple_literal(words).to_string();
        prop_assert_eq!(one.replace(&literal("HARMLESS"), &literal(words)), other);
    }

    /// A name leads to an entity or nowhere; a date, a kind and an IRI are such, or refused.
    #[test]
    fn names_and_forms_change_no_query(words in "(AP|2024|direct|https://a[.]example/)?[?<>{}()\"'\\\\#\n;.|& ]{1,12}") {
        let known = prepared("who-said-what", &["topic=AP"]).unwrap();
        if let Ok(query) = prepared("who-said-what", &[&format!("topic={words}")]) {
            prop_assert_eq!(query, known);
        }
        // An interval that is open at its end is another one, and sets one day only.
        for (name, values) in [("since", &["2024"][..]), ("when", &["2024", "2024.."]), ("kind", &["direct"])] {
            let with = |value: &str| prepared("who-said-what", &["topic=AP", &format!("{name}={value}")]);
            if let Ok(query) = with(&words) {
                prop_assert!(values.iter().any(|value| with(value).unwrap() == query), "{}={}", name, words);
            }
        }
        if let Ok(query) = prepared("evidence", &[&format!("statement={words}")]) {
            prop_assert!(SparqlParser::new().parse_query(&query).is_ok());
            let iri = words.trim().trim_start_matches('<').trim_end_matches('>');
            prop_assert!(!iri.contains(['<', '>', '{', '}', '"', ' ', '\n', '|', '\\']), "{}", words);
        }
    }
}

#[test]
fn a_country_is_not_ambiguous_beside_its_authorities() {
    // "Valdorie" is also an alternative name of the authorities: the primary label wins.
    assert!(understood("que dit la valdorie").contains("who=Valdorie (Q900002)"));
}

#[test]
fn whoever_has_an_item_is_meant_before_namesakes_of_whom_an_article_tells() {
    let store = store();
    let persons =
        [("Q900077", "Odile"), ("odile", "Odile"), ("odile-2", "Odile"), ("paule", "Paule"), ("paule-2", "Paule")];
    let label = |(key, name)| format!("e:{key} a <http://schema.org/Person> ; rdfs:label \"{name} Kern\"@fr . ");
    let turtle = format!(
        "@prefix e: <https://data.dixit.example/entity/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . {} \
         e:Q900077 <http://schema.org/sameAs> <http://www.wikidata.org/entity/Q900077> .",
        persons.map(label).concat()
    );
    store.load_from_slice(RdfFormat::Turtle, &turtle).unwrap();
    let names = Names::new(&store, &NoTable, Language::En);
    assert_eq!(names.resolve("Odile Kern").unwrap().wikidata.as_deref(), Some("Q900077"));
    assert!(matches!(names.resolve("Paule Kern"), Err(NameError::Ambiguous { .. })));
}

/// A table with two entities: one that the store has under other names, one that it has not.
struct TwoNames;

impl NameTable for TwoNames {
    fn find(&self, name: &str) -> Vec<KnownName> {
        let item = match name {
            "PA" => "Q900001",
            "Ultima" | "Q900099" => "Q900099",
            _ => return Vec::new(),
        };
        vec![KnownName {
            iri: NamedNode::new_unchecked(format!("https://data.dixit.example/entity/{item}")),
            label: Bilingual { fr: "La Dernière".to_owned(), en: "Ultima".to_owned() },
            wikidata: Some(item.to_owned()),
        }]
    }
}

#[test]
fn the_table_of_known_entities_helps_where_the_store_has_no_such_name() {
    let store = store();
    let names = Names::new(&store, &TwoNames, Language::En);
    assert_eq!(names.resolve("PA").unwrap().to_string(), "Ponant Alliance (Q900001)");
    for name in ["Ultima", "q900099"] {
        let unheard = names.resolve(name).unwrap();
        assert_eq!(unheard.iri.as_str(), "https://data.dixit.example/entity/Q900099");
        assert_eq!(unheard.to_string(), "Ultima (Q900099)");
    }
    assert!(names.resolve("nobody at all").is_err());
}

/// Runs the program on a store that does not exist: what it then finds wrong needs no store.
fn stderr(arguments: &[&str]) -> String {
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_dixit"));
    let output = command.args(["--store", "no/such/store"]).args(arguments).assert().failure();
    assert!(output.get_output().stdout.is_empty());
    String::from_utf8(output.get_output().stderr.clone()).unwrap()
}

#[test]
fn the_program_says_what_is_wrong_with_a_call() {
    assert!(stderr(&["query", "timelin"]).starts_with("dixit: there is no saved query `timelin`"));
    let syntax = stderr(&["query", "-e", "SELECT ?s { ?s ?p }"]);
    let lines = [
        "dixit: -e: SPARQL syntax, line 1, column 19: `}` cannot stand here",
        "    SELECT ?s { ?s ?p }",
        "                      ^",
    ];
    assert_eq!(syntax.lines().collect::<Vec<_>>(), lines);
    assert!(stderr(&["query", "-e", "DROP ALL"]).contains("this is a SPARQL update"));
    assert!(stderr(&["query", "--file", "no.rq"]).starts_with("dixit: no.rq: "));
    assert!(stderr(&["ask", "who", "said", "what", "about", "NATO"]).contains("no store at no/such/store"));
    assert!(stderr(&["query", "timeline", "NATO"]).contains("write `key=value`"));
}
