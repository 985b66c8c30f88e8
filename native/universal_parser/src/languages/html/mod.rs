//! HTML, and what is written around it: pages, and the components of Vue, Svelte and Astro.

#[cfg(any(feature = "astro", feature = "svelte", feature = "vue"))]
mod component;
mod element;
#[cfg(feature = "html")]
mod page;
#[cfg(any(feature = "astro", feature = "svelte", feature = "vue"))]
mod props;

#[cfg(any(feature = "astro", feature = "svelte", feature = "vue"))]
pub(super) use component::Component;
#[cfg(feature = "html")]
pub(super) use page::Html;

use crate::doc::Style;

/// `<!-- … -->`
static STYLE: Style = Style {
    line: &[],
    blocks: &[("<!--", "-->")],
};
