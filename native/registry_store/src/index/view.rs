use std::sync::Arc;

use registry_types::Result;
use tantivy::columnar::{Cardinality, ColumnValues};
use tantivy::index::SegmentId;
use tantivy::schema::Field;
use tantivy::{Index, InvertedIndexReader, SegmentReader};

use crate::fault::index_error;
use crate::index::prior::first_order;
use crate::index::schema::{FACET, FAMILY, ID, ORDER, RELEASE, UPDATED};

/// An index as it was after one commit.
#[derive(Clone, Default)]
pub(crate) struct View {
    pub(crate) segments: Vec<Arc<Segment>>,
}

/// One segment, open for reading.
pub(crate) struct Segment {
    id: SegmentId,
    delete_opstamp: Option<u64>,
    reader: SegmentReader,
    pub(crate) order: Arc<dyn ColumnValues<u64>>,
    pub(crate) ids: Arc<dyn ColumnValues<u64>>,
    /// Of packages only.
    pub(crate) updated: Option<Arc<dyn ColumnValues<u64>>>,
    /// Of packages only.
    pub(crate) families: Option<Arc<dyn ColumnValues<u64>>>,
    /// Of snippets only.
    pub(crate) releases: Option<Arc<dyn ColumnValues<u64>>>,
    /// Of snippets only.
    pub(crate) facets: Option<Arc<dyn ColumnValues<u64>>>,
}

impl View {
    pub(crate) fn open(index: &Index, before: Option<&Self>) -> Result<Self> {
        let mut segments = Vec::new();
        for segment in index.searchable_segments().map_err(index_error)? {
            let (id, delete_opstamp) = (segment.id(), segment.meta().delete_opstamp());
            let known = before.and_then(|view| {
                let same = |s: &&Arc<Segment>| s.id == id && s.delete_opstamp == delete_opstamp;
                view.segments.iter().find(same)
            });
            segments.push(match known {
                Some(known) => Arc::clone(known),
                None => {
                    let reader = SegmentReader::open(&segment).map_err(index_error)?;
                    Arc::new(Segment::new(id, delete_opstamp, reader)?)
                }
            });
        }
        Ok(Self { segments })
    }

    /// Documents, those that were deleted but not yet merged away included: what frequencies of
    /// words are measured against.
    pub(crate) fn documents(&self) -> u64 {
        let counts = self.segments.iter().map(|s| u64::from(s.max_doc()));
        counts.sum()
    }
}

impl Segment {
    fn new(id: SegmentId, delete_opstamp: Option<u64>, reader: SegmentReader) -> Result<Self> {
        let fields = reader.fast_fields();
        let column = |name| {
            fields
                .u64(name)
                .map(|column| match column.get_cardinality() {
                    Cardinality::Full => column.values,
                    _ => column.first_or_default_col(0),
                })
                .map_err(index_error)
        };
        let order = column(ORDER)?;
        let ids = column(ID)?;
        let has = |name| reader.schema().get_field(name).is_ok();
        Ok(Self {
            id,
            delete_opstamp,
            order,
            ids,
            updated: has(UPDATED).then(|| column(UPDATED)).transpose()?,
            families: has(FAMILY).then(|| column(FAMILY)).transpose()?,
            releases: has(RELEASE).then(|| column(RELEASE)).transpose()?,
            facets: has(FACET).then(|| column(FACET)).transpose()?,
            reader,
        })
    }

    pub(crate) fn max_doc(&self) -> u32 {
        self.reader.max_doc()
    }

    pub(crate) fn postings(&self, field: Field) -> Result<Arc<InvertedIndexReader>> {
        self.reader.inverted_index(field).map_err(index_error)
    }

    pub(crate) fn is_alive(&self, document: u32) -> bool {
        self.reader
            .alive_bitset()
            .is_none_or(|alive| alive.is_alive(document))
    }

    /// The documents of the ecosystem with this number: they lie together.
    pub(crate) fn range(&self, ecosystem: u64) -> (u32, u32) {
        let start = self.first_not_below(first_order(ecosystem));
        (start, self.first_not_below(first_order(ecosystem + 1)))
    }

    fn first_not_below(&self, order: u64) -> u32 {
        let (mut low, mut high) = (0, self.max_doc());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.order.get_val(middle) < order {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }
}
