use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

type Key = (u32, u32);

/// Things that were read and checked, within a budget of bytes. Second chance: what was asked for
/// since it last came up for eviction stays.
pub(crate) struct Cache<V> {
    shards: Vec<Mutex<Shard<V>>>,
}

struct Shard<V> {
    /// With the bytes of each, and whether it was asked for.
    held: HashMap<Key, (V, usize, bool)>,
    order: VecDeque<Key>,
    bytes: usize,
    budget: usize,
}

const SHARDS: usize = 16;

impl<V: Clone> Cache<V> {
    pub(crate) fn new(budget: usize) -> Self {
        let shard = || {
            Mutex::new(Shard {
                held: HashMap::new(),
                order: VecDeque::new(),
                bytes: 0,
                budget: budget / SHARDS,
            })
        };
        Self {
            shards: std::iter::repeat_with(shard).take(SHARDS).collect(),
        }
    }

    fn shard(&self, key: Key) -> Option<MutexGuard<'_, Shard<V>>> {
        let number = (key.0 as usize)
            .wrapping_mul(31)
            .wrapping_add(key.1 as usize)
            % SHARDS;
        let shard = self.shards.get(number)?;
        Some(shard.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn get(&self, key: Key) -> Option<V> {
        let mut shard = self.shard(key)?;
        let (value, _, used) = shard.held.get_mut(&key)?;
        *used = true;
        Some(value.clone())
    }

    pub(crate) fn insert(&self, key: Key, value: V, bytes: usize) {
        let Some(mut shard) = self.shard(key) else {
            return;
        };
        shard.bytes += bytes;
        match shard.held.insert(key, (value, bytes, false)) {
            Some((_, old, _)) => shard.bytes -= old,
            None => shard.order.push_back(key),
        }
        shard.evict();
    }
}

impl<V> Shard<V> {
    fn evict(&mut self) {
        while self.bytes > self.budget {
            let Some(key) = self.order.pop_front() else {
                return;
            };
            match self.held.get_mut(&key) {
                Some((.., used)) if *used => {
                    *used = false;
                    self.order.push_back(key);
                }
                _ => {
                    if let Some((_, bytes, _)) = self.held.remove(&key) {
                        self.bytes -= bytes;
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stays_within_its_budget_and_keeps_what_is_asked_for() {
        let cache = Cache::new(SHARDS * 100);
        cache.insert((0, 0), (), 40);
        for n in 1..50 {
            assert!(cache.get((0, 0)).is_some(), "evicted before {n}");
            cache.insert((0, n * SHARDS as u32), (), 40);
        }
        let held: usize = cache.shards.iter().map(|s| s.lock().unwrap().bytes).sum();
        assert!(held <= SHARDS * 100);
        assert!(cache.get((0, SHARDS as u32)).is_none());
    }

    #[test]
    fn what_is_beyond_the_budget_is_not_kept() {
        let cache = Cache::new(SHARDS * 10);
        cache.insert((1, 1), (), 11);
        assert!(cache.get((1, 1)).is_none());
    }
}
