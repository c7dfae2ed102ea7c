//! From what the words of a date say to the days that they mean.

use super::{DateContext, Expression, Part, Period, Which};
use crate::date::PartialDate;
use jiff::civil::{Date, Weekday, date};
use jiff::{Span as Time, ToSpan};

/// How far after the publication a day or month without a year may lie before the year before is meant, in days.
const AHEAD: i32 = 60;

/// How far back a weekday with day and month is looked for before the years named in the text are tried, in days.
const BACK: i32 = 400;

/// The first and the last day that `expression` means; `None` when they cannot be known.
///
/// - A bare weekday is the last such day on or before the publication, with "dernier" before it, with "prochain" after.
/// - A day or month without a year lies at most 60 days after the publication, and is else the last such one.
/// - A weekday with day and month fixes the year: near the publication if it is known; else a year that the text names;
///   else the first fitting year after the last one that the text names.
/// - If the publication is known only to the month, "jeudi" means any day of that month or of the six days before it.
pub fn resolve(expression: &Expression, context: &DateContext) -> Option<(Date, Date)> {
    match *expression {
        Expression::Weekday { weekday, which } => weekday_near(weekday, which, context),
        Expression::Weekdays { from, to } => {
            let (_, last) = weekday_near(to, Which::Plain, context)?;
            let first = nth_before(last, from)?;
            Some((first, last))
        }
        Expression::DayOfMonth { weekday, day } => single(day_of_month(weekday, day, context)?),
        Expression::Day { day, month, year: Some(year), .. } => single(Date::new(year, month, day).ok()?),
        Expression::Day { weekday, day, month, year: None, which } => single(match weekday {
            Some(weekday) => day_with_weekday(weekday, day, month, context)?,
            None => day_near(day, month, which, context)?,
        }),
        Expression::Days { from, to, month, year } => {
            let last = match year {
                Some(year) => Date::new(year, month, to).ok()?,
                None => day_near(to, month, Which::Plain, context)?,
            };
            let month_of_first = if from <= to { last } else { last.checked_sub(1.month()).ok()? };
            Some((Date::new(month_of_first.year(), month_of_first.month(), from).ok()?, last))
        }
        Expression::FromPublication { first, last } => {
            let published = context.published?;
            Some((add(published.first_day(), first)?, add(published.last_day(), last)?))
        }
        Expression::FromOther { days } => match (context.other, context.published) {
            (Some(other), _) => single(add(other, days)?),
            // "La veille" of nothing named is the day before the publication; what came after is unknown.
            (None, Some(published)) if days < 0 => {
                Some((add(published.first_day(), days)?, add(published.last_day(), days)?))
            }
            _ => None,
        },
        Expression::Beside { weekday, days } => {
            let (first, last) = weekday_near(weekday, Which::Plain, context)?;
            Some((add(first, days)?, add(last, days)?))
        }
        Expression::Month { month, year, part, which } => {
            let year = match year {
                Some(year) => year,
                None => day_near(1, month, which, context)?.year(),
            };
            Some(part_of_month(date(year, month, 1), part))
        }
        Expression::Year(year) => Some((date(year, 1, 1), date(year, 12, 31))),
        Expression::Period { period, offset } => {
            let published = context.published?;
            let (first, _) = period_of(published.first_day(), period, offset)?;
            let (_, last) = period_of(published.last_day(), period, offset)?;
            Some((first, last))
        }
    }
}

fn single(day: Date) -> Option<(Date, Date)> {
    Some((day, day))
}

fn add(day: Date, days: i32) -> Option<Date> {
    day.checked_add(Time::new().try_days(i64::from(days)).ok()?).ok()
}

/// The last `weekday` before `day`.
fn nth_before(day: Date, weekday: Weekday) -> Option<Date> {
    day.nth_weekday(-1, weekday).ok()
}

