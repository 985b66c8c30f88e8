//! The figures of all engines beside each other.

use std::fmt::Write as _;

use crate::measure::Timing;
use crate::question::Class;
use crate::steps::Found;

/// What one engine found, with the words it stands under.
pub struct Column {
    pub title: &'static str,
    pub found: Found,
}

impl Column {
    fn timing(&self, what: &str) -> Option<&Timing> {
        self.found.timings.iter().find(|t| t.what == what)
    }
}

fn microseconds(value: f64) -> String {
    match value {
        ..10.0 => format!("{value:.1}"),
        10.0..10_000.0 => format!("{value:.0}"),
        _ => format!("{:.1}k", value / 1000.0),
    }
}

fn cell(timing: Option<&Timing>) -> String {
    timing.map_or_else(
        || "-".to_owned(),
        |t| format!("{} / {}", microseconds(t.p50), microseconds(t.p99)),
    )
}

/// p50 / p99 of each kind of question and engine, in microseconds.
#[must_use]
pub fn timings(columns: &[Column], whats: &[&str]) -> String {
    let mut out = String::from("| p50 / p99, microseconds |");
    for column in columns {
        let _ = write!(out, " {} |", column.title);
    }
    out.push_str("\n|---|");
    out.push_str(&"---|".repeat(columns.len()));
    for what in whats {
        if columns.iter().all(|c| c.timing(what).is_none()) {
            continue;
        }
        let _ = write!(out, "\n| {what} |");
        for column in columns {
            let _ = write!(out, " {} |", cell(column.timing(what)));
        }
    }
    out.push('\n');
    out
}

/// How many times slower than the first column each engine is at p50.
#[must_use]
pub fn ratios(columns: &[Column]) -> String {
    let Some((first, others)) = columns.split_first() else {
        return String::new();
    };
    let mut out = format!("| p50, times {} |", first.title);
    for column in others {
        let _ = write!(out, " {} |", column.title);
    }
    out.push_str("\n|---|");
    out.push_str(&"---|".repeat(others.len()));
    for class in Class::ALL {
        let Some(ours) = first.timing(class.as_str()) else {
            continue;
        };
        let _ = write!(out, "\n| {class} |");
        for column in others {
            let ratio = column.timing(class.as_str()).map(|t| t.p50 / ours.p50);
            let _ = match ratio {
                Some(ratio) if ratio < 10.0 => write!(out, " {ratio:.1} |"),
                Some(ratio) => write!(out, " {ratio:.0} |"),
                None => write!(out, " - |"),
            };
        }
    }
    out.push('\n');
    out
}

/// How many results each engine had, on average.
#[must_use]
pub fn hits(columns: &[Column]) -> String {
    let mut out = String::new();
    for class in Class::ALL {
        let _ = write!(out, "{class}:");
        for column in columns {
            if let Some(timing) = column.timing(class.as_str()) {
                let _ = write!(out, " {} {:.1},", column.title, timing.hits);
            }
        }
        out = out.trim_end_matches(',').to_owned();
        out.push('\n');
    }
    out
}

/// The other figures, one line each.
#[must_use]
pub fn facts(title: &str, found: &Found) -> String {
    let mut out = String::new();
    for fact in &found.facts {
        let value = match fact.value {
            v if v.abs() >= 100.0 => format!("{v:.0}"),
            v => format!("{v:.2}"),
        };
        let _ = writeln!(out, "| {title} | {} | {value} {} |", fact.what, fact.unit);
    }
    for t in &found.timings {
        let is_class = Class::ALL.iter().any(|c| c.as_str() == t.what);
        if !is_class {
            let _ = writeln!(
                out,
                "| {title} | {}, p50 / p99 of {} | {} µs |",
                t.what,
                t.count,
                cell(Some(t))
            );
        }
    }
    out
}
