use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};

/// HTML brought down to text.
pub(super) struct Text {
    pub(super) text: String,
    pub(super) title: Option<String>,
}

/// Reads HTML as a flat run of tokens: no tree is built, so no depth of nesting can hurt. Scripts,
/// styles and what is not shown are left out; blocks become paragraphs, list items get a dash.
pub(super) fn to_text(html: &str) -> Text {
    let mut emitter = DefaultEmitter::default();
    // Otherwise `<` inside a script would be read as a tag.
    emitter.naively_switch_states(true);
    let mut writer = Writer::default();
    for token in Tokenizer::new_with_emitter(html, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => writer.start(&tag.name, tag.self_closing),
            Token::EndTag(tag) => writer.end(&tag.name),
            Token::String(text) => writer.text(&String::from_utf8_lossy(&text)),
            _ => {}
        }
    }
    writer.finish()
}

#[derive(Default)]
struct Writer {
    out: String,
    /// Newlines owed before the next word.
    breaks: usize,
    space: bool,
    preformatted: u32,
    hidden: Option<(Vec<u8>, u32)>,
    /// Text of `<title>` and of the first `<h1>`, while it is read and afterwards.
    title: String,
    heading: String,
    within: Option<Heading>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Heading {
    Title,
    First,
}

impl Writer {
    fn start(&mut self, name: &[u8], self_closing: bool) {
        if let Some((hidden, depth)) = &mut self.hidden {
            if hidden == name && !self_closing {
                *depth = depth.saturating_add(1);
            }
            return;
        }
        match name {
            b"script" | b"style" | b"noscript" | b"template" | b"svg" | b"iframe" | b"object"
            | b"math" | b"select" => {
                // XML habits: `<script/>` stands for an empty element.
                self.hidden = (!self_closing).then(|| (name.to_vec(), 1));
            }
            b"title" if self.title.is_empty() => self.within = Some(Heading::Title),
            b"title" => {}
            b"br" => self.breaks = self.breaks.max(1),
            b"pre" | b"textarea" => {
                self.breaks = 2;
                self.preformatted = self.preformatted.saturating_add(1);
            }
            b"li" | b"dt" => {
                self.breaks = self.breaks.max(1);
                if name == b"li" {
                    self.settle();
                    self.out.push_str("- ");
                }
            }
            b"tr" | b"dd" => self.breaks = self.breaks.max(1),
            b"td" | b"th" => self.space = true,
            b"h1" if self.heading.is_empty() => {
                self.breaks = 2;
                self.within = Some(Heading::First);
            }
            _ if is_block(name) => self.breaks = 2,
            _ => {}
        }
    }

    fn end(&mut self, name: &[u8]) {
        if let Some((hidden, depth)) = &mut self.hidden {
            if hidden == name {
                *depth -= 1;
                if *depth == 0 {
                    self.hidden = None;
                }
            }
            return;
        }
        match name {
            b"title" | b"h1" => {
                self.within = None;
                self.breaks = 2;
            }
            b"pre" | b"textarea" => {
                self.breaks = 2;
                self.preformatted = self.preformatted.saturating_sub(1);
            }
            _ if is_block(name) => self.breaks = 2,
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.hidden.is_some() {
            return;
        }
        match self.within {
            Some(Heading::Title) => return self.title.push_str(text),
            Some(Heading::First) => self.heading.push_str(text),
            None => {}
        }
        if self.preformatted > 0 {
            self.settle();
            self.out.push_str(text);
            return;
        }
        for (at, word) in text.split(char::is_whitespace).enumerate() {
            self.space |= at > 0;
            if !word.is_empty() {
                self.settle();
                self.out.push_str(word);
            }
        }
    }

    /// Writes the newlines or the space owed.
    fn settle(&mut self) {
        if self.breaks > 0 && !self.out.is_empty() {
            self.out.truncate(self.out.trim_end().len());
            self.out.extend(std::iter::repeat_n('\n', self.breaks));
        } else if self.space && !self.out.is_empty() && !self.out.ends_with(char::is_whitespace) {
            self.out.push(' ');
        }
        self.breaks = 0;
        self.space = false;
    }

    fn finish(mut self) -> Text {
        self.out.truncate(self.out.trim_end().len());
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        Text {
            title: super::title::tidy(&self.heading).or_else(|| super::title::tidy(&self.title)),
            text: self.out,
        }
    }
}

fn is_block(name: &[u8]) -> bool {
    matches!(
        name,
        b"p" | b"div"
            | b"section"
            | b"article"
            | b"header"
            | b"footer"
            | b"nav"
            | b"aside"
            | b"main"
            | b"h1"
            | b"h2"
            | b"h3"
            | b"h4"
            | b"h5"
            | b"h6"
            | b"ul"
            | b"ol"
            | b"dl"
            | b"table"
            | b"blockquote"
            | b"hr"
            | b"form"
            | b"figure"
            | b"details"
            | b"summary"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_become_text() {
        let page = "<!doctype html><html><head><title>The page</title><style>p { color: red }</style>\
            <script>if (a < b) document.write(\"<p>no</p>\")</script></head><body>\
            <h1>The  <em>title</em></h1><p>One &amp; two,\n three.<br>Next line</p>\
            <ul><li>first</li><li>second <b>item</b></ul>\
            <pre>  code {\n    stays;\n  }</pre><table><tr><td>a<td>b</table></body>";
        let read = to_text(page);
        assert_eq!(
            read.text,
            "The title\n\nOne & two, three.\nNext line\n\n- first\n- second item\n\n  code {\n    stays;\n  }\n\na b\n"
        );
        assert_eq!(read.title.as_deref(), Some("The title"));
        assert_eq!(to_text("<title>T</title>x").title.as_deref(), Some("T"));
    }

    #[test]
    fn hidden_parts_end_with_their_own_tag() {
        let read = to_text("a<svg><svg><text>no</text></svg>no</svg> b<script/>c</script>d");
        assert!(read.text.starts_with("a b"), "{:?}", read.text);
        assert!(!read.text.contains("no"));
        assert_eq!(to_text("a<script>never closed").text, "a\n");
    }

    #[test]
    fn no_depth_hurts() {
        let started = std::time::Instant::now();
        let deep = format!("{}text", "<div><svg>".repeat(100_000));
        to_text(&deep);
        let deep = format!(
            "{}text{}",
            "<pre>".repeat(200_000),
            "</pre>".repeat(300_000)
        );
        assert_eq!(to_text(&deep).text, "text\n");
        to_text(&"<a b=c ".repeat(100_000));
        to_text(&"<p>x".repeat(200_000));
        to_text(&"&".repeat(500_000));
        assert!(started.elapsed().as_secs() < 20);
    }
}
