//! A copy of C or C++ text without what only the preprocessor understands: export macros, attribute
//! macros, `extern "C" {` under a condition, branches that cut statements in halves.
//!
//! Guesses by spelling: a word in capitals where no type or name can stand is a macro. What is
//! blanked keeps its length and its line breaks.

mod conditions;
mod statement;
mod tokens;

use std::borrow::Cow;

use statement::{Part, Piece, Statement};
use tokens::{Kind, Token, Tokens};

/// Parts of a statement looked at; longer ones are tables.
const MAX_PARTS: usize = 256;
/// Blocks inside each other that are remembered.
const MAX_BLOCKS: usize = 256;

/// The text for the parser.
pub(super) fn mask(source: &[u8], cpp: bool) -> Cow<'_, [u8]> {
    let mut out = source.to_vec();
    conditions::mask(source, &mut out, cpp);
    let text = out.clone();
    statements(&text, &mut out);
    Cow::Owned(out)
}

/// Overwrites with spaces, line breaks excepted.
fn blank(out: &mut [u8], start: usize, end: usize) {
    for byte in out.get_mut(start..end).unwrap_or_default() {
        if !matches!(*byte, b'\n' | b'\r') {
            *byte = b' ';
        }
    }
}

/// A word in capitals, as macros are written.
fn is_upper(text: &[u8], token: Token) -> bool {
    let word = text.get(token.start..token.end).unwrap_or_default();
    word.len() > 1
        && word.iter().any(u8::is_ascii_uppercase)
        && word
            .iter()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || *b == b'_')
}

fn statements(text: &[u8], out: &mut [u8]) {
    let mut parts: Vec<Part> = Vec::new();
    // Of each open block: whether it is a type's, and if so whether a `typedef`'s.
    let mut blocks: Vec<Option<bool>> = Vec::new();
    let mut after_type = None;
    let mut in_enum = false;
    let mut parens = 0usize;
    let mut group = 0;
    for token in Tokens::new(text) {
        let end = match token.kind {
            Kind::Directive => {
                // `A, \n#define A A`: no grammar takes that among the constants of an `enum`.
                if in_enum && is_define(text, token) {
                    blank(out, token.start, token.end);
                }
                continue;
            }
            Kind::Mark(b'(') => {
                if parens == 0 {
                    group = token.start;
                }
                parens += 1;
                continue;
            }
            Kind::Mark(b')') => {
                parens = parens.saturating_sub(1);
                if parens == 0 {
                    parts.push(Part {
                        piece: Piece::Group,
                        start: group,
                        end: token.end,
                    });
                }
                continue;
            }
            // A brace at the start of a line ends what was never closed.
            Kind::Mark(b'}') if parens > 0 && starts_line(text, token.start) => {
                parens = 0;
                b'}'
            }
            _ if parens > 0 => continue,
            Kind::Mark(mark @ (b';' | b'{' | b'}')) => mark,
            Kind::Mark(b':') if is_access(text, &parts) => b':',
            kind => {
                let piece = match kind {
                    Kind::Word => Piece::Word,
                    Kind::Path => Piece::Path,
                    Kind::Mark(mark) => Piece::Mark(mark),
                    _ => Piece::Other,
                };
                if parts.len() <= MAX_PARTS {
                    parts.push(Part {
                        piece,
                        start: token.start,
                        end: token.end,
                    });
                }
                continue;
            }
        };
        // A macro before the end of a block stands alone, but for the last constant of an `enum`.
        let last = end == b'}' && !in_enum;
        finish(text, out, &parts, if last { 0 } else { end }, after_type);
        in_enum = end == b'{' && parts.iter().any(|part| word(text, part) == b"enum");
        match end {
            b'{' if blocks.len() < MAX_BLOCKS => blocks.push(type_block(text, &parts)),
            b'}' => after_type = blocks.pop().flatten(),
            _ => {}
        }
        if end != b'}' {
            after_type = None;
        }
        parts.clear();
    }
    finish(text, out, &parts, 0, after_type);
}

