//! Every fixture, mutilated in many ways: the outline may be poor, but there is one, and it is
//! consistent with the text.

#![expect(clippy::unwrap_used, reason = "helpers of tests")]

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use package_api::{FileOutline, into_snippets};
use universal_parser::{Options, Outliner};

/// Mutants of each fixture; `MUTATIONS=5000 cargo test …` for a longer run.
fn mutants() -> usize {
    std::env::var("MUTATIONS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(60)
}

struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % bound.max(1)
    }
}

fn fixtures(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            fixtures(&path, found);
        } else if path
            .extension()
            .is_none_or(|extension| extension != "outline")
        {
            found.push(path);
        }
    }
}

fn mutate(source: &[u8], random: &mut Random) -> Vec<u8> {
    let mut text = source.to_vec();
    for _ in 0..=random.below(4) {
        let at = random.below(text.len());
        let length = random.below(40).min(text.len() - at);
        match random.below(6) {
            0 => drop(text.drain(at..at + length)),
            1 => text.truncate(at),
            2 => {
                let piece = text[at..at + length].to_vec();
                let to = random.below(text.len());
                text.splice(to..to, piece);
            }
            3 => {
                let odd: [&[u8]; 12] = [
                    b"{",
                    b"}",
                    b"(",
                    b")",
                    b"\"",
                    b"'",
                    b"/*",
                    b"\n",
                    b"\xff",
                    "é🙂".as_bytes(),
                    b"#",
                    b"\r\n",
                ];
                text.splice(at..at, odd[random.below(odd.len())].iter().copied());
            }
            4 if at < text.len() => text[at] = u8::try_from(1 + random.below(255)).unwrap(),
            _ => drop(text.drain(..at)),
        }
        if text.is_empty() {
            break;
        }
    }
    text.retain(|byte| *byte != 0);
    text
}

#[test]
fn mutilated_fixtures_have_consistent_outlines() {
    std::thread::Builder::new()
        .stack_size(64 << 20)
        .spawn(run)
        .unwrap()
        .join()
        .unwrap();
}

fn run() {
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/outline");
    let mut sources = Vec::new();
    fixtures(&base, &mut sources);
    let mut random = Random(0x2545_f491_4f6c_dd1d);
    let mut outliner = Outliner::new();
    let options = Options {
        timeout: Duration::from_secs(2),
        data_files: true,
        ..Options::default()
    };
    for path in sources {
        let source = fs::read(&path).unwrap();
        let path = path
            .strip_prefix(&base)
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned();
        for _ in 0..mutants() {
            let text = mutate(&source, &mut random);
            let Ok(outline) = outliner.outline(&path, "p", &text, &options) else {
                continue;
            };
            let lines = u32::try_from(text.split(|byte| *byte == b'\n').count()).unwrap();
            for item in &outline.items {
                assert!(
                    item.start <= item.end && item.end as usize <= text.len(),
                    "{item:?}"
                );
                assert!(
                    item.start_line >= 1 && item.start_line <= item.end_line,
                    "{item:?}"
                );
                assert!(item.end_line <= lines, "{item:?} of {lines} lines");
                assert!(
                    !item.name.is_empty() && !item.signature.contains('\n'),
                    "{item:?}"
                );
                let parent = item.parent.map(|parent| parent as usize);
                assert!(
                    parent.is_none_or(|parent| parent < outline.items.len()),
                    "{item:?}"
                );
            }
            let path = path.clone();
            let _ = into_snippets(FileOutline { path, outline }, &text);
        }
    }
}
