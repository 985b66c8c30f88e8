use super::*;
use crate::blocks;
use proptest::prelude::*;

fn snippet(language: &str, kind: SnippetKind, path: &str, signature: &str) -> Snippet {
    let mut made = blocks::tests::snippet("f", String::new());
    made.language = language.into();
    made.kind = kind;
    made.qualified_name = path.into();
    made.signature = signature.into();
    made
}

fn one(found: &Type) -> String {
    if found.nested.is_empty() {
        found.head.clone()
    } else {
        format!("{}<{}>", found.head, found.nested.join(" "))
    }
}

fn all(found: &[Type]) -> String {
    found.iter().map(one).collect::<Vec<_>>().join("|")
}

/// `receiver.(parameters) result`, the signatures one after the other.
fn written(shapes: &[Shape]) -> String {
    let shape = |shape: &Shape| {
        let receiver = shape.receiver.as_ref().map(|name| format!("{name}."));
        let parameters: Vec<String> = shape.parameters.iter().map(|p| all(p)).collect();
        format!(
            "{}({}) {}",
            receiver.unwrap_or_default(),
            parameters.join(", "),
            all(&shape.returns)
        )
    };
    shapes.iter().map(shape).collect::<Vec<_>>().join("; ")
}

fn function(language: &str, signature: &str) -> String {
    written(&shapes(&snippet(
        language,
        SnippetKind::Function,
        "m::f",
        signature,
    )))
}

fn method(language: &str, signature: &str) -> String {
    written(&shapes(&snippet(
        language,
        SnippetKind::Method,
        "m::Owner::f",
        signature,
    )))
}

#[test]
fn rust() {
    for (signature, expected) in [
        (
            "pub fn f(input: &str) -> Result<Vec<Url>, Error>",
            "(str) result<vec url error>",
        ),
        (
            "pub fn f<T: FromStr>(s: &'a str, n: usize) -> Option<T>",
            "(str, usize) option<*>",
        ),
        ("pub fn f<S>(s: S) where S: AsRef<str>", "(str) "),
        (
            "pub fn f<F>(f: F) -> JoinHandle<F::Output> where F: Future + Send",
            "(future) joinhandle<output>",
        ),
        (
            "pub fn f(f: impl FnOnce(&str) -> bool)",
            "(fnonce<str bool>) ",
        ),
        (
            "pub async fn f(v: &mut Vec<u8>) -> io::Result<usize>",
            "(bytes) future<result>|result<usize>",
        ),
        (
            "pub(crate) fn f(a: [u8; 4], b: &[T], c: (A, B)) -> ()",
            "(bytes, list<*>, tuple<* *>) unit",
        ),
        (
            "pub fn f(p: impl AsRef<Path>, e: Box<dyn Error>) -> Cow<'_, str>",
            "(path, error) str",
        ),
        (
            "fn f(g: Pin<Box<dyn Future<Output = Url> + Send>>)",
            "(future<url send>) ",
        ),
    ] {
        assert_eq!(function("rust", signature), expected, "{signature}");
    }
    assert_eq!(
        method("rust", "pub fn f(&mut self, at: Instant) -> bool"),
        "owner.(instant) bool"
    );
    assert_eq!(
        method("rust", "pub fn f(self: Pin<&mut Self>)"),
        "owner.() "
    );
    assert_eq!(
        method("rust", "pub fn f(a: &str) -> Result<Self, Error>"),
        "(str) result<owner error>"
    );
}

#[test]
fn python() {
    for (signature, expected) in [
        (
            "def f(x: str, n: int = 3) -> dict[str, int]",
            "(str, int) dict<str int>",
        ),
        (
            "async def f(*args: Any, **kw: Any) -> None",
            "(any, any) future<none>|none",
        ),
        (
            "def f(a, *, b: str | None = None) -> Optional[Response]",
            "(, str|option<str>) option|response",
        ),
        (
            "def f(x: Union[str, bytes]) -> t.Iterable[str]",
            "(str|bytes) iterable<str>",
        ),
    ] {
        assert_eq!(function("python", signature), expected, "{signature}");
    }
    assert_eq!(
        method("python", "def f(self, x: t.Callable[[int], str]) -> bool"),
        "owner.(callable<int str>) bool"
    );
}

#[test]
fn typescript() {
    for (signature, expected) in [
        (
            "export function f(url: string, n?: number): Promise<Response>",
            "(string, number|option) promise<response>",
        ),
        (
            "declare function f<T extends object>(a: T[], cb: (e: Error) => void): Map<string, T>",
            "(array<*>, fn<error void>) map<string *>",
        ),
        (
            "declare function f(params?: string | core.$ZodParams): ZodEmail",
            "(string|zodparams|option) zodemail",
        ),
        (
            "export function f(x: string | undefined): x is string",
            "(string|option<string>) x<string>",
        ),
    ] {
        assert_eq!(function("typescript", signature), expected, "{signature}");
    }
    let arrow = snippet(
        "typescript",
        SnippetKind::Constant,
        "f",
        "export const f = (a: string): number",
    );
    assert_eq!(written(&shapes(&arrow)), "(string) number");
    assert_eq!(
        method(
            "typescript",
            "on(event: \"exit\", f: (code: number) => void): this"
        ),
        "owner.(str, fn<number void>) owner"
    );
    assert_eq!(method("typescript", "static create(): Owner"), "() owner");
}

