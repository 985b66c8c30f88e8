use super::*;
use proptest::prelude::*;
use registry_types::ErrorKind;

fn parse(text: &str) -> SymbolQuery {
    SymbolQuery::parse(text, &Limits::default()).unwrap()
}

fn surfaces(query: &SymbolQuery) -> Vec<&str> {
    let words = query.words.words.iter();
    words.map(|word| word.surface.as_str()).collect()
}

/// Parameters, `>`, what is returned; `?` for types that may stand anywhere; then the words.
fn asked(text: &str) -> String {
    let query = parse(text);
    let heads = |types: &[crate::text::signature::Type]| {
        let one = types.iter().map(|t| match t.nested.as_slice() {
            [] => t.head.clone(),
            nested => format!("{}<{}>", t.head, nested.join(" ")),
        });
        one.collect::<Vec<_>>().join("|")
    };
    let Some(asked) = &query.asked else {
        return format!("- {}", surfaces(&query).join(" "));
    };
    let parameters: Vec<String> = asked.shape.parameters.iter().map(|p| heads(p)).collect();
    let receiver = if asked.shape.receiver.is_some() {
        "self."
    } else {
        ""
    };
    let count = if asked.counted { "" } else { "?" };
    let mut out = format!(
        "{receiver}{count}({}) > {}",
        parameters.join(", "),
        heads(&asked.shape.returns)
    );
    if !asked.somewhere.is_empty() {
        out = format!("? {}", heads(&asked.somewhere));
    }
    format!("{out} {}", surfaces(&query).join(" "))
        .trim_end()
        .to_owned()
}

#[test]
fn signatures_are_known_by_their_form() {
    for (text, expected) in [
        ("fn(&str) -> Result", "(str) > result"),
        ("(str, int) -> bool", "(str, int) > bool"),
        ("-> Future", "?() > future"),
        ("&mut Vec<T>", "? vec<*>"),
        ("String -> Result<Url, _>", "(string) > result<url *>"),
        ("String.t() :: {:ok, _}", "(string) > result<*>"),
        (
            "(url: string) => Promise<Response>",
            "(string) > promise<response>",
        ),
        ("def f(x: str) -> dict", "(str) > dict"),
        ("func(string) error", "(string) > error"),
        (
            "func(string) (int, error)",
            "(string) > int|error|result<int error>",
        ),
        ("Map k a -> k -> Maybe a", "(map<* *>, *) > maybe<*>"),
        (
            "lookup :: k -> Map k a -> Maybe a",
            "(*, map<* *>) > maybe<*> lookup",
        ),
        ("fn(&self, &str) -> usize", "self.(str) > usize"),
        ("() -> String", "() > string"),
        ("dict[str, int]", "? dict<str int>"),
        ("[]byte", "? bytes"),
        (
            "(atom(), binary()) -> {ok, term()}",
            "(atom, binary) > result<term>",
        ),
    ] {
        assert_eq!(asked(text), expected, "{text}");
    }
}

#[test]
fn words_and_signatures_mix() {
    for (text, expected) in [
        ("parse fn(&str) -> Result", "(str) > result parse"),
        (
            "parse String -> Result<Url, _> fast",
            "(string) > result<url *> parse fast",
        ),
        ("def parse(x: str) -> dict", "(str) > dict parse"),
        ("url.parse(&str) -> Result", "(str) > result parse"),
        (
            "fn(&str) package:url \"percent encoding\"",
            "(str) >  percent encoding",
        ),
        ("timeout -> Future", "?() > future timeout"),
    ] {
        assert_eq!(asked(text), expected, "{text}");
    }
}

#[test]
fn words_are_no_signatures() {
    for text in [
        "spawn task",
        "tokio::spawn",
        "Enum.map/2",
        "a < b",
        "open(file)",
        "kind:function spawn",
        "http - client",
        "std::fs::read",
    ] {
        assert_eq!(parse(text).asked, None, "{text}");
    }
}

#[test]
fn paths_and_arities() {
    let query = parse("tokio::task::spawn");
    assert_eq!(query.path, ["tokio", "task", "spawn"]);
    assert_eq!(query.name.as_deref(), Some("spawn"));
    assert_eq!(surfaces(&query), ["tokio", "task", "spawn"]);
    let query = parse("lists:map/2");
    assert_eq!(
        (query.path.as_slice(), query.arity),
        (["lists".to_owned(), "map".to_owned()].as_slice(), Some(2))
    );
    assert_eq!(surfaces(&query), ["lists", "map"]);
    let query = parse("map/2");
    assert_eq!((query.name.as_deref(), query.arity), (Some("map"), Some(2)));
    assert_eq!(parse("spawn task").name.as_deref(), Some("spawn-task"));
    assert_eq!(parse("@types/node").arity, None);
}

#[test]
fn fields_are_filters() {
    let query = parse(
        "spawn package:tokio version:1.35.0 language:Rust -kind:method,field ecosystem:cargo visibility:internal -blocking -\"a b\"",
    );
    assert_eq!(surfaces(&query), ["spawn"]);
    let filters = &query.filters;
    assert_eq!(filters.packages.only, ["tokio"]);
    assert_eq!(filters.version.as_deref(), Some("1.35.0"));
    assert_eq!(filters.languages.only, ["rust"]);
    assert_eq!(filters.kinds.not, [SnippetKind::Method, SnippetKind::Field]);
    assert_eq!(filters.ecosystems.only, [Ecosystem::Cargo]);
    assert_eq!(filters.visibility.only, [Visibility::Internal]);
    assert_eq!(query.without, ["block"]);
    assert_eq!(query.phrases.len(), 1);
    assert!(parse("package:tokio").words.words.is_empty());
}

#[test]
fn what_is_wrong_is_named_with_its_place() {
    for (text, at) in [
        ("", "0"),
        ("language:rust", "0"),
        ("fn(&str) kind:function,thing", "9"),
        ("a ecosystem:maven", "2"),
        ("a visibility:hidden", "2"),
        ("a version:1 version:2", "12"),
        ("a -version:1", "2"),
        ("a \"b", "2"),
    ] {
        let error = SymbolQuery::parse(text, &Limits::default()).unwrap_err();
        assert_eq!(error.kind, ErrorKind::InvalidArgument, "{text}");
        assert!(
            error.details.contains(&("position".into(), at.into())),
            "{text} {error:?}"
        );
    }
    let long = "x".repeat(1_000_000);
    let error = SymbolQuery::parse(&long, &Limits::default()).unwrap_err();
    assert_eq!(error.kind, ErrorKind::LimitExceeded);
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,80}") {
        let _ = SymbolQuery::parse(&text, &Limits::default());
    }

    #[test]
    fn any_signs_are_read_or_refused(text in "[a-zA-Z<>(){}\\[\\],:;&*|?=>'\" \\-.%_]{0,120}") {
        let _ = SymbolQuery::parse(&text, &Limits::default());
    }
}
