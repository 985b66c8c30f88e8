"""Signatures from rustdoc's JSON, written as rustc would, and ours brought to the same form."""

import collections
import re


def function(name, inner, public):
    header, sig = inner["header"], inner["sig"]
    words = ["pub"] * public
    words += [word for word in ("const", "async", "unsafe") if header["is_" + word]]
    abi = header["abi"]
    if abi != "Rust":
        if isinstance(abi, dict):
            abi = next(iter(abi)) + ("-unwind" if next(iter(abi.values())).get("unwind") else "")
        words.append(f'extern "{abi}"')
    inputs = [argument(*pair) for pair in sig["inputs"]] + ["..."] * sig["is_c_variadic"]
    output = f" -> {type_text(sig['output'])}" if sig["output"] else ""
    return f"{' '.join(words)} fn {name}{parameters(inner)}({', '.join(inputs)}){output}{where(inner)}"


def argument(name, of):
    if name != "self":
        return f"{name}: {type_text(of)}"
    if of == {"generic": "Self"}:
        return "self"
    ref = of.get("borrowed_ref")
    if ref and ref["type"] == {"generic": "Self"}:
        return f"&{lifetime(ref)}{'mut ' * ref['is_mutable']}self"
    return f"self: {type_text(of)}"


def lifetime(ref):
    return f"{ref['lifetime']} " if ref["lifetime"] else ""


def parameters(inner):
    shown = [parameter(p) for p in inner["generics"]["params"]]
    shown = [text for text in shown if text]
    return f"<{', '.join(shown)}>" if shown else ""


def parameter(param):
    (kind, how), = param["kind"].items()
    if kind == "lifetime":
        return param["name"] + (f": {' + '.join(how['outlives'])}" if how["outlives"] else "")
    if kind == "const":
        return f"const {param['name']}: {type_text(how['type'])}" + (f" = {how['default']}" if how["default"] else "")
    if how["is_synthetic"]:
        return None
    default = f" = {type_text(how['default'])}" if how["default"] else ""
    return param["name"] + bounds(how["bounds"]) + default


def bounds(all_of, colon=": "):
    return colon + " + ".join(bound(b) for b in all_of) if all_of else ""


def bound(of):
    (kind, how), = of.items()
    if kind == "outlives":
        return how
    if kind == "use":
        return f"use<{', '.join(next(iter(p.values())) if isinstance(p, dict) else p for p in how)}>"
    sign = {"maybe": "?", "maybe_const": "~const ", "none": ""}[how["modifier"]]
    return for_any(how["generic_params"]) + sign + path(how["trait"])


def for_any(params):
    return f"for<{', '.join(parameter(p) for p in params)}> " if params else ""


def where(inner):
    found = []
    for predicate in inner["generics"]["where_predicates"]:
        (kind, how), = predicate.items()
        if kind == "bound_predicate":
            found.append(for_any(how["generic_params"]) + type_text(how["type"]) + bounds(how["bounds"]))
        elif kind == "lifetime_predicate":
            found.append(f"{how['lifetime']}: {' + '.join(how['outlives'])}")
        else:
            found.append(f"{type_text(how['lhs'])} = {term(how['rhs'])}")
    return f" where {', '.join(found)}" if found else ""


def path(of):
    return of["path"] + arguments(of["args"])


def arguments(args):
    if not args:
        return ""
    if args == "return_type_notation":
        return "(..)"
    (kind, how), = args.items()
    if kind == "parenthesized":
        output = f" -> {type_text(how['output'])}" if how["output"] else ""
        return f"({', '.join(map(type_text, how['inputs']))}){output}"
    shown = [generic_argument(a) for a in how["args"]]
    for constraint in how["constraints"]:
        (binding, value), = constraint["binding"].items()
        text = f" = {term(value)}" if binding == "equality" else bounds(value)
        shown.append(constraint["name"] + arguments(constraint["args"]) + text)
    return f"<{', '.join(shown)}>" if shown else ""


def generic_argument(of):
    if of == "infer":
        return "_"
    (kind, how), = of.items()
    return {"lifetime": lambda: how, "type": lambda: type_text(how), "const": lambda: how["expr"]}[kind]()


def term(of):
    (kind, how), = of.items()
    return type_text(how) if kind == "type" else how["expr"]


