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
