//! The Lisps. All read lists alike ([`datum`]); each dialect says which heads define something.

#[cfg(feature = "clojure")]
mod clojure;
#[cfg(feature = "commonlisp")]
mod commonlisp;
mod datum;
#[cfg(feature = "elisp")]
mod elisp;
mod exports;
#[cfg(feature = "racket")]
mod racket;
#[cfg(feature = "scheme")]
mod scheme;

#[cfg(feature = "clojure")]
pub(super) use clojure::Clojure;
#[cfg(feature = "commonlisp")]
pub(super) use commonlisp::CommonLisp;
#[cfg(feature = "elisp")]
pub(super) use elisp::Elisp;
#[cfg(feature = "racket")]
pub(super) use racket::Racket;
#[cfg(feature = "scheme")]
pub(super) use scheme::Scheme;

use tree_sitter::Node;

use crate::doc::Style;
use crate::rules::Step;
use crate::walk::Walk;

/// `;;` and `#| |#`.
static COMMENTS: Style = Style {
    line: &[";;;;", ";;;", ";;", ";"],
    blocks: &[("#|", "|#")],
};

/// What starts a comment inside of a signature.
const MARKERS: &[&str] = &[";", "#|"];

/// A parenthesis in the first column begins a form at the top, whatever is left open before it: what
/// follows an unbalanced definition is read again from there.
fn recover(walk: &Walk<'_>, node: Node<'_>, step: Step) -> Step {
    if !node.has_error() || !matches!(step, Step::Skip) {
        return step;
    }
    restart(walk, node, false).unwrap_or(step)
}

/// As [`recover`], of a stretch that the grammar could make nothing whole of.
fn skipped(walk: &Walk<'_>, node: Node<'_>) -> Step {
    restart(walk, node, true).unwrap_or(Step::Enter)
}

fn restart(walk: &Walk<'_>, node: Node<'_>, whole: bool) -> Option<Step> {
    super::restart::at_margin(walk, node, |byte| byte == b'(', b';', whole)
}
