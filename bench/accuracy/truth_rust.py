"""The public items of a crate as rustdoc's JSON tells them, with every path a user may write.

The JSON is made with hidden items, which are then left out here: without them it lacks what a
`#[doc(hidden)]` module hands on through `pub use`, though rustdoc's pages show it.
"""

import collections
import json
import os
import re
import shutil
import subprocess

from truth_rust_text import top_level

PATHS = 8


def run(command, **options):
    return subprocess.run(command, capture_output=True, text=True, errors="replace", **options)


def document(crate, work):
    """The JSON, the place of the sources it was made of, and the configuration."""
    copy = os.path.join(work, "src", os.path.basename(crate.rstrip("/")))
    shutil.copytree(crate, copy, dirs_exist_ok=True)
    os.path.exists(os.path.join(copy, "Cargo.lock")) and os.remove(os.path.join(copy, "Cargo.lock"))
    manifest = os.path.join(copy, "Cargo.toml")
    with open(manifest) as file:
        told = file.read()
    # Only rustdoc is told to be unstable: build scripts must not find a nightly compiler.
    rustdoc = os.path.join(work, "rustdoc")
    with open(rustdoc, "w") as file:
        file.write('#!/bin/sh\nRUSTC_BOOTSTRAP=1 exec rustdoc "$@"\n')
    os.chmod(rustdoc, 0o755)
    env = os.environ | {"RUSTDOC": rustdoc, "CARGO_TARGET_DIR": os.path.join(work, "target"), "CARGO_PROFILE_DEV_DEBUG": "0"}
    library = re.search(r"^\[lib\]$[^\[]*?^name = \"([^\"]+)\"", told, re.M) or re.search(r'^name = "([^"]+)"', told, re.M)
    made = os.path.join(work, "target", "doc", library[1].replace("-", "_") + ".json")
    docs_rs = re.search(r"\[package\.metadata\.docs\.rs\][^\[]*?features\s*=\s*\[([^\]]*)\]", told)
    docs_rs = re.findall(r'"([^"]+)"', docs_rs[1]) if docs_rs else []
    failures = []
    for features in (["--all-features"], ["--features", ",".join(docs_rs)] if docs_rs else None, []):
        for text in (without_tests(told), told) if features is not None else ():
            with open(manifest, "w") as file:
                file.write(text + ("" if re.search(r"^\[workspace", text, re.M) else "\n[workspace]\n"))
            for offline in (["--offline"], []):
                command = ["cargo", "rustdoc", "-q", "--lib", *offline, *features, "--", "-Zunstable-options", "--output-format=json", "--document-hidden-items", "--cap-lints=allow"]
                done = run(command, cwd=copy, env=env)
                if done.returncode == 0:
                    with open(made) as file:
                        return json.load(file), copy, Config(features, told, flags(os.path.join(work, "target")))
                failures.append(done.stderr.strip().split("\n")[0])
    raise RuntimeError("; ".join(dict.fromkeys(failures)))


def flags(target):
    """What build scripts told the compiler, by package."""
    newest = {}
    build = os.path.join(target, "debug", "build")
    for directory in os.listdir(build) if os.path.isdir(build) else []:
        output = os.path.join(build, directory, "output")
        if os.path.exists(output):
            package = directory.rsplit("-", 1)[0]
            newest[package] = max(newest.get(package, (0, "")), (os.path.getmtime(output), output))
    told = collections.defaultdict(set)
    for package, (_, output) in newest.items():
        with open(output, errors="replace") as file:
            told[package].update(re.findall(r"^cargo::?rustc-cfg=(.*)", file.read(), re.M))
    return told


def without_tests(manifest):
    """Targets and dependencies that documentation does not need may be missing."""
    lines, keep = [], True
    for line in manifest.splitlines(keepends=True):
        table = re.match(r"\[+([^\]]*)\]+", line)
        if table:
            keep = "dev-dependencies" not in table[1] and not re.match(r"(bench|test|example|profile|bin)\b", table[1])
        lines += [line] * keep
    return "".join(lines)


def hidden(entry):
    return any("doc(hidden)" in str(attribute) for attribute in entry["attrs"])


