"""Compares the outlines of universal-parser with what a language's own tool says."""

import argparse
import base64
import collections
import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
EXTENSIONS = {"python": (".py", ".pyi"), "elixir": (".ex",), "erlang": (".erl",)}
# Our kinds by the words of the truth programs.
KINDS = {
    "function": {"function", "macro", "method"},
    "method": {"method", "field", "function"},
    "callback": {"method"},
    "class": {"class"},
    "attribute": {"field", "constant", "type", "method", "function"},
    "module": {"module", "interface"},
    "type": {"type", "struct", "enum", "class"},
    "struct": {"struct", "class", "type"},
    "enum": {"enum", "type"},
    "enumerator": {"field", "constant"},
    "member": {"field", "constant", "method"},
    "variable": {"constant", "field", "function", "method"},
    "macro": {"macro"},
}


def run(command, **options):
    return subprocess.run(command, capture_output=True, text=True, errors="replace", **options)


def files_below(roots, extensions):
    for root in roots:
        if os.path.isfile(root):
            yield root
        for directory, _, names in os.walk(root):
            yield from sorted(os.path.join(directory, n) for n in names if n.endswith(extensions))


def ours(parser, files, package, cwd):
    """Our snippets, and what the parser said of files it skipped."""
    found, skipped = [], []
    command = [parser, "--json", "--resolve", "--timeout-ms", "10000", "--package", package]
    step = len(files) if package else 200
    for at in range(0, len(files), max(step, 1)):
        done = run(command + files[at : at + step], cwd=cwd)
        found += [json.loads(line) for line in done.stdout.splitlines()]
        skipped += done.stderr.splitlines()
    return found, skipped


def truth(command):
    done = run(command)
    if done.returncode:
        sys.exit(done.stderr)
    text = lambda field: None if field == "-" else base64.b64decode(field).decode(errors="replace")
    for line in done.stdout.splitlines():
        names, kind, public, signature, doc, note = line.split("\t")
        yield names.split("\x1f"), kind, public == "1", text(signature), text(doc), note


def fold(text):
    return re.sub(r"[\s'\"]|\(\)", "", text or "").lower().rstrip(".;")


def bare(text):
    """A signature without the word that introduces it and without `self`."""
    text = re.sub(r"^(async def|def|defmacro|defguard|defdelegate|-spec|@spec) ", "", text or "")
    return fold(re.sub(r"\((self|cls)(: [^,)]*)?(, |(?=\)))", "(", text)).replace("(", "").replace(")", "")


class Score:
    def __init__(self):
        self.truth = self.found = self.hit = self.extra = self.missed = 0


def compare(snippets, definitions, listed):
    by_name = collections.defaultdict(list)
    for snippet in snippets:
        by_name[snippet["qualified_name"]].append(snippet)
    scores, used = collections.defaultdict(Score), set()
    lists = collections.defaultdict(list)
    signatures, docs = [0, 0], [0, 0]
    excused = collections.Counter()
    definitions = list(definitions)
    tells_docs = any(doc for _, _, _, _, doc, _ in definitions)
    for names, kind, public, signature, doc, note in definitions:
        score = scores[kind]
        matches = [s for n in names for s in by_name.get(n, []) if s["kind"] in KINDS[kind]]
        matches.sort(key=lambda snippet: snippet["kind"] != kind)
        if not matches and note:
            excused[note] += 1
            continue
        score.truth += 1
        if not matches:
            lists["not found"].append(f"{kind} {names[0]}")
            score.missed += public
            continue
        score.found += 1
        match = matches[0]
        used.add(id(match))
        is_public = match["visibility"] == "public"
        score.hit += public and is_public
        score.extra += is_public and not public
        score.missed += public and not is_public
        if public != is_public:
            lists["public, says " + ("the tool" if public else "we")].append(f"{kind} {names[0]}")
        if not public:
            continue
        if signature:
            equal = bare(signature) == bare(match["signature"])
            signatures[equal] += 1
            if not equal:
                lists["signature"].append(f"{names[0]}\n      tool {' '.join(signature.split())}\n      ours {match['signature']}")
        # griffe does not read the `#:` comments of attributes.
        if doc or tells_docs and match["doc"] and kind != "attribute":
            equal = fold(doc) == fold(match["doc"])
            docs[equal] += 1
            if not equal:
                lists["doc"].append(f"{names[0]}\n      tool {doc!r:.120}\n      ours {match['doc']!r:.120}")
    report(scores, signatures, docs, excused, lists, listed)


def report(scores, signatures, docs, excused, lists, listed):
    ratio = lambda a, b: a / b if b else 1.0
    print(f"{'kind':12}{'tool':>8}{'recall':>9}{'public P':>10}{'R':>8}{'F1':>8}")
    total = Score()
    for kind, score in sorted(scores.items()) + [("all", total)]:
        p = ratio(score.hit, score.hit + score.extra)
        r = ratio(score.hit, score.hit + score.missed)
        f1 = ratio(2 * p * r, p + r)
        print(f"{kind:12}{score.truth:8}{ratio(score.found, score.truth):9.4f}{p:10.4f}{r:8.4f}{f1:8.4f}")
        for field in vars(total):
            setattr(total, field, getattr(total, field) + getattr(score, field))
    for name, (no, yes) in (("signatures", signatures), ("docs", docs)):
        print(f"{name} equal: {yes} of {yes + no} ({ratio(yes, yes + no):.4f})")
    for why, count in excused.most_common():
        print(f"not counted: {count} ({why})")
    for what, entries in lists.items():
        print(f"\n{what}: {len(entries)}")
        for entry in entries[:listed]:
            print("   ", entry)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("language", choices=["python", "elixir", "erlang", "ctags"])
    arguments.add_argument("places", nargs="+")
    arguments.add_argument("--parser", default=os.path.join(HERE, "../../target/release/universal-parser"))
    arguments.add_argument("--list", type=int, default=20)
    given = arguments.parse_args()
    first, rest = os.path.abspath(given.places[0]), given.places[1:]
    if given.language == "python":
        for package in rest:
            print(f"== {package}")
            files = [os.path.relpath(f, first) for f in files_below([os.path.join(first, package)], EXTENSIONS["python"])]
            snippets, skipped = ours(os.path.abspath(given.parser), files, package, first)
            compare(snippets, truth([sys.executable, os.path.join(HERE, "truth_python.py"), first, package]), given.list)
            print(*skipped, sep="\n")
        return
    if given.language == "ctags":
        files = list(files_below(map(os.path.abspath, given.places), (".c", ".h", ".cc", ".cpp", ".hpp", ".hh")))
        snippets, skipped = ours(given.parser, files, "", None)
        for snippet in snippets:
            snippet["qualified_name"] = snippet["path"] + ":" + snippet["name"].replace(" ", "")
            # ctags knows no visibility of files and comments.
            snippet["visibility"], snippet["doc"] = "public", None
        command = [sys.executable, os.path.join(HERE, "truth_ctags.py"), *map(os.path.abspath, given.places)]
    else:
        files = [os.path.relpath(f, first) for f in files_below([first], EXTENSIONS[given.language])]
        snippets, skipped = ours(os.path.abspath(given.parser), files, "", first)
        program = {"elixir": ["elixir", "truth_elixir.exs"], "erlang": ["escript", "truth_erlang.escript"]}[given.language]
        command = [program[0], os.path.join(HERE, program[1]), *map(os.path.abspath, rest)]
    compare(snippets, truth(command), given.list)
    print(*skipped, sep="\n")


main()
