//! An answer as a page shows it: rows, yes or no, or a graph.

use super::chart::Charts;
use super::form::Form;
use super::site::Site;
use crate::graph::{Choice, ExportFormat};
use crate::query::{self, Answer, Bar, Form as Sort, Rows, Sheet, format};
use std::time::Duration;
use url::form_urlencoded;

/// So many rows stand on a page; downloads have all.
pub const MOST_ROWS: usize = 500;
/// So long it is looked for reasons why there is nothing.
const REASONS: Duration = Duration::from_secs(2);
/// So much of a graph, in bytes.
const MOST_BYTES: usize = 100_000;

/// An answer as a page shows it.
pub struct Shown {
    pub sheet: Option<Sheet>,
    pub charts: Option<Charts>,
    pub truth: Option<bool>,
    pub graph: Option<String>,
    /// How many rows there are, and how many of them are shown.
    pub count: u64,
    pub shown: u64,
    /// Whether there are as many rows as there may be.
    pub is_cut: bool,
    /// Why there is nothing.
    pub reasons: Vec<String>,
    /// The other forms, with their addresses.
    pub forms: Vec<(Form, String)>,
    /// The query, laid out, and the address at which it can be changed.
    pub sparql: String,
    pub in_editor: String,
    /// The command that asks the same, of a saved query.
    pub command: Option<String>,
}

impl Shown {
    /// Reads an answer; `again` is the address of the same in another form.
    ///
    /// # Errors
    /// When the store cannot be read, or the time is over.
    pub fn read(site: &Site, answer: Answer, again: impl Fn(Form) -> String) -> Result<Self, query::Error> {
        let prepared = answer.prepared().clone();
        let sort = prepared.form();
        let sparql = query::tidy(&prepared.sparql());
        let mut shown = Self {
            sheet: None,
            charts: None,
            truth: None,
            graph: None,
            count: 0,
            shown: 0,
            is_cut: false,
            reasons: Vec::new(),
            forms: Form::all().filter(|form| form.fits(sort)).map(|form| (form, again(form))).collect(),
            in_editor: editor(&sparql, None),
            sparql,
            command: prepared.again.clone(),
        };
        match sort {
            Sort::Rows => {
                let rows = Rows::read(answer)?;
                let sheet = Sheet::of(&rows, site.store.query_store(), MOST_ROWS)?;
                let place = |bar: &Bar| format!("#p{}", bar.place);
                shown.charts = sheet.series.as_ref().map(|series| Charts::of(series, prepared.language, place));
                (shown.count, shown.shown) = (rows.len() as u64, sheet.rows.len() as u64);
                shown.is_cut = prepared.limit == Some(rows.len());
                shown.sheet = Some(sheet);
                // Of rows that name no statement there is no graph.
                let statements = Choice { among: Some(rows.iris()), ..Choice::default() };
                if rows.is_empty() || statements.count(&site.store)? == 0 {
                    shown.forms.retain(|(form, _)| matches!(form, Form::Rows(_)));
                }
                if rows.is_empty() {
                    let time = site.settings.time.min(REASONS);
                    shown.reasons = query::why_empty(site.store.query_store(), &prepared, time);
                }
            }
            Sort::Truth => shown.truth = answer.truth(),
            Sort::Graph => {
                let mut text = Vec::new();
                shown.count = format::write_graph(answer, ExportFormat::Turtle, site.store.base(), &mut text)? as u64;
                let mut text = String::from_utf8_lossy(&text).into_owned();
                if let Some((end, _)) = text.char_indices().find(|(place, _)| *place >= MOST_BYTES) {
                    text.truncate(end);
                    text.push('…');
                }
                shown.graph = Some(text);
            }
        }
        Ok(shown)
    }
}

/// The address of the SPARQL page with a query, or of its answer in some form.
pub fn editor(sparql: &str, form: Option<Form>) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("query", sparql).extend_pairs(form.map(|form| ("format", form.name())));
    format!("/sparql?{}", query.finish())
}
