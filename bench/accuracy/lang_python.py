"""Python against griffe, and the interpreter where the two disagree."""

import ast
import json
import os
import re
import subprocess
import sys

from places import HERE, below, definitions
from score import Case

HELP = "SITE_PACKAGES PACKAGE…: names of imports; several that belong together are joined by +"


OTHERS = ("mcs", "mcls", "metacls", "_self", "__self", "_cls")
OURS = ("self", "cls", *OTHERS)
TEST = re.compile(r"(^|/)(tests|conftest\.py|test_[^/]*\.py|[^/]*_test\.py)(/|$)")


def cases(places):
    root, *packages = places
    for package in packages:
        roots = []
        for name in package.split("+"):
            name = os.path.join(root, name.replace(".", os.sep))
            roots += [place for place in (name, name + ".py", name + ".pyi") if os.path.exists(place)]
        files = [os.path.relpath(file, root) for file in below(roots, (".py", ".pyi"))]
        yield Case(package, root, files, package.split("+")[0].split(".")[0], package.split("+"))


def truth(case):
    for definition in definitions([sys.executable, os.path.join(HERE, "truth_python.py"), case.root, *case.places]):
        # griffe reads no `#:` comments.
        definition.documented = definition.kind != "attribute" or bool(definition.doc)
        definition.aside = "in a test file: internal by rule" if definition.place and TEST.search(definition.place[0]) else ""
        yield definition


def normal(text, definition, ours):
    """Parameters and return type as `ast` prints them; the first one of a method is not told by griffe."""
    parts = []
    for part in re.split(r"; (?=(?:async )?def )", text):
        part = part if ours else part.replace("(/)", "()").replace("(/, ", "(")
        try:
            function = ast.parse(part + ": ...").body[0]
        except SyntaxError:
            return " ".join(text.split())
        arguments = function.args
        first = arguments.posonlyargs or arguments.args
        if definition.kind == "method" and first and first[0].arg in (OURS if ours else OTHERS):
            first.pop(0)
        # `"Quoted"` annotations name the same type.
        for argument in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]:
            if argument is not None:
                argument.annotation = unquoted(argument.annotation)
        function.returns = unquoted(function.returns)
        # White space in a string is folded, and ours leave out long texts.
        for node in ast.walk(function):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                folded = " ".join(node.value.split())
                node.value = folded if len(folded) < 20 else "…"
        parts.append(ast.unparse(arguments) + " -> " + (ast.unparse(function.returns) if function.returns else ""))
    return "; ".join(parts)


class Unquote(ast.NodeTransformer):
    def visit_Constant(self, node):
        if isinstance(node.value, str):
            try:
                return ast.parse(node.value, mode="eval").body
            except SyntaxError:
                return node
        return node

    def visit_Subscript(self, node):
        # The strings of `Literal[…]` and of the metadata of `Annotated[…]` are values.
        head = ast.unparse(node.value).rsplit(".", 1)[-1]
        if head == "Annotated" and isinstance(node.slice, ast.Tuple):
            node.slice.elts[0] = self.visit(node.slice.elts[0])
            return node
        return node if head == "Literal" else self.generic_visit(node)


def unquoted(annotation):
    return annotation and Unquote().visit(annotation)


def reasons(misses, case):
    """What the interpreter says of each name; where it cannot tell, what the text shows."""
    names = [miss["name"] for miss in misses]
    command = [sys.executable, os.path.join(HERE, "runtime_python.py"), case.root]
    done = subprocess.run(command, input="\n".join(names), capture_output=True, text=True, errors="replace")
    told = {}
    for line in done.stdout.splitlines():
        try:
            name, verdict, doc, signature = json.loads(line)
        except ValueError:
            continue
        told[name] = (verdict, doc, signature)
    for miss in misses:
        verdict, doc, signature = told.get(miss["name"], ("the interpreter did not answer", None, None))
        miss["reason"] = explain(miss, verdict, doc, signature)


def explain(miss, verdict, doc, signature):
    if miss["what"] == "doc":
        same = lambda text: " ".join((text or "").split()) == " ".join((doc or "").split())
        if same(miss["ours"]):
            return "the interpreter's doc is ours"
        return "the interpreter's doc is griffe's" if same(miss["tool"]) else "the interpreter's doc is neither"
    if miss["what"] == "signature" and signature:
        names = lambda text: [argument.arg for argument in ast.walk(ast.parse(text)) if isinstance(argument, ast.arg)]
        shape = lambda text: names("def " + text.removeprefix("async ").removeprefix("def ").split(";")[0] + ": ...")
        plain = lambda all: [name for name in all if name not in ("self", "cls")]
        try:
            ours, tool, real = (plain(shape(text)) for text in (miss["ours"], miss["tool"], "f" + signature))
        except (SyntaxError, ValueError):
            return verdict
        if ours == tool:
            return "same parameters, other text"
        return {(True, False): "the interpreter's parameters are ours", (False, True): "the interpreter's parameters are griffe's"}.get(
            (ours == real, tool == real), "the interpreter's parameters are neither")
    return verdict
