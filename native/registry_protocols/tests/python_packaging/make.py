"""Random requirement lines, and what pip's own `packaging` makes of them: make.py COUNT."""

import json
import random
import sys

from pip._vendor.packaging import specifiers
from pip._vendor.packaging.requirements import Requirement

random.seed(508)
pick = random.choice
NAMES = ["a", "A.B", "foo-bar", "x_y", "n1", "1n", " name "]
VERSIONS = ["1", "1.0", "2!1.0", "1.0rc1", "1.0.post1", "1.0.dev2", "1.0+l.1", "1.4.*"]
OPERATORS = ["==", "!=", ">=", "<=", ">", "<", "~=", "==="]
EXTRAS = ["", "x", "x,y", " x , y-z "]
URLS = ["https://x.example/a.zip", "file:///a/b#x=1", "git+https://h/r@v1", "https://x/a;b"]
VALUES = ["python_version", "os_name", "extra", "'x'", '"win32"', "'3.8'", "platform_machine"]
COMPARISONS = ["==", "!=", ">", "<=", " in ", " not in "]
SPACE = ["", " "]


def specifier():
    parts = [pick(SPACE) + pick(OPERATORS) + pick(SPACE) + pick(VERSIONS) for _ in range(random.randint(1, 3))]
    text = ",".join(parts)
    return f"({text})" if random.random() < 0.3 else text


def marker():
    def comparison():
        return pick(VALUES) + pick(SPACE) + pick(COMPARISONS) + pick(SPACE) + pick(VALUES)

    text = comparison()
    for _ in range(random.randint(0, 2)):
        text = f"({text})" if random.random() < 0.3 else text
        text += pick([" and ", " or "]) + comparison()
    return text


def line():
    text = pick(NAMES)
    if random.random() < 0.3:
        text += pick(SPACE) + "[" + pick(EXTRAS) + "]"
    kind = random.random()
    if kind < 0.15:
        text += pick(SPACE) + "@" + pick(SPACE) + pick(URLS) + pick(SPACE)
    elif kind < 0.8:
        text += pick(SPACE) + specifier()
    if random.random() < 0.4:
        text += pick(["; ", ";", " ; "]) + marker()
    if random.random() < 0.3:
        at = random.randrange(len(text) + 1)
        text = text[:at] + pick(" ,;()[]@=<>!~'\"-._x1é") + text[at + pick([0, 1]) :]
    return text


def read(text):
    try:
        parsed = Requirement(text)
    except ValueError:
        return None
    legacy = getattr(specifiers, "LegacySpecifier", ())
    if any(isinstance(part, legacy) for part in parsed.specifier):
        return None
    # Older releases let `===` swallow the marker, newer ones do not.
    if any(set(";),") & set(part.version) for part in parsed.specifier):
        return None
    return {
        "name": parsed.name,
        "extras": sorted(parsed.extras),
        "specifier": sorted({part.operator + part.version for part in parsed.specifier}),
        "url": parsed.url,
        "marker": parsed.marker is not None,
    }


lines = [line() for _ in range(int(sys.argv[1]))]
print(json.dumps([[text, read(text)] for text in lines]))
