#!/usr/bin/env python3
"""Makes packages.jsonl of real metadata that lies on this machine already: no registry is asked.

Sources, each optional: lists of npm and PyPI packages with their summaries and popularity (TSV),
the package lists of Debian (crates under librust-*), cargo's unpacked crates, npm's and pip's
installed packages, a TSV of Hex packages. bench/relevance/README.md says what each gives.
"""
import argparse
import email.parser
import json
import pathlib
import re
import subprocess
import sys
import tomllib
import zlib

HERE = pathlib.Path(__file__).parent
# More of a README says little more.
README_CHARACTERS = 20_000
# Downloads given to PyPI packages that are not ranked; a rank r stands for 1.5e9 / r a month.
PYPI_UNRANKED, PYPI_FIRST = 300, 1.5e9
# Recent downloads given to the crate that most others are built on.
CARGO_FIRST = 3e8
HEX_FIRST = 3e6


def squashed(name):
    return re.sub(r"[^a-z0-9]", "", name.lower())


def canonical(ecosystem, name):
    if ecosystem == "npm":
        return name
    return re.sub(r"[-_.]+", "-", name.lower())


def sampled(name, one_in):
    """Whether a package of the tail is taken: the same ones on every run."""
    return zlib.crc32(name.encode()) % one_in == 0


def judged_names():
    names = {}
    for line in (HERE / "queries.tsv").read_text().splitlines():
        if line.startswith("#"):
            continue
        _, ecosystem, kind, query, judged = line.split("\t")
        entry = names.setdefault(ecosystem, (set(), set()))
        for part in judged.split():
            entry[0].add(canonical(ecosystem, part.rpartition("=")[0]))
        if kind in ("exact", "split", "typo"):
            entry[1].add(squashed(query))
            best = [p.rpartition("=")[0] for p in judged.split() if p.endswith("=3")]
            entry[1].update(s for s in map(squashed, best) if len(s) > 3)
    return names


def near(name, stems):
    """Near-duplicates of judged names (requests2, expressjs): what squats beside what is wanted."""
    plain = squashed(name)
    return any(plain == s or (len(s) > 4 and plain.startswith(s) and len(plain) <= len(s) + 4)
               for s in stems)


def text(value):
    value = (value or "").strip()
    return value or None


def of_list(path, ecosystem, top, one_in, names):
    """Rows of an npm or PyPI list: the most popular, a sample of the rest, and the judged."""
    judged, stems = names.get(ecosystem, (set(), set()))
    rows = []
    with open(path, encoding="utf-8", errors="replace") as lines:
        next(lines)
        for line in lines:
            fields = line.rstrip("\n").split("\t")
            if ecosystem == "npm":
                name, version, downloads, summary = (fields + [""] * 4)[:4]
                downloads, published = int(downloads or 0), None
            else:
                name, version, month, rank, summary = (fields + [""] * 5)[:5]
                downloads = int(PYPI_FIRST / int(rank)) if rank else PYPI_UNRANKED
                published = f"{month}-15T00:00:00Z" if re.fullmatch(r"\d{4}-\d\d", month) else None
            summary = re.sub(r"^\[tested here:.*?\] ?", "", summary)
            rows.append({"ecosystem": ecosystem, "name": name, "version": version or "0",
                         "description": text(summary), "downloads": downloads,
                         "published_at": published})
    rows.sort(key=lambda r: -r["downloads"])
    return [r for n, r in enumerate(rows)
            if n < top or sampled(r["name"], one_in)
            or canonical(ecosystem, r["name"]) in judged or near(r["name"], stems)]


def debian(path):
    """Paragraphs of a Debian package list."""
    if path.suffix in (".lz4", ".xz", ".gz"):
        command = ["/usr/lib/apt/apt-helper", "cat-file", str(path)]
        whole = subprocess.run(command, check=True, capture_output=True).stdout.decode()
    else:
        whole = path.read_text()
    for paragraph in whole.split("\n\n"):
        yield dict(re.findall(r"^([A-Za-z-]+): (.*)$", paragraph, re.M))


def crate_of(package):
    name = re.sub(r"^librust-|-dev$", "", package).split("+")[0]
    return re.sub(r"-\d+(\.\d+)*$", "", name)


