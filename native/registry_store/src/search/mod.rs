//! From a query to the packages and snippets that answer it.

mod cursor;
mod excerpt;
mod forms;
mod hits;
mod names;
mod packages;
mod query;
mod score;
mod snippets;
mod spelling;
mod why;