fn finish(text: &[u8], out: &mut [u8], parts: &[Part], end: u8, after_type: Option<bool>) {
    if !parts.is_empty() && parts.len() <= MAX_PARTS {
        Statement {
            text,
            parts,
            end,
            after_type,
        }
        .mask(out);
    }
}

fn is_define(text: &[u8], token: Token) -> bool {
    let line = text
        .get(token.start + 1..token.end)
        .unwrap_or_default()
        .trim_ascii_start();
    line.starts_with(b"define")
}

fn starts_line(text: &[u8], at: usize) -> bool {
    at == 0 || text.get(at - 1) == Some(&b'\n')
}

fn word<'s>(text: &'s [u8], part: &Part) -> &'s [u8] {
    text.get(part.start..part.end).unwrap_or_default()
}

/// Whether the last word is one that a `:` ends (`public:`).
fn is_access(text: &[u8], parts: &[Part]) -> bool {
    let last = parts.last().map_or(b"".as_slice(), |part| word(text, part));
    matches!(
        last,
        b"public" | b"private" | b"protected" | b"signals" | b"slots" | b"Q_SIGNALS" | b"Q_SLOTS"
    )
}

/// Whether the head is that of a `struct` or its like: no function that returns one.
fn type_block(text: &[u8], parts: &[Part]) -> Option<bool> {
    let tag = parts.iter().position(|part| {
        part.piece == Piece::Word
            && matches!(word(text, part), b"struct" | b"union" | b"enum" | b"class")
    })?;
    let function = parts
        .iter()
        .skip(tag + 2)
        .any(|part| part.piece == Piece::Group);
    // A macro call without its semicolon may stand before it.
    let typedef = parts
        .iter()
        .take(tag)
        .any(|part| word(text, part) == b"typedef");
    (!function).then_some(typedef)
}

#[cfg(test)]
mod tests {
    use super::mask;

    /// The masked text with runs of white space as one space.
    fn c(text: &str) -> String {
        let masked = mask(text.as_bytes(), false);
        assert_eq!(masked.len(), text.len());
        fold(&masked)
    }

    fn cpp(text: &str) -> String {
        fold(&mask(text.as_bytes(), true))
    }

