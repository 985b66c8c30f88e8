//! Shapes: the first release.

mod area;
pub mod units;

pub use area::{Area, measure};
pub use units::Meter as Length;

/// A shape.
pub enum Shape {
    Circle,
    Square,
}

/// Why a shape cannot be drawn.
#[non_exhaustive]
pub enum DrawError {
    Empty,
}

/// What can be drawn.
pub trait Draw {
    /// Draws it.
    fn draw(&self) -> Result<(), DrawError>;
}

/// A point.
pub struct Point {
    pub x: f64,
    pub y: f64,
}

/// Scales a point.
pub fn scale(point: &Point, by: f64) -> Point {
    Point { x: point.x * by, y: point.y * by }
}

/// Moves a point.
pub fn shift(point: &Point, by: f64) -> Point {
    Point { x: point.x + by, y: point.y + by }
}

/// Leaves with the next release.
pub fn leave() {}

/// How many points a shape may have.
pub const LIMIT: usize = 8;
