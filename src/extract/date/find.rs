//! Finding the dates of a text: a small grammar over the words of the table.

use super::cursor::{Cursor, is};
use super::table::{Class, Rule};
use super::tokens::{Gap, Kind, Token, tokens};
use super::{DateMention, Expression, Part, Which};
use crate::extract::Span;
use jiff::civil::Weekday;

/// A rule of the grammar.
type Read<Cursor> = fn(&mut Cursor) -> Option<Expression>;

/// Words from the beginning of a date to its heart, at most: "entre le 3 et le 4 avril".
const REACH: usize = 7;

/// The dates that stand within `span` of `text`, in order.
///
/// ```
/// use dixit::extract::{Span, find_dates};
///
/// let text = "Anne Roy a promis jeudi que le pont rouvrirait le 3 mai.";
/// let found: Vec<&str> = find_dates(text, Span::new(0, text.len())).iter().map(|d| d.span.of(text)).collect();
/// assert_eq!(found, ["jeudi", "le 3 mai"]);
/// ```
pub fn find_dates(text: &str, span: Span) -> Vec<DateMention> {
    mentions(text, &tokens(text, span))
}

/// The dates among `tokens`, in order.
pub(super) fn mentions(text: &str, tokens: &[Token]) -> Vec<DateMention> {
    let mut mentions = Vec::new();
    let mut hearts = tokens.iter().enumerate().filter(|(_, token)| token.is_heart()).map(|(i, _)| i).peekable();
    let mut at = 0;
    while let Some(heart) = hearts.peek() {
        if *heart < at {
            hearts.next();
            continue;
        }
        at = at.max((*heart + 1).saturating_sub(REACH));
        let mut cursor = Cursor { text, tokens, start: at, at };
        match cursor.expression() {
            Some(expression) => {
                let span = Span::new(tokens[at].span.start, tokens[cursor.at - 1].span.end);
                mentions.push(DateMention { span, expression });
                at = cursor.at;
            }
            None => at += 1,
        }
    }
    mentions
}

/// The years that a text names as years, in rising order: not those that lie ahead ("d'ici 2050"), nor plain numbers.
pub(super) fn years(text: &str, tokens: &[Token]) -> Vec<i16> {
    let mut years = Vec::new();
    for (i, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::Numeric { year, .. } => years.push(year),
            Kind::Number { value, digits: 4 } if (1900..2100).contains(&value) && i > 0 => {
                let Kind::Form(before) = tokens[i - 1].kind else {
                    continue;
                };
                let joined = token.gap == Gap::Blank;
                let next = text[token.span.end..].split_whitespace().next().unwrap_or_default();
                let counts = next.trim_end_matches(|c: char| !c.is_alphanumeric()).ends_with(['s', 'x']);
                let dates = |c: &Class| match c {
                    Class::Month(_) | Class::ShortMonth(_) | Class::In | Class::Open | Class::Middle | Class::Close => {
                        true
                    }
                    Class::Of | Class::From | Class::And => !counts,
                    _ => false,
                };
                if joined && before.classes.iter().any(dates) {
                    years.push(value);
                }
            }
            _ => {}
        }
    }
    years.sort_unstable();
    years.dedup();
    years
}

