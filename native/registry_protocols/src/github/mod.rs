//! GitHub: what a repository says about the packages made from it, and GitHub's advisories.
//!
//! Every request takes an optional token. Without one GitHub answers 60 requests an hour per
//! address, so ask for little and repeat with `If-None-Match` (a 304 costs nothing with a token).

mod advisory;
mod limit;
mod release;
mod repository;
mod request;

pub use advisory::{AdvisoryPage, advisories_request, parse_advisories};
pub use limit::{RateLimit, check, rate_limit};
pub use release::{
    GithubRelease, latest_release_request, parse_release, parse_releases, parse_tags,
    releases_request, tags_request,
};
pub use repository::{
    Repository, parse_readme, parse_repository, readme_request, repository_request,
};
