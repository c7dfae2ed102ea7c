//! How a statement is cited.

use super::visit::Visit;
use crate::graph::StatementRow;
use crate::query::Language;

/// A citation in words: “…”, Speaker, quoted in “Title”, Outlet, day, address.
pub fn text(row: &StatementRow, visit: &Visit) -> String {
    let article = &row.article;
    let content = row.text.as_deref().unwrap_or_default();
    let actors = row.actors.iter().map(|actor| actor.name.as_str()).collect::<Vec<_>>().join(", ");
    let content = match visit.language {
        Language::Fr => format!("«\u{a0}{content}\u{a0}»"),
        Language::En => format!("“{content}”"),
    };
    let mut parts = vec![content, actors];
    let place = article.title.as_deref().or(article.article.as_deref()).unwrap_or_default();
    parts.push(visit.tell("quoted-in", place));
    parts.extend(article.outlet.as_ref().map(|outlet| outlet.name.clone()));
    parts.extend(article.published.as_deref().map(|date| visit.date(date)));
    parts.extend(article.url.clone());
    parts.retain(|part| !part.is_empty());
    parts.join(", ")
}

/// The article as an entry of BibTeX, with the words in a note.
pub fn bibtex(row: &StatementRow) -> String {
    let article = &row.article;
    let actors = row.actors.iter().map(|actor| actor.name.as_str()).collect::<Vec<_>>().join(", ");
    let note = format!("{actors}: {}", row.text.as_deref().unwrap_or_default());
    let date = article.published.clone().unwrap_or_default();
    let key: String = row.iri.chars().rev().take_while(|c| *c != '/').collect::<Vec<_>>().into_iter().rev().collect();
    let year = date.get(..4).unwrap_or_default();
    let outlet = article.outlet.as_ref().map(|outlet| outlet.name.as_str()).unwrap_or_default();
    let fields = [
        ("title", article.title.as_deref().or(article.article.as_deref()).unwrap_or_default()),
        ("journal", outlet),
        ("year", year),
        ("date", &date),
        ("url", article.url.as_deref().unwrap_or_default()),
        ("note", &note),
    ];
    let lines = fields.iter().filter(|(_, value)| !value.is_empty());
    let lines: String = lines.map(|(name, value)| format!("  {name} = {{{}}},\n", bibtex_value(value))).collect();
    let article_key = article.article_iri.rsplit('/').next().unwrap_or_default();
    format!("@article{{dixit-{article_key}-{key},\n{lines}}}\n")
}

/// Text that stays text between braces. What cannot be written there becomes a space.
fn bibtex_value(text: &str) -> String {
    let mut value = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '{' | '}' | '\\' => value.push(' '),
            '&' | '%' | '$' | '#' | '_' => value.extend(['\\', c]),
            c if c.is_whitespace() => value.push(' '),
            c => value.push(c),
        }
    }
    value
}

/// JSON that stays data within an element of HTML: nothing in it ends the element.
pub fn in_page(json: &str) -> String {
    json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_cannot_end_its_element() {
        let json = serde_json::json!({"a": "</script><script>alert(1)</script>&"}).to_string();
        let shown = in_page(&json);
        assert!(!shown.contains(['<', '>', '&']));
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&shown).unwrap(),
            serde_json::from_str::<serde_json::Value>(&json).unwrap()
        );
    }

    #[test]
    fn braces_cannot_end_a_field() {
        assert_eq!(bibtex_value("50 % d'{a}\nb\\c & co"), "50 \\% d' a  b c \\& co");
    }
}
