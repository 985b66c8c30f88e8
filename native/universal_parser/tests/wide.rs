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
        (
            "a.rb",
            many(
                "class A\n",
                |i| format!("def f{i}; end\nprivate :f{i}"),
                "end\n",
            ),
        ),
        ("b.rb", many("A = [", |i| format!("{i},"), "]\n")),
        (
            "c.rb",
            many("class A\n", |_| "# text".to_owned(), "def f; end\nend\n"),
        ),
        (
            "d.rb",
            many("class A\nattr_reader ", |i| format!(":a{i},"), ":b\nend\n"),
        ),
        (
            "a.php",
            many("<?php class A { public $z", |i| format!(", $a{i}"), "; }\n"),
        ),
        (
            "b.php",
            many("<?php\n", |i| format!("define('A{i}', {i});"), ""),
        ),
        (
            "a.lua",
            many(
                "local M = {\n",
                |i| format!("a{i} = {{}},"),
                "}\nreturn M\n",
            ),
        ),
        (
            "b.lua",
            many("local M = {}\n", |i| format!("M.a{i} = b{i}"), "return M\n"),
        ),
        (
            "a.pm",
            many("use constant {\n", |i| format!("A{i} => {i},"), "};\n"),
        ),
        ("b.pm", many("our (\n", |i| format!("$a{i},"), "$b);\n")),
        (
            "c.pm",
            many(
                "=head1 A\n\n",
                |i| format!("=item a{i}\n\nText\n"),
                "=cut\nsub {\n",
            ),
        ),
        (
            "d.pm",
            many("sub z { = }\n", |i| format!("sub a{i} {{ }}"), ""),
        ),
        (
            "a.sh",
            many("readonly z=1", |i| format!(" \\\n a{i}={i}"), "\n"),
        ),
        ("b.sh", many("", |i| format!("f{i}() {{ a ) b; }}"), "")),
        (
            "a.psm1",
            many(
                "",
                |i| format!("function A-{i} {{ }}\nExport-ModuleMember A-{i}*"),
                "",
            ),
        ),
        (
            "a.r",
            many(
                "A <- R6Class(\"A\", public = list(\n",
                |i| format!("a{i} = {i},"),
                "b = 1))\n",
            ),
        ),
        (
            "b.r",
            many(
                "",
                |i| format!("setMethod(\"f{i}\", \"A\", function(x) x)"),
                "",
            ),
        ),
        ("a.jl", many("", |i| format!("export a{i}"), "")),
        ("b.jl", many("", |i| format!("f(a::A{i}) = 1"), "")),
        (
            "c.jl",
            many("@enum A begin\n", |i| format!("a{i}"), "end\n"),
        ),
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
        (
            "a.sql",
            many(
                "",
                |i| format!("CREATE TABLE t{i} (a INT);\nCOMMENT ON TABLE t{i} IS 'x';"),
                "",
            ),
        ),
        (
            "b.sql",
            many(
                "CREATE TABLE t (",
                |i| format!("a{i} INT, -- x"),
                "b INT);\n",
            ),
        ),
        (
            "a.graphql",
            many("type A {", |i| format!("\"x\" a{i}(b: Int): Int"), "}\n"),
        ),
        (
            "a.proto",
            many("message A {", |i| format!("// x\nint32 a{i} = 1;"), "}\n"),
        ),
        (
            "a.tf",
            many("", |i| format!("variable \"a{i}\" {{ type = string }}"), ""),
        ),
        ("b.tf", many("locals {\n", |i| format!("a{i} = 1"), "}\n")),
        ("a.nix", many("{", |i| format!("a{i} = x: x;"), "}\n")),
        (
            "a.css",
            many("", |i| format!(".a{i} {{ --b{i}: 1px }}"), ""),
        ),
        ("b.css", many("", |i| format!(".a{i},"), ".b {}\n")),
        (
            "a.html",
            many(
                "",
                |i| format!("<h2>a{i}</h2><template id=b{i}></template>"),
                "",
            ),
        ),
        (
            "b.html",
            many("", |_| "<script>f()</script>".to_owned(), ""),
        ),
        ("a.md", many("", |i| format!("## a{i}\n\ntext\n"), "")),
        (
            "a.vue",
            many(
                "<template>",
                |i| format!("<slot name=\"a{i}\"/>"),
                "</template>",
            ),
        ),
        (
            "b.vue",
            many(
                "<script setup lang=\"ts\">interface A { a: 1 }\n",
                |_| "defineProps<A>()".to_owned(),
                "</script>",
            ),
        ),
        (
            "a.svelte",
            many("<script>\n", |i| format!("export let a{i};"), "</script>"),
        ),
        (
            "a.astro",
            many(
                "---\ninterface Props {\n",
                |i| format!("a{i}: 1"),
                "}\n---\n",
            ),
        ),
        (
            "a.dockerfile",
            many("", |i| format!("FROM a AS b{i}\nARG C=1"), ""),
        ),
        ("a.mk", many("", |i| format!("a{i}: b ## x"), "")),
        (
            "a.cmake",
            many("", |i| format!("option(A{i} \"x\" ON)"), ""),
        ),
        (
            "a.json",
            many("{", |i| format!("\"a{i}\": 1,"), "\"b\": 1}\n"),
        ),
        ("a.yaml", many("", |i| format!("a{i}: 1"), "")),
        ("a.toml", many("", |i| format!("[a{i}]\nb = 1"), "")),
        (
            "a.xml",
            many("<a>", |i| format!("<b id=\"{i}\"/>"), "</a>\n"),
        ),
        ("a.dtd", many("", |i| format!("<!ELEMENT a{i} (b)>"), "")),
    ];
    let options = Options {
        data_files: true,
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
