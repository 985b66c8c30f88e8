//! Dates of a query: `2025`, `2025-03`, `2025-03-14`, with `>`, `>=`, `<`, `<=` before, or two with
//! `..` between. A year or month stands for all of its days: `>2025` begins with 2026.

use std::ops::Range;

use registry_types::Timestamp;

use crate::index::terms::{Day, day_of};

/// The days that a date of a query means.
pub(crate) fn days(text: &str) -> Option<Range<Day>> {
    let end = Day::MAX;
    for (sign, open) in [(">=", true), ("<=", true), (">", false), ("<", false)] {
        if let Some(date) = text.strip_prefix(sign) {
            let meant = period(date)?;
            return Some(match (sign.starts_with('>'), open) {
                (true, true) => meant.start..end,
                (true, false) => meant.end..end,
                (false, true) => 0..meant.end,
                (false, false) => 0..meant.start,
            });
        }
    }
    if let Some((from, to)) = text.split_once("..") {
        return Some(period(from)?.start..period(to)?.end);
    }
    period(text)
}

/// The days of a year, a month or a day.
fn period(text: &str) -> Option<Range<Day>> {
    let mut parts = text.split('-');
    let number = |part: Option<&str>, length: usize| match part {
        Some(part) if part.len() == length && part.bytes().all(|b| b.is_ascii_digit()) => {
            part.parse::<u32>().ok().map(Some)
        }
        Some(_) => None,
        None => Some(None),
    };
    let year = number(parts.next(), 4)??;
    let (month, day) = (number(parts.next(), 2)?, number(parts.next(), 2)?);
    if parts.next().is_some() {
        return None;
    }
    let start = first_day(year, month.unwrap_or(1), day.unwrap_or(1))?;
    let end = match (month, day) {
        (_, Some(_)) => start + 1,
        (Some(12), None) | (None, None) => first_day(year + 1, 1, 1)?,
        (Some(month), None) => first_day(year, month + 1, 1)?,
    };
    Some(start..end)
}

fn first_day(year: u32, month: u32, day: u32) -> Option<Day> {
    Timestamp::parse(&format!("{year:04}-{month:02}-{day:02}")).and_then(day_of)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        day_of(Timestamp::parse(text).unwrap()).unwrap()
    }

    #[test]
    fn a_year_is_all_of_its_days() {
        let (first, next) = (day("2025-01-01"), day("2026-01-01"));
        assert_eq!(days("2025"), Some(first..next));
        assert_eq!(days(">2025"), Some(next..Day::MAX));
        assert_eq!(days(">=2025"), Some(first..Day::MAX));
        assert_eq!(days("<2025"), Some(0..first));
        assert_eq!(days("<=2025"), Some(0..next));
        assert_eq!(days("2024-02"), Some(day("2024-02-01")..day("2024-03-01")));
        assert_eq!(days("2024-12"), Some(day("2024-12-01")..day("2025-01-01")));
        assert_eq!(
            days("2024-02-29"),
            Some(day("2024-02-29")..day("2024-03-01"))
        );
        assert_eq!(
            days("2024..2025-06-30"),
            Some(day("2024-01-01")..day("2025-07-01"))
        );
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in [
            "",
            ">",
            "soon",
            "25",
            "2025-13",
            "2025-02-30",
            "2025-1",
            "2025-01-01-01",
            "é..2",
        ] {
            assert_eq!(days(text), None, "{text}");
        }
    }
}
