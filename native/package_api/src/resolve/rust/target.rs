//! What a name may stand for.

use registry_types::SnippetKind;
use registry_types::outline::Item;

use super::tree::{ItemId, Tree};

/// A module or another item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Target {
    Module(usize),
    Item(ItemId),
}

/// The namespaces a name stands in, as a set of bits: one name may stand for a type, a value and a
/// macro at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Spaces(u8);

impl Spaces {
    pub const NONE: Self = Self(0);
    pub const TYPE: Self = Self(1);
    pub const VALUE: Self = Self(2);
    pub const MACRO: Self = Self(4);
    pub const ALL: Self = Self(7);

    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether all of `other` are among these.
    pub const fn cover(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }
}

/// The namespaces of an item's name.
pub(super) fn spaces_of(item: &Item) -> Spaces {
    use SnippetKind::{Constant, Field, Function, Macro, Method, Struct};
    match item.kind {
        Function | Method | Constant => Spaces::VALUE,
        Macro => Spaces::MACRO,
        Field => Spaces::TYPE.with(Spaces::VALUE),
        // Without named fields it is a value too.
        Struct if is_value(item) => Spaces::TYPE.with(Spaces::VALUE),
        _ => Spaces::TYPE,
    }
}

/// `struct A(u8);` or `struct A;`: no more than its signature.
fn is_value(item: &Item) -> bool {
    let length = item.end.saturating_sub(item.start) as usize;
    item.signature.contains('(') || length <= item.signature.len() + 1
}

impl Tree<'_> {
    /// The namespaces of a target's name.
    pub fn spaces(&self, target: Target) -> Spaces {
        match target {
            Target::Module(_) => Spaces::TYPE,
            Target::Item(id) => self.item(id).map_or(Spaces::NONE, spaces_of),
        }
    }
}
