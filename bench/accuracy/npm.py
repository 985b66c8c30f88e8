"""npm packages: the files that would be indexed, against the compiler's or Node's view of them.

    python bench/accuracy/npm.py typescript --compiler NODE_MODULES/typescript NODE_MODULES/PACKAGE…
    python bench/accuracy/npm.py commonjs NODE_MODULES/PACKAGE…

Apart from accuracy.py: the truth tells public names only, so that all else which we call public
counts against precision, and each has several paths. `--list N` shows N of each sort of difference.
"""

import argparse
import base64
import collections
import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
# Our kinds by the words of the truth programs.
KINDS = {
    "function": {"function", "method", "constant"},
    "class": {"class", "function", "constant"},
    "interface": {"interface", "class"},
    "type": {"type"},
    "enum": {"enum"},
    "enumerator": {"field"},
    "variable": {"constant", "function", "class", "method", "field"},
    "namespace": {"module", "constant"},
    "method": {"method", "field", "function"},
    "accessor": {"field"},
    "property": {"field", "method", "constant", "function"},
    "value": {"constant", "field", "function", "class", "enum", "module", "method"},
}


def truth(command):
    done = subprocess.run(command, capture_output=True, text=True, errors="replace")
    if done.returncode:
        sys.exit(done.stderr)
    text = lambda field: None if field == "-" else base64.b64decode(field).decode(errors="replace")
    for line in done.stdout.splitlines():
        names, kind, _, signature, doc, note = line.split("\t")
        yield names.split("\x1f"), kind, text(signature), text(doc), note


def package_name(directory):
    with open(os.path.join(directory, "package.json"), encoding="utf-8-sig") as file:
        return json.load(file)["name"]


def ours(parser, selection, directory):
    name = package_name(directory)
    run = lambda command: subprocess.run(command, capture_output=True, text=True, errors="replace", cwd=directory)
    files = run([selection, "npm", name, "."]).stdout.splitlines()
    done = run([parser, "--json", "--resolve", "--timeout-ms", "10000", "--package", name] + files)
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr.splitlines()


def signature(text):
    """Without what only introduces it, white space, quotes and final punctuation."""
    text = re.sub(r"(^|;)(\s*(export|declare|default|public|async)(?=\s))+", r"\1", (text or "").strip())
    return re.sub(r"[\s'\";]|,(?=\s*[)\]}>])|(?<=[=:<(|])\s*\|", "", text).rstrip("=,{")


def doc(text):
    """The description before the first tag."""
    text = re.split(r"(?m)^\s*@[a-zA-Z]", text or "")[0]
    return re.sub(r"\{@\w+|[\s}|]", "", text).rstrip(".")


class Score:
    def __init__(self):
        self.truth = self.found = self.extra = 0
        self.signatures, self.docs = [0, 0], [0, 0]

    def add(self, other):
        for field in ("truth", "found", "extra"):
            setattr(self, field, getattr(self, field) + getattr(other, field))
        for field in ("signatures", "docs"):
            setattr(self, field, [a + b for a, b in zip(getattr(self, field), getattr(other, field))])

    def row(self):
        ratio = lambda a, b: f"{a / b:.4f}" if b else "-"
        return [
            self.truth, ratio(self.found, self.truth), ratio(self.found, self.found + self.extra),
            ratio(self.signatures[1], sum(self.signatures)), ratio(self.docs[1], sum(self.docs)),
        ]


