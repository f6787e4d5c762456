"""The cases of validation: a program of literals and mixed patterns, and patterns that all overlap each other."""

from collections.abc import Iterator
from typing import Final

from benchmarks.cases import Case, Contender
from benchmarks.scale import shrunk
from benchmarks.validation.expected import EXPECTED

SIZES: Final = {"mixed": (10_000, 2_000), "inner": (0, 500)}
_WORDS: Final = {"mixed": "mixed patterns", "inner": "patterns such as `.*WORD.*`, which all overlap each other"}


def validation_cases(scale: float) -> Iterator[Case]:
    """All cases."""
    for kind, (literals, patterns) in SIZES.items():
        numbers = {"literals": shrunk(literals, scale) if literals else 0, "patterns": shrunk(patterns, scale)}
        program = f"{numbers['literals']:,} literals and " if literals else ""
        yield Case(
            name=f"validate-{kind}",
            title=f"validate a program of {program}{numbers['patterns']:,} {_WORDS[kind]}",
            contenders=(Contender("ours", "benchmarks.validation.ours:run", {"kind": kind, **numbers}),),
            total=("validate",),
            expected=EXPECTED.get((kind, *numbers.values())),
        )