class Definitions:
    """The public items of the JSON, each with all paths a user may write."""

    def __init__(self, truth):
        self.index = truth["index"]
        self.paths = collections.defaultdict(set)
        root = self.index[str(truth["root"])]
        self.dyn = collections.defaultdict(list)
        for entry in self.index.values():
            impl = entry["inner"].get("impl")
            if impl and not impl["trait"] and "dyn_trait" in impl["for"]:
                self.dyn[impl["for"]["dyn_trait"]["traits"][0]["trait"]["id"]].append(entry["id"])
        # Shortest paths first: modules may hand each other on in circles.
        self.todo = collections.deque([(root, root["name"])])
        while self.todo:
            self.add(*self.todo.popleft())

    def get(self, id):
        entry = self.index.get(str(id))
        return entry if entry and entry["crate_id"] == 0 and not hidden(entry) else None

    def add(self, entry, path):
        known = self.paths[entry["id"]]
        if path in known or len(known) >= PATHS or path.count("::") > 24:
            return
        known.add(path)
        (kind, inner), = entry["inner"].items()
        if kind == "module":
            self.names(inner["items"], path, frozenset([entry["id"]]))
            return
        children = list(inner.get("variants", [])) if kind == "enum" else []
        children += inner.get("items", []) if kind == "trait" else []
        shape = inner.get("kind") if kind in ("struct", "variant") else {"plain": inner} if kind == "union" else None
        if isinstance(shape, dict):
            children += (shape.get("plain") or shape.get("struct") or {}).get("fields", [])
        if kind in ("struct", "enum", "union", "trait"):
            for id in (inner["impls"] if kind != "trait" else []) + self.dyn[entry["id"]]:
                impl = self.get(id)
                if impl and not impl["inner"]["impl"]["trait"] and not impl["inner"]["impl"]["is_synthetic"]:
                    children += impl["inner"]["impl"]["items"]
        for id in children:
            child = self.get(id)
            if child and child["visibility"] in ("public", "default"):
                self.todo.append((child, f"{path}::{child['name']}"))

    def names(self, items, path, through):
        for id in items:
            entry = self.get(id)
            use = entry and entry["inner"].get("use")
            if not entry:
                continue
            if not use:
                if entry["name"]:
                    self.todo.append((entry, f"{path}::{entry['name']}"))
                continue
            target = self.index.get(str(use["id"]))
            if not target or target["crate_id"] != 0 or use["name"] == "_":
                continue
            # What a hidden module holds may be handed on, not the module.
            if hidden(target) and not use["is_glob"]:
                continue
            if not use["is_glob"]:
                self.todo.append((target, f"{path}::{use['name']}"))
            elif target["id"] not in through:
                (kind, inner), = target["inner"].items()
                below = inner["items"] if kind == "module" else inner.get("variants", [])
                self.names(below, path, through | {target["id"]})


class Sources:
    def __init__(self, root):
        self.root, self.files = root, {}

    def lines(self, path):
        file = os.path.join(self.root, path)
        if file not in self.files:
            try:
                with open(file, errors="replace") as opened:
                    self.files[file] = opened.read().split("\n")
            except OSError:
                self.files[file] = []
        return self.files[file]

    def at(self, span):
        """The text of a span, or nothing."""
        if not span:
            return ""
        (first, column), (last, end) = span["begin"], span["end"]
        lines = self.lines(span["filename"])[first - 1 : last]
        if lines:
            # Columns count from 1.
            lines[-1] = lines[-1][:end]
            lines[0] = lines[0][max(column - 1, 0) :]
        return "\n".join(lines)


def made_by_macro(entry, sources):
    """Why an item is not written down as such, or nothing."""
    if not entry["span"]:
        return "made by the compiler"
    written = sources.at(entry["span"])
    bare = re.sub(r"^(\s*(///[^\n]*\n|//[^\n]*\n|#\[[^\]]*\]))*\s*", "", written)
    if re.match(r"(\$?\w+\s*::\s*)*\w+\s*!", bare) and not bare.startswith("macro_rules"):
        return "made by a macro call"
    if re.match(r"#?\[?\s*derive", bare):
        return "made by a derive"
    if "module" not in entry["inner"] and entry["name"] and not re.search(rf"\b{re.escape(entry['name'])}\b", written):
        return "name not in the text at its place: made by a macro"
    return None


class Config:
    """Whether a condition holds in the configuration that was documented."""

    def __init__(self, features, manifest, flags):
        self.shown = " ".join(features) or "default features"
        self.all = features == ["--all-features"]
        self.names, self.pairs = {"doc"}, set()
        package = re.search(r'^name = "([^"]+)"', manifest, re.M)[1]
        for line in [*run(["rustc", "--print", "cfg"]).stdout.splitlines(), *flags[package]]:
            name, _, value = line.partition("=")
            self.names.add(name)
            value and self.pairs.add((name, value.strip('"')))
        table = re.search(r"^\[features\]$(.*?)(?=^\[|\Z)", manifest, re.M | re.S)
        known = {n.strip('"'): re.findall(r'"([^"]+)"', v) for n, v in re.findall(r'^([\w"+.-]+)\s*=\s*\[(.*?)\]', table[1] if table else "", re.M | re.S)}
        todo = features[1].split(",") + ["default"] if len(features) > 1 else ["default"]
        self.features = set()
        while todo:
            name = todo.pop()
            if name not in self.features:
                self.features.add(name)
                todo += known.get(name, [])

    def holds(self, condition):
        """`None` when it cannot be told."""
        condition = condition.strip()
        call = re.fullmatch(r"(all|any|not)\s*\((.*)\)", condition, re.S)
        if call:
            parts = [self.holds(p) for p in top_level(call[2], ",") if p.strip()]
            if call[1] == "not":
                return None if not parts or parts[0] is None else not parts[0]
            stop = call[1] == "any"
            return stop if stop in parts else None if None in parts else not stop
        name, equals, value = (part.strip() for part in condition.partition("="))
        if condition.endswith("!"):
            return None
        if name == "feature":
            return (self.all or value.strip('"') in self.features) if equals else None
        return (name, value.strip('"')) in self.pairs if equals else name in self.names
