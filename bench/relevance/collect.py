#!/usr/bin/env python3
"""Collects packages into a store by the product's own pipeline, politely and resumably.

    collect.py names.txt --store DIR/collected.redb [--popularity figures.tsv --out DIR/store.redb]

`names.txt` has a line `ecosystem name` for each package; without it, the judged packages of
queries.tsv are collected. What was collected or refused is noted beside the store and not asked
for again. Some registries and networks ask that names are not looked up in bulk: then make the
set with local_set.py from what lies on the machine.
"""
import argparse
import json
import pathlib
import subprocess
import time

import local_set

HERE = pathlib.Path(__file__).parent


def wanted(path):
    if path:
        lines = (line.split() for line in path.read_text().splitlines())
        return [tuple(line[:2]) for line in lines if len(line) >= 2]
    judged = []
    for line in (HERE / "queries.tsv").read_text().splitlines():
        if not line.startswith("#"):
            _, ecosystem, _, _, grades = line.split("\t")
            judged += [(ecosystem, g.rpartition("=")[0]) for g in grades.split()]
    return list(dict.fromkeys(judged))


def collect(a):
    """One package at a time: a run may be stopped at any moment and begun again."""
    note = a.store.with_suffix(".done")
    done = set(note.read_text().splitlines()) if note.exists() else set()
    names = [(e, n) for e, n in wanted(a.names) if f"{e} {n}" not in done]
    a.store.parent.mkdir(parents=True, exist_ok=True)
    with note.open("a") as out:
        for number, (ecosystem, name) in enumerate(names, 1):
            command = [str(a.indexer), "--store", str(a.store), "collect", "--no-snippets",
                       "--concurrency", "1", "--ecosystem", ecosystem, "--package", name]
            run = subprocess.run(command, capture_output=True, text=True)
            said = run.stderr.strip().splitlines()
            print(f"{number}/{len(names)} {ecosystem} {name}:",
                  "stored" if run.returncode == 0 else said[-1] if said else run.returncode)
            # A package that is not there stays so; anything else may be better next time.
            if run.returncode == 0 or any(line.startswith("not_found") for line in said):
                out.write(f"{ecosystem} {name}\n")
                out.flush()
            time.sleep(a.pause)


def finish(a):
    """The store for the rankers: figures of popularity filled in where the registry gave none."""
    figures = {}
    for line in a.popularity.read_text().splitlines() if a.popularity else ():
        ecosystem, name, count = line.split("\t")[:3]
        figures[ecosystem, local_set.canonical(ecosystem, name)] = int(count)
    exported = subprocess.run([str(a.program), "export", str(a.store)], check=True,
                              capture_output=True, text=True).stdout
    rows = [json.loads(line) for line in exported.splitlines()]
    for ecosystem in {row["ecosystem"] for row in rows}:
        mine = {local_set.canonical(ecosystem, r["name"]): r
                for r in rows if r["ecosystem"] == ecosystem}
        needed = {k: {"dependencies": [local_set.canonical(ecosystem, d)
                                       for d in r["dependencies"]]} for k, r in mine.items()}
        direct, _ = local_set.closure(needed)
        for name, row in mine.items():
            row["downloads"] = figures.get((ecosystem, name), row["downloads"])
            if row["dependents"] is None:
                row["dependents"] = direct.get(name, 0)
    text = "".join(json.dumps(row) + "\n" for row in rows)
    subprocess.run([str(a.program), "import", str(a.out)], check=True, input=text, text=True)


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("names", type=pathlib.Path, nargs="?")
    p.add_argument("--store", type=pathlib.Path,
                   default=pathlib.Path.home() / ".cache/relevance-bench/collected.redb")
    p.add_argument("--pause", type=float, default=1.0, help="seconds between packages")
    p.add_argument("--popularity", type=pathlib.Path, help="TSV: ecosystem, name, downloads")
    p.add_argument("--out", type=pathlib.Path, help="the store for relevance.py")
    p.add_argument("--indexer", type=pathlib.Path,
                   default=pathlib.Path("target/release/package-registry-indexer"))
    p.add_argument("--program", type=pathlib.Path,
                   default=pathlib.Path("target/release/relevance-bench"))
    a = p.parse_args()
    collect(a)
    if a.out:
        finish(a)


if __name__ == "__main__":
    main()
