//! The simple index as HTML (PEP 503), for mirrors which give nothing else.

use html5gum::{HtmlString, Token, Tokenizer};
use url::Url;

/// A page's links and what it says about the project.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Page {
    pub(super) anchors: Vec<Anchor>,
    pub(super) status: Option<String>,
    pub(super) status_reason: Option<String>,
}

/// An `<a>` with the attributes that mean something here.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Anchor {
    pub(super) href: Option<Url>,
    pub(super) text: String,
    pub(super) requires_python: Option<String>,
    /// Present even when empty: the file is yanked.
    pub(super) yanked: Option<String>,
}

/// Reads a page found at `url`. Whatever is malformed is left out: any bytes are some page.
pub(super) fn parse(url: &Url, body: &[u8]) -> Page {
    let mut page = Page::default();
    let mut base = url.clone();
    let mut open: Option<Anchor> = None;
    for Ok(token) in Tokenizer::new(body) {
        match token {
            Token::StartTag(tag) => {
                let get = |name: &str| tag.attributes.get(name.as_bytes()).map(|v| lossy(v));
                match tag.name.as_slice() {
                    b"a" => {
                        page.anchors.extend(open.take());
                        open = Some(Anchor {
                            href: get("href").and_then(|href| base.join(href.trim()).ok()),
                            text: String::new(),
                            requires_python: get("data-requires-python").filter(|r| !r.is_empty()),
                            yanked: get("data-yanked"),
                        });
                    }
                    b"base" => {
                        if let Some(other) = get("href").and_then(|href| url.join(&href).ok()) {
                            base = other;
                        }
                    }
                    b"meta" => match get("name").as_deref() {
                        Some("pypi:project-status") => page.status = get("content"),
                        Some("pypi:project-status-reason") => page.status_reason = get("content"),
                        _ => {}
                    },
                    _ => {}
                }
            }
            Token::EndTag(tag) if tag.name.as_slice() == b"a" => page.anchors.extend(open.take()),
            Token::String(text) => {
                if let Some(anchor) = &mut open {
                    anchor.text.push_str(&lossy(&text));
                }
            }
            _ => {}
        }
    }
    page.anchors.extend(open);
    page
}

fn lossy(text: &HtmlString) -> String {
    String::from_utf8_lossy(text).into_owned()
}
