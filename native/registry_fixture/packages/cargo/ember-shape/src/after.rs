//! Shapes: the second release.

mod area;
pub mod units;

pub use area::{Area, measure};
pub use units::Meter as Length;

/// A shape.
pub enum Shape {
    Circle,
    Square,
    Triangle,
}

/// Why a shape cannot be drawn.
#[non_exhaustive]
pub enum DrawError {
    Empty,
    TooLarge,
}

/// What can be drawn.
pub trait Draw {
    /// Draws it.
    fn draw(&self) -> Result<(), DrawError>;
    /// Removes it.
    fn clear(&self) {}
    /// Draws its border.
    fn border(&self) -> Result<(), DrawError>;
}

/// A point.
pub struct Point {
    pub x: f64,
    pub y: f64,
}

/// Scales a point.
pub fn scale(point: &Point, by: f64, from: &Point) -> Point {
    Point { x: from.x + point.x * by, y: from.y + point.y * by }
}

/// Moves a point.
#[deprecated(note = "use scale")]
pub fn shift(point: &Point, distance: f64) -> Point {
    Point { x: point.x + distance, y: point.y + distance }
}

/// Came with this release.
pub fn arrive() {}

/// How many points a shape may have.
pub const LIMIT: usize = 16;
