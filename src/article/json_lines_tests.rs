use super::super::origin::Origin;
use super::*;
use proptest::prelude::*;

/// The articles and problems of the lines, as their names and messages.
fn outcome(lines: impl AsRef<[u8]>) -> Vec<String> {
    let tell = |result: Result<Article, ReadError>| result.map_or_else(|e| e.to_string(), |article| article.name);
    read_json_lines("f", lines.as_ref()).map(tell).collect()
}

fn only(line: &str) -> Article {
    let mut articles: Vec<Article> = read_json_lines("f", line.as_bytes()).map(Result::unwrap).collect();
    assert_eq!(articles.len(), 1);
    articles.remove(0)
}

fn records(place: Option<&str>, known: Metadata) -> Records {
    Records::new("f".into(), "f".into(), place.map(str::to_owned), known, FieldMap::default())
}

#[test]
fn all_fields_of_a_line() {
    let article = only(
        "\u{FEFF}  {\"id\": \"a/b é\", \"text\": \" Le pont\\nrouvre.\", \"title\": \"Pont\", \"outlet\": \"Le Courrier\", \
         \"url\": \"https://courrier.example/1\", \"published\": \"2021-04-06T18:40:00+02:00\", \"language\": \"fr-FR\", \
         \"tags\": [{\"deep\": null}]}\r\n",
    );
    assert_eq!((article.name.as_str(), article.text.as_str()), ("a/b é", " Le pont\nrouvre."));
    assert_eq!((article.title.as_deref(), article.outlet.as_deref()), (Some("Pont"), Some("Le Courrier")));
    assert_eq!((article.url.as_deref(), article.language.as_str()), (Some("https://courrier.example/1"), "fr-fr"));
    assert_eq!(article.published.unwrap().to_string(), "2021-04-06");
}

#[test]
fn without_an_id_the_line_names_the_article() {
    assert_eq!(outcome("\n \n{\"text\": \"Oui.\", \"title\": null}\n{\"id\": 7, \"text\": \"Non.\"}"), ["f#3", "7"]);
}

#[test]
fn a_field_that_cannot_be_used_is_told_and_the_article_read() {
    let line = r#"{"id": ["x"], "text": "Oui.", "title": 3, "outlet": "a\u0000b", "url": "a b", "published": "hier", "language": ""}"#;
    let expected = [
        r#"f:1: id: not a string: write "id": "…""#,
        r#"f:1: outlet: a NUL character: remove it"#,
        r#"f:1: title: not a string: write "title": "…""#,
        "f:1: published: `hier` is not a date: write a day (2022-03-28), a month (2022-03) or a year (2022)",
        "f:1: url: `a b` is not a web address: write https://…",
        "f#1",
    ];
    assert_eq!(outcome(line), expected);
}

#[test]
fn a_line_that_cannot_be_used_is_told_and_the_rest_read() {
    let lines = b"{\"text\": \"Oui.\"}\n{\"text\": \"Non\nnull\n{\"text\": 5}\n{\"text\": \" \\n\"}\n{}\n\
                  {\"text\": \"\xE9t\xE9\"}\n{\"text\": \"a\\u0000\"}\n{\"text\": \"a\0b\"}\n{\"text\": \"\\ud800\"}\n\
                  {\"text\": \"a\", \"text\": \"b\"}\n[\"a\", \"b\"]\n{\"text\": \"Si.\"}\n";
    let expected = [
        "f#1",
        "f:2: not JSON (EOF while parsing a string at column 13): write one object a line, for example with `jq -c`",
        "f:3: not a JSON object: write one object a line",
        "f:4: text: not a string: write \"text\": \"…\"",
        "f:5: text: empty: give the article's words",
        "f:6: no field `text`: give the article's words, or say with --map which field has them",
        "f:7: byte 11 is not valid UTF-8: convert the file, for example with iconv",
        "f:8: text: a NUL character: remove it",
        "f:9: not JSON (control character (\\u0000-\\u001F) found while parsing a string at column 12): \
         write one object a line, for example with `jq -c`",
        "f:10: not JSON (unexpected end of hex escape at column 17): write one object a line, for example with `jq -c`",
        "f:11: not JSON (duplicate field `text` at column 26): write one object a line, for example with `jq -c`",
        "f:12: an array: write one object a line, for example with `jq -c '.[]'`",
        "f#13",
    ];
    assert_eq!(outcome(lines), expected);
}

