use std::io::BufRead;

use registry_store::{Bundle, Store};

use crate::row::Row;

/// Packages of one transaction.
const BATCH: usize = 2000;

/// Puts the packages of a JSON lines text into the store.
pub fn run(store: &Store, input: impl BufRead) -> Result<(), Box<dyn std::error::Error>> {
    let mut batch: Vec<Bundle> = Vec::with_capacity(BATCH);
    for (number, line) in input.lines().enumerate() {
        let row: Row =
            serde_json::from_str(&line?).map_err(|e| format!("line {}: {e}", number + 1))?;
        batch.push(row.into_bundle());
        if batch.len() == BATCH {
            store.put_many(&batch)?;
            batch.clear();
        }
    }
    store.put_many(&batch)?;
    Ok(())
}