    fn fold(text: &[u8]) -> String {
        String::from_utf8_lossy(text)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn export_macros_go() {
        assert_eq!(c("FOO_API const char *f(void);"), "const char *f(void);");
        assert_eq!(
            c("static FOO_INLINE int f(void) {}"),
            "static int f(void) {}"
        );
        assert_eq!(
            c("DEPRECATED(\"x\") FOO_API my_t f(void);"),
            "my_t f(void);"
        );
        assert_eq!(c("G_BEGIN_DECLS\nstruct s;\nG_END_DECLS\n"), "struct s;");
        assert_eq!(
            cpp("namespace a { BEGIN\nint f();\nEND\n}"),
            "namespace a { int f(); }"
        );
        assert_eq!(c("int WINAPI f(int);"), "int f(int);");
        assert_eq!(c("VOID WINAPI f(int);"), "VOID f(int);");
        assert_eq!(
            c("JNIEXPORT jint JNICALL Java_f(JNIEnv *e);"),
            "jint Java_f(JNIEnv *e);"
        );
        assert_eq!(
            c("typedef int (APIENTRY *cb)(int);"),
            "typedef int ( *cb)(int);"
        );
        assert_eq!(
            c("typedef void (APIENTRYP PFN)(int);"),
            "typedef void ( PFN)(int);"
        );
        assert_eq!(c("GLOBAL(void)\njpeg(int a)\n{}"), "void jpeg(int a) {}");
        assert_eq!(
            c("extern PyAPI_FUNC(Obj *) Py(void);"),
            "extern Obj * Py(void);"
        );
        assert_eq!(c("STACK_OF(X509) *f(int);"), "STACK_OF(X509) *f(int);");
        assert_eq!(c("struct s { int a; } PACKED;"), "struct s { int a; } ;");
        assert_eq!(
            c("typedef struct { int a; } PACKED s;"),
            "typedef struct { int a; } s;"
        );
    }

    #[test]
    fn types_in_capitals_stay() {
        for text in [
            "FILE *f(const char *name);",
            "DWORD f(int);",
            "struct STAT f(void);",
            "UINT x, y;",
            "FOO const x(void);",
            "enum { A, B = 2, C };",
            "typedef struct { int a; } NAME;",
            "unsigned long FOO;",
            "typedef STACK_OF(X) NAMES;",
            "enum { A, B }",
            "TEST(a, b) { }",
            "static KIND name(int a);",
            "int f(a) FOO a; {}",
            "f(FOO * x);",
        ] {
            assert_eq!(c(text), fold(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn attributes_after_parameters_go() {
        assert_eq!(
            c("extern int f (int) __THROW __nonnull ((1));"),
            "extern int f (int) ;"
        );
        assert_eq!(c("void f(int) PRINTF_LIKE(1, 2);"), "void f(int) ;");
        assert_eq!(
            cpp("void f() const FOO_NOEXCEPT override;"),
            "void f() const override;"
        );
        assert_eq!(cpp("Foo() : a(B) {}"), "Foo() : a(B) {}");
    }

    #[test]
    fn parameters_lose_their_macro() {
        assert_eq!(
            c("ZEXTERN int ZEXPORT f OF((int a, int b));"),
            "int f (int a, int b) ;"
        );
        assert_eq!(c("enum { A,\n#define A A\n B };"), "enum { A, B };");
    }

    #[test]
    fn classes_lose_their_macros() {
        assert_eq!(
            cpp("class FOO_EXPORT Foo : public Bar {};"),
            "class Foo : public Bar {};"
        );
        assert_eq!(
            cpp("template <class T> class FOO_EXPORT Foo final {};"),
            "template <class T> class Foo final {};"
        );
        assert_eq!(cpp("struct alignas(8) FOO Foo {};"), "struct Foo {};");
        assert_eq!(
            cpp("class A { Q_OBJECT\npublic: A(); };"),
            "class A { public: A(); };"
        );
        assert_eq!(
            cpp("namespace std VISIBILITY(default) {"),
            "namespace std {"
        );
        assert_eq!(cpp("struct FOO f(void) {}"), "struct FOO f(void) {}");
        assert_eq!(cpp("FOO_EXPORT Foo::Foo() {}"), "FOO_EXPORT Foo::Foo() {}");
    }

    #[test]
    fn linkage_under_a_condition_goes() {
        let text = "#ifdef __cplusplus\nextern \"C\" {\n#endif\nint f(void);\n#ifdef __cplusplus\n} /* C */\n#endif\n";
        assert_eq!(c(text), "int f(void);");
        assert_eq!(cpp(text), "int f(void);");
        let text = "#ifdef __cplusplus\nclass A;\n#else\nstruct A;\n#endif\n";
        assert_eq!(c(text), "struct A;");
        assert_eq!(cpp(text), fold(text.as_bytes()));
    }

    #[test]
    fn conditions_inside_of_statements_keep_one_branch() {
        let text = "int f(\n#ifdef A\nint a\n#else\nlong a\n#endif\n);";
        assert_eq!(c(text), "int f( int a );");
        let text = "#ifdef A\nint f(int a) {\n#else\nint f(long a) {\n#endif\n return a; }\nint g;";
        assert_eq!(c(text), "int f(int a) { return a; } int g;");
        let text = "#if 0\nnot code'\n#else\nint a;\n#endif\n";
        assert_eq!(c(text), "int a;");
        let text = "#ifdef A\nint a;\n#else\nlong a;\n#endif\n";
        assert_eq!(c(text), fold(text.as_bytes()));
    }

    #[test]
    fn odd_ends_do_not_panic() {
        for text in [
            "#endif",
            "#else\n#if",
            "}",
            ")",
            "(",
            "FOO",
            "FOO(",
            "class FOO",
            "template <",
            "#if 0",
            "é(",
            "}A;",
        ] {
            c(text);
            cpp(text);
        }
    }
}
