"""The definitions that universal-ctags sees: a second opinion, by file and bare name."""

import json
import os
import re
import subprocess
import sys

KINDS = {
    "prototype": "function", "function": "function", "method": "function", "struct": "struct", "union": "struct",
    "class": "struct", "enum": "enum", "enumerator": "enumerator", "typedef": "type", "alias": "type",
    "member": "member", "macro": "macro", "externvar": "variable", "variable": "variable",
}
# By ctags' name of the language; kinds that are not here are no definitions (labels, variables, `use`).
SCRIPTS = {
    "Ruby": {
        "method": "function", "singletonMethod": "function", "class": "struct", "module": "module",
        "constant": "variable", "accessor": "member",
    },
    "Perl": {"subroutine": "function", "package": "module", "constant": "variable"},
    "PHP": {"function": "function", "class": "struct", "interface": "module", "define": "variable"},
    "Lua": {"function": "function"},
    "Sh": {"function": "function"},
    "PowerShell": {"function": "function", "class": "struct", "enum": "enum"},
    "R": {"function": "function"},
    "Julia": {"function": "function", "macro": "macro", "module": "module", "struct": "struct", "constant": "variable"},
}
EXTENSIONS = (
    ".c", ".h", ".cc", ".cpp", ".hpp", ".hh",
    ".rb", ".pm", ".pl", ".php", ".lua", ".sh", ".bash", ".ps1", ".psm1", ".R", ".jl",
)


def excuse(tag):
    """Why a miss of this one would be no fault."""
    language, name, line = tag.get("language"), tag["name"], tag.get("pattern", "/^")[2:]
    if language == "Ruby" and name.endswith("="):
        return "a reader and its writer are one item"
    if language == "Ruby" and tag["kind"] == "constant" and not re.search(re.escape(name) + r"\s*(,.*)?=[^=~>]", line):
        return "no assignment"
    if language == "Perl" and name + "::" in line:
        return "ctags cuts the name"
    if "anonFunc" in name or "AnonymousClass" in name:
        return "without a name"
    if line[:1].isspace() and language in ("Lua", "R", "Perl", "Sh", "Julia"):
        return "inside of a function, or text in a string"
    if language == "Lua" and not re.search(r"=\s*function\b|^(local\s+)?function\b", line):
        return "no definition of a function"
    if language == "Sh" and name.endswith("="):
        return "an array"
    return ""


files = []
for place in sys.argv[1:]:
    files += [place] if os.path.isfile(place) else []
    for directory, _, names in os.walk(place):
        files += [os.path.join(directory, name) for name in names if name.endswith(EXTENSIONS)]
command = ["ctags", "-f", "-", "--output-format=json", "--fields=+l", "--kinds-C=+px-l", "--kinds-C++=+px-l", "-L", "-"]
command += [] if any(f.endswith((".cc", ".cpp", ".hpp", ".hh")) for f in files) else ["--map-C=+.h"]
done = subprocess.run(command, input="\n".join(files), capture_output=True, text=True, errors="replace")
for line in done.stdout.splitlines():
    tag = json.loads(line)
    kinds = SCRIPTS.get(tag.get("language"), KINDS)
    kind = kinds.get(tag.get("kind"))
    if not kind or tag["name"].startswith("__anon"):
        continue
    guard = kind == "macro" and tag["name"].rstrip("_").upper().endswith(("_H", "_HH", "_HPP", "_INCLUDED"))
    note = "an include guard" if guard else ""
    bare = tag["name"].replace(" ", "")
    if kinds is not KINDS:
        note = excuse(tag)
        bare = bare.strip("`")
        if tag["language"] != "R":
            bare = re.split(r"::|[.:\\]", bare)[-1] or bare
    name = f"{tag['path']}:{bare}"
    print(name, kind, 1, "-", "-", note, sep="\t")
