use std::fs;
use std::path::{Path, PathBuf};

use registry_types::{Error, ErrorKind, Result, Timestamp};

use crate::backend::Quota;
use crate::db::{Db, Found};
use crate::fault::io_error;
use crate::options::{Recovered, StoreOptions};

/// Makes the directory of the store file.
pub(crate) fn make_directory(path: &Path) -> Result<()> {
    if path.is_dir() {
        return Err(Error::invalid_argument(format!(
            "{} is a directory: name a file in it",
            path.display()
        )));
    }
    match path.parent() {
        Some(parent) => {
            fs::create_dir_all(parent).map_err(|e| not_writable(io_error(&e, parent.display())))
        }
        None => Ok(()),
    }
}

/// Makes the name of a new file durable. Where that cannot be asked for, it is so anyway.
pub(crate) fn sync_directory(path: &Path) {
    if let Some(directory) = path.parent().and_then(|parent| fs::File::open(parent).ok()) {
        let _ = directory.sync_all();
    }
}

/// What stands in the way of a new file is a matter of where it was asked for.
fn not_writable(error: Error) -> Error {
    match error.kind {
        ErrorKind::StorageFull => error,
        _ => Error::new(ErrorKind::InvalidArgument, error.message),
    }
}

/// Opens the file; one that is damaged beyond reading, or of an older form, is renamed and a new one
/// begun.
pub(crate) fn open_or_set_aside(
    path: &Path,
    options: &StoreOptions,
    quota: &Quota,
) -> Result<(Found, Option<Recovered>)> {
    let error = match Db::open(path, options, quota) {
        Ok(found) => return Ok((found, None)),
        Err(error) => error,
    };
    if error.kind != ErrorKind::StoreCorrupt || !path.is_file() {
        return Err(error.context(path.display()));
    }
    let why = match error.details.iter().find(|(name, _)| name == "schema") {
        Some((_, version)) => format!("schema-{version}"),
        None => "corrupt".to_owned(),
    };
    let kept_as = set_aside(path, &why)?;
    let recovered = Recovered {
        kept_as,
        reason: error.message,
    };
    Ok((Db::open(path, options, quota)?, Some(recovered)))
}

/// Renames the file to a name that says why and when, and is not taken.
fn set_aside(path: &Path, why: &str) -> Result<PathBuf> {
    let time = Timestamp::now().to_string().replace(':', "-");
    for attempt in 0..100_u32 {
        let suffix = match attempt {
            0 => String::new(),
            n => format!("-{n}"),
        };
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{why}-{time}{suffix}"));
        let target = path.with_file_name(name);
        if !target.exists() {
            fs::rename(path, &target).map_err(|e| io_error(&e, path.display()))?;
            return Ok(target);
        }
    }
    Err(Error::new(
        ErrorKind::StoreCorrupt,
        format!(
            "{} is damaged and could not be kept aside: move it away by hand",
            path.display()
        ),
    ))
}
