"""The definitions of a Python package as griffe reads them, without running it."""

import base64
import sys

import griffe

root, package = sys.argv[1:]
tree = griffe.load(package, search_paths=[root], allow_inspection=False, resolve_aliases=True)
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
        kind, visible = found.kind.value, shown and member.is_public
        if member.is_alias and (kind == "module" or not visible):
            continue
        if visible:
            public.add(id(found))
        names[id(found)][1].append(here)
        if kind in ("module", "class") and (id(found), path) not in seen:
            reachable(found, here, visible, seen | {(id(found), path)})


def encode(text):
    return base64.b64encode(text.encode()).decode() if text else "-"


everything(tree)
names[id(tree)] = (tree, [package])
public.add(id(tree))
reachable(tree, package, True, frozenset())
for key, (item, paths) in names.items():
    kind = item.kind.value
    if kind == "function" and item.parent and item.parent.kind.value == "class":
        kind = "method"
    if kind == "type alias":
        kind = "attribute"
    signature = item.signature() if item.kind.value == "function" and not item.overloads else None
    doc = item.docstring.value if item.docstring else None
    note = "made by @dataclass" if kind == "method" and not item.lineno else ""
    # A longer name for the same thing says nothing new.
    unique = list(dict.fromkeys(sorted(paths, key=lambda path: path.count("."))))[:8]
    print("\x1f".join(unique), kind, int(key in public), encode(signature), encode(doc), note, sep="\t")
