//! What a service proposes. Versions 0.2 and 0.1 differ in little, and services in more: scores written as words, types that
//! are only strings, a list where an object should be, the whole wrapped for a script. What can be understood is.

use super::clean;
use super::inquiry::key;
use super::manifest::Manifest;
use serde_json::{Map, Value};

/// An item that a service proposes for a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// Its IRI.
    pub item: String,
    pub name: String,
    pub description: Option<String>,
    /// How well it fits, on a scale of the service's own: Wikidata's goes to 100.
    pub score: Option<f64>,
    /// Whether the service is sure of it.
    pub is_match: bool,
}

/// Scores beyond this are none.
const HIGHEST: f64 = 1e9;

/// The object in a body of JSON, wrapped for a script (JSONP) or not. `None` if there is none.
pub(super) fn unwrapped(body: &[u8]) -> Option<Map<String, Value>> {
    let text = str::from_utf8(body).ok()?.trim_start_matches('\u{feff}').trim();
    let inner = match text.split_once('(') {
        Some((callback, rest)) if !callback.contains(['{', '[', '"', '<']) => {
            rest.trim_end().trim_end_matches(';').trim_end().strip_suffix(')')?
        }
        _ => text,
    };
    match serde_json::from_str(inner).ok()? {
        Value::Object(object) => Some(object),
        _ => None,
    }
}

/// The proposals for so many inquiries, no more than `most` for each; `None` for one that was passed over. `None` in all
/// if the body is no answer, not even to one of them.
pub(super) fn read(
    body: &[u8],
    inquiries: usize,
    most: usize,
    manifest: &Manifest,
) -> Option<Vec<Option<Vec<Proposal>>>> {
    let mut batch = unwrapped(body)?;
    if !batch.contains_key(&key(0)) {
        for wrapper in ["results", "result"] {
            if let Some(Value::Object(inner)) = batch.remove(wrapper) {
                batch = inner;
                break;
            }
        }
    }
    let of_one = |number| match batch.get(&key(number))? {
        Value::Object(entry) => entry.get("result").and_then(Value::as_array),
        Value::Array(list) => Some(list),
        _ => None,
    };
    let read_list = |list: &Vec<Value>| {
        let mut proposals: Vec<Proposal> = Vec::new();
        for entry in list.iter().take(most * 10) {
            let proposal = proposal(entry, manifest);
            // An item that is proposed twice is proposed once.
            proposals.extend(proposal.filter(|new| proposals.iter().all(|known| known.item != new.item)));
        }
        proposals.truncate(most);
        proposals
    };
    let read: Vec<_> = (0..inquiries).map(|number| of_one(number).map(read_list)).collect();
    (inquiries == 0 || read.iter().any(Option::is_some)).then_some(read)
}

