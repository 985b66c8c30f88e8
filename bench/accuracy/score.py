"""Counts what agrees and what does not."""

import collections
import dataclasses
import re

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


@dataclasses.dataclass
class Case:
    """One package: `files` are relative to `root`."""

    title: str
    root: str
    files: list
    package: str = ""
    places: list = dataclasses.field(default_factory=list)


@dataclasses.dataclass
class Definition:
    """What the tool says of one thing. `names` are alternatives; `note` says why a miss would be no fault;
    `place` is (path, first line, last line) where the tool knows it. `aside` says why it is not compared at all."""

    names: list
    kind: str
    public: bool
    signature: str | None = None
    doc: str | None = None
    note: str = ""
    place: tuple | None = None
    documented: bool = True
    aside: str = ""


def words(text):
    return " ".join((text or "").split())


def squeezed(text):
    """A signature without white space, and without the word that tells what it is of."""
    return re.sub(r"\s|\.$", "", re.sub(r"^(async def|def|-spec|-callback) ", "", text.strip()))


def ratio(a, b):
    return a / b if b else 1.0


class Counts:
    def __init__(self):
        self.truth = self.found = self.hit = self.extra = self.missed = 0

    def add(self, other):
        for field in vars(self):
            setattr(self, field, getattr(self, field) + getattr(other, field))

    def figures(self):
        precision, recall = ratio(self.hit, self.hit + self.extra), ratio(self.hit, self.hit + self.missed)
        f1 = ratio(2 * precision * recall, precision + recall)
        return {"tool": self.truth, "recall": ratio(self.found, self.truth), "public_precision": precision,
                "public_recall": recall, "f1": f1}


