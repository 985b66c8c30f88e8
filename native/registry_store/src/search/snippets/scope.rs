//! Which snippets may be found.

use registry_types::{Ecosystem, Error, ErrorKind, Result, SnippetQuery, Visibility};
use tantivy::Term;

use super::query::{Filters, SymbolQuery};
use crate::db::Snapshot;
use crate::fault::redb_error;
use crate::index::documents::Facet;
use crate::index::impact::terms_of;
use crate::index::view::Segment;
use crate::search::cursor::Cursor;
use crate::search::score::{Driver, Filter};

/// What remains of an internal item beside a public one.
pub(crate) const INTERNAL: f32 = 0.5;

pub(crate) struct Scope<'a> {
    snapshot: &'a Snapshot,
    filters: Filters,
    /// The ecosystems that the options and the query allow.
    pub(crate) ecosystems: Vec<Ecosystem>,
    /// Only those of these releases; otherwise those of every package's newest.
    releases: Option<Vec<u32>>,
    /// Packages whose snippets are left out.
    without_packages: Vec<u32>,
    /// Words whose snippets are left out.
    without: &'a [String],
    /// By the numbers of the index. `None` allows all; unknown languages have no number.
    languages: Option<Vec<u16>>,
    without_languages: Vec<u16>,
}

impl<'a> Scope<'a> {
    pub(crate) fn of(
        snapshot: &'a Snapshot,
        options: &SnippetQuery,
        query: &'a SymbolQuery,
    ) -> Result<Self> {
        let mut filters = query.filters.clone();
        // A visibility that is asked for in the text is no slip.
        if options.public_only && filters.visibility == Default::default() {
            filters.visibility.only.push(Visibility::Public);
        }
        let ecosystems: Vec<Ecosystem> = Ecosystem::ALL
            .into_iter()
            .filter(|e| options.ecosystems.is_empty() || options.ecosystems.contains(e))
            .filter(|e| filters.ecosystems.takes(e))
            .collect();
        let numbers = |names: &[String]| -> Result<Vec<u16>> {
            let mut found = Vec::new();
            for name in names {
                let number = snapshot.tables.languages.get(name.as_str());
                found.extend(number.map_err(redb_error)?.map(|n| n.value()));
            }
            Ok(found)
        };
        let wanted = &filters.languages;
        let mut languages = match wanted.only.as_slice() {
            [] => None,
            some => Some(numbers(some)?),
        };
        if let Some(name) = &options.language {
            let only = numbers(std::slice::from_ref(name))?;
            languages = Some(match languages {
                None => only,
                Some(known) => known.into_iter().filter(|n| only.contains(n)).collect(),
            });
        }
        let without_languages = numbers(&wanted.not)?;
        let mut without_packages = Vec::new();
        for name in &filters.packages.not {
            for ecosystem in &ecosystems {
                match snapshot.package_id(*ecosystem, name) {
                    Ok(id) => without_packages.push(id),
                    Err(error) if error.kind == ErrorKind::NotFound => {}
                    Err(error) => return Err(error),
                }
            }
        }
        if let Some(kind) = options.kind {
            filters.kinds.only = match filters.kinds.takes(&kind) {
                true => vec![kind],
                // Nothing is of two kinds.
                false => {
                    filters.kinds.not.push(kind);
                    vec![kind]
                }
            };
        }
        let releases = releases(snapshot, options, &filters, &ecosystems)?;
        Ok(Self {
            snapshot,
            filters,
            ecosystems,
            releases,
            without_packages,
            without: &query.without,
            languages,
            without_languages,
        })
    }
}

