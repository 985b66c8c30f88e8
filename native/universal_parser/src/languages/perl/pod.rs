//! POD: the sections and items of a file by the name they tell of.

use super::mask::starts_pod;
use super::note;
use crate::outline::LinkKind;
use crate::text::lossy;
use crate::walk::Walk;

/// Longest documentation of one name, in bytes.
const MAX_DOC: usize = 16 * 1024;
/// Lists inside each other that are told apart.
const MAX_LISTS: usize = 4;

/// The section of the whole file in the notes.
pub(super) const MODULE: &str = "";

/// A heading or item, with the text up to the next one of its rank.
struct Section {
    names: Vec<String>,
    text: String,
}

/// Notes each section of the file's POD for `finish`.
pub(super) fn read(walk: &mut Walk<'_>) {
    if memchr::memmem::find(walk.source, b"\n=").is_none() && !walk.source.starts_with(b"=") {
        return;
    }
    let source = lossy(walk.source);
    let mut reader = Reader::default();
    let mut inside = false;
    for line in source.lines() {
        if line.starts_with('=') && starts_pod(line.as_bytes()) {
            inside = !line.starts_with("=cut");
            reader.command(walk, line);
        } else if inside {
            reader.line(line);
        }
    }
    reader.close(walk, 0);
    let module = reader.module();
    if !module.is_empty() {
        note(walk, LinkKind::Export, MODULE.to_owned(), Some(module));
    }
}

#[derive(Default)]
struct Reader {
    /// The open heading at 0, the open item of each list after it.
    open: Vec<Option<Section>>,
    /// NAME, SYNOPSIS, DESCRIPTION.
    parts: [String; 3],
    part: Option<usize>,
    /// The next line is the first of a bullet.
    bullet: bool,
}

impl Reader {
    fn command(&mut self, walk: &mut Walk<'_>, line: &str) {
        let (command, rest) = line.split_once([' ', '\t']).unwrap_or((line, ""));
        let rest = rest.trim();
        match command {
            // What follows a sub is no longer about the section before it.
            "=cut" if self.open.len() <= 1 => self.close(walk, 0),
            "=head1" => {
                // `VERSION`, `METHODS`: a section, not a variable of that name.
                let section = !rest.contains(|c: char| c.is_ascii_lowercase());
                self.begin(walk, 0, if section { "" } else { rest });
                let parts = ["NAME", "SYNOPSIS", "DESCRIPTION"];
                self.part = parts
                    .iter()
                    .position(|part| *part == rest.to_ascii_uppercase());
            }
            "=head2" | "=head3" | "=head4" | "=method" | "=func" | "=function" | "=attr"
            | "=attribute" | "=sub" => self.begin(walk, 0, rest),
            "=over" if self.open.len() <= MAX_LISTS => {
                let length = self.open.len().max(1) + 1;
                self.open.resize_with(length, || None);
            }
            "=item" => {
                let depth = self.open.len().saturating_sub(1);
                if matches!(rest, "" | "*") {
                    self.close_items(walk, depth);
                    self.bullet = true;
                } else if depth > 0 {
                    self.add(depth, &format!("- {rest}"));
                    self.begin(walk, depth, rest.trim_start_matches(['*', ' ']));
                }
            }
            "=back" => {
                let depth = self.open.len().saturating_sub(1);
                if depth > 0 {
                    self.close(walk, depth);
                }
            }
            _ => {}
        }
    }

    /// Starts a section of this rank. One right after another shares its text.
    fn begin(&mut self, walk: &mut Walk<'_>, depth: usize, heading: &str) {
        if depth == 0 {
            self.part = None;
        }
        let name = name(heading);
        let same = self.open.get_mut(depth).and_then(Option::as_mut);
        if depth > 0
            && let Some(section) = same.filter(|section| section.text.trim().is_empty())
        {
            section.names.extend(name);
            return;
        }
        self.close(walk, depth);
        self.open.resize_with(depth + 1, || None);
        if let (Some(slot), Some(name)) = (self.open.get_mut(depth), name) {
            *slot = Some(Section {
                names: vec![name],
                text: String::new(),
            });
        }
    }

    fn line(&mut self, line: &str) {
        if !self.bullet {
            self.add(usize::MAX, line);
        } else if !line.trim().is_empty() {
            self.bullet = false;
            self.add(usize::MAX, &format!("- {line}"));
        }
    }

    /// Ends the open item of a list, the list goes on.
    fn close_items(&mut self, walk: &mut Walk<'_>, depth: usize) {
        if depth > 0 {
            self.close(walk, depth);
            self.open.resize_with(depth + 1, || None);
        }
    }

