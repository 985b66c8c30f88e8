#!/usr/bin/env python3
# A plain comment is no documentation.
r"""Widgets and \what they need.

    Indented on purpose.
"""

from __future__ import annotations

import sys as system
from typing import TYPE_CHECKING, overload

from . import shapes
from .shapes import Circle as Round, Square
from .colours import *
from ._private import hidden as hidden

__all__ = ["build", "Widget", "_odd"] + shapes.__all__
__all__ += ("Handle",)
__all__.extend(["late", *shapes.__all__])
__all__.append('VERSION')
__all__.remove("late")

VERSION = "1.0"
"""The version.

More on it.
"""

not_listed = 1


async def build(
    name: str,
    /,
    size: "int" = 3,  # with a comment
    *parts: str,
    colour: str | None = None,
    **rest: object,
) -> Widget:
    """Builds a widget.

    Args:
        name: what to call it.

        >>> build("a\\b")
    """
    def inner():
        pass
    LOCAL = 1
    return Widget(name)


def late():
    "Removed from __all__."


def _odd():
    u'''Listed though it has an underscore.'''


def helper(): return 1


class Widget:
    """A widget."""


class Handle(Widget, metaclass=type): pass


class Unlisted:
    x: int = 1

    def method(self): ...


if __name__ == "__main__":
    def main():
        pass