def of_debian(path):
    """Crates that Debian packages, and how many of its programs are built with each."""
    rows, used = {}, {}
    for fields in debian(path):
        package = fields.get("Package", "")
        built = " ".join(fields.get(key, "") for key in
                         ("X-Cargo-Built-Using", "Static-Built-Using"))
        for crate in set(re.findall(r"rust-([a-z0-9-]+?)(?:-\d[\d.]*)? \(", built)):
            used[crate] = used.get(crate, 0) + 1
        if not package.startswith("librust-") or "+" in package:
            continue
        name = crate_of(package)
        needed = {crate_of(m) for m in re.findall(r"librust-\S+?-dev", fields.get("Depends", ""))}
        description = re.sub(r"\s+-\s+Rust source code$", "", fields.get("Description", ""))
        row = {"ecosystem": "cargo", "name": name, "version": fields["Version"].split("-")[0],
               "description": text(description), "dependencies": sorted(needed - {name})}
        old = rows.get(name)
        if old is None or len(package) < old[0]:
            rows[name] = (len(package), row)
    return {name: row for name, (_, row) in rows.items()}, used


def dependencies_of(manifest):
    tables = [manifest.get("dependencies", {})]
    tables += [t.get("dependencies", {}) for t in manifest.get("target", {}).values()]
    return sorted({(d.get("package") or n) if isinstance(d, dict) else n
                   for table in tables for n, d in table.items()})


def version_key(version):
    return [int(n) for n in re.findall(r"\d+", version.split("-")[0])]


def of_cargo_home(home):
    """Crates that cargo has unpacked: keywords, categories, README, features."""
    rows = {}
    for path in sorted(home.glob("registry/src/*/*/Cargo.toml")):
        manifest = tomllib.loads(path.read_text(errors="replace"))
        package = manifest.get("package")
        if not package:
            continue
        name, readme = package["name"], package.get("readme")
        readme = path.parent / readme if isinstance(readme, str) else None
        row = {"ecosystem": "cargo", "name": name, "version": package["version"],
               "description": text(package.get("description")),
               "keywords": package.get("keywords", []),
               "categories": package.get("categories", []),
               "dependencies": dependencies_of(manifest),
               "features": manifest.get("features", {})}
        if readme and readme.is_file():
            row["readme"] = readme.read_text(errors="replace")[:README_CHARACTERS]
        key = canonical("cargo", name)
        if key not in rows or version_key(row["version"]) > version_key(rows[key]["version"]):
            rows[key] = row
    return rows


def index_names(home):
    """Names as crates.io spells them, from the index rows that cargo keeps."""
    names = {}
    for path in home.glob("registry/index/*/.cache/**/*"):
        if path.is_file():
            for name in re.findall(rb'"name": ?"([A-Za-z0-9_-]+)"', path.read_bytes()):
                name = name.decode()
                names.setdefault(canonical("cargo", name), name)
    return names


def closure(rows):
    """For each package: on how many others of the set it is depended, directly and at all."""
    direct, whole = {}, {}
    for start, row in rows.items():
        for name in row["dependencies"]:
            direct[name] = direct.get(name, 0) + 1
        seen, todo = set(), list(row["dependencies"])
        while todo:
            name = todo.pop()
            if name not in seen and name != start:
                seen.add(name)
                whole[name] = whole.get(name, 0) + 1
                todo.extend(rows[name]["dependencies"] if name in rows else [])
    return direct, whole


def cargo_rows(apt, home):
    rows, used = of_debian(apt) if apt else ({}, {})
    if home:
        for key, row in of_cargo_home(home).items():
            rows[key] = row
        names = index_names(home)
        for key, row in rows.items():
            row["name"] = names.get(key, row["name"])
    for row in rows.values():
        row["dependencies"] = sorted({canonical("cargo", d) for d in row["dependencies"]})
    direct, whole = closure(rows)
    most = max(whole.values(), default=1)
    for key, row in rows.items():
        # A program that people install counts like ten crates that build on it.
        weight = whole.get(key, 0) + 10 * used.get(key, 0)
        row["downloads"] = int(CARGO_FIRST * (weight + 1) / (most + 1))
        row["dependents"] = direct.get(key, 0)
        row["dependencies"] = [rows[d]["name"] for d in row["dependencies"] if d in rows]
    return list(rows.values())


def hex_rows(path):
    rows = {}
    for line in path.read_text().splitlines():
        name, description, needed = line.split("|")
        rows[name] = {"ecosystem": "hex", "name": name, "version": "1.0.0",
                      "description": text(description), "dependencies": needed.split()}
    direct, whole = closure(rows)
    most = max(whole.values(), default=1)
    for name, row in rows.items():
        row["downloads"] = int(HEX_FIRST * (whole.get(name, 0) + 1) / (most + 1))
        row["dependents"] = direct.get(name, 0)
    return list(rows.values())


