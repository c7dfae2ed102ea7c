//! GraphML for tools that draw and measure networks (Gephi, Cytoscape, networkx): who speaks about what, and through whom.
//!
//! Statements become edges that count them. Only the network is in memory. Form: <http://graphml.graphdrawing.org/>.

use super::ExportError;
use super::choice::Choice;
use super::order::natural;
use super::row::{Named, Row, Rows};
use super::xml::escaped;
use std::collections::BTreeMap;
use std::io::Write;

/// What an edge tells: how many statements, and between which days they were made.
#[derive(Default)]
struct Edge {
    statements: usize,
    first: Option<String>,
    last: Option<String>,
}

/// What a relation's edges lead from and to.
type Ends = fn(&Row) -> (&[Named], &[Named]);

/// The relations, each with its ends.
const RELATIONS: &[(&str, Ends)] = &[
    ("speaks about", |row| (&row.actors, &row.about)),
    ("quotes", |row| (row.article.outlet.as_slice(), &row.actors)),
    ("relays", |row| (&row.relayed_by, &row.actors)),
    ("takes from", |row| (row.article.outlet.as_slice(), &row.relayed_by)),
];

/// The attributes of nodes and edges.
const KEYS: &[(&str, &str, &str)] = &[
    ("node", "label", "string"),
    ("node", "kind", "string"),
    ("node", "wikidata", "string"),
    ("edge", "relation", "string"),
    ("edge", "weight", "int"),
    ("edge", "first", "string"),
    ("edge", "last", "string"),
];

/// Writes the network of a store's statements.
pub fn write_network(store: &crate::graph::Store, choice: &Choice, mut writer: impl Write) -> Result<(), ExportError> {
    let graph = store.query_store();
    let mut rows = Rows::new(graph);
    let mut nodes: BTreeMap<String, Named> = BTreeMap::new();
    let mut edges: BTreeMap<(usize, String, String), Edge> = BTreeMap::new();
    for statement in choice.statements(graph)? {
        let row = rows.read(&statement)?;
        for (relation, (_, ends)) in RELATIONS.iter().enumerate() {
            let (sources, targets) = ends(&row);
            for source in sources {
                for target in targets {
                    let mut node = |named: &Named| {
                        let iri = named.iri.clone().unwrap_or_default();
                        nodes.entry(natural(&iri)).or_insert_with(|| named.clone());
                        iri
                    };
                    edges.entry((relation, node(source), node(target))).or_default().count(&row);
                }
            }
        }
    }

    writeln!(writer, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(writer, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">")?;
    for (of, name, kind) in KEYS {
        writeln!(writer, "  <key id=\"{name}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>")?;
    }
    writeln!(writer, "  <graph id=\"dixit\" edgedefault=\"directed\">")?;
    for named in nodes.values() {
        writeln!(writer, "    <node id=\"{}\">", escaped(named.iri.as_deref().unwrap_or_default()))?;
        data(&mut writer, "label", Some(&named.name))?;
        data(&mut writer, "kind", named.kind)?;
        data(&mut writer, "wikidata", named.wikidata.as_deref())?;
        writeln!(writer, "    </node>")?;
    }
    for ((relation, source, target), edge) in &edges {
        writeln!(writer, "    <edge source=\"{}\" target=\"{}\">", escaped(source), escaped(target))?;
        data(&mut writer, "relation", Some(RELATIONS[*relation].0))?;
        data(&mut writer, "weight", Some(&edge.statements.to_string()))?;
        data(&mut writer, "first", edge.first.as_deref())?;
        data(&mut writer, "last", edge.last.as_deref())?;
        writeln!(writer, "    </edge>")?;
    }
    writeln!(writer, "  </graph>\n</graphml>")?;
    Ok(writer.flush()?)
}

impl Edge {
    fn count(&mut self, row: &Row) {
        self.statements += 1;
        let Some(said) = &row.said else { return };
        // Days of four-digit years compare as texts.
        let first = said.not_before.as_ref().or(said.not_after.as_ref());
        let last = said.not_after.as_ref().or(said.not_before.as_ref());
        self.first = self.first.iter().chain(first).min().cloned();
        self.last = self.last.iter().chain(last).max().cloned();
    }
}

fn data(writer: &mut impl Write, key: &str, value: Option<&str>) -> std::io::Result<()> {
    value.map_or(Ok(()), |value| writeln!(writer, "      <data key=\"{key}\">{}</data>", escaped(value)))
}
