//! Files that are wide where the walk could ask every node for all its siblings: the time must grow
//! with the file, not with its square (which would take minutes here).

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use universal_parser::{Options, outline_text};

const WIDE: usize = 30_000;
const LIMIT: Duration = Duration::from_secs(20);

fn many(before: &str, one: impl Fn(usize) -> String, after: &str) -> String {
    let mut text = before.to_owned();
    for index in 0..WIDE {
        let _ = writeln!(text, "{}", one(index));
    }
    text + after
}

#[test]
fn wide_files_take_no_quadratic_time() {
    let files = [
        ("a.c", many("int z,", |i| format!("a{i},"), "b;\n")),
        ("b.c", many("enum e {", |i| format!("A{i},"), "B };\n")),
        (
            "c.c",
            many(
                "",
                |_| "#if A\nint f(\n#else\nint g(\n#endif\n".to_owned(),
                "",
            ),
        ),
        ("d.cpp", many("", |i| format!("int f(A{i} a);"), "")),
        ("e.h", many("", |_| "FOO(a) BAR".to_owned(), "")),
        ("a.py", many("", |i| format!("def f{i}(): pass"), "")),
        (
            "b.py",
            many(
                "class A:\n  def __init__(self):\n",
                |i| format!("    self.a{i} = 1"),
                "",
            ),
        ),
        ("c.py", many("__all__ = [", |i| format!("'a{i}',"), "]\n")),
        (
            "d.py",
            many("", |_| "@overload\ndef f(a): ...".to_owned(), ""),
        ),
        (
            "a.ex",
            many(
                "defmodule A do\n",
                |i| format!("@spec f{i}(a) :: b"),
                "end\n",
            ),
        ),
        (
            "b.ex",
            many(
                "defmodule A do\n",
                |_| "def f(a), do: a".to_owned(),
                "end\n",
            ),
        ),
        (
            "a.erl",
            many(
                "-module(a).\n-export([",
                |i| format!("f{i}/1,"),
                "f/1]).\nf(X) -> X.\n",
            ),
        ),
        (
            "b.erl",
            many("-record(r, {", |i| format!("a{i},"), "b}).\n"),
        ),
    ];
    let options = Options {
        timeout: Duration::from_secs(10),
        ..Options::default()
    };
    for (path, text) in files {
        let start = Instant::now();
        let outline = outline_text(path, "p", text.as_bytes(), &options);
        assert!(outline.is_ok(), "{path}: {outline:?}");
        assert!(start.elapsed() < LIMIT, "{path} took {:?}", start.elapsed());
    }
}