def compare(snippets, definitions, listed, dynamic=False):
    public = [s for s in snippets if s["visibility"] == "public"]
    by_name = collections.defaultdict(list)
    for snippet in public:
        for name in [snippet["qualified_name"], *snippet["aliases"]]:
            by_name[name].append(snippet)
    # What its author marks as private, under whatever container, is no API, though `require` shows it.
    private = lambda s: s["visibility"] != "public" and re.search(r"(?m)^\s*@(api\s+)?(private|internal)\b", s["doc"] or "")
    marked = {s["name"] for s in snippets if private(s)} - {s["name"] for s in snippets if not private(s)}
    score, used = Score(), set()
    lists, excused = collections.defaultdict(list), collections.Counter()
    seen_containers = set()
    for names, kind, told, words, note in definitions:
        matches = [s for n in names for s in by_name.get(n, []) if s["kind"] in KINDS[kind]]
        ours_of = {"namespace": "module", "variable": "constant", "property": "field"}.get(kind, kind)
        differs = lambda s: bool(told) and signature(told) != signature(s["signature"])
        matches.sort(key=lambda s: (differs(s), id(s) in used, s["kind"] != ours_of))
        seen_containers.update(names)
        if not matches and any(name.rpartition(".")[2] in marked for name in names):
            note = note or "marked as private by its own documentation"
        if not matches and note:
            excused[note] += 1
            continue
        score.truth += 1
        if not matches:
            lists["not found"].append(f"{kind} {names[0]}")
            continue
        match = matches[0]
        score.found += 1
        used.update(id(s) for s in matches)
        if told:
            equal = signature(told) == signature(match["signature"])
            score.signatures[equal] += 1
            if not equal:
                lists["signature"].append(f"{names[0]}\n      tool {' '.join(told.split()):.300}\n      ours {match['signature']:.300}")
        if not dynamic and (words or match["doc"]):
            equal = doc(words) == doc(match["doc"])
            score.docs[equal] += 1
            if not equal:
                lists["doc"].append(f"{names[0]}\n      tool {words!r:.160}\n      ours {match['doc']!r:.160}")
    for snippet in public:
        if id(snippet) in used or snippet["kind"] == "module":
            continue
        if dynamic and dynamic(snippet):
            continue
        score.extra += 1
        lists["public, the tool does not say so"].append(f"{snippet['kind']} {snippet['qualified_name']} {snippet['path']}:{snippet['start_line']}")
    for what, entries in lists.items():
        if listed:
            print(f"\n{what}: {len(entries)}")
        for entry in entries[:listed]:
            print("   ", entry)
    for why, count in excused.most_common():
        print(f"not counted: {count} ({why})")
    return score


def measure(language, compiler, directories, parser, selection, listed):
    total, rows = Score(), []
    for directory in directories:
        directory = os.path.abspath(directory)
        snippets, skipped = ours(parser, selection, directory)
        if listed:
            print(f"== {directory}", *skipped, sep="\n")
        program = {"typescript": "truth_typescript.mjs", "commonjs": "truth_commonjs.mjs"}[language]
        command = ["node", os.path.join(HERE, program)] + ([compiler] if language == "typescript" else []) + [directory]
        # What `require` of the main entry does not show: types, members that only instances have,
        # other entries, data inside of what is exported.
        package = package_name(directory)
        unseen = (lambda s: s["kind"] in ("interface", "type", "field") or s["name"] == "constructor"
                  or s["qualified_name"].startswith(package + "/")
                  or s["kind"] == "constant" and s["qualified_name"][len(package):].count(".") > 1) if language == "commonjs" else False
        score = compare(snippets, truth(command), listed, unseen)
        rows.append([os.path.relpath(directory)] + score.row())
        total.add(score)
    print(f"{'package':44}{'tool':>7}{'recall':>8}{'public P':>10}{'sig':>8}{'doc':>8}")
    for name, *row in rows + [["all"] + total.row()]:
        print(f"{name[-43:]:44}{row[0]:7}{row[1]:>8}{row[2]:>10}{row[3]:>8}{row[4]:>8}")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("language", choices=["typescript", "commonjs"])
    arguments.add_argument("packages", nargs="+", help="directories of unpacked packages")
    arguments.add_argument("--compiler", default="typescript", help="directory of the npm package typescript")
    arguments.add_argument("--parser", default=os.path.join(HERE, "../../target/release/universal-parser"))
    arguments.add_argument("--selection", help="registry_indexer's example of that name; default: beside the parser")
    arguments.add_argument("--list", type=int, default=20, help="differences shown of each sort")
    given = arguments.parse_args()
    parser = os.path.abspath(given.parser)
    selection = given.selection or os.path.join(os.path.dirname(parser), "examples/selection")
    measure(given.language, given.compiler, given.packages, parser, os.path.abspath(selection), given.list)


main()
