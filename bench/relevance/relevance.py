#!/usr/bin/env python3
"""Search relevance of ours and of the registries' own formulas, on one store.

    relevance.py STORE                  tables per class, ecosystem and half
    relevance.py STORE --failures       what stood where the wanted package should stand, and why
    relevance.py STORE --unjudged       what some ranker puts among its first ten and nobody judged

bench/relevance/README.md says how the store is made.
"""
import argparse
import collections
import hashlib
import json
import math
import pathlib
import subprocess
import sys

import rank_memory
import rank_postgres

HERE = pathlib.Path(__file__).parent
ECOSYSTEMS = ("npm", "cargo", "hex", "pypi")
CLASSES = ("exact", "prefix", "split", "typo", "purpose", "ambiguous")
MEASURES = ("S@1", "S@5", "MRR", "NDCG")
DEPTH = 10
# What counts as success: graded 2 or 3.
GOOD = 2


def key(ecosystem, name):
    """Names that the registry takes as one."""
    if ecosystem == "npm":
        return name
    return name.lower().replace("_", "-").replace(".", "-")


class Query:
    def __init__(self, line):
        self.id, self.ecosystem, self.kind, self.text, judged = line.split("\t")
        self.grades = {}
        for part in judged.split():
            name, _, grade = part.rpartition("=")
            self.grades[key(self.ecosystem, name)] = int(grade)
        # Half of the queries, by their id, are kept from whoever tunes.
        self.held_out = hashlib.sha256(self.id.encode()).digest()[0] % 2 == 1

    def graded(self, names):
        return [self.grades.get(key(self.ecosystem, name), 0) for name in names]


def queries():
    lines = (HERE / "queries.tsv").read_text().splitlines()
    return [Query(line) for line in lines if line and not line.startswith("#")]


def measure(query, names):
    """Success@1, Success@5, reciprocal rank and NDCG@10 of one answer."""
    grades = query.graded(names[:DEPTH])
    good = [n for n, grade in enumerate(grades, 1) if grade >= GOOD]
    first = good[0] if good else None

    ideal = sorted(query.grades.values(), reverse=True)[:DEPTH]
    return (float(first == 1), float(first is not None and first <= 5),
            1 / first if first else 0.0, gain(grades) / gain(ideal))


def gain(grades):
    """Discounted cumulative gain, 2^grade - 1 at each place."""
    return sum((2 ** grade - 1) / math.log2(place + 1) for place, grade in enumerate(grades, 1))


def program(arguments):
    if arguments.program:
        return [str(arguments.program)]
    return ["cargo", "run", "--quiet", "--release", "-p", "relevance_bench", "--"]


def run(arguments, command, text=""):
    done = subprocess.run([*program(arguments), command, str(arguments.store)], check=True,
                          input=text, capture_output=True, text=True, cwd=HERE.parent.parent)
    return [json.loads(line) for line in done.stdout.splitlines()]


def ours(arguments, asked, explain=False):
    text = "".join(json.dumps({"ecosystem": q.ecosystem, "text": q.text, "limit": 20,
                               "explain": explain}) + "\n" for q in asked)
    return run(arguments, "search", text)


def baselines(rows, asked):
    """Name of each ranker to its answers, in the order of the queries."""
    answers = collections.defaultdict(list)
    by_ecosystem = {e: [r for r in rows if r["ecosystem"] == e] for e in ECOSYSTEMS}
    for name, ranker in (("npms.io", rank_memory.Npms), ("PyPI", rank_memory.Pypi),
                         ("BM25", rank_memory.Bm25)):
        for ecosystem in ECOSYSTEMS:
            mine = [q for q in asked if q.ecosystem == ecosystem]
            made = ranker(by_ecosystem[ecosystem]) if mine else None
            answers[name] += [(q.id, made.search(q.text)) for q in mine]
    with rank_postgres.Postgres(rows) as postgres:
        for q in asked:
            for name, ask in (("crates.io", postgres.crates_io), ("hex search", postgres.hex_search),
                              ("hex suggest", postgres.hex_suggest)):
                answers[name].append((q.id, ask(q.ecosystem, q.text)))
    return {name: dict(found) for name, found in answers.items()}


def cached_baselines(arguments, rows, asked):
    """They change only with the store and the queries, and take a minute."""
    path = arguments.baselines or arguments.store.with_suffix(".baselines.json")
    said = json.dumps([rows, [(q.id, q.text) for q in asked]], sort_keys=True)
    for file in ("rank_memory.py", "rank_postgres.py", "analysis.py"):
        said += (HERE / file).read_text()
    digest = hashlib.sha256(said.encode()).hexdigest()
    if path.exists():
        stored = json.loads(path.read_text())
        if stored["digest"] == digest:
            return stored["answers"]
    answers = baselines(rows, asked)
    path.write_text(json.dumps({"digest": digest, "answers": answers}))
    return answers


def mean(values):
    values = list(values)
    return tuple(sum(v) / len(values) for v in zip(*values)) if values else None


