"""Rust against rustdoc's JSON.

Each place is a crate's source. It is copied and documented with all features (else those docs.rs
takes, else the default ones). Counted are modules, types, fields, variants, functions, traits and
their items, inherent members, constants and macros, by the paths that `use` items lead to. Not
counted: what implements a trait (its definition is the trait's), tuple fields (part of their
container's signature). What a macro call makes is counted apart.

Signatures are rendered from the types in the JSON; names are compared by their last part, since the
JSON names what a path leads to. Where that differs (an import under another name, an alias of
another crate, a constant's value), the item's text at rustdoc's span up to its body counts as well.
Both owe nothing to our own reading. White space and trailing commas do not count, nor what rustdoc
leaves out of ours: `mut` of arguments, private tuple fields, values of constants.

Precision leaves out what `cfg` takes out of the documented configuration.
"""

import collections
import json
import os
import re
import subprocess
import tempfile

import truth_rust_text as text
from truth_rust import Definitions, Sources, document, made_by_macro

HELP = "CRATE_DIRECTORY…: sources of crates, as the cargo cache holds them"
KINDS = {
    "module": {"module"}, "struct": {"struct"}, "union": {"struct"}, "enum": {"enum"}, "trait": {"trait"},
    "trait_alias": {"trait", "type"}, "function": {"function", "method"}, "constant": {"constant"},
    "static": {"constant"}, "assoc_const": {"constant"}, "type_alias": {"type"}, "assoc_type": {"type"},
    "extern_type": {"type"}, "macro": {"macro"}, "proc_macro": {"macro"}, "variant": {"field"},
    "struct_field": {"field"},
}


def run(given):
    """Called by accuracy.py."""
    rows = []
    for crate in given.places:
        crate = os.path.abspath(crate)
        name = os.path.basename(crate)
        with tempfile.TemporaryDirectory() as work:
            if shared := os.environ.get("ACCURACY_TARGET"):
                # One target directory for all crates of several runs.
                os.makedirs(shared, exist_ok=True)
                os.symlink(os.path.abspath(shared), os.path.join(work, "target"))
            try:
                truth, root, config = document(crate, work)
            except RuntimeError as error:
                print(f"== {name}\nnot documented: {error}\n")
                continue
            result = measure(truth, root, config, os.path.abspath(given.parser))
        rows.append((name, config.shown, result))
        if given.json:
            print(json.dumps({"language": "rust", "package": name, **result.as_json()}), flush=True)
        elif not given.summary:
            result.print_tables(name, given.list)
    if not given.json:
        print_rows(rows)


def ours(parser, files, package, root):
    command = [parser, "--json", "--resolve", "--timeout-ms", "10000", "--package", package, *files]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, errors="replace")
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr.splitlines()


def measure(truth, root, config, parser):
    files = []
    for directory, _, names in os.walk(root):
        files += [os.path.relpath(os.path.join(directory, name), root) for name in names if name.endswith(".rs")]
    with open(os.path.join(root, "Cargo.toml")) as file:
        package = re.search(r'^name = "([^"]+)"', file.read(), re.M)[1]
    snippets, skipped = ours(parser, sorted(files), package, root)
    result = Result(Definitions(truth), Sources(root), config, snippets)
    result.skipped = skipped
    return result


def ratio(a, b):
    return a / b if b else 1.0


def id_of(snippet):
    return snippet["path"], snippet["start_line"], snippet["kind"], snippet["qualified_name"]


