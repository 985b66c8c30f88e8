#![cfg_attr(docsrs, feature(doc_cfg))]
//! The crate's own words.
//!
//! More of them.

// A plain comment is no documentation.
use std::fmt::{self, Display as Show, Write as _};
pub use self::runtime::{Handle, builder::*};
pub(crate) use inner::secret;

pub mod runtime;
mod inner;

/// Adds two numbers.
///
/// ```
/// assert_eq!(my_crate::add(1, 2), 3);
/// ```
#[inline]
#[must_use]
pub const fn add<T: Copy>(
    a: T, // the first
    b: T, /* the second */
) -> T
where
    T: std::ops::Add,
{
    fn not_seen() {}
    a
}

fn private() {}
pub(crate) fn for_the_crate() {}

#[doc(hidden)]
pub fn __macro_support() {}

#[doc = "By attribute."]
#[deprecated]
pub fn old() {}

/** A block comment.

 * with a list
 */
#[derive(Debug)]
pub struct Point<T> {
    /// Across.
    pub x: T,
    #[serde(rename = "why")]
    pub(crate) y: T,
    hidden: T,
}

pub struct Unit;
pub struct Pair(pub u8, u16);
pub union Bits { pub a: u32, pub b: f32 }

/// Which way.
#[non_exhaustive]
pub enum Way {
    /// Up.
    Up,
    Down(u8),
    Other { name: String } ,
}

enum Private { A }

impl<T> Point<T> {
    /// The origin.
    pub const ORIGIN: Point<u8> = Point { x: 0, y: 0, hidden: 0 };
    /// Makes one.
    pub fn new(x: T, y: T) -> Self { todo!() }
    fn secret(&self) {}
}

impl<T: fmt::Debug> fmt::Display for Point<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { Ok(()) }
}

impl Private {
    pub fn nobody_sees(&self) {}
}

impl<T> Ext for T { fn ext(&self) {} }
impl<'a> From<&'a crate::runtime::Handle> for u8 { fn from(_: &'a crate::runtime::Handle) -> u8 { 0 } }
impl crate::runtime::Handle { pub fn elsewhere(&self) {} }

pub trait Ext: Sized {
    /// What comes out.
    type Output;
    const MAX: usize = 3;
    /// Does it.
    fn ext(&self);
    fn provided(&self) -> u8 { 1 }
}

pub unsafe trait Marker {}

pub type Result<T, E = Error> = std::result::Result<T, E>;
pub const LIMIT: usize = 16;
pub static TABLE: [u8; 4] = [1, 2, 3, 4];
pub const LONG: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

/// A macro for all.
#[macro_export]
macro_rules! vec_of {
    ($($x:expr),*) => { [$($x),*] };
}
macro_rules! for_us { () => {} }

pub mod nested {
    //! Inside.
    /// Deep.
    pub fn deep() {}
    mod private { pub fn not_reachable() {} }
    #[macro_export]
    macro_rules! at_the_root { () => {} }
}

extern "C" {
    /// From C.
    pub fn c_function(a: i32) -> i32;
    pub static ERRNO: i32;
    pub type Opaque;
}

cfg_net! {
    /// Only with the net.
    pub fn connect() {}
    cfg_tls! { pub struct Tls { pub level: u8 } }
    impl Tls { pub fn start(&self) {} }
}

cfg_if::cfg_if! {
    if #[cfg(unix)] {
        pub fn on_unix() {}
    } else {
        pub fn elsewhere() {}
    }
}

println!("not items");
thread_local! { static LOCAL: u8 = 1; }

#[cfg(test)]
mod tests {
    pub fn helper() {}
    #[test]
    fn works() {}
}

pub async fn r#async() {}
pub fn strange(self: ) { broken