#[test]
fn the_first_of_two_articles_with_one_id_counts() {
    let lines =
        "{\"id\": 1, \"text\": \"Oui.\"}\n{\"id\": \"1\", \"text\": \"Non.\"}\n{\"id\": \"2\", \"text\": \"Si.\"}";
    let told = "f:2: id: `1` is the article of line 1: give each article an id of its own";
    assert_eq!(outcome(lines), ["1", told, "2"]);
}

#[test]
fn json_that_is_not_one_object_a_line_is_told_once() {
    assert_eq!(outcome("{\n  \"text\": \"Oui.\"\n}\n").len(), 1);
    assert_eq!(outcome("[\n  {\"text\": \"Oui.\"},\n  {\"text\": \"Non.\"}\n]\n").len(), 1);
    assert_eq!(outcome(" \n\n"), ["f: the file is empty: remove it or put the article's text into it"]);
}

#[test]
fn a_line_longer_than_any_article_is_passed_over() {
    let long = "a".repeat(MAX_BYTES as usize);
    let lines = format!("{{\"text\": \"{long}\"}}\n{{\"text\": \"Oui.\"}}\n");
    let told = format!("f:1: longer than {MAX_BYTES} bytes: no article is, so the line was passed over");
    assert_eq!(outcome(lines), [told.as_str(), "f#2"]);
}

#[test]
fn the_address_is_the_url_or_else_the_place() {
    let read = |place: Option<&str>, line: &str| {
        let mut lines = Lines::new(records(place, Metadata::default()), line.as_bytes());
        lines.next().unwrap().unwrap().address
    };
    assert_eq!(read(Some("/f"), r#"{"id": "a", "text": "Oui.", "url": "https://x.example/"}"#), "https://x.example/");
    assert_eq!(read(Some("/f"), r#"{"id": "a", "text": "Oui."}"#), "/f#a");
    assert_eq!(read(Some("/f"), r#"{"text": "Oui."}"#), "/f#1");
    assert_eq!(read(None, r#"{"id": "a", "text": "Oui."}"#), "#a");
    assert_eq!(read(None, r#"{"text": "Oui."}"#), "Oui.", "what came from nowhere is told by its words");
}

#[test]
fn what_holds_for_the_file_holds_for_its_articles() {
    let found = |text: &str| Some((text.to_owned(), Origin::Sidecar));
    let known = Metadata { outlet: found("Le Courrier"), title: found("Archive"), ..Metadata::default() };
    let bytes: &[u8] = b"{\"text\": \"Oui.\"}\n{\"text\": \"Non.\", \"outlet\": \"La Voix\"}";
    let lines = Lines::new(records(None, known), bytes);
    let outlets: Vec<_> = lines.map(|article| article.unwrap()).map(|a| (a.outlet.unwrap(), a.title)).collect();
    assert_eq!(outlets, [("Le Courrier".to_owned(), None), ("La Voix".to_owned(), None)]);
}

proptest! {
    #[test]
    fn any_bytes_are_read_to_their_end(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let lines = bytes.split(|b| *b == b'\n').count();
        prop_assert!(outcome(bytes).len() <= 7 * lines);
    }

    #[test]
    fn any_text_comes_through(text in "(?s).{0,80}[a-z]") {
        prop_assume!(!text.contains('\0'));
        let line = serde_json::json!({"text": text, "id": text}).to_string();
        prop_assert_eq!(only(&line).text, text);
    }
}
