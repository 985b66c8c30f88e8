//! Records and answers with the oddities met for real.

mod answers;
mod records;
