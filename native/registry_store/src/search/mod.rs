//! From a query to the packages and snippets that answer it.

mod cursor;
mod excerpt;
mod filter;
mod forms;
mod found;
mod heads;
mod hits;
mod names;
mod packages;
pub(crate) mod pages;
mod phrase;
mod query;
mod score;
mod similar;
mod snippets;
mod spelling;
mod spread;
mod successors;
mod verify;
mod why;
mod window;
