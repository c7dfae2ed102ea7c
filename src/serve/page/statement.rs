//! A statement: the words in their article, what is known of them, who else reports them, and how to cite them.

use super::page;
use crate::graph::{NamedNode, Offsets, StatementRow, StatementView, schema_org_of};
use crate::serve::card::{Card, Link};
use crate::serve::cite;
use crate::serve::marked::{self, Mark, Paragraph};
use crate::serve::problem::Problem;
use crate::serve::site::Site;
use crate::serve::visit::Visit;
use askama::Template;
use axum::response::Response;

/// So many paragraphs are shown before and after those of the statement.
const BESIDE: usize = 1;

#[derive(Template)]
#[template(path = "statement.html")]
struct StatementPage<'a> {
    visit: &'a Visit,
    iri: &'a str,
    path: String,
    card: Card,
    row: &'a StatementRow,
    candidates: Vec<Link>,
    metonyms: Vec<Link>,
    addressee: Option<Link>,
    medium: Option<Link>,
    /// `None` where the store does not have the text.
    context: Option<Vec<Paragraph>>,
    elsewhere: Vec<Card>,
    url: Option<&'a str>,
    citation: String,
    bibtex: String,
    /// What search engines read.
    json_ld: String,
}

pub fn show(site: &Site, visit: &Visit, iri: &NamedNode) -> Result<Response, Problem> {
    let view = StatementView::read_in(&site.store, iri, visit.language.tag()).map_err(Problem::internal)?;
    let view = view.ok_or(Problem::NotFound)?;
    let row = &view.statement;
    let context = view.text.as_deref().map(|text| {
        let marks: Vec<Mark> = marks(&view);
        marked::around(marked::paragraphs(text, &marks), BESIDE)
    });
    let json_ld = schema_org_of(&site.store, iri).map_err(Problem::internal)?;
    let template = StatementPage {
        visit,
        iri: iri.as_str(),
        path: site.path(iri.as_str()).unwrap_or_default(),
        card: Card::of(row, site, visit),
        row,
        candidates: Link::all(&row.candidates, site),
        metonyms: Link::all(&row.metonyms, site),
        addressee: row.addressee.as_ref().map(|named| Link::of(named, site)),
        medium: row.medium.as_ref().map(|named| Link::of(named, site)),
        context,
        elsewhere: view.elsewhere.iter().map(|row| Card::of(row, site, visit)).collect(),
        url: row.article.url.as_deref().filter(|url| super::is_web_address(url)),
        citation: cite::text(row, visit),
        bibtex: cite::bibtex(row),
        json_ld: cite::in_page(&String::from_utf8_lossy(&json_ld)),
    };
    Ok(page(&template, visit))
}

fn marks(view: &StatementView) -> Vec<Mark> {
    let mark = |class| move |place: &Offsets| Mark { place: place.clone(), class, link: None, number: None };
    let mut marks: Vec<Mark> = view.statement.spans.iter().map(mark("said")).collect();
    marks.extend(view.places.cue.iter().map(mark("cue")));
    marks.extend(view.places.speakers.iter().map(mark("speaker")));
    marks
}
