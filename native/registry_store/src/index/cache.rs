use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tantivy::directory::OwnedBytes;

type Key = (u32, u32);

/// Checked chunks of index files, within a budget of bytes. Second chance: what was read since it
/// last came up for eviction stays.
pub(crate) struct ChunkCache {
    shards: Vec<Mutex<Shard>>,
}

#[derive(Default)]
struct Shard {
    chunks: HashMap<Key, (OwnedBytes, bool)>,
    order: VecDeque<Key>,
    bytes: usize,
    budget: usize,
}

const SHARDS: usize = 16;

impl ChunkCache {
    pub(crate) fn new(budget: usize) -> Self {
        let shard = || {
            Mutex::new(Shard {
                budget: budget / SHARDS,
                ..Shard::default()
            })
        };
        Self {
            shards: std::iter::repeat_with(shard).take(SHARDS).collect(),
        }
    }

    fn shard(&self, key: Key) -> Option<MutexGuard<'_, Shard>> {
        let number = (key.0 as usize)
            .wrapping_mul(31)
            .wrapping_add(key.1 as usize)
            % SHARDS;
        let shard = self.shards.get(number)?;
        Some(shard.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn get(&self, key: Key) -> Option<OwnedBytes> {
        let mut shard = self.shard(key)?;
        let (bytes, used) = shard.chunks.get_mut(&key)?;
        *used = true;
        Some(bytes.clone())
    }

    pub(crate) fn insert(&self, key: Key, bytes: OwnedBytes) {
        let Some(mut shard) = self.shard(key) else {
            return;
        };
        shard.bytes += bytes.len();
        match shard.chunks.insert(key, (bytes, false)) {
            Some((old, _)) => shard.bytes -= old.len(),
            None => shard.order.push_back(key),
        }
        shard.evict();
    }
}

impl Shard {
    fn evict(&mut self) {
        while self.bytes > self.budget {
            let Some(key) = self.order.pop_front() else {
                return;
            };
            match self.chunks.get_mut(&key) {
                Some((_, used)) if *used => {
                    *used = false;
                    self.order.push_back(key);
                }
                _ => {
                    if let Some((old, _)) = self.chunks.remove(&key) {
                        self.bytes -= old.len();
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunk(bytes: usize) -> OwnedBytes {
        OwnedBytes::new(vec![0_u8; bytes])
    }

    #[test]
    fn stays_within_its_budget_and_keeps_what_is_read() {
        let cache = ChunkCache::new(SHARDS * 100);
        cache.insert((0, 0), chunk(40));
        for n in 1..50 {
            assert!(cache.get((0, 0)).is_some(), "evicted before {n}");
            cache.insert((0, n * SHARDS as u32), chunk(40));
        }
        let held: usize = cache.shards.iter().map(|s| s.lock().unwrap().bytes).sum();
        assert!(held <= SHARDS * 100);
        assert!(cache.get((0, SHARDS as u32)).is_none());
    }

    #[test]
    fn a_chunk_beyond_the_budget_is_not_kept() {
        let cache = ChunkCache::new(SHARDS * 10);
        cache.insert((1, 1), chunk(11));
        assert!(cache.get((1, 1)).is_none());
    }
}
