use registry_types::{Ecosystem, Result, Snippet, SnippetKind, Visibility};

use crate::Store;
use crate::blocks::Block;
use crate::db::Snapshot;
use crate::fault::{corrupt, redb_error};
use crate::key::{member, split_member};
use crate::tables::SNIPPETS;

/// Which snippets of a release are wanted. The default is all.
///
/// ```
/// use registry_store::SnippetFilter;
/// use registry_types::SnippetKind;
/// let functions = SnippetFilter { kind: Some(SnippetKind::Function), ..SnippetFilter::default() };
/// assert!(!functions.public_only);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SnippetFilter {
    /// Only this kind.
    pub kind: Option<SnippetKind>,
    /// Only this language.
    pub language: Option<String>,
    /// Leave internal items out.
    pub public_only: bool,
    /// At most so many.
    pub limit: Option<usize>,
    /// Skip so many.
    pub offset: usize,
}

impl SnippetFilter {
    fn takes(&self, snippet: &Snippet) -> bool {
        self.kind.is_none_or(|kind| snippet.kind == kind)
            && self
                .language
                .as_ref()
                .is_none_or(|language| snippet.language == *language)
            && (!self.public_only || snippet.visibility == Visibility::Public)
    }
}

impl Store {
    /// The snippets of a release, in the order in which they were put.
    ///
    /// # Errors
    /// `NotFound` or `VersionNotFound`.
    pub fn snippets(
        &self,
        ecosystem: Ecosystem,
        name: &str,
        version: &str,
        filter: &SnippetFilter,
    ) -> Result<Vec<Snippet>> {
        let what = format!("a snippet of {ecosystem} {name} {version}");
        self.read(&what, |snapshot| {
            let (_, release) = snapshot.find_release(ecosystem, name, version)?;
            let expected = snapshot.release(release, ecosystem, name)?;
            let mut seen = 0;
            let mut skip = filter.offset;
            let limit = filter.limit.unwrap_or(usize::MAX);
            let mut found = Vec::new();
            let members = member(release, 0)..member(release + 1, 0);
            let rows = &snapshot.tables.snippets;
            for row in rows.range(members).map_err(redb_error)? {
                if found.len() >= limit {
                    return Ok(found);
                }
                let (key, record) = row.map_err(redb_error)?;
                let opened = SNIPPETS.open(key.value(), record.value())?;
                let block = Block::open(opened.bytes(record.value()))?;
                if split_member(key.value()).1 != seen {
                    return Err(corrupt(&what, "a block is missing"));
                }
                seen += block.len() as u64;
                for n in 0..block.len() {
                    let snippet = block.get(n)?;
                    if !filter.takes(&snippet) {
                        continue;
                    }
                    if skip > 0 {
                        skip -= 1;
                    } else if found.len() < limit {
                        found.push(snippet);
                    }
                }
            }
            if seen != expected.release.snippet_count {
                return Err(corrupt(&what, "a block is missing"));
            }
            Ok(found)
        })
    }
}

impl Snapshot {
    /// One snippet by its key; `None` when it is no longer there.
    pub(crate) fn snippet(&self, key: u64) -> Result<Option<Snippet>> {
        let (release, ordinal) = split_member(key);
        let mut before = self
            .tables
            .snippets
            .range(member(release, 0)..=key)
            .map_err(redb_error)?;
        let Some((first, record)) = before.next_back().transpose().map_err(redb_error)? else {
            return Ok(None);
        };
        let opened = SNIPPETS.open(first.value(), record.value())?;
        let block = Block::open(opened.bytes(record.value()))?;
        let place = ordinal - split_member(first.value()).1;
        let place = usize::try_from(place).unwrap_or(usize::MAX);
        if place >= block.len() {
            return Ok(None);
        }
        block.get(place).map(Some)
    }
}
