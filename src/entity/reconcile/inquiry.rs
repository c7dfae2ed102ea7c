//! What a service is asked.

use serde::Serialize;
use std::collections::BTreeMap;
use url::form_urlencoded;

/// A name for which items are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Inquiry<'a> {
    pub name: &'a str,
    /// The type that the items must have, as the service calls it.
    pub class: Option<&'a str>,
}

/// One entry of a query batch.
#[derive(Serialize)]
struct Query<'a> {
    query: &'a str,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    class: Option<&'a str>,
    limit: usize,
}

/// The key of the inquiry with this number.
pub(super) fn key(number: usize) -> String {
    format!("q{number}")
}

/// A batch of inquiries as the form that is posted.
pub(super) fn form(inquiries: &[Inquiry<'_>], limit: usize) -> String {
    let query =
        |inquiry: &Inquiry<'_>| serde_json::to_value(Query { query: inquiry.name, class: inquiry.class, limit });
    let queries: BTreeMap<String, serde_json::Value> = inquiries
        .iter()
        .enumerate()
        .filter_map(|(number, inquiry)| Some((key(number), query(inquiry).ok()?)))
        .collect();
    let queries = serde_json::json!(queries).to_string();
    form_urlencoded::Serializer::new(String::new()).append_pair("queries", &queries).finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_is_a_form_with_one_field() {
        let inquiries =
            [Inquiry { name: "Anne \"Roy\" & Cie", class: Some("Q5") }, Inquiry { name: "Vallon", class: None }];
        let form = form(&inquiries, 5);
        let (name, value) = form_urlencoded::parse(form.as_bytes()).next().unwrap();
        let queries: serde_json::Value = serde_json::from_str(&value).unwrap();
        let expected = serde_json::json!({
            "q0": { "query": "Anne \"Roy\" & Cie", "type": "Q5", "limit": 5 },
            "q1": { "query": "Vallon", "limit": 5 },
        });
        assert_eq!((&*name, queries), ("queries", expected));
    }
}
