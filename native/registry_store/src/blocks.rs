//! Snippets of a release are compressed together in blocks: neighbours in a file have much in
//! common. A block can still be asked for one of its snippets without decoding the others.
//!
//! Plain form: `[count u32][end of each snippet, u32 …][postcard …]`.

use registry_types::{Error, Result, Snippet};

use crate::fault::corrupt;

/// A block is closed once it is so long: a search reads two dozen of them for a page of results, and the
/// dictionary makes short ones nearly as small as long ones.
const BLOCK: usize = 4 * 1024;

/// The plain forms of blocks, each with the ordinal of its first snippet.
pub(crate) fn encode(snippets: &[Snippet]) -> Result<Vec<(u64, Vec<u8>)>> {
    let mut blocks = Vec::new();
    let mut first = 0;
    let mut ends: Vec<u32> = Vec::new();
    let mut body = Vec::new();
    for (ordinal, snippet) in (1_u64..).zip(snippets) {
        body = postcard::to_extend(snippet, body)
            .map_err(|e| Error::internal(format!("a snippet cannot be encoded: {e}")))?;
        ends.push(u32::try_from(body.len()).map_err(|_| {
            Error::limit(
                "source_bytes",
                format!("snippet {} is too long", snippet.name),
            )
        })?);
        if body.len() >= BLOCK || ordinal == snippets.len() as u64 {
            blocks.push((first, join(&ends, &body)));
            first = ordinal;
            ends.clear();
            body.clear();
        }
    }
    Ok(blocks)
}

fn join(ends: &[u32], body: &[u8]) -> Vec<u8> {
    let count = u32::try_from(ends.len()).unwrap_or(u32::MAX);
    let mut block = Vec::with_capacity(4 + 4 * ends.len() + body.len());
    for number in std::iter::once(&count).chain(ends) {
        block.extend_from_slice(&number.to_le_bytes());
    }
    block.extend_from_slice(body);
    block
}

/// A plain block.
pub(crate) struct Block<'a> {
    ends: &'a [[u8; 4]],
    body: &'a [u8],
}

impl<'a> Block<'a> {
    pub(crate) fn open(bytes: &'a [u8]) -> Result<Self> {
        let parts = || {
            let (count, rest) = bytes.split_first_chunk::<4>()?;
            let count = usize::try_from(u32::from_le_bytes(*count)).ok()?;
            let (ends, body) = rest.split_at_checked(count.checked_mul(4)?)?;
            Some(Self {
                ends: ends.as_chunks().0,
                body,
            })
        };
        parts().ok_or_else(|| corrupt("a block of snippets", "too short"))
    }

    pub(crate) const fn len(&self) -> usize {
        self.ends.len()
    }

    /// Snippet `n` of the block.
    pub(crate) fn get(&self, n: usize) -> Result<Snippet> {
        let end = |n: usize| {
            let end = self.ends.get(n)?;
            usize::try_from(u32::from_le_bytes(*end)).ok()
        };
        let start = match n.checked_sub(1) {
            None => Some(0),
            Some(before) => end(before),
        };
        let bytes = || self.body.get(start?..end(n)?);
        let bytes = bytes().ok_or_else(|| corrupt("a snippet", "not in its block"))?;
        postcard::from_bytes(bytes).map_err(|e| corrupt("a snippet", e))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use registry_types::{SnippetKind, Visibility};

    pub(crate) fn snippet(name: &str, source: String) -> Snippet {
        Snippet {
            language: "rust".into(),
            kind: SnippetKind::Function,
            name: name.into(),
            qualified_name: format!("krate::{name}"),
            signature: format!("pub fn {name}()"),
            doc: None,
            visibility: Visibility::Public,
            aliases: Vec::new(),
            condition: None,
            deprecated: false,
            open: false,
            path: "src/lib.rs".into(),
            start_line: 1,
            end_line: 2,
            source,
        }
    }

    #[test]
    fn every_snippet_comes_back_from_its_block() {
        let all: Vec<Snippet> = (0..300)
            .map(|n| snippet(&format!("f{n}"), "x".repeat(n * 3)))
            .collect();
        let blocks = encode(&all).unwrap();
        assert!(blocks.len() > 3);
        let mut seen = Vec::new();
        for (first, bytes) in &blocks {
            assert_eq!(*first as usize, seen.len());
            let block = Block::open(bytes).unwrap();
            for n in 0..block.len() {
                seen.push(block.get(n).unwrap());
            }
            assert!(block.get(block.len()).is_err());
        }
        assert_eq!(seen, all);
        assert!(encode(&[]).unwrap().is_empty());
    }

    #[test]
    fn foreign_bytes_are_refused() {
        assert!(Block::open(&[]).is_err());
        assert!(Block::open(&[255; 8]).is_err());
        let block = encode(&[snippet("f", String::new())]).unwrap();
        assert!(Block::open(&block[0].1[..6]).is_err());
    }
}
