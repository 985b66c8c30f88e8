//! Downloads, owners, stars: what people read a package's worth from. Each source is optional.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use registry_protocols::{Metadata, cargo, github, github_repository, hex, npm, pypi};
use registry_types::{Advisory, Ecosystem, Package, Result, Warning};
use tokio::time::{Instant, timeout_at};

use super::ask::{ask, metadata_cap};
use super::registry;
use super::shared::Shared;
use super::stored::Part;
use crate::endpoints::Endpoint;
use crate::transport::Call;

/// The public cargo registry's web API allows one request per second.
const CARGO_PACE: Duration = Duration::from_secs(1);
/// Owners cost a second request there: only had when nobody waits.
const CARGO_OWNERS: Duration = Duration::from_secs(2);

/// Asks the registry's own sources and adds what they tell to `metadata`. The advisories that
/// Hex's API names come back with the warnings.
pub async fn ask_registry(
    shared: &Arc<Shared>,
    metadata: &mut Metadata,
    index: &Endpoint,
    deadline: Instant,
) -> (Vec<Warning>, Vec<Advisory>) {
    let ecosystem = metadata.package.ecosystem;
    let mut advisories = Vec::new();
    let asked = async {
        match ecosystem {
            Ecosystem::Cargo => of_cargo(shared, metadata, index, deadline).await,
            Ecosystem::Npm => of_npm(shared, &mut metadata.package, deadline).await,
            Ecosystem::Pypi => of_pypi(shared, &mut metadata.package, deadline).await,
            Ecosystem::Hex => {
                advisories = of_hex(shared, metadata, deadline).await?;
                Ok(())
            }
            Ecosystem::Github => Ok(()),
        }
    };
    let warnings = match timeout_at(deadline, asked).await {
        Ok(Ok(())) => Vec::new(),
        Ok(Err(e)) => vec![Part::Quality.missing(e)],
        Err(_) => vec![Part::Quality.missing("the downloads API took too long")],
    };
    (warnings, advisories)
}

async fn of_cargo(
    shared: &Arc<Shared>,
    metadata: &mut Metadata,
    index: &Endpoint,
    deadline: Instant,
) -> Result<()> {
    let config = registry::cargo_config(shared, index, deadline).await?;
    let name = metadata.package.name.clone();
    let Some(request) = cargo::api_request(&config, &name)? else {
        return Ok(());
    };
    let response = paced(shared, index, request, deadline).await?;
    cargo::apply_api(metadata, &response)?;
    if let Some(request) = cargo::owners_request(&config, &name)? {
        let soon = deadline.min(Instant::now() + CARGO_OWNERS);
        if let Ok(Ok(response)) = timeout_at(soon, paced(shared, index, request, soon)).await {
            // Owners are a courtesy: without them nothing is worth a warning.
            let _ = cargo::apply_owners(metadata, &response);
        }
    }
    Ok(())
}

/// A request of which the host wants no more than one a second.
async fn paced(
    shared: &Shared,
    index: &Endpoint,
    mut request: Request<Bytes>,
    deadline: Instant,
) -> Result<Response<Bytes>> {
    index.authorize(&mut request);
    let call = Call {
        pace: Some(CARGO_PACE),
        deadline: Some(deadline),
        ..Call::new(&request, &index.url, metadata_cap(shared))
    };
    shared.transport.send(call).await
}

async fn of_npm(shared: &Arc<Shared>, package: &mut Package, deadline: Instant) -> Result<()> {
    let name = package.name.clone();
    let found = shared
        .glance(move |s| s.registries.npm_downloads(&name))
        .await?;
    let Some(endpoint) = found else { return Ok(()) };
    let request = npm::downloads_request(&endpoint.url, &package.name)?;
    let response = ask(shared, &endpoint, request, None, deadline).await?;
    package.downloads = npm::parse_downloads(&response)?;
    Ok(())
}

async fn of_pypi(shared: &Arc<Shared>, package: &mut Package, deadline: Instant) -> Result<()> {
    let Some(endpoint) = shared.registries.pypi_downloads()? else {
        return Ok(());
    };
    let request = pypi::downloads_request(&endpoint.url, &package.name)?;
    let response = ask(shared, &endpoint, request, None, deadline).await?;
    package.downloads = pypi::parse_downloads(&package.name, &response)?;
    Ok(())
}

async fn of_hex(
    shared: &Arc<Shared>,
    metadata: &mut Metadata,
    deadline: Instant,
) -> Result<Vec<Advisory>> {
    let found = shared.glance(|s| Ok((s.registries.hex_api()?, registry::hex_repository(s)?.1)));
    let (Some(endpoint), repository) = found.await? else {
        return Ok(Vec::new());
    };
    let request = hex::api_request(&endpoint.url, &repository, &metadata.package.name)?;
    let response = ask(shared, &endpoint, request, None, deadline).await?;
    hex::apply_api(metadata, &response)
}

/// The stars of the package's repository, where asking GitHub is worth it.
pub async fn ask_stars(
    shared: &Arc<Shared>,
    package: &mut Package,
    deadline: Instant,
) -> Option<Warning> {
    let repository = github_repository(package.repository.as_deref()?)?;
    let asked = async {
        let found: Option<Endpoint> = shared.glance(|s| s.registries.github_for_stars()).await?;
        let Some(endpoint) = found else {
            return Result::Ok(());
        };
        let request = github::repository_request(&endpoint.url, &repository, None)?;
        let response = ask(shared, &endpoint, request, None, deadline).await?;
        package.stars = github::parse_repository(&repository, &response)?.stars;
        Ok(())
    };
    match timeout_at(deadline, asked).await {
        Ok(Ok(())) => None,
        Ok(Err(e)) => Some(Part::Quality.missing(format!("GitHub: {e}"))),
        Err(_) => Some(Part::Quality.missing("GitHub took too long")),
    }
}
