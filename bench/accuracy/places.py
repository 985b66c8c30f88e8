"""Files and programs."""

import base64
import os
import subprocess
import sys

from score import Definition

HERE = os.path.dirname(os.path.abspath(__file__))


def below(roots, extensions):
    for root in roots:
        if os.path.isfile(root):
            yield root
        for directory, _, names in sorted(os.walk(root)):
            yield from sorted(os.path.join(directory, name) for name in names if name.endswith(extensions))


def definitions(command):
    """What a truth program prints: a line per definition, tab separated: names (alternatives joined by
    U+001F), kind, 1 when public, signature and doc in base64 (`-` for none), why a miss would be no
    fault (or nothing), and where it stands: path:first:last (or nothing)."""
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", cwd=HERE)
    if done.returncode:
        sys.exit(done.stderr)
    text = lambda field: None if field == "-" else base64.b64decode(field).decode(errors="replace")
    for line in done.stdout.splitlines():
        names, kind, public, signature, doc, note, *place = line.split("\t")
        if place := place and place[0]:
            path, first, last = place.rsplit(":", 2)
            place = (path, int(first), int(last))
        yield Definition(names.split("\x1f"), kind, public == "1", text(signature), text(doc), note, place or None)
