//! Where the bytes of our file are.

use redb::{ReadableDatabase, TableHandle};

use super::{Found, Plan, fact};
use crate::Result;

/// Bytes per package of each table: what is stored, and what its pages take beyond that.
pub fn run(plan: &Plan) -> Result<Found> {
    let database = redb::Database::open(plan.store())?;
    let read = database.begin_read()?;
    let packages = plan.packages as f64;
    let mut found = Found::default();
    for table in read.list_tables()?.collect::<Vec<_>>() {
        let name = table.name().to_owned();
        let stats = redb::ReadableTableMetadata::stats(&read.open_untyped_table(table)?)?;
        let stored = stats.stored_bytes() as f64 / packages;
        let beyond = (stats.metadata_bytes() + stats.fragmented_bytes()) as f64 / packages;
        if stored + beyond >= 1.0 {
            found
                .facts
                .push(fact(format!("table {name}, stored"), stored, "B"));
            found
                .facts
                .push(fact(format!("table {name}, beyond"), beyond, "B"));
        }
    }
    Ok(found)
}
