use std::ops::Bound;

use registry_types::{Ecosystem, Error, Package, Result};

use crate::Store;
use crate::fault::{corrupt, redb_error};
use crate::key::{after_prefix, ecosystem_of, letter, package_key};

/// Which packages to list. Ecosystems come one after the other, names in alphabetical order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListQuery {
    /// Only this one; all when `None`.
    pub ecosystem: Option<Ecosystem>,
    /// At most so many. Default 100.
    pub limit: usize,
    /// Go on after this cursor: [`PackagePage::next`] or [`ListQuery::cursor`].
    pub after: Option<String>,
}

impl Default for ListQuery {
    fn default() -> Self {
        Self {
            ecosystem: None,
            limit: 100,
            after: None,
        }
    }
}

impl ListQuery {
    /// The cursor that goes on after this package, whether it is stored or not.
    ///
    /// ```
    /// use registry_store::ListQuery;
    /// use registry_types::Ecosystem;
    /// let after = Some(ListQuery::cursor(Ecosystem::Hex, "plug"));
    /// let query = ListQuery { after, ..ListQuery::default() };
    /// # assert_eq!(query.after.as_deref(), Some("h:plug"));
    /// ```
    #[must_use]
    pub fn cursor(ecosystem: Ecosystem, name: &str) -> String {
        package_key(ecosystem, name)
    }
}

/// A part of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PackagePage {
    /// The packages.
    pub packages: Vec<Package>,
    /// Where to go on; `None` at the end.
    pub next: Option<String>,
}

impl Store {
    /// Lists stored packages.
    ///
    /// # Errors
    /// `InvalidArgument` for a cursor that is none, or a limit beyond `Limits::rows`.
    pub fn list_packages(&self, query: &ListQuery) -> Result<PackagePage> {
        self.check_rows(query.limit)?;
        let cursor = |text: &str| ecosystem_of(text).is_some() && text.get(1..2) == Some(":");
        if let Some(after) = query.after.as_deref().filter(|after| !cursor(after)) {
            return Err(Error::invalid_argument(format!(
                "{after:?} is no cursor: take the `next` of a page before, or make one of a \
                     package"
            )));
        }
        self.read("the list of packages", |snapshot| {
            let prefix = query.ecosystem.map(|e| format!("{}:", letter(e)));
            let end = prefix.as_deref().map(after_prefix);
            let first = query.after.as_deref().max(prefix.as_deref());
            let start = match (first, &query.after) {
                (None, _) => Bound::Unbounded,
                (Some(first), Some(after)) if first == after => Bound::Excluded(first),
                (Some(first), _) => Bound::Included(first),
            };
            let end = end.as_deref().map_or(Bound::Unbounded, Bound::Excluded);
            let mut page = PackagePage::default();
            if let (Bound::Excluded(start) | Bound::Included(start), Bound::Excluded(end)) =
                (start, end)
                && start >= end
            {
                return Ok(page);
            }
            let keys = &snapshot.tables.package_keys;
            let mut last = None;
            for row in keys.range::<&str>((start, end)).map_err(redb_error)? {
                let (key, id) = row.map_err(redb_error)?;
                if page.packages.len() >= query.limit {
                    page.next = last;
                    break;
                }
                let (key, id) = (key.value(), id.value());
                let damaged = || corrupt(format_args!("package {key}"), "its record is missing");
                let row = snapshot.package_row(id)?.ok_or_else(damaged)?;
                page.packages.push(row.package);
                last = Some(key.to_owned());
            }
            Ok(page)
        })
    }

    /// Refuses a limit beyond the documented one.
    pub(crate) fn check_rows(&self, limit: usize) -> Result<()> {
        let most = self.shared.options.limits.rows;
        if limit == 0 || limit > most {
            return Err(Error::invalid_argument(format!(
                "a limit of {limit} rows: ask for 1 to {most}"
            ))
            .with("limit", "rows"));
        }
        Ok(())
    }
}
