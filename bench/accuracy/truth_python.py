"""The definitions of Python packages as griffe reads them, without running them."""

import base64
import os
import sys

import griffe

root, *packages = sys.argv[1:]
loader = griffe.GriffeLoader(search_paths=[root], allow_inspection=False)
trees = [loader.load(package) for package in packages]
loader.resolve_aliases(implicit=True, external=False)
names, public = {}, set()


def target(member):
    try:
        return member.final_target if member.is_alias else member
    except griffe.GriffeError:
        return None


def everything(parent):
    """All definitions by their canonical paths."""
    for member in parent.members.values():
        if not member.is_alias:
            names.setdefault(id(member), (member, []))[1].append(member.path)
            if member.kind.value in ("module", "class"):
                everything(member)


def reachable(parent, path, shown, seen):
    """What names lead to, under each of these names; public where each step is."""
    for name, member in parent.members.items():
        here, found = f"{path}.{name}", target(member)
        if found is None or id(found) not in names:
            continue
        kind = found.kind.value
        # A package's `__init__` hands on what it imports from itself (griffe leaves that to an extension).
        handed_on = (member.is_alias and parent.is_module and parent.is_init_module and not parent.exports
                     and not name.startswith("_") and kind != "module")
        visible = shown and (member.is_public or handed_on)
        if member.is_alias and (kind == "module" or not visible):
            continue
        if visible:
            public.add(id(found))
        names[id(found)][1].append(here)
        if kind in ("module", "class") and (id(found), path) not in seen:
            reachable(found, here, visible, seen | {(id(found), path)})


def encode(text):
    return base64.b64encode(text.encode()).decode() if text else "-"


def signature(item):
    if item.kind.value != "function":
        return None
    return "; ".join("def " + one.signature() for one in item.overloads or [item])


def place(item):
    try:
        path = os.path.relpath(str(item.filepath), root)
        if item.is_module:
            return f"{path}:1:1"
        return f"{path}:{item.lineno}:{item.endlineno}" if item.lineno else ""
    except Exception:
        return ""


for tree in trees:
    everything(tree)
for tree in trees:
    names[id(tree)] = (tree, [tree.path])
    shown = not tree.name.startswith("_")
    if shown:
        public.add(id(tree))
    reachable(tree, tree.path, shown, frozenset())
for key, (item, paths) in names.items():
    kind = item.kind.value
    if kind == "function" and item.parent and item.parent.kind.value == "class":
        kind = "method"
    if kind == "type alias":
        kind = "attribute"
    doc = item.docstring.value if item.docstring else None
    # A longer name for the same thing says nothing new.
    unique = list(dict.fromkeys(sorted(paths, key=lambda path: path.count("."))))[:16]
    print("\x1f".join(unique), kind, int(key in public), encode(signature(item)), encode(doc), "", place(item), sep="\t")
