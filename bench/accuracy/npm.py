"""npm packages: the files that would be indexed, against the compiler's or Node's view of them."""

import collections
import json
import os
import re
import subprocess

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
    score, used = Score(), set()
    lists, excused = collections.defaultdict(list), collections.Counter()
    seen_containers = set()
    for names, kind, _, told, words, note in definitions:
        matches = [s for n in names for s in by_name.get(n, []) if s["kind"] in KINDS[kind]]
        matches.sort(key=lambda s: (id(s) in used, s["kind"] != kind and kind not in ("variable", "property")))
        seen_containers.update(names)
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


def measure(language, compiler, directories, parser, selection, truth, listed):
    total, rows = Score(), []
    for directory in directories:
        directory = os.path.abspath(directory)
        snippets, skipped = ours(parser, selection, directory)
        if listed:
            print(f"== {directory}", *skipped, sep="\n")
        program = {"typescript": "truth_typescript.mjs", "commonjs": "truth_commonjs.mjs"}[language]
        command = ["node", os.path.join(HERE, program)] + ([compiler] if language == "typescript" else []) + [directory]
        # What a runtime does not see: types, and members that only instances have.
        unseen = (lambda s: s["kind"] in ("interface", "type", "field")) if language == "commonjs" else False
        score = compare(snippets, truth(command), listed, unseen)
        rows.append([os.path.relpath(directory)] + score.row())
        total.add(score)
    print(f"{'package':44}{'tool':>7}{'recall':>8}{'public P':>10}{'sig':>8}{'doc':>8}")
    for name, *row in rows + [["all"] + total.row()]:
        print(f"{name[-43:]:44}{row[0]:7}{row[1]:>8}{row[2]:>10}{row[3]:>8}{row[4]:>8}")
