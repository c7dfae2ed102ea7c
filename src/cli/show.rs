//! `dixit show`.

use super::reading;
use super::table::plain;
use super::{Global, Outcome};
use anyhow::Context;
use clap::{Args, ValueEnum};
use dixit::graph::{ArticleView, NamedRow, StatementRow};
use std::fmt::Write as _;
use std::io::{self, Write as _};

/// Show an article of the store with its statements marked in its text
///
/// An article is named by its key (`dixit articles` shows it), its IRI, its web address, the path of its file, or its
/// file's name if no other has it.
#[derive(Args)]
#[command(after_help = "Example:\n  dixit show 04-kremlin-reponse.txt")]
pub struct Show {
    #[arg(value_name = "ARTICLE")]
    article: String,
    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// The text with marks, and a list of the statements below
    Text,
    /// One JSON object; offsets are code points of `text`
    Json,
}

impl Show {
    pub fn run(self, global: &Global) -> anyhow::Result<Outcome> {
        let store = reading::open(&global.store)?;
        let article = store.find_article(&self.article)?;
        let view = ArticleView::read(&store, &article).context("cannot read the store")?;
        let mut shown = match self.format {
            Format::Text => Page { view: &view, color: global.color.on_stdout() }.draw(store.article_key(&article)),
            Format::Json => serde_json::to_string_pretty(&view)?,
        };
        shown.push('\n');
        io::stdout().write_all(shown.as_bytes())?;
        Ok(Outcome::Done)
    }
}

const BOLD: &str = "\u{1b}[1m";
const DIM: &str = "\u{1b}[2m";
const MARKED: &str = "\u{1b}[36m";
const PLAIN: &str = "\u{1b}[0m";

/// The article as text.
struct Page<'a> {
    view: &'a ArticleView,
    color: bool,
}

impl Page<'_> {
    fn draw(&self, key: &str) -> String {
        let mut page = self.head(key);
        match &self.view.text {
            Some(text) => page.push_str(&self.marked(text)),
            None => page.push_str("(the store has not its text: it was imported without)"),
        }
        page.truncate(page.trim_end().len());
        page.push('\n');
        for (number, statement) in (1..).zip(&self.view.statements) {
            let _ = write!(page, "\n{}", self.note(number, statement, key));
        }
        page
    }

    fn head(&self, key: &str) -> String {
        let article = &self.view.article;
        let title = article.title.as_ref().or(article.article.as_ref()).map_or(key, String::as_str);
        let outlet = article.outlet.as_ref().map(|outlet| outlet.name.as_str());
        let facts =
            [outlet, article.published.as_deref(), article.url.as_deref(), article.article.as_deref(), Some(key)];
        let facts: Vec<_> = facts.into_iter().flatten().map(plain).collect();
        format!("{}\n{}\n\n", self.styled(BOLD, &plain(title)), self.styled(DIM, &facts.join(" · ")))
    }

    /// The text with each statement between brackets behind its number. They may stand in each other.
    fn marked(&self, text: &str) -> String {
        let mut marks = Vec::new();
        for (number, statement) in (1..).zip(&self.view.statements) {
            for span in &statement.spans {
                // What ends is closed before something begins; of what begins here the longest is opened first.
                marks.push((span.start, 1, u64::MAX - span.end, format!("[{number}: ")));
                marks.push((span.end, 0, u64::MAX - span.start, "]".to_owned()));
            }
        }
        marks.sort();
        let mut marks = marks.into_iter().peekable();
        let mut out = String::with_capacity(text.len() * 2);
        let end = text.chars().count() as u64;
        for (at, c) in (0..).zip(text.chars().map(Some).chain([None])) {
            while let Some((_, _, _, mark)) = marks.next_if(|(place, ..)| *place <= at || at == end) {
                out.push_str(&self.styled(MARKED, &mark));
            }
            // Control characters could steer the terminal.
            out.extend(c.map(|c| if c.is_control() && c != '\n' { ' ' } else { c }));
        }
        out
    }

    /// What is known of a statement, in two lines.
    fn note(&self, number: usize, statement: &StatementRow, key: &str) -> String {
        let mut facts = vec![names(&statement.actors)];
        facts.extend(
            [statement.kind, statement.polarity.filter(|p| *p != "asserted")].into_iter().flatten().map(str::to_owned),
        );
        facts.extend(said(statement));
        for (label, named) in [
            ("through", &statement.relayed_by[..]),
            ("to", statement.addressee.as_slice()),
            ("by", statement.medium.as_slice()),
            ("about", &statement.about),
        ] {
            if !named.is_empty() {
                facts.push(format!("{label} {}", names(named)));
            }
        }
        let corrected = statement.corrected_by.iter();
        facts.extend(corrected.map(|corrected| format!("corrected by {}, {}", corrected.by, corrected.date)));
        let facts: Vec<_> = facts.iter().map(|fact| plain(fact)).collect();
        let place = statement.iri.rsplit('/').next().unwrap_or_default();
        let mut proof: Vec<String> = Vec::new();
        proof.extend(statement.mentions.iter().map(|mention| format!("“{mention}”")));
        proof.extend(statement.cue.iter().map(|cue| format!("“{}”", cue.text)));
        proof.extend(statement.confidence.iter().map(|confidence| format!("confidence {confidence}")));
        proof.push(format!("{}/{place}", key.get(..SHORT_KEY).unwrap_or(key)));
        let proof: Vec<_> = proof.iter().map(|fact| plain(fact)).collect();
        let number = self.styled(MARKED, &format!("[{number}]"));
        format!("{number} {}\n    {}\n", facts.join(" · "), self.styled(DIM, &proof.join(" · ")))
    }

    fn styled(&self, style: &str, text: &str) -> String {
        if self.color { format!("{style}{text}{PLAIN}") } else { text.to_owned() }
    }
}

/// As many digits of an article's key are shown.
pub const SHORT_KEY: usize = 10;

fn names(named: &[NamedRow]) -> String {
    named.iter().map(|named| named.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// When the words were said: what the text tells, or the day of publication as the last one possible.
fn said(statement: &StatementRow) -> Option<String> {
    let told = statement.date.as_ref().map(|date| date.value.clone());
    told.or_else(|| {
        let said = statement.said.as_ref()?;
        let last = said.not_after.as_ref().map(|day| format!("≤ {day}"));
        last.or_else(|| said.not_before.as_ref().map(|day| format!("≥ {day}")))
    })
}
