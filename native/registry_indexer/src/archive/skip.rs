use registry_types::SkipReason;

/// What a warning says about files skipped for this reason; `None` where skipping is the rule
/// and nobody needs to hear of it.
pub(super) const fn complaint(reason: SkipReason) -> Option<&'static str> {
    match reason {
        SkipReason::TooLarge => Some("larger than the limit source_bytes"),
        SkipReason::TooMuch => Some("beyond what is kept of one archive"),
        SkipReason::Link => Some("links, which are never followed"),
        SkipReason::Special => Some("neither files nor directories"),
        SkipReason::NameNotUtf8 => Some("under names that are not UTF-8"),
        SkipReason::NameTooLong => Some("under names that are too long"),
        SkipReason::OutsideRoot => Some("outside the package's top directory"),
        SkipReason::Duplicate => Some("replaced by a later entry of the same name"),
        SkipReason::Unreadable => Some("encrypted or compressed by an unsupported method"),
        SkipReason::NotWanted
        | SkipReason::Test
        | SkipReason::Example
        | SkipReason::Vendored
        | SkipReason::Generated
        | SkipReason::Minified
        | SkipReason::Bundle
        | SkipReason::Tooling
        | SkipReason::OtherLanguage
        | SkipReason::NotText
        | SkipReason::UnknownLanguage => None,
    }
}

/// Whether the files were left out because of a limit.
pub(super) const fn is_limit(reason: SkipReason) -> bool {
    matches!(reason, SkipReason::TooLarge | SkipReason::TooMuch)
}
