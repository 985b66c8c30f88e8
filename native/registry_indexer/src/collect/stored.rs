//! What the store has already, and whether it answers a request.

use bytes::Bytes;
use http::Request;
use http::header::{HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH};
use registry_store::Store;
use registry_types::version::resolve;
use registry_types::{Error, ErrorKind, Package, Release, Result, Source, Warning, WarningKind};

use crate::request::CollectRequest;

/// A release in the store, and the package as it was then.
pub struct Stored {
    /// The package.
    pub package: Package,
    /// The release that the request means, by the versions known then.
    pub release: Release,
}

/// Looks for the release that `request` means. A damaged record is none: collecting heals it.
///
/// # Errors
/// `store_closed` and the like.
pub fn find(store: &Store, request: &CollectRequest) -> Result<Option<Stored>> {
    let (ecosystem, name) = (request.ecosystem, request.name.as_str());
    let Some(package) = absent(store.get_package(ecosystem, name))? else {
        return Ok(None);
    };
    let Ok(entry) = resolve(ecosystem, &request.version, &package.versions) else {
        return Ok(None);
    };
    let version = entry.version.clone();
    let release = absent(store.get_release(ecosystem, name, &version))?;
    Ok(release.map(|release| Stored { package, release }))
}

/// `None` for what is not there or cannot be read.
///
/// # Errors
/// All others.
pub fn absent<T>(found: Result<T>) -> Result<Option<T>> {
    let missing = |e: &Error| {
        matches!(
            e.kind,
            ErrorKind::NotFound | ErrorKind::VersionNotFound | ErrorKind::StoreCorrupt
        )
    };
    match found {
        Ok(value) => Ok(Some(value)),
        Err(e) if missing(&e) => Ok(None),
        Err(e) => Err(e),
    }
}

/// A part of a collect that may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Parsed sources.
    Snippets,
    /// Documents.
    Docs,
    /// Security advisories.
    Advisories,
    /// Downloads, owners, stars.
    Quality,
}

impl Part {
    const ALL: [Self; 4] = [Self::Snippets, Self::Docs, Self::Advisories, Self::Quality];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Snippets => "snippets",
            Self::Docs => "docs",
            Self::Advisories => "advisories",
            Self::Quality => "quality",
        }
    }

    const fn wanted(self, request: &CollectRequest) -> bool {
        match self {
            Self::Snippets => request.snippets,
            Self::Docs => request.docs,
            Self::Advisories => request.advisories,
            Self::Quality => request.quality,
        }
    }

    /// Says that the part is missing, and why. A later collect that wants it asks anew.
    pub fn missing(self, why: impl std::fmt::Display) -> Warning {
        Warning::new(
            WarningKind::Unavailable,
            format!("{}: {why}", self.as_str()),
        )
    }

    fn is_missing(self, release: &Release) -> bool {
        release.warnings.iter().any(|w| self.is_about(w))
    }

    fn is_about(self, warning: &Warning) -> bool {
        let rest = warning.message.strip_prefix(self.as_str());
        warning.kind == WarningKind::Unavailable && rest.is_some_and(|r| r.starts_with(": "))
    }

    fn left_out_warning(self) -> Warning {
        self.missing("not asked for")
    }

    /// The parts which `request` leaves out, as warnings.
    pub fn left_out(request: &CollectRequest) -> Vec<Warning> {
        let out = Self::ALL.into_iter().filter(|part| !part.wanted(request));
        out.map(Self::left_out_warning).collect()
    }
}

impl Stored {
    /// Whether the registry need only be asked if anything changed: everything that comes out of
    /// its own answer and its archive is here.
    ///
    /// Quality that could not be had does not count (a mirror has none on any day); quality that
    /// was left out does.
    pub fn answers(&self, request: &CollectRequest) -> bool {
        let left_out = self
            .release
            .warnings
            .contains(&Part::Quality.left_out_warning());
        self.has_contents(request) && !(request.quality && left_out)
    }