/// The releases a search is about, where it names packages.
fn releases(
    snapshot: &Snapshot,
    options: &SnippetQuery,
    filters: &Filters,
    ecosystems: &[Ecosystem],
) -> Result<Option<Vec<u32>>> {
    let version = match (&options.version, &filters.version) {
        (Some(one), Some(other)) if one != other => {
            return Err(Error::invalid_argument(format!(
                "version {one} and version:{other}: one version can be asked for"
            )));
        }
        (one, other) => one.as_ref().or(other.as_ref()),
    };
    let mut found: Option<Vec<u32>> = None;
    for names in [options.package.as_slice(), &filters.packages.only] {
        if names.is_empty() {
            continue;
        }
        let these = releases_of(snapshot, names, version, ecosystems)?;
        found = Some(match found {
            None => these,
            Some(known) => known.into_iter().filter(|r| these.contains(r)).collect(),
        });
    }
    match (found, version) {
        (None, Some(version)) => Err(Error::invalid_argument(format!(
            "version {version} of which package? Name it, or leave the version out"
        ))),
        (found, _) => Ok(found),
    }
}

/// Each package must be there in one ecosystem at least.
fn releases_of(
    snapshot: &Snapshot,
    names: &[String],
    version: Option<&String>,
    ecosystems: &[Ecosystem],
) -> Result<Vec<u32>> {
    let mut found = Vec::new();
    for name in names {
        let before = found.len();
        let mut known = false;
        let mut missing = None;
        for ecosystem in ecosystems {
            let release = match version {
                Some(version) => snapshot
                    .find_release(*ecosystem, name, version)
                    .map(|(_, id)| Some(id)),
                None => snapshot.face(*ecosystem, name),
            };
            match release {
                Ok(release) => {
                    known = true;
                    found.extend(release);
                }
                Err(error) if error.kind == ErrorKind::NotFound => {
                    missing = missing.or(Some(error));
                }
                Err(error) if error.kind == ErrorKind::VersionNotFound => missing = Some(error),
                Err(error) => return Err(error),
            }
        }
        if let Some(error) = missing
            && !known
            && found.len() == before
        {
            return Err(error);
        }
    }
    Ok(found)
}

impl Snapshot {
    /// The release that stands for a package.
    fn face(&self, ecosystem: Ecosystem, name: &str) -> Result<Option<u32>> {
        let id = self.package_id(ecosystem, name)?;
        Ok(self.package_row(id)?.and_then(|row| row.face))
    }
}

impl Filter for Scope<'_> {
    fn driver(&self, segment: &Segment) -> Result<Option<Driver>> {
        let fields = &self.snapshot.snippet_fields;
        let mut all = Vec::new();
        let mut none = Vec::new();
        if let Some(releases) = &self.releases {
            let terms = releases
                .iter()
                .map(|r| Term::from_field_u64(fields.release, u64::from(*r)));
            all.push(Cursor::of_terms(segment, terms)?);
        }
        if !self.without_packages.is_empty() {
            let terms = self
                .without_packages
                .iter()
                .map(|id| Term::from_field_u64(fields.package, u64::from(*id)));
            none.push(Cursor::of_terms(segment, terms)?);
        }
        if !self.without.is_empty() {
            let terms = self
                .without
                .iter()
                .flat_map(|word| terms_of(word))
                .map(|(term, _)| Term::from_field_text(fields.text, &term));
            none.push(Cursor::of_terms(segment, terms)?);
        }
        Ok((!all.is_empty() || !none.is_empty()).then(|| Driver::new(all, none)))
    }

    fn factor(&self, segment: &Segment, document: u32) -> f32 {
        let facet = segment.facets.as_ref().map_or(0, |f| f.get_val(document));
        let facet = Facet::unpack(facet);
        let visibility = if facet.public {
            Visibility::Public
        } else {
            Visibility::Internal
        };
        let languages = self.languages.as_ref();
        let right = self.filters.kinds.takes(&facet.kind)
            && self.filters.visibility.takes(&visibility)
            && languages.is_none_or(|known| known.contains(&facet.language))
            && !self.without_languages.contains(&facet.language);
        if !right {
            return 0.0;
        }
        if self.releases.is_none() {
            let release = segment.releases.as_ref().map_or(0, |r| r.get_val(document));
            if self.snapshot.stale.contains(release) {
                return 0.0;
            }
        }
        facet.quality() * if facet.public { 1.0 } else { INTERNAL }
    }
}
