//! Units of length.

/// A meter.
pub struct Meter(pub f64);