def type_text(of):
    if of == "infer":
        return "_"
    (kind, how), = of.items()
    if kind == "resolved_path":
        return path(how)
    if kind in ("generic", "primitive"):
        return "!" if how == "never" else how
    if kind == "dyn_trait":
        shown = [for_any(t["generic_params"]) + path(t["trait"]) for t in how["traits"]]
        return "dyn " + " + ".join(shown + ([how["lifetime"]] if how["lifetime"] else []))
    if kind == "impl_trait":
        return "impl " + " + ".join(map(bound, how))
    if kind == "function_pointer":
        header, sig = how["header"], how["sig"]
        abi = header["abi"] if isinstance(header["abi"], str) else next(iter(header["abi"]))
        abi = "" if abi == "Rust" else f'extern "{abi}" '
        # `_` stands for no name.
        inputs = [type_text(t) if n in ("_", "") else f"{n}: {type_text(t)}" for n, t in sig["inputs"]]
        inputs += ["..."] * sig["is_c_variadic"]
        output = f" -> {type_text(sig['output'])}" if sig["output"] else ""
        return f"{for_any(how['generic_params'])}{'unsafe ' * header['is_unsafe']}{abi}fn({', '.join(inputs)}){output}"
    if kind == "tuple":
        return f"({', '.join(map(type_text, how))}{',' * (len(how) == 1)})"
    if kind == "slice":
        return f"[{type_text(how)}]"
    if kind == "array":
        return f"[{type_text(how['type'])}; {how['len']}]"
    if kind == "raw_pointer":
        return f"*{'mut' if how['is_mutable'] else 'const'} {type_text(how['type'])}"
    if kind == "borrowed_ref":
        return f"&{lifetime(how)}{'mut ' * how['is_mutable']}{inside_ref(how['type'])}"
    if kind == "qualified_path":
        own, trait = type_text(how["self_type"]), how["trait"]
        name = how["name"] + arguments(how["args"])
        # `T::Item` and `<T as Iterator>::Item` are both of this kind.
        return f"<{own} as {path(trait)}>::{name}" if trait and trait["path"] else f"{own}::{name}"
    return str(of)


def inside_ref(of):
    text = type_text(of)
    several = "dyn_trait" in of and (len(of["dyn_trait"]["traits"]) > 1 or of["dyn_trait"]["lifetime"])
    several = several or "impl_trait" in of and len(of["impl_trait"]) > 1
    return f"({text})" if several else text


def item(entry, index):
    """The signature of an item; `None` for kinds that have none worth comparing."""
    (kind, inner), = entry["inner"].items()
    name, pub = entry["name"], "pub " if entry["visibility"] == "public" else ""
    if kind == "function":
        return function(name, inner, bool(pub)).strip()
    if kind in ("struct", "union", "enum"):
        head = f"{pub}{kind} {name}{parameters(inner)}"
        shape = inner.get("kind")
        if isinstance(shape, dict) and "tuple" in shape:
            fields = ["_" if f is None or str(f) not in index else field(index[str(f)]) for f in shape["tuple"]]
            head += f"({', '.join(fields)})"
        return head + where(inner)
    if kind == "trait":
        words = "unsafe " * inner["is_unsafe"] + "auto " * inner["is_auto"]
        return f"{pub}{words}trait {name}{parameters(inner)}{bounds(inner['bounds'])}{where(inner)}"
    if kind == "type_alias":
        return f"{pub}type {name}{parameters(inner)}{where(inner)} = {type_text(inner['type'])}"
    if kind == "assoc_type":
        default = f" = {type_text(inner['type'])}" if inner["type"] else ""
        return f"{pub}type {name}{parameters(inner)}{bounds(inner['bounds'])}{default}{where(inner)}"
    if kind in ("constant", "assoc_const", "static"):
        word = "static mut" if inner.get("is_mutable") else "static" if kind == "static" else "const"
        return f"{pub}{word} {name}: {type_text(inner['type'])}"
    if kind == "struct_field":
        return f"{pub}{name}: {type_text(inner)}"
    if kind == "variant":
        shape = inner["kind"]
        if shape == "plain":
            return name
        if "tuple" in shape:
            fields = ["_" if f is None or str(f) not in index else field(index[str(f)]) for f in shape["tuple"]]
            return f"{name}({', '.join(fields)})"
        fields = [index[str(f)] for f in shape["struct"]["fields"] if str(f) in index]
        return f"{name} {{ {', '.join(f['name'] + ': ' + field(f) for f in fields)} }}"
    return None


