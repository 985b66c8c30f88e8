//! Has the sources parsed by the worker processes, and adds their answers up.

use std::collections::BTreeMap;

use bytes::Bytes;
use package_api::{Context, FileOutline, into_snippets, resolve};
use parser_pool::WorkerPool;
use registry_types::outline::{Item, Outline};
use registry_types::{
    Limits, ParseAnswer, ParseFailure, ParseFailureKind, ParseRequest, Result, SkipReason, Snippet,
    Visibility, Warning, WarningKind,
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
    /// Files left out by rule once their text was seen.
    pub skipped: BTreeMap<SkipReason, u64>,
    /// Files that failed, and what was cut.
    pub warnings: Vec<Warning>,
}

/// Parses `sources` and resolves what they say of each other. Blocks.
///
/// # Errors
/// `cancelled`, `unconfigured` when the worker program cannot be started.
pub fn parse(
    pool: &WorkerPool,
    context: &Context<'_>,
    sources: Vec<(String, Bytes)>,
    limits: &Limits,
    cancelled: &(dyn Fn() -> bool + Sync),
    progress: &dyn Fn(u64, u64),
) -> Result<Parsed> {
    let timeout = u32::try_from(limits.parse_timeout.as_millis()).unwrap_or(u32::MAX);
    let requests = sources
        .iter()
        .zip(0..)
        .map(|((path, source), id)| ParseRequest {
            id,
            path: path.clone(),
            package: context.package.to_owned(),
            source: source.to_vec(),
            timeout_ms: timeout,
        });
    let total = sources.len() as u64;
    let requests = requests.collect();
    let mut sum = Sum::new(limits, sources);
    let mut done = 0;
    pool.parse(requests, cancelled, &mut |answer| {
        done += 1;
        progress(done, total);
        sum.add(answer);
    })?;
    Ok(sum.finish(context))
}

/// Answers as they come, in any order; what is kept does not depend on it.
///
/// Of outlines that are too large together the last files' go. As those that stay are always the
/// first ones which fit, the order of the answers does not matter.
struct Sum {
    limit: usize,
    most_bytes: u64,
    bytes: u64,
    /// Files from this one on are left out.
    end: u64,
    sources: Vec<(String, Bytes)>,
    kept: BTreeMap<u64, (u64, Outline)>,
    languages: BTreeMap<String, u64>,
    skipped: BTreeMap<SkipReason, u64>,
    failures: BTreeMap<u64, ParseFailure>,
}

impl Sum {
    fn new(limits: &Limits, sources: Vec<(String, Bytes)>) -> Self {
        Self {
            limit: limits.snippets,
            most_bytes: limits.outline_bytes,
            bytes: 0,
            end: u64::MAX,
            sources,
            kept: BTreeMap::new(),
            languages: BTreeMap::new(),
            skipped: BTreeMap::new(),
            failures: BTreeMap::new(),
        }
    }

    fn add(&mut self, answer: ParseAnswer) {
        match answer.outcome {
            Ok(outline) => {
                if let Some(language) = answer.language {
                    *self.languages.entry(language).or_default() += 1;
                }
                self.keep(answer.id, outline);
            }
            Err(failure) => match by_rule(failure.kind) {
                Some(reason) => *self.skipped.entry(reason).or_default() += 1,
                None => {
                    self.failures.insert(answer.id, failure);
                }
            },
        }
    }

    fn keep(&mut self, id: u64, outline: Outline) {
        if id >= self.end {
            *self.skipped.entry(SkipReason::TooMuch).or_default() += 1;
            return;
        }
        let bytes = outline.memory();
        self.bytes += bytes;
        self.kept.insert(id, (bytes, outline));
        while self.bytes > self.most_bytes {
            let Some((last, (bytes, _))) = self.kept.pop_last() else {
                break;
            };
            self.end = last;
            self.bytes -= bytes;
            *self.skipped.entry(SkipReason::TooMuch).or_default() += 1;
        }
    }

    fn finish(self, context: &Context<'_>) -> Parsed {
        let mut languages: Vec<(String, u64)> = self.languages.into_iter().collect();
        languages.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let mut warnings = warnings(&self.sources, &self.failures);
        let mut kept = self.kept;
        let (mut files, mut texts) = (Vec::new(), Vec::new());
        for (id, (path, text)) in (0..).zip(self.sources) {
            if let Some((_, outline)) = kept.remove(&id) {
                files.push(FileOutline { path, outline });
                texts.push(text);
            }
        }
        if self.end != u64::MAX {
            let count = self.skipped.get(&SkipReason::TooMuch).copied();
            let message = format!(
                "the definitions of {} files were left out: the limit outline_bytes",
                count.unwrap_or_default()
            );
            warnings.push(Warning::new(WarningKind::Truncated, message));
        }
        resolve(context, &mut files);
        let total: usize = files.iter().map(|file| file.outline.items.len()).sum();
        if total > self.limit {
            shorten(&mut files, self.limit);
            let message = format!(
                "{} of {total} snippets, public ones first: the limit snippets",
                self.limit
            );
            warnings.push(Warning::new(WarningKind::Truncated, message));
        }
        let snippets = files.into_iter().zip(&texts);
        Parsed {
            snippets: snippets
                .flat_map(|(file, text)| into_snippets(file, text))
                .collect(),
            languages: languages.into_iter().map(|(l, _)| l).collect(),
            skipped: self.skipped,
            warnings,
        }
    }
}

