//! The messages of the Hex registry (version 2), written by hand so that no `protoc` is needed.
//! Enumerations are plain numbers: a reason unknown to us must not fail a package.

/// A signed resource.
#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct Signed {
    #[prost(bytes = "vec", tag = "1")]
    pub(super) payload: Vec<u8>,
    #[prost(bytes = "vec", tag = "2")]
    pub(super) signature: Vec<u8>,
}

/// The resource `packages/{name}`.
#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct Package {
    #[prost(message, repeated, tag = "1")]
    pub(super) releases: Vec<Release>,
    #[prost(string, tag = "2")]
    pub(super) name: String,
    #[prost(string, tag = "3")]
    pub(super) repository: String,
    #[prost(message, repeated, tag = "4")]
    pub(super) advisories: Vec<SecurityAdvisory>,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct Release {
    #[prost(string, tag = "1")]
    pub(super) version: String,
    #[prost(bytes = "vec", tag = "2")]
    pub(super) inner_checksum: Vec<u8>,
    #[prost(message, repeated, tag = "3")]
    pub(super) dependencies: Vec<Dependency>,
    #[prost(message, optional, tag = "4")]
    pub(super) retired: Option<Retired>,
    #[prost(bytes = "vec", optional, tag = "5")]
    pub(super) outer_checksum: Option<Vec<u8>>,
    #[prost(uint32, repeated, tag = "6")]
    pub(super) advisory_indexes: Vec<u32>,
    #[prost(message, optional, tag = "7")]
    pub(super) published_at: Option<Time>,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct Retired {
    #[prost(int32, tag = "1")]
    pub(super) reason: i32,
    #[prost(string, optional, tag = "2")]
    pub(super) message: Option<String>,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct Dependency {
    #[prost(string, tag = "1")]
    pub(super) package: String,
    #[prost(string, tag = "2")]
    pub(super) requirement: String,
    #[prost(bool, tag = "3")]
    pub(super) optional: bool,
    #[prost(string, optional, tag = "4")]
    pub(super) app: Option<String>,
    #[prost(string, optional, tag = "5")]
    pub(super) repository: Option<String>,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct Time {
    #[prost(int64, tag = "1")]
    pub(super) seconds: i64,
    #[prost(int32, tag = "2")]
    pub(super) nanos: i32,
}

#[derive(Clone, PartialEq, prost::Message)]
pub(super) struct SecurityAdvisory {
    #[prost(string, tag = "1")]
    pub(super) id: String,
    #[prost(string, tag = "2")]
    pub(super) summary: String,
    #[prost(string, tag = "3")]
    pub(super) html_url: String,
    #[prost(int32, optional, tag = "4")]
    pub(super) severity: Option<i32>,
    #[prost(float, optional, tag = "5")]
    pub(super) cvss_score: Option<f32>,
    #[prost(string, tag = "6")]
    pub(super) api_url: String,
    #[prost(string, repeated, tag = "7")]
    pub(super) aliases: Vec<String>,
}
