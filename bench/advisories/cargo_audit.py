#!/usr/bin/env python3
"""Compares ours with `cargo audit` on every pair of a generated database.

    cargo_audit.py INDEXER [CARGO_AUDIT]

INDEXER is the program `package-registry-indexer`, CARGO_AUDIT the program `cargo-audit` (on PATH by
default). Exits with 1 on any difference that is not explained.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent


def registry():
    """What a lock file calls the public registry: our own says it."""
    for line in (HERE.parent.parent / "Cargo.lock").read_text().splitlines():
        if line.startswith("source = "):
            return line
    raise SystemExit("the workspace's Cargo.lock names no registry")


def theirs(audit, database, pairs, work):
    source = registry()
    blocks = ['version = 4', '[[package]]\nname = "root"\nversion = "0.0.0"']
    for name, version in pairs:
        blocks.append(f'[[package]]\nname = "{name}"\nversion = "{version}"\n{source}\nchecksum = "{"0" * 64}"')
    lock = work / "Cargo.lock"
    lock.write_text("\n\n".join(blocks) + "\n")
    (work / ".cargo").mkdir(exist_ok=True)
    (work / ".cargo" / "audit.toml").write_text("[yanked]\nenabled = false\nupdate_index = false\n")
    run = subprocess.run([audit, "audit", "--db", database, "--no-fetch", "--json", "-f", lock],
                         cwd=work, capture_output=True, text=True)
    if not run.stdout.startswith("{"):
        raise SystemExit(f"cargo audit failed: {run.stderr}")
    answer = json.loads(run.stdout)
    found = {pair: set() for pair in pairs}
    listed = answer["vulnerabilities"]["list"] + [w for ws in answer["warnings"].values() for w in ws]
    for entry in listed:
        if entry.get("advisory"):
            kind = entry["advisory"].get("informational") or "vulnerability"
            found[entry["package"]["name"], entry["package"]["version"]].add((entry["advisory"]["id"], kind))
    return found


def ours(indexer, database, pairs, work):
    store = ["--store", str(work / "store.redb"), "--json"]
    imported = json.loads(subprocess.check_output([indexer, "import-advisories", database, *store]))
    print("imported:", {k: v if not isinstance(v, list) else len(v) for k, v in imported.items()})
    found, names = {}, {}
    for name, version in pairs:
        said = subprocess.check_output([indexer, "advisories", *store, "--report", "-e", "cargo",
                                        "-p", name, "--version", version])
        report = json.loads(said)
        listed = report["advisories"] + report["informational"]
        found[name, version] = {(a["id"], a["informational"] or "vulnerability") for a in listed}
        names[name, version] = {a["id"]: {a["id"], *a["aliases"]} for a in listed}
    return found, names


def main():
    indexer = str(pathlib.Path(sys.argv[1]).resolve())
    audit = sys.argv[2] if len(sys.argv) > 2 else "cargo-audit"
    with tempfile.TemporaryDirectory() as place:
        work = pathlib.Path(place)
        database = work / "db"
        subprocess.run([sys.executable, HERE / "generate.py", database], check=True)
        lines = (database / "PAIRS").read_text().splitlines()
        pairs = [tuple(line.split()) for line in lines]
        a = theirs(audit, database, pairs, work)
        b, names = ours(indexer, database, pairs, work)
    same = merged = 0
    unexplained = []
    for pair in pairs:
        if a[pair] == b[pair]:
            same += 1
            continue
        # One record per vulnerability: each of ours is one that cargo audit lists, perhaps under
        # another of its ids, and what cargo audit lists beside it is an alias of ours.
        listed = {i for i, _ in a[pair]}
        groups = list(names[pair].values())
        if listed <= set().union(*groups) and all(group & listed for group in groups):
            merged += 1
        else:
            unexplained.append((pair, sorted(a[pair]), sorted(b[pair])))
    hits = sum(1 for pair in pairs if a[pair])
    print(f"{len(pairs)} pairs, {hits} of them affected: {same} the same, {merged} the same but for "
          f"records merged over their aliases, {len(unexplained)} unexplained")
    for pair, them, us in unexplained[:20]:
        print(pair, "cargo audit:", them, "ours:", us)
    sys.exit(bool(unexplained))


if __name__ == "__main__":
    main()
