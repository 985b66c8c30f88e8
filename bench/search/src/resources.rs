//! What this process and its files take.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::time::Duration;

use crate::Result;

/// A line of `/proc/self/status`, in bytes.
fn status(name: &str) -> Result<u64> {
    let text = fs::read_to_string("/proc/self/status")?;
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    let kib = line.and_then(|rest| rest.split_whitespace().next());
    Ok(kib.ok_or("no such line")?.parse::<u64>()? * 1024)
}

/// Memory now in use.
pub fn resident() -> Result<u64> {
    status("VmRSS:")
}

/// The most memory that was ever in use.
pub fn peak() -> Result<u64> {
    status("VmHWM:")
}

/// CPU time of all threads.
pub fn cpu() -> Result<Duration> {
    let text = fs::read_to_string("/proc/self/stat")?;
    let after = text.rsplit(") ").next().unwrap_or_default();
    let ticks = |n: usize| -> Result<u64> {
        let field = after.split(' ').nth(n).ok_or("a short /proc/self/stat")?;
        Ok(field.parse()?)
    };
    // Linux counts in hundredths of a second.
    Ok(Duration::from_millis((ticks(11)? + ticks(12)?) * 10))
}

/// Bytes on the disk of a file, or of all files in a directory.
pub fn allocated(path: &Path) -> Result<u64> {
    let meta = fs::metadata(path)?;
    if meta.is_file() {
        return Ok(meta.blocks() * 512);
    }
    let mut bytes = 0;
    for entry in fs::read_dir(path)? {
        bytes += allocated(&entry?.path())?;
    }
    Ok(bytes)
}

/// Asks the kernel to forget what it holds of a file.
pub fn forget(path: &Path) -> Result<()> {
    let file = fs::File::open(path)?;
    file.sync_all()?;
    Ok(rustix::fs::fadvise(
        &file,
        0,
        None,
        rustix::fs::Advice::DontNeed,
    )?)
}
