//! Dates in running text: "jeudi", "le 3 mai", "la semaine dernière", and the days that they mean.
//!
//! News looks back: "a déclaré jeudi" is the last Thursday on or before the day of publication. Every date is an
//! interval of days, its end included. What cannot be known stays unknown: nothing depends on the day of the run.

mod cursor;
mod english;
mod find;
mod resolve;
mod table;
mod tokens;

pub use find::find_dates;
pub use resolve::resolve;
pub(super) use table::place_in_dates;

use super::Span;
use super::token::Tokens;
use crate::article::Article;
use crate::date::PartialDate;
use crate::language::Language;
use jiff::civil::{Date, Weekday};

/// Words that name a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateMention {
    /// Where they stand, article and weekday included ("le lundi 28 février").
    pub span: Span,
    /// What they say.
    pub expression: Expression,
}

/// What the words of a date say, before it is known when they were written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expression {
    /// "jeudi", "ce jeudi", "jeudi dernier", "jeudi prochain".
    Weekday { weekday: Weekday, which: Which },
    /// "dans la nuit de jeudi à vendredi": from the first to the next such last day.
    Weekdays { from: Weekday, to: Weekday },
    /// "lundi 28": a weekday and the day of a month.
    DayOfMonth { weekday: Weekday, day: i8 },
    /// "le 3 mai", "lundi 28 février", "le 3 mai 2021", "04/05/2021".
    Day { weekday: Option<Weekday>, day: i8, month: i8, year: Option<i16>, which: Which },
    /// "du 3 au 5 mai", "la nuit du 30 au 1er juin": the first day may lie in the month before.
    Days { from: i8, to: i8, month: i8, year: Option<i16> },
    /// "hier" (-1), "cette nuit" (-1 to 0), "il y a trois jours": counted from the day of publication.
    FromPublication { first: i32, last: i32 },
    /// "la veille" (-1), "deux jours plus tard": counted from the date that was named before.
    FromOther { days: i32 },
    /// "au lendemain du vote de mardi": counted from that day.
    Beside { weekday: Weekday, days: i32 },
    /// "en mars", "début mars 2022", "en mars dernier".
    Month { month: i8, year: Option<i16>, part: Part, which: Which },
    /// "en 2014".
    Year(i16),
    /// "la semaine dernière" (-1), "ce week-end" (0), "le mois prochain" (1).
    Period { period: Period, offset: i32 },
}

/// Which of the days or months of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Nothing is said: the nearest that news may mean.
    Plain,
    /// "dernier": before the publication.
    Last,
    /// "prochain": after the publication.
    Next,
}

/// Which part of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// "début": days 1 to 10.
    Open,
    /// "mi-": days 11 to 20.
    Middle,
    /// "fin": from day 21.
    Close,
}

/// A period of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// Monday to Sunday.
    Week,
    /// Saturday and Sunday.
    Weekend,
    Month,
    Year,
}

impl Expression {
    /// Whether the words look ahead ("demain", "jeudi prochain"): nobody has said anything then.
    pub fn is_future(&self) -> bool {
        match self {
            Self::Weekday { which, .. } | Self::Day { which, .. } | Self::Month { which, .. } => *which == Which::Next,
            Self::FromPublication { first, .. } => *first > 0,
            Self::Period { offset, .. } => *offset > 0,
            _ => false,
        }
    }
}

/// What is known of the time of an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DateContext {
    /// Date of publication.
    pub published: Option<PartialDate>,
    /// Years that the text names, in rising order.
    pub years: Vec<i16>,
    /// The day that was named before: what "la veille" counts from.
    pub other: Option<Date>,
}

impl DateContext {
    /// The context of an article: its publication and the years that its text names.
    pub fn for_article(article: &Article) -> Self {
        let text = &article.text;
        let years = find::years(text, &tokens::tokens(text, Span::new(0, text.len())));
        Self { published: article.published, years, other: None }
    }
}

/// A date of the text with the days that it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ResolvedDate {
    /// The words and what they say.
    pub mention: DateMention,
    /// First and last day; `None` if they cannot be known.
    pub days: Option<(Date, Date)>,
}

/// How far back the date may stand from which "la veille" counts, in bytes.
const REACH: usize = 1000;

/// All dates of `text` in order, each with the days that it means; "la veille" counts from the day named before it.
pub fn resolve_dates(text: &str, context: &DateContext) -> Vec<ResolvedDate> {
    resolve_all(find_dates(text, Span::new(0, text.len())), context.clone())
}

/// All dates of a text that is split into words already.
pub(super) fn dates_among(text: &str, words: &Tokens, published: Option<PartialDate>) -> Vec<ResolvedDate> {
    if words.language() == Language::English {
        let context = DateContext { published, years: english::years(text, words), other: None };
        return resolve_all(english::mentions(text, words), context);
    }
    let tokens = tokens::tokens_among(text, words);
    let context = DateContext { published, years: find::years(text, &tokens), other: None };
    resolve_all(find::mentions(text, &tokens), context)
}

fn resolve_all(mentions: Vec<DateMention>, mut context: DateContext) -> Vec<ResolvedDate> {
    let mut named_at = 0;
    let resolve_next = |mention: DateMention| {
        if mention.span.start - named_at > REACH {
            context.other = None;
        }
        let days = resolve(&mention.expression, &context);
        if let Some((first, last)) = days
            && first == last
            && context.published.is_none_or(|published| first <= published.last_day())
            && !mention.expression.is_future()
        {
            context.other = Some(first);
            named_at = mention.span.end;
        }
        ResolvedDate { mention, days }
    };
    mentions.into_iter().map(resolve_next).collect()
}

#[cfg(test)]
#[path = "date/tests.rs"]
mod tests;
