//// Only for the shelf itself.

/// Compares two titles.
pub fn compare(a: String, b: String) -> Bool {
  a == b
}
