/// Whole.
pub fn before() -> Int {
  1
}

pub fn cut( -> {

/// Whole again.
pub fn after() -> Int {
  2
}
