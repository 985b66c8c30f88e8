"""C, C++ and scripting languages against universal-ctags: a weaker second opinion, by file and bare name."""

import os
import sys

from places import HERE, below, definitions
from score import Case

EXTENSIONS = (
    ".c", ".h", ".cc", ".cpp", ".hpp", ".hh",
    ".rb", ".pm", ".pl", ".php", ".lua", ".sh", ".bash", ".ps1", ".psm1", ".R", ".jl",
)
HELP = "FILES_OR_DIRECTORIES…"


def cases(places):
    places = [os.path.abspath(place) for place in places]
    yield Case("ctags", "/", list(below(places, EXTENSIONS)), "", places)


def prepare(snippets):
    for snippet in snippets:
        snippet["qualified_name"] = snippet["path"] + ":" + snippet["name"].replace(" ", "")
        # ctags knows no visibility of files and comments.
        snippet["visibility"], snippet["doc"] = "public", None


def truth(case):
    return definitions([sys.executable, os.path.join(HERE, "truth_ctags.py"), *case.places])
