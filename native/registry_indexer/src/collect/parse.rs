//! Has the sources parsed by the worker processes, and adds their answers up.

use std::collections::BTreeMap;

use bytes::Bytes;
use parser_pool::WorkerPool;
use registry_types::{
    Limits, ParseAnswer, ParseFailure, ParseFailureKind, ParseRequest, Result, Snippet, Warning,
    WarningKind,
};

/// So many files are named one by one; of the others only the number.
const NAMED: usize = 20;

/// What the sources came to.
#[derive(Debug, Default)]
pub struct Parsed {
    /// In the order of the files.
    pub snippets: Vec<Snippet>,
    /// Languages, most files first.
    pub languages: Vec<String>,
    /// Files that gave nothing, and what was cut.
    pub warnings: Vec<Warning>,
}

/// Parses `sources` of `package`. Blocks.
///
/// # Errors
/// `cancelled`, `unconfigured` when the worker program cannot be started.
pub fn parse(
    pool: &WorkerPool,
    package: &str,
    sources: Vec<(String, Bytes)>,
    limits: &Limits,
    cancelled: &(dyn Fn() -> bool + Sync),
    progress: &dyn Fn(u64, u64),
) -> Result<Parsed> {
    let paths: Vec<String> = sources.iter().map(|(path, _)| path.clone()).collect();
    let timeout = u32::try_from(limits.parse_timeout.as_millis()).unwrap_or(u32::MAX);
    let requests = sources
        .into_iter()
        .zip(0..)
        .map(|((path, source), id)| ParseRequest {
            id,
            path,
            package: package.to_owned(),
            source: source.into(),
            timeout_ms: timeout,
        });
    let mut sum = Sum::new(limits.snippets, paths);
    let total = sum.paths.len() as u64;
    let mut done = 0;
    pool.parse(requests.collect(), cancelled, &mut |answer| {
        done += 1;
        progress(done, total);
        sum.add(answer);
    })?;
    Ok(sum.finish())
}

/// Answers as they come, in any order; what is kept does not depend on it.
struct Sum {
    limit: usize,
    paths: Vec<String>,
    kept: BTreeMap<u64, Vec<Snippet>>,
    count: usize,
    cut: bool,
    languages: BTreeMap<String, u64>,
    failures: BTreeMap<u64, ParseFailure>,
}

impl Sum {
    fn new(limit: usize, paths: Vec<String>) -> Self {
        Self {
            limit,
            paths,
            kept: BTreeMap::new(),
            count: 0,
            cut: false,
            languages: BTreeMap::new(),
            failures: BTreeMap::new(),
        }
    }

    fn add(&mut self, answer: ParseAnswer) {
        match answer.outcome {
            Ok(snippets) => {
                if let Some(language) = answer.language {
                    *self.languages.entry(language).or_default() += 1;
                }
                self.count += snippets.len();
                self.kept.insert(answer.id, snippets);
            }
            Err(failure) => {
                self.failures.insert(answer.id, failure);
            }
        }
        // The first files that reach the limit are enough: memory stays bounded.
        while let Some(last) = self.kept.last_entry() {
            let without = self.count - last.get().len();
            if without < self.limit || last.get().is_empty() {
                break;
            }
            last.remove();
            self.count = without;
            self.cut = true;
        }
    }

    fn finish(self) -> Parsed {
        let mut languages: Vec<(String, u64)> = self.languages.into_iter().collect();
        languages.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let mut snippets: Vec<Snippet> = self.kept.into_values().flatten().collect();
        let mut warnings = warnings(&self.paths, &self.failures);
        if self.cut || snippets.len() > self.limit {
            snippets.truncate(self.limit);
            let message = format!("only the first {} snippets: the limit snippets", self.limit);
            warnings.push(Warning::new(WarningKind::Truncated, message));
        }
        Parsed {
            snippets,
            languages: languages.into_iter().map(|(l, _)| l).collect(),
            warnings,
        }
    }
}