class Score:
    def __init__(self, case, snippets, normal=None):
        self.case, self.normal = case, normal
        self.kinds = collections.defaultdict(Counts)
        self.signatures, self.docs, self.written = [0, 0], [0, 0], [0, 0]
        self.excused, self.misses, self.skipped = collections.Counter(), [], []
        self.used, self.definitions, self.snippets = set(), [], snippets
        self.by_name, self.by_place = collections.defaultdict(list), collections.defaultdict(list)
        for snippet in snippets:
            for name in [snippet["qualified_name"], *(snippet.get("aliases") or [])]:
                self.by_name[name].append(snippet)
            self.by_place[snippet["path"], snippet["name"]].append(snippet)

    def empty(self, title):
        return Score(dataclasses.replace(self.case, title=title), [])

    def merge(self, other):
        for kind, counts in other.kinds.items():
            self.kinds[kind].add(counts)
        for mine, theirs in ((self.signatures, other.signatures), (self.docs, other.docs), (self.written, other.written)):
            mine[0] += theirs[0]
            mine[1] += theirs[1]
        self.excused += other.excused

    def match(self, definition):
        """Ours for the same thing: by its names, else by its place."""
        kinds = KINDS[definition.kind]
        found = [s for name in definition.names for s in self.by_name.get(name, []) if s["kind"] in kinds]
        if not found and definition.place:
            path, first, last = definition.place
            name = definition.names[0].rsplit(".", 1)[-1]
            found = [s for s in self.by_place.get((path, name), []) if s["kind"] in kinds and first <= s["start_line"] <= last]
        # What is public is what the reader gets.
        names = set(definition.names)
        found.sort(key=lambda s: (s["kind"] != definition.kind, s["qualified_name"] not in names, s["visibility"] != "public"))
        return found[0] if found else None

    def miss(self, what, definition, ours=None, tool=None, mine=None):
        self.misses.append({"what": what, "kind": definition.kind, "name": definition.names[0], "reason": definition.note if what == "not found" else "",
                            "tool": tool, "ours": mine, "path": ours and f"{ours['path']}:{ours['start_line']}",
                            "place": definition.place, "condition": ours and ours.get("condition")})

    def add(self, definition):
        if definition.aside:
            self.excused[definition.aside] += 1
            return
        counts, match = self.kinds[definition.kind], self.match(definition)
        self.definitions.append((definition, match))
        if match is None and definition.note:
            self.excused[definition.note] += 1
            return
        counts.truth += 1
        if match is None:
            counts.missed += definition.public
            self.miss("not found", definition)
            return
        counts.found += 1
        self.used.add(id(match))
        public = match["visibility"] == "public"
        counts.hit += definition.public and public
        counts.extra += public and not definition.public
        counts.missed += definition.public and not public
        if public != definition.public:
            self.miss("public says " + ("the tool" if definition.public else "we"), definition, match)

    def finish(self):
        """Signatures and documentation of what is public, once all is known."""
        tells_docs = any(definition.doc for definition, _ in self.definitions)
        normal = self.normal or (lambda text, definition, ours: words(text))
        for definition, match in self.definitions:
            if match is None or not definition.public:
                continue
            if definition.signature:
                tool, mine = (normal(text, definition, ours) for text, ours in ((definition.signature, False), (match["signature"], True)))
                self.signatures[tool == mine] += 1
                self.written[squeezed(definition.signature) == squeezed(match["signature"])] += 1
                if tool != mine:
                    self.miss("signature", definition, match, words(definition.signature), match["signature"])
            if definition.documented and (definition.doc or tells_docs and match["doc"]):
                tool, mine = words(definition.doc), words(match["doc"])
                self.docs[tool == mine] += 1
                if tool != mine:
                    self.miss("doc", definition, match, definition.doc, match["doc"])

    def total(self):
        total = Counts()
        for counts in self.kinds.values():
            total.add(counts)
        return total

    def as_json(self):
        kinds = {kind: counts.figures() for kind, counts in sorted(self.kinds.items())}
        equal = lambda pair: {"equal": pair[1], "of": sum(pair), "ratio": ratio(pair[1], sum(pair))}
        return {"package": self.case.title, "all": self.total().figures(), "kinds": kinds, "signatures": equal(self.signatures), "signatures_as_written": equal(self.written),
                "docs": equal(self.docs), "not_counted": dict(self.excused), "misses": self.misses, "skipped": self.skipped}

    def print_line(self, header):
        if header:
            print("| package | definitions | recall | public precision | public recall | F1 | signatures | docs |")
            print("|---|---|---|---|---|---|---|---|")
        f = self.total().figures()
        equal = lambda pair: f"{ratio(pair[1], sum(pair)):.4f} of {sum(pair)}" if sum(pair) else "none"
        print(f"| {self.case.title} | {f['tool']} | {f['recall']:.4f} | {f['public_precision']:.4f} | {f['public_recall']:.4f}"
              f" | {f['f1']:.4f} | {equal(self.signatures)} | {equal(self.docs)} |", flush=True)

    def print_tables(self, listed):
        print(f"== {self.case.title}")
        print(f"{'kind':12}{'tool':>8}{'recall':>9}{'public P':>10}{'R':>8}{'F1':>8}")
        for kind, counts in [*sorted(self.kinds.items()), ("all", self.total())]:
            f = counts.figures()
            print(f"{kind:12}{f['tool']:8}{f['recall']:9.4f}{f['public_precision']:10.4f}{f['public_recall']:8.4f}{f['f1']:8.4f}")
        for name, (no, yes) in (("signatures", self.signatures), ("signatures as written", self.written), ("docs", self.docs)):
            print(f"{name} equal: {yes} of {yes + no} ({ratio(yes, yes + no):.4f})")
        for why, count in self.excused.most_common():
            print(f"not counted: {count} ({why})")
        sorts = collections.defaultdict(list)
        for miss in self.misses:
            sorts[miss["what"]].append(miss)
        for what, misses in sorts.items():
            why = collections.Counter(miss["reason"] or "?" for miss in misses)
            print(f"\n{what}: {len(misses)}")
            for reason, count in why.most_common():
                print(f"  {count:5}  {reason}")
            for miss in misses[:listed]:
                print(f"    {miss['kind']} {miss['name']}  [{miss['reason'] or '?'}]")
                if what in ("signature", "doc"):
                    print(f"      tool {miss['tool']!r:.240}\n      ours {miss['ours']!r:.240}")
        for line in self.skipped:
            print("skipped", re.sub(r"\s+", " ", line))