fn weekday_near(weekday: Weekday, which: Which, context: &DateContext) -> Option<(Date, Date)> {
    let published = match context.published? {
        PartialDate::Year(_) => return None,
        other => other,
    };
    let Some(day) = published.day() else {
        let (first, last) = (published.first_day(), published.last_day());
        return match which {
            Which::Plain => Some((add(first, -6)?, last)),
            Which::Last => Some((add(first, -7)?, add(last, -1)?)),
            Which::Next => Some((add(first, 1)?, add(last, 7)?)),
        };
    };
    single(match which {
        Which::Plain if day.weekday() == weekday => day,
        Which::Plain | Which::Last => nth_before(day, weekday)?,
        Which::Next => day.nth_weekday(1, weekday).ok()?,
    })
}

/// The month around the publication, a year back at most, whose day has that weekday.
fn day_of_month(weekday: Weekday, day: i8, context: &DateContext) -> Option<Date> {
    let last = context.published?.last_day();
    let months = (-1..12).filter_map(|back: i32| last.first_of_month().checked_sub(back.months()).ok());
    let mut days = months.filter_map(|month| Date::new(month.year(), month.month(), day).ok());
    let ahead = add(last, AHEAD / 2)?;
    days.find(|found| found.weekday() == weekday && *found <= ahead)
}

/// The day and month that the publication makes most likely.
fn day_near(day: i8, month: i8, which: Which, context: &DateContext) -> Option<Date> {
    let published = context.published?;
    let (first, last) = (published.first_day(), published.last_day());
    let limit = match (which, published) {
        (Which::Last, _) => add(last, -1)?,
        (Which::Next, _) => add(first, 366)?,
        (Which::Plain, PartialDate::Year(_)) => last,
        (Which::Plain, _) => add(last, AHEAD)?,
    };
    // Nine years hold a 29 February even around the year 2100.
    let years = (0..9).map(|back| limit.year() - back);
    years.filter_map(|year| Date::new(year, month, day).ok()).find(|found| *found <= limit)
}

/// The day and month in the year that the weekday tells.
fn day_with_weekday(weekday: Weekday, day: i8, month: i8, context: &DateContext) -> Option<Date> {
    let fits = |year: i16| Date::new(year, month, day).ok().filter(|found| found.weekday() == weekday);
    let in_named_year = || context.years.iter().rev().find_map(|year| fits(*year));
    let Some(published) = context.published else {
        let last = *context.years.last()?;
        return in_named_year().or_else(|| (last..last + 12).find_map(fits));
    };
    let (from, to) = (add(published.first_day(), -BACK)?, add(published.last_day(), AHEAD)?);
    let near = (from.year()..=to.year()).rev().filter_map(fits).find(|found| (from..=to).contains(found));
    near.or_else(in_named_year)
}

fn part_of_month(first: Date, part: Part) -> (Date, Date) {
    let day = |day: i8| date(first.year(), first.month(), day);
    match part {
        Part::Whole => (first, first.last_of_month()),
        Part::Open => (first, day(10)),
        Part::Middle => (day(11), day(20)),
        Part::Close => (day(21), first.last_of_month()),
    }
}

fn period_of(day: Date, period: Period, offset: i32) -> Option<(Date, Date)> {
    Some(match period {
        Period::Week => {
            let monday = add(day, 7 * offset - i32::from(day.weekday().to_monday_zero_offset()))?;
            (monday, add(monday, 6)?)
        }
        Period::Weekend => {
            // From Monday to Thursday "ce week-end" is the one that is over, from Friday on the one that comes or is.
            let since_monday = i32::from(day.weekday().to_monday_zero_offset());
            let this_saturday = add(day, 5 - since_monday)?;
            let weeks = match (offset, since_monday) {
                (0, 0..4) => -1,
                (offset, _) => offset,
            };
            let saturday = add(this_saturday, 7 * weeks)?;
            (saturday, add(saturday, 1)?)
        }
        Period::Month => {
            let first = day.first_of_month().checked_add(offset.months()).ok()?;
            (first, first.last_of_month())
        }
        Period::Year => {
            let year = day.year().checked_add(i16::try_from(offset).ok()?)?;
            (Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)
        }
    })
}
