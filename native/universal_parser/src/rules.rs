//! What one language has to say: its grammar, its files, and what each node means.

use std::borrow::Cow;

use tree_sitter::{Node, Range};

use crate::doc::{self, Style};
use crate::language::Language;
use crate::outline::Outline;
use crate::walk::{File, Scope, Walk, Wrap};

/// What the walk does with a node after [`Rules::visit`].
pub(crate) enum Step {
    /// Done with this node and all below it. Comments before it are used up.
    Skip,
    /// A comment, attribute or decorator: it belongs to the next node.
    Lead,
    /// Visit the children, in the same scope.
    Enter,
    /// As [`Step::Enter`], with the comments kept: some grammars put the comment of the first
    /// member before the body that holds it.
    Body,
    /// The definition is a child, but starts here (`export …`, `template<…> …`): visit the
    /// children with the comments and flags kept.
    Wrap(Wrap),
    /// Visit the children as members of this scope.
    Scope(Scope),
    /// Parse these stretches again as top-level text of the same language (macro arguments).
    Reparse(Vec<Range>),
    /// Parse a stretch as text of another language (`<script>`, fences of Markdown).
    Embed(Embed),
}

/// Text of another language inside a file.
pub(crate) struct Embed {
    /// Its language. Data languages are not parsed.
    pub language: Language,
    /// Where it stands, in order and apart; together one text.
    pub ranges: Vec<Range>,
    /// What its definitions are members of; `None` when the text is as good as a file of its own.
    /// In an internal scope all of them are internal.
    pub scope: Option<Scope>,
}

/// One language. Implemented by one small file each in `src/languages`.
pub(crate) trait Rules: Sync {
    /// Lower-case name, as in `Snippet::language`.
    fn name(&self) -> &'static str;

    /// The grammar.
    fn grammar(&self) -> tree_sitter::Language;

    /// File name endings after the last dot, lower case; `"d.ts"`-like ones are tried first.
    fn extensions(&self) -> &'static [&'static str];

    /// Whole file names.
    fn file_names(&self) -> &'static [&'static str] {
        &[]
    }

    /// Whether a file's whole name makes it this language's.
    fn is_named(&self, name: &str) -> bool {
        self.file_names().contains(&name)
    }

    /// Programs of a `#!` line, without version digits.
    fn interpreters(&self) -> &'static [&'static str] {
        &[]
    }

    /// Where several languages share an extension, whether the text is this one's. The first
    /// language of the list that says yes gets the file.
    fn claims(&self, _path: &str, _source: &[u8]) -> bool {
        true
    }

    /// Between the parts of a qualified name.
    fn separator(&self) -> &'static str {
        "."
    }

    /// What starts a comment: signatures holding one of these are searched for comments to drop.
    fn comment_markers(&self) -> &'static [&'static str] {
        &["//", "/*"]
    }

    /// Data rather than definitions (JSON, YAML): parsed only where asked for.
    fn is_data(&self) -> bool {
        false
    }

    /// How comments are written, for documentation without their markers.
    fn comments(&self) -> &'static Style {
        &doc::COMMON
    }

    /// Why this text must not reach the grammar, which it would abort or hang. Called before
    /// [`Rules::mask`]; must be cheap.
    fn refuse(&self, _source: &[u8]) -> Option<String> {
        None
    }

    /// What the parser gets to see: a copy of the same length where something in the text would
    /// lead the grammar astray (macros of C). Names and signatures come from the text itself.
    fn mask<'s>(&self, source: &'s [u8]) -> Cow<'s, [u8]> {
        Cow::Borrowed(source)
    }

    /// The scope of the file itself: its module path. An item for the module (crate root, Python
    /// module) is made here with [`Walk::define_file`].
    fn root(&self, walk: &mut Walk<'_>, file: &File<'_>, root: Node<'_>) -> Scope;

    /// Called for each named node below the root in document order, unless a parent was skipped.
    /// Unknown kinds must give [`Step::Skip`]; `ERROR` nodes go to [`Rules::error`].
    fn visit(&self, walk: &mut Walk<'_>, node: Node<'_>) -> Step;

    /// After the walk over a text embedded in this language: its tree, and what was found there.
    /// Items made here stand before those.
    fn embedded(&self, _walk: &mut Walk<'_>, _root: Node<'_>, _inner: &mut Outline) {}

    /// What to do with text the grammar could not read; its children are what it could.
    fn error(&self, _walk: &mut Walk<'_>, _node: Node<'_>) -> Step {
        Step::Enter
    }

    /// After the walk, with the whole file known (`export { a, b }`, `__all__`, `-export`, impl
    /// blocks of private types): set visibilities, merge clauses.
    fn finish(&self, _outline: &mut Outline) {}
}
