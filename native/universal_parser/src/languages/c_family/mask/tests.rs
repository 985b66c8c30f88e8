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
