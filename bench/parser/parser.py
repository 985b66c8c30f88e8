"""Speed of our outlines beside the bare tree-sitter parse, tree-sitter-tags, ast-grep and ctags.

    python bench/parser/parser.py [--megabytes N] [LANGUAGE=DIRECTORY…]

CPU time of one core, best of three runs over the same real files, in one run. tree-sitter-tags is
built from its crate; `ast-grep` (PyPI: ast-grep-cli) and `ctags` (Debian: universal-ctags) are used
where they are installed. The figures of these two programs include their start, reading the files
and writing their output; ours and tree-sitter-tags' do not.
"""

import argparse
import json
import os
import resource
import shutil
import site
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
EXTENSIONS = {
    "rust": (".rs",),
    "python": (".py",),
    "javascript": (".js", ".mjs", ".cjs"),
    "typescript": (".ts", ".mts", ".cts"),
    "c": (".c", ".h"),
}
CTAGS = {"rust": "Rust", "python": "Python", "javascript": "JavaScript", "typescript": "TypeScript", "c": "C"}
RUNS = 3


def caches():
    """Where this machine keeps other people's sources."""
    cargo = os.path.join(os.environ.get("CARGO_HOME", os.path.expanduser("~/.cargo")), "registry", "src")
    npm = subprocess.run(["npm", "root", "-g"], capture_output=True, text=True).stdout.strip()
    return {
        "rust": [cargo],
        "c": [cargo],
        "python": site.getsitepackages(),
        "javascript": [npm or "/usr/lib/node_modules"],
        "typescript": [npm or "/usr/lib/node_modules"],
    }


def files_below(roots, extensions, budget):
    """Real files in the order of the alphabet, evenly thinned to about `budget` bytes."""
    found = []
    for root in roots:
        for directory, names, files in os.walk(root):
            names.sort()
            for name in sorted(files):
                path = os.path.join(directory, name)
                if name.endswith(extensions) and os.path.isfile(path):
                    found.append((path, os.path.getsize(path)))
    found = [(path, size) for path, size in found if 0 < size <= 1024 * 1024]
    total = sum(size for _, size in found)
    step = max(1, total // max(budget, 1))
    return [path for path, _ in found[::step]]


def children():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def cpu(command):
    best = None
    for _ in range(RUNS):
        before = children()
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        if done.returncode:
            sys.exit(f"{command[0]}: {done.stderr.decode(errors='replace')[-2000:]}")
        spent = children() - before
        best = spent if best is None else min(best, spent)
    return best


def peers(language, paths):
    seconds = {}
    if program := shutil.which("ast-grep"):
        base = [program, "outline", "--items", "all", "--json=stream", "-j", "1", "-l", language]
        seconds["ast-grep outline"] = sum(cpu(base + paths[at : at + 2000]) for at in range(0, len(paths), 2000))
    if program := shutil.which("ctags"):
        with tempfile.NamedTemporaryFile("w", suffix=".files") as listed:
            listed.write("\n".join(paths))
            listed.flush()
            options = [f"--language-force={CTAGS[language]}", "--fields=+nKS", "-o", os.devnull]
            seconds["ctags"] = cpu([program, *options, "-L", listed.name])
    return seconds


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="*", metavar="LANGUAGE=DIRECTORY")
    parser.add_argument("--megabytes", type=int, default=20, help="per language, about (default 20)")
    arguments = parser.parse_args()
    where = caches()
    chosen = {}
    for source in arguments.sources:
        language, _, directory = source.partition("=")
        chosen.setdefault(language, []).append(directory)
    where.update(chosen)

    manifest = os.path.join(HERE, "Cargo.toml")
    subprocess.run(["cargo", "build", "--quiet", "--release", "--manifest-path", manifest], check=True)
    target = os.environ.get("CARGO_TARGET_DIR", os.path.join(HERE, "target"))
    program = os.path.join(target, "release", "parser_bench")

    columns = ["parse", "outline", "tree-sitter-tags", "ast-grep outline", "ctags"]
    print("MB/s of one core; in brackets the part of the bare parse's speed\n")
    print("| language | files | MB |" + "".join(f" {column} |" for column in columns))
    print("|---|---|---|" + "---|" * len(columns))
    for language in chosen or where:
        paths = files_below(where[language], EXTENSIONS[language], arguments.megabytes * 1_000_000)
        if not paths:
            print(f"| {language} | none found |")
            continue
        done = subprocess.run([program, language, *paths], capture_output=True, text=True)
        if done.returncode:
            sys.exit(done.stderr)
        report = json.loads(done.stdout)
        seconds = report["seconds"] | peers(language, report["files"])
        megabytes = report["bytes"] / 1e6
        cells = []
        for column in columns:
            speed = megabytes / seconds[column] if column in seconds else None
            part = f" ({100 * seconds['parse'] / seconds[column]:.0f} %)" if speed else ""
            cells.append(f"{speed:.1f}{part}" if speed else "not installed")
        print(f"| {language} | {len(report['files'])} | {megabytes:.1f} | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
