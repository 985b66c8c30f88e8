//! The one walk over a file's tree.

use std::borrow::Cow;

use registry_types::Visibility;
use tree_sitter::{Node, Range, Tree};

use crate::conditions::Conditions;
use crate::engine::Engine;
use crate::language::Language;
use crate::lead::Lead;
use crate::outline::{Link, Outline};
use crate::rules::Step;

/// Containers inside each other; deeper ones are not entered.
const MAX_DEPTH: usize = 128;
/// Macro arguments parsed again inside each other.
const MAX_REPARSE: usize = 4;
/// Imports and exports of one file.
const MAX_LINKS: usize = 20_000;

/// The file being walked.
#[derive(Clone, Copy)]
pub(crate) struct File<'s> {
    /// Path inside the archive.
    pub path: &'s str,
    /// Name of the package.
    pub package: &'s str,
}

/// What definitions are members of.
#[derive(Clone)]
pub(crate) struct Scope {
    /// Qualified name: the prefix of its members' names.
    pub path: String,
    /// Whether members can be seen from outside at all.
    pub visibility: Visibility,
    /// The container's own item.
    pub item: Option<u32>,
    /// The language's own bits: what sort of container.
    pub flags: u32,
}

impl Scope {
    /// That of a file whose definitions are members of `path`; of an internal file all are internal.
    pub fn of_file(path: impl Into<String>, internal: bool) -> Self {
        Self {
            path: path.into(),
            visibility: if internal {
                Visibility::Internal
            } else {
                Visibility::Public
            },
            item: None,
            flags: 0,
        }
    }
}

/// The start of a definition that is a child of the node where it starts.
#[derive(Clone, Copy)]
pub(crate) struct Wrap {
    /// Where the definition starts, decorators excluded.
    pub start: usize,
    /// Row of `start`.
    pub row: usize,
    /// Where it ends.
    pub end: usize,
    /// Row of `end`'s last line.
    pub end_row: usize,
    /// The language's own bits (exported, default …).
    pub flags: u32,
}

impl Wrap {
    /// All of `node`.
    pub fn new(node: Node<'_>, flags: u32) -> Self {
        Self {
            start: node.start_byte(),
            row: node.start_position().row,
            end: node.end_byte(),
            end_row: last_row(node),
            flags,
        }
    }

    /// All of `node` from `start` on.
    pub fn from(node: Node<'_>, start: Option<Node<'_>>, flags: u32) -> Self {
        let all = Self::new(node, flags);
        match start {
            Some(start) => Self {
                start: start.start_byte(),
                row: start.start_position().row,
                ..all
            },
            None => all,
        }
    }
}

/// Row of the last line that holds text of `node`.
pub(crate) fn last_row(node: Node<'_>) -> usize {
    let end = node.end_position();
    if end.column == 0 {
        end.row.saturating_sub(1).max(node.start_position().row)
    } else {
        end.row
    }
}

/// State of the walk: what a language's `visit` reads and writes.
pub(crate) struct Walk<'s> {
    /// The file's bytes.
    pub source: &'s [u8],
    /// What the parser saw of them ([`crate::rules::Rules::mask`]).
    pub seen: &'s [u8],
    /// Comments and attributes before the current node.
    pub lead: Lead,
    /// Set inside of [`Step::Wrap`].
    pub wrap: Option<Wrap>,
    /// What was found so far.
    pub outline: Outline,
    /// The language's own memory over the whole file.
    pub state: u32,
    pub(crate) language: Language,
    pub(crate) file: File<'s>,
    /// How deep inside of texts of other languages.
    pub(crate) level: usize,
    /// Texts of other languages so far.
    pub(crate) embeds: usize,
    scopes: Vec<Scope>,
    pub(crate) conditions: Conditions,
}

impl<'s> Walk<'s> {
    /// Walks `tree` and whatever it asks to parse again.
    pub fn run(
        file: File<'s>,
        source: &'s [u8],
        seen: &'s [u8],
        language: Language,
        tree: &Tree,
        engine: &mut Engine,
    ) -> Outline {
        let mut walk = Self::new(file, source, seen, language);
        walk.begin(tree, None);
        walk.tree(tree, engine, 0);
        language.0.finish(&mut walk.outline);
        walk.outline
    }

    /// A walk over nothing yet.
    pub(crate) fn new(
        file: File<'s>,
        source: &'s [u8],
        seen: &'s [u8],
        language: Language,
    ) -> Self {
        Self {
            source,
            seen,
            lead: Lead::new(language.0.comments()),
            wrap: None,
            outline: Outline {
                language: language.name().to_owned(),
                ..Outline::default()
            },
            state: 0,
            language,
            file,
            level: 0,
            embeds: 0,
            scopes: Vec::new(),
            conditions: Conditions::default(),
        }
    }

    /// Enters the file's own scope: `scope`, or what the language says.
    pub(crate) fn begin(&mut self, tree: &Tree, scope: Option<Scope>) {
        let root = tree.root_node();
        self.outline.has_errors = root.has_error();
        let file = self.file;
        let scope = scope.unwrap_or_else(|| self.language.0.root(self, &file, root));
        self.outline.module.clone_from(&scope.path);
        self.scopes.push(scope);
        self.lead.clear();
    }