    /// Whether the archive need not be fetched for `request`: its contents are all here.
    pub fn has_contents(&self, request: &CollectRequest) -> bool {
        let missing = |part: Part| part.wanted(request) && part.is_missing(&self.release);
        !missing(Part::Snippets) && !missing(Part::Docs)
    }

    /// Whether advisories are wanted that were not asked for, or could not be had.
    pub fn lacks_advisories(&self, request: &CollectRequest) -> bool {
        request.advisories && Part::Advisories.is_missing(&self.release)
    }

    /// The release as if nobody had asked for its advisories yet.
    pub fn without_advisory_warnings(&self) -> Release {
        let mut release = self.release.clone();
        release.warnings.retain(|w| !Part::Advisories.is_about(w));
        release
    }
}

/// Whether a release was collected without its sources.
pub fn lacks_snippets(release: &Release) -> bool {
    Part::Snippets.is_missing(release)
}

/// Makes `request` conditional on `source`, if it goes to the address that `source` came from.
/// The validator goes back byte for byte: Hex sends and wants it without quotes.
pub fn make_conditional(request: &mut Request<Bytes>, source: Option<&Source>) {
    let Some(source) = source.filter(|s| s.endpoint == address(request)) else {
        return;
    };
    let (name, value) = match (&source.etag, &source.last_modified) {
        (Some(etag), _) => (IF_NONE_MATCH, etag),
        (None, Some(date)) => (IF_MODIFIED_SINCE, date),
        (None, None) => return,
    };
    if let Ok(value) = HeaderValue::from_bytes(value.as_bytes()) {
        request.headers_mut().insert(name, value);
    }
}

/// The address of a request as [`Source::endpoint`] keeps it.
pub fn address(request: &Request<Bytes>) -> String {
    url::Url::parse(&request.uri().to_string())
        .map(|url| crate::transport::show(&url))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use registry_types::Ecosystem;
    use registry_types::version::VersionSpec;

    fn stored(warnings: Vec<Warning>) -> Stored {
        let mut release = Release::new(Ecosystem::Npm, "x", "1.0.0");
        release.warnings = warnings;
        Stored {
            package: Package::new(Ecosystem::Npm, "x"),
            release,
        }
    }

    #[test]
    fn a_part_that_was_left_out_is_fetched_when_it_is_wanted() {
        let all = CollectRequest::new(Ecosystem::Npm, "x", VersionSpec::Latest);
        let bare = CollectRequest {
            snippets: false,
            docs: false,
            ..all.clone()
        };
        let without = stored(Part::left_out(&bare));
        assert!(!without.answers(&all) && !without.has_contents(&all));
        assert!(without.answers(&bare) && without.has_contents(&bare));
        assert!(stored(Part::left_out(&all)).answers(&all));
        let osv_down = stored(vec![Part::Advisories.missing("OSV: 503")]);
        assert!(osv_down.answers(&all) && osv_down.lacks_advisories(&all));
        assert_eq!(osv_down.without_advisory_warnings().warnings, []);
        let no_downloads = stored(vec![Part::Quality.missing("404")]);
        assert!(no_downloads.answers(&all) && !no_downloads.lacks_advisories(&all));
        let no_quality = CollectRequest {
            quality: false,
            ..all.clone()
        };
        assert!(!stored(Part::left_out(&no_quality)).answers(&all));
    }

    #[test]
    fn validators_go_back_verbatim_and_only_to_their_own_address() {
        let source = Source {
            endpoint: "https://h.test/packages/x".into(),
            etag: Some("51da9c27eb75e40e".into()),
            ..Source::default()
        };
        let mut request = Request::get("https://h.test/packages/x")
            .body(Bytes::new())
            .unwrap();
        make_conditional(&mut request, Some(&source));
        assert_eq!(request.headers()[IF_NONE_MATCH], "51da9c27eb75e40e");
        let mut other = Request::get("https://m.test/packages/x")
            .body(Bytes::new())
            .unwrap();
        make_conditional(&mut other, Some(&source));
        assert!(other.headers().is_empty());
    }
}
