//! What a service says of itself.

use super::answer::unwrapped;
use super::clean;
use oxiri::Iri;
use serde_json::Value;

/// What a reconciliation service says of itself, as far as it matters to us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// What it is called.
    pub name: String,
    /// What the IRIs of its items begin with.
    pub identifier_space: String,
    /// What the IRIs of its types begin with.
    pub schema_space: String,
    /// The versions of the API that it speaks; none if it does not tell, as of version 0.1.
    pub versions: Vec<String>,
    /// How many names may be asked at once, if it tells.
    pub batch: Option<usize>,
}

/// How items of Wikidata begin, and other ways to write them.
const WIKIDATA: &str = "http://www.wikidata.org/entity/";
const AS_WIKIDATA: [&str; 4] = [
    "https://www.wikidata.org/entity/",
    "https://www.wikidata.org/wiki/",
    "http://www.wikidata.org/wiki/",
    "http://wikidata.org/entity/",
];

impl Manifest {
    /// Reads a manifest of version 0.2, or of 0.1, which does not tell its version. `None` if it is none.
    pub(super) fn read(body: &[u8]) -> Option<Self> {
        let manifest = unwrapped(body)?;
        let text = |key: &str| manifest.get(key).and_then(Value::as_str).and_then(clean::words);
        let space = |key: &str| text(key).map(wikidata).filter(|space| Iri::parse(space.as_str()).is_ok());
        let identifier_space = space("identifierSpace")?;
        let batch = manifest.get("batchSize").and_then(Value::as_u64).and_then(|most| usize::try_from(most).ok());
        let versions = manifest.get("versions").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let versions = versions.iter().filter_map(Value::as_str).filter_map(clean::words).take(10).collect();
        Some(Self {
            versions,
            name: text("name").unwrap_or_else(|| identifier_space.clone()),
            schema_space: space("schemaSpace").unwrap_or_else(|| identifier_space.clone()),
            identifier_space,
            batch,
        })
    }

    /// Whether it speaks a version that we do.
    pub(super) fn is_understood(&self) -> bool {
        self.versions.is_empty() || self.versions.iter().any(|version| matches!(version.as_str(), "0.1" | "0.2"))
    }

    /// Whether it proposes items of Wikidata.
    pub fn is_wikidata(&self) -> bool {
        self.identifier_space == WIKIDATA
    }

    /// The IRI of an item. Some services give it whole.
    pub fn item(&self, id: &str) -> Option<String> {
        iri(&self.identifier_space, id)
    }

    /// The IRI of a type.
    pub fn class(&self, id: &str) -> Option<String> {
        iri(if self.is_wikidata() { &self.identifier_space } else { &self.schema_space }, id)
    }
}

fn iri(space: &str, id: &str) -> Option<String> {
    let id = id.trim();
    let is_whole = id.starts_with("http://") || id.starts_with("https://");
    let iri = if is_whole { wikidata(id.to_owned()) } else { format!("{space}{id}") };
    (!id.is_empty() && iri.len() <= 500 && Iri::parse(iri.as_str()).is_ok()).then_some(iri)
}

/// The IRI as Wikidata writes it, if it is one of Wikidata.
fn wikidata(iri: String) -> String {
    let rest = AS_WIKIDATA.iter().find_map(|space| iri.strip_prefix(space));
    rest.map(|rest| format!("{WIKIDATA}{rest}")).unwrap_or(iri)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_tells_where_items_and_types_stand() {
        let wikidata = Manifest::read(
            br#"{"versions":["0.1","0.2"],"name":"Wikidata (fr)","identifierSpace":"https://www.wikidata.org/entity/",
            "schemaSpace":"http://www.wikidata.org/prop/direct/","defaultTypes":[{"id":"Q35120","name":"entity"}],"batchSize":50}"#,
        );
        let wikidata = wikidata.unwrap();
        assert_eq!((wikidata.is_wikidata(), wikidata.batch), (true, Some(50)));
        assert!(wikidata.is_understood());
        assert_eq!(wikidata.class("Q5").as_deref(), Some("http://www.wikidata.org/entity/Q5"));
        for id in ["Q42", "http://www.wikidata.org/entity/Q42", "https://www.wikidata.org/wiki/Q42"] {
            assert_eq!(wikidata.item(id).as_deref(), Some("http://www.wikidata.org/entity/Q42"), "{id}");
        }
        for id in ["", "a b", "Q1>", "http://[", &"Q".repeat(600)] {
            assert_eq!(wikidata.item(id), None, "{id}");
        }

        // Of version 0.1, wrapped for a script.
        let old = br#"jsonp1({"name":"GND","identifierSpace":"https://d-nb.info/gnd/","schemaSpace":"https://d-nb.info/elements#"});"#;
        let old = Manifest::read(old).unwrap();
        assert_eq!((old.is_wikidata(), old.batch, old.is_understood()), (false, None, true));
        let new = Manifest { versions: vec!["1.0".to_owned()], ..old.clone() };
        assert!(!new.is_understood());
        assert_eq!(old.class("Person").as_deref(), Some("https://d-nb.info/elements#Person"));
    }

    #[test]
    fn what_is_no_manifest_is_none() {
        for body in ["", "<html>", "[]", "{}", "{\"name\":\"x\"}", "{\"name\":\"x\",\"identifierSpace\":\"x y\"}"] {
            assert_eq!(Manifest::read(body.as_bytes()), None, "{body}");
        }
    }
}
