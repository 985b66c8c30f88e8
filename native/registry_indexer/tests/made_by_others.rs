//! Reads archives that other programs made: GNU tar, Python's `tarfile` and `zipfile`, and the
//! hex_core inside rebar3. Where one is not installed, this says so and tests nothing.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use registry_indexer::archive::{Archive, SkipReason, Want, read};
use registry_protocols::{ArchiveFormat, ArchiveRoot};
use registry_types::Limits;

fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let found = std::env::split_paths(&path)
        .map(|directory| directory.join(program))
        .find(|file| file.is_file());
    if found.is_none() {
        eprintln!("SKIPPED: {program} is not installed");
    }
    found
}

fn run(command: &mut Command) {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {output:?}");
}

/// A package with the names that archives find hard: long, deep, not ASCII.
fn package(at: &Path) -> BTreeMap<String, Vec<u8>> {
    let files: BTreeMap<String, Vec<u8>> = [
        ("README.md".to_owned(), b"# Title\n".to_vec()),
        ("empty.txt".to_owned(), Vec::new()),
        ("src/grün 🦀.rs".to_owned(), b"fn main() {}\n".to_vec()),
        (format!("src/{}.rs", "n".repeat(180)), vec![b'x'; 70_000]),
        (format!("{}end.rs", "deep/".repeat(60)), b"// deep".to_vec()),
    ]
    .into();
    for (path, bytes) in &files {
        let path = at.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    files
}

fn check(bytes: &[u8], format: ArchiveFormat, files: &BTreeMap<String, Vec<u8>>) -> Archive {
    let root = match format {
        ArchiveFormat::HexTar => ArchiveRoot::AsIs,
        _ => ArchiveRoot::StripFirst,
    };
    let limits = Limits::default();
    let archive = read(bytes, format, root, &limits, &|_| Want::Whole(1 << 20)).unwrap();
    let read: BTreeMap<String, Vec<u8>> = archive
        .files
        .iter()
        .map(|(path, file)| (path.clone(), file.bytes.to_vec()))
        .collect();
    assert_eq!(&read, files);
    archive
}

#[test]
fn gnu_tar() {
    let Some(tar) = find("tar") else { return };
    let directory = tempfile::tempdir().unwrap();
    let files = package(&directory.path().join("pkg-1.0"));
    #[cfg(unix)]
    std::os::unix::fs::symlink("README.md", directory.path().join("pkg-1.0/link")).unwrap();
    for format in ["gnu", "pax", "oldgnu"] {
        let file = directory.path().join(format!("{format}.tgz"));
        run(Command::new(&tar)
            .current_dir(directory.path())
            .arg(format!("--format={format}"))
            .arg("-czf")
            .args([file.as_path(), Path::new("pkg-1.0")]));
        let archive = check(&fs::read(file).unwrap(), ArchiveFormat::TarGz, &files);
        #[cfg(unix)]
        assert_eq!(archive.skipped[&SkipReason::Link], 1, "{format}");
    }
}

#[test]
fn sparse_files_of_gnu_tar() {
    let Some(tar) = find("tar") else { return };
    let directory = tempfile::tempdir().unwrap();
    let files = package(&directory.path().join("pkg-1.0"));
    let hole = fs::File::create(directory.path().join("pkg-1.0/hole.bin")).unwrap();
    hole.set_len(10 << 20).unwrap();
    for version in ["0.0", "0.1", "1.0"] {
        let file = directory.path().join(format!("{version}.tgz"));
        run(Command::new(&tar)
            .current_dir(directory.path())
            .arg("--format=pax")
            .arg(format!("--sparse-version={version}"))
            .arg("-czSf")
            .args([file.as_path(), Path::new("pkg-1.0")]));
        let archive = check(&fs::read(file).unwrap(), ArchiveFormat::TarGz, &files);
        assert_eq!(archive.skipped[&SkipReason::Special], 1, "{version}");
    }
}

#[test]
fn python() {
    let Some(python) = find("python3") else {
        return;
    };
    let directory = tempfile::tempdir().unwrap();
    let files = package(&directory.path().join("pkg-1.0"));
    let script = "
import tarfile, zipfile, os
for name, form in (('gnu', tarfile.GNU_FORMAT), ('pax', tarfile.PAX_FORMAT)):
    with tarfile.open(name + '.tgz', 'w:gz', format=form) as tar:
        tar.add('pkg-1.0')
for name, method in (('stored', zipfile.ZIP_STORED), ('deflated', zipfile.ZIP_DEFLATED)):
    with zipfile.ZipFile(name + '.zip', 'w', method) as made:
        for directory, _, files in os.walk('pkg-1.0'):
            made.write(directory)
            for file in files:
                made.write(os.path.join(directory, file))
class Pipe:  # cannot seek, so that sizes follow the data
    def __init__(self, to): self.to = to
    def write(self, data): return self.to.write(data)
    def flush(self): self.to.flush()
with open('piped.zip', 'wb') as to, zipfile.ZipFile(Pipe(to), 'w', zipfile.ZIP_DEFLATED) as made:
    for directory, _, files in os.walk('pkg-1.0'):
        for file in files:
            made.write(os.path.join(directory, file))
";
    run(Command::new(&python)
        .current_dir(directory.path())
        .args(["-c", script]));
    for (file, format) in [
        ("gnu.tgz", ArchiveFormat::TarGz),
        ("pax.tgz", ArchiveFormat::TarGz),
        ("stored.zip", ArchiveFormat::Zip),
        ("deflated.zip", ArchiveFormat::Zip),
        ("piped.zip", ArchiveFormat::Zip),
    ] {
        let archive = check(
            &fs::read(directory.path().join(file)).unwrap(),
            format,
            &files,
        );
        assert!(
            archive.warnings.is_empty(),
            "{file}: {:?}",
            archive.warnings
        );
    }
}

#[test]
fn hex_core() {
    let (Some(rebar3), Some(escript)) = (find("rebar3"), find("escript")) else {
        return;
    };
    let directory = tempfile::tempdir().unwrap();
    let files = package(&directory.path().join("pkg"));
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/made_by_others/hex.escript");
    run(Command::new(escript)
        .current_dir(directory.path())
        .args([&script, &rebar3]));
    let bytes = fs::read(directory.path().join("made.tar")).unwrap();
    let archive = check(&bytes, ArchiveFormat::HexTar, &files);
    let outer = archive.hex.unwrap();
    let said = fs::read_to_string(directory.path().join("inner_checksum")).unwrap();
    assert_eq!(outer.inner_checksum, said);
    assert!(outer.metadata.starts_with(b"{<<\""));
}
