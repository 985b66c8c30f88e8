//! Types of different names that serve the same purpose: near each other, not the same.

/// A type that stands for any.
pub(crate) const ANY: &str = "*";

/// The family of a type name in lower case; none for types of a package's own.
pub(crate) fn family(name: &str) -> Option<&'static str> {
    Some(match name {
        "str" | "string" | "text" | "binary" | "charlist" | "cstr" | "cstring" | "osstr"
        | "osstring" | "nsstring" | "bstr" | "bstring" | "chardata" | "unicode" | "basestring"
        | "anystr" | "stringview" | "charsequence" | "bitstring" | "lazytext" | "varchar"
        | "stringlike" | "compactstring" => "str",
        "int" | "integer" | "uint" | "number" | "long" | "short" | "byte" | "i8" | "i16"
        | "i32" | "i64" | "i128" | "isize" | "u8" | "u16" | "u32" | "u64" | "u128" | "usize"
        | "int8" | "int16" | "int32" | "int64" | "uint8" | "uint16" | "uint32" | "uint64"
        | "sizet" | "ssizet" | "int8t" | "int16t" | "int32t" | "int64t" | "uint8t" | "uint16t"
        | "uint32t" | "uint64t" | "nonneginteger" | "posinteger" | "neginteger" | "bigint"
        | "biginteger" | "word" | "nat" | "uintptr" | "nsinteger" | "nsuinteger" => "int",
        "float" | "double" | "f32" | "f64" | "float32" | "float64" | "decimal" | "cgfloat" => {
            "float"
        }
        "bool" | "boolean" => "bool",
        "char" | "rune" | "character" => "char",
        "list" | "vec" | "array" | "arraylist" | "slice" | "seq" | "sequence" | "vector"
        | "vecdeque" | "readonlyarray" | "nonemptylist" | "nsarray" | "smallvec" | "collection"
        | "mutablesequence" | "deque" => "list",
        "map"
        | "hashmap"
        | "btreemap"
        | "dict"
        | "dictionary"
        | "mapping"
        | "record"
        | "indexmap"
        | "ordereddict"
        | "mutablemapping"
        | "keyword"
        | "proplist"
        | "nsdictionary"
        | "defaultdict"
        | "treemap"
        | "linkedhashmap"
        | "ireadonlydictionary"
        | "idictionary" => "map",
        "set" | "hashset" | "btreeset" | "frozenset" | "mapset" | "indexset" | "abstractset" => {
            "set"
        }
        "option" | "optional" | "maybe" | "nullable" => "option",
        "result" | "either" | "expected" | "ioresult" => "result",
        "future" | "promise" | "promiselike" | "task" | "valuetask" | "awaitable" | "coroutine"
        | "completablefuture" | "completionstage" | "boxfuture" | "localboxfuture" | "deferred"
        | "intofuture" => "future",
        "iterator"
        | "iterable"
        | "intoiterator"
        | "generator"
        | "asyncgenerator"
        | "asynciterator"
        | "asynciterable"
        | "iterableiterator"
        | "enumerable"
        | "ienumerable"
        | "ienumerator"
        | "exactsizeiterator"
        | "doubleendediterator"
        | "stream"
        | "asynciterableiterator" => "iter",
        "fn" | "fnmut" | "fnonce" | "func" | "function" | "callable" | "callback" | "closure" => {
            "fn"
        }
        "bytes" | "bytearray" | "buffer" | "uint8array" | "arraybuffer" | "bytesmut"
        | "bytestring" | "iodata" | "iolist" | "bytesio" => "bytes",
        "unit" | "void" | "none" | "null" | "nil" | "undefined" | "nothing" => "unit",
        "path" | "pathbuf" | "pathlike" | "filepath" | "purepath" => "path",
        "error" | "exception" | "throwable" | "baseexception" | "nserror" => "error",
        "duration" | "timedelta" | "timeinterval" => "duration",
        "any" | "object" | "unknown" | "term" | "mixed" | "dynamic" | "id" | "interface"
        | "var" | "auto" => ANY,
        _ => return None,
    })
}

/// What only says how a value is held: the type inside stands for the whole.
pub(crate) fn is_wrapper(name: &str) -> bool {
    matches!(
        name,
        "box"
            | "cow"
            | "pin"
            | "arc"
            | "rc"
            | "ref"
            | "refmut"
            | "readonly"
            | "annotated"
            | "final"
            | "classvar"
            | "sharedptr"
            | "uniqueptr"
            | "const"
    )
}

/// Bounds that say what a parameter can be made into: that type stands for the parameter.
pub(crate) fn is_conversion(name: &str) -> bool {
    matches!(
        name,
        "into" | "asref" | "asmut" | "borrow" | "tryinto" | "deref" | "toowned"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_has_many_languages() {
        for name in ["str", "string", "binary", "charsequence"] {
            assert_eq!(family(name), Some("str"), "{name}");
        }
        assert_eq!(family("promise"), family("boxfuture"));
        assert_eq!(family("url"), None);
    }
}
