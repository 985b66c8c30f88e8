"""What the interpreter knows of dotted names: read from standard input, one JSON list per line out."""

import importlib
import inspect
import io
import json
import sys
import warnings

sys.path.insert(0, sys.argv[1])
warnings.simplefilter("ignore")
out, sys.stdout = sys.stdout, io.StringIO()


def find(name):
    parts, failure = name.split("."), "no such module"
    for length in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError as error:
            if error.name and not ".".join(parts[:length]).startswith(error.name):
                failure = f"cannot be imported here: needs {error.name}"
            continue
        except BaseException as error:
            return None, f"cannot be imported here: {type(error).__name__}"
        for at, part in enumerate(parts[length:], length):
            try:
                found = inspect.getattr_static(found, part) if inspect.isclass(found) else getattr(found, part)
            except (AttributeError, Exception):
                annotated = getattr(found, "__annotations__", {}) if inspect.isclass(found) or inspect.ismodule(found) else {}
                if part in annotated:
                    return None, "annotated only: no value at run time"
                if inspect.isclass(found):
                    return None, "set on instances, or under a condition that does not hold here"
                return None, "not there at run time"
        if inspect.ismodule(found) and found.__name__ != name:
            return found, f"is the module {found.__name__} at run time"
        home, called = getattr(found, "__module__", None), getattr(found, "__qualname__", None)
        if isinstance(home, str) and isinstance(called, str) and f"{home}.{called}" != name:
            return found, "there at run time, defined as another name"
        return found, "there at run time as written"
    return None, failure


for line in sys.stdin.read().split("\n"):
    name = line.strip()
    if not name:
        continue
    found, verdict = find(name)
    plain = found.__func__ if isinstance(found, (staticmethod, classmethod)) else found
    module = sys.modules.get(name.rpartition(".")[0])
    if found is not None and isinstance(getattr(module, "__all__", None), (list, tuple)):
        verdict += ", in __all__" if name.rpartition(".")[2] in module.__all__ else ", not in __all__"
    try:
        doc = inspect.getdoc(plain) if not isinstance(plain, type) else inspect.cleandoc(plain.__dict__.get("__doc__") or "")
        signature = str(inspect.signature(plain)) if callable(plain) else None
    except Exception:
        doc, signature = None, None
    print(json.dumps([name, verdict, doc if isinstance(doc, str) else None, signature]), file=out)