def enrich_npm(rows, modules):
    """Keywords, dependencies and READMEs of installed npm packages."""
    by_name = {row["name"]: row for row in rows}
    for path in [*modules.glob("**/node_modules/*/package.json"),
                 *modules.glob("**/node_modules/@*/*/package.json")]:
        package = json.loads(path.read_text())
        row = by_name.get(package.get("name"))
        if row is None or row["version"].split(".")[0] != package.get("version", "").split(".")[0]:
            continue
        row["keywords"] = [k for k in package.get("keywords", []) if isinstance(k, str)]
        row["dependencies"] = sorted(package.get("dependencies", {}))
        readme = path.parent / "README.md"
        if readme.is_file():
            row["readme"] = readme.read_text(errors="replace")[:README_CHARACTERS]


def enrich_pypi(rows, site):
    """Keywords, classifiers, dependencies and READMEs of installed Python packages."""
    by_name = {canonical("pypi", row["name"]): row for row in rows}
    for path in site.glob("*.dist-info/METADATA"):
        message = email.parser.Parser().parsestr(path.read_text(errors="replace"))
        row = by_name.get(canonical("pypi", message["Name"] or ""))
        if row is None:
            continue
        row["keywords"] = re.split(r"[,\s]+", message["Keywords"]) if message["Keywords"] else []
        row["categories"] = [c for c in message.get_all("Classifier", []) if c.startswith("Topic")]
        needed = (re.match(r"[\w.-]+", r) for r in message.get_all("Requires-Dist", [])
                  if "extra ==" not in r)
        row["dependencies"] = sorted({m[0] for m in needed if m})
        body = message.get_payload()
        if isinstance(body, str) and body.strip():
            row["readme"] = body[:README_CHARACTERS]


def mark(rows):
    """What is dead, by marks.tsv: the lists on this machine do not tell."""
    by_name = {(row["ecosystem"], canonical(row["ecosystem"], row["name"])): row for row in rows}
    for line in (HERE / "marks.tsv").read_text().splitlines():
        if line.startswith("#"):
            continue
        ecosystem, name, kind, words = line.split("\t")
        row = by_name.get((ecosystem, canonical(ecosystem, name)))
        if row is not None:
            row[kind] = words


def main():
    p = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    p.add_argument("--npm-list", type=pathlib.Path, help="name, version, downloads, summary")
    p.add_argument("--pypi-list", type=pathlib.Path, help="name, version, month, rank, summary")
    p.add_argument("--apt-list", type=pathlib.Path, help="…_Packages of /var/lib/apt/lists")
    p.add_argument("--cargo-home", type=pathlib.Path, default=pathlib.Path.home() / ".cargo")
    p.add_argument("--npm-modules", type=pathlib.Path, default=pathlib.Path("/usr/lib"))
    p.add_argument("--site-packages", type=pathlib.Path)
    p.add_argument("--hex-list", type=pathlib.Path, help="name|description|dependencies")
    p.add_argument("--npm-top", type=int, default=40_000)
    p.add_argument("--pypi-top", type=int, default=15_000)
    p.add_argument("--npm-one-in", type=int, default=10, help="of the rest of the list")
    p.add_argument("--pypi-one-in", type=int, default=40)
    p.add_argument("--out", type=pathlib.Path, required=True)
    a = p.parse_args()
    names, rows = judged_names(), []
    if a.npm_list:
        npm = of_list(a.npm_list, "npm", a.npm_top, a.npm_one_in, names)
        enrich_npm(npm, a.npm_modules)
        rows += npm
    if a.pypi_list:
        pypi = of_list(a.pypi_list, "pypi", a.pypi_top, a.pypi_one_in, names)
        if a.site_packages:
            enrich_pypi(pypi, a.site_packages)
        rows += pypi
    rows += cargo_rows(a.apt_list, a.cargo_home)
    if a.hex_list:
        rows += hex_rows(a.hex_list)
    mark(rows)
    a.out.parent.mkdir(parents=True, exist_ok=True)
    with a.out.open("w") as out:
        for row in rows:
            kept = {k: v for k, v in row.items() if v not in (None, [], {})}
            out.write(json.dumps(kept, ensure_ascii=False) + "\n")
    have = {(r["ecosystem"], canonical(r["ecosystem"], r["name"])) for r in rows}
    for ecosystem, (judged, _) in names.items():
        missing = sorted(n for n in judged if (ecosystem, n) not in have)
        count = sum(r["ecosystem"] == ecosystem for r in rows)
        print(f"{ecosystem}: {count} packages; judged but not there: {', '.join(missing)}",
              file=sys.stderr)


if __name__ == "__main__":
    main()
