"""The definitions that universal-ctags sees: a second opinion, by file and bare name."""

import json
import os
import subprocess
import sys

KINDS = {
    "prototype": "function", "function": "function", "method": "function", "struct": "struct", "union": "struct",
    "class": "struct", "enum": "enum", "enumerator": "enumerator", "typedef": "type", "alias": "type",
    "member": "member", "macro": "macro", "externvar": "variable", "variable": "variable",
}
EXTENSIONS = (".c", ".h", ".cc", ".cpp", ".hpp", ".hh")
files = []
for place in sys.argv[1:]:
    files += [place] if os.path.isfile(place) else []
    for directory, _, names in os.walk(place):
        files += [os.path.join(directory, name) for name in names if name.endswith(EXTENSIONS)]
command = ["ctags", "-f", "-", "--output-format=json", "--kinds-C=+px-l", "--kinds-C++=+px-l", "-L", "-"]
command += [] if any(f.endswith((".cc", ".cpp", ".hpp", ".hh")) for f in files) else ["--map-C=+.h"]
done = subprocess.run(command, input="\n".join(files), capture_output=True, text=True, errors="replace")
for line in done.stdout.splitlines():
    tag = json.loads(line)
    kind = KINDS.get(tag.get("kind"))
    if not kind or tag["name"].startswith("__anon"):
        continue
    guard = kind == "macro" and tag["name"].rstrip("_").upper().endswith(("_H", "_HH", "_HPP", "_INCLUDED"))
    note = "an include guard" if guard else ""
    name = f"{tag['path']}:{tag['name'].replace(' ', '')}"
    print(name, kind, 1, "-", "-", note, sep="\t")
