"""Elixir against the docs chunks and type specifications of compiled modules."""

import os
import re

from places import HERE, below, definitions
from score import Case

WORDS = {"def", "defp", "defmacro", "defmacrop", "defguard", "defdelegate", "defrecord", "Record.defrecord", "defstruct",
         "defexception", "defprotocol", "defmodule", "defimpl"}
HELP = "SOURCES EBIN…: the root of the sources, and the directories of what was compiled from them"


def cases(places):
    root, *compiled = places
    files = [os.path.relpath(file, root) for file in below([root], (".ex",))]
    yield Case(os.path.basename(root.rstrip("/")), root, files, "", compiled)


def truth(case):
    by_end = {}
    for file in case.files:
        parts = file.split("/")
        for at in range(len(parts)):
            by_end.setdefault("/".join(parts[at:]), set()).add(file)
    texts = {}
    for definition in definitions(["elixir", os.path.join(HERE, "truth_elixir.exs"), *case.places]):
        source, line, _ = definition.place or ("", 0, 0)
        file = of_source(source, by_end)
        definition.place = None
        if file is None:
            # Another program's file (a generated parser, `.exs`): nothing of ours to compare with.
            definition.note = definition.note or "its source is not among the files"
        elif line and not definition.note and definition.kind == "function":
            if file not in texts:
                with open(os.path.join(case.root, file), errors="replace") as text:
                    texts[file] = text.read().split("\n")
            definition.note = generator(texts[file], line)
        yield definition


def of_source(source, by_end):
    """The longest end of the compiler's path that names one file."""
    parts = source.split("/")
    for at in range(len(parts)):
        found = by_end.get("/".join(parts[at:]), ())
        if len(found) == 1:
            return next(iter(found))
    return None


def generator(lines, line):
    """Why the definition that begins (with its `@doc`) at a line is not written out: a macro makes it."""
    at, quoted = line - 1, False
    while at < len(lines):
        text = lines[at].strip()
        quotes = text.count('"""')
        if not quoted and not quotes and text and not text.startswith(("@", "#")):
            break
        quoted, at = quoted ^ (quotes % 2 == 1), at + 1
    text = lines[at].strip() if at < len(lines) else ""
    word = re.match(r"@?[\w.!?]*", text)[0]
    if word in WORDS and "unquote(" in text:
        return "made by a macro: the name is unquoted"
    if not word or word in WORDS or word.startswith("@"):
        return ""
    return "made by a macro: " + (" ".join(text.split()[:2]).rstrip(",") if word == "use" else word)


def normal(text, definition, ours):
    """The compiler prints `key` as `key()`, `list(x)` as `[x]`, `[a: b]` as `[{:a, b}]`, and the module's
    own types without the module."""
    module = definition.names[0].rsplit(".", 1)[0]
    text = re.sub(r"\s+", " ", text).replace("()", "")
    text = re.sub(r"(?<![\w.])" + re.escape(module) + r"\.(?=[a-z])", "", text)
    text = re.sub(r"\{:(\w+[?!]?), ([^{}]*)\}(?=[,\]])", r"\1: \2", text)
    for _ in range(4):
        text = re.sub(r"(?<![\w.])list\(((?:[^()]|\([^()]*\))*)\)", r"[\1]", text)
    text = re.sub(r"\[((?:\w+[?!]?: [^\[\]]*))\]", r"\1", text)
    text = re.sub(r"(?<![\w.])(\.\.\. -> any)", "fun", text)
    text = re.sub(r" when (.*)$", lambda m: " when " + ", ".join(sorted(re.split(r", (?=\w+: )", m[1]))), text)
    return re.sub(r"[\s()\"]", "", text).replace("fun", "").replace("...->any", "")


def reason(miss, case):
    if miss["reason"]:
        return miss["reason"]
    if miss["what"] == "doc" and "#{" in (miss["ours"] or ""):
        return "text is interpolated when the module is compiled"
    if miss["what"] == "not found" and miss["name"].startswith(("Inspect.", "IEx.Info.")):
        return "an implementation by @derive, by a macro, or of several types at once (told of one of them)"
    if miss["what"] == "doc" and miss["kind"] == "module" and not miss["ours"]:
        return "read from another file when the module is compiled"
    if miss["name"] == "Kernel.../0":
        return "the grammar does not know `..` as a name"
    if miss["what"] == "signature":
        return "the compiler's spelling of the same type"
    return ""
