"""What a benchmark is made of: cases, and in each the contenders that answer the same question.

A contender is a function, named as `module:function` and called in a process of its own. It takes keyword arguments
and `answer`, the path under which it leaves its answer (None while it is timed), and returns a `Measured`. Only that
process imports the contender's libraries, so a peer that is not installed is passed over.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypedDict


class Measured(TypedDict, total=False):
    """What a contender returns. `seconds` by phase; `counts` of its answer, where it is cheap to say; memory and
    processor time only where they are not those of the process that called it."""

    seconds: dict[str, float]
    counts: dict[str, int]
    peak_bytes: int
    cpu_seconds: float


@dataclass(frozen=True, slots=True)
class Contender:
    """One way to do the work of a case.

    `needs` are the modules that must be installed. `share` is the part of the case's codes that a slow contender is
    given: its times, apart from those of the phases in `unscaled`, are divided by it, and the table says so.
    `answers` is false for a contender that does less than the work, such as reading its input only. `package` is the
    directory that has the package `attribution` to call, None for that of this checkout.
    """

    name: str
    target: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    share: float = 1.0
    unscaled: tuple[str, ...] = ("compile",)
    answers: bool = True
    note: str = ""
    package: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """The same work for several contenders; the first is ours.

    `make` are the makers of the case's data, `check` compares an answer with ours; both are `module:function`.
    `total` names the phases that the headline figure adds up; others are shown beside it. Phase `process` is the time
    from start to exit: of the contender's process, unless it says that of a process which it has started. `per`
    divides the times by a number of things done, named in `unit`. `expected` are the counts of the answer, None where
    they were never stated for this scale.
    """

    name: str
    title: str
    contenders: tuple[Contender, ...]
    make: tuple[tuple[str, Mapping[str, Any]], ...] = ()
    check: str | None = None
    check_arguments: Mapping[str, Any] = field(default_factory=dict)
    total: tuple[str, ...] = ()
    expected: Mapping[str, int] | None = None
    repeats: int = 3
    per: int = 1
    unit: str = "s"