/// Files that failed are named; files left out by rule are only counted.
fn warnings(paths: &[String], failures: &BTreeMap<u64, ParseFailure>) -> Vec<Warning> {
    let path = |id: &u64| {
        let index = usize::try_from(*id).ok()?;
        paths.get(index).map(String::as_str)
    };
    let (ruled, failed): (Vec<_>, Vec<_>) = failures
        .iter()
        .partition(|(_, failure)| by_rule(failure.kind));
    let mut out: Vec<Warning> = failed
        .iter()
        .take(NAMED)
        .map(|(id, failure)| {
            let path = path(id).unwrap_or_default();
            Warning::file(WarningKind::Parse, path, failure.message.clone())
        })
        .collect();
    if failed.len() > NAMED {
        let message = format!("{} further files were not parsed", failed.len() - NAMED);
        out.push(Warning::new(WarningKind::Parse, message));
    }
    if let Some((id, failure)) = ruled.first() {
        let message = format!(
            "{} generated, minified or unreadable files were not parsed, {} first ({})",
            ruled.len(),
            path(id).unwrap_or_default(),
            failure.message
        );
        out.push(Warning::new(WarningKind::Parse, message));
    }
    out
}

const fn by_rule(kind: ParseFailureKind) -> bool {
    matches!(
        kind,
        ParseFailureKind::UnknownLanguage | ParseFailureKind::NotText | ParseFailureKind::Generated
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use registry_types::{SnippetKind, Visibility};

    fn snippet(name: &str) -> Snippet {
        Snippet {
            language: "rust".into(),
            kind: SnippetKind::Function,
            name: name.into(),
            qualified_name: name.into(),
            signature: String::new(),
            doc: None,
            visibility: Visibility::Public,
            path: String::new(),
            start_line: 1,
            end_line: 1,
            source: String::new(),
        }
    }

    fn answer(id: u64, names: &[&str]) -> ParseAnswer {
        ParseAnswer {
            id,
            language: Some("rust".into()),
            outcome: Ok(names.iter().map(|n| snippet(n)).collect()),
            has_errors: false,
        }
    }

    fn names(order: &[u64]) -> (Vec<String>, usize) {
        let files: [&[&str]; 4] = [&["a", "b"], &["c"], &["d", "e"], &["f"]];
        let mut sum = Sum::new(4, (0..4).map(|i| format!("{i}.rs")).collect());
        for id in order {
            sum.add(answer(*id, files[*id as usize]));
        }
        let parsed = sum.finish();
        (
            parsed.snippets.into_iter().map(|s| s.name).collect(),
            parsed.warnings.len(),
        )
    }

    #[test]
    fn the_first_snippets_are_kept_in_whatever_order_they_come() {
        let want: Vec<String> = ["a", "b", "c", "d"].map(String::from).into();
        for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [3, 0, 1, 2]] {
            assert_eq!(names(&order), (want.clone(), 1), "{order:?}");
        }
    }

    #[test]
    fn failures_are_named_and_rules_counted() {
        let mut sum = Sum::new(10, (0..40).map(|i| format!("{i}.rs")).collect());
        for id in 0..40 {
            let kind = if id < 10 {
                ParseFailureKind::Generated
            } else {
                ParseFailureKind::Timeout
            };
            let outcome = Err(ParseFailure {
                kind,
                message: "because".into(),
            });
            sum.add(ParseAnswer {
                id,
                language: None,
                outcome,
                has_errors: false,
            });
        }
        let warnings = sum.finish().warnings;
        assert_eq!(warnings.len(), NAMED + 2);
        assert_eq!(warnings[0].path.as_deref(), Some("10.rs"));
        assert!(warnings[NAMED].message.starts_with("10 further"));
        assert!(warnings[NAMED + 1].message.starts_with("10 generated"));
    }
}