#[test]
fn elixir_and_erlang() {
    for (signature, expected) in [
        (
            "f(String.t(), [Item.t()]) :: {:ok, Money.t()} | {:error, reason} when reason: var",
            "(string, list<item>) result<money>|result<*>",
        ),
        ("f(a, keyword()) :: a when a: term()", "(*, keyword) *"),
        ("def f(cart, {a, b} \\\\ nil)", "(, ) "),
        ("f(timeout()) :: :ok", "(timeout) atom"),
    ] {
        assert_eq!(function("elixir", signature), expected, "{signature}");
    }
    for (signature, expected) in [
        (
            "f(Args :: term(), binary()) -> {ok, t()} | error",
            "(term, binary) result|atom",
        ),
        ("f(Book, Shelf, [])", "(, , ) "),
        (
            "f(fun((A) -> B), [A]) -> [B]",
            "(fun<* *>, list<*>) list<*>",
        ),
    ] {
        assert_eq!(function("erlang", signature), expected, "{signature}");
    }
}

#[test]
fn go() {
    for (signature, expected) in [
        (
            "func F(a, b int, f func(string) error) (n int, err error)",
            "(int, int, func<string error>) int|error|result<int error>",
        ),
        (
            "func F[K comparable, V any](m map[K]V) error",
            "(map<* *>) error",
        ),
        (
            "func F(string, ...interface{}) []byte",
            "(string, interface) bytes",
        ),
    ] {
        assert_eq!(function("go", signature), expected, "{signature}");
    }
    assert_eq!(
        method("go", "func (s *Stack[T]) Push(item T) error"),
        "stack.(*) error"
    );
}

#[test]
fn type_first() {
    for (language, signature, expected) in [
        (
            "java",
            "public static <U extends Comparable<U>> Shape<U> of(final U first, U... more)",
            "(*, *) shape<*>",
        ),
        (
            "java",
            "public final @Nullable String f(Map<String, List<int[]>> m)",
            "(map<string list int>) string",
        ),
        (
            "c",
            "const char * f(const grid_t *grid, unsigned long index)",
            "(gridt, long) cstr",
        ),
        ("c", "int f(void)", "() int"),
        (
            "cpp",
            "template <class U> std::vector<U> f(U &&visitor, std::string s)",
            "(*, string) vector<*>",
        ),
        (
            "csharp",
            "public async ValueTask<int> CountAsync<TKey>(TKey key) where TKey : notnull",
            "(*) valuetask<int>",
        ),
        (
            "dart",
            "Future<String> f(int a, {required String b, int c = 1})",
            "(int, string, int) future<string>",
        ),
        (
            "php",
            "public function f(string|int $a, ?Thing $b = null): static",
            "(string|int, option|thing) static",
        ),
    ] {
        assert_eq!(function(language, signature), expected, "{signature}");
    }
}

#[test]
fn functional_and_other() {
    for (language, signature, expected) in [
        (
            "haskell",
            "f :: (Ord k, Show a) => k -> Map k a -> Maybe a",
            "(*, map<* *>) maybe<*>",
        ),
        (
            "haskell",
            "f :: (a -> b) -> [a] -> IO ()",
            "(fn<* *>, list<*>) io",
        ),
        (
            "elm",
            "f : String -> Int -> Result String Int",
            "(string, int) result<string int>",
        ),
        (
            "ocaml",
            "val f : ?label:int -> 'a list -> string option",
            "(int, list<*>) option<string>",
        ),
        ("ocaml", "val f : unit -> t", "() t"),
        ("kotlin", "fun <T> List<T>?.firstOr(other: T): T", "(*) *"),
        (
            "swift",
            "public func f(_ key: Key, orElse other: Value? = nil) async throws -> [Value]",
            "(key, option|value) future<list>|list<value>",
        ),
        (
            "scala",
            "def f[T: Ordering](a: Seq[T], b: => Int): Option[T]",
            "(seq<*>, int) option<*>",
        ),
        (
            "objc",
            "- (NSString *)f:(int)a with:(NSArray *)b",
            ".(int, nsarray) nsstring",
        ),
        (
            "ruby",
            "def f(path, mode: :read, **options, &block)",
            "(, , , ) ",
        ),
    ] {
        let found = shapes(&snippet(language, SnippetKind::Function, "f", signature));
        assert_eq!(written(&found), expected, "{signature}");
    }
    assert_eq!(
        function("cpp", "double f() const; double f(int n) const"),
        "() double; (int) double"
    );
    assert_eq!(function("scheme", "(define (f a b))"), "");
}

proptest! {
    #[test]
    fn any_text_gives_a_bounded_shape(text in "[a-zA-Z<>(){}\\[\\],:;&*|?=>'\" \\-.%#@_]{0,200}") {
        for language in ["rust", "python", "go", "java", "elixir", "erlang", "haskell", "ocaml", "objc", "ruby"] {
            for kind in [SnippetKind::Function, SnippetKind::Constant] {
                for shape in shapes(&snippet(language, kind, "a::b", &text)) {
                    for read in shape.parameters.iter().flatten().chain(&shape.returns) {
                        prop_assert!(read.nested.len() <= 4);
                    }
                }
            }
        }
    }
}

#[test]
fn hostile_text_costs_no_square() {
    for unit in [
        "(", "<", "f(", "a,", "|", "->", "Box<", "((", ")", ":", "[{(",
    ] {
        let text = format!("fn f({}", unit.repeat(100_000));
        for language in ["rust", "elixir", "haskell", "go", "c"] {
            let begun = std::time::Instant::now();
            let found = shapes(&snippet(language, SnippetKind::Function, "a::b", &text));
            assert!(found.len() <= MOST_SIGNATURES);
            assert!(begun.elapsed().as_secs() < 2, "{unit} {language}");
        }
    }
}
