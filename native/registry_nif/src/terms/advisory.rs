use registry_types::{
    Advisory, AdvisoryReport, AffectedRange, Cvss, Feed, FeedMark, FeedScope, RangeEvent,
};
use rustler::{NifMap, NifStruct};

use super::scalar::{DateTimeTerm, Name, Real, time};

/// `%PackageRegistry.Advisory{}`.
#[derive(NifStruct)]
#[module = "PackageRegistry.Advisory"]
#[rustler(encode)]
pub(crate) struct AdvisoryTerm<'a> {
    id: &'a str,
    aliases: &'a [String],
    summary: Option<&'a str>,
    details: Option<&'a str>,
    severity: Name,
    cvss: Option<CvssTerm<'a>>,
    affected: Vec<RangeTerm<'a>>,
    fixed_versions: &'a [String],
    symbols: &'a [String],
    operating_systems: &'a [String],
    architectures: &'a [String],
    informational: Option<Name>,
    malicious: bool,
    references: &'a [String],
    published_at: Option<DateTimeTerm>,
    modified_at: Option<DateTimeTerm>,
    withdrawn_at: Option<DateTimeTerm>,
    sources: &'a [String],
}

impl<'a> From<&'a Advisory> for AdvisoryTerm<'a> {
    fn from(advisory: &'a Advisory) -> Self {
        Self {
            id: &advisory.id,
            aliases: &advisory.aliases,
            summary: advisory.summary.as_deref(),
            details: advisory.details.as_deref(),
            severity: Name(advisory.severity.as_str()),
            cvss: advisory.cvss.as_ref().map(Into::into),
            affected: advisory.affected.iter().map(Into::into).collect(),
            fixed_versions: &advisory.fixed_versions,
            symbols: &advisory.symbols,
            operating_systems: &advisory.operating_systems,
            architectures: &advisory.architectures,
            informational: advisory.informational.map(|kind| Name(kind.as_str())),
            malicious: advisory.malicious,
            references: &advisory.references,
            published_at: time(advisory.published_at),
            modified_at: time(advisory.modified_at),
            withdrawn_at: time(advisory.withdrawn_at),
            sources: &advisory.sources,
        }
    }
}

#[derive(NifMap)]
#[rustler(encode)]
struct CvssTerm<'a> {
    version: &'a str,
    vector: &'a str,
    score: Real,
}

impl<'a> From<&'a Cvss> for CvssTerm<'a> {
    fn from(cvss: &'a Cvss) -> Self {
        Self {
            version: &cvss.version,
            vector: &cvss.vector,
            score: Real(cvss.score),
        }
    }
}

#[derive(NifMap)]
#[rustler(encode)]
struct RangeTerm<'a> {
    kind: &'a str,
    events: Vec<(Name, &'a str)>,
    versions: &'a [String],
    requirement: Option<&'a str>,
}

impl<'a> From<&'a AffectedRange> for RangeTerm<'a> {
    fn from(range: &'a AffectedRange) -> Self {
        Self {
            kind: &range.kind,
            events: range.events.iter().map(event).collect(),
            versions: &range.versions,
            requirement: range.requirement.as_deref(),
        }
    }
}

fn event(event: &RangeEvent) -> (Name, &str) {
    match event {
        RangeEvent::Introduced(version) => (Name("introduced"), version),
        RangeEvent::Fixed(version) => (Name("fixed"), version),
        RangeEvent::LastAffected(version) => (Name("last_affected"), version),
        RangeEvent::Limit(version) => (Name("limit"), version),
    }
}

/// `%PackageRegistry.AdvisoryReport{}`.
#[derive(NifStruct)]
#[module = "PackageRegistry.AdvisoryReport"]
#[rustler(encode)]
pub(crate) struct AdvisoryReportTerm<'a> {
    status: Name,
    advisories: Vec<AdvisoryTerm<'a>>,
    informational: Vec<AdvisoryTerm<'a>>,
    malicious: Vec<AdvisoryTerm<'a>>,
    feeds: Vec<FeedMarkTerm<'a>>,
}

impl<'a> From<&'a AdvisoryReport> for AdvisoryReportTerm<'a> {
    fn from(report: &'a AdvisoryReport) -> Self {
        let terms = |list: &'a [Advisory]| list.iter().map(Into::into).collect();
        Self {
            status: Name(report.status.as_str()),
            advisories: terms(&report.advisories),
            informational: terms(&report.informational),
            malicious: terms(&report.malicious),
            feeds: report.feeds.iter().map(Into::into).collect(),
        }
    }
}

#[derive(NifMap)]
#[rustler(encode)]
struct FeedMarkTerm<'a> {
    source: &'a str,
    asked_at: Option<DateTimeTerm>,
    scope: Name,
    version: Option<&'a str>,
    snapshot: Option<&'a str>,
    complete: bool,
}

impl<'a> From<&'a FeedMark> for FeedMarkTerm<'a> {
    fn from(mark: &'a FeedMark) -> Self {
        let (scope, version) = match &mark.scope {
            FeedScope::Ecosystem => ("ecosystem", None),
            FeedScope::Package => ("package", None),
            FeedScope::Version(version) => ("version", Some(version.as_str())),
        };
        Self {
            source: &mark.source,
            asked_at: time(mark.asked_at),
            scope: Name(scope),
            version,
            snapshot: mark.snapshot.as_deref(),
            complete: mark.complete,
        }
    }
}

/// `%PackageRegistry.AdvisoryFeed{}`.
#[derive(NifStruct)]
#[module = "PackageRegistry.AdvisoryFeed"]
#[rustler(encode)]
pub(crate) struct FeedTerm<'a> {
    source: &'a str,
    ecosystem: Name,
    asked_at: Option<DateTimeTerm>,
    origin: &'a str,
    modified_at: Option<DateTimeTerm>,
    records: u64,
    complete: bool,
}

impl<'a> From<&'a Feed> for FeedTerm<'a> {
    fn from(feed: &'a Feed) -> Self {
        Self {
            source: &feed.source,
            ecosystem: Name(feed.ecosystem.as_str()),
            asked_at: time(Some(feed.asked_at)),
            origin: &feed.origin,
            modified_at: time(feed.modified_at),
            records: feed.records,
            complete: feed.complete,
        }
    }
}
