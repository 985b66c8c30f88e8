//! What a file defines, with what a resolution across files will need: what the parser's workers
//! answer with.

mod merge;

pub use merge::{join_doc, join_signature};

use serde::{Deserialize, Serialize};

use crate::{SnippetKind, Visibility};

/// The definitions of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outline {
    /// Name of the language.
    pub language: String,
    /// Qualified name of the file's own module; may be empty.
    pub module: String,
    /// Doc comment of the file's module.
    pub module_doc: Option<String>,
    /// In document order; containers before their members.
    pub items: Vec<Item>,
    /// Imports and exports, for resolution across files.
    pub links: Vec<Link>,
    /// The file has syntax errors.
    pub has_errors: bool,
    /// Some items were left out: a limit was reached.
    pub truncated: bool,
}

impl Outline {
    /// Computes each item's visibility again from its own and its parents', after either changed.
    pub fn settle(&mut self) {
        // Parents may follow their members (Rust's impl blocks): climb, but no cycle for ever.
        const MAX_CLIMB: usize = 128;
        let own: Vec<_> = self
            .items
            .iter()
            .map(|item| (item.declared, item.parent))
            .collect();
        for item in &mut self.items {
            let mut visible = item.declared == Visibility::Public;
            let mut parent = item.parent;
            for _ in 0..MAX_CLIMB {
                let above = parent.and_then(|index| own.get(index as usize));
                let Some((declared, next)) = above.filter(|_| visible) else {
                    break;
                };
                visible = *declared == Visibility::Public;
                parent = *next;
            }
            item.visibility = if visible {
                Visibility::Public
            } else {
                Visibility::Internal
            };
        }
    }
}

impl Outline {
    /// Bytes it takes in memory, about.
    #[must_use]
    pub fn memory(&self) -> u64 {
        let text = |text: &Option<String>| text.as_ref().map_or(0, String::len);
        let item = |item: &Item| {
            let aliases = item.aliases.iter().map(|a| size_of::<String>() + a.len());
            size_of::<Item>()
                + item.name.len()
                + item.qualified_name.len()
                + item.signature.len()
                + text(&item.doc)
                + text(&item.condition)
                + text(&item.language)
                + aliases.sum::<usize>()
        };
        let link = |link: &Link| {
            let texts = link.scope.len() + text(&link.from) + link.name.len() + text(&link.alias);
            size_of::<Link>() + texts
        };
        let items: usize = self.items.iter().map(item).sum();
        let links: usize = self.links.iter().map(link).sum();
        (size_of::<Self>() + text(&self.module_doc) + items + links) as u64
    }
}

/// One definition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// What it defines.
    pub kind: SnippetKind,
    /// The bare name.
    pub name: String,
    /// As far as the file and its path tell.
    pub qualified_name: String,
    /// One line.
    pub signature: String,
    /// Doc comment without markers.
    pub doc: Option<String>,
    /// As far as the file tells: its own and its containers' taken together.
    pub visibility: Visibility,
    /// Its own alone.
    pub declared: Visibility,
    /// Facts beside the visibility.
    pub marks: Marks,
    /// Its language where that is not the file's: `typescript` in a component's `<script>`.
    pub language: Option<String>,
    /// The compile-time condition it exists under, as written: `feature = "rt"`.
    pub condition: Option<String>,
    /// Further public paths to it, when there are several.
    pub aliases: Vec<String>,
    /// Index of the item it is a member of.
    pub parent: Option<u32>,
    /// First byte: doc comment and attributes excluded.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// Line of `start`, from 1.
    pub start_line: u32,
    /// Last line.
    pub end_line: u32,
}

/// Facts about an item, as a set of bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Marks(pub u16);

impl Marks {
    /// Kept out of the documentation on purpose: `#[doc(hidden)]`, `@doc false`, `@internal`.
    pub const HIDDEN: Self = Self(1);
    /// The default export of a module.
    pub const DEFAULT: Self = Self(2);
    /// Exists under a compile-time condition only.
    pub const CONDITIONAL: Self = Self(4);
    /// Implements a member of a trait, interface or behaviour.
    pub const IMPLEMENTS: Self = Self(8);
    /// A declaration without a body, of which a definition or further overloads may follow.
    pub const DECLARATION: Self = Self(16);
    /// Marked as deprecated.
    pub const DEPRECATED: Self = Self(32);
    /// Made a member by an assignment outside of its container: `Foo.prototype.bar = …`.
    pub const ASSIGNED: Self = Self(64);
    /// Written out nowhere: a decorator or macro makes it (`__init__` of a dataclass).
    pub const GENERATED: Self = Self(128);
    /// May gain members without that being a breaking change: `#[non_exhaustive]`.
    pub const OPEN: Self = Self(256);
    /// Belongs to its container itself, not to instances of it: `Foo.bar = …`.
    pub const STATIC: Self = Self(512);
    /// Exported by the words it is defined with, not by an export elsewhere.
    pub const EXPORTED: Self = Self(1024);

    /// Whether all of `other` are set.
    #[must_use]
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Both together.
    #[must_use]
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Without those of `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// `other` when `condition`, else none.
    #[must_use]
    pub const fn when(condition: bool, other: Self) -> Self {
        if condition { other } else { Self(0) }
    }
}

/// How a file is tied to another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkKind {
    /// Makes a name of another module known here.
    Import,
    /// Makes a name known to others: `pub use`, `export … from`, `__all__`.
    Export,
    /// Declares a child module that has its own file: `mod x;`.
    Module,
    /// Makes a name (`name`) a member (`alias`) of an object (`from`) of the same file:
    /// `lodash.chunk = chunk`.
    Member,
}

/// An import or export.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// What it does.
    pub kind: LinkKind,
    /// Qualified name of the scope it stands in.
    pub scope: String,
    /// The module named, as written; `None` for this one.
    pub from: Option<String>,
    /// The name there; `"*"` for all.
    pub name: String,
    /// Its name here, when another.
    pub alias: Option<String>,
    /// Whether the tie itself is visible outside (`pub use`).
    pub visibility: Visibility,
}