    pub(crate) fn tree(&mut self, tree: &Tree, engine: &mut Engine, level: usize) {
        let mut cursor = tree.walk();
        if !cursor.goto_first_child() {
            return;
        }
        // Per node entered: the wrap outside of it, and whether it pushed a scope.
        let mut entered: Vec<(Option<Wrap>, bool)> = Vec::new();
        loop {
            let node = cursor.node();
            let step = if !node.is_named() {
                Step::Lead
            } else if node.is_error() {
                self.language.0.error(self, node)
            } else {
                self.language.0.visit(self, node)
            };
            let frame = match step {
                Step::Lead => None,
                Step::Skip => {
                    self.lead.clear();
                    None
                }
                Step::Enter => {
                    self.lead.clear();
                    Some((self.wrap.take(), false))
                }
                Step::Body => Some((self.wrap.take(), false)),
                Step::Wrap(wrap) => {
                    let outer = self.wrap;
                    let flags = wrap.flags | outer.map_or(0, |outer| outer.flags);
                    self.wrap = Some(Wrap {
                        flags,
                        ..outer.unwrap_or(wrap)
                    });
                    Some((outer, false))
                }
                Step::Scope(scope) => {
                    self.lead.clear();
                    self.scopes.push(scope);
                    Some((self.wrap.take(), true))
                }
                Step::Reparse(ranges) => {
                    self.lead.clear();
                    self.reparse(&ranges, engine, level);
                    None
                }
                Step::Embed(embed) => {
                    self.lead.clear();
                    let wrap = self.wrap.take();
                    self.embed(embed, engine);
                    self.wrap = wrap;
                    None
                }
            };
            if let Some((wrap, scoped)) = frame {
                if entered.len() < MAX_DEPTH && cursor.goto_first_child() {
                    entered.push((wrap, scoped));
                    continue;
                }
                self.outline.truncated |= entered.len() >= MAX_DEPTH;
                self.leave(wrap, scoped);
            }
            while !cursor.goto_next_sibling() {
                let Some((wrap, scoped)) = entered.pop() else {
                    return;
                };
                cursor.goto_parent();
                self.leave(wrap, scoped);
                self.lead.clear();
            }
        }
    }

    fn leave(&mut self, wrap: Option<Wrap>, scoped: bool) {
        self.wrap = wrap;
        if scoped {
            self.scopes.pop();
        }
    }

    fn reparse(&mut self, ranges: &[Range], engine: &mut Engine, level: usize) {
        if level >= MAX_REPARSE {
            return;
        }
        let wrap = self.wrap.take();
        for range in ranges {
            if range.start_byte < range.end_byte
                && let Some(tree) = engine.parse(self.source, std::slice::from_ref(range))
            {
                self.tree(&tree, engine, level + 1);
                self.lead.clear();
            }
        }
        self.wrap = wrap;
    }

    /// The innermost scope.
    pub fn scope(&self) -> &Scope {
        static NONE: Scope = Scope {
            path: String::new(),
            visibility: Visibility::Public,
            item: None,
            flags: 0,
        };
        self.scopes.last().unwrap_or(&NONE)
    }

    /// The innermost scope, for languages where a statement changes what follows it (`private` in
    /// Ruby, `namespace` in PHP).
    pub fn scope_mut(&mut self) -> Option<&mut Scope> {
        self.scopes.last_mut()
    }

    /// Sets the flags of the innermost scope.
    pub fn set_scope_flags(&mut self, flags: u32) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.flags = flags;
        }
    }

    /// Runs `members` with `scope` as the innermost: for members that stand in the container's head.
    pub fn within(&mut self, scope: &Scope, members: impl FnOnce(&mut Self)) {
        self.scopes.push(scope.clone());
        members(self);
        self.scopes.pop();
    }

    /// Changes the flags of the innermost scope: a label that holds for the rest of it.
    pub fn set_flags(&mut self, flags: u32) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.flags = flags;
        }
    }

    /// The scopes from the file's own to the innermost.
    pub fn scopes(&self) -> &[Scope] {
        &self.scopes
    }

    /// `name` as a member of the current scope.
    pub fn qualify(&self, name: &str) -> String {
        self.qualify_in(&self.scope().path, name)
    }

    /// `name` as a member of `path`.
    pub fn qualify_in(&self, path: &str, name: &str) -> String {
        if path.is_empty() {
            return name.to_owned();
        }
        [path, self.language.0.separator(), name].concat()
    }

    /// A scope for the members of a container named `name`, an item of which is `item`. Members of
    /// an internal container are internal.
    pub fn scope_of(&self, name: &str, item: Option<u32>, flags: u32) -> Scope {
        let visibility = item
            .and_then(|index| self.outline.items.get(index as usize))
            .map_or(self.scope().visibility, |item| item.visibility);
        Scope {
            path: self.qualify(name),
            visibility,
            item,
            flags,
        }
    }

    /// The text of `node`.
    pub fn text(&self, node: Node<'_>) -> Cow<'s, str> {
        crate::text::lossy(self.source.get(node.byte_range()).unwrap_or_default())
    }

    /// The bytes of `node`.
    pub fn bytes(&self, node: Node<'_>) -> &'s [u8] {
        self.source.get(node.byte_range()).unwrap_or_default()
    }

    /// The text of a field of `node`.
    pub fn field(&self, node: Node<'_>, name: &str) -> Option<Cow<'s, str>> {
        node.child_by_field_name(name).map(|child| self.text(child))
    }

    /// Remembers an import or export.
    pub fn link(&mut self, link: Link) {
        if self.outline.links.len() < MAX_LINKS {
            self.outline.links.push(link);
        } else {
            self.outline.truncated = true;
        }
    }
}
