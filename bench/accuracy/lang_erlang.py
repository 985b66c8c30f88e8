"""Erlang against the export tables and debug information of compiled modules."""

import os
import re

from places import HERE, below, definitions
from score import Case

HELP = "SOURCES EBIN…: the root of the sources, and the directories of what was compiled from them"


def cases(places):
    root, *compiled = places
    files = [os.path.relpath(file, root) for file in below([root], (".erl", ".hrl"))]
    title = os.path.basename(os.path.dirname(root) if root.rstrip("/").endswith("/src") else root)
    yield Case(title, root, files, "", compiled)


def truth(case):
    sources = {os.path.basename(file)[:-4]: file for file in case.files if file.endswith(".erl")}
    hidden = {}
    for definition in definitions(["escript", os.path.join(HERE, "truth_erlang.escript"), *case.places]):
        name = definition.names[0]
        module = name.split(":")[0].strip("'")
        if module not in sources:
            definition.note = "its source is not among the files: generated"
        else:
            if module not in hidden:
                with open(os.path.join(case.root, sources[module]), errors="replace") as text:
                    hidden[module] = hides(text.read())
            of_module, functions = hidden[module]
            if of_module or name.partition(":")[2].replace("'", "") in functions:
                definition.aside = "exported, but EDoc hides it: @private, @hidden"
        yield definition


def hides(text):
    """Whether a module's comment hides it, and the functions whose comments hide them."""
    of_module, functions, hidden = False, set(), False
    lines = text.split("\n")
    for at, line in enumerate(lines):
        if line.startswith("%"):
            hidden = hidden or bool(re.match(r"%+\s*@(private|hidden)\b", line))
        elif line.startswith("-module"):
            of_module, hidden = hidden, False
        elif head := re.match(r"('?[a-z][\w@]*'?)\(", line):
            if hidden:
                functions.add(f"{head[1].strip(chr(39))}/{arity(chr(10).join(lines[at : at + 30])[head.end():])}")
            hidden = False
        elif line.strip() and not line.startswith("-"):
            hidden = False
    return of_module, functions


def arity(text):
    """Commas at the top of an argument list."""
    depth, commas, empty = 0, 0, True
    for token in re.finditer(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'|\$\\?.|%[^\n]*|.', text, re.S):
        text = token[0]
        if text in "([{" or text == "<<":
            depth += 1
        elif text in ")]}":
            if depth == 0:
                return 0 if empty else commas + 1
            depth -= 1
        elif text == "," and depth == 0:
            commas += 1
        empty = empty and text.isspace()
    return -1


def normal(text, definition, ours):
    """`erl_pp` prints `list(x)` as `[x]` and quotes nothing that needs none."""
    text = re.sub(r"^-(spec|callback) ", "", text.strip())
    text = re.sub(r"[\s']", "", text).rstrip(".;")
    for _ in range(4):
        text = re.sub(r"(?<![\w:])nonempty_list\(((?:[^()]|\([^()]*\))*)\)", r"[\1,...]", text)
        text = re.sub(r"(?<![\w:])list\(((?:[^()]|\([^()]*\))+)\)", r"[\1]", text)
    return text.replace(";" + definition.names[0].split(":")[1].split("/")[0] + "(", ";(")


def reason(miss, case):
    if miss["what"] == "signature":
        ours = miss["ours"]
        return "a macro in the spec" if "?" in ours else "longer than 2 kB" if ours.endswith("…") else "the compiler's spelling"
    if miss["what"] == "not found":
        return miss["reason"] or "a macro makes it, or stands where the grammar knows no macro"
    if miss["condition"]:
        return f"under a condition that this build does not meet: {miss['condition']}"
    return "exported by an included file, or within -ifdef(TEST)"
