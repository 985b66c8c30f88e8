//! From a query to the packages and snippets that answer it.

mod cursor;
mod excerpt;
mod packages;
mod query;
mod score;
mod snippets;
mod spelling;