    /// Adds a line to the sections above this rank.
    fn add(&mut self, depth: usize, line: &str) {
        let texts = self
            .open
            .iter_mut()
            .take(depth)
            .flatten()
            .map(|section| &mut section.text);
        let part = self.part.and_then(|part| self.parts.get_mut(part));
        for text in texts.chain(part) {
            let empty = line.is_empty() && text.ends_with("\n\n");
            if !empty && text.len() + line.len() < MAX_DOC {
                text.push_str(line);
                text.push('\n');
            }
        }
    }

    /// Ends the sections of this rank and below.
    fn close(&mut self, walk: &mut Walk<'_>, depth: usize) {
        for section in self.open.drain(depth.min(self.open.len())..).flatten() {
            let text = section.text.trim_matches('\n').trim_end();
            if text.is_empty() {
                continue;
            }
            for name in section.names {
                note(walk, LinkKind::Export, name, Some(text.to_owned()));
            }
        }
    }

    fn module(&self) -> String {
        let parts = self
            .parts
            .iter()
            .map(|part| plain(part.trim_matches('\n').trim_end()));
        let parts: Vec<_> = parts.filter(|part| !part.is_empty()).collect();
        parts.join("\n\n")
    }
}

/// The sub a heading tells of: `push` of `C<< $shelf->push($book) >>`.
fn name(heading: &str) -> Option<String> {
    let heading = plain(heading);
    let heading = heading.trim();
    let heading = heading.split('(').next().unwrap_or(heading);
    let head = match heading.rsplit_once("->") {
        Some((_, name)) => name,
        None => heading.rsplit_once("= ").map_or(heading, |(_, call)| call),
    };
    let word = head.trim().split([' ', '\t', ',', ';', ':']).next()?;
    let word = head
        .rsplit("::")
        .next()
        .filter(|_| head.contains("::"))
        .unwrap_or(word);
    let word = word
        .trim_start_matches(['$', '@', '%', '&', '`'])
        .trim_end_matches('`');
    let fits = !word.is_empty() && word.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    fits.then(|| word.to_owned())
}

/// Text without formatting codes: `C<x>` is `` `x` ``, `B<x>` is x, `L<text|target>` is text.
pub(super) fn plain(text: &str) -> String {
    if !text.contains('<') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    // What closes each open code, and whether it was `C`.
    let mut open: Vec<(usize, char, usize)> = Vec::new();
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
        if c.is_ascii_uppercase() && bytes.get(at + 1) == Some(&b'<') {
            let angles = bytes
                .iter()
                .skip(at + 1)
                .take_while(|b| **b == b'<')
                .count();
            let wide = angles > 1
                && bytes
                    .get(at + 1 + angles)
                    .is_some_and(u8::is_ascii_whitespace);
            let angles = if wide { angles } else { 1 };
            if c == 'C' {
                out.push('`');
            }
            open.push((angles, c, out.len()));
            at += 1 + angles + usize::from(wide);
            continue;
        }
        if let Some((angles, code, start)) = open.last().copied()
            && c == '>'
            && bytes
                .iter()
                .skip(at)
                .take(angles)
                .filter(|b| **b == b'>')
                .count()
                == angles
        {
            open.pop();
            if angles > 1 && out.ends_with(' ') {
                out.pop();
            }
            finish_code(&mut out, code, start);
            at += angles;
            continue;
        }
        out.push(c);
        at += c.len_utf8();
    }
    out
}

fn finish_code(out: &mut String, code: char, start: usize) {
    let inside = out.get(start..).unwrap_or_default();
    let replaced = match code {
        'C' => {
            out.push('`');
            return;
        }
        'E' => match inside {
            "lt" => "<".to_owned(),
            "gt" => ">".to_owned(),
            "verbar" => "|".to_owned(),
            "sol" => "/".to_owned(),
            _ => return,
        },
        'L' => match inside.split_once('|') {
            Some((text, _)) => text.to_owned(),
            None => return,
        },
        'X' | 'Z' => String::new(),
        _ => return,
    };
    out.truncate(start);
    out.push_str(&replaced);
}

#[cfg(test)]
mod tests {
    use super::{name, plain};

    #[test]
    fn headings_name_subs() {
        for (heading, expected) in [
            ("open_shelf($path, %options)", "open_shelf"),
            ("C<< $shelf->push($book) >>", "push"),
            ("my $shelf = Acme::Shelf->new(rows => 1)", "new"),
            ("B<count>", "count"),
            ("sort LIST", "sort"),
            ("Acme::Shelf::make($a)", "make"),
            ("$LIMIT", "LIMIT"),
        ] {
            assert_eq!(name(heading).as_deref(), Some(expected), "{heading}");
        }
        assert_eq!(name("--help"), None);
        assert_eq!(name(""), None);
    }

    #[test]
    fn codes_are_dropped() {
        assert_eq!(
            plain("B<in> I<C<out>> L<x|y> L<Z> C<< $a->b >> E<lt>é X<index> a > b < c"),
            "in `out` x Z `$a->b` <é  a > b < c"
        );
        assert_eq!(plain("C<unclosed L<"), "`unclosed ");
    }
}
