//! Timers.

use std::time::Duration;

/// A future that is ready after a while.
pub struct Sleep {
    after: Duration,
}

/// Waits until `after` has passed.
pub fn sleep(after: Duration) -> Sleep {
    Sleep { after }
}
