#!/usr/bin/env python3
"""Collects the packages of the judged set into a store outside of the repository.

    python bench/relevance/snippets/collect.py STORE [--program PATH]

Needs the network (or a mirror, as the program is configured) and takes a minute or two.
"""

import argparse
import pathlib
import subprocess
import sys
import urllib.parse

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parents[2]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("store")
    parser.add_argument("--program", default=ROOT / "target/release/package-registry-indexer")
    options = parser.parse_args()
    failed = 0
    for line in (HERE / "packages.txt").read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        command = [options.program, "collect", urllib.parse.unquote(line), "--store", options.store]
        done = subprocess.run(command, capture_output=True, text=True)
        failed += done.returncode != 0
        print(f"{line}: {'ok' if done.returncode == 0 else done.stderr.strip()}", flush=True)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
