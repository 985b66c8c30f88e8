//! README, change log and the other documents of an archive, as text.
