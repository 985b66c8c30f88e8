"""No __all__ here: the underscore decides."""
import dataclasses
import functools
import typing as t
from dataclasses import dataclass, field
from typing import Callable, NewType, Optional, TypeAlias, TypeVar, overload

type Pair[T] = tuple[T, T]
Number: TypeAlias = "int | float"
UserId = NewType("UserId", int)
T = TypeVar("T", bound="Base")
Maybe = Optional[int]
Handler = t.Callable[[int], None]

#: How many times.
#: Counted from one.
RETRIES: int = 3
DEBUG = False  #: Whether to talk.
_internal = 1
__version__ = "2.0"
a, b, *c = 1, 2, 3
first = second = None
LONG = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
short_lived = 1
del short_lived
counter += 1
obj.attribute = 3


@overload
def parse(text: str) -> str: ...
@t.overload
def parse(text: bytes, *, encoding: str = ...) -> bytes: ...
def parse(text, *, encoding="utf-8"):
    """Parses text."""
    return text


try:
    from fast import speed
except ImportError:
    speed = None

    def quick(x): return x
else:
    def quick(x):
        """Never taken."""

if t.TYPE_CHECKING:
    def only_for_types() -> None: ...
elif True:
    class Branch: ...
else:
    class Branch:
        """Documented in the other branch."""

if sys.version_info < (3, 9):
    def modern(a): """For old versions."""
else:
    def modern(a, b): """For new ones."""

with open("x") as handle:
    def inside_with(): pass

for index in range(3):
    def in_loop(): pass

square = lambda x: x * x

match RETRIES:
    case 3:
        def in_case(): pass


@dataclass(frozen=True)
class Point(t.Generic[T]):
    """A point.

    With words.
    """

    __slots__ = ("x",)
    #: Across.
    x: int
    y: "int" = field(default=0)
    """Down."""
    _hidden: int = 1
    total: t.ClassVar[int] = 0

    def __init__(self, x: int, y: int = 0) -> None:
        self.x = x
        #: Its name.
        self.name: str = "p"
        self._secret = 1
        if y:
            self.maybe = y
        self.child.value = 2
        local = 3
        def nested(): ...

    def __repr__(self): return ""

    def _private(self): ...

    def __mangled(self): ...

    @property
    def norm(self) -> float:
        """The norm."""
        return 1.0

    @norm.setter
    def norm(self, value): ...

    @functools.cached_property
    def slow(self): ...

    @staticmethod
    def zero() -> "Point": ...

    @classmethod
    async def load(cls, path): ...

    @t.overload
    def at(self, index: int) -> int: ...

    @t.overload
    def at(self, index: slice) -> list[int]: ...

    class Meta:
        """Nested."""

        ordering = ["x"]

        def deep(self): ...

    alias = at


class Derived(Point):
    @Point.norm.getter
    def norm(self): ...


class _Base:
    def of_internal(self): ...


@deprecated("use Point")
def old[K](key: K) -> K: ...


def redefined(a): ...


def redefined(a, b):
    """The last one counts."""


def raw(): r"""A \raw one."""


def tabbed():
	"""First.

	  Second.
	"""


def not_a_docstring():
    f"""{1}"""


def joined():
    "one " "two"
