"""Regular expressions of promo codes: their dialect, their structure, and automata made of them.

`check` and `compile` raise PatternError for patterns outside the dialect (see `dialect`).
"""

from functools import lru_cache

from attribution.errors import PatternError
from attribution.patterns.dialect import compile, hoist
from attribution.patterns.shapes import all_runs, placeholders
from attribution.patterns.syntax import parse

__all__ = ["check", "compile"]


def check(pattern: str) -> None:
    """Raise PatternError unless the pattern is of the dialect.

    Patterns that differ only in plain words share one compilation: about 5 µs a pattern.
    """
    shape = all_runs(pattern)
    if not (shape.runs and _is_valid(shape.text, len(shape.runs))):
        compile(pattern)


@lru_cache(maxsize=4096)
def _is_valid(shape: str, runs: int) -> bool:
    """Whether the shape is of the dialect and surely stays so with any words in place of its placeholders."""
    try:
        if placeholders(parse(hoist(shape).text)) != runs:
            return False
        compile(shape)
    except PatternError:
        return False
    return True