def field(entry):
    pub = "pub " if entry["visibility"] == "public" else ""
    return pub + type_text(entry["inner"]["struct_field"])


def header(written):
    """The text of an item up to its body, without attributes and comments."""
    written = re.sub(r"/\*.*?\*/|//[^\n]*", "", written, flags=re.S)
    out, at = [], 0
    while at < len(written):
        if written.startswith("#[", at):
            depth = 0
            while at < len(written):
                depth += (written[at] == "[") - (written[at] == "]")
                at += 1
                if depth == 0 and written[at - 1] == "]":
                    break
            continue
        out.append(written[at])
        at += 1
    written = "".join(out).strip()
    if re.match(r"(pub(\([^)]*\))? )?\w+ \{", written) and not re.match(r"(pub(\([^)]*\))? )?(union|mod|extern|unsafe)\b", written):
        # A variant: its fields belong to it.
        return written.rstrip(",")
    depth = 0
    for at, char in enumerate(written):
        arrow = char == ">" and written[at - 1 : at] in ("-", "=")
        if char in "{;" and depth == 0:
            return written[:at]
        depth += (char in "([<") - (char in ")]>" and not arrow)
    return written.rstrip(",")


def ours(signature, kind):
    """Without what rustdoc leaves out: `mut` of arguments, private fields, values."""
    text = re.sub(r"([(,]\s*)mut\s+(?=\w)", r"\1", signature)
    if kind in ("constant", "assoc_const", "static", "variant"):
        text = top_level(text, "=")[0]
    if kind == "struct":
        text = private_fields(text)
    return text


def top_level(text, mark):
    """Splits at marks outside of all brackets."""
    parts, depth, start = [], 0, 0
    for at, char in enumerate(text):
        arrow = char == ">" and text[at - 1 : at] in ("-", "=")
        if char in "([{<":
            depth += 1
        elif char in ")]}>" and not arrow:
            depth -= 1
        elif char == mark and depth == 0 and text[at : at + 2] not in ("==", "=>"):
            parts.append(text[start:at])
            start = at + 1
    return parts + [text[start:]]


def private_fields(text):
    match = re.match(r"pub struct \w+", text)
    rest = text[match.end() :] if match else ""
    at = match.end() if match else 0
    if rest.startswith("<"):
        depth = 0
        for offset, char in enumerate(rest):
            depth += (char == "<") - (char == ">" and rest[offset - 1] not in "-=")
            if depth == 0:
                at += offset + 1
                break
    if text[at : at + 1] != "(":
        return text
    depth, end = 0, at
    for end in range(at, len(text)):
        depth += (text[end] in "([{") - (text[end] in ")]}")
        if depth == 0:
            break
    fields = [f.strip() for f in top_level(text[at + 1 : end], ",") if f.strip()]
    fields = [f if re.match(r"pub\s", f) else "_" for f in fields]
    return f"{text[:at]}({', '.join(fields)}{text[end:]}"


def fold(text):
    """Names by their last part, as rustdoc resolves them; no elided lifetimes; bounds of one type together."""
    text = re.sub(r"\s+", " ", text or "").replace("r#", "")
    text = re.sub(r"'_,? ?", "", text).replace("<>", "")
    text = re.sub(r"(?<![\w>])((::)?\w+::)+(?=\w)", "", text)
    head, *rest = top_level_word(text, " where ")
    predicates = collections.defaultdict(set)
    for predicate in top_level(rest[0], ",") if rest else []:
        # Of an associated type its default may follow the bounds.
        of, _, bounds = predicate.partition(":")
        predicates[of.strip()].update(b.strip() for b in top_level(bounds, "+"))
    text = head + "".join(f"{of}:{sorted(bounds)}" for of, bounds in sorted(predicates.items()) if of)
    text = re.sub(r"\s+", "", text)
    text = re.sub(r",(?=[)>\]}])", "", text)
    return re.sub(r",$", "", text)


def top_level_word(text, word):
    at = text.find(word)
    return [text] if at < 0 else [text[:at], text[at + len(word) :]]
