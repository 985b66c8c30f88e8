//! From a node that defines something to an item.

use registry_types::{SnippetKind, Visibility};
use tree_sitter::Node;

use crate::outline::{Item, Marks};
use crate::signature;
use crate::walk::{Walk, Wrap};

/// Items of one file.
pub(crate) const MAX_ITEMS: usize = 20_000;
/// Bytes of a name; longer ones are no names.
const MAX_NAME: usize = 512;
/// Bytes of a qualified name. With the limits above, what nesting can multiply stays small.
const MAX_QUALIFIED: usize = 2048;

/// A definition, as a language's `visit` describes it.
pub(crate) struct Def<'t> {
    kind: SnippetKind,
    name: String,
    node: Node<'t>,
    start: Option<Node<'t>>,
    body: Option<Node<'t>>,
    visibility: Visibility,
    qualified: Option<String>,
    signature: Option<String>,
    doc: Option<Option<String>>,
    marks: Marks,
    condition: Option<String>,
}

impl<'t> Def<'t> {
    /// A public definition: all of `node` is its source and its signature.
    pub fn new(kind: SnippetKind, name: impl Into<String>, node: Node<'t>) -> Self {
        Self {
            kind,
            name: name.into(),
            node,
            start: None,
            body: None,
            visibility: Visibility::Public,
            qualified: None,
            signature: None,
            doc: None,
            marks: Marks::default(),
            condition: None,
        }
    }

    /// The signature ends where this node starts.
    pub fn body(mut self, body: Option<Node<'t>>) -> Self {
        self.body = body;
        self
    }

    /// The item starts here (after decorators inside the node).
    pub fn start(mut self, start: Option<Node<'t>>) -> Self {
        self.start = start;
        self
    }

    /// Its own visibility; that of the containers is added by the walk.
    pub fn public(mut self, public: bool) -> Self {
        self.visibility = if public {
            Visibility::Public
        } else {
            Visibility::Internal
        };
        self
    }

    /// A qualified name other than scope + name.
    pub fn qualified(mut self, name: String) -> Self {
        self.qualified = Some(name);
        self
    }

    /// A signature other than the text before the body.
    pub fn signature(mut self, text: String) -> Self {
        self.signature = Some(text);
        self
    }

    /// Documentation other than the comments before it.
    pub fn doc(mut self, doc: Option<String>) -> Self {
        self.doc = Some(doc);
        self
    }

    /// Facts.
    pub fn marks(mut self, marks: Marks) -> Self {
        self.marks = self.marks.with(marks);
        self
    }

    /// The compile-time condition it exists under, as written.
    pub fn condition(mut self, condition: Option<String>) -> Self {
        self.condition = condition;
        self
    }
}

impl Walk<'_> {
    /// Adds the item. `None` when a limit forbids it; members may then be skipped too.
    pub fn define(&mut self, def: Def<'_>) -> Option<u32> {
        let index = u32::try_from(self.outline.items.len()).ok()?;
        if def.name.is_empty() || def.name.len() > MAX_NAME {
            return None;
        }
        let scope = self.scope();
        let qualified_name = def.qualified.unwrap_or_else(|| self.qualify(&def.name));
        if self.outline.items.len() >= MAX_ITEMS || qualified_name.len() > MAX_QUALIFIED {
            self.outline.truncated = true;
            return None;
        }
        let hidden = scope.visibility == Visibility::Internal;
        let parent = scope.item;
        let visibility = if hidden {
            Visibility::Internal
        } else {
            def.visibility
        };
        // A container without an item cannot be asked again later.
        let declared = if parent.is_none() {
            visibility
        } else {
            def.visibility
        };
        let place = self.place(def.node, def.start);
        let signature = def.signature.unwrap_or_else(|| {
            let end = def.body.map_or(place.end, |body| body.start_byte());
            let markers = self.language.0.comment_markers();
            signature::cut(
                self.source,
                place.start..end.max(place.start),
                def.node,
                markers,
            )
        });
        let doc = def.doc.unwrap_or_else(|| self.lead.doc(self.source));
        let condition = def.condition.or_else(|| self.conditions.at(place.start));
        let marks = Marks::when(condition.is_some(), Marks::CONDITIONAL).with(def.marks);
        let item = Item {
            condition,
            language: None,
            aliases: Vec::new(),
            kind: def.kind,
            name: def.name,
            qualified_name,
            signature,
            doc,
            visibility,
            declared,
            marks,
            parent,
            start: narrow(place.start),
            end: narrow(place.end),
            start_line: narrow(place.row + 1),
            end_line: narrow(place.end_row + 1),
        };
        self.outline.items.push(item);
        Some(index)
    }

    /// Makes `member` a member of `owner`.
    pub fn give_to(&mut self, owner: u32, member: Option<u32>) {
        let items = &mut self.outline.items;
        let above = items.get(owner as usize).map(|item| item.visibility);
        let item = member.and_then(|member| items.get_mut(member as usize));
        if let Some(item) = item {
            item.parent = Some(owner);
            if above == Some(Visibility::Internal) {
                item.visibility = Visibility::Internal;
            }
        }
    }

    /// An item for the file's own module, documented by `doc`; `path` is its qualified name.
    pub fn define_file(
        &mut self,
        path: &str,
        name: &str,
        signature: String,
        doc: Option<String>,
        root: Node<'_>,
    ) -> Option<u32> {
        let def = Def::new(SnippetKind::Module, name, root)
            .qualified(path.to_owned())
            .signature(signature)
            .doc(doc);
        self.define(def)
    }

    fn place(&self, node: Node<'_>, start: Option<Node<'_>>) -> Wrap {
        let mut place = self.wrap.unwrap_or_else(|| Wrap::new(node, 0));
        if let Some(start) = start
            && self.wrap.is_none()
        {
            place.start = start.start_byte();
            place.row = start.start_position().row;
        }
        place
    }
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