/// Keeps `limit` items: the public ones of the first files, then internal ones.
fn shorten(files: &mut [FileOutline], limit: usize) {
    let public = |item: &Item| item.visibility == Visibility::Public;
    let items = files.iter().flat_map(|file| &file.outline.items);
    let mut publics = items.filter(|item| public(item)).count().min(limit);
    let mut others = limit - publics;
    for file in files {
        file.outline.items.retain(|item| {
            let left = if public(item) {
                &mut publics
            } else {
                &mut others
            };
            let take = *left > 0;
            *left -= usize::from(take);
            take
        });
    }
}

/// The first files that failed are named, the others counted.
fn warnings(sources: &[(String, Bytes)], failures: &BTreeMap<u64, ParseFailure>) -> Vec<Warning> {
    let path = |id: &u64| {
        let index = usize::try_from(*id).ok()?;
        sources.get(index).map(|(path, _)| path.as_str())
    };
    let mut out: Vec<Warning> = failures
        .iter()
        .take(NAMED)
        .map(|(id, failure)| {
            let path = path(id).unwrap_or_default();
            Warning::file(WarningKind::Parse, path, failure.message.clone())
        })
        .collect();
    if failures.len() > NAMED {
        let message = format!("{} further files were not parsed", failures.len() - NAMED);
        out.push(Warning::new(WarningKind::Parse, message));
    }
    out
}

/// The rule by which a file was left out, if that is why it gave nothing.
const fn by_rule(kind: ParseFailureKind) -> Option<SkipReason> {
    match kind {
        ParseFailureKind::UnknownLanguage => Some(SkipReason::UnknownLanguage),
        ParseFailureKind::NotText => Some(SkipReason::NotText),
        ParseFailureKind::Generated => Some(SkipReason::Generated),
        ParseFailureKind::Timeout
        | ParseFailureKind::LimitExceeded
        | ParseFailureKind::WorkerDied => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use registry_types::SnippetKind;
    use registry_types::outline::Marks;

    fn item(name: &str) -> Item {
        let visibility = if name.starts_with('_') {
            Visibility::Internal
        } else {
            Visibility::Public
        };
        Item {
            kind: SnippetKind::Function,
            name: name.into(),
            qualified_name: name.into(),
            signature: String::new(),
            doc: None,
            visibility,
            declared: visibility,
            marks: Marks::default(),
            language: None,
            condition: None,
            aliases: Vec::new(),
            parent: None,
            start: 0,
            end: 0,
            start_line: 1,
            end_line: 1,
        }
    }

    fn answer(id: u64, names: &[&str]) -> ParseAnswer {
        let outline = Outline {
            items: names
                .iter()
                .zip(0..)
                .map(|(name, start)| Item {
                    start,
                    ..item(name)
                })
                .collect(),
            ..Outline::default()
        };
        ParseAnswer {
            id,
            language: Some("rust".into()),
            outcome: Ok(outline),
        }
    }

    fn sources(count: usize) -> Vec<(String, Bytes)> {
        (0..count)
            .map(|i| (format!("{i}.rs"), Bytes::new()))
            .collect()
    }

    const CONTEXT: Context<'_> = Context {
        package: "p",
        manifest: &|_| None,
    };

    fn names(order: &[u64]) -> (Vec<String>, usize) {
        let files: [&[&str]; 4] = [&["_a", "b"], &["c"], &["_d", "e"], &["f"]];
        let limits = Limits {
            snippets: 5,
            ..Limits::default()
        };
        let mut sum = Sum::new(&limits, sources(4));
        for id in order {
            sum.add(answer(*id, files[*id as usize]));
        }
        let parsed = sum.finish(&CONTEXT);
        (
            parsed.snippets.into_iter().map(|s| s.name).collect(),
            parsed.warnings.len(),
        )
    }

    #[test]
    fn public_snippets_are_kept_first_in_whatever_order_they_come() {
        let want: Vec<String> = ["_a", "b", "c", "e", "f"].map(String::from).into();
        for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [3, 0, 1, 2]] {
            assert_eq!(names(&order), (want.clone(), 1), "{order:?}");
        }
    }

    #[test]
    fn what_does_not_fit_is_left_out_from_the_end() {
        let one = answer(0, &["a", "b"]).outcome.unwrap().memory();
        let limits = Limits {
            outline_bytes: 3 * one,
            ..Limits::default()
        };
        for order in [[0, 1, 2, 3, 4], [4, 3, 2, 1, 0], [3, 0, 4, 2, 1]] {
            let mut sum = Sum::new(&limits, sources(5));
            for id in order {
                sum.add(answer(id, &["a", "b"]));
            }
            let parsed = sum.finish(&CONTEXT);
            let paths: BTreeSet<&str> = parsed.snippets.iter().map(|s| s.path.as_str()).collect();
            assert_eq!(paths, ["0.rs", "1.rs", "2.rs"].into(), "{order:?}");
            assert_eq!(parsed.skipped, [(SkipReason::TooMuch, 2)].into());
            assert_eq!(parsed.warnings.len(), 1);
            assert!(parsed.warnings[0].message.contains("2 files"));
        }
    }

    #[test]
    fn failures_are_named_and_rules_counted() {
        let mut sum = Sum::new(&Limits::default(), sources(40));
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
            });
        }
        let parsed = sum.finish(&CONTEXT);
        assert_eq!(parsed.skipped, [(SkipReason::Generated, 10)].into());
        let warnings = parsed.warnings;
        assert_eq!(warnings.len(), NAMED + 1);
        assert_eq!(warnings[0].path.as_deref(), Some("10.rs"));
        assert!(warnings[NAMED].message.starts_with("10 further"));
    }
}
