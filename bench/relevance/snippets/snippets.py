#!/usr/bin/env python3
"""How often search-snippets puts a right symbol first, over real packages.

    python bench/relevance/snippets/collect.py STORE
    python bench/relevance/snippets/snippets.py STORE [--program PATH] [--misses]

Prints, per class of query: Success@1, Success@5 (a right symbol first, among the first five) and MRR
(the mean of 1 / place of the first right one, 0 beyond the 20th). queries.tsv names for each query all
symbols that are right; a symbol counts under any of its paths.
"""

import argparse
import collections
import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parents[2]
DEPTH = 20


def queries(file):
    for line in pathlib.Path(file).read_text().splitlines():
        if line and not line.startswith("#"):
            kind, query, answers = line.split("\t")
            yield kind, query, {tuple(answer.strip().split(" ", 1)) for answer in answers.split(" ; ")}


def search(options, query):
    command = [options.program, "search-snippets", f" {query}", "--store", options.store]
    done = subprocess.run(
        [*command, "--limit", str(DEPTH), "--json"], capture_output=True, text=True
    )
    if done.returncode != 0:
        sys.exit(f"{query}: {done.stderr}")
    return [json.loads(line) for line in done.stdout.splitlines()]


def paths(hit):
    return {(hit["package"], path) for path in [hit["qualified_name"], *hit["aliases"]]}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("store")
    parser.add_argument("--program", default=ROOT / "target/release/package-registry-indexer")
    parser.add_argument("--queries", default=HERE / "queries.tsv")
    parser.add_argument("--misses", action="store_true", help="show what stands before a right one")
    options = parser.parse_args()
    places = collections.defaultdict(list)
    for kind, query, answers in queries(options.queries):
        hits = search(options, query)
        right = (n for n, hit in enumerate(hits, 1) if paths(hit) & answers)
        place = next(right, None)
        places[kind].append(place)
        if options.misses and place != 1:
            print(f"{kind}: {query}: {place or f'beyond {DEPTH}'}")
            for hit in hits[: min((place or 5) - 1, 4)]:
                print(f"    {hit['score']:9.3f}  {hit['package']}  {hit['qualified_name']}")
    places["all"] = [place for kind in list(places) for place in places[kind]]
    print("| class | queries | Success@1 | Success@5 | MRR |\n|---|---|---|---|---|")
    for kind, found in places.items():
        of = len(found)
        first = sum(place == 1 for place in found) / of
        five = sum(place is not None and place <= 5 for place in found) / of
        mrr = sum(1 / place for place in found if place) / of
        print(f"| {kind} | {of} | {first:.3f} | {five:.3f} | {mrr:.3f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