impl Cursor<'_> {
    fn expression(&mut self) -> Option<Expression> {
        let rules: [(u16, Read<Self>); 10] = [
            (Rule::NUMERIC, Self::numeric),
            (Rule::RELATIVE, Self::relative),
            (Rule::OTHER, Self::other),
            (Rule::PERIOD, Self::period),
            (Rule::WEEKDAY, Self::weekday),
            (Rule::DAYS, Self::days),
            (Rule::DAY, Self::day),
            (Rule::DISTANCE, Self::distance),
            (Rule::MONTH, Self::month),
            (Rule::YEAR, Self::year_alone),
        ];
        let begins = self.peek()?.begins();
        if begins == 0 {
            return None;
        }
        rules.iter().filter(|(rule, _)| begins & rule != 0).find_map(|(_, rule)| self.try_rule(*rule))
    }

    fn try_rule(&mut self, rule: Read<Self>) -> Option<Expression> {
        let mut ahead = *self;
        let found = rule(&mut ahead)?;
        *self = ahead;
        Some(found)
    }

    /// The first rule that fits; what a rule took that does not fit is given back.
    fn try_each(&mut self, rules: &[Read<Self>]) -> Option<Expression> {
        rules.iter().find_map(|rule| self.try_rule(*rule))
    }

    /// "04/05/2021".
    fn numeric(&mut self) -> Option<Expression> {
        let Kind::Numeric { day, month, year } = self.peek()?.kind else {
            return None;
        };
        self.at += 1;
        Some(Expression::Day { weekday: None, day, month, year: Some(year), which: Which::Plain })
    }

    /// "hier", "hier soir", "ce matin du 29 décembre".
    fn relative(&mut self) -> Option<Expression> {
        let (first, last) = self.take(|c| match c {
            Class::Day { first, last } => Some((first, last)),
            _ => None,
        })?;
        self.skip(Class::PartOfDay);
        let mut ahead = *self;
        if ahead.skip(Class::From)
            && let Some(day) = ahead.try_each(&[Self::weekday_and_day, Self::days, Self::day])
        {
            *self = ahead;
            return Some(day);
        }
        Some(Expression::FromPublication { first, last })
    }

    /// "la veille", "au lendemain du vote de mardi", but not "la veille du scrutin".
    fn other(&mut self) -> Option<Expression> {
        let days = self.take(|c| match c {
            Class::Other(days) => Some(days),
            _ => None,
        })?;
        self.skip(Class::PartOfDay);
        let mut ahead = *self;
        if !(ahead.skip(Class::Of) || ahead.skip(Class::From)) {
            return Some(Expression::FromOther { days });
        }
        let weekday = ahead.weekday_of_something()?;
        *self = ahead;
        Some(Expression::Beside { weekday, days })
    }

    /// "(du) vote de mardi".
    fn weekday_of_something(&mut self) -> Option<Weekday> {
        self.skip(Class::The);
        self.next_kind().filter(|kind| matches!(kind, Kind::Other))?;
        self.at += 1;
        self.skip(Class::Of).then(|| self.take_weekday()).flatten()
    }

    /// "la semaine dernière".
    fn period(&mut self) -> Option<Expression> {
        self.take(|c| match c {
            Class::Period(period, offset) => Some(Expression::Period { period, offset }),
            _ => None,
        })
    }

    /// "jeudi", "ce jeudi", "jeudi soir", "jeudi dernier", "jeudi 3 mai", "jeudi 3", "jeudi à vendredi".
    fn weekday(&mut self) -> Option<Expression> {
        let before = self.start.checked_sub(1).map(|i| &self.tokens[i]);
        let name = {
            let mut ahead = *self;
            let dated = ahead.try_each(&[Self::weekday_and_day]);
            if let Some(day) = dated {
                *self = ahead;
                return Some(day);
            }
            let this = self.skip(Class::This);
            let the = !this && self.skip(Class::The);
            // "Le Journal du Dimanche"; but "Ce Jeudi", "Jeudi, …" at a sentence's beginning.
            !this && !the && self.is_capital() && !self.begins_sentence()
        };
        let weekday = self.take_weekday()?;
        let habit = before.is_some_and(|token| is(token, Class::Never));
        if name || habit || self.skip(Class::Name) {
            return None;
        }
        let before_is = |class: Class| before.is_some_and(|token| is(token, class));
        let mut ahead = *self;
        let range = (before_is(Class::Of) || before_is(Class::From)) && ahead.skip(Class::To)
            || before_is(Class::Between) && ahead.skip(Class::And);
        if range && let Some(to) = ahead.take_weekday() {
            *self = ahead;
            return Some(Expression::Weekdays { from: weekday, to });
        }
        if before_is(Class::From) {
            return None; // "l'émission du dimanche"
        }
        self.skip(Class::PartOfDay);
        Some(Expression::Weekday { weekday, which: self.which() })
    }

    /// "le lundi 28 février 2022", "lundi 28".
    fn weekday_and_day(&mut self) -> Option<Expression> {
        let _ = self.skip(Class::This) || self.skip(Class::The);
        let weekday = self.take_weekday()?;
        self.skip(Class::PartOfDay);
        let mut ahead = *self;
        if let Some(Expression::Day { day, month, year, which, .. }) = ahead.try_each(&[Self::day]) {
            *self = ahead;
            return Some(Expression::Day { weekday: Some(weekday), day, month, year, which });
        }
        let day = self.take_day()?;
        // "mardi 20 heures", "jeudi 15 personnes": a number of something else.
        let ends = self.peek().is_none_or(|next| next.gap != Gap::Blank || !matches!(next.kind, Kind::Other));
        let alone = ends || self.begins_clause();
        alone.then_some(Expression::DayOfMonth { weekday, day })
    }

    /// "le 3 mai", "1er mars 2022", "3 mai dernier".
    fn day(&mut self) -> Option<Expression> {
        let _ = self.at == self.start && (self.skip(Class::The) || self.skip(Class::This));
        let day = self.take_day()?;
        let month = self.take_month(Gap::Blank, true)?;
        let year = self.take_year();
        let which = if year.is_none() { self.which() } else { Which::Plain };
        Some(Expression::Day { weekday: None, day, month, year, which })
    }

    /// "du 3 au 5 mai", "entre le 3 et le 5 mai", "les 3 et 4 mai".
    fn days(&mut self) -> Option<Expression> {
        let _ = self.skip(Class::From) || self.skip(Class::Between);
        self.skip(Class::The);
        let from = self.take_day()?;
        if !(self.skip(Class::To) || self.skip(Class::And)) {
            self.peek().filter(|token| token.gap == Gap::Hyphen)?;
        }
        self.skip(Class::The);
        let to = self.take_day()?;
        let month = self.take_month(Gap::Blank, true)?;
        Some(Expression::Days { from, to, month, year: self.take_year() })
    }

    /// "il y a deux jours", "deux jours plus tôt".
    fn distance(&mut self) -> Option<Expression> {
        let ago = self.skip(Class::Ago);
        let count = match self.next_kind()? {
            Kind::Number { value, digits: 1..=3 } => {
                self.at += 1;
                i32::from(value)
            }
            _ => self.take(|c| match c {
                Class::Number(value) => Some(value),
                _ => None,
            })?,
        };
        let (days, slack) = self.take(|c| match c {
            Class::Unit { days, slack } => Some((days, slack)),
            _ => None,
        })?;
        if ago {
            return Some(Expression::FromPublication { first: -count * days - slack, last: -count * days + slack });
        }
        let sign = if self.skip(Class::Before) {
            -1
        } else if self.skip(Class::After) {
            1
        } else {
            return None;
        };
        (slack == 0 && !self.skip(Class::The)).then_some(Expression::FromOther { days: sign * count * days })
    }

    /// "en mars", "fin mars 2022", "mi-mars", "mars 2022", "en mars dernier".
    fn month(&mut self) -> Option<Expression> {
        let part = self.take(|c| match c {
            Class::Open => Some(Part::Open),
            Class::Middle => Some(Part::Middle),
            Class::Close => Some(Part::Close),
            _ => None,
        });
        let led = part.is_some() || self.skip(Class::In) || self.skip(Class::Of);
        let gap = if part == Some(Part::Middle) { Gap::Hyphen } else { Gap::Blank };
        let small = !self.is_capital();
        let month = self.take_month(gap, false)?;
        let year = self.take_year();
        let which = if year.is_none() { self.which() } else { Which::Plain };
        let known = year.is_some() || small && (led || which != Which::Plain);
        known.then_some(Expression::Month { month, year, part: part.unwrap_or(Part::Whole), which })
    }

    /// "en 2014".
    fn year_alone(&mut self) -> Option<Expression> {
        let led = self.skip(Class::In) || self.skip(Class::Open) || self.skip(Class::Close);
        led.then(|| self.take_year()).flatten().map(Expression::Year)
    }
}
