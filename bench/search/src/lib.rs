//! What the benches of search and of look-ups share: the corpus, the questions, the peers and how
//! they are timed.
#![expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    reason = "a program for people at a terminal"
)]

pub mod corpus;
pub mod engines;
pub mod measure;
pub mod question;
pub mod resources;
pub mod steps;
pub mod table;

/// Whatever goes wrong ends the bench with its message.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
pub type Result<T> = std::result::Result<T, Failure>;