class Result:
    """What agrees and what does not, each difference with its reason."""

    def __init__(self, definitions, sources, config, snippets):
        self.definitions, self.sources, self.config = definitions, sources, config
        self.kinds = collections.defaultdict(collections.Counter)
        self.score, self.apart, self.misses = collections.Counter(), collections.Counter(), []
        self.by_path, self.by_name = collections.defaultdict(list), collections.defaultdict(list)
        for snippet in snippets:
            for path in [snippet["qualified_name"], *snippet["aliases"]]:
                self.by_path[path].append(snippet)
            self.by_name[snippet["path"], snippet["name"]].append(snippet)
        self.made, used = set(), set()
        for id, paths in definitions.paths.items():
            used.update(self.add(id, paths))
        for snippet in snippets:
            if snippet["visibility"] == "public" and id_of(snippet) not in used:
                self.extra(snippet)

    def add(self, id, paths):
        """One of rustdoc's; gives what of ours it is."""
        entry = self.definitions.index[str(id)]
        (kind, _), = entry["inner"].items()
        if kind not in KINDS:
            return []
        best = min(paths, key=lambda path: (path.count("::"), path))
        matches = self.find(entry, kind, paths)
        public = [snippet for snippet in matches if snippet["visibility"] == "public"]
        why = made_by_macro(entry, self.sources)
        if why:
            self.made.add(best)
            self.apart[why, bool(public)] += 1
            if not public:
                self.miss("made by a macro", kind, best, why, entry)
            return map(id_of, public)
        count = self.kinds[kind]
        count["truth"] += 1
        count["found"] += bool(matches)
        count["hit"] += bool(public)
        if not public:
            of = best.rsplit("::", 1)[0]
            why = "its type is made by a macro" if of in self.made else "?"
            self.miss("public, says rustdoc only" if matches else "not found", kind, best, why, entry)
            return []
        self.agree(entry, kind, best, public)
        return map(id_of, public)

    def agree(self, entry, kind, best, public):
        """Path, signature and documentation of what both find."""
        match = public[0]
        self.score["paths", match["qualified_name"] == best] += 1
        if match["qualified_name"] != best:
            self.miss("path", kind, best, "its other paths exist in other configurations" if match["condition"] else "?", entry, best, match["qualified_name"])
        said = text.item(entry, self.definitions.index)
        if said is not None:
            mine = {text.fold(text.ours(snippet["signature"], kind)) for snippet in public}
            written = text.header(self.sources.at(entry["span"]))
            by_types, by_text = text.fold(said) in mine, text.fold(text.ours(written, kind)) in mine
            self.score["signatures", by_types or by_text] += 1
            self.score["signatures by text alone"] += by_text and not by_types
            if not (by_types or by_text):
                self.miss("signature", kind, best, "?", entry, said, match["signature"])
        if entry["docs"] or match["doc"]:
            bare = lambda doc: "".join((doc or "").split())
            equal = any(bare(snippet["doc"]) == bare(entry["docs"]) for snippet in public)
            self.score["docs", equal] += 1
            if not equal:
                self.miss("doc", kind, best, self.why_doc(entry, match), entry, entry["docs"], match["doc"])

    def why_doc(self, entry, match):
        """What stands before the item or at the start of its file."""
        first = match["start_line"] - 1
        above = self.sources.lines(match["path"])[max(first - 80, 0) : first]
        above += self.sources.lines(entry["span"]["filename"])[:40] if match["kind"] == "module" else []
        told = "\n".join(above)
        for mark, why in (("include_str!", "text of another file"), ("doc = ", "text made by a macro or for a condition")):
            if mark in told:
                return why
        return "documented by the macro that defines it" if match["doc"] is None else "?"

    def extra(self, snippet):
        """Ours, not rustdoc's."""
        condition = snippet["condition"]
        holds = self.config.holds(condition) if condition else True
        if holds is False:
            self.apart["ours, not in this configuration", True] += 1
            return
        written = self.sources.lines(snippet["path"])[: snippet["start_line"]]
        block = next((line for line in reversed(written) if line.startswith("impl")), "")
        if snippet["kind"] in ("method", "constant") and re.match(r"impl(<.*?>)?\s+dyn ", block):
            # Shown on rustdoc's pages.
            self.apart["ours, of `impl dyn`, which the JSON leaves out", True] += 1
            return
        self.kinds[min(kind for kind, ours in KINDS.items() if snippet["kind"] in ours)]["extra"] += 1
        why = f"cannot be told whether {condition} holds" if holds is None else "?"
        self.misses.append({"what": "public, says we only", "kind": snippet["kind"], "name": snippet["qualified_name"], "reason": why,
                            "place": f"{snippet['path']}:{snippet['start_line']}", "tool": None, "ours": None})

    def find(self, entry, kind, paths):
        """Ours at one of the paths; else of that name at that place."""
        span = entry["span"]
        right = lambda snippet: snippet["kind"] in KINDS[kind]
        def overlaps(snippet):
            return span and snippet["path"] == span["filename"] and snippet["start_line"] <= span["end"][0] and snippet["end_line"] >= span["begin"][0]
        found = [snippet for path in paths for snippet in self.by_path.get(path, []) if right(snippet)]
        near = [snippet for snippet in found if overlaps(snippet)]
        if near or found and kind == "module":
            return near or found
        near = [snippet for snippet in self.by_name.get((span["filename"], entry["name"]), []) if right(snippet) and overlaps(snippet)] if span else []
        return near or [snippet for snippet in found if snippet["visibility"] == "public"]

    def miss(self, what, kind, name, why, entry, tool=None, ours=None):
        span = entry["span"]
        place = span and f"{span['filename']}:{span['begin'][0]}"
        self.misses.append({"what": what, "kind": kind, "name": name, "reason": why, "place": place, "tool": tool, "ours": ours})

    def figures(self):
        total = collections.Counter()
        for count in self.kinds.values():
            total.update(count)
        rates = {"items": total["truth"], **self.rates(total)}
        for what in ("signatures", "docs", "paths"):
            rates[what] = ratio(self.score[what, True], self.score[what, True] + self.score[what, False])
        rates["apart"] = sum(number for (_, found), number in self.apart.items() if not found)
        return rates

    @staticmethod
    def rates(count):
        recall, precision = ratio(count["hit"], count["truth"]), ratio(count["hit"], count["hit"] + count["extra"])
        return {"recall": recall, "precision": precision, "f1": ratio(2 * precision * recall, precision + recall)}

    def as_json(self):
        kinds = {kind: {**count, **self.rates(count)} for kind, count in sorted(self.kinds.items())}
        apart = {f"{why}{'' if found else ', missed'}": number for (why, found), number in self.apart.items()}
        return {"all": self.figures(), "kinds": kinds, "apart": apart, "misses": self.misses, "skipped": self.skipped}

    def print_tables(self, name, listed):
        print(f"== {name}\n{'kind':14}{'rustdoc':>8}{'found':>8}{'recall':>9}{'P':>9}{'F1':>9}")
        total = collections.Counter()
        for kind, count in [*sorted(self.kinds.items()), ("all", total)]:
            rates = self.rates(count)
            print(f"{kind:14}{count['truth']:8}{count['found']:8}{rates['recall']:9.4f}{rates['precision']:9.4f}{rates['f1']:9.4f}")
            if count is not total:
                total.update(count)
        for what, words in (("signatures", "signatures equal"), ("docs", "docs equal"), ("paths", "told under the shortest path")):
            yes, no = self.score[what, True], self.score[what, False]
            print(f"{words}: {yes} of {yes + no} ({ratio(yes, yes + no):.4f})")
        print(f"of the signatures, equal by the text alone: {self.score['signatures by text alone']}")
        for (why, found), number in sorted(self.apart.items()):
            print(f"counted apart: {number} {why}{'' if why.startswith('ours') else ', found' if found else ', missed'}")
        sorts = collections.defaultdict(list)
        for miss in self.misses:
            sorts[miss["what"]].append(miss)
        for what, misses in sorts.items():
            print(f"\n{what}: {len(misses)}")
            for why, number in collections.Counter(miss["reason"] for miss in misses).most_common(20):
                print(f"  {number:5}  {why}")
            for miss in misses[:listed]:
                print(f"    {miss['kind']} {miss['name']}  {miss['place']}  [{miss['reason']}]")
                if miss["tool"] or miss["ours"]:
                    print(f"      tool {miss['tool']!r:.240}\n      ours {miss['ours']!r:.240}")
        print(*self.skipped[:listed], sep="\n")


def print_rows(rows):
    print(f"{'crate':28}{'items':>7}{'recall':>8}{'prec.':>8}{'sign.':>8}{'docs':>8}{'paths':>8}{'apart':>7}  features")
    for name, features, result in rows:
        rates = result.figures()
        shown = "".join(f"{rates[key]:8.4f}" for key in ("recall", "precision", "signatures", "docs", "paths"))
        print(f"{name:28}{rates['items']:7}{shown}{rates['apart']:7}  {features}")