def table(title, asked, scores, groups):
    rankers = list(scores)
    print(f"\n### {title}\n")
    print("| | n | measure | " + " | ".join(rankers) + " |")
    print("|---|---|---|" + "---|" * len(rankers))
    behind = []
    for group, member in groups:
        members = [q.id for q in asked if member(q)]
        if not members:
            continue
        means = [mean(scores[r][i] for i in members) for r in rankers]
        for number, name in enumerate(MEASURES):
            values = [m[number] for m in means]
            rest = max(values[1:], default=0)
            if values[0] < rest or (values[0] == rest and rest < 1):
                behind.append(f"{group} {name} {values[0]:.3f} against {rest:.3f}")
            cells = [f"**{v:.3f}**" if v == max(values) else f"{v:.3f}" for v in values]
            label = f"{group} | {len(members)}" if number == 0 else " | "
            print(f"| {label} | {name} | " + " | ".join(cells) + " |")
    if behind:
        print("\nNot ahead: " + "; ".join(behind) + ".")


def report(asked, scores):
    by_class = [(c, lambda q, c=c: q.kind == c) for c in CLASSES]
    by_ecosystem = [(e, lambda q, e=e: q.ecosystem == e) for e in ECOSYSTEMS]
    both = [(f"{e} {c}", lambda q, e=e, c=c: (q.ecosystem, q.kind) == (e, c))
            for e in ECOSYSTEMS for c in CLASSES]
    everything = [("all", lambda q: True)]
    for title, half in (("All queries", lambda q: True),
                        ("The half that may be tuned on", lambda q: not q.held_out),
                        ("The half held out", lambda q: q.held_out)):
        table(title, [q for q in asked if half(q)], scores, by_class + by_ecosystem + everything)
    table("Each class in each ecosystem", asked, scores, both)


def failures(arguments, asked, scores):
    """The tunable queries whose answer is not ideal, the worst first."""
    asked = [q for q in asked if arguments.held_out or not q.held_out]
    if arguments.only:
        asked = [q for q in asked if arguments.only in q.id]
    answers = ours(arguments, asked, explain=True)
    pairs = sorted(zip(asked, answers), key=lambda pair: scores["ours"][pair[0].id][::-1])
    for query, answer in pairs:
        score = scores["ours"][query.id]
        if score[0] == 1 and score[3] > 0.8:
            continue
        wanted = " ".join(f"{n}={g}" for n, g in query.grades.items())
        others = {r: s[query.id][3] for r, s in scores.items() if r != "ours"}
        best = max(others, key=others.get)
        print(f"\n{query.id}: {query.text!r}  wanted {wanted}")
        print("  " + "  ".join(f"{m} {v:.3f}" for m, v in zip(MEASURES, score))
              + f"  best other: {best} {others[best]:.3f}")
        if answer["error"]:
            print(f"  error: {answer['error']}")
        grades = query.graded([hit["name"] for hit in answer["hits"]])
        for place, (hit, grade) in enumerate(zip(answer["hits"], grades), 1):
            if place > 5 and not grade:
                continue
            why = "; ".join(f"{w['part']} {w['value']:.3f}"
                            + (f" ({w['evidence']})" if w["part"] == "word" else "")
                            for w in hit["why"])
            print(f"  {place:2} {'.123'[grade]} {hit['name']:28} {hit['score']:.4f}  {why}")
        missing = set(n for n, g in query.grades.items() if g >= GOOD)
        missing -= {key(query.ecosystem, hit["name"]) for hit in answer["hits"]}
        if missing:
            print(f"   not among the first {len(answer['hits'])}: {' '.join(sorted(missing))}")


def unjudged(asked, answers, rows):
    """The pool: what stands among the first ten of any ranker and has no grade."""
    about = {(r["ecosystem"], r["name"]): r for r in rows}
    for query in asked:
        seen = collections.defaultdict(list)
        for ranker, found in answers.items():
            for place, name in enumerate(found[query.id][:DEPTH], 1):
                if key(query.ecosystem, name) not in query.grades:
                    seen[name].append(f"{ranker} {place}")
        for name, where in seen.items():
            row = about.get((query.ecosystem, name), {})
            print("\t".join([query.id, query.text, name, str(row.get("downloads", "")),
                             ", ".join(where), (row.get("description") or "")[:120]]))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("store", type=pathlib.Path)
    parser.add_argument("--program", type=pathlib.Path, help="a built relevance-bench")
    parser.add_argument("--failures", action="store_true")
    parser.add_argument("--held-out", action="store_true", help="failures of the held-out half too")
    parser.add_argument("--only", default="", help="failures whose id holds this")
    parser.add_argument("--unjudged", action="store_true")
    parser.add_argument("--baselines", type=pathlib.Path, help="where the others' answers are kept")
    parser.add_argument("--json", type=pathlib.Path, help="write every measure of every query there")
    arguments = parser.parse_args()
    arguments.store = arguments.store.absolute()
    if arguments.program:
        arguments.program = arguments.program.absolute()
    asked = queries()
    rows = run(arguments, "export")
    have = {(r["ecosystem"], key(r["ecosystem"], r["name"])) for r in rows}
    lost = [f"{q.id} {n}" for q in asked for n in q.grades if (q.ecosystem, n) not in have]
    if lost:
        print(f"judged but not in this store: {', '.join(lost)}", file=sys.stderr)
    mine = ours(arguments, asked)
    answers = {"ours": {q.id: [h["name"] for h in a["hits"]] for q, a in zip(asked, mine)}}
    answers.update(cached_baselines(arguments, rows, asked))
    scores = {ranker: {q.id: measure(q, found[q.id]) for q in asked}
              for ranker, found in answers.items()}
    if arguments.unjudged:
        unjudged(asked, answers, rows)
    elif arguments.failures:
        failures(arguments, asked, scores)
    else:
        report(asked, scores)
    if arguments.json:
        arguments.json.write_text(json.dumps(scores, indent=1))


if __name__ == "__main__":
    main()
