//! An article: its text with all statements marked, and these in a list beside it.

use super::page;
use crate::graph::{ArticleView, NamedNode};
use crate::serve::card::{Card, Link};
use crate::serve::marked::{self, Mark, Paragraph};
use crate::serve::problem::Problem;
use crate::serve::site::Site;
use crate::serve::visit::Visit;
use askama::Template;
use axum::response::Response;

#[derive(Template)]
#[template(path = "article.html")]
struct ArticlePage<'a> {
    visit: &'a Visit,
    title: String,
    language: String,
    outlet: Option<Link>,
    published: Option<String>,
    url: Option<String>,
    /// `None` where the store does not have the text.
    paragraphs: Option<Vec<Paragraph>>,
    cards: Vec<Card>,
}

pub fn show(site: &Site, visit: &Visit, iri: &NamedNode) -> Result<Response, Problem> {
    let view = ArticleView::read_in(&site.store, iri, visit.language.tag()).map_err(Problem::internal)?;
    let cards: Vec<Card> = view.statements.iter().map(|row| Card::of(row, site, visit)).collect();
    let marks = view.statements.iter().zip(&cards).enumerate().flat_map(|(place, (row, card))| {
        let last = row.spans.len().saturating_sub(1);
        row.spans.iter().enumerate().map(move |(at, span)| Mark {
            place: span.clone(),
            class: "said",
            link: Some(card.path.clone()),
            number: (at == last).then_some(place + 1),
        })
    });
    let marks: Vec<Mark> = marks.collect();
    let article = view.article;
    let title = article.title.or(article.article).unwrap_or_else(|| article.article_iri.clone());
    let template = ArticlePage {
        visit,
        title,
        language: article.language.unwrap_or_default(),
        outlet: article.outlet.as_ref().map(|outlet| Link::of(outlet, site)),
        published: article.published.as_deref().map(|date| visit.date(date)),
        url: article.url.filter(|url| super::is_web_address(url)),
        paragraphs: view.text.as_deref().map(|text| marked::paragraphs(text, &marks)),
        cards,
    };
    Ok(page(&template, visit))
}
