//! Builds runtimes.

/// A builder.
pub struct Builder { pub threads: usize }

impl Builder {
    cfg_rt_multi_thread! {
        /// Many threads.
        pub fn multi(&mut self) -> &mut Self { self }
    }
}

impl super::Handle {
    pub fn builder() -> Builder { Builder { threads: 1 } }
}

use std::collections::VecDeque as Deque;
impl Builds for Deque<u8> { fn build(&self) {} }
impl Builds for Vec<u8> { fn build(&self) {} }
impl Builds for [std::mem::MaybeUninit<u8>] { fn build(&self) {} }
impl Builds for elsewhere::Own { fn build(&self) {} }