fn proposal(entry: &Value, manifest: &Manifest) -> Option<Proposal> {
    let text = |key: &str| entry.get(key).and_then(Value::as_str);
    let item = manifest.item(text("id")?)?;
    let score = entry.get("score").and_then(|score| score.as_f64().or_else(|| score.as_str()?.trim().parse().ok()));
    Some(Proposal {
        name: text("name").and_then(clean::words).unwrap_or_else(|| item.clone()),
        item,
        description: text("description").and_then(clean::words),
        score: score.filter(|score| score.abs() <= HIGHEST),
        is_match: matches!(entry.get("match"), Some(Value::Bool(true))),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn manifest() -> Manifest {
        Manifest::read(br#"{"name":"Wikidata","identifierSpace":"http://www.wikidata.org/entity/"}"#).unwrap()
    }

    fn read_two(body: &str) -> Option<Vec<Option<Vec<Proposal>>>> {
        read(body.as_bytes(), 2, 2, &manifest())
    }

    fn proposed(id: &str, name: &str, score: f64, is_match: bool) -> Proposal {
        let item = format!("http://www.wikidata.org/entity/{id}");
        Proposal { item, name: name.to_owned(), description: None, score: Some(score), is_match }
    }

    #[test]
    fn an_answer_of_version_0_2_is_read() {
        let read = read_two(
            r#"{"q0":{"result":[{"id":"Q1","name":"Anne Roy","description":"femme politique","score":100,"match":true,
            "features":[{"id":"all_labels","value":100}],"type":[{"id":"Q5","name":"être humain"}]}]},"q1":{"result":[]}}"#,
        );
        let roy =
            Proposal { description: Some("femme politique".to_owned()), ..proposed("Q1", "Anne Roy", 100.0, true) };
        assert_eq!(read.unwrap(), [Some(vec![roy]), Some(vec![])]);
    }

    #[test]
    fn answers_of_version_0_1_and_their_oddities_are_read() {
        let expected = [Some(vec![proposed("Q1", "Anne Roy", 53.5, false)]), Some(vec![])];
        let whole = "http://www.wikidata.org/entity/Q1";
        for body in [
            r#"{"q0":{"result":[{"id":"Q1","name":"Anne Roy","score":53.5,"match":false,"type":["Q5"]}]},"q1":{"result":[]}}"#,
            r#"{"q0":{"result":[{"id":"Q1","name":"Anne Roy","score":"53.5","type":"Q5"}]},"q1":{"result":[]}}"#,
            r#"jsonp_1({"q0":{"result":[{"id":"Q1","name":"Anne Roy","score":53.5}]},"q1":{"result":[]}});"#,
            r#"{"q0":[{"id":"Q1","name":"Anne Roy","score":53.5}],"q1":[]}"#,
            r#"{"status":"ok","result":{"q0":{"result":[{"id":"Q1","name":"Anne Roy","score":53.5}]},"q1":{"result":[]}}}"#,
            &format!(
                r#"{{"q0":{{"result":[{{"id":"{whole}","name":"Anne Roy","score":53.5}}]}},"q1":{{"result":[]}}}}"#
            ),
        ] {
            assert_eq!(read_two(body).as_deref(), Some(&expected[..]), "{body}");
        }
    }

    #[test]
    fn what_is_wrong_in_an_answer_is_left_out_and_the_rest_read() {
        let many = r#"{"id":"Q1","name":"A"},"#.repeat(100);
        let body = format!(
            r#"{{"q0":{{"result":[{many}7,null,{{"name":"B"}},{{"id":"Q 2"}},{{"id":"Q3","name":7,"score":1e99,"match":"yes"}},{{"id":"Q4","name":"\u0000"}}]}},"q1":{{"error":"x"}},"q9":{{}}}}"#
        );
        let read = read(
            body.replacen(&many, r#"{"id":"Q1","name":"A\u001b[2J","score":1},{"id":"Q1","name":"A"},"#, 1).as_bytes(),
            2,
            5,
            &manifest(),
        );
        let bare = |id: &str| Proposal {
            score: None,
            ..proposed(id, &format!("http://www.wikidata.org/entity/{id}"), 0.0, false)
        };
        assert_eq!(read.unwrap(), [Some(vec![proposed("Q1", "A [2J", 1.0, false), bare("Q3"), bare("Q4")]), None]);
        assert_eq!(read_two(&body).unwrap()[0].as_ref().unwrap().len(), 1, "no more are looked at than could be meant");
    }

    #[test]
    fn what_is_no_answer_is_none() {
        let deep = "[".repeat(100_000);
        for body in ["", "<html>", "null", "[]", "{}", r#"{"q0":7}"#, r#"{"q0":{"result":{}}}"#, "f({", &deep] {
            assert_eq!(read_two(body), None);
        }
        assert_eq!(read(b"\xff{}", 1, 1, &manifest()), None);
    }

    /// Any JSON whose keys are those of answers.
    fn any_answer() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
            "Q[0-9]{1,3}".prop_map(Value::from),
        ];
        leaf.prop_recursive(5, 64, 8, |inner| {
            let keys = "q0|q1|result|results|id|name|score|match|description|type";
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
                prop::collection::btree_map(keys, inner, 0..8).prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn whatever_is_answered_what_is_read_is_bounded_and_plain(answer in any_answer()) {
            for list in read_two(&answer.to_string()).into_iter().flatten().flatten() {
                prop_assert!(list.len() <= 2);
                for proposal in list {
                    prop_assert!(oxiri::Iri::parse(proposal.item.as_str()).is_ok());
                    prop_assert!(!proposal.name.is_empty() && !proposal.name.contains(char::is_control));
                    prop_assert!(proposal.score.is_none_or(|score| score.abs() <= HIGHEST));
                }
            }
        }

        #[test]
        fn any_bytes_are_read_or_refused(body in prop::collection::vec(any::<u8>(), 0..64)) {
            read(&body, 2, 2, &manifest());
            Manifest::read(&body);
        }
    }
}
