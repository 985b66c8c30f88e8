#![cfg(feature = "whole")]
#![doc = include_str!("../README.md")]
//! More words.

extern crate self as me;
pub extern crate alloc as memory;

#[cfg(unix)]
#[cfg(feature = "a")]
pub use inner::{self, Thing as Other};
#[doc(hidden)]
pub use inner::Secret;

#[cfg_attr(unix, path = "unix.rs")]
#[cfg_attr(windows, path = "windows.rs")]
mod inner;
#[path = "elsewhere/place.rs"]
mod placed;

macro_rules! cfg_net {
    ($($item:item)*) => { $( #[cfg(feature = "net")] $item )* }
}
macro_rules! parts {
    () => { pub mod part; pub fn made() {} };
}
parts!();
include!("generated.rs");

cfg_net! {
    #[cfg(unix)]
    pub enum Event {
        Plain,
        #[cfg(feature = "b")]
        /// With a field.
        Named {
            /// The field.
            inside: u8,
            #[doc(hidden)]
            other: u8,
        },
    }
}

cfg_if! {
    // The first.
    if #[cfg(a)] {
        pub fn one() {}
    } else if #[cfg(all(b, c))] {
        pub fn two() {}
    } else {
        pub fn three() {}
    }
}

feature! {
    #![all(feature = "x", unix)]
    impl dyn Shown + Send { pub fn on_objects(&self) {} }
}

#[doc(hidden)]
impl Event { pub fn hidden(&self) {} }

const _: () = {
    use nothing::*;
    impl Event { pub fn anonymous(&self) {} }
};

bitflags! {
    /// Flags.
    pub struct Flags: u32 { const A = 1; }
}

#[cfg_attr(not(unstable), doc(hidden))]
pub mod unstable {}

/// Begins.
#[cfg_attr(feature = "x", doc = "```")]
#[cfg_attr(not(feature = "x"), doc = "```ignore")]
/// code();
/// ```
pub fn documented(
    #[cfg(x)] a: u8,
    /* b */ b: u8,
) {}
