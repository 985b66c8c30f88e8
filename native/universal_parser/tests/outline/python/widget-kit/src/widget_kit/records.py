"""Classes whose decorators write their `__init__`."""
import dataclasses
import sys
from dataclasses import KW_ONLY, InitVar, dataclass, field
from typing import TYPE_CHECKING, ClassVar, NamedTuple, TypedDict

import attr
from attrs import define, frozen


@dataclass
class Order:
    """One order."""

    number: int
    lines: list[str] = field(default_factory=list)
    total: float = dataclasses.field(
        default=0.0,  # in euro
        repr=False,
    )
    count: ClassVar[int] = 0
    cache: dict = field(init=False)
    seed: InitVar[int] = 1
    note: str = "a text that is far too long to be shown whole in the signature of the class, is it not"
    _: KW_ONLY
    urgent: bool = False
    unannotated = 3

    def pay(self) -> None: ...


@dataclasses.dataclass(frozen=True, kw_only=True)
class Rush(Order):
    number: str
    until: "str | None" = None


@dataclass(init=False)
class Bare:
    a: int


@define
class Box:
    _width: int
    height: int = field(default=1, alias="tall")
    lid = attr.ib(factory=lambda: None, kw_only=True)


@attr.s(auto_attribs=True)
class Old:
    a: int = 1


@frozen
class Own:
    a: int

    def __init__(self): ...


class Pair(NamedTuple):
    left: int
    #: The other one.
    right: int = 0


class Options(TypedDict, total=False):
    depth: int


try:
    from fast import loads, Speedy
except ImportError as error:
    def loads(text): ...

    class Speedy: ...

    def only_slow(): ...

if sys.version_info >= (3, 11):
    def grouped(): ...
elif sys.platform == "win32" and TYPE_CHECKING:
    class OnWindows: ...
else:
    GROUPS = ()

if TYPE_CHECKING:
    if not sys.flags.optimize:
        Alias = int
    def helper(): ...
else:
    def helper(): ...
