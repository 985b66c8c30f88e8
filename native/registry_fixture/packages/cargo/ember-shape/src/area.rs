/// What a shape covers.
pub struct Area {
    square_meters: f64,
}

impl Area {
    /// As a number.
    pub fn get(&self) -> f64 {
        self.square_meters
    }
}

/// Measures a square by its side.
pub fn measure(side: f64) -> Area {
    Area {
        square_meters: side * side,
    }
}

/// Not handed on by anyone.
pub fn unreachable_from_outside() {}
